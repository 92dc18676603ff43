//! `/podcast` and `/podcast/{slug}`: shows to be found and heard by people.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{Show, episode, feed};
use crate::base::{App, time};
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

/// A show as a row.
pub struct Row {
    pub href: String,
    pub feed: String,
    pub name: String,
    pub description: String,
    pub agency: String,
}

#[derive(Template)]
#[template(path = "syndication/podcast/list.html")]
pub struct Shows {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
}

/// `GET /podcast`
pub async fn list(shell: Shell, Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let known = Known::now(&app).await?;
    let row = |show: Show| Row {
        href: show.public_path(),
        feed: show.feed(&app),
        agency: known.get(&show.agency).map(|body| body.name.clone()).unwrap_or_default(),
        name: show.name,
        description: show.description,
    };
    let rows = Show::all(&app.db, None).await?.into_iter().filter(|show| show.open).map(row).collect();
    let nonce = shell.nonce.clone();
    Page(Shows { l: shell.l, rows, shell }).public(&headers, &nonce)
}

/// An episode as a row.
pub struct Heard {
    pub href: String,
    pub title: String,
    pub summary: String,
    pub day: String,
    pub machine: String,
    pub sound: String,
    pub alt: String,
    /// How long it is, where that is known, and how many bytes.
    pub size: String,
    pub transcript: String,
}

#[derive(Template)]
#[template(path = "syndication/podcast/show.html")]
pub struct ShowPage {
    l: Locale,
    shell: Shell,
    show: Show,
    agency: String,
    agency_href: String,
    feed: String,
    cover: Option<String>,
    episodes: Vec<Heard>,
}

impl ShowPage {
    /// Programs open a feed by this scheme.
    fn opened(&self) -> String {
        self.feed.replacen("https://", "podcast://", 1).replacen("http://", "podcast://", 1)
    }
}

/// `GET /podcast/{slug}`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Path(slug): Path<String>, headers: HeaderMap) -> Result<Response> {
    let show = Show::at(&app.db, &slug).await?;
    let known = Known::now(&app).await?;
    let agency = known.get(&show.agency).ok_or(Error::NotFound)?;
    let path = show.public_path();
    let heard = |one: episode::Episode| {
        let at = one.article.published_at.unwrap_or(one.article.changed_at);
        Heard {
            href: one.article.public_path(),
            summary: one.article.summary.clone(),
            day: time::day(time::local_date(at)),
            machine: time::machine(at),
            sound: one.article.media_url.clone(),
            alt: one.article.media_alt.clone(),
            size: one.recording.length().into_iter().chain([megabytes(one.recording.size_bytes)]).collect::<Vec<_>>().join(" · "),
            transcript: format!("{path}/{}/loi.txt", one.article.id),
            title: one.article.title,
        }
    };
    let episodes = episode::of(&app, &show).await?.into_iter().map(heard).collect();
    let nonce = shell.nonce.clone();
    let page = ShowPage {
        l: shell.l,
        agency: agency.name.clone(),
        agency_href: agency.public_path(),
        feed: show.feed(&app),
        cover: feed::cover(&app, &show).await?,
        episodes,
        show,
        shell,
    };
    Page(page).public(&headers, &nonce)
}

/// `3,4 MB`
fn megabytes(bytes: i64) -> String {
    let tenths = (bytes.max(0) + 50_000) / 100_000;
    format!("{},{} MB", tenths / 10, tenths % 10)
}
