//! Mailboxes that are written to no more, whichever newsletter and whoever brings them in again: by a key, not by their address.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::base::App;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "newsletter_suppression")]
pub struct Model {
    /// [`super::token::address_key`]
    #[sea_orm(primary_key, auto_increment = false)]
    pub address_key: String,
    /// `hard`, `soft` (too often), `complaint`, `erased`.
    pub reason: String,
    /// E.g. `5.1.1`
    pub status: String,
    #[sea_orm(column_type = "Text")]
    pub says: String,
    pub at: DateTimeUtc,
    /// The issue whose letter said it.
    pub issue: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Notes it; what was noted first stays. // recorded by the verb that it belongs to, in the same transaction
///
/// # Errors
/// The database failed.
pub async fn note(
    app: &App,
    on: &impl ConnectionTrait,
    key: &str,
    (reason, status, says): (&str, &str, &str),
    issue: Option<Uuid>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        address_key: Set(key.into()),
        reason: Set(reason.into()),
        status: Set(status.into()),
        says: Set(says.into()),
        at: Set(app.clock.now()),
        issue: Set(issue),
    };
    let once = OnConflict::column(Column::AddressKey).do_nothing().to_owned();
    Entity::insert(row).on_conflict(once).exec_without_returning(on).await.map(|_| ())
}

/// Whoever confirms from the mailbox itself wants it again. // recorded by `SubscriberJoined`
///
/// # Errors
/// The database failed.
pub async fn lift(on: &impl ConnectionTrait, key: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(key.to_owned()).exec(on).await.map(|_| ())
}

/// Which of these are not written to.
///
/// # Errors
/// The database failed.
pub async fn among(on: &impl ConnectionTrait, keys: &[String]) -> Result<Vec<String>, DbErr> {
    let rows = Entity::find().filter(Column::AddressKey.is_in(keys.iter().cloned())).all(on).await?;
    Ok(rows.into_iter().map(|row| row.address_key).collect())
}
