//! Pictures of figures, drawn by the server: what stands on a page, is printed and is taken along, with the table of the same figures.
//! Geometry is plain arithmetic on `f64`; nothing here knows a capability.
//!
//! A gap is a gap, never a zero; a line does not run over a change of definition; everything begins at zero. Colour is never alone:
//! series differ by dash, mark and filling too, and every figure stands in the table.

pub mod bands;
pub mod bars;
pub mod bullets;
pub mod canvas;
pub mod columns;
pub mod figure;
pub mod lines;
pub mod map;
pub mod multiples;
pub mod paper;
pub mod plot;
pub mod printed_map;
pub mod saving;
pub mod scale;
pub mod spark;
pub mod stack;
pub mod table;

pub use bands::Bands;
pub use bullets::Bullet;
pub use canvas::Canvas;
pub use figure::{Figure, Kind};
pub use map::{Fill, Shape, map_svg};
pub use scale::worded;
pub use table::table;

use super::Locale;

/// Larger than this is no figure of ours, but a mistake in one.
const VALUE_MAX: f64 = 1e15;
/// So many series have a colour, a dash and a mark of their own.
pub const SERIES_MAX: usize = 4;

/// Values under one name, one for each label of its chart; None is a gap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    pub name: String,
    pub points: Vec<Option<f64>>,
}

impl Series {
    /// The value at a place. What is no number is a gap.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<f64> {
        self.points.get(place).copied().flatten().filter(|value| value.abs() < VALUE_MAX)
    }

    /// The last value that there is, and its place.
    #[must_use]
    pub fn last(&self) -> Option<(usize, f64)> {
        (0..self.points.len()).rev().find_map(|place| Some((place, self.at(place)?)))
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        (0..self.points.len()).filter_map(|place| self.at(place))
    }
}

/// Figures that are drawn together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// Says the finding.
    pub title: String,
    /// `%`, `kỳ`; empty for none.
    pub unit: String,
    pub labels: Vec<String>,
    pub series: Vec<Series>,
    pub target: Option<f64>,
    /// From where to where a forecast may lie, one pair for each label; a pair that is no number is none.
    pub band: Option<Vec<(f64, f64)>>,
    /// Where it is said what the figures count; empty for nowhere.
    pub definition_href: String,
    /// Where the figures can be taken from; the table of the picture itself when empty.
    pub data_href: String,
}

/// What else is known of a chart's figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// Where something else began to be counted.
    pub breaks: Vec<Break>,
    /// A state of the design system for each series, which gives it its colour; empty for none.
    pub tones: Vec<&'static str>,
    /// Short words under the axis instead of the labels; more of them than labels leave room for what is to come.
    pub ticks: Vec<String>,
    /// For each label, the list behind the figure of each series, then of each of `aside`.
    pub hrefs: Vec<Vec<String>>,
    /// Stands in the table and is not drawn.
    pub aside: Vec<Series>,
}

/// From this label on, something else is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Break {
    pub at: usize,
    pub why: String,
}

impl Chart {
    /// Lines with their gaps, the target and the band of a forecast.
    #[must_use]
    pub fn line_svg(&self, l: Locale) -> String {
        lines::draw(self, &Notes::default(), l, Canvas::Page)
    }

    /// Bars that lie, one for each label, its name above it; several series make parts of one bar.
    #[must_use]
    pub fn bars_svg(&self, l: Locale) -> String {
        bars::draw(self, &Notes::default(), l, Canvas::Page, 0..self.labels.len())
    }

    /// Columns side by side, one for each label.
    #[must_use]
    pub fn columns_svg(&self, l: Locale) -> String {
        columns::draw(self, &Notes::default(), l, Canvas::Page)
    }

    /// The same with the largest sum first and gaps last; equals by name.
    #[must_use]
    pub fn sorted(&self) -> Self {
        let sum = |place: usize| {
            let values: Vec<f64> = self.series.iter().filter_map(|series| series.at(place)).collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>())
        };
        let mut order: Vec<usize> = (0..self.labels.len()).collect();
        order.sort_by(|a, b| {
            let by_sum = match (sum(*a), sum(*b)) {
                (Some(a), Some(b)) => b.total_cmp(&a),
                (a, b) => b.is_some().cmp(&a.is_some()),
            };
            by_sum.then_with(|| vietnamese::order::compare(&self.labels[*a], &self.labels[*b]))
        });
        let series = |one: &Series| Series {
            name: one.name.clone(),
            points: order.iter().map(|place| one.points.get(*place).copied().flatten()).collect(),
        };
        Self {
            labels: order.iter().map(|place| self.labels[*place].clone()).collect(),
            series: self.series.iter().map(series).collect(),
            ..self.clone()
        }
    }

    /// Every value that must find room.
    fn values(&self) -> impl Iterator<Item = f64> {
        let band = self.band.iter().flatten().flat_map(|(low, high)| [*low, *high]).filter(|value| value.abs() < VALUE_MAX);
        let target = self.target.filter(|target| target.abs() < VALUE_MAX);
        self.series.iter().flat_map(Series::values).chain(target).chain(band)
    }

    /// What the picture shows, for who does not see it: how many figures, the largest and where, how many gaps.
    fn says(&self, l: Locale) -> String {
        let places = || (0..self.labels.len()).flat_map(|place| self.series.iter().map(move |series| (place, series.at(place))));
        let known: Vec<(usize, f64)> = places().filter_map(|(place, value)| Some((place, value?))).collect();
        let gaps = places().count() - known.len();
        let Some((place, most)) = known.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1)) else {
            return l.t("chart-says-nothing");
        };
        let words = [
            ("count", known.len().to_string()),
            ("most", worded(most, &self.unit)),
            ("at", self.labels.get(place).cloned().unwrap_or_default()),
            ("gaps", gaps.to_string()),
        ];
        l.with(if gaps == 0 { "chart-says" } else { "chart-says-gaps" }, &words)
    }
}
