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

/// Decides line by line whether a paragraph goes on.
pub(super) struct Joiner {
    wrapped: bool,
    width: usize,
    /// Empty lines stand between nearly all lines and part nothing.
    double_spaced: bool,
    /// Characters and indent of the line above; nothing after a table.
    above: Option<(usize, usize)>,
    /// The last ordinal of each list.
    ordinals: HashMap<Style, u32>,
}

impl Joiner {
    pub fn new(lines: &[Line], wrapped: bool) -> Self {
        let blanks = lines.iter().filter(|line| line.blank_above).count();
        let double_spaced = blanks * 5 > lines.len() * 4;
        Self { wrapped, width: width(lines), double_spaced, above: None, ordinals: HashMap::new() }
    }

    /// A table stands between the line above and the next one.
    pub fn interrupt(&mut self) {
        self.above = None;
    }

    /// The line goes on from the paragraph above.
    pub fn goes_on(&mut self, paragraph: &Paragraph, line: &Line) -> bool {
        let marker = Marker::of(&line.text);
        let goes_on = match self.above {
            None => false,
            Some(above) if self.wrapped => self.flows(above, paragraph, line, marker.as_ref()),
            Some(_) => line.torn_above && marker.is_none() && flows_over_page(&paragraph.text, &line.text),
        };
        if let Some(marker) = marker.filter(|_| !goes_on) {
            self.ordinals.insert(marker.style, marker.ordinal);
        }
        self.above = Some((line.text.chars().count(), line.indent));
        goes_on
    }

    fn flows(&self, above: (usize, usize), paragraph: &Paragraph, line: &Line, marker: Option<&Marker>) -> bool {
        let text = &paragraph.text;
        let small = line.text.starts_with(char::is_lowercase);
        if starts_alone(&line.text) || stands_alone(text) || is_two_columns(text) || is_two_columns(&line.text) {
            return false;
        }
        let first_word = line.text.split(' ').next().map_or(0, |word| word.chars().count());
        let full = above.0 + 1 + first_word > self.width * 4 / 5;
        if let Some(marker) = marker {
            return !is_finished(text) && self.is_mid_sentence(text, line, marker, full);
        }
        if small && !is_finished(text) {
            return !header::is_ruled(text);
        }
        let parted = (line.blank_above && !self.double_spaced) || line.indent >= above.1 + FIRST_LINE_INDENT;
        let titles_differ = is_caps(text) != is_caps(&line.text) && is_caps(text);
        full && !parted && !titles_differ && !text.ends_with([':', ';']) && !text.ends_with("./.")
    }

    /// What looks like a marker stands where a line was broken: "kinh tế / - xã hội", "Nghị quyết số / 57. …".
    fn is_mid_sentence(&self, above: &str, line: &Line, marker: &Marker, full: bool) -> bool {
        let small = line.text[marker.length..].trim_start().starts_with(char::is_lowercase);
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
    !is_finished(above) && (small || above.ends_with(','))
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

fn is_two_columns(line: &str) -> bool {
    line.contains(COLUMN_GAP)
}
