//! What a talk with one platform does: one delivery, under the account's lock.

use std::time::Duration;

use chrono::TimeDelta;
use platforms::{Journal, Outcome, Refusal};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::{due, free};
use crate::base::restored;
use crate::base::{App, By};
use crate::channels::account::bucket::Bucket;
use crate::channels::account::{self, Account, renewing};
use crate::channels::broadcasting::{self, Article};
use crate::channels::delivery::deciding::Answer;
use crate::channels::delivery::journal::{LEASE_S, RowJournal};
use crate::channels::delivery::{Column, Delivery, Entity, State, Why, heard, settling};
use crate::channels::message::Files;
use crate::channels::speaking::Speaker;
use crate::channels::{Piece, allowance, pace, piece, preflight};
use crate::web::{Error, Locale};

/// An attempt, with all its uploads. Shorter than the lease.
pub const ATTEMPT_S: u64 = 180;

/// Does one thing with an account that is due, under its lock. // recorded by settling
///
/// # Errors
/// The database or the library's store failed.
pub(super) async fn serve(app: &App, account: Account) -> Result<(), Error> {
    let Some((account, row)) = take(app, account).await? else { return Ok(()) };
    let done = speak(app, &account, row).await;
    let freed = account::Entity::update_many()
        .col_expr(account::Column::BusyUntil, Expr::value(Option::<DateTimeUtc>::None))
        .filter(account::Column::Id.eq(account.id))
        .filter(account::Column::BusyUntil.eq(account.busy_until))
        .exec(&app.db)
        .await;
    done?;
    freed?;
    Ok(())
}

/// Takes the first thing there is to do, with the account's lock and, where it changes something over there, one of its calls. None
/// when others were quicker, or nothing may be called yet.
async fn take(app: &App, account: Account) -> Result<Option<(Account, Delivery)>, Error> {
    let now = app.clock.now();
    let call = Bucket::of(&account).take(now).filter(|_| account.state == account::State::Active);
    let call = if call.is_some() && pace::has_room(app, &account.platform).await? { call } else { None };
    let quiet = restored::pulse(app).await?.quiet;
    let mut which = Entity::find().filter(Column::Account.eq(account.id)).filter(due(now, quiet));
    if call.is_none() {
        which = which.filter(Column::State.is_in([State::Accepted, State::Unknown])); // questions are free
    }
    let first = which.order_by_asc(Column::RunAt).order_by_asc(Column::Id).one(&app.db).await?;
    let Some(row) = first else { return Ok(None) };
    let call = call.filter(|_| !row.is_question());
    let until = now + TimeDelta::seconds(LEASE_S);
    let transaction = app.begin().await?;
    let mut lock = account::Entity::update_many()
        .col_expr(account::Column::BusyUntil, Expr::value(until))
        .filter(account::Column::Id.eq(account.id))
        .filter(account::Column::State.eq(account.state))
        .filter(account::Column::Version.eq(account.version))
        // As it was read: a token that another talk renewed is not renewed again with the one before, a rest is not cut short.
        .filter(account::Column::Secrets.eq(&account.secrets))
        .filter(account::Column::RefilledAt.eq(account.refilled_at))
        .filter(free(now));
    if let Some(left) = call {
        lock = lock
            .col_expr(account::Column::TokensMilli, Expr::value(left.milli))
            .col_expr(account::Column::RefilledAt, Expr::value(left.at))
            .filter(account::Column::TokensMilli.eq(account.tokens_milli));
    }
    if lock.exec(&transaction).await?.rows_affected == 0 {
        return Ok(None);
    }
    if call.is_some() && !pace::take(app, &transaction, &account.platform).await? {
        return Ok(None); // its other accounts were quicker
    }
    let attempts = row.attempts + i32::from(call.is_some());
    let leased = Delivery { leased_until: Some(until), attempts, ..row.clone() };
    let leased = match leased.put(app, &transaction, &row, &By::system()).await {
        Err(Error::Stale) => return Ok(None),
        leased => leased?,
    };
    app.commit(transaction).await?;
    Ok(Some((Account { busy_until: Some(until), ..account }, leased)))
}

/// Speaks to the platform about a row that is leased, and writes what came of it.
async fn speak(app: &App, account: &Account, row: Delivery) -> Result<(), Error> {
    let account = match renewing::renewed(app, account.clone()).await {
        Ok(Ok(account)) => account,
        Ok(Err(refusal)) => return unlet(app, account, row, refusal).await,
        Err(Error::Internal(error)) if !error.is::<DbErr>() => return unspeakable(app, account, row, &error).await,
        Err(error) => return Err(error),
    };
    let account = &account;
    let speaker = match Speaker::open(app, account, row.id) {
        Ok(speaker) => speaker,
        Err(error) => return unspeakable(app, account, row, &error).await,
    };
    let is_bare = row.state == State::Accepted || row.is_broadcast();
    let files = if is_bare { Files::default() } else { Files::of(app, &row.media()).await? };
    let (message, _) = files.message(&row, "");
    match row.state {
        State::Queued => publish(app, account, row, (&speaker, &message, &files)).await,
        State::Accepted | State::Unknown => {
            let answer = match in_time(row.ask(app, &speaker, &message)).await {
                Ok(answer) => answer?,
                Err(says) => Answer::Asked(platforms::Found::CanNotTell { says }),
            };
            heed(app, account, row, answer).await
        }
        State::Confirmed => {
            let answer = in_time(row.run_errand(&speaker, &message)).await;
            let answer = answer.unwrap_or_else(|says| Answer::Changed(row.errand, Outcome::Unknown { says }));
            heed(app, account, row, answer).await
        }
        _ => Ok(()),
    }
}

/// Writes what came back; a token that is refused before its end is renewed first.
async fn heed(app: &App, account: &Account, row: Delivery, answer: Answer) -> Result<(), Error> {
    let answer = renewing::again(app, account, answer).await?;
    settling::settle(app, account, row, &answer).await
}

/// A talk ends before its lock does, however slowly the platform answers; the words say that it did not.
async fn in_time<T>(talk: impl Future<Output = T>) -> Result<T, String> {
    tokio::time::timeout(Duration::from_secs(ATTEMPT_S), talk).await.map_err(|_| slow())
}

fn slow() -> String {
    format!("{}{ATTEMPT_S} s", heard::SLOW)
}

/// The platform gives it no token now, or none any more: nothing was sent.
async fn unlet(app: &App, account: &Account, row: Delivery, refusal: Refusal) -> Result<(), Error> {
    let answer = match row.state {
        State::Queued => Answer::Published(Outcome::Refused(refusal)),
        State::Confirmed => Answer::Changed(row.errand, Outcome::Refused(refusal)),
        _ => Answer::Asked(platforms::Found::CanNotTell { says: refusal.says }),
    };
    settling::settle(app, account, row, &answer).await
}

/// Its secrets can not be opened, or its platform ships no more: an operator's matter. What was to be sent fails, for nothing was;
/// the rest is looked at again.
async fn unspeakable(app: &App, account: &Account, row: Delivery, error: &anyhow::Error) -> Result<(), Error> {
    tracing::error!(account = %account.id, error = %format!("{error:#}"), "an account's settings can not be read");
    let answer = match row.state {
        State::Queued => Answer::NotCalled(Why::Settings, String::new()),
        State::Confirmed => {
            let why = platforms::Why::Unavailable;
            Answer::Changed(row.errand, Outcome::Refused(Refusal { why, says: String::new(), again_after: None }))
        }
        _ => Answer::Asked(platforms::Found::CanNotTell { says: String::new() }),
    };
    settling::settle(app, account, row, &answer).await
}

/// Looks once more whether it fits, then makes the call that can not be taken back, once.
async fn publish(
    app: &App,
    account: &Account,
    row: Delivery,
    (speaker, message, files): (&Speaker, &platforms::Message, &Files),
) -> Result<(), Error> {
    // Withdrawn while an earlier attempt of it was under way, which was refused then.
    if Piece::find(&app.db, row.piece).await?.state != piece::State::Approved {
        return settling::settle(app, account, row, &Answer::NotCalled(Why::Dropped, String::new())).await;
    }
    if let Some(obstacle) = preflight::of(&row, account, files).first() {
        let says = obstacle.text(Locale::default());
        return settling::settle(app, account, row, &Answer::NotCalled(Why::Preflight, says)).await;
    }
    // The day's quota is used up: nothing is begun.
    if let Some(refusal) = allowance::refusal(app, account).await? {
        return settling::settle(app, account, row, &Answer::Published(Outcome::Refused(refusal))).await;
    }
    let article = if row.is_broadcast() { Some(broadcasting::article(&app.db, &row).await?) } else { None };
    let article = match article {
        Some(Article::Waits) => return broadcasting::wait(app, &row).await,
        Some(Article::Missing) => {
            return settling::settle(app, account, row, &Answer::NotCalled(Why::NoArticle, String::new())).await;
        }
        Some(Article::Out(id)) => Some(id),
        None => None,
    };
    let seen = row.clone();
    let mut journal = RowJournal::of(app, row);
    let talk = speaker.publish(message, article.as_deref(), &mut journal);
    let spoken = tokio::time::timeout(Duration::from_secs(ATTEMPT_S), talk).await;
    if journal.stopped {
        return let_go(app, &seen).await;
    }
    let outcome = match spoken {
        Ok(outcome) => outcome,
        Err(_) if journal.begun => Outcome::Unknown { says: slow() },
        Err(_) => Outcome::Refused(Refusal { why: platforms::Why::Unavailable, says: slow(), again_after: None }),
    };
    if !journal.begun && !matches!(outcome, Outcome::Refused(_)) {
        // An adapter that does not announce what it does. What it says is true all the same, and the row must not be sent again.
        tracing::error!(platform = %account.platform, "published without a word to the journal: mend the adapter");
        let _ = journal.about_to_publish().await;
    }
    heed(app, account, journal.row, Answer::Published(outcome)).await
}

/// The journal stopped the attempt before anything was called. Whoever changed the row has it; where nobody did (the database
/// failed) the lease is given back.
async fn let_go(app: &App, seen: &Delivery) -> Result<(), Error> {
    let transaction = app.begin().await?;
    let freed = Delivery { leased_until: None, ..seen.clone() };
    match freed.put(app, &transaction, seen, &By::system()).await {
        Ok(_) => app.commit(transaction).await.map_err(Into::into),
        Err(Error::Stale) => Ok(()),
        Err(error) => Err(error),
    }
}
