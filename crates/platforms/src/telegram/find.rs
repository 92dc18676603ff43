//! Looking a message up. A bot can not read a chat, but it may forward from it, and is told what it forwarded. Numbers of messages
//! count up in a channel, so what stands around the newest copy that is known is forwarded, one by one, to a chat that nobody reads:
//! first what came after it, then what came before, back to before the attempt (a copy of a later attempt may be known already).

use serde_json::{Value, json};

use super::{Account, answer, calls, text};
use crate::reply::Reply;
use crate::{Copy, Found, Line, Message, Note, Sought, Why};

/// How many numbers are tried after the newest known one, and as many before it.
const TRIED: i64 = 24;
/// So many missing numbers in a row, and nothing comes behind them: a channel is not written to out of turn.
const MISSING: i64 = 12;
/// Files of a call that broke off may still be worked on.
pub const LISTED_S: i64 = 120;
/// Clocks differ by so much at most.
const CLOCKS_S: i64 = 120;

/// What looking in one direction brought.
enum Walk {
    Found(Copy),
    /// As far as there can be anything.
    ToItsEnd,
    /// There was more than is tried at once.
    TooFar,
}

/// Looks around the newest copy that is known.
///
/// `CanNotTell` without [`Account::lookup_chat`], without a known copy to begin at, and when too many others wrote meanwhile.
pub async fn find<L: Line>(line: &L, account: &Account, sought: &Sought<'_>) -> Found {
    let tell = |note: Note| Found::CanNotTell { says: note.words().to_owned() };
    let Some(chat) = account.lookup_chat.as_deref() else { return tell(Note::NoPlaceToLook) };
    let known: Vec<i64> = sought.known.iter().flat_map(|id| calls::numbers(id)).collect();
    let Some(newest) = known.iter().max().copied() else { return tell(Note::NothingKnown) };
    let after = match forth(line, account, chat, newest, sought).await {
        Ok(Walk::Found(copy)) => return Found::Yes(copy),
        Ok(walk) => walk,
        Err(says) => return Found::CanNotTell { says },
    };
    let before = match back(line, account, chat, &known, newest, sought).await {
        Ok(Walk::Found(copy)) => return Found::Yes(copy),
        Ok(walk) => walk,
        Err(says) => return Found::CanNotTell { says },
    };
    match (after, before) {
        (Walk::ToItsEnd, Walk::ToItsEnd) if sought.age_s() < LISTED_S => Found::Pending,
        (Walk::ToItsEnd, Walk::ToItsEnd) => Found::No,
        _ => tell(Note::ManySince),
    }
}

async fn forth<L: Line>(line: &L, account: &Account, chat: &str, newest: i64, sought: &Sought<'_>) -> Result<Walk, String> {
    let mut missing = 0;
    for number in newest + 1..=newest + TRIED {
        match look(line, account, chat, number).await? {
            Some(message) if is_it(&message, sought) => {
                return Ok(Walk::Found(found(account, &message, number, sought.message)));
            }
            Some(_) => missing = 0,
            None => missing += 1,
        }
        if missing == MISSING {
            return Ok(Walk::ToItsEnd);
        }
    }
    Ok(Walk::TooFar)
}

/// From the newest known one back, until a message is older than the attempt. Copies that are another's are passed over.
async fn back<L: Line>(
    line: &L,
    account: &Account,
    chat: &str,
    known: &[i64],
    newest: i64,
    sought: &Sought<'_>,
) -> Result<Walk, String> {
    if text(sought.message).trim().is_empty() {
        return Ok(Walk::TooFar); // pictures without words look like each other from behind
    }
    for (number, tried) in (1..newest).rev().filter(|number| !known.contains(number)).zip(0..) {
        if tried == TRIED {
            return Ok(Walk::TooFar);
        }
        match look(line, account, chat, number).await? {
            Some(message) if !is_young(&message, sought) => return Ok(Walk::ToItsEnd),
            Some(message) if is_it(&message, sought) => {
                return Ok(Walk::Found(found(account, &message, number, sought.message)));
            }
            Some(_) | None => {}
        }
    }
    Ok(Walk::ToItsEnd)
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

fn is_young(message: &Value, sought: &Sought<'_>) -> bool {
    message["forward_origin"]["date"].as_i64().is_some_and(|date| date + CLOCKS_S >= sought.since_s)
}

fn is_it(message: &Value, sought: &Sought<'_>) -> bool {
    let name = if sought.message.media.is_empty() { "text" } else { "caption" };
    // Telegram takes white space off both ends.
    is_young(message, sought) && message[name].as_str().unwrap_or_default().trim() == text(sought.message).trim()
}

/// An album has one number for each of its media, in a row.
fn found(account: &Account, message: &Value, number: i64, sought: &Message) -> Copy {
    let more = i64::try_from(sought.media.len()).unwrap_or(1).max(1);
    let id = (number..number + more).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
    let named = account.chat.strip_prefix('@').map(|name| format!("https://t.me/{name}/{number}"));
    let told = super::publish::address(&message["forward_origin"]["chat"], number);
    Copy { id, address: told.or(named) }
}
