//! What is due by the minute. A chore would write its row each time it looks; here a node only asks which articles are due,
//! twice a second, and the guarded change of the article decides which node has it. The article's own row is the queue.

use std::time::Duration;

use sea_orm::QueryOrder;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::article::{Article, Column, Entity, State};
use crate::base::{App, By, Fact, time};
use crate::web::{Error, Locale};

/// So late at most, but for the time it takes.
const LOOK_MS: u64 = 500;
const BATCH: u64 = 50;

/// Publishes what is due, for as long as the node runs.
pub async fn keep_time(app: App) {
    loop {
        if let Err(error) = tick(&app).await {
            tracing::error!(?error, "what is due could not be published; trying again");
        }
        tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
    }
}

/// Publishes the approved articles whose minute has come; those that may not go out then are told of, and wait for a person:
/// nothing is published afterwards without one.
///
/// # Errors
/// The database failed.
pub async fn tick(app: &App) -> Result<(), Error> {
    const WAITING: [State; 5] = [State::Draft, State::Returned, State::InReview, State::Approved, State::Scheduled];
    let due = Entity::find()
        .filter(Column::ScheduleAt.lte(app.clock.now()))
        .filter(Column::State.is_in(WAITING))
        .order_by_asc(Column::ScheduleAt)
        .limit(BATCH)
        .all(&app.db)
        .await?;
    for article in due {
        match turn(app, article).await {
            // Another node, or a person, was quicker.
            Ok(()) | Err(Error::Stale) => {}
            Err(error) => tracing::error!(?error, "a scheduled article could not be published"),
        }
    }
    Ok(())
}

/// Why it may not go out by itself; None when it may. A translation of what is no more out waits for a person, who may publish
/// it all the same.
async fn cause(app: &App, article: &Article) -> Result<Option<String>, Error> {
    let l = Locale::default();
    if article.state != State::Scheduled {
        return Ok(Some(l.t("article-missed-unapproved")));
    }
    if let Some(obstacle) = article.obstacles_to_publishing(app).await?.first() {
        return Ok(Some(obstacle.text(l)));
    }
    let source = article.source_text(&app.db).await?;
    let is_gone = source.is_some_and(|source| matches!(source.state, State::Withdrawn | State::TakenDown));
    Ok(is_gone.then(|| l.t("article-missed-source-gone")))
}

async fn turn(app: &App, mut article: Article) -> Result<(), Error> {
    let seen = article.version;
    let Some(cause) = cause(app, &article).await? else { return article.goes_out(app, &By::system(), seen).await };
    let (id, now) = (article.id, app.clock.now());
    let at = article.schedule_at.map(time::machine).unwrap_or_default();
    article.missed_at = article.schedule_at.take();
    if article.state == State::Scheduled {
        article.state = State::Approved;
    }
    article.changed_at = now;
    let transaction = app.begin().await?;
    let fact = Fact::ArticleMissed { title: article.title.clone(), at, cause };
    article.put(&transaction, seen).await?;
    app.record(&transaction, id, fact, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(())
}
