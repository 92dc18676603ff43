//! After a restore: the database does not know what went out since the backup was made, so nothing that is planned in it goes by
//! itself. A person says of each whether it goes; what was being sent then is unknown, as after any interruption, and is looked up.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder};

use super::resolving::Decision;
use super::{Column, Delivery, Entity, State, Why, moving};
use crate::base::{App, By, Who, fact};
use crate::channels::rights::{self, APPROVERS, KEEPERS, Verb};
use crate::people::{Notice, Words, grant};
use crate::web::Error;

/// Holds everything that waits, also what waits for its account (it would go on with it), and tells those who can decide. The
/// second time does nothing. // recorded by the fact of the restore
///
/// # Errors
/// The database failed.
pub async fn hold_all(app: &App, recorded: &fact::Model) -> anyhow::Result<()> {
    let by = By::system();
    let told = |error| anyhow::anyhow!("{error:?}");
    let transaction = app.begin().await?;
    moving::all(app, &transaction, Condition::all(), (State::Queued, State::Held), Why::Restored, &by).await.map_err(told)?;
    let stopped = Condition::all().add(Column::Why.is_in([Why::AccountPaused, Why::AccountDead]));
    moving::all(app, &transaction, stopped, (State::Held, State::Held), Why::Restored, &by).await.map_err(told)?;
    app.commit(transaction).await?;
    let held = held().all(&app.db).await?;
    let mut counts: HashMap<Uuid, usize> = HashMap::new();
    for row in &held {
        *counts.entry(row.agency).or_default() += 1;
    }
    for (agency, count) in counts {
        let roles = [APPROVERS, KEEPERS].concat();
        let name = count.to_string();
        let words = Words { key: "notice-channels-restored", name: &name, href: "/desk/channels/pieces?show=stuck" };
        for person in grant::Model::people_in(&app.db, &roles, agency).await? {
            Notice::tell(app, recorded, person, words).await?;
        }
    }
    Ok(())
}

/// How many wait for a person since a restore, for `lantoa doctor`.
///
/// # Errors
/// The database failed.
pub async fn count(on: &impl ConnectionTrait) -> Result<u64, DbErr> {
    held().count(on).await
}

fn held() -> Select<Entity> {
    Entity::find().filter(Column::State.eq(State::Held)).filter(Column::Why.eq(Why::Restored))
}

/// What waits for this person since a restore; none where they may not decide.
///
/// # Errors
/// The database failed.
pub async fn count_for(on: &impl ConnectionTrait, who: &Who) -> Result<u64, DbErr> {
    match who.agency.filter(|agency| rights::may(who, Verb::Write, *agency)) {
        Some(agency) => held().filter(Column::Agency.eq(agency)).count(on).await,
        None => Ok(0),
    }
}

/// Decides about all that the person's agency has held since a restore, each by itself and with its own entry in the ledger. Returns
/// about how many; what somebody decided meanwhile stays as they said.
///
/// # Errors
/// Forbidden to others; refused with what is missing; or the database failed.
pub async fn decide_all(app: &App, who: &Who, decision: &Decision) -> Result<usize, Error> {
    let agency = rights::own_agency(who)?;
    rights::require(who, Verb::Write, agency)?;
    let mut decided = 0;
    for row in held().filter(Column::Agency.eq(agency)).order_by_asc(Column::Id).all(&app.db).await? {
        match Delivery::decide(app, who, (row.piece, row.id), decision, row.version).await {
            Ok(()) => decided += 1,
            Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(decided)
}
