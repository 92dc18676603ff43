//! The calendar of days off: holidays, and week-end days that are worked instead.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::Datelike;
use serde::Deserialize;
use uuid::Uuid;

use crate::base::{App, time};
use crate::duties::day_off::{self, DayOff};
use crate::people::agency::draft::value;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell, unread};

crate::admits! {
    /// Who keeps the calendar.
    Keeper: Coordinator SystemAdministrator
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    year: String,
}

/// The form of a day.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    day: String,
    name: String,
    /// `worked` or `off`
    kind: String,
}

/// A day as a row.
pub struct Row {
    pub id: Uuid,
    pub day: String,
    pub weekday: String,
    pub name: String,
    pub worked: bool,
    pub expected: bool,
}

#[derive(Template)]
#[template(path = "duties/staff/days_off.html")]
pub struct Calendar {
    l: Locale,
    shell: Shell,
    year: i32,
    years: Vec<i32>,
    rows: Vec<Row>,
    given: Given,
    /// A year in the address that is none.
    unread: String,
    /// Field and words.
    errors: Mistakes,
}

impl Calendar {
    fn is_worked(&self) -> bool {
        self.given.kind == "worked"
    }
}

/// `GET /desk/days-off`
pub async fn show(_who: Keeper, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<Calendar>> {
    let year = ask.year.parse().ok().filter(|year| (2000..2200).contains(year));
    let unread = unread(&[(year.is_some(), &ask.year)]);
    Ok(Page(Calendar { unread, ..page(&app, shell, year, Given::default()).await? }))
}

async fn page(app: &App, shell: Shell, year: Option<i32>, given: Given) -> Result<Calendar> {
    day_off::settle(app).await?;
    let l = shell.l;
    let this = time::local_date(app.clock.now()).year();
    let year = year.unwrap_or(this);
    let rows = DayOff::of_year(&app.db, year).await?.into_iter().map(|row| Row {
        id: row.id,
        day: time::day(row.day),
        weekday: l.weekday(row.day),
        name: row.name,
        worked: row.worked,
        expected: row.expected,
    });
    let (rows, years) = (rows.collect(), (this - 1..=this + 4).collect());
    Ok(Calendar { year, years, rows, given, unread: String::new(), errors: Mistakes::default(), l, shell })
}

/// `POST /desk/days-off`: notes a day; a refusal comes back with what was typed.
pub async fn note(who: Keeper, shell: Shell, State(app): State<App>, Form(given): Form<Given>) -> Result<Response> {
    let day = match value::day(&given.day) {
        Ok(day) => day,
        Err(wrong) => return refused(&app, shell, None, given, &[wrong.at("day")]).await,
    };
    let worked = match given.kind.as_str() {
        "worked" => true,
        "off" => false,
        _ => return refused(&app, shell, Some(day.year()), given, &[Obstacle::new("day-off-kind-unknown").at("kind")]).await,
    };
    match DayOff::note(&app, &who, day, &vietnamese::normalise(&given.name), worked).await {
        Ok(()) => Ok(Said::to(format!("/desk/days-off?year={}", day.year()), "day-off-kept").into_response()),
        Err(Error::Refused(obstacles)) => refused(&app, shell, Some(day.year()), given, &obstacles).await,
        Err(error) => Err(error),
    }
}

async fn refused(app: &App, shell: Shell, year: Option<i32>, given: Given, wrong: &[Obstacle]) -> Result<Response> {
    let mut page = page(app, shell, year, given).await?;
    page.errors = Mistakes::told(wrong, page.l);
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// `POST /desk/days-off/{id}/removal`
pub async fn remove(who: Keeper, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Said> {
    let year = DayOff::remove(&app, &who, id).await?;
    Ok(Said::to(format!("/desk/days-off?year={year}"), "day-off-removed"))
}
