//! An SMS gateway of the kind that answers everything with 200 and a code inside.

use bytes::Bytes;
use http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::service::{Answer, Double, Mischief, Mischiefs, json as body_of, say};

/// The gateway and what it sent.
#[derive(Debug, Default)]
pub struct SmsGateway {
    pub key: String,
    /// Messages that the account has paid for; without one the code is 103.
    pub credit: u32,
    pub mischiefs: Mischiefs,
    pub sent: Vec<Sms>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sms {
    pub to: String,
    pub text: String,
    pub sender: String,
    /// `0` or `8`.
    pub alphabet: String,
}

impl SmsGateway {
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), credit: 1_000, ..Self::default() }
    }

    /// `POST /send` with `{key, to, text, from, coding}`.
    fn take(&mut self, request: &Request<Bytes>) -> Answer {
        let body = body_of(request);
        let word = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        if word("key") != self.key {
            return code("101", "wrong key");
        }
        if self.credit == 0 {
            return code("103", "no credit");
        }
        if !word("to").starts_with("84") || word("text").is_empty() {
            return code("99", "wrong number or text");
        }
        self.credit -= 1;
        self.sent.push(Sms { to: word("to"), text: word("text"), sender: word("from"), alphabet: word("coding") });
        say(StatusCode::OK, &[], &json!({"code": 100, "data": {"id": format!("sms-{}", self.sent.len())}}))
    }
}

impl Double for SmsGateway {
    fn answer(&mut self, request: &Request<Bytes>) -> Answer {
        if request.uri().path() != "/send" {
            return say(StatusCode::NOT_FOUND, &[], &Value::Null);
        }
        let mischief = self.mischiefs.take();
        let answer = if Mischiefs::is_done(mischief) { self.take(request) } else { Answer::HangUp };
        match mischief {
            Mischief::None => answer,
            Mischief::DropAfter | Mischief::DropBefore => Answer::HangUp,
            Mischief::FailAfter => say(StatusCode::INTERNAL_SERVER_ERROR, &[], &json!({"message": "oops"})),
            Mischief::FailBefore => say(StatusCode::SERVICE_UNAVAILABLE, &[], &Value::Null),
            Mischief::ErrorInside => code("99", "something else"),
            Mischief::RateLimited => say(StatusCode::TOO_MANY_REQUESTS, &[("retry-after", "10")], &Value::Null),
            Mischief::Expired => code("101", "wrong key"),
        }
    }
}

fn code(code: &str, message: &str) -> Answer {
    say(StatusCode::OK, &[], &json!({"code": code, "error": {"code": code, "message": message}}))
}
