//! Sending an estimate back with remarks; it is a draft again, and what was submitted stays as it was.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::line::Line;
use super::submission::{Submission, returned};
use super::{ActiveModel, Model, State};
use crate::base::{App, By, Fact, Who, new_id};
use crate::web::{Error, Obstacle};

const LETTERS_MAX: usize = 4_000;

impl Model {
    /// Sends it back.
    ///
    /// # Errors
    /// Forbidden to others than the finance body; refused without a word; stale when somebody was quicker.
    pub async fn send_back(
        &self,
        app: &App,
        who: &Who,
        seen: i32,
        (remarks, of_lines): (&str, &HashMap<Uuid, String>),
    ) -> Result<(), Error> {
        if !self.is_appraised_by(who) {
            return Err(Error::Forbidden);
        }
        if !matches!(self.state, State::Submitted | State::Appraised) {
            return Err(Error::refused("estimate-not-submitted"));
        }
        let remarks = vietnamese::normalise(remarks).replace("\r\n", "\n").replace('\0', "").trim().to_owned();
        if remarks.is_empty() {
            return Err(Error::Refused(vec![Obstacle::new("estimate-return-without-words").at("remarks")]));
        }
        if remarks.chars().count() > LETTERS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("estimate-line-long").with("n", LETTERS_MAX).at("remarks")]));
        }
        let transaction = app.begin().await?;
        let change = ActiveModel { state: Set(State::Draft), appraised_by: Set(None), ..Default::default() };
        self.advance(app, &transaction, &[State::Submitted, State::Appraised], seen, change).await?;
        let number = Submission::of(&transaction, self.id).await?.first().map_or(0, |last| last.number);
        let row = returned::Model {
            id: new_id(),
            estimate: self.id,
            number,
            remarks: remarks.clone(),
            line_remarks: serde_json::to_string(of_lines)?,
            person: who.person,
            at: app.clock.now(),
        };
        returned::Entity::insert(returned::ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        let lines = Line::of(&transaction, &[self.id]).await?;
        let remarked = |line: Line| {
            let appraisal_remark = of_lines.get(&line.id).cloned().unwrap_or_default();
            Line { appraised: None, appraisal_remark, ..line }
        };
        Line::replace(&transaction, self.id, lines.into_iter().map(remarked).collect()).await?;
        app.record(&transaction, self.id, Fact::EstimateReturned { version: number }, &By::from(who).because(remarks)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
