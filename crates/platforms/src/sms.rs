//! SMS through a gateway over HTTP. Every company has its own, so the gateway is data: how the request is written and how the answer
//! is read. An SMS can not be changed, taken back or counted; whether one was sent that got no answer, nobody can tell.

mod count;
mod gateway;
mod template;

use serde_json::Value;

use crate::wire::{confirmed, cut, json, refusal, retry_after, says, stopped, undecided, why_of};
use crate::{Found, Journal, Limits, Line, Message, Obstacle, Outcome, Reading, Refusal, Response, Secret, Sought, Unit, Why};

pub use count::{Alphabet, Parts, parts};
pub use gateway::{BadGateway, BodyKind, Gateway, Refused, Success};
pub use template::PLACEHOLDERS;

/// What one message may cost at most, in parts.
pub const PARTS_MAX: u32 = 10;

/// One number behind one gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub gateway: Gateway,
    /// User name and key as the gateway's templates name them.
    pub user: String,
    pub secret: Secret,
    /// The brand name or number that is shown.
    pub sender: String,
    /// The number it goes to, in the international form without `+`: `84…`.
    pub to: String,
    /// Parts that may be spent on one message; at most [`PARTS_MAX`].
    pub parts_max: u32,
}

/// In UTF-16 units for the longest text in Vietnamese letters; [`check`] counts as the alphabet of the text wants it.
#[must_use]
pub fn limits(account: &Account) -> Limits {
    let parts = account.parts_max.clamp(1, PARTS_MAX);
    Limits {
        unit: Unit::Utf16,
        title_max: 0,
        title_required: false,
        text_max: Alphabet::Ucs2.room(parts),
        caption_max: 0,
        images_max: 0,
        image_bytes_max: 0,
        videos_max: 0,
        video_bytes_max: 0,
        video_ms_max: 0,
        needs: &[],
        mimes: &[],
    }
}

/// What speaks against sending it; empty when nothing does.
#[must_use]
pub fn check(account: &Account, message: &Message) -> Vec<Obstacle> {
    let text = message.with_link();
    let mut obstacles = Vec::new();
    let counted = parts(&text);
    let max = counted.alphabet.room(account.parts_max.clamp(1, PARTS_MAX));
    if text.is_empty() {
        obstacles.push(Obstacle::Empty);
    } else if counted.units > max {
        obstacles.push(Obstacle::TextLong { count: counted.units, max });
    }
    obstacles.extend((0..message.media.len()).map(|at| Obstacle::MediaKindNotTaken { at }));
    obstacles
}

/// Sends it, by one request. The id is the gateway's, and empty when it gives none.
pub async fn publish<L: Line, J: Journal>(line: &L, account: &Account, message: &Message, journal: &mut J) -> Outcome {
    let asking = match account.gateway.request(account, &message.with_link()) {
        Ok(asking) => asking,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    if let Err(stop) = journal.about_to_publish().await {
        return stopped(&stop);
    }
    match line.exchange(asking).await {
        Ok(answer) => hidden(account, read(&account.gateway, &answer)),
        Err(error) => hidden(account, undecided(&error)),
    }
}

/// Success is what the gateway says it is; a documented refusal is one; a failure of the server says nothing, and so does a success
/// of HTTP that is neither.
fn read(gateway: &Gateway, answer: &Response) -> Outcome {
    let body = json(answer);
    if gateway.success.is_said(answer.status().as_u16(), &body) {
        return confirmed(&said(&body, &gateway.id_at).unwrap_or_default(), None);
    }
    let words = said(&body, &gateway.error_at);
    if let Some(code) = &words
        && !answer.status().is_server_error()
    {
        let why = gateway
            .why(code)
            .unwrap_or_else(|| if answer.status().is_success() { Why::Protocol } else { why_of(answer.status()) });
        let again_after = retry_after(answer.headers());
        return Outcome::Refused(Refusal { why, says: cut(&format!("{code}: {}", says(answer))), again_after });
    }
    if answer.status().is_client_error() {
        let again_after = retry_after(answer.headers());
        return Outcome::Refused(Refusal { why: why_of(answer.status()), says: says(answer), again_after });
    }
    Outcome::Unknown { says: says(answer) }
}

/// A word or number at a JSON pointer (RFC 6901); nothing for an empty pointer, `null` and empty words.
fn said(body: &Value, pointer: &str) -> Option<String> {
    if pointer.is_empty() {
        return None;
    }
    match body.pointer(pointer)? {
        Value::String(word) if word.is_empty() => None,
        Value::String(word) => Some(word.clone()),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}

/// Gateways want the secret in the address or the body, and may say it back, as it is or as it stands in an address.
fn hidden(account: &Account, outcome: Outcome) -> Outcome {
    let encoded = Secret::from(template::escaped(account.secret.reveal(), template::Surroundings::Form));
    let hide = |says: &str| encoded.hidden_in(&account.secret.hidden_in(says));
    match outcome {
        Outcome::Refused(refusal) => Outcome::Refused(Refusal { says: hide(&refusal.says), ..refusal }),
        Outcome::Unknown { says } => Outcome::Unknown { says: hide(&says) },
        other => other,
    }
}

/// A gateway of this kind is not asked.
#[expect(clippy::unused_async, reason = "asked like those of the other platforms")]
pub async fn status<L: Line>(_: &L, _: &Account, handle: &str) -> Found {
    Found::CanNotTell { says: format!("an SMS gateway is not asked after {handle}") }
}

/// Whether an SMS went out that got no answer, the gateway's own list shows to a person.
#[expect(clippy::unused_async, reason = "asked like those of the other platforms")]
pub async fn find<L: Line>(_: &L, _: &Account, _: &Sought<'_>) -> Found {
    Found::CanNotTell { says: "an SMS gateway is not asked what it sent".to_owned() }
}

/// What was read can not be changed.
#[expect(clippy::unused_async, reason = "asked like those of the other platforms")]
pub async fn edit<L: Line>(_: &L, _: &Account, id: &str, _: &Message) -> Outcome {
    Outcome::Refused(refusal(Why::Permission, &format!("an SMS is not changed: {id}")))
}

/// What was sent can not be taken back.
#[expect(clippy::unused_async, reason = "asked like those of the other platforms")]
pub async fn retract<L: Line>(_: &L, _: &Account, id: &str) -> Outcome {
    Outcome::Refused(refusal(Why::Permission, &format!("an SMS is not taken back: {id}")))
}

/// No figures.
///
/// # Errors
/// None.
#[expect(clippy::unused_async, reason = "asked like those of the other platforms")]
pub async fn metrics<L: Line>(_: &L, _: &Account, _: &str) -> Result<Vec<Reading>, Refusal> {
    Ok(Vec::new())
}
