//! `GET /api/v1/search`: what the public finds, as JSON. The contract is kept: fields are added, never changed.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::asking::{self, LETTERS_MAX, Wanted};
use super::feed::KINDS;
use crate::base::App;
use crate::web::api::{Asked, Usual, answer};
use crate::web::{Error, Obstacle, Result};

/// Hits of one answer, unless the request says how many.
const LIMIT: usize = 20;
const LIMIT_MAX: usize = 100;

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(search))
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct Found {
    /// How many documents have all that was asked, counted to 10 000 or as far as counting takes no longer than finding: there may
    /// be more. Where none has, how many come near.
    pub total: usize,
    /// The best first.
    pub items: Vec<FoundItem>,
    /// Document numbers in the question that no document has.
    pub unknown_numbers: Vec<String>,
    /// False while the index is being made anew: more may be found later.
    pub complete: bool,
}

/// A document found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundItem {
    /// What it is called in the system it was imported from; null for what was made here.
    pub external_id: Option<String>,
    /// What it is called here: `plan:0199…`.
    pub id: String,
    /// `plan`, `provision`, `agency` …
    pub kind: String,
    pub title: String,
    /// Where people read it.
    pub url: String,
    /// The best part of its text, byte for byte.
    pub snippet: String,
    /// How well it answers; about 1 for a perfect match, falling from item to item.
    pub score: f32,
}

/// Searches what is public
///
/// With accents or without, in telex, with abbreviations and document numbers; words in quotation marks must stand together.
#[utoipa::path(
    get, path = "/api/v1/search", operation_id = "search", tag = "search", security(()),
    params(
        ("q" = String, Query, description = "What is looked for; the first 1,000 letters are read."),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 100, description = "Items wanted; 20 unless said."),
        ("kind" = Option<String>, Query, description = "Only of that kind."),
        ("agency" = Option<String>, Query, description = "Only of that agency, by id."),
        ("section" = Option<String>, Query, description = "Only of that section, by slug."),
        ("from" = Option<chrono::NaiveDate>, Query, description = "Of that day or later."),
        ("to" = Option<chrono::NaiveDate>, Query, description = "Of that day or earlier."),
    ),
    responses((status = 200, body = Found), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn search(State(app): State<App>, headers: HeaderMap, asked: Asked) -> Result<Response> {
    asked.only(&["q", "limit", "kind", "agency", "section", "from", "to"])?;
    let text = |name: &str| asked.text(name).unwrap_or_default().to_owned();
    let wanted = Wanted {
        q: text("q").chars().take(LETTERS_MAX).collect(),
        kind: asked.one_of("kind", &KINDS.map(|kind| (kind, kind)))?.unwrap_or_default().to_owned(),
        agency: text("agency"),
        section: text("section"),
        from: asked.day("from")?,
        to: asked.day("to")?,
        skip: 0,
        limit: limit(&asked)?,
    };
    let found = asking::ask(&app, wanted).await?.unwrap_or_default();
    let origin = app.config.public_url();
    let items = found.hits.iter().map(|hit| FoundItem {
        external_id: asking::shown(&hit.document).external_id,
        id: hit.document.id.clone(),
        kind: hit.document.facet("kind").unwrap_or_default().to_owned(),
        title: hit.document.title.clone(),
        url: format!("{origin}{}", asking::href(hit)),
        snippet: hit.quotation.text(&hit.document).to_owned(),
        score: hit.score,
    });
    let complete = app.search.standing() == super::Standing::Following;
    let found = Found { total: found.total, items: items.collect(), unknown_numbers: found.unknown_numbers, complete };
    answer(&headers, &found, None)
}

fn limit(asked: &Asked) -> Result<usize> {
    let Some(text) = asked.text("limit") else { return Ok(LIMIT) };
    let read = text.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit));
    read.ok_or_else(|| Error::Bad(Obstacle::new("api-parameter-limit").at("limit").with("n", LIMIT_MAX)))
}
