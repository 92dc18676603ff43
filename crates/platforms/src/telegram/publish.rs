//! One message: a text, a picture or video with a caption, or an album. There is nothing to prepare: the files go with the call.

use bytes::Bytes;
use serde_json::{Value, json};

use super::{Account, answer, text};
use crate::multipart::Form;
use crate::wire::stopped;
use crate::{Copy, Journal, Line, Media, MediaKind, Message, Outcome};

/// Writes to the chat, by one call.
pub async fn publish<L: Line, J: Journal>(line: &L, account: &Account, message: &Message, journal: &mut J) -> Outcome {
    let (method, kind, body) = written(account, message);
    if let Err(stop) = journal.about_to_publish().await {
        return stopped(&stop);
    }
    match answer::send(line, account, method, (&kind, body)).await.publishing() {
        Ok(result) => copy(&result).map_or_else(|| Outcome::Unknown { says: cut_off(&result) }, Outcome::Published),
        Err(outcome) => outcome,
    }
}

fn cut_off(result: &Value) -> String {
    crate::wire::cut(&format!("no message in {result}"))
}

fn written(account: &Account, message: &Message) -> (&'static str, String, Bytes) {
    let text = text(message);
    match message.media.as_slice() {
        [] => {
            let body = json!({ "chat_id": account.chat, "text": text });
            ("sendMessage", "application/json".to_owned(), body.to_string().into())
        }
        [one] => single(account, one, text),
        many => album(account, many, text),
    }
}

fn single(account: &Account, media: &Media, caption: String) -> (&'static str, String, Bytes) {
    let (method, name) = if media.kind == MediaKind::Video { ("sendVideo", "video") } else { ("sendPhoto", "photo") };
    let mut form = Form::default();
    form.field("chat_id", account.chat.as_str());
    form.field("caption", caption);
    if media.kind == MediaKind::Video {
        form.field("supports_streaming", "true");
        form.field("duration", media.duration_ms.div_ceil(1000).to_string());
        form.field("width", media.width_px.to_string());
        form.field("height", media.height_px.to_string());
    }
    form.file(name, media);
    let (kind, body) = form.finish();
    (method, kind, body)
}

fn album(account: &Account, many: &[Media], caption: String) -> (&'static str, String, Bytes) {
    let kind = |media: &Media| if media.kind == MediaKind::Video { "video" } else { "photo" };
    let mut listed: Vec<Value> = (0..).zip(many).map(|(at, media)| item(at, kind(media))).collect();
    // An album whose first item alone has a caption shows it as its own.
    if let Some(first) = listed.first_mut() {
        first["caption"] = caption.into();
    }
    let mut form = Form::default();
    form.field("chat_id", account.chat.as_str());
    form.field("media", Value::from(listed).to_string());
    for (at, media) in many.iter().enumerate() {
        form.file(&format!("m{at}"), media);
    }
    let (kind, body) = form.finish();
    ("sendMediaGroup", kind, body)
}

fn item(at: usize, kind: &str) -> Value {
    json!({ "type": kind, "media": format!("attach://m{at}") })
}

/// The message, or the messages of an album: their numbers, comma between them.
pub(super) fn copy(result: &Value) -> Option<Copy> {
    let all = result.as_array().map_or_else(|| std::slice::from_ref(result), Vec::as_slice);
    let numbers: Option<Vec<i64>> = all.iter().map(|message| message["message_id"].as_i64()).collect();
    let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
    let id = numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    let address = address(&all[0]["chat"], numbers[0]);
    Some(Copy { id, address })
}

/// Channels and groups that have a name can be seen by everybody (t.me links, "Deep links: message links").
pub(super) fn address(chat: &Value, number: i64) -> Option<String> {
    let name = chat["username"].as_str()?;
    Some(format!("https://t.me/{name}/{number}"))
}
