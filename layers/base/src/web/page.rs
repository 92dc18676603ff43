//! Answers made from templates.

use askama::Template;
use axum::Extension;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::front::Shared;
use super::{Error, Result};

/// A whole page (or a part of one) from a template.
pub struct Page<T>(pub T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")], html).into_response(),
            Err(error) => Error::Internal(error.into()).into_response(),
        }
    }
}

impl<T: Template> Page<T> {
    /// The page under another status, e.g. 422 for a form with mistakes in it.
    #[must_use]
    pub fn status(self, status: StatusCode) -> Response {
        (status, self).into_response()
    }

    /// A public page: the browser keeps it and asks whether it is still true (ETag, 304).
    /// The nonce is left out of the tag, for it differs each time while the page does not.
    ///
    /// # Errors
    /// The template failed.
    pub fn public(self, request: &HeaderMap, nonce: &str) -> Result<Response> {
        let html = self.0.render()?;
        let mut hash = Sha256::new();
        html.split(nonce).for_each(|piece| hash.update(piece));
        let digest: [u8; 32] = hash.finalize().into();
        let tag = format!("W/\"{:016x}\"", u64::from_be_bytes(digest[..8].try_into()?));
        let caching = [(ETAG, tag.clone()), (CACHE_CONTROL, "private, no-cache".to_owned())];
        if has(request, &tag) {
            return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
        }
        Ok((Extension(Shared::default()), caching, [(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
    }
}

/// Whether the asking side has this version already (RFC 9110, 13.1.2; compared weakly).
#[must_use]
pub fn has(request: &HeaderMap, tag: &str) -> bool {
    let known = request.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.is_some_and(|known| known.trim() == "*" || known.split(',').any(|one| plain(one) == plain(tag)))
}
