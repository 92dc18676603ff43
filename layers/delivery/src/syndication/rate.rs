//! How often a host may knock: a bucket for each, in this node. It fills over a minute.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use moka::sync::Cache;

use crate::base::App;

const HOSTS_MAX: u64 = 20_000;
const MINUTE_MS: i64 = 60_000;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// Activities whose signature was right.
    Activity,
    /// Calls for which somebody has to be asked whose they are, by the host that they name.
    Claim,
    /// Subscriptions that are asked for, by the host of the callback.
    Subscription,
}

impl What {
    const fn per_minute(self) -> i64 {
        match self {
            Self::Activity => 600,
            Self::Claim => 1_200,
            Self::Subscription => 120,
        }
    }
}

/// How much was spent, in milliseconds of filling, and when that was known.
type Bucket = Arc<Mutex<(i64, DateTime<Utc>)>>;

static BUCKETS: LazyLock<Cache<(What, String), Bucket>> = LazyLock::new(|| Cache::new(HOSTS_MAX));

/// Takes one out of the host's bucket; false when it is empty.
#[must_use]
pub fn spend(app: &App, what: What, host: &str) -> bool {
    let now = app.clock.now();
    let bucket = BUCKETS.get_with((what, host.to_owned()), || Arc::new(Mutex::new((0, now))));
    let mut spent = bucket.lock().unwrap_or_else(PoisonError::into_inner);
    let left = (spent.0 - (now - spent.1).num_milliseconds().max(0)).max(0) + MINUTE_MS / what.per_minute();
    if left > MINUTE_MS {
        return false;
    }
    *spent = (left, now);
    true
}
