//! Writing down what became of the letters of a batch: a statement for each way it can end, not one for each letter.
//!
//! // recorded by `IssueEnded` with the totals, and by `LettersUnknown`

use chrono::{DateTime, TimeDelta, Utc};
use letters::Outcome;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::batch::{self, Batch};
use super::{Column, Entity, State};
use crate::base::{App, By, Fact};
use crate::newsletters::issue::{self, Issue};

/// A relay that asks to wait is obeyed so often: the last wait ends after more than two days.
const ATTEMPTS_MAX: i32 = 60;
const WAIT_MINUTES_MAX: i64 = 60;
/// At most so many ids in one statement.
const IDS_MAX: usize = 500;
/// So long after its cancellation letters of an issue may come back: a node that was away knows of them when it starts.
const LATE_DAYS: i64 = 7;

/// How a letter of a batch ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Sent,
    Failed(String),
    Unknown(String),
    /// The relay asks to wait.
    Later(String),
    /// Certainly not sent, and nothing was said against it.
    Back,
    /// They left meanwhile.
    Skipped,
}

impl From<Outcome> for End {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Taken(_) => Self::Sent,
            Outcome::Refused(words) => Self::Failed(words),
            Outcome::Unknown(words) => Self::Unknown(words),
            Outcome::Later(words) | Outcome::NotSent(words) => Self::Later(words),
        }
    }
}

/// Writes all ends and closes the batch, in one transaction.
///
/// # Errors
/// The database failed; nothing was written then.
pub async fn settle(app: &App, batch: &Batch, ends: &[(Uuid, End)]) -> Result<(), DbErr> {
    let now = app.clock.now();
    let transaction = app.begin().await?;
    let mut kinds: Vec<&End> = Vec::new();
    for (_, end) in ends {
        if !kinds.contains(&end) {
            kinds.push(end);
        }
    }
    for kind in kinds {
        let of_kind: Vec<Uuid> = ends.iter().filter(|(_, end)| end == kind).map(|(id, _)| *id).collect();
        for ids in of_kind.chunks(IDS_MAX) {
            write(&transaction, batch, kind, ids, now).await?;
        }
    }
    batch::close(app, &transaction, batch.id).await?;
    let unknown = ends.iter().filter(|(_, end)| matches!(end, End::Unknown(_))).count();
    if unknown > 0 {
        let title = Issue::find(&transaction, batch.issue).await.map(|issue| issue.title).unwrap_or_default();
        let fact = Fact::LettersUnknown { title, count: u32::try_from(unknown).unwrap_or(u32::MAX) };
        app.record(&transaction, batch.issue, fact, &By::system()).await?;
        return app.commit(transaction).await;
    }
    // Pages that others keep need not be made anew for each batch.
    transaction.commit().await
}

async fn write(on: &impl ConnectionTrait, batch: &Batch, end: &End, ids: &[Uuid], now: DateTime<Utc>) -> Result<(), DbErr> {
    let rows = Entity::update_many()
        .filter(Column::Issue.eq(batch.issue))
        .filter(Column::Subscriber.is_in(ids.iter().copied()))
        .filter(Column::State.eq(State::Sending))
        .filter(Column::Batch.eq(batch.id));
    let settled = |state: State, words: &str| {
        let rows = rows.clone().col_expr(Column::State, Expr::value(state)).col_expr(Column::SettledAt, Expr::value(now));
        if words.is_empty() { rows } else { rows.col_expr(Column::Says, Expr::value(words)) }
    };
    let change = match end {
        End::Sent => settled(State::Sent, ""),
        End::Failed(words) => settled(State::Failed, words),
        End::Unknown(words) => settled(State::Unknown, words),
        End::Skipped => settled(State::Skipped, ""),
        End::Back => rows.col_expr(Column::State, Expr::value(State::Queued)),
        End::Later(words) => return wait(on, batch, words, ids, now).await,
    };
    change.exec(on).await.map(|_| ())
}

/// 1, 2, 4 … minutes, at most an hour; after many times the letter has failed. Few letters wait, so each is looked at.
async fn wait(on: &impl ConnectionTrait, batch: &Batch, words: &str, ids: &[Uuid], now: DateTime<Utc>) -> Result<(), DbErr> {
    let of = Entity::find().filter(Column::Issue.eq(batch.issue)).filter(Column::Subscriber.is_in(ids.iter().copied()));
    let rows = of.filter(Column::State.eq(State::Sending)).filter(Column::Batch.eq(batch.id)).all(on).await?;
    let mut attempts: Vec<i32> = rows.iter().map(|row| row.attempts).collect();
    attempts.sort_unstable();
    attempts.dedup();
    for before in attempts {
        let (state, settled) = if before + 1 >= ATTEMPTS_MAX { (State::Failed, Some(now)) } else { (State::Queued, None) };
        Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .col_expr(Column::RunAt, Expr::value(now + backoff(before)))
            .col_expr(Column::Says, Expr::value(words))
            .col_expr(Column::SettledAt, Expr::value(settled))
            .filter(Column::Issue.eq(batch.issue))
            .filter(Column::Subscriber.is_in(rows.iter().filter(|row| row.attempts == before).map(|row| row.subscriber)))
            .filter(Column::State.eq(State::Sending))
            .filter(Column::Batch.eq(batch.id))
            .exec(on)
            .await?;
    }
    Ok(())
}

/// After `before` attempts and one more.
fn backoff(before: i32) -> TimeDelta {
    let minutes = 2_i64.pow(before.clamp(0, 6).unsigned_abs());
    TimeDelta::minutes(if minutes > WAIT_MINUTES_MAX { WAIT_MINUTES_MAX } else { minutes })
}

/// Letters that wait and whose subscriber is not written to any more do not go. // recorded by the verb by which they left
///
/// # Errors
/// The database failed.
pub async fn skip(app: &App, on: &impl ConnectionTrait, issues: &[Uuid], subscribers: &[Uuid]) -> Result<(), DbErr> {
    if issues.is_empty() || subscribers.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Skipped))
        .col_expr(Column::SettledAt, Expr::value(app.clock.now()))
        .filter(Column::Issue.is_in(issues.iter().copied()))
        .filter(Column::Subscriber.is_in(subscribers.iter().copied()))
        .filter(Column::State.eq(State::Queued))
        .exec(on)
        .await
        .map(|_| ())
}

/// Letters that were under way when their issue was cancelled, and came back to the queue: they do not go, and do not wait for ever.
///
/// # Errors
/// The database failed.
pub async fn stop_late(app: &App) -> Result<(), DbErr> {
    let cancelled = issue::Entity::find()
        .select_only()
        .column(issue::Column::Id)
        .filter(issue::Column::State.eq(issue::State::Cancelled))
        .filter(issue::Column::EndedAt.gt(app.clock.now() - TimeDelta::days(LATE_DAYS)));
    let cancelled: Vec<Uuid> = cancelled.into_tuple().all(&app.db).await?;
    for id in cancelled {
        let waits = Entity::find().filter(Column::Issue.eq(id)).filter(Column::State.eq(State::Queued));
        if waits.limit(1).one(&app.db).await?.is_some() {
            stop(app, &app.db, id).await?;
        }
    }
    Ok(())
}

/// All letters of an issue that wait do not go. Returns how many. // recorded by `IssueCancelled`
///
/// # Errors
/// The database failed.
pub async fn stop(app: &App, on: &impl ConnectionTrait, issue: Uuid) -> Result<u64, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Stopped))
        .col_expr(Column::SettledAt, Expr::value(app.clock.now()))
        .filter(Column::Issue.eq(issue))
        .filter(Column::State.eq(State::Queued))
        .exec(on)
        .await?;
    Ok(done.rows_affected)
}
