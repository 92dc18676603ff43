//! A clock that runs in working time only: the working hours of days that are worked. Pure: what it is asked is a
//! moment and a number of minutes.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::calendar::Calendar;
use crate::base::time::VIETNAM;

/// Longest search for working time; a calendar that has none that near is broken, and the clock stops there.
const SEARCH_DAYS: usize = 3_700;

/// The hours of a working day, earliest first (QĐ 188/1999/QĐ-TTg: eight hours a day; which ones is the province's to say).
const HOURS: [(NaiveTime, NaiveTime); 2] = [(hour(7, 0), hour(11, 30)), (hour(13, 30), hour(17, 0))];

const fn hour(hour: u32, minute: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, minute, 0) {
        Some(time) => time,
        None => unreachable!(),
    }
}

/// The working time of a calendar.
#[derive(Clone, Copy, Debug)]
pub struct WorkingTime<'a> {
    calendar: &'a Calendar,
}

impl<'a> WorkingTime<'a> {
    #[must_use]
    pub const fn of(calendar: &'a Calendar) -> Self {
        Self { calendar }
    }

    /// Whether people work at that moment: neither at night, nor at noon, nor on a day off.
    #[must_use]
    pub fn is_working(&self, at: DateTime<Utc>) -> bool {
        self.parts(local_day(at)).any(|(from, until)| from <= at && at < until)
    }

    /// The moment at which so many minutes have been worked since `at`: the end of an afternoon rather than the morning
    /// after it. With none to work, the moment itself.
    #[must_use]
    pub fn after(&self, at: DateTime<Utc>, minutes: i64) -> DateTime<Utc> {
        let mut left = TimeDelta::minutes(minutes);
        if left <= TimeDelta::zero() {
            return at;
        }
        let mut last = at;
        for (from, until) in local_day(at).iter_days().take(SEARCH_DAYS).flat_map(|day| self.parts(day)) {
            let from = from.max(at);
            if from >= until {
                continue;
            }
            if until - from >= left {
                return from + left;
            }
            left -= until - from;
            last = until;
        }
        last
    }

    /// The whole minutes worked between two moments; none when the second is not the later one.
    #[must_use]
    pub fn between(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> i64 {
        let days = local_day(from).iter_days().take(SEARCH_DAYS).take_while(|day| *day <= local_day(until));
        let worked = |(begins, ends): (DateTime<Utc>, DateTime<Utc>)| (ends.min(until) - begins.max(from)).max(TimeDelta::zero());
        days.flat_map(|day| self.parts(day)).map(worked).sum::<TimeDelta>().num_minutes()
    }

    /// The stretches of a day that are worked.
    fn parts(&self, day: NaiveDate) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + use<> {
        let worked = self.calendar.is_worked(day);
        let at = move |time: NaiveTime| day.and_time(time).and_local_timezone(VIETNAM).single().map(|at| at.to_utc());
        HOURS.into_iter().filter(move |_| worked).filter_map(move |(from, until)| Some((at(from)?, at(until)?)))
    }
}

fn local_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&VIETNAM).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tết 2026 (16–20 February), a Saturday that is worked and the Monday it is worked for.
    fn calendar() -> Calendar {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let tet = (16..=20).map(|of| (NaiveDate::from_ymd_opt(2026, 2, of).expect("a day"), false));
        Calendar::new(tet.chain([(day("2026-08-22"), true), (day("2026-08-31"), false)]))
    }

    fn at(local: &str) -> DateTime<Utc> {
        format!("{local}:00+07:00").parse().expect("a moment")
    }

    #[track_caller]
    fn due(from: &str, hours: i64, until: &str) {
        let calendar = calendar();
        let clock = WorkingTime::of(&calendar);
        let (from, until) = (at(from), at(until));
        assert_eq!(clock.after(from, hours * 60), until, "after {hours} hours");
        assert_eq!(clock.between(from, until), hours * 60, "between is the other way round");
    }

    #[test]
    fn a_day_has_eight_hours_with_a_noon_in_them() {
        due("2026-03-02T07:00", 4, "2026-03-02T11:00");
        due("2026-03-02T11:00", 1, "2026-03-02T14:00");
        due("2026-03-02T07:00", 8, "2026-03-02T17:00");
        due("2026-03-02T07:00", 9, "2026-03-03T08:00");
        due("2026-03-02T12:10", 1, "2026-03-02T14:30");
    }

    #[test]
    fn nights_and_week_ends_do_not_count() {
        due("2026-03-02T21:00", 2, "2026-03-03T09:00");
        due("2026-03-03T02:00", 2, "2026-03-03T09:00");
        due("2026-03-06T16:00", 1, "2026-03-06T17:00");
        due("2026-03-06T16:00", 2, "2026-03-09T08:00");
        due("2026-03-06T17:00", 1, "2026-03-09T08:00");
        due("2026-03-07T10:00", 24, "2026-03-11T17:00");
    }

    #[test]
    fn tet_stops_the_clock_and_a_worked_saturday_does_not() {
        due("2026-02-13T16:00", 2, "2026-02-23T08:00");
        due("2026-02-17T09:00", 8, "2026-02-23T17:00");
        due("2026-08-21T16:00", 2, "2026-08-22T08:00");
        due("2026-08-28T16:00", 2, "2026-09-01T08:00");
    }

    #[test]
    fn moments_are_worked_or_not() {
        let calendar = calendar();
        let clock = WorkingTime::of(&calendar);
        for moment in ["2026-03-02T07:00", "2026-03-02T11:29", "2026-03-02T13:30", "2026-03-02T16:59", "2026-08-22T09:00"] {
            assert!(clock.is_working(at(moment)), "{moment}");
        }
        for moment in ["2026-03-02T06:59", "2026-03-02T11:30", "2026-03-02T12:00", "2026-03-02T17:00", "2026-03-02T23:00"] {
            assert!(!clock.is_working(at(moment)), "{moment}");
        }
        for moment in ["2026-02-17T09:00", "2026-03-07T09:00", "2026-08-31T09:00"] {
            assert!(!clock.is_working(at(moment)), "{moment}");
        }
    }

    #[test]
    fn what_is_over_is_over_and_a_broken_calendar_does_not_hang() {
        let calendar = calendar();
        let clock = WorkingTime::of(&calendar);
        let (early, late) = (at("2026-03-02T09:00"), at("2026-03-02T10:00"));
        assert_eq!(clock.between(late, early), 0);
        assert_eq!((clock.after(late, 0), clock.after(late, -5)), (late, late));
        assert_eq!(clock.between(at("2026-03-02T12:00"), at("2026-03-02T13:00")), 0);
        let never = Calendar::new((0..9_000).filter_map(|n| {
            let day = NaiveDate::from_ymd_opt(2026, 1, 1)?.checked_add_days(chrono::Days::new(n))?;
            Some((day, false))
        }));
        assert_eq!(WorkingTime::of(&never).after(early, 60), early);
    }
}
