//! The values of many agencies become one, field by field, each by its operator. Gaps are counted, never added as zeros.

use std::collections::{BTreeMap, HashMap};

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::Form;
use super::amount::Amount;
use super::field::{Definition, Field, Kind, RollUp};
use super::values::{self, Filled, Value};
use crate::duties::answer::{Answer, Outcome};
use crate::duties::slot::{self, Slot};
use crate::duties::standing::{self, Story};

/// What an agency gave for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gave {
    Value,
    /// Answered without a value, perhaps with a reason.
    Gap,
    /// "Không phát sinh".
    Nothing,
    /// Not answered, or sent back.
    Unanswered,
}

impl Gave {
    pub const ALL: [Self; 4] = [Self::Value, Self::Gap, Self::Nothing, Self::Unanswered];

    /// The word in addresses and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Gap => "gap",
            Self::Nothing => "nothing",
            Self::Unanswered => "unanswered",
        }
    }
}

/// The answers to a duty in a period.
pub struct Sheets {
    /// The newest form of the duty.
    pub form: Definition,
    pub slots: Vec<Slot>,
    stories: HashMap<Uuid, Story>,
    filled: HashMap<Uuid, Filled>,
}

/// One field over all agencies.
#[derive(Clone, Debug)]
pub struct Total {
    /// By the operator of the field.
    pub outcome: Outcomes,
    /// How many gave what, in the order of [`Gave::ALL`].
    pub counts: [usize; 4],
}

/// What the values of many became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcomes {
    /// The operator is "none", or nobody gave a value.
    None,
    Number(Amount),
    /// Summed parts over summed wholes.
    Ratio(Amount, Amount),
    /// How often each was chosen.
    Counts(Vec<(String, usize)>),
    /// A value as it was given.
    Given(Value),
}

impl Sheets {
    /// Reads them: six statements, however many agencies.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, duty: Uuid, period: &str) -> Result<Self, DbErr> {
        let form = Form::newest(on, duty).await?.map(|form| form.definition()).unwrap_or_default();
        let slots = slot::Entity::find()
            .filter(slot::Column::Duty.eq(duty))
            .filter(slot::Column::Period.eq(period))
            .filter(slot::Column::VoidedOn.is_null())
            .order_by_asc(slot::Column::Id)
            .all(on)
            .await?;
        let ids: Vec<Uuid> = slots.iter().map(|slot| slot.id).collect();
        let stories = standing::brief(on, &slots).await?;
        Ok(Self { form, filled: values::of(on, &ids).await?, stories, slots })
    }

    /// The answer of a slot that counts: the last, unless it was sent back.
    #[must_use]
    pub fn answer(&self, slot: &Slot) -> Option<&Answer> {
        let story = self.stories.get(&slot.id)?;
        story.last().filter(|last| !story.is_sent_back(last))
    }

    /// What was given for a field of the newest form: an answer to an older version counts where the field was the same sort.
    #[must_use]
    pub fn value(&self, slot: &Slot, field: &Field) -> Option<&Value> {
        let filled = self.filled.get(&self.answer(slot)?.id)?;
        let (_, asked) = filled.definition.field(&field.code)?;
        filled.values.value(&field.code).filter(|_| asked.kind == field.kind && asked.unit == field.unit)
    }

    /// Why there is no value, or what else was said to it.
    #[must_use]
    pub fn why(&self, slot: &Slot, field: &Field) -> String {
        let filled = self.answer(slot).and_then(|answer| self.filled.get(&answer.id));
        filled.and_then(|filled| filled.values.entries.get(&field.code)).map(|entry| entry.why.clone()).unwrap_or_default()
    }

    /// What an agency gave for a field.
    #[must_use]
    pub fn gave(&self, slot: &Slot, field: &Field) -> Gave {
        match self.answer(slot) {
            None => Gave::Unanswered,
            Some(answer) if answer.outcome == Outcome::Nothing => Gave::Nothing,
            Some(_) if self.value(slot, field).is_some() => Gave::Value,
            Some(_) => Gave::Gap,
        }
    }

    /// One field over all agencies.
    #[must_use]
    pub fn total(&self, field: &Field) -> Total {
        let count = |gave: Gave| self.slots.iter().filter(|slot| self.gave(slot, field) == gave).count();
        let mut given: Vec<(DateTimeUtc, &Value)> =
            self.slots.iter().filter_map(|slot| Some((self.answer(slot)?.at, self.value(slot, field)?))).collect();
        given.sort_by_key(|(at, _)| *at);
        let values: Vec<&Value> = given.into_iter().map(|(_, value)| value).collect();
        Total { outcome: roll_up(field, &values), counts: Gave::ALL.map(count) }
    }
}

/// Values in the order they were handed in become one.
#[must_use]
pub fn roll_up(field: &Field, values: &[&Value]) -> Outcomes {
    // An operator that its kind does not know (a percentage that is to be added) is none.
    if values.is_empty() || !field.kind.roll_ups().contains(&field.roll_up) {
        return Outcomes::None;
    }
    let numbers = || values.iter().filter_map(|value| if let Value::Number(number) = value { Some(*number) } else { None });
    let given = |value: Option<&&Value>| value.map_or(Outcomes::None, |value| Outcomes::Given((*value).clone()));
    match (field.kind, field.roll_up) {
        (_, RollUp::None) => Outcomes::None,
        (_, RollUp::Last) => given(values.last()),
        (Kind::Number, RollUp::Sum) => Outcomes::Number(numbers().sum()),
        (Kind::Number, RollUp::Average) => {
            numbers().sum::<Amount>().over(numbers().count()).map_or(Outcomes::None, Outcomes::Number)
        }
        (Kind::Ratio, _) => {
            let parts = values
                .iter()
                .filter_map(|value| if let Value::Ratio(part, whole) = value { Some((*part, *whole)) } else { None });
            let (part, whole) = parts.fold((Amount::default(), Amount::default()), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            Outcomes::Ratio(part, whole)
        }
        (Kind::YesNo | Kind::Choice, _) => Outcomes::Counts(counts(field, values)),
        (_, RollUp::Least) => given(values.iter().min_by(|one, other| order(one, other))),
        (_, RollUp::Most) => given(values.iter().max_by(|one, other| order(one, other))),
        _ => Outcomes::None,
    }
}

fn order(one: &Value, other: &Value) -> std::cmp::Ordering {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.cmp(other),
        (Value::Day(one), Value::Day(other)) => one.cmp(other),
        _ => std::cmp::Ordering::Equal,
    }
}

/// Each choice with how often it was taken; of a yes-no field the words are `yes` and `no`.
fn counts(field: &Field, values: &[&Value]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values {
        let word = match value {
            Value::Yes(true) => "yes".to_owned(),
            Value::Yes(false) => "no".to_owned(),
            Value::Choice(choice) => choice.clone(),
            _ => continue,
        };
        *counts.entry(word).or_default() += 1;
    }
    let order: Vec<String> =
        if field.kind == Kind::YesNo { ["yes", "no"].map(str::to_owned).to_vec() } else { field.options.clone() };
    order
        .into_iter()
        .map(|word| {
            let count = counts.get(&word).copied().unwrap_or_default();
            (word, count)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(of: u64) -> Value {
        Value::Number(Amount::from(of))
    }

    fn rolled(kind: Kind, roll_up: RollUp, values: &[Value]) -> Outcomes {
        let field = Field { kind, roll_up, ..Field::default() };
        super::roll_up(&field, &values.iter().collect::<Vec<_>>())
    }

    /// Scenario R7.
    #[test]
    fn ratios_are_counted_from_summed_parts_and_percentages_are_never_averaged() {
        let halves = [Value::Ratio(Amount::from(1), Amount::from(2)), Value::Ratio(Amount::from(99), Amount::from(100))];
        assert_eq!(rolled(Kind::Ratio, RollUp::Sum, &halves), Outcomes::Ratio(Amount::from(100), Amount::from(102)));
        let shares = [number(50), number(99)];
        assert_eq!(rolled(Kind::Percent, RollUp::Average, &shares), Outcomes::None);
        assert_eq!(rolled(Kind::Percent, RollUp::Sum, &shares), Outcomes::None);
        assert_eq!(rolled(Kind::Percent, RollUp::Least, &shares), Outcomes::Given(number(50)));
    }

    #[test]
    fn each_operator_does_what_it_says() {
        let values = [number(4), number(1), number(2)];
        let of = |roll_up| rolled(Kind::Number, roll_up, &values);
        assert_eq!(of(RollUp::Sum), Outcomes::Number(Amount::from(7)));
        assert_eq!(of(RollUp::Average), Outcomes::Number(Amount::read("2.33").unwrap()));
        assert_eq!([RollUp::Last, RollUp::Least, RollUp::Most].map(of), [2, 1, 4].map(|of| Outcomes::Given(number(of))));
        assert_eq!(of(RollUp::None), Outcomes::None);
        assert_eq!(rolled(Kind::Number, RollUp::Sum, &[]), Outcomes::None, "of nobody there is no sum, not even zero");
        let said = [Value::Yes(true), Value::Yes(false), Value::Yes(true)];
        assert_eq!(rolled(Kind::YesNo, RollUp::Sum, &said), Outcomes::Counts(vec![("yes".into(), 2), ("no".into(), 1)]));
    }
}
