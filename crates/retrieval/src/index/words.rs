//! The index as a [`Vocabulary`].

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::Fields;
use crate::text::MARK;
use crate::vocabulary::Vocabulary;

/// Accents of one word, or of one pair of words, that are told apart.
const VARIANTS_MAX: usize = 64;

/// What a searcher knows of terms. A segment that can not be read knows nothing: search goes on without it.
pub struct Words<'a> {
    pub searcher: &'a Searcher,
    pub fields: Fields,
}

impl Words<'_> {
    fn count(&self, field: Field, text: &str) -> u64 {
        self.searcher.doc_freq(&Term::from_field_text(field, text)).unwrap_or(0)
    }

    /// The terms that begin with this and [`MARK`], with their counts over all segments.
    fn beginning_with(&self, field: Field, stem: &str) -> Vec<(String, u64)> {
        let from = format!("{stem}{MARK}");
        let to = format!("{stem}\u{2}");
        let mut found: Vec<(String, u64)> = Vec::new();
        for segment in self.searcher.segment_readers() {
            let Ok(inverted) = segment.inverted_index(field) else { continue };
            let Ok(mut stream) = inverted.terms().range().ge(from.as_bytes()).lt(to.as_bytes()).into_stream() else { continue };
            while stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
                let count = u64::from(stream.value().doc_freq);
                match found.iter().position(|(known, _)| known == term) {
                    Some(at) => found[at].1 += count,
                    None if found.len() < VARIANTS_MAX => found.push((term.to_owned(), count)),
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
        self.beginning_with(self.fields.exact, folded)
    }

    fn pairs(&self, left: &str, right: &str) -> Vec<(String, String, u64)> {
        let found = self.beginning_with(self.fields.pairs, &format!("{left} {right}"));
        let split = |(term, count): (String, u64)| {
            let mut parts = term.split(MARK).skip(1);
            let (of_left, of_right) = (parts.next()?, parts.next()?);
            Some((format!("{left}{MARK}{of_left}"), format!("{right}{MARK}{of_right}"), count))
        };
        found.into_iter().filter_map(split).collect()
    }
}
