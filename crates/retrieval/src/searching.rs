//! A question → the documents that answer it, best first: candidates from the postings by a cheap score, then judged one by one.

use std::collections::BTreeSet;
use std::ops::Bound;

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as Asking, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Searcher, Term};

use crate::code::{Code, Pair};
use crate::document::Document;
use crate::error::Error;
use crate::index::{Entries, Entry, Index, Words};
use crate::layout::Layout;
use crate::postings::{Counted, best, count_common, visit};
use crate::query::{Query, Slot};
use crate::quotation::{self, Quotation};
use crate::rank::{Features, Judgement, Ranking};
use crate::vocabulary::Vocabulary;

/// Candidates that are judged; no more can be shown.
const CANDIDATES: usize = 100;
/// A term that stands in fewer documents is never too common to make candidates.
const COMMON_MIN: u64 = 2_000;
/// One that stands in more is, when three others are rarer: reading its list would cost more than all the rest.
const COMMON_MAX: u64 = 20_000;
/// Counting stops here.
const COUNTED_MAX: usize = 10_000;
/// Entries of a list that counting looks at.
const LOOKS_MAX: u64 = 20_000;
/// What part of the question must stand in a document for it to be an answer.
const COVER_MIN: f32 = 0.12;
/// The same for a search of a few words, where not all are to be had: half of it.
const HALF: f32 = 0.5;
/// All of it, but for rounding.
const WHOLE: f32 = 0.999;
/// Searches (no questions) of so many words are wanted whole, when that is to be had.
const WHOLE_MAX: usize = 4;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question<'a> {
    /// As typed.
    pub text: &'a str,
    /// Facets that a document must have: for each name one of the values.
    pub facets: Vec<(&'a str, Vec<&'a str>)>,
    /// The first day.
    pub from: Option<i32>,
    /// The last day.
    pub to: Option<i32>,
    /// Answers to leave out at the front.
    pub skip: usize,
    /// Answers wanted, at most.
    pub limit: usize,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// How many documents have all that was asked, counted to 10,000; where none has, how many are near.
    pub total: usize,
    /// There may be more of them: counting them all would take longer than to find the best.
    pub is_least: bool,
    /// How many of them can be shown, page by page.
    pub shown: usize,
    /// The page asked for, best first.
    pub hits: Vec<Hit>,
    /// Document numbers that were asked for and stand nowhere, as typed.
    pub unknown_numbers: Vec<String>,
    /// What stood in quotation marks stands nowhere as a whole: this is what the words find without the marks.
    pub without_phrase: bool,
}

/// One document found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The document, as it was put.
    pub document: Document,
    /// How well it answers, about 1 for a perfect match; falls from hit to hit.
    pub score: f32,
    /// What went into the score.
    pub features: Features,
    /// The best part of it.
    pub quotation: Quotation,
    /// What in the title was asked for, in bytes.
    pub title_marks: Vec<std::ops::Range<usize>>,
}

impl Index {
    /// Answers a question.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn search(&self, question: &Question) -> Result<Answer, Error> {
        self.searched(question, true, |_, _| ())
    }

    /// The same, with a total or without; `each` sees how ranking reads each hit, in their order.
    pub(crate) fn searched(
        &self,
        question: &Question,
        counts: bool,
        mut each: impl FnMut(&Layout, &Ranking),
    ) -> Result<Answer, Error> {
        let searcher = self.searcher();
        let words = Words::of(&searcher, self.fields);
        let mut query = Query::read(question.text, &words);
        if query.slots.is_empty() {
            return Ok(Answer::default());
        }
        let unknown_numbers = self.unknown_numbers(&query, question.text, &searcher);
        let answer = self.answer(question, &query, &words, counts, &mut each)?;
        if answer.shown > 0 || query.phrases.is_empty() {
            return Ok(Answer { unknown_numbers, ..answer });
        }
        query.phrases.clear();
        Ok(Answer { unknown_numbers, without_phrase: true, ..self.answer(question, &query, &words, counts, &mut each)? })
    }

    fn answer(
        &self,
        question: &Question,
        query: &Query,
        words: &Words,
        counts: bool,
        each: &mut impl FnMut(&Layout, &Ranking),
    ) -> Result<Answer, Error> {
        let asking = Candidates { index: self, words, query, question };
        let is_search = query.slots.len() <= WHOLE_MAX && query.slots.iter().all(|slot| slot.weight >= 1.0);
        let (whole, mut found) = asking.counted_and_found(counts || is_search)?;
        let ranking = Ranking::new(query, words, words.average());
        // In the order in which they lie, so that no block is unpacked twice.
        found.sort_unstable();
        let entries = Entries::of(words.searcher)?;
        let mut judged = Vec::with_capacity(found.len());
        for address in found {
            let entry = entries.get(address)?;
            let layout = entry.layout()?;
            let judgement = ranking.judge(&layout);
            if judgement.phrases {
                judged.push((judgement, address, layout, entry));
            }
        }
        let fallback = if is_search { HALF } else { COVER_MIN };
        let near = |least: f32| move |judgement: &Judgement| judgement.features.cover >= least || judgement.features.number > 0.0;
        // All of it may stand in documents that are not among the best; then what comes near is better than nothing.
        let is_whole_somewhere = whole.count > 0 || whole.is_least;
        let whole_near = is_search && is_whole_somewhere && judged.iter().any(|(judgement, ..)| near(WHOLE)(judgement));
        let least = if whole_near { WHOLE } else { fallback };
        judged.retain(|(judgement, ..)| near(least)(judgement));
        judged.sort_by(|a, b| b.0.score.total_cmp(&a.0.score).then_with(|| a.1.cmp(&b.1)));
        let shown = judged.len();
        let page = judged.into_iter().skip(question.skip).take(question.limit);
        let hits: Result<Vec<Hit>, Error> = page
            .map(|(judgement, _, layout, entry)| {
                each(&layout, &ranking);
                hit(judgement, &layout, &entry, &ranking)
            })
            .collect();
        let (total, is_least) = if query.phrases.is_empty() { (whole.count.max(shown), whole.is_least) } else { (shown, false) };
        Ok(Answer { total, is_least, shown, hits: hits?, ..Answer::default() })
    }

    /// The document of an id.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn get(&self, id: &str) -> Result<Option<Document>, Error> {
        let searcher = self.searcher();
        let query = TermQuery::new(self.fields.id(id), IndexRecordOption::Basic);
        let mut found = None;
        visit(&query, &searcher, |address| {
            found = Some(address);
            false
        })?;
        found.map(|address| Entries::of(&searcher)?.get(address)?.document()).transpose()
    }

    fn unknown_numbers(&self, query: &Query, text: &str, searcher: &Searcher) -> Vec<String> {
        let stands = |key: &str| searcher.doc_freq(&Term::from_field_text(self.fields.number, key)).unwrap_or(0) > 0;
        let written = |slots: &[Slot]| {
            let (first, last) = (slots.first()?, slots.last()?);
            text.get(first.typed.span.start..last.typed.span.end).map(str::to_owned)
        };
        let absent = query.numbers.iter().filter(|(key, _)| !stands(key));
        absent.filter_map(|(_, slots)| written(&query.slots[slots.clone()])).collect()
    }
}

fn hit(judgement: Judgement, layout: &Layout, entry: &Entry, ranking: &Ranking) -> Result<Hit, Error> {
    let document = entry.document()?;
    let quotation = Quotation::of(&document, layout, judgement.chunk, ranking);
    let title_marks = quotation::marks(&document.title, 0, ranking);
    Ok(Hit { document, score: judgement.score, features: judgement.features, quotation, title_marks })
}

/// How the postings are asked.
struct Candidates<'a> {
    index: &'a Index,
    words: &'a Words<'a>,
    query: &'a Query,
    question: &'a Question<'a>,
}

type Clause = (Occur, Box<dyn Asking>);

/// A term that makes candidates.
struct Bait {
    field: Field,
    text: String,
    boost: f32,
    having: u64,
}

impl Candidates<'_> {
    /// How many there are, if that is wanted, and where the best of them lie.
    fn counted_and_found(&self, counts: bool) -> Result<(Counted, Vec<DocAddress>), Error> {
        let (counting, wanted) = (self.whole(), self.query());
        if !counts {
            return Ok((Counted::default(), best(&wanted, self.words.searcher, CANDIDATES)?));
        }
        // Neither needs the other, and in a large index each takes its time.
        let (whole, found) = std::thread::scope(|scope| {
            let counted = scope.spawn(|| count_common(&counting, self.words.searcher, COUNTED_MAX, LOOKS_MAX));
            let found = best(&wanted, self.words.searcher, CANDIDATES);
            (counted.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), found)
        });
        Ok((whole?, found?))
    }

    /// Any of the terms, the rarer the better; then what must be.
    fn query(&self) -> BooleanQuery {
        let mut any: Vec<Clause> = self.baits().into_iter().map(|bait| (Occur::Should, bait.query())).collect();
        let mut must = self.filters();
        must.extend(self.phrase_clauses());
        if must.is_empty() {
            return BooleanQuery::new(any);
        }
        any = vec![(Occur::Must, Box::new(BooleanQuery::new(any)))];
        any.extend(must);
        BooleanQuery::new(any)
    }

    fn baits(&self) -> Vec<Bait> {
        let fields = self.index.fields;
        let mut baits = Vec::new();
        let mut taken = BTreeSet::new();
        let mut lay = |field: Field, text: String, boost: f32, having: u64| {
            if having > 0 && boost > 0.0 && taken.insert((field.field_id(), text.clone())) {
                baits.push(Bait { field, text, boost, having });
            }
        };
        for slot in &self.query.slots {
            for reading in &slot.readings {
                lay(fields.exact, reading.key.clone(), slot.weight * reading.exact, self.words.key(&reading.key));
                lay(fields.folded, reading.folded.clone(), slot.weight * reading.loose, self.words.folded(&reading.folded));
            }
        }
        for two in self.query.slots.windows(2) {
            let (left, right) = (&two[0].readings[0], &two[1].readings[0]);
            let weight = 0.8 * (two[0].weight * two[1].weight).sqrt();
            let meant = Pair(left.code, right.code);
            for (pair, having) in self.words.pairs(meant).iter().take(4) {
                lay(fields.pairs, pair.term(), if *pair == meant { weight * 1.5 } else { weight * 0.5 }, *having);
            }
        }
        for other in &self.query.others {
            let single = if other.keys.len() == 1 { &other.keys[..] } else { &[] };
            single.iter().for_each(|key| lay(fields.exact, key.clone(), other.weight, self.words.key(key)));
            for two in other.keys.windows(2) {
                let term = Pair(Code::of(&two[0]), Code::of(&two[1])).term();
                let having = self.words.searcher.doc_freq(&Term::from_field_text(fields.pairs, &term)).unwrap_or(0);
                lay(fields.pairs, term, other.weight, having);
            }
        }
        for (key, _) in &self.query.numbers {
            lay(fields.number, key.clone(), 3.0, 1);
        }
        self.without_the_commonest(baits)
    }

    /// In a large index what stands in every tenth document, or in very many, finds nothing that rarer terms do not find.
    fn without_the_commonest(&self, mut baits: Vec<Bait>) -> Vec<Bait> {
        let common = (self.words.documents() / 10).clamp(COMMON_MIN, COMMON_MAX);
        let rare = baits.iter().filter(|bait| bait.having <= common).count();
        if rare >= 3 {
            baits.retain(|bait| bait.having <= common);
        }
        baits
    }

    /// What must be found of a document in which every content word stands.
    fn whole(&self) -> Vec<Box<dyn Asking>> {
        let fields = self.index.fields;
        let mut must = self.filters();
        for (at, slot) in self.query.slots.iter().enumerate().filter(|(_, slot)| slot.weight >= 1.0) {
            // Readings mostly differ in their accents: one list of documents, which is much cheaper than the union of two.
            let folded: BTreeSet<&str> = slot.readings.iter().map(|reading| reading.folded.as_str()).collect();
            let mut ways: Vec<Clause> = folded.into_iter().map(|folded| (Occur::Should, term(fields.folded, folded))).collect();
            for other in self.query.others.iter().filter(|other| other.slots.contains(&at)) {
                let pairs = other
                    .keys
                    .windows(2)
                    .map(|two| (Occur::Must, term(fields.pairs, &Pair(Code::of(&two[0]), Code::of(&two[1])).term())));
                let written: Vec<Clause> = match other.keys.as_slice() {
                    [only] => vec![(Occur::Must, term(fields.exact, only))],
                    _ => pairs.collect(),
                };
                ways.push((Occur::Should, Box::new(BooleanQuery::new(written))));
            }
            match ways.len() {
                1 => must.push((Occur::Must, ways.remove(0).1)),
                _ => must.push((Occur::Must, Box::new(BooleanQuery::new(ways)))),
            }
        }
        must.into_iter().map(|(_, query)| query).collect()
    }

    fn filters(&self) -> Vec<Clause> {
        let fields = self.index.fields;
        let mut must: Vec<Clause> = Vec::new();
        let still = |query: Box<dyn Asking>| -> Box<dyn Asking> { Box::new(ConstScoreQuery::new(query, 0.0)) };
        for (name, values) in &self.question.facets {
            let one = |value: &&str| -> Clause {
                (Occur::Should, Box::new(TermQuery::new(fields.facet(name, value), IndexRecordOption::Basic)))
            };
            must.push((Occur::Must, still(Box::new(BooleanQuery::new(values.iter().map(one).collect())))));
        }
        if self.question.from.is_some() || self.question.to.is_some() {
            let bound = |day: Option<i32>| {
                day.map_or(Bound::Unbounded, |day| Bound::Included(Term::from_field_i64(fields.day, i64::from(day))))
            };
            must.push((Occur::Must, still(Box::new(RangeQuery::new(bound(self.question.from), bound(self.question.to))))));
        }
        must
    }

    /// Neighbours within quotation marks must be neighbours; with the accents typed, or any where none were.
    fn phrase_clauses(&self) -> Vec<Clause> {
        let fields = self.index.fields;
        let mut must: Vec<Clause> = Vec::new();
        for run in &self.query.phrases {
            for two in self.query.slots[run.clone()].windows(2) {
                let (left, right) = (&two[0].readings[0], &two[1].readings[0]);
                let mut ways: Vec<Clause> = Vec::new();
                for (pair, _) in self.words.pairs(Pair(left.code, right.code)).iter() {
                    if (two[0].is_bare() || left.code == pair.0) && (two[1].is_bare() || right.code == pair.1) {
                        ways.push((Occur::Should, term(fields.pairs, &pair.term())));
                    }
                }
                must.push((Occur::Must, Box::new(BooleanQuery::new(ways))));
            }
        }
        must
    }
}

impl Bait {
    fn query(self) -> Box<dyn Asking> {
        let query = TermQuery::new(Term::from_field_text(self.field, &self.text), IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(query), self.boost))
    }
}

fn term(field: Field, text: &str) -> Box<dyn Asking> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}
