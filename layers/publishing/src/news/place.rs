//! The portals that show an article besides its own agency's. It stays one article with one address.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ActiveValue::Set, QuerySelect};

use crate::base::new_id;

/// The most other portals of one article.
pub const PLACES_MAX: usize = 30;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_place")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub article: Uuid,
    pub agency: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// Whose portals show an article besides its own agency's.
///
/// # Errors
/// The database failed.
pub async fn of(on: &impl ConnectionTrait, article: Uuid) -> Result<Vec<Uuid>, DbErr> {
    Entity::find().select_only().column(Column::Agency).filter(Column::Article.eq(article)).into_tuple().all(on).await
}

/// The articles that an agency's portal shows of others, to be asked within another question.
#[must_use]
pub fn shown_by(agency: Uuid) -> SelectStatement {
    Query::select().column(Column::Article).from(Entity).and_where(Column::Agency.eq(agency)).take()
}

/// Sets whose portals show it. // recorded by the verb that saves the article, in the same transaction
///
/// # Errors
/// The database failed.
pub async fn set(on: &impl ConnectionTrait, article: Uuid, agencies: &[Uuid]) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Article.eq(article)).exec(on).await?;
    if agencies.is_empty() {
        return Ok(());
    }
    let row = |agency: &Uuid| ActiveModel { id: Set(new_id()), article: Set(article), agency: Set(*agency) };
    Entity::insert_many(agencies.iter().map(row)).exec_without_returning(on).await.map(|_| ())
}
