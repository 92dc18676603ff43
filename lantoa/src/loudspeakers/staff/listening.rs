//! The sound of a bulletin, for whoever may look at the bulletin or at an airing of it. The library shows a file to its own agency only,
//! and who releases an emergency, or runs the station, is often elsewhere.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::base::App;
use crate::library::asset;
use crate::library::serving::Served;
use crate::loudspeakers::airing::Airing;
use crate::loudspeakers::bulletin::Bulletin;
use crate::web::who::Signed;
use crate::web::{Error, Path, Result};

/// `GET /desk/loudspeakers/bulletins/{id}/sound`
pub async fn of_bulletin(who: Signed, State(app): State<App>, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    serve(&app, &Bulletin::find_for(&app, &who, id).await?, &headers).await
}

/// `GET /desk/loudspeakers/airings/{id}/sound`
pub async fn of_airing(who: Signed, State(app): State<App>, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    let airing = Airing::find_for(&app, &who, id).await?;
    serve(&app, &Bulletin::find(&app.db, airing.bulletin).await?, &headers).await
}

async fn serve(app: &App, bulletin: &Bulletin, headers: &HeaderMap) -> Result<Response> {
    let sound = bulletin.sound.ok_or(Error::NotFound)?;
    let asset = asset::Entity::find_by_id(sound).one(&app.db).await?.ok_or(Error::NotFound)?;
    Served::file(&asset, false).answer(app, headers).await
}
