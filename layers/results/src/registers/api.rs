//! Registers as JSON, to be read: what is confirmed. A member of the network is named where it agreed to be listed.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::evidence::{self, Evidence};
use super::kind::{self, Field, Kind};
use super::record::{Column, Entity, Record, State};
use super::rights;
use crate::base::App;
use crate::web::api::access::RegistersReader;
use crate::web::api::{AboutToken, Asked, Cursor, Listing, private};
use crate::web::{Error, Path, Result};

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// A record of a register.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterRecord)]
pub struct Shown {
    pub id: Uuid,
    pub agency: Uuid,
    /// `st-task`, `training-programme`, `network-member`, `award-round`, `officer`, `dissemination`
    pub register: String,
    pub code: String,
    /// Empty for who did not agree to be listed.
    pub title: String,
    pub from_on: NaiveDate,
    /// The last day; null while it lasts.
    pub until_on: Option<NaiveDate>,
    /// The organisation that leads it.
    pub lead: String,
    pub category: String,
    pub trained_on: Option<NaiveDate>,
    /// So many of `whole`.
    pub part: Option<i64>,
    pub whole: Option<i64>,
    pub page: String,
    pub href: String,
}

/// A record with what proves it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterRecordProven)]
pub struct Proven {
    pub record: Shown,
    pub evidence: Vec<Piece>,
}

/// A piece of evidence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterEvidence)]
pub struct Piece {
    pub name: String,
    /// Of a page elsewhere; empty for an article of the platform or a file.
    pub address: String,
    /// Since when it is there, as far as anybody knows.
    pub since_on: NaiveDate,
    /// `alive`, `unasked`, `doubtful`, `dead`
    pub state: String,
}

fn shown(app: &App, record: &Record) -> Shown {
    let origin = app.config.public_url();
    let hides = record.kind().is_some_and(|kind| kind.has(Field::Listed)) && !record.listed;
    Shown {
        id: record.id,
        agency: record.agency,
        register: record.register.clone(),
        code: record.code.clone(),
        title: if hides { String::new() } else { record.title.clone() },
        from_on: record.from_on,
        until_on: record.until_on,
        lead: record.lead.clone(),
        category: record.category.clone(),
        trained_on: record.trained_on,
        part: record.part,
        whole: record.whole,
        page: format!("{origin}{}", Record::path(record.id)),
        href: format!("{origin}/api/v1/register-records/{}", record.id),
    }
}

/// Confirmed records that the person of the token may see, the latest written first
#[utoipa::path(
    get, path = "/api/v1/register-records", operation_id = "registers", tag = "registers",
    security(("token" = ["registers:read"])),
    params(
        ("register" = Option<String>, Query, description = "Of one register."),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 500, description = "Things of a page; 100 unless said."),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next` of the page before."),
    ),
    responses((status = 200, body = Listing<Shown>), AboutToken),
)]
async fn list(access: RegistersReader, Shared(app): Shared<App>, asked: Asked) -> Result<Response> {
    asked.only(&["register", "limit", "cursor"])?;
    let limit = asked.limit()?;
    let mut wanted = Entity::find().filter(Column::State.eq(State::Confirmed));
    if !access.who.is_any(rights::OVERSEERS) {
        wanted = wanted.filter(Column::Agency.eq(access.who.agency.unwrap_or_default()));
    }
    if let Some(reach) = access.reach {
        wanted = wanted.filter(Column::Agency.eq(reach));
    }
    let words: Vec<(&str, &'static Kind)> = kind::all().iter().map(|kind| (kind.code.as_str(), kind)).collect();
    if let Some(kind) = asked.one_of("register", &words)? {
        wanted = wanted.filter(Column::Register.eq(kind.code.as_str()));
    }
    if let Some(cursor) = asked.cursor(1)? {
        let after: Uuid = cursor.0[0].parse().map_err(|_| Error::bad("api-parameter-cursor"))?;
        wanted = wanted.filter(Column::Id.lt(after));
    }
    let rows = wanted.order_by_desc(Column::Id).limit(limit + 1).all(&app.db).await?;
    let page = Listing::of(rows, limit, |row| Cursor(vec![row.id.to_string()]), |row| shown(&app, &row));
    let link = page.link("/api/v1/register-records", &asked);
    Ok(private(StatusCode::OK, page, link))
}

/// One record with its evidence
#[utoipa::path(
    get, path = "/api/v1/register-records/{id}", operation_id = "register", tag = "registers",
    security(("token" = ["registers:read"])),
    params(("id" = Uuid, Path, description = "Id of the record.")),
    responses((status = 200, body = Proven), AboutToken),
)]
async fn one(access: RegistersReader, Shared(app): Shared<App>, Path(id): Path<Uuid>, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    let record = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
    let within = access.reach.is_none_or(|reach| reach == record.agency);
    if !rights::sees(&access.who, record.agency) || !within {
        return Err(Error::Hidden(id));
    }
    if record.state != State::Confirmed {
        return Err(Error::NotFound);
    }
    let found = Evidence::of(&app.db, id).await?;
    let (standing, _) = evidence::standing(&app, &found).await?;
    let piece = |one: &Evidence| {
        let stands = standing.get(&one.id).copied().unwrap_or(evidence::Standing::Unasked);
        Piece {
            name: one.name.clone(),
            address: one.address.clone(),
            since_on: one.on_day,
            state: stands.key().trim_start_matches("register-evidence-").to_owned(),
        }
    };
    let body = Proven { record: shown(&app, &record), evidence: found.iter().map(piece).collect() };
    Ok(private(StatusCode::OK, body, None))
}
