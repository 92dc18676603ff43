//! A host elsewhere that was called: one that does not answer rests, longer each time, and what is on its way to it waits with it.
//! // recorded by tending, when its followers are let go

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};

use crate::base::App;

/// The longest rest, seconds.
const REST_S_MAX: i64 = 6 * 3_600;
const SAYS_LETTERS_MAX: usize = 300;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "syndication_host")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub host: String,
    /// Since it last answered.
    pub failures: i32,
    pub failing_since: Option<DateTimeUtc>,
    pub rests_until: Option<DateTimeUtc>,
    pub reached_at: Option<DateTimeUtc>,
    /// What was known of the last failure.
    #[sea_orm(column_type = "Text")]
    pub says: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Host = Model;

/// How long to wait after so many failures: 2, 4, 8 … seconds.
#[must_use]
pub fn wait(failures: i32) -> TimeDelta {
    let seconds = 1_i64 << failures.clamp(1, 20);
    TimeDelta::seconds(seconds.min(REST_S_MAX))
}

impl Model {
    /// What is known of a host; None of one that always answered.
    ///
    /// # Errors
    /// The database failed.
    pub async fn known(on: &impl ConnectionTrait, host: &str) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(host).one(on).await
    }

    /// It did not answer.
    ///
    /// # Errors
    /// The database failed.
    pub async fn failed(app: &App, on: &impl ConnectionTrait, host: &str, says: &str) -> Result<(), DbErr> {
        let now = app.clock.now();
        let before = Entity::find_by_id(host).one(on).await?;
        let failures = before.as_ref().map_or(0, |one| one.failures).saturating_add(1);
        let row = ActiveModel {
            host: Set(host.to_owned()),
            failures: Set(failures),
            failing_since: Set(before.as_ref().and_then(|one| one.failing_since).or(Some(now))),
            rests_until: Set(Some(now + wait(failures))),
            reached_at: Set(before.and_then(|one| one.reached_at)),
            says: Set(says.chars().take(SAYS_LETTERS_MAX).collect()),
        };
        let again = OnConflict::column(Column::Host)
            .update_columns([Column::Failures, Column::FailingSince, Column::RestsUntil, Column::Says])
            .to_owned();
        Entity::insert(row).on_conflict(again).exec_without_returning(on).await.map(|_| ())
    }

    /// It answered, whatever it said. `known`: what was known of it; one that always answers costs no statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn reached(app: &App, on: &impl ConnectionTrait, known: Option<&Self>) -> Result<(), DbErr> {
        let Some(known) = known.filter(|known| known.failures > 0) else { return Ok(()) };
        Entity::update_many()
            .col_expr(Column::Failures, Expr::value(0))
            .col_expr(Column::FailingSince, Expr::value(Option::<DateTimeUtc>::None))
            .col_expr(Column::RestsUntil, Expr::value(Option::<DateTimeUtc>::None))
            .col_expr(Column::ReachedAt, Expr::value(app.clock.now()))
            .filter(Column::Host.eq(&known.host))
            .exec(on)
            .await
            .map(|_| ())
    }

    /// Those that have not answered since before a moment.
    ///
    /// # Errors
    /// The database failed.
    pub async fn silent_since(on: &impl ConnectionTrait, before: DateTime<Utc>, most: u64) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::FailingSince.lt(before)).limit(most).all(on).await
    }

    /// Forgets it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget(on: &impl ConnectionTrait, host: &str) -> Result<(), DbErr> {
        Entity::delete_many().filter(Column::Host.eq(host)).exec(on).await.map(|_| ())
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn waits_double_up_to_six_hours() {
        assert_eq!([1, 2, 3, 10].map(|n| wait(n).num_seconds()), [2, 4, 8, 1_024]);
        assert_eq!(wait(i32::MAX).num_seconds(), REST_S_MAX);
        assert_eq!(wait(0).num_seconds(), 2);
    }
}
