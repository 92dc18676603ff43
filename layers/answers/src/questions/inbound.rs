//! What comes by webhooks and by letter. A call is believed by the account's own secret and each message is one question, however often it
//! comes. Who writes is answered by a message of ours, planned as all others.

pub mod heard;
pub mod hooks;
pub mod letters;

use sea_orm::entity::prelude::*;

use super::gate;
use super::message;
use super::question::asking::Incoming;
use super::question::by_code;
use super::question::{Channel, Column, Entity, Question, State};
use super::{Asked, Sender};
use crate::base::App;
use crate::web::{Error, Locale};

/// Questions of an account that wait for a reply and are looked through for whose it is, the latest ones.
const WAITING_MAX: u64 = 2_000;

/// Somebody wrote to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The platform's own number of the message.
    pub mark: String,
    /// Its number of who wrote.
    pub chat: String,
    pub name: String,
    pub text: String,
}

/// Takes what somebody wrote: the reply that is waited for, else a new question. They are told what became of it.
///
/// # Errors
/// The installation's key or the database failed.
pub async fn take(app: &App, account: Uuid, channel: Channel, written: &Written) -> Result<(), Error> {
    let key = format!("{}:{account}:{}", channel.code(), written.mark);
    let l = Locale::default();
    if Entity::find().filter(Column::Key.eq(&key)).one(&app.db).await?.is_some() {
        return Ok(());
    }
    let address = format!("{}:{account}:{}", channel.code(), written.chat);
    let passed = gate::pass(app, &address, gate::PER_MINUTE_OF_ONE).await;
    let said = match passed {
        Err(Error::TooMany(_)) => return Ok(()), // neither taken nor answered: an answer to each would be a flood of our own
        Err(error) => return Err(error),
        Ok(()) if written.text.trim_start().starts_with('/') => Some(l.t("question-chat-hello")),
        Ok(()) => {
            let waiting = waiting(app, account, channel, written).await?;
            // Looked at after that, so that of two at once one is the reply and the other one asks nothing.
            if by_code::is_taken(app, &key).await? {
                return Ok(());
            }
            match waiting {
                Some(question) => replied(app, &question, &key, &written.text).await?,
                None => asked(app, account, channel, key, written).await?,
            }
        }
    };
    if let Some(text) = said {
        let content = message::Content { to: written.chat.clone(), text };
        message::plan(app, &app.db, Uuid::nil(), account, &content).await?;
    }
    Ok(())
}

/// What was waited for; what is said is that it was taken, or why not.
async fn replied(app: &App, question: &Question, mark: &str, text: &str) -> Result<Option<String>, Error> {
    let l = Locale::default();
    match by_code::reply_of_message(app, &question.code(app)?, mark, text).await {
        Ok(()) => Ok(Some(l.t("question-chat-replied"))),
        Err(error @ (Error::Refused(_) | Error::Stale)) => Ok(Some(said(l, &error))),
        Err(error) => Err(error),
    }
}

/// The question of theirs that waits for a reply: the one asked last.
async fn waiting(app: &App, account: Uuid, channel: Channel, written: &Written) -> Result<Option<Question>, Error> {
    use sea_orm::{QueryOrder, QuerySelect};
    let asked = Entity::find()
        .filter(Column::Account.eq(account))
        .filter(Column::Channel.eq(channel))
        .filter(Column::State.eq(State::Asked))
        .order_by_desc(Column::AskedAt)
        .limit(WAITING_MAX)
        .all(&app.db)
        .await?;
    let ids: Vec<Uuid> = asked.iter().map(|one| one.id).collect();
    let contacts = super::original::Model::contacts(app, &app.db, &ids).await?;
    let is_theirs = |one: &Question| contacts.get(&one.id).is_some_and(|contact| contact.chat == written.chat);
    Ok(asked.into_iter().find(is_theirs))
}

/// A new question; what is said is why it was not taken, or that it is protected. A question that was taken says so itself.
async fn asked(app: &App, account: Uuid, channel: Channel, key: String, written: &Written) -> Result<Option<String>, Error> {
    let l = Locale::default();
    let sender = Sender { name: written.name.clone(), ..Sender::default() };
    let incoming =
        Incoming { chat: Some((account, written.chat.clone())), ..Incoming::of(channel, key, written.text.clone(), sender) };
    match Question::take(app, incoming).await {
        Ok(Asked { protected: false, .. }) => Ok(None),
        Ok(Asked { code, protected: true }) => {
            let href = format!("{}/hoi-dap/theo-doi/{code}", app.config.public_url());
            Ok(Some(format!("{}\n\n{href}", l.t1("question-told-protected", "code", code))))
        }
        Err(error @ (Error::Refused(_) | Error::Stale)) => Ok(Some(said(l, &error))),
        Err(error) => Err(error),
    }
}

/// Why it was not taken, in words.
fn said(l: Locale, error: &Error) -> String {
    match error {
        Error::Refused(obstacles) => obstacles.iter().map(|one| one.text(l)).collect::<Vec<_>>().join("\n"),
        _ => l.t("question-chat-failed"),
    }
}
