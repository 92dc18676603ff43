//! ActivityPub as a portal speaks it: an actor that can be found and followed, what it published, and signed deliveries to those
//! who follow. Read by Mastodon and its kin.
//!
//! Everything here is a value: documents to serve, requests to send, calls to believe or not. An activity has an id by which a
//! receiver knows it again, so a delivery whose answer did not come may be repeated.
//!
//! Sources: W3C ActivityPub and Activity Vocabulary; RFC 7033 (WebFinger); draft-cavage-http-signatures-12 and RFC 9421; RFC 3230
//! and 9530 (digests); the pages "ActivityPub", "WebFinger" and "Security" of Mastodon's documentation.

mod activity;
mod actor;
mod collection;
mod delivery;
mod digest;
mod incoming;
mod key;
mod message_signature;
mod signature;

pub use activity::{Kind, Post, Tag, accept, announce, create, delete, post, tombstone, update};
pub use actor::{Actor, webfinger};
pub use collection::{Collection, page, summary};
pub use delivery::{Follower, classify, deliver, inboxes};
pub use incoming::{Heard, hear};
pub use key::{BadKey, Key};
pub use signature::{Call, Unbelieved, believe, key_id, sign};

/// What the documents are.
pub const MEDIA_TYPE: &str = "application/activity+json";
/// Everybody: what is addressed to it is public.
pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// Which vocabularies the documents use: what is not in the common ones is named here, as Mastodon names it.
fn context() -> serde_json::Value {
    serde_json::json!([
        "https://www.w3.org/ns/activitystreams",
        "https://w3id.org/security/v1",
        {
            "Hashtag": "as:Hashtag",
            "sensitive": "as:sensitive",
            "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
            "toot": "http://joinmastodon.org/ns#",
            "discoverable": "toot:discoverable",
            "schema": "http://schema.org#",
            "PropertyValue": "schema:PropertyValue",
            "value": "schema:value",
        },
    ])
}

/// A moment as the vocabulary writes it (RFC 3339, UTC), from seconds since 1970; empty beyond the calendar.
pub(crate) fn moment(at_s: i64) -> String {
    chrono::DateTime::from_timestamp(at_s, 0).map(|time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
}
