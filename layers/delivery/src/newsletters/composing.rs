//! The words of a letter: plain text, and the same as a plain page. No picture is fetched from anywhere and no link is counted: nobody
//! learns whether, when or where a letter was opened.

use std::collections::HashMap;

use askama::Template;
use sea_orm::entity::prelude::*;

use super::issue::Issue;
use super::newsletter::Newsletter;
use crate::base::App;
use crate::news::article::{self, Article};
use crate::people::agency::brief::Known;
use crate::web::{Error, Locale};

/// Words that stand for each recipient's own links: to end it, and to change or erase.
pub const MARKS: [&str; 2] = ["%%lan-toa:leave%%", "%%lan-toa:manage%%"];

/// An article as the letter has it.
pub struct Story {
    pub article: Uuid,
    pub revision: i32,
    pub title: String,
    pub words: String,
    pub href: String,
    pub agency: String,
}

/// Everything a letter says.
pub struct Letter {
    pub l: Locale,
    pub title: String,
    pub newsletter: String,
    /// Paragraphs before the articles.
    pub words: Vec<String>,
    pub stories: Vec<Story>,
    /// It corrects what was sent before.
    pub corrects: bool,
    pub owner: String,
    pub address: String,
    pub email: String,
    pub origin: String,
}

#[derive(Template)]
#[template(path = "newsletters/letter.html")]
struct Html<'a> {
    l: Locale,
    letter: &'a Letter,
    leave: &'static str,
    manage: &'static str,
}

#[derive(Template)]
#[template(path = "newsletters/letter.txt", escape = "none")]
struct Text<'a> {
    l: Locale,
    letter: &'a Letter,
    leave: &'static str,
    manage: &'static str,
}

impl Letter {
    /// What the issue says now: articles that nobody may read any more are left out.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, newsletter: &Newsletter, issue: &Issue) -> Result<Self, Error> {
        let items = issue.items();
        let articles = article::Entity::find().filter(article::Column::Id.is_in(items.iter().map(|item| item.article)));
        let articles: HashMap<Uuid, Article> = articles.all(&app.db).await?.into_iter().map(|one| (one.id, one)).collect();
        let known = Known::now(app).await?;
        let origin = app.config.public_url();
        let mut stories = Vec::new();
        for item in items {
            let Some(article) = articles.get(&item.article).filter(|one| one.state.is_public()) else { continue };
            stories.push(Story {
                article: article.id,
                revision: article.published_revision.unwrap_or(article.revision),
                title: article.title.clone(),
                words: if item.words.trim().is_empty() { article.summary.clone() } else { item.words.clone() },
                href: format!("{origin}{}", article.public_path()),
                agency: known.get(&article.agency).map(|body| body.label()).unwrap_or_default(),
            });
        }
        let site = app.site();
        let agency = known.get(&newsletter.agency).map(|body| body.name.clone()).unwrap_or_default();
        let paragraphs = issue.words.split("\n\n").map(str::trim).filter(|words| !words.is_empty());
        Ok(Self {
            l: newsletter.locale(),
            title: issue.title.clone(),
            newsletter: newsletter.name.clone(),
            words: paragraphs.map(str::to_owned).collect(),
            stories,
            corrects: issue.corrects.is_some(),
            owner: if agency.is_empty() { site.owner.clone() } else { agency },
            address: site.address.clone(),
            email: site.email.clone(),
            origin,
        })
    }

    /// As plain text.
    ///
    /// # Errors
    /// The template failed.
    pub fn text(&self) -> Result<String, Error> {
        let text = Text { l: self.l, letter: self, leave: MARKS[0], manage: MARKS[1] }.render();
        let text = text.map_err(|error| Error::Internal(error.into()))?;
        Ok(text.trim_start().to_owned())
    }

    /// As a page.
    ///
    /// # Errors
    /// The template failed.
    pub fn html(&self) -> Result<String, Error> {
        let html = Html { l: self.l, letter: self, leave: MARKS[0], manage: MARKS[1] }.render();
        html.map_err(|error| Error::Internal(error.into()))
    }
}
