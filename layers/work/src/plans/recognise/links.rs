//! Which duty serves which target: by the likeness of their words.

use super::model::{Kind, Link, Provision};
use super::similarity::Index;

/// Likeness from which a duty is taken to serve a target.
const LINKED_MIN: f64 = 0.335;
/// Duties of one target at most.
const LINKS_MAX: usize = 3;

/// The links of every target, best first.
pub(super) fn links(provisions: &[Provision], index: &Index) -> Vec<Link> {
    let mut all = Vec::new();
    for (place, target) in provisions.iter().enumerate().filter(|(_, one)| one.kind == Kind::Target) {
        let own = index.text(place);
        let duties = index.candidates(own).into_iter().filter(|other| provisions[*other].kind.is_duty());
        let mut scored: Vec<(usize, f64)> = duties.map(|other| (other, index.containment(place, other))).collect();
        scored.retain(|(_, score)| *score >= LINKED_MIN);
        scored.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let linked = scored.into_iter().take(LINKS_MAX);
        all.extend(linked.map(|(other, score)| Link {
            target: target.path.clone(),
            duty: provisions[other].path.clone(),
            score: rounded(score),
        }));
    }
    all
}

fn rounded(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
}
