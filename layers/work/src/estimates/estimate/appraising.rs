//! Appraising: the finance body says of each line what it would grant. It may do so again until the estimate is approved.

use sea_orm::ActiveValue::Set;

use super::figures::{self, Figure, Stage};
use super::line::{self, Line};
use super::{ActiveModel, Model, State};
use crate::base::{App, By, Fact, Who};
use crate::web::Error;

impl Model {
    /// Keeps the appraised sums, one for each line.
    ///
    /// # Errors
    /// Forbidden to others than the finance body, and to the agency that asks; refused when it was not submitted; stale
    /// when somebody was quicker.
    pub async fn appraise(&self, app: &App, who: &Who, seen: i32, figures: &[Figure]) -> Result<(), Error> {
        if !self.is_appraised_by(who) {
            return Err(Error::Forbidden);
        }
        if !matches!(self.state, State::Submitted | State::Appraised) {
            return Err(Error::refused("estimate-not-submitted"));
        }
        let transaction = app.begin().await?;
        let change = ActiveModel { state: Set(State::Appraised), appraised_by: Set(Some(who.person)), ..Default::default() };
        self.advance(app, &transaction, &[State::Submitted, State::Appraised], seen, change).await?;
        let lines = figures::put(Stage::Appraisal, Line::of(&transaction, &[self.id]).await?, figures);
        let fact = Fact::EstimateAppraised { asked: line::asked(&lines), total: line::sum(&lines, |line| line.appraised) };
        Line::replace(&transaction, self.id, lines).await?;
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
