//! What keeps clusters on air. A node looks twice a second which of them wake; the leaf's `Airtime` says what happens, and in one
//! transaction it is kept with what follows: plays that moved, orders that go out.
//!
//! A node that dies leaves everything as it was before a move or as it is after it. Two that move the same cluster: one wins.
//! // recorded by the airing's facts

mod acting;

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use loudspeakers::schedule::{Action, Airtime, Rules};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QueryOrder, QuerySelect};

use self::acting::Moves;
use super::airing::{self, Airing};
use super::bulletin::{self, Bulletin};
use super::cluster::{self, Cluster, Column, GONE_AFTER_S};
use super::play::{self, Play};
use super::station::{self, Station};
use crate::base::{App, restored};
use crate::web::Error;

const LOOK_MS: u64 = 500;
/// Clusters moved in one transaction.
const BATCH: u64 = 400;
/// How long after it was broken off something may still go on, and how much of it is said again then.
const RESUME_WITHIN_S: u32 = 3600;
const REWIND_S: u32 = 5;

/// Moves what wakes, for as long as the node runs.
pub async fn keep_up(app: App) {
    loop {
        if let Err(error) = turn(&app).await {
            tracing::error!(?error, "what is on air could not be moved; trying again");
        }
        tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
    }
}

/// Moves every cluster that wakes by now; how many.
///
/// # Errors
/// The database failed.
pub async fn turn(app: &App) -> Result<usize, Error> {
    if restored::pulse(app).await?.is_held {
        return Ok(0);
    }
    let mut moved = 0;
    loop {
        let now = app.clock.now();
        let waking = cluster::Entity::find().filter(Column::WakesAt.lte(now)).order_by_asc(Column::WakesAt);
        let waking = waking.order_by_asc(Column::Id).limit(BATCH).all(&app.db).await?;
        let count = waking.len();
        let done = if count == 0 { 0 } else { all(app, waking, now).await? };
        moved += done;
        // Where another node was quicker there is nothing left to do now.
        if done == 0 || (count as u64) < BATCH {
            return Ok(moved);
        }
    }
}

/// What the moves of these clusters need to know.
struct Known {
    stations: HashMap<Uuid, Station>,
    plays: HashMap<Uuid, Vec<Play>>,
    airings: HashMap<Uuid, Airing>,
    bulletins: HashMap<Uuid, Bulletin>,
}

impl Known {
    async fn of(on: &impl ConnectionTrait, clusters: &[Cluster]) -> Result<Self, DbErr> {
        let open = [play::State::Planned, play::State::OnAir, play::State::Broken, play::State::Lost];
        let rows = play::Entity::find()
            .filter(play::Column::Cluster.is_in(clusters.iter().map(|one| one.id)))
            .filter(play::Column::State.is_in(open))
            .order_by_asc(play::Column::Id)
            .all(on)
            .await?;
        let mut plays: HashMap<Uuid, Vec<Play>> = HashMap::new();
        let airings: std::collections::HashSet<Uuid> = rows.iter().map(|one| one.airing).collect();
        for one in rows {
            plays.entry(one.cluster).or_default().push(one);
        }
        let airings = airing::Entity::find().filter(airing::Column::Id.is_in(airings)).all(on).await?;
        let bulletins: std::collections::HashSet<Uuid> = airings.iter().map(|one| one.bulletin).collect();
        let bulletins = bulletin::Entity::find().filter(bulletin::Column::Id.is_in(bulletins)).all(on).await?;
        let stations: std::collections::HashSet<Uuid> = clusters.iter().map(|one| one.station).collect();
        let stations = station::Entity::find().filter(station::Column::Id.is_in(stations)).all(on).await?;
        Ok(Self {
            stations: stations.into_iter().map(|one| (one.id, one)).collect(),
            plays,
            airings: airings.into_iter().map(|one| (one.id, one)).collect(),
            bulletins: bulletins.into_iter().map(|one| (one.id, one)).collect(),
        })
    }

    fn rules(&self, cluster: &Cluster) -> Rules {
        let station = self.stations.get(&cluster.station);
        let within_min = station.map_or(0, |station| station.reair_within_min);
        Rules {
            quiet: station.map(|station| station.programme().quiet).unwrap_or_default(),
            reair_within_s: u32::try_from(within_min).unwrap_or(1) * 60,
            resume_within_s: RESUME_WITHIN_S,
            rewind_s: REWIND_S,
        }
    }
}

async fn all(app: &App, clusters: Vec<Cluster>, now: DateTime<Utc>) -> Result<usize, Error> {
    let transaction = app.begin().await?;
    let known = Known::of(&transaction, &clusters).await?;
    let mut moves = Moves::default();
    let mut moved = 0;
    for cluster in &clusters {
        let (airtime, actions) = step(&known, cluster, now);
        let text = if airtime.is_idle() { String::new() } else { serde_json::to_string(&airtime)? };
        let row = cluster::Entity::update_many()
            .col_expr(Column::Airtime, Expr::value(text))
            .col_expr(Column::WakesAt, Expr::value(wakes_at(&airtime, cluster, now)))
            .col_expr(Column::AirtimeVersion, Expr::col(Column::AirtimeVersion).add(1));
        let same = row.filter(Column::Id.eq(cluster.id)).filter(Column::AirtimeVersion.eq(cluster.airtime_version));
        if same.exec(&transaction).await?.rows_affected == 0 {
            continue; // another node was quicker, or something was planned meanwhile: it is looked at again
        }
        moved += 1;
        for action in actions {
            moves.take(&known, cluster, &action);
        }
    }
    moves.write(app, &transaction, &known, now).await?;
    app.commit(transaction).await?;
    Ok(moved)
}

/// What one cluster's airtime makes of this moment. Pure.
fn step(known: &Known, cluster: &Cluster, now: DateTime<Utc>) -> (Airtime, Vec<Action>) {
    let rules = known.rules(cluster);
    let kept: Option<Airtime> = serde_json::from_str(&cluster.airtime).ok();
    let mut airtime = kept.map_or_else(|| Airtime::new(rules.clone(), now), |kept| kept.under(rules.clone()));
    let mut actions = Vec::new();
    for play in known.plays.get(&cluster.id).into_iter().flatten() {
        let Some(airing) = known.airings.get(&play.airing) else { continue };
        let item = airing.item(play.number);
        let ready = known.bulletins.get(&airing.bulletin).is_some_and(Bulletin::is_ready);
        if airing.state == airing::State::Stopped || (play.state == play::State::Planned && !ready) {
            // Approval that was lost between a plan and its minute stops it here, whatever else went wrong.
            let withdrawn = airtime.withdraw(item.id, now);
            actions.push(withdrawn.unwrap_or(Action::Withdrawn { item: item.id, played_s: 0 }));
        } else if play.state == play::State::Planned {
            airtime.add(item);
        }
    }
    actions.extend(airtime.tick(now, cluster.is_here(now)));
    (airtime, actions)
}

/// When it wants to be asked again. While something is on air, that the device goes away is noticed, too.
fn wakes_at(airtime: &Airtime, cluster: &Cluster, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let gone = airtime.on_air().and(cluster.last_seen).map(|seen| seen + TimeDelta::seconds(GONE_AFTER_S + 1));
    // Never in the past, or a look would find it again and again.
    airtime.wakes_at().into_iter().chain(gone).min().map(|at| std::cmp::max(at, now + TimeDelta::milliseconds(500)))
}
