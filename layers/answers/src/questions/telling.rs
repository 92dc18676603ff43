//! Telling who asked: by letter, by Zalo or Telegram, as they asked; the page of their code says the same to everybody. Written in the
//! transaction of what is told.

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;

use super::answer::Answer;
use super::entry;
use super::message;
use super::original::{self, Content};
use super::question::asking::Incoming;
use super::question::{Entity, Question, code};
use crate::base::mail::{Mail, Wanted};
use crate::base::{App, By};
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, cut};

/// A letter that could not go for so long goes no more.
const KEEP_DAYS: i64 = 7;
/// Letters of a message that is read on a phone.
const MESSAGE_LETTERS: usize = 1_500;

/// It was taken, with the code to follow it.
///
/// # Errors
/// The installation's key or the database failed.
pub async fn received(app: &App, on: &impl ConnectionTrait, id: Uuid, incoming: &Incoming) -> Result<(), Error> {
    let question = Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)?;
    let l = Locale::default();
    let mut text = l.t1("question-told-received", "code", code::of(app, id)?);
    if !personal_hint(&question).is_empty() {
        text = format!("{text}\n\n{}", l.t(personal_hint(&question)));
    }
    let chat = incoming.chat.as_ref().map(|(_, chat)| chat.clone()).unwrap_or_default();
    let contact =
        Content { email: incoming.sender.email.clone(), name: incoming.sender.name.clone(), chat, ..Content::default() };
    tell(app, on, (&question, &contact), ("question-received", &l.t("question-told-received-subject")), &text).await
}

/// What is said of personal data in it.
fn personal_hint(question: &Question) -> &'static str {
    if question.hidden.is_empty() { "" } else { "question-told-masked" }
}

/// It moved in a way that matters to who asked.
///
/// # Errors
/// The installation's key or the database failed.
pub async fn moved(
    app: &App,
    on: &impl ConnectionTrait,
    question: &Question,
    kind: entry::Kind,
    why: &str,
    to: Option<Uuid>,
) -> Result<(), Error> {
    let l = Locale::default();
    let known = Known::now(app).await?;
    let name = |id: Uuid| known.get(&id).map(|body| body.name.clone()).unwrap_or_default();
    let from = name(question.holder);
    let text = match kind {
        entry::Kind::PassedOn => l.with(
            "question-told-passed-on",
            &[("from", from), ("to", to.map(name).unwrap_or_default()), ("why", why.to_owned())],
        ),
        entry::Kind::More => l.t2("question-told-more", "name", from, "what", why),
        entry::Kind::Lapsed => l.t2("question-told-lapsed", "name", from, "why", why),
        entry::Kind::Dropped => l.t1("question-told-dropped", "why", why),
        _ => return Ok(()),
    };
    let contact = original::Model::contact(app, on, question.id).await?;
    tell(app, on, (question, &contact), ("question-moved", &l.t("question-told-moved-subject")), &text).await
}

/// It was answered, or the answer was corrected: who asked reads it as it was written, all who asked the same as the public does.
///
/// # Errors
/// The installation's key or the database failed.
pub async fn answered(app: &App, on: &impl ConnectionTrait, question: &Question, answer: &Answer) -> Result<(), Error> {
    let joined = Question::joined(on, question.id).await?;
    let ids: Vec<Uuid> = joined.iter().map(|one| one.id).chain([question.id]).collect();
    let contacts = original::Model::contacts(app, on, &ids).await?;
    let contact = |of: &Question| contacts.get(&of.id).cloned().unwrap_or_default();
    tell_answer(app, on, (question, &contact(question)), (&answer.correction, &answer.text)).await?;
    for one in &joined {
        tell_answer(app, on, (one, &contact(one)), (&answer.correction, &answer.shown_text)).await?;
    }
    Ok(())
}

/// Who asks the same as one that was answered already.
///
/// # Errors
/// The installation's key or the database failed.
pub async fn answered_before(app: &App, on: &impl ConnectionTrait, question: &Question, answer: &Answer) -> Result<(), Error> {
    let contact = original::Model::contact(app, on, question.id).await?;
    tell_answer(app, on, (question, &contact), ("", &answer.shown_text)).await
}

async fn tell_answer(
    app: &App,
    on: &impl ConnectionTrait,
    (question, contact): (&Question, &Content),
    (correction, text): (&str, &str),
) -> Result<(), Error> {
    let l = Locale::default();
    let head = if correction.is_empty() {
        l.t1("question-told-answered", "title", &question.title)
    } else {
        l.t2("question-told-corrected", "title", &question.title, "why", correction)
    };
    let body = format!("{head}\n\n{text}\n\n{}", l.t("question-told-answered-next"));
    tell(app, on, (question, contact), ("question-answered", &l.t("question-told-answered-subject")), &body).await
}

async fn tell(
    app: &App,
    on: &impl ConnectionTrait,
    (question, contact): (&Question, &Content),
    (topic, subject): (&'static str, &str),
    text: &str,
) -> Result<(), Error> {
    let href = format!("{}/hoi-dap/theo-doi/{}", app.config.public_url(), code::of(app, question.id)?);
    if let Some(account) = question.account.filter(|_| !contact.chat.is_empty()) {
        let text = format!("{}\n\n{href}", cut(text, MESSAGE_LETTERS));
        message::plan(app, on, question.id, account, &message::Content { to: contact.chat.clone(), text }).await?;
    } else if !contact.email.is_empty() {
        let wanted = Wanted {
            about: question.id,
            topic,
            recipient: contact.email.clone(),
            name: contact.name.clone(),
            subject: format!("{subject} [{}]", code::of(app, question.id)?),
            text: format!("{text}\n\n{href}"),
            expires_at: app.clock.now() + TimeDelta::days(KEEP_DAYS),
        };
        Mail::plan(app, on, wanted, &By::system()).await?;
    }
    Ok(())
}
