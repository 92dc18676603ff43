//! What keeps figures coming. A node looks every two seconds which account has something to be asked; each account is a talk of its
//! own, one question at a time: that is its pace, thirty a minute at most. Nothing here holds a chore, and nothing a delivery: see
//! [`crate::channels::measuring`].

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QueryOrder, QuerySelect};
use tokio::task::JoinSet;

use super::keeping::{self, Brought};
use super::watch::{self, Column, Entity, Kind, Watch};
use crate::base::App;
use crate::channels::measuring::{self, Measured};
use crate::web::Error;

const LOOK_S: u64 = 2;
/// Talks of this node at once.
const TALKS_MAX: usize = 16;
/// Longer than the lock of an account is held for a question.
const LEASE_S: i64 = 90;
/// An account that has something else to do is asked again then.
const BUSY_S: i64 = 20;

/// Asks what is due, for as long as the node runs.
pub async fn keep_up(app: App) {
    let mut talks = JoinSet::new();
    loop {
        while talks.try_join_next().is_some() {}
        match look(&app, TALKS_MAX - talks.len()).await {
            Ok(watches) => {
                for watch in watches {
                    talks.spawn(talk(app.clone(), watch));
                }
            }
            Err(error) => tracing::error!(?error, "what figures are due could not be looked up; trying again"),
        }
        tokio::time::sleep(Duration::from_secs(LOOK_S)).await;
    }
}

/// One look and everything it leads to; returns how many were asked for.
///
/// # Errors
/// The database failed.
pub async fn turn(app: &App) -> Result<usize, Error> {
    let watches = look(app, TALKS_MAX).await?;
    let asked = watches.len();
    let mut talks = JoinSet::new();
    for watch in watches {
        talks.spawn(talk(app.clone(), watch));
    }
    while talks.join_next().await.is_some() {}
    Ok(asked)
}

/// One due watch of each account, the longest due first. Accounts are chosen before their watches: one with a thousand copies that
/// are due holds no other.
async fn look(app: &App, most: usize) -> Result<Vec<Watch>, Error> {
    if most == 0 {
        return Ok(Vec::new());
    }
    let now = app.clock.now();
    let due = || Entity::find().filter(Column::Kind.eq(Kind::Delivery)).filter(watch::due(now));
    let accounts: Vec<Option<Uuid>> = due()
        .select_only()
        .column(Column::Account)
        .group_by(Column::Account)
        .order_by_asc(Expr::col(Column::NextAt).min())
        .limit(u64::try_from(most).unwrap_or(u64::MAX))
        .into_tuple()
        .all(&app.db)
        .await?;
    let mut watches = Vec::new();
    for account in accounts.into_iter().flatten() {
        let first = due().filter(Column::Account.eq(account)).order_by_asc(Column::NextAt).order_by_asc(Column::Id);
        watches.extend(first.limit(1).one(&app.db).await?);
    }
    Ok(watches)
}

async fn talk(app: App, watch: Watch) {
    let id = watch.id;
    if let Err(error) = ask(&app, watch).await {
        tracing::error!(watch = %id, ?error, "figures could not be asked for; it is tried again when the lease is over");
        metrics::counter!("lantoa_reach_talks_failed_total").increment(1);
    }
}

async fn ask(app: &App, watch: Watch) -> Result<(), Error> {
    let Some(watch) = watch.taken(app, LEASE_S).await? else { return Ok(()) };
    let measured = measuring::figures(app, watch.id).await?;
    if let Measured::Busy(until) = measured {
        let soon = app.clock.now() + TimeDelta::seconds(BUSY_S);
        watch.postponed(app, until.filter(|until| *until > soon).unwrap_or(soon)).await?;
        return Ok(());
    }
    let Some(brought) = Brought::measured(&watch, measured) else { return Ok(()) };
    metrics::counter!("lantoa_reach_fetches_total", "channel" => watch.channel.clone(), "outcome" => brought.outcome.to_value())
        .increment(1);
    keeping::keep(app, &watch, brought).await?;
    Ok(())
}
