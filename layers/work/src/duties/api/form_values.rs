//! Values of a duty's form as JSON: read as they are kept, sent as numbers, words, yes and no.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::duties::form::certificate::Certificate;
use crate::duties::form::field::{self, Definition, Field};
use crate::duties::form::typed::Typed;
use crate::duties::form::values::{Filled, Value, unit};

/// What a field of the form was given. All of number, part, whole, yes, text and day are null where there is no value.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = FieldValue)]
pub struct Shown {
    /// What rules and files call the field.
    pub code: String,
    pub label: String,
    /// `number`, `percent`, `ratio`, `yes-no`, `choice`, `text`, `day`
    pub kind: String,
    pub unit: String,
    pub number: Option<f64>,
    /// Of a ratio.
    pub part: Option<f64>,
    /// Of a ratio.
    pub whole: Option<f64>,
    pub yes: Option<bool>,
    /// Of a text or a choice.
    pub text: Option<String>,
    pub day: Option<NaiveDate>,
    /// Why there is no value, or another than the recorded one.
    pub reason: String,
    /// What the system itself had counted when it was handed in.
    pub recorded: Option<f64>,
}

/// A field that is asked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormField)]
pub struct Asked {
    pub code: String,
    pub label: String,
    pub help: String,
    /// `number`, `percent`, `ratio`, `yes-no`, `choice`, `text`, `day`
    pub kind: String,
    pub unit: String,
    /// What can be chosen; of a ratio what its two numbers are called.
    pub options: Vec<String>,
    /// `refused`, `with-reason`, `no-data`: what a gap means.
    pub missing: String,
    /// `sum`, `average`, `last`, `least`, `most`, `none`
    pub roll_up: String,
}

/// A signed paper and the version that it certifies.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Certificate)]
pub struct Paper {
    pub id: Uuid,
    /// Số, ký hiệu.
    pub number: String,
    pub signed_on: NaiveDate,
    /// Of the canonical data that it certifies.
    pub data_sha256: String,
    /// Of the file.
    pub sha256: String,
    /// Whether a later paper took its place.
    pub replaced: bool,
}

/// A value that is sent.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = NewValue)]
pub enum Sent {
    Number(f64),
    Yes(bool),
    /// A text, a choice, a day (`2026-06-30`), or a number as Vietnamese writes it.
    Text(String),
    Ratio {
        part: f64,
        whole: f64,
    },
}

/// The fields of a form.
#[must_use]
pub fn asked(form: &Definition) -> Vec<Asked> {
    let one = |field: &Field| Asked {
        code: field.code.clone(),
        label: field.label.clone(),
        help: field.help.clone(),
        kind: field.kind.code().into(),
        unit: unit(field),
        options: field.options.clone(),
        missing: field.missing.code().into(),
        roll_up: field.roll_up.code().into(),
    };
    form.fields.iter().map(one).collect()
}

/// What an answer was filled in with.
#[must_use]
pub fn shown(filled: &Filled) -> Vec<Shown> {
    let one = |field: &Field| {
        let entry = filled.values.entries.get(&field.code).cloned().unwrap_or_default();
        let mut shown = Shown {
            code: field.code.clone(),
            label: field.label.clone(),
            kind: field.kind.code().into(),
            unit: unit(field),
            reason: entry.why,
            recorded: entry.recorded.map(|recorded| recorded.as_f64()),
            ..Shown::default()
        };
        match entry.value {
            Some(Value::Number(number)) => shown.number = Some(number.as_f64()),
            Some(Value::Ratio(part, whole)) => (shown.part, shown.whole) = (Some(part.as_f64()), Some(whole.as_f64())),
            Some(Value::Yes(yes)) => shown.yes = Some(yes),
            Some(Value::Choice(text) | Value::Text(text)) => shown.text = Some(text),
            Some(Value::Day(day)) => shown.day = Some(day),
            None => {}
        }
        shown
    };
    filled.definition.fields.iter().map(one).collect()
}

/// The papers of one version.
#[must_use]
pub fn papers(certificates: &[Certificate], answer: Uuid) -> Vec<Paper> {
    let paper = |one: &Certificate| Paper {
        id: one.id,
        number: one.number.clone(),
        signed_on: one.signed_on,
        data_sha256: one.data_sha256.clone(),
        sha256: one.sha256.clone(),
        replaced: one.is_replaced(certificates),
    };
    certificates.iter().filter(|one| one.answer == answer).map(paper).collect()
}

/// As the form has it: numbers as Vietnamese writes them.
#[must_use]
pub fn typed(
    values: &BTreeMap<String, Sent>,
    reasons: &BTreeMap<String, String>,
    explanations: &BTreeMap<String, String>,
) -> Typed {
    let number = |number: &f64| number.to_string().replace('.', ",");
    let plain = |text: &str| vietnamese::normalise(text).replace("\r\n", "\n").replace('\0', "");
    let mut typed = Typed::new();
    for (code, value) in values {
        let text = match value {
            Sent::Number(value) => number(value),
            Sent::Yes(yes) => if *yes { "yes" } else { "no" }.into(),
            Sent::Text(text) => plain(text),
            Sent::Ratio { part, whole } => {
                typed.insert(format!("{code}.whole"), number(whole));
                number(part)
            }
        };
        typed.insert(code.clone(), text);
    }
    typed.extend(reasons.iter().map(|(code, why)| (format!("{code}.why"), plain(why))));
    typed.extend(explanations.iter().map(|(key, words)| (key.clone(), plain(words))));
    typed.retain(|_, text| !text.trim().is_empty());
    typed
}

/// Where a refusal of a field stands in what was sent: `f3` is `/values/so_lop`.
#[must_use]
pub fn pointer(name: &str, form: &Definition) -> Option<String> {
    let at = |field: &Field, place: usize| {
        let names = field::names(place);
        let code = &field.code;
        [(&names.value, format!("/values/{code}")), (&names.whole, format!("/values/{code}/whole"))]
            .into_iter()
            .chain([(&names.why, format!("/reasons/{code}")), (&names.odd, format!("/explanations/{code}.odd"))])
            .find(|(known, _)| *known == name)
            .map(|(_, pointer)| pointer)
    };
    let rule = (0..form.rules.len()).find(|place| field::rule_name(*place) == name);
    let found = form.fields.iter().enumerate().find_map(|(place, field)| at(field, place));
    found.or_else(|| rule.map(|place| format!("/explanations/rule.{place}")))
}

/// Numbers of these kinds have one reading in JSON: what was sent as a number was meant so.
#[must_use]
pub fn sure(typed: &Typed) -> Vec<String> {
    typed.values().cloned().collect()
}
