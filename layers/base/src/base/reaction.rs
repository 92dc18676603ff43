//! The outbox: which facts still wait for what they set in motion. Several nodes may work on it at once;
//! a node that dies leaves its lease to run out, and the fact is answered by another. So an answer may be
//! given twice and must then do no harm.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, LockBehavior, LockType};
use sea_orm::{ActiveValue::Set, Condition, QueryOrder, QuerySelect, QueryTrait};

use super::{App, fact};

/// What `reactions.rs` offers: answers one fact.
pub type React = for<'a> fn(&'a App, &'a fact::Model, fact::Fact) -> BoxFuture<'a, anyhow::Result<()>>;

const BATCH: u64 = 50;
const LEASE_S: i64 = 60;
const ATTEMPTS_MAX: i32 = 12;
const POLL_S: u64 = 2;

/// One fact that waits (or waited) for its answer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reaction")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub fact: Uuid,
    pub run_at: DateTimeUtc,
    pub leased_until: Option<DateTimeUtc>,
    pub attempts: i32,
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
    pub done_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Notes, in the caller's transaction, that the fact wants an answer.
pub(super) async fn expect(on: &impl ConnectionTrait, fact: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = ActiveModel { fact: Set(fact), run_at: Set(now), attempts: Set(0), ..Default::default() };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// Answers what waits, for as long as the node runs.
pub async fn keep_up(app: App, react: React) {
    loop {
        let rung = app.wake.notified();
        match work(&app, react).await {
            Ok(0) => {
                tokio::select! { () = rung => {}, () = tokio::time::sleep(Duration::from_secs(POLL_S)) => {} }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "reactions can not reach the database; trying again");
                tokio::time::sleep(Duration::from_secs(POLL_S)).await;
            }
        }
    }
}

/// Takes one batch of waiting facts and answers each. Returns how many were taken.
///
/// # Errors
/// The database failed.
pub async fn work(app: &App, react: React) -> Result<usize, DbErr> {
    let taken = take(app).await?;
    for row in &taken {
        answer(app, row, react).await?;
    }
    Ok(taken.len())
}

async fn take(app: &App) -> Result<Vec<Model>, DbErr> {
    let now = app.clock.now();
    let free = Condition::any().add(Column::LeasedUntil.is_null()).add(Column::LeasedUntil.lt(now));
    let due = Entity::find()
        .select_only()
        .column(Column::Fact)
        .filter(Column::DoneAt.is_null())
        .filter(Column::RunAt.lte(now))
        .filter(Column::Attempts.lt(ATTEMPTS_MAX))
        .filter(free)
        .order_by_asc(Column::RunAt)
        .limit(BATCH)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    if Entity::find().filter(Column::DoneAt.is_null()).filter(Column::RunAt.lte(now)).one(&app.db).await?.is_none() {
        return Ok(Vec::new()); // spares SQLite its write lock when there is nothing to do
    }
    Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(now + TimeDelta::seconds(LEASE_S)))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Fact.in_subquery(due.into_query()))
        .exec_with_returning(&app.db)
        .await
}

async fn answer(app: &App, row: &Model, react: React) -> Result<(), DbErr> {
    let Some(recorded) = fact::Entity::find_by_id(row.fact).one(&app.db).await? else { return Ok(()) };
    let outcome = match recorded.fact() {
        // A panic is this answer's failure alone: the node goes on with the others.
        Some(fact) => unpanicked(react(app, &recorded, fact)).await,
        None => Err(anyhow::anyhow!("this version does not know the kind {}", recorded.kind)),
    };
    let now = app.clock.now();
    let mut update = Entity::update_many().filter(Column::Fact.eq(row.fact));
    match outcome {
        Ok(()) => update = update.col_expr(Column::DoneAt, Expr::value(now)),
        Err(error) => {
            tracing::error!(fact = %row.fact, kind = %recorded.kind, attempt = row.attempts, error = %format!("{error:#}"), "a reaction failed");
            metrics::counter!("lantoa_reactions_failed_total").increment(1);
            update = update
                .col_expr(Column::RunAt, Expr::value(now + backoff(row.attempts)))
                .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
                .col_expr(Column::Error, Expr::value(format!("{error:#}")));
        }
    }
    update.exec(&app.db).await.map(|_| ())
}

/// Work of a reaction or a chore, with a panic turned into a failure.
pub(super) async fn unpanicked(work: BoxFuture<'_, anyhow::Result<()>>) -> anyhow::Result<()> {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|cause| {
        let words = cause.downcast_ref::<&str>().map(|words| (*words).to_owned());
        let words = words.or_else(|| cause.downcast_ref::<String>().cloned());
        Err(anyhow::anyhow!("panicked: {}", words.unwrap_or_else(|| "without words".into())))
    })
}

/// 2 s, 4 s, 8 s … at most an hour.
fn backoff(attempts: i32) -> TimeDelta {
    let seconds = 2_i64.pow(attempts.clamp(1, 12).unsigned_abs());
    TimeDelta::seconds(if seconds > 3600 { 3600 } else { seconds })
}

/// Whether a fact was answered.
///
/// # Errors
/// The database failed.
pub async fn is_answered(on: &impl ConnectionTrait, fact: Uuid) -> Result<bool, DbErr> {
    Ok(Entity::find_by_id(fact).one(on).await?.is_none_or(|row| row.done_at.is_some()))
}

/// Facts whose answer was given up, for `lantoa doctor` and the metrics.
///
/// # Errors
/// The database failed.
pub async fn given_up(on: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::find().filter(Column::DoneAt.is_null()).filter(Column::Attempts.gte(ATTEMPTS_MAX)).count(on).await
}

/// Facts that still wait.
///
/// # Errors
/// The database failed.
pub async fn waiting(on: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::find().filter(Column::DoneAt.is_null()).filter(Column::Attempts.lt(ATTEMPTS_MAX)).count(on).await
}
