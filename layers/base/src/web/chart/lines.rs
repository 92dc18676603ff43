//! Lines over time.

use super::canvas::{Svg, Tone};
use super::plot::{self, Plot, Size, WHOLE, ticks, tone};
use super::scale::Scale;
use super::{Canvas, Chart, Notes, Series, worded};
use crate::web::Locale;

/// With more places than this only values that stand alone have a mark.
const MARKS_MAX: usize = 60;
/// Words at two changes of definition stand so far apart, as a share of the width.
const APART: f64 = 0.3;

/// Draws a chart as lines.
#[must_use]
pub fn draw(chart: &Chart, notes: &Notes, l: Locale, canvas: Canvas) -> String {
    sized(chart, notes, l, canvas, (WHOLE, None))
}

/// The same in another size, and by the scale of its neighbours.
#[must_use]
pub fn sized(chart: &Chart, notes: &Notes, l: Locale, canvas: Canvas, (size, scale): (Size, Option<Scale>)) -> String {
    let plot = Plot::of(chart, notes, size, scale);
    let mut svg = Svg::new(canvas, size.high, (&chart.title, &chart.says(l)), &plot::key(chart, notes));
    plot.levels(&mut svg, &chart.unit);
    band(&mut svg, &plot, chart, l);
    plot.target(&mut svg, chart, l);
    breaks(&mut svg, &plot, notes, l);
    for (turn, series) in chart.series.iter().enumerate() {
        line(&mut svg, &plot, notes, (series, tone(notes, turn)));
    }
    for (turn, series) in chart.series.iter().enumerate() {
        marks(&mut svg, &plot, chart, (series, tone(notes, turn)));
    }
    plot.words_below(&mut svg, ticks(chart, notes));
    svg.done()
}

/// From each value to the next, where nothing lies between them: no gap, no change of definition.
fn line(svg: &mut Svg, plot: &Plot, notes: &Notes, (series, tone): (&Series, Tone)) {
    let look = svg.canvas().look("stroke", tone);
    for place in 1..series.points.len() {
        let (Some(before), Some(value)) = (series.at(place - 1), series.at(place)) else { continue };
        if notes.breaks.iter().all(|change| change.at != place) {
            svg.line((plot.x(place - 1), plot.y(before)), (plot.x(place), plot.y(value)), &look, "");
        }
    }
}

fn marks(svg: &mut Svg, plot: &Plot, chart: &Chart, (series, tone): (&Series, Tone)) {
    let alone = |place: usize| {
        let before = place.checked_sub(1).and_then(|before| series.at(before));
        before.is_none() && series.at(place + 1).is_none()
    };
    for place in 0..series.points.len() {
        let Some(value) = series.at(place).filter(|_| plot.places <= MARKS_MAX || alone(place)) else { continue };
        let label = chart.labels.get(place).map(String::as_str).unwrap_or_default();
        let says = format!("{label}: {} {}", series.name, worded(value, &chart.unit));
        svg.mark((plot.x(place), plot.y(value)), tone, &says);
    }
}

/// Where a forecast may lie; each run without a gap is an area of its own, and one value alone a stroke.
fn band(svg: &mut Svg, plot: &Plot, chart: &Chart, l: Locale) {
    let Some(band) = &chart.band else { return };
    let known = |place: &usize| band.get(*place).is_some_and(|(low, high)| low.is_finite() && high.is_finite());
    let places: Vec<usize> = (0..chart.labels.len()).filter(known).collect();
    for run in places.chunk_by(|one, next| one + 1 == *next) {
        let edge = |place: &usize, high: bool| {
            let (least, most) = band[*place];
            (plot.x(*place), plot.y(if high { most } else { least }))
        };
        if let [place] = run {
            let look = svg.canvas().look("whisker", Tone::default());
            svg.line(edge(place, false), edge(place, true), &look, &l.t("chart-band"));
            continue;
        }
        let above = run.iter().map(|place| edge(place, true));
        let around: Vec<(f64, f64)> = above.chain(run.iter().rev().map(|place| edge(place, false))).collect();
        let look = svg.canvas().look("band", Tone::default());
        svg.area(&around, plot.size.high, &look);
    }
}

/// A line down where something else began to be counted, between the two labels; words where there is room.
fn breaks(svg: &mut Svg, plot: &Plot, notes: &Notes, l: Locale) {
    let mut said: Option<f64> = None;
    for change in notes.breaks.iter().filter(|change| change.at < plot.places) {
        let x = plot.x(change.at) - 0.5 / plot.places as f64;
        let look = svg.canvas().look("break", Tone::default());
        svg.line((x, plot.size.top - 10.0), (x, plot.size.high - plot.size.foot), &look, &change.why);
        if said.is_none_or(|said| x - said > APART) && plot.size == WHOLE {
            let anchor = if x > 0.5 { "end" } else { "start" };
            svg.words((x, plot.size.top - 14.0), anchor, "tick", &l.t("chart-break"));
            said = Some(x);
        }
    }
}
