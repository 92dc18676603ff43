//! A measure over time as the house draws it: month by month from its first value, its target, and what is to be expected.

use ::measures::{Amount, Definition};

use super::heading::{Heading, adds_up};
use super::kept::Row;
use super::measure::Measure;
use crate::web::chart::{Chart, Figure, Notes, Series, worded};
use crate::web::{Locale, Markup, Result};

/// Where the picture stands.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The address of the page, with its question.
    pub here: String,
    /// Where the figures can be taken from.
    pub data_href: String,
    /// The address of what is counted, with its question; year and month are added.
    pub records: String,
    /// Whether pointer and keys may ask it.
    pub is_lively: bool,
}

/// Draws the rows of all years, earliest first; None while there is no figure.
///
/// # Errors
/// The template failed.
pub fn drawn(l: Locale, measure: &Measure, rows: &[Row], heading: &Heading, place: Place) -> Result<Option<Markup>> {
    let definition = measure.definition();
    let months = months(rows);
    let Some(latest) = months.iter().rev().find_map(|one| one.value) else { return Ok(None) };
    let figure = Figure {
        id: "way",
        chart: Chart {
            title: l.t2("measure-way-finding", "name", &measure.title, "value", worded(latest, &definition.unit)),
            unit: definition.unit.clone(),
            labels: months.iter().map(Shown::name).collect(),
            series: vec![Series { name: l.t("measure-value"), points: months.iter().map(|one| one.value).collect() }],
            target: definition.target.filter(|_| !adds_up(&definition)).map(|target| target.value.as_f64()),
            band: band(&months, heading, &definition),
            definition_href: "#definition".into(),
            data_href: place.data_href,
        },
        notes: Notes { hrefs: months.iter().map(|one| vec![one.way_down(&place.records)]).collect(), ..Notes::default() },
        about: l.t("measure-way-about"),
        here: place.here,
        is_lively: place.is_lively,
        ..Figure::default()
    };
    figure.drawn(l).map(Some)
}

/// A month of the picture.
struct Shown {
    year: i32,
    month: u32,
    value: Option<f64>,
}

impl Shown {
    fn name(&self) -> String {
        format!("{}/{}", self.month, self.year)
    }

    /// What its figure counts; empty where there is none.
    fn way_down(&self, records: &str) -> String {
        self.value.map(|_| format!("{records}&year={}&month={}", self.year, self.month)).unwrap_or_default()
    }
}

/// Every month from the first that has a value to the end of the newest year.
fn months(rows: &[Row]) -> Vec<Shown> {
    let of_row = |row: &Row| {
        let months = row.months();
        let year = row.year;
        let value = move |month: u32| months.of(month).and_then(|value| value.figure()).map(Amount::as_f64);
        (1..=12_u32).map(move |month| Shown { year, month, value: value(month) }).collect::<Vec<_>>()
    };
    rows.iter().flat_map(of_row).skip_while(|one| one.value.is_none()).collect()
}

/// From the latest value to where it may lie in the last month shown, when that is what was forecast.
fn band(months: &[Shown], heading: &Heading, definition: &Definition) -> Option<Vec<(f64, f64)>> {
    let seen = heading.forecast.filter(|_| !adds_up(definition))?;
    let (at, latest) = months.iter().enumerate().rev().find_map(|(at, one)| Some((at, one.value?)))?;
    let last = months.len() - 1;
    let shown = months.last().is_some_and(|one| definition.target.is_none_or(|target| one.year == target.year));
    if at == last || !shown {
        return None;
    }
    let share = |place: usize| (place - at) as f64 / (last - at) as f64;
    let bounds = |place: usize| {
        if place < at {
            return (f64::NAN, f64::NAN);
        }
        let between = |end: f64| latest + (end - latest) * share(place);
        (between(seen.low), between(seen.high))
    };
    Some((0..months.len()).map(bounds).collect())
}
