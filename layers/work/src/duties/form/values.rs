//! What a form was answered with: immutable, with the version of the answer and of the form.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::field::{Definition, Field, Kind};
use crate::base::time;
use crate::web::Locale;
use ::measures::Amount;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answer_values")]
pub struct Model {
    /// The version of the answer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub answer: Uuid,
    pub slot: Uuid,
    /// The version of the form it was made with.
    pub form: Uuid,
    /// [`Values`] as JSON.
    #[sea_orm(column_type = "Text")]
    pub body: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A number or a percentage.
    Number(Amount),
    /// A part and its whole.
    Ratio(Amount, Amount),
    Yes(bool),
    Choice(String),
    Text(String),
    Day(NaiveDate),
}

/// What was given for a field. No value is a gap, never a zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Why there is none, or another than the recorded one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// What the system itself had counted when it was handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Amount>,
}

/// All that was given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Values {
    pub entries: BTreeMap<String, Entry>,
    /// What was said to warnings: `rule.3`, `so_lop.odd`.
    pub explained: BTreeMap<String, String>,
}

impl Values {
    /// The value of a field.
    #[must_use]
    pub fn value(&self, code: &str) -> Option<&Value> {
        self.entries.get(code)?.value.as_ref()
    }

    /// Whether a person gave something: an untouched form, in which only the system's own counts stand, says nothing. Where the
    /// system counts every field, confirming the counts is what is asked.
    #[must_use]
    pub fn says_something(&self) -> bool {
        let given = |entry: &Entry| entry.value.is_some() && entry.value != entry.recorded.map(Value::Number);
        let counted = |entry: &Entry| entry.recorded.is_some();
        self.entries.values().any(given) || (!self.entries.is_empty() && self.entries.values().all(counted))
    }

    /// Whether people said the same; what was recorded at that moment is not theirs.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let said = |values: &Self| {
            let entry = |(code, entry): (&String, &Entry)| (code.clone(), entry.value.clone(), entry.why.clone());
            values.entries.iter().map(entry).collect::<Vec<_>>()
        };
        said(self) == said(other) && self.explained == other.explained
    }
}

impl Value {
    /// As people read it, without the unit.
    #[must_use]
    pub fn shown(&self, l: Locale) -> String {
        match self {
            Self::Number(number) => number.shown(),
            Self::Ratio(part, whole) => {
                let percent = part.percent_of(*whole).map(|percent| format!(" ({}%)", percent.shown())).unwrap_or_default();
                format!("{}/{}{percent}", part.shown(), whole.shown())
            }
            Self::Yes(yes) => l.t(if *yes { "form-yes" } else { "form-no" }),
            Self::Choice(text) | Self::Text(text) => text.clone(),
            Self::Day(day) => time::day(*day),
        }
    }

    /// As it was typed: what stands in the form when it is corrected. The second is that of a ratio.
    #[must_use]
    pub fn typed(&self) -> (String, Option<String>) {
        match self {
            Self::Number(number) => (number.shown(), None),
            Self::Ratio(part, whole) => (part.shown(), Some(whole.shown())),
            Self::Yes(yes) => (if *yes { "yes" } else { "no" }.into(), None),
            Self::Choice(text) | Self::Text(text) => (text.clone(), None),
            Self::Day(day) => (time::day(*day), None),
        }
    }
}

/// The unit that stands behind the value of a field.
#[must_use]
pub fn unit(field: &Field) -> String {
    match field.kind {
        Kind::Number => field.unit.clone(),
        Kind::Percent => "%".into(),
        _ => String::new(),
    }
}

/// What an answer was filled in with, and the form that it was filled in on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub form: Uuid,
    /// The version of the form.
    pub version: i32,
    pub definition: Definition,
    pub values: Values,
}

/// What the answers of these slots were filled in with, by answer: two statements, one when none was.
///
/// # Errors
/// The database failed.
pub async fn of(on: &impl ConnectionTrait, slots: &[Uuid]) -> Result<HashMap<Uuid, Filled>, DbErr> {
    let rows = Entity::find().filter(Column::Slot.is_in(slots.iter().copied())).all(on).await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let mut forms: Vec<Uuid> = rows.iter().map(|row| row.form).collect();
    forms.sort_unstable();
    forms.dedup();
    let forms = super::Entity::find().filter(super::Column::Id.is_in(forms)).all(on).await?;
    let forms: HashMap<Uuid, (i32, Definition)> =
        forms.into_iter().map(|form| (form.id, (form.version, form.definition()))).collect();
    let filled = |row: Model| {
        let (version, definition) = forms.get(&row.form)?.clone();
        let values = serde_json::from_str(&row.body).unwrap_or_default();
        Some((row.answer, Filled { form: row.form, version, definition, values }))
    };
    Ok(rows.into_iter().filter_map(filled).collect())
}

/// How many values these answers give, by answer: one statement.
///
/// # Errors
/// The database failed.
pub async fn counts(on: &impl ConnectionTrait, answers: &[Uuid]) -> Result<HashMap<Uuid, usize>, DbErr> {
    let rows = Entity::find().filter(Column::Answer.is_in(answers.iter().copied())).all(on).await?;
    let count = |row: &Model| {
        let values: Values = serde_json::from_str(&row.body).unwrap_or_default();
        values.entries.values().filter(|entry| entry.value.is_some()).count()
    };
    Ok(rows.iter().map(|row| (row.answer, count(row))).collect())
}

/// Keeps what an answer was filled in with. // recorded by Answer::submit
///
/// # Errors
/// The database failed.
pub async fn keep(on: &impl ConnectionTrait, (answer, slot, form): (Uuid, Uuid, Uuid), values: &Values) -> Result<(), DbErr> {
    let body = serde_json::to_string(values).map_err(|error| DbErr::Json(error.to_string()))?;
    let row = Model { answer, slot, form, body };
    Entity::insert(ActiveModel::from(row)).exec_without_returning(on).await.map(|_| ())
}
