//! Writing what came back: one guarded change of the row with its step, its fact and what it means for the account, in one
//! transaction. What it becomes is decided in [`super::deciding`].

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use super::deciding::{Answer, decide};
use super::{Delivery, State};
use crate::base::{App, By, Fact};
use crate::channels::Piece;
use crate::channels::account::bucket::Bucket;
use crate::channels::account::{self, Account};
use crate::web::Error;

/// Writes what came back. The row may have changed meanwhile: found interrupted by another node, decided by a person. What is known
/// for certain is written then all the same; the rest gives way to who was quicker.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App, account: &Account, seen: Delivery, answer: &Answer) -> Result<(), Error> {
    let mut seen = seen;
    // Each round somebody else was quicker, who can not be for ever.
    for _ in 0..8 {
        match write(app, account, &seen, answer).await {
            Err(Error::Stale) => {}
            other => return other,
        }
        let Some(now) = super::Entity::find_by_id(seen.id).one(&app.db).await? else { return Ok(()) };
        let takes = match answer {
            // Of another attempt, which a person began meanwhile, this one says nothing.
            Answer::Published(_) => matches!(now.state, State::Sending | State::Unknown) && now.sent_at == seen.sent_at,
            Answer::Asked(_) => matches!(now.state, State::Accepted | State::Unknown),
            Answer::Changed(errand, _) => now.state == State::Confirmed && now.errand == *errand,
            Answer::NotCalled(..) => now.state == State::Queued,
        };
        if !takes {
            tracing::warn!(delivery = %seen.id, state = ?now.state, ?answer, "what came back came too late to matter");
            return Ok(());
        }
        seen = now;
    }
    Err(Error::Internal(anyhow::anyhow!("a delivery changed eight times while it was settled")))
}

async fn write(app: &App, account: &Account, seen: &Delivery, answer: &Answer) -> Result<(), Error> {
    let verdict = decide(seen.clone(), answer, app.clock.now());
    let transaction = app.begin().await?;
    let now = verdict.row.put(app, &transaction, seen, &By::system()).await?;
    if seen.state != now.state
        && let Some(fact) = fact_of(&transaction, account, &now).await?
    {
        app.record(&transaction, now.piece, fact, &By::system()).await?;
    }
    if let Some(says) = &verdict.dead {
        account.die(app, &transaction, says).await?;
    }
    if let Some(until) = verdict.rest_until {
        rest(&transaction, account, until).await?;
    }
    if now.state == State::Confirmed && seen.state != State::Confirmed {
        succeeded(app, &transaction, account).await?;
    }
    metrics::counter!("lantoa_deliveries_total", "platform" => account.platform.clone(), "state" => now.state.to_value())
        .increment(u64::from(now.state != seen.state));
    app.commit(transaction).await?;
    Ok(())
}

/// The fact of a delivery that came to that state; None where nobody needs to be told.
///
/// # Errors
/// The database failed.
pub(in crate::channels) async fn fact_of(
    on: &impl ConnectionTrait,
    account: &Account,
    now: &Delivery,
) -> Result<Option<Fact>, Error> {
    if !matches!(now.state, State::Confirmed | State::Failed | State::Unknown | State::Retracted) {
        return Ok(None);
    }
    let (title, channel) = (Piece::find(on, now.piece).await?.title, account.label());
    Ok(Some(match now.state {
        State::Confirmed => Fact::DeliveryConfirmed { title, channel, address: now.address.clone() },
        State::Failed => Fact::DeliveryFailed { title, channel, cause: now.why.to_value() },
        State::Retracted => Fact::DeliveryRetracted { title, channel },
        _ => Fact::DeliveryUnknown { title, channel },
    }))
}

// recorded by the delivery's step: how fast an account may go is bookkeeping
async fn rest(on: &impl ConnectionTrait, account: &Account, until: DateTime<Utc>) -> Result<(), DbErr> {
    let bucket = Bucket::of(account).resting(until);
    account::Entity::update_many()
        .col_expr(account::Column::TokensMilli, Expr::value(bucket.milli))
        .col_expr(account::Column::RefilledAt, Expr::value(bucket.at))
        .filter(account::Column::Id.eq(account.id))
        .exec(on)
        .await
        .map(|_| ())
}

async fn succeeded(app: &App, on: &impl ConnectionTrait, account: &Account) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::SucceededAt, Expr::value(app.clock.now()))
        .filter(account::Column::Id.eq(account.id))
        .exec(on)
        .await
        .map(|_| ())
}
