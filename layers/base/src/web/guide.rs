//! The user guide: chapters in Markdown (`docs/huong-dan`), embedded and read at `/huong-dan`. A chapter's place
//! is the number its file begins with; its address is the rest of the name.

mod markdown;
mod picture;

use std::sync::LazyLock;

use askama::Template;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

use super::{Error, Lang, Locale, Page, Path, Result, Routes, Shell};
use markdown::Text;
use picture::Pictures;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../docs/huong-dan"]
struct Files;

/// One chapter, made into HTML once.
struct Chapter {
    /// `ke-hoach` of `03-ke-hoach.md`.
    slug: String,
    /// The chapter for readers of English says so in its name; the others are Vietnamese.
    lang: Lang,
    text: Text,
}

static CHAPTERS: LazyLock<Vec<Chapter>> = LazyLock::new(|| {
    let mut names: Vec<String> = Files::iter().map(|name| name.to_string()).filter(|name| name.ends_with(".md")).collect();
    names.sort();
    names.iter().filter_map(|name| Chapter::read(name)).collect()
});

impl Chapter {
    fn read(name: &str) -> Option<Self> {
        let file = Files::get(name)?;
        let slug = markdown::slug_of_file(name)?.to_owned();
        let lang = if slug == "english" { Lang::En } else { Lang::Vi };
        Some(Self { slug, lang, text: markdown::render(&String::from_utf8_lossy(&file.data)) })
    }

    fn path(&self) -> String {
        format!("/huong-dan/{}", self.slug)
    }
}

/// The chapters with those in the reader's language first.
fn for_readers_of(lang: Lang) -> Vec<&'static Chapter> {
    let mut chapters: Vec<&Chapter> = CHAPTERS.iter().collect();
    chapters.sort_by_key(|chapter| chapter.lang != lang);
    chapters
}

/// The addresses of the guide.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .at("/huong-dan", get(contents))
        .at("/huong-dan/{chapter}", get(chapter))
        .at("/huong-dan/hinh/{name}", get(picture))
}

#[derive(Template)]
#[template(path = "web/guide_contents.html")]
struct Contents {
    l: Locale,
    shell: Shell,
    chapters: Vec<&'static Chapter>,
}

#[derive(Template)]
#[template(path = "web/guide.html")]
struct Reading {
    l: Locale,
    shell: Shell,
    chapters: Vec<&'static Chapter>,
    chapter: &'static Chapter,
    previous: Option<&'static Chapter>,
    next: Option<&'static Chapter>,
}

/// `GET /huong-dan`: what the guide has.
async fn contents(shell: Shell, headers: HeaderMap) -> Result<Response> {
    let nonce = shell.nonce.clone();
    Page(Contents { l: shell.l, chapters: for_readers_of(shell.l.0), shell }).public(&headers, &nonce)
}

/// `GET /huong-dan/{chapter}`
async fn chapter(shell: Shell, headers: HeaderMap, Path(slug): Path<String>) -> Result<Response> {
    let chapters = for_readers_of(shell.l.0);
    let place = chapters.iter().position(|chapter| chapter.slug == slug).ok_or(Error::NotFound)?;
    let nonce = shell.nonce.clone();
    let reading = Reading {
        l: shell.l,
        shell,
        chapter: chapters[place],
        previous: place.checked_sub(1).and_then(|before| chapters.get(before)).copied(),
        next: chapters.get(place + 1).copied(),
        chapters,
    };
    Page(reading).public(&headers, &nonce)
}

/// `GET /huong-dan/hinh/{name}`: a picture of the guide, taken by the browser tests.
async fn picture(Path(name): Path<String>) -> Result<Response> {
    let file = Pictures::get(&name).ok_or(Error::NotFound)?;
    Ok(([(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, "public, max-age=3600")], file.data.into_owned()).into_response())
}

/// The addresses of all chapters, in their order.
pub fn chapters() -> impl Iterator<Item = String> {
    CHAPTERS.iter().map(Chapter::path)
}

/// The names of the pictures that chapters may show.
pub fn pictures() -> impl Iterator<Item = String> {
    Pictures::iter().map(|name| name.to_string())
}

#[cfg(test)]
mod tests;
