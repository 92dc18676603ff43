//! Documents that the public may read, as JSON.

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::report::{Column, Entity, Report, State};
use crate::base::App;
use crate::web::api::{Asked, Cursor, Listing, Usual, answer};
use crate::web::{Error, Path, Result};

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// A document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Report)]
pub struct Shown {
    pub id: Uuid,
    /// `report`, `plan`, `submission`, `letter`, `notice`, `decision`
    pub kind: String,
    pub number: String,
    pub title: String,
    /// Whoever issued it.
    pub agency: Uuid,
    pub plan: Option<Uuid>,
    /// Of a report: `2026-H1`, `2026-06`; empty otherwise.
    pub period: String,
    /// From 1; a later one takes the place of those before.
    pub edition: i32,
    pub replaced: bool,
    pub issued_on: Option<NaiveDate>,
    /// SHA-256 of the data, to be had at `data`.
    pub frozen_sha256: String,
    pub data: String,
    pub page: String,
    pub href: String,
}

fn shown(app: &App, report: &Report) -> Shown {
    let origin = app.config.public_url();
    let page = format!("{origin}{}", report.public_path());
    Shown {
        id: report.id,
        kind: report.kind.to_value(),
        number: report.number_shown(),
        title: report.subject.clone(),
        agency: report.agency,
        plan: report.plan,
        period: report.period.clone(),
        edition: report.edition,
        replaced: report.state == State::Replaced,
        issued_on: report.issued_on,
        frozen_sha256: report.frozen_sha256.clone(),
        data: format!("{page}/json"),
        page,
        href: format!("{origin}/api/v1/reports/{}", report.id),
    }
}

/// What the public may read.
fn open() -> Select<Entity> {
    Entity::find().filter(Column::Public.eq(true)).filter(Column::State.is_in([State::Issued, State::Replaced]))
}

/// Documents that are public, the latest first
#[utoipa::path(
    get, path = "/api/v1/reports", operation_id = "reports", tag = "reports",
    params(
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 500, description = "Things of a page; 100 unless said."),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next` of the page before."),
    ),
    responses((status = 200, body = Listing<Shown>), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn list(headers: HeaderMap, Shared(app): Shared<App>, asked: Asked) -> Result<Response> {
    asked.only(&["limit", "cursor"])?;
    let limit = asked.limit()?;
    let mut wanted = open().order_by_desc(Column::Id).limit(limit + 1);
    if let Some(cursor) = asked.cursor(1)? {
        let after: Uuid = cursor.0[0].parse().map_err(|_| Error::bad("api-parameter-cursor"))?;
        wanted = wanted.filter(Column::Id.lt(after));
    }
    let rows = wanted.all(&app.db).await?;
    let page = Listing::of(rows, limit, |row| Cursor(vec![row.id.to_string()]), |row| shown(&app, &row));
    let link = page.link("/api/v1/reports", &asked);
    answer(&headers, &page, link)
}

/// One document
#[utoipa::path(
    get, path = "/api/v1/reports/{id}", operation_id = "report", tag = "reports",
    params(("id" = Uuid, Path, description = "Id of the document.")),
    responses((status = 200, body = Shown), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn one(headers: HeaderMap, Shared(app): Shared<App>, Path(id): Path<Uuid>, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    let report = open().filter(Column::Id.eq(id)).one(&app.db).await?.ok_or(Error::NotFound)?;
    answer(&headers, &shown(&app, &report), None)
}
