//! A line as the eye compares it: folded, each letter knowing its place in the source.

use crate::model::{Field, Passage, Span};
use crate::normal::tidy;

/// Longer lines are prose, not lines of a header.
const CHARACTERS_MAX: usize = 2_000;
/// So many spaces side by side part two columns.
const COLUMN_GAP: usize = 3;

/// A line, folded, and where each folded character stands. A gap between columns is a tab.
pub(crate) struct Sighted<'a> {
    raw: &'a str,
    /// Where `raw` begins in the document.
    base: usize,
    folded: Vec<char>,
    /// Byte of each folded character in `raw`, and the end of `raw`.
    at: Vec<usize>,
}

impl<'a> Sighted<'a> {
    pub fn new(document: &'a str, span: Span) -> Self {
        let raw = span.of(document);
        let mut line = Self { raw, base: span.start, folded: Vec::new(), at: Vec::new() };
        let mut spaces = 0;
        for (byte, character) in raw.char_indices().take(CHARACTERS_MAX) {
            if character.is_whitespace() {
                spaces += if character == '\t' { COLUMN_GAP } else { 1 };
                line.space(byte, spaces);
                continue;
            }
            spaces = 0;
            for folded in vietnamese::fold(character.encode_utf8(&mut [0; 4])).chars() {
                line.folded.push(if folded == '–' || folded == '—' || folded == '\u{2011}' { '-' } else { folded });
                line.at.push(byte);
            }
        }
        line.at.push(raw.len());
        line
    }

    fn space(&mut self, byte: usize, spaces: usize) {
        let sign = if spaces >= COLUMN_GAP { '\t' } else { ' ' };
        match self.folded.last_mut() {
            Some(last) if matches!(*last, ' ' | '\t') => *last = sign,
            _ => {
                self.folded.push(sign);
                self.at.push(byte);
            }
        }
    }

    pub fn len(&self) -> usize {
        self.folded.len()
    }

    /// The folded character at a place; a line feed beyond the end.
    pub fn get(&self, place: usize) -> char {
        self.folded.get(place).copied().unwrap_or('\n')
    }

    /// The byte of the source at which a folded character begins.
    pub fn byte(&self, place: usize) -> usize {
        self.at[place.min(self.at.len() - 1)]
    }

    /// Where `words` stand first at or after `from`; a space in `words` also matches a column gap.
    pub fn find(&self, words: &str, from: usize) -> Option<usize> {
        (from..self.len()).find(|place| self.matches(words, *place))
    }

    pub fn matches(&self, words: &str, place: usize) -> bool {
        words.chars().zip(place..).all(|(wanted, at)| match self.get(at) {
            '\t' => wanted == ' ',
            met => met == wanted,
        })
    }

    /// The first place at or after `from` that is not of `kind`.
    pub fn skip(&self, from: usize, kind: impl Fn(char) -> bool) -> usize {
        (from..self.len()).find(|place| !kind(self.get(*place))).unwrap_or(self.len())
    }

    /// The source words of a stretch, trimmed, on one line, as a field.
    pub fn field(&self, from: usize, to: usize) -> Field {
        let piece = self.piece(from, to);
        Field { value: squeeze(&piece.text), span: piece.span }
    }

    /// The source words of a stretch without spaces at its ends.
    pub fn piece(&self, from: usize, to: usize) -> Passage {
        let raw = &self.raw[self.at[from]..self.at[to]];
        let start = self.base + self.at[from] + (raw.len() - raw.trim_start().len());
        Passage { text: tidy(raw), span: Span::new(start, start + raw.trim().len()) }
    }

    /// The stretches between column gaps outside the given ranges.
    pub fn pieces_outside(&self, taken: &[(usize, usize)]) -> Vec<Passage> {
        let mut pieces = Vec::new();
        let mut from = 0;
        for place in 0..=self.len() {
            let inside = taken.iter().any(|(start, end)| (*start..*end).contains(&place));
            if inside || place == self.len() || self.get(place) == '\t' {
                let piece = self.piece(from, place.max(from));
                from = place + 1;
                if !piece.text.is_empty() {
                    pieces.push(piece);
                }
            }
        }
        pieces
    }
}

/// Runs of spaces as one.
pub(crate) fn squeeze(text: &str) -> String {
    vietnamese::normalise::squeeze_spaces(text).into_owned()
}
