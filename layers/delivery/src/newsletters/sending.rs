//! What keeps letters moving. A node looks twice a second: whose time has come begins, what is settled ends. Beside it run lanes, one for
//! each line to a relay: a lane takes a batch, sends it, writes down what became of it, and takes the next.
//!
//! ```text
//!   take (committed) ──► journal ──► letters over a kept line ──► settle (one transaction) ──► journal closed
//!         killed here: back │ killed here: back, but for those whose data was about to go: unknown
//! ```

pub mod lane;
pub mod prepared;
pub mod recovery;
pub mod relays;
pub mod trial;

use std::sync::Arc;
use std::time::Duration;

use sea_orm::entity::prelude::*;
use tokio::sync::watch;
use tokio::task::JoinSet;

use self::prepared::Shelf;
use self::relays::{Desk, Relays};
use super::delivery::{counting, segment, settling};
use super::issue::{Column, Entity, Issue, State};
use super::journal::Node;
use crate::base::{App, By, Fact, restored};
use crate::web::Error;

const LOOK_MS: u64 = 500;
/// So long a stop waits for what is under way, in seconds.
const DRAIN_S: u64 = 20;
/// Where another process of this machine sends for the same folder, or the folder can not be written.
const AGAIN_S: u64 = 30;

/// What lanes share.
pub struct Ground {
    pub node: Node,
    pub shelf: Shelf,
}

/// Sends what is due, for as long as the node runs.
pub async fn keep_up(app: App, mut stopped: watch::Receiver<bool>) {
    tokio::select! {
        () = keep_up_until(app, stopped.clone()) => {}
        // What is under way ends by itself; a relay that says nothing is not waited for.
        () = async { let _ = stopped.wait_for(|stop| *stop).await; tokio::time::sleep(Duration::from_secs(DRAIN_S)).await } => {
            tracing::warn!("a relay did not answer within {DRAIN_S} s; the letters that were being handed to it are unknown");
        }
    }
}

async fn keep_up_until(app: App, stopped: watch::Receiver<bool>) {
    let node = loop {
        match Node::open(&app.config.data) {
            Ok(Some(node)) => break node,
            Ok(None) => tracing::warn!("another process sends the letters of this data folder; this one waits"),
            Err(error) => tracing::error!(%error, "the folder of letters under way can not be used; no letter is sent"),
        }
        tokio::time::sleep(Duration::from_secs(AGAIN_S)).await;
    };
    let ground = Arc::new(Ground { node, shelf: Shelf::default() });
    while !*stopped.borrow() {
        while let Err(error) = recovery::own(&app, &ground.node).await {
            tracing::error!(?error, "letters that were under way can not be looked up; trying again");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        let (halt, halted) = watch::channel(false);
        let mut lanes = opened(&app, &ground, &halted);
        look_until_halted(&app, &ground, &mut lanes, &stopped).await;
        let _ = halt.send(true);
        while lanes.join_next().await.is_some() {}
    }
}

/// A lane for each line to each relay.
fn opened(app: &App, ground: &Arc<Ground>, halted: &watch::Receiver<bool>) -> JoinSet<()> {
    let mut lanes = JoinSet::new();
    match Relays::of(&app.config) {
        Ok(relays) => {
            for desk in relays.0 {
                for _ in 0..desk.lines {
                    lanes.spawn(lane::keep_up(app.clone(), Arc::clone(ground), Arc::clone(&desk), halted.clone()));
                }
            }
        }
        Err(error) => tracing::error!(%error, "no newsletter is sent"),
    }
    lanes
}

/// Looks until the node stops, or until a lane broke off: then all of them end, what was under way is put right as after a kill, and they
/// begin anew.
async fn look_until_halted(app: &App, ground: &Ground, lanes: &mut JoinSet<()>, stopped: &watch::Receiver<bool>) {
    while !*stopped.borrow() {
        if let Err(error) = look(app, ground).await {
            tracing::error!(?error, "newsletters could not be looked at; trying again");
        }
        while let Some(done) = lanes.try_join_next() {
            if let Err(error) = done {
                tracing::error!(%error, "a lane of letters broke off; all of them begin anew");
                return;
            }
        }
        tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
    }
}

/// One look and everything that is due now, as a node that starts does it.
///
/// # Errors
/// The database failed, or the settings name no relay that can be used.
pub async fn turn(app: &App) -> anyhow::Result<()> {
    let node =
        Node::open(&app.config.data)?.ok_or_else(|| anyhow::anyhow!("another process sends the letters of this folder"))?;
    let ground = Arc::new(Ground { node, shelf: Shelf::default() });
    recovery::own(app, &ground.node).await.map_err(said)?;
    look(app, &ground).await.map_err(said)?;
    let desks = Relays::of(&app.config)?.0;
    // What a relay that is away had taken is back in the queue by then, and the others send it.
    while desks.iter().any(|desk| desk.resting().is_none()) {
        let sent = round(app, &ground, &desks).await?;
        if sent == 0 {
            break;
        }
    }
    look(app, &ground).await.map_err(said)
}

/// Each line of each relay that is well sends until it finds nothing due. Returns how many batches there were.
async fn round(app: &App, ground: &Arc<Ground>, desks: &[Arc<Desk>]) -> anyhow::Result<usize> {
    let mut lanes = JoinSet::new();
    for desk in desks {
        for _ in 0..desk.lines {
            let (app, ground, desk) = (app.clone(), Arc::clone(ground), Arc::clone(desk));
            lanes.spawn(async move { lane::until_nothing_is_due(&app, &ground, &desk).await });
        }
    }
    let mut batches = 0;
    while let Some(done) = lanes.join_next().await {
        batches += done??;
    }
    Ok(batches)
}

fn said(error: Error) -> anyhow::Error {
    match error {
        Error::Internal(error) => error,
        error => anyhow::anyhow!("{error:?}"),
    }
}

/// Begins what is due, ends what is settled, and sees to batches that other nodes let lie.
async fn look(app: &App, ground: &Ground) -> Result<(), Error> {
    if restored::pulse(app).await?.is_held {
        return Ok(());
    }
    recovery::others(app, &ground.node).await?;
    settling::stop_late(app).await?;
    let going = Entity::find().filter(Column::State.is_in([State::Approved, State::Sending])).all(&app.db).await?;
    for issue in going {
        let due = issue.due_at.or(issue.approved_at).is_some_and(|due| due <= app.clock.now());
        let outcome = match issue.state {
            State::Approved if due => begin(app, issue).await,
            State::Sending => end(app, issue).await,
            _ => Ok(()),
        };
        match outcome {
            // Another node, or a person, was quicker.
            Ok(()) | Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Queues a letter for each subscriber, and says that it began: one transaction.
async fn begin(app: &App, issue: Issue) -> Result<(), Error> {
    let (id, seen, title) = (issue.id, issue.version, issue.title.clone());
    let transaction = app.begin().await?;
    // First the issue: of two nodes one goes on.
    let begun = Issue { state: State::Sending, began_at: Some(app.clock.now()), changed_at: app.clock.now(), ..issue.clone() };
    begun.clone().put(&transaction, seen).await?;
    let recipients = i64::try_from(segment::build(app, &transaction, &issue).await?).unwrap_or(i64::MAX);
    Issue { recipients, version: seen + 1, ..begun }.put(&transaction, seen + 1).await?;
    let fact = Fact::IssueBegan { title, recipients: recipients.unsigned_abs() };
    app.record(&transaction, id, fact, &By::system()).await?;
    app.commit(transaction).await?;
    segment::look_over(app).await?;
    Ok(())
}

/// Ends an issue on whose letters nothing is awaited any more.
async fn end(app: &App, issue: Issue) -> Result<(), Error> {
    let open = super::delivery::Entity::find()
        .filter(super::delivery::Column::Issue.eq(issue.id))
        .filter(super::delivery::Column::State.is_in([super::delivery::State::Queued, super::delivery::State::Sending]));
    if open.one(&app.db).await?.is_some() {
        return Ok(());
    }
    let tally = counting::one(&app.db, issue.id).await?;
    let (id, seen) = (issue.id, issue.version);
    let fact = Fact::IssueEnded { title: issue.title.clone(), sent: tally.sent, failed: tally.failed, unknown: tally.unknown };
    let transaction = app.begin().await?;
    let now = app.clock.now();
    Issue { state: State::Sent, ended_at: Some(now), changed_at: now, ..issue }.put(&transaction, seen).await?;
    app.record(&transaction, id, fact, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(())
}
