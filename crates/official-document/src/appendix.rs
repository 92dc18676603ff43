//! "Phụ lục" and documents issued together with the one above.

use crate::flow::Block;
use crate::header::{is_attachment_note, is_ruled, squeeze, types};
use crate::marker::Marker;
use crate::model::{Appendix, Span};
use crate::normal::{folded, is_caps};
use crate::outline::outline;

/// A label ("Phụ lục I: DANH MỤC …") is not longer than this many bytes.
const LABEL_BYTES_MAX: usize = 300;

/// "(Kèm theo …)" stands within so many paragraphs of the label or the type.
const NOTE_WITHIN: usize = 5;

/// An appendix begins at this block.
pub(crate) fn begins(blocks: &[Block], place: usize) -> bool {
    let text = blocks[place].text();
    let below = || blocks[place + 1..].iter().take(NOTE_WITHIN - 1).map(Block::text);
    label(text).is_some_and(|label| label.whole || is_caps(&text[label.length..]))
        || (types::named_by(text).is_some() && is_caps(text) && below().any(is_attachment_note))
}

/// "Phụ lục", "PHỤ LỤC 01", "Phụ lục I.": how much of the paragraph it takes.
struct Label {
    length: usize,
    /// Nothing follows it.
    whole: bool,
}

fn label(text: &str) -> Option<Label> {
    if text.len() > LABEL_BYTES_MAX || !folded(text, 8).starts_with("phu luc") {
        return None;
    }
    let words: usize = text.chars().take(7).map(char::len_utf8).sum();
    let rest = text[words..].trim_start();
    let rest = if folded(rest, 3).starts_with("so ") { rest.split_once(' ')?.1.trim_start() } else { rest };
    let numeral = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let numbered = numeral.len() <= 6 && !numeral.is_empty() && !numeral.contains(|c: char| c.is_ascii_lowercase());
    let numeral = if numbered { numeral.len() } else { 0 };
    let title = rest[numeral..].trim_start_matches([':', '.', '-', '–', ' ', '*']);
    let length = text.len() - title.len();
    let free = numeral == 0 || rest[numeral..].is_empty() || rest[numeral..].starts_with([':', '.', ' ', '-', '*']);
    free.then_some(Label { length, whole: title.is_empty() })
}

/// Reads the appendices in the blocks after the closing.
pub(crate) fn read(blocks: Vec<Block>, depth: usize) -> Vec<Appendix> {
    let mut starts: Vec<usize> = Vec::new();
    for place in 0..blocks.len() {
        // A title under a label ("Phụ lục I" / "DANH MỤC …") begins nothing of its own.
        let titled = starts.last().is_some_and(|above| place - above < NOTE_WITHIN) && label(blocks[place].text()).is_none();
        if !titled && begins(&blocks, place) {
            starts.push(place);
        }
    }
    if !blocks.is_empty() && starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let mut appendices = Vec::new();
    let mut rest = blocks;
    for start in starts.into_iter().rev() {
        appendices.push(appendix(rest.split_off(start), depth));
    }
    appendices.reverse();
    appendices
}

fn appendix(mut blocks: Vec<Block>, depth: usize) -> Appendix {
    let span = blocks.iter().map(Block::span).reduce(Span::cover).unwrap_or_default();
    let mut appendix = Appendix { span, ..Appendix::default() };
    let noted = blocks.iter().take(NOTE_WITHIN).position(|block| is_attachment_note(block.text())).unwrap_or(0);
    let mut titles = 0;
    for (place, block) in blocks.iter().enumerate() {
        let words = block.text();
        if let Some(label) = label(words).filter(|_| place == 0) {
            appendix.label = squeeze(words[..label.length].trim_end_matches([':', '.', '-', '–', ' ', '*']));
            extend(&mut appendix.title, &words[label.length..]);
        } else if is_title(words, place < noted || (place > 0 && appendix.title.is_empty())) {
            extend(&mut appendix.title, words);
        } else if !is_note(block) {
            break;
        }
        titles = place + 1;
    }
    appendix.parts = outline(blocks.split_off(titles), depth);
    appendix
}

/// A line of the title: in capitals, or a short one where a title is awaited.
fn is_title(words: &str, awaited: bool) -> bool {
    let short = !words.is_empty() && words.len() <= LABEL_BYTES_MAX && !words.ends_with(['.', ';', ':']);
    let plain = short && Marker::of(words).is_none() && !is_attachment_note(words) && !is_ruled(words);
    plain && (is_caps(words) || awaited)
}

/// "(Kèm theo …)" or a ruled line under the title.
fn is_note(block: &Block) -> bool {
    let words = block.text();
    matches!(block, Block::Paragraph(_)) && (is_attachment_note(words) || is_ruled(words))
}

fn extend(title: &mut String, words: &str) {
    if !title.is_empty() && !words.is_empty() {
        title.push(' ');
    }
    title.push_str(&squeeze(words));
}
