//! A value with what it is made of. Four honest answers are never mixed up: a value, zero, "nothing to report", unanswered; and where there
//! can be no figure, it is said why.

use serde::Serialize;

use crate::{Amount, Definition, RollUp, Shape};

/// Months of a year.
pub const MONTHS: usize = 12;

/// What sort of answer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    Value,
    Zero,
    /// "Không phát sinh": answered with a reason, and no figure.
    Nothing,
    Unanswered,
    /// The product keeps nothing of which it could be counted.
    Unseen,
    /// The denominator is zero.
    NoDenominator,
    /// The numerator is no part of the denominator: more than it, or less than nothing.
    NotPart,
    /// The definition does not put agencies together.
    NotAdded,
}

impl Standing {
    pub const ALL: [Self; 8] = [
        Self::Value,
        Self::Zero,
        Self::Nothing,
        Self::Unanswered,
        Self::Unseen,
        Self::NoDenominator,
        Self::NotPart,
        Self::NotAdded,
    ];

    /// The word in data, and in keys of words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Zero => "zero",
            Self::Nothing => "nothing",
            Self::Unanswered => "unanswered",
            Self::Unseen => "unseen",
            Self::NoDenominator => "no-denominator",
            Self::NotPart => "not-part",
            Self::NotAdded => "not-added",
        }
    }

    const fn letter(self) -> char {
        match self {
            Self::Value => 'v',
            Self::Zero => 'z',
            Self::Nothing => 'n',
            Self::Unanswered => 'u',
            Self::Unseen => 'x',
            Self::NoDenominator => 'd',
            Self::NotPart => 'p',
            Self::NotAdded => 'a',
        }
    }

    /// Whether there is a figure.
    #[must_use]
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Value | Self::Zero)
    }
}

/// What was counted of an agency, or of all together, in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    pub numerator: Amount,
    /// Of a ratio.
    pub denominator: Option<Amount>,
    pub standing: Standing,
    /// Of a group: how many of it did not answer, or did not say of how many, and are in neither numerator nor denominator.
    pub gaps: u32,
}

impl Value {
    /// Says what two sums are: a figure, or why there is none.
    #[must_use]
    pub fn judged(numerator: Amount, denominator: Option<Amount>, gaps: u32) -> Self {
        let standing = match denominator {
            Some(whole) if whole.is_zero() => Standing::NoDenominator,
            Some(whole) if numerator > whole || numerator.is_negative() => Standing::NotPart,
            _ if numerator.is_zero() => Standing::Zero,
            _ => Standing::Value,
        };
        Self { numerator, denominator, standing, gaps }
    }

    /// No figure, for that reason.
    #[must_use]
    pub fn none(standing: Standing, gaps: u32) -> Self {
        Self { numerator: Amount::default(), denominator: None, standing, gaps }
    }

    /// The figure: the count, or how many in a hundred; None where there is none.
    #[must_use]
    pub fn figure(&self) -> Option<Amount> {
        if !self.standing.is_figure() {
            return None;
        }
        match self.denominator {
            Some(whole) => self.numerator.percent_of(whole),
            None => Some(self.numerator),
        }
    }
}

/// The values of a year, month by month: each is that of its period up to then. None: not asked then, or not yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Months(pub [Option<Value>; MONTHS]);

impl Months {
    /// The value of a month, from 1.
    #[must_use]
    pub fn of(&self, month: u32) -> Option<Value> {
        self.0.get(usize::try_from(month).ok()?.checked_sub(1)?).copied().flatten()
    }

    /// The last month of which there is a value.
    #[must_use]
    pub fn last(&self) -> Option<(u32, Value)> {
        let (at, value) = self.0.iter().enumerate().rev().find_map(|(at, value)| Some((at, (*value)?)))?;
        Some((u32::try_from(at).ok()? + 1, value))
    }

    /// These months up to one of them, and the others from there on.
    #[must_use]
    pub fn then(&self, through: u32, others: &Self) -> Self {
        let mut mixed = *others;
        for (at, value) in self.0.iter().enumerate() {
            if at < usize::try_from(through).unwrap_or(MONTHS) {
                mixed.0[at] = *value;
            }
        }
        mixed
    }

    /// The value of the whole year as far as it went: periods put together as the definition says.
    #[must_use]
    pub fn year(&self, definition: &Definition) -> Option<Value> {
        let ends = self.periods(definition);
        // Whoever a period lacks, the year lacks, also where nobody at all answered for that period.
        let gaps = ends.iter().map(|(_, value)| value.gaps).max()?;
        if let Some((_, value)) = standing_in(&ends, definition) {
            let is_extreme = matches!(definition.roll_up, RollUp::Min | RollUp::Max) && value.figure().is_some();
            return Some(if is_extreme { Value { gaps, ..value } } else { value });
        }
        if definition.roll_up == RollUp::None {
            return Some(Value::none(Standing::NotAdded, 0));
        }
        let figures = || ends.iter().map(|(_, value)| value).filter(|value| !is_silent(value.standing));
        let numerator = figures().map(|value| value.numerator).sum();
        let below = figures().map(|value| value.denominator.unwrap_or_default()).sum();
        Some(Value::judged(numerator, (definition.shape == Shape::Ratio).then_some(below), gaps))
    }

    /// The last month of the period that alone stands for the whole year: the only one, the last with a figure, the lowest or the highest.
    /// None where the year is put together from its periods, or not at all.
    #[must_use]
    pub fn month_of_year(&self, definition: &Definition) -> Option<u32> {
        standing_in(&self.periods(definition), definition).map(|(month, _)| month)
    }

    /// The value of each period that began, with its last month so far.
    #[must_use]
    pub fn periods(&self, definition: &Definition) -> Vec<(u32, Value)> {
        let mut ends: Vec<(u32, Value)> = Vec::new();
        for month in 1..=12 {
            let Some(value) = self.of(month) else { continue };
            let first = definition.every.first_month(month);
            match ends.last_mut() {
                Some((last, held)) if *last >= first => (*last, *held) = (month, value),
                _ => ends.push((month, value)),
            }
        }
        ends
    }

    /// As it is kept: `v3/122~4;z0/122;…`, nothing where nothing is.
    #[must_use]
    pub fn written(&self) -> String {
        let mut text = String::with_capacity(96);
        for (at, value) in self.0.iter().enumerate() {
            if at > 0 {
                text.push(';');
            }
            let Some(value) = value else { continue };
            text.push(value.standing.letter());
            if is_silent(value.standing) {
                push_gaps(&mut text, value.gaps);
                continue;
            }
            value.numerator.push_plain(&mut text);
            if let Some(whole) = value.denominator {
                text.push('/');
                whole.push_plain(&mut text);
            }
            push_gaps(&mut text, value.gaps);
        }
        text
    }

    /// What [`Months::written`] wrote; what can not be read is not there.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut months = Self::default();
        for (at, piece) in text.split(';').take(MONTHS).enumerate() {
            months.0[at] = read_value(piece);
        }
        months
    }
}

/// Which of the periods of a year stands for it alone.
fn standing_in(ends: &[(u32, Value)], definition: &Definition) -> Option<(u32, Value)> {
    let last = *ends.last()?;
    let figures = || ends.iter().copied().filter(|(_, value)| !is_silent(value.standing));
    if ends.len() == 1 || figures().next().is_none() {
        return Some(last);
    }
    let known = figures().filter(|(_, value)| value.figure().is_some());
    match definition.roll_up {
        RollUp::Last => figures().next_back(),
        RollUp::Min => known.min_by_key(|(_, value)| value.figure()).or(Some(last)),
        RollUp::Max => known.max_by_key(|(_, value)| value.figure()).or(Some(last)),
        RollUp::Sum | RollUp::None => None,
    }
}

/// Whether there is nothing to add.
const fn is_silent(standing: Standing) -> bool {
    matches!(standing, Standing::Nothing | Standing::Unanswered | Standing::Unseen | Standing::NotAdded)
}

fn push_gaps(text: &mut String, gaps: u32) {
    if gaps > 0 {
        text.push('~');
        text.push_str(&gaps.to_string());
    }
}

fn read_value(piece: &str) -> Option<Value> {
    let letter = piece.chars().next()?;
    let standing = Standing::ALL.into_iter().find(|standing| standing.letter() == letter)?;
    let rest = &piece[letter.len_utf8()..];
    let (figures, gaps) = rest.split_once('~').unwrap_or((rest, "0"));
    let gaps = gaps.parse().ok()?;
    if is_silent(standing) {
        return Some(Value::none(standing, gaps));
    }
    let (numerator, whole) = figures.split_once('/').map_or((figures, None), |(part, whole)| (part, Some(whole)));
    let denominator = match whole {
        Some(whole) => Some(Amount::read(whole)?),
        None => None,
    };
    Some(Value { numerator: Amount::read(numerator)?, denominator, standing, gaps })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Every;

    fn ratio(part: u64, whole: u64) -> Option<Value> {
        Some(Value::judged(Amount::from(part), Some(Amount::from(whole)), 0))
    }

    fn definition(shape: Shape, every: Every, roll_up: RollUp) -> Definition {
        Definition { shape, every, roll_up, ..Definition::default() }
    }

    #[test]
    fn what_is_no_part_of_its_whole_is_no_percentage() {
        assert_eq!(Value::judged(Amount::from(3), Some(Amount::from(2)), 0).figure(), None);
        assert_eq!(Value::judged(Amount::from(3), Some(Amount::from(2)), 0).standing, Standing::NotPart);
        assert_eq!(Value::judged(Amount::from(0), Some(Amount::from(0)), 0).standing, Standing::NoDenominator);
        assert_eq!(Value::judged(Amount::from(0), Some(Amount::from(9)), 0).standing, Standing::Zero);
        assert_eq!(Value::judged(Amount::from(9), Some(Amount::from(9)), 0).figure(), Some(Amount::from(100)));
        assert_eq!(Value::none(Standing::Unanswered, 1).figure(), None);
    }

    /// Scenario R7: quarters of 1/2 and 99/100 make a year of 100/102.
    #[test]
    fn a_year_of_ratios_is_counted_from_its_parts() {
        let mut months = Months::default();
        (months.0[2], months.0[5]) = (ratio(1, 2), ratio(99, 100));
        let year = months.year(&definition(Shape::Ratio, Every::Quarter, RollUp::Sum)).expect("a value");
        assert_eq!(year.figure().map(Amount::shown).as_deref(), Some("98,04"));
        let last = months.year(&definition(Shape::Ratio, Every::Quarter, RollUp::Last)).expect("a value");
        assert_eq!(last.figure(), Some(Amount::from(99)));
        let least = months.year(&definition(Shape::Ratio, Every::Quarter, RollUp::Min)).expect("a value");
        assert_eq!(least.figure(), Some(Amount::from(50)));
        let none = months.year(&definition(Shape::Ratio, Every::Quarter, RollUp::None)).expect("a value");
        assert_eq!(none.standing, Standing::NotAdded);
        let month = |roll_up| months.month_of_year(&definition(Shape::Ratio, Every::Quarter, roll_up));
        let all = [RollUp::Min, RollUp::Max, RollUp::Last, RollUp::Sum, RollUp::None];
        assert_eq!(all.map(month), [Some(3), Some(6), Some(6), None, None]);
        // Of a year that is one period the last month is the year.
        let whole = months.year(&definition(Shape::Ratio, Every::Year, RollUp::Sum)).expect("a value");
        assert_eq!(whole.figure(), Some(Amount::from(99)));
    }

    /// A quarter that nobody answered for is in no sum, and the year says whom it lacks.
    #[test]
    fn a_year_lacks_whom_its_silent_periods_lack() {
        let mut months = Months::default();
        months.0[2] = Some(Value { gaps: 1, ..Value::judged(Amount::from(5), None, 0) });
        months.0[5] = Some(Value::none(Standing::Unanswered, 7));
        let of = |roll_up| months.year(&definition(Shape::Count, Every::Quarter, roll_up)).expect("a value");
        for roll_up in [RollUp::Sum, RollUp::Min, RollUp::Max] {
            assert_eq!((of(roll_up).figure(), of(roll_up).gaps), (Some(Amount::from(5)), 7), "{roll_up:?}");
        }
        // The last figure is that of its own period.
        assert_eq!((of(RollUp::Last).figure(), of(RollUp::Last).gaps), (Some(Amount::from(5)), 1));
        assert_eq!(months.month_of_year(&definition(Shape::Count, Every::Quarter, RollUp::Last)), Some(3));
    }

    #[test]
    fn what_was_closed_stays_and_what_follows_is_new() {
        let (mut closed, mut now) = (Months::default(), Months::default());
        (closed.0[0], now.0[0], now.0[1]) = (ratio(1, 2), ratio(2, 2), ratio(2, 4));
        let mixed = closed.then(1, &now);
        assert_eq!((mixed.0[0], mixed.0[1]), (ratio(1, 2), ratio(2, 4)));
    }

    proptest! {
        #[test]
        fn months_are_kept_and_read_as_they_were(
            raw in prop::collection::vec(prop::option::of((0_usize..8, 0_u64..5_000_000, prop::option::of(0_u64..9_000), 0_u32..4)), MONTHS)
        ) {
            let mut months = Months::default();
            for (at, one) in raw.into_iter().enumerate() {
                months.0[at] = one.map(|(standing, part, whole, gaps)| {
                    let standing = Standing::ALL[standing];
                    let value = Value { numerator: Amount::from(part), denominator: whole.map(Amount::from), standing, gaps };
                    if is_silent(standing) { Value::none(standing, gaps) } else { value }
                });
            }
            prop_assert_eq!(Months::read(&months.written()), months);
        }

        /// Rule 3: whatever is counted, no percentage is above 100 or below 0.
        #[test]
        fn no_percentage_leaves_its_bounds(part in -1_000_i64..1_000, whole in -1_000_i64..1_000) {
            let amount = |of: i64| Amount::read(&of.to_string()).expect("an amount");
            if let Some(figure) = Value::judged(amount(part), Some(amount(whole)), 0).figure() {
                prop_assert!(!figure.is_negative() && figure <= Amount::from(100));
            }
        }

        #[test]
        fn nothing_that_is_written_makes_reading_fall_over(text in ".{0,60}") {
            let _ = Months::read(&text);
        }
    }
}
