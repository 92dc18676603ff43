//! Text files: lines into blocks.

use crate::flow::{Block, Paragraph};
use crate::model::{Emphasis, Span};
use crate::normal::{is_caps, tidy};

/// The paragraphs of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    lines(text).filter_map(|span| paragraph(text, span)).map(Block::Paragraph).collect()
}

/// Lines without their ends (LF, CRLF, CR).
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    text.split(['\n', '\r']).map(move |line| {
        let span = Span::new(start, start + line.len());
        start = span.end + 1;
        span
    })
}

fn paragraph(text: &str, span: Span) -> Option<Paragraph> {
    let raw = span.of(text);
    let words = tidy(raw);
    let start = span.start + (raw.len() - raw.trim_start().len());
    let span = Span::new(start, start + raw.trim().len());
    let emphasis = Emphasis { caps: is_caps(&words), ..Emphasis::default() };
    (!words.is_empty()).then_some(Paragraph { text: words, span, emphasis })
}
