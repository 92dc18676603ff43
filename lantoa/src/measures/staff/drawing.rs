//! Values over time as lines. A gap is a gap; the target is a line, what is expected a band. Pure. All drawing of measures is behind
//! [`spark`] and [`chart`].

use askama::Template;

use crate::web::{Markup, Result};

/// A single value between two gaps is a stroke so wide.
const DOT: f64 = 0.8;

/// What is drawn large.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// The finding, which is its name for who can not see it.
    pub title: String,
    pub labels: Vec<String>,
    /// None: a gap.
    pub values: Vec<Option<f64>>,
    /// The way to the target, in the places of the labels.
    pub way: Vec<Option<f64>>,
    pub target: Option<f64>,
    /// Lower and upper bound in the last place.
    pub band: Option<(f64, f64)>,
    /// What is the most there can be, such as 100.
    pub most: Option<f64>,
}

#[derive(Template)]
#[template(path = "measures/staff/drawing.html")]
struct Drawn {
    title: String,
    lines: Vec<String>,
    way: Vec<String>,
    dots: Vec<(String, String)>,
    target: String,
    band: Option<(String, String, String)>,
    ticks: Vec<(String, String)>,
    levels: Vec<(String, String)>,
}

/// Polylines in a box of 100 × 24, y downwards, from zero to the highest.
#[must_use]
pub fn spark(values: &[Option<f64>], most: Option<f64>) -> Vec<String> {
    let highest = highest(values, most);
    runs(values).iter().map(|run| line(run, values.len(), |value| 23.0 - value / highest * 22.0)).collect()
}

/// The height of a value in the box of [`spark`].
#[must_use]
pub fn level(value: f64, values: &[Option<f64>], most: Option<f64>) -> String {
    let highest = highest(values, most);
    if value > highest { String::new() } else { number(23.0 - value / highest * 22.0) }
}

/// The picture as SVG. Its table stands beside it on the page.
///
/// # Errors
/// The template failed.
pub fn chart(picture: &Picture) -> Result<Markup> {
    let bounds = picture.band.map(|(_, high)| high).into_iter().chain(picture.target);
    let all: Vec<Option<f64>> = picture.values.iter().chain(&picture.way).copied().chain(bounds.map(Some)).collect();
    let highest = round_up(highest(&all, picture.most));
    let places = picture.labels.len();
    let down = |value: f64| 8.0 + 78.0 - value / highest * 78.0;
    let lines = |values: &[Option<f64>]| -> Vec<String> { runs(values).iter().map(|run| line(run, places, down)).collect() };
    let dots =
        picture.values.iter().enumerate().filter_map(|(at, value)| Some((number(across(at, places)), number(down((*value)?)))));
    let every = places.div_ceil(12).max(1);
    let ticks = picture.labels.iter().enumerate().filter(|(at, _)| at % every == 0);
    let last = places.saturating_sub(1);
    Ok(Markup(
        Drawn {
            title: picture.title.clone(),
            lines: lines(&picture.values),
            way: lines(&picture.way),
            dots: dots.collect(),
            target: picture.target.map(|target| number(down(target))).unwrap_or_default(),
            band: picture.band.map(|(low, high)| (number(across(last, places)), number(down(low)), number(down(high)))),
            ticks: ticks.map(|(at, label)| (number(across(at, places)), label.clone())).collect(),
            levels: [0.0, 0.5, 1.0].map(|share| (number(down(share * highest)), said(share * highest))).into(),
        }
        .render()?,
    ))
}

fn highest(values: &[Option<f64>], most: Option<f64>) -> f64 {
    most.unwrap_or_else(|| values.iter().flatten().copied().fold(0.0, f64::max)).max(1.0)
}

fn round_up(value: f64) -> f64 {
    let unit = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 4.0, 6.0, 8.0, 10.0].map(|step| step * unit).into_iter().find(|round| *round >= value).unwrap_or(value)
}

fn said(value: f64) -> String {
    vietnamese::number::format_f64(value, 1).unwrap_or_default()
}

/// The unbroken runs, with their places.
fn runs(values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let (mut runs, mut run) = (Vec::new(), Vec::new());
    for (at, value) in values.iter().enumerate() {
        match value {
            Some(value) => run.push((at, *value)),
            None if run.is_empty() => {}
            None => runs.push(std::mem::take(&mut run)),
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}

#[expect(clippy::cast_precision_loss, reason = "places in a picture")]
fn across(at: usize, places: usize) -> f64 {
    (at as f64 + 0.5) * 100.0 / places.max(1) as f64
}

fn line(run: &[(usize, f64)], places: usize, down: impl Fn(f64) -> f64) -> String {
    let place = |x: f64, y: f64| format!("{},{}", number(x), number(y));
    match run {
        [(at, value)] => {
            let (x, y) = (across(*at, places), down(*value));
            format!("{} {}", place(x, y), place(x + DOT, y))
        }
        all => all.iter().map(|(at, value)| place(across(*at, places), down(*value))).collect::<Vec<_>>().join(" "),
    }
}

fn number(of: f64) -> String {
    format!("{of:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_a_gap_and_a_share_goes_up_to_a_hundred() {
        let drawn = spark(&[Some(0.0), Some(50.0), None, Some(100.0)], Some(100.0));
        assert_eq!(drawn, ["12.5,23.0 37.5,12.0", "87.5,1.0 88.3,1.0"]);
        assert_eq!(level(80.0, &[], Some(100.0)), "5.4");
        assert_eq!(level(200.0, &[], Some(100.0)), "");
        assert_eq!([1.0, 3.0, 9.0, 122.0].map(|value| number(round_up(value))), ["1.0", "4.0", "10.0", "200.0"]);
        assert_eq!(spark(&[], None), Vec::<String>::new());
    }
}
