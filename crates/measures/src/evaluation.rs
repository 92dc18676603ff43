//! A definition becomes values: agency by agency and month by month, and of all together. Groups are counted from parts, never from
//! percentages; who did not answer is in neither numerator nor denominator, and is counted as a gap.

use crate::value::MONTHS;
use crate::{Amount, Definition, Every, Missing, Months, Part, RollUp, Shape, Standing, Term, Value};

/// The year that is counted.
#[derive(Clone, Debug)]
pub struct Year {
    /// Months that have begun.
    pub begun: usize,
    /// Of each agency: a bit for each month (the first is the lowest) in which it exists.
    pub exists: Vec<u16>,
    /// Of each agency: whether the measure is asked of it at all.
    pub asked: Vec<bool>,
}

impl Year {
    fn is_asked(&self, agency: usize, month: usize) -> bool {
        self.asked[agency] && self.exists[agency] >> month & 1 == 1
    }
}

/// One answer to a field of a form, or one count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    Given(Amount),
    /// "Không phát sinh".
    Nothing,
    Unanswered,
    /// Several answers were due, and some of them were not given.
    Part {
        /// What the others add up to.
        given: Amount,
        /// The last of them.
        last: Amount,
        silent: u32,
    },
    /// Nothing was to be said of that month.
    NotAsked,
}

/// What the months of a year hold of something.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// What there is at the end of a month, instead of what happened in it.
    pub stands: bool,
    /// Agencies × months.
    pub cells: Vec<Option<Cell>>,
    /// Before the year: what happened, or what was said last. Empty when nobody asked.
    pub before: Vec<Amount>,
    /// Of all agencies, each thing once, where several may claim the same: months, and before the year.
    pub whole: Option<([Amount; MONTHS], Amount)>,
}

/// What a part of a definition counts.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// A part without a line here is a zero: the product sees all of it.
    Counts(&'a Counts),
    /// A part without a line here was not asked.
    Answers(&'a Counts),
    Agency,
    Fixed(Amount),
    Measure(&'a Outcome),
    Unseen,
}

/// The values of a measure in a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub agencies: Vec<Months>,
    pub whole: Months,
}

/// What a part came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    Sum(Amount),
    Nothing,
    Unanswered,
    Unseen,
}

/// Counts a definition over a year. Inputs stand in the order of [`Definition::parts`] (those of a denominator that a count has are left
/// out of account).
#[must_use]
pub fn evaluate(definition: &Definition, year: &Year, inputs: &[Input<'_>]) -> Outcome {
    let mut outcome = Outcome { agencies: vec![Months::default(); year.exists.len()], whole: Months::default() };
    let sides = Sides { definition, year, inputs, above: definition.numerator.parts.len() };
    for month in 0..year.begun.min(MONTHS) {
        let mut group = Group::new(inputs.len());
        for agency in 0..year.exists.len() {
            if let Some(value) = sides.of_agency(agency, month, &mut group) {
                outcome.agencies[agency].0[month] = Some(value);
            }
        }
        outcome.whole.0[month] = Some(sides.of_all(month, &group, &outcome));
    }
    outcome
}

struct Sides<'a> {
    definition: &'a Definition,
    year: &'a Year,
    inputs: &'a [Input<'a>],
    /// Parts of the numerator.
    above: usize,
}

/// What the agencies of a month add up to, part by part.
struct Group {
    sums: Vec<Amount>,
    nothing: u32,
    unanswered: u32,
    answered: u32,
    /// Of the answered, those of which nobody knows the whole yet.
    bare: u32,
    unseen: bool,
}

impl Group {
    fn new(parts: usize) -> Self {
        Self { sums: vec![Amount::default(); parts], nothing: 0, unanswered: 0, answered: 0, bare: 0, unseen: false }
    }
}

impl Sides<'_> {
    fn part(&self, at: usize) -> Option<&Part> {
        match at.checked_sub(self.above) {
            None => self.definition.numerator.parts.get(at),
            Some(below) => self.definition.below()?.parts.get(below),
        }
    }

    /// Parts that count.
    fn parts(&self) -> usize {
        (self.above + self.definition.below().map_or(0, |term| term.parts.len())).min(self.inputs.len())
    }

    fn of_agency(&self, agency: usize, month: usize, group: &mut Group) -> Option<Value> {
        if !self.year.is_asked(agency, month) {
            self.left_behind(agency, month, group);
            return None;
        }
        let (mut came, mut silent) = ([Amount::default(); 2 * crate::definition::PARTS_MAX], None);
        let parts = self.parts().min(came.len());
        for (at, place) in came.iter_mut().enumerate().take(parts) {
            match self.came(at, agency, month) {
                Came::Sum(sum) => *place = sum,
                other => silent = Some(worse(silent, other)),
            }
        }
        match silent {
            None => {
                group.answered += 1;
                group.sums.iter_mut().zip(&came).for_each(|(sum, came)| *sum = *sum + *came);
                let (above, below) = self.terms(&came[..parts]);
                let value = Value::judged(above, below, 0);
                group.bare += u32::from(value.standing == Standing::NoDenominator && self.has_known_whole());
                Some(value)
            }
            Some(Came::Unseen) => {
                group.unseen = true;
                Some(Value::none(Standing::Unseen, 0))
            }
            Some(Came::Nothing) => {
                group.nothing += 1;
                Some(Value::none(Standing::Nothing, 0))
            }
            Some(_) => {
                group.unanswered += 1;
                Some(Value::none(Standing::Unanswered, 0))
            }
        }
    }

    /// Whether each agency has to say how many there are (officials, pupils): none said is a gap. That nothing was due is none.
    fn has_known_whole(&self) -> bool {
        let below = self.inputs.iter().take(self.parts()).skip(self.above);
        below.into_iter().any(|input| match input {
            Input::Counts(counts) => counts.stands,
            Input::Answers(_) => true,
            _ => false,
        })
    }

    /// An agency that ended within the period: what it did until then still counts for all. What it declared does so since the beginning,
    /// which never becomes less.
    fn left_behind(&self, agency: usize, month: usize, group: &mut Group) {
        if !self.year.asked[agency] {
            return;
        }
        for at in 0..self.parts() {
            let Some(part) = self.part(at) else { continue };
            let counts = match self.inputs[at] {
                Input::Counts(counts) => counts,
                Input::Answers(counts) if self.definition.every == Every::Ever => counts,
                _ => continue,
            };
            if part.at_least.is_none() && !counts.stands {
                group.sums[at] = group.sums[at] + happened(counts, self.definition.every, agency, month);
            }
        }
    }

    /// Numerator and denominator of these parts.
    fn terms(&self, came: &[Amount]) -> (Amount, Option<Amount>) {
        let sum = |term: &Term, came: &[Amount]| {
            let signed = term.parts.iter().zip(came).map(|(part, came)| if part.minus { came.times(-1) } else { *came });
            signed.sum::<Amount>()
        };
        let split = self.above.min(came.len());
        (sum(&self.definition.numerator, &came[..split]), self.definition.below().map(|term| sum(term, &came[split..])))
    }

    fn came(&self, at: usize, agency: usize, month: usize) -> Came {
        let Some(part) = self.part(at) else { return Came::Sum(Amount::default()) };
        let every = self.definition.every;
        let came = match self.inputs[at] {
            Input::Agency => Came::Sum(Amount::from(1)),
            Input::Fixed(amount) => Came::Sum(amount),
            Input::Unseen => Came::Unseen,
            Input::Counts(counts) if counts.stands => Came::Sum(given(counts.cells[agency * MONTHS + month])),
            Input::Counts(counts) => Came::Sum(happened(counts, every, agency, month)),
            Input::Answers(counts) => self.answered(counts, agency, month),
            Input::Measure(other) => match other.agencies.get(agency).and_then(|months| months.0[month]) {
                Some(value) => of_value(value),
                None => Came::Unanswered,
            },
        };
        bounded(came, part)
    }

    fn answered(&self, counts: &Counts, agency: usize, month: usize) -> Came {
        let first = first_month(self.definition.every, month);
        let earlier = counts.before.get(agency).copied().filter(|before| !before.is_zero());
        let mut came: Option<Came> = earlier.filter(|_| self.definition.every == Every::Ever).map(Came::Sum);
        for at in first..=month {
            let Some(one) = self.said(counts, agency, at) else { continue };
            came = Some(match (came, one) {
                (None | Some(Came::Nothing), one) => one,
                (Some(sum @ Came::Sum(_)), Came::Nothing) => sum,
                (Some(Came::Sum(before)), Came::Sum(now)) => Came::Sum(if counts.stands { now } else { before + now }),
                (Some(before), one) => worse(Some(before), one),
            });
        }
        match (came.unwrap_or(Came::Unanswered), self.definition.missing) {
            (Came::Unanswered, Missing::Zero) => Came::Sum(Amount::default()),
            (Came::Unanswered, Missing::Last) => last_given(counts, agency, month).map_or(Came::Unanswered, Came::Sum),
            (came, _) => came,
        }
    }

    /// What was said of a month, and by the rule of the definition what stands for those who were silent: what others said is not lost with
    /// them. None where nothing was asked, or nothing was ever said that could stand there.
    fn said(&self, counts: &Counts, agency: usize, month: usize) -> Option<Came> {
        // All since the beginning does not grow by what nobody said, and does not shrink to what was said last.
        let is_ever = self.definition.every == Every::Ever;
        match (counts.cells[agency * MONTHS + month]?, self.definition.missing) {
            (Cell::NotAsked, _) => None,
            (Cell::Given(amount), _) => Some(Came::Sum(amount)),
            (Cell::Nothing, _) => Some(Came::Nothing),
            (Cell::Unanswered | Cell::Part { .. }, Missing::Gap) => Some(Came::Unanswered),
            (Cell::Unanswered, Missing::Zero) => Some(Came::Sum(Amount::NONE)),
            (Cell::Unanswered, Missing::Last) if is_ever => None,
            (Cell::Unanswered, Missing::Last) => last_given(counts, agency, month).map(Came::Sum),
            (Cell::Part { given, last, silent }, Missing::Last) if !is_ever => {
                Some(Came::Sum(given + last.times(i128::from(silent))))
            }
            (Cell::Part { given, .. }, Missing::Zero | Missing::Last) => Some(Came::Sum(given)),
        }
    }

    /// All together: part by part, for some parts are there once however many agencies there are.
    fn of_all(&self, month: usize, group: &Group, outcome: &Outcome) -> Value {
        if group.unseen || self.inputs.iter().take(self.parts()).any(|input| matches!(input, Input::Unseen)) {
            return Value::none(Standing::Unseen, 0);
        }
        if group.answered == 0 && group.unanswered > 0 {
            return Value::none(Standing::Unanswered, group.unanswered);
        }
        if group.answered == 0 && group.nothing > 0 {
            return Value::none(Standing::Nothing, 0);
        }
        // Nobody was there to be asked: what nobody declared is no zero.
        if group.answered == 0 && self.inputs.iter().take(self.parts()).any(|input| matches!(input, Input::Answers(_))) {
            return Value::none(Standing::Unanswered, 0);
        }
        match self.definition.roll_up {
            RollUp::None => Value::none(Standing::NotAdded, group.unanswered),
            RollUp::Min | RollUp::Max => self.extreme(month, group, outcome),
            RollUp::Sum | RollUp::Last => self.summed(month, group),
        }
    }

    fn summed(&self, month: usize, group: &Group) -> Value {
        let mut came = group.sums.clone();
        for (at, sum) in came.iter_mut().enumerate().take(self.parts()) {
            let Some(part) = self.part(at) else { continue };
            let once = match self.inputs[at] {
                Input::Fixed(amount) => Some(Came::Sum(amount)),
                Input::Measure(other) => other.whole.0[month].map(of_value),
                Input::Counts(counts) if part.at_least.is_none() => self.shared(counts, month, *sum).map(Came::Sum),
                _ => None,
            };
            match once.map(|once| bounded(once, part)) {
                Some(Came::Sum(once)) => *sum = once,
                Some(Came::Unseen) => return Value::none(Standing::Unseen, 0),
                Some(Came::Nothing) => return Value::none(Standing::Nothing, 0),
                Some(Came::Unanswered) => return Value::none(Standing::Unanswered, group.unanswered),
                None => {}
            }
        }
        let (above, below) = self.terms(&came[..self.parts()]);
        Value::judged(above, below, group.unanswered + group.bare)
    }

    /// What several agencies may claim counts once; of some agencies alone it is not known how much of it is theirs, and the lesser holds.
    fn shared(&self, counts: &Counts, month: usize, sum: Amount) -> Option<Amount> {
        let (months, before) = counts.whole.as_ref()?;
        let first = first_month(self.definition.every, month);
        let happened: Amount = months[first..=month].iter().copied().sum();
        let once = match (counts.stands, self.definition.every) {
            (true, _) => months[month],
            (false, Every::Ever) => happened + *before,
            (false, _) => happened,
        };
        Some(if self.definition.is_narrowed() { once.min(sum) } else { once })
    }

    fn extreme(&self, month: usize, group: &Group, outcome: &Outcome) -> Value {
        let values = outcome.agencies.iter().filter_map(|months| months.0[month]).filter(|value| value.figure().is_some());
        let found = match self.definition.roll_up {
            RollUp::Min => values.min_by_key(Value::figure),
            _ => values.max_by_key(Value::figure),
        };
        let none =
            Value::none(if self.definition.shape == Shape::Ratio { Standing::NoDenominator } else { Standing::Unanswered }, 0);
        Value { gaps: group.unanswered + group.bare, ..found.unwrap_or(none) }
    }
}

fn first_month(every: Every, month: usize) -> usize {
    let from_one = every.first_month(u32::try_from(month + 1).unwrap_or(1));
    usize::try_from(from_one).unwrap_or(1) - 1
}

const fn given(cell: Option<Cell>) -> Amount {
    match cell {
        Some(Cell::Given(amount) | Cell::Part { given: amount, .. }) => amount,
        _ => Amount::NONE,
    }
}

fn happened(counts: &Counts, every: Every, agency: usize, month: usize) -> Amount {
    let row = agency * MONTHS;
    let within: Amount = counts.cells[row + first_month(every, month)..=row + month].iter().map(|cell| given(*cell)).sum();
    if every == Every::Ever { within + counts.before.get(agency).copied().unwrap_or_default() } else { within }
}

fn last_given(counts: &Counts, agency: usize, month: usize) -> Option<Amount> {
    let row = agency * MONTHS;
    let within = counts.cells[row..=row + month].iter().rev().find_map(|cell| match cell {
        Some(Cell::Given(amount) | Cell::Part { given: amount, .. }) => Some(*amount),
        _ => None,
    });
    // Whoever never answered has nothing there, and nothing is no zero.
    within.or_else(|| counts.before.get(agency).copied().filter(|before| !before.is_zero()))
}

fn of_value(value: Value) -> Came {
    match (value.figure(), value.standing) {
        (Some(figure), _) => Came::Sum(figure),
        (None, Standing::Nothing) => Came::Nothing,
        (None, Standing::Unseen) => Came::Unseen,
        (None, _) => Came::Unanswered,
    }
}

fn bounded(came: Came, part: &Part) -> Came {
    match (came, part.at_least) {
        (Came::Sum(sum), Some(least)) => Came::Sum(Amount::from(u64::from(sum >= least))),
        (came, _) => came,
    }
}

/// What weighs more when parts of one value say different things.
fn worse(before: Option<Came>, one: Came) -> Came {
    match (before, one) {
        (Some(Came::Unseen), _) | (_, Came::Unseen) => Came::Unseen,
        (Some(Came::Unanswered), _) | (_, Came::Unanswered) => Came::Unanswered,
        (_, one) => one,
    }
}

#[cfg(test)]
mod tests;
