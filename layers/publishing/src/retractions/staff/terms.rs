//! How long cases may take, for each cause.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::{ActiveEnum, Iterable};
use serde::Deserialize;

use crate::base::App;
use crate::retractions::case::Cause;
use crate::retractions::rights::TermKeeper;
use crate::retractions::term::{Counting, HOURS_MAX, SOURCE_LETTERS_MAX, Term, Typed};
use crate::web::{Error, Locale, Mistakes, Page, Result, Said, Shell};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    cause: String,
    hours: String,
    counting: String,
    source: String,
    version: i32,
}

/// A term as its form shows it.
pub struct Line {
    code: String,
    name: String,
    hours: String,
    counting: String,
    source: String,
    version: i32,
    errors: Mistakes,
}

impl Line {
    fn is_default(&self) -> bool {
        self.version == 0
    }
}

#[derive(Template)]
#[template(path = "retractions/staff/terms.html")]
pub struct Terms {
    l: Locale,
    shell: Shell,
    lines: Vec<Line>,
    stale: bool,
}

impl Terms {
    async fn of(app: &App, shell: Shell) -> Result<Self> {
        let l = shell.l;
        let line = |term: Term| Line {
            code: term.cause.code(),
            name: l.t(&term.cause.key()),
            hours: term.hours.to_string(),
            counting: term.counting.to_value(),
            source: term.source,
            version: term.version,
            errors: Mistakes::default(),
        };
        Ok(Self { lines: Term::all(&app.db).await?.into_iter().map(line).collect(), stale: false, l, shell })
    }

    fn countings(&self) -> Vec<(String, String)> {
        Counting::iter().map(|one| (one.to_value(), self.l.t(&one.key()))).collect()
    }

    fn hours_max(&self) -> i32 {
        HOURS_MAX
    }

    fn source_max(&self) -> usize {
        SOURCE_LETTERS_MAX
    }
}

/// `GET /desk/retractions/terms`
pub async fn show(_: TermKeeper, shell: Shell, State(app): State<App>) -> Result<Page<Terms>> {
    Ok(Page(Terms::of(&app, shell).await?))
}

/// `POST /desk/retractions/terms`: a refusal comes back with what was typed.
pub async fn set(who: TermKeeper, shell: Shell, State(app): State<App>, Form(given): Form<Given>) -> Result<Response> {
    let cause = Cause::iter().find(|one| one.code() == given.cause).ok_or(Error::NotFound)?;
    let typed = Typed { hours: given.hours.clone(), counting: given.counting.clone(), source: given.source.clone() };
    let (status, obstacles) = match Term::set(&app, &who, cause, &typed, given.version).await {
        Ok(()) => return Ok(Said::to("/desk/retractions/terms", "retraction-term-was-set").into_response()),
        Err(error) => error.handed_back()?,
    };
    let mut page = Terms::of(&app, shell).await?;
    page.stale = status == StatusCode::CONFLICT;
    if let Some(line) = page.lines.iter_mut().find(|line| line.code == given.cause) {
        (line.hours, line.counting, line.source) = (given.hours, given.counting, given.source);
        line.errors = Mistakes::told(&obstacles, page.l);
    }
    Ok(Page(page).status(status))
}
