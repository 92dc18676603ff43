//! Lists of cases: whose, in which state, with which words; and how many of each.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::NullOrdering;
use sea_orm::{Condition, Iterable, Order, QueryOrder, QuerySelect};
use serde::Deserialize;

use super::case::{Column, Entity, State, sees_all};
use super::rung::Rung;
use crate::base::{Who, containing};

/// Whose cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Raised by the person's agency.
    Raised,
    /// Standing with it.
    With,
    /// All, for who oversees.
    All,
}

impl View {
    pub const ALL: [Self; 3] = [Self::With, Self::Raised, Self::All];

    /// The word in addresses and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::With => "with",
            Self::All => "all",
        }
    }

    /// Reads what [`View::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }

    /// Those that the person has.
    #[must_use]
    pub fn of(who: &Who, ladder: &[Rung]) -> Vec<Self> {
        let has = |view: &Self| if *view == Self::All { sees_all(who, ladder) } else { who.agency.is_some() };
        Self::ALL.into_iter().filter(has).collect()
    }

    fn condition(self, who: &Who) -> Condition {
        let own = who.agency.unwrap_or_default();
        match self {
            Self::All => Condition::all(),
            Self::Raised => Condition::all().add(Column::Agency.eq(own)),
            // What waits for the body: answered or over, it waits no more.
            Self::With => Condition::all().add(Column::Holder.eq(own)).add(Column::State.is_in([State::Open, State::Asked])),
        }
    }
}

/// What the address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// [`View::code`]
    pub view: String,
    /// [`State::code`], or `overdue`.
    pub state: String,
    pub q: String,
    pub page: Option<u64>,
}

impl Ask {
    /// Whether the state is one of those there are; another one narrows nothing, which the page says.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.state.is_empty() || self.state == OVERDUE || State::iter().any(|state| state.code() == self.state)
    }
}

/// The most words that are looked for.
const WORDS_MAX: usize = 12;

/// The word in addresses for what is open and past its time.
pub const OVERDUE: &str = "overdue";

/// The cases of a view, none left out.
#[must_use]
pub fn of(who: &Who, view: View) -> Select<Entity> {
    Entity::find().filter(view.condition(who))
}

/// Those among them that the address asks for, in the order of their clocks: what runs out first stands first, what is over
/// last.
#[must_use]
pub fn asked(who: &Who, view: View, ask: &Ask, now: DateTimeUtc) -> Select<Entity> {
    let mut cases = of(who, view);
    if ask.state == OVERDUE {
        cases = cases.filter(overdue(now));
    } else if let Some(state) = State::iter().find(|state| state.code() == ask.state) {
        cases = cases.filter(Column::State.eq(state));
    }
    for word in vietnamese::fold(&ask.q).split_whitespace().take(WORDS_MAX) {
        cases = cases.filter(Column::Words.like(containing(word)));
    }
    cases
        .order_by_with_nulls(Column::DueAt, Order::Asc, NullOrdering::Last)
        .order_by_with_nulls(Column::ClosedAt, Order::Desc, NullOrdering::First)
        .order_by_desc(Column::RaisedAt)
        .order_by_desc(Column::Id)
}

/// Open, and past its time.
#[must_use]
pub fn overdue(now: DateTimeUtc) -> Condition {
    Condition::all().add(Column::State.eq(State::Open)).add(Column::DueAt.lt(now))
}

/// How many of a view stand in each state: one statement.
///
/// # Errors
/// The database failed.
pub async fn counts(on: &impl ConnectionTrait, who: &Who, view: View) -> Result<Vec<(State, i64)>, DbErr> {
    of(who, view)
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::State)
        .into_tuple()
        .all(on)
        .await
}
