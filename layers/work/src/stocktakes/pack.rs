//! What a stocktake says: sections of rows, each figure with the list behind it. Whatever is shown, printed or written to a
//! file is made of the same sections.

mod money;
mod progress;
mod said;
mod seen;

use chrono::{Datelike, NaiveDate};

use crate::base::{App, time};
use crate::duties::Duty;
use crate::duties::progress::{ALL_YEARS, days};
use crate::people::agency::brief::Known;
use crate::plans::Plan;
use crate::web::{Locale, Result};

/// A row of more columns is no card any more.
const CARD_COLUMNS: usize = 7;

/// Words or a figure, and where they lead; nowhere when the address is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub href: String,
    pub number: bool,
}

impl Cell {
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    #[must_use]
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), number: false }
    }

    /// A count; zero leads nowhere.
    #[must_use]
    pub fn count(count: i64, href: impl Into<String>) -> Self {
        let href = if count == 0 { String::new() } else { href.into() };
        Self { text: vietnamese::number::format_integer(count), href, number: true }
    }

    /// A sum in đồng; a dash when nobody entered one.
    #[must_use]
    pub fn sum(sum: Option<i64>, href: &str) -> Self {
        match sum {
            Some(sum) => Self { text: vietnamese::number::format_integer(sum), href: href.to_owned(), number: true },
            None => Self { text: "–".into(), href: String::new(), number: true },
        }
    }
}

/// One part of a stocktake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub id: &'static str,
    pub title: String,
    /// One sentence over the rows; may be empty.
    pub note: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
    /// What is said when there are no rows.
    pub empty: String,
}

impl Section {
    /// Whether a column is shown where a row is a card: all of a few, and of many those that say how far it got.
    #[must_use]
    pub fn is_on_card(&self, column: usize) -> bool {
        self.head.len() <= CARD_COLUMNS || progress::ON_CARDS.contains(&column)
    }
}

/// What is taken stock of.
pub struct Frame {
    pub l: Locale,
    pub plan: Plan,
    /// None: all the years of the plan.
    pub year: Option<i32>,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub today: NaiveDate,
    pub duties: Vec<Duty>,
    /// The years in which the plan asks something.
    pub years: Vec<i32>,
    pub agencies: std::sync::Arc<Known>,
}

impl Frame {
    /// A plan in a year, or (None) in all its years.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, l: Locale, plan: Plan, year: Option<i32>) -> Result<Self> {
        let today = time::local_date(app.clock.now());
        let duties = Duty::of_plan(&app.db, plan.id).await?;
        let first = duties.iter().map(|duty| duty.starts_on.year()).min().unwrap_or(today.year()).min(today.year());
        let last = duties.iter().map(|duty| duty.last_day().year()).max().unwrap_or(today.year()).max(today.year());
        // What is due after the last year, because it is handed in some days after its period, is part of the whole, too.
        let (from, until) = days(year, today);
        Ok(Self { from, until, years: (first..=last).collect(), agencies: Known::now(app).await?, l, plan, year, today, duties })
    }

    /// Of the years in which the plan asks something.
    #[must_use]
    pub fn first_year(&self) -> i32 {
        self.years.first().copied().unwrap_or_else(|| self.today.year())
    }

    /// The same, the last.
    #[must_use]
    pub fn last_year(&self) -> i32 {
        self.years.last().copied().unwrap_or_else(|| self.today.year())
    }

    /// The year as it stands in addresses of lists.
    fn asked_year(&self) -> String {
        self.year.map_or_else(|| ALL_YEARS.to_owned(), |year| year.to_string())
    }

    /// Whether a day lies within.
    #[must_use]
    pub fn has(&self, day: NaiveDate) -> bool {
        (self.from..=self.until).contains(&day)
    }

    fn agency(&self, id: &uuid::Uuid) -> String {
        self.agencies.get(id).map(|agency| agency.label()).unwrap_or_default()
    }
}

/// All sections in their order.
///
/// # Errors
/// The database failed.
pub async fn sections(app: &App, frame: &Frame) -> Result<Vec<Section>> {
    let mut all = progress::sections(app, frame).await?;
    all.extend(said::sections(app, frame).await?);
    all.push(money::section(app, frame).await?);
    all.extend(seen::sections(app, frame).await?);
    Ok(all)
}
