//! Days, months, quarters and times of day as figures.

use chrono::NaiveDate;
use vietnamese::date::{date_in_words, day_in_words, time_in_words};
use vietnamese::number::integer_in_words;

use super::Why;
use super::numbers::{digits, in_dialect, is_figure};
use super::reading::{Heard, Reading};
use super::words::year_behind_slash;

pub(super) fn date(reading: &Reading, at: usize) -> Option<Heard> {
    if !is_figure(reading, at) || reading.character_before(at).is_some_and(|c| matches!(c, '/' | '.' | ',')) {
        return None;
    }
    let first = digits(reading, at);
    let value: u32 = first.parse().ok().filter(|_| first.len() <= 2)?;
    let heard = full(reading, at, first)
        .or_else(|| month(reading, at, first))
        .or_else(|| quarter(reading, at, first))
        .or_else(|| day(reading, at, first))
        .or_else(|| in_sentence(reading, at, first, value))?;
    Some(Heard { said: in_dialect(reading, &heard.said), ..heard })
}

/// `20/6/2026`, `20-6-2026`, `20.6.2026`.
fn full(reading: &Reading, at: usize, first: &str) -> Option<Heard> {
    let separator = reading.rest(at + first.len()).chars().next().filter(|c| matches!(c, '/' | '-' | '.'))?;
    let month_at = at + first.len() + 1;
    let month = digits(reading, month_at);
    if !reading.rest(month_at + month.len()).starts_with(separator) || month.len() > 2 {
        return None;
    }
    let year_at = month_at + month.len() + 1;
    let year = digits(reading, year_at);
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, first.parse().ok()?)?;
    let end = year_at + year.len();
    (year.len() == 4).then(|| Heard { said: behind_day(reading, at, date_in_words(date)), end, doubt: None })
}

/// Without *ngày* where the text has it already.
fn behind_day(reading: &Reading, at: usize, words: String) -> String {
    match reading.word_before(at).as_str() {
        "ngày" | "mùng" | "mồng" => words.trim_start_matches("ngày ").to_owned(),
        _ => words,
    }
}

/// `6/2026`, `quý 2/2026`.
fn month(reading: &Reading, at: usize, first: &str) -> Option<Heard> {
    let (year, end) = year_behind_slash(reading, at + first.len());
    let value: u32 = first.parse().ok().filter(|_| !year.is_empty())?;
    let before = reading.word_before(at);
    match before.as_str() {
        "quý" | "quí" if (1..=4).contains(&value) => Heard::sure(ordinal(value) + &year, end),
        _ if !(1..=12).contains(&value) => None,
        "tháng" => Heard::sure(ordinal(value) + &year, end),
        _ => Heard::sure(format!("tháng {}{year}", ordinal(value)), end),
    }
}

/// The fourth is *tư*.
fn ordinal(value: u32) -> String {
    if value == 4 { "tư".to_owned() } else { integer_in_words(value) }
}

fn quarter(reading: &Reading, at: usize, first: &str) -> Option<Heard> {
    let is_quarter = matches!(reading.word_before(at).as_str(), "quý" | "quí") && first == "4";
    if is_quarter { Heard::sure("tư", at + first.len()) } else { None }
}

const COUNTED: [&str; 22] = [
    "xã",
    "phường",
    "ấp",
    "khóm",
    "chỉ",
    "nhiệm",
    "đơn",
    "hộ",
    "dân",
    "thành",
    "đại",
    "điểm",
    "học",
    "trường",
    "cơ",
    "người",
    "thôn",
    "tổ",
    "mô",
    "sản",
    "cụm",
    "đài",
];

/// `20/6`: a day where the sentence speaks of one; otherwise it may be a fraction.
fn day(reading: &Reading, at: usize, first: &str) -> Option<Heard> {
    let month_at = at + first.len() + 1;
    let is_pair = reading.rest(at + first.len()).starts_with('/');
    let month = is_pair.then(|| digits(reading, month_at)).filter(|month| (1..=2).contains(&month.len()))?;
    let end = month_at + month.len();
    let follows = reading.rest(end);
    let (day, number) = (first.parse().ok()?, month.parse().ok()?);
    // 29/2 exists in some year.
    NaiveDate::from_ymd_opt(2024, number, day)?;
    if follows.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '%')) {
        return None;
    }
    let said = behind_day(reading, at, day_in_words(day, number));
    if speaks_of_days(&reading.words_before(at, 6)) {
        return Heard::sure(said, end);
    }
    let next = follows.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if COUNTED.contains(&next) {
        let fraction = format!("{} trên {}", integer_in_words(day), integer_in_words(number));
        return Heard::doubted(fraction, end, Why::DayOrFraction);
    }
    Heard::doubted(said, end, Why::DayOrFraction)
}

fn speaks_of_days(before: &str) -> bool {
    let words = before.split(|c: char| !c.is_alphanumeric());
    words.into_iter().any(|word| matches!(word, "ngày" | "sáng" | "trưa" | "chiều" | "tối" | "đêm" | "lễ" | "nhật"))
}

/// The 5 of *ngày 5 tháng 6* and the 4 of *tháng 4*.
fn in_sentence(reading: &Reading, at: usize, first: &str, value: u32) -> Option<Heard> {
    let end = at + first.len();
    let follows = reading.rest(end).trim_start().to_lowercase();
    match reading.word_before(at).as_str() {
        "ngày" if (1..=10).contains(&value) && follows.starts_with("tháng") => {
            Heard::sure(format!("mùng {}", integer_in_words(value)), end)
        }
        "tháng" if value == 4 && !reading.rest(end).starts_with(['/', '-', ',', '.', '–']) => Heard::sure("tư", end),
        _ => None,
    }
}

/// `07:30`, `7h30`, `7g30`.
pub(super) fn time(reading: &Reading, at: usize) -> Option<Heard> {
    if !is_figure(reading, at) || reading.character_before(at).is_some_and(|c| matches!(c, ':' | '/' | ',' | '.')) {
        return None;
    }
    let hours = digits(reading, at);
    let separator = reading.rest(at + hours.len()).chars().next().filter(|c| matches!(c, ':' | 'h' | 'g' | 'H'))?;
    let minutes_at = at + hours.len() + 1;
    let minutes = digits(reading, minutes_at);
    let (hour, minute): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let mut end = minutes_at + minutes.len();
    if hours.len() > 2 || minutes.len() != 2 || hour > 24 || minute > 59 {
        return None;
    }
    if reading.rest(end).starts_with(':') {
        return None;
    }
    if reading.rest(end).starts_with('\'') {
        end += 1;
    }
    let said = in_dialect(reading, &time_in_words(hour, minute));
    let is_told = separator != ':' || hours.len() == 2;
    let before = reading.word_before(at);
    if is_told || matches!(before.as_str(), "lúc" | "từ" | "đến" | "khoảng" | "hồi" | "trước" | "sau") {
        return Heard::sure(said, end);
    }
    Heard::doubted(said, end, Why::Time)
}
