//! How often signing in may fail. Counted per account and per address in the database, so that it holds over
//! nodes and restarts. Waits grow and end by themselves: nobody is locked out for ever.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};

use super::Person;
use crate::base::{App, By, Fact, new_id};
use crate::web::{Error, Result};

/// Failures older than this count no more.
const WINDOW_S: i64 = 3600;
/// Mistypings that cost nothing, for one account.
const FREE_OF_ACCOUNT: usize = 5;
/// The same for one address: a whole office may stand behind it.
const FREE_OF_ADDRESS: usize = 30;
/// The first wait; each further failure doubles it.
const WAIT_S: i64 = 15;
const WAIT_MAX_S: i64 = 15 * 60;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "failed_attempt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `account:<hash of the e-mail>` or `address:<address>`.
    pub key: String,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// An attempt that is under way: it counts as failed until it is said to have succeeded. So a hundred guesses
/// sent at once are no better than a hundred sent one after the other.
pub struct Attempt {
    account: String,
    address: String,
    rows: [Uuid; 2],
    /// Failures of the account before this one.
    before: usize,
}

impl Attempt {
    /// Begins an attempt on the account of that e-mail (it need not exist) from that address.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait, or the database failed.
    pub async fn begin(app: &App, email: &str, address: &str) -> Result<Self> {
        let now = app.clock.now();
        let hash = Sha256::digest(email.as_bytes()).iter().take(16).fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        let (account, address) = (format!("account:{hash}"), format!("address:{address}"));
        let rows = [new_id(), new_id()];
        let row = |id, key: &String| ActiveModel { id: Set(id), key: Set(key.clone()), at: Set(now) };
        Entity::insert_many([row(rows[0], &account), row(rows[1], &address)]).exec_without_returning(&app.db).await?;
        let earlier = earlier(app, &account, &address, &rows).await?;
        let of = |key: &str| earlier.iter().filter(|(one, _)| one == key).map(|(_, at)| *at).collect::<Vec<_>>();
        let (of_account, of_address) = (of(&account), of(&address));
        let wait_s = wait_s(&of_account, FREE_OF_ACCOUNT, now).max(wait_s(&of_address, FREE_OF_ADDRESS, now));
        let attempt = Self { account, address, rows, before: of_account.len() };
        if wait_s > 0 {
            forget(app, Condition::all().add(Column::Id.is_in(attempt.rows))).await?; // hammering does not lengthen the wait
            metrics::counter!("lantoa_sign_in_paused_total").increment(1);
            return Err(Error::TooMany(wait_s.unsigned_abs()));
        }
        Ok(attempt)
    }

    /// It succeeded: the account begins anew, and the address is not charged.
    ///
    /// # Errors
    /// The database failed.
    pub async fn succeeded(self, app: &App) -> Result<()> {
        forget(app, Condition::any().add(Column::Key.eq(&self.account)).add(Column::Id.is_in(self.rows))).await
    }

    /// It failed, for a cause that is kept for the auditor: `password`, `code`, `disabled`, `passkey`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn failed(self, app: &App, person: Option<&Person>, cause: &str) -> Result<()> {
        let about = person.map(|person| person.id).unwrap_or_default();
        let by = By { person: None, agency: person.and_then(|person| person.agency), why: None };
        let transaction = app.begin().await?;
        app.record(&transaction, about, Fact::SignInRefused { cause: cause.into() }, &by).await?;
        if self.before + 1 == FREE_OF_ACCOUNT {
            app.record(&transaction, about, Fact::SignInRefused { cause: "paused".into() }, &by).await?;
            tracing::warn!(address = %self.address, person = ?person.map(|person| person.id), "sign-in is slowed down after {FREE_OF_ACCOUNT} failures");
        }
        app.commit(transaction).await?;
        metrics::counter!("lantoa_sign_in_failed_total").increment(1);
        Ok(())
    }
}

async fn forget(app: &App, which: Condition) -> Result<()> {
    Entity::delete_many().filter(which).exec(&app.db).await?;
    Ok(())
}

/// Failures within the window, the latest first.
async fn earlier(app: &App, account: &str, address: &str, own: &[Uuid; 2]) -> Result<Vec<(String, DateTime<Utc>)>> {
    const MOST: u64 = 200;
    let rows = Entity::find()
        .filter(Column::Key.is_in([account, address]))
        .filter(Column::Id.is_not_in(*own))
        .filter(Column::At.gt(app.clock.now() - TimeDelta::seconds(WINDOW_S)))
        .order_by_desc(Column::At)
        .limit(MOST)
        .all(&app.db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.key, row.at)).collect())
}

/// How long to wait still, from failures with the latest first.
fn wait_s(failures: &[DateTime<Utc>], free: usize, now: DateTime<Utc>) -> i64 {
    let Some(last) = failures.first().filter(|_| failures.len() >= free) else { return 0 };
    let doublings = u32::try_from(failures.len() - free).unwrap_or(u32::MAX).min(10);
    let whole = (WAIT_S << doublings).min(WAIT_MAX_S);
    (*last + TimeDelta::seconds(whole) - now).num_seconds().max(0)
}

/// Removes what counts no more; a chore.
///
/// # Errors
/// The database failed.
pub async fn clear(app: &App) -> Result<(), DbErr> {
    let old = app.clock.now() - TimeDelta::seconds(WINDOW_S);
    Entity::delete_many().filter(Column::At.lt(old)).exec(&app.db).await.map(|_| ())
}
