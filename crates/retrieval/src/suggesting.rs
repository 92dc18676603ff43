//! Titles for what is being typed.

use std::collections::BinaryHeap;

use tantivy::query::{BooleanQuery, Occur, Query as Asking, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use crate::document::Document;
use crate::error::Error;
use crate::index::{Entries, Index, prefix};
use crate::postings::visit;
use crate::text::terms;

/// Documents that are looked at, in any order: enough to choose from, few enough while somebody types.
const SEEN_MAX: usize = 3_000;
/// Documents that are read, for a choice of a few.
const READ_MAX: usize = 24;

/// A title that goes on as was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The document.
    pub document: Document,
}

impl Index {
    /// The documents whose title has words that begin with those typed, the best first.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
        let mut words = terms(typed);
        words.truncate(12);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let searcher = self.searcher();
        let clause = |folded: &str| -> (Occur, Box<dyn Asking>) {
            let term = Term::from_field_text(self.fields.typing, prefix(folded));
            (Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
        };
        let query = BooleanQuery::new(words.iter().map(|word| clause(&word.folded)).collect());
        let standings: Result<Vec<_>, _> =
            searcher.segment_readers().iter().map(|segment| segment.fast_fields().u64("standing")).collect();
        let standings = standings?;
        let mut best: BinaryHeap<std::cmp::Reverse<(u64, DocAddress)>> = BinaryHeap::new();
        let mut seen = 0;
        visit(&query, &searcher, |address| {
            let standing = standings[address.segment_ord as usize].first(address.doc_id).unwrap_or(0);
            best.push(std::cmp::Reverse((standing, address)));
            if best.len() > READ_MAX {
                best.pop();
            }
            seen += 1;
            seen < SEEN_MAX
        })?;
        let entries = Entries::of(&searcher)?;
        let mut found: Vec<(u32, Document)> = Vec::with_capacity(best.len());
        for std::cmp::Reverse((_, address)) in best {
            let document = entries.get(address)?.document()?;
            found.push((likeness(typed, &document.title), document));
        }
        found.sort_by(|a, b| {
            let standing = b.1.standing.cmp(&a.1.standing);
            b.0.cmp(&a.0).then(standing).then_with(|| a.1.title.len().cmp(&b.1.title.len())).then_with(|| a.1.id.cmp(&b.1.id))
        });
        found.dedup_by(|a, b| a.1.title == b.1.title);
        Ok(found.into_iter().take(limit).map(|(_, document)| Suggestion { document }).collect())
    }
}

/// 3 when the title begins as typed with these accents, 2 when it has them in this order, 1 when it begins so without accents.
fn likeness(typed: &str, title: &str) -> u32 {
    let (typed_key, title_key) = (vietnamese::key(typed), vietnamese::key(title));
    if title_key.starts_with(typed_key.as_ref()) {
        3
    } else if title_key.contains(typed_key.as_ref()) {
        2
    } else {
        u32::from(vietnamese::fold(title).starts_with(vietnamese::fold(typed).as_ref()))
    }
}
