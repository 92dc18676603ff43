//! Figures follow what happens: once a minute the chore looks whether anything did since the last pass, or a day began, and counts this
//! year and the one before anew.

use chrono::{Datelike, NaiveDate, TimeDelta};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use super::recomputing::recompute;
use crate::base::{App, Chore, fact, time};

/// What happens without anything that is counted having changed. What a pass records itself is among them, or none would be the last.
const IDLE: [&str; 9] = [
    "MeasuresSettled",
    "MeasuresFrozen",
    "SignedIn",
    "SignedOut",
    "SignInRefused",
    "AccessRefused",
    "MailPlanned",
    "MailSent",
    "ReachSettled",
];
const THE_ONE: i32 = 1;
/// A transaction that took long may have brought an older fact after the one that was seen.
const AGAIN_AFTER_H: i64 = 1;

/// Up to where the last pass looked.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "measure_pass")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The newest fact that was there.
    pub fact: Uuid,
    /// The day in Vietnam.
    pub on_day: Date,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The chore.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "settle-measures", every_s: 60, work: |app| Box::pin(settle(app)) }
}

/// Counts anew what may have changed. // recorded by recompute
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    let today = time::local_date(app.clock.now());
    let newest = newest(app).await?;
    let last = Entity::find_by_id(THE_ONE).one(&app.db).await?;
    let is_fresh = |last: Model| {
        let recent = app.clock.now() - last.at < TimeDelta::hours(AGAIN_AFTER_H);
        last.fact == newest && last.on_day == today && recent
    };
    if last.is_some_and(is_fresh) {
        return Ok(());
    }
    for year in [today.year() - 1, today.year()] {
        recompute(app, year, None).await.map_err(|error| anyhow::anyhow!("measures of {year}: {error:?}"))?;
    }
    note(app, newest, today).await?;
    Ok(())
}

async fn newest(app: &App) -> Result<Uuid, DbErr> {
    let facts = fact::Entity::find().select_only().column(fact::Column::Id).filter(fact::Column::Kind.is_not_in(IDLE));
    let newest: Option<Uuid> = facts.order_by_desc(fact::Column::Id).into_tuple().one(&app.db).await?;
    Ok(newest.unwrap_or_default())
}

async fn note(app: &App, fact: Uuid, today: NaiveDate) -> Result<(), DbErr> {
    let row = ActiveModel { id: Set(THE_ONE), fact: Set(fact), on_day: Set(today), at: Set(app.clock.now()) };
    let again = OnConflict::column(Column::Id).update_columns([Column::Fact, Column::OnDay, Column::At]).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(&app.db).await.map(|_| ())
}
