//! "Số: 118/KH-UBND" and "Mẫu, ngày 13 tháng 8 năm 2025".

use chrono::NaiveDate;

use super::sighted::Sighted;
use super::types;
use crate::model::{Field, Span};

/// A number line as found: places in the line from its label to its last sign.
pub(super) struct NumberFound {
    pub range: (usize, usize),
    pub number: Option<Field>,
    pub symbol: Field,
    pub code: Option<Field>,
}

/// A place-name is not longer than this many characters.
const PLACE_CHARACTERS_MAX: usize = 40;

/// Finds "Số: 118/KH-UBND", "Số 3260-KH/ĐĐQH15", "Số:   /KH-UBND".
pub(super) fn number(line: &Sighted) -> Option<NumberFound> {
    let mut from = 0;
    while let Some(label) = line.find("so", from) {
        from = label + 2;
        let begins = label == 0 || !line.get(label - 1).is_alphanumeric();
        if let Some(found) = begins.then(|| number_at(line, label)).flatten() {
            return Some(found);
        }
    }
    None
}

fn number_at(line: &Sighted, label: usize) -> Option<NumberFound> {
    let start = line.skip(label + 2, |c| is_space(c) || c == ':');
    let start = line.skip(start, is_blank_filler);
    let digits = line.skip(start, |c| c.is_ascii_digit());
    let digits_end = if digits > start { line.skip(digits, |c| c.is_ascii_lowercase()) } else { digits };
    let slash = line.skip(digits_end, |c| is_space(c) || is_blank_filler(c));
    if !matches!(line.get(slash), '/' | '-') {
        return None;
    }
    let end = symbol_end(line, slash);
    let tail = line.piece(slash, end).text.replace(' ', "");
    let lettered = tail.chars().filter(|c| c.is_uppercase()).count() >= 2;
    if !lettered || line.get(start).is_alphabetic() {
        return None;
    }
    let number = (digits_end > start).then(|| line.field(start, digits_end));
    let value = number.as_ref().map_or(String::new(), |number| number.value.clone()) + &tail;
    let symbol = Field { value, span: line.piece(if number.is_some() { start } else { slash }, end).span };
    let code = code(&tail, line.piece(slash, end).span);
    Some(NumberFound { range: (label, end), number, symbol, code })
}

/// Where the symbol that begins with the sign at `slash` ends: letters, digits and signs, spaces only beside a sign.
fn symbol_end(line: &Sighted, slash: usize) -> usize {
    let mut end = slash;
    loop {
        let sign = line.skip(end, |c| is_space(c) || matches!(c, '/' | '-'));
        let signed = (end..sign).any(|place| matches!(line.get(place), '/' | '-'));
        let word = line.skip(sign, |c| c.is_alphanumeric() || matches!(c, '.' | '&'));
        if !signed || word == sign {
            return end;
        }
        end = word;
    }
}

/// The abbreviation of the type stands first after number and year; a letter has none.
fn code(tail: &str, span: Span) -> Option<Field> {
    let mut words = tail.split(['/', '-']).filter(|word| !word.is_empty());
    let first = words.find(|word| !word.bytes().all(|byte| byte.is_ascii_digit()))?;
    types::of_code(first).map(|_| Field { value: first.to_owned(), span })
}

/// A date line as found.
pub(super) struct DateFound {
    pub range: (usize, usize),
    pub place: Option<Field>,
    pub date: Field,
    pub day: Option<NaiveDate>,
}

/// Finds "Mẫu, ngày 13 tháng 8 năm 2025", with or without its figures; the place must stand before it.
pub(super) fn date(line: &Sighted, from: usize) -> Option<DateFound> {
    let start = line.find("ngay", from)?;
    let (day, at) = figure(line, start + 4);
    let month_word = line.matches("thang", at).then_some(at + 5)?;
    let (month, at) = figure(line, month_word);
    let year_word = line.matches("nam", at).then_some(at + 3)?;
    let (year, _) = figure(line, year_word);
    let end = if year.is_some() {
        line.skip(line.skip(year_word, |c| is_space(c) || is_blank_filler(c)), |c| c.is_ascii_digit())
    } else {
        year_word
    };
    let place_start = place_start(line, from, start);
    let place = line.field(place_start, start);
    let place_value = place.value.trim_end_matches([',', ' ']).to_owned();
    let usual = place_value.chars().count() <= PLACE_CHARACTERS_MAX;
    let last = line.skip(end, |c| is_space(c) || is_blank_filler(c)) == line.len();
    if !usual || !last || (place_value.is_empty() && start > from) {
        return None;
    }
    let day = complete(day, month, year);
    let place = (!place_value.is_empty())
        .then(|| Field { span: Span::new(place.span.start, place.span.start + place_value.len()), value: place_value });
    Some(DateFound { range: (place_start, end), place, date: line.field(start, end), day })
}

/// The place begins after the last column gap before the date.
fn place_start(line: &Sighted, from: usize, date: usize) -> usize {
    let name_end = (from..date).rev().find(|place| line.get(*place).is_alphanumeric()).unwrap_or(from);
    (from..name_end).rev().find(|place| line.get(*place) == '\t').map_or(from, |gap| gap + 1)
}

fn complete(day: Option<u32>, month: Option<u32>, year: Option<u32>) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year?).ok()?, month?, day?)
}

/// Figures after `from`, and the next word.
fn figure(line: &Sighted, from: usize) -> (Option<u32>, usize) {
    let start = line.skip(from, |c| is_space(c) || is_blank_filler(c));
    let end = line.skip(start, |c| c.is_ascii_digit());
    let value: String = (start..end.min(start + 6)).map(|place| line.get(place)).collect();
    (value.parse().ok(), line.skip(end, |c| is_space(c) || is_blank_filler(c)))
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

/// What a form prints where a clerk will write.
fn is_blank_filler(character: char) -> bool {
    matches!(character, '.' | '…' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Sighted<'_> {
        Sighted::new(text, Span::new(0, text.len()))
    }

    fn numbers(text: &str) -> Option<(Option<String>, String, Option<String>)> {
        let found = number(&whole(text))?;
        Some((found.number.map(|f| f.value), found.symbol.value, found.code.map(|f| f.value)))
    }

    #[test]
    fn numbers_as_they_are_written() {
        let some =
            |number: &str, symbol: &str, code: &str| Some((Some(number.to_owned()), symbol.to_owned(), Some(code.to_owned())));
        assert_eq!(numbers("Số: 118/KH-UBND"), some("118", "118/KH-UBND", "KH"));
        assert_eq!(numbers(" Số:173    /KH-UBND"), some("173", "173/KH-UBND", "KH"));
        assert_eq!(numbers("Số 3260-KH/ĐĐQH15"), some("3260", "3260-KH/ĐĐQH15", "KH"));
        assert_eq!(numbers("Số: 05/2026/QĐ-UBND"), some("05", "05/2026/QĐ-UBND", "QĐ"));
        assert_eq!(numbers("Số: 12 / KH - UBND   Mẫu, ngày"), some("12", "12/KH-UBND", "KH"));
        assert_eq!(numbers("Số:   /KH-UBND"), Some((None, "/KH-UBND".into(), Some("KH".into()))));
        assert_eq!(numbers("Số: ……/BC-SKHCN"), Some((None, "/BC-SKHCN".into(), Some("BC".into()))));
        assert_eq!(numbers("Số: 12/UBND-KGVX"), Some((Some("12".into()), "12/UBND-KGVX".into(), None)));
        assert_eq!(numbers("Một số nhiệm vụ - giải pháp"), None);
        assert_eq!(numbers("Sở Mẫu"), None);
    }

    #[test]
    fn dates_as_they_are_written() {
        let text = "Tỉnh Mẫu, ngày 03 tháng 02 năm 2026";
        let found = date(&whole(text), 0).expect("a date");
        assert_eq!(found.place.map(|f| f.value).as_deref(), Some("Tỉnh Mẫu"));
        assert_eq!(found.day, NaiveDate::from_ymd_opt(2026, 2, 3));
        assert_eq!(found.date.span.of(text), "ngày 03 tháng 02 năm 2026");

        let draft = date(&whole("Mẫu, ngày      tháng      năm 2026"), 0).expect("a date");
        assert_eq!(draft.date.value, "ngày tháng năm 2026");
        assert_eq!(draft.day, None);
        assert!(date(&whole("Mẫu, ngày … tháng … năm 20…"), 0).is_some_and(|found| found.day.is_none()));
        assert!(date(&whole("Mẫu, ngày 31 tháng 02 năm 2026"), 0).is_some_and(|found| found.day.is_none()));
        assert!(date(&whole("Thực hiện Quyết định số 5 ngày 3 tháng 2 năm 2026 của Ủy ban"), 0).is_none());
    }
}
