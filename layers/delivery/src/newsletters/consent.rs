//! What a subscriber agreed to, and took back: when, to which purpose, in which version of the words (NĐ 356/2025/NĐ-CP). Rows are added
//! and never changed; they name no address.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QuerySelect, QueryTrait};

use super::newsletter::Newsletter;
use super::subscriber;
use crate::base::{App, By, new_id};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "newsletter_consent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub newsletter: Uuid,
    pub subscriber: Uuid,
    pub at: DateTimeUtc,
    /// `asked`, `confirmed`, `imported`, `withdrawn`, `erased`.
    pub what: String,
    /// The words that were agreed to.
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    pub text_version: i32,
    /// What the agency stated about an import: where and when people agreed.
    #[sea_orm(column_type = "Text")]
    pub statement: String,
    /// Who of the agency brought them in.
    pub person: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

/// A row, to be written with others.
#[must_use]
pub fn row(app: &App, newsletter: &Newsletter, subscriber: Uuid, what: &str, statement: &str, by: &By) -> ActiveModel {
    ActiveModel {
        id: Set(new_id()),
        newsletter: Set(newsletter.id),
        subscriber: Set(subscriber),
        at: Set(app.clock.now()),
        what: Set(what.into()),
        purpose: Set(newsletter.purpose.clone()),
        text_version: Set(newsletter.text_version),
        statement: Set(statement.into()),
        person: Set(by.person),
    }
}

/// Notes one. // recorded by the verb that it belongs to, in the same transaction
///
/// # Errors
/// The database failed.
pub async fn note(
    app: &App,
    on: &impl ConnectionTrait,
    newsletter: &Newsletter,
    subscriber: Uuid,
    what: &str,
    by: &By,
) -> Result<(), DbErr> {
    Entity::insert(row(app, newsletter, subscriber, what, "", by)).exec_without_returning(on).await.map(|_| ())
}

/// How often newsletters were asked for in the name of a mailbox since then, all of them together.
///
/// # Errors
/// The database failed.
pub async fn asked_since(on: &impl ConnectionTrait, address_key: &str, since: DateTime<Utc>) -> Result<u64, DbErr> {
    let rows = subscriber::Entity::find()
        .select_only()
        .column(subscriber::Column::Id)
        .filter(subscriber::Column::AddressKey.eq(address_key));
    let asked = Entity::find().filter(Column::Subscriber.in_subquery(rows.into_query())).filter(Column::What.eq("asked"));
    asked.filter(Column::At.gte(since)).count(on).await
}
