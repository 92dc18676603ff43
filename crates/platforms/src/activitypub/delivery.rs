//! Bringing an activity to those who follow.

use std::collections::BTreeSet;

use http::{Method, StatusCode};
use serde_json::Value;

use super::{Actor, Key, sign};
use crate::wire::{confirmed, refusal, request, retry_after, says, why_of};
use crate::{LineError, Outcome, Refusal, Request, Response, Why};

/// Somebody who follows, as its actor document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follower {
    pub id: String,
    pub inbox: String,
    /// One for all actors of a server.
    pub shared_inbox: Option<String>,
}

/// Where a public activity goes: each server once when it has a shared inbox.
#[must_use]
pub fn inboxes(followers: &[Follower]) -> BTreeSet<&str> {
    followers.iter().map(|follower| follower.shared_inbox.as_deref().unwrap_or(&follower.inbox)).collect()
}

/// The signed POST to an inbox.
///
/// # Errors
/// [`Why::Protocol`]: the inbox is no address, or the key can not sign.
pub fn deliver(key: &Key, actor: &Actor, inbox: &str, activity: &Value, now_s: i64) -> Result<Request, Refusal> {
    let headers = [("content-type", super::MEDIA_TYPE), ("accept", super::MEDIA_TYPE)];
    let mut posting = request(Method::POST, inbox, &headers, activity.to_string())?;
    sign(key, &actor.key_id(), &mut posting, now_s).map_err(|error| refusal(Why::Protocol, &error.to_string()))?;
    Ok(posting)
}

/// What came of a delivery. Receivers know an activity by its id and show it once, so a delivery without an answer counts as one
/// that may be repeated, not as one of unknown outcome. [`Why::Gone`]: the inbox is no more, and so is its follower.
#[must_use]
pub fn classify(answered: &Result<Response, LineError>) -> Outcome {
    let answer = match answered {
        Ok(answer) => answer,
        Err(error) => return Outcome::Refused(crate::wire::unavailable(error)),
    };
    let why = match answer.status() {
        status if status.is_success() => return confirmed("", None),
        // Of all 4xx these pass by themselves.
        StatusCode::REQUEST_TIMEOUT => Why::Unavailable,
        StatusCode::NOT_FOUND | StatusCode::GONE => Why::Gone,
        // The receiver does not believe our signature, or wants none of us.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Why::Permission,
        status => why_of(status),
    };
    Outcome::Refused(Refusal { why, says: says(answer), again_after: retry_after(answer.headers()) })
}
