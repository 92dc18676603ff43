//! WebSub from the hub's side: who wants to be told is asked back before it is believed, and what changed is sent on with a
//! signature. Source: W3C WebSub.

use http::{Method, StatusCode};
use ring::hmac;

use crate::signature::{hex, is_same};
use crate::wire::{confirmed, form, refusal, request, retry_after, says, unavailable, why_of};
use crate::{Line, Outcome, Refusal, Request, Response, Secret, Why};

/// A secret is shorter than this (5.1).
const SECRET_BYTES_MAX: usize = 200;
const ADDRESS_BYTES_MAX: usize = 2_048;
/// How long a subscription lasts: what is asked for, between a day and thirty (5.1 leaves it to the hub).
const LEASE_S: (u64, u64, u64) = (86_400, 10 * 86_400, 30 * 86_400);

/// What a subscriber asks of the hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub mode: Mode,
    pub topic: String,
    /// Given by anybody: whoever opens the line refuses addresses of the own network.
    pub callback: String,
    /// In seconds, as the hub grants it.
    pub lease_s: u64,
    pub secret: Option<Secret>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Subscribe,
    Unsubscribe,
}

impl Mode {
    fn word(self) -> &'static str {
        match self {
            Self::Subscribe => "subscribe",
            Self::Unsubscribe => "unsubscribe",
        }
    }
}

/// Why a request is not taken: answered with 400 and these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAsk {
    #[error("hub.mode is neither subscribe nor unsubscribe")]
    Mode,
    #[error("hub.topic is missing")]
    Topic,
    #[error("hub.callback is no address of http or https")]
    Callback,
    #[error("hub.secret has 200 bytes or more")]
    Secret,
    #[error("hub.lease_seconds is no number")]
    Lease,
}

/// Reads the form that a subscriber posted, its pairs decoded (5.1). Answered with 202: what becomes of it, [`verify`] decides.
///
/// # Errors
/// [`BadAsk`].
pub fn asked(pairs: &[(String, String)]) -> Result<Asked, BadAsk> {
    let value = |name: &str| pairs.iter().find(|(is, _)| is == name).map(|(_, value)| value.as_str());
    let mode = match value("hub.mode") {
        Some("subscribe") => Mode::Subscribe,
        Some("unsubscribe") => Mode::Unsubscribe,
        _ => return Err(BadAsk::Mode),
    };
    let topic = value("hub.topic").filter(|topic| !topic.is_empty()).ok_or(BadAsk::Topic)?;
    let callback = value("hub.callback").filter(|callback| is_address(callback)).ok_or(BadAsk::Callback)?;
    let secret = value("hub.secret").filter(|secret| !secret.is_empty());
    if secret.is_some_and(|secret| secret.len() >= SECRET_BYTES_MAX) {
        return Err(BadAsk::Secret);
    }
    let (min, usual, max) = LEASE_S;
    let lease_s = match value("hub.lease_seconds").filter(|lease| !lease.is_empty()) {
        Some(lease) => lease.parse::<u64>().map_err(|_| BadAsk::Lease)?.clamp(min, max),
        None => usual,
    };
    Ok(Asked { mode, topic: topic.to_owned(), callback: callback.to_owned(), lease_s, secret: secret.map(Secret::from) })
}

fn is_address(callback: &str) -> bool {
    let uri = callback.parse::<http::Uri>();
    callback.len() <= ADDRESS_BYTES_MAX
        && !callback.contains('#')
        && uri.is_ok_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.authority().is_some())
}

/// Asks the subscriber whether it really wants this: `GET` of its callback with a challenge that it must say back (5.3). `challenge`
/// is drawn at random by whoever calls. True: it does.
///
/// # Errors
/// No answer, or an answer that decides nothing (5xx): may be asked again later.
pub async fn verify<L: Line>(line: &L, asked: &Asked, challenge: &str) -> Result<bool, Refusal> {
    let lease = asked.lease_s.to_string();
    let mut pairs = vec![("hub.mode", asked.mode.word()), ("hub.topic", &asked.topic), ("hub.challenge", challenge)];
    if asked.mode == Mode::Subscribe {
        pairs.push(("hub.lease_seconds", &lease));
    }
    let asking = request(Method::GET, &with_query(&asked.callback, &form(&pairs)), &[], "")?;
    let answer = line.exchange(asking).await.map_err(|error| unavailable(&error))?;
    if answer.status().is_server_error() {
        return Err(refusal(Why::Unavailable, &says(&answer)));
    }
    let said = String::from_utf8_lossy(answer.body());
    Ok(answer.status().is_success() && is_same(&said, challenge))
}

/// Tells a subscriber that it is refused, or no longer told (5.2). Its answer does not matter.
///
/// # Errors
/// The callback is no address.
pub fn deny(asked: &Asked, reason: &str) -> Result<Request, Refusal> {
    let pairs = [("hub.mode", "denied"), ("hub.topic", asked.topic.as_str()), ("hub.reason", reason)];
    request(Method::GET, &with_query(&asked.callback, &form(&pairs)), &[], "")
}

/// A query that is there already is kept.
fn with_query(address: &str, query: &str) -> String {
    format!("{address}{}{query}", if address.contains('?') { '&' } else { '?' })
}

/// One change of one topic.
#[derive(Clone, Copy, Debug)]
pub struct Content<'a> {
    pub hub: &'a str,
    pub topic: &'a str,
    /// The topic's own type, such as `application/rss+xml`.
    pub mime: &'a str,
    /// The topic's whole document.
    pub body: &'a [u8],
}

/// Sends on what changed (7): a subscriber with a secret gets `X-Hub-Signature`.
///
/// # Errors
/// The callback or the type is none.
pub fn distribution(content: &Content<'_>, callback: &str, secret: Option<&Secret>) -> Result<Request, Refusal> {
    let links = format!("<{}>; rel=\"hub\", <{}>; rel=\"self\"", content.hub, content.topic);
    let signature = secret.map(|secret| signature(secret, content.body));
    let mut headers = vec![("content-type", content.mime), ("link", links.as_str())];
    if let Some(signature) = &signature {
        headers.push(("x-hub-signature", signature));
    }
    request(Method::POST, callback, &headers, content.body.to_vec())
}

/// `sha256=` and the HMAC of the body in hex (7.1).
#[must_use]
pub fn signature(secret: &Secret, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.reveal().as_bytes());
    format!("sha256={}", hex(hmac::sign(&key, body).as_ref()))
}

/// Sends it and says what came of it. Without an answer it may be sent again: a document that comes twice is the same document.
pub async fn distribute<L: Line>(line: &L, content: &Content<'_>, callback: &str, secret: Option<&Secret>) -> Outcome {
    match distribution(content, callback, secret) {
        Err(refusal) => Outcome::Refused(refusal),
        Ok(sending) => match line.exchange(sending).await {
            Ok(answer) => classify(&answer),
            Err(error) => Outcome::Refused(unavailable(&error)),
        },
    }
}

/// Any success will do; 410 ends the subscription ([`Why::Gone`]); the rest may be tried again a few times (7).
#[must_use]
pub fn classify(answer: &Response) -> Outcome {
    let why = match answer.status() {
        status if status.is_success() => return confirmed("", None),
        StatusCode::GONE => Why::Gone,
        StatusCode::NOT_FOUND => Why::Unavailable,
        status => why_of(status),
    };
    Outcome::Refused(Refusal { why, says: says(answer), again_after: retry_after(answer.headers()) })
}
