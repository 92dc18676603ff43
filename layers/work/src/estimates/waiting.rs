//! What waits for the finance body and for those who decide, as the first screen of the desk says it.

use std::collections::BTreeMap;

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;

use super::estimate::{Column, Entity, State};
use crate::base::capability::Todo;
use crate::base::{App, Role, Who};
use crate::plans::Plan;
use crate::web::{Locale, Result, address};

/// What waits for a person, by plan and year as the board lists it.
pub fn todos<'a>(app: &'a App, who: &'a Who, l: Locale) -> BoxFuture<'a, Result<Vec<Todo>>> {
    Box::pin(found(app, who, l))
}

/// One statement, and one more where something waits; none for others.
async fn found(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let decides = who.is_any(&[Role::Leader, Role::Coordinator]);
    if !decides && !who.is(Role::Finance) {
        return Ok(Vec::new());
    }
    let under_way = Entity::find().filter(Column::State.is_in([State::Submitted, State::Appraised])).all(&app.db).await?;
    let mut counts: BTreeMap<(&'static str, i32, Uuid), usize> = BTreeMap::new();
    for estimate in &under_way {
        let code = match estimate.state {
            State::Submitted if estimate.is_appraised_by(who) => "submitted",
            State::Appraised if decides && estimate.is_approved_by(who) => "appraised",
            _ => continue,
        };
        *counts.entry((code, estimate.year, estimate.plan)).or_default() += 1;
    }
    if counts.is_empty() {
        return Ok(Vec::new());
    }
    let plans = Plan::adopted(&app.db).await?;
    let todo = |((code, year, plan), count): ((&'static str, i32, Uuid), usize)| {
        let plan = plans.iter().find(|one| one.id == plan)?;
        let year = year.to_string();
        let query = address::query(&[("plan", plan.slug.as_str()), ("year", &year), ("state", code)]);
        let words = l.t2(&format!("home-estimates-{code}"), "count", count, "year", &year);
        Some(Todo { words, href: format!("/desk/estimates/board{query}"), state: "waiting" })
    };
    Ok(counts.into_iter().rev().filter_map(todo).collect())
}
