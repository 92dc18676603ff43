//! Revisions: what an article said, each time somebody saved it. Written once, never changed.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::article::Article;
use crate::base::new_id;
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_revision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub article: Uuid,
    /// From 1.
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    #[sea_orm(column_type = "Text")]
    pub source: String,
    /// What the person said about it.
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// None for an import.
    pub person: Option<Uuid>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Revision = Model;

impl Model {
    /// What the article says now, as its revision.
    #[must_use]
    pub fn of(article: &Article, note: String, person: Option<Uuid>, at: DateTimeUtc) -> Self {
        Self {
            id: new_id(),
            article: article.id,
            number: article.revision,
            title: article.title.clone(),
            summary: article.summary.clone(),
            body: article.body.clone(),
            source: article.source.clone(),
            note,
            person,
            at,
        }
    }

    /// Keeps it. // recorded by the verb that wrote the text, in the same transaction
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep(self, on: &impl ConnectionTrait) -> Result<(), DbErr> {
        Entity::insert(ActiveModel::from(self)).exec_without_returning(on).await.map(|_| ())
    }

    /// Those of an article, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait, article: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Article.eq(article)).order_by_desc(Column::Number).all(on).await
    }

    /// The one with that number.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, article: Uuid, number: i32) -> Result<Self, Error> {
        let one = Entity::find().filter(Column::Article.eq(article)).filter(Column::Number.eq(number));
        one.one(on).await?.ok_or(Error::NotFound)
    }
}
