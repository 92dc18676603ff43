//! A post with words, a link or pictures, by `/feed`; a video by `/videos`.

use serde_json::{Value, json};

use super::{Account, answer, text};
use crate::multipart::Form;
use crate::wire::{confirmed, cut, stopped};
use crate::{Journal, Line, Media, MediaKind, Message, Outcome, Refusal};

/// Publishes on the page. A video is `Accepted`: Facebook works on it for a while.
pub async fn publish<L: Line, J: Journal>(line: &L, account: &Account, message: &Message, journal: &mut J) -> Outcome {
    match message.media.iter().find(|media| media.kind == MediaKind::Video) {
        Some(video) => publish_video(line, account, message, video, journal).await,
        None => publish_post(line, account, message, journal).await,
    }
}

async fn publish_post<L: Line, J: Journal>(line: &L, account: &Account, message: &Message, journal: &mut J) -> Outcome {
    let mut pictures = Vec::new();
    for picture in &message.media {
        match upload(line, account, picture).await {
            Ok(id) => pictures.push(json!({ "media_fbid": id })),
            Err(refusal) => return Outcome::Refused(refusal),
        }
    }
    let mut post = json!({ "message": text(message), "published": true });
    if !pictures.is_empty() {
        post["attached_media"] = pictures.into();
    } else if let Some(link) = &message.link {
        post["link"] = link.as_str().into();
    }
    if let Err(stop) = journal.about_to_publish().await {
        return stopped(&stop);
    }
    match answer::post(line, account, &format!("{}/feed", account.page), &post).await.publishing() {
        Ok(made) => post_of(&made),
        Err(outcome) => outcome,
    }
}

fn post_of(made: &Value) -> Outcome {
    match made["id"].as_str() {
        Some(id) => confirmed(id, Some(address(id))),
        None => Outcome::Unknown { says: cut(&format!("no id in {made}")) },
    }
}

/// Where a post is seen.
pub(super) fn address(id: &str) -> String {
    format!("https://www.facebook.com/{id}")
}

/// A picture that nobody sees until a post names it.
async fn upload<L: Line>(line: &L, account: &Account, picture: &Media) -> Result<String, Refusal> {
    let mut form = Form::default();
    form.field("published", "false");
    if !picture.alt.is_empty() {
        form.field("alt_text_custom", picture.alt.as_str());
    }
    form.file("source", picture);
    let made = answer::upload(line, account, &format!("{}/photos", account.page), form).await.preparing()?;
    let none = || crate::wire::refusal(crate::Why::Protocol, &format!("no id in {made}"));
    made["id"].as_str().map(str::to_owned).ok_or_else(none)
}

async fn publish_video<L: Line, J: Journal>(
    line: &L,
    account: &Account,
    message: &Message,
    video: &Media,
    journal: &mut J,
) -> Outcome {
    let mut form = Form::default();
    form.field("title", message.title.trim());
    form.field("description", text(message));
    form.file("source", video);
    if let Err(stop) = journal.about_to_publish().await {
        return stopped(&stop);
    }
    let made = match answer::upload(line, account, &format!("{}/videos", account.page), form).await.publishing() {
        Ok(made) => made,
        Err(outcome) => return outcome,
    };
    let Some(id) = made["id"].as_str() else { return Outcome::Unknown { says: cut(&format!("no id in {made}")) } };
    match journal.handle_known(id).await {
        Ok(()) => Outcome::Accepted { handle: id.to_owned() },
        // It is there all the same.
        Err(stop) => Outcome::Unknown { says: cut(&format!("video {id}: {stop}")) },
    }
}
