//! What of registers waits for a person, on the first screen of the desk: records that somebody else wrote, and counts to be signed.

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QuerySelect};

use super::record::{self, Record, State};
use super::{rights, secret_count};
use crate::base::capability::Todo;
use crate::base::{App, Who};
use crate::web::{Locale, Result};

/// So many are looked through for who wrote them.
const LOOKED_THROUGH: u64 = 500;

/// Asked when a person opens the desk.
pub fn todos<'a>(app: &'a App, who: &'a Who, l: Locale) -> BoxFuture<'a, Result<Vec<Todo>>> {
    Box::pin(found(app, who, l))
}

/// Records that wait for somebody's word.
#[must_use]
pub fn waits() -> Condition {
    let changed = Condition::all().add(record::Column::State.eq(State::Confirmed)).add(record::Column::Pending.ne(""));
    Condition::any().add(record::Column::State.eq(State::Drafted)).add(changed)
}

/// Two statements, none for who decides nothing.
async fn found(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let Some(agency) = who.agency.filter(|own| rights::decides(who, *own)) else { return Ok(Vec::new()) };
    let waiting = record::Entity::find().filter(record::Column::Agency.eq(agency)).filter(waits()).limit(LOOKED_THROUGH);
    let mine = |one: &Record| !one.writers().contains(&who.person);
    let count = waiting.all(&app.db).await?.iter().filter(|one| mine(one)).count();
    let mut todos = Vec::new();
    if count > 0 {
        let (words, href) = (l.t1("home-registers-waiting", "count", count), "/desk/registers?waiting=on".to_owned());
        todos.push(Todo { words, href, state: "waiting" });
    }
    let unsigned = secret_count::Entity::find()
        .filter(secret_count::Column::Agency.eq(agency))
        .filter(secret_count::Column::SignedBy.is_null())
        .all(&app.db)
        .await?;
    for one in unsigned {
        todos.push(Todo {
            words: l.t1("home-secret-unsigned", "year", one.year),
            href: "/desk/registers/secret".into(),
            state: "waiting",
        });
    }
    Ok(todos)
}
