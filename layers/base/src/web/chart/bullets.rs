//! Targets beside what there is: a bar towards a tick, each by its own scale, and whether it is met in words.

use super::canvas::{Svg, Tone};
use super::table::{Cell, Head, Row, Table};
use super::{Canvas, worded};
use crate::web::Locale;

const ROW: f64 = 66.0;
const WORDS: f64 = 14.0;
const SAYS: f64 = 50.0;
/// What a second line of words takes.
const LINE: f64 = 18.0;
const BAR: f64 = 20.0;
const HIGH: f64 = 14.0;
/// The target stands here when nothing is above it, as a share of the width.
const TARGET_AT: f64 = 0.8;

/// A target and what there is of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bullet {
    pub label: String,
    /// None: nobody knows yet.
    pub value: Option<f64>,
    pub target: f64,
    pub unit: String,
    /// Less is better: met at the target or under it.
    pub is_least: bool,
    /// What it counts, record by record.
    pub href: String,
    /// The year in which the target is to be met; 0 where none is said.
    pub year: i32,
    /// Where the straight way to the target lies now.
    pub way: Option<f64>,
    /// From where to where the value may lie in that year.
    pub band: Option<(f64, f64)>,
    /// What is missing from the value, or why nobody knows it, in words that stand by themselves; empty where there is nothing to say.
    pub lacks: String,
}

impl Bullet {
    /// None while nobody knows the value.
    #[must_use]
    pub fn is_met(&self) -> Option<bool> {
        self.value.map(|value| if self.is_least { value <= self.target } else { value >= self.target })
    }

    fn says(&self, l: Locale) -> String {
        let target = match self.year {
            0 => worded(self.target, &self.unit),
            year => l.t2("chart-bullet-by", "target", worded(self.target, &self.unit), "year", year),
        };
        let key = match self.is_met() {
            None => return l.t1("chart-bullet-unknown", "target", target),
            Some(true) => "chart-bullet-met",
            Some(false) => "chart-bullet-open",
        };
        l.t2(key, "value", worded(self.value.unwrap_or_default(), &self.unit), "target", target)
    }

    /// What is to be expected, and what is missing; often nothing.
    fn adds(&self, l: Locale) -> String {
        let ahead = |(low, high)| l.t2("chart-bullet-ahead", "low", worded(low, ""), "high", worded(high, &self.unit));
        let ahead = self.band.filter(|_| self.value.is_some()).map(ahead).unwrap_or_default();
        [ahead, self.lacks.clone()].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn high(&self, l: Locale) -> f64 {
        if self.adds(l).is_empty() { ROW } else { ROW + LINE }
    }
}

/// Draws them under each other.
#[must_use]
pub fn svg(title: &str, bullets: &[Bullet], l: Locale, canvas: Canvas) -> String {
    let met = bullets.iter().filter(|one| one.is_met() == Some(true)).count();
    let says = l.t2("chart-bullets-say", "met", met, "count", bullets.len());
    let mut svg = Svg::new(canvas, bullets.iter().map(|one| one.high(l)).sum(), (title, &says), &[]);
    let plain = Tone::default();
    let mut top = 0.0;
    for one in bullets {
        let (says, adds) = (one.says(l), one.adds(l));
        svg.name(top + WORDS, &one.label, 0);
        svg.fitting(top + SAYS, (if one.value.is_some() { "word" } else { "tick" }, &says), 0);
        if !adds.is_empty() {
            svg.fitting(top + SAYS + LINE, ("tick", &adds), 0);
        }
        svg.rect((0.0, top + BAR), (1.0, HIGH), &canvas.look("ground", plain), "");
        let most = one.value.unwrap_or_default().max(one.target / TARGET_AT).max(f64::MIN_POSITIVE);
        let across = |value: f64| (value.max(0.0) / most).clamp(0.0, 1.0);
        if let Some((low, high)) = one.band.filter(|(low, high)| low.is_finite() && high.is_finite()) {
            let wide = (across(high) - across(low)).max(0.004);
            let look = canvas.look("band", Tone { series: 1, state: "" });
            svg.rect((across(low), top + BAR), (wide, HIGH), &look, &l.t("chart-band"));
        }
        if let Some(value) = one.value.filter(|value| value.is_finite()) {
            let state = if one.is_met() == Some(true) { "on-time" } else { "soon" };
            svg.rect(
                (0.0, top + BAR + 3.0),
                (across(value), HIGH - 6.0),
                &canvas.look("bar", Tone { series: 1, state }),
                &one.label,
            );
        }
        if let Some(way) = one.way.filter(|way| way.is_finite()) {
            let x = across(way);
            svg.line((x, top + BAR), (x, top + BAR + HIGH), &canvas.look("break", plain), &l.t("chart-way"));
        }
        let x = across(one.target);
        svg.line((x, top + BAR - 2.0), (x, top + BAR + HIGH + 2.0), &canvas.look("goal-tick", plain), &says);
        top += one.high(l);
    }
    svg.done()
}

/// The table of the same.
#[must_use]
pub fn table(title: &str, bullets: &[Bullet], l: Locale) -> Table {
    let cell = |value: Option<f64>, one: &Bullet| Cell::of(value, &one.unit, &one.href, l);
    let plain = |value: Option<f64>, one: &Bullet| Cell::of(value, &one.unit, "", l);
    let ahead = |one: &Bullet| match one.band {
        None => Cell::of(None, &one.unit, "", l),
        Some((low, high)) => {
            let words = format!("{} – {}", worded(low, ""), worded(high, &one.unit));
            Cell { value: words.clone(), words, href: String::new() }
        }
    };
    let row = |one: &Bullet| Row {
        label: one.label.clone(),
        why: one.lacks.clone(),
        cells: vec![cell(one.value, one), plain(Some(one.target), one), plain(one.way, one), ahead(one)],
    };
    Table {
        caption: title.to_owned(),
        corner: l.t("chart-what"),
        heads: ["chart-there-is", "chart-aim", "chart-way", "chart-ahead"].map(|key| Head::plain(l.t(key))).into(),
        rows: bullets.iter().map(row).collect(),
    }
}
