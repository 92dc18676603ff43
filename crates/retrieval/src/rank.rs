//! How well a document answers a query: BM25 of the whole and of its best chunk, over terms and pairs of neighbours, with and
//! without accents; then how much of the question stands together. Each feature is a share of the best that is possible, so
//! that scores of different questions can be compared.

mod sight;
mod weigh;

use std::collections::HashMap;
use std::ops::Range;

use crate::code::Code;
use crate::layout::{Chunk, Layout};
use crate::query::Query;
use crate::vocabulary::{Vocabulary, rarity};
use sight::{Counts, Found, Sieve, Sight, within};
use weigh::{pair_weights, seen};

const K1: f32 = 0.9;
const B: f32 = 0.5;
/// Terms of a chunk with its title, on average.
const CHUNK_LENGTH: f32 = 55.0;
/// What a sentence says with other accents, and what only stands around it.
const LOOSE: f32 = 0.75;
const AROUND: f32 = 0.5;
/// Terms that a reader takes in at once.
const WINDOW: usize = 24;

/// What is looked at, each as a share of the best possible.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Features {
    /// BM25 of the document.
    pub whole: f32,
    /// BM25 of its best chunk, title and heading before it.
    pub chunk: f32,
    /// The share of what was asked, by rarity, that stands anywhere in it.
    pub cover: f32,
    /// The same, within the best chunk.
    pub chunk_cover: f32,
    /// The same, within the best two lines.
    pub window: f32,
    /// The share of what was asked that stands in the title, more when the title says nothing else.
    pub title: f32,
    /// A document number that was asked for stands in it, as a whole.
    pub number: f32,
}

impl Features {
    /// As numbers, in the order of the fields.
    #[must_use]
    pub fn values(&self) -> [f32; 7] {
        [self.whole, self.chunk, self.cover, self.chunk_cover, self.window, self.title, self.number]
    }

    fn score(&self) -> f32 {
        WEIGHTS.iter().zip(self.values()).map(|(weight, value)| weight * value).sum()
    }
}

/// In the order of [`Features::values`].
const WEIGHTS: [f32; 7] = [0.6, 0.5, 0.02, 0.03, 0.08, 0.08, 0.5];

/// How much of what was asked a stretch says, as shares.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Share {
    /// Of terms, by rarity.
    pub terms: f32,
    /// Of pairs of neighbours.
    pub pairs: f32,
}

/// A document judged.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Judgement {
    /// What it is ranked by; about 1 for a perfect match.
    pub score: f32,
    /// What went into it.
    pub features: Features,
    /// The best chunk.
    pub chunk: usize,
    /// Whether every phrase in quotation marks stands in it.
    pub phrases: bool,
}

/// A reading of a slot with its weights.
struct Unit {
    slot: usize,
    weights: Weights,
}

#[derive(Clone, Copy, Default)]
struct Weights {
    exact: f32,
    loose: f32,
}

/// Another way to write some slots.
struct Spelling {
    codes: Vec<Code>,
    slots: Range<usize>,
    share: f32,
}

/// A query made ready to judge many documents.
pub struct Ranking {
    units: Vec<Unit>,
    /// The first unit of each slot.
    primary: Vec<usize>,
    pairs: Vec<Weights>,
    importance: Vec<f32>,
    /// The sum of them.
    important: f32,
    bare: u64,
    terms: HashMap<u32, Vec<(Code, usize)>>,
    /// Which folded terms may be any of ours: most terms of a document are none, and are passed over by one look.
    sieve: Sieve,
    spellings: HashMap<u32, Vec<Spelling>>,
    phrases: Vec<Range<usize>>,
    numbers: Vec<Range<usize>>,
    ideal: f32,
    average: f32,
}

impl Ranking {
    /// `average` is the number of terms of a document, on average.
    #[must_use]
    pub fn new(query: &Query, vocabulary: &impl Vocabulary, average: f32) -> Self {
        let mut ranking = Self {
            units: Vec::new(),
            primary: Vec::new(),
            pairs: pair_weights(query, vocabulary),
            importance: Vec::new(),
            important: 0.0,
            bare: 0,
            terms: HashMap::new(),
            sieve: Sieve::default(),
            spellings: HashMap::new(),
            phrases: query.phrases.clone(),
            numbers: query.numbers.iter().map(|(_, slots)| slots.clone()).collect(),
            ideal: 0.0,
            average: average.max(1.0),
        };
        for other in &query.others {
            let codes: Vec<Code> = other.keys.iter().map(|key| Code::of(key)).collect();
            if let Some(first) = codes.first() {
                let spelling = Spelling { codes: codes.clone(), slots: other.slots.clone(), share: other.weight };
                ranking.sieve.add(*first);
                ranking.spellings.entry(first.folded()).or_default().push(spelling);
            }
        }
        (0..query.slots.len()).for_each(|slot| ranking.add_slot(slot, query, vocabulary));
        let pairs: f32 = ranking.pairs.iter().map(|pair| pair.exact + pair.loose).sum();
        ranking.ideal = (ranking.ideal + pairs) * (K1 + 1.0);
        ranking
    }

    fn add_slot(&mut self, at: usize, query: &Query, vocabulary: &impl Vocabulary) {
        let slot = &query.slots[at];
        let all = vocabulary.documents();
        // An abbreviation is as rare as what it stands for.
        let written_out =
            query.others.iter().filter(|other| other.slots == (at..at + 1)).map(|other| seen(&other.keys, vocabulary));
        let floor = written_out.max().unwrap_or(0);
        let (mut best, mut important) = (0.0_f32, 0.0_f32);
        self.primary.push(self.units.len());
        for reading in &slot.readings {
            let rare = rarity(all, vocabulary.folded(&reading.folded).max(floor));
            let exact = slot.weight * reading.exact * rarity(all, vocabulary.key(&reading.key).max(floor));
            let loose = slot.weight * reading.loose * rare;
            let code = reading.code;
            self.sieve.add(code);
            self.terms.entry(code.folded()).or_default().push((code, self.units.len()));
            self.units.push(Unit { slot: at, weights: Weights { exact, loose } });
            best = best.max(exact + loose);
            important = important.max(slot.weight * rare);
        }
        self.bare |= u64::from(slot.is_bare()) << at;
        self.importance.push(important);
        self.important += important;
        self.ideal += best;
    }

    /// Judges one document.
    #[must_use]
    pub fn judge(&self, layout: &Layout) -> Judgement {
        let sight = self.look(&layout.codes);
        let everything = 0..layout.codes.len();
        let slot_of = |unit: usize| self.units[unit].slot;
        let mut counts = Counts::new(self.units.len(), self.pairs.len());
        counts.count(&sight, std::slice::from_ref(&everything), slot_of);
        let mut features = Features {
            whole: self.bm25(&counts, self.average),
            cover: self.cover(counts.slots),
            window: self.cover_of_window(&sight, layout.title),
            title: self.cover_of_title(&sight, layout.title),
            number: if self.numbers.is_empty() { 0.0 } else { self.number(&sight, layout) },
            ..Features::default()
        };
        let mut best = 0;
        for (at, chunk) in layout.chunks.iter().enumerate() {
            counts.count(&sight, &[0..layout.title, chunk.heading.clone(), chunk.terms.clone()], slot_of);
            let score = self.bm25(&counts, CHUNK_LENGTH);
            if score > features.chunk {
                (features.chunk, best) = (score, at);
            }
            features.chunk_cover = features.chunk_cover.max(self.cover(counts.slots));
        }
        let phrases = self.phrases.iter().all(|run| self.stands(&sight, run));
        Judgement { score: features.score(), features, chunk: best, phrases }
    }

    /// The chunks of a document that say most of what was asked, the best first.
    pub(crate) fn best_chunks(&self, layout: &Layout, most: usize) -> Vec<usize> {
        let sight = self.look(&layout.codes);
        let mut counts = Counts::new(self.units.len(), self.pairs.len());
        let mut score = |chunk: &Chunk| {
            counts.count(&sight, &[0..layout.title, chunk.heading.clone(), chunk.terms.clone()], |unit| self.units[unit].slot);
            self.bm25(&counts, CHUNK_LENGTH)
        };
        let mut scores: Vec<(f32, usize)> = layout.chunks.iter().map(&mut score).zip(0..).collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scores.into_iter().take(most).map(|(_, at)| at).collect()
    }

    /// The best that is possible.
    pub(crate) fn ideal(&self) -> f32 {
        self.ideal
    }

    /// How much of what was asked a stretch says, by rarity: of terms, and of pairs of neighbours. With other accents than were typed it
    /// says it less; what stands around it alone counts half. Slots in `without` do not count.
    pub(crate) fn share(&self, own: &[Code], around: &[Code], without: u64) -> Share {
        let (own, around) = (self.look(own), self.look(around));
        let said = |sight: &Sight| {
            let loose = sight.terms.iter().fold(0, |slots, found| slots | 1 << self.units[found.of].slot);
            let exact = sight.exact.iter().fold(0, |slots, one| slots | one) | (loose & self.bare);
            (loose | exact, exact)
        };
        let (own_said, around_said) = (said(&own), said(&around));
        let worth = |(loose, exact): (u64, u64), slot: usize| match (exact >> slot & 1, loose >> slot & 1) {
            (1, _) => 1.0,
            (_, 1) => LOOSE,
            _ => 0.0,
        };
        let (mut terms, mut all) = (0.0, 0.0);
        for (slot, weight) in self.importance.iter().enumerate().filter(|(slot, _)| without >> slot & 1 == 0) {
            terms += weight * worth(own_said, slot).max(AROUND * worth(around_said, slot));
            all += weight;
        }
        let counts = |pair: usize| without >> pair & 3 == 0;
        let mut pairs = vec![0.0_f32; self.pairs.len()];
        for (sight, share) in [(&own, 1.0), (&around, AROUND)] {
            for found in sight.pairs.iter().filter(|found| counts(found.of)) {
                let weights = self.pairs[found.of];
                let weight = if found.exact { weights.exact + weights.loose } else { weights.loose };
                pairs[found.of] = pairs[found.of].max(weight * share);
            }
        }
        let whole: f32 =
            self.pairs.iter().enumerate().filter(|(at, _)| counts(*at)).map(|(_, pair)| pair.exact + pair.loose).sum();
        Share { terms: terms / all.max(f32::MIN_POSITIVE), pairs: pairs.iter().sum::<f32>() / whole.max(f32::MIN_POSITIVE) }
    }

    /// Whether a document number that was asked for stands in it; what is called so goes before what only names it.
    fn number(&self, sight: &Sight, layout: &Layout) -> f32 {
        let stands = |sight: &Sight| self.numbers.iter().any(|run| self.stands(sight, run));
        let name = self.look(&layout.codes[..layout.title.min(layout.codes.len())]);
        f32::from(u8::from(stands(sight)) + u8::from(stands(&name)))
    }

    /// Whether a term, by its code, is something that was asked for: as typed, or with any accents where none were typed.
    #[must_use]
    pub fn marks(&self, code: Code) -> bool {
        let units = self.terms.get(&code.folded()).map_or(&[][..], Vec::as_slice);
        units.iter().any(|(exact, unit)| *exact == code || self.bare >> self.units[*unit].slot & 1 == 1)
    }

    /// How many of the terms from here on are another way to write what was asked for.
    #[must_use]
    pub fn marks_run(&self, codes: &[Code]) -> usize {
        let first = codes.first().and_then(|first| self.spellings.get(&first.folded()));
        let runs = first.into_iter().flatten().filter(|spelling| spelling.starts(codes)).map(|spelling| spelling.codes.len());
        runs.max().unwrap_or(0)
    }

    fn look(&self, codes: &[Code]) -> Sight {
        let empty = || vec![0_u64; codes.len()];
        let mut sight = Sight { exact: empty(), loose: empty(), ..Sight::default() };
        for (at, code) in codes.iter().enumerate().filter(|(_, code)| self.sieve.may_hold(**code)) {
            for (exact, unit) in self.terms.get(&code.folded()).into_iter().flatten() {
                let slot = 1 << self.units[*unit].slot;
                let exact = exact == code;
                sight.loose[at] |= slot;
                sight.exact[at] |= if exact { slot } else { 0 };
                sight.terms.push(Found { at, of: *unit, exact, share: 1.0 });
            }
            for spelling in self.spellings.get(&code.folded()).into_iter().flatten().filter(|one| one.starts(&codes[at..])) {
                let Spelling { slots, share, .. } = spelling;
                let units = slots.clone().map(|slot| self.primary[slot]);
                sight.terms.extend(units.map(|of| Found { at, of, exact: true, share: *share }));
                let pairs = slots.start..slots.end - 1;
                sight.pairs.extend(pairs.map(|of| Found { at, of, exact: true, share: *share }));
            }
            if at > 0 {
                let exact = sight.exact[at - 1] << 1 & sight.exact[at];
                let mut loose = sight.loose[at - 1] << 1 & sight.loose[at];
                while loose != 0 {
                    let slot = loose.trailing_zeros() as usize;
                    loose &= loose - 1;
                    sight.pairs.push(Found { at, of: slot - 1, exact: exact >> slot & 1 == 1, share: 1.0 });
                }
            }
        }
        sight
    }

    fn bm25(&self, counts: &Counts, average: f32) -> f32 {
        let length = K1 * (1.0 - B + B * counts.length as f32 / average);
        let grown = |count: f32| count * (K1 + 1.0) / (count + length);
        let weigh = |weights: Weights, (exact, loose): (f32, f32)| match loose > 0.0 {
            true => weights.exact * grown(exact) + weights.loose * grown(loose),
            false => 0.0,
        };
        let terms: f32 = self.units.iter().zip(&counts.terms).map(|(unit, counts)| weigh(unit.weights, *counts)).sum();
        let pairs: f32 = self.pairs.iter().zip(&counts.pairs).map(|(pair, counts)| weigh(*pair, *counts)).sum();
        (terms + pairs) / self.ideal.max(f32::MIN_POSITIVE)
    }

    fn cover(&self, slots: u64) -> f32 {
        let found = self.importance.iter().enumerate().filter(|(slot, _)| slots >> slot & 1 == 1);
        found.map(|(_, weight)| weight).sum::<f32>() / self.important.max(f32::MIN_POSITIVE)
    }

    fn cover_of_window(&self, sight: &Sight, title: usize) -> f32 {
        let mut counts = vec![0_u32; self.importance.len()];
        let (mut from, mut covered, mut best) = (0, 0.0_f32, 0.0_f32);
        let found: Vec<&Found> = sight.terms.iter().filter(|found| found.at >= title).collect();
        for (to, found_here) in found.iter().enumerate() {
            let slot = self.units[found_here.of].slot;
            counts[slot] += 1;
            covered += if counts[slot] == 1 { self.importance[slot] } else { 0.0 };
            while found[from].at + WINDOW <= found[to].at {
                let slot = self.units[found[from].of].slot;
                counts[slot] -= 1;
                covered -= if counts[slot] == 0 { self.importance[slot] } else { 0.0 };
                from += 1;
            }
            best = best.max(covered);
        }
        best / self.important.max(f32::MIN_POSITIVE)
    }

    fn cover_of_title(&self, sight: &Sight, title: usize) -> f32 {
        let slots = within(&sight.terms, &(0..title), 0).iter().fold(0, |slots, found| slots | 1 << self.units[found.of].slot);
        let said = (0..title).filter(|at| sight.loose[*at] != 0).count();
        self.cover(slots) * (0.5 + 0.5 * said as f32 / title.max(1) as f32)
    }

    /// Whether a run of slots stands one behind the other, with the accents that were typed.
    fn stands(&self, sight: &Sight, run: &Range<usize>) -> bool {
        let fits = |at: usize, slot: usize| {
            let found = sight.exact[at] | (sight.loose[at] & self.bare);
            found >> slot & 1 == 1
        };
        let last = (sight.exact.len() + 1).saturating_sub(run.len());
        (0..last).any(|at| run.clone().enumerate().all(|(step, slot)| fits(at + step, slot)))
    }
}

impl Spelling {
    fn starts(&self, codes: &[Code]) -> bool {
        codes.len() >= self.codes.len() && self.codes.iter().zip(codes).all(|(own, other)| own.folds_like(*other))
    }
}
