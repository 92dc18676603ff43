//! The chore that sends what is planned. A letter is taken by an update of its row, so that of several nodes one
//! has it; the word of the relay settles it. A node that dies while sending leaves a letter of which nobody knows.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QueryOrder, QuerySelect};

use super::letter;
use super::relay::{Failure, Line, Relay};
use super::{Column, Entity, Mail, State};
use crate::base::installation_key::InstallationKey;
use crate::base::{App, By, Chore};

const EVERY_S: i64 = 5;
/// At most so many letters a turn, and no new one after so long: the other chores wait for this one.
const TURN_LETTERS_MAX: u64 = 50;
const TURN_S: u64 = 20;
/// Longer than the longest attempt.
const LEASE_S: i64 = 600;
const WAIT_MINUTES_MAX: i64 = 60;

/// Sends what is planned.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "send-mail", every_s: EVERY_S, work: |app| Box::pin(turn(app)) }
}

async fn turn(app: &App) -> anyhow::Result<()> {
    give_up(app).await?;
    let Some(smtp) = &app.config.smtp else { return Ok(()) };
    if due(app).await?.is_empty() {
        return Ok(());
    }
    deliver(app, &Relay::of(smtp)?).await
}

/// Sends what is due over one line. Stops when the relay can not be reached: the next letter would fare no better.
///
/// # Errors
/// The database failed.
pub async fn deliver(app: &App, relay: &Relay) -> anyhow::Result<()> {
    let begun = Instant::now();
    let mut open: Option<Line> = None;
    for mail in due(app).await? {
        if begun.elapsed() > Duration::from_secs(TURN_S) {
            break;
        }
        if !take(app, &mail).await? {
            continue;
        }
        let outcome = attempt(app, relay, &mut open, &mail).await;
        let goes_on = !matches!(outcome, Err(Failure::NotReached(_)));
        settle(app, &mail, outcome).await?;
        if !goes_on {
            break;
        }
    }
    if let Some(line) = open {
        line.close().await;
    }
    Ok(())
}

async fn due(app: &App) -> Result<Vec<Mail>, DbErr> {
    Entity::find()
        .filter(Column::State.eq(State::Planned))
        .filter(Column::RunAt.lte(app.clock.now()))
        .order_by_asc(Column::RunAt)
        .limit(TURN_LETTERS_MAX)
        .all(&app.db)
        .await
}

pub async fn take(app: &App, mail: &Mail) -> Result<bool, DbErr> {
    let taken = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Sending))
        .col_expr(Column::LeasedUntil, Expr::value(app.clock.now() + TimeDelta::seconds(LEASE_S)))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Id.eq(mail.id))
        .filter(Column::State.eq(State::Planned))
        .exec(&app.db)
        .await?;
    Ok(taken.rows_affected == 1)
}

async fn attempt(app: &App, relay: &Relay, open: &mut Option<Line>, mail: &Mail) -> Result<(), Failure> {
    let read = InstallationKey::of(app).and_then(|key| key.decrypt(mail.id, &mail.body));
    let text = read.map_err(|error| Failure::Later(format!("{error:#}")))?;
    let letter = letter::compose(app, &relay.from, mail, &text).map_err(|malformed| Failure::Refused(malformed.to_string()))?;
    let mut line = match open.take() {
        Some(line) => line,
        None => relay.connect().await?,
    };
    let outcome = line.send(&letter).await;
    // A line on which anything but a clear answer came is not used again.
    let clear = match &outcome {
        Ok(()) => true,
        Err(Failure::Refused(_)) => line.reset().await,
        Err(_) => false,
    };
    if clear {
        *open = Some(line);
    }
    outcome
}

async fn settle(app: &App, mail: &Mail, outcome: Result<(), Failure>) -> Result<(), DbErr> {
    let (label, state, cause) = match &outcome {
        Ok(()) => ("sent", Some(State::Sent), String::new()),
        Err(failure @ (Failure::NotReached(_) | Failure::Later(_))) => ("later", None, failure.to_string()),
        Err(Failure::Refused(words)) => ("failed", Some(State::Failed), words.clone()),
        Err(Failure::Unknown(words)) => ("unknown", Some(State::Unknown), words.clone()),
    };
    metrics::counter!("lantoa_mails_total", "outcome" => label).increment(1);
    if let Err(failure) = &outcome {
        tracing::warn!(mail = %mail.id, attempt = mail.attempts + 1, %failure, "a letter was not handed over");
    }
    let transaction = app.begin().await?;
    match state {
        Some(state) => {
            mail.settle(app, &transaction, State::Sending, state, &cause, &By::system()).await?;
        }
        None => wait(&transaction, mail, &cause, app.clock.now()).await?,
    }
    app.commit(transaction).await
}

async fn wait(on: &impl ConnectionTrait, mail: &Mail, cause: &str, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Planned))
        .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Column::RunAt, Expr::value(now + backoff(mail.attempts)))
        .col_expr(Column::Error, Expr::value(cause))
        .filter(Column::Id.eq(mail.id))
        .filter(Column::State.eq(State::Sending))
        .exec(on)
        .await
        .map(|_| ())
}

/// After `before` attempts and one more: 1, 2, 4 … minutes, at most an hour.
fn backoff(before: i32) -> TimeDelta {
    let minutes = 2_i64.pow(before.clamp(0, 6).unsigned_abs());
    TimeDelta::minutes(if minutes > WAIT_MINUTES_MAX { WAIT_MINUTES_MAX } else { minutes })
}

/// What nobody needs any more fails; what a dead node was sending is unknown.
async fn give_up(app: &App) -> Result<(), DbErr> {
    let now = app.clock.now();
    let late = Entity::find().filter(Column::State.eq(State::Planned)).filter(Column::ExpiresAt.lte(now)).all(&app.db).await?;
    let lost = Entity::find().filter(Column::State.eq(State::Sending)).filter(Column::LeasedUntil.lt(now)).all(&app.db).await?;
    let ends = late.iter().map(|mail| (mail, State::Planned, State::Failed, "expired"));
    for (mail, from, to, cause) in ends.chain(lost.iter().map(|mail| (mail, State::Sending, State::Unknown, "interrupted"))) {
        let transaction = app.begin().await?;
        mail.settle(app, &transaction, from, to, cause, &By::system()).await?;
        app.commit(transaction).await?;
    }
    Ok(())
}
