//! The assistant on other portals: one script that puts a button and a frame there, and the page in the frame. Their page runs nothing of
//! ours but the script; the frame is ours, so nothing that is asked passes through theirs. Only portals on the list may frame it; others get
//! no button, or a link.

use std::borrow::Cow;

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, REFERER, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Form};

use super::ask::{self, Conversation, Sent};
use crate::assistant::origin;
use crate::base::{App, digest};
use crate::people::session::Origin;
use crate::web::headers::Ancestors;
use crate::web::page;
use crate::web::{Error, Locale, Markup, Page, Result, Shell, assets};

/// What another node allows is known here after so long.
const SEEN_AGAIN_S: i64 = 10;

/// What a portal gets that is not on the list.
const NOTHING: &[u8] = b"// This portal is not on the list of those that may show the assistant.\n";

#[derive(Template)]
#[template(path = "assistant/portal/frame.html")]
pub struct Frame {
    l: Locale,
    shell: Shell,
    conversation: Markup,
}

/// The origins on the list.
async fn allowed(app: &App) -> Result<Vec<String>> {
    let all = app.lately("assistant-origins", SEEN_AGAIN_S, origin::Model::all(&app.db)).await?;
    Ok(all.iter().map(|one| one.origin.clone()).collect())
}

/// Whether the page that asks for the script says that it is none of ours: then it gets a script that does nothing. A page that does not
/// say who it is gets the script; where the frame may not stand, that shows a link instead.
async fn is_stranger(app: &App, headers: &HeaderMap) -> Result<bool> {
    let referer = headers.get(REFERER).and_then(|value| value.to_str().ok()).and_then(|text| reqwest::Url::parse(text).ok());
    let Some(from) = referer.map(|url| url.origin().ascii_serialization()) else { return Ok(false) };
    let own = reqwest::Url::parse(&app.config.public_url()).ok().map(|url| url.origin().ascii_serialization());
    Ok(own.as_deref() != Some(from.as_str()) && !allowed(app).await?.contains(&from))
}

async fn framed(app: &App, shell: Shell, agency: String, shown: Option<ask::Shown>) -> Result<Response> {
    let mut origins = allowed(app).await?;
    origins.push("'self'".into());
    let conversation = Conversation { is_framed: true, ..Conversation::new(shell, shown, agency) };
    let page = Frame { l: conversation.l, shell: conversation.shell.clone(), conversation: conversation.drawn()? };
    Ok((Extension(Ancestors(origins)), Page(page)).into_response())
}

/// `GET /nhung/tro-ly`
pub async fn show(shell: Shell, Shared(app): Shared<App>, origin: Origin, Query(sent): Query<Sent>) -> Result<Response> {
    let shown = if sent.q.is_empty() { None } else { Some(ask::said(&app, shell.l, &origin, &sent).await?) };
    framed(&app, shell, sent.co_quan, shown).await
}

/// `POST /nhung/tro-ly`: without script.
pub async fn ask(shell: Shell, Shared(app): Shared<App>, origin: Origin, Form(sent): Form<Sent>) -> Result<Response> {
    let shown = ask::said(&app, shell.l, &origin, &sent).await?;
    framed(&app, shell, sent.co_quan, Some(shown)).await
}

/// `GET /nhung/tro-ly.js`: its address stays the same for ever, so it is asked for again each hour.
pub async fn script(Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let bytes = assets::bytes("assistant-embed.js").ok_or(Error::NotFound)?;
    let bytes = if is_stranger(&app, &headers).await? { Cow::Borrowed(NOTHING) } else { bytes };
    let tag = format!("\"{}\"", &digest::sha256(&bytes)[..32]);
    let head = [
        (CACHE_CONTROL, "public, max-age=3600"),
        (ETAG, tag.as_str()),
        (VARY, "referer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    let mut answer = if page::has(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], bytes.into_owned()).into_response()
    };
    for (name, value) in head {
        answer.headers_mut().insert(name, value.parse()?);
    }
    Ok(answer)
}
