//! What follows from a message: the row, and with it what is known of the cluster, the order and the play that it speaks of.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::reading::Read;
use super::{Incoming, Kind, Refusal, Verdict, put};
use crate::base::{App, By, Fact};
use crate::loudspeakers::cluster::{self, Cluster, Column};
use crate::loudspeakers::{order, play, telling_devices};
use crate::web::Error;

/// An order to stop is said for about so long until it is given up; only then another is made.
const TOLD_S: i64 = 60;

/// Takes a message that was understood.
pub(super) async fn taken(app: &App, incoming: &Incoming<'_>, cluster: Cluster, read: Read) -> Result<Verdict, Error> {
    let now = app.clock.now();
    let row = super::taken(incoming, &cluster, &read, now);
    let transaction = app.begin().await?;
    if !put(&transaction, &row).await? {
        transaction.rollback().await?;
        return refused(app, incoming, Some(&cluster), Refusal::Replayed, read.id).await;
    }
    seen(app, &transaction, incoming, &cluster, &read).await?;
    match incoming.kind {
        Kind::Acknowledgement => acknowledged(&transaction, &cluster, &read, now).await?,
        Kind::Report => {
            if let Ok(airing) = read.about.parse::<Uuid>() {
                play::look_again(&transaction, cluster.id, Some(airing), now).await?;
            }
        }
        Kind::Power => play::look_again(&transaction, cluster.id, None, now).await?,
        Kind::Heartbeat => silence(&transaction, &cluster, &read, now).await?,
        Kind::Offline => {}
    }
    // A heartbeat is no reason to forget what every node worked out: nobody is woken by it.
    match incoming.kind {
        Kind::Heartbeat => transaction.commit().await?,
        _ => app.commit(transaction).await?,
    }
    Ok(Verdict::Taken)
}

/// Refuses one: its words are kept, and a known cluster's page says what is wrong with it.
pub(super) async fn refused(
    app: &App,
    incoming: &Incoming<'_>,
    cluster: Option<&Cluster>,
    refusal: Refusal,
    says: String,
) -> Result<Verdict, Error> {
    let now = app.clock.now();
    tracing::warn!(device = incoming.device, kind = ?incoming.kind, refusal = refusal.code(), says, "a message of a device is refused");
    metrics::counter!("lantoa_loudspeaker_messages_refused_total", "why" => refusal.code()).increment(1);
    let transaction = app.begin().await?;
    let mut is_told = false;
    put(&transaction, &super::refused(incoming, cluster, refusal, &says, now)).await?;
    // What is no news is no fact: a device that repeats itself would fill the ledger.
    if let Some(cluster) = cluster.filter(|one| one.trouble != refusal.code() && refusal != Refusal::OutOfService) {
        let row = cluster::Entity::update_many()
            .col_expr(Column::Trouble, Expr::value(refusal.code()))
            .col_expr(Column::TroubleAt, Expr::value(Some(now)));
        let done = row.filter(Column::Id.eq(cluster.id)).filter(Column::Trouble.ne(refusal.code())).exec(&transaction).await?;
        if done.rows_affected > 0 {
            let fact = Fact::LoudClusterTroubled { name: cluster.name.clone(), cause: refusal.code().into() };
            app.record(&transaction, cluster.id, fact, &By::system()).await?;
            is_told = true;
        }
    }
    // One that babbles wakes nobody, and makes no node forget what it worked out.
    if is_told {
        app.commit(transaction).await?;
    } else {
        transaction.commit().await?;
    }
    Ok(Verdict::Refused(refusal, says))
}

/// What is known of the cluster from now on.
async fn seen(app: &App, on: &DatabaseTransaction, incoming: &Incoming<'_>, cluster: &Cluster, read: &Read) -> Result<(), Error> {
    let now = app.clock.now();
    let kind = incoming.kind;
    let mut row = cluster::Entity::update_many().filter(Column::Id.eq(cluster.id));
    row = match kind {
        Kind::Offline => row.col_expr(Column::LastSeen, Expr::value(Option::<DateTimeUtc>::Some(gone_since(now)))),
        _ => row.col_expr(Column::LastSeen, Expr::value(Some(now))),
    };
    if cluster.speaks != Some(incoming.how) {
        row = row.col_expr(Column::Speaks, Expr::value(Some(incoming.how)));
    }
    if kind == Kind::Heartbeat {
        let playing = if read.active == Some(false) { String::new() } else { read.about.clone() };
        row = row.col_expr(Column::Playing, Expr::value(playing));
        if let Some(volume) = read.volume {
            row = row.col_expr(Column::SaidVolume, Expr::value(Some(volume)));
        }
        for (column, value) in [(Column::Firmware, &read.firmware), (Column::Connection, &read.connection)] {
            if let Some(value) = value {
                row = row.col_expr(column, Expr::value(value.clone()));
            }
        }
        // Whoever is understood again has no wrong clock any more. That it lied is another matter.
        if !cluster.trouble.is_empty() && cluster.trouble != "lies" {
            row = row
                .col_expr(Column::Trouble, Expr::value(""))
                .col_expr(Column::TroubleAt, Expr::value(Option::<DateTimeUtc>::None));
        }
    }
    let lost = match (kind, read.active) {
        (Kind::Power, Some(false)) => Some(read.at.unwrap_or(now)),
        (Kind::Power, _) => None,
        // On its battery a device is heard and plays nothing; what draws power or plays has power.
        (Kind::Heartbeat, Some(true)) => None,
        (Kind::Heartbeat, _) if read.power_mw.is_some_and(|drawn| drawn > 0) => None,
        _ => cluster.power_lost_at,
    };
    if lost != cluster.power_lost_at {
        row = row.col_expr(Column::PowerLostAt, Expr::value(lost));
        if lost.is_some() != cluster.power_lost_at.is_some() {
            let fact = Fact::LoudClusterPower { name: cluster.name.clone(), lost: lost.is_some() };
            app.record(on, cluster.id, fact, &By::system()).await?;
        }
    }
    let was_here = cluster.is_here(now);
    let is_here = kind != Kind::Offline && lost.is_none();
    if was_here != is_here && !cluster.airtime.is_empty() {
        row = row.col_expr(Column::WakesAt, Expr::value(Some(now)));
    }
    row.exec(on).await?;
    Ok(())
}

/// A device that says that it plays what was stopped or given up meanwhile is told to stop: it was away when the others were told, or
/// the broker gave it an old order when it came back.
async fn silence(on: &DatabaseTransaction, cluster: &Cluster, read: &Read, now: DateTimeUtc) -> Result<(), Error> {
    let (Some(true), Ok(airing)) = (read.active, read.about.parse::<Uuid>()) else { return Ok(()) };
    let over = [play::State::Withdrawn, play::State::Missed, play::State::Cut];
    let of = play::Entity::find().filter(play::Column::Airing.eq(airing)).filter(play::Column::Cluster.eq(cluster.id));
    let Some(play) = of.filter(play::Column::State.is_in(over)).one(on).await? else { return Ok(()) };
    // While it may still have been told, it is not told again.
    let told = order::Entity::find()
        .filter(order::Column::Play.eq(play.id))
        .filter(order::Column::Kind.eq(order::Kind::Stop))
        .filter(order::Column::MadeAt.gt(now - chrono::TimeDelta::seconds(TOLD_S)));
    if told.one(on).await?.is_none() {
        telling_devices::put(on, vec![telling_devices::stop(&play, now)?]).await?;
    }
    Ok(())
}

/// So long ago that the device counts as gone.
fn gone_since(now: DateTimeUtc) -> DateTimeUtc {
    now - chrono::TimeDelta::seconds(cluster::GONE_AFTER_S)
}

async fn acknowledged(on: &DatabaseTransaction, cluster: &Cluster, read: &Read, now: DateTimeUtc) -> Result<(), Error> {
    let Ok(id) = read.about.parse::<Uuid>() else { return Ok(()) };
    if read.active == Some(false) {
        let row = order::Entity::update_many()
            .col_expr(order::Column::State, Expr::value(order::State::Failed))
            .col_expr(order::Column::Says, Expr::value(read.says.clone()))
            .col_expr(order::Column::Version, Expr::col(order::Column::Version).add(1));
        let own = row.filter(order::Column::Id.eq(id)).filter(order::Column::Cluster.eq(cluster.id));
        own.filter(order::Column::State.is_in([order::State::Waiting, order::State::Sent])).exec(on).await?;
        return Ok(());
    }
    order::acknowledged(on, cluster.id, id, now).await?;
    Ok(())
}
