//! A figure, exact to a millionth: sums of decimals stay what they are on paper.

use std::fmt::Write;
use std::iter::Sum;
use std::ops::{Add, Sub};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use vietnamese::Number;

/// Decimals that are kept.
pub const DECIMALS_MAX: u32 = 6;
const UNIT: i128 = 1_000_000;

/// In millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i128);

impl Amount {
    /// Nothing.
    pub const NONE: Self = Self(0);

    /// Exactly as it was read; None when it has more decimals than are kept.
    #[must_use]
    pub fn exactly(number: Number) -> Option<Self> {
        let plain = number.to_string().replace('.', "").replace(',', ".");
        Self::read(&plain)
    }

    /// `1234.5`; None when it is nothing of the sort.
    #[must_use]
    pub fn read(plain: &str) -> Option<Self> {
        let (sign, digits) = plain.strip_prefix('-').map_or((1, plain), |rest| (-1, rest));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > 24
            || decimals.len() > DECIMALS_MAX as usize
            || !all_digits(whole)
            || !all_digits(decimals)
        {
            return None;
        }
        let millionths: i128 = format!("{decimals:0<6}").parse().ok()?;
        Some(Self(sign * (whole.parse::<i128>().ok()? * UNIT + millionths)))
    }

    /// `1234.5`: for files and programs.
    #[must_use]
    pub fn plain(self) -> String {
        let (whole, rest) = (self.0.unsigned_abs() / UNIT.unsigned_abs(), self.0.unsigned_abs() % UNIT.unsigned_abs());
        let sign = if self.0 < 0 { "-" } else { "" };
        let decimals = format!("{rest:06}");
        match decimals.trim_end_matches('0') {
            "" => format!("{sign}{whole}"),
            decimals => format!("{sign}{whole}.{decimals}"),
        }
    }

    /// Adds what [`Amount::plain`] says to a text: quickly for whole numbers, of which there are millions.
    pub fn push_plain(self, text: &mut String) {
        match u64::try_from(self.0.unsigned_abs() / UNIT.unsigned_abs()) {
            Ok(whole) if self.0 % UNIT == 0 => {
                text.push_str(if self.0 < 0 { "-" } else { "" });
                let _ = write!(text, "{whole}");
            }
            _ => text.push_str(&self.plain()),
        }
    }

    /// `1.234,5`: as Vietnamese writes it.
    #[must_use]
    pub fn shown(self) -> String {
        Number::new(self.0, DECIMALS_MAX).map(|number| number.to_string()).unwrap_or_default()
    }

    /// The nearest floating-point value, for JSON and spreadsheets.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.plain().parse().unwrap_or(f64::NAN)
    }

    /// How many in a hundred, to two decimals, halves up; None of nothing. A part is never rounded to all of it, nor to none.
    #[must_use]
    pub fn percent_of(self, whole: Self) -> Option<Self> {
        let scaled = self.0.checked_mul(100 * 100 * 2)?.checked_div(whole.0)?;
        let hundredths = (scaled + 1).div_euclid(2);
        let is_part = self.0 > 0 && self.0 < whole.0;
        Some(Self(if is_part { hundredths.clamp(1, 9_999) } else { hundredths } * (UNIT / 100)))
    }

    /// The mean of so many that add up to this, to two decimals; None of none.
    #[must_use]
    pub fn over(self, count: usize) -> Option<Self> {
        let count = i128::try_from(count).ok()?;
        let scaled = self.0.checked_mul(2)?.checked_div(count.checked_mul(UNIT / 100)?)?;
        Some(Self((scaled + 1).div_euclid(2) * (UNIT / 100)))
    }

    /// So many times as much.
    #[must_use]
    pub fn times(self, factor: i128) -> Self {
        Self(self.0.saturating_mul(factor))
    }

    /// The nearest amount to a floating-point value; None of what is no number, or too large to be one.
    #[must_use]
    pub fn near(value: f64) -> Option<Self> {
        if value.is_finite() && value.abs() < 1e15 { Self::read(&format!("{value:.6}")) } else { None }
    }

    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Decimals that it needs.
    #[must_use]
    pub fn decimals(self) -> usize {
        self.plain().split_once('.').map_or(0, |(_, decimals)| decimals.len())
    }
}

impl From<u64> for Amount {
    fn from(whole: u64) -> Self {
        Self(i128::from(whole) * UNIT)
    }
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Amount {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.plain())
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| D::Error::custom("no amount"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(plain: &str) -> Amount {
        Amount::read(plain).expect("an amount")
    }

    #[test]
    fn decimals_add_up_exactly() {
        let sum: Amount = ["0.1", "0.2"].map(amount).into_iter().sum();
        assert_eq!((sum.plain().as_str(), sum.shown().as_str()), ("0.3", "0,3"));
        assert_eq!(amount("1234.5").shown(), "1.234,5");
        assert_eq!(amount("-2.50").plain(), "-2.5");
        assert_eq!((amount("1") - amount("2.5")).plain(), "-1.5");
        assert_eq!(Amount::near(80.0), Some(amount("80")));
        assert_eq!((Amount::near(f64::NAN), Amount::near(1e18)), (None, None));
        for text in ["", "1e3", "0.1234567", "NaN", ".5"] {
            assert_eq!(Amount::read(text), None, "{text}");
        }
        for text in ["0", "-7", "1234", "-2.5", "0.000001", "999999999999999999999999"] {
            let mut pushed = String::new();
            amount(text).push_plain(&mut pushed);
            assert_eq!(pushed, text);
        }
    }

    /// Scenario R7: 1/2 and 99/100 are 100/102, not the mean of 50 % and 99 %.
    #[test]
    fn a_ratio_is_counted_from_its_parts() {
        let (part, whole) = (Amount::from(1) + Amount::from(99), Amount::from(2) + Amount::from(100));
        assert_eq!(part.percent_of(whole).map(Amount::shown).as_deref(), Some("98,04"));
        assert_eq!(Amount::from(0).percent_of(Amount::from(0)), None);
        assert_eq!(Amount::from(1).percent_of(Amount::from(8)).map(Amount::shown).as_deref(), Some("12,5"));
        let share = |part: u64| Amount::from(part).percent_of(Amount::from(100_000)).map(Amount::shown).unwrap_or_default();
        assert_eq!([share(0), share(1), share(99_999), share(100_000)], ["0", "0,01", "99,99", "100"]);
        assert_eq!(Amount::from(7).over(2).map(Amount::shown).as_deref(), Some("3,5"));
        assert_eq!(Amount::from(7).over(0), None);
    }
}
