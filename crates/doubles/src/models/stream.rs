//! An answer as server-sent events, cut into packets as networks cut: anywhere, within letters, too.

use std::time::Duration;

use bytes::Bytes;
use http::{Response, header};
use serde_json::{Value, json};

use super::Manner;
use crate::now_s;
use crate::service::{Answer, Parts};

/// Bytes of a packet; a prime, so that packets and events never fall together.
const PACKET: usize = 241;
/// Packets of a model that does not end.
const PACKET_ENDLESS: usize = 16_381;

pub fn answer(model: &str, says: &str, manner: Manner, pause: Duration) -> Answer {
    let event = |choices: Value| {
        let body = json!({
            "id": "of-the-double", "object": "chat.completion.chunk", "created": now_s(), "model": model, "choices": choices,
        });
        format!("data: {body}\n\n")
    };
    let delta = |delta: Value, finish: Value| event(json!([{"index": 0, "delta": delta, "finish_reason": finish}]));
    // A comment, as some servers send to keep the line open.
    let mut events = vec![": open\n\n".to_owned(), delta(json!({"role": "assistant", "content": ""}), Value::Null)];
    events.extend(says.split_inclusive(' ').map(|word| delta(json!({"content": word}), Value::Null)));
    let is_cut = manner == Manner::Breaks;
    if is_cut {
        events.truncate(2 + (events.len() - 2).div_ceil(2));
    } else {
        events.push(delta(json!({}), "stop".into()));
        // What was used comes without a choice.
        events.push(event(json!([])));
        events.push("data: [DONE]\n\n".to_owned());
    }
    let parts = match manner {
        Manner::Slow => events.into_iter().map(|event| (pause, Bytes::from(event))).collect(),
        _ => packets(&events.concat(), if manner == Manner::Endless { PACKET_ENDLESS } else { PACKET }),
    };
    let mut response = Response::new(Parts::of(parts, is_cut));
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/event-stream; charset=utf-8"));
    Answer::Stream(response)
}

fn packets(text: &str, size: usize) -> Vec<(Duration, Bytes)> {
    text.as_bytes().chunks(size).map(|packet| (Duration::ZERO, Bytes::copy_from_slice(packet))).collect()
}
