//! Counts that a node keeps in memory until somebody writes them: to count costs no statement, and what is counted has an id and
//! a day, nothing of who was there.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use uuid::Uuid;

/// So many different things at most: what comes beyond is not counted, rather than filling the memory.
const KEYS_MAX: usize = 200_000;

/// What was counted since it was last taken.
#[derive(Debug, Default)]
pub struct Tally(Mutex<HashMap<(Uuid, NaiveDate), i64>>);

impl Tally {
    /// One more.
    pub fn add(&self, about: Uuid, day: NaiveDate) {
        self.put_back(&[(about, day, 1)]);
    }

    /// Everything so far, and begins anew.
    #[must_use]
    pub fn take(&self) -> Vec<(Uuid, NaiveDate, i64)> {
        let counts = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        counts.into_iter().map(|((about, day), count)| (about, day, count)).collect()
    }

    /// Adds what could not be written.
    pub fn put_back(&self, counts: &[(Uuid, NaiveDate, i64)]) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (about, day, count) in counts {
            let full = kept.len() >= KEYS_MAX;
            match kept.get_mut(&(*about, *day)) {
                Some(there) => *there += count,
                None if full => {}
                None => {
                    kept.insert((*about, *day), *count);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_counted_once() {
        let tally = Tally::default();
        let (about, day) = (Uuid::from_u128(1), NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day"));
        tally.add(about, day);
        tally.add(about, day);
        let taken = tally.take();
        assert_eq!(taken, [(about, day, 2)]);
        assert!(tally.take().is_empty());
        tally.put_back(&taken);
        tally.add(about, day);
        assert_eq!(tally.take(), [(about, day, 3)]);
    }
}
