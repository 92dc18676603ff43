//! Lists of questions on the desk: whose, in which state, with which words; and how many of each.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::NullOrdering;
use sea_orm::{Condition, Iterable, Order, QueryOrder, QuerySelect, QueryTrait};
use serde::Deserialize;

use super::answer;
use super::question::{Column, Entity, Question, State, sees_all};
use super::setting::Setting;
use crate::base::{Role, Who, containing};

/// Whose questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// A body's turn: the person's.
    With,
    /// An answer waits for the person's word.
    Approving,
    /// Answered by the person's body.
    Answered,
    /// All, for who oversees.
    All,
}

impl View {
    pub const ALL: [Self; 4] = [Self::With, Self::Approving, Self::Answered, Self::All];

    /// The word in addresses and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::With => "with",
            Self::Approving => "approving",
            Self::Answered => "answered",
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
    pub fn of(who: &Who, setting: &Setting) -> Vec<Self> {
        let has = |view: &Self| match view {
            Self::All => sees_all(who, setting),
            Self::Approving => who.agency.is_some_and(|own| who.is_in(Role::Approver, own)),
            _ => who.agency.is_some(),
        };
        Self::ALL.into_iter().filter(has).collect()
    }

    fn condition(self, who: &Who) -> Condition {
        let own = who.agency.unwrap_or_default();
        match self {
            Self::All => Condition::all(),
            Self::With => {
                Condition::all().add(Column::Holder.eq(own)).add(Column::State.is_in([State::New, State::Open, State::Asked]))
            }
            Self::Answered => Condition::all().add(Column::Holder.eq(own)).add(Column::State.eq(State::Answered)),
            // What waited when a question was withdrawn, dropped, joined or went elsewhere waits for nobody.
            Self::Approving => Condition::all()
                .add(Column::Id.in_subquery(waiting(who).into_query()))
                .add(Column::Holder.eq(own))
                .add(Column::State.is_in([State::New, State::Open, State::Asked, State::Answered])),
        }
    }
}

/// The questions whose answer waits for this person's word.
#[must_use]
pub fn waiting(who: &Who) -> Select<answer::Entity> {
    answer::Entity::find()
        .select_only()
        .column(answer::Column::Question)
        .filter(answer::Column::State.eq(answer::State::Waiting))
        .filter(answer::Column::Agency.eq(who.agency.unwrap_or_default()))
        .filter(answer::Column::WrittenBy.ne(who.person))
}

/// Those among these whose answer waits for its approver: one statement.
///
/// # Errors
/// The database failed.
pub async fn whose_answer_waits(on: &impl ConnectionTrait, questions: &[Question]) -> Result<HashSet<Uuid>, DbErr> {
    let waiting = answer::Entity::find()
        .select_only()
        .column(answer::Column::Question)
        .filter(answer::Column::State.eq(answer::State::Waiting))
        .filter(answer::Column::Question.is_in(questions.iter().map(|one| one.id)));
    Ok(waiting.into_tuple::<Uuid>().all(on).await?.into_iter().collect())
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

/// The word in addresses for what is a body's turn and past its time.
pub const OVERDUE: &str = "overdue";

/// The questions of a view, none left out.
#[must_use]
pub fn of(who: &Who, view: View) -> Select<Entity> {
    Entity::find().filter(view.condition(who))
}

/// Those among them that the address asks for: what runs out first stands first, what is over last.
#[must_use]
pub fn asked(who: &Who, view: View, ask: &Ask, now: DateTimeUtc) -> Select<Entity> {
    let mut questions = of(who, view);
    if ask.state == OVERDUE {
        questions = questions.filter(overdue(now));
    } else if let Some(state) = State::iter().find(|state| state.code() == ask.state) {
        questions = questions.filter(Column::State.eq(state));
    }
    with_words(questions, &ask.q)
        .order_by_with_nulls(Column::DueAt, Order::Asc, NullOrdering::Last)
        .order_by_desc(Column::AskedAt)
        .order_by_desc(Column::Id)
}

/// Those in which all these words stand, with accents or without.
#[must_use]
pub fn with_words(questions: Select<Entity>, q: &str) -> Select<Entity> {
    let words = vietnamese::fold(q);
    words.split_whitespace().take(WORDS_MAX).fold(questions, |rows, word| rows.filter(Column::Words.like(containing(word))))
}

/// A body's turn, and past its time.
#[must_use]
pub fn overdue(now: DateTimeUtc) -> Condition {
    Condition::all().add(Column::State.is_in([State::New, State::Open])).add(Column::DueAt.lt(now))
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
