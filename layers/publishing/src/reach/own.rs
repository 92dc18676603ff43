//! What the product counted itself of an article: views of its page, letters that arrived. Read once a day from every capability that
//! counts, and kept beside what platforms say; no platform is asked here, so it is a chore.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::keeping::{self, Brought};
use super::watch::{self, Column, Entity, Kind};
use crate::base::{App, Chore, copies};
use crate::web::Error;

const EVERY_S: i64 = 120;
const BATCH: u64 = 100;
const LEASE_S: i64 = 300;

#[must_use]
pub fn chore() -> Chore {
    Chore { name: "reach-own", every_s: EVERY_S, work: |app| Box::pin(async move { read(app).await.map_err(watch::whole) }) }
}

/// Reads what is due.
///
/// # Errors
/// The database failed.
pub async fn read(app: &App) -> Result<(), Error> {
    let due = Entity::find().filter(Column::Kind.eq(Kind::Article)).filter(watch::due(app.clock.now()));
    for watch in due.order_by_asc(Column::NextAt).limit(BATCH).all(&app.db).await? {
        let Some(watch) = watch.taken(app, LEASE_S).await? else { continue };
        let counts = copies::counts(app, watch.subject).await?;
        keeping::keep(app, &watch, Brought::counted(&counts)).await?;
    }
    Ok(())
}
