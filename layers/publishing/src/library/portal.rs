//! What anybody may fetch: assets that stand in a public place, or that were made public.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query};
use uuid::Uuid;

use super::asset::{self, Asset, Kind};
use super::picture;
use super::rendition::{self, Rendition};
use super::serving::Served;
use super::usage;
use crate::base::App;
use crate::web::{Error, Path, Result, Routes};

/// The public addresses.
pub fn routes() -> Routes {
    Routes::new().at("/tu-lieu/{id}/{name}", get(fetch))
}

/// The asset, when anybody may fetch it.
async fn public(app: &App, id: Uuid) -> Result<Asset> {
    let used = Query::select()
        .expr(Expr::val(1))
        .from(usage::Entity)
        .and_where(Expr::col((usage::Entity, usage::Column::Asset)).eq(Expr::col((asset::Entity, asset::Column::Id))))
        .and_where(Expr::col((usage::Entity, usage::Column::Public)).eq(true))
        .to_owned();
    let open = Condition::any().add(asset::Column::Public.eq(true)).add(Expr::exists(used));
    let found = asset::Entity::find_by_id(id).filter(asset::Column::DeletedAt.is_null()).filter(open);
    found.one(&app.db).await?.ok_or(Error::NotFound)
}

/// The name under which whoever knows no widths gets the picture that fits most pages.
pub const PLAIN: &str = "anh.jpg";

/// The picture of that width of an asset, or by [`PLAIN`] the one that fits most pages.
///
/// # Errors
/// There is none, or the database failed.
pub async fn picture(app: &App, asset: &Asset, name: &str) -> Result<Rendition> {
    if name == PLAIN {
        let made = Rendition::of(&app.db, std::slice::from_ref(&asset.sha256)).await?;
        let fits = made.iter().rposition(|one| one.width <= picture::PLAIN).unwrap_or_default();
        return made.into_iter().nth(fits).ok_or(Error::NotFound);
    }
    let width: i32 = name.strip_suffix(".jpg").and_then(|width| width.parse().ok()).ok_or(Error::NotFound)?;
    let found = rendition::Entity::find()
        .filter(rendition::Column::Sha256.eq(&asset.sha256))
        .filter(rendition::Column::Width.eq(width))
        .one(&app.db)
        .await?;
    found.ok_or(Error::NotFound)
}

/// `GET /tu-lieu/{id}/{name}`: of an image `640.jpg` and the like, never the file itself (it may tell where it was taken); of
/// anything else the file, under any name.
async fn fetch(State(app): State<App>, headers: HeaderMap, Path((id, name)): Path<(Uuid, String)>) -> Result<Response> {
    let asset = public(&app, id).await?;
    let served = if asset.kind == Kind::Image {
        Served::picture(&asset, &picture(&app, &asset, &name).await?)
    } else {
        Served::file(&asset, false)
    };
    served.for_all().answer(&app, &headers).await
}
