//! Text files: lines into paragraphs and tables.

mod furniture;
mod grid;
pub(crate) mod wrap;

use crate::flow::{Block, Paragraph};
use crate::model::{Emphasis, Span};
use crate::normal::{is_caps, tidy};

/// The paragraphs and tables of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut lines = lines(text);
    furniture::remove(&mut lines);
    let wrapped = wrap::is_wrapped(&lines);
    let mut blocks: Vec<Block> = Vec::with_capacity(if wrapped { 0 } else { lines.len() });
    let mut joiner = wrap::Joiner::new(&lines, wrapped);
    let (mut place, mut tries) = (0, 0);
    while place < lines.len() {
        if let Some((grid, length)) = grid::at(text, &lines[place..], &mut tries) {
            blocks.push(Block::Table(grid));
            place += length;
            joiner.interrupt();
            continue;
        }
        let line = &mut lines[place];
        match blocks.last_mut() {
            Some(Block::Paragraph(above)) if joiner.goes_on(above, line) => join(above, line),
            _ => blocks.push(Block::Paragraph(paragraph(line))),
        }
        place += 1;
    }
    blocks
}

/// A line that has words.
pub(crate) struct Line {
    /// Without spaces at its ends.
    pub span: Span,
    /// In tidy form.
    pub text: String,
    /// Spaces before it.
    pub indent: usize,
    /// Nothing but space stands between it and the line above, over one empty line or more.
    pub blank_above: bool,
    /// A page ends above it.
    pub page_above: bool,
    /// A page number or a running title was removed above it.
    pub torn_above: bool,
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut start, mut blank, mut page) = (0, false, false);
    let mut after_return = false;
    for raw in text.split_inclusive(['\n', '\r']) {
        let words = tidy(raw);
        let within_crlf = after_return && raw == "\n";
        after_return = raw.ends_with('\r');
        page |= raw.contains('\u{c}');
        if words.is_empty() {
            blank |= !within_crlf;
        } else {
            let lead = raw.len() - raw.trim_start().len();
            let first = start + lead;
            let span = Span::new(first, first + raw.trim().len());
            lines.push(Line { span, text: words, indent: lead, blank_above: blank, page_above: page, torn_above: false });
            (blank, page) = (false, false);
        }
        start += raw.len();
    }
    lines
}

fn paragraph(line: &mut Line) -> Paragraph {
    let text = std::mem::take(&mut line.text);
    let emphasis = Emphasis { caps: is_caps(&text), ..Emphasis::default() };
    Paragraph { text, span: line.span, emphasis }
}

fn join(above: &mut Paragraph, line: &Line) {
    above.text.push(' ');
    above.text.push_str(&line.text);
    above.span = above.span.cover(line.span);
    above.emphasis.caps &= is_caps(&line.text);
}

/// The words end a sentence or a point of a list.
pub(crate) fn is_finished(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', ')', ' ']).ends_with(['.', ';', ':', '!', '?', '…'])
}
