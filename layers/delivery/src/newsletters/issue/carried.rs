//! Which articles an issue carries, to be found from the article: kept with the approval, when its words are fixed.

use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::{Issue, Item};
use crate::base::new_id;
use crate::news::article;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "newsletter_carried")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub issue: Uuid,
    pub article: Uuid,
    /// Which text of it was in the letter.
    pub revision: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps what the issue carries now. // recorded by `IssueApproved`
///
/// # Errors
/// The database failed.
pub async fn settle(on: &impl ConnectionTrait, issue: Uuid, articles: &[(Uuid, i32)]) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Issue.eq(issue)).exec(on).await?;
    if articles.is_empty() {
        return Ok(());
    }
    let row = |(article, revision): &(Uuid, i32)| ActiveModel {
        id: Set(new_id()),
        issue: Set(issue),
        article: Set(*article),
        revision: Set(*revision),
    };
    Entity::insert_many(articles.iter().map(row)).exec_without_returning(on).await.map(|_| ())
}

/// Holds the articles of an issue as they are until the transaction ends: whoever corrects one or takes it back meanwhile waits, and what
/// follows from it finds the issue approved.
///
/// # Errors
/// The database failed.
pub async fn hold(on: &impl ConnectionTrait, issue: &Issue) -> Result<(), DbErr> {
    let articles = issue.items().into_iter().map(|item| item.article).chain(issue.corrects);
    article::Entity::find().filter(article::Column::Id.is_in(articles)).lock_shared().all(on).await.map(|_| ())
}

/// Which text of an article an issue carries.
///
/// # Errors
/// The database failed.
pub async fn revision_in(on: &impl ConnectionTrait, issue: Uuid, article: Uuid) -> Result<Option<i32>, DbErr> {
    let row = Entity::find().filter(Column::Issue.eq(issue)).filter(Column::Article.eq(article)).one(on).await?;
    Ok(row.map(|row| row.revision))
}

/// The issues that carry an article and were approved.
///
/// # Errors
/// The database failed.
pub async fn issues_with(on: &impl ConnectionTrait, article: Uuid) -> Result<Vec<Issue>, DbErr> {
    let rows = Entity::find().filter(Column::Article.eq(article)).all(on).await?;
    super::Entity::find().filter(super::Column::Id.is_in(rows.into_iter().map(|row| row.issue))).all(on).await
}

/// Items for these articles.
#[must_use]
pub fn items(articles: impl IntoIterator<Item = Uuid>) -> Vec<Item> {
    articles.into_iter().map(|article| Item { article, words: String::new() }).collect()
}
