//! Who stands where: by the total, then by what the set declared for ties before anybody was scored, then together.

use std::cmp::{Ordering, Reverse};

use serde::{Deserialize, Serialize};

use crate::score::Score;

/// A place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    pub agency: String,
    /// From 1; those that share it are followed by as many places fewer. None: not assessed.
    pub rank: Option<u32>,
    /// Others have the same rank.
    pub shared: bool,
    /// The code of the group or criterion by which it was told from another with the same total; empty where none was needed.
    pub by: String,
}

/// Ranks them; the best first, those that are not assessed last. Equals stand in the order in which they came.
#[must_use]
pub fn ranks(scored: &[(String, Score)], ties: &[String]) -> Vec<Ranked> {
    let mut order: Vec<&(String, Score)> = scored.iter().collect();
    order.sort_by(|one, other| better(&one.1, &other.1, ties));
    let mut ranked: Vec<Ranked> = Vec::with_capacity(order.len());
    for (at, (agency, score)) in order.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &order[before].1).filter(|_| score.total.is_some());
        let same = before.is_some_and(|before| better(before, score, ties) == Ordering::Equal);
        let rank = match ranked.last_mut() {
            Some(last) if same => {
                last.shared = true;
                last.rank
            }
            _ => score.total.map(|_| u32::try_from(at + 1).unwrap_or(u32::MAX)),
        };
        let after = order.get(at + 1).map(|(_, after)| after).filter(|_| score.total.is_some());
        let by = [before, after].into_iter().flatten().find_map(|other| told_by(score, other, ties));
        let by = by.cloned().unwrap_or_default();
        ranked.push(Ranked { agency: agency.clone(), rank, shared: same, by });
    }
    ranked
}

fn better(one: &Score, other: &Score, ties: &[String]) -> Ordering {
    let by_total = Reverse(one.total).cmp(&Reverse(other.total));
    ties.iter().fold(by_total, |found, code| found.then_with(|| Reverse(one.points(code)).cmp(&Reverse(other.points(code)))))
}

/// What told the one from the other where their totals are the same.
fn told_by<'a>(one: &Score, other: &Score, ties: &'a [String]) -> Option<&'a String> {
    (one.total == other.total).then(|| ties.iter().find(|code| one.points(code) != other.points(code))).flatten()
}
