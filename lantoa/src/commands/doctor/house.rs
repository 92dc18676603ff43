//! What the tables say: a province, an administrator, work that is kept up with, seals that hold.

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::{QuerySelect, QueryTrait};

use super::finding::{Area, Finding, State};
use crate::base::restored::{self, Standing};
use crate::base::{App, Role, chore, reaction, seal, time};
use crate::channels::account;
use crate::channels::delivery::holding;
use crate::people::{agency, grant, person};

/// Work that has waited this long waits for a server that does not run.
const KEPT_UP_MIN: i64 = 10;

fn new(state: State, key: &'static str) -> Finding {
    Finding::new(Area::House, state, key)
}

pub async fn examine(app: &App) -> Vec<Finding> {
    let work = [reactions(app).await, chores(app).await, channels(app).await, restored(app).await];
    let looked = [province(app).await, administrators(app).await].into_iter().chain(work).chain([seals(app).await]);
    let said = |error: DbErr| vec![new(State::Broken, "doctor-house-unreadable").with("cause", error)];
    looked.into_iter().flat_map(|found| found.map_or_else(said, |finding| vec![finding])).collect()
}

async fn province(app: &App) -> Result<Finding, DbErr> {
    let agencies = agency::Entity::find().count(&app.db).await?;
    let (state, key) =
        if agencies > 0 { (State::Good, "doctor-province-there") } else { (State::Warning, "doctor-province-none") };
    Ok(new(state, key).with("count", agencies))
}

async fn administrators(app: &App) -> Result<Finding, DbErr> {
    let able = person::Entity::find().select_only().column(person::Column::Id).filter(person::Column::DisabledAt.is_null());
    let count = grant::Entity::find()
        .filter(grant::Column::Role.eq(Role::SystemAdministrator.code()))
        .filter(grant::Column::Person.in_subquery(able.into_query()))
        .count(&app.db)
        .await?;
    let (state, key) =
        if count > 0 { (State::Good, "doctor-administrator-there") } else { (State::Warning, "doctor-administrator-none") };
    Ok(new(state, key).with("count", count))
}

async fn reactions(app: &App) -> Result<Finding, DbErr> {
    let given_up = reaction::given_up(&app.db).await?;
    if given_up > 0 {
        return Ok(new(State::Broken, "doctor-reactions-given-up").with("count", given_up));
    }
    let since = app.clock.now() - TimeDelta::minutes(KEPT_UP_MIN);
    let waiting = reaction::Entity::find()
        .filter(reaction::Column::DoneAt.is_null())
        .filter(reaction::Column::RunAt.lt(since))
        .count(&app.db)
        .await?;
    let (state, key) =
        if waiting == 0 { (State::Good, "doctor-reactions-answered") } else { (State::Warning, "doctor-reactions-waiting") };
    Ok(new(state, key).with("count", waiting))
}

async fn chores(app: &App) -> Result<Finding, DbErr> {
    let rows = chore::Entity::find().all(&app.db).await?;
    if let Some((name, cause)) = rows.iter().find_map(|row| Some((&row.name, row.error.as_ref()?))) {
        return Ok(new(State::Broken, "doctor-chores-failing").with("name", name).with("cause", cause));
    }
    let since = app.clock.now() - TimeDelta::minutes(KEPT_UP_MIN);
    if rows.is_empty() || rows.iter().any(|row| row.next_at < since) {
        return Ok(new(State::Warning, "doctor-chores-waiting"));
    }
    Ok(new(State::Good, "doctor-chores-done").with("count", rows.len()))
}

/// Accounts that a platform lets in no more: their agencies were told, who runs the server sees them here.
async fn channels(app: &App) -> Result<Finding, DbErr> {
    let all = account::Entity::find().count(&app.db).await?;
    let dead = account::Entity::find().filter(account::Column::State.eq(account::State::Dead)).all(&app.db).await?;
    if dead.is_empty() {
        return Ok(new(State::Good, "doctor-channels-alive").with("count", all));
    }
    let names: Vec<String> = dead.iter().map(account::Account::label).collect();
    Ok(new(State::Warning, "doctor-channels-dead").with("count", dead.len()).with("names", names.join(", ")))
}

/// Whether the database is the one that was worked with last; after a restore, what still waits for a person.
async fn restored(app: &App) -> Result<Finding, DbErr> {
    let standing = match restored::standing(app).await {
        Ok(standing) => standing,
        Err(error) => return Ok(new(State::Broken, "doctor-restore-unreadable").with("cause", format!("{error:#}"))),
    };
    Ok(match standing {
        Standing::None => new(State::Good, "doctor-restore-none"),
        Standing::Unnoticed => new(State::Warning, "doctor-restore-unnoticed"),
        Standing::Held => new(State::Broken, "doctor-restore-unanswered"),
        Standing::Answered(at) => {
            let count = holding::count(&app.db).await?;
            let (state, key) =
                if count == 0 { (State::Good, "doctor-restore-decided") } else { (State::Warning, "doctor-restore-waits") };
            new(state, key).with("count", count).with("at", time::minute(at))
        }
    })
}

async fn seals(app: &App) -> Result<Finding, DbErr> {
    let verdict = seal::verify(app).await?;
    if verdict.broken.is_empty() {
        return Ok(new(State::Good, "doctor-seals-hold").with("seals", verdict.seals).with("facts", verdict.facts));
    }
    let numbers: Vec<String> = verdict.broken.iter().map(ToString::to_string).collect();
    Ok(new(State::Broken, "doctor-seals-broken").with("numbers", numbers.join(", ")))
}
