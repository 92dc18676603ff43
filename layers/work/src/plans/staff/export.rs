//! Files of the desk: the board as it is filtered, and the document itself.

use axum::extract::{Query, State};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::board::Filtered;
use crate::base::App;
use crate::plans::export::Export;
use crate::plans::programme::Filter;
use crate::plans::{Plan, source};
use crate::web::download::Download;
use crate::web::who::Signed;
use crate::web::{Error, Path, Result, Shell};

/// `GET /desk/plans/{id}/export/{format}`
pub async fn board(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, format)): Path<(Uuid, String)>,
    Query(filter): Query<Filter>,
) -> Result<Download> {
    let plan = Plan::find_for(&app, &who, id).await?;
    let filtered = Filtered::load(&app, shell.l, plan, filter).await?;
    let export = Export { l: shell.l, plan: &filtered.programme.plan, entries: filtered.entries(), agencies: &filtered.agencies };
    export.file(&app, &format)
}

/// `GET /desk/plans/{id}/source`: the file as it came in, byte for byte.
pub async fn source(who: Signed, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let plan = Plan::find_for(&app, &who, id).await?;
    file(&app, &plan).await
}

/// The file a plan was read from.
pub async fn file(app: &App, plan: &Plan) -> Result<Download> {
    let file = source::Entity::find_by_id(plan.source).one(&app.db).await?.ok_or(Error::NotFound)?;
    // Never a type that a browser would run, whatever the file claims to be.
    Ok(Download { name: file.name, media_type: "application/octet-stream", bytes: file.bytes })
}
