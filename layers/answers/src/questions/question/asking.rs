//! Asking: the same checks by whatever way it comes. What accuses somebody never becomes a question: it goes to the protected channel
//! at once, and no other table knows of it.

use sea_orm::SqlErr;
use sea_orm::entity::prelude::*;
use vietnamese::personal;

use super::{Channel, Column, Entity, Model, Question, State, code};
use crate::base::{App, By, Fact, new_id};
use crate::cases::case::moving::Ground;
use crate::questions::entry::{self, Speaker};
use crate::questions::original::{self, Content};
use crate::questions::setting::Setting;
use crate::questions::step::{self, Step};
use crate::questions::{Asked, Handover, Sender, checking, denunciation, gate, telling};
use crate::web::{Error, Obstacle, cut};

/// Letters of a title.
pub const TITLE_LETTERS: usize = 140;
/// Letters of a name, a telephone number.
const NAME_LETTERS: usize = 100;
/// Of what the assistant had found.
const CONTEXT_LETTERS: usize = 10_000;

/// How a question comes in.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The same for every press of the button.
    pub key: String,
    pub channel: Channel,
    pub question: String,
    /// What the assistant had found.
    pub context: String,
    /// The body whose page it was asked on, or that was chosen.
    pub agency: Option<Uuid>,
    pub sender: Sender,
    /// The channel's account, and their number there.
    pub chat: Option<(Uuid, String)>,
    /// Who asks wants no publication.
    pub in_private: bool,
    /// The published question that asks the same, as they said.
    pub joins: Option<Uuid>,
    /// Who typed it in.
    pub keyed_by: Option<(Uuid, Option<Uuid>)>,
}

impl Incoming {
    /// With nothing but the words.
    #[must_use]
    pub fn of(channel: Channel, key: String, question: String, sender: Sender) -> Self {
        Self {
            key,
            channel,
            question,
            sender,
            context: String::new(),
            agency: None,
            chat: None,
            in_private: false,
            joins: None,
            keyed_by: None,
        }
    }

    fn told_by(&self) -> &'static str {
        match (&self.chat, self.channel) {
            (Some(_), Channel::Zalo) => "zalo",
            (Some(_), Channel::Telegram) => "telegram",
            _ if !self.sender.email.is_empty() => "letter",
            _ => "",
        }
    }
}

impl Model {
    /// What the assistant hands over: checked as everything else.
    ///
    /// # Errors
    /// Refused with what is wrong; too many; or the database failed.
    pub async fn ask(app: &App, handover: Handover) -> Result<Asked, Error> {
        let key = format!("assistant:{}", new_id().simple());
        let incoming = Incoming {
            context: handover.context,
            agency: handover.by_agency,
            ..Incoming::of(Channel::Assistant, key, handover.question, handover.from)
        };
        gate::pass(app, &incoming.sender.address, gate::PER_MINUTE).await?;
        Self::take(app, incoming).await
    }

    /// Takes a question that passed the gate. The same key again is the same question.
    ///
    /// # Errors
    /// Refused at its fields, or because no body answers here; or the database failed.
    pub async fn take(app: &App, incoming: Incoming) -> Result<Asked, Error> {
        let (text, sender) = read(&incoming)?;
        let incoming = Incoming { question: text, sender, ..incoming };
        if let Some(there) = known(app, &incoming.key).await? {
            return Ok(there);
        }
        if checking::is_denunciation(&incoming.question) {
            return denunciation::receiving::take(app, &incoming).await;
        }
        let Some(setting) = Setting::settled(app).await? else { return Err(Error::refused("question-nobody-answers")) };
        let ground = Ground::of(app).await?;
        let transaction = app.begin().await?;
        let id = match write(app, &transaction, (&setting, &ground), &incoming, false).await {
            Err(Error::Stale) => {
                drop(transaction); // the same message twice at once: the first one has it
                return known(app, &incoming.key).await?.ok_or(Error::Stale);
            }
            id => id?,
        };
        let by = By {
            person: incoming.keyed_by.map(|(person, _)| person),
            agency: incoming.keyed_by.and_then(|(_, of)| of),
            why: None,
        };
        app.record(&transaction, id, Fact::QuestionAsked { channel: incoming.channel.code() }, &by).await?;
        if let Some(to) = incoming.joins {
            super::joining::join(app, &transaction, id, to, &by).await?;
        }
        telling::received(app, &transaction, id, &incoming).await?;
        app.commit(transaction).await?;
        metrics::counter!("lantoa_questions_total", "channel" => incoming.channel.code()).increment(1);
        Ok(Asked { code: code::of(app, id)?, protected: false })
    }
}

/// What was asked with that key before.
async fn known(app: &App, key: &str) -> Result<Option<Asked>, Error> {
    if let Some(there) = Entity::find().filter(Column::Key.eq(key)).one(&app.db).await? {
        return Ok(Some(Asked { code: code::of(app, there.id)?, protected: false }));
    }
    denunciation::receiving::known(app, key).await
}

/// Text and sender as they are kept, or all that is wrong with them.
fn read(incoming: &Incoming) -> Result<(String, Sender), Error> {
    let mut wrong = Vec::new();
    let text = checking::read(&incoming.question, "question").unwrap_or_else(|obstacles| {
        wrong.extend(obstacles);
        String::new()
    });
    let line = |given: &str| checking::visible(given).split_whitespace().collect::<Vec<_>>().join(" ");
    let short = |given: &str| line(given).chars().take(NAME_LETTERS).collect::<String>();
    let email = line(&incoming.sender.email);
    let email = match letters::Address::read(&email) {
        Ok(address) => address.to_string(),
        Err(letters::Malformed::Empty) => String::new(),
        Err(_) => {
            wrong.push(Obstacle::new("question-email-wrong").at("email"));
            String::new()
        }
    };
    let phone = short(&incoming.sender.phone);
    if !checking::is_telephone(&phone) {
        wrong.push(Obstacle::new("question-phone-wrong").at("phone"));
    }
    let sender = Sender { name: short(&incoming.sender.name), phone, email, address: incoming.sender.address.clone() };
    if wrong.is_empty() { Ok((text, sender)) } else { Err(Error::Refused(wrong)) }
}

/// The first words of a text, as a title.
#[must_use]
pub fn title(masked: &str) -> String {
    let line = masked.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let sentence = line.split_inclusive(['?', '!']).next().unwrap_or(line);
    cut(if sentence.chars().count() >= 20 { sentence } else { line }, TITLE_LETTERS)
}

/// The row with its first step, its story's first line and what is sealed. Its caller records it.
///
/// # Errors
/// Stale when the same press asked it already; or the database failed.
pub(in crate::questions) async fn write(
    app: &App,
    on: &impl ConnectionTrait,
    (setting, ground): (&Setting, &Ground),
    incoming: &Incoming,
    demo: bool,
) -> Result<Uuid, Error> {
    write_as(app, on, new_id(), (setting, ground), incoming, demo).await
}

/// The same, as the question with that id.
///
/// # Errors
/// As [`write`].
pub(in crate::questions) async fn write_as(
    app: &App,
    on: &impl ConnectionTrait,
    id: Uuid,
    (setting, ground): (&Setting, &Ground),
    incoming: &Incoming,
    demo: bool,
) -> Result<Uuid, Error> {
    let masked = personal::mask(&incoming.question);
    let chosen = incoming.agency.filter(|agency| ground.is_open(*agency) && *agency != setting.agency);
    let (state, holder, hours) = match chosen {
        Some(agency) => (State::Open, agency, setting.answer_hours),
        None => (State::New, setting.agency, setting.route_hours),
    };
    let begun = Step::beginning(id, 1, (holder, hours), ground.now, ground.clock());
    let row = row(app, id, (&begun, state), (incoming, &masked), demo)?;
    if let Err(error) = Entity::insert(super::ActiveModel::from(row)).exec_without_returning(on).await {
        return Err(match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
            _ => error.into(),
        });
    }
    step::Entity::insert(step::ActiveModel::from(begun)).exec_without_returning(on).await?;
    let content = Content {
        text: incoming.question.clone(),
        name: incoming.sender.name.clone(),
        email: incoming.sender.email.clone(),
        phone: incoming.sender.phone.clone(),
        chat: incoming.chat.as_ref().map(|(_, chat)| chat.clone()).unwrap_or_default(),
    };
    original::keep(app, on, (id, id), &content, ground.now).await?;
    let speaker =
        Speaker { agency: incoming.keyed_by.and_then(|(_, of)| of), person: incoming.keyed_by.map(|(person, _)| person) };
    entry::write(on, id, (entry::Kind::Asked, String::new(), Some(holder)), speaker, ground.now).await?;
    if !incoming.context.trim().is_empty() {
        let context: String = checking::visible(&incoming.context).chars().take(CONTEXT_LETTERS).collect();
        let line = (entry::Kind::Context, personal::mask(&context).text, None);
        entry::write(on, id, line, Speaker::default(), ground.now).await?;
    }
    Ok(id)
}

/// The question as it begins.
fn row(
    app: &App,
    id: Uuid,
    (begun, state): (&Step, State),
    (incoming, masked): (&Incoming, &personal::Masked),
    demo: bool,
) -> anyhow::Result<Question> {
    Ok(Question {
        id,
        code_key: code::key(app, &code::of(app, id)?)?,
        key: incoming.key.clone(),
        channel: incoming.channel,
        title: title(&masked.text),
        words: vietnamese::fold(&masked.text).into_owned(),
        hidden: masked.kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(","),
        body: masked.text.clone(),
        asked_at: begun.came_at,
        state,
        holder: begun.agency,
        due_at: Some(begun.due_at),
        bounces: 0,
        answered_at: None,
        in_time: None,
        joined_to: None,
        slug: None,
        shown: false,
        shown_at: None,
        in_private: incoming.in_private,
        mark: None,
        reopened: 0,
        told_by: incoming.told_by().into(),
        account: incoming.chat.as_ref().map(|(account, _)| *account),
        keyed_by: incoming.keyed_by.map(|(person, _)| person),
        closed_at: None,
        demo,
        version: 1,
    })
}
