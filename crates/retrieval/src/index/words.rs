//! The index as a [`Vocabulary`].

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::Fields;
use crate::code::Pair;
use crate::text::MARK;
use crate::vocabulary::Vocabulary;

/// Accents of one word, or of one pair of words, that are told apart.
const VARIANTS_MAX: usize = 64;

/// What a searcher knows of terms. A segment that can not be read knows nothing: search goes on without it.
pub struct Words<'a> {
    pub searcher: &'a Searcher,
    pub fields: Fields,
    /// Pairs that were asked for already: a question asks for each several times. By what folds alike.
    known: RefCell<HashMap<(u32, u32), Rc<[(Pair, u64)]>>>,
}

impl<'a> Words<'a> {
    pub fn of(searcher: &'a Searcher, fields: Fields) -> Self {
        Self { searcher, fields, known: RefCell::default() }
    }

    fn count(&self, field: Field, text: &str) -> u64 {
        self.searcher.doc_freq(&Term::from_field_text(field, text)).unwrap_or(0)
    }

    /// The terms from one on and before another, with their counts over all segments, the most frequent first.
    fn between<T: PartialEq + Ord>(&self, field: Field, ends: [&str; 2], read: impl Fn(&[u8]) -> Option<T>) -> Vec<(T, u64)> {
        let mut found: Vec<(T, u64)> = Vec::new();
        for segment in self.searcher.segment_readers() {
            let Ok(inverted) = segment.inverted_index(field) else { continue };
            let range = inverted.terms().range().ge(ends[0].as_bytes()).lt(ends[1].as_bytes());
            let Ok(mut stream) = range.into_stream() else { continue };
            while stream.advance() {
                let Some(term) = read(stream.key()) else { continue };
                let count = u64::from(stream.value().doc_freq);
                match found.iter().position(|(known, _)| *known == term) {
                    Some(at) => found[at].1 += count,
                    None if found.len() < VARIANTS_MAX => found.push((term, count)),
                    None => {}
                }
            }
        }
        found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found
    }

    /// Terms of a document, on average.
    pub fn average(&self) -> f32 {
        let mut terms = 0;
        let mut documents = 0;
        for segment in self.searcher.segment_readers() {
            documents += u64::from(segment.max_doc());
            terms += segment.inverted_index(self.fields.folded).map_or(0, |inverted| inverted.total_num_tokens());
        }
        terms as f32 / documents.max(1) as f32
    }
}

impl Vocabulary for Words<'_> {
    fn documents(&self) -> u64 {
        self.searcher.num_docs()
    }

    fn folded(&self, folded: &str) -> u64 {
        self.count(self.fields.folded, folded)
    }

    fn key(&self, key: &str) -> u64 {
        self.count(self.fields.exact, key)
    }

    fn variants(&self, folded: &str) -> Vec<(String, u64)> {
        let ends = [format!("{folded}{MARK}"), format!("{folded}\u{2}")];
        let read = |term: &[u8]| std::str::from_utf8(term).ok().map(str::to_owned);
        self.between(self.fields.exact, ends.each_ref().map(String::as_str), read)
    }

    fn pairs(&self, like: Pair) -> Rc<[(Pair, u64)]> {
        let folded = (like.0.folded(), like.1.folded());
        if let Some(known) = self.known.borrow().get(&folded) {
            return known.clone();
        }
        let term = like.term();
        let stem = &term[..Pair::STEM];
        // No letter of a pair is a `~`.
        let found: Rc<[_]> = self.between(self.fields.pairs, [stem, &format!("{stem}~")], Pair::read).into();
        self.known.borrow_mut().insert(folded, found.clone());
        found
    }
}
