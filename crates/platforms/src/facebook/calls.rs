//! How far a video is; changing and deleting.

use serde_json::{Value, json};

use super::{Account, answer, text};
use crate::wire::{confirmed, cut, refusal};
use crate::{Copy, Found, Line, Message, Outcome, Refusal, Why};

/// How far a video is (`status.video_status`).
pub async fn status<L: Line>(line: &L, account: &Account, handle: &str) -> Found {
    let query = [("fields", "status,permalink_url")];
    let video = match answer::get(line, account, handle, &query).await.preparing() {
        Ok(video) => video,
        Err(refusal) if refusal.why == Why::Gone => return Found::No,
        Err(refusal) => return Found::CanNotTell { says: refusal.says },
    };
    match video["status"]["video_status"].as_str() {
        Some("ready") => Found::Yes(Copy { id: handle.to_owned(), address: seen(&video["permalink_url"]) }),
        Some("processing" | "uploading" | "upload_complete") => Found::Pending,
        Some("error" | "expired" | "upload_failed") => Found::Refused(refusal(Why::Media, &video["status"].to_string())),
        _ => Found::CanNotTell { says: cut(&video.to_string()) },
    }
}

/// Addresses of videos come without the site.
pub(super) fn seen(permalink: &Value) -> Option<String> {
    let link = permalink.as_str()?;
    Some(if link.starts_with('/') { format!("https://www.facebook.com{link}") } else { link.to_owned() })
}

/// The page's name: a question that changes nothing, to see whether the token is let in.
///
/// # Errors
/// As Facebook refuses.
pub async fn page<L: Line>(line: &L, account: &Account) -> Result<String, Refusal> {
    let page = answer::get(line, account, &account.page, &[("fields", "name")]).await.preparing()?;
    Ok(page["name"].as_str().unwrap_or(&account.page).to_owned())
}

/// Another text. Pictures stay as they are.
pub async fn edit<L: Line>(line: &L, account: &Account, id: &str, message: &Message) -> Outcome {
    let body = if is_post(id) { json!({ "message": text(message) }) } else { json!({ "description": text(message) }) };
    done(answer::post(line, account, id, &body).await.publishing(), id)
}

/// Deletes it. That it does not exist Facebook says of what we may not see, too: it is looked at before it is believed.
pub async fn retract<L: Line>(line: &L, account: &Account, id: &str) -> Outcome {
    match done(answer::delete(line, account, id).await.publishing(), id) {
        Outcome::Refused(refused) if refused.why == Why::Gone => Outcome::Refused(if_gone(line, account, id, refused).await),
        outcome => outcome,
    }
}

/// [`Why::Gone`] only where the copy can not be read and its page can; else why nobody knows. Reads only.
async fn if_gone<L: Line>(line: &L, account: &Account, id: &str, refused: Refusal) -> Refusal {
    let query = [("fields", "id")];
    let unseen = |refused: Refusal| Refusal { why: Why::Permission, ..refused };
    match answer::get(line, account, id, &query).await.preparing() {
        // It is there: it may be read and not be deleted.
        Ok(_) => return unseen(refused),
        Err(refusal) if refusal.why == Why::Gone => {}
        Err(refusal) => return refusal,
    }
    match answer::get(line, account, &account.page, &query).await.preparing() {
        Ok(page) if page["id"].is_string() => refused,
        Err(refusal) if refusal.why != Why::Gone => refusal,
        Ok(_) | Err(_) => unseen(refused),
    }
}

fn done(answer: Result<Value, Outcome>, id: &str) -> Outcome {
    match answer {
        Ok(said) if said["success"] == true => confirmed(id, None),
        Ok(said) => Outcome::Unknown { says: cut(&said.to_string()) },
        Err(outcome) => outcome,
    }
}

/// Posts are named page_post, videos by one number.
pub(super) fn is_post(id: &str) -> bool {
    id.contains('_')
}
