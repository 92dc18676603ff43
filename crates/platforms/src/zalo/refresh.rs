//! Renewing the tokens. A refresh token works once: whoever calls this holds a lock, and keeps what comes back on disk before
//! using any of it.

use std::time::Duration;

use http::Method;
use serde_json::Value;

use crate::reply::{Reply, exchange};
use crate::wire::{cut, form, json, refusal, request};
use crate::{Line, LineError, Refusal, Response, Secret, Why};

/// The app that acts for the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// [`super::OAUTH`], without a slash at its end.
    pub oauth: String,
    pub app_id: String,
    pub secret_key: Secret,
}

/// A new pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    pub access_token: Secret,
    /// For the next time; good for three months.
    pub refresh_token: Secret,
    /// Of the access token, as Zalo says it.
    pub expires_in: Duration,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refreshed {
    New(Tokens),
    /// [`Why::Token`]: the refresh token is used up or over; a person links the account again.
    Refused(Refusal),
    /// The token may be used up, and the new pair lost on the way. Trying once more does no harm: it works, or is refused.
    Unknown {
        says: String,
    },
}

/// Makes the one call (`/v4/oa/access_token`, `grant_type=refresh_token`).
pub async fn refresh<L: Line>(line: &L, app: &App, refresh_token: &Secret) -> Refreshed {
    let pairs = [("app_id", app.app_id.as_str()), ("grant_type", "refresh_token"), ("refresh_token", refresh_token.reveal())];
    let headers = [("secret_key", app.secret_key.reveal()), ("content-type", "application/x-www-form-urlencoded")];
    let address = format!("{}/v4/oa/access_token", app.oauth);
    let request = match request(Method::POST, &address, &headers, form(&pairs)) {
        Ok(request) => request,
        Err(refusal) => return Refreshed::Refused(refusal),
    };
    match exchange(line, request, refresh_token, read).await {
        Reply::Good(body) => {
            tokens(&body).map_or_else(|| Refreshed::Unknown { says: "no pair in the answer".to_owned() }, Refreshed::New)
        }
        Reply::Error(refusal) => Refreshed::Refused(refusal),
        Reply::Silent(LineError::NotSent(says)) => Refreshed::Refused(refusal(Why::Unavailable, &says)),
        Reply::Silent(LineError::Cut(says)) | Reply::Unclear(says) => Refreshed::Unknown { says: cut(&says) },
    }
}

/// Errors are numbers here, too; `0` and none at all are good.
fn read(answer: &Response) -> Reply {
    let body = json(answer);
    match body["error"].as_i64().filter(|code| *code != 0) {
        Some(code) => {
            let words = body["error_description"].as_str().or_else(|| body["error_name"].as_str()).unwrap_or_default();
            let why = if code == -32 { Why::Rate } else { Why::Token };
            Reply::Error(refusal(why, &format!("{code} {words}")))
        }
        None if body.is_object() => Reply::Good(body),
        None => Reply::unreadable(answer),
    }
}

fn tokens(body: &Value) -> Option<Tokens> {
    let expires = &body["expires_in"];
    let seconds = expires.as_u64().or_else(|| expires.as_str()?.parse().ok())?;
    Some(Tokens {
        access_token: body["access_token"].as_str()?.into(),
        refresh_token: body["refresh_token"].as_str()?.into(),
        expires_in: Duration::from_secs(seconds),
    })
}
