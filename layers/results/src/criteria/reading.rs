//! Reading what people type as the answer to a criterion. Pure.

use ::measures::Amount;
use ::scoring::{Criterion, Given, Rule};

use crate::web::Obstacle;

/// The longest explanation, letters.
pub const NOTE_LETTERS_MAX: usize = 4_000;
/// More has no meaning in a set of criteria.
const VALUE_MAX: u64 = 1_000_000_000_000;
/// Something that happens for a bonus happens so often at most.
const TIMES_MAX: u64 = 1_000;
/// A third decimal is more often a thousand written the foreign way than a figure so fine.
const DECIMALS_MAX: usize = 2;

/// Reads a number as Vietnamese writes it: `1.234` is one thousand and more, `12,5` twelve and a half.
///
/// # Errors
/// What is wrong.
pub fn number(typed: &str) -> Result<Amount, Obstacle> {
    let digits = typed.trim().trim_end_matches(['%', '％']).trim();
    let wrong = |key: &'static str| Obstacle::new(key).with("value", typed.trim());
    let reading = vietnamese::number::parse_number(digits).map_err(|_| wrong("criteria-value-no-number"))?;
    let amount = Amount::exactly(reading.value).ok_or_else(|| wrong("criteria-value-fine"))?;
    if amount.decimals() > DECIMALS_MAX {
        return Err(wrong("criteria-value-fine"));
    }
    if amount < Amount::default() {
        return Err(wrong("criteria-value-negative"));
    }
    if amount > Amount::from(VALUE_MAX) {
        return Err(wrong("criteria-value-large"));
    }
    Ok(amount)
}

/// Reads the answer to a criterion worth at most `most`; nothing typed is [`Given::Missing`].
///
/// # Errors
/// What is wrong.
pub fn given(criterion: &Criterion, most: Amount, typed: &str, does_not_apply: bool) -> Result<Given, Obstacle> {
    let typed = typed.trim();
    if does_not_apply {
        return if criterion.may_not_apply { Ok(Given::NotApplicable) } else { Err(Obstacle::new("criteria-must-apply")) };
    }
    if typed.is_empty() {
        return Ok(Given::Missing);
    }
    if criterion.rule == Rule::YesNo {
        return match typed {
            "yes" => Ok(Given::Yes),
            "no" => Ok(Given::No),
            _ => Err(Obstacle::new("criteria-value-yes-no")),
        };
    }
    let amount = number(typed)?;
    if criterion.is_percent() && amount > Amount::from(100) {
        return Err(Obstacle::new("criteria-value-over-hundred").with("value", typed));
    }
    if criterion.rule == Rule::Points && amount > most {
        return Err(Obstacle::new("criteria-value-over-points").with("value", typed).with("most", most.shown()));
    }
    Ok(Given::Value { amount })
}

/// Reads how many times something happened.
///
/// # Errors
/// What is wrong.
pub fn times(typed: &str) -> Result<Given, Obstacle> {
    if typed.trim().is_empty() {
        return Ok(Given::Missing);
    }
    let amount = number(typed)?;
    if amount.decimals() > 0 || amount > Amount::from(TIMES_MAX) {
        return Err(Obstacle::new("criteria-times-wrong").with("value", typed.trim()));
    }
    Ok(Given::Value { amount })
}

/// The count of an answer that [`times`] read.
#[must_use]
pub fn count(given: Given) -> u32 {
    match given {
        Given::Value { amount } => amount.plain().parse().unwrap_or_default(),
        _ => 0,
    }
}

/// An answer as it is typed.
#[must_use]
pub fn typed(given: Given) -> String {
    match given {
        Given::Value { amount } => amount.shown(),
        Given::Yes => "yes".into(),
        Given::No => "no".into(),
        Given::NotApplicable | Given::Missing => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use ::scoring::Source;

    use super::*;

    fn criterion(rule: Rule, unit: &str) -> Criterion {
        Criterion { rule, source: Source::Own, unit: unit.into(), may_not_apply: false }
    }

    #[test]
    fn what_is_no_figure_is_refused() {
        let line = Rule::Linear { none_at: Amount::default(), all_at: Amount::from(100) };
        let percent = criterion(line.clone(), "%");
        let plain = criterion(line, "tin");
        let read = |criterion: &Criterion, typed: &str| given(criterion, Amount::from(2), typed, false);
        for (typed, key) in [
            ("120 %", "criteria-value-over-hundred"),
            ("1.234", "criteria-value-over-hundred"),
            ("-5", "criteria-value-negative"),
            ("NaN", "criteria-value-no-number"),
            ("vô cùng", "criteria-value-no-number"),
            ("1,234", "criteria-value-fine"),
        ] {
            assert_eq!(read(&percent, typed).map_err(|found| found.key), Err(key), "{typed}");
        }
        assert_eq!(read(&plain, "1.234"), Ok(Given::Value { amount: Amount::from(1_234) }));
        assert_eq!(read(&percent, "99,5%").map(typed), Ok("99,5".into()));
        assert_eq!(read(&plain, " "), Ok(Given::Missing));
        assert_eq!(read(&criterion(Rule::Points, ""), "2,5").map_err(|found| found.key), Err("criteria-value-over-points"));
        assert_eq!(read(&criterion(Rule::YesNo, ""), "có").map_err(|found| found.key), Err("criteria-value-yes-no"));
        assert_eq!(given(&plain, Amount::from(2), "", true).map_err(|found| found.key), Err("criteria-must-apply"));
        assert_eq!(times("1,5").map_err(|found| found.key), Err("criteria-times-wrong"));
        assert_eq!(times("3").map(count), Ok(3));
    }
}
