//! Filling a form in: which version a slot is asked with, what is known beforehand, and reading what was typed.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::field::{self, Definition};
use super::source::Source;
use super::typed::{self, Reading, Typed};
use super::values::{self, Filled, Value, Values};
use super::{Form, history};
use crate::duties::answer::Answer;
use crate::duties::slot::Slot;
use crate::duties::standing::Story;
use crate::web::Obstacle;
use ::measures::Amount;

/// The form that a slot is asked with, and what is known of its fields.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub form: Uuid,
    /// The version of the form.
    pub version: i32,
    pub definition: Definition,
    /// By code of the field.
    pub recorded: HashMap<String, Amount>,
    /// Earlier periods with what was given in them, the newest first.
    pub before: Vec<(String, Filled)>,
    /// What was handed in last, if anything.
    pub last: Option<Values>,
    today: NaiveDate,
}

impl Sheet {
    /// The newest version of the duty's form, or once it was answered the version that it was answered with; None when the
    /// slot is answered with free text and figures.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(
        on: &impl ConnectionTrait,
        slot: &Slot,
        story: &Story,
        filled: &HashMap<Uuid, Filled>,
        today: NaiveDate,
    ) -> Result<Option<Self>, DbErr> {
        let (form, version, definition, last) = match story.last() {
            Some(answer) => match filled.get(&answer.id) {
                Some(filled) => (filled.form, filled.version, filled.definition.clone(), Some(filled.values.clone())),
                // "Nothing to report" names no form: the next version may.
                None if story.answers.iter().all(|answer| answer.outcome == crate::duties::answer::Outcome::Nothing) => {
                    match Form::newest(on, slot.duty).await? {
                        Some(form) => (form.id, form.version, form.definition(), None),
                        None => return Ok(None),
                    }
                }
                None => match story.answers.iter().rev().find_map(|answer| filled.get(&answer.id)) {
                    Some(filled) => (filled.form, filled.version, filled.definition.clone(), None),
                    None => return Ok(None),
                },
            },
            None => match Form::newest(on, slot.duty).await? {
                Some(form) => (form.id, form.version, form.definition(), None),
                None => return Ok(None),
            },
        };
        if definition.fields.is_empty() {
            return Ok(None);
        }
        let recorded = recorded(on, slot, &definition, today).await?;
        Ok(Some(Self { form, version, definition, recorded, before: history::before(on, slot).await?, last, today }))
    }

    /// What stands in an untouched form: what was handed in last, or what the system has counted.
    #[must_use]
    pub fn offered(&self) -> Typed {
        match &self.last {
            Some(values) => typed::again(values),
            None => self.recorded.iter().map(|(code, count)| (code.clone(), count.shown())).collect(),
        }
    }

    /// What was typed, with the gaps filled from the period before. Where the system counts, its count stays.
    #[must_use]
    pub fn carried(&self, typed: &Typed) -> Typed {
        let mut carried = typed.clone();
        let Some((_, before)) = self.before.first() else { return carried };
        let earlier = typed::again(&before.values);
        for field in self.definition.fields.iter().filter(|field| field.source.is_empty()) {
            if !typed.contains_key(&field.code) {
                for key in [field.code.clone(), format!("{}.whole", field.code)] {
                    carried.extend(earlier.get(&key).map(|value| (key.clone(), value.clone())));
                }
            }
        }
        carried
    }

    /// Reads what was typed.
    #[must_use]
    pub fn read(&self, typed: &Typed, sure: &[String]) -> (Values, Vec<Obstacle>) {
        let earlier = history::figures(&self.before);
        self.reading(typed, sure, &earlier).read()
    }

    /// The warnings that hold for what was typed so far.
    #[must_use]
    pub fn warned(&self, typed: &Typed, sure: &[String]) -> Vec<typed::Warning> {
        let earlier = history::figures(&self.before);
        self.reading(typed, sure, &earlier).warned()
    }

    fn reading<'a>(&'a self, typed: &'a Typed, sure: &'a [String], earlier: &'a HashMap<String, Vec<Amount>>) -> Reading<'a> {
        Reading { form: &self.definition, typed, sure, recorded: &self.recorded, earlier, today: self.today }
    }
}

/// What the system counts for the fields that have a source: a statement or a few for each.
async fn recorded(
    on: &impl ConnectionTrait,
    slot: &Slot,
    definition: &Definition,
    today: NaiveDate,
) -> Result<HashMap<String, Amount>, DbErr> {
    let mut recorded = HashMap::new();
    for field in &definition.fields {
        if let Some(source) = Source::of_code(&field.source) {
            recorded.insert(field.code.clone(), source.count(on, slot, today).await?);
        }
    }
    Ok(recorded)
}

/// A count that stands untouched in the form, from before links and files of this very answer were added, is what the system counts now.
async fn followed(on: &impl ConnectionTrait, slot: &Slot, sheet: &Sheet, typed: &Typed) -> Result<Typed, DbErr> {
    let mut followed = typed.clone();
    for field in &sheet.definition.fields {
        let (Some(source), Some(now)) = (Source::of_code(&field.source), sheet.recorded.get(&field.code)) else { continue };
        let Some(before) = source.count_elsewhere(on, slot).await? else { continue };
        let is_explained = typed.contains_key(&format!("{}.why", field.code));
        if !is_explained && typed.get(&field.code).is_some_and(|text| text.trim() == before.shown()) {
            followed.insert(field.code.clone(), now.shown());
        }
    }
    Ok(followed)
}

/// What comes with an answer to a form: the values, and why they are refused.
pub struct Read {
    pub form: Uuid,
    pub values: Values,
    pub wrong: Vec<Obstacle>,
}

/// Reads what was typed for a slot; None when its duty has no form.
///
/// # Errors
/// The database failed.
pub async fn read(
    on: &impl ConnectionTrait,
    slot: &Slot,
    story: &Story,
    (typed, sure): (&Typed, &[String]),
    today: NaiveDate,
) -> Result<Option<Read>, DbErr> {
    let filled = values::of(on, &[slot.id]).await?;
    let Some(sheet) = Sheet::of(on, slot, story, &filled, today).await? else {
        // The form was taken away while somebody was writing: what they typed is not dropped in silence.
        let lost = Read { form: Uuid::nil(), values: Values::default(), wrong: vec![Obstacle::new("form-changed").at("text")] };
        return Ok((!typed.is_empty()).then_some(lost));
    };
    let typed = &followed(on, slot, &sheet, typed).await?;
    let (values, mut wrong) = sheet.read(typed, sure);
    // The form was changed while somebody was writing: fields that are not asked any more.
    let known = |key: &String| {
        let code = key.split('.').next().unwrap_or_default();
        code == "rule" || sheet.definition.field(code).is_some()
    };
    if !typed.keys().all(known) {
        wrong.insert(0, Obstacle::new("form-changed").at(&field::names(0).value));
    }
    Ok(Some(Read { form: sheet.form, values, wrong }))
}

/// Whether that is what an answer was filled in with: another press of the same button.
///
/// # Errors
/// The database failed.
pub async fn is_same(on: &impl ConnectionTrait, answer: &Answer, typed: &Typed, sure: &[String]) -> Result<bool, DbErr> {
    let filled = values::of(on, &[answer.slot]).await?;
    let Some(filled) = filled.get(&answer.id) else { return Ok(true) };
    let (none, earlier) = (HashMap::new(), HashMap::new());
    // What was taken once is not asked again whether it has happened.
    let today = NaiveDate::MAX;
    let reading = Reading { form: &filled.definition, typed, sure, recorded: &none, earlier: &earlier, today };
    let (mut values, _) = reading.read();
    // What was said to a difference from the record is not read without the record.
    for (code, entry) in &mut values.entries {
        let Some(kept) = filled.values.entries.get(code) else {
            entry.why.clear();
            continue;
        };
        entry.why.clone_from(&kept.why);
        // A count of evidence that stood untouched was kept as what the system counted.
        let is_followed = filled.definition.field(code).and_then(|(_, field)| Source::of_code(&field.source));
        if is_followed.is_some_and(Source::is_of_pieces) && kept.value.is_some() && kept.value == kept.recorded.map(Value::Number)
        {
            entry.value.clone_from(&kept.value);
        }
    }
    values.explained.clone_from(&filled.values.explained);
    Ok(values.is_same(&filled.values))
}
