//! The sound and the picture of a bulletin, for whoever may look at the bulletin or at an airing of it. The library shows a file to its own
//! agency only, and who releases an emergency, or runs the station, is often elsewhere.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::base::{App, Who};
use crate::library::serving::Served;
use crate::library::{Asset, Picture, asset, portal};
use crate::loudspeakers::airing::Airing;
use crate::loudspeakers::bulletin::Bulletin;
use crate::web::who::Signed;
use crate::web::{Error, Path, Result};

/// `GET /desk/loudspeakers/bulletins/{id}/sound`
pub async fn sound_of_bulletin(
    who: Signed,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response> {
    heard(&app, &Bulletin::find_for(&app, &who, id).await?, &headers).await
}

/// `GET /desk/loudspeakers/airings/{id}/sound`
pub async fn sound_of_airing(who: Signed, State(app): State<App>, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    heard(&app, &aired(&app, &who, id).await?, &headers).await
}

/// `GET /desk/loudspeakers/bulletins/{id}/pictures/{name}`
pub async fn picture_of_bulletin(
    who: Signed,
    State(app): State<App>,
    Path((id, name)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    seen(&app, &Bulletin::find_for(&app, &who, id).await?, &name, &headers).await
}

/// `GET /desk/loudspeakers/airings/{id}/pictures/{name}`
pub async fn picture_of_airing(
    who: Signed,
    State(app): State<App>,
    Path((id, name)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    seen(&app, &aired(&app, &who, id).await?, &name, &headers).await
}

/// The picture of a bulletin as a page at `path` shows it.
///
/// # Errors
/// The database failed.
pub async fn picture(app: &App, picture: Option<Uuid>, path: &str) -> Result<Option<Picture>> {
    let Some(id) = picture else { return Ok(None) };
    let Some(asset) = asset::Entity::find_by_id(id).one(&app.db).await? else { return Ok(None) };
    Ok(Picture::under(&app.db, asset, &format!("{path}/pictures")).await?)
}

async fn aired(app: &App, who: &Who, id: Uuid) -> Result<Bulletin> {
    let airing = Airing::find_for(app, who, id).await?;
    Bulletin::find(&app.db, airing.bulletin).await
}

async fn heard(app: &App, bulletin: &Bulletin, headers: &HeaderMap) -> Result<Response> {
    Served::file(&file(app, bulletin.sound).await?, false).answer(app, headers).await
}

async fn seen(app: &App, bulletin: &Bulletin, name: &str, headers: &HeaderMap) -> Result<Response> {
    let asset = file(app, bulletin.picture).await?;
    let rendition = portal::picture(app, &asset, name).await?;
    Served::picture(&asset, &rendition).answer(app, headers).await
}

async fn file(app: &App, id: Option<Uuid>) -> Result<Asset> {
    asset::Entity::find_by_id(id.ok_or(Error::NotFound)?).one(&app.db).await?.ok_or(Error::NotFound)
}
