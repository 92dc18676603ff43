//! The feeds that can be subscribed to, by their own addresses, and what they say now.

use axum::body::to_bytes;
use axum::extract::{Query, State as Shared};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;

use crate::base::App;
use crate::news::portal::feed;
use crate::news::portal::feed_format::Format;
use crate::syndication::podcast;
use crate::web::{Error, Path, Result};

/// A feed is no larger than this, bytes.
const FEED_BYTES_MAX: usize = 8 * 1024 * 1024;

/// A feed by the parts of its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    All(Format),
    Section(String, String),
    Agency(String, String),
    About(String, String),
    Podcast(String),
}

/// Reads an address: of ours, and as the feed itself says it.
#[must_use]
pub fn read(origin: &str, address: &str) -> Option<(Topic, bool)> {
    let rest = address.strip_prefix(origin)?;
    let (path, english) = match rest.split_once('?') {
        None => (rest, false),
        Some((path, "lang=en")) => (path, true),
        Some(_) => return None,
    };
    let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    let is_feed = |file: &str| Format::of_file(file).is_some();
    let topic = match parts.as_slice() {
        ["tin-tuc", file] => Topic::All(Format::of_file(file)?),
        ["chuyen-muc", slug, file] if is_feed(file) => Topic::Section((*slug).to_owned(), (*file).to_owned()),
        ["co-quan", slug, "tin-tuc", file] if is_feed(file) => Topic::Agency((*slug).to_owned(), (*file).to_owned()),
        ["chu-de", code, file] if is_feed(file) => Topic::About((*code).to_owned(), (*file).to_owned()),
        ["podcast", slug, "rss.xml"] if !english => Topic::Podcast((*slug).to_owned()),
        _ => return None,
    };
    Some((topic, english))
}

/// Whether there is such a feed.
///
/// # Errors
/// The database failed.
pub async fn is_ours(app: &App, address: &str) -> Result<bool> {
    Ok(now(app, address).await?.is_some())
}

/// What a feed says now: its type and its document. None: there is no such feed.
///
/// # Errors
/// The database failed.
pub async fn now(app: &App, address: &str) -> Result<Option<(String, String)>> {
    let Some((topic, english)) = read(&app.config.public_url(), address) else { return Ok(None) };
    let answer = match answer(app, topic, english).await {
        Ok(answer) => answer,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let media_type = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let body = to_bytes(answer.into_body(), FEED_BYTES_MAX).await?;
    Ok(Some((media_type, String::from_utf8(body.to_vec())?)))
}

async fn answer(app: &App, topic: Topic, english: bool) -> Result<Response> {
    let ask: feed::Ask = serde_json::from_value(serde_json::json!({ "lang": if english { "en" } else { "" } }))?;
    let (app, ask, headers) = (Shared(app.clone()), Query(ask), HeaderMap::new());
    match topic {
        Topic::All(Format::Rss) => feed::rss(app, ask, headers).await,
        Topic::All(Format::Atom) => feed::atom(app, ask, headers).await,
        Topic::All(Format::Json) => feed::json(app, ask, headers).await,
        Topic::Section(slug, file) => feed::of_section(app, Path((slug, file)), ask, headers).await,
        Topic::Agency(slug, file) => feed::of_agency(app, Path((slug, file)), ask, headers).await,
        Topic::About(code, file) => feed::of_topic(app, Path((code, file)), ask, headers).await,
        Topic::Podcast(slug) => podcast::feed::show(app, Path(slug), headers).await,
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_feed_is_known_by_its_own_address_alone() {
        let of = |path: &str| read("https://a.vn", &format!("https://a.vn{path}"));
        assert_eq!(of("/tin-tuc/rss.xml"), Some((Topic::All(Format::Rss), false)));
        assert_eq!(
            of("/co-quan/so-y-te/tin-tuc/atom.xml?lang=en"),
            Some((Topic::Agency("so-y-te".into(), "atom.xml".into()), true))
        );
        assert_eq!(of("/podcast/so-y-te/rss.xml"), Some((Topic::Podcast("so-y-te".into()), false)));
        for other in ["/", "/tin-tuc", "/tin-tuc/x.xml", "/tin-tuc/rss.xml?lang=vi", "/desk", "/podcast/a/rss.xml?lang=en"] {
            assert_eq!(of(other), None, "{other}");
        }
        assert_eq!(read("https://a.vn", "https://b.vn/tin-tuc/rss.xml"), None);
    }
}
