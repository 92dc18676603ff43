//! What every double needs: a state behind a lock, and the time.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A state that stays usable after a panic of a test.
#[derive(Debug, Default)]
pub struct Locked<T>(Mutex<T>);

impl<T> Locked<T> {
    pub fn new(state: T) -> Self {
        Self(Mutex::new(state))
    }

    /// Nobody waits for anything while holding it.
    pub fn open(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Seconds since 1970.
#[must_use]
pub fn now_s() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or_default()
}

/// So many calls in so much time; none are counted as long as nothing is said.
#[derive(Debug, Default)]
pub struct Window {
    taken: VecDeque<Instant>,
    max: Option<(usize, Duration)>,
}

impl Window {
    pub fn limit(&mut self, calls: usize, within: Duration) {
        self.max = Some((calls, within));
        self.taken.clear();
    }

    /// Counts a call, or says in how many seconds the next one is taken.
    ///
    /// # Errors
    /// The seconds, at least one.
    pub fn take(&mut self) -> Result<(), u64> {
        let Some((calls, within)) = self.max else { return Ok(()) };
        let now = Instant::now();
        while self.taken.front().is_some_and(|first| now.duration_since(*first) >= within) {
            self.taken.pop_front();
        }
        if self.taken.len() < calls {
            self.taken.push_back(now);
            return Ok(());
        }
        let waited = self.taken.front().map_or(Duration::ZERO, |first| now.duration_since(*first));
        Err(within.saturating_sub(waited).as_secs().max(1))
    }
}
