//! What anybody may do who has the code of a question: supply what is asked for, say that the answer does not solve it, mark it, take it
//! back. Of a question that was joined to another, the other's answer is meant.

use chrono::TimeDelta;
use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use vietnamese::personal;

use super::moving::{Move, REOPENED_MAX};
use super::{Column, Entity, State, Whole, code, joining};
use crate::base::installation_key::InstallationKey;
use crate::base::{App, By, Fact, new_id};
use crate::cases::case::moving::Ground;
use crate::duties::answer::submitting::says_nothing;
use crate::questions::checking;
use crate::questions::entry::{self, Speaker};
use crate::questions::original::{self, Content};
use crate::web::{Error, Obstacle};

/// So long after an answer it may be said that it does not solve it; later it is another question.
pub const REOPEN_DAYS: i64 = 90;
/// Marks up to this one are work.
pub const LOW_MARK: i32 = 2;
/// The longest reply.
pub const LETTERS_MAX: usize = checking::LETTERS_MAX;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Reply,
    NotSolved,
    Mark,
    Withdraw,
}

impl Wish {
    pub const ALL: [Self; 4] = [Self::Reply, Self::NotSolved, Self::Mark, Self::Withdraw];

    /// The word in addresses and field names.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reply => "bo-sung",
            Self::NotSolved => "chua-giai-quyet",
            Self::Mark => "danh-gia",
            Self::Withdraw => "rut",
        }
    }

    /// Reads what [`Wish::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wish| wish.code() == code)
    }
}

/// A question as its follower has it: their own, and the one whose answer is theirs.
pub struct Followed {
    pub own: Whole,
    /// The same as `own`, unless that was joined to another.
    pub main: Whole,
}

impl Followed {
    /// The question of that code.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn find(app: &App, on: &impl ConnectionTrait, typed: &str) -> Result<Self, Error> {
        let key = code::key(app, typed)?;
        let question = Entity::find().filter(Column::CodeKey.eq(key)).one(on).await?.ok_or(Error::NotFound)?;
        let own = Whole::of(on, question).await?;
        let main = match own.question.joined_to {
            Some(to) => Whole::find(on, to).await?,
            None => own.clone(),
        };
        Ok(Self { own, main })
    }

    /// The answer as this code reads it: as it was written for who asked that very question; as the public reads it for all who only follow,
    /// since it may name what is theirs who asked.
    #[must_use]
    pub fn answer(&self) -> Option<&str> {
        let given = self.main.given()?;
        Some(if self.is_own() { &given.text } else { &given.shown_text })
    }

    /// Whether the answer is to their own words, and not to another's.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.own.question.id == self.main.question.id
    }

    /// Their own question, where the story is another's.
    fn own_beside(&self) -> Option<Uuid> {
        (!self.is_own()).then_some(self.own.question.id)
    }

    /// What may be done now.
    #[must_use]
    pub fn wishes(&self, now: DateTimeUtc) -> Vec<Wish> {
        Wish::ALL.into_iter().filter(|wish| self.may(*wish, now)).collect()
    }

    fn may(&self, wish: Wish, now: DateTimeUtc) -> bool {
        let (own, main) = (&self.own.question, &self.main.question);
        let lately = main.answered_at.is_some_and(|at| now - at <= TimeDelta::days(REOPEN_DAYS));
        match wish {
            Wish::Reply => own.state == State::Asked,
            Wish::NotSolved => main.state == State::Answered && lately,
            Wish::Mark => main.state == State::Answered && own.mark.is_none(),
            // What was answered once is the public's, too.
            Wish::Withdraw => own.answered_at.is_none() && matches!(own.state, State::New | State::Open | State::Asked),
        }
    }
}

/// Does it: one transaction, one winner. The text is what they write; of a mark, 1 to 5.
///
/// # Errors
/// Not found; refused without the words it needs; stale when it is not to be done now; or the database failed.
pub async fn wish(app: &App, typed: &str, wish: Wish, text: &str) -> Result<(), Error> {
    wish_as(app, typed, wish, text, new_id()).await
}

/// Supplies what is asked for, by a message that may be handed over again: [`is_taken`] knows it by its mark.
///
/// # Errors
/// As [`wish`].
pub async fn reply_of_message(app: &App, typed: &str, mark: &str, text: &str) -> Result<(), Error> {
    wish_as(app, typed, Wish::Reply, text, id_of(app, mark)?).await
}

/// Whether the message with that mark was taken as a reply.
///
/// # Errors
/// The installation's key or the database failed.
pub async fn is_taken(app: &App, mark: &str) -> Result<bool, Error> {
    Ok(entry::Entity::find_by_id(id_of(app, mark)?).one(&app.db).await?.is_some())
}

/// The line of the story that a message makes.
fn id_of(app: &App, mark: &str) -> Result<Uuid, Error> {
    Ok(Uuid::from_slice(&InstallationKey::of(app)?.derive("question-reply", mark)[..16])?)
}

async fn wish_as(app: &App, typed: &str, wish: Wish, text: &str, id: Uuid) -> Result<(), Error> {
    let ground = Ground::of(app).await?;
    let transaction = app.begin().await?;
    let followed = Followed::find(app, &transaction, typed).await?;
    if !followed.may(wish, ground.now) {
        return Err(Error::Stale);
    }
    match wish {
        Wish::Reply => reply(app, &transaction, &ground, (&followed.own, id), text).await?,
        Wish::NotSolved => {
            let text = words(wish, text)?;
            reopen(app, &transaction, &ground, &followed, (entry::Kind::NotSolved, &text, "not-solved")).await?;
        }
        Wish::Mark => mark(app, &transaction, &ground, &followed, text).await?,
        Wish::Withdraw => {
            let own = &followed.own;
            own.put(&transaction, &ground, &own.rests(&ground, State::Withdrawn)?).await?;
            joining::release(app, &transaction, own.question.id, &ground, &By::system()).await?;
            let line = (entry::Kind::Withdrawn, String::new(), None);
            entry::write(&transaction, own.question.id, line, Speaker::default(), ground.now).await?;
            let fact = Fact::QuestionWithdrawn { holder: own.question.holder };
            app.record(&transaction, own.question.id, fact, &By::system()).await?;
        }
    }
    app.commit(transaction).await?;
    Ok(())
}

/// What they wrote, as it is kept; a dot is nothing.
fn words(wish: Wish, given: &str) -> Result<String, Error> {
    let wrong = |key: &'static str| Error::Refused(vec![Obstacle::new(key).at(wish.code()).with("n", LETTERS_MAX)]);
    let text = checking::visible(given).trim().to_owned();
    if says_nothing(&text) {
        return Err(wrong("question-needs-text"));
    }
    if text.chars().count() > LETTERS_MAX {
        return Err(wrong("question-too-long"));
    }
    if checking::is_abusive(&text) { Err(wrong("question-abusive")) } else { Ok(text) }
}

/// A line of the story in their words: masked for all, sealed as written for who handles it; `of` names their question when
/// the story is that of another.
async fn said(
    app: &App,
    on: &DatabaseTransaction,
    (id, question, kind): (Uuid, Uuid, entry::Kind),
    of: Option<Uuid>,
    text: &str,
    at: DateTimeUtc,
) -> Result<(), Error> {
    entry::write_as(on, (id, question), (kind, personal::mask(text).text, of), Speaker::default(), at).await?;
    let content = Content { text: text.to_owned(), ..Content::default() };
    original::keep(app, on, (id, question), &content, at).await?;
    Ok(())
}

async fn reply(app: &App, on: &DatabaseTransaction, ground: &Ground, (own, id): (&Whole, Uuid), text: &str) -> Result<(), Error> {
    let text = words(Wish::Reply, text)?;
    own.put(on, ground, &own.resumes(ground)?).await?;
    said(app, on, (id, own.question.id, entry::Kind::Reply), None, &text, ground.now).await?;
    let fact = Fact::QuestionReplied { holder: own.question.holder };
    app.record(on, own.question.id, fact, &By::system()).await?;
    Ok(())
}

/// Back to the body that answered; to the coordinating one when that did not help several times.
async fn reopen(
    app: &App,
    on: &DatabaseTransaction,
    ground: &Ground,
    followed: &Followed,
    (kind, text, cause): (entry::Kind, &str, &str),
) -> Result<(), Error> {
    let main = &followed.main;
    let reopened = main.question.reopened + 1;
    let gave_up = reopened > REOPENED_MAX || !ground.is_open(main.question.holder);
    let (holder, state) = if gave_up { (main.setting.agency, State::New) } else { (main.question.holder, State::Open) };
    let moved = Move { reopened, ..main.goes_to(ground, holder, state)? };
    main.put(on, ground, &moved).await?;
    said(app, on, (new_id(), main.question.id, kind), followed.own_beside(), text, ground.now).await?;
    app.record(on, main.question.id, Fact::QuestionReopened { holder, cause: cause.into() }, &By::system()).await?;
    Ok(())
}

/// One mark of each who follows; a low one is work.
async fn mark(app: &App, on: &DatabaseTransaction, ground: &Ground, followed: &Followed, text: &str) -> Result<(), Error> {
    let refused = || Error::Refused(vec![Obstacle::new("question-mark-wrong").at(Wish::Mark.code())]);
    let mark: i32 = text.trim().parse().ok().filter(|mark| (1..=5).contains(mark)).ok_or_else(refused)?;
    let own = &followed.own.question;
    if mark <= LOW_MARK && followed.may(Wish::NotSolved, ground.now) {
        reopen(app, on, ground, followed, (entry::Kind::Marked, &mark.to_string(), "low-mark")).await?;
    } else {
        let line = (entry::Kind::Marked, mark.to_string(), followed.own_beside());
        entry::write(on, followed.main.question.id, line, Speaker::default(), ground.now).await?;
    }
    let done = Entity::update_many()
        .col_expr(Column::Mark, Expr::value(mark))
        .filter(Column::Id.eq(own.id))
        .filter(Column::Mark.is_null())
        .exec(on)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::Stale);
    }
    let fact = Fact::QuestionMarked { mark: u32::try_from(mark).unwrap_or_default() };
    app.record(on, own.id, fact, &By::system()).await?;
    Ok(())
}
