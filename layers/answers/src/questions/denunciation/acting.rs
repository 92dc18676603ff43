//! What the cleared do with a denunciation: take it up, note, answer who wrote it, close it; or give it back, because it accuses nobody.
//! // recorded by `denunciation_entry`

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::entry::{self, Kind};
use super::{Column, Denunciation, Entity, State, reader};
use crate::base::installation_key::InstallationKey;
use crate::base::{App, By, Fact, Who};
use crate::cases::case::acting::plain;
use crate::cases::case::moving::Ground;
use crate::duties::answer::submitting::says_nothing;
use crate::questions::question::asking::{self, Incoming};
use crate::questions::question::{Channel, code};
use crate::questions::setting::Setting;
use crate::questions::{Sender, checking};
use crate::web::{Error, Obstacle};

/// The longest note or answer.
pub const LETTERS_MAX: usize = 10_000;
/// The longest text that who wrote it adds at once.
pub const ADDED_LETTERS_MAX: usize = checking::LETTERS_MAX;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Take,
    Note,
    Reply,
    Close,
    /// It is a question.
    GiveBack,
}

impl Act {
    pub const ALL: [Self; 5] = [Self::Take, Self::Note, Self::Reply, Self::Close, Self::GiveBack];

    /// The word in addresses and field names.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Take => "taking",
            Self::Note => "note",
            Self::Reply => "reply",
            Self::Close => "closing",
            Self::GiveBack => "question",
        }
    }

    /// Reads what [`Act::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    const fn fits(self, state: State) -> bool {
        match self {
            Self::Take | Self::GiveBack => matches!(state, State::New | State::Taken),
            Self::Note => true,
            Self::Reply | Self::Close => !matches!(state, State::Closed),
        }
    }
}

/// What may be done now.
#[must_use]
pub fn acts(state: State) -> Vec<Act> {
    let done = |act: &Act| *act == Act::Take && state == State::Taken;
    Act::ALL.into_iter().filter(|act| act.fits(state) && !done(act)).collect()
}

/// Does it: one transaction, one winner.
///
/// # Errors
/// Not found to who is not cleared; refused without words; stale when somebody was quicker; or the database failed.
pub async fn act(app: &App, who: &Who, id: Uuid, act: Act, (version, text): (i32, &str)) -> Result<(), Error> {
    if !reader::is_cleared(app, who).await? {
        return Err(Error::NotFound);
    }
    let text = plain(text, LETTERS_MAX)
        .ok_or_else(|| Error::Refused(vec![Obstacle::new("question-too-long").with("n", LETTERS_MAX).at(act.code())]))?;
    if matches!(act, Act::Note | Act::Reply | Act::Close) && says_nothing(&text) {
        return Err(Error::Refused(vec![Obstacle::new("question-needs-reason").at(act.code())]));
    }
    // Asked before the one write lock is held: the first time it writes itself.
    let setting = Setting::settled(app).await?;
    let transaction = app.begin().await?;
    let row = Denunciation::find(&transaction, id).await?;
    if row.version != version || !act.fits(row.state) {
        return Err(Error::Stale);
    }
    let (state, kind) = match act {
        Act::Take => (State::Taken, Kind::Taken),
        Act::Note => (row.state, Kind::Noted),
        Act::Reply => (State::Taken, Kind::Replied),
        Act::Close => (State::Closed, Kind::Closed),
        Act::GiveBack => {
            let setting = setting.ok_or_else(|| Error::refused("question-nobody-answers"))?;
            give_back(app, &transaction, who, (&row, &setting)).await?;
            app.commit(transaction).await?;
            return Ok(());
        }
    };
    let speaks = matches!(act, Act::Reply | Act::Close);
    let reply = if speaks { InstallationKey::of(app)?.encrypt(id, &text)? } else { row.reply.clone() };
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(state.to_value()))
        .col_expr(Column::Reply, Expr::value(reply))
        .col_expr(Column::ClosedAt, Expr::value((state == State::Closed).then(|| app.clock.now())))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .exec(&transaction)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::Stale);
    }
    entry::write(app, &transaction, id, (kind, &text), Some(who.person)).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// It accuses nobody: it becomes the question it was meant to be. Code and key stay its own.
async fn give_back(
    app: &App,
    on: &sea_orm::DatabaseTransaction,
    who: &Who,
    (row, setting): (&Denunciation, &Setting),
) -> Result<(), Error> {
    let content = row.content(app)?;
    let ground = Ground::of(app).await?;
    let channel = Channel::try_from_value(&content.channel).unwrap_or(Channel::Web);
    let sender = Sender {
        name: content.sender.name.clone(),
        email: content.sender.email.clone(),
        phone: content.sender.phone.clone(),
        address: String::new(),
    };
    let text = checking::visible(&content.texts.join("\n\n"));
    let incoming = Incoming {
        chat: content.account.map(|account| (account, content.sender.chat.clone())),
        in_private: content.in_private,
        ..Incoming::of(channel, row.key.clone(), text, sender)
    };
    Entity::delete_by_id(row.id).exec(on).await?;
    entry::write(app, on, row.id, (Kind::Released, ""), Some(who.person)).await?;
    let id = asking::write_as(app, on, row.id, (setting, &ground), &incoming, row.demo).await?;
    debug_assert_eq!(code::of(app, id)?, code::of(app, row.id)?);
    app.record(on, id, Fact::QuestionAsked { channel: channel.code() }, &By::from(who)).await?;
    Ok(())
}

/// Who wrote it writes more, by their code.
///
/// # Errors
/// Not found; refused without words, with too many, and where it is closed: nobody would read it; stale when somebody was quicker; or the
/// database failed.
pub async fn add(app: &App, id: Uuid, text: &str) -> Result<(), Error> {
    let wrong = |key: &'static str| Error::Refused(vec![Obstacle::new(key).at("bo-sung").with("n", ADDED_LETTERS_MAX)]);
    let text = checking::visible(text).trim().to_owned();
    if says_nothing(&text) {
        return Err(wrong("question-needs-text"));
    }
    if text.chars().count() > ADDED_LETTERS_MAX {
        return Err(wrong("question-too-long"));
    }
    let transaction = app.begin().await?;
    let row = Denunciation::find(&transaction, id).await?;
    if row.state == State::Closed {
        return Err(wrong("denunciation-add-closed"));
    }
    let mut content = row.content(app)?;
    content.texts.push(text);
    let sealed = InstallationKey::of(app)?.encrypt(id, &serde_json::to_string(&content)?)?;
    let done = Entity::update_many()
        .col_expr(Column::Sealed, Expr::value(sealed))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(row.version))
        .exec(&transaction)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::Stale);
    }
    entry::write(app, &transaction, id, (Kind::Added, ""), None).await?;
    app.commit(transaction).await?;
    Ok(())
}
