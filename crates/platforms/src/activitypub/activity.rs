//! What an actor says: that something was published, changed or taken back, and that a follower is welcome.

use serde_json::{Value, json};

use super::{Actor, PUBLIC, context, moment};

/// Mastodon shows a note as it is and an article as its title and a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Note,
    Article,
}

/// A published piece. All addresses are whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    pub kind: Kind,
    pub id: String,
    /// Where people read it.
    pub url: String,
    pub title: String,
    /// HTML, free of anything active; Mastodon keeps paragraphs, breaks, links, quotations, lists and emphasis.
    pub content: String,
    /// `vi`.
    pub language: String,
    /// The same in other languages: tag and HTML.
    pub translations: Vec<(String, String)>,
    /// In seconds since 1970.
    pub published_s: i64,
    pub updated_s: Option<i64>,
    /// Address, type, words for those who do not see it.
    pub pictures: Vec<(String, String, String)>,
    pub tags: Vec<Tag>,
}

/// A word by which it is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Without `#` and without spaces.
    pub name: String,
    pub href: String,
}

/// The document of a post, to be served at its id.
#[must_use]
pub fn post(actor: &Actor, post: &Post) -> Value {
    let tag = |tag: &Tag| json!({"type": "Hashtag", "name": format!("#{}", tag.name), "href": tag.href});
    let picture = |(address, mime, words): &(String, String, String)| json!({"type": "Document", "mediaType": mime, "url": address, "name": words});
    let mut contents = serde_json::Map::new();
    for (language, content) in &post.translations {
        contents.insert(language.clone(), json!(content));
    }
    contents.insert(post.language.clone(), json!(post.content));
    let mut document = json!({
        "@context": context(),
        "id": post.id,
        "type": if post.kind == Kind::Note { "Note" } else { "Article" },
        "attributedTo": actor.id,
        "to": [PUBLIC],
        "cc": [actor.followers],
        "url": post.url,
        "content": post.content,
        "contentMap": contents,
        "published": moment(post.published_s),
        "sensitive": false,
        "attachment": post.pictures.iter().map(picture).collect::<Vec<_>>(),
        "tag": post.tags.iter().map(tag).collect::<Vec<_>>(),
    });
    if post.kind == Kind::Article {
        document["name"] = json!(post.title);
    }
    if let Some(updated_s) = post.updated_s {
        document["updated"] = json!(moment(updated_s));
    }
    document
}

/// Published. The same post has the same activity, so that nobody shows it twice.
#[must_use]
pub fn create(actor: &Actor, of: &Post) -> Value {
    activity(actor, "Create", &format!("{}/activity", of.id), of.published_s, post(actor, of))
}

/// Changed: each time another activity.
#[must_use]
pub fn update(actor: &Actor, of: &Post) -> Value {
    let at_s = of.updated_s.unwrap_or(of.published_s);
    activity(actor, "Update", &format!("{}#updates/{at_s}", of.id), at_s, post(actor, of))
}

/// Passed on what another actor published: `post` is its id. The same post is passed on once by an actor.
#[must_use]
pub fn announce(actor: &Actor, post: &str, at_s: i64) -> Value {
    let id = format!("{post}#passed-on-by/{}", actor.username);
    activity(actor, "Announce", &id, at_s, json!(post))
}

/// What stands at the address of a post that was taken back.
#[must_use]
pub fn tombstone(id: &str, at_s: i64) -> Value {
    json!({"@context": context(), "id": id, "type": "Tombstone", "deleted": moment(at_s)})
}

/// Taken back: a stone stands where it was.
#[must_use]
pub fn delete(actor: &Actor, id: &str, at_s: i64) -> Value {
    activity(actor, "Delete", &format!("{id}#delete"), at_s, json!({"id": id, "type": "Tombstone", "deleted": moment(at_s)}))
}

/// A follower is welcome: names the `Follow` as it came.
#[must_use]
pub fn accept(actor: &Actor, id: &str, follow: &Value) -> Value {
    json!({"@context": context(), "id": id, "type": "Accept", "actor": actor.id, "object": follow})
}

fn activity(actor: &Actor, kind: &str, id: &str, at_s: i64, mut object: Value) -> Value {
    // One context for the whole.
    if let Some(fields) = object.as_object_mut() {
        fields.remove("@context");
    }
    json!({
        "@context": context(),
        "id": id,
        "type": kind,
        "actor": actor.id,
        "published": moment(at_s),
        "to": [PUBLIC],
        "cc": [actor.followers],
        "object": object,
    })
}
