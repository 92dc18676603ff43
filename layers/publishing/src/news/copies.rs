//! Where an article stands besides its own page, on our own site: the portals of other agencies that show it, and its translation.

use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;

use super::article::{Article, State};
use super::place;
use crate::base::App;
use crate::base::copies::{Copy, Stand};
use crate::people::agency::brief::Known;
use crate::web::Result;

/// Asked with the id of an article.
pub fn copies(app: &App, article: Uuid) -> BoxFuture<'_, Result<Vec<Copy>>> {
    Box::pin(async move {
        let article = Article::find(&app.db, article).await?;
        let mut found = portals(app, &article).await?;
        // A translation follows its source, not the other way round.
        if !article.is_translation() {
            let siblings = Article::of_work(&app.db, article.work).await?;
            found.extend(siblings.iter().filter(|one| one.id != article.id).filter_map(|one| translation(app, one)));
        }
        Ok(found)
    })
}

/// The portals that show it: they show the article itself, so they changed with it.
async fn portals(app: &App, article: &Article) -> Result<Vec<Copy>> {
    let known = Known::now(app).await?;
    let (Some(stand), origin) = (stand(article), app.config.public_url()) else { return Ok(Vec::new()) };
    let agencies = place::of(&app.db, article.id).await?;
    let copy = |agency: Uuid| {
        let body = known.get(&agency)?;
        Some(Copy {
            id: agency,
            channel: "agency-portal",
            agency,
            place: body.name.clone(),
            href: Article::desk_path(article.id),
            address: Some(format!("{origin}{}/tin-tuc", body.public_path())),
            recipients: None,
            stand,
            since: since(article),
            proof: article.notice.clone(),
        })
    };
    Ok(agencies.into_iter().filter_map(copy).collect())
}

fn translation(app: &App, one: &Article) -> Option<Copy> {
    Some(Copy {
        id: one.id,
        channel: "translation",
        agency: one.agency,
        place: one.title.clone(),
        href: Article::desk_path(one.id),
        address: Some(format!("{}{}", app.config.public_url(), one.public_path())),
        recipients: None,
        stand: stand(one)?,
        since: since(one),
        proof: one.notice.clone(),
    })
}

/// None for what is no copy of anything yet.
fn stand(article: &Article) -> Option<Stand> {
    match article.state {
        State::Published => Some(Stand::Out),
        State::Corrected => Some(Stand::Edited),
        State::Withdrawn | State::TakenDown => Some(Stand::Retracted),
        State::Approved | State::Scheduled => Some(Stand::Waiting),
        State::Draft | State::Returned | State::InReview => None,
    }
}

fn since(article: &Article) -> DateTimeUtc {
    let noticed = article.noticed_at.filter(|_| matches!(stand(article), Some(Stand::Edited | Stand::Retracted)));
    noticed.or(article.published_at).unwrap_or(article.changed_at)
}
