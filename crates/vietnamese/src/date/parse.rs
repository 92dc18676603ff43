//! Reading dates and periods.

use chrono::NaiveDate;

use super::figures::{eat_figures, eat_year};
use super::named::{eat_day_behind_word, eat_month_behind_word, eat_portion, eat_quarter, eat_word, eat_words};
use super::part::Part;
use super::{DateError, Period, PeriodKind};
use crate::cursor::Cursor;
use crate::normalise::{is_fancy_dash, normalise};

/// Reads a whole text as one date or period.
///
/// Days: `20/6/2026`, `20-6-2026`, `20.6.2026`, `2026-06-20`, `ngày 20 tháng 6 năm 2026`. Months: `6/2026`, `tháng 6/2026`,
/// `tháng sáu năm 2026`. Quarters: `quý II/2026`, `quý 2 năm 2026`. Parts of a year: `6 tháng đầu năm 2026`, `9 tháng đầu năm
/// 2026`. Years: `năm 2026`, `2026`. Ranges of these with a dash or `từ … đến (hết) …`, where one end may leave out
/// what the other says: `từ ngày 11/9 đến hết năm 2026`, `tháng 6 - 9/2026`. Unaccented words are understood.
///
/// ```
/// use vietnamese::date::{DateError, parse_period};
/// assert_eq!(parse_period("Quý 2 năm 2026").unwrap().to_string(), "quý II/2026");
/// assert_eq!(parse_period("31/6/2026"), Err(DateError::NoSuchDay { day: 31, month: 6, year: 2026 }));
/// assert_eq!(parse_period("20/6"), Err(DateError::MissingYear));
/// ```
pub fn parse_period(text: &str) -> Result<Period, DateError> {
    let text = normalise(text);
    let text = text.trim().trim_end_matches(['.', ';', ',']).trim_end();
    let mut cursor = Cursor::new(text, 0);
    let period = eat_period(&mut cursor)?;
    match cursor.rest() {
        "" => Ok(period),
        _ => Err(DateError::NotADate),
    }
}

/// Reads a whole text as one day, in any of the forms of [`parse_period`].
///
/// ```
/// assert_eq!(vietnamese::date::parse_date("ngày 03 tháng 02 năm 2026").unwrap().to_string(), "2026-02-03");
/// ```
pub fn parse_date(text: &str) -> Result<NaiveDate, DateError> {
    let period = parse_period(text)?;
    match period.kind() {
        PeriodKind::Day => Ok(period.start()),
        _ => Err(DateError::NotADate),
    }
}

/// Reads the longest period at the cursor and moves behind it.
pub(super) fn eat_period(cursor: &mut Cursor) -> Result<Period, DateError> {
    let mut ahead = *cursor;
    eat_words(&mut ahead, &["giai", "đoạn"]);
    let says_from = eat_word(&mut ahead, &["từ"]);
    ahead.eat_spaces(3);
    let first = eat_part(&mut ahead, None)?;
    let behind_first = ahead;
    if let Some(last) = eat_range_end(&mut ahead, &first) {
        let period = range(first, last)?;
        *cursor = ahead;
        return Ok(period);
    }
    if says_from {
        return Err(DateError::NotADate);
    }
    let period = first.complete()?;
    *cursor = behind_first;
    Ok(period)
}

fn range(first: Part, last: Part) -> Result<Period, DateError> {
    let start = first.filled_from(&last).complete()?;
    let end = last.filled_from(&first).complete()?;
    Period::between(start, end).ok_or(DateError::EndBeforeStart)
}

fn eat_range_end(cursor: &mut Cursor, first: &Part) -> Option<Part> {
    let mut ahead = *cursor;
    let spaces = ahead.eat_spaces(3);
    if ahead.eat(is_dash).is_none() {
        let says_to = spaces > 0 && eat_word(&mut ahead, &["đến", "tới"]);
        if !says_to {
            return None;
        }
        ahead.eat_spaces(3);
        eat_word(&mut ahead, &["hết"]);
    }
    ahead.eat_spaces(3);
    let part = eat_part(&mut ahead, Some(first)).ok()?;
    *cursor = ahead;
    Some(part)
}

fn eat_part(cursor: &mut Cursor, before: Option<&Part>) -> Result<Part, DateError> {
    if eat_word(cursor, &["ngày"]) {
        return eat_day_behind_word(cursor);
    }
    if eat_word(cursor, &["tháng"]) {
        return eat_month_behind_word(cursor);
    }
    if eat_word(cursor, &["quý", "quí"]) {
        return eat_quarter(cursor);
    }
    if eat_word(cursor, &["năm"]) {
        cursor.eat_spaces(3);
        return eat_year(cursor).map(|year| Part::Year { year }).ok_or(DateError::NotADate);
    }
    if let Some(portion) = eat_portion(cursor) {
        return Ok(portion);
    }
    match before {
        Some(Part::Quarter { .. }) if cursor.peek().is_some_and(|c| !c.is_ascii_digit()) => eat_quarter(cursor),
        _ => eat_figures(cursor),
    }
}

fn is_dash(c: char) -> bool {
    c == '-' || is_fancy_dash(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        match parse_period(text) {
            Ok(period) => format!("{} {} {:?}", period.start(), period.end(), period.kind()),
            Err(error) => panic!("{text}: {error}"),
        }
    }

    #[test]
    fn reads_days() {
        for text in [
            "20/6/2026",
            "20/06/2026",
            "20-6-2026",
            "20.6.2026",
            "20 / 6 / 2026",
            "2026-06-20",
            "ngày 20/6/2026",
            "ngày 20 tháng 6 năm 2026",
            "Ngày 20 tháng 06 năm 2026.",
            "20 tháng 6 năm 2026",
            "20 tháng sáu năm 2026",
            "ngay 20 thang 6 nam 2026",
            "NGÀY 20 THÁNG 6 NĂM 2026",
            "ngày\u{A0}20\ntháng 6/2026",
            "nga\u{300}y 20 tha\u{301}ng 6 na\u{306}m 2026",
            "20/6 năm 2026",
        ] {
            assert_eq!(shown(text), "2026-06-20 2026-06-20 Day", "{text}");
        }
        assert_eq!(shown("ngày mùng 5 tháng 6 năm 2026"), "2026-06-05 2026-06-05 Day");
    }

    #[test]
    fn reads_months_quarters_and_years() {
        for (text, expected) in [
            ("6/2026", "2026-06-01 2026-06-30 Month"),
            ("tháng 6/2026", "2026-06-01 2026-06-30 Month"),
            ("tháng 6 năm 2026", "2026-06-01 2026-06-30 Month"),
            ("tháng 6-2026", "2026-06-01 2026-06-30 Month"),
            ("tháng năm năm 2026", "2026-05-01 2026-05-31 Month"),
            ("tháng mười hai năm 2026", "2026-12-01 2026-12-31 Month"),
            ("tháng mười năm 2026", "2026-10-01 2026-10-31 Month"),
            ("quý II/2026", "2026-04-01 2026-06-30 Quarter"),
            ("Quí 2/2026", "2026-04-01 2026-06-30 Quarter"),
            ("QUÝ IV NĂM 2026", "2026-10-01 2026-12-31 Quarter"),
            ("quý 1 năm 2026", "2026-01-01 2026-03-31 Quarter"),
            ("năm 2026", "2026-01-01 2026-12-31 Year"),
            ("2026", "2026-01-01 2026-12-31 Year"),
            ("6 tháng đầu năm 2026", "2026-01-01 2026-06-30 Half"),
            ("06 tháng cuối năm 2026", "2026-07-01 2026-12-31 Half"),
            ("sáu tháng đầu năm 2026", "2026-01-01 2026-06-30 Half"),
            ("nửa cuối năm 2026", "2026-07-01 2026-12-31 Half"),
            ("9 tháng đầu năm 2026", "2026-01-01 2026-09-30 Months"),
            ("3 tháng cuối năm 2026", "2026-10-01 2026-12-31 Months"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn reads_ranges() {
        for (text, expected) in [
            ("2025 - 2026", "2025-01-01 2026-12-31 Years"),
            ("2025-2030", "2025-01-01 2030-12-31 Years"),
            ("giai đoạn 2025 – 2030", "2025-01-01 2030-12-31 Years"),
            ("từ năm 2025 đến năm 2030", "2025-01-01 2030-12-31 Years"),
            ("từ 2025 đến 2030", "2025-01-01 2030-12-31 Years"),
            ("từ ngày 11/9 đến ngày 20/12/2026", "2026-09-11 2026-12-20 Days"),
            ("từ ngày 11/9 đến hết năm 2026", "2026-09-11 2026-12-31 Days"),
            ("từ ngày 1 đến ngày 5 tháng 6 năm 2026", "2026-06-01 2026-06-05 Days"),
            ("từ ngày 01 tháng 6 đến ngày 05 tháng 7 năm 2026", "2026-06-01 2026-07-05 Days"),
            ("01/6 - 30/6/2026", "2026-06-01 2026-06-30 Days"),
            ("01/6-30/6/2026", "2026-06-01 2026-06-30 Days"),
            ("ngày 1 - 5/6/2026", "2026-06-01 2026-06-05 Days"),
            ("15/12/2025-14/6/2026", "2025-12-15 2026-06-14 Days"),
            ("từ tháng 6 đến tháng 9/2026", "2026-06-01 2026-09-30 Months"),
            ("từ tháng 6/2026 đến tháng 9", "2026-06-01 2026-09-30 Months"),
            ("tháng 6 - 9/2026", "2026-06-01 2026-09-30 Months"),
            ("6-9/2026", "2026-06-01 2026-09-30 Months"),
            ("quý I - quý III/2026", "2026-01-01 2026-09-30 Months"),
            ("quý I - III/2026", "2026-01-01 2026-09-30 Months"),
            ("tu thang 6 den het nam 2026", "2026-06-01 2026-12-31 Months"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn refuses() {
        use DateError::*;
        for (text, error) in [
            ("", NotADate),
            ("thường xuyên", NotADate),
            ("31/6/2026", NoSuchDay { day: 31, month: 6, year: 2026 }),
            ("ngày 29 tháng 2 năm 2026", NoSuchDay { day: 29, month: 2, year: 2026 }),
            ("0/6/2026", NoSuchDay { day: 0, month: 6, year: 2026 }),
            ("1/6/2026 - 31/6/2026", NoSuchDay { day: 31, month: 6, year: 2026 }),
            ("20/13/2026", NoSuchMonth(13)),
            ("13/2026", NoSuchMonth(13)),
            ("tháng 0/2026", NoSuchMonth(0)),
            ("quý V/2026", NoSuchQuarter(5)),
            ("quý 0/2026", NoSuchQuarter(0)),
            ("20/6", MissingYear),
            ("tháng 6", MissingYear),
            ("quý II", MissingYear),
            ("6 tháng đầu năm", MissingYear),
            ("20/6/26", TwoDigitYear(26)),
            ("2026 - 2025", EndBeforeStart),
            ("từ ngày 2/6 đến ngày 1/6/2026", EndBeforeStart),
            ("năm 2O26", NotADate),
            ("tháng năm 2026", NotADate),
            ("ngày tháng năm 2026", NotADate),
            ("30/2020/NĐ-CP", NotADate),
            ("12 tháng", NotADate),
            ("20", NotADate),
            ("20/6/2026 và sau đó", NotADate),
            ("từ năm 2026", NotADate),
            ("0026", NotADate),
            ("4052-06-20", NotADate),
            ("99999999999/1/2026", NotADate),
        ] {
            assert_eq!(parse_period(text), Err(error), "{text}");
            assert!(error.in_vietnamese().ends_with('.'));
        }
        assert_eq!(parse_date("6/2026"), Err(NotADate));
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(kind in 0u8..6, year in 1900i32..2100, a in 0u64..700, b in 0u64..700) {
            let day = |n: u64| NaiveDate::from_ymd_opt(year, 1, 1).unwrap() + chrono::Days::new(n);
            let month = |n: u64| Period::month(year, n as u32 % 12 + 1).unwrap();
            let period = match kind {
                0 => Some(Period::day(day(a))),
                1 => Some(month(a)),
                2 => Period::quarter(year, a as u32 % 4 + 1),
                3 => Period::half(year, a as u32 % 2 + 1),
                4 => Period::between(month(a), month(b)),
                _ => Period::between(Period::day(day(a)), Period::day(day(b))),
            };
            if let Some(period) = period {
                prop_assert_eq!(parse_period(&period.to_string()), Ok(period));
            }
        }

        #[test]
        fn long_and_short_dates_read_back(year in 1900i32..2100, n in 0u64..365) {
            let date = NaiveDate::from_ymd_opt(year, 1, 1).unwrap() + chrono::Days::new(n);
            prop_assert_eq!(parse_date(&super::super::long_date(date)), Ok(date));
            prop_assert_eq!(parse_date(&super::super::short_date(date)), Ok(date));
        }

        #[test]
        fn never_fails_badly(text in "((ngày|tháng|năm|quý|từ|đến|giai đoạn|đầu|IV|[0-9]{1,5}|[/ –.-]) ?){0,12}") {
            let _ = parse_period(&text);
        }
    }
}
