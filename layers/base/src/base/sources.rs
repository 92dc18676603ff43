//! What a capability keeps that can be counted for measures. Each says of its own rows how many there were, month by month and agency by
//! agency, and which they are (`Capability::sources`); whoever counts asks all of them and knows none.

pub mod tallying;
pub mod together;

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};
use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::{App, Who};
use crate::web::{Locale, Result};

/// Records of one list at most; whoever wants all of them asks for a narrower stretch.
pub const RECORDS_MAX: u64 = 500;

/// Something that a capability keeps and that can be counted.
#[derive(Clone, Copy)]
pub struct Source {
    /// It stands in definitions of measures and is never renamed, e.g. `articles-published`; the Fluent key of its name is `source-` and
    /// this, that of what exactly counts `source-` and this and `-rule`.
    pub code: &'static str,
    pub counting: Counting,
    /// Whether several agencies may claim the same thing, so that the count of the province is not the sum of theirs: then
    /// [`Source::tallies`] gives lines without an agency too.
    pub is_shared: bool,
    /// One statement, whatever the number of agencies and months.
    pub tallies: for<'a> fn(&'a App, Stretch) -> BoxFuture<'a, Result<Vec<Tallied>>>,
    /// What was counted, the newest first, at most [`RECORDS_MAX`].
    pub records: for<'a> fn(&'a App, &'a Who, Locale, Asked) -> BoxFuture<'a, Result<Vec<Record>>>,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("code", &self.code).field("counting", &self.counting).finish_non_exhaustive()
    }
}

/// How the counts of months make that of a longer stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// Things that happened in the month: months add up.
    Happened,
    /// Things that there are on the last day of the month (today, in a month that is not over): the last month counts.
    Stands,
}

/// A month of the calendar in Vietnam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month in which a day lies.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.first_day().checked_add_months(Months::new(1)).and_then(|day| day.pred_opt()).unwrap_or_default()
    }

    #[must_use]
    pub fn next(self) -> Self {
        if self.month == 12 { Self { year: self.year + 1, month: 1 } } else { Self { year: self.year, month: self.month + 1 } }
    }
}

/// Months from the first to the last, both counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stretch {
    pub first: Month,
    pub last: Month,
}

impl Stretch {
    /// Every month of it in order; none when it ends before it begins.
    pub fn months(self) -> impl Iterator<Item = Month> {
        std::iter::successors(Some(self.first), |month| Some(month.next())).take_while(move |month| *month <= self.last)
    }
}

/// How many there were of something in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tallied {
    /// None: in the whole province, each thing once ([`Source::is_shared`]).
    pub agency: Option<Uuid>,
    pub month: Month,
    pub count: u64,
}

/// Which records are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// None: of all agencies.
    pub agency: Option<Uuid>,
    pub stretch: Stretch,
}

/// One of what was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub id: Uuid,
    pub agency: Uuid,
    pub title: String,
    pub on: NaiveDate,
    /// Its page of the desk, empty for whoever may not see it.
    pub href: String,
    /// Where the public sees it, empty when nowhere.
    pub public_href: String,
}

/// Everything that the product can count, in the order of its capabilities.
pub fn all(app: &App) -> impl Iterator<Item = Source> {
    app.capabilities.iter().flat_map(|capability| capability.sources).copied()
}

/// The source of that code.
#[must_use]
pub fn of_code(app: &App, code: &str) -> Option<Source> {
    all(app).find(|source| source.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_each_other_over_the_year() {
        let stretch = Stretch { first: Month { year: 2025, month: 11 }, last: Month { year: 2026, month: 2 } };
        let months: Vec<(i32, u32)> = stretch.months().map(|month| (month.year, month.month)).collect();
        assert_eq!(months, [(2025, 11), (2025, 12), (2026, 1), (2026, 2)]);
        assert_eq!(Month { year: 2024, month: 2 }.last_day().day(), 29);
        assert_eq!(Stretch { first: stretch.last, last: stretch.first }.months().count(), 0);
    }
}
