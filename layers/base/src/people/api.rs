//! Agencies as JSON.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, Iterable, QueryOrder, QuerySelect};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::agency::{Column, Entity, Kind};
use super::{Agency, person};
use crate::base::App;
use crate::web::api::access::Reader;
use crate::web::api::{Asked, Cursor, Holder, Listing, Scope, Usual, answer, private};
use crate::web::{Error, Path, Result};

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(agencies)).routes(routes!(agency)).routes(routes!(token))
}

/// A body that owes, publishes or reports.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Agency)]
pub struct Shown {
    pub id: Uuid,
    /// In addresses.
    pub slug: String,
    /// The code that people know: `SKHCN`, or the five digits of a commune.
    pub code: String,
    pub name: String,
    pub short_name: String,
    /// `department`, `commune`, `ward` …
    pub kind: String,
    /// The agency it belongs to.
    pub parent: Option<Uuid>,
    /// Electronic identifier (QCVN 102:2016/BTTTT), e.g. `H20.12`.
    pub official_code: Option<String>,
    /// First day of its existence.
    pub open_from: NaiveDate,
    /// Last day of its existence; null while it exists.
    pub closed_on: Option<NaiveDate>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    /// WGS 84, degrees.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// Square kilometres.
    pub area_km2: Option<f64>,
    /// Made up to try with.
    pub demo: bool,
    /// Whether somebody can sign in for it; only for tokens with `agencies:read`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staffed: Option<bool>,
    /// Where people read about it.
    pub page: String,
    /// Where it is read as JSON.
    pub href: String,
}

/// What a token is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
pub struct Own {
    pub label: String,
    /// Whom it acts for.
    pub person: String,
    /// The one agency whose slots and answers it sees; null for the whole province.
    pub agency: Option<Uuid>,
    pub scopes: Vec<String>,
    pub expires_at: DateTime<Utc>,
}

fn shown(app: &App, agency: Agency, staffed: Option<bool>) -> Shown {
    let origin = app.config.public_url();
    Shown {
        page: format!("{origin}{}", agency.public_path()),
        href: format!("{origin}/api/v1/agencies/{}", agency.slug),
        id: agency.id,
        slug: agency.slug,
        code: agency.code,
        name: agency.name,
        short_name: agency.short_name,
        kind: agency.kind.to_value(),
        parent: agency.parent,
        official_code: agency.official_code,
        open_from: agency.open_from,
        closed_on: agency.closed_on,
        email: agency.email,
        phone: agency.phone,
        address: agency.address,
        latitude: agency.latitude,
        longitude: agency.longitude,
        area_km2: agency.area_km2,
        demo: agency.demo,
        staffed,
    }
}

/// Agencies, in the order of their codes
///
/// All there ever were, unless `open_on` says a day.
#[utoipa::path(
    get, path = "/api/v1/agencies", operation_id = "agencies", tag = "agencies", security((), ("token" = ["agencies:read"])),
    params(
        ("kind" = Option<String>, Query, description = "Of this kind only: `department`, `commune`, `ward` …"),
        ("open_on" = Option<NaiveDate>, Query, description = "Those that exist on this day."),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 500, description = "Things of a page; 100 unless said."),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next` of the page before."),
    ),
    responses((status = 200, body = Listing<Shown>), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn agencies(reader: Reader, State(app): State<App>, headers: HeaderMap, asked: Asked) -> Result<Response> {
    asked.only(&["kind", "open_on", "limit", "cursor"])?;
    let kinds: Vec<(String, Kind)> = Kind::iter().map(|kind| (kind.to_value(), kind)).collect();
    let kinds: Vec<(&str, Kind)> = kinds.iter().map(|(word, kind)| (word.as_str(), *kind)).collect();
    let limit = asked.limit()?;
    let mut wanted = Entity::find().order_by_asc(Column::Code).limit(limit + 1);
    if let Some(kind) = asked.one_of("kind", &kinds)? {
        wanted = wanted.filter(Column::Kind.eq(kind));
    }
    if let Some(day) = asked.day("open_on")? {
        let still = Condition::any().add(Column::ClosedOn.is_null()).add(Column::ClosedOn.gte(day));
        wanted = wanted.filter(Column::OpenFrom.lte(day)).filter(still);
    }
    if let Some(Cursor(after)) = asked.cursor(1)? {
        wanted = wanted.filter(Column::Code.gt(&after[0]));
    }
    let rows = wanted.all(&app.db).await?;
    let staffed = match reader.with(Scope::AgenciesRead) {
        Some(_) => Some(person::agencies_staffed(&app.db).await?),
        None => None,
    };
    let made = |agency: Agency| {
        let staffed = staffed.as_ref().map(|staffed| staffed.contains(&agency.id));
        shown(&app, agency, staffed)
    };
    let page = Listing::of(rows, limit, |agency| Cursor(vec![agency.code.clone()]), made);
    answer(&headers, &page, page.link("/api/v1/agencies", &asked))
}

/// One agency
///
/// By its slug, its code or its id.
#[utoipa::path(
    get, path = "/api/v1/agencies/{agency}", operation_id = "agency", tag = "agencies",
    security((), ("token" = ["agencies:read"])),
    params(("agency" = String, Path, description = "Slug, code or id.")),
    responses((status = 200, body = Shown), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn agency(
    reader: Reader,
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response> {
    asked.only(&[])?;
    let agency = named(&app, &name).await?;
    let staffed = match reader.with(Scope::AgenciesRead) {
        Some(_) => Some(person::agencies_staffed(&app.db).await?.contains(&agency.id)),
        None => None,
    };
    answer(&headers, &shown(&app, agency, staffed), None)
}

/// The agency that is meant by its slug, code or id.
///
/// # Errors
/// [`Error::NotFound`], or the database failed.
pub async fn named(app: &App, name: &str) -> Result<Agency> {
    let mut any = Condition::any().add(Column::Slug.eq(name)).add(Column::Code.eq(name));
    if let Ok(id) = name.parse::<Uuid>() {
        any = any.add(Column::Id.eq(id));
    }
    Entity::find().filter(any).order_by_asc(Column::Id).one(&app.db).await?.ok_or(Error::NotFound)
}

/// The token itself
///
/// What it opens, how far it reaches, until when: to try whether a connection works.
#[utoipa::path(
    get, path = "/api/v1/token", operation_id = "token", tag = "token", security(("token" = [])),
    responses((status = 200, body = Own), Usual),
)]
async fn token(Holder(access): Holder, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    let own = Own {
        label: access.label,
        person: access.who.name,
        agency: access.reach,
        scopes: access.scopes.iter().map(|scope| scope.code().to_owned()).collect(),
        expires_at: access.expires_at,
    };
    Ok(private(StatusCode::OK, own, None))
}
