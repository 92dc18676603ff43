//! An article's page and an agency's page, asked for by a server of the Fediverse: the same address answers with their object and
//! their actor. Pages for people are made where they always were; the pages that are kept for them know nothing of it, because
//! [`crate::web::front`] lets such questions through.

use axum::extract::{Request, State as Shared};
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;

use super::actor::Actor;
use super::object::Object;
use super::portal::documents;
use crate::base::App;
use crate::news::article;
use crate::people::agency::brief::Brief;
use crate::web::front::wants_activity;
use crate::web::{Error, Result};

/// Whether a browser asks: it names HTML and no activity.
#[must_use]
pub fn is_a_browser(headers: &HeaderMap) -> bool {
    let accepts = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepts.contains("text/html") && !wants_activity(headers)
}

/// Middleware: answers for objects and actors at the addresses of pages.
pub async fn serve(Shared(app): Shared<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET || !wants_activity(request.headers()) {
        return next.run(request).await;
    }
    match answer(&app, request.uri().path()).await {
        Ok(Some(answer)) => answer,
        Ok(None) | Err(Error::NotFound) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

async fn answer(app: &App, path: &str) -> Result<Option<Response>> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        ["tin-tuc", slug] => {
            let found = article::Entity::find().filter(article::Column::Slug.eq(*slug)).one(&app.db).await?;
            let Some(found) = found else { return Ok(None) };
            let Some(object) = Object::of(&app.db, found.id).await? else { return Ok(None) };
            documents::post(app, &object).await.map(Some)
        }
        ["co-quan", slug] | ["co-quan", slug, "tin-tuc"] => {
            let Some(body) = Brief::at(&app.db, slug).await? else { return Ok(None) };
            let Some(actor) = Actor::of(&app.db, body.id).await?.filter(Actor::is_on) else { return Ok(None) };
            documents::described(app, &actor).await.map(Some)
        }
        _ => Ok(None),
    }
}
