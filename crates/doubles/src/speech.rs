//! A speech endpoint in the manner of OpenAI: `POST /v1/audio/speech` with a JSON body, answered by a sound. It hums.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::service::{Answer, Service, Tricks, garbled, is_done, json as body_of, put, say};
use crate::{Receipt, Trick, now_s};

const RATE_HZ: u32 = 24_000;

/// The endpoint and what it read out.
#[derive(Debug, Default)]
pub struct Speech {
    pub key: String,
    /// Of every sound.
    pub seconds: u32,
    pub tricks: Tricks,
    /// The texts, with their time in seconds since 1970.
    pub read: Vec<(String, i64)>,
}

impl Speech {
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), seconds: 6, ..Self::default() }
    }

    fn take(&mut self, request: &Request<Bytes>) -> Answer {
        let named = request.headers().get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
        if named != format!("Bearer {}", self.key) {
            return refused(StatusCode::UNAUTHORIZED, "invalid_api_key");
        }
        let body = body_of(request);
        let text = body["input"].as_str().unwrap_or_default();
        if text.is_empty() || !body["model"].is_string() || !body["voice"].is_string() {
            return refused(StatusCode::BAD_REQUEST, "invalid_request_error");
        }
        self.read.push((text.to_owned(), now_s()));
        Answer::Say(Response::new(hum(self.seconds).into()))
    }
}

fn refused(status: StatusCode, kind: &str) -> Answer {
    say(status, &[], &json!({"error": {"type": kind, "message": "refused"}}))
}

/// A WAV file (16 bits, mono) of a sine of 440 Hz, a quarter of full scale.
fn hum(seconds: u32) -> Vec<u8> {
    let step = std::f64::consts::TAU * 440.0 / f64::from(RATE_HZ);
    let sample = |at: u32| ((step * f64::from(at)).sin() * 8_191.0) as i16;
    let data: Vec<u8> = (0..RATE_HZ * seconds).flat_map(|at| sample(at).to_le_bytes()).collect();
    let bytes = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let mut file = b"RIFF".to_vec();
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(RATE_HZ.to_le_bytes());
    file.extend((RATE_HZ * 2).to_le_bytes());
    file.extend(b"\x02\0\x10\0data");
    file.extend(bytes.to_le_bytes());
    file.extend(data);
    file
}

impl Service for Speech {
    fn name(&self) -> &'static str {
        "Speech"
    }

    /// `seconds`, `token`.
    fn set(&mut self, name: &str, value: &str) -> bool {
        match name {
            "seconds" => put(&mut self.seconds, value),
            "token" => put(&mut self.key, value),
            _ => false,
        }
    }

    fn tricks(&mut self) -> &mut Tricks {
        &mut self.tricks
    }

    fn receipts(&self) -> Vec<Receipt> {
        let one = |(at, (text, at_s)): (usize, &(String, i64))| Receipt {
            id: format!("speech-{}", at + 1),
            text: text.clone(),
            media: 1,
            at_s: *at_s,
            state: "read",
        };
        self.read.iter().enumerate().map(one).collect()
    }

    fn answer(&mut self, request: &Request<Bytes>) -> Answer {
        if request.uri().path() != "/v1/audio/speech" {
            return say(StatusCode::NOT_FOUND, &[], &Value::Null);
        }
        let trick = self.tricks.take();
        let answer = if is_done(trick) { self.take(request) } else { Answer::HangUp };
        match trick {
            None => answer,
            Some(Trick::DropDone | Trick::DropUndone) => Answer::HangUp,
            Some(Trick::BrokenDone | Trick::BrokenUndone) => refused(StatusCode::INTERNAL_SERVER_ERROR, "server_error"),
            Some(Trick::GarbledDone) => garbled(),
            Some(Trick::ErrorInside) => say(StatusCode::OK, &[], &json!({"error": {"type": "server_error"}})),
            Some(Trick::TooMany { retry_after_s }) => {
                say(StatusCode::TOO_MANY_REQUESTS, &[("retry-after", &retry_after_s.to_string())], &Value::Null)
            }
            Some(Trick::Expired) => refused(StatusCode::UNAUTHORIZED, "invalid_api_key"),
        }
    }
}
