//! From an airtime's actions to rows: plays that moved, and orders. Grouped, so that a thousand clusters that do the same cost a few
//! statements. // recorded by the airing's facts

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use loudspeakers::schedule::{Action, Why};
use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::Known;
use crate::base::App;
use crate::loudspeakers::cluster::Cluster;
use crate::loudspeakers::order;
use crate::loudspeakers::play::{Column, Entity, Play, State};
use crate::loudspeakers::telling_devices;
use crate::web::Error;

/// How long after its end a play is judged: reports are on their way.
pub const JUDGED_AFTER_S: i64 = 120;
/// What follows a stop is said a moment later: messages on two topics may overtake each other.
const AFTER_STOP_S: i64 = 2;
const CHUNK: usize = 400;

/// What many plays become at once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Became {
    state: State,
    from_s: u32,
    why: &'static str,
}

/// What is to be written after a step of many clusters.
#[derive(Default)]
pub struct Moves {
    became: HashMap<Became, Vec<Uuid>>,
    begins: Vec<(Play, u32, bool)>,
    stops: Vec<Play>,
    stopped: HashSet<Uuid>,
}

impl Moves {
    /// Notes an action of a cluster.
    pub(super) fn take(&mut self, known: &Known, cluster: &Cluster, action: &Action) {
        let (number, became) = match *action {
            Action::Play { item, from_s } => (item, Became { state: State::OnAir, from_s, why: "" }),
            Action::Stop { item, at_s } => (item, Became { state: State::Broken, from_s: at_s, why: "" }),
            Action::Lost { item, at_s } => (item, Became { state: State::Lost, from_s: at_s, why: "" }),
            Action::Finished { item, .. } => (item, Became { state: State::Finished, from_s: 0, why: "" }),
            Action::Cut { item, played_s } => (item, Became { state: State::Cut, from_s: played_s, why: "" }),
            Action::Missed { item, why } => (item, Became { state: State::Missed, from_s: 0, why: word(why) }),
            Action::Withdrawn { item, played_s } => (item, Became { state: State::Withdrawn, from_s: played_s, why: "" }),
        };
        let of = known.plays.get(&cluster.id).into_iter().flatten();
        let Some(play) = of.into_iter().find(|one| u64::try_from(one.number) == Ok(number)) else { return };
        match became.state {
            State::OnAir => self.begins.push((play.clone(), became.from_s, self.stopped.contains(&cluster.id))),
            State::Withdrawn if play.state == State::OnAir => {
                self.stops.push(play.clone());
                self.stopped.insert(cluster.id);
            }
            _ => {}
        }
        self.became.entry(became).or_default().push(play.id);
    }

    /// Writes it all.
    pub(super) async fn write(self, app: &App, on: &DatabaseTransaction, known: &Known, now: DateTime<Utc>) -> Result<(), Error> {
        for (became, ids) in &self.became {
            for some in ids.chunks(CHUNK) {
                moved(on, became, some, now).await?;
                if became.state != State::OnAir {
                    cancel(on, some).await?;
                }
            }
        }
        let mut orders = Vec::new();
        for play in &self.stops {
            orders.push(telling_devices::stop(play, now)?);
        }
        let ahead = self.ahead(on).await?;
        let mut due = Vec::new();
        for (play, from_s, after_stop) in &self.begins {
            let Some(airing) = known.airings.get(&play.airing) else { continue };
            let Some(bulletin) = known.bulletins.get(&airing.bulletin) else { continue };
            match ahead.get(&play.id) {
                Some(order) if *from_s == 0 && !after_stop => due.push(*order),
                _ => {
                    let at = if *after_stop { now + TimeDelta::seconds(AFTER_STOP_S) } else { now };
                    orders.push(telling_devices::play(app, bulletin, airing, play, (*from_s, at), now)?);
                }
            }
        }
        for some in due.chunks(CHUNK) {
            release(on, some, now).await?;
        }
        telling_devices::put(on, orders).await?;
        Ok(())
    }

    /// The orders that were made ahead for what begins now, by play.
    async fn ahead(&self, on: &DatabaseTransaction) -> Result<HashMap<Uuid, Uuid>, DbErr> {
        let mut found = HashMap::new();
        for some in self.begins.chunks(CHUNK) {
            let of = order::Entity::find()
                .filter(order::Column::Play.is_in(some.iter().map(|(play, ..)| play.id)))
                .filter(order::Column::State.eq(order::State::Planned));
            found.extend(of.all(on).await?.into_iter().filter_map(|one| Some((one.play?, one.id))));
        }
        Ok(found)
    }
}

const fn word(why: Why) -> &'static str {
    match why {
        Why::DeviceGone => "device_gone",
        Why::QuietHours => "quiet_hours",
        Why::Busy => "busy",
    }
}

async fn moved(on: &DatabaseTransaction, became: &Became, ids: &[Uuid], now: DateTime<Utc>) -> Result<(), DbErr> {
    let mut row = Entity::update_many()
        .col_expr(Column::State, Expr::value(became.state))
        .col_expr(Column::FromS, Expr::value(i32::try_from(became.from_s).unwrap_or(i32::MAX)))
        .col_expr(Column::Why, Expr::value(became.why))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.is_in(ids.iter().copied()));
    if became.state.is_over() {
        // What was never begun needs no report to be waited for.
        let judged = if became.state == State::Missed { now } else { now + TimeDelta::seconds(JUDGED_AFTER_S) };
        row = row.col_expr(Column::EndedAt, Expr::value(Some(now))).col_expr(Column::JudgeAt, Expr::value(Some(judged)));
    }
    row.exec(on).await?;
    if became.state == State::OnAir {
        let first = Entity::update_many().col_expr(Column::BegunAt, Expr::value(Some(now)));
        first.filter(Column::Id.is_in(ids.iter().copied())).filter(Column::BegunAt.is_null()).exec(on).await?;
    }
    Ok(())
}

async fn cancel(on: &DatabaseTransaction, plays: &[Uuid]) -> Result<(), DbErr> {
    let row = order::Entity::update_many()
        .col_expr(order::Column::State, Expr::value(order::State::Cancelled))
        .col_expr(order::Column::Version, Expr::col(order::Column::Version).add(1))
        .filter(order::Column::Play.is_in(plays.iter().copied()))
        .filter(order::Column::Kind.eq(order::Kind::Play))
        .filter(order::unheard());
    row.exec(on).await.map(|_| ())
}

async fn release(on: &DatabaseTransaction, orders: &[Uuid], now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = order::Entity::update_many()
        .col_expr(order::Column::State, Expr::value(order::State::Waiting))
        .col_expr(order::Column::DueAt, Expr::value(now))
        .col_expr(order::Column::ExpiresAt, Expr::value(now + TimeDelta::seconds(60)))
        .col_expr(order::Column::Version, Expr::col(order::Column::Version).add(1))
        .filter(order::Column::Id.is_in(orders.iter().copied()))
        .filter(order::Column::State.eq(order::State::Planned));
    row.exec(on).await.map(|_| ())
}
