//! The Graph API around one page: posts, pictures that wait for a post, videos that are worked on, figures that come and go.

mod state;

use std::time::Duration;

use axum::http::{Method, Request};
use bytes::Bytes;
use ring::hmac;
use serde_json::{Value, json};

use self::state::State;
use crate::{Answer, Call, Locked, Platform, Receipt, Trick, now_s};

const VERSION: &str = "v25.0";

/// The double.
#[derive(Debug)]
pub struct Facebook {
    state: Locked<State>,
}

impl Facebook {
    /// A page with this number and this token.
    #[must_use]
    pub fn new(page: &str, token: &str) -> Self {
        Self { state: Locked::new(State::new(page, token)) }
    }

    /// Videos are ready after so many questions.
    pub fn take_time(&self, questions: u32) {
        self.state.open().late = questions;
    }

    /// A figure is removed; whoever asks for it is refused.
    pub fn remove_metric(&self, name: &str) {
        self.state.open().metrics.remove(name);
    }

    /// A figure gets another name.
    pub fn rename_metric(&self, name: &str, other: &str) {
        let mut state = self.state.open();
        let value = state.metrics.remove(name).unwrap_or_default();
        state.metrics.insert(other.to_owned(), value);
    }

    /// A figure stands at that value from now on, lower than before or not.
    pub fn set_metric(&self, name: &str, value: u64) {
        if let Some(there) = self.state.open().metrics.get_mut(name) {
            *there = value;
        }
    }

    /// The page is linked anew: the old token is over.
    pub fn revoke(&self, token: &str) {
        token.clone_into(&mut self.state.open().token);
    }

    /// The token may see nothing of the page any more; Facebook says of everything then that it does not exist.
    pub fn forbid(&self) {
        self.state.open().is_forbidden = true;
    }

    /// The token may see the page again.
    pub fn allow(&self) {
        self.state.open().is_forbidden = false;
    }

    /// Somebody deletes what stands there, by hand.
    pub fn delete_all(&self) {
        self.state.open().posts.iter_mut().for_each(|post| post.is_deleted = true);
    }

    /// So many calls in so much time.
    pub fn limit(&self, calls: usize, within: Duration) {
        self.state.open().window.limit(calls, within);
    }

    /// How many posts and videos with this text are seen.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        self.state.open().posts.iter().filter(|post| !post.is_deleted && post.message == text).count()
    }

    /// How many pictures wait for a post.
    #[must_use]
    pub fn waiting_pictures(&self) -> usize {
        self.state.open().pictures.len()
    }
}

/// What is wrong: status, code, subcode, words.
pub(crate) struct Wrong(u16, u32, u32, &'static str);

pub(crate) fn error(Wrong(status, code, subcode, words): Wrong) -> Answer {
    let mut inner =
        json!({ "message": format!("(#{code}) {words}"), "type": "OAuthException", "code": code, "fbtrace_id": "of-the-double" });
    if subcode > 0 {
        inner["error_subcode"] = subcode.into();
    }
    Answer::of(status, json!({ "error": inner }))
}

fn too_many(minutes: u64) -> Answer {
    let business = json!({ "1": [{ "type": "pages", "call_count": 100, "total_time": 20, "total_cputime": 20,
        "estimated_time_to_regain_access": minutes }] });
    error(Wrong(400, 32, 0, "Page request limit reached")).with("x-business-use-case-usage", business.to_string())
}

impl Platform for Facebook {
    fn name(&self) -> &'static str {
        "Facebook"
    }

    fn answer(&self, call: &Call) -> Answer {
        let mut state = self.state.open();
        let given =
            call.header("authorization").strip_prefix("Bearer ").or_else(|| call.query.get("access_token").map(String::as_str));
        if given != Some(state.token.as_str()) {
            return error(Wrong(401, 190, 460, "Error validating access token"));
        }
        if let Err(seconds) = state.window.take() {
            return too_many(seconds.div_ceil(60));
        }
        let parts = call.parts();
        let done = match (call.method.clone(), parts.as_slice()) {
            (Method::POST, [VERSION, page, "feed"]) => state.on_page(page).and_then(|state| state.post(call)),
            (Method::POST, [VERSION, page, "photos"]) => state.on_page(page).and_then(|state| state.picture(call)),
            (Method::POST, [VERSION, page, "videos"]) => state.on_page(page).and_then(|state| state.video(call)),
            (Method::GET, [VERSION, page, "published_posts"]) => state.on_page(page).map(|state| state.published(call)),
            (Method::GET, [VERSION, id, "insights" | "video_insights"]) => state.insights(call, id),
            (Method::GET, [VERSION, id]) => state.read(id),
            (Method::POST, [VERSION, id]) => state.edit(call, id),
            (Method::DELETE, [VERSION, id]) => state.delete(id),
            _ => Err(Wrong(400, 2500, 0, "Unknown path components")),
        };
        let usage = json!({ "call_count": 3, "total_time": 2, "total_cputime": 1 }).to_string();
        done.map_or_else(error, |body: Value| Answer::of(200, body)).with("x-app-usage", usage)
    }

    fn refusal(&self, trick: Trick) -> Answer {
        match trick {
            Trick::TooMany { retry_after_s } => too_many(retry_after_s.div_ceil(60)),
            Trick::Expired => error(Wrong(400, 190, 463, "Error validating access token: Session has expired")),
            _ => error(Wrong(200, 368, 0, "The action attempted has been deemed abusive or is otherwise disallowed")),
        }
    }

    fn receipts(&self) -> Vec<Receipt> {
        let state = self.state.open();
        let of = |post: &state::Post| Receipt {
            id: post.id.clone(),
            text: post.message.clone(),
            media: post.media,
            at_s: post.at_s,
            state: match post.is_deleted {
                true => "deleted",
                false if post.is_video && post.late > 0 => "processing",
                false => "published",
            },
        };
        state.posts.iter().map(of).collect()
    }

    fn event(&self, to: &str, is_forged: bool) -> Option<Request<Bytes>> {
        let state = self.state.open();
        let post = state.posts.last().map(|post| post.id.clone()).unwrap_or_default();
        let value = json!({ "item": "status", "verb": "add", "post_id": post, "created_time": now_s() });
        let entry = json!({ "id": state.page, "time": now_s(), "changes": [{ "field": "feed", "value": value }] });
        let body = json!({ "object": "page", "entry": [entry] }).to_string();
        let secret = if is_forged { "a-secret-of-somebody-else" } else { state.app_secret.as_str() };
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let mac: String = hmac::sign(&key, body.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let request =
            Request::post(to).header("content-type", "application/json").header("x-hub-signature-256", format!("sha256={mac}"));
        request.body(body.into()).ok()
    }

    fn set(&self, name: &str, value: &str) -> bool {
        match name {
            "app-secret" => value.clone_into(&mut self.state.open().app_secret),
            "token" => self.revoke(value),
            "late" => self.take_time(value.parse().unwrap_or_default()),
            "remove-metric" => self.remove_metric(value),
            "rename-metric" => match value.split_once('=') {
                Some((name, other)) => self.rename_metric(name, other),
                None => return false,
            },
            "metric" => match value.split_once('=').and_then(|(name, value)| Some((name, value.parse().ok()?))) {
                Some((name, value)) => self.set_metric(name, value),
                None => return false,
            },
            _ => return false,
        }
        true
    }
}
