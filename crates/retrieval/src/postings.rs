//! What tantivy's postings find: the best by their cheap score, some in any order, or only how many.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocSet, Score, Searcher, TERMINATED};

use crate::error::Error;

/// A score that can be ordered.
#[derive(PartialEq)]
struct Ordered(Score);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The documents of the highest scores, in any order. The largest segment goes first, and what a document must surpass is kept
/// from one segment to the next, so that of the others whole blocks are passed over; tantivy's own collector begins each anew.
pub fn best(query: &dyn Query, searcher: &Searcher, most: usize) -> Result<Vec<DocAddress>, Error> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let segments = searcher.segment_readers();
    let mut order: Vec<u32> = (0..).take(segments.len()).collect();
    order.sort_by_key(|ordinal| Reverse(segments[*ordinal as usize].max_doc()));
    let mut heap: BinaryHeap<Reverse<(Ordered, Reverse<DocAddress>)>> = BinaryHeap::with_capacity(most + 1);
    let mut threshold = Score::MIN;
    for ordinal in order {
        let segment = &segments[ordinal as usize];
        let alive = segment.alive_bitset();
        weight.for_each_pruning(threshold, segment, &mut |document, score| {
            if alive.is_none_or(|alive| alive.is_alive(document)) {
                heap.push(Reverse((Ordered(score), Reverse(DocAddress::new(ordinal, document)))));
                if heap.len() > most {
                    heap.pop();
                }
                if heap.len() == most {
                    threshold = heap.peek().map_or(Score::MIN, |Reverse((lowest, _))| lowest.0);
                }
            }
            threshold
        })?;
    }
    Ok(heap.into_iter().map(|Reverse((_, Reverse(address)))| address).collect())
}

/// Counts what a query finds, and stops at a bound.
pub fn count_up_to(query: &dyn Query, searcher: &Searcher, most: usize) -> Result<usize, Error> {
    let mut count = 0;
    visit(query, searcher, |_| {
        count += 1;
        count < most
    })?;
    Ok(count)
}

/// Visits what a query finds, segment by segment, for as long as `each` wants more.
pub fn visit(query: &dyn Query, searcher: &Searcher, mut each: impl FnMut(DocAddress) -> bool) -> Result<(), Error> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
        let mut scorer = weight.scorer(segment, 1.0)?;
        let alive = segment.alive_bitset();
        let mut document = scorer.doc();
        while document != TERMINATED {
            let lives = alive.is_none_or(|alive| alive.is_alive(document));
            if lives && !each(DocAddress::new(u32::try_from(ordinal).unwrap_or(u32::MAX), document)) {
                return Ok(());
            }
            document = scorer.advance();
        }
    }
    Ok(())
}
