//! Campaigns as JSON, to be read.

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

use super::campaign::{Campaign, Column, Entity, State};
use super::counting::Item;
use super::kpi::{Kpi, Stand};
use super::rights;
use crate::base::App;
use crate::web::api::access::CampaignsReader;
use crate::web::api::{AboutToken, Asked, Cursor, Listing, private};
use crate::web::{Error, Path, Result};

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// A campaign.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Campaign)]
pub struct Shown {
    pub id: Uuid,
    pub title: String,
    /// The agency that leads it.
    pub agency: Uuid,
    /// `draft`, `running`, `closed`, `dropped`
    pub state: String,
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    pub objective: String,
    pub audiences: Vec<String>,
    pub messages: Vec<String>,
    pub channels: Vec<String>,
    /// Whole đồng; null where none is said.
    pub budget: Option<i64>,
    /// SHA-256 of the frozen count; empty while it is not closed.
    pub frozen_sha256: String,
    pub page: String,
    pub href: String,
}

/// What it came to: as it stands, or as it was frozen.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CampaignCount)]
pub struct Counted {
    pub campaign: Shown,
    /// Works that are out, each once.
    pub items: usize,
    pub copies: usize,
    /// Agencies of which something is out.
    pub agencies: usize,
    /// Cells of the matrix, and how many have something in them.
    pub cells: usize,
    pub filled: usize,
    /// People reached: at least, at most; null where nobody can say.
    pub people_low: Option<i64>,
    pub people_high: Option<i64>,
    pub kpis: Vec<Reached>,
    pub counted: Vec<Work>,
}

/// What is to be reached, and how far it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CampaignKpi)]
pub struct Reached {
    pub name: String,
    /// `items`, `copies`, `agencies`, `cells`, `reach`, `elsewhere`
    pub measure: String,
    pub unit: String,
    pub target: i64,
    pub low: Option<i64>,
    pub high: Option<i64>,
}

/// A work that counts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CampaignItem)]
pub struct Work {
    pub id: Uuid,
    pub title: String,
    pub agency: Uuid,
    pub out_on: Option<NaiveDate>,
    pub channels: Vec<String>,
}

fn shown(app: &App, campaign: &Campaign) -> Shown {
    let origin = app.config.public_url();
    Shown {
        id: campaign.id,
        title: campaign.title.clone(),
        agency: campaign.agency,
        state: campaign.state.to_value(),
        starts_on: campaign.starts_on,
        ends_on: campaign.ends_on,
        objective: campaign.objective.clone(),
        audiences: campaign.audiences(),
        messages: campaign.messages(),
        channels: campaign.channels(),
        budget: campaign.budget,
        frozen_sha256: campaign.frozen_sha256.clone(),
        page: format!("{origin}{}", Campaign::path(campaign.id)),
        href: format!("{origin}/api/v1/campaigns/{}", campaign.id),
    }
}

/// Campaigns that run or are closed, the latest begun first
#[utoipa::path(
    get, path = "/api/v1/campaigns", operation_id = "campaigns", tag = "campaigns", security(("token" = ["campaigns:read"])),
    params(
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 500, description = "Things of a page; 100 unless said."),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next` of the page before."),
    ),
    responses((status = 200, body = Listing<Shown>), AboutToken),
)]
async fn list(_access: CampaignsReader, Shared(app): Shared<App>, asked: Asked) -> Result<Response> {
    asked.only(&["limit", "cursor"])?;
    let limit = asked.limit()?;
    let open = Entity::find().filter(Column::State.is_in([State::Running, State::Closed]));
    let mut wanted = open.order_by_desc(Column::Id).limit(limit + 1);
    if let Some(cursor) = asked.cursor(1)? {
        let after: Uuid = cursor.0[0].parse().map_err(|_| Error::bad("api-parameter-cursor"))?;
        wanted = wanted.filter(Column::Id.lt(after));
    }
    let rows = wanted.all(&app.db).await?;
    let page = Listing::of(rows, limit, |row| Cursor(vec![row.id.to_string()]), |row| shown(&app, &row));
    let link = page.link("/api/v1/campaigns", &asked);
    Ok(private(StatusCode::OK, page, link))
}

/// One campaign with its count
#[utoipa::path(
    get, path = "/api/v1/campaigns/{id}", operation_id = "campaign", tag = "campaigns", security(("token" = ["campaigns:read"])),
    params(("id" = Uuid, Path, description = "Id of the campaign.")),
    responses((status = 200, body = Counted), AboutToken),
)]
async fn one(access: CampaignsReader, Shared(app): Shared<App>, Path(id): Path<Uuid>, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    let campaign = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
    if !rights::sees(&access.who, &campaign) {
        return Err(Error::Hidden(id));
    }
    let (_, counts) = campaign.counted(&app).await?;
    let kpis = match campaign.frozen()? {
        Some(last) => last.kpis,
        None => Kpi::of(&app.db, id).await?.iter().map(|kpi| kpi.stand(&counts)).collect(),
    };
    let range = counts.extent();
    let reached = |one: Stand| Reached {
        name: one.name,
        measure: one.measure.to_value(),
        unit: one.unit,
        target: one.target,
        low: one.low,
        high: one.high,
    };
    let work = |item: &Item| Work {
        id: item.id,
        title: item.title.clone(),
        agency: item.agency,
        out_on: item.out_on,
        channels: item.channels.clone(),
    };
    let body = Counted {
        campaign: shown(&app, &campaign),
        items: counts.counted().count(),
        copies: counts.copies(),
        agencies: counts.agencies().len(),
        cells: counts.cells(),
        filled: counts.filled(),
        people_low: range.low,
        people_high: range.high,
        kpis: kpis.into_iter().map(reached).collect(),
        counted: counts.counted().map(work).collect(),
    };
    Ok(private(StatusCode::OK, body, None))
}
