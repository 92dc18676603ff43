//! What the page holds.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Wrong;
use crate::{Call, Window, now_s};

const MESSAGE_MAX: usize = 63_206;
const PICTURE_BYTES_MAX: usize = 4 << 20;

#[derive(Debug)]
pub(super) struct State {
    pub(super) page: String,
    /// Signs the webhook.
    pub(super) app_secret: String,
    pub(super) token: String,
    pub(super) posts: Vec<Post>,
    /// Uploaded and in no post.
    pub(super) pictures: Vec<String>,
    pub(super) metrics: BTreeMap<String, u64>,
    /// So many questions until a video is ready.
    pub(super) late: u32,
    pub(super) window: Window,
    /// The token has no right to the page.
    pub(super) is_forbidden: bool,
    newest: u64,
}

#[derive(Debug)]
pub(super) struct Post {
    pub(super) id: String,
    pub(super) message: String,
    pub(super) media: usize,
    pub(super) at_s: i64,
    pub(super) is_deleted: bool,
    pub(super) is_video: bool,
    pub(super) late: u32,
}

type Done = Result<Value, Wrong>;

const GONE: Wrong = Wrong(400, 100, 33, "Unsupported request. Object with this ID does not exist");

impl State {
    pub(super) fn new(page: &str, token: &str) -> Self {
        let names = [
            "post_media_view",
            "post_total_media_view_unique",
            "post_clicks",
            "post_reactions_like_total",
            "total_video_views",
            "total_video_views_unique",
        ];
        Self {
            page: page.to_owned(),
            app_secret: String::new(),
            token: token.to_owned(),
            posts: Vec::new(),
            pictures: Vec::new(),
            metrics: (0u64..).zip(names).map(|(at, name)| (name.to_owned(), 100 + at)).collect(),
            late: 0,
            window: Window::default(),
            is_forbidden: false,
            newest: 1000,
        }
    }

    pub(super) fn on_page(&mut self, page: &str) -> Result<&mut Self, Wrong> {
        if page == self.page && !self.is_forbidden { Ok(self) } else { Err(GONE) }
    }

    fn number(&mut self) -> u64 {
        self.newest += 1;
        self.newest
    }

    fn find(&mut self, id: &str) -> Result<&mut Post, Wrong> {
        let is_forbidden = self.is_forbidden;
        self.posts.iter_mut().find(|post| post.id == id && !post.is_deleted && !is_forbidden).ok_or(GONE)
    }

    /// `/feed`. Meta refuses the same words twice in a row (506).
    pub(super) fn post(&mut self, call: &Call) -> Done {
        let message = checked(call.text("message"))?;
        let pictures: Vec<String> = call.fields["attached_media"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| one["media_fbid"].as_str().unwrap_or_default().to_owned())
            .collect();
        if message.is_empty() && pictures.is_empty() && call.text("link").is_empty() {
            return Err(Wrong(400, 100, 0, "The post is empty"));
        }
        if !pictures.iter().all(|id| self.pictures.contains(id)) {
            return Err(Wrong(400, 100, 0, "Param attached_media has an id of no unpublished photo"));
        }
        if self.posts.last().is_some_and(|last| !last.is_deleted && last.message == message && pictures.is_empty()) {
            return Err(Wrong(400, 506, 0, "Duplicate status message"));
        }
        self.pictures.retain(|id| !pictures.contains(id));
        let number = self.number();
        let id = format!("{}_{number}", self.page);
        self.keep(id.clone(), message, pictures.len(), false);
        Ok(json!({ "id": id }))
    }

    fn keep(&mut self, id: String, message: String, media: usize, is_video: bool) {
        self.posts.push(Post { id, message, media, at_s: now_s(), is_deleted: false, is_video, late: self.late });
    }

    /// `/photos`, for a post to come.
    pub(super) fn picture(&mut self, call: &Call) -> Done {
        let file =
            call.files.iter().find(|file| file.name == "source").ok_or(Wrong(400, 324, 0, "Missing or invalid image file"))?;
        if file.bytes == 0 || !file.mime.starts_with("image/") {
            return Err(Wrong(400, 324, 0, "Missing or invalid image file"));
        }
        if file.bytes > PICTURE_BYTES_MAX {
            return Err(Wrong(400, 100, 1_366_046, "Your photos couldn't be uploaded"));
        }
        if call.text("published") != "false" {
            return Err(Wrong(400, 100, 0, "This double takes unpublished photos only"));
        }
        let id = self.number().to_string();
        self.pictures.push(id.clone());
        Ok(json!({ "id": id }))
    }

    /// `/videos`.
    pub(super) fn video(&mut self, call: &Call) -> Done {
        let message = checked(call.text("description"))?;
        let is_video = |file: &&crate::File| file.name == "source" && file.bytes > 0 && file.mime.starts_with("video/");
        call.files.iter().find(is_video).ok_or(Wrong(
            400,
            352,
            0,
            "The video file you selected is in a format that we don't support",
        ))?;
        let id = self.number().to_string();
        self.keep(id.clone(), message, 1, true);
        Ok(json!({ "id": id }))
    }

    /// `/published_posts`, newest first, page by page.
    pub(super) fn published(&mut self, call: &Call) -> Value {
        let number = |name: &str| call.query.get(name).and_then(|value| value.parse::<i64>().ok());
        let (since, limit) =
            (number("since").unwrap_or_default(), usize::try_from(number("limit").unwrap_or(25)).unwrap_or(25).min(100));
        let from = usize::try_from(number("after").unwrap_or_default()).unwrap_or_default();
        let seen =
            self.posts.iter().rev().filter(|post| !post.is_deleted && post.at_s >= since && !(post.is_video && post.late > 0));
        let all: Vec<Value> = seen.map(|post| shown(&self.page, post)).collect();
        let page: Vec<Value> = all.iter().skip(from).take(limit).cloned().collect();
        let mut body = json!({ "data": page, "paging": { "cursors": { "after": (from + limit).to_string() } } });
        if from + limit < all.len() {
            body["paging"]["next"] = "https://graph.facebook.com/next".into();
        }
        body
    }

    pub(super) fn read(&mut self, id: &str) -> Done {
        if id == self.page && !self.is_forbidden {
            return Ok(json!({ "id": id, "name": "Trang của tỉnh" }));
        }
        let post = self.find(id)?;
        if post.is_video {
            let status = if post.late > 0 { "processing" } else { "ready" };
            post.late = post.late.saturating_sub(1);
            return Ok(json!({ "id": id, "status": { "video_status": status }, "permalink_url": format!("/watch/?v={id}") }));
        }
        Ok(json!({ "id": id, "reactions": { "summary": { "total_count": 4 } }, "comments": { "summary": { "total_count": 2 } } }))
    }

    pub(super) fn edit(&mut self, call: &Call, id: &str) -> Done {
        let is_video = self.find(id)?.is_video;
        let message = checked(call.text(if is_video { "description" } else { "message" }))?;
        self.find(id)?.message = message;
        Ok(json!({ "success": true }))
    }

    pub(super) fn delete(&mut self, id: &str) -> Done {
        self.find(id)?.is_deleted = true;
        Ok(json!({ "success": true }))
    }

    /// One unknown name spoils the whole question.
    pub(super) fn insights(&mut self, call: &Call, id: &str) -> Done {
        self.find(id)?;
        let names: Vec<&str> = call.query.get("metric").map(|names| names.split(',').collect()).unwrap_or_default();
        let known = |name: &str| {
            let value = self.metrics.get(name).ok_or(Wrong(400, 100, 0, "The value must be a valid insights metric"))?;
            Ok(json!({ "name": name, "period": "lifetime", "values": [{ "value": value }] }))
        };
        let data: Result<Vec<Value>, Wrong> = names.into_iter().map(known).collect();
        Ok(json!({ "data": data? }))
    }
}

fn checked(message: &str) -> Result<String, Wrong> {
    if message.chars().count() > MESSAGE_MAX {
        Err(Wrong(400, 100, 0, "Param message is too long"))
    } else {
        Ok(message.to_owned())
    }
}

fn shown(page: &str, post: &Post) -> Value {
    let mut value =
        json!({ "id": post.id, "message": post.message, "permalink_url": format!("https://www.facebook.com/{}", post.id) });
    if post.is_video {
        value["id"] = format!("{page}_{}", post.id).into();
        value["attachments"] = json!({ "data": [{ "media_type": "video", "target": { "id": post.id } }] });
    }
    value
}
