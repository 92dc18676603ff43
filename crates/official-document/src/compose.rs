//! From blocks to a document: head, opening, body, closing, appendices.

use crate::closing;
use crate::flow::Block;
use crate::header::{self, begins_opening, is_ruled};
use crate::limits::Limits;
use crate::marker::Marker;
use crate::model::{Document, PartKind, Passage, Source, Span, Warning};
use crate::normal::folded;
use crate::outline::outline;
use crate::{appendix, warn};

/// Builds the document whose text the blocks point into.
pub(crate) fn compose(text: String, source: Source, mut blocks: Vec<Block>, limits: &Limits) -> Document {
    let head = header::read(&text, &blocks);
    let body = body_start(&blocks, head.length);
    let end = body_end(&blocks, body);
    let after = blocks.split_off(end);
    let parts = blocks.split_off(body);
    let mut document =
        Document { source, header: head.header, preamble: head.lines, warnings: head.warnings, ..Document::default() };
    opening(&mut document, blocks.split_off(head.length));
    document.parts = outline(parts, limits.depth);
    let rest = closing::read(&text, after, &mut document);
    document.appendices = appendix::read(rest, limits.depth);
    document.text = text;
    warn::audit(&mut document);
    document
}

/// Where the first part begins: at the first marker after the opening lines.
fn body_start(blocks: &[Block], from: usize) -> usize {
    let mut addressed = false;
    for (place, block) in blocks.iter().enumerate().skip(from) {
        let text = block.text();
        let kind = Marker::of(text).map(|marker| marker.kind);
        let bullet = matches!(kind, Some(PartKind::Dash | PartKind::Plus));
        if begins_opening(text) {
            addressed = folded(text, 8).starts_with("kinh gui");
            continue;
        }
        let table = matches!(block, Block::Table(_));
        if table || (kind.is_some() && !(bullet && (addressed || is_ruled(text)))) || ends_body(blocks, place) {
            return unmarked_body(blocks, from, place);
        }
        addressed &= bullet;
    }
    unmarked_body(blocks, from, blocks.len())
}

/// A document without a single marker has its body after the sentence that introduces it.
fn unmarked_body(blocks: &[Block], from: usize, first: usize) -> usize {
    let marked = blocks.get(first).is_some_and(|block| !ends_body(blocks, first) && !block.span().is_empty());
    if marked {
        return first;
    }
    let opening =
        blocks[from..first].iter().rposition(|block| begins_opening(block.text()) || block.text().ends_with("như sau:"));
    opening.map_or(from, |place| from + place + 1)
}

/// Where the recipients, the signature or an appendix begin.
fn body_end(blocks: &[Block], from: usize) -> usize {
    (from..blocks.len()).find(|place| ends_body(blocks, *place)).unwrap_or(blocks.len())
}

fn ends_body(blocks: &[Block], place: usize) -> bool {
    let text = blocks[place].text();
    closing::begins(text) || appendix::begins(blocks, place)
}

/// Sorts the paragraphs between the head and the first part.
fn opening(document: &mut Document, blocks: Vec<Block>) {
    let mut addressed = false;
    for block in blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        let bullet = paragraph.text.starts_with(['-', '–', '+', '*']);
        let words = paragraph.text.trim_start_matches(['-', '–', '+', '*', ' ']);
        if words.is_empty() || is_ruled(words) {
            continue;
        }
        let head = folded(words, 16);
        if head.starts_with("kinh gui") {
            addressed = true;
            let named = words.split_once(':').map_or("", |(_, named)| named.trim());
            push(&mut document.addressees, named, paragraph.span);
            continue;
        }
        addressed &= bullet;
        let list = match () {
            () if addressed => &mut document.addressees,
            () if is_basis(&head, words) => &mut document.bases,
            () => &mut document.preamble,
        };
        push(list, words, paragraph.span);
    }
}

fn push(list: &mut Vec<Passage>, text: &str, span: Span) {
    if !text.is_empty() {
        list.push(Passage { text: text.to_owned(), span });
    }
}

/// A legal basis, unless the sentence goes on to what is decided.
fn is_basis(head: &str, words: &str) -> bool {
    let begins = ["can cu ", "theo de nghi", "xet ", "theo quyet dinh", "theo nghi quyet"];
    begins.iter().any(|word| head.starts_with(word)) && !words.ends_with(':')
}

impl Warning {
    pub(crate) fn new(code: &str, message: impl Into<String>, span: Option<Span>) -> Self {
        Self { code: code.into(), message: message.into(), span }
    }
}
