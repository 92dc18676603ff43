//! Episodes: what is on the lists of an agency or a section and begins with a recording of the library.

use std::collections::HashMap;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::Show;
use super::chapters::{self, Chapter};
use crate::base::{App, time};
use crate::library::{Asset, Kind, asset};
use crate::news::article::{Article, Column, Language};
use crate::news::{clean, listing};

/// A feed shows so many.
const EPISODES_MAX: u64 = 300;

/// An article with its recording.
#[derive(Clone, Debug)]
pub struct Episode {
    pub article: Article,
    pub recording: Asset,
}

impl Episode {
    /// What is said in it: the text of the article, or what the library says of the recording.
    #[must_use]
    pub fn transcript(&self) -> String {
        let text = clean::text(&self.article.body);
        if text.trim().is_empty() { self.recording.alt.clone() } else { text }
    }

    #[must_use]
    pub fn chapters(&self) -> Vec<Chapter> {
        chapters::of(&self.article.body)
    }

    /// What it is the same as long as.
    #[must_use]
    pub fn stamp(&self) -> String {
        format!("{}.{}.{}.{}", self.article.id, self.article.version, self.recording.sha256, self.recording.version)
    }
}

/// The episodes of a show, the newest first: two statements.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, show: &Show) -> Result<Vec<Episode>, DbErr> {
    let language = Language::from_tag(&show.language).unwrap_or_default();
    let mut articles = listing::listed(time::local_date(app.clock.now()))
        .filter(Column::Language.eq(language))
        .filter(Column::MediaUrl.starts_with("/tu-lieu/"));
    articles = match show.section {
        Some(section) => articles.filter(Column::Section.eq(section)).filter(listing::shown_by(show.agency)),
        None => articles.filter(listing::shown_by(show.agency)),
    };
    let found = articles.filter(Column::Kind.is_in(["audio", "news", "feature"])).limit(EPISODES_MAX).all(&app.db).await?;
    with_recordings(app, found).await
}

async fn with_recordings(app: &App, articles: Vec<Article>) -> Result<Vec<Episode>, DbErr> {
    let ids: Vec<Uuid> = articles.iter().filter_map(Article::lead).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let recordings = asset::Entity::find()
        .filter(asset::Column::Id.is_in(ids))
        .filter(asset::Column::Kind.eq(Kind::Audio))
        .filter(asset::Column::DeletedAt.is_null());
    let recordings: HashMap<Uuid, Asset> = recordings.all(&app.db).await?.into_iter().map(|one| (one.id, one)).collect();
    let episode = |article: Article| {
        let recording = recordings.get(&article.lead()?)?.clone();
        Some(Episode { article, recording })
    };
    Ok(articles.into_iter().filter_map(episode).collect())
}

/// One episode of a show.
///
/// # Errors
/// The database failed.
pub async fn one(app: &App, show: &Show, article: Uuid) -> Result<Option<Episode>, DbErr> {
    Ok(of(app, show).await?.into_iter().find(|one| one.article.id == article))
}
