//! What articles are about: the messages of the plan. Kept beside the article so that a topic's list is read by an index; the
//! article itself knows them as codes.

use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Query, SelectStatement};

use super::kind::Tag;
use crate::base::new_id;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_topic")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub article: Uuid,
    /// [`Tag::code`] of a message.
    pub topic: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The articles about a topic, to be asked within another question.
#[must_use]
pub fn about(topic: &str) -> SelectStatement {
    Query::select().column(Column::Article).from(Entity).and_where(Column::Topic.eq(topic)).take()
}

/// The topic of that code.
#[must_use]
pub fn of(code: &str) -> Option<&'static Tag> {
    Tag::messages().iter().find(|tag| tag.code == code)
}

/// Where the public reads what is about it.
#[must_use]
pub fn public_path(code: &str) -> String {
    format!("/chu-de/{code}")
}

/// Sets what an article is about. // recorded by the verb that saves the article, in the same transaction
///
/// # Errors
/// The database failed.
pub async fn set(on: &impl ConnectionTrait, article: Uuid, topics: &[String]) -> Result<(), DbErr> {
    let there: Vec<String> =
        Entity::find().select_only().column(Column::Topic).filter(Column::Article.eq(article)).into_tuple().all(on).await?;
    if there.len() == topics.len() && topics.iter().all(|topic| there.contains(topic)) {
        return Ok(());
    }
    Entity::delete_many().filter(Column::Article.eq(article)).exec(on).await?;
    if topics.is_empty() {
        return Ok(());
    }
    let row = |topic: &String| ActiveModel { id: Set(new_id()), article: Set(article), topic: Set(topic.clone()) };
    Entity::insert_many(topics.iter().map(row)).exec_without_returning(on).await.map(|_| ())
}
