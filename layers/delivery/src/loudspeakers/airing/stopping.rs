//! Stopping an airing, before it begins or while it plays. What it had broken off goes on by itself.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::{Airing, Column, Entity, State, booking, planning};
use crate::base::{App, By, Fact, Who};
use crate::loudspeakers::bulletin::Bulletin;
use crate::loudspeakers::cluster::Cluster;
use crate::loudspeakers::play;
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::{cluster, order, telling_devices};
use crate::news::article::reviewing::reason;
use crate::web::Error;

impl Airing {
    /// Whether it can still be stopped.
    #[must_use]
    pub fn is_stoppable(&self) -> bool {
        self.state == State::Planned
    }

    /// Stops it, with a reason.
    ///
    /// # Errors
    /// Forbidden to others (who released an emergency, or planned it, may); refused without a reason; stale when it is over or was
    /// stopped; or the database failed.
    pub async fn stop(app: &App, who: &Who, id: Uuid, why: &str, seen: i32) -> Result<(), Error> {
        let airing = Self::find_for(app, who, id).await?;
        if ![airing.made_by, airing.released_by].contains(&Some(who.person)) {
            rights::require(who, Verb::Stop, airing.agency)?;
        }
        if airing.version != seen {
            return Err(Error::Stale);
        }
        let why = reason(why, "why", "channel-needs-why")?;
        let transaction = app.begin().await?;
        if !airing.end(app, &transaction, &By::from(who).because(why)).await? {
            return Err(Error::Stale);
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// Ends it within a transaction, with the reason that `by` gives; false when it was over already.
    ///
    /// # Errors
    /// The database failed.
    pub async fn end(&self, app: &App, on: &DatabaseTransaction, by: &By) -> Result<bool, Error> {
        let row = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Stopped))
            .col_expr(Column::Notice, Expr::value(by.why.clone().unwrap_or_default()))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1));
        let open = row.filter(Column::Id.eq(self.id)).filter(Column::State.is_in([State::Planned, State::Proposed]));
        if open.exec(on).await?.rows_affected == 0 {
            return Ok(false);
        }
        booking::Entity::delete_many().filter(booking::Column::Airing.eq(self.id)).exec(on).await?;
        let plays = play::Entity::find().filter(play::Column::Airing.eq(self.id)).all(on).await?;
        let open: Vec<Uuid> = plays.iter().filter(|one| !one.state.is_over()).map(|one| one.cluster).collect();
        let of: Vec<Uuid> = plays.iter().map(|one| one.id).chain([self.id]).collect();
        for some in of.chunks(400) {
            let row = order::Entity::update_many()
                .col_expr(order::Column::State, Expr::value(order::State::Cancelled))
                .col_expr(order::Column::Version, Expr::col(order::Column::Version).add(1))
                .filter(order::Column::Play.is_in(some.iter().copied()))
                .filter(order::unheard());
            row.exec(on).await?;
        }
        let stopped = planning::count(open.len());
        planning::wake(on, open, app.clock.now()).await?;
        self.clear_boards(app, on).await?;
        app.record(on, self.id, Fact::AiringStopped { title: self.title.clone(), clusters: stopped }, by).await?;
        Ok(true)
    }

    /// Boards that were told to show it are told that it is over.
    async fn clear_boards(&self, app: &App, on: &DatabaseTransaction) -> Result<(), Error> {
        let told = order::Entity::find()
            .filter(order::Column::Play.eq(self.id))
            .filter(order::Column::Kind.eq(order::Kind::Board))
            .filter(order::Column::State.is_in([order::State::Sent, order::State::Acknowledged]))
            .all(on)
            .await?;
        if told.is_empty() {
            return Ok(());
        }
        let bulletin = Bulletin::find(on, self.bulletin).await?;
        let boards: Vec<Cluster> =
            cluster::Entity::find().filter(cluster::Column::Id.is_in(told.iter().map(|one| one.cluster))).all(on).await?;
        let now = app.clock.now();
        let off = boards
            .iter()
            .map(|board| telling_devices::board(app, &bulletin, self, board, false, now))
            .collect::<Result<_, _>>()?;
        telling_devices::put(on, off).await?;
        Ok(())
    }
}

/// Ends what has not begun, and what plays, of a bulletin; how many airings.
///
/// # Errors
/// The database failed.
pub async fn end_all(app: &App, on: &DatabaseTransaction, bulletin: Uuid, by: &By) -> Result<u32, Error> {
    let mut ended = 0;
    for airing in Airing::of_bulletin(on, bulletin).await? {
        if airing.end(app, on, by).await? {
            ended += 1;
        }
    }
    Ok(ended)
}

/// Ends every airing of the province that has not begun: the database was put back from a backup, and nobody knows what was aired since.
/// A person plans what is still wanted. Returns how many.
///
/// # Errors
/// The database failed.
pub async fn hold_all(app: &App, by: &By) -> anyhow::Result<u32> {
    let waiting = Entity::find().filter(Column::State.is_in([State::Planned, State::Proposed])).all(&app.db).await?;
    let mut ended = 0;
    for airing in waiting {
        let failed = |error: Error| anyhow::anyhow!("{error:?}");
        let transaction = app.begin().await?;
        if airing.end(app, &transaction, by).await.map_err(failed)? {
            ended += 1;
        }
        app.commit(transaction).await?;
    }
    Ok(ended)
}
