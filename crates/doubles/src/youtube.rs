//! YouTube as its Data API v3 answers: sessions that take parts in their order, videos that are worked on for a while, quota, and a
//! project that may be unaudited.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};

use crate::service::{Answer, Service, Tricks, garbled, header, is_done, json as body_of, pair, put, say};
use crate::{Receipt, Trick, now_s};

const PART_UNIT: u64 = 256 * 1024;

/// The channel and what it received.
#[derive(Debug, Default)]
pub struct YouTube {
    pub access_token: String,
    pub refresh_token: String,
    /// Uploads stay private, whatever they ask for.
    pub unaudited: bool,
    /// How often a new video is said to be still `uploaded`.
    pub asked_until_processed: u32,
    /// `rejectionReason` of whatever comes, instead of processing it.
    pub rejects: Option<String>,
    /// Sessions that are made from now on; the next one answers `uploadLimitExceeded`.
    pub uploads_left: u32,
    /// Sessions forget everything: 404.
    pub forgetful: bool,
    /// What goes wrong with the next calls of an upload.
    pub tricks: Tricks,
    pub videos: Vec<Video>,
    sessions: BTreeMap<String, Session>,
    counted: u64,
}

#[derive(Debug)]
pub struct Video {
    pub id: String,
    pub snippet: Value,
    pub privacy: String,
    pub bytes: Vec<u8>,
    pub statistics: Value,
    /// Seconds since 1970.
    pub at_s: i64,
    asked: u32,
}

#[derive(Debug)]
struct Session {
    size: u64,
    resource: Value,
    bytes: Vec<u8>,
    video: Option<String>,
}

impl YouTube {
    #[must_use]
    pub fn new(access_token: &str) -> Self {
        Self {
            access_token: access_token.to_owned(),
            refresh_token: "refresh-of-the-test".to_owned(),
            uploads_left: 100,
            ..Self::default()
        }
    }

    fn open(&mut self, request: &Request<Bytes>) -> Answer {
        if self.uploads_left == 0 {
            return refuse(400, "uploadLimitExceeded", "The user has exceeded the number of videos they may upload.");
        }
        let resource = body_of(request);
        let title = resource["snippet"]["title"].as_str().unwrap_or_default();
        if title.is_empty() || title.chars().count() > 100 || title.contains(['<', '>']) {
            return refuse(400, "invalidTitle", "The request metadata specifies an invalid or empty video title.");
        }
        if resource["snippet"]["description"].as_str().unwrap_or_default().len() > 5_000 {
            return refuse(400, "invalidDescription", "The request metadata specifies an invalid video description.");
        }
        let Ok(size) = header(request, "x-upload-content-length").parse() else {
            return refuse(400, "badRequest", "X-Upload-Content-Length");
        };
        self.uploads_left -= 1;
        self.counted += 1;
        let id = format!("session-{}", self.counted);
        let location = format!(
            "http://{}/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status&upload_id={id}",
            header(request, "host")
        );
        self.sessions.insert(id, Session { size, resource, bytes: Vec::new(), video: None });
        say(StatusCode::OK, &[("location", &location)], &Value::Null)
    }

    /// A part, or the question how far it came.
    fn part(&mut self, id: &str, request: &Request<Bytes>) -> Answer {
        if self.forgetful {
            self.sessions.clear();
        }
        let Some(session) = self.sessions.get_mut(id) else {
            return refuse(404, "notFound", "no such upload");
        };
        let range = header(request, "content-range").strip_prefix("bytes ").unwrap_or_default();
        if !range.starts_with("*/")
            && session.video.is_none()
            && let Err(says) = session.take(range, request.body())
        {
            return refuse(400, "badContentRange", &says);
        }
        let (has, size) = (session.bytes.len() as u64, session.size);
        if has < size {
            let last = format!("bytes=0-{}", has.saturating_sub(1));
            let headers = [("range", last.as_str())];
            return say(StatusCode::PERMANENT_REDIRECT, if has == 0 { &[] } else { &headers }, &Value::Null);
        }
        let id = match session.video.clone() {
            Some(id) => id,
            None => self.make(id),
        };
        match self.videos.iter().find(|video| video.id == id) {
            Some(video) => say(StatusCode::CREATED, &[], &self.resource(video, "uploaded")),
            None => refuse(404, "notFound", "the video is deleted"),
        }
    }

    fn make(&mut self, session: &str) -> String {
        let id = format!("video{:06}", self.videos.len() + 1);
        if let Some(session) = self.sessions.get_mut(session) {
            session.video = Some(id.clone());
            let asked = session.resource["status"]["privacyStatus"].as_str().unwrap_or("private");
            self.videos.push(Video {
                id: id.clone(),
                snippet: session.resource["snippet"].clone(),
                privacy: if self.unaudited { "private" } else { asked }.to_owned(),
                bytes: std::mem::take(&mut session.bytes),
                statistics: json!({"viewCount": "0", "likeCount": "0", "favoriteCount": "0", "commentCount": "0"}),
                at_s: now_s(),
                asked: 0,
            });
            session.size = 0;
        }
        id
    }

    fn resource(&self, video: &Video, upload_status: &str) -> Value {
        let mut status = json!({"uploadStatus": upload_status, "privacyStatus": video.privacy});
        if let Some(reason) = &self.rejects
            && upload_status == "rejected"
        {
            status["rejectionReason"] = json!(reason);
        }
        json!({"kind": "youtube#video", "id": video.id, "snippet": video.snippet, "status": status,
            "statistics": video.statistics})
    }

    fn list(&mut self, id: &str) -> Answer {
        let (until, rejects) = (self.asked_until_processed, self.rejects.is_some());
        let mut upload_status = "processed";
        if let Some(video) = self.videos.iter_mut().find(|video| video.id == id) {
            video.asked += 1;
            if video.asked <= until {
                upload_status = "uploaded";
            } else if rejects {
                upload_status = "rejected";
            }
        }
        let found = self.videos.iter().find(|video| video.id == id);
        let items: Vec<Value> = found.map(|video| self.resource(video, upload_status)).into_iter().collect();
        say(StatusCode::OK, &[], &json!({"kind": "youtube#videoListResponse", "items": items}))
    }

    fn update(&mut self, request: &Request<Bytes>) -> Answer {
        let body = body_of(request);
        let Some(video) = self.videos.iter_mut().find(|video| body["id"] == video.id.as_str()) else {
            return refuse(404, "videoNotFound", "The video that you are trying to update cannot be found.");
        };
        if body["snippet"]["categoryId"].as_str().unwrap_or_default().is_empty() {
            return refuse(400, "invalidCategoryId", "The snippet.categoryId property specifies an invalid category ID.");
        }
        video.snippet = body["snippet"].clone();
        say(StatusCode::OK, &[], &json!({"id": video.id, "snippet": video.snippet}))
    }

    fn delete(&mut self, id: &str) -> Answer {
        let before = self.videos.len();
        self.videos.retain(|video| video.id != id);
        if self.videos.len() == before {
            return refuse(404, "videoNotFound", "The video that you are trying to delete cannot be found.");
        }
        say(StatusCode::NO_CONTENT, &[], &Value::Null)
    }

    /// The uploads of the channel, the newest first.
    fn uploads(&self) -> Answer {
        let items: Vec<Value> = self.videos.iter().rev().take(50).map(uploaded).collect();
        say(StatusCode::OK, &[], &json!({"kind": "youtube#playlistItemListResponse", "items": items}))
    }

    fn token(&mut self, request: &Request<Bytes>) -> Answer {
        let form = String::from_utf8_lossy(request.body()).into_owned();
        if pair(&form, "refresh_token").as_deref() != Some(self.refresh_token.as_str()) {
            let body = json!({"error": "invalid_grant", "error_description": "Token has been expired or revoked."});
            return say(StatusCode::BAD_REQUEST, &[], &body);
        }
        self.counted += 1;
        self.access_token = format!("access-{}-of-the-test", self.counted);
        let body = json!({"access_token": self.access_token, "expires_in": 3599, "token_type": "Bearer"});
        say(StatusCode::OK, &[], &body)
    }

    fn api(&mut self, request: &Request<Bytes>) -> Answer {
        let query = request.uri().query().unwrap_or_default();
        let id = pair(query, "id").unwrap_or_default();
        match (request.method(), request.uri().path()) {
            (&Method::GET, "/youtube/v3/videos") => self.list(&id),
            (&Method::PUT, "/youtube/v3/videos") => self.update(request),
            (&Method::DELETE, "/youtube/v3/videos") => self.delete(&id),
            (&Method::GET, "/youtube/v3/playlistItems") => self.uploads(),
            (&Method::GET, "/youtube/v3/channels") => {
                let lists = json!({"relatedPlaylists": {"uploads": "UU-of-the-test"}});
                say(StatusCode::OK, &[], &json!({"items": [{"contentDetails": lists, "snippet": {"title": "Kênh của tỉnh"}}]}))
            }
            (&Method::POST, "/upload/youtube/v3/videos") => self.open(request),
            (&Method::PUT, "/upload/youtube/v3/videos") => {
                let session = pair(query, "upload_id").unwrap_or_default();
                self.part(&session, request)
            }
            _ => refuse(404, "notFound", "no such method"),
        }
    }
}

fn uploaded(video: &Video) -> Value {
    json!({"snippet": {"title": video.snippet["title"], "description": video.snippet["description"],
        "publishedAt": moment(video.at_s),
        "resourceId": {"kind": "youtube#video", "videoId": video.id}}})
}

fn moment(at_s: i64) -> String {
    chrono::DateTime::from_timestamp(at_s, 0).map(|time| time.to_rfc3339()).unwrap_or_default()
}

impl Session {
    /// `FIRST-LAST/SIZE`: the next bytes, in multiples of 256 KiB but for the last ones.
    fn take(&mut self, range: &str, part: &Bytes) -> Result<(), String> {
        let (bounds, size) = range.split_once('/').ok_or("no size")?;
        let (first, last) = bounds.split_once('-').ok_or("no bounds")?;
        let number = |text: &str| text.parse::<u64>().map_err(|error| error.to_string());
        let (first, last, size) = (number(first)?, number(last)?, number(size)?);
        let length = part.len() as u64;
        if size != self.size || first != self.bytes.len() as u64 || last + 1 != first + length || last >= size {
            return Err(format!("{range} with {length} bytes, {} of {} are here", self.bytes.len(), self.size));
        }
        if last + 1 < size && !length.is_multiple_of(PART_UNIT) {
            return Err(format!("{length} is no multiple of {PART_UNIT}"));
        }
        self.bytes.extend_from_slice(part);
        Ok(())
    }
}

impl Service for YouTube {
    fn name(&self) -> &'static str {
        "YouTube"
    }

    /// `late` (questions until it is processed), `unaudited`, `uploads-left`, `rejects` (a reason; empty: none), `token`.
    fn set(&mut self, name: &str, value: &str) -> bool {
        match name {
            "late" => put(&mut self.asked_until_processed, value),
            "unaudited" => put(&mut self.unaudited, value),
            "uploads-left" => put(&mut self.uploads_left, value),
            "token" => put(&mut self.access_token, value),
            "rejects" => {
                self.rejects = Some(value.to_owned()).filter(|reason| !reason.is_empty());
                true
            }
            _ => false,
        }
    }

    fn tricks(&mut self) -> &mut Tricks {
        &mut self.tricks
    }

    fn receipts(&self) -> Vec<Receipt> {
        let one = |video: &Video| Receipt {
            id: video.id.clone(),
            text: video.snippet["title"].as_str().unwrap_or_default().to_owned(),
            media: 1,
            at_s: video.at_s,
            state: if video.privacy == "private" { "private" } else { "published" },
        };
        self.videos.iter().map(one).collect()
    }

    fn answer(&mut self, request: &Request<Bytes>) -> Answer {
        if request.uri().path() == "/token" {
            return self.token(request);
        }
        if header(request, "authorization") != format!("Bearer {}", self.access_token) {
            return refuse(401, "authError", "Invalid Credentials");
        }
        let is_upload = request.uri().path().starts_with("/upload/");
        let trick = if is_upload { self.tricks.take() } else { None };
        let answer = if is_done(trick) { self.api(request) } else { Answer::HangUp };
        match trick {
            None => answer,
            Some(Trick::DropDone | Trick::DropUndone) => Answer::HangUp,
            Some(Trick::BrokenDone) => refuse(500, "backendError", "Backend Error"),
            Some(Trick::BrokenUndone) => refuse(503, "backendError", "Backend Error"),
            Some(Trick::GarbledDone) => garbled(),
            Some(Trick::ErrorInside) => error(200, "backendError", "Backend Error", &[]),
            Some(Trick::TooMany { retry_after_s }) => {
                error(429, "rateLimitExceeded", "Too many requests", &[("retry-after", &retry_after_s.to_string())])
            }
            Some(Trick::Expired) => refuse(401, "authError", "Invalid Credentials"),
        }
    }
}

fn refuse(status: u16, reason: &str, message: &str) -> Answer {
    error(status, reason, message, &[])
}

fn error(status: u16, reason: &str, message: &str, headers: &[(&str, &str)]) -> Answer {
    let one = json!({"domain": "youtube", "reason": reason, "message": message});
    let body = json!({"error": {"code": status, "message": message, "errors": [one]}});
    say(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), headers, &body)
}
