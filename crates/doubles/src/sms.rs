//! An SMS gateway of the kind that answers everything with 200 and a code inside.

use bytes::Bytes;
use http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::service::{Answer, Service, Tricks, garbled, is_done, json as body_of, put, say};
use crate::{Receipt, Trick, now_s};

/// The gateway and what it sent.
#[derive(Debug, Default)]
pub struct SmsGateway {
    pub key: String,
    /// Messages that the account has paid for; without one the code is 103.
    pub credit: u32,
    pub tricks: Tricks,
    pub sent: Vec<Sms>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sms {
    pub to: String,
    pub text: String,
    pub sender: String,
    /// `0` or `8`.
    pub alphabet: String,
    /// Seconds since 1970.
    pub at_s: i64,
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
        self.sent.push(Sms { to: word("to"), text: word("text"), sender: word("from"), alphabet: word("coding"), at_s: now_s() });
        say(StatusCode::OK, &[], &json!({"code": 100, "data": {"id": format!("sms-{}", self.sent.len())}}))
    }
}

impl Service for SmsGateway {
    fn name(&self) -> &'static str {
        "SMS"
    }

    /// `credit` (messages), `token`.
    fn set(&mut self, name: &str, value: &str) -> bool {
        match name {
            "credit" => put(&mut self.credit, value),
            "token" => put(&mut self.key, value),
            _ => false,
        }
    }

    fn tricks(&mut self) -> &mut Tricks {
        &mut self.tricks
    }

    fn receipts(&self) -> Vec<Receipt> {
        let one = |(at, sms): (usize, &Sms)| Receipt {
            id: format!("sms-{}", at + 1),
            text: format!("{}: {}", sms.to, sms.text),
            media: 0,
            at_s: sms.at_s,
            state: "sent",
        };
        self.sent.iter().enumerate().map(one).collect()
    }

    fn answer(&mut self, request: &Request<Bytes>) -> Answer {
        if request.uri().path() != "/send" {
            return say(StatusCode::NOT_FOUND, &[], &Value::Null);
        }
        let trick = self.tricks.take();
        let answer = if is_done(trick) { self.take(request) } else { Answer::HangUp };
        match trick {
            None => answer,
            Some(Trick::DropDone | Trick::DropUndone) => Answer::HangUp,
            Some(Trick::BrokenDone) => say(StatusCode::INTERNAL_SERVER_ERROR, &[], &json!({"message": "oops"})),
            Some(Trick::BrokenUndone) => say(StatusCode::SERVICE_UNAVAILABLE, &[], &Value::Null),
            Some(Trick::GarbledDone) => garbled(),
            Some(Trick::ErrorInside) => code("99", "something else"),
            Some(Trick::TooMany { retry_after_s }) => {
                say(StatusCode::TOO_MANY_REQUESTS, &[("retry-after", &retry_after_s.to_string())], &Value::Null)
            }
            Some(Trick::Expired) => code("101", "wrong key"),
        }
    }
}

fn code(code: &str, message: &str) -> Answer {
    say(StatusCode::OK, &[], &json!({"code": code, "error": {"code": code, "message": message}}))
}
