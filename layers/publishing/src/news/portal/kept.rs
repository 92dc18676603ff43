//! Answers that are kept and asked about again: ETag and Last-Modified from a stamp, so that 304 costs no rendering.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDateTime, Utc};

use crate::base::digest::sha256;
use crate::web::front::Shared;
use crate::web::page::has;

/// What an answer is the same as long as: everything it is made of, in few letters, and when it last changed.
#[derive(Clone, Debug)]
pub struct Stamp {
    tag: String,
    changed: Option<DateTime<Utc>>,
}

impl Stamp {
    /// Made of these parts.
    #[must_use]
    pub fn of(parts: &[&str], changed: Option<DateTime<Utc>>) -> Self {
        Self { tag: format!("W/\"{}\"", &sha256(parts.join("\n").as_bytes())[..24]), changed }
    }

    /// Whether the asking side has this already. A tag goes before a date (RFC 9110, 13.2.2).
    #[must_use]
    pub fn is_known(&self, request: &HeaderMap) -> bool {
        if request.contains_key(IF_NONE_MATCH) {
            return has(request, &self.tag);
        }
        let since = request.get(IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok());
        let since = since.and_then(|text| NaiveDateTime::parse_from_str(text, "%a, %d %b %Y %H:%M:%S GMT").ok());
        since.zip(self.changed).is_some_and(|(since, changed)| changed.timestamp() <= since.and_utc().timestamp())
    }

    /// The headers that say so.
    #[must_use]
    pub fn on(&self, mut answer: Response) -> Response {
        answer.extensions_mut().get_or_insert(Shared::default());
        let headers = answer.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        if let Ok(tag) = self.tag.parse() {
            headers.insert(ETAG, tag);
        }
        let changed = self.changed.and_then(|at| http_date(at).parse().ok());
        if let Some(changed) = changed {
            headers.insert(LAST_MODIFIED, changed);
        }
        answer
    }

    /// The answer 304.
    #[must_use]
    pub fn unchanged(&self) -> Response {
        self.on(StatusCode::NOT_MODIFIED.into_response())
    }

    /// A text of that media type, for everybody the same.
    #[must_use]
    pub fn text(&self, media_type: &'static str, text: String) -> Response {
        self.on(([(CONTENT_TYPE, media_type)], text).into_response())
    }
}

/// `Tue, 03 Mar 2026 00:00:00 GMT` (RFC 9110, 5.6.7).
#[must_use]
pub fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Text as it may stand in XML 1.0.
#[must_use]
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(letter),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => out.push(letter),
        }
    }
    out
}
