//! The figures of public measures in the forms in which statistics travel. What is asked stands in the address, named as the SDMX REST API
//! 2.0 names it; a parameter that is unknown is refused, never passed over.

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::base::App;
use crate::open_data::observation::{Observed, Wanted, observed};
use crate::open_data::{adx as messages, sdmx};
use crate::web::api::Asked;
use crate::web::download::Download;
use crate::web::{Result, Shell};

async fn found(app: &App, asked: &Asked) -> Result<Observed> {
    observed(app, &Wanted::read(app, asked)?).await
}

/// `GET /du-lieu-mo/sdmx/data.csv`
pub async fn csv(Shared(app): Shared<App>, asked: Asked, headers: HeaderMap) -> Result<Response> {
    let bytes = sdmx::csv(&found(&app, &asked).await?)?;
    Ok(Download { name: "measures.csv".into(), media_type: sdmx::CSV, bytes }.kept(&headers))
}

/// `GET /du-lieu-mo/sdmx/data.json`
pub async fn json(shell: Shell, Shared(app): Shared<App>, asked: Asked, headers: HeaderMap) -> Result<Response> {
    let bytes = sdmx::json(shell.l, &app.site().owner, &found(&app, &asked).await?)?;
    Ok(Download { name: "measures.json".into(), media_type: sdmx::JSON, bytes }.kept(&headers))
}

/// `GET /du-lieu-mo/sdmx/structure.json`
pub async fn structure(shell: Shell, Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let bytes = sdmx::structure::message(&app, shell.l).await?;
    Ok(Download { name: "structure.json".into(), media_type: sdmx::STRUCTURE, bytes }.kept(&headers))
}

/// `GET /du-lieu-mo/adx.xml`
pub async fn adx(Shared(app): Shared<App>, asked: Asked, headers: HeaderMap) -> Result<Response> {
    let bytes = messages::message(&found(&app, &asked).await?).into_bytes();
    Ok(Download { name: "measures.adx.xml".into(), media_type: messages::MEDIA_TYPE, bytes }.kept(&headers))
}
