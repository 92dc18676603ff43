//! When figures are asked for: often while they move, seldom when they hardly do. Hourly on the first day, every six hours in the first
//! week, daily in the first month, weekly for half a year; then no more. What the product counts itself is read by its own clock, from
//! the daily step on. Pure.

use chrono::{DateTime, TimeDelta, Utc};

const HOUR_S: i64 = 3_600;
const DAY_S: i64 = 24 * HOUR_S;
/// Up to which age, and how far apart.
const STEPS: [(i64, i64); 4] = [(DAY_S, HOUR_S), (7 * DAY_S, 6 * HOUR_S), (30 * DAY_S, DAY_S), (180 * DAY_S, 7 * DAY_S)];
/// A copy is watched so long.
pub const DAYS: i64 = 180;

/// How far apart readings are at that age; None when there are no more.
#[must_use]
pub fn apart_s(age_s: i64, own: bool) -> Option<i64> {
    let (_, apart) = STEPS.into_iter().find(|(until, _)| age_s < *until)?;
    Some(if own { apart.max(DAY_S) } else { apart })
}

/// The next time after now to ask for the figures of what has been out since then; None when it is over.
#[must_use]
pub fn next(out_at: DateTime<Utc>, now: DateTime<Utc>, own: bool) -> Option<DateTime<Utc>> {
    let age = (now - out_at).num_seconds().max(0);
    let apart = apart_s(age, own)?;
    Some(out_at + TimeDelta::seconds((age / apart + 1) * apart))
}

/// When to ask again what could not be answered: after 10 minutes, 20, 40 …, and no later than was planned anyway.
#[must_use]
pub fn again(planned: Option<DateTime<Utc>>, now: DateTime<Utc>, failures: i32) -> Option<DateTime<Utc>> {
    let wait = TimeDelta::minutes(10 << failures.clamp(0, 8));
    planned.map(|planned| planned.min(now + wait))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000 + second, 0).expect("a moment")
    }

    #[test]
    fn questions_thin_out_with_age_and_end() {
        let mut now = at(0);
        let mut asked = [0, 0, 0, 0];
        while let Some(then) = next(at(0), now, false) {
            assert!(then > now);
            let age = (now - at(0)).num_days();
            asked[match age {
                0 => 0,
                1..7 => 1,
                7..30 => 2,
                _ => 3,
            }] += 1;
            now = then;
        }
        assert_eq!(asked, [24, 24, 23, 22]);
        assert!((now - at(0)).num_days() >= DAYS);
        assert_eq!(next(at(0), at(10), true), Some(at(DAY_S)), "own counts are read once a day");
    }

    #[test]
    fn a_node_that_slept_asks_once_and_not_for_each_hour_it_missed() {
        assert_eq!(next(at(0), at(5 * HOUR_S + 10), false), Some(at(6 * HOUR_S)));
    }

    #[test]
    fn a_failure_is_tried_again_and_never_later_than_planned() {
        let planned = Some(at(HOUR_S));
        assert_eq!(again(planned, at(0), 0), Some(at(600)));
        assert_eq!(again(planned, at(0), 1), Some(at(1_200)));
        assert_eq!(again(planned, at(0), 60), planned);
        assert_eq!(again(None, at(0), 0), None);
    }
}
