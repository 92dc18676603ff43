//! What arrived holds names and words of people: it is not kept for ever. // recorded by nobody: the chore is the rule

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;

use super::{arrival, distrust};
use crate::base::{App, Chore};

/// So long a call and its body are kept, in days.
pub const KEPT_D: i64 = 90;

#[must_use]
pub fn chore() -> Chore {
    Chore { name: "channel-arrivals", every_s: 3_600, work: |app| Box::pin(clear(app)) }
}

/// Removes what is older.
///
/// # Errors
/// The database failed.
pub async fn clear(app: &App) -> anyhow::Result<()> {
    let until = app.clock.now() - TimeDelta::days(KEPT_D);
    arrival::Entity::delete_many().filter(arrival::Column::LastAt.lt(until)).exec(&app.db).await?;
    distrust::Entity::delete_many().filter(distrust::Column::LastAt.lt(until)).exec(&app.db).await?;
    Ok(())
}
