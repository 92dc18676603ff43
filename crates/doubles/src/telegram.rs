//! The server of the Telegram Bot API: one bot, its chats, their messages.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::Request;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::{Answer, Call, Locked, Platform, Receipt, Trick, Window, now_s};

const TEXT_MAX: usize = 4096;
const CAPTION_MAX: usize = 1024;
const PHOTO_BYTES_MAX: usize = 10 << 20;
const FILE_BYTES_MAX: usize = 50 << 20;

/// The double.
#[derive(Debug)]
pub struct Telegram {
    state: Locked<State>,
}

#[derive(Debug)]
struct State {
    token: String,
    webhook_word: String,
    chats: BTreeMap<String, Chat>,
    window: Window,
}

#[derive(Debug, Default)]
struct Chat {
    newest: i64,
    messages: BTreeMap<i64, Post>,
}

#[derive(Clone, Debug)]
struct Post {
    /// Text, or caption.
    text: String,
    media: usize,
    at_s: i64,
    is_deleted: bool,
    /// Where it was forwarded from: chat, number, date.
    origin: Option<(String, i64, i64)>,
}

impl Telegram {
    /// A bot with this token, administrator of these chats.
    #[must_use]
    pub fn new(token: &str, chats: &[&str]) -> Self {
        let chats = chats.iter().map(|name| ((*name).to_owned(), Chat::default())).collect();
        let state =
            State { token: token.to_owned(), webhook_word: "word-of-the-webhook".to_owned(), chats, window: Window::default() };
        Self { state: Locked::new(state) }
    }

    /// Somebody else writes to the chat.
    pub fn overhear(&self, chat: &str, text: &str) {
        if let Some(chat) = self.state.open().chats.get_mut(chat) {
            chat.add(text, 0, None);
        }
    }

    /// The bot is given another token: the old one is nobody's.
    pub fn revoke(&self, token: &str) {
        token.clone_into(&mut self.state.open().token);
    }

    /// A channel gets another name, and is found by the old one no more.
    pub fn rename(&self, chat: &str, other: &str) {
        let mut state = self.state.open();
        if let Some(there) = state.chats.remove(chat) {
            state.chats.insert(other.to_owned(), there);
        }
    }

    /// So many calls in so much time.
    pub fn limit(&self, calls: usize, within: Duration) {
        self.state.open().window.limit(calls, within);
    }

    /// How many messages with this text stand in the chat.
    #[must_use]
    pub fn count(&self, chat: &str, text: &str) -> usize {
        let state = self.state.open();
        let posts = state.chats.get(chat).into_iter().flat_map(|chat| chat.messages.values());
        posts.filter(|post| !post.is_deleted && post.text == text).count()
    }
}

impl Chat {
    fn add(&mut self, text: &str, media: usize, origin: Option<(String, i64, i64)>) -> i64 {
        self.newest += 1;
        let post = Post { text: text.to_owned(), media, at_s: now_s(), is_deleted: false, origin };
        self.messages.insert(self.newest, post);
        self.newest
    }

    fn find(&mut self, number: i64) -> Option<&mut Post> {
        self.messages.get_mut(&number).filter(|post| !post.is_deleted)
    }
}

fn good(result: Value) -> Answer {
    Answer::of(200, json!({ "ok": true, "result": result }))
}

fn bad(code: u16, words: &str) -> Answer {
    Answer::of(code, json!({ "ok": false, "error_code": code, "description": words }))
}

fn too_many(seconds: u64) -> Answer {
    let words = format!("Too Many Requests: retry after {seconds}");
    let body = json!({ "ok": false, "error_code": 429, "description": words, "parameters": { "retry_after": seconds } });
    Answer::of(429, body).with("retry-after", seconds.to_string())
}

impl Platform for Telegram {
    fn name(&self) -> &'static str {
        "Telegram"
    }

    fn answer(&self, call: &Call) -> Answer {
        let mut state = self.state.open();
        let parts = call.parts();
        let [bot, method] = parts.as_slice() else { return bad(404, "Not Found") };
        if *bot != format!("bot{}", state.token) {
            return bad(401, "Unauthorized");
        }
        if let Err(seconds) = state.window.take() {
            return too_many(seconds);
        }
        let done = match *method {
            "getMe" => Ok(json!({ "id": 1, "is_bot": true, "username": "the_double_bot" })),
            "sendMessage" => state.send_text(call),
            "sendPhoto" | "sendVideo" => state.send_file(call, method),
            "sendMediaGroup" => state.send_album(call),
            "editMessageText" => state.edit(call, "text"),
            "editMessageCaption" => state.edit(call, "caption"),
            "deleteMessage" => state.delete(call, &[call.fields["message_id"].as_i64().unwrap_or_default()], true),
            "deleteMessages" => state.delete(call, &numbers(&call.fields["message_ids"]), false),
            "forwardMessage" => state.forward(call),
            _ => Err("Not Found"),
        };
        done.map_or_else(|words| bad(if words == "Not Found" { 404 } else { 400 }, words), good)
    }

    fn refusal(&self, trick: Trick) -> Answer {
        match trick {
            Trick::TooMany { retry_after_s } => too_many(retry_after_s),
            Trick::Expired => bad(401, "Unauthorized"),
            _ => bad(400, "Bad Request: not enough rights to send text messages to the chat"),
        }
    }

    fn receipts(&self) -> Vec<Receipt> {
        let state = self.state.open();
        let all =
            state.chats.iter().flat_map(|(name, chat)| chat.messages.iter().map(move |(number, post)| (name, number, post)));
        all.map(|(name, number, post)| Receipt {
            id: format!("{name}/{number}"),
            text: post.text.clone(),
            media: post.media,
            at_s: post.at_s,
            state: if post.is_deleted { "deleted" } else { "published" },
        })
        .collect()
    }

    fn event(&self, to: &str, is_forged: bool) -> Option<Request<Bytes>> {
        let word = if is_forged { "a-word-of-somebody-else".to_owned() } else { self.state.open().webhook_word.clone() };
        let body = json!({ "update_id": now_s(), "message": { "message_id": 1, "date": now_s(), "text": "Xin chào" } });
        let request =
            Request::post(to).header("content-type", "application/json").header("x-telegram-bot-api-secret-token", word);
        request.body(body.to_string().into()).ok()
    }

    fn set(&self, name: &str, value: &str) -> bool {
        match name {
            "token" => self.revoke(value),
            "webhook-word" => value.clone_into(&mut self.state.open().webhook_word),
            _ => return false,
        }
        true
    }
}

type Done = Result<Value, &'static str>;

impl State {
    /// The chat a call means, and its name as it stands: public names are found in whatever case they are written.
    fn chat(&mut self, call: &Call, field: &str) -> Result<(String, &mut Chat), &'static str> {
        let meant = call.fields[field].as_str().map_or_else(|| call.fields[field].to_string(), str::to_owned);
        let found = self.chats.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case(&meant));
        found.map(|(name, chat)| (name.clone(), chat)).ok_or("Bad Request: chat not found")
    }

    fn send_text(&mut self, call: &Call) -> Done {
        let text = call.text("text").trim();
        match text.encode_utf16().count() {
            0 => return Err("Bad Request: message text is empty"),
            count if count > TEXT_MAX => return Err("Bad Request: message is too long"),
            _ => {}
        }
        let (name, chat) = self.chat(call, "chat_id")?;
        let number = chat.add(text, 0, None);
        Ok(shown(&name, number, chat))
    }

    fn send_file(&mut self, call: &Call, method: &str) -> Done {
        let caption = caption(call.text("caption"))?;
        let file = call.files.first().ok_or("Bad Request: there is no file in the request")?;
        let max = if method == "sendPhoto" { PHOTO_BYTES_MAX } else { FILE_BYTES_MAX };
        if file.bytes > max || file.bytes == 0 {
            return Err("Bad Request: file is too big");
        }
        let (name, chat) = self.chat(call, "chat_id")?;
        let number = chat.add(caption, 1, None);
        Ok(shown(&name, number, chat))
    }

    fn send_album(&mut self, call: &Call) -> Done {
        let listed: Value = serde_json::from_str(call.text("media")).unwrap_or_default();
        let listed = listed.as_array().cloned().unwrap_or_default();
        if !(2..=10).contains(&listed.len()) {
            return Err("Bad Request: group send failed: an album has 2 to 10 media");
        }
        let is_there = |one: &Value| {
            let name = one["media"].as_str().and_then(|media| media.strip_prefix("attach://"));
            name.is_some_and(|name| call.files.iter().any(|file| file.name == name && file.bytes > 0))
        };
        if !listed.iter().all(is_there) {
            return Err("Bad Request: wrong file identifier/HTTP URL specified");
        }
        let captions: Result<Vec<&str>, _> =
            listed.iter().map(|one| caption(one["caption"].as_str().unwrap_or_default())).collect();
        let captions = captions?;
        let (name, chat) = self.chat(call, "chat_id")?;
        let numbers: Vec<i64> = captions.iter().map(|caption| chat.add(caption, 1, None)).collect();
        Ok(numbers.iter().map(|number| shown(&name, *number, chat)).collect::<Vec<_>>().into())
    }

    fn edit(&mut self, call: &Call, field: &str) -> Done {
        let text = if field == "caption" { caption(call.text(field))? } else { call.text(field).trim() };
        if text.encode_utf16().count() > TEXT_MAX {
            return Err("Bad Request: message is too long");
        }
        let number = call.fields["message_id"].as_i64().unwrap_or_default();
        let (name, chat) = self.chat(call, "chat_id")?;
        let post = chat.find(number).ok_or("Bad Request: message to edit not found")?;
        if (post.media == 0) != (field == "text") {
            return Err("Bad Request: there is no text in the message to edit");
        }
        if post.text == text {
            return Err(
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
            );
        }
        text.clone_into(&mut post.text);
        Ok(shown(&name, number, chat))
    }

    fn delete(&mut self, call: &Call, numbers: &[i64], must_exist: bool) -> Done {
        let (_, chat) = self.chat(call, "chat_id")?;
        for number in numbers {
            match chat.find(*number) {
                Some(post) => post.is_deleted = true,
                None if must_exist => return Err("Bad Request: message to delete not found"),
                None => {}
            }
        }
        Ok(true.into())
    }

    fn forward(&mut self, call: &Call) -> Done {
        let number = call.fields["message_id"].as_i64().unwrap_or_default();
        let (from, chat) = self.chat(call, "from_chat_id")?;
        let post = chat.find(number).ok_or("Bad Request: message to forward not found")?.clone();
        let (name, chat) = self.chat(call, "chat_id")?;
        let number = chat.add(&post.text, post.media, Some((from, number, post.at_s)));
        Ok(shown(&name, number, chat))
    }
}

fn caption(text: &str) -> Result<&str, &'static str> {
    let text = text.trim();
    if text.encode_utf16().count() > CAPTION_MAX { Err("Bad Request: message caption is too long") } else { Ok(text) }
}

fn numbers(list: &Value) -> Vec<i64> {
    list.as_array().into_iter().flatten().filter_map(Value::as_i64).collect()
}

fn described(name: &str) -> Value {
    match name.strip_prefix('@') {
        Some(username) => json!({ "id": -1001, "type": "channel", "username": username }),
        None => json!({ "id": name.parse::<i64>().unwrap_or_default(), "type": "channel" }),
    }
}

fn shown(name: &str, number: i64, chat: &Chat) -> Value {
    let Some(post) = chat.messages.get(&number) else { return Value::Null };
    let mut message = json!({ "message_id": number, "date": post.at_s, "chat": described(name) });
    message[if post.media == 0 { "text" } else { "caption" }] = post.text.as_str().into();
    if let Some((from, original, date)) = &post.origin {
        message["forward_origin"] = json!({ "type": "channel", "date": date, "message_id": original, "chat": described(from) });
    }
    message
}
