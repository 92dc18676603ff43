//! Issues that are drafted by the clock. They wait for an approval, unless the newsletter says that it goes by itself.

use sea_orm::entity::prelude::*;

use super::issue::{State as IssueState, drawing};
use super::newsletter::{Column, Entity, Newsletter, State, keeping};
use super::subscriber::joining;
use crate::base::{App, By, Chore};
use crate::web::Error;

const EVERY_S: i64 = 20;
const FORGET_EVERY_S: i64 = 3600;

/// Drafts what is due, and forgets requests that nobody confirmed.
#[must_use]
pub fn chores() -> Vec<Chore> {
    vec![
        Chore { name: "draft-newsletters", every_s: EVERY_S, work: |app| Box::pin(draft_due(app)) },
        Chore {
            name: "forget-unconfirmed-subscribers",
            every_s: FORGET_EVERY_S,
            work: |app| Box::pin(async move { Ok(joining::forget_unconfirmed(app).await.map(|_| ())?) }),
        },
    ]
}

/// Drafts the issues whose time has come. One that can not be drafted holds no other.
///
/// # Errors
/// The database failed.
pub async fn draft_due(app: &App) -> anyhow::Result<()> {
    let due =
        Entity::find().filter(Column::State.eq(State::Open)).filter(Column::NextAt.lte(app.clock.now())).all(&app.db).await?;
    for newsletter in due {
        match draft(app, &newsletter).await {
            Ok(()) | Err(Error::Stale) => {}
            Err(error) => {
                tracing::error!(?error, newsletter = %newsletter.id, "an issue could not be drafted; its next time is tried")
            }
        }
    }
    Ok(())
}

async fn draft(app: &App, newsletter: &Newsletter) -> Result<(), Error> {
    let now = app.clock.now();
    let next = newsletter.rhythm.next(now, newsletter.hour, newsletter.weekday);
    let issue = super::Issue { state: IssueState::Submitted, ..drawing::draft(app, newsletter, None).await? };
    let goes = newsletter.by_itself && issue.is_clear(app, newsletter).await?;
    let transaction = app.begin().await?;
    if !keeping::wound_up(&transaction, newsletter, next).await? {
        return Ok(()); // another node has it
    }
    if issue.items().is_empty() {
        // Nothing is new: no letter says so.
        return Ok(app.commit(transaction).await?);
    }
    keeping::drawn(&transaction, newsletter, issue.drawn_until).await?;
    issue.add(app, &transaction, &By::system()).await?;
    if !goes {
        // What stands against it is said on its page; it waits there for a person.
        return Ok(app.commit(transaction).await?);
    }
    // Drafted and let out in one transaction: a node that is killed leaves no issue behind that nobody lets out.
    match issue.let_out(app, transaction, newsletter, None, &By::system()).await {
        // Something came between: nothing of this stays, and the next look drafts it anew.
        Err(Error::Refused(_)) => Ok(()),
        outcome => outcome,
    }
}
