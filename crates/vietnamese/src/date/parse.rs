//! Reading dates and periods.

use chrono::NaiveDate;

use super::{DateError, Period, PeriodKind};
use crate::cursor::Cursor;
use crate::fold::bare_letter;
use crate::normalise::{is_fancy_dash, normalise};
use crate::roman::from_roman;

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

/// One end of a range, or the whole: what was written, with gaps where nothing was.
#[derive(Clone, Copy, Debug)]
enum Part {
    Day {
        day: u32,
        month: Option<u32>,
        year: Option<i32>,
    },
    Month {
        month: u32,
        year: Option<i32>,
    },
    Quarter {
        quarter: u32,
        year: Option<i32>,
    },
    /// The first or last months of a year.
    Portion {
        months: u32,
        is_last: bool,
        year: Option<i32>,
    },
    Year {
        year: i32,
    },
    /// A number whose meaning the other end of the range gives.
    Bare {
        number: u32,
    },
}

impl Part {
    fn year(&self) -> Option<i32> {
        match *self {
            Part::Day { year, .. }
            | Part::Month { year, .. }
            | Part::Quarter { year, .. }
            | Part::Portion { year, .. } => year,
            Part::Year { year } => Some(year),
            Part::Bare { .. } => None,
        }
    }

    /// The part with the gaps filled from the other end.
    fn filled_from(self, other: &Part) -> Part {
        let their_month = match other {
            Part::Day { month, .. } => *month,
            _ => None,
        };
        match (self, other) {
            (Part::Day { day, month, year }, _) => Part::Day {
                day,
                month: month.or(their_month),
                year: year.or(other.year()),
            },
            (Part::Month { month, year }, _) => Part::Month {
                month,
                year: year.or(other.year()),
            },
            (Part::Quarter { quarter, year }, _) => Part::Quarter {
                quarter,
                year: year.or(other.year()),
            },
            (Part::Bare { number }, Part::Day { month, year, .. }) => Part::Day {
                day: number,
                month: *month,
                year: *year,
            },
            (Part::Bare { number }, Part::Month { year, .. }) => Part::Month {
                month: number,
                year: *year,
            },
            (Part::Bare { number }, Part::Quarter { year, .. }) => Part::Quarter {
                quarter: number,
                year: *year,
            },
            (part, _) => part,
        }
    }

    fn complete(self) -> Result<Period, DateError> {
        match self {
            Part::Day { day, month, year } => {
                let month = month.ok_or(DateError::NotADate)?;
                check_month(month)?;
                let year = year.ok_or(DateError::MissingYear)?;
                let date = NaiveDate::from_ymd_opt(year, month, day);
                date.map(Period::day)
                    .ok_or(DateError::NoSuchDay { day, month, year })
            }
            Part::Month { month, year } => {
                check_month(month)?;
                Period::month(year.ok_or(DateError::MissingYear)?, month).ok_or(DateError::NotADate)
            }
            Part::Quarter { quarter, year } => {
                let year = year.ok_or(DateError::MissingYear)?;
                Period::quarter(year, quarter).ok_or(DateError::NoSuchQuarter(quarter))
            }
            Part::Portion {
                months,
                is_last,
                year,
            } => portion(months, is_last, year.ok_or(DateError::MissingYear)?)
                .ok_or(DateError::NotADate),
            Part::Year { year } => Period::year(year).ok_or(DateError::NotADate),
            Part::Bare { .. } => Err(DateError::NotADate),
        }
    }
}

fn check_month(month: u32) -> Result<(), DateError> {
    if (1..=12).contains(&month) {
        Ok(())
    } else {
        Err(DateError::NoSuchMonth(month))
    }
}

fn portion(months: u32, is_last: bool, year: i32) -> Option<Period> {
    match (months, is_last) {
        (6, _) => Period::half(year, 1 + u32::from(is_last)),
        (2..12, false) => Period::between(Period::month(year, 1)?, Period::month(year, months)?),
        (2..12, true) => {
            Period::between(Period::month(year, 13 - months)?, Period::month(year, 12)?)
        }
        _ => None,
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
        return eat_year(cursor)
            .map(|year| Part::Year { year })
            .ok_or(DateError::NotADate);
    }
    if let Some(portion) = eat_portion(cursor) {
        return Ok(portion);
    }
    match before {
        Some(Part::Quarter { .. }) if cursor.peek().is_some_and(|c| !c.is_ascii_digit()) => {
            eat_quarter(cursor)
        }
        _ => eat_figures(cursor),
    }
}

fn eat_day_behind_word(cursor: &mut Cursor) -> Result<Part, DateError> {
    cursor.eat_spaces(3);
    eat_word(cursor, &["mùng", "mồng"]);
    cursor.eat_spaces(3);
    match eat_figures(cursor)? {
        day @ Part::Day { .. } => Ok(day),
        Part::Bare { number } => Ok(Part::Day {
            day: number,
            month: None,
            year: None,
        }),
        _ => Err(DateError::NotADate),
    }
}

fn eat_month_behind_word(cursor: &mut Cursor) -> Result<Part, DateError> {
    cursor.eat_spaces(3);
    let month = match cursor.eat_number(2) {
        Some((_, month)) => month,
        None => eat_month_name(cursor).ok_or(DateError::NotADate)?,
    };
    Ok(Part::Month {
        month,
        year: eat_year_behind(cursor),
    })
}

fn eat_quarter(cursor: &mut Cursor) -> Result<Part, DateError> {
    cursor.eat_spaces(3);
    let quarter = match cursor.eat_number(2) {
        Some((_, quarter)) => quarter,
        None => from_roman(cursor.eat_while(char::is_alphanumeric)).ok_or(DateError::NotADate)?,
    };
    if !(1..=4).contains(&quarter) {
        return Err(DateError::NoSuchQuarter(quarter));
    }
    Ok(Part::Quarter {
        quarter,
        year: eat_year_behind(cursor),
    })
}

/// `6 tháng đầu năm 2026`, `sáu tháng cuối năm 2026`, `nửa đầu năm 2026`.
fn eat_portion(cursor: &mut Cursor) -> Option<Part> {
    let mut ahead = *cursor;
    let months = if eat_word(&mut ahead, &["nửa"]) {
        6
    } else {
        let months = match ahead.eat_number(2) {
            Some((_, months)) => months,
            None => eat_month_name(&mut ahead)?,
        };
        ahead.eat_spaces(3);
        eat_word(&mut ahead, &["tháng"]).then_some(months)?
    };
    ahead.eat_spaces(3);
    let is_last = eat_word(&mut ahead, &["cuối"]);
    if !is_last && !eat_word(&mut ahead, &["đầu"]) {
        return None;
    }
    ahead.eat_spaces(3);
    eat_word(&mut ahead, &["năm"]).then_some(())?;
    ahead.eat_spaces(3);
    let year = eat_year(&mut ahead);
    *cursor = ahead;
    Some(Part::Portion {
        months,
        is_last,
        year,
    })
}

/// What begins with a digit: a date, a month of a year, a year, or a bare number.
fn eat_figures(cursor: &mut Cursor) -> Result<Part, DateError> {
    if let Some(iso) = eat_iso_date(cursor) {
        return Ok(iso);
    }
    if let Some(year) = eat_year(cursor) {
        return Ok(Part::Year { year });
    }
    let (_, first) = cursor.eat_number(2).ok_or(DateError::NotADate)?;
    let mut ahead = *cursor;
    ahead.eat_spaces(3);
    if eat_word(&mut ahead, &["tháng"])
        && let Ok(Part::Month { month, year }) = eat_month_behind_word(&mut ahead)
    {
        *cursor = ahead;
        return Ok(Part::Day {
            day: first,
            month: Some(month),
            year,
        });
    }
    let Some((separator, mut ahead)) = eat_joint(cursor) else {
        return Ok(Part::Bare { number: first });
    };
    if let Some(year) = eat_year(&mut ahead) {
        *cursor = ahead;
        return check_end(
            cursor,
            Part::Month {
                month: first,
                year: Some(year),
            },
        );
    }
    let Some((_, second)) = ahead.eat_number(2) else {
        return Ok(Part::Bare { number: first });
    };
    eat_date_behind(cursor, ahead, separator, [first, second])
}

/// The year of a date whose day and month are read; `ahead` stands behind the month.
fn eat_date_behind<'a>(
    cursor: &mut Cursor<'a>,
    ahead: Cursor<'a>,
    separator: char,
    [day, month]: [u32; 2],
) -> Result<Part, DateError> {
    if let Some((again, mut at_year)) = eat_joint(&ahead)
        && again == separator
    {
        if let Some(year) = eat_year(&mut at_year) {
            *cursor = at_year;
            return check_end(
                cursor,
                Part::Day {
                    day,
                    month: Some(month),
                    year: Some(year),
                },
            );
        }
        return match at_year.eat_number(2) {
            Some((_, year)) => Err(DateError::TwoDigitYear(year)),
            None => Err(DateError::NotADate),
        };
    }
    if separator != '/' {
        return Ok(Part::Bare { number: day });
    }
    *cursor = ahead;
    let year = eat_year_in_words(cursor);
    check_end(
        cursor,
        Part::Day {
            day,
            month: Some(month),
            year,
        },
    )
}

/// A figure that runs on (`6/2020/NĐ-CP`) is no date.
fn check_end(cursor: &Cursor, part: Part) -> Result<Part, DateError> {
    let mut rest = cursor.rest().chars();
    let runs_on = match rest.next() {
        Some('/') => rest.next().is_some_and(char::is_alphanumeric),
        Some('-') => rest.next().is_some_and(char::is_alphabetic),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    if runs_on {
        Err(DateError::NotADate)
    } else {
        Ok(part)
    }
}

/// The separator inside a date: a slash with at most one space on each side, or a hyphen or point without.
fn eat_joint<'a>(cursor: &Cursor<'a>) -> Option<(char, Cursor<'a>)> {
    let mut ahead = *cursor;
    if let Some(tight) = ahead.eat(|c| matches!(c, '-' | '.')) {
        return Some((tight, ahead));
    }
    ahead.eat_spaces(1);
    let slash = ahead.eat(|c| c == '/')?;
    ahead.eat_spaces(1);
    Some((slash, ahead))
}

/// `2026-06-20`.
fn eat_iso_date(cursor: &mut Cursor) -> Option<Part> {
    let mut ahead = *cursor;
    let year = eat_four_digits(&mut ahead)?;
    ahead.eat(|c| c == '-')?;
    let (month_digits, month) = ahead.eat_number(2)?;
    ahead.eat(|c| c == '-')?;
    let (day_digits, day) = ahead.eat_number(2)?;
    if month_digits.len() != 2 || day_digits.len() != 2 {
        return None;
    }
    *cursor = ahead;
    Some(Part::Day {
        day,
        month: Some(month),
        year: Some(year),
    })
}

/// `/2026`, `-2026`, ` năm 2026`, ` 2026` behind a month or quarter.
fn eat_year_behind(cursor: &mut Cursor) -> Option<i32> {
    if let Some((_, mut ahead)) = eat_joint(cursor)
        && let Some(year) = eat_year(&mut ahead)
    {
        *cursor = ahead;
        return Some(year);
    }
    eat_year_in_words(cursor)
}

fn eat_year_in_words(cursor: &mut Cursor) -> Option<i32> {
    let mut ahead = *cursor;
    ahead.eat_spaces(3);
    eat_word(&mut ahead, &["năm"]).then_some(())?;
    ahead.eat_spaces(3);
    let year = eat_year(&mut ahead)?;
    *cursor = ahead;
    Some(year)
}

fn eat_year(cursor: &mut Cursor) -> Option<i32> {
    let mut ahead = *cursor;
    let year = eat_four_digits(&mut ahead).filter(|year| (1800..2200).contains(year))?;
    if ahead.peek().is_some_and(char::is_alphabetic) {
        return None;
    }
    *cursor = ahead;
    Some(year)
}

fn eat_four_digits(cursor: &mut Cursor) -> Option<i32> {
    let mut ahead = *cursor;
    let (digits, value) = ahead.eat_number(4)?;
    if digits.len() != 4 {
        return None;
    }
    *cursor = ahead;
    i32::try_from(value).ok()
}

/// `sáu`, `tư`, `mười hai`. *Năm* directly before a year is the word "year": the empty date of a draft, no fifth month.
fn eat_month_name(cursor: &mut Cursor) -> Option<u32> {
    const NAMES: [&[&str]; 10] = [
        &["một"],
        &["hai"],
        &["ba"],
        &["tư", "bốn"],
        &["năm"],
        &["sáu"],
        &["bảy", "bẩy"],
        &["tám"],
        &["chín"],
        &["mười"],
    ];
    let mut ahead = *cursor;
    let index = NAMES.iter().position(|names| eat_word(&mut ahead, names))?;
    let mut month = index as u32 + 1;
    let mut behind = ahead;
    behind.eat_spaces(3);
    if month == 5 && behind.peek().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    if month == 10
        && let Some(unit) = NAMES[..2]
            .iter()
            .position(|names| eat_word(&mut behind, names))
    {
        month += unit as u32 + 1;
        ahead = behind;
    }
    *cursor = ahead;
    Some(month)
}

fn eat_words(cursor: &mut Cursor, words: &[&str]) {
    let mut ahead = *cursor;
    for word in words {
        if !eat_word(&mut ahead, &[word]) {
            return;
        }
        ahead.eat_spaces(3);
    }
    *cursor = ahead;
}

/// Moves over the next word when it is one of these, in any case, with all of its marks or none.
pub(super) fn eat_word(cursor: &mut Cursor, words: &[&str]) -> bool {
    let mut ahead = *cursor;
    let run = ahead.eat_while(|c| c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}'));
    let fits = !run.is_empty() && words.iter().any(|word| is_word(run, word));
    if fits {
        *cursor = ahead;
    }
    fits
}

fn is_word(run: &str, word: &str) -> bool {
    if run.is_ascii() {
        return run
            .chars()
            .map(|c| c.to_ascii_lowercase())
            .eq(word.chars().map(bare_letter));
    }
    normalise(run)
        .chars()
        .flat_map(char::to_lowercase)
        .eq(word.chars())
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
        assert_eq!(
            shown("ngày mùng 5 tháng 6 năm 2026"),
            "2026-06-05 2026-06-05 Day"
        );
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
            (
                "từ ngày 11/9 đến ngày 20/12/2026",
                "2026-09-11 2026-12-20 Days",
            ),
            (
                "từ ngày 11/9 đến hết năm 2026",
                "2026-09-11 2026-12-31 Days",
            ),
            (
                "từ ngày 1 đến ngày 5 tháng 6 năm 2026",
                "2026-06-01 2026-06-05 Days",
            ),
            (
                "từ ngày 01 tháng 6 đến ngày 05 tháng 7 năm 2026",
                "2026-06-01 2026-07-05 Days",
            ),
            ("01/6 - 30/6/2026", "2026-06-01 2026-06-30 Days"),
            ("01/6-30/6/2026", "2026-06-01 2026-06-30 Days"),
            ("ngày 1 - 5/6/2026", "2026-06-01 2026-06-05 Days"),
            ("15/12/2025-14/6/2026", "2025-12-15 2026-06-14 Days"),
            (
                "từ tháng 6 đến tháng 9/2026",
                "2026-06-01 2026-09-30 Months",
            ),
            (
                "từ tháng 6/2026 đến tháng 9",
                "2026-06-01 2026-09-30 Months",
            ),
            ("tháng 6 - 9/2026", "2026-06-01 2026-09-30 Months"),
            ("6-9/2026", "2026-06-01 2026-09-30 Months"),
            ("quý I - quý III/2026", "2026-01-01 2026-09-30 Months"),
            ("quý I - III/2026", "2026-01-01 2026-09-30 Months"),
            (
                "tu thang 6 den het nam 2026",
                "2026-06-01 2026-12-31 Months",
            ),
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
            (
                "31/6/2026",
                NoSuchDay {
                    day: 31,
                    month: 6,
                    year: 2026,
                },
            ),
            (
                "ngày 29 tháng 2 năm 2026",
                NoSuchDay {
                    day: 29,
                    month: 2,
                    year: 2026,
                },
            ),
            (
                "0/6/2026",
                NoSuchDay {
                    day: 0,
                    month: 6,
                    year: 2026,
                },
            ),
            (
                "1/6/2026 - 31/6/2026",
                NoSuchDay {
                    day: 31,
                    month: 6,
                    year: 2026,
                },
            ),
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
