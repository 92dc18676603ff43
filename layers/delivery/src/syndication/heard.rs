//! Activities that were heard, so that the same one does nothing the second time. Only their hash is kept, for as long as a call
//! may be late. // recorded by nobody: that something was heard changes nothing

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::base::digest::sha256;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "syndication_heard")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// Notes an activity by its id. False: it was heard before.
///
/// # Errors
/// The database failed.
pub async fn is_new(on: &impl ConnectionTrait, activity: &str, at: DateTime<Utc>) -> Result<bool, DbErr> {
    let row = ActiveModel { id: Set(sha256(activity.as_bytes())), at: Set(at) };
    let once = OnConflict::column(Column::Id).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(once).exec_without_returning(on).await? > 0)
}

/// Forgets what was heard before a moment: a call that old is refused for its date.
///
/// # Errors
/// The database failed.
pub async fn forget(on: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::At.lt(before)).exec(on).await.map(|_| ())
}
