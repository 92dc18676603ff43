//! How actors are found: WebFinger (RFC 7033), host-meta (RFC 6415), NodeInfo 2.1.

use axum::extract::{Query, State as Shared};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use platforms::activitypub;
use sea_orm::entity::prelude::*;
use serde::Deserialize;
use serde_json::json;

use crate::base::App;
use crate::news::portal::kept::xml;
use crate::people::agency::brief::Known;
use crate::syndication::actor::{self, Actor};
use crate::syndication::object;
use crate::web::{Error, Result};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    resource: String,
}

/// A document that any page may read.
fn open(media_type: &'static str, text: String) -> Response {
    ([(CONTENT_TYPE, media_type), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")], text).into_response()
}

/// `GET /.well-known/webfinger?resource=acct:so_y_te@host`
pub async fn webfinger(Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Response> {
    let resource = ask.resource.trim();
    if resource.is_empty() {
        return Err(Error::bad("failure-bad-request"));
    }
    let known = Known::now(&app).await?;
    let host = actor::host(&app);
    for actor in Actor::all(&app.db).await?.into_iter().filter(Actor::is_on) {
        if let Some(found) = activitypub::webfinger(&actor.described(&app, &known), &host, resource) {
            return Ok(open("application/jrd+json; charset=utf-8", found.to_string()));
        }
    }
    Err(Error::NotFound)
}

/// `GET /.well-known/host-meta`
pub async fn host_meta(Shared(app): Shared<App>) -> Response {
    let template = xml(&format!("{}/.well-known/webfinger?resource={{uri}}", app.config.public_url()));
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\"><Link rel=\"lrdd\" template=\"{template}\"/></XRD>\n"
    );
    open("application/xrd+xml; charset=utf-8", text)
}

/// `GET /.well-known/nodeinfo`
pub async fn node(Shared(app): Shared<App>) -> Response {
    let href = format!("{}/nodeinfo/2.1", app.config.public_url());
    let links = json!({"links": [{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.1", "href": href}]});
    open("application/json; charset=utf-8", links.to_string())
}

/// `GET /nodeinfo/2.1`
pub async fn node_info(Shared(app): Shared<App>) -> Result<Response> {
    let actors = Actor::all(&app.db).await?.into_iter().filter(Actor::is_on).count();
    let posts = object::Entity::find().filter(object::Column::GoneAt.is_null()).count(&app.db).await?;
    let site = app.site();
    let info = json!({
        "version": "2.1",
        "software": {"name": "lantoa", "version": env!("CARGO_PKG_VERSION")},
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": ["atom1.0", "rss2.0"]},
        "openRegistrations": false,
        "usage": {"users": {"total": actors}, "localPosts": posts},
        "metadata": {"nodeName": site.name, "nodeDescription": site.owner},
    });
    Ok(open("application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/2.1#\"; charset=utf-8", info.to_string()))
}
