//! Bars that lie, for what has long names: the name stands above its bar, so that no name is too long for the place beside it.

use std::ops::Range;

use super::canvas::{Svg, Tone};
use super::plot::{self, tone};
use super::scale::Scale;
use super::{Canvas, Chart, Notes, worded};
use crate::web::Locale;

/// From one bar to the next, in pixels; where its words stand, where it begins, how high it is.
const ROW: f64 = 40.0;
const WORDS: f64 = 14.0;
const BAR: f64 = 20.0;
const HIGH: f64 = 12.0;

/// Draws some rows of a chart as bars, by the scale of all of them.
#[must_use]
pub fn draw(chart: &Chart, notes: &Notes, l: Locale, canvas: Canvas, rows: Range<usize>) -> String {
    let mut svg = Svg::new(canvas, ROW * rows.len() as f64, (&chart.title, &chart.says(l)), &plot::key(chart, notes));
    let sums = (0..chart.labels.len()).filter_map(|place| sum(chart, place));
    let scale = Scale::of(sums.chain(chart.values()), plot::LEVELS);
    for (turn, place) in rows.enumerate() {
        row(&mut svg, chart, notes, l, (place, turn as f64 * ROW, &scale));
    }
    svg.done()
}

/// What the parts of a bar make together; None where there is none.
fn sum(chart: &Chart, place: usize) -> Option<f64> {
    let values: Vec<f64> = chart.series.iter().filter_map(|series| series.at(place)).collect();
    (!values.is_empty()).then(|| values.iter().sum())
}

fn row(svg: &mut Svg, chart: &Chart, notes: &Notes, l: Locale, (place, top, scale): (usize, f64, &Scale)) {
    let canvas = svg.canvas();
    let label = chart.labels.get(place).map(String::as_str).unwrap_or_default();
    let sum = sum(chart, place);
    let value = sum.map_or_else(|| l.t("chart-gap"), |value| worded(value, &chart.unit));
    svg.name(top + WORDS, label, value.chars().count());
    svg.words((1.0, top + WORDS), "end", if sum.is_some() { "word" } else { "tick" }, &value);
    if sum.is_none() {
        return; // A gap has no bar, and no place for one.
    }
    let plain = Tone::default();
    svg.rect((0.0, top + BAR), (1.0, HIGH), &canvas.look("ground", plain), &format!("{label}: {value}"));
    let (mut right, mut left) = (0.0, 0.0);
    for (turn, series) in chart.series.iter().enumerate() {
        let Some(value) = series.at(place) else { continue };
        // Parts above zero go on to the right, parts under it to the left.
        let from = if value < 0.0 { &mut left } else { &mut right };
        let (start, end) = (*from, *from + value);
        *from = end;
        let (least, most) = (f64::min(start, end), f64::max(start, end));
        let (x, wide) = (scale.share(least), scale.share(most) - scale.share(least));
        let says = format!("{label}: {} {}", series.name, worded(value, &chart.unit));
        svg.rect((x, top + BAR), (wide, HIGH), &canvas.look("bar", tone(notes, turn)), &says);
    }
    if let Some(target) = chart.target.filter(|target| target.is_finite()) {
        let x = scale.share(target);
        let says = l.t1("chart-target", "value", worded(target, &chart.unit));
        svg.line((x, top + BAR - 3.0), (x, top + BAR + HIGH + 3.0), &canvas.look("goal-tick", plain), &says);
    }
}
