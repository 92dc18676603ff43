//! What keeps deliveries moving. A node looks twice a second; the rows are the queue, and an account's row is the lock under which its
//! platform is spoken to. Each account is a talk of its own: one that hangs, is refused or has a long queue holds no other.
//!
//! ```text
//!   look: restored? ──► nothing, until everything is held
//!         interrupted? ──► unknown          due, and not seen before? ──late──► held │ failed │ sent late, by the account's policy
//!         who has something due? ──► a talk for each account ──► take (lease, token) ──► speak ──► settle ──► let go
//! ```
//!
//! A node that dies at any point leaves either a lease that runs out over a row of which nothing was sent, or a row in `sending`.

mod judging;
mod serving;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};
use tokio::sync::watch;
use tokio::task::{Id, JoinSet};

use self::judging::late;
use super::account::{self, Account};
use super::delivery::settling::fact_of;
use super::delivery::{Column, Delivery, Entity, State, Why};
use crate::base::restored::{self, Quiet};
use crate::base::{App, By};
use crate::web::Error;

const LOOK_MS: u64 = 500;
/// Talks of this node with one platform at once: one that hangs holds so many of its own accounts for [`serving::ATTEMPT_S`] at
/// most, and nobody else's.
pub const TALKS_MAX: usize = 24;
/// When the node is told to stop, talks end by themselves within so long; what is cut off then is unknown.
const DRAIN_S: u64 = 20;
/// Rows that one look judges.
const BATCH: u64 = 200;

/// The talks of this node, and with which platform each is.
#[derive(Default)]
struct Talks {
    running: JoinSet<()>,
    with: HashMap<Id, String>,
}

impl Talks {
    fn begin(&mut self, app: &App, account: Account) {
        let platform = account.platform.clone();
        let id = self.running.spawn(talk(app.clone(), account)).id();
        self.with.insert(id, platform);
    }

    /// Forgets those that ended.
    fn tidy(&mut self) {
        while let Some(ended) = self.running.try_join_next_with_id() {
            let id = ended.map_or_else(|broken| broken.id(), |(id, ())| id);
            self.with.remove(&id);
        }
    }

    /// How many there are with each platform.
    fn counts(&self) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for platform in self.with.values() {
            *counts.entry(platform.clone()).or_default() += 1;
        }
        counts
    }

    async fn end(&mut self) {
        while self.running.join_next().await.is_some() {}
    }
}

/// Sends what is due, until the node is told to stop; then lets what is being said come to its end.
pub async fn keep_up(app: App, mut stopped: watch::Receiver<bool>) {
    let mut talks = Talks::default();
    while !*stopped.borrow() {
        talks.tidy();
        match look(&app, &talks.counts()).await {
            Ok(accounts) => accounts.into_iter().for_each(|account| talks.begin(&app, account)),
            Err(error) => tracing::error!(?error, "what is due on channels could not be looked up; trying again"),
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(LOOK_MS)) => {}
            gone = async { stopped.wait_for(|stop| *stop).await.is_err() } => if gone { break },
        }
    }
    if tokio::time::timeout(Duration::from_secs(DRAIN_S), talks.end()).await.is_err() {
        tracing::warn!("some platforms did not answer within {DRAIN_S} s; what was being sent to them is unknown");
    }
}

/// One look and everything it leads to: each account that has something due does one thing.
///
/// # Errors
/// The database failed.
pub async fn turn(app: &App) -> Result<(), Error> {
    let mut talks = Talks::default();
    look(app, &HashMap::new()).await?.into_iter().for_each(|account| talks.begin(app, account));
    talks.end().await;
    Ok(())
}

async fn talk(app: App, account: Account) {
    let id = account.id;
    if let Err(error) = serving::serve(&app, account).await {
        tracing::error!(account = %id, ?error, "a channel could not be served; its row is looked at again when its lease is over");
        metrics::counter!("lantoa_channel_talks_failed_total").increment(1);
    }
}

/// Puts right what is late or was interrupted, and finds who has something to do: accounts, of each platform so many as there is
/// room beside those that run. Nothing is done after a restore before what is planned is held.
pub async fn look(app: &App, running: &HashMap<String, usize>) -> Result<Vec<Account>, Error> {
    let now = app.clock.now();
    let pulse = restored::pulse(app).await?;
    if pulse.is_held {
        return Ok(Vec::new());
    }
    let interrupted = Condition::all().add(Column::State.eq(State::Sending)).add(Column::LeasedUntil.lt(now));
    let queued = Condition::all().add(Column::State.eq(State::Queued)).add(unjudged(pulse.quiet));
    let rows = Entity::find()
        .filter(Column::RunAt.lte(now))
        .filter(Condition::any().add(interrupted).add(queued))
        .order_by_asc(Column::RunAt)
        .limit(BATCH)
        .all(&app.db)
        .await?;
    if !rows.is_empty() {
        put_right(app, rows, now, pulse.quiet).await?;
    }
    let platforms: Vec<String> = account::Entity::find()
        .select_only()
        .column(account::Column::Platform)
        .distinct()
        .filter(able(now, pulse.quiet))
        .into_tuple()
        .all(&app.db)
        .await?;
    let mut accounts = Vec::new();
    for platform in platforms {
        let of = account::Entity::find().filter(account::Column::Platform.eq(&platform)).filter(able(now, pulse.quiet));
        // Who published longest ago goes first: many with long queues hold nobody.
        let room = TALKS_MAX.saturating_sub(running.get(&platform).copied().unwrap_or_default());
        let of = of.order_by_asc(account::Column::RefilledAt).limit(u64::try_from(room).unwrap_or_default());
        accounts.extend(of.all(&app.db).await?);
    }
    Ok(accounts)
}

/// Accounts that nobody speaks with and that have something to do: whatever it is while they are active, questions while they are
/// paused. (Others would be found again at each look, and hold the place of those that can do something.)
fn able(now: DateTime<Utc>, quiet: Option<Quiet>) -> Condition {
    let with = |which: Condition| Entity::find().select_only().column(Column::Account).filter(which).into_query();
    let questions = due(now, quiet).add(Column::State.is_in([State::Accepted, State::Unknown]));
    let stand = |state: account::State, which: Condition| {
        Condition::all().add(account::Column::State.eq(state)).add(account::Column::Id.in_subquery(with(which)))
    };
    let active = stand(account::State::Active, due(now, quiet));
    let paused = stand(account::State::Paused, questions);
    Condition::all().add(free(now)).add(Condition::any().add(active).add(paused))
}

/// Rows that were not looked at since their time came, or not since the last time that nothing ran.
fn unjudged(quiet: Option<Quiet>) -> Condition {
    let unseen = Condition::any().add(Column::FoundAt.is_null());
    match quiet {
        Some(quiet) => unseen.add(Column::FoundAt.lt(quiet.to)),
        None => unseen,
    }
}

/// Rows that something is to be done with now, and that nobody has.
fn due(now: DateTime<Utc>, quiet: Option<Quiet>) -> Condition {
    let doing = [State::Accepted, State::Unknown, State::Confirmed];
    let unleased = Condition::any().add(Column::LeasedUntil.is_null()).add(Column::LeasedUntil.lt(now));
    // What was not judged yet is not sent.
    let judged = Condition::all().add(Column::State.eq(State::Queued)).add(unjudged(quiet).not());
    let ready = Condition::any().add(judged).add(Column::State.is_in(doing));
    Condition::all().add(Column::RunAt.lte(now)).add(unleased).add(ready)
}

/// Rows that something is to be done with by then, judged already or not.
pub(super) fn due_or_new(by: DateTime<Utc>) -> Condition {
    let doing = [State::Queued, State::Sending, State::Accepted, State::Unknown, State::Confirmed];
    Condition::all().add(Column::RunAt.lte(by)).add(Column::State.is_in(doing))
}

/// Accounts that nobody speaks with.
pub(super) fn free(now: DateTime<Utc>) -> Condition {
    Condition::any().add(account::Column::BusyUntil.is_null()).add(account::Column::BusyUntil.lt(now))
}

/// Rows whose sender is gone, and rows that are due and are seen to be for the first time.
async fn put_right(app: &App, rows: Vec<Delivery>, now: DateTime<Utc>, quiet: Option<Quiet>) -> Result<(), Error> {
    let ids: HashSet<Uuid> = rows.iter().map(|row| row.account).collect();
    let accounts = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(&app.db).await?;
    let accounts: HashMap<Uuid, Account> = accounts.into_iter().map(|account| (account.id, account)).collect();
    let mut in_time = Vec::new();
    for row in rows {
        let Some(account) = accounts.get(&row.account) else { continue };
        let changed = match row.state {
            State::Sending => {
                let unknown = Delivery { state: State::Unknown, why: Why::Interrupted, run_at: Some(now), ..row.clone() };
                Delivery { leased_until: None, ..unknown }
            }
            _ => match late(account, &row, now, quiet) {
                None => {
                    in_time.push(row.id);
                    continue;
                }
                Some((State::Held, why)) => Delivery { state: State::Held, why, leased_until: None, ..row.clone() },
                Some((state, why)) => row.clone().settled(app, state, why, ""),
            },
        };
        match tell(app, account, &row, changed).await {
            Ok(()) | Err(Error::Stale) => {} // another node, or a person, was quicker
            Err(error) => return Err(error),
        }
    }
    see(app, in_time, now, quiet).await
}

/// Writes it, with what people want to know of it.
async fn tell(app: &App, account: &Account, seen: &Delivery, changed: Delivery) -> Result<(), Error> {
    let transaction = app.begin().await?;
    let now = changed.put(app, &transaction, seen, &By::system()).await?;
    if let Some(fact) = fact_of(&transaction, account, &now).await? {
        app.record(&transaction, now.piece, fact, &By::system()).await?;
    }
    app.commit(transaction).await?;
    Ok(())
}

/// These are in time, all at once: from now on they wait for their account's turn alone.
async fn see(app: &App, ids: Vec<Uuid>, now: DateTime<Utc>, quiet: Option<Quiet>) -> Result<(), Error> {
    if ids.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::FoundAt, Expr::value(now))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.is_in(ids))
        .filter(Column::State.eq(State::Queued))
        .filter(Column::RunAt.lte(now))
        .filter(unjudged(quiet))
        .exec(&app.db)
        .await?;
    Ok(())
}
