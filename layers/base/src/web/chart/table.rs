//! The twin of a picture: the same figures as a table, which reads without the picture, and which the script of the page draws from.

use askama::Template;

use super::{Chart, Notes, SERIES_MAX, Series, worded};
use crate::web::Locale;
use crate::web::download::harmless;

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub words: String,
    /// The turn of the series that is drawn of it, from 1; 0 for what is not drawn.
    pub series: usize,
    pub tone: &'static str,
    /// `low` and `high` of a forecast; empty otherwise.
    pub band: &'static str,
}

impl Head {
    #[must_use]
    pub fn plain(words: String) -> Self {
        Self { words, ..Self::default() }
    }
}

/// A figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// As programs read it; empty for a gap.
    pub value: String,
    pub words: String,
    /// What it counts; empty for nowhere.
    pub href: String,
}

impl Cell {
    #[must_use]
    pub fn of(value: Option<f64>, unit: &str, href: &str, l: Locale) -> Self {
        Self {
            value: value.map(|value| value.to_string()).unwrap_or_default(),
            words: value.map_or_else(|| l.t("chart-gap"), |value| worded(value, unit)),
            href: href.to_owned(),
        }
    }
}

/// The figures of a label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub label: String,
    /// What is counted otherwise from here on; empty for nothing.
    pub why: String,
    pub cells: Vec<Cell>,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub caption: String,
    pub corner: String,
    pub heads: Vec<Head>,
    pub rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "web/chart/table.html")]
struct Shown<'a> {
    table: &'a Table,
}

/// The table of a chart as markup.
#[must_use]
pub fn table(chart: &Chart, l: Locale) -> String {
    Table::of(chart, &Notes::default(), l).html()
}

impl Table {
    /// The figures of a chart: what is drawn, what stands aside, the band of a forecast.
    #[must_use]
    pub fn of(chart: &Chart, notes: &Notes, l: Locale) -> Self {
        let drawn = chart.series.iter().enumerate().map(|(turn, series)| Head {
            words: series.name.clone(),
            series: turn % SERIES_MAX + 1,
            tone: notes.tones.get(turn).copied().unwrap_or_default(),
            band: "",
        });
        let aside = notes.aside.iter().map(|series| Head::plain(series.name.clone()));
        let band = chart.band.iter().flat_map(|_| ["low", "high"]);
        let band = band.map(|band| Head { band, ..Head::plain(l.t(&format!("chart-{band}"))) });
        Self {
            caption: chart.title.clone(),
            corner: l.t("chart-what"),
            heads: drawn.chain(aside).chain(band).collect(),
            rows: (0..chart.labels.len()).map(|place| row(chart, notes, l, place)).collect(),
        }
    }

    /// As markup.
    #[must_use]
    pub fn html(&self) -> String {
        // A template of ours, written into a string: it can not fail.
        Shown { table: self }.render().unwrap_or_default()
    }

    /// As a file (RFC 4180) with a byte order mark; a gap is an empty cell.
    ///
    /// # Errors
    /// Never, in fact: it is written into memory.
    pub fn csv(&self) -> anyhow::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
        let heads = self.heads.iter().map(|head| harmless(&head.words));
        writer.write_record(std::iter::once(harmless(&self.corner)).chain(heads))?;
        for row in &self.rows {
            let cells = row.cells.iter().map(|cell| cell.value.clone());
            writer.write_record(std::iter::once(harmless(&row.label)).chain(cells))?;
        }
        writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))
    }
}

fn row(chart: &Chart, notes: &Notes, l: Locale, place: usize) -> Row {
    let href = |turn: usize| notes.hrefs.get(place).and_then(|hrefs| hrefs.get(turn)).map(String::as_str).unwrap_or_default();
    let series = chart.series.iter().chain(&notes.aside).enumerate();
    let figures = series.map(|(turn, series): (usize, &Series)| {
        let value = series.at(place);
        // Behind a gap there is no list.
        Cell::of(value, &chart.unit, if value.is_some() { href(turn) } else { "" }, l)
    });
    let band = chart.band.iter().flat_map(|band| {
        let pair = band.get(place).copied().filter(|(low, high)| low.is_finite() && high.is_finite());
        [pair.map(|(low, _)| low), pair.map(|(_, high)| high)]
    });
    Row {
        label: chart.labels[place].clone(),
        why: notes.breaks.iter().find(|change| change.at == place).map(|change| change.why.clone()).unwrap_or_default(),
        cells: figures.chain(band.map(|value| Cell::of(value, &chart.unit, "", l))).collect(),
    }
}

/// A number as programs read it, for an attribute.
#[must_use]
pub fn number(value: f64) -> String {
    // Of 0.30000000000000004 nobody wants all digits.
    if value.is_finite() { ((value * 1e9).round() / 1e9).to_string() } else { String::new() }
}
