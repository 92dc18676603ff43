//! The register of numbers of the person's agency.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::Datelike;
use sea_orm::Iterable;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::editing::Choice;
use crate::base::{App, Who, time};
use crate::reports::kind::Kind;
use crate::reports::number::Number;
use crate::reports::report::Report;
use crate::reports::{regime, rights};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    year: Option<i32>,
}

/// A number of the register.
pub struct Row {
    pub id: Uuid,
    pub number: String,
    pub subject: String,
    /// Empty: a document that was written elsewhere.
    pub href: String,
    pub when: String,
    /// Why it is cancelled; empty while it holds.
    pub cancelled: String,
    /// The reason that was typed and refused.
    pub why: String,
}

#[derive(Template)]
#[template(path = "reports/staff/numbers.html")]
pub struct Register {
    l: Locale,
    shell: Shell,
    agency: String,
    year: i32,
    rows: Vec<Row>,
    kinds: Vec<Choice>,
    may: bool,
    /// What was typed and refused.
    subject: String,
    /// With the field that each is about.
    errors: Mistakes,
}

impl Register {
    /// The same with what is wrong in that field.
    fn refused(mut self, field: &str, found: &[Obstacle]) -> Self {
        self.errors = found.iter().map(|one| (field.to_owned(), one.text(self.l))).collect();
        self
    }

    /// Whether the reason for cancelling it was refused.
    fn is_refused(&self, row: &Row) -> bool {
        !self.errors.of(&format!("why-{}", row.id)).is_empty()
    }

    fn before(&self) -> String {
        (self.year - 1).to_string()
    }
}

async fn page(app: &App, who: &Who, shell: Shell, year: i32) -> Result<Register> {
    let l = shell.l;
    let agency = who.agency.ok_or(Error::Forbidden)?;
    let row = |one: &Number| Row {
        id: one.id,
        number: one.shown(),
        subject: one.subject.clone(),
        href: one.report.map(Report::path).unwrap_or_default(),
        when: time::minute(one.at),
        cancelled: if one.cancelled_at.is_some() { one.cancelled_why.clone() } else { String::new() },
        why: String::new(),
    };
    let kind = |one: Kind| Choice { value: one.to_value(), label: l.t(&one.key()), chosen: false };
    Ok(Register {
        agency: who.agency_name.clone(),
        rows: Number::of_year(&app.db, agency, year).await?.iter().map(row).collect(),
        kinds: <Kind as Iterable>::iter().map(kind).collect(),
        may: rights::writes(who, agency),
        subject: String::new(),
        errors: Mistakes::default(),
        year,
        l,
        shell,
    })
}

/// `GET /desk/reports/numbers`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Register>> {
    let year = ask.year.filter(|year| (2000..3000).contains(year)).unwrap_or_else(|| regime::today(&app).year());
    Ok(Page(page(&app, &who, shell, year).await?))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Taken {
    kind: String,
    subject: String,
}

/// `POST /desk/reports/numbers`: the next number for a document that was written elsewhere.
pub async fn take(who: Signed, shell: Shell, Shared(app): Shared<App>, Form(taken): Form<Taken>) -> Result<Response> {
    let kind = Kind::of_code(&taken.kind).ok_or(Error::NotFound)?;
    let (status, found) = match Number::take(&app, &who, kind, &taken.subject).await {
        Ok(number) => {
            let said = Said::to("/desk/reports/numbers", "report-number-was-taken");
            return Ok(said.with("n", format!("{number:02}/{}", kind.code())).into_response());
        }
        Err(Error::Refused(found)) => (StatusCode::UNPROCESSABLE_ENTITY, found),
        Err(Error::Stale) => (StatusCode::CONFLICT, vec![Obstacle::new("report-numbers-busy")]),
        Err(error) => return Err(error),
    };
    let mut register = page(&app, &who, shell, regime::today(&app).year()).await?;
    for choice in &mut register.kinds {
        choice.chosen = choice.value == taken.kind;
    }
    register.subject = taken.subject;
    Ok(Page(register.refused("subject", &found)).status(status))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Cancelled {
    why: String,
}

/// It is what was wanted; that the first reason stays is said.
async fn struck_before(app: &App, id: Uuid) -> Result<Response> {
    let number = Number::find(&app.db, id).await?;
    let said = Said::to(format!("/desk/reports/numbers?year={}", number.year), "report-number-was-struck-before");
    Ok(said.with("n", number.shown()).into_response())
}

/// `POST /desk/reports/numbers/{id}/cancellation`
pub async fn cancel(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(cancelled): Form<Cancelled>,
) -> Result<Response> {
    let found = match Number::cancel(&app, &who, id, &cancelled.why).await {
        Ok(()) => return Ok(Said::to("/desk/reports/numbers", "report-number-was-struck").into_response()),
        Err(Error::Refused(found)) => found,
        Err(Error::Stale) => return struck_before(&app, id).await,
        Err(error) => return Err(error),
    };
    let year = Number::find(&app.db, id).await?.year;
    let mut register = page(&app, &who, shell, year).await?;
    for row in register.rows.iter_mut().filter(|row| row.id == id) {
        row.why.clone_from(&cancelled.why);
    }
    Ok(Page(register.refused(&format!("why-{id}"), &found)).status(StatusCode::UNPROCESSABLE_ENTITY))
}
