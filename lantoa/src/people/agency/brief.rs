//! An agency in brief: what lists and links need, without boundary and notes.

use std::collections::HashMap;

use sea_orm::DerivePartialModel;
use sea_orm::entity::prelude::*;

use super::{Entity, Kind};

/// Id, address, names and dates of an agency.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct Brief {
    pub id: Uuid,
    pub slug: String,
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub kind: Kind,
    pub open_from: Date,
    pub closed_on: Option<Date>,
}

impl Brief {
    /// All agencies there ever were, by id: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait) -> Result<HashMap<Uuid, Self>, DbErr> {
        let rows = Entity::find().into_partial_model::<Self>().all(on).await?;
        Ok(rows.into_iter().map(|agency| (agency.id, agency)).collect())
    }

    /// The agency at a public address.
    ///
    /// # Errors
    /// The database failed.
    pub async fn at(on: &impl ConnectionTrait, slug: &str) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(super::Column::Slug.eq(slug)).into_partial_model::<Self>().one(on).await
    }

    /// Where the public reads about it.
    #[must_use]
    pub fn public_path(&self) -> String {
        format!("/co-quan/{}", self.slug)
    }

    /// Where the public reads what adopted plans ask of it.
    #[must_use]
    pub fn duties_path(&self) -> String {
        format!("{}/nhiem-vu", self.public_path())
    }
}
