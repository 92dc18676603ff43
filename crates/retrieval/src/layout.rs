//! A document as ranking reads it: one number for each term, cut into chunks. Stored beside the document, so that a hundred
//! candidates are read again in a millisecond, without analysing their text.

use std::ops::Range;

use crate::code::Code;
use crate::document::Document;
use crate::text::{Term, terms};

/// Syllables in a chunk at most.
const CHUNK_MAX: usize = 60;

/// A part of a passage of at most [`CHUNK_MAX`] terms, whole clauses where they fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Which passage.
    pub passage: usize,
    /// Its terms, within [`Layout::codes`].
    pub terms: Range<usize>,
    /// The terms of the passage's heading.
    pub heading: Range<usize>,
    /// Its bytes within the passage's text.
    pub bytes: Range<usize>,
}

/// All terms of a document: the title, then each passage's heading and text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The terms, in order.
    pub codes: Vec<Code>,
    /// How many of them are the title.
    pub title: usize,
    /// The chunks, in order.
    pub chunks: Vec<Chunk>,
}

impl Layout {
    /// Analyses a document; hands each part's terms to `each` on the way, for whoever else wants them.
    pub fn of(document: &Document, mut each: impl FnMut(&[Term])) -> Self {
        let mut layout = Self::default();
        let title = terms(&document.title);
        // A title that only repeats how the text begins says nothing twice.
        if !document.passages.first().is_some_and(|first| begins_with(&first.text, &title)) {
            each(&title);
            layout.push(&title);
        }
        layout.title = layout.codes.len();
        for (at, passage) in document.passages.iter().enumerate() {
            let heading = terms(&passage.heading);
            each(&heading);
            let heading = layout.push(&heading);
            let body = terms(&passage.text);
            each(&body);
            let start = layout.push(&body).start;
            for range in clauses(&passage.text, &body) {
                let bytes = body[range.start].span.start..body[range.end - 1].span.end;
                let terms = start + range.start..start + range.end;
                layout.chunks.push(Chunk { passage: at, terms, heading: heading.clone(), bytes });
            }
        }
        layout
    }

    fn push(&mut self, terms: &[Term]) -> Range<usize> {
        let start = self.codes.len();
        self.codes.extend(terms.iter().map(|term| term.code));
        start..self.codes.len()
    }

    /// As bytes, to be stored.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.codes.len() * 4 + self.chunks.len() * 28 + 12);
        let mut put = |number: usize| bytes.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
        put(self.title);
        put(self.chunks.len());
        for Chunk { passage, terms, heading, bytes } in &self.chunks {
            [*passage, terms.start, terms.end, heading.start, heading.end, bytes.start, bytes.end].into_iter().for_each(&mut put);
        }
        self.codes.iter().for_each(|code| put(code.0 as usize));
        bytes
    }

    /// What [`to_bytes`](Self::to_bytes) wrote; `None` when it is none of it.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut numbers = bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        let mut take = || numbers.next().map(|number| number as usize);
        let title = take()?;
        let count = take()?;
        let mut chunks = Vec::with_capacity(count.min(bytes.len() / 28));
        for _ in 0..count {
            chunks.push(Chunk { passage: take()?, terms: take()?..take()?, heading: take()?..take()?, bytes: take()?..take()? });
        }
        let codes: Vec<Code> = numbers.map(Code).collect();
        let fits = |range: &Range<usize>| range.start <= range.end && range.end <= codes.len();
        let whole = title <= codes.len() && chunks.iter().all(|chunk| fits(&chunk.terms) && fits(&chunk.heading));
        whole.then_some(Self { codes, title, chunks })
    }
}

fn begins_with(text: &str, title: &[Term]) -> bool {
    let Some(last) = title.last() else { return false };
    // As many bytes and some more, up to a character's end; what the cut leaves of a last word is behind the title.
    let mut end = text.len().min(last.span.end * 2 + 40);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let beginning = terms(&text[..end]);
    beginning.len() >= title.len() && beginning.iter().zip(title).all(|(a, b)| a.code == b.code)
}

/// Cuts terms into runs of whole clauses; a clause that is longer than a chunk is cut in even parts.
fn clauses(text: &str, terms: &[Term]) -> Vec<Range<usize>> {
    let mut chunks: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for at in 0..terms.len() {
        let ends = terms.get(at + 1).is_none_or(|next| ends_clause(&text[terms[at].span.end..next.span.start]));
        if !ends {
            continue;
        }
        let clause = start..at + 1;
        start = at + 1;
        match chunks.last_mut() {
            Some(last) if last.len() + clause.len() <= CHUNK_MAX => last.end = clause.end,
            _ if clause.len() <= CHUNK_MAX => chunks.push(clause),
            _ => {
                let parts = clause.len().div_ceil(CHUNK_MAX);
                let size = clause.len().div_ceil(parts);
                chunks.extend(clause.clone().step_by(size).map(|from| from..(from + size).min(clause.end)));
            }
        }
    }
    chunks
}

/// Whether what stands between two terms ends a sentence, a line or a clause.
fn ends_clause(between: &str) -> bool {
    between.contains(['\n', '?', '!', ';', '…']) || (between.contains(['.', ':']) && between.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Passage;
    use proptest::prelude::*;

    fn document(title: &str, text: &str) -> Document {
        let passages = vec![Passage { heading: "Mục 1".into(), text: text.into(), ..Passage::default() }];
        Document { title: title.into(), passages, ..Document::default() }
    }

    #[test]
    fn chunks_are_whole_clauses() {
        let sentence = "một hai ba bốn năm sáu bảy tám chín mười. ".repeat(13);
        let layout = Layout::of(&document("Đề", &sentence), |_| {});
        assert_eq!(layout.chunks.iter().map(|c| c.terms.len()).collect::<Vec<_>>(), [60, 60, 10]);
        let endless = "từ ".repeat(130);
        assert!(Layout::of(&document("", &endless), |_| {}).chunks.iter().all(|c| c.terms.len() <= CHUNK_MAX));
    }

    proptest! {
        #[test]
        fn bytes_come_back(title in "\\PC{0,20}", text in "\\PC{0,200}") {
            let document = document(&title, &text);
            let layout = Layout::of(&document, |_| {});
            prop_assert_eq!(Layout::from_bytes(&layout.to_bytes()), Some(layout.clone()));
            for chunk in &layout.chunks {
                prop_assert!(text.get(chunk.bytes.clone()).is_some());
            }
        }

        #[test]
        fn any_bytes_are_taken_calmly(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Some(layout) = Layout::from_bytes(&bytes) {
                prop_assert!(layout.chunks.iter().all(|c| layout.codes.get(c.terms.clone()).is_some()));
            }
        }
    }
}
