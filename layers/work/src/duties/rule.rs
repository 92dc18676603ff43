//! Due rules as data: how often something is owed, by which day, and of which stretch of time. Pure.

use std::fmt::Write;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;

/// The most periods of one rule; "monthly for a hundred years" is a slip of the pen.
pub const PERIODS_MAX: usize = 240;

/// A due rule. Kept as JSON in `duty.rule`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    #[serde(flatten)]
    pub often: Often,
    /// "trước ngày 20": the day before is the last in time.
    #[serde(default)]
    pub before: bool,
    #[serde(default)]
    pub cut_off: CutOff,
    #[serde(default)]
    pub shift: Shift,
}

/// How often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "often", rename_all = "snake_case")]
pub enum Often {
    /// Once, by that day: "trong năm 2026" is by 31/12/2026.
    Once { by: NaiveDate },
    /// On a day of each month; a month that is shorter has it on its last day.
    Monthly { day: u32 },
    /// On days of each year; a period goes from the day after one to the next.
    Yearly { days: Vec<DayOfYear> },
    /// Nothing is handed in by a day: how it stands is asked on these days of each year.
    Continuous { checks: Vec<DayOfYear> },
    /// When somebody asks: so many working days after the request.
    OnRequest { working_days: u32 },
    /// Nobody owes anything for it: it says how others go about things.
    Never,
}

/// A day of every year; 29/2 is 28/2 where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DayOfYear {
    pub month: u32,
    pub day: u32,
}

/// Up to when data of a period counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CutOff {
    /// Calendar months, half-years, years.
    #[default]
    Calendar,
    /// From the 15th to the 14th (NĐ 09/2019/NĐ-CP, Điều 12).
    Fourteenth,
}

/// What happens when the last day is not worked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    #[default]
    None,
    Previous,
    Next,
}

/// One period of a rule: what time it is about, and by when it is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// `2026`, `2026-H1`, `2026-Q3`, `2026-05`; `once` is a year's or a day's own.
    pub key: String,
    /// First day of the data.
    pub start: NaiveDate,
    /// Last day of the data: an agency that is open then owes the period.
    pub end: NaiveDate,
    /// The last day in time, shifted as the rule says.
    pub due: NaiveDate,
}

/// Between which days periods are made, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    pub from: NaiveDate,
    pub until: NaiveDate,
}

impl Rule {
    /// A rule without cut-off and shift.
    #[must_use]
    pub fn plain(often: Often) -> Self {
        Self { often, before: false, cut_off: CutOff::Calendar, shift: Shift::None }
    }

    /// The periods that are due within the frame, earliest first. A rule on request has none of its own.
    #[must_use]
    pub fn periods(&self, frame: Frame, calendar: &Calendar) -> Vec<Period> {
        let years = frame.from.year()..=frame.until.year();
        let mut periods: Vec<Period> = match &self.often {
            Often::Once { by } => self.once(frame, *by).into_iter().collect(),
            Often::Monthly { day } => years
                .flat_map(|year| (1..=12).map(move |month| (year, month)))
                .filter_map(|(y, m)| self.month(y, m, *day))
                .collect(),
            Often::Yearly { days } | Often::Continuous { checks: days } => {
                years.flat_map(|year| (0..days.len()).filter_map(move |turn| self.part_of_year(year, days, turn))).collect()
            }
            Often::OnRequest { .. } | Often::Never => Vec::new(),
        };
        for period in &mut periods {
            period.due = self.shifted(period.due, calendar);
        }
        if !matches!(self.often, Often::Once { .. }) {
            periods.retain(|period| period.due >= frame.from && period.start <= frame.until);
        }
        periods.truncate(PERIODS_MAX);
        periods
    }

    /// By when it is owed after a request on that day; None when the rule is not on request.
    #[must_use]
    pub fn due_after(&self, day: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
        match self.often {
            Often::OnRequest { working_days } => Some(calendar.after(day, working_days)),
            _ => None,
        }
    }

    fn once(&self, frame: Frame, by: NaiveDate) -> Option<Period> {
        let due = self.last_day(by)?;
        let key = if (by.month(), by.day()) == (12, 31) { by.year().to_string() } else { by.to_string() };
        Some(Period { key, start: frame.from.min(due), end: due, due })
    }

    fn month(&self, year: i32, month: u32, day: u32) -> Option<Period> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let (start, end) = match self.cut_off {
            CutOff::Calendar => (first, first.checked_add_months(Months::new(1))?.pred_opt()?),
            CutOff::Fourteenth => (first.with_day(15)?.checked_sub_months(Months::new(1))?, first.with_day(14)?),
        };
        Some(Period { key: format!("{year}-{month:02}"), start, end, due: self.last_day(in_month(year, month, day)?)? })
    }

    /// The stretch of the year that ends with the days' `turn`-th.
    fn part_of_year(&self, year: i32, days: &[DayOfYear], turn: usize) -> Option<Period> {
        let count = u32::try_from(days.len()).ok()?;
        let on = days.get(turn)?;
        let due = self.last_day(in_month(year, on.month, on.day)?)?;
        let turn = u32::try_from(turn).ok()?;
        // Even parts have calendar names (half-years, quarters); odd ones are numbered and end with their days.
        let (key, start, end) = match count {
            1 | 2 | 3 | 4 | 6 | 12 => {
                let months = 12 / count;
                let first = NaiveDate::from_ymd_opt(year, turn * months + 1, 1)?;
                let end = first.checked_add_months(Months::new(months))?.pred_opt()?;
                (key(year, count, turn), first, end)
            }
            _ => {
                let before = if turn == 0 { None } else { days.get(turn as usize - 1) };
                let start = match before {
                    Some(before) => in_month(year, before.month, before.day)?.succ_opt()?,
                    None => NaiveDate::from_ymd_opt(year, 1, 1)?,
                };
                (format!("{year}-{}", turn + 1), start, due)
            }
        };
        let (start, end) = match self.cut_off {
            CutOff::Calendar => (start, end),
            CutOff::Fourteenth => {
                (start.checked_sub_months(Months::new(1))?.with_day(15)?, in_month(end.year(), end.month(), 14)?)
            }
        };
        Some(Period { key, start, end, due })
    }

    fn last_day(&self, named: NaiveDate) -> Option<NaiveDate> {
        if self.before { named.pred_opt() } else { Some(named) }
    }

    fn shifted(&self, day: NaiveDate, calendar: &Calendar) -> NaiveDate {
        match self.shift {
            Shift::None => day,
            Shift::Previous => calendar.on_or_before(day),
            Shift::Next => calendar.on_or_after(day),
        }
    }
}

/// `2026`, `2026-H1`, `2026-Q3`, `2026-05`, or `2026-2` of three or six.
fn key(year: i32, count: u32, turn: u32) -> String {
    let mut key = year.to_string();
    let _ = match count {
        1 => Ok(()),
        2 => write!(key, "-H{}", turn + 1),
        4 => write!(key, "-Q{}", turn + 1),
        12 => write!(key, "-{:02}", turn + 1),
        _ => write!(key, "-{}", turn + 1),
    };
    key
}

/// The day of that month, or its last when it has not so many.
fn in_month(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()?;
    last.with_day(day.clamp(1, last.day()))
}

#[cfg(test)]
mod tests;
