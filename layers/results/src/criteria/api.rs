//! What was published of criteria, as JSON: open to everybody.

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::publication::{self, Body, Publication};
use crate::base::App;
use crate::web::api::{Asked, Listing, Usual, answer};
use crate::web::{Error, Path, Result};

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// A publication of scores.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CriteriaPublication)]
pub struct Shown {
    pub id: Uuid,
    pub title: String,
    pub year: i32,
    /// Class of the agencies.
    pub class: String,
    /// The next is a correction of the one before.
    pub number: i32,
    pub published_at: DateTime<Utc>,
    /// Of the frozen JSON.
    pub sha256: String,
    /// Made up to try with.
    pub demo: bool,
    pub page: String,
    pub href: String,
    /// The frozen JSON itself, from which everything can be counted again.
    pub data: String,
}

/// A publication with its ranking.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CriteriaRanking)]
pub struct Ranking {
    pub publication: Shown,
    pub ranking: Vec<Placed>,
}

/// An agency's place.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CriteriaPlace)]
pub struct Placed {
    pub agency: Uuid,
    pub name: String,
    /// It handed nothing in.
    pub absent: bool,
    /// Null: not assessed.
    pub rank: Option<u32>,
    /// Decimal number as text; null: not assessed.
    pub total: Option<String>,
    pub bonus: String,
    pub penalty: String,
    pub criteria: Vec<Scored>,
}

/// A group or criterion of an agency.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CriteriaScore)]
pub struct Scored {
    pub code: String,
    pub name: String,
    /// What it is worth at most.
    pub most: String,
    /// Null: does not apply.
    pub points: Option<String>,
}

fn shown(app: &App, publication: &Publication, body: &Body) -> Shown {
    let origin = app.config.public_url();
    Shown {
        id: publication.id,
        title: body.title.clone(),
        year: body.year,
        class: body.class.clone(),
        number: publication.number,
        published_at: publication.at,
        sha256: publication.sha256.clone(),
        demo: body.demo,
        page: format!("{origin}{}", publication.path()),
        href: format!("{origin}/api/v1/criteria/{}", publication.id),
        data: format!("{origin}{}/du-lieu/json", publication.path()),
    }
}

/// The newest publication of each set, the latest year first
#[utoipa::path(
    get, path = "/api/v1/criteria", operation_id = "criteria", tag = "criteria", security(()),
    responses((status = 200, body = Listing<Shown>), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn list(Shared(app): Shared<App>, headers: HeaderMap, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    let mut all = Vec::new();
    for one in Publication::newest(&app.db, None, usize::MAX).await? {
        all.push(shown(&app, &one, &one.read()?));
    }
    answer(&headers, &Listing::whole(all), None)
}

/// One publication with its ranking
#[utoipa::path(
    get, path = "/api/v1/criteria/{id}", operation_id = "criteria-ranking", tag = "criteria", security(()),
    params(("id" = Uuid, Path, description = "Id of the publication.")),
    responses((status = 200, body = Ranking), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn one(Shared(app): Shared<App>, Path(id): Path<Uuid>, headers: HeaderMap, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    let publication = publication::Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
    let body = publication.read()?;
    let placed = body.counted.results.iter().filter_map(|result| {
        let sheet = body.counted.round.sheet(&result.place.agency)?;
        let set = body.counted.round.editions.get(&sheet.edition)?;
        let scored = |(_, node): (String, &::scoring::Node)| Scored {
            code: node.code.clone(),
            name: node.name.clone(),
            most: node.points.plain(),
            points: result.score.points(&node.code).map(::measures::Amount::plain),
        };
        Some(Placed {
            agency: sheet.agency.parse().ok()?,
            name: sheet.name.clone(),
            absent: sheet.absent,
            rank: result.place.rank,
            total: result.score.total.map(::measures::Amount::plain),
            bonus: result.score.bonus.plain(),
            penalty: result.score.penalty.plain(),
            criteria: set.numbered().into_iter().map(scored).collect(),
        })
    });
    let ranking = placed.collect();
    answer(&headers, &Ranking { publication: shown(&app, &publication, &body), ranking }, None)
}
