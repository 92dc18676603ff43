//! Renewing the token of an account (RFC 6749, section 6), as Google and TikTok want it: one POST of a form.

use std::time::Duration;

use http::Method;
use serde_json::Value;

use crate::wire::{form, json, refusal, request, says, unavailable, why_of};
use crate::{Line, Refusal, Secret, Why};

/// What a renewal brings. To be kept before anything else is done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewed {
    pub access_token: Secret,
    /// Some platforms give another one with it, and the old one is over.
    pub refresh_token: Option<Secret>,
    /// As the platform says, not as its documents say.
    pub expires_in: Duration,
    pub refresh_expires_in: Option<Duration>,
}

/// Sends the form and reads what every platform of this kind answers: `access_token`, `expires_in` and perhaps `refresh_token`,
/// or `error` and `error_description` (RFC 6749, 5.1 and 5.2), the latter with status 200, too.
pub(crate) async fn renew<L: Line>(line: &L, address: &str, pairs: &[(&str, &str)]) -> Result<Renewed, Refusal> {
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("cache-control", "no-cache")];
    let asking = request(Method::POST, address, &headers, form(pairs))?;
    let answer = line.exchange(asking).await.map_err(|error| unavailable(&error))?;
    let body = json(&answer);
    if let Some(code) = body["error"].as_str().filter(|code| !code.is_empty() && *code != "ok") {
        let words = format!("{code}: {}", body["error_description"].as_str().unwrap_or_default());
        return Err(refusal(why(code), &words));
    }
    match (body["access_token"].as_str(), seconds(&body["expires_in"])) {
        (Some(token), Some(expires_in)) if answer.status().is_success() => Ok(Renewed {
            access_token: Secret::from(token),
            refresh_token: body["refresh_token"].as_str().map(Secret::from),
            expires_in,
            refresh_expires_in: seconds(&body["refresh_expires_in"]),
        }),
        _ if answer.status().is_success() => Err(refusal(Why::Protocol, &says(&answer))),
        _ => Err(refusal(why_of(answer.status()), &says(&answer))),
    }
}

fn seconds(value: &Value) -> Option<Duration> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok()).map(Duration::from_secs)
}

/// The codes of RFC 6749, 5.2, and TikTok's.
fn why(code: &str) -> Why {
    match code {
        "invalid_grant" => Why::Token,
        "invalid_client" | "unauthorized_client" | "invalid_scope" | "access_denied" => Why::Permission,
        "temporarily_unavailable" | "server_error" | "internal_error" => Why::Unavailable,
        "rate_limit_exceeded" | "slow_down" => Why::Rate,
        _ => Why::Protocol,
    }
}
