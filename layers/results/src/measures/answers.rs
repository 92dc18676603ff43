//! What agencies declared in a field of a report form, month by month: the month is that in which the data of a period end.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use sea_orm::entity::prelude::*;

use ::measures::evaluation::Cell;
use ::measures::value::MONTHS;
use ::measures::{Amount, Counts};

use super::counting::{Evidence, Gathered};
use super::gathering::marked;
use crate::base::App;
use crate::duties::answer::Outcome;
use crate::duties::form::Form;
use crate::duties::form::field::Kind;
use crate::duties::form::values::{self, Filled, Value};
use crate::duties::slot;
use crate::duties::standing::{self, Story};
use crate::plans::Plan;
use crate::web::Result;

/// Behind the code of a field that is a ratio: its whole.
pub const WHOLE: &str = "/whole";

/// A field that a measure can count.
#[derive(Clone, Debug)]
pub struct Countable {
    pub plan: Uuid,
    pub duty: Uuid,
    pub duty_title: String,
    /// Its code; with [`WHOLE`] behind it the whole of a ratio.
    pub field: String,
    pub label: String,
    /// What the system records of it by itself; empty when nothing.
    pub source: String,
}

/// Every field of the forms of adopted plans that is a figure, or can be one.
///
/// # Errors
/// The database failed.
pub async fn countable(app: &App) -> Result<Vec<Countable>> {
    let mut found = Vec::new();
    for plan in Plan::adopted(&app.db).await? {
        for (duty, form) in Form::of_plan(&app.db, plan.id).await? {
            for field in form.definition().fields {
                let source = field.source.clone();
                let one = |code: String, label: String| Countable {
                    plan: plan.id,
                    duty: duty.id,
                    duty_title: duty.title.clone(),
                    field: code,
                    label,
                    source: source.clone(),
                };
                match field.kind {
                    Kind::Number | Kind::YesNo => found.push(one(field.code, field.label)),
                    Kind::Ratio => {
                        let names = |at: usize| field.options.get(at).cloned().unwrap_or_else(|| field.label.clone());
                        found.push(one(field.code.clone(), names(0)));
                        found.push(one(format!("{}{WHOLE}", field.code), names(1)));
                    }
                    Kind::Percent | Kind::Choice | Kind::Text | Kind::Day => {}
                }
            }
        }
    }
    Ok(found)
}

/// What was declared in a field, up to the end of a year: three statements.
///
/// # Errors
/// The database failed.
pub async fn gathered(
    app: &App,
    duty: &str,
    field: &str,
    evidence: &Evidence,
    places: &HashMap<Uuid, usize>,
    ever: bool,
) -> Result<Option<Gathered>> {
    let Ok(duty) = duty.parse::<Uuid>() else { return Ok(None) };
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    // What was said last is at most a year old; all of it counts from the beginning.
    let first = if ever { NaiveDate::MIN } else { day(evidence.year - 1, 1, 1) };
    let mut slots = slot::Entity::find()
        .filter(slot::Column::Duty.eq(duty))
        .filter(slot::Column::VoidedOn.is_null())
        .filter(slot::Column::EndOn.lte(day(evidence.year, 12, 31)))
        .all(&app.db)
        .await?;
    slots.retain(|slot| slot.end_on >= first);
    slots.sort_by_key(|slot| (slot.end_on, slot.id));
    if slots.is_empty() {
        return Ok(None);
    }
    let cells = given(app, &slots, field).await?;
    let mut counts = Counts {
        cells: vec![None; evidence.agencies.len() * MONTHS],
        before: vec![Amount::NONE; evidence.agencies.len()],
        ..Counts::default()
    };
    let mut months: HashMap<usize, Vec<Cell>> = HashMap::new();
    for slot in &slots {
        let Some(at) = places.get(&slot.agency) else { continue };
        let cell = cells.get(&slot.id).copied().unwrap_or(Cell::Unanswered);
        if slot.end_on.year() == evidence.year {
            let month = usize::try_from(slot.end_on.month()).unwrap_or(1) - 1;
            months.entry(at * MONTHS + month).or_default().push(cell);
        } else if let Cell::Given(amount) = cell {
            // The earliest come first, so that the newest holds.
            counts.before[*at] = if ever { counts.before[*at] + amount } else { amount };
        }
    }
    for (place, cells) in months {
        counts.cells[place] = Some(together(&cells));
    }
    let mut gathered = Gathered { counts, declared: true, ..Gathered::default() };
    marked(&mut gathered, evidence.agencies.len());
    Ok(Some(gathered))
}

/// What was said in a field of each of these slots.
///
/// # Errors
/// The database failed.
pub async fn given(app: &App, slots: &[slot::Slot], field: &str) -> Result<HashMap<Uuid, Cell>> {
    let stories = standing::brief(&app.db, slots).await?;
    let ids: Vec<Uuid> = slots.iter().map(|slot| slot.id).collect();
    let filled = values::of(&app.db, &ids).await?;
    Ok(ids.into_iter().map(|id| (id, said(stories.get(&id), &filled, field))).collect())
}

fn said(story: Option<&Story>, filled: &HashMap<Uuid, Filled>, field: &str) -> Cell {
    let last = story.and_then(|story| story.last().filter(|last| !story.is_sent_back(last)));
    let Some(answer) = last else { return Cell::Unanswered };
    if answer.outcome == Outcome::Nothing {
        return Cell::Nothing;
    }
    let figure = filled.get(&answer.id).and_then(|filled| figure(filled, field));
    figure.map_or(Cell::Unanswered, Cell::Given)
}

fn figure(filled: &Filled, field: &str) -> Option<Amount> {
    let (code, is_whole) = field.strip_suffix(WHOLE).map_or((field, false), |code| (code, true));
    match filled.values.value(code)? {
        Value::Number(amount) => Some(*amount).filter(|_| !is_whole),
        Value::Ratio(part, whole) => Some(if is_whole { *whole } else { *part }),
        Value::Yes(yes) => Some(Amount::from(u64::from(*yes))).filter(|_| !is_whole),
        Value::Choice(_) | Value::Text(_) | Value::Day(_) => None,
    }
}

/// Two periods may end in one month: figures add up, and who was silent beside them is told apart, for definitions take it differently.
fn together(cells: &[Cell]) -> Cell {
    let given = || cells.iter().filter_map(|cell| if let Cell::Given(amount) = cell { Some(*amount) } else { None });
    let silent = cells.iter().filter(|cell| **cell == Cell::Unanswered).count();
    match (given().next_back(), u32::try_from(silent).unwrap_or(u32::MAX)) {
        (Some(_), 0) => Cell::Given(given().sum()),
        (Some(last), silent) => Cell::Part { given: given().sum(), last, silent },
        (None, 0) if cells.contains(&Cell::Nothing) => Cell::Nothing,
        (None, 0) => Cell::NotAsked,
        (None, _) => Cell::Unanswered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_answers_one_of_two_has_said_a_part() {
        let given = |amount: u64| Cell::Given(Amount::from(amount));
        let part = |given: u64, last: u64| Cell::Part { given: Amount::from(given), last: Amount::from(last), silent: 1 };
        assert_eq!(together(&[given(2), given(3)]), given(5));
        assert_eq!(together(&[given(2), Cell::Nothing]), given(2));
        assert_eq!(together(&[Cell::Unanswered, given(2)]), part(2, 2));
        assert_eq!(together(&[given(2), given(3), Cell::Unanswered]), part(5, 3));
        assert_eq!(together(&[Cell::Nothing, Cell::Unanswered]), Cell::Unanswered);
        assert_eq!((together(&[Cell::Nothing]), together(&[])), (Cell::Nothing, Cell::NotAsked));
    }
}
