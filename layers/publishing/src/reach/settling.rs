//! Evidence: once a day is over, an agency's readings of it become one fact, with how many there are and their digest. A fact for each
//! reading would bury the ledger; a fact for each day says as much, for the digest covers every one of them. And the clearing of what
//! platforms said word for word, once it is so old that nobody asks: the readings themselves stay for good.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QuerySelect, SqlErr};

use super::{digest, fetch, reading, watch};
use crate::base::{App, By, Chore, Fact, new_id, time};
use crate::web::Error;

const EVERY_S: i64 = 900;
/// A day is settled when it has been over for so long: what was asked before midnight is written by then.
const AFTER_MIN: i64 = 15;
/// Days that may be caught up with after an outage.
const BACK_DAYS: i64 = 60;
/// What platforms said word for word is kept so long.
pub const RAW_DAYS: i64 = 400;
const CLEARED_EACH: u64 = 500;

/// A settled day of an agency.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reach_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    pub day: Date,
    pub copies: i32,
    pub readings: i32,
    pub sha256: String,
    pub settled_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Settled = Model;

#[must_use]
pub fn chore() -> Chore {
    Chore { name: "reach-days", every_s: EVERY_S, work: |app| Box::pin(async move { settle(app).await.map_err(watch::whole) }) }
}

#[must_use]
pub fn clearing() -> Chore {
    Chore { name: "reach-clearing", every_s: 86_400, work: |app| Box::pin(async move { clear(app).await.map_err(watch::whole) }) }
}

/// The settled day of an agency; None while it is not.
///
/// # Errors
/// The database failed.
pub async fn of(on: &impl ConnectionTrait, agency: Uuid, day: NaiveDate) -> Result<Option<Settled>, DbErr> {
    Entity::find().filter(Column::Agency.eq(agency)).filter(Column::Day.eq(day)).one(on).await
}

/// Settles the days that are over and are not settled yet.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> Result<(), Error> {
    let today = time::local_date(app.clock.now() - TimeDelta::minutes(AFTER_MIN));
    let since = today - TimeDelta::days(BACK_DAYS);
    let open: Vec<(Uuid, NaiveDate)> = reading::Entity::find()
        .select_only()
        .column(reading::Column::Agency)
        .column(reading::Column::Day)
        .distinct()
        .filter(reading::Column::Day.gte(since))
        .filter(reading::Column::Day.lt(today))
        .into_tuple()
        .all(&app.db)
        .await?;
    let done: Vec<(Uuid, NaiveDate)> = Entity::find()
        .select_only()
        .column(Column::Agency)
        .column(Column::Day)
        .filter(Column::Day.gte(since))
        .into_tuple()
        .all(&app.db)
        .await?;
    let done: HashSet<(Uuid, NaiveDate)> = done.into_iter().collect();
    let mut open: Vec<_> = open.into_iter().filter(|one| !done.contains(one)).collect();
    open.sort_by_key(|(agency, day)| (*day, *agency));
    for (agency, day) in open {
        settle_day(app, agency, day).await?;
    }
    Ok(())
}

async fn settle_day(app: &App, agency: Uuid, day: NaiveDate) -> Result<(), Error> {
    let transaction = app.begin().await?;
    let counted = digest::of_day(&transaction, agency, day).await?;
    let row = Model {
        id: new_id(),
        agency,
        day,
        copies: i32::try_from(counted.copies).unwrap_or(i32::MAX),
        readings: i32::try_from(counted.readings).unwrap_or(i32::MAX),
        sha256: counted.sha256.clone(),
        settled_at: app.clock.now(),
    };
    if let Err(error) = Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await {
        // Another node was quicker.
        let taken = matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)));
        return if taken { Ok(()) } else { Err(error.into()) };
    }
    let by = By { agency: Some(agency), ..By::system() };
    let (copies, readings) =
        (u32::try_from(counted.copies).unwrap_or(u32::MAX), u32::try_from(counted.readings).unwrap_or(u32::MAX));
    let fact = Fact::ReachSettled { day: day.to_string(), copies, readings, sha256: counted.sha256 };
    app.record(&transaction, agency, fact, &by).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// Empties what was said word for word so long ago.
///
/// # Errors
/// The database failed.
pub async fn clear(app: &App) -> Result<(), Error> {
    let before = app.clock.now() - TimeDelta::days(RAW_DAYS);
    let old = || fetch::Entity::find().select_only().column(fetch::Column::Id).filter(fetch::Column::At.lt(before));
    let ids: Vec<Uuid> = old().filter(fetch::Column::ClearedAt.is_null()).limit(CLEARED_EACH).into_tuple().all(&app.db).await?;
    if ids.is_empty() {
        return Ok(());
    }
    let transaction = app.begin().await?;
    let done = fetch::Entity::update_many()
        .col_expr(fetch::Column::Raw, Expr::value(""))
        .col_expr(fetch::Column::ClearedAt, Expr::value(app.clock.now()))
        .filter(fetch::Column::Id.is_in(ids))
        .filter(Expr::col(fetch::Column::ClearedAt).is_null())
        .exec(&transaction)
        .await?;
    let count = u32::try_from(done.rows_affected).unwrap_or(u32::MAX);
    app.record(
        &transaction,
        Uuid::nil(),
        Fact::ReachCleared { count, before: time::local_date(before).to_string() },
        &By::system(),
    )
    .await?;
    app.commit(transaction).await?;
    Ok(())
}
