//! What keeps deliveries moving. A node looks twice a second; the rows are the queue, and an account's row is the lock under which its
//! platform is spoken to. Each account is a talk of its own: one that hangs, is refused or has a long queue holds no other.
//!
//! ```text
//!   look: interrupted? ──► unknown          due, and not seen before? ──late──► held │ failed │ sent late, by the account's policy
//!         who has something due? ──► a talk for each account ──► take (lease, token) ──► speak ──► settle ──► let go
//! ```
//!
//! A node that dies at any point leaves either a lease that runs out over a row of which nothing was sent, or a row in `sending`.

mod serving;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};
use tokio::task::JoinSet;

use super::account::{self, Account, Missed};
use super::delivery::settling::fact_of;
use super::delivery::{Column, Delivery, Entity, State, Why};
use crate::base::{App, By};
use crate::web::Error;

const LOOK_MS: u64 = 500;
/// Talks of this node at once. A platform that hangs holds so many of its accounts for [`serving::ATTEMPT_S`] at most.
const TALKS_MAX: usize = 64;
/// Rows that one look judges.
const BATCH: u64 = 200;

/// Sends what is due, for as long as the node runs.
pub async fn keep_up(app: App) {
    let mut talks = JoinSet::new();
    loop {
        while talks.try_join_next().is_some() {}
        match look(&app, TALKS_MAX - talks.len()).await {
            Ok(accounts) => {
                for account in accounts {
                    talks.spawn(talk(app.clone(), account));
                }
            }
            Err(error) => tracing::error!(?error, "what is due on channels could not be looked up; trying again"),
        }
        tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
    }
}

/// One look and everything it leads to: each account that has something due does one thing.
///
/// # Errors
/// The database failed.
pub async fn turn(app: &App) -> Result<(), Error> {
    let mut talks = JoinSet::new();
    for account in look(app, TALKS_MAX).await? {
        talks.spawn(talk(app.clone(), account));
    }
    while talks.join_next().await.is_some() {}
    Ok(())
}

async fn talk(app: App, account: Account) {
    let id = account.id;
    if let Err(error) = serving::serve(&app, account).await {
        tracing::error!(account = %id, ?error, "a channel could not be served; its row is looked at again when its lease is over");
        metrics::counter!("lantoa_channel_talks_failed_total").increment(1);
    }
}

/// Puts right what is late or was interrupted, and finds who has something to do: accounts, at most so many.
async fn look(app: &App, most: usize) -> Result<Vec<Account>, Error> {
    let now = app.clock.now();
    let interrupted = Condition::all().add(Column::State.eq(State::Sending)).add(Column::LeasedUntil.lt(now));
    let unseen = Condition::all().add(Column::State.eq(State::Queued)).add(Column::RunAt.lte(now)).add(Column::FoundAt.is_null());
    let untended = Condition::any().add(interrupted).add(unseen);
    let rows = Entity::find()
        .filter(Column::RunAt.lte(now))
        .filter(untended)
        .order_by_asc(Column::RunAt)
        .limit(BATCH)
        .all(&app.db)
        .await?;
    if !rows.is_empty() {
        put_right(app, rows, now).await?;
    }
    let busy = Entity::find().select_only().column(Column::Account).filter(due(now));
    Ok(account::Entity::find()
        .filter(account::Column::Id.in_subquery(busy.into_query()))
        .filter(account::Column::State.ne(account::State::Dead))
        .filter(free(now))
        // Who published longest ago goes first: many with long queues hold nobody.
        .order_by_asc(account::Column::RefilledAt)
        .limit(u64::try_from(most).unwrap_or_default())
        .all(&app.db)
        .await?)
}

/// Rows that something is to be done with now, and that nobody has.
fn due(now: DateTime<Utc>) -> Condition {
    let doing = [State::Accepted, State::Unknown, State::Confirmed];
    let unleased = Condition::any().add(Column::LeasedUntil.is_null()).add(Column::LeasedUntil.lt(now));
    // What was not judged yet is not sent.
    let judged = Condition::all().add(Column::State.eq(State::Queued)).add(Column::FoundAt.is_not_null());
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
async fn put_right(app: &App, rows: Vec<Delivery>, now: DateTime<Utc>) -> Result<(), Error> {
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
            _ => match late(account, &row, now) {
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
    see(app, in_time, now).await
}

/// What becomes of a row that is so late that nobody can have looked at its minute; None when it goes out. What waits for its turn
/// after it was seen is not late: the account's pace is nobody's outage.
fn late(account: &Account, row: &Delivery, now: DateTime<Utc>) -> Option<(State, Why)> {
    let is_late = row.run_at.is_some_and(|due| now - due > account.missed_after());
    match (account.state, account.missed) {
        (account::State::Dead, _) => Some((State::Held, Why::AccountDead)),
        (account::State::Paused, _) => Some((State::Held, Why::AccountPaused)),
        (account::State::Active, Missed::Ask) if is_late => Some((State::Held, Why::Missed)),
        (account::State::Active, Missed::Drop) if is_late => Some((State::Failed, Why::Missed)),
        (account::State::Active, _) => None,
    }
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
async fn see(app: &App, ids: Vec<Uuid>, now: DateTime<Utc>) -> Result<(), Error> {
    if ids.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::FoundAt, Expr::value(now))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.is_in(ids))
        .filter(Column::State.eq(State::Queued))
        .filter(Column::RunAt.lte(now))
        .filter(Column::FoundAt.is_null())
        .exec(&app.db)
        .await?;
    Ok(())
}
