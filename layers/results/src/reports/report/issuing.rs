//! Issuing: the number, the day and the end of all changes, in one transaction. Whoever is beaten to a number takes the next one.

use chrono::Datelike;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::{Column, Entity, Report, State};
use crate::base::digest::sha256;
use crate::base::{App, By, Fact, Who, time};
use crate::reports::number::{ATTEMPTS, Number, Wanted};
use crate::reports::rights;
use crate::web::Error;

impl Report {
    /// Gives it the next number of its type and year and the day of today; the version before is replaced by it.
    ///
    /// # Errors
    /// Forbidden; stale when it is not signed, somebody was quicker or too many press at once; or the database failed.
    pub async fn issue(&self, app: &App, who: &Who, seen: i32) -> Result<i32, Error> {
        rights::require(rights::writes(who, self.agency))?;
        if self.version != seen || self.state != State::Signed {
            return Err(Error::Stale);
        }
        let frozen = self.frozen()?.ok_or(Error::Stale)?;
        let today = time::local_date(app.clock.now());
        let (report, subject) = (Some(self.id), self.subject.clone());
        let wanted = Wanted { agency: self.agency, kind: self.kind, year: today.year(), report, subject, person: who.person };
        for _ in 0..ATTEMPTS {
            let transaction = app.begin().await?;
            let Some(number) = Number::give(app, &transaction, &wanted).await? else { continue };
            let text = serde_json::to_string(&frozen.clone().numbered(number.unsigned_abs(), today))?;
            let digest = sha256(text.as_bytes());
            let row = Self {
                state: State::Issued,
                number: Some(number),
                year: Some(today.year()),
                issued_on: Some(today),
                frozen: text,
                frozen_sha256: digest.clone(),
                changed_at: app.clock.now(),
                ..self.clone()
            };
            let shown = row.number_shown();
            // Whoever issued it first has the number; this one goes back with the transaction.
            row.put(&transaction, seen).await?;
            self.replace_the_one_before(app, &transaction, who, &shown).await?;
            let fact = Fact::ReportIssued { title: self.subject.clone(), number: shown, sha256: digest };
            app.record(&transaction, self.id, fact, &By::from(who)).await?;
            app.commit(transaction).await?;
            return Ok(number);
        }
        Err(Error::Stale)
    }

    async fn replace_the_one_before(&self, app: &App, on: &impl ConnectionTrait, who: &Who, by: &str) -> Result<(), Error> {
        let Some(before) = self.replaces else { return Ok(()) };
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Replaced))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(before))
            .filter(Column::State.eq(State::Issued))
            .exec(on)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact = Fact::ReportReplaced { title: self.subject.clone(), number: by.to_owned() };
        app.record(on, before, fact, &By::from(who)).await?;
        Ok(())
    }
}
