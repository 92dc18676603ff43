//! How often an account may publish: a bucket of calls that fills by itself. Counted in thousandths of a call, so that a slow one
//! loses nothing between two looks. The bucket lies in the account's row; it is taken from under the account's lock.

use chrono::{DateTime, TimeDelta, Utc};

use super::Account;

pub(in crate::channels) const CALL_MILLI: i64 = 1_000;
const MINUTE_S: i64 = 60;

/// What is left, as of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    pub per_minute: i64,
    pub burst: i64,
    pub milli: i64,
    /// May lie ahead: the platform asked for a rest until then.
    pub at: DateTime<Utc>,
}

impl Bucket {
    /// The bucket of an account.
    #[must_use]
    pub fn of(account: &Account) -> Self {
        Self {
            per_minute: i64::from(account.per_minute.max(1)),
            burst: i64::from(account.burst.max(1)),
            milli: account.tokens_milli,
            at: account.refilled_at,
        }
    }

    /// As it is by now.
    #[must_use]
    pub fn by(self, now: DateTime<Utc>) -> Self {
        let passed_ms = (now - self.at).num_milliseconds();
        if passed_ms <= 0 {
            return self;
        }
        // A day fills any bucket; more would only overflow.
        let passed_ms = passed_ms.min(TimeDelta::days(1).num_milliseconds());
        let milli = (self.milli + passed_ms * self.per_minute / MINUTE_S).min(self.burst * CALL_MILLI);
        Self { milli, at: now, ..self }
    }

    /// One call less; None when there is none left now.
    #[must_use]
    pub fn take(self, now: DateTime<Utc>) -> Option<Self> {
        let full = self.by(now);
        (full.at <= now && full.milli >= CALL_MILLI).then(|| Self { milli: full.milli - CALL_MILLI, ..full })
    }

    /// Empty until the platform lets us in again.
    #[must_use]
    pub fn resting(self, until: DateTime<Utc>) -> Self {
        // One call is there at once when the rest is over: the platform said when.
        Self { milli: CALL_MILLI, at: until.max(self.at), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000 + second, 0).expect("a moment")
    }

    #[test]
    fn a_bucket_gives_its_burst_and_then_its_rate() {
        let mut bucket = Bucket { per_minute: 6, burst: 2, milli: 2_000, at: at(0) };
        for _ in 0..2 {
            bucket = bucket.take(at(0)).expect("the burst");
        }
        assert_eq!(bucket.take(at(0)), None);
        assert_eq!(bucket.take(at(9)), None, "one every ten seconds");
        bucket = bucket.take(at(10)).expect("one");
        assert_eq!(bucket.take(at(10)), None);
        // Looking often loses nothing.
        let mut looked = bucket;
        for tenth in 0..100 {
            looked = looked.by(at(10) + TimeDelta::milliseconds(tenth * 100));
        }
        assert!(looked.by(at(20)).milli >= 990);
        assert_eq!(bucket.by(at(1_000_000)).milli, 2_000, "never more than the burst");
        assert_eq!(bucket.by(at(-5)), bucket, "a clock that goes back fills nothing");
    }

    #[test]
    fn a_rest_is_kept() {
        let bucket = Bucket { per_minute: 60, burst: 5, milli: 5_000, at: at(0) }.resting(at(30));
        assert_eq!(bucket.take(at(29)), None);
        assert_eq!(bucket.take(at(30)).map(|left| left.milli), Some(0));
    }
}
