//! An agency's own estimates, year by year, and beginning one.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::Datelike;
use serde::Deserialize;
use uuid::Uuid;

use crate::base::{App, Who, time};
use crate::duties::held;
use crate::estimates::estimate::{Line, OVER_ALL, Submission, line};
use crate::estimates::{Estimate, money};
use crate::plans::Plan;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Result, Said, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    own: String,
}

/// One year of the agency.
pub struct Row {
    pub href: String,
    pub year: i32,
    pub plan: String,
    pub mark: &'static str,
    pub word: String,
    /// Heads as Fluent keys, and sums; empty where nothing is known.
    pub cells: [(&'static str, String); 3],
}

/// Years that may be begun under one plan.
pub struct Choice {
    pub plan: Uuid,
    pub title: String,
    pub years: Vec<i32>,
    pub chosen: i32,
}

#[derive(Template)]
#[template(path = "estimates/staff/own.html")]
pub struct Own {
    l: Locale,
    shell: Shell,
    agency: String,
    rows: Vec<Row>,
    choices: Vec<Choice>,
    oversees: bool,
    errors: Mistakes,
}

/// `GET /desk/estimates`: one's own; who looks over everything comes to the board first.
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Response> {
    let oversees = who.is_any(OVER_ALL);
    if who.agency.is_none() || (oversees && ask.own.is_empty()) {
        return Ok(Redirect::to("/desk/estimates/board").into_response());
    }
    Ok(Page(page(&app, &who, shell, None, &[]).await?).into_response())
}

async fn page(app: &App, who: &Who, shell: Shell, asked: Option<i32>, wrong: &[Obstacle]) -> Result<Own> {
    let l = shell.l;
    let agency = who.agency.ok_or(Error::NotFound)?;
    let estimates = Estimate::of(&app.db, agency).await?;
    let ids: Vec<Uuid> = estimates.iter().map(|estimate| estimate.id).collect();
    let mut lines: HashMap<Uuid, Vec<Line>> = HashMap::new();
    for line in Line::of(&app.db, &ids).await? {
        lines.entry(line.estimate).or_default().push(line);
    }
    let submitted = Submission::latest(&app.db, &ids).await?;
    let plans = Plan::adopted(&app.db).await?;
    let row = |estimate: &Estimate| {
        let lines = lines.get(&estimate.id).map(Vec::as_slice).unwrap_or_default();
        let sum = |known: fn(&Line) -> Option<i64>| {
            if lines.iter().any(|line| known(line).is_some()) { money::shown(line::sum(lines, known)) } else { String::new() }
        };
        let (mark, word) = standing(l, estimate, submitted.contains_key(&estimate.id));
        Row {
            href: Estimate::desk_path(estimate.id),
            year: estimate.year,
            plan: plans.iter().find(|plan| plan.id == estimate.plan).map(Plan::title).unwrap_or_default(),
            mark,
            word,
            cells: [
                ("estimate-asked", sum(|line| Some(line.asked))),
                ("estimate-approved", sum(|line| line.approved)),
                ("estimate-spent", sum(|line| line.spent)),
            ],
        }
    };
    let next = time::local_date(app.clock.now()).year() + 1;
    let may = held::may_write(who, agency);
    let mut choices = Vec::new();
    for plan in plans.iter().filter(|_| may) {
        let duties = held::of_plan(&app.db, plan.id).await?;
        let begun = |year: &i32| estimates.iter().any(|one| one.plan == plan.id && one.year == *year);
        let Some((first, last)) = duties.iter().map(|duty| (duty.starts_on.year(), duty.last_day().year())).reduce(wider) else {
            continue;
        };
        let years: Vec<i32> = (first..=last).filter(|year| !begun(year)).collect();
        if !years.is_empty() {
            choices.push(Choice { plan: plan.id, title: plan.title(), years, chosen: asked.unwrap_or(next) });
        }
    }
    let errors = wrong.iter().map(|obstacle| ("year", obstacle.text(l))).collect();
    let rows = estimates.iter().map(row).collect();
    Ok(Own { agency: who.agency_name.clone(), rows, choices, oversees: who.is_any(OVER_ALL), errors, l, shell })
}

fn wider(one: (i32, i32), other: (i32, i32)) -> (i32, i32) {
    (one.0.min(other.0), one.1.max(other.1))
}

/// Mark and word of where it stands: a draft that was submitted once was sent back.
#[must_use]
pub fn standing(l: Locale, estimate: &Estimate, was_submitted: bool) -> (&'static str, String) {
    use crate::estimates::estimate::State;
    if estimate.state == State::Draft && was_submitted {
        return ("returned", l.t("estimate-state-returned"));
    }
    (estimate.state.mark(), l.t(&estimate.state.key()))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Begin {
    plan: String,
    year: String,
}

/// `POST /desk/estimates`
pub async fn begin(who: Signed, shell: Shell, State(app): State<App>, Form(form): Form<Begin>) -> Result<Response> {
    let plan = form.plan.parse::<Uuid>().map_err(|_| Error::NotFound)?;
    let plan = Plan::adopted(&app.db).await?.into_iter().find(|one| one.id == plan).ok_or(Error::NotFound)?;
    let year = form.year.trim().parse().ok().filter(|year| (2000..2100).contains(year));
    let begun = match year {
        Some(year) => Estimate::begin(&app, &who, plan.id, year).await,
        None => Err(Error::refused("agency-plan-no-year")),
    };
    match begun {
        Ok(id) => Ok(Said::to(Estimate::desk_path(id), "estimate-begun").into_response()),
        Err(Error::Refused(wrong)) if who.agency.is_some() => {
            Ok(Page(page(&app, &who, shell, year, &wrong).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
