//! Web Push: a notice to a browser that asked for it, through the push service of that browser's maker. The service sees the
//! length and the time of a notice and nothing of its content.
//!
//! Sources: RFC 8030 (delivery), RFC 8291 and 8188 (encryption), RFC 8292 (who sends), W3C Push API (`PushSubscription`).

mod encrypt;
mod subscription;
mod vapid;

use bytes::Bytes;
use http::{Method, StatusCode};

use crate::wire::{confirmed, cut, refusal, request, retry_after, says, undecided, why_of};
use crate::{Line, Outcome, Refusal, Request, Response, Why};

pub use encrypt::PLAINTEXT_BYTES_MAX;
pub use subscription::{BadSubscription, Subscription};
pub use vapid::{BadKey, Keys};

/// One notice to one browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What the page's service worker reads, such as JSON; at most [`PLAINTEXT_BYTES_MAX`] bytes.
    pub content: Vec<u8>,
    /// How long the service keeps it for a browser that is away, in seconds; 0: now or never.
    pub ttl_s: u32,
    pub urgency: Urgency,
    /// A later notice with the same topic takes the place of one that waits: 1 to 32 of `A-Z a-z 0-9 - _` (RFC 8030, 5.4).
    pub topic: Option<String>,
}

/// RFC 8030, 5.3: below what a device that saves power asks for, it is kept back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    VeryLow,
    Low,
    Normal,
    High,
}

impl Urgency {
    fn word(self) -> &'static str {
        match self {
            Self::VeryLow => "very-low",
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }
}

/// Sends one notice. [`Why::Gone`]: the subscription is over and is not to be used again; [`Why::Permission`]: the service does
/// not take our keys for this subscription; [`Why::Content`]: too long. An id is the `Location` of the notice, if one came.
pub async fn send<L: Line>(line: &L, keys: &Keys, to: &Subscription, notice: &Notice, now_s: i64) -> Outcome {
    match compose(keys, to, notice, now_s) {
        Err(refusal) => Outcome::Refused(refusal),
        Ok(asking) => match line.exchange(asking).await {
            Ok(answer) => classify(&answer),
            Err(error) => undecided(&error),
        },
    }
}

/// The request to the push service. Each has a key and a salt of its own.
///
/// # Errors
/// [`Why::Content`] when the content is too long or the topic is none, [`Why::Protocol`] when keys or address can not be used.
pub fn compose(keys: &Keys, to: &Subscription, notice: &Notice, now_s: i64) -> Result<Request, Refusal> {
    if let Some(topic) = &notice.topic
        && !is_topic(topic)
    {
        return Err(refusal(Why::Content, &format!("no topic: {topic}")));
    }
    let body = encrypt::encrypt(to, &notice.content).map_err(|error| refusal(Why::Content, &error.to_string()))?;
    let authorization = keys.authorization(&to.endpoint, now_s).map_err(|error| refusal(Why::Protocol, &error.to_string()))?;
    let (ttl, length) = (notice.ttl_s.to_string(), body.len().to_string());
    let mut headers = vec![
        ("authorization", authorization.as_str()),
        ("ttl", &ttl),
        ("urgency", notice.urgency.word()),
        ("content-type", "application/octet-stream"),
        ("content-encoding", "aes128gcm"),
        ("content-length", &length),
    ];
    if let Some(topic) = &notice.topic {
        headers.push(("topic", topic));
    }
    request(Method::POST, &to.endpoint, &headers, Bytes::from(body))
}

fn is_topic(topic: &str) -> bool {
    (1..=32).contains(&topic.len()) && topic.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// What the push service's answer means (RFC 8030, 5 and 8.4): any success says that it keeps the notice.
#[must_use]
pub fn classify(answer: &Response) -> Outcome {
    let status = answer.status();
    let why = match status {
        _ if status.is_success() => {
            let location = answer.headers().get("location").and_then(|location| location.to_str().ok());
            return confirmed(location.unwrap_or_default(), None);
        }
        StatusCode::NOT_FOUND | StatusCode::GONE => Why::Gone,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Why::Permission,
        StatusCode::PAYLOAD_TOO_LARGE => Why::Content,
        StatusCode::SERVICE_UNAVAILABLE => Why::Unavailable,
        _ if status.is_server_error() => return Outcome::Unknown { says: says(answer) },
        _ => why_of(status),
    };
    Outcome::Refused(Refusal { why, says: cut(&says(answer)), again_after: retry_after(answer.headers()) })
}
