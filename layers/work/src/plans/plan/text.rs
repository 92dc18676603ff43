//! The document behind a plan, beside the row so that lists need not carry it.

use official_document::Document;
use sea_orm::entity::prelude::*;

use crate::plans::recognise::Heading;
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_text")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub plan: Uuid,
    /// [`Document`] as JSON: the structure with the text that spans point into.
    #[sea_orm(column_type = "Text")]
    pub document: String,
    /// The lines that are no provisions, as JSON.
    #[sea_orm(column_type = "Text")]
    pub headings: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The text of a plan.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, plan: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(plan).one(on).await?.ok_or(Error::NotFound)
    }

    /// The structure.
    ///
    /// # Errors
    /// What is stored is no document: the database was changed by hand.
    pub fn document(&self) -> Result<Document, Error> {
        Ok(serde_json::from_str(&self.document)?)
    }

    /// The headings.
    ///
    /// # Errors
    /// As [`Model::document`].
    pub fn headings(&self) -> Result<Vec<Heading>, Error> {
        Ok(serde_json::from_str(&self.headings)?)
    }
}
