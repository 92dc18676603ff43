//! How wide words are, where their lines break, and how lines come out evenly.

use serde::Serialize;
use typesetting::fonts::width;

use super::form::{self, RULE_SHARE, Type};

/// What lines may be wider in another program that rounds each letter.
const SLACK: f32 = 1.5;

/// Words in the middle of a column, in lines of even length.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Centred {
    pub words: String,
    /// In points: what the words are set in.
    pub within: f32,
    /// In points: the rule under them.
    pub rule: f32,
}

impl Centred {
    pub fn of(words: String, type_: Type, room: f32) -> Self {
        let (within, widest) = balanced(&words, type_, room);
        Self { words, within, rule: widest * RULE_SHARE }
    }
}

/// The width of each line when words are set in a column.
fn lines(words: &[f32], space: f32, room: f32) -> Vec<f32> {
    let mut lines: Vec<f32> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if *line + space + word <= room => *line += space + word,
            _ => lines.push(*word),
        }
    }
    lines
}

/// How many lines words take in a column; a word that is wider than the column takes several.
pub(super) fn line_count(text: &str, type_: Type, room: f32) -> f32 {
    let (words, space) = measured(text, type_);
    lines(&words, space, room).iter().map(|line| (line / room).ceil().max(1.0)).sum()
}

fn measured(text: &str, type_: Type) -> (Vec<f32>, f32) {
    let words = text.split(' ').map(|word| width(type_.face, type_.points, word)).collect();
    (words, width(type_.face, type_.points, " "))
}

/// The narrowest column in which the words take no more lines than they must, and the widest line.
fn balanced(text: &str, type_: Type, room: f32) -> (f32, f32) {
    let (words, space) = measured(text, type_);
    let widest = |room: f32| lines(&words, space, room).into_iter().fold(0.0, f32::max);
    let least = lines(&words, space, room - SLACK).len();
    let (mut low, mut high) = (0.0, room - SLACK);
    while high - low > 0.5 {
        let middle = f32::midpoint(low, high);
        if lines(&words, space, middle).len() <= least && widest(middle) <= middle { high = middle } else { low = middle }
    }
    let widest = widest(high).min(room);
    ((widest + SLACK).min(room), widest)
}

/// The widest word of a text, and its whole width on one line.
pub(super) fn word_and_line(text: &str, type_: Type) -> (f32, f32) {
    let (words, space) = measured(text, type_);
    #[expect(clippy::cast_precision_loss, reason = "words of a cell")]
    let spaces = words.len().saturating_sub(1) as f32 * space;
    (words.iter().copied().fold(0.0, f32::max), words.iter().sum::<f32>() + spaces)
}

/// How wide the left column of the head is; the right one holds the national heading on one line.
pub(super) fn left_column() -> f32 {
    form::UPRIGHT - width(form::NATION.face, form::NATION.points, form::NATION_WORDS) - 6.0
}

/// Where "Kính gửi:" begins, below the gap between the columns of the head so that it belongs to neither, and how far after it
/// the dashes of the addressed stand: under the colon.
pub(super) fn addressed_at() -> (f32, f32) {
    let label = width(form::BODY.face, form::BODY.points, form::ADDRESSED.trim_end_matches(':'));
    (left_column() - label / 2.0, label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::form::{ISSUER, MOTTO, MOTTO_WORDS};

    #[test]
    fn lines_come_out_evenly() {
        let name = "VĂN PHÒNG ĐOÀN ĐẠI BIỂU QUỐC HỘI VÀ HỘI ĐỒNG NHÂN DÂN TỈNH";
        let centred = Centred::of(name.into(), ISSUER, 200.0);
        let (words, space) = measured(name, ISSUER);
        let set = lines(&words, space, centred.within);
        assert_eq!(set.len(), lines(&words, space, 200.0).len());
        assert!(set.iter().all(|line| *line > centred.within * 0.6), "{set:?} in {}", centred.within);
        assert!(centred.rule > centred.within / 3.0 && centred.rule < centred.within / 2.0);
    }

    #[test]
    fn a_line_is_as_wide_as_in_times_new_roman() {
        let wide = width(MOTTO.face, MOTTO.points, MOTTO_WORDS);
        assert!((wide - 159.14).abs() < 0.05, "{wide}");
        assert_eq!(Centred::of(String::new(), MOTTO, 10.0).rule, 0.0);
        assert!(Centred::of("W".repeat(99), MOTTO, 50.0).within <= 50.0, "a word that does not fit");
    }
}
