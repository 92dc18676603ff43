//! What became of a post, and its figures.

use serde_json::{Value as Json, json as value};

use crate::wire::{cut, refusal, says};
use crate::{Copy, Found, Line, Message, Outcome, Reading, Refusal, Sought, Value, Why};

use super::answer::{self, Trouble};
use super::{Account, DEFINITION, Privacy};

/// The figures that are asked for, by TikTok's names.
const FIGURES: [&str; 4] = ["view_count", "like_count", "comment_count", "share_count"];

/// How it stands with a post by its name (`publish_id`).
pub async fn status<L: Line>(line: &L, account: &Account, handle: &str) -> Found {
    match answer::data(line, account, "/v2/post/publish/status/fetch/", &value!({"publish_id": handle})).await {
        Ok(data) => found(account, handle, &data),
        Err(Trouble::Refused(refusal)) => Found::CanNotTell { says: refusal.says },
        Err(Trouble::Unclear(answer)) => Found::CanNotTell { says: says(&answer) },
        Err(Trouble::Line(error)) => Found::CanNotTell { says: cut(&error.to_string()) },
    }
}

/// A complete post shows its id only after moderation, and never when nobody but the creator sees it.
fn found(account: &Account, handle: &str, data: &Json) -> Found {
    match data["status"].as_str() {
        Some("PUBLISH_COMPLETE") => match post_id(data) {
            Some(id) => Found::Yes(Copy { address: address(account, &id, handle), id }),
            None if account.privacy == Privacy::Oneself => Found::Yes(Copy { id: handle.to_owned(), address: None }),
            None => Found::Pending,
        },
        Some("PROCESSING_UPLOAD" | "PROCESSING_DOWNLOAD" | "SEND_TO_USER_INBOX") => Found::Pending,
        Some("FAILED") => {
            let reason = data["fail_reason"].as_str().unwrap_or_default();
            Found::Refused(refusal(answer::why(reason).unwrap_or(Why::Content), &format!("{handle}: {reason}")))
        }
        _ => Found::CanNotTell { says: cut(&data.to_string()) },
    }
}

/// `publicaly_available_post_id`, as TikTok spells it: numbers, or the same as text.
fn post_id(data: &Json) -> Option<String> {
    let id = &data["publicaly_available_post_id"][0];
    id.as_u64().map(|number| number.to_string()).or_else(|| id.as_str().map(str::to_owned))
}

/// Names of posts say what they are of: `v_pub_…` is a video, `p_pub_…` are photos.
fn address(account: &Account, id: &str, handle: &str) -> Option<String> {
    let kind = if handle.starts_with("p_") { "photo" } else { "video" };
    (!account.username.is_empty()).then(|| format!("https://www.tiktok.com/@{}/{kind}/{id}", account.username))
}

/// Looks for what an attempt left behind. Without a name there is nothing to ask by: TikTok lists no posts that are on their way.
pub async fn find<L: Line>(line: &L, account: &Account, sought: &Sought<'_>) -> Found {
    match sought.handle {
        Some(handle) => status(line, account, handle).await,
        None => Found::CanNotTell { says: "TikTok gave no publish_id to ask by".to_owned() },
    }
}

/// TikTok's interface changes no post.
pub async fn edit<L: Line>(_: &L, _: &Account, id: &str, _: &Message) -> Outcome {
    Outcome::Refused(refusal(Why::Permission, &format!("{id} can be changed in TikTok's own app only")))
}

/// TikTok's interface deletes no post.
pub async fn retract<L: Line>(_: &L, _: &Account, id: &str) -> Outcome {
    Outcome::Refused(refusal(Why::Permission, &format!("{id} can be deleted in TikTok's own app only")))
}

/// Views, likes, comments and shares of a public post ("Query Videos"). One that is left out is missing, the others stand.
///
/// # Errors
/// The post can not be read at all; [`Why::Gone`] when TikTok does not list it.
pub async fn metrics<L: Line>(line: &L, account: &Account, id: &str) -> Result<Vec<Reading>, Refusal> {
    let path = format!("/v2/video/query/?fields=id,{}", FIGURES.join(","));
    let body = value!({"filters": {"video_ids": [id]}});
    let data = answer::data(line, account, &path, &body).await.map_err(Trouble::harmless)?;
    let videos = data["videos"].as_array().map(Vec::as_slice).unwrap_or_default();
    let Some(video) = videos.iter().find(|video| video["id"] == id) else {
        return Err(refusal(Why::Gone, &format!("TikTok lists no post {id}")));
    };
    let figure = |name: &str| match video[name].as_u64() {
        Some(count) => Value::Count(count),
        None => Value::Missing(format!("{name} is {}", video[name])),
    };
    Ok(FIGURES.map(|name| Reading { name: name.to_owned(), definition: DEFINITION, value: figure(name) }).to_vec())
}
