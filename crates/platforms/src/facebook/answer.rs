//! A call and its answer: an object, or `{error: {message, type, code, error_subcode, fbtrace_id}}`, the latter with 200, too.

use std::time::Duration;

use http::Method;
use serde_json::Value;

use super::{Account, VERSION, usage};
use crate::reply::{Reply, exchange};
use crate::wire::{call, form, json, refusal, request, retry_after};
use crate::{Line, Refusal, Request, Response, Why};

/// Rates are counted over an hour ("Rate Limits"), so it passes within one.
const WINDOW: Duration = Duration::from_secs(3600);

/// Reads, with a query.
pub(super) async fn get<L: Line>(line: &L, account: &Account, path: &str, query: &[(&str, &str)]) -> Reply {
    let address = format!("{}?{}", address(account, path), form(query));
    send(line, account, call(Method::GET, &address, account.token.reveal(), &Value::Null)).await
}

/// Writes, with a JSON body.
pub(super) async fn post<L: Line>(line: &L, account: &Account, path: &str, body: &Value) -> Reply {
    send(line, account, call(Method::POST, &address(account, path), account.token.reveal(), body)).await
}

/// Writes, with files.
pub(super) async fn upload<L: Line>(line: &L, account: &Account, path: &str, files: crate::multipart::Form) -> Reply {
    let (kind, body) = files.finish();
    let bearer = format!("Bearer {}", account.token.reveal());
    let headers = [("authorization", bearer.as_str()), ("content-type", kind.as_str())];
    send(line, account, request(Method::POST, &address(account, path), &headers, body)).await
}

pub(super) async fn delete<L: Line>(line: &L, account: &Account, path: &str) -> Reply {
    send(line, account, call(Method::DELETE, &address(account, path), account.token.reveal(), &Value::Null)).await
}

fn address(account: &Account, path: &str) -> String {
    format!("{}/{VERSION}/{path}", account.api)
}

async fn send<L: Line>(line: &L, account: &Account, request: Result<Request, Refusal>) -> Reply {
    match request {
        Ok(request) => exchange(line, request, &account.token, read).await,
        Err(refusal) => Reply::Error(refusal),
    }
}

fn read(answer: &Response) -> Reply {
    let body = json(answer);
    if body["error"].is_object() {
        return error(answer, &body["error"]);
    }
    if body.is_object() && answer.status().is_success() { Reply::Good(body) } else { Reply::unreadable(answer) }
}

fn error(answer: &Response, error: &Value) -> Reply {
    let (code, subcode) = (error["code"].as_u64().unwrap_or_default(), error["error_subcode"].as_u64().unwrap_or_default());
    let words = error["message"].as_str().unwrap_or_default();
    let trace = error["fbtrace_id"].as_str().unwrap_or_default();
    let says = format!("{code}/{subcode} {words} ({trace})");
    // "Unknown" and "Service": something broke in there, after or before the post was made.
    if matches!(code, 1 | 2) {
        return Reply::Unclear(says);
    }
    let why = why(code, subcode);
    let told = usage(answer.headers()).and_then(|usage| usage.regain).or_else(|| retry_after(answer.headers()));
    let again_after = if why == Why::Rate { told.or(Some(WINDOW)) } else { told };
    Reply::Error(Refusal { again_after, ..refusal(why, &says) })
}

/// The table of "Handling Errors", and of "Rate Limits" for the pages' own codes.
fn why(code: u64, subcode: u64) -> Why {
    match (code, subcode) {
        (4 | 17 | 32 | 341 | 613 | 80_001 | 80_002 | 80_006, _) => Why::Rate,
        (102 | 190 | 463 | 467, _) => Why::Token,
        (3 | 10 | 200..=299, _) => Why::Permission,
        (368, _) => Why::Blocked,
        // "Object does not exist, cannot be loaded due to missing permissions, or does not support this operation".
        (100, 33) | (803, _) => Why::Gone,
        (324 | 352 | 389 | 6000, _) | (_, 1_366_046 | 1_363_030) => Why::Media,
        // 506: the same text as the last post.
        (100 | 506 | 1500 | 1_609_005, _) => Why::Content,
        _ => Why::Protocol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_why() {
        let all = [(4, 0), (17, 0), (32, 0), (613, 0)];
        assert!(all.iter().all(|(code, subcode)| why(*code, *subcode) == Why::Rate));
        assert_eq!(why(190, 460), Why::Token);
        assert_eq!(why(10, 0), Why::Permission);
        assert_eq!(why(200, 0), Why::Permission);
        assert_eq!(why(368, 0), Why::Blocked);
        assert_eq!(why(100, 33), Why::Gone);
        assert_eq!(why(100, 0), Why::Content);
        assert_eq!(why(4711, 0), Why::Protocol);
    }
}
