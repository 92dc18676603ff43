//! An answer whose last day is over stops answering, one whose first day has come begins: at once for whoever asks, and here for the
//! index, by a chore.

use sea_orm::entity::prelude::*;

use super::{Column, Curated, Entity, State};
use crate::base::{App, By, Chore, Fact, time};
use crate::web::Error;

const EVERY_S: i64 = 600;

/// The chore.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "expire-curated-answers", every_s: EVERY_S, work: |app| Box::pin(expire(app)) }
}

/// Begins those whose first day has come, and ends those whose last day is over.
///
/// # Errors
/// The database failed.
pub async fn expire(app: &App) -> anyhow::Result<()> {
    let today = time::local_date(app.clock.now());
    let due = Entity::find().filter(Column::State.eq(State::Approved)).filter(Column::FromOn.eq(today));
    for one in due.filter(Column::ChangedAt.lt(time::begins(today))).all(&app.db).await? {
        settled(begin(app, &one).await)?;
    }
    let over = Entity::find().filter(Column::State.eq(State::Approved)).filter(Column::UntilOn.lt(today));
    for one in over.all(&app.db).await? {
        settled(end(app, &one).await)?;
    }
    Ok(())
}

fn settled(outcome: Result<(), Error>) -> anyhow::Result<()> {
    match outcome {
        // Somebody changed it just now: the next turn looks again.
        Ok(()) | Err(Error::Stale) => Ok(()),
        Err(error) => anyhow::bail!("an answer could not be begun or ended: {error:?}"),
    }
}

async fn begin(app: &App, one: &Curated) -> Result<(), Error> {
    let (seen, title) = (one.version, one.title.clone());
    let row = Curated { changed_at: app.clock.now(), ..one.clone() };
    let transaction = app.begin().await?;
    row.put(&transaction, seen).await?;
    app.record(&transaction, one.id, Fact::CuratedBegan { title }, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(())
}

async fn end(app: &App, one: &Curated) -> Result<(), Error> {
    let (seen, title) = (one.version, one.title.clone());
    let row = Curated { state: State::Expired, changed_at: app.clock.now(), ..one.clone() };
    let transaction = app.begin().await?;
    row.put(&transaction, seen).await?;
    app.record(&transaction, one.id, Fact::CuratedExpired { title }, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(())
}
