//! Reading numbers that people typed.

use std::fmt;

use super::Number;
use crate::normalise::is_fancy_dash;

/// A number as it was read. Show [`Reading::value`] back to whoever typed it when [`Reading::other`] is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The value by Vietnamese rules.
    pub value: Number,
    /// What an English reader would have understood, when that differs: `1.234` is 1234 here and 1,234 there.
    pub other: Option<Number>,
    /// The notation it was read in.
    pub notation: Notation,
}

/// How a number was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Notation {
    /// Digits alone.
    Plain,
    /// Point between thousands, comma before decimals: `1.234,5`.
    Vietnamese,
    /// Comma between thousands, point before decimals: `1,234.5`.
    English,
    /// Spaces between thousands: `1 234,5`.
    Spaced,
}

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// Nothing was typed.
    Empty,
    /// There is something else than digits, separators and a sign.
    NotANumber,
    /// A letter that looks like a digit stands among digits: `2O26`.
    LetterAmongDigits(char),
    /// The separators make no groups of three digits, or stand at an end.
    Separators,
    /// More digits than a number can have.
    TooLong,
}

impl NumberError {
    /// Cause and remedy, for the person who typed it.
    pub fn in_vietnamese(&self) -> String {
        match self {
            NumberError::Empty => "Chưa nhập số.".into(),
            NumberError::NotANumber => {
                "Đây không phải là số. Chỉ dùng chữ số, dấu chấm phân cách hàng nghìn và dấu phẩy thập phân, ví dụ 1.234,5."
                    .into()
            }
            NumberError::LetterAmongDigits(letter) => {
                format!("Có chữ “{letter}” lẫn giữa các chữ số. Hãy thay bằng chữ số đúng.")
            }
            NumberError::Separators => {
                "Dấu phân cách đặt sai chỗ. Viết hàng nghìn theo nhóm ba chữ số và phần thập phân sau dấu phẩy, ví dụ 1.234,5."
                    .into()
            }
            NumberError::TooLong => format!("Số quá dài. Chỉ nhập tối đa {} chữ số.", Number::DIGITS_MAX),
        }
    }
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NumberError::Empty => f.write_str("no number given"),
            NumberError::NotANumber => f.write_str("not a number: only digits, separators and a sign are read"),
            NumberError::LetterAmongDigits(letter) => write!(f, "letter {letter:?} among digits"),
            NumberError::Separators => f.write_str("separators are misplaced: write 1.234,5"),
            NumberError::TooLong => write!(f, "more than {} digits", Number::DIGITS_MAX),
        }
    }
}

impl std::error::Error for NumberError {}

/// Reads a whole text as one number: `03`, `0,7`, `1.234,5`, `1 234`, `1,234.5`, full-width digits, a sign.
///
/// Where Vietnamese and English readings differ (`1.234`, `1,234`) the Vietnamese one is the value and the English one is
/// reported beside it. `NaN`, `1e18`, `2O26`, `12 34` are refused.
///
/// ```
/// use vietnamese::number::parse_number;
/// let reading = parse_number("1.234").unwrap();
/// assert_eq!(reading.value.to_string(), "1.234");
/// assert_eq!(reading.other.unwrap().to_string(), "1,234");
/// assert_eq!(parse_number("1 234,50").unwrap().value.as_f64(), 1234.5);
/// assert!(parse_number("NaN").is_err());
/// ```
pub fn parse_number(text: &str) -> Result<Reading, NumberError> {
    let plain: String = text.trim().chars().map(plain).collect();
    if plain.is_empty() {
        return Err(NumberError::Empty);
    }
    let (negative, body) = match plain.strip_prefix(['-', '+']) {
        Some(body) => (plain.starts_with('-'), body.trim_start()),
        None => (false, plain.as_str()),
    };
    check_characters(body)?;
    let mut reading = read_body(body)?;
    if negative {
        reading.value = reading.value.negated();
        reading.other = reading.other.map(Number::negated);
    }
    Ok(reading)
}

/// Reads the number that a text begins with, and gives what follows it: `"1.234,5 tỷ đồng"`, `"100%"`.
///
/// ```
/// use vietnamese::number::leading_number;
/// let (reading, rest) = leading_number("1.234,5 tỷ đồng").unwrap();
/// assert_eq!((reading.value.to_string().as_str(), rest), ("1.234,5", " tỷ đồng"));
/// ```
pub fn leading_number(text: &str) -> Option<(Reading, &str)> {
    let signs = text.len() - text.trim_start_matches(['-', '+', '−', '–']).len();
    let run = text[signs..].find(|c| !is_digit_or_separator(c)).map_or(text.len(), |end| signs + end);
    // No number is longer, so a hostile run of separators costs nothing.
    let mut end = text.floor_char_boundary(run.min(4 * Number::DIGITS_MAX as usize));
    loop {
        let candidate = text[..end].trim_end_matches(|c| !is_digit(c));
        if candidate.is_empty() {
            return None;
        }
        if let Ok(reading) = parse_number(candidate) {
            return Some((reading, &text[candidate.len()..]));
        }
        end = candidate.trim_end_matches(is_digit).len();
    }
}

/// Folds the many forms of one character: full-width, odd spaces, dashes.
fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '．' => '.',
        '，' => ',',
        '＋' => '+',
        _ if is_fancy_dash(c) => '-',
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

fn is_digit(c: char) -> bool {
    plain(c).is_ascii_digit()
}

fn is_digit_or_separator(c: char) -> bool {
    matches!(plain(c), '0'..='9' | '.' | ',' | ' ')
}

fn check_characters(body: &str) -> Result<(), NumberError> {
    let odd = body.chars().find(|c| !is_digit_or_separator(*c));
    let digits = body.chars().filter(char::is_ascii_digit).count();
    match odd {
        Some(letter @ ('O' | 'o' | 'l' | 'I')) if digits > 0 && body.chars().all(|c| c == letter || is_digit_or_separator(c)) => {
            Err(NumberError::LetterAmongDigits(letter))
        }
        Some(_) => Err(NumberError::NotANumber),
        None if digits == 0 => Err(NumberError::NotANumber),
        None if digits > Number::DIGITS_MAX as usize => Err(NumberError::TooLong),
        None => Ok(()),
    }
}

fn read_body(body: &str) -> Result<Reading, NumberError> {
    let groups: Vec<&str> = body.split(['.', ',', ' ']).collect();
    let separators: Vec<char> = body.chars().filter(|c| !c.is_ascii_digit()).collect();
    if groups.iter().any(|group| group.is_empty()) {
        return Err(NumberError::Separators);
    }
    let Some((&last, earlier)) = separators.split_last() else {
        return certain(integer(&groups)?, Notation::Plain);
    };
    match earlier.first() {
        None => read_one_separator(last, &groups),
        Some(&first) if earlier.iter().any(|c| *c != first) => Err(NumberError::Separators),
        Some(&first) if first == last => certain(grouped(&groups)?, notation_of_group(first)),
        Some(&first) if last != ' ' => {
            let (decimals, whole) = groups.split_last().ok_or(NumberError::Separators)?;
            grouped(whole)?;
            certain(decimal(whole, decimals)?, notation_of_group(first))
        }
        Some(_) => Err(NumberError::Separators),
    }
}

fn read_one_separator(separator: char, groups: &[&str]) -> Result<Reading, NumberError> {
    let as_thousands = grouped(groups).ok();
    let as_decimal = decimal(&groups[..1], groups[1])?;
    match (separator, as_thousands) {
        (' ', Some(value)) => certain(value, Notation::Spaced),
        (' ', None) => Err(NumberError::Separators),
        ('.', Some(value)) => Ok(Reading { value, other: Some(as_decimal), notation: Notation::Vietnamese }),
        ('.', None) => certain(as_decimal, Notation::English),
        (_, other) => Ok(Reading { value: as_decimal, other, notation: Notation::Vietnamese }),
    }
}

fn certain(value: Number, notation: Notation) -> Result<Reading, NumberError> {
    Ok(Reading { value, other: None, notation })
}

fn notation_of_group(separator: char) -> Notation {
    match separator {
        '.' => Notation::Vietnamese,
        ',' => Notation::English,
        _ => Notation::Spaced,
    }
}

/// Groups of three behind a first group of one to three digits that is not zero.
fn grouped(groups: &[&str]) -> Result<Number, NumberError> {
    let (first, others) = groups.split_first().ok_or(NumberError::Separators)?;
    let is_grouped = first.len() <= 3 && !first.starts_with('0') && others.iter().all(|group| group.len() == 3);
    if is_grouped { integer(groups) } else { Err(NumberError::Separators) }
}

fn integer(groups: &[&str]) -> Result<Number, NumberError> {
    decimal(groups, "")
}

fn decimal(whole: &[&str], decimals: &str) -> Result<Number, NumberError> {
    let digits = whole.concat() + decimals;
    let mantissa = digits.parse().map_err(|_| NumberError::TooLong)?;
    Number::new(mantissa, decimals.len() as u32).ok_or(NumberError::TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        let reading = parse_number(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        match reading.other {
            Some(other) => format!("{} | {other}", reading.value),
            None => reading.value.to_string(),
        }
    }

    #[test]
    fn reads() {
        for (text, expected) in [
            ("03", "3"),
            ("0,7", "0,7"),
            ("0.7", "0,7"),
            ("0,700", "0,7"),
            ("1.234,5", "1.234,5"),
            ("1,234.5", "1.234,5"),
            ("1.234", "1.234 | 1,234"),
            ("1,234", "1,234 | 1.234"),
            ("1 234", "1.234"),
            ("1\u{A0}234\u{202F}567,25", "1.234.567,25"),
            ("1 234.5", "1.234,5"),
            ("1.234.567", "1.234.567"),
            ("1,234,567", "1.234.567"),
            ("12.5", "12,5"),
            ("3.1416", "3,1416"),
            ("１２０", "120"),
            ("１．２３４，５", "1.234,5"),
            ("-5", "-5"),
            ("−1.234,5", "-1.234,5"),
            ("+7", "7"),
            ("-0", "0"),
            (" 120 ", "120"),
            ("1000000000000000000", "1.000.000.000.000.000.000"),
            ("000", "0"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn refuses() {
        use NumberError::*;
        for (text, error) in [
            ("", Empty),
            ("  ", Empty),
            ("NaN", NotANumber),
            ("inf", NotANumber),
            ("1e18", NotANumber),
            ("0x10", NotANumber),
            ("12%", NotANumber),
            ("-", NotANumber),
            ("--5", NotANumber),
            ("١٢", NotANumber),
            ("2O26", LetterAmongDigits('O')),
            ("1l", LetterAmongDigits('l')),
            ("12 34", Separators),
            ("1.23.4", Separators),
            ("1.234,5,6", Separators),
            ("1,23,456", Separators),
            ("1.234 5", Separators),
            ("1..2", Separators),
            ("1.", Separators),
            (",5", Separators),
            ("1234.567,8", Separators),
            ("1111111111111111111111111111111", TooLong),
        ] {
            assert_eq!(parse_number(text), Err(error), "{text}");
            assert!(error.in_vietnamese().ends_with('.'));
        }
    }

    #[test]
    fn reads_at_the_start() {
        for (text, value, rest) in [
            ("100%", "100", "%"),
            ("0,7%GRDP", "0,7", "%GRDP"),
            ("12 tháng", "12", " tháng"),
            ("100 000 đồng", "100.000", " đồng"),
            ("2025 100 đơn vị", "2025", " 100 đơn vị"),
            ("5.", "5", "."),
            ("3, 4", "3", ", 4"),
            ("1.2.3 mục", "1,2", ".3 mục"),
        ] {
            let (reading, after) = leading_number(text).unwrap();
            let plain = reading.value.to_string().replace('.', "");
            assert_eq!((plain, after), (value.replace('.', ""), rest), "{text}");
        }
        assert!(leading_number("đồng").is_none());
        assert!(leading_number(&".".repeat(100_000)).is_none());
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(mantissa in -10i128.pow(20)..10i128.pow(20), scale in 0u32..9) {
            let number = Number::new(mantissa, scale).unwrap();
            prop_assert_eq!(parse_number(&number.to_string()).unwrap().value, number);
        }

        #[test]
        fn never_fails_badly(text in "[-+0-9.,  OléA%]{0,50}") {
            let _ = parse_number(&text);
            if let Some((reading, rest)) = leading_number(&text) {
                prop_assert!(text.ends_with(rest));
                prop_assert_eq!(parse_number(&text[..text.len() - rest.len()]), Ok(reading));
            }
        }
    }
}
