//! Taking an inspection back, with a reason: it stays to be read, and nothing that it found is owed, reminded of or counted.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{QuerySelect, QueryTrait};

use super::inspection::{Column, Entity, Inspection};
use super::publishing::needed;
use crate::base::{App, By, Fact, Who, time};
use crate::people::agency::brief::Known;
use crate::web::{Error, cut};

/// As much of the reason as the ledger repeats.
const WHY_LETTERS: usize = 500;

/// The ids of the inspections that stand, to be asked within another question.
#[must_use]
pub fn standing() -> SelectStatement {
    Entity::find().select_only().column(Column::Id).filter(Column::WithdrawnAt.is_null()).into_query()
}

impl Inspection {
    /// Takes it back. The same press again is no error.
    ///
    /// # Errors
    /// Forbidden to who does not publish its conclusions; refused without a reason; stale when somebody else took it back; or
    /// the database failed.
    pub async fn withdraw(&self, app: &App, who: &Who, reason: &str) -> Result<(), Error> {
        let now = app.clock.now();
        if !self.is_decided_by(who, &*Known::now(app).await?, time::local_date(now)) {
            return Err(Error::Forbidden);
        }
        let reason = needed(reason, "reason", "inspection-needs-reason").map_err(|wrong| Error::Refused(vec![wrong]))?;
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::WithdrawnAt, Expr::value(Some(now)))
            .col_expr(Column::WithdrawnBy, Expr::value(Some(who.person)))
            .col_expr(Column::WithdrawnWhy, Expr::value(reason.clone()))
            .filter(Column::Id.eq(self.id))
            .filter(Column::WithdrawnAt.is_null())
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            let there = Entity::find_by_id(self.id).one(&transaction).await?.ok_or(Error::NotFound)?;
            let same = there.withdrawn_by == Some(who.person) && there.withdrawn_why == reason;
            return if same { Ok(()) } else { Err(Error::Stale) };
        }
        let visits = Self::visits(&transaction, &[self.id]).await?;
        let agencies = visits.iter().filter(|visit| visit.published_at.is_some()).map(|visit| visit.agency).collect();
        let fact = Fact::InspectionWithdrawn { title: self.title.clone(), agencies };
        app.record(&transaction, self.id, fact, &By::from(who).because(cut(&reason, WHY_LETTERS))).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
