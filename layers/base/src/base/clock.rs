//! The one source of "now", so that a test can choose it and a demo can be shown as of another day.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time: the machine's, or in tests a time that only moves when told.
#[derive(Clone, Debug)]
pub enum Clock {
    Machine,
    /// The machine's, so much later (or earlier): the demo as if it were another day.
    Shifted(TimeDelta),
    /// Milliseconds since 1970, shared by all who hold this clock.
    Held(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still at `at`.
    #[must_use]
    pub fn held(at: DateTime<Utc>) -> Self {
        Self::Held(Arc::new(AtomicI64::new(at.timestamp_millis())))
    }

    /// The machine's clock set so that it is `at` now, and goes on from there.
    #[must_use]
    pub fn set_to(at: DateTime<Utc>) -> Self {
        Self::Shifted(at - Self::Machine.now())
    }

    /// The present moment in UTC, to the millisecond that both databases keep.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    pub fn now(&self) -> DateTime<Utc> {
        let millis = match self {
            Self::Machine => Utc::now().timestamp_millis(),
            Self::Shifted(by) => (Utc::now() + *by).timestamp_millis(),
            Self::Held(millis) => millis.load(Ordering::Relaxed),
        };
        DateTime::from_timestamp_millis(millis).unwrap_or_default()
    }

    /// Moves a held clock; the machine's own is left alone.
    pub fn advance(&self, by: TimeDelta) {
        if let Self::Held(millis) = self {
            millis.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
        }
    }
}
