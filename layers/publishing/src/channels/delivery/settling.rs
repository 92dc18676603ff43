//! Writing what came back: one guarded change of the row with its step, its fact and what it means for the account, in one
//! transaction. What it becomes is decided in [`super::deciding`].

use std::time::Duration;

use chrono::{DateTime, Utc};
use platforms::{Copy, Outcome};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::deciding::{Answer, Late, decide, late};
use super::{Delivery, Errand, State, Why, heard, step};
use crate::base::{App, By, Fact};
use crate::channels::account::bucket::Bucket;
use crate::channels::account::{self, Account};
use crate::channels::{Piece, piece};
use crate::web::Error;

/// So often others may be quicker: they can not be for ever.
const ROUNDS: u32 = 8;
/// So often it is written while the database fails, waiting so long, twice, three times as long: what a platform said is said once.
const WRITES_MAX: u32 = 6;
const WRITE_WAIT_MS: u64 = 500;

/// What a round left.
enum Round {
    Done,
    /// Somebody was quicker: the row as it is now.
    Again(Delivery),
}

/// Writes what came back. The row may have changed meanwhile: found interrupted by another node, decided by a person. What is known
/// for certain is written then all the same; the rest gives way to who was quicker.
///
/// # Errors
/// The database failed again and again.
pub async fn settle(app: &App, account: &Account, seen: Delivery, answer: &Answer) -> Result<(), Error> {
    let (mut seen, mut rounds, mut failures) = (seen, 0, 0);
    loop {
        match round(app, account, &seen, answer).await {
            Ok(Round::Done) => return Ok(()),
            Ok(Round::Again(now)) if rounds < ROUNDS => (seen, rounds) = (now, rounds + 1),
            Ok(Round::Again(_)) => {
                return Err(Error::Internal(anyhow::anyhow!("a delivery changed {ROUNDS} times while it was settled")));
            }
            Err(Error::Internal(error)) if error.is::<DbErr>() && failures < WRITES_MAX => {
                failures += 1;
                tracing::warn!(delivery = %seen.id, %error, "what a platform said could not be written; trying again");
                tokio::time::sleep(Duration::from_millis(WRITE_WAIT_MS * u64::from(failures))).await;
            }
            Err(error) => return Err(error),
        }
    }
}

async fn round(app: &App, account: &Account, seen: &Delivery, answer: &Answer) -> Result<Round, Error> {
    match write(app, account, seen, answer).await {
        Err(Error::Stale) => {}
        other => return other.map(|()| Round::Done),
    }
    let Some(now) = super::Entity::find_by_id(seen.id).one(&app.db).await? else { return Ok(Round::Done) };
    if takes(&now, seen, answer) {
        return Ok(Round::Again(now));
    }
    if let Answer::Published(Outcome::Published(copy)) = answer {
        return match write_late(app, account, &now, copy).await {
            Err(Error::Stale) => Ok(Round::Again(seen.clone())),
            other => other.map(|()| Round::Done),
        };
    }
    tracing::warn!(delivery = %seen.id, state = ?now.state, ?answer, "what came back came too late to matter");
    Ok(Round::Done)
}

/// Whether the answer is still one to the row as it is now.
fn takes(now: &Delivery, seen: &Delivery, answer: &Answer) -> bool {
    match answer {
        // Of another attempt, which a person began meanwhile, this one says nothing.
        Answer::Published(_) => matches!(now.state, State::Sending | State::Unknown) && now.sent_at == seen.sent_at,
        Answer::Asked(_) => matches!(now.state, State::Accepted | State::Unknown),
        Answer::Changed(errand, _) => now.state == State::Confirmed && now.errand == *errand,
        Answer::EditAsked(_) => now.is_edit_asked() && now.handle == seen.handle,
        Answer::NotCalled(..) => now.state == State::Queued,
    }
}

async fn write(app: &App, account: &Account, seen: &Delivery, answer: &Answer) -> Result<(), Error> {
    let verdict = decide(seen.clone(), answer, app.clock.now());
    let transaction = app.begin().await?;
    // The account first, here and everywhere: who holds one row and waits for the other would wait for ever.
    let held = account::Entity::find_by_id(account.id).lock_exclusive().one(&transaction).await?;
    // It was spoken with another token than the one somebody typed meanwhile: that one is not dead.
    let has_newer = held.is_some_and(|held| held.state == account::State::Active && held.secrets != account.secrets);
    let verdict =
        if verdict.dead.is_some() && has_newer { decide(seen.clone(), &answer.softened(), app.clock.now()) } else { verdict };
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

/// A copy is there for certain, and somebody decided before that was known. What people see over there goes before what was thought.
async fn write_late(app: &App, account: &Account, now: &Delivery, copy: &Copy) -> Result<(), Error> {
    let verdict = late(now, copy, app.clock.now());
    if verdict == Late::Known {
        return Ok(());
    }
    let transaction = app.begin().await?;
    let by = By::system();
    match verdict {
        Late::Is(row) => {
            let is_gone = Piece::find(&transaction, row.piece).await?.state == piece::State::Withdrawn;
            let wanted = if is_gone { Errand::Retract } else { row.wanted };
            let put = Delivery { wanted, ..row }.put(app, &transaction, now, &by).await?;
            if now.state != put.state
                && let Some(fact) = fact_of(&transaction, account, &put).await?
            {
                app.record(&transaction, put.piece, fact, &by).await?;
            }
        }
        Late::Known | Late::Twice => {
            // The row is the later attempt's. That there is another one, and where, stays in its steps and in the ledger.
            let address = copy.address.as_deref().and_then(heard::address).unwrap_or_default();
            let other = Delivery { why: Why::Twice, says: address.clone(), address, ..now.clone() };
            step::add(app, &transaction, now.state, &other, &by).await?;
            let confirmed = Delivery { state: State::Confirmed, ..other };
            if let Some(fact) = fact_of(&transaction, account, &confirmed).await? {
                app.record(&transaction, now.piece, fact, &by).await?;
            }
        }
    }
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
    let (title, channel) = (Piece::find(on, now.piece).await?.title, now.channel(account));
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
