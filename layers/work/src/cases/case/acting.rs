//! What may be done with a case, and by whom. A body that was closed is stood in for by the coordinator.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::moving::{Ground, Move};
use super::{Column, Entity, State, Whole, acts_for};
use crate::base::{App, By, Role, Who};
use crate::cases::{entry, reminder, step};
use crate::duties::answer::submitting::says_nothing;
use crate::plans::secrecy;
use crate::web::{Error, Obstacle, cut};

/// The longest text of an answer, an opinion, a reason.
pub const LETTERS_MAX: usize = 10_000;
/// As much of it as the ledger repeats.
const WHY_LETTERS: usize = 500;
/// The time a case is passed on sideways that brings it back to the coordinating body.
pub const BOUNCES_MAX: i32 = 3;

/// What is done with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    TakeUp,
    Answer,
    Ask,
    PassUp,
    PassOn,
    Reply,
    Solve,
    Reopen,
    Withdraw,
    /// Closes it: what was asked for was not supplied.
    Lapse,
}

impl Act {
    pub const ALL: [Self; 10] = [
        Self::TakeUp,
        Self::Answer,
        Self::Ask,
        Self::PassUp,
        Self::PassOn,
        Self::Reply,
        Self::Solve,
        Self::Reopen,
        Self::Withdraw,
        Self::Lapse,
    ];

    /// The word in addresses, field names and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TakeUp => "taking",
            Self::Answer => "answer",
            Self::Ask => "question",
            Self::PassUp => "escalation",
            Self::PassOn => "transfer",
            Self::Reply => "reply",
            Self::Solve => "solution",
            Self::Reopen => "reopening",
            Self::Withdraw => "withdrawal",
            Self::Lapse => "lapse",
        }
    }

    /// Reads what [`Act::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// The line of the story it writes.
    #[must_use]
    pub const fn entry(self) -> entry::Kind {
        match self {
            Self::TakeUp => entry::Kind::Taken,
            Self::Answer => entry::Kind::Answer,
            Self::Ask => entry::Kind::Question,
            Self::PassUp => entry::Kind::PassedUp,
            Self::PassOn => entry::Kind::PassedOn,
            Self::Reply => entry::Kind::Reply,
            Self::Solve => entry::Kind::Solved,
            Self::Reopen => entry::Kind::Reopened,
            Self::Withdraw => entry::Kind::Withdrawn,
            Self::Lapse => entry::Kind::Lapsed,
        }
    }

    /// Whether it is who raised the case that does it; else the body it stands with.
    #[must_use]
    pub const fn is_the_raisers(self) -> bool {
        matches!(self, Self::Reply | Self::Solve | Self::Reopen | Self::Withdraw)
    }

    /// Whether it must be said why, or what.
    #[must_use]
    pub const fn needs_words(self) -> bool {
        !matches!(self, Self::TakeUp | Self::Solve)
    }

    /// Whether the state takes it.
    #[must_use]
    pub const fn fits(self, state: State) -> bool {
        match state {
            State::Open => !matches!(self, Self::Reply | Self::Solve | Self::Reopen | Self::Lapse),
            State::Asked => matches!(self, Self::Answer | Self::Reply | Self::Withdraw | Self::Lapse),
            State::Answered => matches!(self, Self::Solve | Self::Reopen),
            State::Solved | State::Withdrawn | State::Lapsed => false,
        }
    }
}

/// An act as it is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub act: Act,
    /// The case's version that was seen.
    pub version: i32,
    pub text: String,
    /// The body to pass it on to.
    pub to: Option<Uuid>,
}

impl Whole {
    /// What the person may do now.
    #[must_use]
    pub fn acts(&self, who: &Who, ground: &Ground) -> Vec<Act> {
        let may = |act: &Act| {
            act.fits(self.case.state)
                && self.speaks(who, *act, ground).is_some()
                && match act {
                    Act::TakeUp => self.steps.last().is_some_and(|step| step.taken_at.is_none()),
                    Act::PassUp => self.next_up(ground).is_some(),
                    Act::Lapse => self.lapses_at(ground).is_some_and(|at| at <= ground.now),
                    _ => true,
                }
        };
        Act::ALL.into_iter().filter(may).collect()
    }

    /// The body for which the person does it; None when it is not theirs to do.
    fn speaks(&self, who: &Who, act: Act, ground: &Ground) -> Option<Uuid> {
        let body = if act.is_the_raisers() { self.case.agency } else { self.case.holder };
        let may = if ground.is_open(body) { acts_for(who, body) } else { who.is(Role::Coordinator) };
        may.then_some(body)
    }

    /// Does it: one transaction, one winner.
    ///
    /// # Errors
    /// Forbidden to others than the body whose turn it is; refused without the words it needs, with too many, to a body that can
    /// not have it, or before a question waited long enough; stale when somebody was quicker; or the database failed.
    pub async fn act(app: &App, who: &Who, id: Uuid, wanted: &Wanted) -> Result<(), Error> {
        let ground = Ground::of(app).await?;
        let transaction = app.begin().await?;
        let whole = Self::find(&transaction, id).await?;
        let (case, act) = (&whole.case, wanted.act);
        // Who was outrun may have lost the turn with it: they are told that, rather than that it is not theirs.
        if case.version != wanted.version {
            return Err(Error::Stale);
        }
        let Some(body) = whole.speaks(who, act, &ground) else { return Err(Error::Forbidden) };
        if !act.fits(case.state) {
            return Err(Error::Stale);
        }
        let text = words(act, &wanted.text)?;
        let moved = whole.moved(&ground, wanted)?;
        whole.put(&transaction, &ground, &moved).await?;
        if act == Act::Ask {
            reminder::begin_anew(&transaction, moved.step.id).await?;
        }
        entry::write(&transaction, id, (act.entry(), text.clone(), moved.to), (body, Some(who.person)), ground.now).await?;
        let by = By { agency: who.agency, person: Some(who.person), why: None }.because(cut(&text, WHY_LETTERS));
        app.record(&transaction, case.id, moved.fact.clone(), &by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Writes the move, if the case is still what was seen.
    pub(in crate::cases) async fn put(&self, on: &impl ConnectionTrait, ground: &Ground, moved: &Move) -> Result<(), Error> {
        let case = &self.case;
        let done = Entity::update_many()
            .col_expr(Column::State, Expr::value(moved.state.to_value()))
            .col_expr(Column::Holder, Expr::value(moved.holder))
            .col_expr(Column::DueAt, Expr::value(moved.due_at))
            .col_expr(Column::Bounces, Expr::value(moved.bounces))
            .col_expr(Column::ClosedAt, Expr::value(moved.state.is_over().then_some(ground.now)))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(case.id))
            .filter(Column::Version.eq(case.version))
            .exec(on)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        step::Entity::update(step::ActiveModel::from(moved.step.clone()).reset_all()).exec(on).await?;
        if let Some(begun) = &moved.begun {
            step::Entity::insert(step::ActiveModel::from(begun.clone())).exec_without_returning(on).await?;
        }
        Ok(())
    }
}

/// The words as they are kept; a dot is none.
fn words(act: Act, given: &str) -> Result<String, Error> {
    let text = plain(given, LETTERS_MAX).ok_or_else(|| too_long(act.code(), LETTERS_MAX))?;
    if act.needs_words() && says_nothing(&text) {
        let key = match act {
            Act::Answer => "case-needs-answer",
            Act::Ask => "case-needs-question",
            Act::PassUp => "case-needs-opinion",
            Act::Reply => "case-needs-reply",
            _ => "case-needs-reason",
        };
        return Err(Error::Refused(vec![Obstacle::new(key).at(act.code())]));
    }
    match secret(&text, act.code()) {
        Some(obstacle) => Err(Error::Refused(vec![obstacle])),
        None => Ok(text),
    }
}

/// Composed, with plain line ends; None when it is longer than that.
#[must_use]
pub fn plain(given: &str, letters_max: usize) -> Option<String> {
    let given = given.trim();
    // What is too long in any case is not worth composing.
    given.char_indices().nth(letters_max * 2).is_none().then_some(())?;
    let text = vietnamese::normalise(given).replace("\r\n", "\n").replace('\0', "");
    (text.chars().count() <= letters_max).then_some(text)
}

/// The mark of secrecy that a text stands under, as what is wrong with its field: nothing secret is taken.
#[must_use]
pub fn secret(text: &str, field: &'static str) -> Option<Obstacle> {
    secrecy::of_text(text).map(|mark| Obstacle::new("answer-secret").with("mark", mark).at(field))
}

/// That a field is too long.
#[must_use]
pub fn too_long(field: &'static str, letters_max: usize) -> Error {
    Error::Refused(vec![Obstacle::new("case-too-long").with("n", letters_max).at(field)])
}
