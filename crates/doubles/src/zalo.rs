//! Zalo: the tokens of an Official Account, its articles, broadcasts, ZNS notices, and its webhook. All hosts of Zalo's are one here.

mod state;

use std::time::Duration;

use axum::http::{Method, Request};
use bytes::Bytes;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use self::state::State;
use crate::{Answer, Call, Locked, Platform, Receipt, Trick, now_s};

/// The double.
#[derive(Debug)]
pub struct Zalo {
    state: Locked<State>,
    app: App,
}

/// The app that the account is linked with.
#[derive(Clone, Debug)]
pub struct App {
    pub app_id: String,
    pub secret_key: String,
    /// Signs the webhook.
    pub oa_secret_key: String,
}

impl Zalo {
    /// An account with this first pair of tokens.
    #[must_use]
    pub fn new(app: App, access_token: &str, refresh_token: &str) -> Self {
        Self { state: Locked::new(State::new(access_token, refresh_token)), app }
    }

    /// Articles are done after so many questions.
    pub fn take_time(&self, questions: u32) {
        self.state.open().late = questions;
    }

    /// The next refreshes are refused with this code and these words, though the token is good.
    pub fn refuse_refreshes(&self, code: i64, words: &'static str, times: u32) {
        self.state.open().refused = (code, words, times);
    }

    /// The access token is over; the refresh token is not.
    pub fn expire(&self) {
        self.state.open().access_token.clear();
    }

    /// So many calls in so much time.
    pub fn limit(&self, calls: usize, within: Duration) {
        self.state.open().window.limit(calls, within);
    }

    /// The next articles' pictures can not be fetched.
    pub fn fetch_nothing(&self) {
        self.state.open().fetches = false;
    }

    /// The next articles' pictures can be fetched again.
    pub fn fetch_again(&self) {
        self.state.open().fetches = true;
    }

    /// From now on notices go after this template alone, which has these places.
    pub fn approve(&self, template: &str, places: &[&str]) {
        let places = places.iter().map(|place| (*place).to_owned()).collect();
        self.state.open().template = Some((template.to_owned(), places));
    }

    /// Nobody with this number has Zalo.
    pub fn forget(&self, phone: &str) {
        self.state.open().strangers.push(phone.to_owned());
    }

    /// So many notices may still be sent today.
    pub fn leave_notices(&self, count: u32) {
        self.state.open().notices_left = count;
    }

    /// So many broadcasts may still be sent this month.
    pub fn leave_broadcasts(&self, count: u32) {
        self.state.open().broadcasts_left = count;
    }

    /// A figure is left out of the list from now on.
    pub fn remove_metric(&self, name: &str) {
        self.state.open().removed.push(name.to_owned());
    }

    /// How many articles with this title there are, done or not.
    #[must_use]
    pub fn count(&self, title: &str) -> usize {
        self.state.open().articles.iter().filter(|article| !article.is_deleted && article.title == title).count()
    }

    /// How many broadcasts and notices went out.
    #[must_use]
    pub fn sent(&self) -> usize {
        self.state.open().sent.len()
    }

    /// How often this article was broadcast.
    #[must_use]
    pub fn broadcasts(&self, article: &str) -> usize {
        let state = self.state.open();
        state.sent.iter().filter(|one| one.state == "broadcast" && one.text.split(' ').any(|id| id == article)).count()
    }

    /// Whom each reply went to, and its words, in their order.
    #[must_use]
    pub fn replies(&self) -> Vec<(String, String)> {
        let state = self.state.open();
        let replies = state.sent.iter().filter(|one| one.state == "replied");
        replies.filter_map(|one| one.text.split_once(' ')).map(|(to, words)| (to.to_owned(), words.to_owned())).collect()
    }

    /// Number and words of each notice that went out, in their order.
    #[must_use]
    pub fn notices(&self) -> Vec<(String, String)> {
        let state = self.state.open();
        let notices = state.sent.iter().filter(|one| one.state == "sent");
        notices.filter_map(|one| one.text.split_once(' ')).map(|(to, words)| (to.to_owned(), words.to_owned())).collect()
    }

    /// The pair that counts now.
    #[must_use]
    pub fn tokens(&self) -> (String, String) {
        let state = self.state.open();
        (state.access_token.clone(), state.refresh_token.clone())
    }
}

/// Errors come with 200.
pub(crate) fn said(error: i64, message: &str, data: Value) -> Answer {
    Answer::of(200, json!({ "error": error, "message": message, "data": data }))
}

impl Platform for Zalo {
    fn name(&self) -> &'static str {
        "Zalo OA"
    }

    fn answer(&self, call: &Call) -> Answer {
        let mut state = self.state.open();
        if call.path == "/v4/oa/access_token" {
            return state.refresh(call, &self.app);
        }
        if call.header("access_token").is_empty() || call.header("access_token") != state.access_token {
            return said(-216, "Access token is invalid", Value::Null);
        }
        if state.window.take().is_err() {
            return said(-32, "Your application reached limit call API in a minute", Value::Null);
        }
        let done = match (call.method.clone(), call.path.as_str()) {
            (Method::POST, "/v2.0/article/create") => state.create(call),
            (Method::POST, "/v2.0/article/update") => state.update(call),
            (Method::POST, "/v2.0/article/verify") => state.verify(call),
            (Method::POST, "/v2.0/article/remove") => state.remove(call),
            (Method::GET, "/v2.0/article/getslice") => state.slice(call),
            (Method::GET, "/v2.0/article/getdetail") => state.detail(call),
            (Method::POST, "/v2.0/oa/message") => state.broadcast(call),
            (Method::POST, "/v3.0/oa/message/cs") => state.reply(call),
            (Method::POST, "/message/template") => state.notify(call),
            (Method::GET, "/template/info/v2") => state.template(call),
            (Method::GET, "/message/quota") => {
                Ok(json!({ "dailyQuota": "500", "remainingQuota": state.notices_left.to_string() }))
            }
            _ => Err((-209, "This API is not supported")),
        };
        done.map_or_else(|(code, words)| said(code, words, Value::Null), |data| said(0, "Success", data))
    }

    fn refusal(&self, trick: Trick) -> Answer {
        match trick {
            Trick::TooMany { retry_after_s } => said(-32, "Your application reached limit call API in a minute", Value::Null)
                .with("retry-after", retry_after_s.to_string()),
            Trick::Expired => said(-216, "Access token is invalid", Value::Null),
            _ => said(-223, "OA has reached the article quota", Value::Null),
        }
    }

    fn receipts(&self) -> Vec<Receipt> {
        let state = self.state.open();
        let articles = state.articles.iter().map(|article| Receipt {
            id: article.id.clone(),
            text: format!("{}: {}", article.title, article.description),
            media: article.media,
            at_s: article.at_s,
            state: match article.is_deleted {
                true => "deleted",
                false if article.late > 0 => "processing",
                false => "published",
            },
        });
        articles.chain(state.sent.iter().cloned()).collect()
    }

    fn event(&self, to: &str, is_forged: bool) -> Option<Request<Bytes>> {
        let stamp = (now_s() * 1000).to_string();
        let body = json!({ "app_id": self.app.app_id, "event_name": "follow", "follower": { "id": "1" }, "timestamp": stamp })
            .to_string();
        let secret = if is_forged { "a-key-of-somebody-else" } else { self.app.oa_secret_key.as_str() };
        let sum = Sha256::digest(format!("{}{body}{stamp}{secret}", self.app.app_id));
        let mac: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        let request =
            Request::post(to).header("content-type", "application/json").header("x-zevent-signature", format!("mac={mac}"));
        request.body(body.into()).ok()
    }

    fn set(&self, name: &str, value: &str) -> bool {
        match name {
            "late" => self.take_time(value.parse().unwrap_or_default()),
            "expire" => self.expire(),
            "notices" => self.leave_notices(value.parse().unwrap_or_default()),
            "broadcasts" => self.leave_broadcasts(value.parse().unwrap_or_default()),
            "remove-metric" => self.remove_metric(value),
            _ => return false,
        }
        true
    }
}
