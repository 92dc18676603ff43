//! A question as typed → what is looked for: slots with their readings, phrases, document numbers, other ways to write it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use vietnamese::abbreviation::{self, Abbreviation};

use crate::repair::{self, Reading};
use crate::text::{Term, forms, terms};
use crate::vocabulary::Vocabulary;

/// Terms of a question that are looked at; ranking keeps them in the bits of one word.
pub(crate) const SLOTS_MAX: usize = 64;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The terms in order, each with what it may mean.
    pub slots: Vec<Slot>,
    /// Slots that stood in quotation marks: they must be found one behind the other.
    pub phrases: Vec<Range<usize>>,
    /// Document numbers, as key and slots.
    pub numbers: Vec<(String, Range<usize>)>,
    /// Other ways to write some slots: abbreviations in either direction.
    pub others: Vec<Other>,
}

/// One term of the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// As typed.
    pub typed: Term,
    /// What it may mean, the likeliest first; never empty.
    pub readings: Vec<Reading>,
    /// How much it says: words that only make a question of it say less.
    pub weight: f32,
}

/// Another way to write a run of slots.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// The slots it stands for.
    pub slots: Range<usize>,
    /// The keys of its terms, in order.
    pub keys: Vec<String>,
    /// How good a match it is, next to the slots themselves.
    pub weight: f32,
}

/// Words that ask. Compared by key, since folding makes content words of them (gì, gi; nào, nao).
static ASKING: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words = "gì nào sao đâu ai mấy bao nhiêu thế là có được bị đã những các một của và cho ở khi ra bởi hay hoặc";
    words.split(' ').map(|word| forms(word).1).collect()
});

/// Those of them that no answer says.
static ASKED: LazyLock<HashSet<String>> =
    LazyLock::new(|| "gì nào sao đâu ai mấy bao nhiêu thế".split(' ').map(|word| forms(word).1).collect());

const ASKING_WEIGHT: f32 = 0.5;

/// A name is what the question is about.
const NAME_WEIGHT: f32 = 1.5;

const ABBREVIATION_WEIGHT: f32 = 0.7;

/// Abbreviations by their folded letters, since people type them in any case and without marks: `dmst`.
static ABBREVIATIONS: LazyLock<HashMap<String, Vec<&'static Abbreviation>>> = LazyLock::new(|| {
    let mut known: HashMap<String, Vec<&'static Abbreviation>> = HashMap::new();
    for one in abbreviation::abbreviations() {
        known.entry(forms(one.short).0).or_default().push(one);
    }
    known
});

/// The long forms, by the folded form of their first term.
static LONG_FORMS: LazyLock<HashMap<String, Vec<(Vec<String>, &'static str)>>> = LazyLock::new(|| {
    let mut known: HashMap<String, Vec<(Vec<String>, &'static str)>> = HashMap::new();
    for one in abbreviation::abbreviations() {
        let folded: Vec<String> = terms(one.long).into_iter().map(|term| term.folded).collect();
        if folded.len() > 1 {
            known.entry(folded[0].clone()).or_default().push((folded, one.short));
        }
    }
    known
});

impl Query {
    /// Reads a question against what the index knows.
    #[must_use]
    pub fn read(text: &str, vocabulary: &impl Vocabulary) -> Self {
        let mut typed = terms(text);
        typed.truncate(SLOTS_MAX);
        let readings = repair::readings(text, &typed, vocabulary);
        let numbers = numbers(text, &typed);
        let phrases = phrases(text, &typed);
        let names: Vec<bool> = (0..typed.len()).map(|at| is_name(text, &typed, at, &readings[at])).collect();
        let slots: Vec<Slot> = typed
            .into_iter()
            .zip(readings)
            .zip(names)
            .map(|((typed, readings), is_name)| {
                let asks = readings.iter().any(|reading| ASKING.contains(&reading.key));
                let weight = match (asks, is_name) {
                    (true, _) => ASKING_WEIGHT,
                    (false, true) => NAME_WEIGHT,
                    (false, false) => 1.0,
                };
                Slot { typed, weight, readings }
            })
            .collect();
        let others = others(text, &slots, &numbers);
        let mut query = Self { slots, phrases, numbers, others };
        query.weigh();
        query
    }

    /// The slots that only ask, as bits, where others do not: no answer says "bao nhiêu".
    pub(crate) fn asking(&self) -> u64 {
        let asks = |slot: &Slot| slot.readings.iter().any(|reading| ASKED.contains(&reading.key));
        let bits: u64 = self.slots.iter().enumerate().filter(|(_, slot)| asks(slot)).fold(0, |bits, (at, _)| bits | 1 << at);
        if bits.count_ones() as usize == self.slots.len() { 0 } else { bits }
    }

    /// A question of nothing but small words is looked for as it stands.
    fn weigh(&mut self) {
        if self.slots.iter().all(|slot| slot.weight < 1.0) {
            self.slots.iter_mut().for_each(|slot| slot.weight = 1.0);
        }
    }
}

/// Whether a term is (part of) a name: it has a capital. The first has one anyway; it is a name when the next has one as well
/// (*Doctor Who*, *Sở Xây dựng*) or when it is no Vietnamese syllable and was not mistyped (*Jacksonville*, *UBND*).
fn is_name(text: &str, typed: &[Term], at: usize, readings: &[Reading]) -> bool {
    let written = |at: usize| typed.get(at).map_or("", |term| &text[term.span.clone()]);
    let is_foreign = || {
        let as_typed = readings.first().is_some_and(|reading| reading.folded == typed[at].folded);
        as_typed && vietnamese::Syllable::parse(written(at)).is_none()
    };
    let capital = |at: usize| written(at).starts_with(char::is_uppercase);
    capital(at) && (at > 0 || capital(1) || is_foreign())
}

/// The slots within pairs of quotation marks; a mark without a partner means nothing.
fn phrases(text: &str, typed: &[Term]) -> Vec<Range<usize>> {
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '＂');
    let marks: Vec<usize> = text.match_indices(is_mark).map(|(at, _)| at).collect();
    let inside = |from: usize, to: usize| {
        let start = typed.partition_point(|term| term.span.start < from);
        let end = typed.partition_point(|term| term.span.end <= to);
        (end > start + 1).then_some(start..end)
    };
    marks.chunks_exact(2).filter_map(|pair| inside(pair[0], pair[1])).collect()
}

fn numbers(text: &str, typed: &[Term]) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    for number in vietnamese::document_numbers(text) {
        let start = typed.partition_point(|term| term.span.start < number.span.start);
        let end = typed.partition_point(|term| term.span.end <= number.span.end);
        if start < end {
            found.push((number.key(), start..end));
        }
    }
    found
}

fn others(text: &str, slots: &[Slot], numbers: &[(String, Range<usize>)]) -> Vec<Other> {
    let mut found = Vec::new();
    for (at, slot) in slots.iter().enumerate() {
        if numbers.iter().any(|(_, range)| range.contains(&at)) {
            continue;
        }
        found.extend(written_out(text, at, slot));
        for (long, short) in LONG_FORMS.get(&slot.readings[0].folded).into_iter().flatten() {
            let run = at..at + long.len();
            let stands = slots.get(run.clone()).is_some_and(|run| run.iter().zip(long).all(|(slot, folded)| slot.reads(folded)));
            if stands {
                found.push(Other { slots: run, keys: vec![forms(short).1], weight: ABBREVIATION_WEIGHT });
            }
        }
    }
    found
}

impl Slot {
    /// Whether any accents will do: none were typed, nor meant by keystrokes.
    pub(crate) fn is_bare(&self) -> bool {
        self.typed.is_bare() && self.readings[0].folded == self.typed.folded
    }

    fn reads(&self, folded: &str) -> bool {
        self.readings.iter().any(|reading| reading.folded == folded)
    }
}

/// What an abbreviation may stand for. In capitals it is one; otherwise only if it is no syllable anyone could mean.
fn written_out(text: &str, at: usize, slot: &Slot) -> Vec<Other> {
    let written = &text[slot.typed.span.clone()];
    let capitals = written.chars().filter(|c| c.is_uppercase()).count() > 1;
    if !capitals && vietnamese::Syllable::parse(written).is_some() {
        return Vec::new();
    }
    let candidates = ABBREVIATIONS.get(&slot.typed.folded).map_or(&[][..], Vec::as_slice);
    let same: Vec<_> = candidates.iter().filter(|one| forms(one.short).1 == slot.typed.key).collect();
    let meant = if same.is_empty() { candidates.iter().collect() } else { same };
    let share = ABBREVIATION_WEIGHT / (meant.len().max(1) as f32).sqrt();
    let keys = |long: &str| terms(long).into_iter().map(|term| term.key).collect();
    meant.into_iter().map(|one| Other { slots: at..at + 1, keys: keys(one.long), weight: share }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Pair;
    use std::rc::Rc;

    /// An index that has every word once.
    struct All;

    impl Vocabulary for All {
        fn documents(&self) -> u64 {
            1
        }

        fn folded(&self, _: &str) -> u64 {
            1
        }

        fn key(&self, _: &str) -> u64 {
            1
        }

        fn variants(&self, _: &str) -> Vec<(String, u64)> {
            Vec::new()
        }

        fn pairs(&self, like: Pair) -> Rc<[(Pair, u64)]> {
            Rc::new([(like, 1)])
        }
    }

    #[test]
    fn names_weigh_more_and_asking_words_less() {
        let weights = |text: &str| Query::read(text, &All).slots.iter().map(|slot| slot.weight).collect::<Vec<f32>>();
        const N: f32 = NAME_WEIGHT;
        const A: f32 = ASKING_WEIGHT;
        assert_eq!(weights("Doctor Who sinh năm nào"), [N, N, 1.0, 1.0, A]);
        assert_eq!(weights("Jacksonville nằm đâu"), [N, 1.0, A]);
        assert_eq!(weights("Tỉnh nằm đâu"), [1.0, 1.0, A]);
        assert_eq!(weights("tỉnh Đồng Tháp"), [1.0, N, N]);
        assert_eq!(weights("là gì"), [1.0, 1.0]);
    }
}
