//! Definitions, values and flaws in a person's words.

use std::collections::HashMap;

use ::measures::checking::{Flaw, Side};
use ::measures::{Definition, Of, Part, Shape, Standing, Target, Term, Value};

use super::answers::{Countable, countable};
use super::measure::Measure;
use crate::base::App;
use crate::base::fact::Change;
use crate::people::class;
use crate::web::{Locale, Obstacle, Result};

/// What fields and measures are called.
#[derive(Clone, Debug, Default)]
pub struct Names {
    fields: HashMap<(String, String), String>,
    measures: HashMap<String, String>,
}

impl Names {
    /// What that definition names, as it is called now; nothing is read where it names nothing.
    ///
    /// # Errors
    /// The database failed.
    pub async fn within(app: &App, definition: &Definition, fields: &[Countable]) -> Result<Self> {
        let codes: Vec<&str> = definition.measures().collect();
        let measures = if codes.is_empty() { Vec::new() } else { Measure::of_codes(&app.db, &codes).await? };
        let fields = fields.iter().map(|one| ((one.duty.to_string(), one.field.clone()), one.label.clone()));
        Ok(Self { fields: fields.collect(), measures: measures.into_iter().map(|one| (one.code, one.title)).collect() })
    }

    /// The same, with the fields that it counts.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_definition(app: &App, definition: &Definition) -> Result<Self> {
        let declared = definition.fields().next().is_some();
        let fields = if declared { countable(app).await? } else { Vec::new() };
        Self::within(app, definition, &fields).await
    }
}

/// What a source is called; its code where nothing keeps it yet.
#[must_use]
pub fn source(l: Locale, code: &str) -> String {
    let key = format!("source-{code}");
    if l.has(&key) { l.t(&key) } else { code.to_owned() }
}

/// What is counted.
#[must_use]
pub fn of(l: Locale, names: &Names, of: &Of) -> String {
    match of {
        Of::Source { code } => source(l, code),
        Of::Field { duty, field } => {
            let name = names.fields.get(&(duty.clone(), field.clone()));
            l.t1("measure-of-field", "name", name.unwrap_or(field))
        }
        Of::Measure { code } => l.t1("measure-of-measure", "name", names.measures.get(code).unwrap_or(code)),
        Of::Agency => l.t("measure-of-agency"),
        Of::Number(amount) => amount.shown(),
    }
}

/// One summand.
#[must_use]
pub fn part(l: Locale, names: &Names, part: &Part) -> String {
    let name = of(l, names, &part.of);
    let name = match part.at_least {
        Some(least) => l.t2("measure-at-least", "name", name, "n", least.shown()),
        None => name,
    };
    if part.minus { format!("− {name}") } else { name }
}

/// A numerator or denominator.
#[must_use]
pub fn term(l: Locale, names: &Names, term: &Term) -> String {
    term.parts.iter().map(|one| part(l, names, one)).collect::<Vec<_>>().join(" + ").replace("+ −", "−")
}

/// `≥ 80 % đến năm 2030`
#[must_use]
pub fn target(l: Locale, target: &Target, unit: &str) -> String {
    let value = format!("{} {unit}", target.value.shown());
    l.with(&format!("measure-target-{}", target.op.code()), &[("value", value), ("year", target.year.to_string())])
}

/// The figure with its unit, or why there is none.
#[must_use]
pub fn value(l: Locale, value: Option<&Value>, unit: &str) -> String {
    let Some(value) = value else { return l.t("measure-not-counted") };
    value.figure().map_or_else(|| standing(l, value.standing), |figure| format!("{} {unit}", figure.shown()))
}

/// By which version of the definition a value was counted, where it is not the newest; empty where it is.
#[must_use]
pub fn counted_by(l: Locale, version: Option<i32>, newest: i32) -> String {
    match version {
        Some(version) if version == newest => String::new(),
        Some(version) => l.t1("measure-by-version", "n", version),
        None => l.t("measure-by-no-version"),
    }
}

/// Why there is no figure, or what sort of figure it is.
#[must_use]
pub fn standing(l: Locale, standing: Standing) -> String {
    l.t(&format!("measure-standing-{}", standing.code()))
}

/// Whom it is asked of.
#[must_use]
pub fn asked(l: Locale, definition: &Definition) -> String {
    let class = definition.class.as_deref().map_or_else(|| l.t("measure-all-agencies"), |code| class::label(code, l.0));
    if definition.excluded.is_empty() {
        return class;
    }
    l.t2("measure-but-not", "class", class, "codes", definition.excluded.join(", "))
}

/// Every setting of a definition with its value, in the order of the form.
#[must_use]
pub fn settings(l: Locale, names: &Names, definition: &Definition) -> Vec<(&'static str, String)> {
    let word = |prefix: &str, code: &str| l.t(&format!("measure-{prefix}-{code}"));
    let mut found = vec![
        ("numerator", term(l, names, &definition.numerator)),
        ("denominator", definition.below().map(|below| term(l, names, below)).unwrap_or_default()),
        ("shape", word("shape", definition.shape.code())),
        ("unit", definition.unit.clone()),
        ("every", word("every", definition.every.code())),
        ("roll-up", word("roll-up", definition.roll_up.code())),
        ("missing", word("missing", definition.missing.code())),
        ("asked", asked(l, definition)),
        ("better", word("better", definition.better.code())),
        ("target", definition.target.map(|one| target(l, &one, &definition.unit)).unwrap_or_default()),
    ];
    if definition.shape == Shape::Count {
        found.retain(|(name, _)| *name != "denominator");
    }
    found
}

/// What differs between two definitions, setting by setting.
#[must_use]
pub fn differences(l: Locale, from: &Definition, to: &Definition) -> Vec<Change> {
    let names = Names::default();
    let (before, after) = (settings(l, &names, from), settings(l, &names, to));
    let value = |list: &[(&'static str, String)], name: &str| {
        list.iter().find(|(one, _)| *one == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let mut fields: Vec<&'static str> = after.iter().chain(&before).map(|(name, _)| *name).collect();
    fields.dedup();
    let mut found: Vec<Change> = Vec::new();
    for field in fields {
        let change = Change::of(field, &value(&before, field), &value(&after, field));
        found.extend(change.filter(|change| found.iter().all(|one| one.field != change.field)));
    }
    found
}

/// Why a definition can not be kept.
#[must_use]
pub fn flaw(l: Locale, flaw: &Flaw) -> Obstacle {
    let side = |side: Side| if side == Side::Above { "numerator" } else { "denominator" };
    match flaw {
        Flaw::NoUnit => Obstacle::new("measure-flaw-unit").at("unit"),
        Flaw::NoParts(Side::Above) => Obstacle::new("measure-flaw-nothing-above").at(side(Side::Above)),
        Flaw::NoParts(Side::Below) => Obstacle::new("measure-flaw-nothing-below").at(side(Side::Below)),
        Flaw::TooManyParts(which) => Obstacle::new("measure-flaw-many").at(side(*which)),
        Flaw::UnknownSource(code) => Obstacle::new("measure-flaw-source").with("code", source(l, code)).at("numerator"),
        Flaw::UnknownField(code) => Obstacle::new("measure-flaw-field").with("code", code).at("numerator"),
        Flaw::UnknownMeasure(code) => Obstacle::new("measure-flaw-measure").with("code", code).at("numerator"),
        Flaw::UnknownClass(code) => Obstacle::new("measure-flaw-class").with("code", code).at("class"),
        Flaw::UnknownAgency(code) => Obstacle::new("measure-flaw-agency").with("code", code).at("excluded"),
        Flaw::CountsItself(way) => Obstacle::new("measure-flaw-itself").with("way", way.join(" → ")).at("numerator"),
        Flaw::ZeroBelow => Obstacle::new("measure-flaw-zero").at("denominator"),
        Flaw::RatioAddedUp(code) => Obstacle::new("measure-flaw-ratio").with("code", code).at("numerator"),
        Flaw::BoundNotPositive => Obstacle::new("measure-flaw-bound").at("numerator"),
        Flaw::TargetOutOfBounds(amount) => Obstacle::new("measure-flaw-target").with("value", amount.shown()).at("target_value"),
        Flaw::TargetYear(year) => Obstacle::new("measure-flaw-year").with("year", year).at("target_year"),
    }
}
