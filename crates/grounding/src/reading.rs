//! A text as the checks read it: words in one spelling, figures as values, dates, document numbers.

use vietnamese::{TokenKind, document_numbers, name_key, normalise, tokens};

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Word,
    Figure,
    /// A figure that is part of a date.
    OfDate,
    DocumentNumber,
}

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In one spelling, small; a figure as its value.
    pub key: String,
    pub kind: Kind,
    pub is_capital: bool,
    /// A sentence or clause ended before it.
    pub begins: bool,
    /// A colon stands behind it.
    pub colon: bool,
    /// A per cent sign stands behind it.
    pub percent: bool,
    /// Nothing but a space stands between it and the next.
    pub joins: bool,
}

/// A date as far as it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    pub day: Option<u32>,
    pub month: u32,
    pub year: Option<u32>,
}

/// A text read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub words: Vec<Word>,
    /// Each with the place of its first word.
    pub dates: Vec<(usize, Date)>,
    /// Keys of document numbers.
    pub numbers: Vec<String>,
}

const YEAR_MIN: u32 = 1_000;

impl Reading {
    pub fn of(text: &str) -> Self {
        // An abbreviation and what it stands for are one: "UBND", "Ủy ban nhân dân".
        let text = normalise(text).replace("phần trăm", "%");
        let text = vietnamese::abbreviation::expand_text(&text);
        let found = tokens(&text);
        let mut words = Vec::with_capacity(found.len());
        let mut slashes = Vec::with_capacity(found.len());
        let mut end = 0;
        for (at, token) in found.iter().enumerate() {
            let next = found.get(at + 1).map_or(text.len(), |next| next.span.start);
            let (before, behind) = (&text[end..token.span.start], &text[token.span.end..next]);
            let kind = match token.kind {
                TokenKind::Word => Kind::Word,
                TokenKind::Number => Kind::Figure,
                TokenKind::DocumentNumber => Kind::DocumentNumber,
            };
            let key = match kind {
                Kind::Word => name_key(token.text),
                Kind::DocumentNumber => token.text.to_lowercase(),
                _ => value(token.text),
            };
            words.push(Word {
                key,
                kind,
                is_capital: token.text.starts_with(char::is_uppercase),
                begins: at == 0 || before.contains(['.', ';', '!', '?', '\n', '“', '"']),
                colon: behind.trim_start().starts_with(':'),
                percent: behind.trim_start().starts_with('%'),
                joins: !behind.is_empty() && behind.chars().all(char::is_whitespace),
            });
            slashes.push(matches!(behind, "/" | "-" | "."));
            end = token.span.end;
        }
        let dates = dates(&mut words, &slashes);
        let numbers = document_numbers(&text).iter().map(vietnamese::DocumentNumber::key).collect();
        Self { words, dates, numbers }
    }

    pub fn has(&self, key: &str) -> bool {
        self.words.iter().any(|word| word.key == key)
    }

    /// The key of the word at a place.
    pub fn key(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.key.as_str())
    }

    /// Where a run of keys begins.
    pub fn places<'a>(&'a self, run: &'a [String]) -> impl Iterator<Item = usize> + 'a {
        let stands = move |at: &usize| run.iter().enumerate().all(|(step, key)| self.key(at + step) == key);
        (0..self.words.len()).filter(stands)
    }
}

/// `1.234` and `1234` are one value, so are `05` and `5`; a decimal comma stays.
fn value(written: &str) -> String {
    let (whole, fraction) = written.split_once(',').map_or((written, None), |(whole, rest)| (whole, Some(rest)));
    let grouped = whole.split('.').skip(1).all(|group| group.len() == 3);
    let plain: String = if grouped { whole.replace('.', "") } else { whole.to_owned() };
    let plain = plain.trim_start_matches('0');
    let plain = if plain.is_empty() || plain.starts_with('.') { format!("0{plain}") } else { plain.to_owned() };
    fraction.map_or(plain.clone(), |fraction| format!("{plain},{fraction}"))
}

/// The dates of the words, whose figures are marked so: `20/6/2026`, `20 tháng 6 năm 2026`, `tháng 6/2026`.
fn dates(words: &mut [Word], slashes: &[bool]) -> Vec<(usize, Date)> {
    let figure = |words: &[Word], at: usize| {
        let word = words.get(at).filter(|word| word.kind == Kind::Figure)?;
        word.key.parse::<u32>().ok()
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(first) = figure(words, at) else {
            at += 1;
            continue;
        };
        let second = match slashes.get(at) {
            Some(true) => Some(at + 1),
            _ if words.get(at + 1).is_some_and(|word| word.key == "tháng") => Some(at + 2),
            _ => None,
        };
        let Some((place, second)) = second.and_then(|place| Some((place, figure(words, place)?))) else {
            at += 1;
            continue;
        };
        let third = match slashes.get(place) {
            Some(true) => Some(place + 1),
            _ if words.get(place + 1).is_some_and(|word| word.key == "năm") => Some(place + 2),
            _ => None,
        };
        let year = third.and_then(|place| Some((place, figure(words, place)?))).filter(|(_, year)| *year >= YEAR_MIN);
        let date = match (second, year) {
            (1..=12, _) if (1..=31).contains(&first) => {
                Some(Date { day: Some(first), month: second, year: year.map(|one| one.1) })
            }
            (YEAR_MIN.., _) if (1..=12).contains(&first) => Some(Date { day: None, month: first, year: Some(second) }),
            _ => None,
        };
        let Some(date) = date else {
            at += 1;
            continue;
        };
        let last = if date.day.is_some() { year.map_or(place, |one| one.0) } else { place };
        words[at..=last].iter_mut().filter(|word| word.kind == Kind::Figure).for_each(|word| word.kind = Kind::OfDate);
        found.push((at, date));
        at = last + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_one_however_they_are_written() {
        let dates = |text: &str| Reading::of(text).dates.into_iter().map(|(_, date)| date).collect::<Vec<_>>();
        let whole = vec![Date { day: Some(20), month: 6, year: Some(2026) }];
        for text in ["trước ngày 20/6/2026", "ngày 20 tháng 6 năm 2026", "20/06/2026", "20-6-2026"] {
            assert_eq!(dates(text), whole, "{text}");
        }
        assert_eq!(dates("trong tháng 6/2026"), [Date { day: None, month: 6, year: Some(2026) }]);
        assert_eq!(dates("ngày 20/6"), [Date { day: Some(20), month: 6, year: None }]);
        assert!(dates("tỷ lệ 45/90, 12 tuyến").is_empty());
    }

    #[test]
    fn figures_are_values() {
        let keys = |text: &str| Reading::of(text).words.into_iter().map(|word| word.key).collect::<Vec<_>>();
        assert_eq!(keys("1.234 1234 03 0 3,5 0,5"), ["1234", "1234", "3", "0", "3,5", "0,5"]);
    }
}
