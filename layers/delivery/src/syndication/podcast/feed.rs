//! The feed of a show, and what belongs to an episode: its words and its chapters.

use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;

use super::feed_format::Written;
use super::{Show, chapters, episode};
use crate::base::App;
use crate::library::Picture;
use crate::news::portal::kept::Stamp;
use crate::people::agency::brief::Known;
use crate::syndication::hub;
use crate::web::{Error, Path, Result};

/// `GET /podcast/{slug}/rss.xml`. Who has it already is told so before it is written.
pub async fn show(Shared(app): Shared<App>, Path(slug): Path<String>, headers: HeaderMap) -> Result<Response> {
    let show = Show::at(&app.db, &slug).await?;
    let episodes = episode::of(&app, &show).await?;
    let known = Known::now(&app).await?;
    let agency = known.get(&show.agency).ok_or(Error::NotFound)?;
    let cover = cover(&app, &show).await?;
    let origin = app.config.public_url();
    let changed = episodes.iter().map(|one| one.article.changed_at).chain([show.changed_at]).max().unwrap_or(show.changed_at);
    let stamps: Vec<String> = episodes.iter().map(super::episode::Episode::stamp).collect();
    let (stamps, version) = (stamps.join(","), format!("{}.{}", show.version, env!("CARGO_PKG_VERSION")));
    let parts = [slug.as_str(), &stamps, &version, &known.stamp, cover.as_deref().unwrap_or_default()];
    let stamp = Stamp::of(&parts, Some(changed));
    // A date alone would not tell that one was taken off.
    if headers.contains_key(axum::http::header::IF_NONE_MATCH) && stamp.is_known(&headers) {
        return Ok(stamp.unchanged());
    }
    let written = Written {
        feed: show.feed(&app),
        hub: hub::address(&app),
        agency: (agency.name.clone(), format!("{origin}{}", agency.public_path())),
        show: &show,
        cover,
        changed,
        episodes: &episodes,
        origin,
    };
    let mut answer = stamp.text("application/rss+xml; charset=utf-8", written.rss());
    if let Ok(links) = format!("<{}>; rel=\"self\", <{}>; rel=\"hub\"", show.feed(&app), hub::address(&app)).parse() {
        answer.headers_mut().insert(axum::http::header::LINK, links);
    }
    Ok(answer)
}

/// The address of a show's cover; None while its pictures are being made.
///
/// # Errors
/// The database failed.
pub async fn cover(app: &App, show: &Show) -> Result<Option<String>, DbErr> {
    let Some(cover) = show.cover else { return Ok(None) };
    let found = Picture::of(&app.db, &[cover]).await?;
    Ok(found.get(&cover).map(|picture| format!("{}{}", app.config.public_url(), picture.src)))
}

/// `GET /podcast/{slug}/{article}/loi.txt`: what is said in it.
pub async fn transcript(
    Shared(app): Shared<App>,
    Path((slug, article)): Path<(String, Uuid)>,
    headers: HeaderMap,
) -> Result<Response> {
    let show = Show::at(&app.db, &slug).await?;
    let episode = episode::one(&app, &show, article).await?.ok_or(Error::NotFound)?;
    let stamp = Stamp::of(&["transcript", &episode.stamp()], Some(episode.article.changed_at));
    if stamp.is_known(&headers) {
        return Ok(stamp.unchanged());
    }
    Ok(stamp.text("text/plain; charset=utf-8", format!("{}\n\n{}\n", episode.article.title, episode.transcript())))
}

/// `GET /podcast/{slug}/{article}/chuong.json`
pub async fn chapters(Shared(app): Shared<App>, Path((slug, article)): Path<(String, Uuid)>) -> Result<Response> {
    let show = Show::at(&app.db, &slug).await?;
    let episode = episode::one(&app, &show, article).await?.ok_or(Error::NotFound)?;
    let found = episode.chapters();
    if found.is_empty() {
        return Err(Error::NotFound);
    }
    let head = [(axum::http::header::CONTENT_TYPE, "application/json+chapters; charset=utf-8")];
    Ok((head, chapters::document(&found).to_string()).into_response())
}
