//! Things done over and over. A row per chore says when it is next due; the node whose update touches
//! the row has it, so that several nodes share the work without a second queue.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, Condition};

use super::{App, Capability, database, mail, reaction, seal};

const LEASE_S: i64 = 120;
const POLL_S: u64 = 1;

/// A chore: its name, how often, and the work. The work may run twice and must then do no harm.
#[derive(Clone, Copy)]
pub struct Chore {
    pub name: &'static str,
    pub every_s: i64,
    pub work: for<'a> fn(&'a App) -> BoxFuture<'a, anyhow::Result<()>>,
}

/// When a chore is due and how it last went.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "chore")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub next_at: DateTimeUtc,
    pub leased_until: Option<DateTimeUtc>,
    pub done_at: Option<DateTimeUtc>,
    #[sea_orm(nullable)]
    pub error: Option<String>,
    pub took_ms: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The ground's chores and those of every capability.
#[must_use]
pub fn all(capabilities: &[Capability]) -> Vec<Chore> {
    let seal = Chore { name: "seal-facts", every_s: 60, work: |app| Box::pin(seal::seal(app)) };
    let ground = [seal, seal::checking::chore(), mail::delivery::chore(), database::weighing()];
    ground.into_iter().chain(capabilities.iter().flat_map(|capability| (capability.chores)())).collect()
}

/// Does what is due, for as long as the node runs.
pub async fn keep_up(app: App) {
    let chores = all(app.capabilities);
    if let Err(error) = enlist(&app, &chores).await {
        tracing::error!(%error, "chores could not be listed");
    }
    loop {
        for chore in &chores {
            if let Err(error) = turn(&app, chore).await {
                tracing::error!(%error, chore = chore.name, "a chore can not reach the database");
            }
        }
        tokio::time::sleep(Duration::from_secs(POLL_S)).await;
    }
}

/// Makes sure that each chore has its row.
///
/// # Errors
/// The database failed.
pub async fn enlist(app: &App, chores: &[Chore]) -> Result<(), DbErr> {
    for chore in chores {
        let row = ActiveModel { name: Set(chore.name.into()), next_at: Set(app.clock.now()), ..Default::default() };
        let once = OnConflict::column(Column::Name).do_nothing().to_owned();
        Entity::insert(row).on_conflict(once).exec_without_returning(&app.db).await?;
    }
    Ok(())
}

/// Does the chore when it is due and no other node has it. Returns whether it was done here.
///
/// # Errors
/// The database failed; a failing chore is noted in its row instead.
pub async fn turn(app: &App, chore: &Chore) -> Result<bool, DbErr> {
    let now = app.clock.now();
    let due = Entity::find_by_id(chore.name).filter(Column::NextAt.lte(now)).one(&app.db).await?;
    let Some(due) = due else { return Ok(false) };
    let free = Condition::any().add(Column::LeasedUntil.is_null()).add(Column::LeasedUntil.lt(now));
    let taken = Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(now + TimeDelta::seconds(LEASE_S)))
        .filter(Column::Name.eq(chore.name))
        .filter(Column::NextAt.eq(due.next_at))
        .filter(free)
        .exec(&app.db)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(false);
    }
    let outcome = reaction::unpanicked((chore.work)(app)).await;
    if let Err(error) = &outcome {
        tracing::error!(chore = chore.name, error = %format!("{error:#}"), "a chore failed; it runs again when next due");
        metrics::counter!("lantoa_chores_failed_total", "chore" => chore.name).increment(1);
    }
    let done = app.clock.now();
    Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::NextAt, Expr::value(done + TimeDelta::seconds(chore.every_s)))
        .col_expr(Column::DoneAt, Expr::value(done))
        .col_expr(Column::Error, Expr::value(outcome.err().map(|error| format!("{error:#}"))))
        .col_expr(Column::TookMs, Expr::value((done - now).num_milliseconds()))
        .filter(Column::Name.eq(chore.name))
        .exec(&app.db)
        .await?;
    Ok(true)
}
