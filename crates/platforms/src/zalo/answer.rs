//! A call and its answer: `{error, message, data}`, where an error of 0 is none.

use std::time::Duration;

use http::Method;
use serde_json::Value;

use crate::reply::{Reply, exchange};
use crate::wire::{form, json, refusal, request, retry_after};
use crate::{Line, Refusal, Response, Secret, Why};

/// "Article is being processed".
pub(super) const PROCESSED: i64 = -214;
/// "create media fail": its pictures could not be fetched.
pub(super) const MEDIA_FAILED: i64 = -200;
/// A notice that is not sent at night (22:00 to 06:00).
const NIGHT: i64 = -133;
/// The template is not there, not approved, not for this account or out of favour, or the app sends no notices: it meets every number.
const OF_TEMPLATES: [i64; 9] = [-109, -117, -127, -131, -136, -138, -140, -145, -146];
/// So long after a refusal by night it is worth to ask again: a few times, and it is morning.
const NIGHT_AGAIN: Duration = Duration::from_secs(5_400);

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
    let again_after = retry_after(answer.headers()).or((code == NIGHT).then_some(NIGHT_AGAIN));
    Reply::Error(Refusal { again_after, ..refusal(why(code), &says) })
}

/// Numbers come as numbers and as text.
pub(super) fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Whether a refusal is this one.
pub(super) fn is(refusal: &Refusal, code: i64) -> bool {
    refusal.says.starts_with(&format!("{code} "))
}

/// The tables of the Official Account API (-2xx) and of ZNS (-1xx).
fn why(code: i64) -> Why {
    match code {
        -32 => Why::Rate,
        // An empty purse is one, too.
        -211 | -218 | -223 | -115 | -126 | -137 | -144 | -147 => Why::Quota,
        -216 | -220 | -124 => Why::Token,
        -202 | -209..=-204 | -212 | -219 | -221 | -224 | -106..=-101 | -120 | -125 => Why::Permission,
        _ if OF_TEMPLATES.contains(&code) => Why::Permission,
        -227 | -135 => Why::Blocked,
        -200 => Why::Media,
        -201 | -210 | -248 | -108 | -113..=-110 | -132 => Why::Content,
        // Who does not follow, has no account, or wants no notices.
        -213 | -217 | -114 | -118 | -119 | -134 | -139 | -141 => Why::Gone,
        NIGHT => Why::Unavailable,
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
        assert_eq!((why(-108), why(-109)), (Why::Content, Why::Permission), "a number by itself; a template for all numbers");
        assert_eq!((why(-118), why(-137), why(NIGHT)), (Why::Gone, Why::Quota, Why::Unavailable));
    }

    #[test]
    fn a_code_is_not_taken_for_a_longer_one() {
        let refused = refusal(Why::Protocol, "-2140 something");
        assert!(!is(&refused, PROCESSED));
        assert!(is(&refusal(Why::Protocol, "-214 Media is being processed"), PROCESSED));
    }
}
