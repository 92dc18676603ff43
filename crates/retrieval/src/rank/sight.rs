//! What a document has of a query, position by position.

use std::ops::Range;

use crate::code::Code;

/// A term of the document that matches; for pairs, its second term.
pub struct Found {
    pub at: usize,
    pub of: usize,
    pub exact: bool,
    pub share: f32,
}

/// What a document has of a query. Bits of words are slots.
#[derive(Default)]
pub struct Sight {
    pub terms: Vec<Found>,
    pub pairs: Vec<Found>,
    pub exact: Vec<u64>,
    pub loose: Vec<u64>,
}

/// A set of folded terms that may say yes to one it has not.
pub struct Sieve([u64; 128]);

impl Default for Sieve {
    fn default() -> Self {
        Self([0; 128])
    }
}

impl Sieve {
    pub fn add(&mut self, code: Code) {
        let at = code.folded() as usize;
        self.0[at >> 6 & 127] |= 1 << (at & 63);
    }

    pub fn may_hold(&self, code: Code) -> bool {
        let at = code.folded() as usize;
        self.0[at >> 6 & 127] >> (at & 63) & 1 == 1
    }
}

/// How often each reading and each pair stands in some stretches: with the accents asked for, and with any.
pub struct Counts {
    pub terms: Vec<(f32, f32)>,
    pub pairs: Vec<(f32, f32)>,
    pub slots: u64,
    pub length: usize,
}

impl Counts {
    pub fn new(terms: usize, pairs: usize) -> Self {
        Self { terms: vec![(0.0, 0.0); terms], pairs: vec![(0.0, 0.0); pairs], slots: 0, length: 0 }
    }

    /// Counts anew: many stretches of many documents are counted in one place.
    pub fn count(&mut self, sight: &Sight, stretches: &[Range<usize>], slot_of: impl Fn(usize) -> usize) {
        self.terms.fill((0.0, 0.0));
        self.pairs.fill((0.0, 0.0));
        self.slots = 0;
        self.length = stretches.iter().map(ExactSizeIterator::len).sum();
        for stretch in stretches {
            for found in within(&sight.terms, stretch, 0) {
                self.slots |= 1 << slot_of(found.of);
                add(&mut self.terms[found.of], found);
            }
            within(&sight.pairs, stretch, 1).iter().for_each(|found| add(&mut self.pairs[found.of], found));
        }
    }
}

fn add(counts: &mut (f32, f32), found: &Found) {
    counts.0 += if found.exact { found.share } else { 0.0 };
    counts.1 += found.share;
}

/// What was found within a stretch; a pair only when its first term is inside as well.
pub fn within<'a>(found: &'a [Found], stretch: &Range<usize>, lead: usize) -> &'a [Found] {
    let from = found.partition_point(|found| found.at < stretch.start + lead);
    let to = found.partition_point(|found| found.at < stretch.end);
    found.get(from..to).unwrap_or_default()
}
