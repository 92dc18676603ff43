//! What anybody may ask for: who our actors are and what they publish, the hub, podcasts, kits for the press.

pub mod documents;
pub mod finding;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::{hub, inbox, podcast, press};
use crate::web::Routes;

/// A request to the hub is a short form, bytes.
const ASK_BYTES_MAX: usize = 16 * 1024;

/// The public addresses.
pub fn routes() -> Routes {
    let activity = || DefaultBodyLimit::max(inbox::BODY_BYTES_MAX);
    Routes::new()
        .at("/.well-known/webfinger", get(finding::webfinger))
        .at("/.well-known/host-meta", get(finding::host_meta))
        .at("/.well-known/nodeinfo", get(finding::node))
        .at("/nodeinfo/2.1", get(finding::node_info))
        .at("/ap/inbox", post(inbox::shared).layer(activity()))
        .at("/ap/bai/{article}", get(documents::object))
        .at("/ap/bai/{article}/activity", get(documents::activity))
        .at("/ap/{username}", get(documents::actor))
        .at("/ap/{username}/inbox", post(inbox::of_actor).layer(activity()))
        .at("/ap/{username}/outbox", get(documents::outbox))
        .at("/ap/{username}/followers", get(documents::followers))
        .at("/websub", post(hub::ask).layer(DefaultBodyLimit::max(ASK_BYTES_MAX)))
        .and(podcast::routes())
        .and(press::routes())
}
