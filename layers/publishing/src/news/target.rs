//! What an article is about in the programme: the provisions it explains, the duties it is evidence for.

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QuerySelect};

use crate::base::new_id;

/// The most of one article.
pub const TARGETS_MAX: usize = 20;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_target")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub article: Uuid,
    pub kind: Kind,
    /// A provision's or a duty's id.
    pub target: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// What it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Kind {
    Provision,
    Duty,
}

/// The duties that an article is evidence for.
///
/// # Errors
/// The database failed.
pub async fn duties(on: &impl ConnectionTrait, article: Uuid) -> Result<Vec<Uuid>, DbErr> {
    let of = Entity::find().select_only().column(Column::Target).filter(Column::Article.eq(article));
    of.filter(Column::Kind.eq(Kind::Duty)).into_tuple().all(on).await
}

/// Sets the duties, and the provisions behind them. // recorded by the verb that saves the article, in the same transaction
///
/// # Errors
/// The database failed.
pub async fn set(on: &impl ConnectionTrait, article: Uuid, duties: &[Uuid], provisions: &[Uuid]) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Article.eq(article)).exec(on).await?;
    let row = |kind: Kind, target: &Uuid| ActiveModel {
        id: Set(new_id()),
        article: Set(article),
        kind: Set(kind),
        target: Set(*target),
    };
    let rows = duties.iter().map(|id| row(Kind::Duty, id)).chain(provisions.iter().map(|id| row(Kind::Provision, id)));
    let rows: Vec<ActiveModel> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    Entity::insert_many(rows).exec_without_returning(on).await.map(|_| ())
}
