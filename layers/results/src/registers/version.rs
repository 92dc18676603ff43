//! What a record said each time it was confirmed. Versions are immutable. // recorded by Record::confirm

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::record::{Content, Record};
use crate::base::new_id;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "register_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub record: Uuid,
    /// From 1.
    pub number: i32,
    /// [`Content`] as JSON.
    #[sea_orm(column_type = "Text")]
    pub content: String,
    /// Who wrote it, as a JSON list.
    #[sea_orm(column_type = "Text")]
    pub writers: String,
    pub confirmed_by: Uuid,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Version = Model;

impl Model {
    /// Those of a record, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, record: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Record.eq(record)).order_by_desc(Column::Number).all(on).await
    }

    /// What it said.
    #[must_use]
    pub fn content(&self) -> Option<Content> {
        serde_json::from_str(&self.content).ok()
    }
}

/// Keeps what is confirmed now.
///
/// # Errors
/// The database failed.
pub(super) async fn keep(
    on: &impl ConnectionTrait,
    record: &Record,
    content: &Content,
    (number, person, at): (i32, Uuid, DateTimeUtc),
) -> Result<(), crate::web::Error> {
    let row = Model {
        id: new_id(),
        record: record.id,
        number,
        content: serde_json::to_string(content)?,
        writers: record.writers.clone(),
        confirmed_by: person,
        at,
    };
    Entity::insert(ActiveModel::from(row)).exec_without_returning(on).await?;
    Ok(())
}

/// All of a record go with it.
///
/// # Errors
/// The database failed.
pub(super) async fn forget(on: &impl ConnectionTrait, record: Uuid) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Record.eq(record)).exec(on).await.map(|_| ())
}
