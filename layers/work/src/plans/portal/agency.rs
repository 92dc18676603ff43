//! `/co-quan/{slug}/nhiem-vu`: everything that adopted plans ask of one agency.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;

use super::plan::{Line, line};
use crate::base::{App, time};
use crate::people::agency::address::{self, At};
use crate::people::agency::brief::{Brief, Known};
use crate::people::portal::profile::moved;
use crate::plans::Plan;
use crate::plans::programme::Programme;
use crate::plans::view::Row;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

/// What one plan asks of the agency.
pub struct Asked {
    pub line: Line,
    pub leads: Vec<Row>,
    pub supports: Vec<Row>,
    /// The same provisions as data.
    pub data: String,
}

#[derive(Template)]
#[template(path = "plans/portal/agency.html")]
pub struct Duties {
    l: Locale,
    shell: Shell,
    agency: Brief,
    asked: Vec<Asked>,
    printed: String,
    json_ld: String,
}

/// `GET /co-quan/{slug}/nhiem-vu`; an address that was left leads on (301).
pub async fn show(shell: Shell, State(app): State<App>, Path(slug): Path<String>, headers: HeaderMap) -> Result<Response> {
    let agencies = Known::now(&app).await?;
    let Some(agency) = agencies.values().find(|agency| agency.slug == slug).cloned() else {
        return left(&app, &slug).await;
    };
    let mut asked = Vec::new();
    for plan in Plan::adopted(&app.db).await? {
        let programme = Programme::load(&app, plan).await?;
        let named = programme.entries.iter().filter(|entry| entry.names(&agency));
        let (leads, supports): (Vec<_>, Vec<_>) = named.partition(|entry| entry.leads(&agency));
        let rows = |entries: Vec<_>| entries.into_iter().map(|entry| Row::of(shell.l, entry, &agencies)).collect::<Vec<_>>();
        let data = format!("{}/du-lieu/csv?agency={slug}", programme.plan.public_path());
        asked.push(Asked { line: line(&programme.plan), leads: rows(leads), supports: rows(supports), data });
    }
    asked.retain(|one| !one.leads.is_empty() || !one.supports.is_empty());
    let nonce = shell.nonce.clone();
    let json_ld = json_ld(&app, &agency);
    let page = Duties { l: shell.l, shell, agency, asked, printed: time::minute(app.clock.now()), json_ld };
    Page(page).public(&headers, &nonce)
}

/// An address that was left leads on.
async fn left(app: &App, slug: &str) -> Result<Response> {
    match address::at(&app.db, slug).await? {
        At::Moved(agency) => Ok(moved(&format!("{}/nhiem-vu", agency.public_path()))),
        At::Here(_) => Err(Error::NotFound),
    }
}

fn json_ld(app: &App, agency: &Brief) -> String {
    let value = json!({
        "@context": "https://schema.org", "@type": "GovernmentOrganization", "name": agency.name,
        "url": format!("{}{}", app.config.public_url(), agency.public_path()),
    });
    value.to_string().replace('<', "\\u003c")
}
