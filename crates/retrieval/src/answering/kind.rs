//! What a question wants to hear: a number, a name, or anything; and whether a sentence has it. Pure.

use std::collections::HashSet;

use crate::text::{Term, terms};

/// Runs of folded words that ask for a time, for a number, and for a name.
const TIMES: [&str; 20] = [
    "bao lau",
    "bao gio",
    "khi nao",
    "luc nao",
    "hoi nao",
    "nam nao",
    "ngay nao",
    "thang nao",
    "tuan nao",
    "quy nao",
    "the ky nao",
    "thap ky nao",
    "thoi gian nao",
    "thoi diem nao",
    "thoi han",
    "han chot",
    "truoc ngay",
    "may gio",
    "gio nao",
    "nam bao nhieu",
];
const NUMBERS: [&str; 8] = ["bao nhieu", "bao xa", "may", "ty le", "phan tram", "so may", "muc nao", "bao"];
const NAMES: [&str; 19] = [
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
    "xa nao",
    "cong ty nao",
    "truong nao",
    "quoc gia nao",
];
/// What times are counted in.
const CALENDAR: [&str; 11] = ["ngay", "thang", "nam", "quy", "tuan", "gio", "phut", "ky", "thu", "buoi", "thap"];
/// Words that are numbers.
const WORDS: [&str; 17] = [
    "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mươi", "trăm", "nghìn", "ngàn", "triệu", "tỷ", "nửa",
];
/// A number stands so many words before what it counts, at most.
const COUNTS_WITHIN: usize = 2;

/// What is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Anything,
    Name,
    Time,
    /// With the folded word that is counted: "bao nhiêu xã".
    Number(Option<String>),
}

/// What a question wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    kind: Kind,
    /// What the question says itself, folded: saying it again is no answer.
    said: HashSet<String>,
}

impl Wanted {
    /// Reads a question.
    #[must_use]
    pub fn of(question: &str) -> Self {
        let asked: Vec<String> = terms(question).into_iter().map(|term| term.folded).collect();
        let line = format!(" {} ", asked.join(" "));
        let has = |runs: &[&str]| runs.iter().any(|run| line.contains(&format!(" {run} ")));
        let kind = match () {
            () if has(&TIMES) => Kind::Time,
            () if has(&NUMBERS) => Kind::Number(counted(&asked)),
            () if has(&NAMES) => Kind::Name,
            () => Kind::Anything,
        };
        Self { kind, said: asked.into_iter().collect() }
    }

    /// How likely a sentence is to have it, up to 1.
    #[must_use]
    pub fn prior(&self, text: &str, own: &[Term]) -> f32 {
        let kind = match &self.kind {
            Kind::Anything => 1.0,
            Kind::Name if self.has_name(text, own) => 1.0,
            Kind::Name => 0.8,
            Kind::Time if self.has_time(text, own) => 1.0,
            Kind::Time if self.has_digits(own) => 0.85,
            Kind::Time => 0.6,
            Kind::Number(Some(of)) if self.counts(text, own, of) => 1.0,
            Kind::Number(None) if self.has_digits(own) => 1.0,
            Kind::Number(_) if self.has_digits(own) => 0.8,
            Kind::Number(_) if has_number_words(text, own) => 0.7,
            Kind::Number(_) => 0.55,
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

    fn is_fresh_figure(&self, term: &Term) -> bool {
        is_figure(term) && !self.said.contains(&term.folded)
    }

    fn has_digits(&self, own: &[Term]) -> bool {
        own.iter().any(|term| self.is_fresh_figure(term))
    }

    /// A figure beside a word of the calendar, or a year, that the question does not say.
    fn has_time(&self, text: &str, own: &[Term]) -> bool {
        let of_calendar = |at: usize| own.get(at).is_some_and(|term| CALENDAR.contains(&term.folded.as_str()));
        own.iter().enumerate().any(|(at, term)| {
            let beside = at.checked_sub(1).is_some_and(of_calendar) || of_calendar(at + 1);
            let is_year = term.folded.len() == 4 && term.folded.starts_with(['1', '2']);
            let in_date =
                text[term.span.end..].strip_prefix('/').is_some_and(|rest| rest.starts_with(|one: char| one.is_ascii_digit()));
            let is_word = is_number_word(text, term) && of_calendar(at + 1);
            (self.is_fresh_figure(term) && (beside || is_year || in_date)) || is_word
        })
    }

    /// A number right before what is counted.
    fn counts(&self, text: &str, own: &[Term], of: &str) -> bool {
        own.iter().enumerate().filter(|(_, term)| term.folded == of).any(|(at, _)| {
            own[at.saturating_sub(COUNTS_WITHIN)..at].iter().any(|term| self.is_fresh_figure(term) || is_number_word(text, term))
        })
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

/// The word behind "bao nhiêu" or "mấy".
fn counted(asked: &[String]) -> Option<String> {
    let at = asked.iter().position(|word| word == "may" || word == "nhieu")?;
    asked.get(at + 1).cloned()
}

fn is_figure(term: &Term) -> bool {
    term.folded.starts_with(|letter: char| letter.is_ascii_digit())
}

fn is_number_word(text: &str, term: &Term) -> bool {
    WORDS.contains(&text[term.span.clone()].to_lowercase().as_str())
}

fn has_number_words(text: &str, own: &[Term]) -> bool {
    own.iter().any(|term| is_number_word(text, term))
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
