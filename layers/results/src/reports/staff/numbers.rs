//! The register of numbers of the person's agency.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use chrono::Datelike;
use sea_orm::Iterable;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::editing::Choice;
use crate::base::{App, time};
use crate::reports::kind::Kind;
use crate::reports::number::Number;
use crate::reports::report::Report;
use crate::reports::{regime, rights};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

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
}

impl Register {
    fn before(&self) -> String {
        (self.year - 1).to_string()
    }
}

/// `GET /desk/reports/numbers`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Register>> {
    let l = shell.l;
    let agency = who.agency.ok_or(Error::Forbidden)?;
    let year = ask.year.filter(|year| (2000..3000).contains(year)).unwrap_or_else(|| regime::today(&app).year());
    let row = |one: &Number| Row {
        id: one.id,
        number: one.shown(),
        subject: one.subject.clone(),
        href: one.report.map(Report::path).unwrap_or_default(),
        when: time::minute(one.at),
        cancelled: if one.cancelled_at.is_some() { one.cancelled_why.clone() } else { String::new() },
    };
    let kind = |one: Kind| Choice { value: one.to_value(), label: l.t(&one.key()), chosen: false };
    Ok(Page(Register {
        agency: who.agency_name.clone(),
        rows: Number::of_year(&app.db, agency, year).await?.iter().map(row).collect(),
        kinds: <Kind as Iterable>::iter().map(kind).collect(),
        may: rights::writes(&who, agency),
        year,
        l,
        shell,
    }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Taken {
    kind: String,
    subject: String,
}

/// `POST /desk/reports/numbers`: the next number for a document that was written elsewhere.
pub async fn take(who: Signed, Shared(app): Shared<App>, Form(taken): Form<Taken>) -> Result<Said> {
    let kind = Kind::of_code(&taken.kind).ok_or(Error::NotFound)?;
    let number = Number::take(&app, &who, kind, &taken.subject).await?;
    Ok(Said::to("/desk/reports/numbers", "report-number-was-taken").with("n", format!("{number:02}/{}", kind.code())))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Cancelled {
    why: String,
}

/// `POST /desk/reports/numbers/{id}/cancellation`
pub async fn cancel(
    who: Signed,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(cancelled): Form<Cancelled>,
) -> Result<Said> {
    Number::cancel(&app, &who, id, &cancelled.why).await?;
    Ok(Said::to("/desk/reports/numbers", "report-number-was-struck"))
}
