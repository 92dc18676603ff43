//! An edition: what was published, frozen. Nothing of it changes any more.

use std::collections::BTreeMap;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::web::Error;

pub mod frozen;

pub use frozen::Frozen;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publication_edition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub publication: Uuid,
    /// From 1.
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    pub kind: String,
    /// What the agency was called.
    #[sea_orm(column_type = "Text")]
    pub owner: String,
    pub cover: Option<Uuid>,
    /// What its pictures were and what was said of them, as JSON: [`Pictures`].
    #[sea_orm(column_type = "Text")]
    pub pictures: String,
    /// Label and words of the page behind the cover, as JSON.
    #[sea_orm(column_type = "Text")]
    pub imprint: String,
    /// Titles of sections of the edition before that are no more, as a JSON list.
    #[sea_orm(column_type = "Text")]
    pub removed: String,
    /// Of everything that it says.
    pub hash: String,
    pub person: Option<Uuid>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Edition = Model;

/// The pictures of an edition, by the asset's id.
pub type Pictures = BTreeMap<Uuid, Shot>;

/// A picture as it was when the edition came out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shot {
    pub sha256: String,
    /// Empty: decoration.
    pub alt: String,
    pub credit: String,
}

impl Model {
    /// The editions of a publication, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait, publication: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Publication.eq(publication)).order_by_desc(Column::Number).all(on).await
    }

    /// The edition with that number.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, publication: Uuid, number: i32) -> Result<Self, Error> {
        let one = Entity::find().filter(Column::Publication.eq(publication)).filter(Column::Number.eq(number));
        one.one(on).await?.ok_or(Error::NotFound)
    }

    /// Its pictures.
    #[must_use]
    pub fn pictures(&self) -> Pictures {
        serde_json::from_str(&self.pictures).unwrap_or_default()
    }

    /// What the page behind the cover says.
    #[must_use]
    pub fn imprint(&self) -> Vec<(String, String)> {
        serde_json::from_str(&self.imprint).unwrap_or_default()
    }

    /// Titles of sections that the edition before had.
    #[must_use]
    pub fn removed(&self) -> Vec<String> {
        serde_json::from_str(&self.removed).unwrap_or_default()
    }
}
