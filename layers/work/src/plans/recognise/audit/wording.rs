//! A target and a task that say nearly the same in different words.

use std::sync::LazyLock;

use super::super::model::{Kind, Provision, Warning};
use super::super::similarity::Index;
use super::super::words::{Phrases, Shape, Words};

/// Likeness from which two provisions are taken to say the same.
const SAME_MIN: f64 = 0.55;
/// Words that make no difference.
static EMPTY: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of("và|các|của|được|đạt|cho|về|từ|đến|hoàn|thành|trong|năm|để|với|những|nghiên|cứu|phấn|đấu|tại|có")
});

/// A warning at the task for every pair that differs in words that count.
pub(super) fn differing(provisions: &[Provision], index: &Index) -> Vec<Warning> {
    let mut all = Vec::new();
    for (place, target) in provisions.iter().enumerate().filter(|(_, one)| one.kind == Kind::Target) {
        let own = index.text(place);
        let alike = index.candidates(own).into_iter().filter(|other| provisions[*other].kind.is_duty());
        let best = alike.map(|other| (other, index.likeness(own, other))).max_by(|one, other| one.1.total_cmp(&other.1));
        let Some((other, _)) = best.filter(|(_, score)| *score >= SAME_MIN) else { continue };
        let duty = &provisions[other];
        let dropped = missing(&target.text, &duty.text);
        let added = missing(&duty.text, &target.text);
        if dropped.is_empty() && added.is_empty() {
            continue;
        }
        let mut message = format!("Gần trùng với {} nhưng khác lời", target.path);
        for (label, phrases) in [("bỏ", dropped), ("thêm", added)] {
            if !phrases.is_empty() {
                message.push_str(&format!("; {label}: “{}”", phrases.join("”, “")));
            }
        }
        message.push('.');
        all.push(Warning::new(&duty.path, "wording_differs", message));
    }
    all
}

/// The runs of words of `text` that `other` does not have, at most four.
fn missing(text: &str, other: &str) -> Vec<String> {
    let words = Words::new(text);
    let known = Words::new(other);
    let keys: std::collections::HashSet<(&str, &str)> = (0..known.len()).map(|at| (known.key(at), known.key(at + 1))).collect();
    let single: std::collections::HashSet<&str> = (0..known.len()).map(|at| known.key(at)).collect();
    let lacks = |at: usize| {
        let letters = words.get(at).is_some_and(|token| !matches!(token.shape, Shape::Sign | Shape::Number))
            && words.any(at, &EMPTY).is_none();
        let before = at > 0 && keys.contains(&(words.key(at - 1), words.key(at)));
        letters && (!single.contains(words.key(at)) || !before && !keys.contains(&(words.key(at), words.key(at + 1))))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() && found.len() < 4 {
        let start = at;
        while at < words.len() && lacks(at) {
            at += 1;
        }
        if at > start + 1 {
            found.push(words.name(start, at));
        }
        at += 1;
    }
    found
}
