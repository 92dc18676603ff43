//! How often this whole installation publishes on one platform, however many accounts it has there: platforms count by application
//! and by address as well. A second bucket beside the account's own; a call takes one of each, in the same transaction.
//! // recorded by nobody: counting is bookkeeping, what was published is in the steps

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::account::bucket::{Bucket, CALL_MILLI};
use crate::base::App;

/// So many at once after a rest: what ten seconds give.
const BURST_S: i64 = 10;
const MINUTE_S: i64 = 60;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_pace")]
pub struct Model {
    /// [`super::platform::Platform::code`]
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: String,
    pub tokens_milli: i64,
    pub refilled_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The bucket as it is kept; a full one where nobody published yet.
fn bucket(app: &App, kept: Option<&Model>, now: DateTime<Utc>) -> Bucket {
    let per_minute = i64::from(app.config.channels_per_minute.max(1));
    let burst = (per_minute * BURST_S / MINUTE_S).max(1);
    Bucket {
        per_minute,
        burst,
        milli: kept.map_or(burst * CALL_MILLI, |row| row.tokens_milli),
        // No platform asks this bucket to rest: a time that lies ahead is that of a clock which was set back.
        at: kept.map_or(now, |row| row.refilled_at.min(now)),
    }
}

/// Whether the platform may be called to publish something now.
///
/// # Errors
/// The database failed.
pub async fn has_room(app: &App, platform: &str) -> Result<bool, DbErr> {
    let kept = Entity::find_by_id(platform).one(&app.db).await?;
    let now = app.clock.now();
    Ok(bucket(app, kept.as_ref(), now).take(now).is_some())
}

/// Takes one call; whether there was one. Others wait for the row until the transaction ends.
///
/// # Errors
/// The database failed.
pub async fn take(app: &App, on: &impl ConnectionTrait, platform: &str) -> Result<bool, DbErr> {
    let now = app.clock.now();
    let full = bucket(app, None, now);
    let row = ActiveModel { platform: Set(platform.to_owned()), tokens_milli: Set(full.milli), refilled_at: Set(full.at) };
    let once = OnConflict::column(Column::Platform).do_nothing().to_owned();
    Entity::insert(row).on_conflict(once).exec_without_returning(on).await?;
    let kept = Entity::find_by_id(platform).lock_exclusive().one(on).await?;
    let Some(left) = bucket(app, kept.as_ref(), now).take(now) else { return Ok(false) };
    Entity::update_many()
        .col_expr(Column::TokensMilli, Expr::value(left.milli))
        .col_expr(Column::RefilledAt, Expr::value(left.at))
        .filter(Column::Platform.eq(platform))
        .exec(on)
        .await?;
    Ok(true)
}
