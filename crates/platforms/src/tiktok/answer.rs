//! What TikTok's answers mean: `{data, error: {code, message, log_id}}`, where `code` is `ok` or the refusal, with status 200, too.

use std::time::Duration;

use http::Method;
use serde_json::Value;

use crate::wire::{call, cut, json, retry_after, says, why_of};
use crate::{Line, LineError, Refusal, Response, Why};

use super::Account;

/// The window of the rates.
const MINUTE: Duration = Duration::from_secs(60);

/// Why a call has no `data`.
pub(super) enum Trouble {
    /// TikTok said no, or the request could not be made.
    Refused(Refusal),
    /// It failed on its side (5xx) or answered what its documents do not say.
    Unclear(Response),
    Line(LineError),
}

/// One POST of JSON: its `data`.
pub(super) async fn data<L: Line>(line: &L, account: &Account, path: &str, body: &Value) -> Result<Value, Trouble> {
    let address = format!("{}{path}", account.api);
    let asking = call(Method::POST, &address, account.access_token.reveal(), body).map_err(Trouble::Refused)?;
    let answer = line.exchange(asking).await.map_err(Trouble::Line)?;
    let mut said = json(&answer);
    match said["error"]["code"].as_str() {
        Some("ok") if answer.status().is_success() => Ok(said["data"].take()),
        Some(_) if !answer.status().is_server_error() => Err(Trouble::Refused(refusal(&answer))),
        None if answer.status().is_client_error() => Err(Trouble::Refused(refusal(&answer))),
        _ => Err(Trouble::Unclear(answer)),
    }
}

/// The code and the words, or the status when there is no such body.
pub(super) fn refusal(answer: &Response) -> Refusal {
    let body = json(answer);
    let code = body["error"]["code"].as_str().unwrap_or_default();
    let why = why(code).unwrap_or_else(|| why_of(answer.status()));
    let says = if code.is_empty() {
        says(answer)
    } else {
        cut(&format!("{code}: {} ({})", words(&body, "message"), words(&body, "log_id")))
    };
    let again_after = retry_after(answer.headers()).or((why == Why::Rate).then_some(MINUTE));
    Refusal { why, says, again_after }
}

fn words<'a>(body: &'a Value, name: &str) -> &'a str {
    body["error"][name].as_str().unwrap_or_default()
}

/// The codes of "Error Handling" and of the pages of the single calls, and the reasons of a failed post.
pub(super) fn why(code: &str) -> Option<Why> {
    Some(match code {
        "access_token_invalid" | "auth_removed" => Why::Token,
        "scope_not_authorized"
        | "scope_permission_missed"
        | "unaudited_client_can_only_post_to_private_accounts"
        | "privacy_level_option_mismatch"
        | "url_ownership_unverified"
        | "token_not_authorized_for_specified_publish_id" => Why::Permission,
        "rate_limit_exceeded" => Why::Rate,
        "spam_risk_too_many_posts" | "spam_risk_too_many_pending_share" | "reached_active_user_cap" => Why::Quota,
        "spam_risk_user_banned_from_posting" => Why::Blocked,
        "spam_risk" | "spam_risk_text" => Why::Content,
        "invalid_file_upload"
        | "file_format_check_failed"
        | "duration_check_failed"
        | "frame_rate_check_failed"
        | "picture_size_check_failed" => Why::Media,
        "invalid_publish_id" | "publish_cancelled" => Why::Gone,
        "internal_error" | "internal" | "video_pull_failed" | "photo_pull_failed" => Why::Unavailable,
        "invalid_params" | "invalid_param" => Why::Protocol,
        _ => return None,
    })
}

impl Trouble {
    /// When nothing can have been posted by the call.
    pub(super) fn harmless(self) -> Refusal {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Unclear(answer) if answer.status().is_server_error() => crate::wire::refusal(Why::Unavailable, &says(&answer)),
            Self::Unclear(answer) => crate::wire::refusal(Why::Protocol, &says(&answer)),
            Self::Line(error) => crate::wire::unavailable(&error),
        }
    }
}
