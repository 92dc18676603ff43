//! A line of a few values beside a figure, in a box of 100 × 24.

use super::canvas::{escaped, place};

const WIDE: f64 = 100.0;
const HIGH: f64 = 22.0;
const TOP: f64 = 1.0;
/// A single value between two gaps is a stroke so wide.
const DOT: f64 = 0.8;

/// What is drawn: places across are shares of the width, places down are values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spark {
    /// The unbroken runs.
    pub runs: Vec<Vec<(f64, f64)>>,
    /// Where something else began to be counted.
    pub marks: Vec<f64>,
    /// What is said at such a mark.
    pub why: String,
}

impl Spark {
    /// Values side by side, broken where one is missing.
    #[must_use]
    pub fn of(points: &[Option<f64>]) -> Self {
        let last = points.len().saturating_sub(1).max(1) as f64;
        let runs = points.split(Option::is_none).scan(0, |from, run| {
            let begins = *from;
            *from += run.len() + 1;
            let places = run.iter().enumerate().filter_map(|(turn, value)| Some(((begins + turn) as f64 / last, (*value)?)));
            Some(places.collect::<Vec<_>>())
        });
        Self { runs: runs.filter(|run| !run.is_empty()).collect(), ..Self::default() }
    }

    /// How many breaks there are inside.
    #[must_use]
    pub fn gaps(&self) -> usize {
        self.runs.len().saturating_sub(1)
    }

    /// Draws it, from zero.
    #[must_use]
    pub fn svg(&self, label: &str) -> String {
        let highest = self.runs.iter().flatten().map(|(_, value)| *value).fold(0.0, f64::max);
        let highest = if highest == 0.0 { 1.0 } else { highest };
        let at = |(x, value): &(f64, f64)| (x.clamp(0.0, 1.0) * WIDE, TOP + HIGH - value / highest * HIGH);
        let mut svg = format!(
            "<svg class=\"spark\" viewBox=\"0 0 100 24\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">",
            escaped(label)
        );
        for mark in &self.marks {
            let x = place(mark.clamp(0.0, 1.0) * WIDE);
            let why = escaped(&self.why);
            svg.push_str(&format!("<line class=\"goal\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"24\"><title>{why}</title></line>"));
        }
        for run in &self.runs {
            svg.push_str(&format!("<polyline points=\"{}\"/>", line(&run.iter().map(at).collect::<Vec<_>>())));
        }
        svg.push_str("</svg>");
        svg
    }
}

fn line(run: &[(f64, f64)]) -> String {
    let place = |(x, y): &(f64, f64)| format!("{},{}", tenth(*x), tenth(*y));
    match run {
        [(x, y)] => format!("{} {}", place(&(*x, *y)), place(&((x + DOT).min(WIDE + DOT), *y))),
        all => all.iter().map(place).collect::<Vec<_>>().join(" "),
    }
}

fn tenth(of: f64) -> String {
    format!("{of:.1}")
}
