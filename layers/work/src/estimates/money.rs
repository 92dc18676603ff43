//! Sums of money: whole đồng, read as Vietnamese writes them (`1.234.567`, `1,5 triệu`), never through a float. Pure.

use vietnamese::number::{Number, format_integer, leading_number};

use crate::web::Obstacle;

/// The largest sum of a line: ten thousand billion đồng, beyond any year of a province's programme; sums of all lines of
/// all agencies then stay far within an `i64`.
pub const SUM_MAX: i64 = 10_000_000_000_000;
/// More digits than any sum that is taken.
const DIGITS_MAX: usize = 30;
const NANO: i128 = 1_000_000_000;

/// Reads a sum; words for nghìn, triệu, tỷ may follow it.
///
/// # Errors
/// Why it is none: no number, negative, parts of a đồng, too large.
pub fn read(typed: &str) -> Result<i64, Obstacle> {
    let typed = typed.trim();
    let wrong = |key: &'static str| Obstacle::new(key).with("value", typed.chars().take(40).collect::<String>());
    if typed.chars().filter(char::is_ascii_digit).count() > DIGITS_MAX {
        return Err(wrong("money-too-large"));
    }
    let (reading, rest) = leading_number(typed).ok_or_else(|| wrong("money-no-number"))?;
    let factor = factor(rest).ok_or_else(|| wrong("money-no-number"))?;
    if reading.value.is_negative() {
        return Err(wrong("money-negative"));
    }
    let parts = nano(&reading.value).and_then(|nano| nano.checked_mul(factor)).ok_or_else(|| wrong("money-not-whole"))?;
    if parts % NANO != 0 {
        return Err(wrong("money-not-whole"));
    }
    i64::try_from(parts / NANO)
        .ok()
        .filter(|sum| *sum <= SUM_MAX)
        .ok_or_else(|| wrong("money-too-large").with("most", format_integer(SUM_MAX)))
}

/// Billionths of the number; None when it has more decimals than that.
fn nano(number: &Number) -> Option<i128> {
    if number.rounded(9) != *number {
        return None;
    }
    let digits: String = number.to_fixed(9).chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn factor(words: &str) -> Option<i128> {
    let folded = vietnamese::fold(words);
    let word = folded.trim().trim_end_matches("dong").trim_end_matches("vnd").trim();
    match word {
        "" | "d" | "₫" => Some(1),
        "nghin" | "ngan" => Some(1_000),
        "trieu" | "tr" => Some(1_000_000),
        "ty" | "ti" => Some(1_000_000_000),
        _ => None,
    }
}

/// `1.234.567`, without the word for đồng.
#[must_use]
pub fn shown(sum: i64) -> String {
    format_integer(sum)
}

/// How sums are shown on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    #[default]
    Dong,
    /// Exact: `1,234567` triệu đồng.
    Million,
}

impl Unit {
    /// Reads what the address says; anything else is đồng.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        if code == "million" { Self::Million } else { Self::Dong }
    }

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dong => "",
            Self::Million => "million",
        }
    }

    /// The sum in that unit.
    #[must_use]
    pub fn show(self, sum: i64) -> String {
        match self {
            Self::Dong => shown(sum),
            Self::Million => Number::new(sum.into(), 6).map_or_else(|| shown(sum), |number| number.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(typed: &str) -> &'static str {
        read(typed).err().map_or("", |obstacle| obstacle.key)
    }

    #[test]
    fn sums_are_read_as_people_write_them() {
        for (typed, sum) in [
            ("1.234.567", 1_234_567),
            ("1 234 567", 1_234_567),
            ("1234567 đồng", 1_234_567),
            ("0", 0),
            ("1,5 triệu", 1_500_000),
            ("2 tỷ đồng", 2_000_000_000),
            ("500 nghìn", 500_000),
            ("1.234,00", 1_234),
            ("120.000đ", 120_000),
            ("10.000.000.000.000", SUM_MAX),
        ] {
            assert_eq!(read(typed), Ok(sum), "{typed}");
        }
    }

    #[test]
    fn what_is_no_sum_is_refused_with_its_reason() {
        for (typed, key) in [
            ("-5", "money-negative"),
            ("−1.000", "money-negative"),
            ("1500,5", "money-not-whole"),
            ("0,0000005 triệu", "money-not-whole"),
            ("1000000000000000000", "money-too-large"),
            ("10.000.000.000.001", "money-too-large"),
            ("99999999999999999999999999999999999999", "money-too-large"),
            ("9999999999 tỷ", "money-too-large"),
            ("năm trăm", "money-no-number"),
            ("1e9", "money-no-number"),
            ("31/6", "money-no-number"),
            ("5 đô la", "money-no-number"),
            ("", "money-no-number"),
        ] {
            assert_eq!(wrong(typed), key, "{typed}");
        }
    }

    #[test]
    fn millions_lose_nothing() {
        assert_eq!(Unit::Million.show(1_234_567), "1,234567");
        assert_eq!(Unit::Million.show(2_000_000_000), "2.000");
        assert_eq!(Unit::Million.show(1), "0,000001");
        assert_eq!(Unit::from_code("million").show(0), "0");
        assert_eq!(Unit::from_code("x").show(1_234_567), "1.234.567");
    }
}
