//! Who publishes, and how it is found by its name.

use serde_json::{Value, json};

use super::{context, moment};

/// An actor: one portal, or one section or agency of it. All addresses are whole, `https://…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub id: String,
    /// The name before the `@`.
    pub username: String,
    pub name: String,
    /// HTML.
    pub summary: String,
    /// Where people read.
    pub url: String,
    pub inbox: String,
    pub outbox: String,
    pub followers: String,
    pub shared_inbox: String,
    /// Address and type.
    pub icon: Option<(String, String)>,
    /// What stands in the table of a profile: name and HTML.
    pub fields: Vec<(String, String)>,
    /// In seconds since 1970.
    pub since_s: i64,
    pub public_pem: String,
}

impl Actor {
    /// The address of the key, which signatures name.
    #[must_use]
    pub fn key_id(&self) -> String {
        format!("{}#main-key", self.id)
    }

    /// The document at [`Self::id`]. Whoever asks may follow without being asked; a machine writes here, so it is a `Service`.
    #[must_use]
    pub fn document(&self) -> Value {
        let field = |(name, value): &(String, String)| json!({"type": "PropertyValue", "name": name, "value": value});
        let mut document = json!({
            "@context": context(),
            "id": self.id,
            "type": "Service",
            "preferredUsername": self.username,
            "name": self.name,
            "summary": self.summary,
            "url": self.url,
            "inbox": self.inbox,
            "outbox": self.outbox,
            "followers": self.followers,
            "endpoints": {"sharedInbox": self.shared_inbox},
            "manuallyApprovesFollowers": false,
            "discoverable": true,
            "attachment": self.fields.iter().map(field).collect::<Vec<_>>(),
            "published": moment(self.since_s),
            "publicKey": {"id": self.key_id(), "owner": self.id, "publicKeyPem": self.public_pem},
        });
        if let Some((address, mime)) = &self.icon {
            document["icon"] = json!({"type": "Image", "mediaType": mime, "url": address});
        }
        document
    }
}

/// The answer of `/.well-known/webfinger?resource=…` for `acct:NAME@HOST` or an actor's own address (RFC 7033), to be served as
/// `application/jrd+json`; none when the resource is not this actor.
#[must_use]
pub fn webfinger(actor: &Actor, host: &str, resource: &str) -> Option<Value> {
    let account = format!("acct:{}@{host}", actor.username);
    if !resource.eq_ignore_ascii_case(&account) && resource != actor.id && resource != actor.url {
        return None;
    }
    Some(json!({
        "subject": account,
        "aliases": [actor.url, actor.id],
        "links": [
            {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": actor.url},
            {"rel": "self", "type": super::MEDIA_TYPE, "href": actor.id},
        ],
    }))
}
