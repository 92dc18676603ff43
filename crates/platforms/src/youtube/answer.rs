//! What YouTube's answers mean.

use std::time::Duration;

use serde_json::Value;

use crate::wire::{cut, json, retry_after, says, why_of};
use crate::{Copy, Found, Refusal, Response, Why};

use super::Privacy;

/// After `uploadLimitExceeded` a channel may upload again in 24 hours.
const UPLOAD_PAUSE: Duration = Duration::from_secs(24 * 3_600);

/// `{error: {code, message, errors: [{reason, domain, message}]}}`, or the status when there is no such body.
pub(super) fn refusal(answer: &Response) -> Refusal {
    let body = json(answer);
    let error = &body["error"];
    let reason = error["errors"][0]["reason"].as_str().unwrap_or_default();
    let why = why(reason).unwrap_or_else(|| why_of(answer.status()));
    let says = match error["message"].as_str() {
        Some(message) => cut(&format!("{} {reason}: {message}", answer.status().as_u16())),
        None => says(answer),
    };
    let again_after = retry_after(answer.headers()).or((reason == "uploadLimitExceeded").then_some(UPLOAD_PAUSE));
    Refusal { why, says, again_after }
}

/// The reasons of "YouTube Data API - Errors" and of the pages of the single methods.
fn why(reason: &str) -> Option<Why> {
    Some(match reason {
        "quotaExceeded" | "dailyLimitExceeded" | "uploadLimitExceeded" => Why::Quota,
        "rateLimitExceeded" | "userRateLimitExceeded" | "uploadRateLimitExceeded" => Why::Rate,
        "authError" | "authorizationRequired" | "expired" | "required" => Why::Token,
        "authenticatedUserAccountSuspended" | "authenticatedUserAccountClosed" | "accountClosed" | "accountSuspended" => {
            Why::Blocked
        }
        "forbidden"
        | "insufficientPermissions"
        | "youtubeSignupRequired"
        | "accessNotConfigured"
        | "accountDelegationForbidden"
        | "authenticatedUserNotChannel"
        | "channelForbidden"
        | "forbiddenPrivacySetting" => Why::Permission,
        "invalidTitle"
        | "invalidDescription"
        | "invalidTags"
        | "invalidCategoryId"
        | "invalidVideoMetadata"
        | "defaultLanguageNotSet" => Why::Content,
        "mediaBodyRequired" | "invalidFilename" | "mediaTypeNotSupported" => Why::Media,
        "videoNotFound" | "notFound" => Why::Gone,
        "backendError" | "internalError" => Why::Unavailable,
        _ => return None,
    })
}

pub(super) fn address(id: &str) -> String {
    format!("https://www.youtube.com/watch?v={id}")
}

/// What a video resource with `status` says of the video (`Videos`, `status.uploadStatus` and its reasons).
pub(super) fn found(video: &Value, wanted: Privacy) -> Found {
    let Some(id) = video["id"].as_str() else {
        return Found::CanNotTell { says: cut(&video.to_string()) };
    };
    let status = &video["status"];
    let refused = |why, says: String| Found::Refused(crate::wire::refusal(why, &says));
    match status["uploadStatus"].as_str() {
        Some("uploaded") => Found::Pending,
        Some("processed") => of_privacy(id, status["privacyStatus"].as_str(), wanted),
        Some("rejected") => {
            let reason = status["rejectionReason"].as_str().unwrap_or_default();
            refused(why_rejected(reason), format!("{id} rejected: {reason}"))
        }
        Some("failed") => refused(Why::Media, format!("{id} failed: {}", status["failureReason"].as_str().unwrap_or_default())),
        Some("deleted") => refused(Why::Gone, format!("{id} deleted")),
        _ => Found::CanNotTell { says: cut(&format!("{id}: {status}")) },
    }
}

/// A video that only its owner sees did not reach anybody: said as a refusal with the video's id, so that a person finds it.
fn of_privacy(id: &str, is: Option<&str>, wanted: Privacy) -> Found {
    if is == Some(Privacy::Private.word()) && wanted != Privacy::Private {
        let says = format!("{id} is kept private: a project that is not audited publishes to nobody else");
        return Found::Refused(crate::wire::refusal(Why::Permission, &says));
    }
    Found::Yes(Copy { id: id.to_owned(), address: (is != Some(Privacy::Private.word())).then(|| address(id)) })
}

fn why_rejected(reason: &str) -> Why {
    match reason {
        "uploaderAccountClosed" | "uploaderAccountSuspended" => Why::Blocked,
        "length" | "duplicate" => Why::Media,
        _ => Why::Content,
    }
}
