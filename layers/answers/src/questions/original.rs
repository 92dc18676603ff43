//! What somebody wrote, as they wrote it, and how they are reached: sealed with the installation's key, for who handles it alone.

use std::collections::HashMap;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::App;
use crate::base::installation_key::InstallationKey;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question_original")]
pub struct Model {
    /// Of the question, or of the line of its story.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub question: Uuid,
    /// [`Content`] as JSON, encrypted.
    #[sea_orm(column_type = "Text")]
    pub sealed: String,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// What is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    pub text: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    /// The platform's own number of them.
    pub chat: String,
}

/// Seals it beside the thing with that id. // recorded by the verb that it belongs to, in the same transaction
///
/// # Errors
/// The installation's key can not be read, or the database failed.
pub async fn keep(
    app: &App,
    on: &impl ConnectionTrait,
    (id, question): (Uuid, Uuid),
    content: &Content,
    at: DateTimeUtc,
) -> anyhow::Result<()> {
    let sealed = InstallationKey::of(app)?.encrypt(id, &serde_json::to_string(content)?)?;
    Entity::insert(ActiveModel::from(Model { id, question, sealed, at })).exec_without_returning(on).await?;
    Ok(())
}

impl Model {
    /// All that was written in a question, first one first: the question, then the replies.
    ///
    /// # Errors
    /// The installation's key does not open it, or the database failed.
    pub async fn of(app: &App, on: &impl ConnectionTrait, question: Uuid) -> anyhow::Result<Vec<(Self, Content)>> {
        let key = InstallationKey::of(app)?;
        let rows = Entity::find().filter(Column::Question.eq(question)).order_by_asc(Column::At).order_by_asc(Column::Id);
        let open = |row: Self| {
            let content = serde_json::from_str(&key.decrypt(row.id, &row.sealed)?)?;
            anyhow::Ok((row, content))
        };
        rows.all(on).await?.into_iter().map(open).collect()
    }

    /// How who asked is reached; nothing where they left nothing.
    ///
    /// # Errors
    /// The installation's key does not open it, or the database failed.
    pub async fn contact(app: &App, on: &impl ConnectionTrait, question: Uuid) -> anyhow::Result<Content> {
        let Some(row) = Entity::find_by_id(question).one(on).await? else { return Ok(Content::default()) };
        Ok(serde_json::from_str(&InstallationKey::of(app)?.decrypt(row.id, &row.sealed)?)?)
    }

    /// How who asked each of these is reached: one statement.
    ///
    /// # Errors
    /// As [`Model::contact`].
    pub async fn contacts(app: &App, on: &impl ConnectionTrait, questions: &[Uuid]) -> anyhow::Result<HashMap<Uuid, Content>> {
        let key = InstallationKey::of(app)?;
        let open = |row: Self| anyhow::Ok((row.id, serde_json::from_str(&key.decrypt(row.id, &row.sealed)?)?));
        let rows = Entity::find().filter(Column::Id.is_in(questions.iter().copied())).all(on).await?;
        rows.into_iter().map(open).collect()
    }
}
