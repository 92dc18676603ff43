//! Models behind an interface of OpenAI's kind, as vLLM, Ollama and others serve them: `/v1/chat/completions`, whole or streamed,
//! `/v1/embeddings`, `/v1/models`. Each model has a manner, good or bad, and is asked for by its name ([`Manner`]): nothing has to be set
//! up to meet one that breaks off, invents or obeys what stands in a document.

mod manner;
mod stream;
mod vector;

use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::service::{Answer, Service, Tricks, garbled, header, json as body_of, put, say};
use crate::{Receipt, Trick, now_s};
pub use manner::Manner;

/// Between two pieces of a slow model, unless it is told otherwise.
const PAUSE_MS: u64 = 700;

/// The endpoint and what it was asked.
#[derive(Debug, Default)]
pub struct Models {
    /// Empty: everybody may ask.
    pub key: String,
    /// What good models say in place of what they would.
    pub says: Option<String>,
    /// Between two pieces of what a slow model says, in milliseconds.
    pub pause_ms: u64,
    pub tricks: Tricks,
    /// The whole bodies, with the path they came to.
    pub asked: Vec<(String, Value)>,
}

impl Models {
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), pause_ms: PAUSE_MS, ..Self::default() }
    }

    /// Whose good models say that, whatever they are asked.
    #[must_use]
    pub fn saying(key: &str, says: &str) -> Self {
        Self { says: Some(says.to_owned()), ..Self::new(key) }
    }

    fn chat(&self, body: &Value, manner: Manner) -> Answer {
        let Some(messages) = body["messages"].as_array().filter(|messages| !messages.is_empty()) else {
            return wrong(400, "'messages' is a required property");
        };
        let words: Vec<&str> = messages.iter().filter_map(|message| message["content"].as_str()).collect();
        let says = match &self.says {
            Some(says) if manner.is_good() => says.clone(),
            _ => manner.says(&words.join("\n")),
        };
        let model = body["model"].as_str().unwrap_or_default();
        if body["stream"] == true {
            return stream::answer(model, &says, manner, Duration::from_millis(self.pause_ms));
        }
        match manner {
            Manner::Breaks => return Answer::HangUp,
            Manner::Slow => return Answer::Late(Duration::from_millis(self.pause_ms), Box::new(whole(model, &says))),
            _ => {}
        }
        whole(model, &says)
    }

    fn embed(&self, body: &Value, manner: Manner) -> Answer {
        let texts: Vec<&str> = match &body["input"] {
            Value::String(text) => vec![text],
            Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect(),
            _ => return wrong(400, "'input' is a required property"),
        };
        let answer = vector::answer(body["model"].as_str().unwrap_or_default(), &texts, manner);
        match manner {
            Manner::Breaks => Answer::HangUp,
            Manner::Slow => Answer::Late(Duration::from_millis(self.pause_ms), Box::new(answer)),
            _ => answer,
        }
    }
}

fn whole(model: &str, says: &str) -> Answer {
    let choice = json!({"index": 0, "message": {"role": "assistant", "content": says}, "finish_reason": "stop"});
    let usage = json!({"prompt_tokens": 1, "completion_tokens": says.split_whitespace().count(), "total_tokens": 2});
    let body = json!({
        "id": "of-the-double", "object": "chat.completion", "created": now_s(), "model": model, "choices": [choice], "usage": usage,
    });
    say(StatusCode::OK, &[], &body)
}

fn wrong(status: u16, words: &str) -> Answer {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    say(status, &[], &json!({"error": {"message": words, "type": "of_the_double"}}))
}

fn too_many(retry_after_s: u64) -> Answer {
    let body = json!({"error": {"message": "Rate limit reached", "type": "rate_limit_exceeded"}});
    say(StatusCode::TOO_MANY_REQUESTS, &[("retry-after", &retry_after_s.to_string())], &body)
}

impl Service for Models {
    fn name(&self) -> &'static str {
        "Models"
    }

    /// `says`, `pause_ms`.
    fn set(&mut self, name: &str, value: &str) -> bool {
        match name {
            "says" => {
                self.says = Some(value.to_owned()).filter(|says| !says.is_empty());
                true
            }
            "pause_ms" => put(&mut self.pause_ms, value),
            _ => false,
        }
    }

    fn tricks(&mut self) -> &mut Tricks {
        &mut self.tricks
    }

    fn receipts(&self) -> Vec<Receipt> {
        let one = |(at, (path, body)): (usize, &(String, Value))| Receipt {
            id: at.to_string(),
            text: format!("{path} {body}"),
            media: 0,
            at_s: now_s(),
            state: "answered",
        };
        self.asked.iter().enumerate().map(one).collect()
    }

    fn answer(&mut self, request: &Request<Bytes>) -> Answer {
        let path = request.uri().path().to_owned();
        if !self.key.is_empty() && header(request, "authorization") != format!("Bearer {}", self.key) {
            return wrong(401, "Incorrect API key provided");
        }
        if path == "/v1/models" {
            let all: Vec<Value> = Manner::ALL.iter().map(|(name, _)| json!({"id": name, "object": "model"})).collect();
            return say(StatusCode::OK, &[], &json!({"object": "list", "data": all}));
        }
        if !matches!(path.as_str(), "/v1/chat/completions" | "/v1/embeddings") {
            return wrong(404, "no such address");
        }
        let body = body_of(request);
        let Some(name) = body["model"].as_str() else { return wrong(400, "'model' is a required property") };
        let manner = Manner::named(name);
        self.asked.push((path.clone(), body.clone()));
        match (self.tricks.take(), manner) {
            (Some(Trick::DropDone), _) => Answer::Silence,
            (Some(Trick::DropUndone), _) => Answer::HangUp,
            (Some(Trick::GarbledDone), _) | (None, Manner::Page) => garbled(),
            (Some(Trick::BrokenDone | Trick::BrokenUndone), _) | (None, Manner::Broken) => wrong(500, "The server had an error"),
            (Some(Trick::ErrorInside), _) => say(StatusCode::OK, &[], &json!({"error": {"message": "overloaded"}})),
            (Some(Trick::TooMany { retry_after_s }), _) => too_many(retry_after_s),
            (Some(Trick::Expired), _) => wrong(401, "Incorrect API key provided"),
            (None, Manner::Busy) => too_many(7),
            (None, _) if path == "/v1/embeddings" => self.embed(&body, manner),
            (None, _) => self.chat(&body, manner),
        }
    }
}
