//! What of the assistant waits for a person, on the first screen of the desk: answers that somebody else wrote.

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QuerySelect};

use super::curated::{self, State};
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

/// Answers that wait for somebody's word.
#[must_use]
pub fn waits() -> Condition {
    let open = Condition::all().add(curated::Column::State.ne(State::Withdrawn)).add(curated::Column::Pending.ne(""));
    Condition::any().add(curated::Column::State.eq(State::Drafted)).add(open)
}

/// One statement, none for who decides nothing.
async fn found(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let Some(agency) = who.agency.filter(|own| rights::decides(who, *own)) else { return Ok(Vec::new()) };
    let waiting = curated::Entity::find().filter(curated::Column::Agency.eq(agency)).filter(waits()).limit(LOOKED_THROUGH);
    let count = waiting.all(&app.db).await?.iter().filter(|one| !one.writers().contains(&who.person)).count();
    if count == 0 {
        return Ok(Vec::new());
    }
    let (words, href) = (l.t1("home-curated-waiting", "count", count), "/desk/assistant/answers?waiting=on".to_owned());
    Ok(vec![Todo { words, href, state: "waiting" }])
}
