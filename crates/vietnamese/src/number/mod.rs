//! Numbers as Vietnamese writes them: `1.234,5`, point between thousands, comma before decimals.
//!
//! [`parse_number`] reads, and says how it read what could be read two ways; [`Number`] prints itself the Vietnamese way;
//! [`in_words`] says it.

mod format;
mod parse;
mod words;

use std::cmp::Ordering;

pub use format::{format_f64, format_integer};
pub use parse::{Notation, NumberError, Reading, leading_number, parse_number};
pub use words::{Dialect, IN_WORDS_MAX, digits_in_words, in_words, in_words_as, integer_in_words};

/// An exact decimal number of at most [`Number::DIGITS_MAX`] digits.
///
/// Equal values are equal numbers: 0,70 is 0,7. `Display` writes it the Vietnamese way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Number {
    mantissa: i128,
    /// Decimals; the last of them is never 0.
    scale: u32,
}

impl Number {
    /// The most digits a number can have, before and after the comma together.
    pub const DIGITS_MAX: u32 = 30;

    /// `mantissa` divided by ten to the power of `scale`; `None` when that has too many digits.
    ///
    /// ```
    /// assert_eq!(vietnamese::Number::new(12345, 1).unwrap().to_string(), "1.234,5");
    /// ```
    pub fn new(mantissa: i128, scale: u32) -> Option<Number> {
        let (mut mantissa, mut scale) = (mantissa, if mantissa == 0 { 0 } else { scale });
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        let fits = mantissa.unsigned_abs() < 10u128.pow(Self::DIGITS_MAX) && scale <= Self::DIGITS_MAX;
        fits.then_some(Number { mantissa, scale })
    }

    /// Whether there is nothing behind the comma.
    pub fn is_integer(&self) -> bool {
        self.scale == 0
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.mantissa < 0
    }

    /// The number with the other sign.
    pub fn negated(self) -> Number {
        Number { mantissa: -self.mantissa, ..self }
    }

    /// The value as an integer; `None` when it has decimals or does not fit.
    pub fn as_i64(&self) -> Option<i64> {
        if self.is_integer() { self.mantissa.try_into().ok() } else { None }
    }

    /// The nearest floating-point value.
    pub fn as_f64(&self) -> f64 {
        format!("{}e-{}", self.mantissa, self.scale).parse().unwrap_or(f64::NAN)
    }

    /// Absolute integer part, and the decimals as their digits.
    fn parts(&self) -> (u128, String) {
        let unit = 10u128.pow(self.scale);
        let magnitude = self.mantissa.unsigned_abs();
        let decimals = match self.scale {
            0 => String::new(),
            scale => format!("{:0width$}", magnitude % unit, width = scale as usize),
        };
        (magnitude / unit, decimals)
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Number { mantissa: value.into(), scale: 0 }
    }
}

impl From<u32> for Number {
    fn from(value: u32) -> Self {
        i64::from(value).into()
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        i64::from(value).into()
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let whole = |n: &Number| n.mantissa.div_euclid(10i128.pow(n.scale));
        let rest = |n: &Number| n.mantissa.rem_euclid(10i128.pow(n.scale)) * 10i128.pow(Self::DIGITS_MAX - n.scale);
        whole(self).cmp(&whole(other)).then_with(|| rest(self).cmp(&rest(other)))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_values_are_equal() {
        assert_eq!(Number::new(70, 2), Number::new(7, 1));
        assert_eq!(Number::new(-300, 2), Some(Number::from(-3)));
        assert_eq!(Number::new(10i128.pow(30), 0), None);
        assert_eq!(Number::new(1, 31), None);
        assert_eq!(Number::new(0, u32::MAX), Some(Number::default()));
        assert_eq!(Number::new(5, 1).unwrap().as_i64(), None);
        assert_eq!(Number::new(-125, 2).unwrap().as_f64(), -1.25);
    }

    proptest! {
        #[test]
        fn order_is_that_of_values(a in -1_000_000i128..1_000_000, b in -1_000_000i128..1_000_000, s in 0u32..5, t in 0u32..5) {
            let (x, y) = (Number::new(a, s).unwrap(), Number::new(b, t).unwrap());
            let expected = (a * 10i128.pow(t)).cmp(&(b * 10i128.pow(s)));
            prop_assert_eq!(x.cmp(&y), expected);
            prop_assert_eq!(x == y, expected == Ordering::Equal);
        }
    }
}
