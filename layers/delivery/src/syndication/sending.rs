//! What brings messages to others. A node looks once a second; the rows are the queue. Each host is a talk of its own: one that
//! hangs, fails or has a long queue holds no other; one that does not answer rests, and is then tried with one message.
//!
//! A node that dies leaves leases that run out; another node brings those messages again, and receivers know them by their address.
//! // recorded by following, as one fact for a message

mod attempt;
mod settling;

use std::collections::HashSet;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::join_all;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType};
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::delivery::{Column, Delivery, Entity, State};
use super::host::{self, Host};
use crate::base::App;
use crate::web::Error;

const LOOK_MS: u64 = 1_000;
/// When the node is told to stop, messages that are on the line end by themselves within so long.
const DRAIN_S: u64 = 20;
/// Talks of this node at once.
const TALKS_MAX: usize = 128;
/// Messages of one talk, brought at once.
const TALK_MESSAGES: u64 = 8;
/// Longer than the longest attempt.
const LEASE_S: i64 = 60;

/// Brings what is due, until the node is told to stop; then lets what is on the line come to its end.
pub async fn keep_up(app: App, mut stopped: watch::Receiver<bool>) {
    let mut talks: JoinSet<String> = JoinSet::new();
    let mut busy: HashSet<String> = HashSet::new();
    while !*stopped.borrow() {
        while let Some(ended) = talks.try_join_next() {
            match ended {
                Ok(host) => {
                    busy.remove(&host);
                }
                // Which host it was is not known any more: what is due there is found again.
                Err(error) => {
                    tracing::error!(%error, "a talk with a host ended badly");
                    busy.clear();
                }
            }
        }
        match look(&app, TALKS_MAX).await {
            Ok(hosts) => {
                for host in
                    hosts.into_iter().filter(|host| !busy.contains(host)).take(TALKS_MAX - talks.len()).collect::<Vec<_>>()
                {
                    busy.insert(host.clone());
                    talks.spawn(talk(app.clone(), host));
                }
            }
            Err(error) => tracing::error!(?error, "what is due to others could not be looked up; trying again"),
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(LOOK_MS)) => {}
            gone = async { stopped.wait_for(|stop| *stop).await.is_err() } => if gone { break },
        }
    }
    let all = async { while talks.join_next().await.is_some() {} };
    if tokio::time::timeout(Duration::from_secs(DRAIN_S), all).await.is_err() {
        tracing::warn!(
            "some servers did not answer within {DRAIN_S} s; they are told again, and know the message by its address"
        );
    }
}

/// One look and everything it leads to.
///
/// # Errors
/// The database failed.
pub async fn turn(app: &App) -> Result<(), Error> {
    let mut talks = JoinSet::new();
    for host in look(app, TALKS_MAX).await? {
        talks.spawn(talk(app.clone(), host));
    }
    while talks.join_next().await.is_some() {}
    Ok(())
}

async fn talk(app: App, host: String) -> String {
    if let Err(error) = serve(&app, &host).await {
        tracing::error!(%host, ?error, "what is due to a host could not be brought; it is tried again when its lease is over");
    }
    host
}

/// Rows that are due and that nobody has.
fn due(app: &App) -> Condition {
    let now = app.clock.now();
    let free = Condition::any().add(Column::LeasedUntil.is_null()).add(Column::LeasedUntil.lt(now));
    Condition::all().add(Column::State.eq(State::Planned)).add(Column::RunAt.lte(now)).add(free)
}

/// Hosts for which something is due and that do not rest, twice as many as there may be talks; those never tried go first.
async fn look(app: &App, most: usize) -> Result<Vec<String>, Error> {
    let resting =
        host::Entity::find().select_only().column(host::Column::Host).filter(host::Column::RestsUntil.gt(app.clock.now()));
    let found: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Host)
        .filter(due(app))
        .filter(Column::Host.not_in_subquery(resting.into_query()))
        .group_by(Column::Host)
        .order_by_asc(Expr::col(Column::Attempts).min())
        .order_by_asc(Expr::col(Column::RunAt).min())
        .limit(u64::try_from(most * 2).unwrap_or(u64::MAX))
        .into_tuple()
        .all(&app.db)
        .await?;
    Ok(found)
}

/// Brings some of what is due to a host; one thing where it did not answer the last time.
async fn serve(app: &App, host: &str) -> Result<(), Error> {
    let known = Host::known(&app.db, host).await?;
    let most = if known.as_ref().is_some_and(|one| one.failures > 0) { 1 } else { TALK_MESSAGES };
    let taken = take(app, host, most).await?;
    let known = known.as_ref();
    let attempts = taken.into_iter().map(|delivery| async move {
        let outcome = attempt::of(app, &delivery).await?;
        settling::settle(app, known, delivery, outcome).await
    });
    for settled in join_all(attempts).await {
        settled?;
    }
    Ok(())
}

async fn take(app: &App, host: &str, most: u64) -> Result<Vec<Delivery>, DbErr> {
    let rows = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(due(app))
        .filter(Column::Host.eq(host))
        .order_by_asc(Column::Attempts)
        .order_by_asc(Column::Id)
        .limit(most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(app.clock.now() + TimeDelta::seconds(LEASE_S)))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Id.in_subquery(rows.into_query()))
        .exec_with_returning(&app.db)
        .await
}
