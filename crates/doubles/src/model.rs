//! A model behind an interface of OpenAI's kind (`POST /v1/chat/completions`): it says what it was told to say, or misbehaves.

use bytes::Bytes;
use http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::service::{Answer, Service, Tricks, garbled, header, json as body_of, say};
use crate::{Receipt, Trick, now_s};

/// The model and what it was asked.
#[derive(Debug, Default)]
pub struct Model {
    pub key: String,
    pub name: String,
    /// What it answers.
    pub says: String,
    pub tricks: Tricks,
    /// The whole bodies.
    pub asked: Vec<Value>,
}

impl Model {
    #[must_use]
    pub fn new(key: &str, name: &str, says: &str) -> Self {
        Self { key: key.to_owned(), name: name.to_owned(), says: says.to_owned(), ..Self::default() }
    }
}

impl Service for Model {
    fn name(&self) -> &'static str {
        "Model"
    }

    /// `says`.
    fn set(&mut self, name: &str, value: &str) -> bool {
        if name == "says" {
            value.clone_into(&mut self.says);
        }
        name == "says"
    }

    fn tricks(&mut self) -> &mut Tricks {
        &mut self.tricks
    }

    fn receipts(&self) -> Vec<Receipt> {
        let words =
            |body: &Value| body["messages"].as_array().into_iter().flatten().map(|one| one["content"].to_string()).collect();
        let one = |(at, body): (usize, &Value)| Receipt {
            id: at.to_string(),
            text: words(body),
            media: 0,
            at_s: now_s(),
            state: "answered",
        };
        self.asked.iter().enumerate().map(one).collect()
    }

    fn answer(&mut self, request: &Request<Bytes>) -> Answer {
        let body = body_of(request);
        if request.uri().path() != "/v1/chat/completions" {
            return wrong(404, "no such address");
        }
        if header(request, "authorization") != format!("Bearer {}", self.key) {
            return wrong(401, "Incorrect API key provided");
        }
        if body["model"] != self.name.as_str() || !body["messages"].is_array() {
            return wrong(400, "no such model, or no messages");
        }
        self.asked.push(body);
        match self.tricks.take() {
            None => {
                let message = json!({"role": "assistant", "content": self.says});
                let choice = json!({"index": 0, "message": message, "finish_reason": "stop"});
                say(StatusCode::OK, &[], &json!({"id": "of-the-double", "object": "chat.completion", "choices": [choice]}))
            }
            // It thinks for ever.
            Some(Trick::DropDone) => Answer::Silence,
            Some(Trick::DropUndone) => Answer::HangUp,
            Some(Trick::GarbledDone) => garbled(),
            Some(Trick::BrokenDone | Trick::BrokenUndone) => wrong(500, "The server had an error"),
            Some(Trick::ErrorInside) => say(StatusCode::OK, &[], &json!({"error": {"message": "overloaded"}})),
            Some(Trick::TooMany { .. }) => wrong(429, "Rate limit reached"),
            Some(Trick::Expired) => wrong(401, "Incorrect API key provided"),
        }
    }
}

fn wrong(status: u16, words: &str) -> Answer {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    say(status, &[], &json!({"error": {"message": words, "type": "of_the_double"}}))
}
