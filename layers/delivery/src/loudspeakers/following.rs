//! What becomes of an article's bulletins when the article is corrected or goes: what waits is stopped. What was aired can not be taken
//! back; a bulletin made anew from the article follows it.

use sea_orm::entity::prelude::*;

use super::airing::stopping;
use super::bulletin::{Bulletin, Column, Entity, State};
use crate::base::{App, By, Fact, fact};
use crate::web::{Error, Locale};

/// Follows what happened to an article. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn article_changed(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let revision = match fact {
        Fact::ArticleCorrected { revision, .. } => Some(*revision),
        Fact::ArticleWithdrawn { .. } | Fact::ArticleTakenDown { .. } => None,
        _ => return Ok(()),
    };
    let l = Locale::default();
    let why = l.t(if revision.is_none() { "loud-article-gone" } else { "loud-article-corrected" });
    let by = By { person: recorded.person, agency: recorded.agency, why: None }.because(why);
    let of = Entity::find().filter(Column::Article.eq(recorded.about)).filter(Column::State.ne(State::Withdrawn));
    for bulletin in of.all(&app.db).await? {
        let done = match revision {
            None => withdrawn(app, bulletin, &by).await,
            Some(revision) => corrected(app, bulletin, revision, &by).await,
        };
        // Somebody was quicker, such as an approver: what there is now is looked at when the fact is answered again.
        done.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    }
    Ok(())
}

async fn withdrawn(app: &App, bulletin: Bulletin, by: &By) -> Result<(), Error> {
    let transaction = app.begin().await?;
    bulletin.take_off(app, transaction, by).await
}

/// It says something else than the article now: nothing of it is aired any more until a person made it anew.
async fn corrected(app: &App, bulletin: Bulletin, revision: i32, by: &By) -> Result<(), Error> {
    // Made from the corrected text already. Revisions count; clocks of several nodes differ.
    if bulletin.state != State::Approved || bulletin.revision.is_some_and(|made_from| made_from >= revision) {
        return Ok(());
    }
    let transaction = app.begin().await?;
    stopping::end_all(app, &transaction, bulletin.id, by).await?;
    let (id, seen, title) = (bulletin.id, bulletin.version, bulletin.title.clone());
    let notice = by.why.clone().unwrap_or_default();
    let row = Bulletin { state: State::Draft, approved_digest: String::new(), approved_by: None, notice, ..bulletin };
    row.put(&transaction, seen).await?;
    app.record(&transaction, id, Fact::BulletinVoided { title }, by).await?;
    app.commit(transaction).await?;
    Ok(())
}
