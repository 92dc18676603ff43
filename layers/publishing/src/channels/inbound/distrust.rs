//! Calls that were not believed: how many of each reason on a day. One row however many there are, so that nobody fills the database
//! by knocking. // recorded by itself

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};

use super::trusting::Reason;
use crate::base::{App, new_id, time};
use crate::channels::Account;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_distrust")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account: Uuid,
    pub agency: Uuid,
    /// `2026-03-02`, of Vietnam.
    pub day: String,
    /// [`Reason::code`]
    pub reason: String,
    pub times: i32,
    pub last_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Counts one.
///
/// # Errors
/// The database failed.
pub async fn count(app: &App, account: &Account, reason: Reason) -> Result<(), DbErr> {
    let now = app.clock.now();
    let day = time::local_date(now).to_string();
    tracing::warn!(account = %account.id, platform = %account.platform, reason = reason.code(), "a call of a webhook was refused");
    metrics::counter!("lantoa_channel_webhooks_refused_total", "platform" => account.platform.clone(), "reason" => reason.code())
        .increment(1);
    let row = ActiveModel {
        id: Set(new_id()),
        account: Set(account.id),
        agency: Set(account.agency),
        day: Set(day),
        reason: Set(reason.code().into()),
        times: Set(1),
        last_at: Set(now),
    };
    let more = Expr::col((Entity, Column::Times)).add(1);
    let again = OnConflict::columns([Column::Account, Column::Day, Column::Reason])
        .value(Column::Times, more)
        .value(Column::LastAt, Expr::value(now))
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(&app.db).await.map(|_| ())
}
