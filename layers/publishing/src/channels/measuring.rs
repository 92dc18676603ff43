//! The figures of a copy that is out, for whoever keeps them. To read is no errand of a delivery: nothing of its row changes. The
//! account's lock is held meanwhile, for platforms are spoken to by one at a time and a token that works once is renewed by one; but
//! what is to be sent goes first: nothing is begun shortly before it, and what was begun is dropped the moment something is due.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use platforms::{Reading, Refusal, Why};
use sea_orm::entity::prelude::*;

use super::account::bucket::Bucket;
use super::account::{self, Account, State, renewing};
use super::delivery::{self, Delivery};
use super::sending;
use super::speaking::{Heard, Speaker};
use crate::base::App;
use crate::web::Error;

/// The lock is held so long at most: a node that dies while it reads delays the account by no more.
const LEASE_S: i64 = 30;
/// A talk ends before its lock does.
const TALK_S: u64 = 20;
/// Nothing is begun so long before something is due.
const BEFORE_S: i64 = 5;
/// How often it is looked whether something became due.
const LOOK_MS: u64 = 250;

/// What came of asking.
#[derive(Debug)]
pub enum Measured {
    /// The platform answered, figure by figure; none at all where it has none.
    Read(Vec<Reading>, Heard),
    /// It gave none, and says why.
    Refused(Refusal, Heard),
    /// The account has something to send, is spoken with about something else, or is to rest until then: ask again later.
    Busy(Option<DateTime<Utc>>),
    /// Nothing was asked.
    Unasked(Unasked),
}

/// Why nothing was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unasked {
    /// The copy is out no more.
    NotOut,
    /// A person said that it is out; the platform's id of it is not known.
    NoId,
    Paused,
    Dead,
    /// Its secrets can not be opened, or its platform ships no more.
    Settings,
}

/// Asks for the figures of a delivery. An account whose token is over is flagged, as when something is sent.
///
/// # Errors
/// The database failed.
pub async fn figures(app: &App, delivery: Uuid) -> Result<Measured, Error> {
    let Some(row) = delivery::Entity::find_by_id(delivery).one(&app.db).await? else {
        return Ok(Measured::Unasked(Unasked::NotOut));
    };
    let Some(account) = account::Entity::find_by_id(row.account).one(&app.db).await? else {
        return Ok(Measured::Unasked(Unasked::Settings));
    };
    if let Some(unasked) = unasked(&account, &row) {
        return Ok(Measured::Unasked(unasked));
    }
    let Some(account) = taken(app, account).await? else { return Ok(Measured::Busy(None)) };
    if let Some(until) = resting(app, &account) {
        freed(app, &account).await?;
        return Ok(Measured::Busy(Some(until)));
    }
    let measured = asked(app, &account, &row).await;
    freed(app, &account).await?;
    let measured = measured?;
    if let Measured::Refused(refusal, _) = &measured
        && matches!(refusal.why, Why::Token | Why::Blocked)
    {
        let transaction = app.begin().await?;
        account.die(app, &transaction, &refusal.says).await?;
        app.commit(transaction).await?;
    }
    Ok(measured)
}

fn unasked(account: &Account, row: &Delivery) -> Option<Unasked> {
    match (row.state, account.state) {
        (delivery::State::Confirmed, _) if row.external_id.is_empty() => Some(Unasked::NoId),
        (delivery::State::Confirmed, State::Active) => None,
        (delivery::State::Confirmed, State::Paused) => Some(Unasked::Paused),
        (delivery::State::Confirmed, State::Dead) => Some(Unasked::Dead),
        _ => Some(Unasked::NotOut),
    }
}

/// Until when the platform wants no call.
fn resting(app: &App, account: &Account) -> Option<DateTime<Utc>> {
    let rested = Bucket::of(account).at;
    (rested > app.clock.now()).then_some(rested)
}

/// Something is to be sent, asked or changed with the account by then.
async fn has_work(app: &App, account: Uuid, by: DateTime<Utc>) -> Result<bool, DbErr> {
    let due = delivery::Entity::find().filter(delivery::Column::Account.eq(account)).filter(sending::due_or_new(by));
    Ok(due.one(&app.db).await?.is_some())
}

/// The account under its lock; None when somebody has it, or it is needed now. // recorded by nobody: a lock is no act
pub(super) async fn taken(app: &App, account: Account) -> Result<Option<Account>, Error> {
    let now = app.clock.now();
    if has_work(app, account.id, now + TimeDelta::seconds(BEFORE_S)).await? {
        return Ok(None);
    }
    let until = now + TimeDelta::seconds(LEASE_S);
    let lock = account::Entity::update_many()
        .col_expr(account::Column::BusyUntil, Expr::value(until))
        .filter(account::Column::Id.eq(account.id))
        .filter(account::Column::State.eq(account.state))
        .filter(account::Column::Version.eq(account.version))
        .filter(account::Column::Secrets.eq(&account.secrets))
        .filter(sending::free(now));
    let taken = lock.exec(&app.db).await?.rows_affected > 0;
    Ok(taken.then_some(Account { busy_until: Some(until), ..account }))
}

pub(super) async fn freed(app: &App, account: &Account) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::BusyUntil, Expr::value(Option::<DateTimeUtc>::None))
        .filter(account::Column::Id.eq(account.id))
        .filter(account::Column::BusyUntil.eq(account.busy_until))
        .exec(&app.db)
        .await
        .map(|_| ())
}

/// Speaks to the platform. The token is renewed to its end; what follows is dropped when the account is needed.
async fn asked(app: &App, account: &Account, row: &Delivery) -> Result<Measured, Error> {
    let account = match renewing::renewed(app, account.clone()).await {
        Ok(Ok(account)) => account,
        Ok(Err(refusal)) => return Ok(Measured::Refused(refusal, Heard::default())),
        Err(Error::Internal(error)) if !error.is::<DbErr>() => return Ok(unspeakable(account, &error)),
        Err(error) => return Err(error),
    };
    let speaker = match Speaker::open(app, &account, row.id) {
        Ok(speaker) => speaker,
        Err(error) => return Ok(unspeakable(&account, &error)),
    };
    let talk = tokio::time::timeout(Duration::from_secs(TALK_S), speaker.metrics(&row.external_id));
    tokio::select! {
        spoken = talk => Ok(match spoken {
            Ok((Ok(readings), heard)) => Measured::Read(readings, heard),
            Ok((Err(refusal), heard)) => Measured::Refused(refusal, heard),
            Err(_) => {
                let says = format!("no end after {TALK_S} s");
                Measured::Refused(Refusal { why: Why::Unavailable, says, again_after: None }, Heard::default())
            }
        }),
        needed = needed(app, account.id) => needed.map(|()| Measured::Busy(None)).map_err(Into::into),
    }
}

/// Resolves when the account has something else to do.
async fn needed(app: &App, account: Uuid) -> Result<(), DbErr> {
    loop {
        tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
        if has_work(app, account, app.clock.now()).await? {
            return Ok(());
        }
    }
}

fn unspeakable(account: &Account, error: &anyhow::Error) -> Measured {
    tracing::error!(account = %account.id, error = %format!("{error:#}"), "an account's settings can not be read");
    Measured::Unasked(Unasked::Settings)
}
