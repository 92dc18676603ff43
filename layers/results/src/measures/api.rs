//! Measures as JSON: those that anybody may read.

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::Datelike;
use sea_orm::entity::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use ::measures::Amount;

use super::measure::Measure;
use super::table::{self, Line};
use crate::base::{App, time};
use crate::web::api::{Asked, Listing, Usual, answer};
use crate::web::{Error, Path, Result};

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one)).routes(routes!(values))
}

/// A measure.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Measure)]
pub struct Shown {
    /// Its name in addresses.
    pub name: String,
    pub heading: String,
    /// What exactly counts.
    pub counts: String,
    pub unit_name: String,
    /// `count`, `ratio`
    pub shape: String,
    /// `month`, `quarter`, `half-year`, `year`, `ever`
    pub every: String,
    /// `at-least`, `at-most`, `equal`; null where nothing is to be reached.
    pub target_op: Option<String>,
    pub target_value: Option<f64>,
    pub target_year: Option<i32>,
    /// Id of the provision of a plan that it serves.
    pub serves: Option<Uuid>,
    /// The definition as it is kept.
    #[schema(value_type = Object)]
    pub definition: serde_json::Value,
    pub definition_version: i32,
    pub page: String,
    pub href: String,
}

fn shown(app: &App, measure: &Measure) -> Shown {
    let (origin, definition) = (app.config.public_url(), measure.definition());
    let target = definition.target;
    Shown {
        name: measure.code.clone(),
        heading: measure.title.clone(),
        counts: measure.meaning.clone(),
        unit_name: definition.unit.clone(),
        shape: definition.shape.code().into(),
        every: definition.every.code().into(),
        target_op: target.map(|target| target.op.code().to_owned()),
        target_value: target.map(|target| target.value).map(Amount::as_f64),
        target_year: target.map(|target| target.year),
        serves: measure.provision,
        definition: serde_json::from_str(&measure.body).unwrap_or_default(),
        definition_version: measure.version,
        page: format!("{origin}{}", measure.public_path()),
        href: format!("{origin}/api/v1/measures/{}", measure.code),
    }
}

async fn public(app: &App, code: &str) -> Result<Measure> {
    let measure = Measure::of_code(&app.db, code).await?;
    if measure.is_public() { Ok(measure) } else { Err(Error::NotFound) }
}

/// Measures that anybody may read, in the order of plans
#[utoipa::path(
    get, path = "/api/v1/measures", operation_id = "measures", tag = "measures", security(()),
    responses((status = 200, body = Listing<Shown>), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn list(Shared(app): Shared<App>, headers: HeaderMap, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    let measures = Measure::public(&app.db).await?;
    let page = Listing::whole(measures.iter().map(|one| shown(&app, one)).collect());
    answer(&headers, &page, None)
}

/// One measure
#[utoipa::path(
    get, path = "/api/v1/measures/{code}", operation_id = "measure", tag = "measures", security(()),
    params(("code" = String, Path, description = "Name in addresses.")),
    responses((status = 200, body = Shown), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn one(Shared(app): Shared<App>, Path(code): Path<String>, headers: HeaderMap, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    let measure = public(&app, &code).await?;
    answer(&headers, &shown(&app, &measure), None)
}

/// The values of a measure in a year, month by month: of all together and of each agency
#[utoipa::path(
    get, path = "/api/v1/measures/{code}/values", operation_id = "measure-values", tag = "measures", security(()),
    params(
        ("code" = String, Path, description = "Name in addresses."),
        ("year" = Option<i32>, Query, description = "The present year unless said."),
    ),
    responses((status = 200, body = Listing<Line>), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn values(Shared(app): Shared<App>, Path(code): Path<String>, headers: HeaderMap, asked: Asked) -> Result<Response> {
    asked.only(&["year"])?;
    let measure = public(&app, &code).await?;
    let year = match asked.text("year") {
        Some(text) => text.parse().map_err(|_| Error::bad("api-parameter-year"))?,
        None => time::local_date(app.clock.now()).year(),
    };
    answer(&headers, &Listing::whole(table::lines(&app, &measure, &[year]).await?), None)
}
