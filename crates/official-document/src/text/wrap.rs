//! One paragraph a line, or lines broken at a width? Decided once for a whole document.

use std::collections::HashMap;

use super::{Line, is_finished};
use crate::flow::Paragraph;
use crate::marker::{Marker, Style};
use crate::model::PartKind;
use crate::normal::{folded, is_caps};
use crate::{closing, header};

/// Text broken at a width is broken before this many characters.
const WIDTH_MAX: usize = 180;
/// So many spaces side by side part two columns.
const COLUMN_GAP: &str = "     ";
/// A line of so many words in capitals is a title; a shorter one may be an abbreviation in a sentence.
const TITLE_WORDS_MIN: usize = 3;
/// A line indented by so much more than the one above begins a paragraph.
const FIRST_LINE_INDENT: usize = 3;

/// Lines go on in mid-sentence often enough that they must have been broken at a width.
pub(super) fn is_wrapped(lines: &[Line]) -> bool {
    let pairs = || lines.windows(2).filter(|pair| !pair[1].torn_above && !pair[1].page_above);
    let broken = pairs().filter(|pair| goes_on_small(&pair[0].text, &pair[1].text)).count();
    broken > 0 && broken * 8 >= pairs().count() && width(lines) <= WIDTH_MAX
}

fn goes_on_small(above: &str, below: &str) -> bool {
    below.starts_with(char::is_lowercase) && !is_finished(above) && Marker::of(below).is_none()
}

/// The length that nearly all lines stay within, in characters.
fn width(lines: &[Line]) -> usize {
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.text.chars().count()).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len().saturating_sub(1) * 19 / 20).copied().unwrap_or(0)
}

/// "TP.", "ThS.": so many characters of a word cut short, with its full stop.
const SHORTENED_MAX: usize = 4;

/// Decides line by line whether a paragraph goes on.
pub(super) struct Joiner {
    wrapped: bool,
    width: usize,
    /// Empty lines stand between nearly all lines and part nothing.
    double_spaced: bool,
    /// Characters and indent of the line above; nothing after a table.
    above: Option<(usize, usize)>,
    flow: Flow,
}

impl Joiner {
    pub fn new(lines: &[Line], wrapped: bool) -> Self {
        let blanks = lines.iter().filter(|line| line.blank_above).count();
        let double_spaced = blanks * 5 > lines.len() * 4;
        Self { wrapped, width: width(lines), double_spaced, above: None, flow: Flow::default() }
    }

    /// A table stands between the line above and the next one.
    pub fn interrupt(&mut self) {
        self.above = None;
    }

    /// The line goes on from the paragraph above.
    pub fn goes_on(&mut self, paragraph: &Paragraph, line: &Line) -> bool {
        let first_word = line.text.split(' ').next().map_or(0, |word| word.chars().count());
        let goes_on = self.above.is_some_and(|(length, indent)| {
            let fit = Fit {
                full: length + 1 + first_word > self.width * 4 / 5,
                parted: (line.blank_above && !self.double_spaced) || line.indent >= indent + FIRST_LINE_INDENT,
            };
            match self.wrapped {
                true => self.flow.goes_on(&paragraph.text, &line.text, fit),
                false => line.torn_above && flows_over_page(&paragraph.text, &line.text),
            }
        });
        if !goes_on {
            self.flow.begins(&line.text);
        }
        self.above = Some((line.text.chars().count(), line.indent));
        goes_on
    }
}

/// How a line stands to the one above.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fit {
    /// The line above left no room for the first word of this one.
    pub full: bool,
    /// Space stands between them, or this one is indented.
    pub parted: bool,
}

/// Whether a line goes on from the words above it, in a text that is broken at a width.
#[derive(Default)]
pub(crate) struct Flow {
    /// The last ordinal of each list.
    ordinals: HashMap<Style, u32>,
}

impl Flow {
    /// The line begins a paragraph.
    pub fn begins(&mut self, line: &str) {
        self.ordinals.extend(Marker::of(line).map(|marker| (marker.style, marker.ordinal)));
    }

    /// The line goes on from the paragraph `above`.
    pub fn goes_on(&self, above: &str, line: &str, fit: Fit) -> bool {
        if starts_alone(line)
            || stands_alone(above)
            || is_two_columns(above)
            || is_two_columns(line)
            || is_whole_basis(above, line)
        {
            return false;
        }
        if let Some(marker) = Marker::of(line) {
            return !is_finished(above) && self.is_mid_sentence(above, line, &marker, fit.full);
        }
        let small = line.starts_with(char::is_lowercase);
        if small && !is_finished(above) {
            return !header::is_ruled(above);
        }
        let title_follows = is_caps(line) && !is_caps(above) && line.split(' ').count() >= TITLE_WORDS_MIN;
        let titles_differ = title_follows || (is_caps(above) && !is_caps(line));
        let listed = above.ends_with([':', ';']) && !small;
        fit.full && !fit.parted && !titles_differ && !listed && !above.ends_with("./.")
    }

    /// What looks like a marker stands where a line was broken: "kinh tế / - xã hội", "Nghị quyết số / 57. …".
    fn is_mid_sentence(&self, above: &str, line: &str, marker: &Marker, full: bool) -> bool {
        let small = line[marker.length..].trim_start().starts_with(char::is_lowercase);
        if matches!(marker.kind, PartKind::Dash | PartKind::Plus) {
            return full && small;
        }
        let before = self.ordinals.get(&marker.style).copied();
        let follows = |before: u32| (1..=2).contains(&marker.ordinal.saturating_sub(before));
        let in_turn = marker.ordinal == 1 || before.is_some_and(follows);
        match refers(above) {
            true => small || !in_turn,
            false => full && !in_turn,
        }
    }
}

/// The last word wants a number or a letter after it.
fn refers(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
    ["điểm", "khoản", "mục", "điều", "số", "chương", "phần", "tại", "và", "theo"].contains(&last.as_str())
}

/// A paragraph torn by the end of a page.
fn flows_over_page(above: &str, below: &str) -> bool {
    let small = below.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | ')'));
    !is_finished(above) && Marker::of(below).is_none() && (small || above.ends_with(','))
}

/// A legal basis is one sentence (NĐ 30/2020, annex I): what stands under its full stop is another paragraph, however full
/// its line is. "TP." ends no sentence.
fn is_whole_basis(above: &str, line: &str) -> bool {
    let last = above.rsplit(' ').next().unwrap_or_default();
    let shortened = last.starts_with(char::is_uppercase) && last.chars().count() <= SHORTENED_MAX;
    folded(above, 8).starts_with("can cu ") && above.ends_with('.') && !shortened && line.starts_with(char::is_uppercase)
}

/// A line that never goes on from the one above.
fn starts_alone(line: &str) -> bool {
    let head = folded(line, 24);
    let opens = ["can cu ", "kinh gui", "so:", "v/v ", "cong hoa xa hoi", "doc lap -", "dang cong san"];
    let capital = line.starts_with(char::is_uppercase);
    capital && opens.iter().any(|words| head.starts_with(words)) || stands_alone(line)
}

/// A line that the one below never goes on from.
fn stands_alone(line: &str) -> bool {
    let short = line.chars().count() <= 14;
    let appendix = folded(line, 8).starts_with("phu luc") && (short || is_caps(line));
    appendix || closing::begins(line) || (is_caps(line) && header::types::named_by(line).is_some())
}

/// Words, a gap, words; the gap after a marker is none.
fn is_two_columns(line: &str) -> bool {
    let words = Marker::of(line).map_or(line, |marker| line[marker.length..].trim_start());
    words.contains(COLUMN_GAP)
}
