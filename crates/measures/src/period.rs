//! The stretches of time of values: which months they have, and when one is over.

use chrono::{Datelike, Months, NaiveDate};

use crate::Every;

/// Up to when what happens counts for a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CutOff {
    /// The last day of its last month.
    #[default]
    Calendar,
    /// The 14th of its last month; the 15th begins the next one (NĐ 09/2019/NĐ-CP, Điều 12).
    Fourteenth,
}

/// A period. Months go from 1 to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    pub year: i32,
    pub first: u32,
    pub last: u32,
}

impl Every {
    /// The first month of the period in which a month lies.
    #[must_use]
    pub const fn first_month(self, month: u32) -> u32 {
        let month = if month == 0 { 1 } else { month };
        match self {
            Self::Month => month,
            Self::Quarter => (month - 1) / 3 * 3 + 1,
            Self::HalfYear => (month - 1) / 6 * 6 + 1,
            Self::Year | Self::Ever => 1,
        }
    }

    /// The last month of the period in which a month lies.
    #[must_use]
    pub const fn last_month(self, month: u32) -> u32 {
        match self {
            Self::Month => month,
            Self::Quarter => self.first_month(month) + 2,
            Self::HalfYear => self.first_month(month) + 5,
            Self::Year | Self::Ever => 12,
        }
    }

    /// The periods of a year, in order.
    pub fn periods(self, year: i32) -> impl Iterator<Item = Period> {
        (1..=12).filter(move |month| self.last_month(*month) == *month).map(move |month| Period::of(self, year, month))
    }
}

impl Period {
    /// The period in which a month lies.
    #[must_use]
    pub const fn of(every: Every, year: i32, month: u32) -> Self {
        Self { year, first: every.first_month(month), last: every.last_month(month) }
    }

    /// The last day that counts.
    #[must_use]
    pub fn ends_on(self, cut_off: CutOff) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(self.year, self.last, 1).unwrap_or_default();
        match cut_off {
            CutOff::Fourteenth => first.with_day(14).unwrap_or_default(),
            CutOff::Calendar => first.checked_add_months(Months::new(1)).and_then(|day| day.pred_opt()).unwrap_or_default(),
        }
    }

    /// The first day that counts.
    #[must_use]
    pub fn begins_on(self, cut_off: CutOff) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(self.year, self.first, 1).unwrap_or_default();
        match cut_off {
            CutOff::Calendar => first,
            CutOff::Fourteenth => first.checked_sub_months(Months::new(1)).and_then(|day| day.with_day(15)).unwrap_or_default(),
        }
    }

    /// Whether it is over on a day.
    #[must_use]
    pub fn is_over_on(self, cut_off: CutOff, day: NaiveDate) -> bool {
        day > self.ends_on(cut_off)
    }

    /// `2026`, `2026-H1`, `2026-Q3`, `2026-05`: as keys of reporting periods are written.
    #[must_use]
    pub fn key(self) -> String {
        let year = self.year;
        match self.last + 1 - self.first {
            12 => format!("{year}"),
            6 => format!("{year}-H{}", self.last / 6),
            3 => format!("{year}-Q{}", self.last / 3),
            _ => format!("{year}-{:02}", self.last),
        }
    }
}

/// The last month that was over when something was closed of which the data end that day: the month itself when its last days were in it,
/// or when the rule cuts it off on the 14th.
#[must_use]
pub fn last_closed(end: NaiveDate) -> (i32, u32) {
    let is_whole = end.succ_opt().is_none_or(|next| next.month() != end.month());
    if is_whole || end.day() >= 14 {
        return (end.year(), end.month());
    }
    let before = end.checked_sub_months(Months::new(1)).unwrap_or(end);
    (before.year(), before.month())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_half_year_ends_in_june_or_on_the_14th_of_it() {
        let half = Period::of(Every::HalfYear, 2026, 3);
        assert_eq!((half.first, half.last, half.key().as_str()), (1, 6, "2026-H1"));
        assert_eq!((half.begins_on(CutOff::Calendar), half.ends_on(CutOff::Calendar)), (day("2026-01-01"), day("2026-06-30")));
        assert_eq!(
            (half.begins_on(CutOff::Fourteenth), half.ends_on(CutOff::Fourteenth)),
            (day("2025-12-15"), day("2026-06-14"))
        );
        assert!(half.is_over_on(CutOff::Fourteenth, day("2026-06-15")) && !half.is_over_on(CutOff::Calendar, day("2026-06-30")));
        assert_eq!(Period::of(Every::Quarter, 2026, 9).key(), "2026-Q3");
        assert_eq!(Period::of(Every::Month, 2028, 2).ends_on(CutOff::Calendar), day("2028-02-29"));
        assert_eq!(
            Every::Quarter.periods(2026).map(Period::key).collect::<Vec<_>>(),
            ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
        );
        assert_eq!(last_closed(day("2026-06-14")), (2026, 6));
        assert_eq!(last_closed(day("2026-06-30")), (2026, 6));
        assert_eq!(last_closed(day("2026-01-05")), (2025, 12));
    }

    proptest! {
        /// Periods cut a year into pieces that touch and do not overlap, whatever the cut-off.
        #[test]
        fn periods_touch(year in 2000_i32..2100, month in 1_u32..=12) {
            for every in [Every::Month, Every::Quarter, Every::HalfYear, Every::Year] {
                let period = Period::of(every, year, month);
                prop_assert!(period.first <= month && month <= period.last);
                for cut in [CutOff::Calendar, CutOff::Fourteenth] {
                    let next = if period.last == 12 { Period::of(every, year + 1, 1) } else { Period::of(every, year, period.last + 1) };
                    prop_assert_eq!(period.ends_on(cut).succ_opt(), Some(next.begins_on(cut)));
                }
            }
        }
    }
}
