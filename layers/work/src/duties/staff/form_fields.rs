//! The fields of a duty's form as whoever answers sees them: in the page of a slot, and as a preview where they are written.

use std::collections::HashMap;

use askama::Template;
use uuid::Uuid;

use crate::duties::form::field::{self, Definition, Field, Kind, Missing, Names};
use crate::duties::form::filling::Sheet;
use crate::duties::form::source::Source;
use crate::duties::form::typed::Typed;
use crate::duties::form::values::{Filled, Value, unit};
use crate::duties::slot::Slot;
use crate::duties::view;
use crate::web::{Locale, Markup, Mistakes, Shell, difference};

/// A field with what stands in it.
#[derive(Clone, Debug)]
pub struct FieldView {
    pub field: Field,
    pub names: &'static Names,
    pub unit: String,
    pub value: String,
    pub whole: String,
    pub why: String,
    /// What the reason is asked for; empty when none is.
    pub why_label: String,
    /// What the system counted, and where that is looked at.
    pub recorded: Option<(String, String)>,
    /// What was given in the period before.
    pub earlier: String,
    /// Name of the explanation, what is warned of, what was typed.
    pub warnings: Vec<(&'static str, String, String)>,
}

impl FieldView {
    fn is(&self, kind: &str) -> bool {
        self.field.kind.code() == kind
    }

    fn optional(&self) -> bool {
        self.field.missing == Missing::NoData
    }

    /// Whether it may stay empty when that is explained.
    fn may_be_left(&self) -> bool {
        self.field.missing == Missing::WithReason
    }

    /// What the numbers of a ratio are called.
    fn called(&self, at: usize) -> String {
        self.field.options.get(at).cloned().unwrap_or_default()
    }

    fn help(&self) -> String {
        let parts = [self.field.help.as_str(), self.earlier.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// All fields.
#[derive(Clone, Debug, Default)]
pub struct View {
    pub fields: Vec<FieldView>,
    /// The period whose values can be carried over; empty when there is none.
    pub carried_from: String,
}

#[derive(Template)]
#[template(path = "duties/staff/form_fields.html")]
struct Part<'a> {
    l: Locale,
    shell: &'a Shell,
    view: &'a View,
    errors: &'a Mistakes,
    /// Where the slot is; empty in a preview.
    here: &'a str,
}

impl View {
    /// The fields of a slot with what was typed.
    #[must_use]
    pub fn of(l: Locale, slot: &Slot, sheet: &Sheet, typed: &Typed, sure: &[String]) -> Self {
        let warned = sheet.warned(typed, sure);
        let mut view = Self::plain(l, &sheet.definition, typed);
        let before = sheet.before.first();
        for (at, one) in view.fields.iter_mut().enumerate() {
            let code = one.field.code.clone();
            if let Some(count) = sheet.recorded.get(&code) {
                one.recorded = Some((count.shown(), format!("{}/recorded/{code}", Slot::desk_path(slot.id))));
            }
            let earlier = before.and_then(|(_, filled)| filled.values.value(&code)).filter(|_| one.field.kind != Kind::Text);
            one.earlier = earlier.map(|value| l.t1("form-earlier", "value", value.shown(l))).unwrap_or_default();
            let own = warned.iter().filter(|warning| warning.at == at);
            let said = |key: &String| typed.get(key).cloned().unwrap_or_default();
            one.warnings = own.map(|warning| (warning.name, warning.words.text(l), said(&warning.key))).collect();
        }
        view.carried_from = before.map(|(period, _)| view::period(l, period)).unwrap_or_default();
        view
    }

    /// The fields alone.
    #[must_use]
    pub fn plain(l: Locale, form: &Definition, typed: &Typed) -> Self {
        let text = |key: &str| typed.get(key).cloned().unwrap_or_default();
        let one = |(at, field): (usize, &Field)| FieldView {
            names: field::names(at),
            unit: unit(field),
            value: text(&field.code),
            whole: text(&format!("{}.whole", field.code)),
            why: text(&format!("{}.why", field.code)),
            why_label: match (field.missing, Source::of_code(&field.source)) {
                (_, Some(_)) => l.t("form-why-differs"),
                (Missing::WithReason, None) => l.t("form-why-missing"),
                _ => String::new(),
            },
            recorded: None,
            earlier: String::new(),
            warnings: Vec::new(),
            field: field.clone(),
        };
        Self { fields: form.fields.iter().enumerate().map(one).collect(), carried_from: String::new() }
    }

    /// As markup, with what is wrong at each field.
    #[must_use]
    pub fn shown(&self, l: &Locale, shell: &Shell, errors: &Mistakes, here: impl AsRef<str>) -> Markup {
        Markup(Part { l: *l, shell, view: self, errors, here: here.as_ref() }.render().unwrap_or_default())
    }
}

/// What was given for a field, as it is read afterwards.
#[derive(Clone, Debug)]
pub struct Given {
    pub label: String,
    /// Empty when there is no value.
    pub value: String,
    pub is_long: bool,
    pub notes: Vec<String>,
}

/// What an answer was filled in with, in the order of its form.
#[must_use]
pub fn given(l: Locale, filled: &Filled) -> Vec<Given> {
    let one = |field: &Field| {
        let entry = filled.values.entries.get(&field.code).cloned().unwrap_or_default();
        let mut notes = Vec::new();
        let differs = entry.recorded.filter(|recorded| entry.value != Some(Value::Number(*recorded)));
        notes.extend(differs.map(|recorded| l.t1("form-recorded-was", "value", recorded.shown())));
        notes.extend(Some(entry.why.clone()).filter(|why| !why.is_empty()));
        let explained = |key: &str| filled.values.explained.get(key).map(|words| l.t1("form-explained", "words", words));
        notes.extend(explained(&format!("{}.odd", field.code)));
        for (at, rule) in filled.definition.rules.iter().enumerate() {
            if rule.codes(&filled.definition).first() == Some(&field.code) {
                notes.extend(explained(&format!("rule.{at}")));
            }
        }
        let value = entry.value.as_ref().map(|value| format!("{} {}", value.shown(l), unit(field)).trim().to_owned());
        Given { label: field.label.clone(), value: value.unwrap_or_default(), is_long: field.kind == Kind::Text, notes }
    };
    filled.definition.fields.iter().map(one).collect()
}

/// What one version gives otherwise than the one before, field by field.
#[must_use]
pub fn changes(l: Locale, filled: &HashMap<Uuid, Filled>, before: Uuid, after: Uuid) -> Vec<(String, Markup)> {
    let of = |answer: Uuid| filled.get(&answer).map(|filled| given(l, filled)).unwrap_or_default();
    let (before, after) = (of(before), of(after));
    let words = |one: &Given| {
        std::iter::once(one.value.as_str()).chain(one.notes.iter().map(String::as_str)).collect::<Vec<_>>().join("\n")
    };
    let earlier = |label: &str| before.iter().find(|one| one.label == label).map(words).unwrap_or_default();
    let later = after.iter().map(|one| (one.label.clone(), earlier(&one.label), words(one)));
    let gone = before.iter().filter(|one| after.iter().all(|other| other.label != one.label));
    let gone = gone.map(|one| (one.label.clone(), words(one), String::new()));
    let changed = later.chain(gone).filter(|(_, from, to)| from != to);
    changed.map(|(label, from, to)| (label, difference::marked(&from, &to))).collect()
}
