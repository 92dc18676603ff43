//! Reading one field: trimmed, composed (NFC), held to its length and form.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::base::time;
use crate::people::agency::{Confidence, Kind};
use crate::web::Obstacle;

/// A value, or what is wrong with it.
pub type Read<T> = Result<T, Obstacle>;

/// Further names of one agency at most.
const ALIASES_MAX: usize = 40;

/// What a text must be.
#[derive(Clone, Copy)]
pub struct Text {
    needed: bool,
    letters_max: usize,
}

impl Text {
    #[must_use]
    pub const fn needed(letters_max: usize) -> Self {
        Self { needed: true, letters_max }
    }

    #[must_use]
    pub const fn free(letters_max: usize) -> Self {
        Self { needed: false, letters_max }
    }
}

/// One line of text. `|`, `{` and `}` are kept for the table's own use.
///
/// # Errors
/// Missing, too long, or with one of those marks.
pub fn text(given: &str, rule: Text) -> Read<String> {
    let text = clean(given);
    if text.is_empty() && rule.needed {
        return Err(Obstacle::new("agency-wrong-missing"));
    }
    if text.chars().count() > rule.letters_max {
        return Err(Obstacle::new("agency-wrong-long").with("n", rule.letters_max));
    }
    if text.contains(['|', '{', '}']) || text.contains(char::is_control) {
        return Err(Obstacle::new("agency-wrong-marks"));
    }
    Ok(text)
}

/// Several lines.
///
/// # Errors
/// Too long.
pub fn note(given: &str) -> Read<String> {
    let text = vietnamese::normalise(given.trim()).replace("\r\n", "\n");
    if text.chars().count() > 2000 {
        return Err(Obstacle::new("agency-wrong-long").with("n", 2000));
    }
    Ok(text)
}

/// `SKHCN`, `28249`: letters without marks, digits, hyphens and points.
///
/// # Errors
/// Another form, or none.
pub fn code(given: &str) -> Read<String> {
    let code = text(given, Text::needed(30))?.to_uppercase();
    let plain = code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    if plain { Ok(code) } else { Err(Obstacle::new("agency-wrong-code")) }
}

/// `H20`, `H20.12`, `000.00.12.H20` (QCVN 102:2016/BTTTT); empty is allowed.
///
/// # Errors
/// Another form.
pub fn official_code(given: &str) -> Read<String> {
    let code = text(given, Text::free(40))?.to_uppercase();
    let part = |part: &str| {
        let digits = part.strip_prefix(|letter: char| letter.is_ascii_uppercase()).unwrap_or(part);
        (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let fits = code.is_empty() || (code.contains(|letter: char| letter.is_ascii_uppercase()) && code.split('.').all(part));
    if fits { Ok(code) } else { Err(Obstacle::new("agency-wrong-official-code")) }
}

/// A kind by its value or by its Vietnamese or English name.
///
/// # Errors
/// None, or no such kind.
pub fn kind(given: &str) -> Read<Kind> {
    if given.trim().is_empty() {
        return Err(Obstacle::new("agency-wrong-missing"));
    }
    one_of(given, "agency-wrong-kind", Kind::key)
}

/// How sure we are; empty is `high`.
///
/// # Errors
/// None of the three.
pub fn confidence(given: &str) -> Read<Confidence> {
    if given.trim().is_empty() { Ok(Confidence::High) } else { one_of(given, "agency-wrong-confidence", Confidence::key) }
}

fn one_of<T: ActiveEnum<Value = String> + Copy>(given: &str, wrong: &'static str, key: fn(T) -> String) -> Read<T> {
    use crate::web::{Lang, Locale};
    let asked = vietnamese::key(given.trim()).into_owned();
    let named = |one: &T| [Lang::Vi, Lang::En].iter().any(|lang| vietnamese::key(&Locale(*lang).t(&key(*one))) == asked);
    T::iter()
        .find(|one| one.to_value() == given.trim() || named(one))
        .ok_or_else(|| Obstacle::new(wrong).with("value", cut(given)))
}

/// `2026-06-20` or `20/6/2026`, between 1900 and 2100.
///
/// # Errors
/// No such day.
pub fn day(given: &str) -> Read<NaiveDate> {
    let text = clean(given);
    if text.is_empty() {
        return Err(Obstacle::new("agency-wrong-no-day"));
    }
    time::read_day(&text).ok_or_else(|| Obstacle::new("agency-wrong-day").with("value", cut(&text)))
}

/// A day, or nothing.
///
/// # Errors
/// No such day.
pub fn day_if_any(given: &str) -> Read<Option<NaiveDate>> {
    if given.trim().is_empty() { Ok(None) } else { day(given).map(Some) }
}

/// A number within bounds, or nothing. Both `10.5` and `10,5` are read; with both marks the last is the decimal one.
///
/// # Errors
/// No number, or outside the bounds.
pub fn number(given: &str, least: f64, most: f64) -> Read<Option<f64>> {
    let text: String = clean(given).chars().filter(|letter| !letter.is_whitespace()).collect();
    if text.is_empty() {
        return Ok(None);
    }
    let plain = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => text.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => text.replace(',', ""),
        (Some(_), None) => text.replace(',', "."),
        _ => text.clone(),
    };
    let number = plain.parse::<f64>().ok().filter(|number| number.is_finite());
    match number {
        None => Err(Obstacle::new("agency-wrong-number").with("value", cut(&text))),
        Some(number) if number < least || number > most => {
            Err(Obstacle::new("agency-wrong-range").with("least", least).with("most", most))
        }
        Some(number) => Ok(Some(number)),
    }
}

/// An e-mail address by its form (RFC 5321 in the narrow sense that people use), or nothing.
///
/// # Errors
/// Another form.
pub fn email(given: &str) -> Read<String> {
    let email = text(given, Text::free(200))?.to_lowercase();
    let fits = email.split_once('@').is_some_and(|(name, host)| {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte));
        !name.is_empty() && plain(name) && plain(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    if email.is_empty() || fits { Ok(email) } else { Err(Obstacle::new("agency-wrong-email")) }
}

/// A telephone number: digits with spaces, points, brackets and an extension, or nothing.
///
/// # Errors
/// Fewer than eight digits (three for a short number), or other letters.
pub fn phone(given: &str) -> Read<String> {
    let phone = text(given, Text::free(60))?;
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    let fits = (3..=20).contains(&digits) && phone.chars().all(|letter| letter.is_ascii_digit() || " +-.()/x".contains(letter));
    if phone.is_empty() || fits { Ok(phone) } else { Err(Obstacle::new("agency-wrong-phone")) }
}

/// Further names, one a line; without empty ones, repetitions and the name itself.
///
/// # Errors
/// Too many, or one that is no name.
pub fn lines(given: &str, name: &str) -> Read<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for line in given.lines() {
        let line = text(line, Text::free(200))?;
        let known = line.is_empty() || line == name || lines.contains(&line);
        if !known {
            lines.push(line);
        }
        if lines.len() > ALIASES_MAX {
            return Err(Obstacle::new("agency-wrong-many").with("n", ALIASES_MAX));
        }
    }
    Ok(lines)
}

fn clean(given: &str) -> String {
    // A form can send megabytes; what is too long in any case is not worth composing.
    let bounded = given.char_indices().nth(20_000).map_or(given, |(end, _)| &given[..end]);
    vietnamese::normalise::squeeze_spaces(&vietnamese::normalise(bounded)).into_owned()
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_in_the_forms_people_write() {
        assert_eq!(code(" skhcn "), Ok("SKHCN".into()));
        assert_eq!(text("Sở\u{A0} Tài  chi\u{301}nh", Text::needed(20)), Ok("Sở Tài chính".into()));
        for (given, day) in [("1/7/2025", "2025-07-01"), ("01-07-2025", "2025-07-01"), ("2025-07-01", "2025-07-01")] {
            assert_eq!(super::day(given).map(|day| day.to_string()), Ok(day.into()));
        }
        for (given, number) in [("10,5", 10.5), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("10.5", 10.5), ("7", 7.0)] {
            assert_eq!(super::number(given, 0.0, 1e6), Ok(Some(number)), "{given}");
        }
        assert_eq!(kind("Sở"), Ok(Kind::Department));
        assert_eq!(kind("department"), Ok(Kind::Department));
        assert_eq!(phone("(0277) 3851 234"), Ok("(0277) 3851 234".into()));
        assert_eq!(lines("Sở KH&CN\n\n Sở KH&CN\nSKHCN", "SKHCN"), Ok(vec!["Sở KH&CN".into()]));
        for given in ["H20", "h20.12", "000.00.12.H20", "", "G09.1.2"] {
            assert!(official_code(given).is_ok(), "{given}");
        }
    }

    #[test]
    fn what_can_not_be_is_said() {
        let wrong = |read: Read<String>| read.expect_err("a mistake").key;
        assert_eq!(wrong(text("  ", Text::needed(5))), "agency-wrong-missing");
        assert_eq!(wrong(text(&"a".repeat(10_000), Text::needed(200))), "agency-wrong-long");
        assert_eq!(wrong(text("a|b", Text::needed(5))), "agency-wrong-marks");
        assert_eq!(wrong(code("Sở A")), "agency-wrong-code");
        assert_eq!(wrong(official_code("20")), "agency-wrong-official-code");
        assert_eq!(wrong(email("a@b")), "agency-wrong-email");
        assert_eq!(wrong(email("<script>@b.vn")), "agency-wrong-email");
        assert_eq!(wrong(phone("gọi 113")), "agency-wrong-phone");
        for given in ["31/2/2026", "2026", "1/1/26", "hôm nay", "9999-01-01", ""] {
            assert!(day(given).is_err(), "{given}");
        }
        assert!(number("mười", 0.0, 1.0).is_err() && number("2", 0.0, 1.0).is_err() && number("NaN", 0.0, 1.0).is_err());
        assert!(kind("Bộ").is_err() && confidence("chắc").is_err());
        assert!(lines(&(0..100).map(|n| format!("tên {n}\n")).collect::<String>(), "").is_err());
    }
}
