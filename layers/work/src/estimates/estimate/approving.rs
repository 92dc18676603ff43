//! Approving: a decision with number and date fixes what each line may cost.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;

use super::figures::{self, Figure, Stage};
use super::line::{self, Line};
use super::{ActiveModel, Model, State};
use crate::base::{App, By, Fact, Who, time};
use crate::people::agency::draft::value;
use crate::web::{Error, Obstacle};

const NUMBER_LETTERS_MAX: usize = 60;

/// The decision as typed.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    pub number: String,
    pub day: String,
}

impl Decision {
    /// Reads number and date: nobody decides before it was submitted, nor tomorrow.
    ///
    /// # Errors
    /// What is wrong, each at its field.
    pub fn read(&self, submitted_on: NaiveDate, today: NaiveDate) -> Result<(String, NaiveDate), Vec<Obstacle>> {
        let mut wrong = Vec::new();
        let number = vietnamese::normalise(&self.number).replace('\0', "").trim().to_owned();
        if number.is_empty() || number.chars().count() > NUMBER_LETTERS_MAX {
            wrong.push(Obstacle::new("estimate-decision-number").with("n", NUMBER_LETTERS_MAX).at("decision_number"));
        }
        match value::day(&self.day) {
            Ok(day) if day > today => wrong.push(Obstacle::new("estimate-decision-in-future").at("decision_on")),
            Ok(day) if day < submitted_on => {
                let since = time::day(submitted_on);
                wrong.push(Obstacle::new("estimate-decision-before").with("day", since).at("decision_on"));
            }
            Ok(day) if wrong.is_empty() => return Ok((number, day)),
            Ok(_) => {}
            Err(obstacle) => wrong.push(obstacle.at("decision_on")),
        }
        Err(wrong)
    }
}

impl Model {
    /// Approves these sums by that decision.
    ///
    /// # Errors
    /// Forbidden without the role, to the agency that asks, and to who appraised; refused before the appraisal; stale when
    /// somebody was quicker.
    pub async fn approve(
        &self,
        app: &App,
        who: &Who,
        seen: i32,
        (number, day): (String, NaiveDate),
        figures: &[Figure],
    ) -> Result<(), Error> {
        if !self.is_approved_by(who) {
            return Err(Error::Forbidden);
        }
        if self.state != State::Appraised {
            return Err(Error::refused("estimate-not-appraised"));
        }
        let transaction = app.begin().await?;
        let change = ActiveModel {
            state: Set(State::Approved),
            decision_number: Set(number.clone()),
            decision_on: Set(Some(day)),
            ..Default::default()
        };
        self.advance(app, &transaction, &[State::Appraised], seen, change).await?;
        let lines = figures::put(Stage::Approval, Line::of(&transaction, &[self.id]).await?, figures);
        let decision = format!("{number}, {}", time::day(day));
        let fact = Fact::EstimateApproved { decision, total: line::sum(&lines, |line| line.approved) };
        Line::replace(&transaction, self.id, lines).await?;
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
