//! Dates and periods as official texts write them: `ngày 20 tháng 6 năm 2026`, `quý II/2026`, `6 tháng đầu năm 2026`.
//!
//! [`parse_period`] reads a whole text, [`find_periods`] finds all in a text, a [`Period`] prints itself in the form that
//! official documents use and says itself in words.

mod error;
mod figures;
mod find;
mod format;
mod named;
mod parse;
mod part;
mod words;

use chrono::{Datelike, Days, NaiveDate};

pub use error::DateError;
pub use find::{FoundPeriod, find_periods};
pub use format::{long_date, short_date};
pub use parse::{parse_date, parse_period};
pub use words::{date_in_words, day_in_words, time_in_words};

/// A stretch of whole days that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    kind: PeriodKind,
    start: NaiveDate,
    end: NaiveDate,
}

/// What a [`Period`] is called by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeriodKind {
    /// One day.
    Day,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// The first or last six months of a year.
    Half,
    /// A calendar year.
    Year,
    /// From a day to a day.
    Days,
    /// From a month to a month.
    Months,
    /// From a year to a year.
    Years,
}

impl Period {
    /// One day.
    pub fn day(day: NaiveDate) -> Period {
        Period { kind: PeriodKind::Day, start: day, end: day }
    }

    /// A month, 1 to 12; `None` when there is none such.
    pub fn month(year: i32, month: u32) -> Option<Period> {
        Period::whole_months(PeriodKind::Month, year, month, 1)
    }

    /// A quarter, 1 to 4; `None` when there is none such.
    pub fn quarter(year: i32, quarter: u32) -> Option<Period> {
        let first = (1..=4).contains(&quarter).then(|| quarter * 3 - 2)?;
        Period::whole_months(PeriodKind::Quarter, year, first, 3)
    }

    /// The first (1) or last (2) six months of a year; `None` for other halves.
    pub fn half(year: i32, half: u32) -> Option<Period> {
        let first = (1..=2).contains(&half).then(|| half * 6 - 5)?;
        Period::whole_months(PeriodKind::Half, year, first, 6)
    }

    /// A year; `None` when the calendar does not reach so far.
    pub fn year(year: i32) -> Option<Period> {
        Period::whole_months(PeriodKind::Year, year, 1, 12)
    }

    /// From the first day of one period to the last day of another; `None` when the second ends before the first starts.
    ///
    /// ```
    /// use vietnamese::date::Period;
    /// let years = Period::between(Period::year(2025).unwrap(), Period::year(2030).unwrap()).unwrap();
    /// assert_eq!(years.to_string(), "2025 - 2030");
    /// ```
    pub fn between(first: Period, last: Period) -> Option<Period> {
        use PeriodKind::{Day, Days, Months, Year, Years};
        let kind = match (first.kind, last.kind) {
            (Year | Years, Year | Years) => Years,
            (Day | Days, _) | (_, Day | Days) => Days,
            _ => Months,
        };
        (first.start <= last.end).then_some(Period { kind, start: first.start, end: last.end })
    }

    fn whole_months(kind: PeriodKind, year: i32, first: u32, count: u32) -> Option<Period> {
        let start = NaiveDate::from_ymd_opt(year, first, 1)?;
        let (next_year, next_month) = match first + count {
            month @ ..=12 => (year, month),
            month => (year + 1, month - 12),
        };
        let end = NaiveDate::from_ymd_opt(next_year, next_month, 1)?.checked_sub_days(Days::new(1))?;
        Some(Period { kind, start, end })
    }

    /// What the period is called by.
    pub fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// The first day.
    pub fn start(&self) -> NaiveDate {
        self.start
    }

    /// The last day, which belongs to the period.
    pub fn end(&self) -> NaiveDate {
        self.end
    }

    /// Whether the day lies in the period.
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.start..=self.end).contains(&day)
    }

    /// The number of days, 1 for a day.
    pub fn length_days(&self) -> i64 {
        (self.end - self.start).num_days() + 1
    }

    /// The quarter that the first day lies in, 1 to 4.
    fn start_quarter(&self) -> u32 {
        self.start.month0() / 3 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_their_days() {
        let days = |period: Option<Period>| {
            let period = period.unwrap();
            format!("{} {} {}", period.start, period.end, period.length_days())
        };
        assert_eq!(days(Period::month(2024, 2)), "2024-02-01 2024-02-29 29");
        assert_eq!(days(Period::month(2026, 12)), "2026-12-01 2026-12-31 31");
        assert_eq!(days(Period::quarter(2026, 2)), "2026-04-01 2026-06-30 91");
        assert_eq!(days(Period::half(2026, 2)), "2026-07-01 2026-12-31 184");
        assert_eq!(days(Period::year(2026)), "2026-01-01 2026-12-31 365");
    }

    #[test]
    fn what_is_not_there_is_none() {
        assert!(Period::month(2026, 13).is_none() && Period::month(2026, 0).is_none());
        assert!([0, 5, 1_431_655_766].iter().all(|quarter| Period::quarter(2026, *quarter).is_none()));
        assert!(Period::half(2026, 3).is_none() && Period::half(2026, u32::MAX).is_none());
        assert!(Period::year(i32::MAX).is_none());
        assert!(Period::between(Period::year(2026).unwrap(), Period::year(2025).unwrap()).is_none());
    }
}
