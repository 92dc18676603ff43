//! The part of a passage that is shown, byte for byte, and what in it was asked for.

use std::ops::Range;

use crate::code::Code;
use crate::document::Document;
use crate::layout::Layout;
use crate::rank::Ranking;
use crate::text::terms;

/// Terms of a quotation that may grow over its chunk.
const TERMS_MAX: usize = 60;

/// A stretch of a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotation {
    /// Which passage of the document.
    pub passage: usize,
    /// Its bytes within the passage's text.
    pub bytes: Range<usize>,
    /// What was asked for, as bytes within the passage's text, in order and apart.
    pub marks: Vec<Range<usize>>,
}

impl Quotation {
    /// The text quoted, as it stands in the document.
    #[must_use]
    pub fn text<'a>(&self, document: &'a Document) -> &'a str {
        document.passages.get(self.passage).and_then(|passage| passage.text.get(self.bytes.clone())).unwrap_or_default()
    }

    /// Quotes the best chunk, with those behind it when it is short.
    pub(crate) fn of(document: &Document, layout: &Layout, best: usize, ranking: &Ranking) -> Self {
        let Some(chunk) = layout.chunks.get(best) else {
            return Self::default();
        };
        let mut bytes = chunk.bytes.clone();
        let mut length = chunk.terms.len();
        for next in layout.chunks[best + 1..].iter().take_while(|next| next.passage == chunk.passage) {
            length += next.terms.len();
            if length > TERMS_MAX {
                break;
            }
            bytes.end = next.bytes.end;
        }
        let text = document.passages.get(chunk.passage).map_or("", |passage| passage.text.as_str());
        let Some(quoted) = text.get(bytes.clone()) else {
            return Self::default();
        };
        // The full stop behind the last term belongs to it.
        let rest = &text[bytes.end..];
        let tail = rest.find(|c: char| !matches!(c, '.' | '!' | '?' | ')' | '”' | '"' | '…' | ';')).unwrap_or(rest.len());
        let marks = marks(quoted, bytes.start, ranking);
        bytes.end += tail;
        Self { passage: chunk.passage, bytes, marks }
    }
}

/// What in a text was asked for, in bytes from `offset`.
pub(crate) fn marks(text: &str, offset: usize, ranking: &Ranking) -> Vec<Range<usize>> {
    let found = terms(text);
    let codes: Vec<Code> = found.iter().map(|term| term.code).collect();
    let mut marks: Vec<Range<usize>> = Vec::new();
    let mut until = 0;
    for (at, term) in found.iter().enumerate() {
        until = until.max(at + ranking.marks_run(&codes[at..]));
        if at >= until && !ranking.marks(codes[at]) {
            continue;
        }
        let span = term.span.start + offset..term.span.end + offset;
        match marks.last_mut() {
            // Neighbours with one space between them are one mark.
            Some(last) if last.end + 1 == span.start && at > 0 => last.end = span.end,
            _ => marks.push(span),
        }
    }
    marks
}
