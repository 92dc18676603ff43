//! `/an-pham`: what is out, the newest first.

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::base::{App, time};
use crate::library::Picture;
use crate::news::article::Language;
use crate::people::agency::brief::Known;
use crate::publications::publication::{Column, Entity, Publication};
use crate::web::paging::Paging;
use crate::web::{Error, Locale, Page, Result, Shell, address};

const ROWS: u64 = 24;

/// What the address asks to see.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    page: Option<u64>,
    /// Address name of an agency.
    agency: String,
}

/// A publication as the list shows it.
pub struct Entry {
    pub href: String,
    pub title: String,
    pub summary: String,
    pub kind: String,
    pub agency: String,
    pub edition: i32,
    pub day: String,
    pub machine: String,
    pub cover: Option<Picture>,
    pub demo: bool,
}

#[derive(Template)]
#[template(path = "publications/portal/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    entries: Vec<Entry>,
    paging: Paging,
    /// Whose alone; empty: everyone's.
    agency: String,
    ask: Ask,
    canonical: String,
    printed: String,
}

impl List {
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("/an-pham{}", address::query(&[("agency", self.ask.agency.as_str()), ("page", &to.to_string())]))
    }

    fn heading(&self) -> String {
        if self.agency.is_empty() {
            return self.l.t("publications-title");
        }
        self.l.t1("publications-of", "name", &self.agency)
    }
}

/// What is out in that language, the newest first.
#[must_use]
pub fn out(l: Locale) -> Select<Entity> {
    let out = Entity::find().filter(Column::PublishedAt.is_not_null()).filter(Column::Language.eq(Language::from(l.0)));
    out.order_by_desc(Column::PublishedAt).order_by_desc(Column::Id)
}

/// Publications as lists show them: one statement, where they have covers.
///
/// # Errors
/// The database failed.
pub async fn entries(app: &App, l: Locale, rows: &[Publication], known: &Known) -> Result<Vec<Entry>> {
    let covers: Vec<Uuid> = rows.iter().filter_map(|row| row.cover).collect();
    let mut pictures = if covers.is_empty() { Default::default() } else { Picture::of(&app.db, &covers).await? };
    let entry = |row: &Publication| Entry {
        href: row.public_path(),
        title: row.title.clone(),
        summary: row.summary.clone(),
        kind: row.kind().name(l).to_owned(),
        agency: known.get(&row.agency).map(|body| body.label()).unwrap_or_default(),
        edition: row.edition,
        day: row.published_at.map(|at| time::day(time::local_date(at))).unwrap_or_default(),
        machine: row.published_at.map(time::machine).unwrap_or_default(),
        cover: row.cover.and_then(|cover| pictures.remove(&cover)),
        demo: row.demo,
    };
    Ok(rows.iter().map(entry).collect())
}

/// `GET /an-pham`: everyone's, or an agency's.
pub async fn show(shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let known = Known::now(&app).await?;
    let mut out = out(l);
    let mut agency = String::new();
    if !ask.agency.is_empty() {
        let body = known.values().find(|body| body.slug == ask.agency).ok_or(Error::NotFound)?;
        out = out.filter(Column::Agency.eq(body.id));
        agency.clone_from(&body.name);
    }
    let paging = Paging::new(ask.page, ROWS, out.clone().count(&app.db).await?);
    let rows = out.offset(paging.offset()).limit(ROWS).all(&app.db).await?;
    let entries = entries(&app, l, &rows, &known).await?;
    let nonce = shell.nonce.clone();
    let page = List {
        entries,
        paging,
        agency,
        ask,
        canonical: format!("{}/an-pham", app.config.public_url()),
        printed: time::minute(app.clock.now()),
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}
