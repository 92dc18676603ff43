//! A call of a method and its answer: `{ok: true, result}` or `{ok: false, error_code, description, parameters}`.

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde_json::Value;

use super::Account;
use crate::reply::{Reply, exchange};
use crate::wire::{json, refusal, request, retry_after};
use crate::{Line, Refusal, Request, Response, Why};

/// A call with a JSON body.
pub(super) async fn call<L: Line>(line: &L, account: &Account, method: &str, body: &Value) -> Reply {
    send(line, account, method, ("application/json", body.to_string().into())).await
}

/// A call with a body of that type.
pub(super) async fn send<L: Line>(line: &L, account: &Account, method: &str, (kind, body): (&str, Bytes)) -> Reply {
    match addressed(account, method, kind, body) {
        Ok(request) => exchange(line, request, &account.token, read).await,
        Err(refusal) => Reply::Error(Refusal { says: account.token.hidden_in(&refusal.says), ..refusal }),
    }
}

fn addressed(account: &Account, method: &str, kind: &str, body: Bytes) -> Result<Request, Refusal> {
    let address = format!("{}/bot{}/{method}", account.api, account.token.reveal());
    request(Method::POST, &address, &[("content-type", kind)], body)
}

fn read(answer: &Response) -> Reply {
    let body = json(answer);
    match body["ok"].as_bool() {
        Some(true) => Reply::Good(body["result"].clone()),
        Some(false) => error(answer, &body),
        None => Reply::unreadable(answer),
    }
}

fn error(answer: &Response, body: &Value) -> Reply {
    let code = body["error_code"].as_u64().unwrap_or_default();
    let words = body["description"].as_str().unwrap_or_default();
    if code >= 500 {
        return Reply::Unclear(format!("{code} {words}"));
    }
    let waits = body["parameters"]["retry_after"].as_u64().map(Duration::from_secs);
    let again_after = waits.or_else(|| retry_after(answer.headers()));
    Reply::Error(Refusal { again_after, ..refusal(why(code, &words.to_lowercase()), &format!("{code} {words}")) })
}

/// The documents name the codes only; the words are those that the server of the Bot API says (tdlib/telegram-bot-api).
fn why(code: u64, words: &str) -> Why {
    let says = |some: &[&str]| some.iter().any(|word| words.contains(word));
    match code {
        429 => Why::Rate,
        // An address with a token of no bot is simply not found.
        401 | 404 => Why::Token,
        403 => Why::Permission,
        413 => Why::Media,
        400 if says(&["not enough rights", "need administrator rights", "can't be deleted", "can't be edited", "forbidden"]) => {
            Why::Permission
        }
        400 if says(&["not found", "upgraded to a supergroup", "message_id_invalid"]) => Why::Gone,
        400 if says(&["photo", "image", "video", "file", "media", "http url content"]) => Why::Media,
        400 if says(&["too long", "text is empty", "parse entities", "must be encoded in utf-8"]) => Why::Content,
        _ => Why::Protocol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_server_say_why() {
        assert_eq!(why(400, "bad request: message is too long"), Why::Content);
        assert_eq!(why(400, "bad request: message caption is too long"), Why::Content);
        assert_eq!(why(400, "bad request: chat not found"), Why::Gone);
        assert_eq!(why(400, "bad request: not enough rights to send photos to the chat"), Why::Permission);
        assert_eq!(why(400, "bad request: photo_invalid_dimensions"), Why::Media);
        assert_eq!(why(403, "forbidden: bot is not a member of the channel chat"), Why::Permission);
        assert_eq!(why(400, "something new"), Why::Protocol);
    }
}
