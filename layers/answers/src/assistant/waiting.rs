//! What of the assistant waits for a person, on the first screen of the desk: answers that somebody else wrote, and
//! their own that were sent back.

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QuerySelect};

use super::curated::{self, Curated, State};
use crate::base::capability::Todo;
use crate::base::{App, Who};
use crate::registers::rights;
use crate::web::{Locale, Result};

/// So many are looked through for who wrote them.
const LOOKED_THROUGH: u64 = 500;

/// Asked when a person opens the desk.
pub fn todos<'a>(app: &'a App, who: &'a Who, l: Locale) -> BoxFuture<'a, Result<Vec<Todo>>> {
    Box::pin(found(app, who, l))
}

/// Answers that are written and not approved.
fn coming() -> Condition {
    let changed = Condition::all().add(curated::Column::State.ne(State::Withdrawn)).add(curated::Column::Pending.ne(""));
    Condition::any().add(curated::Column::State.eq(State::Drafted)).add(changed)
}

/// Answers that wait for somebody's word; what was sent back waits for its writers.
#[must_use]
pub fn waits() -> Condition {
    Condition::all().add(coming()).add(curated::Column::Notice.eq(""))
}

/// One statement, none for who neither writes nor decides.
async fn found(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let Some(agency) = who.agency.filter(|own| rights::writes(who, *own)) else { return Ok(Vec::new()) };
    let rows = curated::Entity::find().filter(curated::Column::Agency.eq(agency)).filter(coming()).limit(LOOKED_THROUGH);
    let rows = rows.all(&app.db).await?;
    let is_own = |one: &&Curated| one.writers().contains(&who.person);
    let mut todos = Vec::new();
    let waiting = rows.iter().filter(|one| one.waits() && !is_own(one)).count();
    if waiting > 0 && rights::decides(who, agency) {
        let (words, href) = (l.t1("home-curated-waiting", "count", waiting), "/desk/assistant/answers?waiting=on".to_owned());
        todos.push(Todo { words, href, state: "waiting" });
    }
    let returned: Vec<&Curated> = rows.iter().filter(|one| one.is_sent_back()).filter(is_own).collect();
    if let Some(first) = returned.first() {
        let href = if returned.len() == 1 { Curated::path(first.id) } else { "/desk/assistant/answers".to_owned() };
        todos.push(Todo { words: l.t1("home-curated-returned", "count", returned.len()), href, state: "returned" });
    }
    Ok(todos)
}
