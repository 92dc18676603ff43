//! What of documents waits for a person, on the first screen of the desk.

use futures_util::future::BoxFuture;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::report::{Column, Entity, Report, State};
use super::rights;
use super::template::outline::with_gaps;
use crate::base::capability::Todo;
use crate::base::{App, Who};
use crate::web::{Locale, Result};

/// So many at most.
const MOST: u64 = 12;

/// Asked when a person opens the desk.
pub fn todos<'a>(app: &'a App, who: &'a Who, l: Locale) -> BoxFuture<'a, Result<Vec<Todo>>> {
    Box::pin(found(app, who, l))
}

/// One statement, none for who writes for no agency.
async fn found(app: &App, who: &Who, l: Locale) -> Result<Vec<Todo>> {
    let Some(agency) = who.agency.filter(|own| rights::writes(who, *own)) else { return Ok(Vec::new()) };
    let open = Column::State.is_in([State::Draft, State::Returned, State::Submitted, State::Signed]);
    let mine = Entity::find()
        .select_only()
        .columns([Column::Id, Column::State, Column::Subject, Column::MadeBy, Column::SubmittedBy, Column::Writers])
        .filter(Column::Agency.eq(agency))
        .filter(open)
        .limit(MOST);
    type Row = (Uuid, State, String, Option<Uuid>, Option<Uuid>, String);
    let rows: Vec<Row> = mine.into_tuple().all(&app.db).await?;
    let mut todos = Vec::new();
    for (id, state, subject, made_by, submitted_by, writers) in rows {
        let is_own = made_by == Some(who.person) || submitted_by == Some(who.person) || writers.contains(&who.person.to_string());
        let (key, mark) = match state {
            State::Submitted if rights::signs(who, agency) && !is_own => ("home-report-sign", "waiting"),
            State::Signed => ("home-report-issue", "soon"),
            State::Returned if is_own => ("home-report-returned", "returned"),
            State::Draft if made_by.is_none() => ("home-report-drafted", "draft"),
            _ => continue,
        };
        todos.push(Todo { words: l.t1(key, "name", with_gaps(&subject)), href: Report::path(id), state: mark });
    }
    Ok(todos)
}
