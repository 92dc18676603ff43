//! Denials: none is added, none is left out.

use crate::Lack;
use crate::reading::Reading;
use crate::wording::is_free;

/// Words that deny what comes.
const DENIALS: [&str; 9] = ["không", "chưa", "chẳng", "đừng", "cấm", "trừ", "miễn", "khỏi", "hết"];
/// Between a denial and what it denies: "không phải nộp" denies "nộp".
const BETWEEN: [&str; 5] = ["phải", "cần", "còn", "hề", "thể"];
/// A denial reaches so far, in words.
const REACH: usize = 4;

pub fn lacks(said: &Reading, sources: &[Reading]) -> Vec<Lack> {
    let mut lacks = Vec::new();
    for (at, denied) in denied(said) {
        let is_there = |source: &Reading| {
            self::denied(source)
                .iter()
                .any(|(place, other)| source.key(*place) == said.key(at) && other.first() == denied.first())
        };
        if !sources.iter().any(is_there) {
            lacks.push(Lack::Denial(denied.join(" ")));
        }
    }
    for (_, run) in sources.iter().flat_map(denied) {
        let free = |reading: &Reading| reading.places(&run).any(|at| !is_denied(reading, at));
        if !run.is_empty() && free(said) && !sources.iter().any(free) {
            lacks.push(Lack::Denial(run.join(" ")));
        }
    }
    lacks
}

/// The denials, each with the next two words that say something.
fn denied(reading: &Reading) -> Vec<(usize, Vec<String>)> {
    let denials = (0..reading.words.len()).filter(|at| DENIALS.contains(&reading.key(*at)));
    denials
        .map(|at| {
            let behind = reading.words[at + 1..].iter().take_while(|word| !word.begins).take(REACH);
            let mut run: Vec<String> = Vec::new();
            for word in behind.skip_while(|word| is_free(&word.key) || BETWEEN.contains(&word.key.as_str())).take(2) {
                run.push(word.key.clone());
            }
            (at, run)
        })
        .collect()
}

fn is_denied(reading: &Reading, at: usize) -> bool {
    let begun = (0..=at).rev().find(|place| reading.words[*place].begins).unwrap_or(0);
    (at.saturating_sub(REACH).max(begun)..at).any(|before| DENIALS.contains(&reading.key(before)))
}
