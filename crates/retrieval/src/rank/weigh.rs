//! What pairs of neighbours weigh.

use super::Weights;
use crate::code::{Code, Pair};
use crate::query::Query;
use crate::vocabulary::{Vocabulary, rarity};

/// What a pair of neighbours weighs beside its terms.
const PAIR: f32 = 0.8;

/// The weights of the pairs of a query, in order.
pub fn pair_weights(query: &Query, vocabulary: &impl Vocabulary) -> Vec<Weights> {
    let all = vocabulary.documents();
    let weigh = |slots: &[crate::query::Slot]| {
        let (left, right) = (&slots[0].readings[0], &slots[1].readings[0]);
        let meant = Pair(left.code, right.code);
        let pairs = vocabulary.pairs(meant);
        let exactly = pairs.iter().find(|(pair, _)| *pair == meant).map_or(0, |(_, count)| *count);
        let loosely = pairs.iter().map(|(_, count)| count).sum::<u64>().min(all);
        let weight = PAIR * (slots[0].weight * slots[1].weight).sqrt();
        Weights {
            exact: weight * left.exact * right.exact * rarity(all, exactly),
            loose: weight * left.loose.max(right.loose) * rarity(all, loosely),
        }
    };
    query.slots.windows(2).map(weigh).collect()
}

/// In how many documents a run of terms can stand, at most.
pub fn seen(keys: &[String], vocabulary: &impl Vocabulary) -> u64 {
    let pairs = keys.windows(2).map(|two| {
        let wanted = Pair(Code::of(&two[0]), Code::of(&two[1]));
        vocabulary.pairs(wanted).iter().filter(|(pair, _)| *pair == wanted).map(|(_, count)| *count).sum()
    });
    pairs.min().unwrap_or_else(|| keys.first().map_or(0, |key| vocabulary.key(key)))
}
