//! `/du-lieu-mo`: every set of data with its files, for people; the same list as DCAT, for programs; and what the columns of the feed mean.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::base::{App, time};
use crate::open_data::catalogue::{self, Dataset};
use crate::open_data::field::{FIELDS, STATUSES};
use crate::open_data::{dcat, table};
use crate::web::download::Download;
use crate::web::{Locale, Page, Result, Shell};

/// A set as an entry.
pub struct Entry {
    pub set: Dataset,
    pub often: String,
    /// Day and the same for programs; empty while it is made when asked for.
    pub modified: String,
    pub machine: String,
}

#[derive(Template)]
#[template(path = "open_data/portal/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    entries: Vec<Entry>,
    canonical: String,
}

fn entry(l: Locale, set: Dataset) -> Entry {
    let day = set.modified.map(time::local_date);
    Entry {
        often: l.t(set.frequency.key()),
        modified: day.map(time::day).unwrap_or_default(),
        machine: day.map(|day| day.to_string()).unwrap_or_default(),
        set,
    }
}

/// `GET /du-lieu-mo`
pub async fn show(shell: Shell, Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let sets = catalogue::all(&app, l).await?;
    let nonce = shell.nonce.clone();
    let page = List {
        entries: sets.into_iter().map(|set| entry(l, set)).collect(),
        canonical: format!("{}/du-lieu-mo", app.config.public_url()),
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}

/// A component of the feed on the page.
pub struct Column {
    pub code: &'static str,
    pub name: String,
    pub role: String,
    pub means: String,
    pub comes_in: bool,
}

#[derive(Template)]
#[template(path = "open_data/portal/guide.html")]
pub struct Guide {
    l: Locale,
    shell: Shell,
    columns: Vec<Column>,
    statuses: Vec<(&'static str, String)>,
    origin: String,
}

/// `GET /du-lieu-mo/huong-dan-ky-thuat`
pub async fn guide(shell: Shell, Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let columns = FIELDS.iter().map(|one| Column {
        code: one.code,
        name: l.t(&one.key()),
        role: l.t(one.role.key()),
        means: l.t(&one.meaning()),
        comes_in: one.comes_in,
    });
    let nonce = shell.nonce.clone();
    let page = Guide {
        columns: columns.collect(),
        statuses: STATUSES.iter().map(|(code, key)| (*code, l.t(key))).collect(),
        origin: app.config.public_url(),
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}

/// `GET /du-lieu-mo/dcat.jsonld`
pub async fn json_ld(shell: Shell, Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let said = dcat::statements(&app, shell.l, &catalogue::all(&app, shell.l).await?);
    let file = Download { name: "dcat.jsonld".into(), media_type: dcat::JSON_LD, bytes: dcat::json_ld(&said)? };
    Ok(file.kept(&headers))
}

/// `GET /du-lieu-mo/dcat.ttl`
pub async fn turtle(shell: Shell, Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let said = dcat::statements(&app, shell.l, &catalogue::all(&app, shell.l).await?);
    let file = Download { name: "dcat.ttl".into(), media_type: dcat::TURTLE, bytes: dcat::turtle(&said).into_bytes() };
    Ok(file.kept(&headers))
}

/// `GET /du-lieu-mo/chien-dich.csv`
pub async fn campaigns(shell: Shell, Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    Ok(table::campaigns(&app, shell.l).await?.kept(&headers))
}
