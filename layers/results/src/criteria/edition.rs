//! An edition: the tree as it was issued. It never changes; what is scored by it is scored by it for ever.

use ::scoring::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "criteria_edition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub criteria_set: Uuid,
    /// From 1.
    pub number: i32,
    /// [`Set`] as canonical JSON.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// Of the body.
    pub sha256: String,
    pub issued_by: Uuid,
    pub issued_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Edition = Model;

impl Model {
    /// Those of a set, the first first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, set: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::CriteriaSet.eq(set)).order_by_asc(Column::Number).all(on).await
    }

    /// The edition of that number.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn numbered(on: &impl ConnectionTrait, set: Uuid, number: i32) -> Result<Self, Error> {
        let of = Entity::find().filter(Column::CriteriaSet.eq(set)).filter(Column::Number.eq(number));
        of.one(on).await?.ok_or(Error::NotFound)
    }

    /// What it says.
    ///
    /// # Errors
    /// It can not be read any more.
    pub fn set(&self) -> Result<Set, Error> {
        Ok(serde_json::from_str(&self.body)?)
    }
}
