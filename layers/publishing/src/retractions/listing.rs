//! Lists of cases: in which state, for which cause, whose, with which words.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, Iterable, QueryOrder, QuerySelect, QueryTrait};
use serde::Deserialize;

use super::case::{Cause, Column, Entity, State};
use super::{found, rights};
use crate::base::{Who, containing};

/// The word in addresses for what is open and past its time.
pub const OVERDUE: &str = "overdue";
/// The word in addresses for what the person answers for.
pub const MINE: &str = "mine";
/// The most words that are looked for.
const WORDS_MAX: usize = 12;

/// What the address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// [`State::code`], or [`OVERDUE`]; empty: all.
    pub state: String,
    /// [`Cause::code`]
    pub cause: String,
    /// [`MINE`]
    pub whose: String,
    pub q: String,
    pub page: Option<u64>,
}

impl Ask {
    /// Whether something narrows the list.
    #[must_use]
    pub fn narrows(&self) -> bool {
        [&self.state, &self.cause, &self.whose].iter().any(|part| !part.is_empty()) || !self.q.trim().is_empty()
    }

    /// Whether state and cause are of those there are; others narrow nothing, which the page says.
    #[must_use]
    pub fn unread(&self) -> Option<&str> {
        let state = self.state.is_empty() || self.state == OVERDUE || State::iter().any(|one| one.code() == self.state);
        let cause = self.cause.is_empty() || Cause::iter().any(|one| one.code() == self.cause);
        match (state, cause) {
            (false, _) => Some(&self.state),
            (_, false) => Some(&self.cause),
            _ => None,
        }
    }
}

/// The cases that the person sees.
#[must_use]
pub fn seen_by(who: &Who) -> Select<Entity> {
    if rights::oversees(who) {
        return Entity::find();
    }
    Entity::find().filter(concerning(&rights::own(who)))
}

/// Those of these agencies' articles, and those that have copies of theirs.
#[must_use]
pub fn concerning(agencies: &[Uuid]) -> Condition {
    let theirs = found::Entity::find()
        .select_only()
        .column(found::Column::Retraction)
        .filter(found::Column::Agency.is_in(agencies.iter().copied()));
    Condition::any().add(Column::Agency.is_in(agencies.iter().copied())).add(Column::Id.in_subquery(theirs.into_query()))
}

/// Those that the address asks for: open ones first, and among them what runs out first.
#[must_use]
pub fn asked(who: &Who, ask: &Ask, now: DateTimeUtc) -> Select<Entity> {
    let mut cases = seen_by(who);
    if ask.state == OVERDUE {
        cases = cases.filter(Column::State.eq(State::Open)).filter(Column::DueAt.lt(now));
    } else if let Some(state) = State::iter().find(|one| one.code() == ask.state) {
        cases = cases.filter(Column::State.eq(state));
    }
    if let Some(cause) = Cause::iter().find(|one| one.code() == ask.cause) {
        cases = cases.filter(Column::Cause.eq(cause));
    }
    if ask.whose == MINE {
        cases = cases.filter(Column::Responsible.eq(who.person));
    }
    for word in vietnamese::fold(&ask.q).split_whitespace().take(WORDS_MAX) {
        cases = cases.filter(Column::Words.like(containing(word)));
    }
    // `open` comes after `closed` in the alphabet.
    cases.order_by_desc(Column::State).order_by_asc(Column::DueAt).order_by_desc(Column::Id)
}
