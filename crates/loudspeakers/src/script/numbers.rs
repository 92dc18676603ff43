//! Figures with their units, ranges, telephone numbers.

use vietnamese::number::{Dialect, IN_WORDS_MAX, Notation, Number, digits_in_words, in_words_as, leading_number};

use super::Why;
use super::dates;
use super::reading::{Heard, Reading};

/// Whether a figure begins here that continues nothing.
pub(super) fn is_figure(reading: &Reading, at: usize) -> bool {
    reading.rest(at).starts_with(|c: char| c.is_ascii_digit())
        && !reading.character_before(at).is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Digits at this byte.
pub(super) fn digits<'a>(reading: &Reading<'a>, at: usize) -> &'a str {
    let rest = &reading.text[at..];
    &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()]
}

pub(super) fn dialect(reading: &Reading) -> Dialect {
    if reading.manner.southern { Dialect::South } else { Dialect::North }
}

/// The words of whole numbers made elsewhere, in the dialect that is asked for.
pub(super) fn in_dialect(reading: &Reading, words: &str) -> String {
    match dialect(reading) {
        Dialect::North => words.to_owned(),
        Dialect::South => words.replace("nghìn", "ngàn").replace("linh ", "lẻ "),
    }
}

const BEFORE_TELEPHONE: [&str; 6] = ["điện thoại", "đường dây nóng", "tổng đài", "hotline", "số máy", "gọi"];

/// Digits one by one: numbers of nine to eleven digits that begin with 0, +84, 1800 or 1900, and what is called so.
pub(super) fn telephone(reading: &Reading, at: usize) -> Option<Heard> {
    let rest = reading.rest(at);
    let has_plus = rest.starts_with("+84");
    if !has_plus && !is_figure(reading, at) {
        return None;
    }
    let run = &rest[..rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ' ' | '.' | '-' | '+')).unwrap_or(rest.len())];
    let run = run.trim_end_matches([' ', '.', '-', '+']);
    let count = run.bytes().filter(u8::is_ascii_digit).count();
    let groups: Vec<&str> = run.split([' ', '.', '-', '+']).filter(|group| !group.is_empty()).collect();
    let looks_so = (9..=11).contains(&count) && (run.starts_with('0') || has_plus)
        || matches!(count, 8 | 10) && (run.starts_with("1800") || run.starts_with("1900"));
    let before = reading.words_before(at, 5);
    let is_called = BEFORE_TELEPHONE.iter().any(|words| before.contains(words));
    let first = groups.first()?;
    if looks_so && !run.contains("  ") {
        let said: Vec<String> = groups.iter().map(|group| digits_in_words(group)).collect();
        let plus = if has_plus { "cộng " } else { "" };
        return Heard::sure(format!("{plus}{}", said.join(", ")), at + run.len());
    }
    let follows = reading.rest(at + first.len()).chars().next();
    let is_short = is_called && (3..=5).contains(&first.len()) && !follows.is_some_and(|c| c.is_alphanumeric() || c == '%');
    if is_short { Heard::sure(digits_in_words(first), at + first.len()) } else { None }
}

/// A number, a range, a fraction, with its unit.
pub(super) fn number(reading: &Reading, at: usize) -> Option<Heard> {
    let rest = reading.rest(at);
    let is_signed =
        rest.starts_with(['-', '−', '+']) && !reading.character_before(at).is_some_and(|c| !c.is_whitespace() && c != '(');
    let digits_at = if is_signed { at + rest.chars().next().map_or(0, char::len_utf8) } else { at };
    if !is_figure(reading, digits_at) && !(is_signed && reading.rest(digits_at).starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let mut heard = plain(reading, digits_at)?;
    if is_signed {
        let sign = if rest.starts_with('+') { "cộng" } else { "âm" };
        heard.said = format!("{sign} {}", heard.said);
    }
    if let Some((to, end)) = range_end(reading, heard.end) {
        heard.said = format!("{} đến {}", heard.said, to.said);
        heard = Heard { said: heard.said, end, doubt: heard.doubt.or(to.doubt) };
    } else if let Some((under, end)) = fraction_end(reading, heard.end) {
        heard.said = format!("{} trên {}", heard.said, under.said);
        heard = Heard { said: heard.said, end, doubt: heard.doubt.or(under.doubt) };
    }
    Some(with_unit(reading, heard))
}

/// The number alone.
fn plain(reading: &Reading, at: usize) -> Option<Heard> {
    let run = digits(reading, at);
    let follows = reading.rest(at + run.len());
    let is_code = run.len() > 2 && run.starts_with('0') && !follows.starts_with([',', '.']);
    if is_code {
        return Heard::sure(digits_in_words(run), at + run.len());
    }
    let (read, rest) = leading_number(reading.rest(at))?;
    let end = reading.text.len() - rest.len();
    let written = &reading.text[at..end];
    if let Some(heard) = with_point(written, end, reading) {
        return Some(heard);
    }
    // A space between thousands only where a thousand can be: "năm 2026 100 hộ" is two numbers.
    if read.notation == Notation::Spaced && !run.is_empty() && run.len() > 3 {
        return Heard::sure(words_of(reading, run.parse::<i64>().ok()?)?, at + run.len());
    }
    let doubt = is_two_ways(written, read.notation).then_some(Why::Number);
    match in_words_as(read.value, dialect(reading)) {
        Some(words) => Some(Heard { said: words, end, doubt }),
        None => Heard::doubted(digits_in_words(written), end, Why::Number),
    }
}

fn words_of(reading: &Reading, value: i64) -> Option<String> {
    (u128::from(value.unsigned_abs()) <= IN_WORDS_MAX).then(|| in_words_as(Number::new(value.into(), 0)?, dialect(reading)))?
}

/// `2.0`, `10.10`: a point that parts no thousands.
fn with_point(written: &str, end: usize, reading: &Reading) -> Option<Heard> {
    let (before, after) = written.split_once('.')?;
    let is_short = !after.is_empty() && after.len() <= 2 && after.bytes().all(|b| b.is_ascii_digit());
    let whole = words_of(reading, before.parse().ok()?)?;
    is_short.then(|| Heard { said: format!("{whole} chấm {}", digits_in_words(after)), end, doubt: Some(Why::Number) })
}

fn is_two_ways(written: &str, notation: Notation) -> bool {
    let three_behind_comma = written.split_once(',').is_some_and(|(before, after)| after.len() == 3 && !before.contains('.'));
    notation == Notation::English || three_behind_comma && !written.starts_with("0,")
}

/// What stands behind a dash: a number or a day.
fn range_end(reading: &Reading, at: usize) -> Option<(Heard, usize)> {
    let rest = reading.rest(at);
    let bare = rest.trim_start_matches(' ');
    let dash = bare.chars().next().filter(|c| matches!(c, '-' | '–' | '—'))?;
    let behind = &bare[dash.len_utf8()..];
    let number = behind.trim_start_matches(' ');
    let spaces = (rest.len() - bare.len(), behind.len() - number.len());
    if spaces.0 > 1 || spaces.1 > 1 || !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let from = reading.text.len() - number.len();
    let to = dates::date(reading, from).or_else(|| plain(reading, from))?;
    let end = to.end;
    Some((to, end))
}

/// `/102` behind a number.
fn fraction_end(reading: &Reading, at: usize) -> Option<(Heard, usize)> {
    let behind = reading.rest(at).strip_prefix('/')?;
    if !behind.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let under = plain(reading, at + 1)?;
    let end = under.end;
    Some((under, end))
}

/// With the unit that follows, a space between or not.
fn with_unit(reading: &Reading, heard: Heard) -> Heard {
    let space = usize::from(reading.rest(heard.end).starts_with(' '));
    let Some((entry, end)) = reading.lexicon.at(reading.text, heard.end + space, true) else {
        return heard;
    };
    // "5 đ)" is the letter of a list, and "5 G" is nothing at all.
    let is_letter = space == 1 && entry.written.chars().count() == 1 && entry.written.chars().all(char::is_alphabetic);
    if is_letter && !matches!(entry.written.as_str(), "m" | "g" | "l" | "h") {
        return heard;
    }
    Heard { said: format!("{} {}", heard.said, entry.said), end, doubt: heard.doubt }
}
