//! One end of a range as it was written, with gaps where nothing was.

use chrono::NaiveDate;

use super::{DateError, Period};

/// One end of a range, or the whole: what was written, with gaps where nothing was.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Day {
        day: u32,
        month: Option<u32>,
        year: Option<i32>,
    },
    Month {
        month: u32,
        year: Option<i32>,
    },
    Quarter {
        quarter: u32,
        year: Option<i32>,
    },
    /// The first or last months of a year.
    Portion {
        months: u32,
        is_last: bool,
        year: Option<i32>,
    },
    Year {
        year: i32,
    },
    /// A number whose meaning the other end of the range gives.
    Bare {
        number: u32,
    },
}

impl Part {
    pub fn year(&self) -> Option<i32> {
        match *self {
            Part::Day { year, .. } | Part::Month { year, .. } | Part::Quarter { year, .. } | Part::Portion { year, .. } => year,
            Part::Year { year } => Some(year),
            Part::Bare { .. } => None,
        }
    }

    /// The part with the gaps filled from the other end.
    pub fn filled_from(self, other: &Part) -> Part {
        let their_month = match other {
            Part::Day { month, .. } => *month,
            _ => None,
        };
        match (self, other) {
            (Part::Day { day, month, year }, _) => Part::Day { day, month: month.or(their_month), year: year.or(other.year()) },
            (Part::Month { month, year }, _) => Part::Month { month, year: year.or(other.year()) },
            (Part::Quarter { quarter, year }, _) => Part::Quarter { quarter, year: year.or(other.year()) },
            (Part::Bare { number }, Part::Day { month, year, .. }) => Part::Day { day: number, month: *month, year: *year },
            (Part::Bare { number }, Part::Month { year, .. }) => Part::Month { month: number, year: *year },
            (Part::Bare { number }, Part::Quarter { year, .. }) => Part::Quarter { quarter: number, year: *year },
            (part, _) => part,
        }
    }

    pub fn complete(self) -> Result<Period, DateError> {
        match self {
            Part::Day { day, month, year } => {
                let month = month.ok_or(DateError::NotADate)?;
                check_month(month)?;
                let year = year.ok_or(DateError::MissingYear)?;
                let date = NaiveDate::from_ymd_opt(year, month, day);
                date.map(Period::day).ok_or(DateError::NoSuchDay { day, month, year })
            }
            Part::Month { month, year } => {
                check_month(month)?;
                Period::month(year.ok_or(DateError::MissingYear)?, month).ok_or(DateError::NotADate)
            }
            Part::Quarter { quarter, year } => {
                let year = year.ok_or(DateError::MissingYear)?;
                Period::quarter(year, quarter).ok_or(DateError::NoSuchQuarter(quarter))
            }
            Part::Portion { months, is_last, year } => {
                portion(months, is_last, year.ok_or(DateError::MissingYear)?).ok_or(DateError::NotADate)
            }
            Part::Year { year } => Period::year(year).ok_or(DateError::NotADate),
            Part::Bare { .. } => Err(DateError::NotADate),
        }
    }
}

fn check_month(month: u32) -> Result<(), DateError> {
    if (1..=12).contains(&month) { Ok(()) } else { Err(DateError::NoSuchMonth(month)) }
}

fn portion(months: u32, is_last: bool, year: i32) -> Option<Period> {
    match (months, is_last) {
        (6, _) => Period::half(year, 1 + u32::from(is_last)),
        (2..12, false) => Period::between(Period::month(year, 1)?, Period::month(year, months)?),
        (2..12, true) => Period::between(Period::month(year, 13 - months)?, Period::month(year, 12)?),
        _ => None,
    }
}
