//! How alike two provisions are: the share of rare pairs of neighbouring syllables they have in common.
//!
//! Pairs that most provisions share ("khoa học", "công nghệ") weigh little. An index of pairs keeps the work linear: pairs
//! that many texts have are not followed, and a text is compared with few candidates.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::words::{Shape, Words};

/// Texts a pair may stand in to be followed.
const POSTINGS_MAX: usize = 64;
/// Candidates one text is compared with.
const CANDIDATES_MAX: usize = 48;
/// Pairs of one text that count.
const PAIRS_MAX: usize = 400;

/// The pairs of one text, sorted, each once.
pub(super) type Pairs = Vec<u64>;

/// The pairs of neighbouring syllables of a text; words that every duty has are left out.
pub(super) fn pairs(text: &str) -> Pairs {
    const EMPTY: [&str; 16] = ["và", "các", "của", "về", "cho", "được", "trong", "đến", "từ", "với", "để", "những", "một", "theo", "tại", "trên"];
    let words = Words::new(text);
    let kept = |at: &usize| words.get(*at).is_some_and(|token| token.shape != Shape::Sign) && !words.is(*at, &EMPTY);
    let places: Vec<usize> = (0..words.len()).filter(kept).collect();
    let mut all: Pairs = places.windows(2).take(PAIRS_MAX).map(|pair| hash(words.key(pair[0]), words.key(pair[1]))).collect();
    if all.is_empty() {
        all.extend(places.iter().map(|at| hash(words.key(*at), "")));
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn hash(first: &str, second: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (first, second).hash(&mut hasher);
    hasher.finish()
}

/// Texts and the weight of their pairs.
#[derive(Debug, Default)]
pub(super) struct Index {
    texts: Vec<Pairs>,
    postings: HashMap<u64, Vec<u32>>,
    counts: HashMap<u64, u32>,
}

impl Index {
    /// An index over these texts.
    pub fn of(texts: Vec<Pairs>) -> Self {
        let mut index = Self { texts, ..Self::default() };
        for (place, pairs) in index.texts.iter().enumerate() {
            let Ok(place) = u32::try_from(place) else { break };
            for pair in pairs {
                *index.counts.entry(*pair).or_default() += 1;
                let list = index.postings.entry(*pair).or_default();
                if list.len() <= POSTINGS_MAX {
                    list.push(place);
                }
            }
        }
        index
    }

    /// How much a pair says: little when many texts have it.
    fn weight(&self, pair: u64) -> f64 {
        let count = f64::from(self.counts.get(&pair).copied().unwrap_or_default().max(1));
        let all = f64::from(u32::try_from(self.texts.len()).unwrap_or(u32::MAX)).max(2.0);
        (1.0 + all / count).ln()
    }

    fn weigh(&self, pairs: &[u64]) -> f64 {
        pairs.iter().map(|pair| self.weight(*pair)).sum()
    }

    /// The weight two texts share as part of the lighter one (0 to 1), damped when that is short.
    pub fn containment(&self, one: &[u64], other: &[u64]) -> f64 {
        let lighter = self.weigh(one).min(self.weigh(other));
        if lighter <= 0.0 { 0.0 } else { self.shared(one, other) / lighter }
    }

    /// The weight two texts share as part of what they have together (0 to 1).
    pub fn likeness(&self, one: &[u64], other: &[u64]) -> f64 {
        let shared = self.shared(one, other);
        let all = self.weigh(one) + self.weigh(other);
        if all <= 0.0 { 0.0 } else { 2.0 * shared / all }
    }

    fn shared(&self, one: &[u64], other: &[u64]) -> f64 {
        let (mut left, mut right, mut sum) = (0, 0, 0.0);
        while let (Some(a), Some(b)) = (one.get(left), other.get(right)) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => left += 1,
                std::cmp::Ordering::Greater => right += 1,
                std::cmp::Ordering::Equal => {
                    sum += self.weight(*a);
                    (left, right) = (left + 1, right + 1);
                }
            }
        }
        sum
    }

    /// The texts that share rare pairs with `pairs`, those that share most first.
    pub fn candidates(&self, pairs: &[u64]) -> Vec<usize> {
        let mut votes: HashMap<u32, f64> = HashMap::new();
        for pair in pairs {
            let Some(list) = self.postings.get(pair).filter(|list| list.len() <= POSTINGS_MAX) else { continue };
            list.iter().for_each(|place| *votes.entry(*place).or_default() += self.weight(*pair));
        }
        let mut ranked: Vec<(u32, f64)> = votes.into_iter().collect();
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        ranked.into_iter().take(CANDIDATES_MAX).map(|(place, _)| place as usize).collect()
    }

    /// The pairs of the text at `place`.
    pub fn text(&self, place: usize) -> &[u64] {
        self.texts.get(place).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_pairs_tell_texts_apart() {
        let texts = [
            "Tổ chức hội nghị khoa học công nghệ về trồng xoài",
            "Tổ chức hội nghị khoa học công nghệ về nuôi cá",
            "Xây dựng nền tảng khoa học công nghệ dùng chung",
        ];
        let index = Index::of(texts.iter().map(|text| pairs(text)).collect());
        let asked = pairs("Hội nghị về trồng xoài");
        assert_eq!(index.candidates(&asked)[0], 0);
        assert!(index.likeness(&asked, index.text(0)) > index.likeness(&asked, index.text(1)));
        assert!((index.likeness(index.text(1), index.text(1)) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_pair_that_all_have_is_not_followed() {
        let index = Index::of((0..500).map(|number| pairs(&format!("mục chung số {number}"))).collect());
        assert!(index.candidates(&pairs("mục chung")).is_empty());
        assert_eq!(index.candidates(&pairs("chung số 77")).first(), Some(&77));
    }
}
