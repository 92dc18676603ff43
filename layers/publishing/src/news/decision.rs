//! What was said at the steps: passed, approved, sent back, overridden. Written once, never changed.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::article::Article;
use crate::base::new_id;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub article: Uuid,
    /// The revision that was looked at.
    pub revision: i32,
    /// From 0.
    pub step: i32,
    pub verdict: Verdict,
    /// Why; empty where nothing had to be said.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// None when it came by a link.
    pub person: Option<Uuid>,
    /// The one-time link it came by.
    pub link: Option<Uuid>,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Decision = Model;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(15))", rename_all = "snake_case")]
pub enum Verdict {
    Passed,
    Returned,
    Overridden,
}

impl Verdict {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("article-verdict-{}", self.to_value())
    }
}

/// Who decided: somebody signed in, or whoever had a link.
#[derive(Clone, Copy, Debug)]
pub enum Decider {
    Person(Uuid),
    Link(Uuid),
}

/// Writes down what was said to the article as it is now. // recorded by the verb that decides, in the same transaction
///
/// # Errors
/// The database failed.
pub async fn write(
    on: &impl ConnectionTrait,
    article: &Article,
    (verdict, reason): (Verdict, &str),
    by: Decider,
    at: DateTimeUtc,
) -> Result<(), DbErr> {
    let (person, link) = match by {
        Decider::Person(id) => (Some(id), None),
        Decider::Link(id) => (None, Some(id)),
    };
    let (id, reason) = (new_id(), reason.to_owned());
    let line =
        Model { id, article: article.id, revision: article.revision, step: article.step, verdict, reason, person, link, at };
    Entity::insert(ActiveModel::from(line)).exec_without_returning(on).await.map(|_| ())
}

impl Model {
    /// Those about an article, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, article: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Article.eq(article)).order_by_desc(Column::At).order_by_desc(Column::Id).all(on).await
    }
}
