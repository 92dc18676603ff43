//! What query repair and ranking ask an index: how many documents have a term.

use std::rc::Rc;

use crate::code::Pair;

/// Counts over the documents of an index. Terms are [keys](crate::text) and their folded forms.
pub trait Vocabulary {
    /// How many documents there are.
    fn documents(&self) -> u64;
    /// How many have a term that folds to this.
    fn folded(&self, folded: &str) -> u64;
    /// How many have exactly this key.
    fn key(&self, key: &str) -> u64;
    /// The keys that fold to this, with their counts, the most frequent first.
    fn variants(&self, folded: &str) -> Vec<(String, u64)>;
    /// The pairs of neighbours that fold like these, with their counts, the most frequent first.
    fn pairs(&self, like: Pair) -> Rc<[(Pair, u64)]>;
}

/// The weight of what few documents have (Robertson and Sparck Jones, in the form that is never negative).
#[must_use]
pub fn rarity(documents: u64, having: u64) -> f32 {
    let (all, having) = (documents.max(having) as f32, having as f32);
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}
