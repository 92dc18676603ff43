//! What an issue is begun with: the articles listed since the last one, within what the newsletter is about.

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::{Issue, carried};
use crate::base::{App, By, Fact, Who, time};
use crate::channels::rights::{self, Verb};
use crate::news::article::{Article, Column};
use crate::news::listing;
use crate::newsletters::newsletter::{self, Newsletter, Scope};
use crate::web::Error;

/// More are too many for a letter; who writes can add others by hand.
pub const ARTICLES_MAX: u64 = 30;

/// The articles for the next issue, newest first.
///
/// # Errors
/// The database failed.
pub async fn fresh(app: &App, newsletter: &Newsletter) -> Result<Vec<Article>, DbErr> {
    let now = app.clock.now();
    let mut rows = listing::listed(time::local_date(now))
        .filter(Column::Language.eq(newsletter.language))
        .filter(Column::ListedAt.gt(newsletter.drawn_until))
        .filter(Column::ListedAt.lte(now));
    if newsletter.scope == Scope::Agency {
        rows = rows.filter(listing::shown_by(newsletter.agency));
    }
    let (sections, kinds) = (newsletter.section_ids(), newsletter.kind_codes());
    if !sections.is_empty() {
        rows = rows.filter(Column::Section.is_in(sections));
    }
    if !kinds.is_empty() {
        rows = rows.filter(Column::Kind.is_in(kinds));
    }
    rows.limit(ARTICLES_MAX).all(&app.db).await
}

/// A draft of the next issue; `person` None when it is drafted by itself.
///
/// # Errors
/// The database failed.
pub async fn draft(app: &App, newsletter: &Newsletter, person: Option<Uuid>) -> Result<Issue, DbErr> {
    let now = app.clock.now();
    let articles = fresh(app, newsletter).await?;
    let l = newsletter.locale();
    let title = match articles.as_slice() {
        [only] => only.title.clone(),
        _ => l.t2("issue-title-of-day", "name", &newsletter.name, "day", time::day(time::local_date(now))),
    };
    Ok(Issue {
        title,
        articles: serde_json::json!(carried::items(articles.iter().map(|one| one.id))).to_string(),
        drawn_until: now,
        ..Issue::blank(newsletter.id, newsletter.agency, person, now)
    })
}

impl Issue {
    /// Begins the next issue by hand.
    ///
    /// # Errors
    /// Forbidden to others; or the database failed.
    pub async fn begin(app: &App, who: &Who, newsletter: Uuid) -> Result<Uuid, Error> {
        let newsletter = Newsletter::find_for(app, who, newsletter).await?;
        rights::require(who, Verb::Write, newsletter.agency)?;
        let issue = draft(app, &newsletter, Some(who.person)).await?;
        let transaction = app.begin().await?;
        newsletter::keeping::drawn(&transaction, &newsletter, issue.drawn_until).await?;
        issue.add(app, &transaction, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(issue.id)
    }

    /// Begins a letter that corrects an article, to those who got it from this newsletter.
    ///
    /// # Errors
    /// Forbidden to others; refused when nobody got it; or the database failed.
    pub async fn begin_correction(app: &App, who: &Who, (newsletter, article): (Uuid, Uuid), words: &str) -> Result<Uuid, Error> {
        let newsletter = Newsletter::find_for(app, who, newsletter).await?;
        rights::require(who, Verb::Write, newsletter.agency)?;
        let sent = carried::issues_with(&app.db, article).await?;
        if !sent.iter().any(|one| one.newsletter == newsletter.id && one.corrects.is_none() && one.began_at.is_some()) {
            return Err(Error::refused("correction-nobody"));
        }
        let about = Article::find(&app.db, article).await?;
        let now = app.clock.now();
        let title = newsletter.locale().t1("issue-title-of-correction", "name", &about.title);
        let issue = Self {
            corrects: Some(article),
            title,
            words: super::writing::tidy(words),
            articles: serde_json::json!(carried::items([article])).to_string(),
            ..Self::blank(newsletter.id, newsletter.agency, Some(who.person), now)
        };
        let transaction = app.begin().await?;
        issue.add(app, &transaction, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(issue.id)
    }

    /// Writes a new draft with its fact.
    pub(in crate::newsletters) async fn add(&self, app: &App, on: &impl ConnectionTrait, by: &By) -> Result<(), DbErr> {
        super::Entity::insert(super::ActiveModel::from(self.clone())).exec_without_returning(on).await?;
        app.record(on, self.id, Fact::IssueDrafted { title: self.title.clone() }, by).await.map(|_| ())
    }
}
