//! What is done with an asset: described, deleted, taken back, taken into one's own agency.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::show;
use crate::base::{App, Who};
use crate::library::asset::Asset;
use crate::library::describing::Described;
use crate::library::reach::Reach;
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Error, Mistakes, Page, Path, Result, Said, Shell};

async fn reach(app: &App, who: &Who) -> Result<Reach> {
    Ok(Reach::of(app, who, &*Known::now(app).await?))
}

/// `POST /desk/library/{id}`: a refusal comes back with what was typed.
pub async fn describe(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(given): Form<Described>,
) -> Result<Response> {
    let asset = Asset::find_to_change(&app, &reach(&app, &who).await?, id).await?;
    let l = shell.l;
    match asset.describe(&app, &who, &given).await {
        Ok(()) => Ok(Said::to(Asset::desk_path(id), "asset-was-described").into_response()),
        Err(Error::Refused(obstacles)) => {
            let mut page = show::page(&app, &who, shell, asset, Some(given)).await?;
            page.errors = Mistakes::told(&obstacles, l);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(Error::Stale) => {
            // What was typed stays, now for the newer version; what the colleague saved is in the history.
            let asset = Asset::find_for(&app, &reach(&app, &who).await?, id).await?;
            let given = Described { version: asset.version, ..given };
            let mut page = show::page(&app, &who, shell, asset, Some(given)).await?;
            page.stale = true;
            Ok(Page(page).status(StatusCode::CONFLICT))
        }
        Err(error) => Err(error),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Why {
    why: String,
}

/// `POST /desk/library/{id}/deletion`
pub async fn delete(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(given): Form<Why>,
) -> Result<Response> {
    let asset = Asset::find_to_change(&app, &reach(&app, &who).await?, id).await?;
    let l = shell.l;
    match asset.delete(&app, &who, &given.why).await {
        // Pressed twice: the first press has deleted it.
        Ok(()) | Err(Error::Stale) => Ok(Said::to(Asset::desk_path(id), "asset-was-deleted").into_response()),
        Err(Error::Refused(obstacles)) => {
            let mut page = show::page(&app, &who, shell, asset, None).await?;
            page.errors = obstacles.iter().map(|one| ("deletion", one.text(l))).collect();
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/library/{id}/restoration`
pub async fn restore(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let asset = Asset::find_to_change(&app, &reach(&app, &who).await?, id).await?;
    let l = shell.l;
    match asset.restore(&app, &who).await {
        Ok(()) => Ok(Said::to(Asset::desk_path(id), "asset-was-restored").into_response()),
        Err(Error::Refused(obstacles)) => {
            let mut page = show::page(&app, &who, shell, asset, None).await?;
            page.errors = obstacles.iter().map(|one| ("deletion", one.text(l))).collect();
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

/// `POST /desk/library/{id}/reference`
pub async fn refer(who: Signed, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let reach = reach(&app, &who).await?;
    let asset = Asset::find_for(&app, &reach, id).await?;
    if !asset.is_shared() && !reach.owns(&asset) {
        return Err(Error::Forbidden);
    }
    let finished = asset.refer(&app, &who, &reach).await?;
    let words = if finished.known { "library-known" } else { "library-referred" };
    Ok(Said::to(Asset::desk_path(finished.asset), words).into_response())
}
