//! Finding dates and periods in running text.

use std::ops::Range;

use super::named::eat_word;
use super::parse::eat_period;
use super::{Period, PeriodKind};
use crate::cursor::Cursor;
use crate::tokens::is_mark;

/// A date or period found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPeriod {
    /// What was found.
    pub period: Period,
    /// Its bytes in the text searched.
    pub span: Range<usize>,
}

/// All dates and periods of a text, in order, longest first at each place.
///
/// A bare `2026` is too little to go by and is left out, as are days without a year (`20/6`), impossible days, document
/// numbers, and the empty date of a draft (`ngày … tháng … năm 2026`).
///
/// ```
/// let text = "Từ ngày 11/9 đến hết năm 2026; báo cáo trước ngày 20 tháng 12 năm 2026 theo 30/2020/NĐ-CP.";
/// let found: Vec<_> = vietnamese::date::find_periods(text).iter().map(|f| f.period.to_string()).collect();
/// assert_eq!(found, ["từ ngày 11/9/2026 đến ngày 31/12/2026", "20/12/2026"]);
/// ```
pub fn find_periods(text: &str) -> Vec<FoundPeriod> {
    let mut found = Vec::new();
    let mut cursor = Cursor::new(text, 0);
    while skip_to_start(&mut cursor) {
        let start = cursor.at;
        let mut ahead = cursor;
        if !may_start_period(cursor) {
            skip_over(&mut cursor);
            continue;
        }
        match eat_period(&mut ahead) {
            Ok(period) if is_telling(period, &text[start..ahead.at]) => {
                found.push(FoundPeriod { period, span: start..ahead.at });
                cursor = ahead;
            }
            _ => skip_over(&mut cursor),
        }
    }
    found
}

/// Moves to the next place where a word or a free-standing figure begins.
fn skip_to_start(cursor: &mut Cursor) -> bool {
    loop {
        cursor.eat_while(|c| !c.is_alphanumeric());
        let Some(c) = cursor.peek() else {
            return false;
        };
        if !c.is_ascii_digit() || cursor.is_free_standing() {
            return true;
        }
        cursor.eat_while(char::is_alphanumeric);
    }
}

/// Whether a figure or one of the words that periods begin with is here; most words are neither.
fn may_start_period(mut cursor: Cursor) -> bool {
    const STARTS: [&str; 19] = [
        "ngày", "tháng", "quý", "quí", "năm", "từ", "giai", "nửa", "một", "hai", "ba", "tư", "bốn", "sáu", "bảy", "bẩy", "tám",
        "chín", "mười",
    ];
    cursor.peek().is_some_and(|c| c.is_ascii_digit()) || eat_word(&mut cursor, &STARTS)
}

fn is_telling(period: Period, written: &str) -> bool {
    period.kind() != PeriodKind::Year || !written.starts_with(|c: char| c.is_ascii_digit())
}

/// Moves over a word that begins no period, and over the whole of a date left empty.
fn skip_over(cursor: &mut Cursor) {
    let mut ahead = *cursor;
    if eat_word(&mut ahead, &["ngày", "tháng"]) {
        let is_blank = |c: char| c.is_whitespace() || matches!(c, '.' | '…' | '_' | '/');
        ahead.eat_while(is_blank);
        eat_word(&mut ahead, &["tháng"]);
        ahead.eat_while(is_blank);
        if eat_word(&mut ahead, &["năm"]) {
            ahead.eat_while(is_blank);
            ahead.eat_number(4);
            *cursor = ahead;
            return;
        }
    }
    cursor.eat_while(|c| c.is_alphanumeric() || is_mark(c));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<String> {
        find_periods(text).iter().map(|f| format!("{} [{}]", f.period, &text[f.span.clone()])).collect()
    }

    #[test]
    fn finds_in_running_text() {
        for (text, expected) in [
            ("hoàn thành trước ngày 20/6/2026.", &["20/6/2026 [ngày 20/6/2026]"][..]),
            ("Quý II/2025 và quý 1/2019", &["quý II/2025 [Quý II/2025]", "quý I/2019 [quý 1/2019]"]),
            ("Hoàn thành trong năm 2026", &["năm 2026 [năm 2026]"]),
            ("giai đoạn 2025 – 2030,", &["2025 - 2030 [giai đoạn 2025 – 2030]"]),
            ("từ năm 2026 trở đi", &["năm 2026 [năm 2026]"]),
            ("Từ tháng 11/2013 trở đi", &["tháng 11/2013 [tháng 11/2013]"]),
            ("Từ năm 2013 đến năm 2020 và tiếp theo", &["2013 - 2020 [Từ năm 2013 đến năm 2020]"]),
            ("(20/6/2026)-21/6/2026", &["20/6/2026 [20/6/2026]", "21/6/2026 [21/6/2026]"]),
            ("6 tháng đầu năm 2026 tăng", &["6 tháng đầu năm 2026 [6 tháng đầu năm 2026]"]),
            ("nga\u{300}y 20/6/2026", &["20/6/2026 [nga\u{300}y 20/6/2026]"]),
        ] {
            assert_eq!(found(text), expected);
        }
    }

    #[test]
    fn leaves_the_rest() {
        for text in [
            "năm 2O26",
            "đạt 2026 hồ sơ",
            "20/6 hằng năm",
            "ngày 31/6/2026",
            "số 30/2020/NĐ-CP",
            "06/2025/TT-BKHCN",
            "45/2019/QH14",
            "Đồng Tháp, ngày     tháng     năm 2026",
            "ngày ... tháng ... năm 2026",
            "tháng năm",
            "1.234/2026",
            "quý vị 2026",
            "A20/6/2026",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn spans_are_true_and_ordered(text in "((ngày|tháng|năm|quý|từ|đến|II|[0-9]{1,4}|[/ –.-]) ?){0,14}") {
            let mut end = 0;
            for hit in find_periods(&text) {
                prop_assert!(hit.span.start >= end && hit.span.end > hit.span.start);
                prop_assert!(hit.period.start() <= hit.period.end());
                prop_assert!(text.get(hit.span.clone()).is_some());
                end = hit.span.end;
            }
        }
    }
}
