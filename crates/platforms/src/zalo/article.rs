//! Articles: create, ask whether it is done, update, remove.

use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use super::{AUTHOR_MAX, Account, LEAD_MAX, answer};
use crate::wire::{confirmed, cut, refusal, stopped};
use crate::{Copy, Found, Journal, Line, Media, MediaKind, Message, Outcome, Why};

/// Creates an article. Zalo works on it for some seconds: `Accepted`, with the token that [`status`] wants.
pub async fn publish<L: Line, J: Journal>(line: &L, account: &Account, message: &Message, journal: &mut J) -> Outcome {
    let Some(article) = written(account, message) else {
        return Outcome::Refused(refusal(Why::Media, "no picture with an address for the cover"));
    };
    if let Err(stop) = journal.about_to_publish().await {
        return stopped(&stop);
    }
    let token = match token(line, account, "create", &article).await {
        Ok(token) => token,
        Err(outcome) => return outcome,
    };
    match journal.handle_known(&token).await {
        Ok(()) => Outcome::Accepted { handle: token },
        // It is there all the same.
        Err(stop) => Outcome::Unknown { says: cut(&format!("article {token}: {stop}")) },
    }
}

/// Whether an article is done (`article/verify`).
pub async fn status<L: Line>(line: &L, account: &Account, handle: &str) -> Found {
    let body = json!({ "token": handle });
    match answer::post(line, &address(account, "verify"), &account.access_token, &body).await.preparing() {
        Ok(data) => match data["id"].as_str() {
            Some(id) => Found::Yes(Copy { id: id.to_owned(), address: link(line, account, id).await }),
            None => Found::Pending,
        },
        Err(refusal) if answer::is(&refusal, answer::PROCESSED) => Found::Pending,
        // By its code alone: a proxy that refuses by status says nothing of the article.
        Err(refusal) if answer::is(&refusal, answer::MEDIA_FAILED) => Found::Refused(refusal),
        Err(refusal) => Found::CanNotTell { says: refusal.says },
    }
}

/// Where people see it (`article/getdetail`, `link_view`). That Zalo does not say it, or not now, is no failure.
async fn link<L: Line>(line: &L, account: &Account, id: &str) -> Option<String> {
    let detail =
        answer::get(line, &address(account, "getdetail"), &account.access_token, &[("id", id)]).await.preparing().ok()?;
    detail["link_view"].as_str().filter(|link| !link.is_empty()).map(str::to_owned)
}

/// Puts another article in its place. As with a new one, Zalo works on it: ask [`status`].
pub async fn edit<L: Line>(line: &L, account: &Account, id: &str, message: &Message) -> Outcome {
    let Some(mut article) = written(account, message) else {
        return Outcome::Refused(refusal(Why::Media, "no picture with an address for the cover"));
    };
    article["id"] = id.into();
    match token(line, account, "update", &article).await {
        Ok(token) => Outcome::Accepted { handle: token },
        Err(outcome) => outcome,
    }
}

/// Removes it. A broadcast of it stays in people's lists and leads nowhere.
pub async fn retract<L: Line>(line: &L, account: &Account, id: &str) -> Outcome {
    let body = json!({ "id": id });
    match answer::post(line, &address(account, "remove"), &account.access_token, &body).await.publishing() {
        Ok(_) => confirmed(id, None),
        Err(outcome) => outcome,
    }
}

async fn token<L: Line>(line: &L, account: &Account, verb: &str, article: &Value) -> Result<String, Outcome> {
    let data = answer::post(line, &address(account, verb), &account.access_token, article).await.publishing()?;
    let none = || Outcome::Unknown { says: cut(&format!("no token in {data}")) };
    data["token"].as_str().map(str::to_owned).ok_or_else(none)
}

pub(super) fn address(account: &Account, verb: &str) -> String {
    format!("{}/v2.0/article/{verb}", account.api)
}

/// The article as Zalo wants it. `None` without a picture for the cover.
fn written(account: &Account, message: &Message) -> Option<Value> {
    let mut pictures = message.media.iter().filter(|media| media.kind == MediaKind::Image);
    let cover = pictures.next()?.address.as_deref()?;
    let author = if message.author.trim().is_empty() { &account.author } else { &message.author };
    let text = composed(&message.text);
    let mut body: Vec<Value> = paragraphs(&text).map(|one| html(&escaped(one).replace('\n', "<br>"))).collect();
    body.extend(pictures.filter_map(picture));
    body.extend(message.link.as_deref().map(linked));
    Some(json!({
        "type": "normal",
        "title": title(message),
        "author": composed(author).chars().take(AUTHOR_MAX).collect::<String>(),
        "cover": { "cover_type": "photo", "photo_url": encoded(cover), "status": "show" },
        "description": lead(&text),
        "body": body,
        "status": "show",
        "comment": if account.is_commented { "show" } else { "hide" },
    }))
}

/// The title as it is written there, by which an article is found again.
pub(super) fn title(message: &Message) -> String {
    composed(&message.title)
}

fn composed(text: &str) -> String {
    text.trim().nfc().collect()
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").map(str::trim).filter(|one| !one.is_empty())
}

fn html(content: &str) -> Value {
    json!({ "type": "text", "content": format!("<p>{content}</p>") })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn picture(picture: &Media) -> Option<Value> {
    let address = picture.address.as_deref()?;
    Some(json!({ "type": "image", "url": encoded(address), "caption": composed(&picture.alt) }))
}

fn linked(link: &str) -> Value {
    let link = escaped(&encoded(link));
    html(&format!("<a href=\"{link}\">{link}</a>"))
}

/// Zalo fetches addresses only when they are of ASCII.
fn encoded(address: &str) -> String {
    const SPACE: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>');
    percent_encoding::utf8_percent_encode(address, SPACE).to_string()
}

/// The first words, whole, as many as are shown in a list.
fn lead(text: &str) -> String {
    let first = paragraphs(text).next().unwrap_or_default().replace('\n', " ");
    if first.chars().count() <= LEAD_MAX {
        return first;
    }
    let short: String = first.chars().take(LEAD_MAX - 1).collect();
    let end = short.rfind(char::is_whitespace).unwrap_or(short.len());
    format!("{}…", short[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_ends_behind_a_word() {
        let lead = lead(&"chuyển đổi số ".repeat(40));
        assert!(lead.chars().count() <= LEAD_MAX);
        assert!(lead.ends_with("đổi…") || lead.ends_with("chuyển…") || lead.ends_with("số…"), "{lead}");
        assert_eq!(super::lead("Một\n\nHai"), "Một");
    }

    #[test]
    fn what_people_write_is_no_mark_up() {
        assert_eq!(escaped("a <b> & c"), "a &lt;b&gt; &amp; c");
        assert_eq!(encoded("https://tinh.example/ảnh 1.jpg"), "https://tinh.example/%E1%BA%A3nh%201.jpg");
    }
}
