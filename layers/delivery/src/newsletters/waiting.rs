//! What of newsletters waits for a person, on the first screen of the desk.

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QuerySelect, QueryTrait};

use super::delivery::{self, State as Way};
use super::issue::{Column, Entity, State};
use crate::base::capability::Todo;
use crate::base::{App, Who};
use crate::channels::rights::{self, Verb};
use crate::web::{Locale, Result};

/// Asked when a person opens the desk.
pub fn todos<'a>(app: &'a App, who: &'a Who, l: Locale) -> BoxFuture<'a, Result<Vec<Todo>>> {
    Box::pin(found(app, who, l))
}

/// One statement, none for who approves nothing.
async fn found(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let Some(agency) = who.agency.filter(|agency| rights::may(who, Verb::Approve, *agency)) else { return Ok(Vec::new()) };
    let stuck = Condition::any().add(Column::State.is_in([State::Submitted, State::Held])).add(unknown());
    let issues = Entity::find().filter(Column::Agency.eq(agency)).filter(stuck).all(&app.db).await?;
    let mut todos = Vec::new();
    let mut say = |count: usize, key: &str, show: &str, state: &'static str| {
        if count > 0 {
            let href = format!("/desk/newsletters?show={show}");
            todos.push(Todo { words: l.t1(key, "count", count), href, state });
        }
    };
    let waiting = issues.iter().filter(|one| one.state == State::Submitted && !one.is_own_of(who.person)).count();
    say(waiting, "home-issues-approve", "submitted", "waiting");
    say(issues.iter().filter(|one| one.state == State::Held).count(), "home-issues-held", "stuck", "returned");
    let unknown = issues.iter().filter(|one| !matches!(one.state, State::Submitted | State::Held)).count();
    say(unknown, "home-issues-unknown", "stuck", "unknown");
    Ok(todos)
}

/// Issues with letters of which nobody knows.
#[must_use]
pub fn unknown() -> Condition {
    let letters = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Issue)
        .distinct()
        .filter(delivery::Column::Issue.in_subquery(begun().into_query()))
        .filter(delivery::Column::State.eq(Way::Unknown));
    Condition::all().add(Column::Id.in_subquery(letters.into_query()))
}

/// Read by the index of issue and state; without it all letters there ever were would be.
fn begun() -> sea_orm::Select<Entity> {
    Entity::find().select_only().column(Column::Id).filter(Column::BeganAt.is_not_null())
}

/// Issues that only a person can move.
#[must_use]
pub fn stuck() -> Condition {
    Condition::any().add(Column::State.is_in([State::Held, State::Paused])).add(unknown())
}
