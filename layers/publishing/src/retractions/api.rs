//! Cases as JSON, to read: for the person's own agencies, within the token's reach.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveEnum, QueryOrder, QuerySelect};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::case::{Column, Retraction, State};
use super::found::Found;
use super::listing;
use crate::base::App;
use crate::web::api::access::{Access, RetractionsReader};
use crate::web::api::{AboutToken, Asked, Cursor, Listing, private};
use crate::web::{Error, Path, Result};

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// What becomes of the copies of an article.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Retraction)]
pub struct Shown {
    pub id: Uuid,
    pub article: Uuid,
    pub title: String,
    pub agency: Uuid,
    /// `corrected`, `withdrawn`, `taken_down`, `request_correction`, `request_removal`
    pub cause: String,
    /// `edit`, `retract`
    pub aim: String,
    pub why: String,
    /// Who asks, by which document and ground; null where nobody asked.
    pub asked_by: Option<String>,
    pub document: Option<String>,
    pub ground: Option<String>,
    pub received_at: Option<DateTime<Utc>>,
    /// `open`, `closed`
    pub state: String,
    pub opened_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
    /// When its copies were last looked at.
    pub looked_at: DateTime<Utc>,
    pub copies: Vec<Copy>,
}

/// Where a copy of the article was when it was last looked at.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetractionCopy)]
pub struct Copy {
    pub id: Uuid,
    pub channel: String,
    pub agency: Uuid,
    pub place: String,
    /// Where the public sees it.
    pub address: Option<String>,
    /// To how many it went, where that is known.
    pub recipients: Option<i64>,
    /// `edit`, `delete`, `air_again`, `follow_up`, `nothing`
    pub wanted: String,
    /// `waiting`, `out`, `wanted`, `unknown`, `edited`, `retracted`, `followed`, `final`, `stays`, `stopped`
    pub stand: String,
    pub since: DateTime<Utc>,
    pub proof: String,
    pub settled: bool,
    /// Why a person left it as it stands.
    pub left_why: Option<String>,
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn shown(case: Retraction, found: &[Found]) -> Shown {
    Shown {
        copies: found.iter().filter(|one| one.retraction == case.id).map(copy).collect(),
        cause: case.cause.code(),
        aim: case.aim.to_value(),
        asked_by: filled(&case.asked_by),
        document: filled(&case.document),
        ground: filled(&case.ground),
        state: case.state.code(),
        id: case.id,
        article: case.article,
        title: case.title,
        agency: case.agency,
        why: case.why,
        received_at: case.received_at,
        opened_at: case.opened_at,
        due_at: case.due_at,
        closed_at: case.closed_at,
        looked_at: case.looked_at,
    }
}

fn copy(one: &Found) -> Copy {
    Copy {
        id: one.id,
        channel: one.channel.clone(),
        agency: one.agency,
        place: one.place.clone(),
        address: filled(&one.address),
        recipients: one.recipients,
        wanted: one.wanted.to_value(),
        stand: one.stand.clone(),
        since: one.since,
        proof: one.proof.clone(),
        settled: one.is_settled,
        left_why: filled(&one.left_why).filter(|_| one.is_left()),
    }
}

/// The cases that the token's person sees, within its reach.
fn within(access: &Access) -> Select<super::case::Entity> {
    let cases = listing::seen_by(&access.who);
    match access.reach {
        Some(agency) => cases.filter(listing::concerning(&[agency])),
        None => cases,
    }
}

/// Cases of retraction, the newest first
///
/// With the copies of each, as last looked at.
#[utoipa::path(
    get, path = "/api/v1/retractions", operation_id = "retractions", tag = "retractions",
    security(("token" = ["retractions:read"])),
    params(
        ("state" = Option<String>, Query, description = "`open` or `closed`."),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 500, description = "Things of a page; 100 unless said."),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next` of the page before."),
    ),
    responses((status = 200, body = Listing<Shown>), AboutToken),
)]
async fn list(RetractionsReader(access): RetractionsReader, Shared(app): Shared<App>, asked: Asked) -> Result<Response> {
    asked.only(&["state", "limit", "cursor"])?;
    let limit = asked.limit()?;
    let mut wanted = within(&access).order_by_desc(Column::Id).limit(limit + 1);
    if let Some(state) = asked.one_of("state", &[("open", State::Open), ("closed", State::Closed)])? {
        wanted = wanted.filter(Column::State.eq(state));
    }
    if let Some(Cursor(before)) = asked.cursor(1)? {
        wanted = wanted.filter(Column::Id.lt(before[0].parse::<Uuid>().unwrap_or_default()));
    }
    let rows = wanted.all(&app.db).await?;
    let ids: Vec<Uuid> = rows.iter().map(|case| case.id).collect();
    let found = Found::of_all(&app.db, &ids).await?;
    let page = Listing::of(rows, limit, |case| Cursor(vec![case.id.to_string()]), |case| shown(case, &found));
    let link = page.link("/api/v1/retractions", &asked);
    Ok(private(StatusCode::OK, page, link))
}

/// One case of retraction
#[utoipa::path(
    get, path = "/api/v1/retractions/{id}", operation_id = "retraction", tag = "retractions",
    security(("token" = ["retractions:read"])),
    params(("id" = Uuid, Path, description = "The case.")),
    responses((status = 200, body = Shown), AboutToken),
)]
async fn one(
    RetractionsReader(access): RetractionsReader,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    asked: Asked,
) -> Result<Response> {
    asked.only(&[])?;
    let case = within(&access).filter(Column::Id.eq(id)).one(&app.db).await?.ok_or(Error::NotFound)?;
    let found = Found::of(&app.db, id).await?;
    Ok(private(StatusCode::OK, shown(case, &found), None))
}
