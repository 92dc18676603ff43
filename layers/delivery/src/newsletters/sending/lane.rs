//! A lane: one line to a relay, and the batches that go over it one after the other.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use letters::{Line, Outcome, Phase};
use rand::seq::SliceRandom;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use tokio::sync::watch;
use tokio::time::Instant;

use super::Ground;
use super::prepared::Ready;
use super::relays::Desk;
use crate::base::{App, restored};
use crate::newsletters::delivery::Delivery;
use crate::newsletters::delivery::batch::{self, Batch, LEASE_S, STOPS_BEFORE_S};
use crate::newsletters::delivery::settling::{End, settle};
use crate::newsletters::issue::{self, Issue, State};
use crate::newsletters::journal::Journal;
use crate::newsletters::subscriber::{self, Subscriber};
use crate::web::Error;

const IDLE_MS: u64 = 250;
const AGAIN_MS: u64 = 1_000;
/// So often it is asked whether somebody left, or the issue was paused.
const LOOK_S: u64 = 2;

/// Sends batch after batch, for as long as the node runs.
pub async fn keep_up(app: App, ground: Arc<Ground>, desk: Arc<Desk>, mut stopped: watch::Receiver<bool>) {
    let mut line = None;
    while !*stopped.borrow() {
        if let Some(until) = desk.resting() {
            tokio::select! {
                () = tokio::time::sleep_until(until) => {}
                () = async { let _ = stopped.wait_for(|stop| *stop).await; } => break,
            }
        }
        match one(&app, &ground, &desk, &mut line).await {
            Ok(true) => {}
            Ok(false) => {
                // A line that lies idle is closed by the relay sooner or later.
                if let Some(open) = line.take() {
                    Line::close(open).await;
                }
                tokio::time::sleep(Duration::from_millis(IDLE_MS)).await;
            }
            Err(error) => {
                tracing::error!(?error, "letters could not be taken; trying again");
                tokio::time::sleep(Duration::from_millis(AGAIN_MS)).await;
            }
        }
    }
    if let Some(open) = line {
        Line::close(open).await;
    }
}

/// Sends what is due now, then ends; at once when the relay can not be reached. Returns how many batches it took.
///
/// # Errors
/// The database failed.
pub async fn until_nothing_is_due(app: &App, ground: &Ground, desk: &Desk) -> anyhow::Result<usize> {
    let (mut line, mut batches) = (None, 0);
    while desk.resting().is_none() && one(app, ground, desk, &mut line).await.map_err(super::said)? {
        batches += 1;
    }
    if let Some(open) = line {
        Line::close(open).await;
    }
    Ok(batches)
}

/// Takes one batch and sends it. False: there was none.
async fn one(app: &App, ground: &Ground, desk: &Desk, line: &mut Option<Line>) -> Result<bool, Error> {
    let mut sending = issue::Entity::find().filter(issue::Column::State.eq(State::Sending)).all(&app.db).await?;
    // A lane does not wait for the look: what a restored database calls queued may have gone, and is not held yet.
    if sending.is_empty() || restored::pulse(app).await?.is_held {
        return Ok(false);
    }
    // No issue holds another: each batch is drawn anew.
    sending.shuffle(&mut rand::rng());
    for issue in sending {
        let node = (ground.node.id, ground.node.boot.as_str());
        if let Some((batch, rows)) = batch::take(app, node, issue.id, desk.batch()).await? {
            let ends = match prepared(app, ground, &issue, &rows).await {
                Ok((ready, mut ends)) => {
                    let round = Round { app, ground, desk, batch: &batch, begun: Instant::now() };
                    ends.extend(round.send(ready, line).await);
                    ends
                }
                Err(error) => {
                    tracing::error!(?error, issue = %issue.id, "letters can not be put together; they stay in the queue");
                    tokio::time::sleep(Duration::from_millis(AGAIN_MS)).await;
                    rows.iter().map(|row| (row.subscriber, End::Back)).collect()
                }
            };
            write_down(app, ground, &batch, &ends).await;
            return Ok(true);
        }
    }
    Ok(false)
}

/// What was sent is written down, however long the database is away: nothing else is begun over this line before.
async fn write_down(app: &App, ground: &Ground, batch: &Batch, ends: &[(Uuid, End)]) {
    while let Err(error) = settle(app, batch, ends).await {
        tracing::error!(%error, "what became of letters can not be written down; trying again");
        tokio::time::sleep(Duration::from_millis(AGAIN_MS)).await;
    }
    if let Err(error) = ground.node.close(batch.id) {
        tracing::error!(%error, "a journal of letters could not be closed; it is looked at again at the next start");
    }
    for (_, end) in ends {
        let word = match end {
            End::Sent => "sent",
            End::Failed(_) => "failed",
            End::Unknown(_) => "unknown",
            End::Later(_) => "later",
            End::Back => "back",
            End::Skipped => "skipped",
        };
        metrics::counter!("lantoa_letters_total", "outcome" => word).increment(1);
    }
}

/// The letters of the batch that can go, and the ends of those that can not.
async fn prepared(app: &App, ground: &Ground, issue: &Issue, rows: &[Delivery]) -> Result<(Vec<Ready>, Vec<(Uuid, End)>), Error> {
    let prepared = ground.shelf.of(app, issue).await?;
    let ids = rows.iter().map(|row| row.subscriber);
    let of = subscriber::Entity::find().filter(subscriber::Column::Id.is_in(ids)).all(&app.db).await?;
    let of: HashMap<Uuid, Subscriber> = of.into_iter().map(|one| (one.id, one)).collect();
    let (mut ready, mut ends) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        match of.get(&row.subscriber).filter(|one| one.state == subscriber::State::Active) {
            None => ends.push((row.subscriber, End::Skipped)),
            Some(one) => match prepared.to(one) {
                Ok(letter) => ready.push(letter),
                Err(words) => ends.push((row.subscriber, End::Failed(words))),
            },
        }
    }
    Ok((ready, ends))
}

/// One batch on its way.
struct Round<'a> {
    app: &'a App,
    ground: &'a Ground,
    desk: &'a Desk,
    batch: &'a Batch,
    begun: Instant,
}

impl Round<'_> {
    async fn send(&self, ready: Vec<Ready>, line: &mut Option<Line>) -> Vec<(Uuid, End)> {
        let mut ends = Vec::with_capacity(ready.len());
        let mut journal = match self.ground.node.begin(self.batch.id) {
            Ok(journal) => journal,
            Err(error) => {
                self.desk.rest(&format!("the journal can not be begun: {error}"));
                return ready.iter().map(|one| (one.subscriber, End::Back)).collect();
            }
        };
        let mut looked = Instant::now();
        let mut gone: HashSet<Uuid> = HashSet::new();
        let mut stops = false;
        for (n, one) in ready.iter().enumerate() {
            if looked.elapsed() >= Duration::from_secs(LOOK_S) {
                looked = Instant::now();
                (gone, stops) = self.look(&ready[n..]).await;
            }
            let is_late = self.begun.elapsed() >= Duration::from_secs((LEASE_S - STOPS_BEFORE_S).unsigned_abs());
            if stops || is_late {
                *line = None; // the letter may have been announced
                ends.extend(ready[n..].iter().map(|one| (one.subscriber, End::Back)));
                return ends;
            }
            if gone.contains(&one.subscriber) {
                *line = None;
                ends.push((one.subscriber, End::Skipped));
                continue;
            }
            let next = ready.get(n + 1).filter(|next| !gone.contains(&next.subscriber));
            match self.attempt(one, next, line, &mut journal).await {
                Some(outcome) => ends.push((one.subscriber, outcome.into())),
                None => {
                    ends.extend(ready[n..].iter().map(|one| (one.subscriber, End::Back)));
                    return ends;
                }
            }
        }
        ends
    }

    /// Hands one letter over. A line that was closed before the letter's data is opened once more for it. None: no line is to be had.
    async fn attempt(
        &self,
        one: &Ready,
        next: Option<&Ready>,
        line: &mut Option<Line>,
        journal: &mut Journal,
    ) -> Option<Outcome> {
        let mut tries = 0;
        loop {
            let mut open = match line.take().filter(|line| line.is_open()) {
                Some(open) => open,
                None => match Line::open(&self.desk.relay).await {
                    Ok(open) => {
                        self.desk.is_well();
                        open
                    }
                    Err(words) => {
                        self.desk.rest(&words);
                        return None;
                    }
                },
            };
            self.desk.pace().await;
            let is_last = open.taken + 1 >= self.desk.letters_per_line;
            let next = next.filter(|_| !is_last).map(Ready::letter);
            let outcome = open
                .send(&one.letter(), next.as_ref(), |phase| match phase {
                    Phase::About => journal.about(one.subscriber),
                    Phase::Settled(outcome) => journal.settled(one.subscriber, outcome),
                })
                .await;
            if is_last {
                open.close().await;
            } else {
                *line = Some(open);
            }
            tries += 1;
            match outcome {
                Outcome::NotSent(_) if tries < 2 => {}
                outcome => return Some(outcome),
            }
        }
    }

    /// Who of these left meanwhile, and whether the issue is to be sent no further. What can not be asked changes nothing.
    async fn look(&self, rest: &[Ready]) -> (HashSet<Uuid>, bool) {
        let ids = rest.iter().map(|one| one.subscriber);
        let gone = subscriber::Entity::find()
            .select_only()
            .column(subscriber::Column::Id)
            .filter(subscriber::Column::Id.is_in(ids))
            .filter(subscriber::Column::State.ne(subscriber::State::Active))
            .into_tuple::<Uuid>()
            .all(&self.app.db)
            .await;
        let issue = Issue::find(&self.app.db, self.batch.issue).await;
        let stops = issue.is_ok_and(|issue| issue.state != State::Sending);
        (gone.unwrap_or_default().into_iter().collect(), stops)
    }
}
