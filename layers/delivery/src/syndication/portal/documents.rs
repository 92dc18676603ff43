//! The documents of actors and of what they publish.

use axum::extract::{Query, State as Shared};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use platforms::activitypub::{self, Collection, tombstone};
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QuerySelect};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::base::App;
use crate::news::{Article, article};
use crate::people::agency::brief::Known;
use crate::syndication::actor::{self, Actor};
use crate::syndication::follower::Follower;
use crate::syndication::negotiating;
use crate::syndication::object::{self, Object};
use crate::web::{Error, Path, Result};

/// What was published goes out so many at a time.
const PAGE: u64 = 20;

/// A document of the protocol.
fn document(status: StatusCode, value: &Value) -> Response {
    let head = [(CONTENT_TYPE, "application/activity+json; charset=utf-8"), (VARY, "accept"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    (status, head, value.to_string()).into_response()
}

/// `GET /ap/{username}`: to a browser, the page where people read it.
pub async fn actor(Shared(app): Shared<App>, Path(username): Path<String>, headers: HeaderMap) -> Result<Response> {
    let actor = Actor::named(&app.db, &username).await?;
    let known = Known::now(&app).await?;
    if negotiating::is_a_browser(&headers) {
        return Ok(Redirect::to(&actor.url(&app, &known)).into_response());
    }
    described(&app, &actor).await
}

/// The document of an actor.
///
/// # Errors
/// The database failed.
pub async fn described(app: &App, actor: &Actor) -> Result<Response> {
    Ok(document(StatusCode::OK, &actor.described(app, &*Known::now(app).await?).document()))
}

/// `GET /ap/{username}/followers`: how many; who, is theirs to tell.
pub async fn followers(Shared(app): Shared<App>, Path(username): Path<String>) -> Result<Response> {
    let actor = Actor::named(&app.db, &username).await?;
    let id = format!("{}/followers", actor.iri(&app));
    let total = Follower::count(&app.db, actor.id).await?;
    Ok(document(StatusCode::OK, &activitypub::summary(&id, total, false)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Turn {
    page: Option<u64>,
}

/// `GET /ap/{username}/outbox`
pub async fn outbox(Shared(app): Shared<App>, Path(username): Path<String>, Query(turn): Query<Turn>) -> Result<Response> {
    let actor = Actor::named(&app.db, &username).await?;
    let id = format!("{}/outbox", actor.iri(&app));
    let total = Object::out_by(actor.id).count(&app.db).await?;
    let Some(page) = turn.page else {
        return Ok(document(StatusCode::OK, &activitypub::summary(&id, total, true)));
    };
    let offset =
        page.saturating_sub(1).checked_mul(PAGE).filter(|from| page > 0 && *from < total.max(1)).ok_or(Error::NotFound)?;
    let objects = Object::out_by(actor.id).offset(offset).limit(PAGE).all(&app.db).await?;
    let mut items = Vec::new();
    for one in &objects {
        let said = if one.actor == actor.id { creating(&app, one).await? } else { passing(&app, &actor, one).await? };
        items.extend(said);
    }
    let collection = Collection { id: &id, total, page, is_last: offset + PAGE >= total };
    Ok(document(StatusCode::OK, &activitypub::page(&collection, &items)))
}

/// How an object was said; None while its article is not out (its word that it is gone is on its way).
async fn creating(app: &App, object: &Object) -> Result<Option<Value>> {
    let Some((owner, article)) = around(app, object).await? else { return Ok(None) };
    let described = owner.described(app, &*Known::now(app).await?);
    let mut said = activitypub::create(&described, &object.post(app, &article).await?);
    unframed(&mut said);
    Ok(Some(said))
}

async fn passing(app: &App, by: &Actor, object: &Object) -> Result<Option<Value>> {
    let described = by.described(app, &*Known::now(app).await?);
    let mut said = activitypub::announce(&described, &object::iri(app, object.id), object.published_at.timestamp());
    unframed(&mut said);
    Ok(Some(said))
}

/// One context for the whole page.
fn unframed(said: &mut Value) {
    if let Some(fields) = said.as_object_mut() {
        fields.remove("@context");
    }
}

async fn around(app: &App, object: &Object) -> Result<Option<(Actor, Article)>> {
    let article = article::Entity::find_by_id(object.id).one(&app.db).await?.filter(|one| one.state.is_public());
    let owner = actor::Entity::find_by_id(object.actor).one(&app.db).await?.filter(Actor::is_on);
    Ok(owner.zip(article))
}

/// `GET /ap/bai/{article}`: to a browser, the article's page.
pub async fn object(Shared(app): Shared<App>, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    let object = Object::of(&app.db, id).await?.ok_or(Error::NotFound)?;
    if negotiating::is_a_browser(&headers) {
        let article = Article::find(&app.db, id).await?;
        return Ok(Redirect::to(&article.public_path()).into_response());
    }
    post(&app, &object).await
}

/// The document of an object; a stone and 410 where it is gone.
///
/// # Errors
/// [`Error::NotFound`] where its actor is switched off; or the database failed.
pub async fn post(app: &App, object: &Object) -> Result<Response> {
    let stone = |at: i64| document(StatusCode::GONE, &tombstone(&object::iri(app, object.id), at));
    if let Some(gone) = object.gone_at {
        return Ok(stone(gone.timestamp()));
    }
    let article = Article::find(&app.db, object.id).await?;
    if !article.state.is_public() {
        return Ok(stone(article.changed_at.timestamp()));
    }
    let (owner, article) = around(app, object).await?.ok_or(Error::NotFound)?;
    let described = owner.described(app, &*Known::now(app).await?);
    Ok(document(StatusCode::OK, &activitypub::post(&described, &object.post(app, &article).await?)))
}

/// `GET /ap/bai/{article}/activity`: that it was published.
pub async fn activity(Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let object = Object::of(&app.db, id).await?.filter(|one| one.gone_at.is_none()).ok_or(Error::NotFound)?;
    let mut said = creating(&app, &object).await?.ok_or(Error::NotFound)?;
    said["@context"] = json!("https://www.w3.org/ns/activitystreams");
    Ok(document(StatusCode::OK, &said))
}
