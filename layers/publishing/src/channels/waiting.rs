//! What of channels waits for a person, on the first screen of the desk.

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QuerySelect, QueryTrait};

use super::account;
use super::delivery::{self, Errand, State};
use super::piece;
use super::rights::{self, Verb};
use crate::base::capability::Todo;
use crate::base::{App, Who};
use crate::web::{Locale, Result};

/// Asked when a person opens the desk.
pub fn todos<'a>(app: &'a App, who: &'a Who, l: Locale) -> BoxFuture<'a, Result<Vec<Todo>>> {
    Box::pin(found(app, who, l))
}

/// Three statements, none for who works for no agency's channels.
async fn found(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let Ok(agency) = rights::own_agency(who) else { return Ok(Vec::new()) };
    let mut todos = Vec::new();
    let mut say = |count: i64, key: &str, href: &str, state: &'static str| {
        if count > 0 {
            todos.push(Todo { words: l.t1(key, "count", count), href: href.into(), state });
        }
    };
    for (state, wanted, count) in stuck(app, agency).await? {
        let key = match (state, wanted) {
            (State::Unknown, _) => "home-channels-unknown",
            (State::Held, _) => "home-channels-held",
            (_, Errand::None) => "home-channels-errands",
            (_, Errand::Retract) => "home-channels-retract",
            _ => "home-channels-edit",
        };
        say(count, key, "/desk/channels/pieces?show=stuck", if state == State::Unknown { "unknown" } else { "returned" });
    }
    if rights::may(who, Verb::Keep, agency) {
        let dead = account::Entity::find().filter(account::Column::Agency.eq(agency));
        let dead = dead.filter(account::Column::State.eq(account::State::Dead)).count(&app.db).await?;
        say(i64::try_from(dead).unwrap_or(i64::MAX), "home-channels-dead", "/desk/channels", "late");
    }
    if rights::may(who, Verb::Approve, agency) {
        let waiting = piece::Entity::find().filter(piece::Column::Agency.eq(agency));
        let waiting = waiting.filter(piece::Column::State.eq(piece::State::Submitted)).all(&app.db).await?;
        let others = waiting.iter().filter(|one| !one.is_own_of(who.person)).count();
        let count = i64::try_from(others).unwrap_or(i64::MAX);
        say(count, "home-channels-approve", "/desk/channels/pieces?show=submitted", "waiting");
    }
    Ok(todos)
}

/// What only a person can move, by what it waits for: a confirmed copy of which nothing is wanted waits with its errand for its account.
async fn stuck(app: &App, agency: Uuid) -> Result<Vec<(State, Errand, i64)>, DbErr> {
    use delivery::Column;
    let mut counts: Vec<(State, Errand, i64)> = Vec::new();
    let rows: Vec<(State, Errand, Errand, i64)> = delivery::Entity::find()
        .select_only()
        .columns([Column::State, Column::Wanted, Column::Errand])
        .column_as(Column::Id.count(), "n")
        .filter(Column::Agency.eq(agency))
        .filter(condition())
        .group_by(Column::State)
        .group_by(Column::Wanted)
        .group_by(Column::Errand)
        .into_tuple()
        .all(&app.db)
        .await?;
    for (state, wanted, errand, count) in rows {
        // Whatever is wanted of them, unknown and held ones have to be decided first.
        let wanted = if state == State::Confirmed && errand == Errand::None { wanted } else { Errand::None };
        match counts.iter_mut().find(|(of, errand, _)| (*of, *errand) == (state, wanted)) {
            Some((.., n)) => *n += count,
            None => counts.push((state, wanted, count)),
        }
    }
    Ok(counts)
}

/// Deliveries that only a person can move: also those whose account stands still, for it goes on by a person alone.
#[must_use]
pub fn condition() -> Condition {
    use delivery::Column;
    let wanted = Condition::all()
        .add(Column::State.eq(State::Confirmed))
        .add(Column::Wanted.ne(Errand::None))
        .add(Column::Errand.eq(Errand::None));
    let still = account::Entity::find().select_only().column(account::Column::Id);
    let still = still.filter(account::Column::State.ne(account::State::Active)).into_query();
    let waits = Condition::all()
        .add(Column::State.eq(State::Confirmed))
        .add(Column::Errand.ne(Errand::None))
        .add(Column::Account.in_subquery(still));
    Condition::any().add(Column::State.is_in([State::Unknown, State::Held])).add(wanted).add(waits)
}
