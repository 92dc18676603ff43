//! How often somebody may ask: a bucket for each token, and for whoever else is counted, in this node. It fills over a minute, or over an
//! hour; what is in it may be spent at once.

use std::sync::{Arc, LazyLock, Mutex};

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use uuid::Uuid;

use crate::base::App;
use crate::web::Error;

const TOKENS_MAX: u64 = 10_000;
const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

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
    spend_within(bucket, (per_minute, MINUTE_MS), app.clock.now())
}

/// Takes one out of a bucket that holds so many an hour.
///
/// # Errors
/// [`Error::TooMany`] with the seconds until there is room.
pub fn spend_of_hour(app: &App, bucket: Uuid, per_hour: u32) -> Result<(), Error> {
    spend_within(bucket, (per_hour, HOUR_MS), app.clock.now())
}

fn spend_within(bucket: Uuid, (count, fills_in_ms): (u32, i64), now: DateTime<Utc>) -> Result<(), Error> {
    let cost = fills_in_ms / i64::from(count.max(1));
    let bucket = BUCKETS.get_with(bucket, || Arc::new(Mutex::new(Spent { ms: 0, at: now })));
    let mut spent = bucket.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let ms = (spent.ms - (now - spent.at).num_milliseconds().max(0)).max(0) + cost;
    if ms > fills_in_ms {
        return Err(Error::TooMany((ms - fills_in_ms).unsigned_abs().div_ceil(1000).max(1)));
    }
    *spent = Spent { ms, at: now };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_of_an_hour_fills_over_an_hour() {
        let (bucket, begin) = (Uuid::from_u128(0x5eed), DateTime::UNIX_EPOCH);
        let spend = |seconds: i64| spend_within(bucket, (120, HOUR_MS), begin + chrono::TimeDelta::seconds(seconds));
        assert!((0..120).all(|_| spend(0).is_ok()), "all of it at once");
        assert!(matches!(spend(10), Err(Error::TooMany(20))));
        assert!(spend(30).is_ok() && spend(30).is_err(), "then one in half a minute");
    }
}
