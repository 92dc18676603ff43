//! Who is told of what happened to an article: its author, and the people whose turn it is.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;

use super::article::{Article, Entity};
use crate::base::{App, Fact, Role, fact};
use crate::people::{Notice, Words, grant};

/// Tells them. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn tell(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let Some(key) = key(fact) else { return Ok(()) };
    let article = Entity::find_by_id(recorded.about).one(&app.db).await?;
    let article = article.ok_or_else(|| anyhow::anyhow!("the article is not there"))?;
    let mut told: HashSet<Uuid> = recipients(app, &article, fact).await?.into_iter().collect();
    if let Some(doer) = recorded.person {
        told.remove(&doer); // their own act needs no telling
    }
    let words = Words { key, name: &article.title, href: &Article::desk_path(article.id) };
    for recipient in told {
        Notice::tell(app, recorded, recipient, words).await?;
    }
    Ok(())
}

const fn key(fact: &Fact) -> Option<&'static str> {
    Some(match fact {
        Fact::ArticleSubmitted { .. } | Fact::ArticlePassed { .. } => "notice-article-waits",
        Fact::ArticleReturned { .. } => "notice-article-returned",
        Fact::ArticleApproved { .. } => "notice-article-approved",
        Fact::ApprovalOverridden { .. } => "notice-article-overridden",
        Fact::ArticleMissed { .. } => "notice-article-missed",
        Fact::ArticlePublished { .. } => "notice-article-published",
        Fact::ArticleCorrected { .. } => "notice-article-corrected",
        Fact::ArticleWithdrawn { .. } => "notice-article-withdrawn",
        Fact::ArticleTakenDown { .. } => "notice-article-taken-down",
        Fact::ArticleLockTaken { .. } => "notice-article-lock-taken",
        _ => return None,
    })
}

async fn recipients(app: &App, article: &Article, fact: &Fact) -> Result<Vec<Uuid>, DbErr> {
    let author: Vec<Uuid> = article.author.into_iter().collect();
    let approvers = || grant::Model::people_in(&app.db, &[Role::Approver], article.agency);
    Ok(match fact {
        Fact::ArticleSubmitted { .. } | Fact::ArticlePassed { .. } => at_step(app, article).await?,
        Fact::ArticleLockTaken { from, .. } => vec![*from],
        Fact::ArticleApproved { .. } => [author, approvers().await?].concat(),
        Fact::ApprovalOverridden { .. } => [author, at_step(app, article).await?, approvers().await?].concat(),
        Fact::ArticleMissed { .. } => [author, at_step(app, article).await?, approvers().await?].concat(),
        _ => author,
    })
}

/// The people whose step it stands at, as it is by now.
async fn at_step(app: &App, article: &Article) -> Result<Vec<Uuid>, DbErr> {
    match article.awaited() {
        Some(step) => grant::Model::people_in(&app.db, &[step.role], step.body(article.agency)).await,
        None => Ok(Vec::new()),
    }
}
