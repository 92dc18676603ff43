//! Words, abbreviations, Roman numerals and signs.

use vietnamese::Syllable;
use vietnamese::abbreviation::{Expansion, document_type, meanings};
use vietnamese::number::integer_in_words;
use vietnamese::roman::{from_roman, to_roman};
use vietnamese::spelling::{letter_name, spelled};

use super::Why;
use super::reading::{Heard, Reading};

/// Whether most letters of a block of several words are capitals.
pub(super) fn is_shouted(text: &str) -> bool {
    let (upper, lower) = text.chars().fold((0usize, 0usize), |(upper, lower), c| {
        (upper + usize::from(c.is_uppercase()), lower + usize::from(c.is_lowercase()))
    });
    text.split_whitespace().nth(2).is_some() && upper > 2 * lower
}

/// Byte behind the dash, star or dot that begins an item.
pub(super) fn behind_bullet(text: &str) -> usize {
    let rest = text.trim_start();
    let bare = rest.trim_start_matches(['-', '–', '—', '+', '*', '•', '●', '▪', '◦', '#']);
    let is_bullet = bare.len() < rest.len() && bare.starts_with(char::is_whitespace);
    text.len() - if is_bullet { bare.trim_start().len() } else { rest.len() }
}

/// Whether the full stop at this byte belongs to the number of an item: `1. `.
pub(super) fn is_list_number(reading: &Reading, at: usize) -> bool {
    let before = reading.text[..at].trim_start();
    !before.is_empty() && before.len() <= 4 && before.chars().all(|c| c.is_ascii_alphanumeric())
}

/// What data says, unless a longer abbreviation stands here.
pub(super) fn from_lexicon(reading: &Reading, at: usize) -> Option<Heard> {
    let (entry, end) = reading.lexicon.at(reading.text, at, false)?;
    let first = entry.written.chars().next()?;
    let begins_word = !reading.character_before(at).is_some_and(|c| c.is_alphanumeric() && first.is_alphanumeric());
    let is_sign = !entry.written.contains(char::is_alphanumeric);
    let longer = expansion_at(reading, at).is_some_and(|expansion| expansion.span.end > end);
    let in_document = reading.documents.iter().any(|d| d.span.start <= at && end < d.span.end);
    (begins_word && !longer && !in_document).then(|| {
        let is_first = !is_sign && is_sentence_start(reading, at);
        Heard { said: if is_first { vietnamese::capitalised(&entry.said) } else { entry.said.clone() }, end, doubt: None }
    })
}

fn is_sentence_start(reading: &Reading, at: usize) -> bool {
    let before = reading.text[..at].trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?'])
}

fn expansion_at<'a>(reading: &'a Reading, at: usize) -> Option<&'a Expansion<'a>> {
    reading.expansions.iter().find(|expansion| expansion.span.start == at)
}

/// `/ha` behind a word: *trên héc ta*.
pub(super) fn unit_behind_slash(reading: &Reading, at: usize) -> Option<Heard> {
    let begins = reading.rest(at).starts_with('/') && reading.character_before(at).is_some_and(char::is_alphabetic);
    let (entry, end) = begins.then(|| reading.lexicon.at(reading.text, at + 1, true))??;
    Heard::sure(format!("trên {}", entry.said), end)
}

/// Words behind which a Roman numeral is one.
const BEFORE_ROMAN: [&str; 20] = [
    "hội", "khóa", "khoá", "kỳ", "thứ", "quý", "quí", "chương", "phần", "mục", "kỷ", "cấp", "loại", "hạng", "nhóm", "bậc", "đợt",
    "vùng", "tập", "lần",
];

pub(super) fn roman(reading: &Reading, at: usize) -> Option<Heard> {
    let run = run_at(reading.rest(at));
    let value = from_roman(run).filter(|value| to_roman(*value).as_deref() == Some(run))?;
    let before = reading.word_before(at);
    let is_expected = BEFORE_ROMAN.contains(&before.as_str());
    let end = at + run.len();
    let number = match (value, before.as_str()) {
        (4, "quý" | "quí" | "thứ") => "tư".to_owned(),
        _ => integer_in_words(value),
    };
    if is_expected {
        let (year, end) = year_behind_slash(reading, end);
        return Heard::sure(number + &year, end);
    }
    let could_be = run.len() >= 2 && run.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let is_item = is_list_number(reading, end) && reading.rest(end).starts_with('.');
    match (is_item, could_be) {
        (true, _) => Heard::sure(number, end),
        (false, true) => Heard::doubted(number, end, Why::Roman),
        _ => None,
    }
}

/// `/2026` behind a quarter.
pub(super) fn year_behind_slash(reading: &Reading, at: usize) -> (String, usize) {
    let digits = reading.rest(at).strip_prefix('/').map(|rest| &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()]);
    match digits.filter(|digits| digits.len() == 4).and_then(|digits| digits.parse().ok()) {
        Some(year) => (format!(" năm {}", integer_in_words(year)), at + 5),
        None => (String::new(), at),
    }
}

/// The run of letters, digits and marks that begins here.
fn run_at(rest: &str) -> &str {
    &rest[..rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '\u{300}'..='\u{36F}')).unwrap_or(rest.len())]
}

pub(super) fn word(reading: &Reading, at: usize) -> Option<Heard> {
    let run = run_at(reading.rest(at));
    let first = run.chars().next()?;
    let end = at + run.len();
    if first.is_ascii_digit() {
        return Heard::doubted(spelled(run).unwrap_or_default(), end, Why::Spelled);
    }
    if reading.shouted && Syllable::parse(run).is_some() {
        return Heard::sure(run.to_lowercase(), end);
    }
    if let Some(expansion) = expansion_at(reading, at) {
        return abbreviation(expansion);
    }
    if run.contains(|c: char| c.is_ascii_digit()) {
        return with_digits(run, end).or_else(|| Heard::doubted(spelled(run).unwrap_or_default(), end, Why::Spelled));
    }
    let upper = run.chars().filter(|c| c.is_uppercase()).count();
    let letters = run.chars().count();
    if letters == 1 {
        return single(run, first, end);
    }
    match (Syllable::parse(run).is_some(), upper == letters) {
        (true, true) if run.is_ascii() => Heard::doubted(run.to_lowercase(), end, Why::Capitals),
        (true, true) => Heard::sure(run.to_lowercase(), end),
        (true, false) => Heard::sure(run, end),
        (false, _) if upper >= 2 || upper == letters => Heard::doubted(spelled(run).unwrap_or_default(), end, Why::Spelled),
        (false, _) => Heard::doubted(run, end, Why::Foreign),
    }
}

fn single(run: &str, letter: char, end: usize) -> Option<Heard> {
    if letter.is_lowercase() && Syllable::parse(run).is_some() {
        return Heard::sure(run, end);
    }
    match letter_name(letter) {
        Some(name) => Heard::sure(name, end),
        None => Heard::doubted("", end, Why::Sign),
    }
}

fn abbreviation(expansion: &Expansion) -> Option<Heard> {
    let all: Vec<String> = expansion.meanings.iter().map(|meaning| without_dashes(meaning.long)).collect();
    let said = all.first()?.clone();
    let doubt = expansion.is_ambiguous().then_some(Why::Ambiguous(all));
    Some(Heard { said, end: expansion.span.end, doubt })
}

pub(super) fn without_dashes(long: &str) -> String {
    long.replace(" - ", ", ")
}

/// `NQ57`, `A1`, `Covid19`: letters, then digits.
fn with_digits(run: &str, end: usize) -> Option<Heard> {
    let digits_at = run.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = run.split_at(digits_at);
    let number = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit())).map(integer_in_words)?;
    if let Some(kind) = document_type(letters) {
        return Heard::sure(format!("{} {number}", kind.long), end);
    }
    match meanings(letters) {
        [only] => Heard::sure(format!("{} {number}", without_dashes(only.long)), end),
        _ if letters.chars().count() == 1 => Heard::sure(format!("{} {number}", spelled(letters)?), end),
        _ if Syllable::parse(letters).is_some() => Heard::doubted(format!("{letters} {number}"), end, Why::Foreign),
        _ => Heard::doubted(format!("{} {number}", spelled(letters)?), end, Why::Spelled),
    }
}

/// A sign that data does not know and that is no punctuation is left out, and told.
pub(super) fn sign(reading: &Reading, at: usize) -> Option<Heard> {
    let c = reading.rest(at).chars().next()?;
    let end = at + c.len_utf8();
    let is_silent = c.is_whitespace()
        || c.is_control()
        || matches!(c, ',' | ';' | ':' | '(' | ')' | '[' | ']' | '.' | '!' | '?' | '…' | '-' | '–' | '—' | '"' | '\'')
        || matches!(c, '“' | '”' | '‘' | '’' | '«' | '»' | '‑' | '\u{FE0F}' | '\u{200D}');
    if is_silent {
        return None;
    }
    Heard::doubted("", end, Why::Sign)
}
