//! What a call says, as far as it matters: which event it is, by what it is known again, and which posts it names. Pure.

use platforms::Platform;
use serde_json::Value;

use crate::base::digest::sha256;

/// Names that one call may bring.
const NAMES_MAX: usize = 200;
const EVENT_LETTERS_MAX: usize = 60;
/// How deep what was sent is looked through.
const DEPTH_MAX: usize = 12;

/// What a call says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub event: String,
    pub mark: String,
    /// Every word and number in it: among them are the ids of posts, wherever the platform puts them.
    pub names: Vec<String>,
    /// Whether it tells of something that was posted.
    pub is_of_a_post: bool,
}

impl Said {
    /// Of a body that was believed.
    #[must_use]
    pub fn of(platform: Platform, event: &Value, body: &[u8]) -> Self {
        let mut names = Vec::new();
        gather(event, DEPTH_MAX, &mut names);
        let (name, is_of_a_post) = match platform {
            Platform::Facebook => facebook(event),
            Platform::Telegram => telegram(event),
            _ => {
                let name = event["event_name"].as_str().unwrap_or_default().to_owned();
                // Ours, sent by the account itself; what people write to it is not.
                let is_own = name.starts_with("oa_send");
                (name, is_own)
            }
        };
        let mark = match event["update_id"].as_i64().filter(|_| platform == Platform::Telegram) {
            Some(number) => format!("update:{number}"),
            None => sha256(body),
        };
        Self { event: name.chars().take(EVENT_LETTERS_MAX).collect(), mark, names, is_of_a_post }
    }
}

/// `entry[].changes[]`: the fields and verbs, such as `feed add`.
fn facebook(event: &Value) -> (String, bool) {
    let entries = event["entry"].as_array().into_iter().flatten();
    let changes: Vec<&Value> = entries.flat_map(|entry| entry["changes"].as_array().into_iter().flatten()).collect();
    let word = |change: &&Value| {
        let verb = change["value"]["verb"].as_str().unwrap_or_default();
        format!("{} {verb}", change["field"].as_str().unwrap_or_default()).trim().to_owned()
    };
    let mut words: Vec<String> = changes.iter().map(word).collect();
    words.dedup();
    let of_a_post = |change: &&Value| {
        let item = change["value"]["item"].as_str().unwrap_or_default();
        change["field"] == "feed"
            && change["value"]["verb"] == "add"
            && ["post", "status", "photo", "video", "share"].contains(&item)
    };
    (words.join(", "), changes.iter().any(of_a_post))
}

/// The one field besides `update_id`.
fn telegram(event: &Value) -> (String, bool) {
    let kind = event.as_object().and_then(|fields| fields.keys().find(|name| *name != "update_id")).cloned().unwrap_or_default();
    let is_of_a_post = kind == "channel_post";
    (kind, is_of_a_post)
}

fn gather(value: &Value, depth: usize, names: &mut Vec<String>) {
    if depth == 0 || names.len() >= NAMES_MAX {
        return;
    }
    match value {
        Value::String(word) if word.len() <= 200 => names.push(word.clone()),
        Value::Number(number) => names.push(number.to_string()),
        Value::Array(all) => all.iter().for_each(|one| gather(one, depth - 1, names)),
        Value::Object(all) => all.values().for_each(|one| gather(one, depth - 1, names)),
        _ => {}
    }
}

#[cfg(test)]
mod unit {
    use serde_json::json;

    use super::*;

    fn said(platform: Platform, event: &Value) -> Said {
        Said::of(platform, event, event.to_string().as_bytes())
    }

    #[test]
    fn an_event_is_known_again_and_named() {
        let post = json!({ "update_id": 7, "channel_post": { "message_id": 12 } });
        let told = said(Platform::Telegram, &post);
        assert_eq!((told.event.as_str(), told.mark.as_str(), told.is_of_a_post), ("channel_post", "update:7", true));
        assert!(told.names.contains(&"12".to_owned()));
        assert!(!said(Platform::Telegram, &json!({ "update_id": 8, "message": {} })).is_of_a_post);
        let change =
            |verb: &str, item: &str| json!({ "field": "feed", "value": { "verb": verb, "item": item, "post_id": "1_2" } });
        let feed = |change: Value| json!({ "object": "page", "entry": [{ "id": "1", "changes": [change] }] });
        let told = said(Platform::Facebook, &feed(change("add", "status")));
        assert_eq!((told.event.as_str(), told.is_of_a_post), ("feed add", true));
        assert!(!said(Platform::Facebook, &feed(change("add", "comment"))).is_of_a_post, "what people say below it");
        let told = said(Platform::Zalo, &json!({ "event_name": "follow", "timestamp": "1" }));
        assert_eq!((told.event.as_str(), told.is_of_a_post), ("follow", false));
    }

    #[test]
    fn what_is_meant_to_be_endless_is_not() {
        let mut deep = json!("1_2");
        for _ in 0..100 {
            deep = json!([deep]);
        }
        assert!(said(Platform::Facebook, &deep).names.is_empty());
        let wide = Value::from((0..10_000).collect::<Vec<u32>>());
        assert_eq!(said(Platform::Facebook, &wide).names.len(), NAMES_MAX);
    }
}
