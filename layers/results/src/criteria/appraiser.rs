//! The other body that appraises. Nobody appraises their own agency: where the keeper is scored itself, its sheet waits for ever unless another
//! body is named, before the set is issued or while agencies score and are appraised.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::rights;
use super::set::{Column, CriteriaSet, Entity, State};
use super::sheet::Sheet;
use crate::base::{App, By, Fact, Who, time};
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

/// States in which it can be named.
const OPEN: [State; 4] = [State::Draft, State::Issued, State::Scoring, State::Appraisal];

/// The bodies that can appraise beside that keeper, by name: id and label.
///
/// # Errors
/// The database failed.
pub async fn choices(app: &App, keeper: Option<Uuid>) -> Result<Vec<(Uuid, String)>, DbErr> {
    let (known, today) = (Known::now(app).await?, time::local_date(app.clock.now()));
    let mut bodies: Vec<(Uuid, String)> = known
        .values()
        .filter(|body| body.is_open_on(today) && !body.kind.is_local() && keeper != Some(body.id))
        .map(|body| (body.id, body.label()))
        .collect();
    bodies.sort_by(|one, other| vietnamese::order::compare_natural(&one.1, &other.1));
    Ok(bodies)
}

impl CriteriaSet {
    /// Whether another body can be named now.
    #[must_use]
    pub fn takes_appraiser(&self) -> bool {
        OPEN.contains(&self.state)
    }

    /// Why what the keeper says of itself could be appraised by nobody; None when somebody can, or it says nothing.
    ///
    /// # Errors
    /// The database failed.
    pub async fn appraised_by_nobody(&self, app: &App) -> Result<Option<Obstacle>, Error> {
        if self.appraiser.is_some() {
            return Ok(None);
        }
        let is_scored = if self.state.is_begun() {
            // Who handed nothing in is not waited for.
            let waits = |sheet: &Sheet| self.state == State::Scoring || sheet.submission > 0;
            Sheet::of(&app.db, self.id).await?.iter().any(|sheet| sheet.agency == self.agency && waits(sheet))
        } else {
            self.members(app).await?.iter().any(|member| member.id == self.agency)
        };
        if !is_scored {
            return Ok(None);
        }
        let name = Known::now(app).await?.get(&self.agency).map(|body| body.name.clone()).unwrap_or_default();
        Ok(Some(Obstacle::new("criteria-keeper-alone").with("name", name)))
    }

    /// Names the other body that appraises, or another one; with a reason once scoring was opened.
    ///
    /// # Errors
    /// Forbidden; refused with the reasons; stale when somebody was quicker; or the database failed.
    pub async fn name_appraiser(&self, app: &App, who: &Who, (other, why): (&str, &str), seen: i32) -> Result<(), Error> {
        rights::require(rights::keeps(who))?;
        if !self.takes_appraiser() {
            return Err(Error::refused("criteria-appraiser-late"));
        }
        let mut wrong = Vec::new();
        if self.state.is_begun() && why.trim().is_empty() {
            wrong.push(Obstacle::new("criteria-needs-why").at("reason"));
        }
        let found = choices(app, Some(self.agency)).await?.into_iter().find(|(id, _)| id.to_string() == other.trim());
        let Some((body, name)) = found else {
            wrong.push(Obstacle::new("criteria-appraiser-wrong").at("appraiser"));
            return Err(Error::Refused(wrong));
        };
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::Appraiser, Expr::value(Some(body)))
            .col_expr(Column::ChangedAt, Expr::value(app.clock.now()))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(seen))
            .filter(Column::State.is_in(OPEN))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact = Fact::CriteriaAppraiserNamed { title: self.title.clone(), name };
        app.record(&transaction, self.id, fact, &By::from(who).because(why)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
