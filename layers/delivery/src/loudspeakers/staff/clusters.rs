//! All clusters that the person sees, with how each stands now; as a page or as a file that can be imported again.

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::response::{IntoResponse, Response};
use sea_orm::Iterable;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::csv;
use crate::base::{App, time};
use crate::loudspeakers::cluster::importing::HEADS;
use crate::loudspeakers::cluster::{Cluster, Kind, Standing};
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::station::Station;
use crate::web::download::{CSV, Download};
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell, address};

const ROWS: u64 = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    station: String,
    standing: String,
    q: String,
    format: String,
    page: Option<u64>,
}

/// A cluster as a row.
pub struct Row {
    pub href: String,
    pub name: String,
    pub station: String,
    pub device: String,
    pub kind: String,
    pub hamlet: String,
    pub mark: &'static str,
    pub word: String,
    pub seen: String,
    pub trouble: String,
}

#[derive(Template)]
#[template(path = "loudspeakers/staff/clusters.html")]
pub struct Clusters {
    l: Locale,
    shell: Shell,
    ask: Ask,
    stations: Vec<(String, String)>,
    rows: Vec<Row>,
    paging: Paging,
    may_add: bool,
}

impl Clusters {
    fn standings(&self) -> Vec<(&'static str, String)> {
        Standing::iter().map(|one| (one.code(), self.l.t(&one.key()))).collect()
    }

    fn href(&self, page: &str, format: &str) -> String {
        let pairs = [
            ("station", self.ask.station.as_str()),
            ("standing", &self.ask.standing),
            ("q", &self.ask.q),
            ("page", page),
            ("format", format),
        ];
        format!("/desk/loudspeakers/clusters{}", address::query(&pairs))
    }

    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|to| self.href(&to.to_string(), "")).unwrap_or_default()
    }

    fn narrows(&self) -> bool {
        !(self.ask.standing.is_empty() && self.ask.q.trim().is_empty() && self.ask.station.is_empty())
    }

    fn new_href(&self) -> String {
        format!("/desk/loudspeakers/clusters/new{}", address::query(&[("station", &self.ask.station)]))
    }
}

/// `GET /desk/loudspeakers/clusters`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Response> {
    let (l, now) = (shell.l, app.clock.now());
    let scope = rights::scope(&app, &who).await?;
    let stations = Station::of(&app.db, scope).await?;
    let chosen: Vec<Uuid> =
        stations.iter().filter(|one| ask.station.is_empty() || one.id.to_string() == ask.station).map(|one| one.id).collect();
    let wanted = vietnamese::fold(ask.q.trim()).into_owned();
    let mut clusters = Cluster::of(&app.db, &chosen).await?;
    clusters.retain(|one| {
        let standing = ask.standing.is_empty() || one.standing(now).code() == ask.standing;
        let words = format!("{} {} {}", one.name, one.device, one.hamlet);
        standing && (wanted.is_empty() || vietnamese::fold(&words).contains(&wanted))
    });
    // Number 10 stands after number 9.
    clusters.sort_by(|one, other| vietnamese::order::compare_natural(&one.name, &other.name));
    if ask.format == "csv" {
        let day = time::local_date(now);
        return Ok(Download { name: format!("cum-loa-{day}.csv"), media_type: CSV, bytes: file(&clusters)? }.into_response());
    }
    let paging = Paging::new(ask.page, ROWS, clusters.len() as u64);
    let name = |id: Uuid| stations.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
    let shown = clusters.iter().skip(usize::try_from(paging.offset())?).take(usize::try_from(ROWS)?);
    let rows = shown.map(|one| Row {
        href: Cluster::path(one.id),
        name: one.name.clone(),
        station: name(one.station),
        device: one.device.clone(),
        kind: l.t(&one.kind.key()),
        hamlet: one.hamlet.clone(),
        mark: one.standing(now).mark(),
        word: l.t(&one.standing(now).key()),
        seen: one.last_seen.map(time::minute).unwrap_or_default(),
        trouble: one.trouble_words(l),
    });
    let may_add = who.agency.is_some_and(|agency| rights::may(&who, Verb::Keep, agency))
        && stations.iter().any(|one| Some(one.agency) == who.agency);
    Ok(Page(Clusters {
        rows: rows.collect(),
        stations: stations.iter().map(|one| (one.id.to_string(), one.name.clone())).collect(),
        paging,
        may_add,
        ask,
        l,
        shell,
    })
    .into_response())
}

/// As the import reads it.
fn file(clusters: &[Cluster]) -> Result<Vec<u8>> {
    let degrees = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let rows = clusters.iter().map(|one| {
        let kind = if one.kind == Kind::Board { "bảng" } else { "loa" };
        [
            one.device.clone(),
            one.name.clone(),
            kind.into(),
            one.hamlet.clone(),
            one.volume.to_string(),
            degrees(one.latitude),
            degrees(one.longitude),
            one.screen.clone(),
        ]
    });
    csv(HEADS.map(str::to_owned), rows)
}
