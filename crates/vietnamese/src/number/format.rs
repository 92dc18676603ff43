//! Writing numbers: point between thousands, comma before decimals.

use std::fmt;

use super::Number;

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = self.parts();
        let sign = if self.is_negative() { "-" } else { "" };
        let comma = if decimals.is_empty() { "" } else { "," };
        f.pad(&format!("{sign}{}{comma}{decimals}", group(whole)))
    }
}

impl Number {
    /// The number with exactly `decimals` decimals, halves rounded away from zero.
    ///
    /// ```
    /// use vietnamese::Number;
    /// assert_eq!(Number::new(12345, 1).unwrap().to_fixed(2), "1.234,50");
    /// assert_eq!(Number::new(-25, 1).unwrap().to_fixed(0), "-3");
    /// ```
    pub fn to_fixed(&self, decimals: u32) -> String {
        let rounded = self.rounded(decimals);
        let (_, digits) = rounded.parts();
        let missing = (decimals as usize).saturating_sub(digits.len());
        let comma = if digits.is_empty() && missing > 0 { "," } else { "" };
        format!("{rounded}{comma}{}", "0".repeat(missing))
    }

    /// The nearest number with at most `decimals` decimals, halves away from zero.
    pub fn rounded(&self, decimals: u32) -> Number {
        let Some(dropped) = self.scale.checked_sub(decimals).filter(|dropped| *dropped > 0) else {
            return *self;
        };
        let unit = 10i128.pow(dropped);
        let half = unit / 2 * self.mantissa.signum();
        // One digit more at most, and at least one was dropped: it fits.
        Number::new((self.mantissa + half) / unit, decimals).unwrap_or(*self)
    }
}

/// An integer with points between thousands: `1.234.567`.
///
/// ```
/// assert_eq!(vietnamese::number::format_integer(-4_370_046), "-4.370.046");
/// ```
pub fn format_integer(value: i64) -> String {
    Number::from(value).to_string()
}

/// A floating-point value with at most `decimals` decimals; `None` for NaN, infinities and what is too large to be exact.
///
/// ```
/// assert_eq!(vietnamese::number::format_f64(5938.64, 1).as_deref(), Some("5.938,6"));
/// ```
pub fn format_f64(value: f64, decimals: u32) -> Option<String> {
    if !value.is_finite() || value.abs() >= 1e20 {
        return None;
    }
    let written = format!("{value:.places$}", places = decimals.min(9) as usize);
    let mantissa = written.replace('.', "").parse().ok()?;
    Number::new(mantissa, decimals.min(9)).map(|number| number.to_string())
}

fn group(whole: u128) -> String {
    let digits = whole.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes() {
        for (mantissa, scale, expected) in [
            (0, 0, "0"),
            (7, 1, "0,7"),
            (-7, 2, "-0,07"),
            (999, 0, "999"),
            (1000, 0, "1.000"),
            (12345, 1, "1.234,5"),
            (1234567890123, 3, "1.234.567.890,123"),
        ] {
            assert_eq!(Number::new(mantissa, scale).unwrap().to_string(), expected);
        }
        assert_eq!(format!("{:>8}", Number::from(1500)), "   1.500");
    }

    #[test]
    fn rounds() {
        for (mantissa, scale, decimals, expected) in [
            (5, 1, 0, "1"),
            (-5, 1, 0, "-1"),
            (49, 2, 1, "0,5"),
            (9995, 3, 2, "10,00"),
            (3, 0, 2, "3,00"),
            (125, 2, 4, "1,2500"),
            (4, 2, 1, "0,0"),
        ] {
            assert_eq!(Number::new(mantissa, scale).unwrap().to_fixed(decimals), expected);
        }
    }

    #[test]
    fn writes_floating_point() {
        assert_eq!(format_f64(0.1 + 0.2, 3).as_deref(), Some("0,3"));
        assert_eq!(format_f64(-1234.5, 0).as_deref(), Some("-1.234"));
        assert_eq!(format_f64(f64::NAN, 1), None);
        assert_eq!(format_f64(1e300, 1), None);
    }
}
