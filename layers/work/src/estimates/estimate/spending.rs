//! What was spent: entered by the agency as it becomes known. When every line has its figure, the estimate is settled.

use sea_orm::ActiveValue::Set;

use super::figures::{self, Figure, Stage};
use super::line::{self, Line};
use super::{ActiveModel, Model, State};
use crate::base::{App, By, Fact, Who};
use crate::web::Error;

impl Model {
    /// Keeps what was spent so far; may be done again, each time as an entry of the ledger.
    ///
    /// # Errors
    /// Forbidden to other agencies; refused before the approval; stale when a colleague was quicker.
    pub async fn spend(&self, app: &App, who: &Who, seen: i32, figures: &[Figure]) -> Result<(), Error> {
        if !self.is_written_by(who) {
            return Err(Error::Forbidden);
        }
        if !matches!(self.state, State::Approved | State::Spent) {
            return Err(Error::refused("estimate-not-approved"));
        }
        let transaction = app.begin().await?;
        let lines = figures::put(Stage::Spending, Line::of(&transaction, &[self.id]).await?, figures);
        let whole = lines.iter().all(|line| line.spent.is_some());
        let state = if whole { State::Spent } else { State::Approved };
        let change = ActiveModel { state: Set(state), ..Default::default() };
        self.advance(app, &transaction, &[State::Approved, State::Spent], seen, change).await?;
        let fact = Fact::EstimateSpent { total: line::sum(&lines, |line| line.spent), whole };
        Line::replace(&transaction, self.id, lines).await?;
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
