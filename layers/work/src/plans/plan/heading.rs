//! Correcting what was read of a draft's head: number, date, issuer, subject.

use chrono::{Datelike, NaiveDate};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::{Column, Entity, Model, State};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who, time};
use crate::web::{Error, Obstacle};

const LETTERS_MAX: usize = 1_000;

/// The head as a form sends it.
#[derive(Clone, Debug, Deserialize)]
pub struct Heading {
    pub type_name: String,
    pub number: String,
    pub issuer: String,
    pub place: String,
    pub subject: String,
    /// `20/6/2026` or `2026-06-20`; empty when unknown.
    pub issued_on: String,
    pub version: i32,
}

impl Heading {
    fn day(&self) -> Result<Option<NaiveDate>, Error> {
        let text = self.issued_on.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"));
        let day = day.map_err(|_| Error::Refused(vec![Obstacle::new("date-not-understood").with("text", text)]))?;
        if !(1990..=2100).contains(&day.year()) {
            return Err(Error::Refused(vec![Obstacle::new("due-year-odd").with("text", day.year())]));
        }
        Ok(Some(day))
    }
}

impl Model {
    /// Keeps the corrected head of a draft.
    ///
    /// # Errors
    /// A date that does not exist, or stale when someone was quicker.
    pub async fn correct_heading(&self, app: &App, who: &Who, heading: &Heading) -> Result<(), Error> {
        let day = heading.day()?;
        let fields = [&heading.type_name, &heading.number, &heading.issuer, &heading.place, &heading.subject];
        if fields.iter().any(|text| text.chars().count() > LETTERS_MAX) {
            return Err(Error::Refused(vec![Obstacle::new("agency-wrong-long").with("n", LETTERS_MAX)]));
        }
        let clean = |text: &str| {
            let words = text.split(|letter: char| letter.is_control() || letter.is_whitespace());
            vietnamese::normalise(&words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")).into_owned()
        };
        let after = fields.map(|text| clean(text));
        let [type_name, number, issuer, place, subject] = &after;
        let date = |day: Option<NaiveDate>| day.map(time::day).unwrap_or_default();
        let changes: Vec<Change> = [
            Change::of("type_name", &self.type_name, type_name),
            Change::of("number", &self.number, number),
            Change::of("issuer", &self.issuer, issuer),
            Change::of("place", &self.place, place),
            Change::of("subject", &self.subject, subject),
            Change::of("issued_on", &date(self.issued_on), &date(day)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if changes.is_empty() {
            return Ok(());
        }
        let transaction = app.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::TypeName, Expr::value(type_name.clone()))
            .col_expr(Column::Number, Expr::value(number.clone()))
            .col_expr(Column::Issuer, Expr::value(issuer.clone()))
            .col_expr(Column::Place, Expr::value(place.clone()))
            .col_expr(Column::Subject, Expr::value(subject.clone()))
            .col_expr(Column::IssuedOn, Expr::value(day))
            .col_expr(Column::Version, Expr::value(heading.version + 1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Draft))
            .filter(Column::Version.eq(heading.version))
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, self.id, Fact::PlanEdited { changes }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
