//! A publication: the ranking as it was frozen, with what became another since, the data, and counting it again.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;

use super::map;
use crate::base::{App, time};
use crate::criteria::publication::{Body, Publication};
use crate::criteria::set::CriteriaSet;
use crate::criteria::staff::publication::{Change, changes, names, told};
use crate::criteria::table;
use crate::people::class;
use crate::web::download::{CSV, Download, XLSX};
use crate::web::{Error, Locale, Markup, Page, Path, Result, Shell};

const JSON: &str = "application/json";

/// An agency as a row.
pub struct Row {
    pub rank: String,
    pub name: String,
    pub href: String,
    pub total: String,
    pub bonus: String,
    pub penalty: String,
    pub missing: u32,
    pub by: String,
    /// In the year before: total, and how many places better or worse.
    pub before: String,
    /// Something that it is counted from is another now.
    pub revised: bool,
    /// It handed nothing in.
    pub absent: bool,
    /// The number of the edition, where it is not the one that held.
    pub edition: String,
}

#[derive(Template)]
#[template(path = "criteria/portal/show.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    publication: Publication,
    title: String,
    year: i32,
    class: String,
    at: String,
    demo: bool,
    rows: Vec<Row>,
    has_before: bool,
    ties: String,
    /// What the set says of those who handed nothing in; empty where all did.
    absent: String,
    map: Option<Markup>,
    /// What this publication corrected.
    changes: Vec<Change>,
    /// Number and address of the others of the set.
    others: Vec<(i32, String)>,
    newer: String,
    revised: usize,
    canonical: String,
    printed: String,
}

impl Shown {
    fn here(&self) -> String {
        self.publication.path()
    }
}

/// The publication at an address, and what it says.
///
/// # Errors
/// Not found, or the database failed.
pub async fn found(app: &App, year: &str, id: &str) -> Result<(Publication, Body)> {
    let (year, id): (i32, Uuid) = (year.parse().map_err(|_| Error::NotFound)?, id.parse().map_err(|_| Error::NotFound)?);
    let publication = Publication::find(&app.db, year, id).await?;
    let body = publication.read()?;
    Ok((publication, body))
}

/// Totals and ranks of the set that this one was copied from, as they were published last, by agency.
async fn before(app: &App, set: &CriteriaSet) -> Result<HashMap<String, (::measures::Amount, u32)>> {
    let Some(previous) = set.previous else { return Ok(HashMap::new()) };
    let all = Publication::of(&app.db, previous).await?;
    let Some(last) = all.last() else { return Ok(HashMap::new()) };
    let results = last.read()?.counted.results.into_iter();
    Ok(results.filter_map(|one| Some((one.place.agency, (one.score.total?, one.place.rank?)))).collect())
}

fn told_before(l: Locale, was: Option<&(::measures::Amount, u32)>, rank: Option<u32>) -> String {
    let (Some((total, was)), Some(rank)) = (was, rank) else { return String::new() };
    let moved = was.abs_diff(rank).to_string();
    let words = [("total", total.shown()), ("n", moved)];
    match rank.cmp(was) {
        std::cmp::Ordering::Less => l.with("criteria-before-up", &words),
        std::cmp::Ordering::Greater => l.with("criteria-before-down", &words),
        std::cmp::Ordering::Equal => l.with("criteria-before-same", &words),
    }
}

struct Beside {
    before: HashMap<String, (::measures::Amount, u32)>,
    revised: HashSet<String>,
}

fn rows(l: Locale, publication: &Publication, body: &Body, beside: &Beside) -> Vec<Row> {
    let names = names(body);
    let edition = u32::try_from(body.edition).unwrap_or_default();
    let row = |result: &::scoring::Result| {
        let agency = &result.place.agency;
        let sheet = body.counted.round.sheet(agency);
        let slug = body.beside.get(agency).map(|one| one.slug.as_str()).unwrap_or_default();
        let by = sheet.map(|sheet| sheet.edition).unwrap_or_default();
        let left_out = sheet.is_some_and(|sheet| body.counted.round.leaves_out(sheet));
        let amount = |amount: ::measures::Amount| if left_out { "–".to_owned() } else { amount.shown() };
        let nothing = || if left_out { "–".to_owned() } else { l.t("criteria-not-assessed") };
        Row {
            rank: result.place.rank.map_or_else(|| "–".into(), |rank| rank.to_string()),
            name: sheet.map(|sheet| sheet.name.clone()).unwrap_or_default(),
            href: format!("{}/co-quan/{slug}", publication.path()),
            total: result.score.total.map_or_else(nothing, ::measures::Amount::shown),
            bonus: amount(result.score.bonus),
            penalty: amount(result.score.penalty),
            missing: result.score.missing,
            absent: sheet.is_some_and(|sheet| sheet.absent),
            by: told(l, &names, &result.place),
            before: told_before(l, beside.before.get(agency), result.place.rank),
            revised: beside.revised.contains(agency),
            edition: if by == edition { String::new() } else { by.to_string() },
        }
    };
    body.counted.results.iter().map(row).collect()
}

fn ties(l: Locale, body: &Body) -> String {
    let names = names(body);
    let all: Vec<&str> = body.counted.round.ties.iter().filter_map(|code| names.get(code)).map(String::as_str).collect();
    if all.is_empty() { l.t("criteria-ties-none") } else { l.t1("criteria-ties-are", "ties", all.join("; ")) }
}

fn absent(l: Locale, body: &Body) -> String {
    let round = &body.counted.round;
    let mut absent = round.sheets.iter().filter(|sheet| sheet.absent).peekable();
    if absent.peek().is_none() {
        return String::new();
    }
    l.t(if absent.any(|sheet| round.leaves_out(sheet)) { "criteria-absent-left-out" } else { "criteria-absent-counted" })
}

/// `GET /bo-tieu-chi/{year}/{publication}`
pub async fn show(
    shell: Shell,
    Shared(app): Shared<App>,
    Path((year, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let l = shell.l;
    let (publication, body) = found(&app, &year, &id).await?;
    let set = CriteriaSet::find(&app.db, publication.criteria_set).await?;
    let all = Publication::of(&app.db, set.id).await?;
    let newer = all.last().filter(|last| last.number > publication.number).map(Publication::path).unwrap_or_default();
    // A publication that was corrected says so; what moved since is said of the newest.
    let revised: HashSet<String> = if newer.is_empty() {
        set.revised(&app, &body).await?.iter().map(|one| one.agency.clone()).collect()
    } else {
        HashSet::new()
    };
    let beside = Beside { before: before(&app, &set).await?, revised };
    let nonce = shell.nonce.clone();
    let page = Shown {
        rows: rows(l, &publication, &body, &beside),
        has_before: !beside.before.is_empty(),
        ties: ties(l, &body),
        absent: absent(l, &body),
        map: map::of(&app, l, &body).await?,
        changes: changes(l, &body, &body.differences),
        others: all.iter().filter(|one| one.id != publication.id).map(|one| (one.number, one.path())).collect(),
        newer,
        revised: beside.revised.len(),
        canonical: format!("{}{}", app.config.public_url(), publication.path()),
        printed: time::minute(app.clock.now()),
        at: time::minute(publication.at),
        title: body.title,
        year: body.year,
        class: class::label(&body.class, l.0),
        demo: body.demo,
        publication,
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}

#[derive(Template)]
#[template(path = "criteria/portal/recount.html")]
pub struct Recounted {
    l: Locale,
    shell: Shell,
    title: String,
    href: String,
    sha256: String,
    same: bool,
    agencies: usize,
}

/// `GET /bo-tieu-chi/{year}/{publication}/tinh-lai`: counted again in front of who asks.
pub async fn recount(
    shell: Shell,
    Shared(app): Shared<App>,
    Path((year, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let (publication, body) = found(&app, &year, &id).await?;
    let nonce = shell.nonce.clone();
    let page = Recounted {
        title: body.title,
        href: publication.path(),
        sha256: publication.sha256.clone(),
        same: publication.recounts(),
        agencies: body.counted.results.len(),
        l: shell.l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}

/// `GET /bo-tieu-chi/{year}/{publication}/du-lieu/{format}`: CSV, XLSX, or the frozen JSON, byte for byte what its digest is of.
pub async fn data(
    shell: Shell,
    Shared(app): Shared<App>,
    Path((year, id, format)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let (publication, body) = found(&app, &year, &id).await?;
    let (media_type, bytes) = match format.as_str() {
        "csv" => (CSV, table::csv(shell.l, &body)?),
        "xlsx" => (XLSX, table::xlsx(shell.l, &body)?),
        "json" => (JSON, publication.body.clone().into_bytes()),
        _ => return Err(Error::NotFound),
    };
    let name = format!("bo-tieu-chi-{}-{}-{}.{format}", body.year, body.class, publication.number);
    let download = Download { name, media_type, bytes };
    Ok(if format == "xlsx" { download.into_response() } else { download.kept(&headers) })
}
