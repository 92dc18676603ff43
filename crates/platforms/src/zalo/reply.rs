//! A message to one person who wrote to the account ("Gửi tin Tư vấn dạng văn bản"): free for 48 hours after they wrote, and for a
//! week where the account's package says so; later Zalo refuses.

use serde_json::json;

use super::{Account, answer};
use crate::wire::{confirmed, cut, stopped};
use crate::{Journal, Line, Outcome};

/// Letters of one message.
pub const LETTERS_MAX: usize = 2_000;

/// Sends it, once.
pub async fn reply<L: Line, J: Journal>(line: &L, account: &Account, to: &str, text: &str, journal: &mut J) -> Outcome {
    let body = json!({ "recipient": { "user_id": to }, "message": { "text": text } });
    if let Err(stop) = journal.about_to_publish().await {
        return stopped(&stop);
    }
    let address = format!("{}/v3.0/oa/message/cs", account.api);
    match answer::post(line, &address, &account.access_token, &body).await.publishing() {
        Ok(data) => match data["message_id"].as_str() {
            Some(id) => confirmed(id, None),
            None => Outcome::Unknown { says: cut(&format!("no message_id in {data}")) },
        },
        Err(outcome) => outcome,
    }
}
