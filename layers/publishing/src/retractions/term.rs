//! How long a case may take, for each cause: data that the province sets, with its source. What nobody set is a default of ours,
//! and is shown as one: no decree that says so was found for information pages of agencies.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveEnum, Iterable};

use super::case::Cause;
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who, new_id};
use crate::duties::calendar::Calendar;
use crate::duties::day_off;
use crate::duties::working_time::WorkingTime;
use crate::web::{Error, Obstacle};

/// A quarter of a year.
pub const HOURS_MAX: i32 = 2_160;
pub const SOURCE_LETTERS_MAX: usize = 300;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retraction_term")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub cause: Cause,
    pub hours: i32,
    pub counting: Counting,
    /// What says so: decree and article, a decision of the province; empty for a default.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// 0: nobody set it.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Term = Model;

/// How hours are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Counting {
    /// By the clock on the wall, nights and days off with them.
    Real,
    /// In the working hours of days that are worked.
    Working,
}

impl Counting {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("retraction-counting-{}", self.to_value())
    }

    /// Reads the word in forms.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::iter().find(|one| one.to_value() == code)
    }
}

impl Model {
    /// What holds while nobody set anything.
    #[must_use]
    pub fn usual(cause: Cause) -> Self {
        let hours = match cause {
            Cause::Withdrawn | Cause::TakenDown | Cause::RequestRemoval => 24,
            Cause::Corrected | Cause::RequestCorrection => 48,
        };
        Self { id: Uuid::nil(), cause, hours, counting: Counting::Real, source: String::new(), version: 0 }
    }

    /// The term of every cause.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        let mut set: HashMap<Cause, Self> = Entity::find().all(on).await?.into_iter().map(|one| (one.cause, one)).collect();
        Ok(Cause::iter().map(|cause| set.remove(&cause).unwrap_or_else(|| Self::usual(cause))).collect())
    }

    /// When a case of that cause that begins then is due.
    ///
    /// # Errors
    /// The database failed.
    pub async fn due(app: &App, cause: Cause, from: DateTime<Utc>) -> Result<DateTime<Utc>, DbErr> {
        let term = Entity::find().filter(Column::Cause.eq(cause)).one(&app.db).await?.unwrap_or_else(|| Self::usual(cause));
        Ok(term.after(&day_off::calendar(&app.db).await?, from))
    }

    /// Its end, from a moment.
    #[must_use]
    pub fn after(&self, calendar: &Calendar, from: DateTime<Utc>) -> DateTime<Utc> {
        match self.counting {
            Counting::Real => from + TimeDelta::hours(i64::from(self.hours)),
            Counting::Working => WorkingTime::of(calendar).after(from, i64::from(self.hours) * 60),
        }
    }

    /// Sets a term. Cases that are open keep theirs.
    ///
    /// # Errors
    /// Refused with each obstacle at its field; stale when somebody was quicker; or the database failed.
    pub async fn set(app: &App, who: &Who, cause: Cause, typed: &Typed, seen: i32) -> Result<(), Error> {
        let all = Self::all(&app.db).await?;
        let before = all.into_iter().find(|one| one.cause == cause).unwrap_or_else(|| Self::usual(cause));
        if before.version != seen {
            return Err(Error::Stale);
        }
        let row = typed.read(&before)?;
        let changes = changes(&before, &row);
        if changes.is_empty() {
            return Ok(());
        }
        let transaction = app.begin().await?;
        if seen == 0 {
            let new = ActiveModel::from(Self { id: new_id(), version: 1, ..row });
            if let Err(error) = Entity::insert(new).exec_without_returning(&transaction).await {
                return Err(match error.sql_err() {
                    Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
                    _ => error.into(),
                });
            }
        } else {
            let row = ActiveModel::from(Self { version: seen + 1, ..row }).reset_all();
            let same = Entity::update_many().set(row).filter(Column::Cause.eq(cause)).filter(Column::Version.eq(seen));
            if same.exec(&transaction).await?.rows_affected == 0 {
                return Err(Error::Stale);
            }
        }
        let fact = Fact::RetractionTermSet { cause: cause.code(), changes };
        app.record(&transaction, Uuid::nil(), fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// A term as typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub hours: String,
    pub counting: String,
    pub source: String,
}

impl Typed {
    fn read(&self, before: &Term) -> Result<Term, Error> {
        let mut wrong = Vec::new();
        let hours = self.hours.trim().parse().ok().filter(|hours| (1..=HOURS_MAX).contains(hours));
        if hours.is_none() {
            wrong.push(Obstacle::new("retraction-hours-wrong").with("most", HOURS_MAX).at("hours"));
        }
        let counting = Counting::from_code(&self.counting);
        if counting.is_none() {
            wrong.push(Obstacle::new("retraction-counting-wrong").at("counting"));
        }
        let source = vietnamese::normalise(self.source.trim()).replace('\0', "");
        if source.chars().count() > SOURCE_LETTERS_MAX {
            wrong.push(Obstacle::new("article-too-long").with("n", SOURCE_LETTERS_MAX).at("source"));
        }
        match (hours, counting) {
            (Some(hours), Some(counting)) if wrong.is_empty() => Ok(Term { hours, counting, source, ..before.clone() }),
            _ => Err(Error::Refused(wrong)),
        }
    }
}

fn changes(before: &Term, after: &Term) -> Vec<Change> {
    let each = [
        ("hours", before.hours.to_string(), after.hours.to_string()),
        ("counting", before.counting.to_value(), after.counting.to_value()),
        ("source", before.source.clone(), after.source.clone()),
    ];
    each.into_iter()
        .filter(|(_, from, to)| from != to)
        .map(|(field, from, to)| Change { field: field.into(), from, to })
        .collect()
}
