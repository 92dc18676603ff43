//! Bytes over HTTP: whole or a range of them (RFC 9110, 14), kept by the browser under their hash, and harmless whatever they are:
//! never sniffed, never run.

use std::ops::Range;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::asset::Asset;
use super::blob::Blob;
use super::rendition::Rendition;
use super::storage::Store;
use crate::base::App;
use crate::web::page::has;
use crate::web::{Error, Result, address};

/// What is served.
pub struct Served {
    object: String,
    tag: String,
    media_type: String,
    name: String,
    size_bytes: u64,
    /// To be saved, not shown.
    saved: bool,
    /// Anybody may fetch it, so shared caches may keep it.
    public: bool,
}

impl Served {
    /// The file as it was brought.
    #[must_use]
    pub fn file(asset: &Asset, saved: bool) -> Self {
        let shown = asset.media_type.starts_with("image/")
            || asset.media_type.starts_with("video/")
            || asset.media_type.starts_with("audio/")
            || asset.media_type == "application/pdf";
        Self {
            object: Blob::object(&asset.sha256),
            tag: format!("\"{}\"", asset.sha256),
            media_type: asset.media_type.clone(),
            name: asset.name.clone(),
            size_bytes: u64::try_from(asset.size_bytes).unwrap_or_default(),
            saved: saved || !shown,
            public: false,
        }
    }

    /// One of an image's smaller pictures.
    #[must_use]
    pub fn picture(asset: &Asset, picture: &Rendition) -> Self {
        let stem = asset.name.rsplit_once('.').map_or(asset.name.as_str(), |(stem, _)| stem);
        Self {
            object: Rendition::object(&picture.sha256, picture.width),
            tag: format!("\"{}-{}\"", picture.sha256, picture.width),
            media_type: "image/jpeg".into(),
            name: format!("{stem}-{}.jpg", picture.width),
            size_bytes: u64::try_from(picture.size_bytes).unwrap_or_default(),
            saved: false,
            public: false,
        }
    }

    /// Anybody may fetch it.
    #[must_use]
    pub fn for_all(self) -> Self {
        Self { public: true, ..self }
    }

    /// The answer to a request.
    ///
    /// # Errors
    /// The bytes are not there, or the store failed.
    pub async fn answer(self, app: &App, request: &HeaderMap) -> Result<Response> {
        if has(request, &self.tag) {
            return Ok(self.head(StatusCode::NOT_MODIFIED.into_response()));
        }
        let range = match asked(request, &self.tag, self.size_bytes) {
            Asked::Whole => None,
            Asked::Part(range) => Some(range),
            Asked::Beyond => {
                let mut answer = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
                set(answer.headers_mut(), CONTENT_RANGE, &format!("bytes */{}", self.size_bytes));
                return Ok(self.head(answer));
            }
        };
        let bytes = Store::of(app)?.read(&self.object, range.clone()).await?.ok_or(Error::NotFound)?;
        let mut answer = Body::from_stream(bytes).into_response();
        let length = range.as_ref().map_or(self.size_bytes, |range| range.end - range.start);
        if let Some(range) = range {
            *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
            let part = format!("bytes {}-{}/{}", range.start, range.end - 1, self.size_bytes);
            set(answer.headers_mut(), CONTENT_RANGE, &part);
        }
        set(answer.headers_mut(), CONTENT_LENGTH, &length.to_string());
        Ok(self.head(answer))
    }

    fn head(&self, mut answer: Response) -> Response {
        let headers = answer.headers_mut();
        let plain: String = self
            .name
            .chars()
            .map(|letter| if letter.is_ascii_alphanumeric() || "._-".contains(letter) { letter } else { '_' })
            .collect();
        let how = if self.saved { "attachment" } else { "inline" };
        let name = format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{}", address::encode(&self.name));
        // A browser shows no PDF in a sandbox; its reader is one of its own.
        let policy = if self.media_type == "application/pdf" {
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
        } else {
            "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
        };
        let whose = if self.public { "public" } else { "private" };
        set(headers, CONTENT_TYPE, &self.media_type);
        set(headers, CONTENT_DISPOSITION, &name);
        set(headers, CONTENT_SECURITY_POLICY, policy);
        set(headers, ETAG, &self.tag);
        set(headers, ACCEPT_RANGES, "bytes");
        // The bytes behind an address never change.
        set(headers, CACHE_CONTROL, &format!("{whose}, max-age=31536000, immutable"));
        answer
    }
}

fn set(headers: &mut HeaderMap, name: axum::http::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(Range<u64>),
    Beyond,
}

/// One range of bytes; several, or one of another version, are answered with the whole.
fn asked(request: &HeaderMap, tag: &str, size: u64) -> Asked {
    let text = |name| request.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if text(IF_RANGE).is_some_and(|known| known.trim() != tag) {
        return Asked::Whole;
    }
    let Some((first, last)) =
        text(RANGE).and_then(|range| range.trim().strip_prefix("bytes=")).and_then(|range| range.split_once('-'))
    else {
        return Asked::Whole;
    };
    let range = match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Ok(first), Err(_)) if last.trim().is_empty() => first..size,
        (Err(_), Ok(last)) if first.trim().is_empty() && last > 0 => size.saturating_sub(last)..size,
        (Err(_), Ok(0)) if first.trim().is_empty() => return Asked::Beyond,
        _ => return Asked::Whole,
    };
    if range.start < size { Asked::Part(range) } else { Asked::Beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: &str) -> Asked {
        let mut request = HeaderMap::new();
        request.insert(RANGE, range.parse().expect("a header"));
        asked(&request, "\"a\"", 100)
    }

    #[test]
    fn one_range_is_read_as_the_standard_says() {
        assert_eq!(of("bytes=0-0"), Asked::Part(0..1));
        assert_eq!(of("bytes=10-"), Asked::Part(10..100));
        assert_eq!(of("bytes=-30"), Asked::Part(70..100));
        assert_eq!(of("bytes=-300"), Asked::Part(0..100));
        assert_eq!(of("bytes=90-400"), Asked::Part(90..100));
        assert_eq!(of("bytes=100-"), Asked::Beyond);
        assert_eq!(of("bytes=-0"), Asked::Beyond);
        for whole in ["bytes=0-1,4-5", "items=0-1", "bytes=a-b", "bytes=9-3", "bytes="] {
            assert_eq!(of(whole), Asked::Whole, "{whole}");
        }
    }
}
