//! Looking a message up. A bot can not read a chat, but it may forward from it, and is told what it forwarded. Numbers of messages
//! count up in a channel, so what came after the newest copy that is known is forwarded, one by one, to a chat that nobody reads.

use serde_json::{Value, json};

use super::{Account, answer, calls, text};
use crate::reply::Reply;
use crate::{Copy, Found, Line, Message, Sought, Why};

/// How many numbers are tried after the newest known one.
const TRIED: i64 = 24;
/// So many missing numbers in a row, and nothing comes behind them: a channel is not written to out of turn.
const MISSING: i64 = 12;
/// Files of a call that broke off may still be worked on.
pub const LISTED_S: i64 = 120;
/// Clocks differ by so much at most.
const CLOCKS_S: i64 = 120;

/// Looks behind the newest copy that is known.
///
/// `CanNotTell` without [`Account::lookup_chat`], without a known copy to begin at, and when too many others wrote meanwhile.
pub async fn find<L: Line>(line: &L, account: &Account, sought: &Sought<'_>) -> Found {
    let tell = |says: &str| Found::CanNotTell { says: says.to_owned() };
    let Some(chat) = account.lookup_chat.as_deref() else { return tell("a bot can not read a chat, and no lookup chat is set") };
    let known: Vec<i64> = sought.known.iter().flat_map(|id| calls::numbers(id)).collect();
    let Some(newest) = known.iter().max() else { return tell("no copy is known to begin behind") };
    let mut missing = 0;
    for number in newest + 1..=newest + TRIED {
        match look(line, account, chat, number).await {
            Ok(Some(message)) if is_it(&message, sought) => return Found::Yes(found(account, &message, number, sought.message)),
            Ok(Some(_)) => missing = 0,
            Ok(None) => missing += 1,
            Err(says) => return Found::CanNotTell { says },
        }
        if missing == MISSING {
            return if sought.age_s() < LISTED_S { Found::Pending } else { Found::No };
        }
    }
    tell("too many other messages since")
}

/// Forwards one and deletes what was forwarded. `None`: no such message.
async fn look<L: Line>(line: &L, account: &Account, chat: &str, number: i64) -> Result<Option<Value>, String> {
    let body = json!({ "chat_id": chat, "from_chat_id": account.chat, "message_id": number, "disable_notification": true });
    match answer::call(line, account, "forwardMessage", &body).await {
        Reply::Good(message) => {
            // Left lying there it does no harm.
            let body = json!({ "chat_id": chat, "message_id": message["message_id"] });
            let _ = answer::call(line, account, "deleteMessage", &body).await;
            Ok(Some(message))
        }
        Reply::Error(refusal) if refusal.why == Why::Gone && refusal.says.contains("message to forward not found") => Ok(None),
        other => Err(other.preparing().err().map(|refusal| refusal.says).unwrap_or_default()),
    }
}

fn is_it(message: &Value, sought: &Sought<'_>) -> bool {
    let origin = &message["forward_origin"];
    let is_young = origin["date"].as_i64().is_some_and(|date| date + CLOCKS_S >= sought.since_s);
    let name = if sought.message.media.is_empty() { "text" } else { "caption" };
    // Telegram takes white space off both ends.
    is_young && message[name].as_str().unwrap_or_default().trim() == text(sought.message).trim()
}

/// An album has one number for each of its media, in a row.
fn found(account: &Account, message: &Value, number: i64, sought: &Message) -> Copy {
    let more = i64::try_from(sought.media.len()).unwrap_or(1).max(1);
    let id = (number..number + more).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
    let named = account.chat.strip_prefix('@').map(|name| format!("https://t.me/{name}/{number}"));
    let told = super::publish::address(&message["forward_origin"]["chat"], number);
    Copy { id, address: told.or(named) }
}
