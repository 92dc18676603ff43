//! A day of the programme: what is to be aired, what is on air, what was aired; and emergencies that wait for a second person.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{NaiveDate, NaiveTime, TimeDelta, TimeZone};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::time::{self, VIETNAM};
use crate::base::{App, Who};
use crate::loudspeakers::airing::{self, Airing, State, booking, planning, restored};
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::station::Station;
use crate::news::view;
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell, address};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    date: String,
    station: String,
}

/// An airing as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub clock: String,
    pub agency: String,
    pub precedence: String,
    pub mark: &'static str,
    pub word: String,
    pub clusters: i32,
}

/// A slot of a station, and what it holds.
pub struct Slot {
    pub name: String,
    pub span: String,
    /// Empty while it is free.
    pub title: String,
    pub href: String,
}

#[derive(Template)]
#[template(path = "loudspeakers/staff/day.html")]
pub struct Day {
    l: Locale,
    shell: Shell,
    date: NaiveDate,
    rows: Vec<Row>,
    proposed: Vec<Row>,
    /// Stations to choose from, with the one that is looked at.
    stations: Vec<(String, String, bool)>,
    station: String,
    slots: Vec<Slot>,
    may_write: bool,
    is_empty: bool,
    /// So many wait for the person since a restore.
    held: u64,
    /// Why they were not dropped all at once; empty when nobody tried.
    refused: String,
}

impl Day {
    fn heading(&self) -> String {
        format!("{}, {}", self.l.weekday(self.date), time::day(self.date))
    }

    fn typed(&self) -> String {
        self.date.to_string()
    }

    fn turn(&self, days: i64) -> String {
        let date = (self.date + TimeDelta::days(days)).to_string();
        format!("/desk/loudspeakers{}", address::query(&[("date", &date), ("station", &self.station)]))
    }
}

/// `GET /desk/loudspeakers`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Day>> {
    Ok(Page(page(&app, &who, shell, &ask).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, ask: &Ask) -> Result<Day> {
    let l = shell.l;
    let scope = rights::scope(app, who).await?;
    let now = app.clock.now();
    let date = view::day(&ask.date).ok().flatten().unwrap_or_else(|| time::local_date(now));
    let midnight = VIETNAM.from_local_datetime(&date.and_time(NaiveTime::MIN)).single().map_or(now, |at| at.to_utc());
    let span = (midnight, midnight + TimeDelta::days(1));
    let known = Known::now(app).await?;
    let row = |one: &Airing| Row {
        href: Airing::path(one.id),
        title: one.title.clone(),
        clock: one.begins_at.with_timezone(&VIETNAM).format("%H:%M").to_string(),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        precedence: l.t(&one.precedence.key()),
        mark: if is_on_air(one, now) { "on-time" } else { one.state.mark() },
        word: word(l, one, now),
        clusters: one.clusters,
    };
    let airings = planning::between(app, scope, span).await?;
    let stations = Station::of(&app.db, scope).await?;
    let looked_at = match ask.station.parse::<Uuid>() {
        Ok(id) => stations.iter().find(|one| one.id == id),
        Err(_) => stations.first().filter(|_| stations.len() == 1),
    };
    let slots = match looked_at {
        Some(station) => slots(app, station, (date, span), &airings).await?,
        None => Vec::new(),
    };
    let proposed = proposed(app, who, scope).await?;
    Ok(Day {
        rows: airings.iter().filter(|one| one.state != State::Proposed).map(row).collect(),
        proposed: proposed.iter().map(row).collect(),
        station: looked_at.map(|one| one.id.to_string()).unwrap_or_default(),
        stations: stations
            .iter()
            .map(|one| (one.id.to_string(), one.name.clone(), looked_at.is_some_and(|at| at.id == one.id)))
            .collect(),
        is_empty: stations.is_empty(),
        slots,
        may_write: who.agency.is_some_and(|agency| rights::may(who, Verb::Write, agency)),
        date,
        l,
        shell,
        held: restored::count_for(app, who).await?,
        refused: String::new(),
    })
}

/// `POST /desk/loudspeakers/restored/{act}`: `planning` or `drop` for all that a restore stopped.
pub async fn settle_restored(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(code): Path<String>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let why = fields.get("why").map(String::as_str).unwrap_or_default();
    let done = match code.as_str() {
        "planning" => restored::plan_again(&app, &who).await.map(|(planned, left)| {
            Said::to("/desk/loudspeakers", "loud-restored-were-planned").with("count", planned).with("left", left)
        }),
        "drop" => restored::drop_all(&app, &who, why)
            .await
            .map(|count| Said::to("/desk/loudspeakers", "loud-restored-were-dropped").with("count", count)),
        _ => return Err(Error::NotFound),
    };
    match done {
        Ok(said) => Ok(said.into_response()),
        Err(Error::Refused(obstacles)) => {
            let refused = obstacles.iter().map(|one| one.text(shell.l)).collect::<Vec<_>>().join(" ");
            let page = page(&app, &who, shell, &Ask::default()).await?;
            Ok(Page(Day { refused, ..page }).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

async fn proposed(app: &App, who: &Who, scope: Option<Uuid>) -> Result<Vec<Airing>> {
    let mut rows = airing::Entity::find().filter(airing::Column::State.eq(State::Proposed));
    if let Some(agency) = scope.or(who.agency.filter(|_| scope.is_some())) {
        rows = rows.filter(airing::Column::Agency.eq(agency));
    }
    Ok(rows.all(&app.db).await?)
}

/// Whether it should be heard at this moment.
#[must_use]
pub fn is_on_air(airing: &Airing, now: DateTimeUtc) -> bool {
    airing.state == State::Planned && airing.begins_at <= now && now < airing.ends_at()
}

/// Where it stands, in words.
#[must_use]
pub fn word(l: Locale, airing: &Airing, now: DateTimeUtc) -> String {
    match airing.state {
        State::Planned if is_on_air(airing, now) => l.t("loud-airing-on-air"),
        State::Planned if airing.ends_at() <= now => l.t("loud-airing-judged"),
        state => l.t(&state.key()),
    }
}

/// The slots that the station has on that day.
async fn slots(
    app: &App,
    station: &Station,
    (date, (from, to)): (NaiveDate, (DateTimeUtc, DateTimeUtc)),
    airings: &[Airing],
) -> Result<Vec<Slot>> {
    let booked = booking::Entity::find()
        .filter(booking::Column::Station.eq(station.id))
        .filter(booking::Column::BeginsAt.gte(from))
        .filter(booking::Column::BeginsAt.lt(to))
        .all(&app.db)
        .await?;
    let local = |at: DateTimeUtc| at.with_timezone(&VIETNAM).time();
    let held = |begins: NaiveTime, ends: NaiveTime| {
        let here = booked.iter().find(|one| local(one.begins_at) >= begins && local(one.begins_at) < ends)?;
        airings.iter().find(|airing| airing.id == here.airing)
    };
    let slot = |one: &loudspeakers::schedule::Slot| {
        let airing = held(one.begins, one.ends);
        Slot {
            name: one.name.clone(),
            span: format!("{}–{}", one.begins.format("%H:%M"), one.ends.format("%H:%M")),
            title: airing.map(|airing| airing.title.clone()).unwrap_or_default(),
            href: airing.map(|airing| Airing::path(airing.id)).unwrap_or_default(),
        }
    };
    Ok(station.programme().on(date).map(slot).collect())
}
