//! Arithmetic on amounts that they do not have themselves, in whole millionths.

use measures::Amount;

const UNIT: i128 = 1_000_000;
/// A hundredth: points have two decimals.
const HUNDREDTH: i128 = UNIT / 100;

/// The amount in millionths.
pub(crate) fn millionths(amount: Amount) -> i128 {
    let plain = amount.plain();
    let (sign, digits) = plain.strip_prefix('-').map_or((1, plain.as_str()), |rest| (-1, rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let read = |text: &str| text.parse::<i128>().unwrap_or_default();
    sign * (read(whole) * UNIT + read(&format!("{decimals:0<6}")))
}

/// The amount of so many millionths.
pub(crate) fn amount(millionths: i128) -> Amount {
    let (whole, rest) = (millionths.unsigned_abs() / UNIT.unsigned_abs(), millionths.unsigned_abs() % UNIT.unsigned_abs());
    let sign = if millionths < 0 { "-" } else { "" };
    Amount::read(&format!("{sign}{whole}.{rest:06}")).unwrap_or_default()
}

pub(crate) fn minus(one: Amount, other: Amount) -> Amount {
    amount(millionths(one).saturating_sub(millionths(other)))
}

/// `points × part ÷ whole`, to two decimals, halves up; None of nothing, and where it is too large to be counted.
pub(crate) fn share(points: Amount, part: Amount, whole: Amount) -> Option<Amount> {
    let (mut part, mut whole) = (millionths(part), millionths(whole));
    if whole < 0 {
        (part, whole) = (-part, -whole);
    }
    let doubled = millionths(points).checked_mul(part)?.checked_mul(2)?;
    let scaled = doubled.checked_div_euclid(whole.checked_mul(HUNDREDTH)?)?;
    Some(amount((scaled + 1).div_euclid(2) * HUNDREDTH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up_and_nothing_is_divided_by_nothing() {
        let of = |plain: &str| Amount::read(plain).expect("an amount");
        assert_eq!(share(of("2"), of("1"), of("3")).map(Amount::plain).as_deref(), Some("0.67"));
        assert_eq!(share(of("0.05"), of("1"), of("2")).map(Amount::plain).as_deref(), Some("0.03"));
        assert_eq!(share(of("1"), of("-1"), of("-2")).map(Amount::plain).as_deref(), Some("0.5"));
        assert_eq!(share(of("1"), of("1"), of("0")), None);
        assert_eq!(minus(of("1"), of("2.5")).plain(), "-1.5");
        assert_eq!(share(of("999999999999"), of("999999999999999999999999"), of("1")), None, "too large is no figure");
    }
}
