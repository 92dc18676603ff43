//! Submitting an estimate to the finance body: what was submitted is kept as it was, whatever comes later.

pub mod submission;

use sea_orm::ActiveValue::Set;

use super::line::{self, Line};
use super::{ActiveModel, Model, State};
use crate::base::{App, By, Fact, Who};
use crate::web::{Error, Obstacle};
use submission::Submission;

impl Model {
    /// Why it can not be submitted yet; the page shows the same before the button is pressed.
    #[must_use]
    pub fn obstacles_to_submitting(lines: &[Line]) -> Vec<Obstacle> {
        if lines.is_empty() { vec![Obstacle::new("estimate-without-lines")] } else { Vec::new() }
    }

    /// Submits the lines as they are.
    ///
    /// # Errors
    /// Forbidden without the role; refused with the obstacles; stale when a colleague was quicker; or the database failed.
    pub async fn submit(&self, app: &App, who: &Who, seen: i32) -> Result<(), Error> {
        if !self.is_written_by(who) {
            return Err(Error::Forbidden);
        }
        if self.state != State::Draft {
            return Err(Error::refused("estimate-is-no-draft"));
        }
        let transaction = app.begin().await?;
        let change = ActiveModel { state: Set(State::Submitted), ..Default::default() };
        self.advance(app, &transaction, &[State::Draft], seen, change).await?;
        let lines = Line::of(&transaction, &[self.id]).await?;
        let obstacles = Self::obstacles_to_submitting(&lines);
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let total = line::asked(&lines);
        let version = Submission::keep(app, &transaction, who, self.id, &lines).await?;
        app.record(&transaction, self.id, Fact::EstimateSubmitted { version, total }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
