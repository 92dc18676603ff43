//! The values of many agencies become one, field by field, each by its operator. Gaps are counted, never added as zeros, and a
//! piece of evidence that several agencies counted is added once (scenario R8).

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::Form;
use super::field::{Definition, Field, Kind, RollUp};
use super::source::{Piece, Source};
use super::values::{self, Filled, Value};
use crate::duties::answer::{Answer, Outcome};
use crate::duties::slot::{self, Slot};
use crate::duties::standing::{self, Standing, Story};
use ::measures::Amount;

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
    /// What was counted for the fields of which several agencies can count the same thing, by code.
    pieces: HashMap<String, Vec<Piece>>,
}

/// One field over all agencies.
#[derive(Clone, Debug)]
pub struct Total {
    /// By the operator of the field.
    pub outcome: Outcomes,
    /// How many gave what, in the order of [`Gave::ALL`].
    pub counts: [usize; 4],
    /// How many pieces several agencies counted; they are in the total once.
    pub shared: usize,
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
    /// Reads them: six statements, however many agencies, and one for each field that adds up pieces of evidence.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, duty: Uuid, period: &str) -> Result<Self, DbErr> {
        Self::read(on, duty, period, None).await
    }

    /// Reads them as they were when these answers counted, and no others: those that a closing names.
    ///
    /// # Errors
    /// The database failed.
    pub async fn closed(on: &impl ConnectionTrait, duty: Uuid, period: &str, answers: &HashSet<Uuid>) -> Result<Self, DbErr> {
        Self::read(on, duty, period, Some(answers)).await
    }

    async fn read(on: &impl ConnectionTrait, duty: Uuid, period: &str, only: Option<&HashSet<Uuid>>) -> Result<Self, DbErr> {
        let form = Form::newest(on, duty).await?.map(|form| form.definition()).unwrap_or_default();
        let slots = slot::Entity::find()
            .filter(slot::Column::Duty.eq(duty))
            .filter(slot::Column::Period.eq(period))
            .filter(slot::Column::VoidedOn.is_null())
            .order_by_asc(slot::Column::Id)
            .all(on)
            .await?;
        let ids: Vec<Uuid> = slots.iter().map(|slot| slot.id).collect();
        let mut stories = standing::brief(on, &slots).await?;
        if let Some(only) = only {
            for story in stories.values_mut() {
                // What was said to an answer afterwards does not change what was closed.
                story.answers.retain(|answer| only.contains(&answer.id));
                story.reviews.clear();
            }
        }
        let mut sheets = Self { form, filled: values::of(on, &ids).await?, stories, slots, pieces: HashMap::new() };
        for field in sheets.form.fields.clone() {
            let adds = field.kind == Kind::Number && field.roll_up == RollUp::Sum;
            let Some(source) = Source::of_code(&field.source).filter(|source| adds && source.is_of_pieces()) else { continue };
            let answered = |slot: &Slot| sheets.value(slot, &field).and(sheets.answer(slot)).map(|answer| answer.at);
            let slots: Vec<_> = sheets.slots.iter().filter_map(|slot| Some((slot, answered(slot)?))).collect();
            let pieces = source.pieces(on, &slots).await?;
            sheets.pieces.insert(field.code, pieces);
        }
        Ok(sheets)
    }

    /// What was counted for a field, each piece once; None where values are simply added.
    #[must_use]
    pub fn pieces(&self, field: &Field) -> Option<&[Piece]> {
        self.pieces.get(&field.code).map(Vec::as_slice)
    }

    /// Where a slot stands on a day.
    #[must_use]
    pub fn standing(&self, slot: &Slot, today: NaiveDate) -> Standing {
        self.stories.get(&slot.id).map_or_else(|| Story::default().standing(slot, today), |story| story.standing(slot, today))
    }

    /// The last version that was handed in, sent back or not.
    #[must_use]
    pub fn last(&self, slot: &Slot) -> Option<&Answer> {
        self.stories.get(&slot.id)?.last()
    }

    /// Whether what counts came after the last day.
    #[must_use]
    pub fn is_late(&self, slot: &Slot) -> bool {
        self.stories.get(&slot.id).and_then(|story| story.is_on_time(slot)) == Some(false)
    }

    /// The answer of a slot that counts: the last, unless it was sent back.
    #[must_use]
    pub fn answer(&self, slot: &Slot) -> Option<&Answer> {
        let story = self.stories.get(&slot.id)?;
        story.last().filter(|last| !story.is_sent_back(last))
    }

    /// What the system had counted for a field when the answer was handed in.
    #[must_use]
    pub fn recorded(&self, slot: &Slot, field: &Field) -> Option<Amount> {
        self.filled.get(&self.answer(slot)?.id)?.values.entries.get(&field.code)?.recorded
    }

    /// What the system had counted for the answers that count, added up as what was declared is; None where the field is not added, or
    /// nothing is counted of it.
    #[must_use]
    pub fn recorded_total(&self, field: &Field) -> Option<Amount> {
        if field.kind != Kind::Number || field.roll_up != RollUp::Sum {
            return None;
        }
        let counted: Vec<Amount> = self.slots.iter().filter_map(|slot| self.recorded(slot, field)).collect();
        if counted.is_empty() {
            return None;
        }
        Some(once(counted.into_iter().sum(), self.pieces(field).unwrap_or_default()))
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
        let pieces = self.pieces(field).unwrap_or_default();
        let outcome = match roll_up(field, &values) {
            Outcomes::Number(sum) => Outcomes::Number(once(sum, pieces)),
            other => other,
        };
        Total { outcome, counts: Gave::ALL.map(count), shared: pieces.iter().filter(|piece| piece.is_shared()).count() }
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

/// A sum without what it has twice. What agencies added of their own (with a reason) stays in it.
fn once(sum: Amount, pieces: &[Piece]) -> Amount {
    let again: usize = pieces.iter().map(|piece| piece.claims.len().saturating_sub(1)).sum();
    (sum + Amount::from(again as u64).times(-1)).max(Amount::default())
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

    /// Scenario R8.
    #[test]
    fn what_several_counted_is_in_the_sum_once() {
        let piece = |slots: usize| Piece {
            name: "bài".into(),
            address: String::new(),
            claims: (0..slots).map(|_| (Uuid::nil(), Uuid::nil())).collect(),
        };
        assert_eq!(once(Amount::from(5), &[piece(3), piece(1)]), Amount::from(3));
        assert_eq!(once(Amount::from(0), &[piece(2)]), Amount::from(0), "never below nothing");
        assert!(!piece(2).is_shared(), "twice with one agency is not shared");
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
