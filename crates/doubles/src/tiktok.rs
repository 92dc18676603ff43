//! TikTok's Content Posting API: posts that are begun, fed in parts and worked on, codes inside of answers, and the window of six
//! posts in a minute.

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};

use crate::service::{Answer, Service, Tricks, garbled, header, is_done, json as body_of, pair, put, say};
use crate::{Receipt, Trick, now_s};

const PART_MIN: u64 = 5_000_000;
const PART_MAX: u64 = 64_000_000;

/// The creator's account and what it received.
#[derive(Debug, Default)]
pub struct TikTok {
    pub access_token: String,
    pub refresh_token: String,
    pub unaudited: bool,
    /// How often a post is said to be still worked on.
    pub asked_until_complete: u32,
    /// Posts fail with this reason instead.
    pub fails: Option<String>,
    /// Posts that may be begun in this minute; a test opens the next minute by hand.
    pub posts_left: u32,
    /// What goes wrong with the next calls that begin or feed a post.
    pub tricks: Tricks,
    pub posts: Vec<Post>,
    counted: u64,
}

#[derive(Debug)]
pub struct Post {
    /// `publish_id`.
    pub name: String,
    pub info: Value,
    pub photos: Vec<String>,
    pub bytes: Vec<u8>,
    /// All of it is here: TikTok posts it.
    pub is_posted: bool,
    /// Seconds since 1970.
    pub at_s: i64,
    size: u64,
    part: u64,
    count: u64,
    asked: u32,
}

impl TikTok {
    #[must_use]
    pub fn new(access_token: &str) -> Self {
        Self {
            access_token: access_token.to_owned(),
            refresh_token: "refresh-of-the-test".to_owned(),
            posts_left: 6,
            ..Self::default()
        }
    }

    fn levels(&self) -> Vec<&'static str> {
        if self.unaudited {
            return vec!["SELF_ONLY"];
        }
        vec!["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]
    }

    fn creator(&self) -> Answer {
        ok(&json!({"creator_username": "tinh-mau", "creator_nickname": "Tỉnh mẫu", "comment_disabled": false,
            "privacy_level_options": self.levels(), "duet_disabled": false, "stitch_disabled": true,
            "max_video_post_duration_sec": 300}))
    }

    fn begin(&mut self, request: &Request<Bytes>, is_video: bool) -> Answer {
        let body = body_of(request);
        let level = body["post_info"]["privacy_level"].as_str().unwrap_or_default();
        if self.posts_left == 0 {
            return refuse(429, "rate_limit_exceeded");
        }
        if !self.levels().contains(&level) {
            return refuse(403, "unaudited_client_can_only_post_to_private_accounts");
        }
        let source = &body["source_info"];
        let number = |name: &str| source[name].as_u64().unwrap_or_default();
        let (size, part, count) = (number("video_size"), number("chunk_size"), number("total_chunk_count"));
        if is_video && !are_parts_right(size, part, count) {
            return refuse(400, "invalid_params");
        }
        let photos: Vec<String> =
            source["photo_images"].as_array().into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect();
        if !is_video && (photos.is_empty() || photos.len() > 35) {
            return refuse(400, "invalid_params");
        }
        self.posts_left -= 1;
        self.counted += 1;
        let name = format!("{}_test~v2.{}", if is_video { "v_pub_file" } else { "p_pub_url" }, self.counted);
        let upload = format!("http://{}/video/?upload_id={}&upload_token=of-the-test", header(request, "host"), self.counted);
        self.posts.push(Post {
            name: name.clone(),
            info: body["post_info"].clone(),
            photos,
            bytes: Vec::new(),
            is_posted: !is_video,
            at_s: now_s(),
            size,
            part,
            count,
            asked: 0,
        });
        ok(&if is_video { json!({"publish_id": name, "upload_url": upload}) } else { json!({"publish_id": name}) })
    }

    fn part(&mut self, request: &Request<Bytes>) -> Answer {
        let query = request.uri().query().unwrap_or_default();
        let ending = format!(".{}", pair(query, "upload_id").unwrap_or_default());
        let Some(post) = self.posts.iter_mut().find(|post| post.name.ends_with(&ending)) else {
            return say(StatusCode::NOT_FOUND, &[], &Value::Null);
        };
        match post.take(header(request, "content-range"), request.body()) {
            Err(()) => say(StatusCode::RANGE_NOT_SATISFIABLE, &[], &Value::Null),
            Ok(()) if post.is_posted => say(StatusCode::CREATED, &[], &Value::Null),
            Ok(()) => say(StatusCode::PARTIAL_CONTENT, &[], &Value::Null),
        }
    }

    fn status(&mut self, request: &Request<Bytes>) -> Answer {
        let body = body_of(request);
        let (until, fails) = (self.asked_until_complete, self.fails.clone());
        let Some((at, post)) = self.posts.iter_mut().enumerate().find(|(_, post)| body["publish_id"] == post.name.as_str())
        else {
            return refuse(400, "invalid_publish_id");
        };
        post.asked += 1;
        let has = post.bytes.len();
        let is_public = post.info["privacy_level"] == "PUBLIC_TO_EVERYONE";
        ok(&match (post.is_posted, fails) {
            (false, _) => json!({"status": "PROCESSING_UPLOAD", "uploaded_bytes": has}),
            (true, _) if post.asked <= until && !post.photos.is_empty() => json!({"status": "PROCESSING_DOWNLOAD"}),
            (true, _) if post.asked <= until => json!({"status": "PROCESSING_UPLOAD", "uploaded_bytes": has}),
            (true, Some(reason)) => json!({"status": "FAILED", "fail_reason": reason, "publicaly_available_post_id": []}),
            // Moderation comes after: the first one who asks gets no id yet.
            (true, None) if !is_public || post.asked == until + 1 => json!({"status": "PUBLISH_COMPLETE"}),
            (true, None) => json!({"status": "PUBLISH_COMPLETE", "publicaly_available_post_id": [7_300_000_000_000 + at]}),
        })
    }

    fn videos(&self, request: &Request<Bytes>) -> Answer {
        let asked = body_of(request)["filters"]["video_ids"].clone();
        let ids = (0..self.posts.len()).map(|at| (7_300_000_000_000 + at).to_string());
        let known: Vec<Value> = ids
            .filter(|id| asked.as_array().is_some_and(|asked| asked.contains(&json!(id))))
            .map(|id| json!({"id": id, "view_count": 120, "like_count": 7, "comment_count": 0}))
            .collect();
        ok(&json!({"videos": known, "cursor": 0, "has_more": false}))
    }

    /// A refresh token is good for one renewal: another one comes with it.
    fn token(&mut self, request: &Request<Bytes>) -> Answer {
        let form = String::from_utf8_lossy(request.body()).into_owned();
        if pair(&form, "refresh_token").as_deref() != Some(self.refresh_token.as_str()) {
            let body = json!({"error": "invalid_grant", "error_description": "Refresh token is invalid or expired.",
                "log_id": "of-the-test"});
            return say(StatusCode::OK, &[], &body);
        }
        self.counted += 1;
        self.access_token = format!("access-{}-of-the-test", self.counted);
        self.refresh_token = format!("refresh-{}-of-the-test", self.counted);
        let body = json!({"access_token": self.access_token, "expires_in": 86_400, "open_id": "of-the-test",
            "refresh_expires_in": 31_536_000, "refresh_token": self.refresh_token, "token_type": "Bearer"});
        say(StatusCode::OK, &[], &body)
    }

    fn api(&mut self, request: &Request<Bytes>) -> Answer {
        match (request.method(), request.uri().path()) {
            (&Method::POST, "/v2/post/publish/creator_info/query/") => self.creator(),
            (&Method::POST, "/v2/post/publish/video/init/") => self.begin(request, true),
            (&Method::POST, "/v2/post/publish/content/init/") => self.begin(request, false),
            (&Method::POST, "/v2/post/publish/status/fetch/") => self.status(request),
            (&Method::POST, "/v2/video/query/") => self.videos(request),
            (&Method::PUT, "/video/") => self.part(request),
            _ => refuse(404, "invalid_params"),
        }
    }
}

fn are_parts_right(size: u64, part: u64, count: u64) -> bool {
    let is_one = size < PART_MIN || count == 1;
    size > 0
        && part > 0
        && count == size / part
        && count <= 1_000
        && if is_one { part == size && size <= PART_MAX } else { (PART_MIN..=PART_MAX).contains(&part) }
}

impl Post {
    /// Parts come one after another, each of the size that was said but for the last, which takes what is over.
    fn take(&mut self, range: &str, part: &Bytes) -> Result<(), ()> {
        let bounds = range.strip_prefix("bytes ").and_then(|range| range.strip_suffix(&format!("/{}", self.size)));
        let (first, last) = bounds.and_then(|bounds| bounds.split_once('-')).ok_or(())?;
        let (first, last): (u64, u64) = (first.parse().map_err(|_| ())?, last.parse().map_err(|_| ())?);
        let (has, length) = (self.bytes.len() as u64, part.len() as u64);
        let is_last = has / self.part + 1 == self.count;
        let wanted = if is_last { self.size - has } else { self.part };
        if self.is_posted || first != has || length != wanted || last + 1 != first + length {
            return Err(());
        }
        self.bytes.extend_from_slice(part);
        self.is_posted = self.bytes.len() as u64 == self.size;
        Ok(())
    }
}

impl Service for TikTok {
    fn name(&self) -> &'static str {
        "TikTok"
    }

    /// `late` (questions until it is complete), `unaudited`, `posts-left`, `fails` (a reason; empty: none), `token`.
    fn set(&mut self, name: &str, value: &str) -> bool {
        match name {
            "late" => put(&mut self.asked_until_complete, value),
            "unaudited" => put(&mut self.unaudited, value),
            "posts-left" => put(&mut self.posts_left, value),
            "token" => put(&mut self.access_token, value),
            "fails" => {
                self.fails = Some(value.to_owned()).filter(|reason| !reason.is_empty());
                true
            }
            _ => false,
        }
    }

    fn tricks(&mut self) -> &mut Tricks {
        &mut self.tricks
    }

    fn receipts(&self) -> Vec<Receipt> {
        let one = |post: &Post| Receipt {
            id: post.name.clone(),
            text: post.info["title"].as_str().unwrap_or_default().to_owned(),
            media: post.photos.len().max(1),
            at_s: post.at_s,
            state: if post.is_posted { "published" } else { "waiting for its bytes" },
        };
        self.posts.iter().map(one).collect()
    }

    fn answer(&mut self, request: &Request<Bytes>) -> Answer {
        let path = request.uri().path();
        if path == "/v2/oauth/token/" {
            return self.token(request);
        }
        let is_part = path == "/video/";
        if !is_part && header(request, "authorization") != format!("Bearer {}", self.access_token) {
            return refuse(401, "access_token_invalid");
        }
        let is_post = is_part || path.ends_with("/init/");
        let trick = if is_post { self.tricks.take() } else { None };
        let answer = if is_done(trick) { self.api(request) } else { Answer::HangUp };
        match trick {
            None => answer,
            Some(Trick::DropDone | Trick::DropUndone) => Answer::HangUp,
            Some(Trick::BrokenDone | Trick::BrokenUndone) => refuse(500, "internal_error"),
            // A part has no body to hide an error in.
            Some(Trick::GarbledDone) => garbled(),
            Some(Trick::ErrorInside) if is_part => say(StatusCode::FORBIDDEN, &[], &Value::Null),
            Some(Trick::ErrorInside) => refuse(200, "spam_risk_too_many_posts"),
            Some(Trick::TooMany { .. }) => refuse(429, "rate_limit_exceeded"),
            Some(Trick::Expired) => refuse(401, "access_token_invalid"),
        }
    }
}

fn ok(data: &Value) -> Answer {
    say(StatusCode::OK, &[], &json!({"data": data, "error": {"code": "ok", "message": "", "log_id": "of-the-test"}}))
}

fn refuse(status: u16, code: &str) -> Answer {
    let body = json!({"data": {}, "error": {"code": code, "message": "refused by the double", "log_id": "of-the-test"}});
    say(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), &[], &body)
}
