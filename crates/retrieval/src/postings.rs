//! What tantivy's postings find: the best by their cheap score, some in any order, or only how many.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::query::{EnableScoring, Query, Scorer};
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, TERMINATED};

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

/// How many documents there are of something, as far as they were counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub count: usize,
    /// Counting stopped: there may be more.
    pub is_least: bool,
}

/// Counts the documents that all of these find, up to `most` and looking at no more than about `looks_max` entries of the shortest
/// list: in a large index two common words that seldom meet would take longer than all the rest. Each segment has its share of the
/// looks, and the same index gives the same count.
pub fn count_common(all: &[Box<dyn Query>], searcher: &Searcher, most: usize, looks_max: u64) -> Result<Counted, Error> {
    let scoring = EnableScoring::disabled_from_searcher(searcher);
    let weights = all.iter().map(|query| query.weight(scoring)).collect::<Result<Vec<_>, _>>()?;
    let documents = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum::<u64>().max(1);
    let mut counted = Counted::default();
    for segment in searcher.segment_readers() {
        let mut lists = weights.iter().map(|weight| weight.scorer(segment, 1.0)).collect::<Result<Vec<_>, _>>()?;
        lists.sort_by_key(|list| list.cost());
        let Some((shortest, others)) = lists.split_first_mut() else { break };
        let alive = segment.alive_bitset();
        let mut looks = looks_max * u64::from(segment.max_doc()) / documents + 1;
        let mut document = shortest.doc();
        while document != TERMINATED {
            if looks == 0 || counted.count >= most {
                counted.is_least = true;
                break;
            }
            looks -= 1;
            document = match others.iter_mut().map(|other| seek(other, document)).find(|found| *found != document) {
                Some(ahead) => shortest.seek(ahead),
                None => {
                    counted.count += usize::from(alive.is_none_or(|alive| alive.is_alive(document)));
                    shortest.advance()
                }
            };
        }
    }
    Ok(counted)
}

/// The first document of a list that is not before this one.
fn seek(list: &mut Box<dyn Scorer>, document: DocId) -> DocId {
    if list.doc() < document { list.seek(document) } else { list.doc() }
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

#[cfg(test)]
mod tests {
    use tantivy::query::TermQuery;
    use tantivy::schema::{IndexRecordOption, STRING, Schema};
    use tantivy::{Index, TantivyDocument, Term};

    use super::*;

    /// A hundred documents: each has its own remainders by 2, 3 and 50.
    fn hundred() -> Result<(Searcher, impl Fn(&str) -> Box<dyn Query>), tantivy::TantivyError> {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("term", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 20_000_000)?;
        for number in 0..100 {
            let mut document = TantivyDocument::new();
            for by in [2, 3, 50] {
                document.add_text(field, format!("{by}:{}", number % by));
            }
            writer.add_document(document)?;
            if number == 30 {
                writer.commit()?; // two segments
            }
        }
        writer.commit()?;
        let asked = move |text: &str| {
            Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic)) as Box<dyn Query>
        };
        Ok((index.reader()?.searcher(), asked))
    }

    #[test]
    fn documents_that_have_all_of_it_are_counted_as_far_as_wanted() -> Result<(), Error> {
        let (searcher, term) = hundred()?;
        let count = |terms: &[&str], most, looks| {
            let all: Vec<Box<dyn Query>> = terms.iter().map(|text| term(text)).collect();
            count_common(&all, &searcher, most, looks)
        };
        let whole = |count| Counted { count, is_least: false };
        assert_eq!(count(&["2:0"], 1_000, 1_000)?, whole(50));
        assert_eq!(count(&["2:0", "3:0"], 1_000, 1_000)?, whole(17));
        assert_eq!(count(&["2:0", "3:0", "50:6"], 1_000, 1_000)?, whole(1)); // 6; 56 leaves 2
        assert_eq!(count(&["2:0", "50:7"], 1_000, 1_000)?, whole(0));
        assert_eq!(count(&["nowhere", "2:0"], 1_000, 1_000)?, whole(0));
        assert_eq!(count(&[], 1_000, 1_000)?, whole(0));
        assert_eq!(count(&["2:0"], 10, 1_000)?, Counted { count: 10, is_least: true });
        // A tenth of the list is looked at: what was found is said to be the least.
        let some = count(&["2:0", "3:0"], 1_000, 10)?;
        assert!(some.is_least && some.count > 0 && some.count < 17, "{some:?}");
        Ok(())
    }
}
