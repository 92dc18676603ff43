//! What a typed term may have been meant to be: accents left out, hỏi and ngã confused, keystrokes of telex, slips of the
//! finger. A noisy channel: each candidate costs what its mistake is unlikely, neighbours cost what the index has not seen
//! together, and the cheapest way through is what was meant (Viterbi). What was typed stays a reading as well.

use crate::code::{Code, Pair};
use crate::telex::telex;
use crate::text::{MARK, Term, folded_of, forms, other_dipping_tone};
use crate::vocabulary::Vocabulary;

/// One meaning of a slot.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its key.
    pub key: String,
    /// Its folded form.
    pub folded: String,
    /// The key as a number.
    pub code: Code,
    /// What a term with exactly these accents counts.
    pub exact: f32,
    /// What a term with any accents counts.
    pub loose: f32,
}

impl Reading {
    fn new(key: &str, exact: f32, loose: f32) -> Self {
        Self { key: key.to_owned(), folded: folded_of(key).to_owned(), code: Code::of(key), exact, loose }
    }
}

/// Something a term may be meant to be, with its cost in natural logarithms.
#[derive(Clone, Debug)]
struct Candidate {
    key: String,
    code: Code,
    cost: f32,
    seen: u64,
}

/// Costs of mistakes.
mod cost {
    pub const UNKNOWN: f32 = 6.0;
    pub const DIPPING: f32 = 3.0;
    pub const OTHER_ACCENTS: f32 = 4.0;
    pub const SLIP: f32 = 4.5;
    pub const FAR_SLIP: f32 = 6.5;
    /// Besides, when what was typed is a word of the index.
    pub const KNOWN: f32 = 4.0;
    pub const TELEX_IN_TELEX: f32 = 0.2;
    pub const TELEX: f32 = 3.0;
}

/// Accents that are tried for one term.
const VARIANTS_MAX: usize = 8;
/// Other words that are tried for one term.
const SLIPS_MAX: usize = 8;
/// Share of syllables that carry marks, in Vietnamese prose.
const MARKED: f32 = 0.8;

/// The readings of each term, the likeliest first.
pub(crate) fn readings(text: &str, typed: &[Term], vocabulary: &impl Vocabulary) -> Vec<Vec<Reading>> {
    let channel = Channel::listen(text, typed, vocabulary);
    let lattice: Vec<Vec<Candidate>> = (0..typed.len()).map(|at| channel.candidates(at)).collect();
    let path = cheapest(&lattice, vocabulary);
    typed.iter().zip(lattice.iter().zip(path)).map(|(term, (candidates, best))| channel.meant(term, &candidates[best])).collect()
}

/// How this question was typed.
struct Channel<'a, V> {
    text: &'a str,
    typed: &'a [Term],
    vocabulary: &'a V,
    decoded: Vec<Option<String>>,
    in_telex: bool,
    /// How likely marks were left out.
    dropped: f32,
}

impl<'a, V: Vocabulary> Channel<'a, V> {
    fn listen(text: &'a str, typed: &'a [Term], vocabulary: &'a V) -> Self {
        let decode = |term: &Term| telex(&text[term.span.clone()]).map(|word| forms(&word).1);
        let decoded: Vec<Option<String>> = typed
            .iter()
            .map(|term| (term.is_word && term.is_bare()).then(|| decode(term)).flatten())
            .map(|key| key.filter(|key| vocabulary.key(key) > 0))
            .collect();
        let words = typed.iter().filter(|term| term.is_word).count().max(1) as f32;
        let odd = |term: &Term| vietnamese::Syllable::parse(&text[term.span.clone()]).is_none();
        let keyed = typed.iter().zip(&decoded).filter(|(term, key)| key.is_some() && odd(term)).count() as f32;
        let in_telex = keyed / words > 0.3;
        let marked = typed.iter().filter(|term| term.is_word && !term.is_bare()).count() as f32;
        let marked = marked + if in_telex { keyed } else { 0.0 };
        let dropped = (1.0 - marked / (MARKED * words)).clamp(0.03, 0.97);
        Self { text, typed, vocabulary, decoded, in_telex, dropped }
    }

    fn candidates(&self, at: usize) -> Vec<Candidate> {
        let term = &self.typed[at];
        let known = self.vocabulary.key(&term.key);
        let mut found = vec![Candidate { key: term.key.clone(), code: term.code, cost: 0.0, seen: known }];
        if !term.is_word {
            return found;
        }
        if known == 0 {
            found[0].cost = cost::UNKNOWN;
        }
        let mut accents: Option<f32> = term.is_bare().then(|| -self.dropped.ln());
        if !term.is_bare() {
            if let Some(other) = other_dipping_tone(&term.key) {
                self.push(other, cost::DIPPING, &mut found);
            }
            accents = (known == 0).then_some(cost::OTHER_ACCENTS);
        }
        if let Some(key) = &self.decoded[at] {
            if self.in_telex {
                found[0].cost += cost::TELEX;
            }
            let cost = if self.in_telex { cost::TELEX_IN_TELEX } else { cost::TELEX };
            self.push(key.clone(), cost, &mut found);
        }
        if let Some(cost) = accents {
            for (key, _) in self.vocabulary.variants(&term.folded).into_iter().take(VARIANTS_MAX) {
                self.push(key, cost, &mut found);
            }
        }
        if self.decoded[at].is_none() && self.is_suspicious(at, known) {
            let known = if known > 0 { cost::KNOWN } else { 0.0 };
            self.push_slips(term, known, &mut found);
        }
        found
    }

    fn push(&self, key: String, cost: f32, found: &mut Vec<Candidate>) {
        let seen = self.vocabulary.key(&key);
        if seen == 0 {
            return;
        }
        match found.iter_mut().find(|candidate| candidate.key == key) {
            Some(known) => known.cost = known.cost.min(cost),
            None => found.push(Candidate { code: Code::of(&key), key, cost, seen }),
        }
    }

    /// Unknown to the index, or known and never seen beside either neighbour.
    fn is_suspicious(&self, at: usize, known: u64) -> bool {
        let term = &self.typed[at];
        if term.folded.len() < 2 || term.number.is_some() {
            return false;
        }
        if known == 0 && self.vocabulary.folded(&term.folded) == 0 {
            return true;
        }
        let beside = |left: usize, right: usize| {
            let pair = Pair(self.likely(left), self.likely(right));
            !self.vocabulary.pairs(pair).is_empty()
        };
        let left = at > 0 && beside(at - 1, at);
        let right = at + 1 < self.typed.len() && beside(at, at + 1);
        self.typed.len() > 1 && !left && !right
    }

    /// What stands there, whatever its accents.
    fn likely(&self, at: usize) -> Code {
        match &self.decoded[at] {
            Some(key) if self.in_telex => Code::of(key),
            _ => self.typed[at].code,
        }
    }

    /// Words at one slip of the finger (Damerau: one letter more, less or other, or two exchanged).
    fn push_slips(&self, term: &Term, known: f32, found: &mut Vec<Candidate>) {
        let mut near: Vec<(String, u64)> = slips(&term.folded)
            .into_iter()
            .map(|word| {
                let count = self.vocabulary.folded(&word);
                (word, count)
            })
            .filter(|(_, count)| *count > 0)
            .collect();
        near.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let marks = accents(&term.key);
        for (word, _) in near.into_iter().take(SLIPS_MAX) {
            for (key, _) in self.vocabulary.variants(&word).into_iter().take(VARIANTS_MAX) {
                let cost = match one_apart(&marks, &accents(&key)) {
                    true => cost::SLIP,
                    false if term.is_bare() => cost::SLIP - self.dropped.ln(),
                    false => cost::FAR_SLIP,
                };
                self.push(key, cost + known, found);
            }
        }
    }

    /// What is looked for, given what was typed and what was most likely meant.
    fn meant(&self, term: &Term, best: &Candidate) -> Vec<Reading> {
        let same_word = folded_of(&best.key) == term.folded;
        if best.key == term.key {
            let loose = if term.is_bare() { 1.0 } else { 0.5 };
            return vec![Reading::new(&term.key, 1.0, loose)];
        }
        if same_word {
            // Accents that were left out are put back by the neighbours alone: they count less than any accents do.
            let (exact, loose) = if term.is_bare() { (0.6, 1.0) } else { (0.7, 0.7) };
            return vec![Reading::new(&best.key, exact, loose), Reading::new(&term.key, 0.7, 0.0)];
        }
        let decoded = telex(&self.text[term.span.clone()]).is_some_and(|word| forms(&word).1 == best.key);
        let typed = if decoded && self.in_telex {
            0.0
        } else if decoded {
            0.3
        } else {
            0.6
        };
        let repaired = if decoded { 1.0 } else { 0.8 };
        vec![Reading::new(&best.key, repaired, repaired * 0.5), Reading::new(&term.key, typed, typed * 0.5)]
    }
}

/// The letters with marks and tone of a key; the folded form when it has none.
fn accents(key: &str) -> String {
    let (folded, marks) = key.split_once(MARK).unwrap_or((key, ""));
    if marks.is_empty() { folded.to_owned() } else { marks.to_owned() }
}

/// All strings at one slip from a folded word.
fn slips(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().take(24).collect();
    let mut made = Vec::with_capacity(letters.len() * 54);
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        let spelt = |middle: &[char], rest: &[char]| before.iter().chain(middle).chain(rest).collect::<String>();
        if let [_, rest @ ..] = after {
            made.push(spelt(&[], rest));
            made.extend(('a'..='z').map(|letter| spelt(&[letter], rest)));
        }
        if let [a, b, rest @ ..] = after {
            made.push(spelt(&[*b, *a], rest));
        }
        made.extend(('a'..='z').map(|letter| spelt(&[letter], after)));
    }
    made.sort();
    made.dedup();
    made.retain(|made| made != word && !made.is_empty());
    made
}

/// Whether two short strings are at most one slip apart.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - end], &b[..b.len() - end]) {
        ([_] | [], [_] | []) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// The cheapest way through the lattice: an index into each term's candidates.
fn cheapest(lattice: &[Vec<Candidate>], vocabulary: &impl Vocabulary) -> Vec<usize> {
    // Distinct terms of a document, roughly: what a count of documents is of all terms.
    const TERMS_PER_DOCUMENT: f32 = 120.0;
    let all = (vocabulary.documents().max(1) as f32) * TERMS_PER_DOCUMENT;
    let alone = |candidate: &Candidate| (candidate.seen as f32 + 0.1) / all;
    let Some(first) = lattice.first() else {
        return Vec::new();
    };
    let mut costs: Vec<f32> = first.iter().map(|candidate| candidate.cost - alone(candidate).ln()).collect();
    let mut came: Vec<Vec<usize>> = vec![Vec::new()];
    for (left, right) in lattice.iter().zip(&lattice[1..]) {
        let mut next = Vec::with_capacity(right.len());
        let mut from = Vec::with_capacity(right.len());
        for candidate in right {
            let together = |before: &Candidate| {
                let pair = Pair(before.code, candidate.code);
                vocabulary.pairs(pair).iter().find(|(known, _)| *known == pair).map_or(0, |(_, count)| *count)
            };
            let step = |at: usize| {
                let together = together(&left[at]) as f32 / (left[at].seen as f32 + 1.0);
                costs[at] - (0.85 * together + 0.15 * alone(candidate)).ln()
            };
            let steps = (0..left.len()).map(|at| (at, step(at)));
            let (best, cost) = steps.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default();
            next.push(cost + candidate.cost);
            from.push(best);
        }
        costs = next;
        came.push(from);
    }
    let mut at = (0..costs.len()).min_by(|a, b| costs[*a].total_cmp(&costs[*b])).unwrap_or(0);
    let mut path = vec![at; lattice.len()];
    for step in (1..lattice.len()).rev() {
        at = came[step][at];
        path[step - 1] = at;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_apart() {
        for (a, b) in [("ât5", "vât5"), ("crong", "trong"), ("ab", "ba"), ("a", "a"), ("", "a")] {
            assert!(one_apart(a, b) && one_apart(b, a), "{a} {b}");
        }
        assert!(!one_apart("abc", "cba") && !one_apart("ab", "cd"));
        let near = slips("ao");
        assert!(["bao", "o", "oa", "an", "aoi"].iter().all(|word| near.iter().any(|made| made == word)));
    }
}
