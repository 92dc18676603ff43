//! How a figure moved in the last seven days. Computed from two readings under one definition, or absent with its reason; never a
//! number that was not counted. Pure.

use chrono::{DateTime, TimeDelta, Utc};

/// One time that a figure was asked for. A failed question counts for every figure of its copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    pub at: DateTime<Utc>,
    /// None: asked, and not given.
    pub value: Option<i64>,
    pub is_redefined: bool,
    pub is_lower: bool,
}

/// Why there is no trend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Not watched for a week yet, or nothing was given so long ago.
    TooYoung,
    /// The last question brought none.
    Missing,
    /// The platform counts otherwise since: the two values measure different things.
    Redefined,
}

impl Absent {
    /// The Fluent key of its words.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::TooYoung => "reach-trend-young",
            Self::Missing => "reach-trend-missing",
            Self::Redefined => "reach-trend-redefined",
        }
    }
}

/// Over so long.
pub const DAYS: i64 = 7;
/// The older value may be so much older than that.
const SLACK_DAYS: i64 = 7;

/// What was added in the last [`DAYS`]; may be negative where a platform took back. `points` in the order of time.
///
/// # Errors
/// Why it can not be said.
pub fn of(points: &[Point], now: DateTime<Utc>) -> Result<i64, Absent> {
    let last = points.last().ok_or(Absent::TooYoung)?;
    let value = last.value.ok_or(Absent::Missing)?;
    let (from, oldest) = (now - TimeDelta::days(DAYS), now - TimeDelta::days(DAYS + SLACK_DAYS));
    let known = |point: &&Point| point.value.is_some() && point.at <= from && point.at >= oldest;
    let before = points.iter().rev().find(known).ok_or(Absent::TooYoung)?;
    let since = points.iter().filter(|point| point.at > before.at);
    if since.into_iter().any(|point| point.is_redefined) {
        return Err(Absent::Redefined);
    }
    Ok(value - before.value.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000 + day * 86_400, 0).expect("a moment")
    }

    fn point(on: i64, value: Option<i64>) -> Point {
        Point { at: day(on), value, is_redefined: false, is_lower: false }
    }

    #[test]
    fn a_trend_is_counted_or_absent() {
        let days: Vec<Point> = (0..=20).map(|on| point(on, Some(on * 10))).collect();
        assert_eq!(of(&days, day(20)), Ok(70));
        assert_eq!(of(&days[..5], day(4)), Err(Absent::TooYoung));
        assert_eq!(of(&[], day(4)), Err(Absent::TooYoung));
        let still: Vec<Point> = (0..=20).map(|on| point(on, Some(5))).collect();
        assert_eq!(of(&still, day(20)), Ok(0), "no change is a number");
        let mut gone = days.clone();
        gone.push(point(21, None));
        assert_eq!(of(&gone, day(21)), Err(Absent::Missing));
        let mut renamed = days.clone();
        renamed[16].is_redefined = true;
        assert_eq!(of(&renamed, day(20)), Err(Absent::Redefined));
        let mut lower = days;
        lower[20].value = Some(100);
        assert_eq!(of(&lower, day(20)), Ok(-30), "what is lower is lower");
        let gap: Vec<Point> = [point(0, Some(1)), point(20, Some(90))].into();
        assert_eq!(of(&gap, day(20)), Err(Absent::TooYoung), "nothing is known of a week ago");
    }
}
