//! `/co-quan`: the agencies of the province, on a map and as a list.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use sea_orm::ActiveEnum;
use serde::Deserialize;

use crate::base::{App, time};
use crate::people::agency::asked::Fit;
use crate::people::agency::directory::{self, Filter, Line};
use crate::people::agency::name::unit_and_place;
use crate::people::agency::table::writing::Table;
use crate::people::agency::{Confidence, Kind, Standing, boundary};
use crate::people::map::Map;
use crate::people::staff::agency_files::export;
use crate::web::download::{self, Download};
use crate::web::{Error, Locale, Markup, Page, Path, Result, Shell};

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
}

/// An agency in the list.
pub struct Entry {
    pub href: String,
    pub name: String,
    /// `xã`, `phường`; or the short name of a body.
    pub beside: String,
    pub found_by: String,
    pub is_closed: bool,
    pub is_unsure: bool,
}

/// Bodies of one kind.
pub struct Group {
    pub title: String,
    pub entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "people/portal/directory.html")]
pub struct Directory {
    l: Locale,
    shell: Shell,
    q: String,
    communes: Vec<Entry>,
    groups: Vec<Group>,
    /// Bodies answer what was asked better than communes do.
    bodies_first: bool,
    map: Map,
    wards: usize,
    rural: usize,
    bodies: usize,
    today: String,
    printed: String,
}

impl Directory {
    /// Communes, wards and bodies that were found.
    fn found(&self) -> usize {
        self.communes.len() + self.groups.iter().map(|group| group.entries.len()).sum::<usize>()
    }

    fn drawn_map(&self) -> Markup {
        self.map.drawn_by_kind(&self.finding())
    }

    /// The finding over the map.
    fn finding(&self) -> String {
        let words = [("n", self.wards + self.rural), ("wards", self.wards), ("communes", self.rural)];
        self.l.with("portal-agencies-map", &words.map(|(name, count)| (name, count.to_string())))
    }
}

/// `GET /co-quan`
pub async fn show(shell: Shell, State(app): State<App>, Query(asked): Query<Asked>, headers: HeaderMap) -> Result<Response> {
    let day = time::local_date(app.clock.now());
    let open = directory::find(&app.db, &Filter::default(), day).await?;
    let q: String = asked.q.trim().chars().take(100).collect();
    let found = match q.is_empty() {
        true => open.clone(),
        // Who looks for an old name shall find who has it now, and who had it.
        false => directory::find(&app.db, &Filter { q: q.clone(), state: "all".into(), ..Filter::default() }, day).await?,
    };
    let ids: HashSet<_> = found.iter().map(|line| line.id).collect();
    let communes: Vec<Line> = open.iter().filter(|line| line.kind.is_local()).cloned().collect();
    let map = Map::of(&app.db, &communes, (!q.is_empty()).then_some(&ids)).await?;
    let wards = communes.iter().filter(|line| line.kind == Kind::Ward).count();
    let nonce = shell.nonce.clone();
    let l = shell.l;
    let entries = found.iter().filter(|line| line.kind.is_local()).map(|line| entry(line, day)).collect();
    let page = Directory {
        l,
        shell,
        q,
        communes: entries,
        groups: groups(l, &found, day),
        bodies_first: best(&found, false) < best(&found, true),
        map,
        wards,
        rural: communes.len() - wards,
        bodies: open.len() - communes.len(),
        today: time::day(day),
        printed: time::minute(app.clock.now()),
    };
    Page(page).public(&headers, &nonce)
}

/// How well the best of the communes, or of the bodies, answers; those of whom there is none stand last.
fn best(found: &[Line], local: bool) -> (bool, Option<Fit>) {
    let best = found.iter().filter(|line| line.kind.is_local() == local).map(|line| line.fit).min();
    (best.is_none(), best.flatten())
}

fn entry(line: &Line, day: chrono::NaiveDate) -> Entry {
    let (name, beside) = match unit_and_place(line.kind, &line.name) {
        Some((unit, place)) => (place.to_owned(), unit.to_owned()),
        None if line.name == line.short_name => (line.name.clone(), String::new()),
        None => (line.name.clone(), line.short_name.clone()),
    };
    Entry {
        href: line.public_path(),
        name,
        beside,
        found_by: line.found_by.clone().unwrap_or_default(),
        is_closed: line.standing(day) == Standing::Closed,
        is_unsure: line.confidence != Confidence::High,
    }
}

/// Bodies by kind, in the order of the kinds.
fn groups(l: Locale, found: &[Line], day: chrono::NaiveDate) -> Vec<Group> {
    let mut kinds: Vec<Kind> = found.iter().map(|line| line.kind).filter(|kind| !kind.is_local()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let of = |kind: Kind| found.iter().filter(move |line| line.kind == kind).map(|line| entry(line, day)).collect();
    kinds.into_iter().map(|kind| Group { title: title(l, kind), entries: of(kind) }).collect()
}

fn title(l: Locale, kind: Kind) -> String {
    l.t(&format!("agency-kinds-{}", kind.to_value().replace('_', "-")))
}

/// `GET /co-quan/du-lieu/{format}`: the same list to take away.
pub async fn data(shell: Shell, State(app): State<App>, Path(format): Path<String>) -> Result<Download> {
    let day = time::local_date(app.clock.now());
    let filter = Filter::default();
    let (media_type, bytes) = match format.as_str() {
        "csv" => (download::CSV, Table::load(&app.db, shell.l, &filter, day).await?.for_everyone().csv()?),
        "xlsx" => (download::XLSX, Table::load(&app.db, shell.l, &filter, day).await?.for_everyone().xlsx()?),
        "geojson" => (download::GEOJSON, boundary::export(&app.db, &directory::find(&app.db, &filter, day).await?).await?),
        _ => return Err(Error::NotFound),
    };
    Ok(Download { name: export::name(day, &format), media_type, bytes })
}
