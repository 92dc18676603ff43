//! Numbers of official documents: `118/KH-UBND`, `57-NQ/TW`, `30/2020/NĐ-CP`, `91/2025/QH15`, `12/UBND-KGVX`.
//!
//! State bodies write number, slash, type, hyphen, agency (Nghị định 30/2020/NĐ-CP, Phụ lục I); laws and decrees put the year
//! behind the number; the Party writes number, hyphen, type, slash, body (Hướng dẫn 36-HD/VPTW).

use std::ops::Range;

use crate::abbreviation::document_type;
use crate::cursor::Cursor;
use crate::fold::fold;
use crate::normalise::is_fancy_dash;

/// A document number found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentNumber<'a> {
    /// As written, stray spaces included.
    pub text: &'a str,
    /// Its bytes in the text searched.
    pub span: Range<usize>,
    /// The running number as written: `"05"`.
    pub number: &'a str,
    /// The year of a number such as `30/2020/NĐ-CP`.
    pub year: Option<u16>,
    /// What follows number and year, without spaces and with plain hyphens: `"KH-UBND"`, `"NQ/TW"`, `"QH15"`.
    pub symbol: String,
}

impl DocumentNumber<'_> {
    /// The number written as it should be: `57- NQ/TW` gives `57-NQ/TW`.
    pub fn canonical(&self) -> String {
        let joint = if self.is_party_style() { '-' } else { '/' };
        match self.year {
            Some(year) => format!("{}/{year}{joint}{}", self.number, self.symbol),
            None => format!("{}{joint}{}", self.number, self.symbol),
        }
    }

    /// A key for comparing: folded, and without leading zeros, so that `05/KH-UBND` and `5/kh-ubnd` meet.
    pub fn key(&self) -> String {
        let significant = self.number.trim_start_matches('0');
        fold(&self.canonical()).replacen(self.number, significant, 1)
    }

    /// The abbreviation of the type, `"KH"`; `None` for an official letter (`12/UBND-KGVX`) and for laws (`91/2025/QH15`).
    pub fn type_abbreviation(&self) -> Option<&str> {
        let first = self.segments().next()?;
        (is_type(first) && self.symbol.len() > first.len()).then_some(first)
    }

    /// The type in full, `"kế hoạch"`; `None` where [`type_abbreviation`](DocumentNumber::type_abbreviation) is.
    pub fn document_type(&self) -> Option<&'static str> {
        match self.type_abbreviation()? {
            "L" | "l" => Some("luật"),
            short => document_type(short).map(|known| known.long),
        }
    }

    /// The parts of the symbol: `KH`, `UBND`.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.symbol.split(['-', '/'])
    }

    /// Whether number and symbol are joined by a hyphen, as Party documents do.
    pub fn is_party_style(&self) -> bool {
        let after = &self.text[self.number.len()..];
        self.year.is_none() && after.trim_start().starts_with(|c| c == '-' || is_fancy_dash(c))
    }
}

/// All document numbers of a text, in order. Stray spaces around the first separator and behind later ones are bridged, any
/// dash counts as a hyphen, and lower case is understood where the type is known (`118/kh-ubnd`).
///
/// ```
/// let found: Vec<_> = vietnamese::document_numbers("theo 57- NQ/TW, Số:173    /KH-UBND và 30/2020/NĐ-CP ngày 05/3/2020")
///     .iter().map(|n| n.canonical()).collect();
/// assert_eq!(found, ["57-NQ/TW", "173/KH-UBND", "30/2020/NĐ-CP"]);
/// ```
pub fn document_numbers(text: &str) -> Vec<DocumentNumber<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let mut cursor = Cursor::new(text, at + next);
        match number_at(&mut cursor) {
            Some(number) => {
                at = number.span.end;
                found.push(number);
            }
            None => {
                let mut skipped = Cursor::new(text, at + next);
                skipped.eat_while(|c| c.is_ascii_digit());
                at = skipped.at;
            }
        }
    }
    found
}

fn number_at<'a>(cursor: &mut Cursor<'a>) -> Option<DocumentNumber<'a>> {
    let start = cursor.at;
    if !cursor.is_free_standing() {
        return None;
    }
    let (number, _) = cursor.eat_number(6)?;
    let year = eat_year(cursor);
    let gap = cursor.eat_while(|c| c.is_whitespace() && c != '\n');
    let separator = cursor.eat(is_separator)?;
    cursor.eat_spaces(2);
    let symbol = eat_symbol(cursor)?;
    // A dash with space before it is more often a dash than a hyphen: only a type behind it makes a number.
    let is_joined = separator == '/' || gap.is_empty() || symbol.split(['-', '/']).next().is_some_and(is_type);
    (is_joined && gap.len() <= 8 && is_credible(&symbol, year.is_some())).then(|| DocumentNumber {
        text: &cursor.text[start..cursor.at],
        span: start..cursor.at,
        number,
        year,
        symbol,
    })
}

fn is_separator(c: char) -> bool {
    matches!(c, '/' | '-') || is_fancy_dash(c)
}

/// `/2020`, when another separator follows.
fn eat_year(cursor: &mut Cursor) -> Option<u16> {
    let mut ahead = *cursor;
    ahead.eat_spaces(2);
    ahead.eat(|c| c == '/')?;
    ahead.eat_spaces(1);
    let (_, year) = ahead.eat_number(4)?;
    let year = u16::try_from(year).ok().filter(|year| (1900..2200).contains(year))?;
    let mut behind = ahead;
    behind.eat_spaces(1);
    behind.eat(is_separator)?;
    *cursor = ahead;
    Some(year)
}

/// Segments joined by hyphens and slashes, the separators made plain.
fn eat_symbol(cursor: &mut Cursor) -> Option<String> {
    let mut symbol = eat_segment(cursor)?.to_owned();
    loop {
        let mut ahead = *cursor;
        let Some(separator) = ahead.eat(is_separator) else {
            return Some(symbol);
        };
        let spaces = ahead.eat_spaces(1);
        match eat_segment(&mut ahead) {
            Some(segment) if spaces == 0 || is_all_capitals(segment) => {
                symbol.push(if separator == '/' { '/' } else { '-' });
                symbol.push_str(segment);
                *cursor = ahead;
            }
            _ => return Some(symbol),
        }
    }
}

/// A segment begins with a letter and goes on with letters, digits and `&`.
fn eat_segment<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    cursor.peek().filter(|c| c.is_alphabetic())?;
    let run = cursor.eat_while(|c| c.is_alphanumeric() || c == '&');
    let segment = run.trim_end_matches('&');
    cursor.at -= run.len() - segment.len();
    (segment.chars().count() <= 12).then_some(segment)
}

fn is_all_capitals(segment: &str) -> bool {
    segment.chars().count() >= 2 && !segment.contains(char::is_lowercase)
}

fn is_type(segment: &str) -> bool {
    document_type(segment).is_some() || segment.eq_ignore_ascii_case("l")
}

/// Weeds out what only looks like a number: flats (`12-A`), dates with a word behind, brand names (`7-ELEVEN`).
fn is_credible(symbol: &str, has_year: bool) -> bool {
    let segments: Vec<&str> = symbol.split(['-', '/']).collect();
    let in_capitals = segments.iter().all(|s| is_symbol_case(s));
    let letters = symbol.chars().filter(|c| c.is_alphabetic()).count();
    match (in_capitals, segments.len()) {
        (false, parts) => parts > 1 && is_type(segments[0]) && symbol.chars().all(|c| !c.is_uppercase()),
        (true, 1) => letters >= 2 && (has_year || is_type(symbol)),
        (true, _) => letters >= 3,
    }
}

/// Capitals, with the few lower-case letters of `TTg`, `TTr`, `CTr`, `QyĐ`, `TrS`.
fn is_symbol_case(segment: &str) -> bool {
    let lower = segment.chars().filter(|c| c.is_lowercase()).count();
    let upper = segment.chars().filter(|c| c.is_uppercase()).count();
    upper > lower && lower <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn canonical(text: &str) -> Vec<String> {
        document_numbers(text).iter().map(DocumentNumber::canonical).collect()
    }

    #[test]
    fn finds_every_style() {
        for number in [
            "118/KH-UBND",
            "57-NQ/TW",
            "1169/QĐ-TTg",
            "30/2020/NĐ-CP",
            "3260-KH/ĐĐQH15",
            "12/UBND-KGVX",
            "91/2025/QH15",
            "1663/NQ-UBTVQH15",
            "05/2024/L-CTN",
            "02-KH/BCĐTW",
            "22/TTr-SKHCN",
            "08/CTr-UBND",
            "01/QyĐ-UBND",
            "20/2012/TTLT-BLĐTBXH-BTC",
            "41/2026/TT-BKHCN",
            "15/BC-SVHTT&DL",
            "12/QĐ",
            "1425/QĐ-UBND-HC",
        ] {
            assert_eq!(canonical(number), [number]);
            assert_eq!(canonical(&format!("theo số {number}, ngày 1/1/2026")), [number]);
        }
    }

    #[test]
    fn bridges_stray_spaces_and_dashes() {
        for (written, expected) in [
            ("57- NQ/TW", "57-NQ/TW"),
            ("57 - NQ/TW", "57-NQ/TW"),
            ("57–NQ/TW", "57-NQ/TW"),
            ("173    /KH-UBND", "173/KH-UBND"),
            ("1169/QĐ-\nTTG", "1169/QĐ-TTG"),
            ("118/kh-ubnd", "118/kh-ubnd"),
            ("-118/KH-UBND", "118/KH-UBND"),
            ("30 /2020/NĐ-CP", "30/2020/NĐ-CP"),
        ] {
            assert_eq!(canonical(written), [expected]);
        }
    }

    #[test]
    fn stops_where_the_number_ends() {
        let found = document_numbers("57-NQ/TW - Nghị quyết; 118/KH-UBND-");
        assert_eq!(found[0].text, "57-NQ/TW");
        assert_eq!(found[1].text, "118/KH-UBND");
    }

    #[test]
    fn refuses_lookalikes() {
        for text in [
            "20/6/2026",
            "20-6-2026",
            "6/2026",
            "quý 1/2026",
            "2025 - 2026",
            "24/7",
            "12-A",
            "7-ELEVEN",
            "3/4 dân số",
            "5-10 ngày",
            "2025 - UBND tỉnh",
            "số 12/khu phố",
            "/KH-UBND",
            "1.234/QĐ",
            "ISO/IEC 27001",
            "90% - KH",
            "năm 2025\n- QĐ/TW",
            "năm 2025 - HĐND-UBND xã",
            "trang 12\n- KT-XH",
        ] {
            assert!(document_numbers(text).is_empty(), "{text}: {:?}", canonical(text));
        }
    }

    #[test]
    fn tells_the_parts() {
        let numbers = document_numbers("05/KH-UBND và 30/2020/NĐ-CP và 12/UBND-KGVX và 91/2025/QH15 và 57-NQ/TW");
        let types: Vec<_> = numbers.iter().map(|n| n.type_abbreviation()).collect();
        assert_eq!(types, [Some("KH"), Some("NĐ"), None, None, Some("NQ")]);
        let names: Vec<_> = numbers.iter().map(|n| n.document_type()).collect();
        assert_eq!(names, [Some("kế hoạch"), Some("nghị định"), None, None, Some("nghị quyết")]);
        assert_eq!(numbers[1].year, Some(2020));
        assert_eq!(numbers[0].key(), "5/kh-ubnd");
        assert_eq!(numbers[0].key(), document_numbers("5/kh-ubnd")[0].key());
        assert!(numbers[4].is_party_style() && !numbers[0].is_party_style());
    }

    proptest! {
        #[test]
        fn finds_what_was_written(number in 1u32..99999, kind in "(KH|QĐ|NQ|BC|TTr)", body in "(UBND|HĐND|SKHCN|TTg)", before in "(theo |số |)", after in "(| ngày|,|;|\\.)") {
            let written = format!("{number}/{kind}-{body}");
            prop_assert_eq!(canonical(&format!("{before}{written}{after}")), [written]);
        }

        #[test]
        fn spans_are_true(text in "[0-9/A-ZĐa-z –-]{0,40}") {
            for number in document_numbers(&text) {
                prop_assert_eq!(&text[number.span.clone()], number.text);
                number.key();
            }
        }
    }
}
