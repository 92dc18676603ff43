//! Renewing the tokens. A refresh token works once: whoever calls this holds a lock, and keeps what comes back on disk before
//! using any of it.

use std::time::Duration;

use http::Method;
use serde_json::Value;

use crate::reply::{Reply, exchange};
use crate::wire::{cut, form, json, refusal, request};
use crate::{Line, LineError, Refusal, Response, Secret, Why};

/// "Invalid refresh token" (Xác thực và ủy quyền v4, Mã lỗi).
const INVALID_REFRESH_TOKEN: i64 = -14014;

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
    /// [`Why::Token`]: the refresh token is used up or over; a person links the account again. Everything else passes, or is
    /// not known: the token was not used.
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

/// Errors are numbers here, too; `0` and none at all are good. Some come with a name only.
fn read(answer: &Response) -> Reply {
    let body = json(answer);
    let code = body["error"].as_i64().unwrap_or_default();
    let name = body["error_name"].as_str().unwrap_or_default();
    if code != 0 || !name.is_empty() {
        let words = body["error_description"].as_str().filter(|words| !words.is_empty()).unwrap_or(name);
        return Reply::Error(refusal(why(code, name, words), &format!("{code} {words}")));
    }
    if body.is_object() { Reply::Good(body) } else { Reply::unreadable(answer) }
}

/// A token is dead by the code that the documents have for it, or where the words name the refresh token; all else may pass (an
/// unknown code kills no account).
fn why(code: i64, name: &str, words: &str) -> Why {
    let said = format!("{name} {words}").to_lowercase().replace('_', " ");
    let is_over = ["invalid", "expired", "used"].iter().any(|word| said.contains(word));
    match code {
        -32 => Why::Rate,
        INVALID_REFRESH_TOKEN => Why::Token,
        _ if said.contains("refresh token") && is_over => Why::Token,
        _ => Why::Unavailable,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_token_that_is_over_kills() {
        assert_eq!(why(-14014, "Invalid refresh token", "Invalid refresh token"), Why::Token);
        assert_eq!(why(-1, "refresh_token_expired", "Refresh token has expired"), Why::Token);
        assert_eq!(why(-32, "", "too many"), Why::Rate);
        for (code, words) in [(-14_004, "Invalid app secret"), (-14_999, "Something went wrong"), (-1, "Unknown error")] {
            assert_eq!(why(code, words, words), Why::Unavailable, "{words}");
        }
    }
}
