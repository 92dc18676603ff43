//! Numbers in words.
//!
//! The rules behind tens: *một* → *mốt* (hai mươi mốt), *năm* → *lăm* (mười lăm), *bốn* → *tư* (ba mươi tư), *mười* → *mươi*;
//! an empty ten is *linh* (South: *lẻ*), and a group behind another one is read in full (*một nghìn không trăm linh năm*).

use super::Number;

/// The largest magnitude that has words: a million billions, *một triệu tỷ*.
pub const IN_WORDS_MAX: u128 = 1_000_000_000_000_000;

/// The words in which regions differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// *nghìn*, *linh*
    #[default]
    North,
    /// *ngàn*, *lẻ*
    South,
}

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// The number in words; `None` beyond [`IN_WORDS_MAX`].
///
/// ```
/// use vietnamese::number::{in_words, parse_number};
/// let number = parse_number("1.234,5").unwrap().value;
/// assert_eq!(in_words(number).as_deref(), Some("một nghìn hai trăm ba mươi tư phẩy năm"));
/// ```
pub fn in_words(number: impl Into<Number>) -> Option<String> {
    in_words_as(number, Dialect::North)
}

/// [`in_words`] in the words of a region.
pub fn in_words_as(number: impl Into<Number>, dialect: Dialect) -> Option<String> {
    let number = number.into();
    let (whole, decimals) = number.parts();
    if whole > IN_WORDS_MAX || (whole == IN_WORDS_MAX && !decimals.is_empty()) {
        return None;
    }
    let mut words = Words { dialect, said: Vec::new() };
    if number.is_negative() {
        words.say("âm");
    }
    words.say_integer(whole as u64);
    if !decimals.is_empty() {
        words.say("phẩy");
        words.say_decimals(&decimals);
    }
    Some(words.said.join(" "))
}

/// A non-negative integer in words: years, days, counts.
///
/// ```
/// assert_eq!(vietnamese::number::integer_in_words(2026), "hai nghìn không trăm hai mươi sáu");
/// ```
pub fn integer_in_words(value: u32) -> String {
    let mut words = Words { dialect: Dialect::North, said: Vec::new() };
    words.say_integer(value.into());
    words.said.join(" ")
}

/// Digits one by one, as telephone and document numbers are read; other characters are left out.
///
/// ```
/// assert_eq!(vietnamese::number::digits_in_words("1022"), "một không hai hai");
/// ```
pub fn digits_in_words(digits: &str) -> String {
    let said: Vec<&str> = digits.chars().filter_map(|c| c.to_digit(10)).map(|d| DIGITS[d as usize]).collect();
    said.join(" ")
}

struct Words {
    dialect: Dialect,
    said: Vec<&'static str>,
}

impl Words {
    fn say(&mut self, word: &'static str) {
        self.said.push(word);
    }

    fn say_integer(&mut self, value: u64) {
        const BILLION: u64 = 1_000_000_000;
        match value {
            0 => self.say("không"),
            1..BILLION => self.say_below_billion(value, false),
            _ => {
                self.say_integer(value / BILLION);
                self.say("tỷ");
                self.say_below_billion(value % BILLION, true);
            }
        }
    }

    /// Groups of three digits; `follows` says that something larger was said before.
    fn say_below_billion(&mut self, value: u64, follows: bool) {
        let thousand = match self.dialect {
            Dialect::North => "nghìn",
            Dialect::South => "ngàn",
        };
        let groups = [(value / 1_000_000, "triệu"), (value / 1000 % 1000, thousand), (value % 1000, "")];
        let mut follows = follows;
        for (group, name) in groups.into_iter().filter(|(group, _)| *group > 0) {
            self.say_group(group, follows);
            if !name.is_empty() {
                self.say(name);
            }
            follows = true;
        }
    }

    fn say_group(&mut self, group: u64, in_full: bool) {
        let (hundreds, rest) = (group / 100, group % 100);
        if hundreds > 0 || in_full {
            self.say(DIGITS[hundreds as usize]);
            self.say("trăm");
        }
        match (rest / 10, rest % 10) {
            (0, 0) => {}
            (0, unit) => {
                if hundreds > 0 || in_full {
                    self.say(if self.dialect == Dialect::South { "lẻ" } else { "linh" });
                }
                self.say(DIGITS[unit as usize]);
            }
            (1, unit) => {
                self.say("mười");
                self.say_unit(unit, ["một", "bốn"]);
            }
            (ten, unit) => {
                self.say(DIGITS[ten as usize]);
                self.say("mươi");
                self.say_unit(unit, ["mốt", "tư"]);
            }
        }
    }

    /// A unit behind a ten, with the forms that one and four take there.
    fn say_unit(&mut self, unit: u64, [one, four]: [&'static str; 2]) {
        match unit {
            0 => {}
            1 => self.say(one),
            4 => self.say(four),
            5 => self.say("lăm"),
            _ => self.say(DIGITS[unit as usize]),
        }
    }

    /// Up to three decimals are read as a number, more (or a leading zero) digit by digit.
    fn say_decimals(&mut self, decimals: &str) {
        match decimals.parse() {
            Ok(value) if decimals.len() <= 3 && !decimals.starts_with('0') => self.say_integer(value),
            _ => self.said.extend(decimals.bytes().map(|b| DIGITS[usize::from(b - b'0')])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::parse_number;
    use proptest::prelude::*;

    fn said(text: &str) -> String {
        in_words(parse_number(text).unwrap().value).unwrap()
    }

    #[test]
    fn says() {
        for (number, words) in [
            ("0", "không"),
            ("4", "bốn"),
            ("5", "năm"),
            ("10", "mười"),
            ("11", "mười một"),
            ("14", "mười bốn"),
            ("15", "mười lăm"),
            ("20", "hai mươi"),
            ("21", "hai mươi mốt"),
            ("24", "hai mươi tư"),
            ("25", "hai mươi lăm"),
            ("55", "năm mươi lăm"),
            ("100", "một trăm"),
            ("101", "một trăm linh một"),
            ("105", "một trăm linh năm"),
            ("110", "một trăm mười"),
            ("111", "một trăm mười một"),
            ("115", "một trăm mười lăm"),
            ("121", "một trăm hai mươi mốt"),
            ("1000", "một nghìn"),
            ("1005", "một nghìn không trăm linh năm"),
            ("1015", "một nghìn không trăm mười lăm"),
            ("1050", "một nghìn không trăm năm mươi"),
            ("2026", "hai nghìn không trăm hai mươi sáu"),
            ("10000", "mười nghìn"),
            ("21000", "hai mươi mốt nghìn"),
            ("100001", "một trăm nghìn không trăm linh một"),
            ("1000005", "một triệu không trăm linh năm"),
            ("4.370.046", "bốn triệu ba trăm bảy mươi nghìn không trăm bốn mươi sáu"),
            ("1000000000", "một tỷ"),
            ("1001000000", "một tỷ không trăm linh một triệu"),
            ("1000000000005", "một nghìn tỷ không trăm linh năm"),
            ("1000000000000000", "một triệu tỷ"),
            ("-7", "âm bảy"),
            ("1.234,5", "một nghìn hai trăm ba mươi tư phẩy năm"),
            ("0,7", "không phẩy bảy"),
            ("0,05", "không phẩy không năm"),
            ("0,75", "không phẩy bảy mươi lăm"),
            ("0,125", "không phẩy một trăm hai mươi lăm"),
            ("3,1416", "ba phẩy một bốn một sáu"),
            ("-0,5", "âm không phẩy năm"),
        ] {
            assert_eq!(said(number), words, "{number}");
        }
    }

    #[test]
    fn regions_differ_in_two_words() {
        assert_eq!(in_words_as(1005, Dialect::South).unwrap(), "một ngàn không trăm lẻ năm");
    }

    #[test]
    fn has_an_end() {
        assert!(in_words(Number::new(IN_WORDS_MAX as i128 + 1, 0).unwrap()).is_none());
        assert!(in_words(Number::new(IN_WORDS_MAX as i128 * 10 + 1, 1).unwrap()).is_none());
        assert!(in_words(Number::new(-(IN_WORDS_MAX as i128), 0).unwrap()).is_some());
    }

    #[test]
    fn digits_one_by_one() {
        assert_eq!(digits_in_words("0277-1"), "không hai bảy bảy một");
    }

    /// Understands the words again, as a listener does, to check that nothing is lost.
    fn heard(words: &str) -> u64 {
        let (mut total, mut group, mut ones) = (0u64, 0u64, 0u64);
        for word in words.split(' ') {
            match word {
                "linh" => {}
                "mười" => ones = 10,
                "mươi" => ones *= 10,
                "trăm" => (group, ones) = (group + ones * 100, 0),
                "nghìn" => (total, group, ones) = (total + (group + ones) * 1000, 0, 0),
                "triệu" => (total, group, ones) = (total + (group + ones) * 1_000_000, 0, 0),
                "tỷ" => (total, group, ones) = ((total + group + ones) * 1_000_000_000, 0, 0),
                "mốt" => ones += 1,
                "tư" => ones += 4,
                "lăm" => ones += 5,
                digit => {
                    let digit = DIGITS.iter().position(|d| *d == digit).unwrap() as u64;
                    // After "x mươi" and "mười" a unit adds; elsewhere a new number of hundreds or tens begins.
                    ones = if ones >= 10 { ones + digit } else { digit };
                }
            }
        }
        total + group + ones
    }

    proptest! {
        #[test]
        fn words_mean_their_number(value in 0u64..=1_000_000_000_000_000) {
            let words = in_words(i64::try_from(value).unwrap()).unwrap();
            prop_assert_eq!(heard(&words), value, "{}", words);
        }

        #[test]
        fn small_words_mean_their_number(value in 0u64..2_000_000) {
            prop_assert_eq!(heard(&in_words(value as i64).unwrap()), value);
        }
    }
}
