//! Figures with what they count, what they are the number of and what bounds them; dates; document numbers.

use crate::Lack;
use crate::reading::{Date, Kind, Reading};
use crate::wording::is_free;

/// What a figure behind is the number of.
const NUMBERED: [&str; 15] =
    ["điều", "khoản", "điểm", "chương", "mục", "năm", "tháng", "quí", "ngày", "số", "kì", "thứ", "hạng", "mức", "lớp"];
/// What bounds a figure behind.
const BOUNDS: [&str; 14] =
    ["trước", "sau", "trên", "dưới", "hơn", "quá", "từ", "đến", "thiểu", "đa", "nhất", "gần", "khoảng", "kém"];
/// So far before a figure.
const BOUNDS_WITHIN: usize = 3;
/// Numbers as words; "một" and "năm" are many other things.
const WORDS: [(&str, &str); 8] =
    [("hai", "2"), ("bốn", "4"), ("sáu", "6"), ("bảy", "7"), ("tám", "8"), ("chín", "9"), ("mười", "10"), ("ba", "3")];

pub fn lacks(said: &Reading, sources: &[Reading]) -> Vec<Lack> {
    let mut lacks = Vec::new();
    for number in &said.numbers {
        if !sources.iter().any(|source| source.numbers.contains(number)) {
            lacks.push(Lack::DocumentNumber(number.clone()));
        }
    }
    for (at, date) in &said.dates {
        let stands = |source: &Reading| {
            let same = |(place, other): &(usize, Date)| holds(date, other) && bounds(said, *at) == bounds(source, *place);
            source.dates.iter().any(same)
        };
        if !sources.iter().any(stands) {
            lacks.push(Lack::Date(told(date)));
        }
    }
    for (at, word) in said.words.iter().enumerate() {
        let is_there = match word.kind {
            Kind::Figure => sources.iter().any(|source| is_figure_of(said, at, source)),
            Kind::Word => WORDS.iter().all(|(written, figure)| {
                word.key != *written || sources.iter().any(|source| source.has(written) || source.has(figure))
            }),
            Kind::OfDate | Kind::DocumentNumber => true,
        };
        if !is_there {
            lacks.push(Lack::Figure(word.key.clone()));
        }
    }
    lacks
}

/// Whether a date that was said lies in one of a source: the source says at least as much.
fn holds(said: &Date, source: &Date) -> bool {
    let day = said.day.is_none() || said.day == source.day;
    let year = said.year.is_none() || said.year == source.year;
    day && year && said.month == source.month
}

fn told(date: &Date) -> String {
    let parts = [date.day, Some(date.month), date.year];
    parts.into_iter().flatten().map(|part| part.to_string()).collect::<Vec<_>>().join("/")
}

fn is_figure_of(said: &Reading, at: usize, source: &Reading) -> bool {
    let own = &said.words[at];
    let counted = counted(said, at);
    let numbered = at.checked_sub(1).map(|before| said.key(before)).filter(|key| NUMBERED.contains(key));
    (0..source.words.len()).any(|place| {
        let other = &source.words[place];
        if other.key != own.key {
            return false;
        }
        // The year of a date is said alone, too.
        if other.kind == Kind::OfDate {
            return counted.is_none() && own.key.len() == 4;
        }
        let same_counted = counted.as_ref().is_none_or(|key| self::counted(source, place).as_ref() == Some(key));
        let before = place.checked_sub(1).map(|before| source.key(before)).filter(|key| NUMBERED.contains(key));
        let is_numbered = numbered.is_none() && before.is_none() || numbered == before;
        same_counted && is_numbered && bounds(said, at) == bounds(source, place)
    })
}

/// The word that a figure counts; a per cent sign is one.
fn counted(reading: &Reading, at: usize) -> Option<String> {
    let word = &reading.words[at];
    let next = reading.words.get(at + 1).filter(|_| word.joins);
    if word.percent {
        return Some("%".to_owned());
    }
    next.filter(|next| next.kind == Kind::Word && !is_free(&next.key)).map(|next| next.key.clone())
}

/// What bounds the figure at a place.
fn bounds(reading: &Reading, at: usize) -> Option<&str> {
    let near = at.saturating_sub(BOUNDS_WITHIN)..at;
    let begun = near.clone().rev().find(|place| reading.words[place + 1].begins).map_or(near.start, |place| place + 1);
    (begun..at).rev().map(|place| reading.key(place)).find(|key| BOUNDS.contains(key))
}
