//! Parts of a date that begin with a word: `ngày`, `tháng`, `quý`, `nửa đầu năm`.

use super::DateError;
use super::figures::{eat_figures, eat_year, eat_year_behind};
use super::part::Part;
use crate::cursor::Cursor;
use crate::fold::bare_letter;
use crate::normalise::normalise;
use crate::roman::from_roman;
use crate::tokens::is_mark;

pub(super) fn eat_day_behind_word(cursor: &mut Cursor) -> Result<Part, DateError> {
    cursor.eat_spaces(3);
    eat_word(cursor, &["mùng", "mồng"]);
    cursor.eat_spaces(3);
    match eat_figures(cursor)? {
        day @ Part::Day { .. } => Ok(day),
        Part::Bare { number } => Ok(Part::Day { day: number, month: None, year: None }),
        _ => Err(DateError::NotADate),
    }
}

pub(super) fn eat_month_behind_word(cursor: &mut Cursor) -> Result<Part, DateError> {
    cursor.eat_spaces(3);
    let month = match cursor.eat_number(2) {
        Some((_, month)) => month,
        None => eat_month_name(cursor).ok_or(DateError::NotADate)?,
    };
    Ok(Part::Month { month, year: eat_year_behind(cursor) })
}

pub(super) fn eat_quarter(cursor: &mut Cursor) -> Result<Part, DateError> {
    cursor.eat_spaces(3);
    let quarter = match cursor.eat_number(2) {
        Some((_, quarter)) => quarter,
        None => from_roman(cursor.eat_while(char::is_alphanumeric)).ok_or(DateError::NotADate)?,
    };
    if !(1..=4).contains(&quarter) {
        return Err(DateError::NoSuchQuarter(quarter));
    }
    Ok(Part::Quarter { quarter, year: eat_year_behind(cursor) })
}

/// `6 tháng đầu năm 2026`, `sáu tháng cuối năm 2026`, `nửa đầu năm 2026`.
pub(super) fn eat_portion(cursor: &mut Cursor) -> Option<Part> {
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
    Some(Part::Portion { months, is_last, year })
}

/// `sáu`, `tư`, `mười hai`. *Năm* directly before a year is the word "year": the empty date of a draft, no fifth month.
fn eat_month_name(cursor: &mut Cursor) -> Option<u32> {
    const NAMES: [&[&str]; 10] =
        [&["một"], &["hai"], &["ba"], &["tư", "bốn"], &["năm"], &["sáu"], &["bảy", "bẩy"], &["tám"], &["chín"], &["mười"]];
    let mut ahead = *cursor;
    let index = NAMES.iter().position(|names| eat_word(&mut ahead, names))?;
    let mut month = index as u32 + 1;
    let mut behind = ahead;
    behind.eat_spaces(3);
    if month == 5 && behind.peek().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    if month == 10
        && let Some(unit) = NAMES[..2].iter().position(|names| eat_word(&mut behind, names))
    {
        month += unit as u32 + 1;
        ahead = behind;
    }
    *cursor = ahead;
    Some(month)
}

pub(super) fn eat_words(cursor: &mut Cursor, words: &[&str]) {
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
    // Nearly every word is dismissed by its first letter.
    let Some(first) = cursor.peek().map(initial) else {
        return false;
    };
    if !words.iter().any(|word| word.starts_with(|c| initial(c) == first)) {
        return false;
    }
    let mut ahead = *cursor;
    let run = ahead.eat_while(|c| c.is_alphabetic() || is_mark(c));
    let fits = words.iter().any(|word| is_word(run, word));
    if fits {
        *cursor = ahead;
    }
    fits
}

fn initial(c: char) -> char {
    bare_letter(c).to_ascii_lowercase()
}

fn is_word(run: &str, word: &str) -> bool {
    if run.is_ascii() {
        return run.len() == word.chars().count() && run.chars().map(initial).eq(word.chars().map(bare_letter));
    }
    let is_same = |run: &str| run.chars().flat_map(char::to_lowercase).eq(word.chars());
    is_same(run) || (run.contains(is_mark) && is_same(&normalise(run)))
}
