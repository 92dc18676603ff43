//! Lists of articles: the desk's by whose turn it is, the portal's newest first. Lists load no bodies.

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, DerivePartialModel, QueryOrder, QuerySelect};
use serde::Deserialize;

use super::article::translating::{self, Translated};
use super::article::{Column, Entity, Language, State};
use super::place;
use super::rights::{self, OVERSEERS};
use crate::base::{Role, Who, containing};

/// The most words that are looked for.
const WORDS_MAX: usize = 12;

/// An article as the portal lists it.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct Line {
    pub id: Uuid,
    pub slug: String,
    pub language: Language,
    pub agency: Uuid,
    pub section: Uuid,
    pub kind: String,
    pub title: String,
    pub summary: String,
    pub media_url: String,
    pub media_alt: String,
    pub state: State,
    pub published_at: Option<DateTimeUtc>,
    pub listed_at: Option<DateTimeUtc>,
    pub changed_at: DateTimeUtc,
    pub demo: bool,
    pub translated: Option<Translated>,
    pub checked_by: String,
}

impl Line {
    /// What readers are told of a text that a machine translated, in the language of the text.
    #[must_use]
    pub fn machine_label(&self) -> Option<String> {
        translating::machine_label(self.translated, self.language, &self.checked_by)
    }

    /// Where the public reads it.
    #[must_use]
    pub fn public_path(&self) -> String {
        format!("/tin-tuc/{}", self.slug)
    }
}

/// What is on the portal's lists that day, newest first.
#[must_use]
pub fn listed(today: chrono::NaiveDate) -> Select<Entity> {
    Entity::find()
        .filter(Column::ListedAt.is_not_null())
        .filter(Condition::any().add(Column::ExpiresOn.is_null()).add(Column::ExpiresOn.gte(today)))
        .order_by_desc(Column::ListedAt)
        .order_by_desc(Column::Id)
}

/// What an agency's portal shows: its own, and what others show there.
#[must_use]
pub fn shown_by(agency: Uuid) -> Condition {
    Condition::any().add(Column::Agency.eq(agency)).add(Column::Id.in_subquery(place::shown_by(agency)))
}

/// Which of the desk's articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Waiting for a step that is the person's.
    Turn,
    /// The person's agency's, all but what is out.
    Ours,
    /// Out: the agency's, or for overseers everyone's.
    Out,
    /// All, for who oversees.
    All,
}

impl View {
    pub const ALL: [Self; 4] = [Self::Turn, Self::Ours, Self::Out, Self::All];

    /// The word in addresses and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Turn => "turn",
            Self::Ours => "ours",
            Self::Out => "out",
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
    pub fn of(who: &Who) -> Vec<Self> {
        let has = |view: &Self| match view {
            Self::Turn => who.is_any(&[Role::Reviewer, Role::Approver]),
            // Who has no part in the agency's articles sees what the public does.
            Self::Ours => who.agency.is_some_and(|own| is_inside(who, own)),
            Self::Out => who.agency.is_some(),
            Self::All => who.is_any(OVERSEERS),
        };
        Self::ALL.into_iter().filter(has).collect()
    }

    /// What is in it. `turn`: the ids of what waits for the person, which steps say and no condition can.
    #[must_use]
    pub fn condition(self, who: &Who, turn: &[Uuid]) -> Condition {
        const OUT: [State; 4] = [State::Published, State::Corrected, State::Withdrawn, State::TakenDown];
        let own = who.agency.unwrap_or_default();
        let ours = Condition::all().add(Column::Agency.eq(own));
        match self {
            Self::Turn => Condition::all().add(Column::Id.is_in(turn.iter().copied())),
            Self::Ours => ours.add(Column::State.is_not_in(OUT)),
            Self::Out => ours.add(Column::State.is_in(OUT)),
            Self::All => Condition::all(),
        }
    }
}

fn is_inside(who: &Who, agency: Uuid) -> bool {
    rights::holds(who, &[Role::Officer, Role::Reviewer, Role::Approver, Role::AgencyAdministrator], agency)
        || who.is_any(OVERSEERS)
}

/// What waits for a step of this person: few are in review at a time.
///
/// # Errors
/// The database failed.
pub async fn turn(on: &impl ConnectionTrait, who: &Who) -> Result<Vec<Uuid>, DbErr> {
    if !who.is_any(&[Role::Reviewer, Role::Approver]) {
        return Ok(Vec::new());
    }
    let waiting: Vec<(Uuid, Uuid, String, i32)> = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Agency)
        .column(Column::Steps)
        .column(Column::Step)
        .filter(Column::State.eq(State::InReview))
        .into_tuple()
        .all(on)
        .await?;
    let is_theirs = |agency: Uuid, steps: &str, at: i32| {
        let steps = super::step::Step::read(steps);
        usize::try_from(at).ok().and_then(|at| steps.get(at)).is_some_and(|step| step.is_of(who, agency))
    };
    Ok(waiting.into_iter().filter(|(_, agency, steps, at)| is_theirs(*agency, steps, *at)).map(|(id, ..)| id).collect())
}

/// What the desk's address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// [`View::code`]
    pub view: String,
    /// [`State::code`]
    pub state: String,
    pub q: String,
    pub page: Option<u64>,
}

/// Those of a view that the address asks for: what is due soonest first, then the last changed.
#[must_use]
pub fn asked(condition: Condition, ask: &Ask) -> Select<Entity> {
    use sea_orm::Iterable;
    use sea_orm::sea_query::{NullOrdering, Order};
    let mut articles = Entity::find().filter(condition);
    if let Some(state) = State::iter().find(|state| state.code() == ask.state) {
        articles = articles.filter(Column::State.eq(state));
    }
    for word in vietnamese::fold(&ask.q).split_whitespace().take(WORDS_MAX) {
        articles = articles.filter(Column::Words.like(containing(word)));
    }
    articles
        .order_by_with_nulls(Column::StepDueAt, Order::Asc, NullOrdering::Last)
        .order_by_desc(Column::ChangedAt)
        .order_by_desc(Column::Id)
}

/// How many stand in each state: one statement.
///
/// # Errors
/// The database failed.
pub async fn counts(on: &impl ConnectionTrait, condition: Condition) -> Result<Vec<(State, i64)>, DbErr> {
    Entity::find()
        .filter(condition)
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::State)
        .into_tuple()
        .all(on)
        .await
}
