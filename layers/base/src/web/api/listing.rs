//! Lists in pages that hold still: a page begins after the last thing of the one before (keyset), whatever was added since.

use axum::Json;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName,
    IF_NONE_MATCH, LINK, VARY,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use utoipa::ToSchema;

use super::Asked;
use crate::base::digest;
use crate::web::Result;

/// Things of a page, unless the request says how many.
pub const LIMIT: u64 = 100;
pub const LIMIT_MAX: u64 = 500;

/// A page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Listing<T: ToSchema> {
    pub items: Vec<T>,
    /// The `cursor` of the next page; null on the last one.
    pub next: Option<String>,
}

impl<T: ToSchema> Listing<T> {
    /// A page of rows that were read one more than `limit`, so that it is known whether there are more. `made` makes a row into
    /// a thing, `key` says what orders it.
    pub fn of<R>(mut rows: Vec<R>, limit: u64, key: impl Fn(&R) -> Cursor, mut made: impl FnMut(R) -> T) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|last| key(last).written());
        Self { items: rows.into_iter().map(&mut made).collect(), next }
    }

    /// All there is, in one page.
    #[must_use]
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }

    /// `Link` to the next page (RFC 8288).
    #[must_use]
    pub fn link(&self, path: &str, asked: &Asked) -> Option<String> {
        self.next.as_ref().map(|next| format!("<{path}{}>; rel=\"next\"", asked.turned(next)))
    }
}

/// What the last thing of a page is ordered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub Vec<String>);

impl Cursor {
    /// Reads what [`Cursor::written`] wrote.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok().map(Self)
    }

    /// As it stands in an address.
    #[must_use]
    pub fn written(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&self.0).unwrap_or_default())
    }
}

/// What is public: pages of any site may read it, and who has it already is told so (ETag, 304). The tag is of the body, which
/// a token may make longer; so caches keep the two apart.
///
/// # Errors
/// The body could not be written.
pub fn answer<T: Serialize>(request: &HeaderMap, body: &T, link: Option<String>) -> Result<Response> {
    let bytes = serde_json::to_vec(body)?;
    let tag = format!("\"{}\"", &digest::sha256(&bytes)[..32]);
    let mut head: Vec<(HeaderName, String)> =
        vec![(ETAG, tag.clone()), (CACHE_CONTROL, "private, no-cache".into()), (VARY, "Authorization".into())];
    if !request.contains_key(AUTHORIZATION) {
        head.push((ACCESS_CONTROL_ALLOW_ORIGIN, "*".into()));
        head.push((ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Link".into()));
    }
    head.extend(link.map(|link| (LINK, link)));
    let known = request.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let same = known.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*");
    let mut answer = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, "application/json")], bytes).into_response()
    };
    for (name, value) in head {
        answer.headers_mut().insert(name, value.parse()?);
    }
    Ok(answer)
}

/// What is for the token's holder alone.
pub fn private<T: Serialize>(status: StatusCode, body: T, link: Option<String>) -> Response {
    let mut answer = (status, [(CACHE_CONTROL, "no-store")], Json(body)).into_response();
    if let Some(link) = link.and_then(|link| link.parse().ok()) {
        answer.headers_mut().insert(LINK, link);
    }
    answer
}
