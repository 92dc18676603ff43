//! What a question wants to hear: a number, a name, or anything; and whether a sentence has it. Pure.

use std::collections::HashSet;

use crate::text::{Term, terms};

/// Runs of folded words that ask for a number or a time, and for a name.
const NUMBERS: [&str; 21] = [
    "bao nhieu",
    "bao lau",
    "bao xa",
    "bao gio",
    "may",
    "khi nao",
    "luc nao",
    "nam nao",
    "ngay nao",
    "thang nao",
    "the ky nao",
    "thoi gian nao",
    "thoi han",
    "ty le",
    "phan tram",
    "han chot",
    "truoc ngay",
    "may gio",
    "gio nao",
    "so may",
    "tuoi",
];
const NAMES: [&str; 16] = [
    "ai",
    "o dau",
    "tu dau",
    "den dau",
    "noi nao",
    "nguoi nao",
    "nuoc nao",
    "thanh pho nao",
    "to chuc nao",
    "co quan nao",
    "don vi nao",
    "ten gi",
    "ten la gi",
    "so nao",
    "tinh nao",
    "quoc gia nao",
];
/// Words that are numbers.
const WORDS: [&str; 17] = [
    "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mươi", "trăm", "nghìn", "ngàn", "triệu", "tỷ", "nửa",
];

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    number: bool,
    name: bool,
    /// What the question says itself, folded: saying it again is no answer.
    said: HashSet<String>,
}

impl Wanted {
    /// Reads a question.
    #[must_use]
    pub fn of(question: &str) -> Self {
        let asked = terms(question);
        let line = format!(" {} ", asked.iter().map(|term| term.folded.as_str()).collect::<Vec<_>>().join(" "));
        let has = |runs: &[&str]| runs.iter().any(|run| line.contains(&format!(" {run} ")));
        let number = has(&NUMBERS);
        Self { number, name: !number && has(&NAMES), said: asked.into_iter().map(|term| term.folded).collect() }
    }

    /// How likely a sentence is to have it, up to 1.
    #[must_use]
    pub fn prior(&self, text: &str, own: &[Term]) -> f32 {
        let kind = match (self.number, self.name) {
            (true, _) if self.has_digits(own) => 1.0,
            (true, _) if has_number_words(text, own) => 0.8,
            (true, _) => 0.55,
            (_, true) if self.has_name(text, own) => 1.0,
            (_, true) => 0.7,
            _ => 1.0,
        };
        // A sentence that only repeats the question, or hardly says anything, answers nothing.
        let fresh = own.iter().filter(|term| !self.said.contains(&term.folded)).count();
        let says = match fresh {
            0 => 0.45,
            1 => 0.75,
            2 => 0.9,
            _ => 1.0,
        };
        kind * says
    }

    fn has_digits(&self, own: &[Term]) -> bool {
        own.iter()
            .any(|term| term.folded.starts_with(|letter: char| letter.is_ascii_digit()) && !self.said.contains(&term.folded))
    }

    /// A capital inside the sentence on a word that the question does not say.
    fn has_name(&self, text: &str, own: &[Term]) -> bool {
        let is_capital = |term: &Term| text[term.span.clone()].starts_with(char::is_uppercase);
        let first = own
            .first()
            .is_some_and(|term| is_capital(term) && own.get(1).is_some_and(is_capital) && !self.said.contains(&term.folded));
        first || own.iter().skip(1).any(|term| is_capital(term) && !self.said.contains(&term.folded))
    }
}

fn has_number_words(text: &str, own: &[Term]) -> bool {
    own.iter().any(|term| WORDS.contains(&text[term.span.clone()].to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_wanted_and_had() {
        let prior = |question: &str, text: &str| Wanted::of(question).prior(text, &terms(text));
        assert!(prior("Có bao nhiêu xã?", "Tỉnh có 102 xã, phường.") > prior("Có bao nhiêu xã?", "Tỉnh có nhiều xã, phường."));
        assert!(prior("Năm 2025 có bao nhiêu xã?", "Năm 2025 có nhiều xã.") < 0.6, "a year that was asked for is no answer");
        assert!(prior("Ai chủ trì?", "Việc này do Sở Y tế chủ trì.") > prior("Ai chủ trì?", "Việc này do cơ quan khác chủ trì."));
        assert!(prior("Vì sao?", "Vì trời mưa to.") > 0.9);
        assert!(prior("Trợ cấp là gì?", "Trợ cấp là gì?") < 0.5);
    }
}
