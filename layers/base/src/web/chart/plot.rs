//! Where things lie in a picture of lines or columns, and the axes of both.

use super::canvas::{Svg, Tone, width};
use super::scale::Scale;
use super::{Canvas, Chart, Notes, SERIES_MAX, worded};

/// How high a picture is, and what of it is left above and under the lines, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    pub high: f64,
    pub top: f64,
    pub foot: f64,
}

/// The usual one.
pub const WHOLE: Size = Size { high: 240.0, top: 26.0, foot: 28.0 };
/// One of several beside each other.
pub const SMALL: Size = Size { high: 120.0, top: 22.0, foot: 24.0 };

/// Some so many lines there are.
pub const LEVELS: u8 = 4;
/// Several beside each other leave so much for each, in pixels.
const SMALL_ROOM: f64 = 190.0;

/// What turns figures into places.
pub struct Plot {
    pub scale: Scale,
    /// How many places there are side by side.
    pub places: usize,
    pub size: Size,
}

impl Plot {
    #[must_use]
    pub fn of(chart: &Chart, notes: &Notes, size: Size, scale: Option<Scale>) -> Self {
        let scale = scale.unwrap_or_else(|| Scale::of(chart.values(), LEVELS));
        Self { scale, places: chart.labels.len().max(notes.ticks.len()).max(1), size }
    }

    /// From the left, as a share of the width: the middle of a place.
    #[must_use]
    pub fn x(&self, place: usize) -> f64 {
        (place as f64 + 0.5) / self.places as f64
    }

    /// From the top, in pixels.
    #[must_use]
    pub fn y(&self, value: f64) -> f64 {
        let room = self.size.high - self.size.top - self.size.foot;
        self.size.top + room * (1.0 - self.scale.share(value))
    }

    /// Round numbers with a line each; the number stands above its line, so that the lines begin at the edge. The highest says the unit.
    pub fn levels(&self, svg: &mut Svg, unit: &str) {
        let ticks = self.scale.ticks();
        for (turn, tick) in ticks.iter().enumerate() {
            let y = self.y(*tick);
            let part = if *tick == 0.0 { "axis" } else { "grid" };
            let look = svg.canvas().look(part, Tone::default());
            svg.line((0.0, y), (1.0, y), &look, "");
            let number = self.scale.tick(*tick);
            let says_unit = !unit.is_empty() && (unit == "%" || turn + 1 == ticks.len());
            let words = if says_unit { format!("{number}\u{a0}{unit}") } else { number };
            // Zero needs no number: that everything begins there is the rule.
            if *tick != 0.0 {
                svg.words((0.0, y - 4.0), "start", "tick", &words);
            }
        }
    }

    /// The words under the axis: as many as fit beside each other, the last of them always.
    pub fn words_below(&self, svg: &mut Svg, words: &[String]) {
        let last = words.len().saturating_sub(1);
        let room = self.room(svg.canvas());
        let every = every(room, words);
        let y = self.size.high - 8.0;
        // Long words at the end stand inside of it, and take the room of those before them.
        let free = words.last().map_or(room, |words| room - width(words));
        for (place, words) in words.iter().enumerate().filter(|(place, _)| (last - place).is_multiple_of(every)) {
            let (x, half) = (self.x(place), width(words) / 2.0);
            if place < last && x * room + half > free {
                continue;
            }
            let (x, anchor) = match (x * room < half, (1.0 - x) * room < half) {
                (true, _) => (0.0, "start"),
                (_, true) => (1.0, "end"),
                _ => (x, "middle"),
            };
            svg.words((x, y), anchor, "tick", words);
        }
    }

    /// How wide it is at least, in pixels.
    fn room(&self, canvas: Canvas) -> f64 {
        if self.size == SMALL { SMALL_ROOM } else { canvas.room() }
    }

    /// The target, over the whole width, with its words at the end of it.
    pub fn target(&self, svg: &mut Svg, chart: &Chart, l: crate::web::Locale) {
        let Some(target) = chart.target.filter(|target| target.is_finite()) else { return };
        let (y, look) = (self.y(target), svg.canvas().look("goal", Tone::default()));
        svg.line((0.0, y), (1.0, y), &look, "");
        svg.words((1.0, y - 5.0), "end", "word", &l.t1("chart-target", "value", worded(target, &chart.unit)));
    }
}

/// Every how many words there is room for one.
fn every(room: f64, words: &[String]) -> usize {
    let longest = words.iter().map(|words| width(words)).fold(0.0, f64::max) + 4.0;
    ((words.len() as f64 * longest / room).ceil() as usize).max(1)
}

/// The words under the axis of a chart.
#[must_use]
pub fn ticks<'a>(chart: &'a Chart, notes: &'a Notes) -> &'a [String] {
    if notes.ticks.is_empty() { &chart.labels } else { &notes.ticks }
}

/// The tone of a series by its turn.
#[must_use]
pub fn tone(notes: &Notes, turn: usize) -> Tone {
    Tone { series: turn % SERIES_MAX + 1, state: notes.tones.get(turn).copied().unwrap_or_default() }
}

/// The name and tone of each series.
#[must_use]
pub fn key(chart: &Chart, notes: &Notes) -> Vec<(String, Tone)> {
    chart.series.iter().enumerate().map(|(turn, series)| (series.name.clone(), tone(notes, turn))).collect()
}
