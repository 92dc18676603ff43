//! A WebSub subscriber: says challenges back and checks signatures, or behaves badly.

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use ring::hmac;
use serde_json::Value;

use crate::Receipt;
use crate::service::{Answer, Service, Tricks, header, pair, say};

/// How it behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    #[default]
    Good,
    /// Never wanted the subscription: 404 to the challenge.
    Surprised,
    /// Says something else than the challenge, with 200.
    Careless,
    /// Takes the connection and never answers.
    Silent,
    /// Wants nothing more: 410.
    Gone,
    /// 500 to everything.
    Broken,
}

/// The subscriber and what it was told.
#[derive(Debug, Default)]
pub struct Subscriber {
    pub manner: Manner,
    pub secret: String,
    /// The one it wants; any when it is empty.
    pub topic: String,
    /// Bodies whose signature was right.
    pub received: Vec<Bytes>,
    /// Bodies without it: passed over in silence, as the standard wants (7.1).
    pub forged: u32,
    pub asked: u32,
    /// Its manners take the place of tricks.
    pub tricks: Tricks,
}

impl Subscriber {
    fn challenged(&mut self, request: &Request<Bytes>) -> Answer {
        self.asked += 1;
        let query = request.uri().query().unwrap_or_default();
        if pair(query, "hub.mode").as_deref() == Some("denied") {
            return say(StatusCode::OK, &[], &Value::Null);
        }
        if !self.topic.is_empty() && pair(query, "hub.topic").as_deref() != Some(self.topic.as_str()) {
            return say(StatusCode::NOT_FOUND, &[], &Value::Null);
        }
        let challenge = pair(query, "hub.challenge").unwrap_or_default();
        let said = if self.manner == Manner::Careless { "OK".to_owned() } else { challenge };
        Answer::Say(Response::new(Bytes::from(said)))
    }

    fn told(&mut self, request: &Request<Bytes>) -> Answer {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret.as_bytes());
        let code: Option<Vec<u8>> = header(request, "x-hub-signature").strip_prefix("sha256=").and_then(unhexed);
        if code.is_some_and(|code| hmac::verify(&key, request.body(), &code).is_ok()) {
            self.received.push(request.body().clone());
        } else {
            self.forged += 1;
        }
        say(StatusCode::ACCEPTED, &[], &Value::Null)
    }
}

fn unhexed(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    Some(digits?.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

impl Service for Subscriber {
    fn name(&self) -> &'static str {
        "WebSub"
    }

    /// `manner`: `good`, `surprised`, `careless`, `silent`, `gone` or `broken`.
    fn set(&mut self, name: &str, value: &str) -> bool {
        let manner = match (name, value) {
            ("manner", "good") => Manner::Good,
            ("manner", "surprised") => Manner::Surprised,
            ("manner", "careless") => Manner::Careless,
            ("manner", "silent") => Manner::Silent,
            ("manner", "gone") => Manner::Gone,
            ("manner", "broken") => Manner::Broken,
            _ => return false,
        };
        self.manner = manner;
        true
    }

    fn tricks(&mut self) -> &mut Tricks {
        &mut self.tricks
    }

    fn receipts(&self) -> Vec<Receipt> {
        let one = |(at, body): (usize, &Bytes)| Receipt {
            id: at.to_string(),
            text: String::from_utf8_lossy(body).into_owned(),
            media: 0,
            at_s: 0,
            state: "received",
        };
        self.received.iter().enumerate().map(one).collect()
    }

    fn answer(&mut self, request: &Request<Bytes>) -> Answer {
        match self.manner {
            Manner::Silent => Answer::Silence,
            Manner::Gone => say(StatusCode::GONE, &[], &Value::Null),
            Manner::Surprised => say(StatusCode::NOT_FOUND, &[], &Value::Null),
            Manner::Broken => say(StatusCode::INTERNAL_SERVER_ERROR, &[], &Value::Null),
            Manner::Good | Manner::Careless if request.method() == Method::GET => self.challenged(request),
            Manner::Good | Manner::Careless => self.told(request),
        }
    }
}
