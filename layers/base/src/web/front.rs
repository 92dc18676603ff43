//! Pages that are the same for everybody who is not signed in, kept packed for a moment: a page that thousands ask for at once
//! is made once. What a node commits is seen at once, what another node commits within [`HOLDS_S`].
//!
//! A kept page keeps the nonce of its policy. That opens nothing: what a page is made of was written before its nonce was
//! drawn, and a change of it makes the page anew.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, ETAG,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, SET_COOKIE,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use moka::sync::Cache;
use uuid::Uuid;

use super::page::has;
use super::shell::language;
use super::{Lang, cookie, preferences, reader};
use crate::base::{App, time};

/// A kept page is shown no longer than this, in seconds.
const HOLDS_S: i64 = 2;
/// Of all kept pages, packed, in bytes.
const WEIGHT_MAX: u64 = 48 * 1024 * 1024;
/// Larger answers are not kept, packed, in bytes.
const PAGE_MAX: usize = 256 * 1024;
/// Addresses longer than this are not kept, in bytes.
const ADDRESS_MAX: usize = 512;
/// Fields of a request that make its answer another than everybody's.
const OWN_WISHES: [&str; 4] = ["authorization", "range", "hx-request", "cache-control"];

/// Said by a page, in the answer's extensions: whoever is not signed in gets the same one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shared {
    /// What is read with it, for its count of views.
    pub viewed: Option<Uuid>,
}

/// What a page depends on besides its address.
type Key = (String, bool, &'static str, bool);

struct Kept {
    /// The last change of this node before the page was made, and the stretch of time.
    made: (u64, i64),
    headers: HeaderMap,
    body: Bytes,
    viewed: Option<Uuid>,
}

/// The pages that a node keeps.
#[derive(Clone)]
pub struct Front(Cache<Key, Arc<Kept>>);

impl Default for Front {
    fn default() -> Self {
        let weight = |key: &Key, kept: &Arc<Kept>| u32::try_from(key.0.len() + kept.body.len() + 1024).unwrap_or(u32::MAX);
        Self(Cache::builder().weigher(weight).max_capacity(WEIGHT_MAX).build())
    }
}

/// Middleware, outside of everything that asks who is there: answers with a kept page, or keeps the one that is made.
pub async fn serve(State((app, front)): State<(App, Front)>, mut request: Request, next: Next) -> Response {
    let Some(key) = key(&request) else { return next.run(request).await };
    let made = (app.memory.changes(), app.clock.now().timestamp().div_euclid(HOLDS_S));
    if let Some(kept) = front.0.get(&key).filter(|kept| kept.made == made) {
        count(&app, request.headers(), kept.viewed);
        metrics::counter!("lantoa_kept_pages_total").increment(1);
        return kept.answer(request.headers());
    }
    // Packed as the key says, or who takes no gzip would get what was packed for another.
    let packing = HeaderValue::from_static(if key.3 { "gzip" } else { "identity" });
    request.headers_mut().insert(ACCEPT_ENCODING, packing);
    let answer = next.run(request).await;
    let Some(shared) = answer.extensions().get::<Shared>().copied() else { return answer };
    if answer.status() != StatusCode::OK || answer.headers().contains_key(SET_COOKIE) {
        return answer;
    }
    keep(&front, key, made, shared, answer).await
}

async fn keep(front: &Front, key: Key, made: (u64, i64), shared: Shared, answer: Response) -> Response {
    let (parts, body) = answer.into_parts();
    let body = match to_bytes(body, usize::MAX).await {
        Ok(whole) => whole,
        Err(error) => {
            tracing::error!(%error, "a page could not be made to its end");
            return Response::from_parts(parts, Body::from(Bytes::new()));
        }
    };
    if body.len() <= PAGE_MAX {
        let kept = Kept { made, headers: parts.headers.clone(), body: body.clone(), viewed: shared.viewed };
        front.0.insert(key, Arc::new(kept));
    }
    Response::from_parts(parts, Body::from(body))
}

/// None when the answer may be somebody's own.
fn key(request: &Request) -> Option<Key> {
    let headers = request.headers();
    let address = request.uri().path_and_query()?.as_str();
    let is_plain = request.method() == Method::GET
        && address.len() <= ADDRESS_MAX
        // Packed beforehand, in more ways than pages are.
        && !address.starts_with("/assets/")
        // The same address answers servers of the Fediverse otherwise.
        && !wants_activity(headers)
        && !OWN_WISHES.iter().any(|name| headers.contains_key(*name))
        && (headers.contains_key(IF_NONE_MATCH) || !headers.contains_key(IF_MODIFIED_SINCE));
    if !is_plain || !only_preferences(headers) {
        return None;
    }
    let theme = preferences::theme_of(cookie::read(headers, preferences::THEME).unwrap_or_default());
    Some((address.to_owned(), language(headers) == Lang::En, theme, takes_gzip(headers)))
}

/// Whether a server of the Fediverse asks: it names the types of ActivityStreams (W3C ActivityPub, 3.2).
#[must_use]
pub fn wants_activity(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|wanted| {
        let wanted = wanted.trim().to_ascii_lowercase();
        wanted.starts_with("application/activity+json") || wanted.starts_with("application/ld+json")
    })
}

/// Whether whoever asks can unpack gzip and does not refuse it (RFC 9110, 12.5.3).
fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|coding| {
        let coding = coding.to_ascii_lowercase();
        let (name, wishes) = coding.split_once(';').unwrap_or((coding.as_str(), ""));
        let quality = wishes.split(';').find_map(|wish| wish.trim().strip_prefix("q=")?.trim().parse::<f32>().ok());
        ["gzip", "x-gzip"].contains(&name.trim()) && quality.is_none_or(|quality| quality > 0.0)
    })
}

/// Whether the cookies say nothing but language and theme.
fn only_preferences(headers: &HeaderMap) -> bool {
    headers.get_all(COOKIE).iter().all(|line| {
        let names = line.to_str().unwrap_or("?").split(';').map(|pair| pair.trim().split('=').next().unwrap_or_default());
        names.into_iter().all(|name| [preferences::LANGUAGE, preferences::THEME, ""].contains(&name))
    })
}

fn count(app: &App, headers: &HeaderMap, viewed: Option<Uuid>) {
    if let Some(viewed) = viewed
        && reader::is_one(headers)
    {
        app.views.add(viewed, time::local_date(app.clock.now()));
    }
}

impl Kept {
    fn answer(&self, asked: &HeaderMap) -> Response {
        let tag = self.headers.get(ETAG).and_then(|tag| tag.to_str().ok());
        let is_known = asked.contains_key(IF_NONE_MATCH) && tag.is_some_and(|tag| has(asked, tag));
        let mut answer = Response::new(if is_known { Body::empty() } else { Body::from(self.body.clone()) });
        *answer.headers_mut() = self.headers.clone();
        if is_known {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            for name in [CONTENT_SECURITY_POLICY, CONTENT_TYPE, CONTENT_ENCODING, CONTENT_LENGTH] {
                answer.headers_mut().remove(name);
            }
        }
        answer
    }
}
