//! What everybody reads of documents: those that are issued and shown.

mod outward;

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use sea_orm::{PaginatorTrait, QuerySelect};
use serde::Deserialize;

use super::number::Number;
use super::report::{Report, State, showing};
use super::staff::{files, paper};
use crate::base::{App, time};
use crate::measures::Measure;
use crate::news::portal::sitemap::urls;
use crate::people::agency::brief::Known;
use crate::web::paging::Paging;
use crate::web::{Error, Locale, Markup, Page, Path, Result, Routes, Shell};

const ROWS: u64 = 30;
/// The protocol lets 50,000 in.
const SITEMAP_MAX: u64 = 20_000;

/// The public addresses.
pub fn routes() -> Routes {
    Routes::new()
        .at("/bao-cao", get(list))
        .at("/bao-cao/{slug}", get(show))
        .at("/bao-cao/{slug}/{format}", get(file))
        .at("/sitemap-bao-cao.xml", get(sitemap))
}

/// A document as an entry.
pub struct Entry {
    pub href: String,
    pub title: String,
    pub number: String,
    pub kind: String,
    pub agency: String,
    pub day: String,
    pub machine: String,
    pub replaced: bool,
    pub demo: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    page: Option<u64>,
}

#[derive(Template)]
#[template(path = "reports/portal/list.html")]
struct List {
    l: Locale,
    shell: Shell,
    entries: Vec<Entry>,
    paging: Paging,
    canonical: String,
}

impl List {
    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|to| format!("/bao-cao?page={to}")).unwrap_or_default()
    }
}

fn entry(l: Locale, report: &Report, known: &Known) -> Entry {
    Entry {
        href: report.public_path(),
        title: report.subject.clone(),
        number: report.number_shown(),
        kind: l.t(&report.kind.key()),
        agency: known.get(&report.agency).map(|body| body.name.clone()).unwrap_or_default(),
        day: report.issued_on.map(time::day).unwrap_or_default(),
        machine: report.issued_on.map(|day| day.to_string()).unwrap_or_default(),
        replaced: report.state == State::Replaced,
        demo: report.demo,
    }
}

/// `GET /bao-cao`
async fn list(shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let paging = Paging::new(ask.page, ROWS, showing::shown().count(&app.db).await?);
    let reports = showing::shown().offset(paging.offset()).limit(ROWS).all(&app.db).await?;
    let known = Known::now(&app).await?;
    let nonce = shell.nonce.clone();
    let page = List {
        entries: reports.iter().map(|one| entry(l, one, &known)).collect(),
        paging,
        canonical: format!("{}/bao-cao", app.config.public_url()),
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}

#[derive(Template)]
#[template(path = "reports/portal/show.html")]
struct Shown {
    l: Locale,
    shell: Shell,
    entry: Entry,
    paper: Markup,
    sha256: String,
    differences: Vec<String>,
    /// The version that took its place, where that is public too.
    newer: String,
    /// That its number is cancelled, since when and why.
    cancelled: String,
    /// Agencies behind the figures, where no annex lists them: who is in, and who is not.
    present: Vec<String>,
    absent: Vec<String>,
    canonical: String,
    printed: String,
}

/// `GET /bao-cao/{slug}`
async fn show(shell: Shell, Shared(app): Shared<App>, Path(slug): Path<String>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let report = Report::at(&app.db, &slug).await?;
    let frozen = report.frozen()?.ok_or(Error::NotFound)?;
    let known = Known::now(&app).await?;
    let versions = Report::versions(&app.db, report.work).await?;
    let newer = versions.iter().rev().find(|one| one.edition > report.edition && one.state.is_issued() && one.public);
    let number = Number::of_report(&app.db, report.id).await?;
    let measures: HashSet<String> = Measure::public(&app.db).await?.into_iter().map(|one| one.code).collect();
    let (composed, lists) = outward::opened(frozen, &measures);
    let unlisted = |names: Vec<String>| if lists { Vec::new() } else { names };
    let nonce = shell.nonce.clone();
    let page = Shown {
        entry: entry(l, &report, &known),
        paper: paper::shown(&composed, true)?,
        present: unlisted(composed.present.into_iter().map(|(name, _)| name).collect()),
        absent: unlisted(composed.absent),
        differences: report.differences().iter().map(|one| one.text(l)).collect(),
        newer: newer.map(Report::public_path).unwrap_or_default(),
        cancelled: number.and_then(|number| number.struck(l)).unwrap_or_default(),
        canonical: format!("{}{}", app.config.public_url(), report.public_path()),
        printed: report.issued_on.map(time::day).unwrap_or_default(),
        sha256: report.frozen_sha256,
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}

/// `GET /bao-cao/{slug}/{format}`: `docx`, `pdf`, `json`.
async fn file(Shared(app): Shared<App>, Path((slug, format)): Path<(String, String)>, headers: HeaderMap) -> Result<Response> {
    let report = Report::at(&app.db, &slug).await?;
    Ok(files::of(&app, &report, &format).await?.kept(&headers))
}

/// `GET /sitemap-bao-cao.xml`
async fn sitemap(Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let reports = showing::shown().limit(SITEMAP_MAX).all(&app.db).await?;
    let of = reports.iter().map(|one| (one.public_path(), Some(one.changed_at)));
    Ok(urls(&app, &headers, std::iter::once(("/bao-cao".to_owned(), None)).chain(of)))
}
