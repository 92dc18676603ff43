//! How often somebody may ask: a bucket for each token, and for whoever else is counted, in this node. It fills over a minute; what is
//! in it may be spent at once.

use std::sync::{Arc, LazyLock, Mutex};

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use uuid::Uuid;

use crate::base::App;
use crate::web::Error;

const TOKENS_MAX: u64 = 10_000;
const MINUTE_MS: i64 = 60_000;

/// How much of a bucket was spent, in milliseconds of its filling, and when that was known.
#[derive(Clone, Copy)]
struct Spent {
    ms: i64,
    at: DateTime<Utc>,
}

static BUCKETS: LazyLock<Cache<Uuid, Arc<Mutex<Spent>>>> = LazyLock::new(|| Cache::new(TOKENS_MAX));

/// Takes one request out of the token's bucket.
///
/// # Errors
/// [`Error::TooMany`] with the seconds until there is room.
pub fn spend(app: &App, token: Uuid) -> Result<(), Error> {
    spend_of(app, token, app.config.api_per_minute)
}

/// Takes one out of a bucket that holds so many a minute.
///
/// # Errors
/// [`Error::TooMany`] with the seconds until there is room.
pub fn spend_of(app: &App, bucket: Uuid, per_minute: u32) -> Result<(), Error> {
    let now = app.clock.now();
    let cost = MINUTE_MS / i64::from(per_minute.max(1));
    let bucket = BUCKETS.get_with(bucket, || Arc::new(Mutex::new(Spent { ms: 0, at: now })));
    let mut spent = bucket.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let ms = (spent.ms - (now - spent.at).num_milliseconds().max(0)).max(0) + cost;
    if ms > MINUTE_MS {
        return Err(Error::TooMany((ms - MINUTE_MS).unsigned_abs().div_ceil(1000).max(1)));
    }
    *spent = Spent { ms, at: now };
    Ok(())
}
