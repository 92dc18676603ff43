//! Which days are worked. Pure: built from the rows of [`super::day_off`], asked by rules and clocks.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc, Weekday};

use crate::base::time::VIETNAM;

/// Longest search for a working day; a calendar that has none that near is broken, and the day itself is answered.
const SEARCH_DAYS: usize = 60;

/// The hours in which people are reminded (QĐ 188/1999/QĐ-TTg leaves the hours to the province).
pub const OPENS: NaiveTime = match NaiveTime::from_hms_opt(7, 0, 0) {
    Some(time) => time,
    None => unreachable!(),
};
/// See [`OPENS`].
pub const CLOSES: NaiveTime = match NaiveTime::from_hms_opt(17, 0, 0) {
    Some(time) => time,
    None => unreachable!(),
};

/// Monday to Friday, but for what is noted otherwise.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// Day → whether it is worked, against what the weekday says.
    noted: BTreeMap<NaiveDate, bool>,
}

impl Calendar {
    /// A calendar of holidays and of week-end days that are worked instead of others.
    pub fn new(noted: impl IntoIterator<Item = (NaiveDate, bool)>) -> Self {
        Self { noted: noted.into_iter().collect() }
    }

    /// Whether the day is worked.
    #[must_use]
    pub fn is_worked(&self, day: NaiveDate) -> bool {
        let weekday = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.noted.get(&day).copied().unwrap_or(weekday)
    }

    /// The day itself when it is worked, else the first one after it that is.
    #[must_use]
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        day.iter_days().take(SEARCH_DAYS).find(|day| self.is_worked(*day)).unwrap_or(day)
    }

    /// The day itself when it is worked, else the last one before it that is.
    #[must_use]
    pub fn on_or_before(&self, day: NaiveDate) -> NaiveDate {
        let back = std::iter::successors(Some(day), NaiveDate::pred_opt);
        back.take(SEARCH_DAYS).find(|day| self.is_worked(*day)).unwrap_or(day)
    }

    /// The n-th working day after a day ("trong 5 ngày làm việc kể từ ngày …": the day itself does not count,
    /// Bộ luật Dân sự 2015, Điều 147).
    #[must_use]
    pub fn after(&self, day: NaiveDate, working_days: u32) -> NaiveDate {
        let mut at = day;
        for _ in 0..working_days {
            at = self.on_or_after(at.checked_add_days(Days::new(1)).unwrap_or(at));
        }
        at
    }

    /// Whether people may be disturbed now: a working day between [`OPENS`] and [`CLOSES`], Vietnam time.
    #[must_use]
    pub fn is_office_time(&self, at: DateTime<Utc>) -> bool {
        let local = at.with_timezone(&VIETNAM);
        self.is_worked(local.date_naive()) && (OPENS..CLOSES).contains(&local.time())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// Tết 2026 (16–20 February), and a Saturday that is worked.
    fn calendar() -> Calendar {
        let tet = (16..=20).map(|of| (NaiveDate::from_ymd_opt(2026, 2, of).expect("a day"), false));
        Calendar::new(tet.chain([(day("2026-08-22"), true), (day("2026-08-31"), false)]))
    }

    #[test]
    fn a_day_off_is_passed_over_both_ways() {
        let calendar = calendar();
        assert_eq!(calendar.on_or_after(day("2026-06-20")), day("2026-06-22"), "a Saturday");
        assert_eq!(calendar.on_or_before(day("2026-06-20")), day("2026-06-19"));
        assert_eq!(calendar.on_or_after(day("2026-02-14")), day("2026-02-23"), "the whole of Tết");
        assert_eq!(calendar.on_or_before(day("2026-02-22")), day("2026-02-13"));
        assert_eq!(calendar.on_or_after(day("2026-06-18")), day("2026-06-18"));
    }

    #[test]
    fn a_saturday_can_be_worked() {
        assert!(calendar().is_worked(day("2026-08-22")) && !calendar().is_worked(day("2026-08-31")));
        assert_eq!(calendar().after(day("2026-08-21"), 2), day("2026-08-24"));
    }

    #[test]
    fn working_days_are_counted_without_the_first() {
        let calendar = calendar();
        assert_eq!(calendar.after(day("2026-02-13"), 1), day("2026-02-23"));
        assert_eq!(calendar.after(day("2026-02-13"), 0), day("2026-02-13"));
    }

    #[test]
    fn people_are_left_alone_at_night_and_on_holidays() {
        let calendar = calendar();
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a moment");
        assert!(calendar.is_office_time(at("2026-02-13T09:59:59Z")) && !calendar.is_office_time(at("2026-02-13T10:00:00Z")));
        assert!(!calendar.is_office_time(at("2026-02-17T03:00:00Z")), "the first day of Tết");
    }
}
