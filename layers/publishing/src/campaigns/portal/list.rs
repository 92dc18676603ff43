//! `/chien-dich`: the campaigns that may be seen, the latest begun first.

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use sea_orm::{PaginatorTrait, QuerySelect};
use serde::Deserialize;

use crate::base::{App, time};
use crate::campaigns::Campaign;
use crate::campaigns::showing;
use crate::people::agency::brief::Known;
use crate::web::paging::Paging;
use crate::web::{Locale, Page, Result, Shell, cut};

const ROWS: u64 = 20;
const OBJECTIVE_LETTERS: usize = 240;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    page: Option<u64>,
}

/// A campaign as a row.
pub struct Entry {
    pub href: String,
    pub title: String,
    pub objective: String,
    pub days: String,
    pub word: String,
    pub agency: String,
    pub demo: bool,
}

#[derive(Template)]
#[template(path = "campaigns/portal/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    entries: Vec<Entry>,
    paging: Paging,
    canonical: String,
}

impl List {
    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|to| format!("/chien-dich?page={to}")).unwrap_or_default()
    }
}

/// From when until when.
#[must_use]
pub fn days(campaign: &Campaign) -> String {
    format!("{} – {}", time::day(campaign.starts_on), time::day(campaign.ends_on))
}

/// Campaigns as lists show them.
#[must_use]
pub fn entries(l: Locale, campaigns: &[Campaign], known: &Known) -> Vec<Entry> {
    let entry = |one: &Campaign| Entry {
        href: one.public_path(),
        title: one.title.clone(),
        objective: cut(&one.objective, OBJECTIVE_LETTERS),
        days: days(one),
        word: l.t(&one.state.key()),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        demo: one.demo,
    };
    campaigns.iter().map(entry).collect()
}

/// `GET /chien-dich`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let known = Known::now(&app).await?;
    let paging = Paging::new(ask.page, ROWS, showing::shown().count(&app.db).await?);
    let campaigns = showing::shown().offset(paging.offset()).limit(ROWS).all(&app.db).await?;
    let nonce = shell.nonce.clone();
    let page = List {
        entries: entries(l, &campaigns, &known),
        paging,
        canonical: format!("{}/chien-dich", app.config.public_url()),
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}
