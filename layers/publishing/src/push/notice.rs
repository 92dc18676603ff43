//! What is sent: a few words and an address, as JSON that the page's service worker reads. The push service sees its length and time.

use platforms::webpush::{Notice, Urgency};
use serde_json::json;

use super::order::{Kind, Order};

/// How long a push service keeps it for a browser that is away: news of yesterday is none.
pub const TTL_S: u32 = 24 * 3_600;

/// The notice of an order. `path`: where the article is.
#[must_use]
pub fn of(order: &Order, path: &str) -> Notice {
    let content = json!({
        "id": order.id,
        "tag": order.topic(),
        "title": order.title,
        "body": order.body,
        "lang": order.language.tag(),
        "url": path,
        "renotify": order.kind == Kind::Correction,
    });
    Notice { content: content.to_string().into_bytes(), ttl_s: TTL_S, urgency: Urgency::Normal, topic: Some(order.topic()) }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use platforms::webpush::PLAINTEXT_BYTES_MAX;
    use uuid::Uuid;

    use super::super::order::State;
    use super::*;
    use crate::news::article::Language;

    #[test]
    fn the_longest_words_fit() {
        let order = Order {
            id: Uuid::from_u128(u128::MAX),
            article: Uuid::from_u128(u128::MAX),
            kind: Kind::News,
            agency: Uuid::nil(),
            section: Uuid::nil(),
            language: Language::Vi,
            title: "ệ".repeat(180),
            body: "\u{1}ệ".repeat(165),
            state: State::Waiting,
            due_at: DateTime::UNIX_EPOCH,
            made_by: None,
            made_at: DateTime::UNIX_EPOCH,
            built_at: None,
            finished_at: None,
            matched: 0,
            over_limit: 0,
            why: String::new(),
            version: 1,
        };
        let notice = of(&order, &format!("/tin-tuc/{}", "a".repeat(90)));
        assert!(notice.content.len() <= PLAINTEXT_BYTES_MAX, "{}", notice.content.len());
        assert_eq!(notice.topic.as_deref().map(str::len), Some(32), "as long as RFC 8030 lets a topic be");
    }
}
