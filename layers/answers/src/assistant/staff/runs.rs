//! `/desk/assistant/runs`: how the evaluation went over time, and what each run missed.

use askama::Template;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use crate::assistant::run::{self, Missed, Run};
use crate::base::{App, time};
use crate::registers::rights;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

const RUNS: u64 = 100;

/// A run as a row: figures ready.
pub struct Row {
    pub href: String,
    pub name: String,
    pub at: String,
    pub means: String,
    pub questions: i32,
    pub right: String,
    pub wrong: String,
    pub refused: String,
    pub rightly_refused: String,
    pub source: String,
    pub p95: String,
}

impl Row {
    fn of(l: Locale, run: &Run) -> Self {
        // Of how many it is says more than the share alone: two of three is no two thirds.
        let percent = |count: i32, of: i32| {
            Run::percent(count, of).map_or_else(|| "–".to_owned(), |percent| format!("{percent} % ({count}/{of})"))
        };
        let judged = run.answerable + run.unanswerable;
        Self {
            href: format!("/desk/assistant/runs/{}", run.id),
            name: run.name.clone(),
            at: time::minute(run.at),
            means: if run.means.is_empty() { l.t("assistant-means-none") } else { run.means.clone() },
            questions: judged + run.open,
            right: percent(run.answered_right, run.answerable),
            wrong: percent(run.wrongly_answered, judged),
            refused: percent(run.wrongly_refused, run.answerable),
            rightly_refused: percent(run.rightly_refused, run.unanswerable),
            source: percent(run.source_right, run.answered_right),
            p95: vietnamese::number::format_f64(run.p95_us as f64 / 1_000.0, 1).unwrap_or_default(),
        }
    }
}

#[derive(Template)]
#[template(path = "assistant/staff/runs.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "assistant/staff/run.html")]
pub struct One {
    l: Locale,
    shell: Shell,
    row: Row,
    sha256: String,
    missed: Vec<Missed>,
}

impl One {
    fn verdict(&self, code: &str) -> String {
        self.l.t(&format!("assistant-verdict-{code}"))
    }
}

/// `GET /desk/assistant/runs`
pub async fn list(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<List>> {
    if who.agency.is_none() && !who.is_any(rights::OVERSEERS) {
        return Err(Error::Forbidden);
    }
    let rows = Run::latest(&app.db, RUNS).await?.iter().map(|run| Row::of(shell.l, run)).collect();
    Ok(Page(List { rows, l: shell.l, shell }))
}

/// `GET /desk/assistant/runs/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<One>> {
    if who.agency.is_none() && !who.is_any(rights::OVERSEERS) {
        return Err(Error::Forbidden);
    }
    let run = run::Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
    Ok(Page(One { row: Row::of(shell.l, &run), sha256: run.sha256.clone(), missed: run.missed(), l: shell.l, shell }))
}
