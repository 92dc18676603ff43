//! What a call says that was believed: whether a person wrote, and what. Pure.

use platforms::Platform;
use serde_json::Value;

use super::Written;

/// The message of a person; None for everything else that platforms tell.
#[must_use]
pub fn written(platform: Platform, event: &Value) -> Option<Written> {
    match platform {
        Platform::Telegram => telegram(event),
        Platform::Zalo => zalo(event),
        _ => None,
    }
}

/// "Update", field `message`, of a private chat: a bot in a group hears what is not meant for it.
fn telegram(event: &Value) -> Option<Written> {
    let message = &event["message"];
    let from = &message["from"];
    if message["chat"]["type"] != "private" || from["is_bot"] == true {
        return None;
    }
    let chat = message["chat"]["id"].as_i64()?.to_string();
    let words = |name: &str| from[name].as_str().unwrap_or_default();
    Some(Written {
        mark: format!("{chat}:{}", message["message_id"].as_i64()?),
        name: format!("{} {}", words("last_name"), words("first_name")).trim().to_owned(),
        // A picture or a voice has no text: who sent it is told to write.
        text: message["text"].as_str().or_else(|| message["caption"].as_str()).unwrap_or_default().to_owned(),
        chat,
    })
}

/// "Người dùng gửi tin nhắn": `user_send_text`, and its like for pictures and files.
fn zalo(event: &Value) -> Option<Written> {
    if !event["event_name"].as_str()?.starts_with("user_send_") {
        return None;
    }
    Some(Written {
        mark: event["message"]["msg_id"].as_str()?.to_owned(),
        chat: event["sender"]["id"].as_str()?.to_owned(),
        name: String::new(),
        text: event["message"]["text"].as_str().unwrap_or_default().to_owned(),
    })
}

#[cfg(test)]
mod unit {
    use serde_json::json;

    use super::*;

    #[test]
    fn people_are_told_from_everything_else() {
        let message = json!({ "update_id": 1, "message": { "message_id": 7, "from": { "id": 5, "is_bot": false, "first_name": "An" },
            "chat": { "id": 5, "type": "private" }, "text": "Xin hỏi" } });
        let heard = written(Platform::Telegram, &message).expect("a message");
        assert_eq!(
            (heard.mark.as_str(), heard.chat.as_str(), heard.text.as_str(), heard.name.as_str()),
            ("5:7", "5", "Xin hỏi", "An")
        );
        let mut group = message.clone();
        group["message"]["chat"]["type"] = "supergroup".into();
        assert_eq!(written(Platform::Telegram, &group), None);
        assert_eq!(written(Platform::Telegram, &json!({ "update_id": 2, "channel_post": {} })), None);
        let zalo =
            json!({ "event_name": "user_send_text", "sender": { "id": "9" }, "message": { "msg_id": "m1", "text": "Hỏi" } });
        assert_eq!(written(Platform::Zalo, &zalo).map(|one| one.mark), Some("m1".into()));
        assert_eq!(written(Platform::Zalo, &json!({ "event_name": "follow" })), None);
        assert_eq!(written(Platform::Facebook, &zalo), None);
    }
}
