//! What is drawn on: a page, where the picture is as wide as its place and its looks are the style sheet's; or paper, where it is so wide
//! and carries its looks itself, because whoever opens the file has no style sheet of ours.

use super::paper;
use crate::web::cut;

/// Width of a picture on paper, in pixels.
pub const PAPER_WIDE: f64 = 720.0;
/// Texts on a page can count on this much: a phone of 320 pixels.
const PAGE_ROOM: f64 = 300.0;
/// From this on it is wide: `@container (width >= 30rem)` in the style sheet.
const WIDE_ROOM: f64 = 480.0;
/// A letter of the size of our words takes some so much.
const LETTER: f64 = 6.8;

/// Where a picture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canvas {
    Page,
    Paper,
}

/// What gives a part of a picture its colour: the turn of its series, and a state where it has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tone {
    /// From 1; 0 for what belongs to no series.
    pub series: usize,
    pub state: &'static str,
}

impl Canvas {
    /// A place from the left: 0.5 is the middle.
    #[must_use]
    pub fn across(self, share: f64) -> String {
        match self {
            Self::Page => format!("{}%", place(share * 100.0)),
            Self::Paper => place(share * PAPER_WIDE),
        }
    }

    /// How wide it is at least, in pixels.
    #[must_use]
    pub const fn room(self) -> f64 {
        match self {
            Self::Page => PAGE_ROOM,
            Self::Paper => PAPER_WIDE,
        }
    }

    /// How many letters fit beside so many others.
    #[must_use]
    pub fn letters(self, taken: usize) -> usize {
        ((self.room() / LETTER) as usize).saturating_sub(taken + 2).max(8)
    }

    /// How many letters fit beside so many others where the picture has half of a desk's page.
    #[must_use]
    pub fn letters_wide(self, taken: usize) -> usize {
        ((self.room().max(WIDE_ROOM) / LETTER) as usize).saturating_sub(taken + 2)
    }

    /// The attributes of a part, with a space before them.
    #[must_use]
    pub fn look(self, part: &str, tone: Tone) -> String {
        if self == Self::Paper {
            return paper::look(part, tone);
        }
        let series = if tone.series == 0 { String::new() } else { format!(" data-series=\"{}\"", tone.series) };
        let state = if tone.state.is_empty() { String::new() } else { format!(" data-state=\"{}\"", tone.state) };
        format!(" class=\"{part}\"{series}{state}")
    }
}

/// How wide words are, in pixels.
#[must_use]
pub fn width(words: &str) -> f64 {
    words.chars().count() as f64 * LETTER
}

/// A number as an attribute: at most two decimals, none for nothing.
#[must_use]
pub fn place(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Words as they may stand in markup, and in a file that is XML.
#[must_use]
pub fn escaped(words: &str) -> String {
    let plain: String = words.chars().filter(|letter| !letter.is_control()).collect();
    let safe = askama::filters::escape(plain, askama::filters::Html).unwrap_or_else(|never| match never {});
    safe.to_string()
}

/// A picture that is being drawn.
pub struct Svg {
    canvas: Canvas,
    text: String,
}

impl Svg {
    /// Begins a picture so high, that is called and says this. The key stands on paper alone: on a page it is a list beside the picture.
    #[must_use]
    pub fn new(canvas: Canvas, high: f64, (title, says): (&str, &str), key: &[(String, Tone)]) -> Self {
        let names = format!("<title>{}</title><desc>{}</desc>", escaped(title), escaped(says));
        let text = match canvas {
            Canvas::Page => format!("<svg class=\"chart\" width=\"100%\" height=\"{}\" role=\"img\">{names}", place(high)),
            Canvas::Paper => paper::open(high, title, &names, key),
        };
        Self { canvas, text }
    }

    #[must_use]
    pub const fn canvas(&self) -> Canvas {
        self.canvas
    }

    /// Ends it.
    #[must_use]
    pub fn done(mut self) -> String {
        self.text.push_str(if self.canvas == Canvas::Paper { "</g></svg>" } else { "</svg>" });
        self.text
    }

    /// A stroke; places across are shares of the width, places down are pixels.
    pub fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), look: &str, says: &str) {
        let (left, right) = (self.canvas.across(x1), self.canvas.across(x2));
        let (top, bottom) = (place(y1), place(y2));
        self.whole("line", &format!(" x1=\"{left}\" y1=\"{top}\" x2=\"{right}\" y2=\"{bottom}\"{look}"), says);
    }

    /// A box from its upper left corner; width is a share.
    pub fn rect(&mut self, (x, y): (f64, f64), (wide, high): (f64, f64), look: &str, says: &str) {
        let (left, wide) = (self.canvas.across(x), self.canvas.across(wide));
        let (top, high) = (place(y), place(high.max(0.0)));
        self.whole("rect", &format!(" x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{high}\"{look}"), says);
    }

    /// Words that begin, end or have their middle at that place.
    pub fn words(&mut self, (x, y): (f64, f64), anchor: &str, part: &str, words: &str) {
        let look = self.canvas.look(part, Tone::default());
        let at = self.canvas.across(x);
        self.text.push_str(&format!(
            "<text x=\"{at}\" y=\"{}\" text-anchor=\"{anchor}\"{look}>{}</text>",
            place(y),
            escaped(words)
        ));
    }

    /// A name that stands beside so many other letters: as much of it as has room, on a page for two widths.
    pub fn name(&mut self, y: f64, name: &str, taken: usize) {
        self.fitting(y, ("word", name), taken);
    }

    /// Words of a part from the left: as much of them as has room beside so many other letters, on a page for two widths.
    pub fn fitting(&mut self, y: f64, (part, words): (&str, &str), taken: usize) {
        let short = cut(words, self.canvas.letters(taken));
        if short == words || self.canvas == Canvas::Paper {
            return self.words((0.0, y), "start", part, &short);
        }
        self.words((0.0, y), "start", &format!("{part} in-short"), &short);
        self.words((0.0, y), "start", &format!("{part} in-long"), &cut(words, self.canvas.letters_wide(taken)));
    }

    /// A small mark round that place, another for each series.
    pub fn mark(&mut self, (x, y): (f64, f64), tone: Tone, says: &str) {
        let shape = match tone.series % 4 {
            2 => "M-4-4h8v8h-8z",
            3 => "M0-5 5 4h-10z",
            0 => "M0-6 6 0 0 6-6 0z",
            _ => "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        };
        let (at, look) = (self.canvas.across(x), self.canvas.look("dot", tone));
        let says = if says.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(says)) };
        self.text.push_str(&format!(
            "<svg x=\"{at}\" y=\"{}\" overflow=\"visible\"><path d=\"{shape}\"{look}>{says}</path></svg>",
            place(y)
        ));
    }

    /// An area between places; it has no edge, so that it may be stretched.
    pub fn area(&mut self, places: &[(f64, f64)], high: f64, look: &str) {
        let wide = if self.canvas == Canvas::Paper { PAPER_WIDE } else { 1000.0 };
        let points: Vec<String> = places.iter().map(|(x, y)| format!("{},{}", place(x * wide), place(*y))).collect();
        let polygon = format!("<polygon points=\"{}\"{look}/>", points.join(" "));
        match self.canvas {
            Canvas::Paper => self.text.push_str(&polygon),
            Canvas::Page => self.text.push_str(&format!(
                "<svg width=\"100%\" height=\"{high}\" viewBox=\"0 0 1000 {high}\" preserveAspectRatio=\"none\">{polygon}</svg>"
            )),
        }
    }

    fn whole(&mut self, element: &str, attributes: &str, says: &str) {
        match says {
            "" => self.text.push_str(&format!("<{element}{attributes}/>")),
            says => self.text.push_str(&format!("<{element}{attributes}><title>{}</title></{element}>", escaped(says))),
        }
    }
}
