//! Small multiples: each series in a small picture of its own, all by the same scale.

use super::plot::{SMALL, tone};
use super::scale::Scale;
use super::{Canvas, Chart, Notes, lines, worded};
use crate::web::{Locale, Markup};

/// One of them.
pub struct Small {
    pub name: String,
    /// The last value, or that there is none.
    pub value: String,
    pub svg: Markup,
}

/// Draws each series by itself.
#[must_use]
pub fn draw(chart: &Chart, notes: &Notes, l: Locale) -> Vec<Small> {
    let scale = Scale::of(chart.values(), 2);
    let small = |turn: usize| {
        let series = &chart.series[turn];
        let title = format!("{}: {}", chart.title, series.name);
        let alone = Chart { title, series: vec![series.clone()], band: None, ..chart.clone() };
        let notes = Notes { tones: vec![tone(notes, turn).state], aside: Vec::new(), ..notes.clone() };
        Small {
            name: series.name.clone(),
            value: series.last().map_or_else(|| l.t("chart-gap"), |(_, value)| worded(value, &chart.unit)),
            svg: Markup(lines::sized(&alone, &notes, l, Canvas::Page, (SMALL, Some(scale)))),
        }
    };
    (0..chart.series.len()).map(small).collect()
}
