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
use crate::publications::publication::{Column, Entity};
use crate::web::paging::Paging;
use crate::web::{Locale, Page, Result, Shell};

const ROWS: u64 = 24;

/// What the address asks to see.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    page: Option<u64>,
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
    canonical: String,
    printed: String,
}

impl List {
    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|to| format!("/an-pham?page={to}")).unwrap_or_default()
    }
}

/// `GET /an-pham`: in the reader's language first.
pub async fn show(shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let out = Entity::find().filter(Column::PublishedAt.is_not_null()).filter(Column::Language.eq(Language::from(l.0)));
    let paging = Paging::new(ask.page, ROWS, out.clone().count(&app.db).await?);
    let rows = out.order_by_desc(Column::PublishedAt).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    let rows = rows.all(&app.db).await?;
    let known = Known::now(&app).await?;
    let covers: Vec<Uuid> = rows.iter().filter_map(|row| row.cover).collect();
    let mut pictures = if covers.is_empty() { Default::default() } else { Picture::of(&app.db, &covers).await? };
    let entries = rows.iter().map(|row| Entry {
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
    });
    let nonce = shell.nonce.clone();
    let page = List {
        entries: entries.collect(),
        paging,
        canonical: format!("{}/an-pham", app.config.public_url()),
        printed: time::minute(app.clock.now()),
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}
