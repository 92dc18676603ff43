//! Parts of a date that begin with a figure: `20/6/2026`, `6/2026`, `2026`; and the years behind other parts.

use super::DateError;
use super::named::{eat_month_behind_word, eat_word};
use super::part::Part;
use crate::cursor::Cursor;

/// Four digits outside are a quantity rather than a year.
const YEARS: std::ops::Range<i32> = 1800..2200;

/// What begins with a digit: a date, a month of a year, a year, or a bare number.
pub(super) fn eat_figures(cursor: &mut Cursor) -> Result<Part, DateError> {
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
        return Ok(Part::Day { day: first, month: Some(month), year });
    }
    let Some((separator, mut ahead)) = eat_joint(cursor) else {
        return Ok(Part::Bare { number: first });
    };
    if let Some(year) = eat_year(&mut ahead) {
        *cursor = ahead;
        return check_end(cursor, Part::Month { month: first, year: Some(year) });
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
            return check_end(cursor, Part::Day { day, month: Some(month), year: Some(year) });
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
    check_end(cursor, Part::Day { day, month: Some(month), year })
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
    if runs_on { Err(DateError::NotADate) } else { Ok(part) }
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
    let year = eat_year(&mut ahead)?;
    ahead.eat(|c| c == '-')?;
    let (month_digits, month) = ahead.eat_number(2)?;
    ahead.eat(|c| c == '-')?;
    let (day_digits, day) = ahead.eat_number(2)?;
    if month_digits.len() != 2 || day_digits.len() != 2 {
        return None;
    }
    *cursor = ahead;
    Some(Part::Day { day, month: Some(month), year: Some(year) })
}

/// `/2026`, `-2026`, ` năm 2026`, ` 2026` behind a month or quarter.
pub(super) fn eat_year_behind(cursor: &mut Cursor) -> Option<i32> {
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

pub(super) fn eat_year(cursor: &mut Cursor) -> Option<i32> {
    let mut ahead = *cursor;
    let (digits, year) = ahead.eat_number(4)?;
    let year = i32::try_from(year).ok().filter(|year| digits.len() == 4 && YEARS.contains(year))?;
    if ahead.peek().is_some_and(char::is_alphabetic) {
        return None;
    }
    *cursor = ahead;
    Some(year)
}
