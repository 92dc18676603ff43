//! A call and its answer: `{error, message, data}`, where an error of 0 is none.

use http::Method;
use serde_json::Value;

use crate::reply::{Reply, exchange};
use crate::wire::{form, json, refusal, request, retry_after};
use crate::{Line, Refusal, Response, Secret, Why};

/// "Article is being processed".
pub(super) const PROCESSED: i64 = -214;
/// "create media fail": its pictures could not be fetched.
pub(super) const MEDIA_FAILED: i64 = -200;

pub(super) async fn post<L: Line>(line: &L, address: &str, token: &Secret, body: &Value) -> Reply {
    let headers = [("access_token", token.reveal()), ("content-type", "application/json")];
    match request(Method::POST, address, &headers, body.to_string()) {
        Ok(request) => exchange(line, request, token, read).await,
        Err(refusal) => Reply::Error(refusal),
    }
}

pub(super) async fn get<L: Line>(line: &L, address: &str, token: &Secret, query: &[(&str, &str)]) -> Reply {
    let address = format!("{address}?{}", form(query));
    match request(Method::GET, &address, &[("access_token", token.reveal())], bytes::Bytes::new()) {
        Ok(request) => exchange(line, request, token, read).await,
        Err(refusal) => Reply::Error(refusal),
    }
}

/// Good is the `data`.
fn read(answer: &Response) -> Reply {
    let body = json(answer);
    match body["error"].as_i64() {
        Some(0) => Reply::Good(body["data"].clone()),
        Some(code) => error(answer, code, body["message"].as_str().unwrap_or_default()),
        None => Reply::unreadable(answer),
    }
}

fn error(answer: &Response, code: i64, words: &str) -> Reply {
    let says = format!("{code} {words}");
    // "Unknown error": it may be there.
    if matches!(code, -1 | -100) {
        return Reply::Unclear(says);
    }
    Reply::Error(Refusal { again_after: retry_after(answer.headers()), ..refusal(why(code), &says) })
}

/// Whether a refusal is this one.
pub(super) fn is(refusal: &Refusal, code: i64) -> bool {
    refusal.says.starts_with(&format!("{code} "))
}

/// The tables of the Official Account API (-2xx) and of ZNS (-1xx).
fn why(code: i64) -> Why {
    match code {
        -32 => Why::Rate,
        -211 | -218 | -223 | -115 | -144 | -147 => Why::Quota,
        -216 | -220 | -124 => Why::Token,
        -202 | -209..=-204 | -212 | -219 | -221 | -224 | -106..=-101 | -120 | -125 | -131 => Why::Permission,
        -227 | -135 => Why::Blocked,
        -200 => Why::Media,
        -201 | -210 | -248 | -113..=-108 | -117 | -132 | -137 => Why::Content,
        // Who does not follow, or has no account.
        -213 | -217 | -114 | -118 | -119 => Why::Gone,
        _ => Why::Protocol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_why() {
        assert_eq!(why(-32), Why::Rate);
        assert_eq!(why(-223), Why::Quota);
        assert_eq!(why(-216), Why::Token);
        assert_eq!(why(-200), Why::Media);
        assert_eq!(why(-9999), Why::Protocol);
    }

    #[test]
    fn a_code_is_not_taken_for_a_longer_one() {
        let refused = refusal(Why::Protocol, "-2140 something");
        assert!(!is(&refused, PROCESSED));
        assert!(is(&refusal(Why::Protocol, "-214 Media is being processed"), PROCESSED));
    }
}
