//! `/bo-tieu-chi` and `/bo-tieu-chi/{year}`: the newest publication of each set.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::base::{App, time};
use crate::criteria::publication::{Body, Publication};
use crate::people::class;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

/// The best that a list shows of each.
const BEST: usize = 3;

/// A publication as a row.
pub struct Entry {
    pub href: String,
    pub title: String,
    pub year: i32,
    pub class: String,
    pub day: String,
    pub agencies: usize,
    pub demo: bool,
    /// Rank, name and total.
    pub best: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "criteria/portal/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    /// Empty: every year.
    year: String,
    entries: Vec<Entry>,
    canonical: String,
}

/// Publications as lists show them.
///
/// # Errors
/// One can not be read any more.
pub fn entries(l: Locale, publications: &[Publication]) -> Result<Vec<Entry>> {
    publications.iter().map(|one| Ok(entry(l, one, &one.read()?))).collect()
}

fn entry(l: Locale, publication: &Publication, body: &Body) -> Entry {
    let placed = body.counted.results.iter().filter(|result| result.place.rank.is_some());
    let best = placed.take(BEST).map(|result| {
        let name = body.counted.round.sheet(&result.place.agency).map(|sheet| sheet.name.clone()).unwrap_or_default();
        let rank = result.place.rank.map(|rank| rank.to_string()).unwrap_or_default();
        (rank, name, result.score.total.map(::measures::Amount::shown).unwrap_or_default())
    });
    Entry {
        href: publication.path(),
        title: body.title.clone(),
        year: body.year,
        class: class::label(&body.class, l.0),
        day: time::day(time::local_date(publication.at)),
        agencies: body.counted.results.iter().filter(|result| result.score.total.is_some()).count(),
        demo: body.demo,
        best: best.collect(),
    }
}

async fn listed(app: &App, shell: Shell, year: Option<i32>, headers: &HeaderMap) -> Result<Response> {
    let l = shell.l;
    let publications = Publication::newest(&app.db, year, usize::MAX).await?;
    let of_year = year.map(|year| format!("/{year}")).unwrap_or_default();
    let nonce = shell.nonce.clone();
    let page = List {
        year: year.map(|year| year.to_string()).unwrap_or_default(),
        entries: entries(l, &publications)?,
        canonical: format!("{}/bo-tieu-chi{of_year}", app.config.public_url()),
        l,
        shell,
    };
    Page(page).public(headers, &nonce)
}

/// `GET /bo-tieu-chi`
pub async fn all(shell: Shell, Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    listed(&app, shell, None, &headers).await
}

/// `GET /bo-tieu-chi/{year}`
pub async fn year(shell: Shell, Shared(app): Shared<App>, Path(year): Path<String>, headers: HeaderMap) -> Result<Response> {
    let year: i32 = year.parse().map_err(|_| Error::NotFound)?;
    listed(&app, shell, Some(year), &headers).await
}
