//! What staff may do with a question, and whose turn it is.

use sea_orm::entity::prelude::*;

use super::doing::Doing;
use super::moving::Move;
use super::{Question, State, Whole, joining};
use crate::base::{App, By, Fact, Role, Who};
use crate::cases::case::acting::{plain, secret, too_long};
use crate::cases::case::acts_for;
use crate::cases::case::moving::Ground;
use crate::duties::answer::submitting::says_nothing;
use crate::questions::entry;
use crate::questions::{reminder, telling};
use crate::web::{Error, Obstacle};

/// The longest text of an answer, a wish, a reason.
pub const LETTERS_MAX: usize = 10_000;

/// What is done with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// The coordinating body says whose it is.
    Route,
    /// The coordinating body takes it back from the one it routed it to, while nothing was answered.
    TakeBack,
    /// Not competent: with a reason and the next body.
    PassOn,
    /// Asks who asked for more.
    More,
    /// Closes it: what was asked for was not supplied.
    Lapse,
    /// Says that it asks the same as another.
    Join,
    Part,
    /// No question.
    Drop,
    Restore,
    /// Keeps a draft of the answer.
    Draft,
    /// Gives it, or puts it before the approver.
    Answer,
    /// Puts another in the place of the answer that was given, and says why.
    Correct,
    /// The approver gives it.
    Approve,
    Return,
    Show,
    Hide,
    /// To the protected channel.
    Protect,
}

impl Act {
    pub const ALL: [Self; 17] = [
        Self::Route,
        Self::TakeBack,
        Self::PassOn,
        Self::More,
        Self::Lapse,
        Self::Join,
        Self::Part,
        Self::Drop,
        Self::Restore,
        Self::Draft,
        Self::Answer,
        Self::Correct,
        Self::Approve,
        Self::Return,
        Self::Show,
        Self::Hide,
        Self::Protect,
    ];

    /// The word in addresses, field names and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Route => "routing",
            Self::TakeBack => "taking-back",
            Self::PassOn => "transfer",
            Self::More => "more",
            Self::Lapse => "lapse",
            Self::Join => "joining",
            Self::Part => "parting",
            Self::Drop => "drop",
            Self::Restore => "restoring",
            Self::Draft => "draft",
            Self::Answer => "answer",
            Self::Correct => "correction",
            Self::Approve => "approval",
            Self::Return => "return",
            Self::Show => "publication",
            Self::Hide => "hiding",
            Self::Protect => "protection",
        }
    }

    /// Reads what [`Act::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// What it needs to be told, as a Fluent key; None where nothing.
    #[must_use]
    pub const fn needs(self) -> Option<&'static str> {
        match self {
            Self::PassOn | Self::Drop | Self::Return | Self::Lapse | Self::Hide => Some("question-needs-reason"),
            Self::More => Some("question-needs-wish"),
            Self::Answer | Self::Correct => Some("question-needs-answer"),
            _ => None,
        }
    }

    const fn fits(self, state: State) -> bool {
        match self {
            Self::Route | Self::PassOn | Self::More => state.runs(),
            Self::TakeBack => matches!(state, State::Open | State::Asked),
            Self::Join | Self::Drop | Self::Draft | Self::Answer => matches!(state, State::New | State::Open | State::Asked),
            // An answer that was given may wait to be corrected.
            Self::Approve | Self::Return => matches!(state, State::New | State::Open | State::Asked | State::Answered),
            Self::Correct => matches!(state, State::Answered),
            Self::Protect => !matches!(state, State::Joined),
            Self::Lapse => matches!(state, State::Asked),
            Self::Part => matches!(state, State::Joined),
            Self::Restore => matches!(state, State::Dropped),
            Self::Show => matches!(state, State::Answered),
            Self::Hide => matches!(state, State::New | State::Open | State::Asked | State::Answered),
        }
    }
}

/// An act as it is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub act: Act,
    /// The question's version that was seen.
    pub version: i32,
    pub text: String,
    /// Why an answer is corrected.
    pub why: String,
    /// The body to pass it on to, or the question to join it to.
    pub to: Option<Uuid>,
    /// Whether the answer is to be published.
    pub shows: bool,
    /// Title and question for the public; None where the form has no such field.
    pub public_title: Option<String>,
    pub public_body: Option<String>,
}

impl Whole {
    /// What the person may do now.
    #[must_use]
    pub fn acts(&self, who: &Who, ground: &Ground) -> Vec<Act> {
        Act::ALL.into_iter().filter(|act| self.may(who, *act, ground)).collect()
    }

    /// Whether it is the person's to do, as things stand.
    #[must_use]
    pub fn may(&self, who: &Who, act: Act, ground: &Ground) -> bool {
        let question = &self.question;
        let coordinates = acts_for(who, self.setting.agency) || who.is(Role::Coordinator);
        let holds = acts_for(who, question.holder) || (!ground.is_open(question.holder) && coordinates);
        let waits = self.waits();
        act.fits(question.state)
            && match act {
                Act::Route => coordinates && question.holder == self.setting.agency,
                Act::TakeBack => coordinates && question.holder != self.setting.agency && question.answered_at.is_none(),
                Act::PassOn => holds && self.may_bounce(),
                Act::More => holds && !waits,
                Act::Answer | Act::Correct => holds && !waits,
                // Who wrote what waits takes it back by writing on.
                Act::Draft => holds && (!waits || self.coming().is_some_and(|answer| answer.written_by == who.person)),
                Act::Lapse => holds && self.lapses_at(ground).is_some_and(|at| at <= ground.now),
                Act::Approve | Act::Return => waits && self.approves(who),
                Act::Show => holds && !question.shown && !question.in_private && self.given().is_some(),
                Act::Hide => (holds || coordinates) && question.shown,
                Act::Join | Act::Part | Act::Protect => holds || coordinates,
                Act::Drop | Act::Restore => coordinates,
            }
    }

    /// Does it: one transaction, one winner.
    ///
    /// # Errors
    /// Forbidden to others than whose turn it is; refused without what it needs; stale when somebody was quicker; or the database failed.
    pub async fn act(app: &App, who: &Who, id: Uuid, wanted: &Wanted) -> Result<(), Error> {
        let ground = Ground::of(app).await?;
        let transaction = app.begin().await?;
        let whole = Self::find(&transaction, id).await?;
        if whole.question.version != wanted.version {
            return Err(Error::Stale);
        }
        if !whole.may(who, wanted.act, &ground) {
            return Err(if wanted.act.fits(whole.question.state) { Error::Forbidden } else { Error::Stale });
        }
        let wanted = Wanted { text: words(wanted.act, &wanted.text)?, ..wanted.clone() };
        match wanted.act {
            Act::Draft | Act::Answer | Act::Correct | Act::Approve | Act::Return | Act::Show | Act::Hide => {
                whole.speak(&Doing { app, on: &transaction, who, ground: &ground }, &wanted).await?;
            }
            Act::Protect => super::protecting::protect(app, &transaction, &whole, &ground, who).await?,
            Act::Join => {
                let to = wanted.to.ok_or_else(|| Error::Refused(vec![Obstacle::new("question-join-needs").at("joining")]))?;
                joining::join(app, &transaction, id, to, &By::from(who)).await?;
            }
            Act::Part => joining::part(app, &transaction, &whole, &ground, &By::from(who)).await?,
            _ => whole.step_on(&Doing { app, on: &transaction, who, ground: &ground }, &wanted).await?,
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// Moves it from one body or state to another.
    async fn step_on(&self, doing: &Doing<'_>, wanted: &Wanted) -> Result<(), Error> {
        let &Doing { app, on, who, ground } = doing;
        let holder = self.question.holder;
        let (moved, kind, to, fact) = match wanted.act {
            Act::Route => {
                let to = self.routed_body(ground, wanted.to)?;
                (self.goes_to(ground, to, State::Open)?, entry::Kind::Routed, Some(to), Fact::QuestionRouted { to })
            }
            // No bounce: nobody said that they are not competent.
            Act::TakeBack => {
                let moved = self.goes_to(ground, self.setting.agency, State::New)?;
                (moved, entry::Kind::TakenBack, None, Fact::QuestionTakenBack { from: holder })
            }
            Act::PassOn => {
                let to = self.next_body(ground, wanted.to)?;
                let state = if to == self.setting.agency { State::New } else { State::Open };
                let moved = Move { bounces: self.question.bounces + 1, ..self.goes_to(ground, to, state)? };
                (moved, entry::Kind::PassedOn, Some(to), Fact::QuestionPassedOn { from: holder, to })
            }
            Act::More => {
                reminder::begin_anew(on, self.step()?.id).await?;
                (self.rests(ground, State::Asked)?, entry::Kind::More, None, Fact::QuestionMoreAsked { holder })
            }
            Act::Lapse => {
                self.lapse_due(ground)?;
                (self.rests(ground, State::Lapsed)?, entry::Kind::Lapsed, None, Fact::QuestionLapsed { holder })
            }
            Act::Drop => (self.rests(ground, State::Dropped)?, entry::Kind::Dropped, None, Fact::QuestionDropped),
            Act::Restore => {
                let state = if holder == self.setting.agency { State::New } else { State::Open };
                (self.goes_to(ground, holder, state)?, entry::Kind::Restored, None, Fact::QuestionRestored)
            }
            _ => return Err(Error::Stale),
        };
        self.put(on, ground, &moved).await?;
        if moved.holder != holder {
            self.take_from_approver(on).await?;
        }
        // Those that were joined to one that is dropped are dropped with it, and come back with it.
        if moved.state == State::Lapsed {
            joining::release(app, on, self.question.id, ground, &By::from(who)).await?;
        }
        doing.note(self.question.id, (kind, wanted.text.clone(), to), fact).await?;
        telling::moved(app, on, &self.question, kind, &wanted.text, to).await?;
        Ok(())
    }
}

/// The words as they are kept; a dot is none.
fn words(act: Act, given: &str) -> Result<String, Error> {
    let text = plain(given, LETTERS_MAX).ok_or_else(|| too_long(act.code(), LETTERS_MAX))?;
    if let Some(key) = act.needs()
        && says_nothing(&text)
    {
        return Err(Error::Refused(vec![Obstacle::new(key).at(act.code())]));
    }
    match secret(&text, act.code()) {
        Some(obstacle) => Err(Error::Refused(vec![obstacle])),
        None => Ok(text),
    }
}

impl Question {
    /// Whether it is a body's turn, and its clock has run out.
    #[must_use]
    pub fn is_late(&self, now: DateTimeUtc) -> bool {
        self.state.runs() && self.due_at.is_some_and(|due| due < now)
    }
}
