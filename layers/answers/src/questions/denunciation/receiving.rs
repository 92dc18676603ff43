//! How a denunciation comes in: by itself, because its words accuse, or brought from among the questions by who saw that they do.
//! // recorded by `denunciation_entry`

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, SqlErr};

use super::entry::{self, Kind};
use super::{ActiveModel, Column, Content, Entity, State};
use crate::base::installation_key::InstallationKey;
use crate::base::{App, new_id};
use crate::questions::Asked;
use crate::questions::original::Content as Sender;
use crate::questions::question::asking::Incoming;
use crate::questions::question::code;
use crate::web::Error;

/// What was written with that key before.
///
/// # Errors
/// The installation's key or the database failed.
pub async fn known(app: &App, key: &str) -> Result<Option<Asked>, Error> {
    let there = Entity::find().filter(Column::Key.eq(key)).one(&app.db).await?;
    Ok(there.map(|there| code::of(app, there.id)).transpose()?.map(|code| Asked { code, protected: true }))
}

/// Takes one. The same key again is the same one.
///
/// # Errors
/// The installation's key or the database failed.
pub async fn take(app: &App, incoming: &Incoming) -> Result<Asked, Error> {
    let id = new_id();
    let sender = &incoming.sender;
    let content = Content {
        channel: incoming.channel.code(),
        texts: vec![incoming.question.clone()],
        sender: Sender {
            text: String::new(),
            name: sender.name.clone(),
            email: sender.email.clone(),
            phone: sender.phone.clone(),
            chat: incoming.chat.as_ref().map(|(_, chat)| chat.clone()).unwrap_or_default(),
        },
        account: incoming.chat.as_ref().map(|(account, _)| *account),
        in_private: incoming.in_private,
    };
    let code = code::of(app, id)?;
    let transaction = app.begin().await?;
    let row = row(app, (id, &code::key(app, &code)?, &incoming.key), (&content, app.clock.now()))?;
    if let Err(error) = Entity::insert(row).exec_without_returning(&transaction).await {
        drop(transaction);
        return match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => known(app, &incoming.key).await?.ok_or(Error::Stale),
            _ => Err(error.into()),
        };
    }
    entry::write(app, &transaction, id, (Kind::Received, ""), None).await?;
    app.commit(transaction).await?;
    Ok(Asked { code, protected: true })
}

/// Brings one from among the questions: id, and so its code, stay.
///
/// # Errors
/// The installation's key or the database failed.
pub async fn bring(
    app: &App,
    on: &impl ConnectionTrait,
    names: (Uuid, &str, &str),
    what: (&Content, DateTimeUtc),
    person: Uuid,
) -> Result<(), Error> {
    Entity::insert(row(app, names, what)?).exec_without_returning(on).await?;
    entry::write(app, on, names.0, (Kind::Brought, ""), Some(person)).await?;
    Ok(())
}

fn row(
    app: &App,
    (id, code_key, key): (Uuid, &str, &str),
    (content, at): (&Content, DateTimeUtc),
) -> anyhow::Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(id),
        code_key: Set(code_key.into()),
        key: Set(key.into()),
        sealed: Set(InstallationKey::of(app)?.encrypt(id, &serde_json::to_string(content)?)?),
        at: Set(at),
        state: Set(State::New),
        reply: Set(String::new()),
        closed_at: Set(None),
        demo: Set(false),
        version: Set(1),
    })
}
