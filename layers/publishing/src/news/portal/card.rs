//! `/tin-tuc/{slug}/{stamp}.png`: the picture of an article, kept under an address that changes with what stands on it.

use std::sync::LazyLock;

use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use moka::sync::Cache;
use sea_orm::entity::prelude::*;
use tokio::sync::Semaphore;

use crate::base::App;
use crate::base::digest::sha256;
use crate::news::article::{Article, Column, Entity};
use crate::news::card::{self, Words};
use crate::news::section::Section;
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale, Path, Result};

/// What a node keeps of drawn pictures.
const KEPT_BYTES: u64 = 32 * 1024 * 1024;
/// Its look: changed with `card`, so that addresses change too.
const LOOK: &str = "1";

/// Pictures that are being drawn: one at a time, since each takes a core for a moment.
static DRAWING: Semaphore = Semaphore::const_new(1);

static KEPT: LazyLock<Cache<String, Bytes>> = LazyLock::new(|| {
    let weight = |_: &String, picture: &Bytes| u32::try_from(picture.len()).unwrap_or(u32::MAX);
    Cache::builder().max_capacity(KEPT_BYTES).weigher(weight).build()
});

/// What stands on the picture of an article.
#[must_use]
pub fn words(app: &App, l: Locale, article: &Article, section: Option<&Section>, known: &Known) -> Words {
    let site = app.site().name;
    Words {
        title: article.title.clone(),
        section: section.map(|one| one.label(l).to_owned()).unwrap_or_default(),
        agency: known.get(&article.agency).map(|body| body.name.clone()).unwrap_or_default(),
        site: if site.is_empty() { l.t("site-name") } else { site },
    }
}

fn stamp(words: &Words) -> String {
    sha256([LOOK, &words.title, &words.section, &words.agency, &words.site].join("\n").as_bytes())[..16].to_owned()
}

/// Where the picture is; empty where it can not be drawn.
#[must_use]
pub fn address(article: &Article, words: &Words) -> String {
    if card::is_there() { format!("{}/{}.png", article.public_path(), stamp(words)) } else { String::new() }
}

/// `GET /tin-tuc/{slug}/{card}`: drawn when it is asked for, under its own stamp alone.
pub async fn show(Shared(app): Shared<App>, Path((slug, file)): Path<(String, String)>) -> Result<Response> {
    let asked = file.strip_suffix(".png").ok_or(Error::NotFound)?;
    let article = Entity::find().filter(Column::Slug.eq(&slug)).one(&app.db).await?.ok_or(Error::NotFound)?;
    if !article.state.is_readable() {
        return Err(Error::NotFound);
    }
    let l = Locale(crate::web::Lang::from_tag(article.language.tag()));
    let section = Section::find(&app.db, article.section).await?;
    let words = words(&app, l, &article, Some(&section), &*Known::now(&app).await?);
    let stamp = stamp(&words);
    if stamp != asked {
        return Err(Error::NotFound);
    }
    let picture = match KEPT.get(&stamp) {
        Some(kept) => kept,
        None => draw(stamp, words).await?,
    };
    Ok(([(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, "public, max-age=31536000, immutable")], picture).into_response())
}

async fn draw(stamp: String, words: Words) -> Result<Bytes> {
    let _turn = DRAWING.acquire().await.map_err(|error| Error::Internal(error.into()))?;
    if let Some(kept) = KEPT.get(&stamp) {
        return Ok(kept);
    }
    let drawn = tokio::task::spawn_blocking(move || card::drawn(&words)).await.map_err(|error| Error::Internal(error.into()))?;
    let picture = Bytes::from(drawn.map_err(Error::Internal)?.ok_or(Error::NotFound)?);
    KEPT.insert(stamp, picture.clone());
    Ok(picture)
}
