//! What of loudspeakers waits for a person, on the first screen of the desk.

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;

use super::airing::{self, Airing, restored};
use super::bulletin;
use super::rights::{self, Verb};
use crate::base::capability::Todo;
use crate::base::{App, Role, Who};
use crate::web::{Locale, Result};

/// Asked when a person opens the desk.
pub fn todos<'a>(app: &'a App, who: &'a Who, l: Locale) -> BoxFuture<'a, Result<Vec<Todo>>> {
    Box::pin(found(app, who, l))
}

/// Three statements, none for who has nothing to do with loudspeakers.
async fn found(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let own = rights::own_agency(who).ok();
    if own.is_none() && !who.is(Role::Leader) {
        return Ok(Vec::new());
    }
    let mut todos = Vec::new();
    let proposed = airing::Entity::find().filter(airing::Column::State.eq(airing::State::Proposed)).all(&app.db).await?;
    let mine = |one: &&Airing| rights::may(who, Verb::Release, one.agency) && one.obstacles_to_release(app, who).is_empty();
    for one in proposed.iter().filter(mine) {
        let words = l.t1("home-loud-emergency", "name", &one.title);
        todos.push(Todo { words, href: Airing::path(one.id), state: "late" });
    }
    if let Some(agency) = own.filter(|agency| rights::may(who, Verb::Approve, *agency)) {
        let waiting = bulletin::Entity::find().filter(bulletin::Column::Agency.eq(agency));
        let waiting = waiting.filter(bulletin::Column::State.eq(bulletin::State::Submitted)).all(&app.db).await?;
        let count = waiting.iter().filter(|one| !one.is_own_of(who.person)).count();
        if count > 0 {
            let words = l.t1("home-loud-approve", "count", count);
            todos.push(Todo { words, href: "/desk/loudspeakers/bulletins?show=submitted".into(), state: "waiting" });
        }
    }
    let held = restored::count_for(app, who).await?;
    if held > 0 {
        let words = l.t1("loud-restored-held", "count", held);
        todos.push(Todo { words, href: "/desk/loudspeakers#restored".into(), state: "returned" });
    }
    Ok(todos)
}
