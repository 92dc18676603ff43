//! Looking a post up: what the page published since the attempt began is read and compared.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::{Account, answer, calls, text};
use crate::{Copy, Found, Line, MediaKind, Note, Sought};

/// Clocks differ by so much at most.
const CLOCKS_S: i64 = 120;
/// A post may take a moment to be listed.
pub const LISTED_S: i64 = 180;
/// So many pages of so many posts are read.
const PAGES: usize = 5;
const A_PAGE: &str = "100";
const FIELDS: &str = "id,message,created_time,permalink_url,attachments{media_type,target{id}}";

/// Reads `published_posts` since the attempt began. What is not listed yet is `Pending` for [`LISTED_S`].
pub async fn find<L: Line>(line: &L, account: &Account, sought: &Sought<'_>) -> Found {
    if let Some(handle) = sought.handle {
        match calls::status(line, account, handle).await {
            Found::CanNotTell { .. } => {}
            told => return told,
        }
    }
    let since = (sought.since_s - CLOCKS_S).to_string();
    let mut after = String::new();
    for _ in 0..PAGES {
        let mut query = vec![("fields", FIELDS), ("limit", A_PAGE), ("since", since.as_str())];
        if !after.is_empty() {
            query.push(("after", after.as_str()));
        }
        let page = match answer::get(line, account, &format!("{}/published_posts", account.page), &query).await.asking() {
            Ok(page) => page,
            Err(found) => return found,
        };
        let Some(posts) = page["data"].as_array() else { return Found::CanNotTell { says: crate::wire::cut(&page.to_string()) } };
        if let Some(copy) = posts.iter().filter_map(|post| copy(post, sought)).next() {
            return Found::Yes(copy);
        }
        match page["paging"]["cursors"]["after"].as_str().filter(|_| page["paging"]["next"].is_string()) {
            Some(next) => after = next.to_owned(),
            None if sought.age_s() < LISTED_S => return Found::Pending,
            None => return Found::No,
        }
    }
    Found::CanNotTell { says: Note::ManySince.words().to_owned() }
}

/// The copy that this post is, if it is the one and nobody else's.
fn copy(post: &Value, sought: &Sought<'_>) -> Option<Copy> {
    let composed = |text: &str| text.trim().nfc().collect::<String>();
    if composed(post["message"].as_str().unwrap_or_default()) != composed(&text(sought.message)) {
        return None;
    }
    let id = id(post, sought)?;
    (!sought.known.contains(&id)).then(|| Copy { id, address: calls::seen(&post["permalink_url"]) })
}

/// A video is known by its own number, not by that of the post that shows it.
fn id(post: &Value, sought: &Sought<'_>) -> Option<String> {
    let is_video = sought.message.media.iter().any(|media| media.kind == MediaKind::Video);
    let shown = &post["attachments"]["data"][0];
    let video = shown["target"]["id"].as_str().filter(|_| is_video && shown["media_type"] == "video");
    video.or_else(|| post["id"].as_str()).map(str::to_owned)
}
