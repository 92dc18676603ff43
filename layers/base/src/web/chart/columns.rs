//! Columns: so many on each day, in each month.

use super::canvas::Svg;
use super::plot::{self, Plot, WHOLE, ticks, tone};
use super::{Canvas, Chart, Notes, worded};
use crate::web::Locale;

/// What of a place the columns of all series fill together.
const FILLED: f64 = 0.76;
/// One is seen too.
const LEAST: f64 = 2.0;

/// Draws a chart as columns; several series stand side by side.
#[must_use]
pub fn draw(chart: &Chart, notes: &Notes, l: Locale, canvas: Canvas) -> String {
    let plot = Plot::of(chart, notes, WHOLE, None);
    let mut svg = Svg::new(canvas, WHOLE.high, (&chart.title, &chart.says(l)), &plot::key(chart, notes));
    plot.levels(&mut svg, &chart.unit);
    let wide = FILLED / plot.places as f64 / chart.series.len().max(1) as f64;
    for (turn, series) in chart.series.iter().enumerate() {
        let look = svg.canvas().look("bar", tone(notes, turn));
        for (place, label) in chart.labels.iter().enumerate() {
            let Some(value) = series.at(place) else { continue };
            let left = plot.x(place) - FILLED / 2.0 / plot.places as f64 + wide * turn as f64;
            let (top, bottom) = (plot.y(value.max(0.0)), plot.y(value.min(0.0)));
            let high = if value == 0.0 { 0.0 } else { (bottom - top).max(LEAST) };
            let says = match chart.series.len() {
                1 => format!("{label}: {}", worded(value, &chart.unit)),
                _ => format!("{label}: {} {}", series.name, worded(value, &chart.unit)),
            };
            svg.rect((left, bottom - high), (wide, high), &look, &says);
        }
    }
    plot.target(&mut svg, chart, l);
    plot.words_below(&mut svg, ticks(chart, notes));
    svg.done()
}
