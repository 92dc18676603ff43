//! Changing and deleting; what Telegram tells no bot.

use serde_json::{Value, json};

use super::{Account, answer, text};
use crate::wire::{confirmed, refusal};
use crate::{Found, Line, Message, Note, Outcome, Reading, Refusal, Why};

/// Telegram answers at once: it has no handles.
pub async fn status<L: Line>(_: &L, _: &Account, handle: &str) -> Found {
    Found::CanNotTell { says: format!("{}, so not this one: {handle}", Note::NoHandles.words()) }
}

/// Another text, or another caption below the same media.
pub async fn edit<L: Line>(line: &L, account: &Account, id: &str, message: &Message) -> Outcome {
    let Some(first) = numbers(id).first().copied() else { return no_number(id) };
    let (method, name) = if message.media.is_empty() { ("editMessageText", "text") } else { ("editMessageCaption", "caption") };
    let body = json!({ "chat_id": account.chat, "message_id": first, name: text(message) });
    match answer::call(line, account, method, &body).await.publishing() {
        Ok(result) => confirmed(id, super::publish::address(&result["chat"], first)),
        // It says so already.
        Err(Outcome::Refused(refusal)) if refusal.says.contains("message is not modified") => confirmed(id, None),
        Err(outcome) => outcome,
    }
}

/// Deletes the message, or all messages of an album. A bot needs the right to delete for messages older than 48 hours.
pub async fn retract<L: Line>(line: &L, account: &Account, id: &str) -> Outcome {
    let numbers = numbers(id);
    let (method, body) = match numbers.as_slice() {
        [] => return no_number(id),
        [one] => ("deleteMessage", json!({ "chat_id": account.chat, "message_id": one })),
        many => ("deleteMessages", json!({ "chat_id": account.chat, "message_ids": many })),
    };
    match answer::call(line, account, method, &body).await.publishing() {
        Ok(Value::Bool(true)) => confirmed(id, None),
        Ok(other) => Outcome::Unknown { says: crate::wire::cut(&other.to_string()) },
        // That the chat is not found, or not ours any more, says nothing of the message.
        Err(Outcome::Refused(refused)) if refused.why == Why::Gone && !refused.says.contains("message to delete not found") => {
            Outcome::Refused(Refusal { why: Why::Permission, ..refused })
        }
        Err(outcome) => outcome,
    }
}

/// The bot's name: a question that changes nothing, to see whether the token is let in (`getMe`).
///
/// # Errors
/// As Telegram refuses.
pub async fn me<L: Line>(line: &L, account: &Account) -> Result<String, Refusal> {
    let bot = answer::call(line, account, "getMe", &json!({})).await.preparing()?;
    Ok(format!("@{}", bot["username"].as_str().unwrap_or_default()))
}

/// Telegram tells bots no figures.
///
/// # Errors
/// None.
pub async fn metrics<L: Line>(_: &L, _: &Account, _: &str) -> Result<Vec<Reading>, Refusal> {
    Ok(Vec::new())
}

/// The numbers of a [`crate::Copy::id`].
pub(super) fn numbers(id: &str) -> Vec<i64> {
    id.split(',').filter_map(|number| number.parse().ok()).collect()
}

fn no_number(id: &str) -> Outcome {
    Outcome::Refused(refusal(Why::Gone, &format!("not the number of a message: {id}")))
}
