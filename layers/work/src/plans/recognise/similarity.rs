//! How alike two provisions are: the share of rare pairs of neighbouring syllables they have in common.
//!
//! Pairs that most provisions share ("khoa học", "công nghệ") weigh little. An index of pairs keeps the work linear: pairs
//! that many texts have are not followed, and a text is compared with few candidates.

use super::words::{ByHash, Phrases, Shape, Words, phrases};

/// Texts a pair may stand in to be followed.
const POSTINGS_MAX: usize = 64;
/// Candidates one text is compared with.
const CANDIDATES_MAX: usize = 32;
/// Pairs of one text that count.
const PAIRS_MAX: usize = 400;

/// The pairs of one text, sorted, each once.
pub(super) type Pairs = Vec<u64>;

/// The pairs of neighbouring syllables of a text; words that every duty has are left out.
pub(super) fn pairs(text: &str) -> Pairs {
    let words = Words::new(text);
    let empty = phrases!("và|các|của|về|cho|được|trong|đến|từ|với|để|những|một|theo|tại|trên");
    let kept = |at: &usize| words.shape(*at) != Some(Shape::Sign) && !empty.has(&words, *at);
    let hashes: Vec<u64> = (0..words.len()).filter(kept).map(|at| words.hash(at)).collect();
    let mut all: Pairs = hashes.windows(2).take(PAIRS_MAX).map(|pair| pair[0].rotate_left(17) ^ pair[1]).collect();
    if all.is_empty() {
        all = hashes;
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Texts and the weight of their pairs.
#[derive(Debug, Default)]
pub(super) struct Index {
    texts: Vec<Pairs>,
    weights: Vec<f64>,
    postings: ByHash<Vec<u32>>,
    counts: ByHash<u32>,
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
        index.weights = index.texts.iter().map(|pairs| index.weigh(pairs)).collect();
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

    /// The weight two texts of the index share as part of the lighter one (0 to 1).
    pub fn containment(&self, one: usize, other: usize) -> f64 {
        let lighter = self.weights[one].min(self.weights[other]);
        if lighter <= 0.0 { 0.0 } else { self.shared(&self.texts[one], &self.texts[other]) / lighter }
    }

    /// The weight a text and one of the index share as part of what they have together (0 to 1).
    pub fn likeness(&self, one: &[u64], other: usize) -> f64 {
        let all = self.weigh(one) + self.weights[other];
        if all <= 0.0 { 0.0 } else { 2.0 * self.shared(one, &self.texts[other]) / all }
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
        let mut votes: ByHash<f64> = ByHash::default();
        for pair in pairs {
            let Some(list) = self.postings.get(pair).filter(|list| list.len() <= POSTINGS_MAX) else { continue };
            let weight = self.weight(*pair);
            list.iter().for_each(|place| *votes.entry(u64::from(*place)).or_default() += weight);
        }
        let mut ranked: Vec<(u64, f64)> = votes.into_iter().collect();
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        ranked.into_iter().take(CANDIDATES_MAX).filter_map(|(place, _)| usize::try_from(place).ok()).collect()
    }

    /// The pairs of the text at `place`.
    pub fn text(&self, place: usize) -> &[u64] {
        self.texts.get(place).map_or(&[], Vec::as_slice)
    }
}

/// For each asked text the most alike of the others and how alike they are, where that is at least `least` (0 to 1).
pub fn most_alike(asked: &[&str], others: &[&str], least: f64) -> Vec<Option<(usize, f64)>> {
    let index = Index::of(others.iter().map(|text| pairs(text)).collect());
    let best = |text: &&str| {
        let asked = pairs(text);
        let scored = index.candidates(&asked).into_iter().map(|place| (place, index.likeness(&asked, place)));
        scored.filter(|(_, score)| *score >= least).max_by(|one, other| one.1.total_cmp(&other.1))
    };
    asked.iter().map(best).collect()
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
        assert!(index.likeness(&asked, 0) > index.likeness(&asked, 1));
        assert!((index.likeness(index.text(1), 1) - 1.0).abs() < 1e-9);
        assert!(index.containment(0, 1) > index.containment(0, 2));
    }

    #[test]
    fn a_pair_that_all_have_is_not_followed() {
        let index = Index::of((0..500).map(|number| pairs(&format!("mục chung số {number}"))).collect());
        assert!(index.candidates(&pairs("mục chung")).is_empty());
        assert_eq!(index.candidates(&pairs("chung số 77")).first(), Some(&77));
    }
}
