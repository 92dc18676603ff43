//! The figures of a document: from lines, forms and measures, each with its way down to what it counts. A number that a person typed over
//! one stays beside it.

use std::collections::{BTreeMap, HashMap};

use sea_orm::entity::prelude::*;

use super::Report;
use super::composed::Shown;
use super::material::Material;
use crate::base::App;
use crate::duties::closing::{Closing, Line, Outcome};
use crate::duties::form::field::Field;
use crate::duties::form::roll_up::{Outcomes, Sheets};
use crate::duties::form::values::{self, Value};
use crate::duties::{Duty, Slot, slot};
use crate::measures::{self, Yearly};
use crate::web::{Error, Locale};

/// What of a period is counted.
pub const PROGRESS: [&str; 7] = [
    "progress:owed",
    "progress:done",
    "progress:on-time",
    "progress:late",
    "progress:accepted",
    "progress:absent",
    "progress:never-signed-in",
];
/// What agencies declare in a form, and what measures came to, by their codes behind these.
pub const FIELD: &str = "field:";
pub const MEASURE: &str = "measure:";

/// Those of a document, in the order in which they are asked for; `typed` stands over what is recorded.
///
/// # Errors
/// The database failed.
pub async fn of(
    app: &App,
    report: &Report,
    material: &Material,
    wanted: &[(String, String)],
    typed: &BTreeMap<String, String>,
) -> Result<Vec<Shown>, Error> {
    let l = Locale::default();
    let codes: Vec<String> = wanted.iter().filter_map(|(code, _)| code.strip_prefix(MEASURE)).map(str::to_owned).collect();
    let measured: HashMap<(String, Option<Uuid>), Yearly> = match codes.as_slice() {
        [] => HashMap::new(),
        codes => measures::yearly_all(app, codes, material.year).await?,
    };
    let agency = report.own.then_some(report.agency);
    let mut found = Vec::new();
    for (code, label) in wanted {
        let mut shown = match code.strip_prefix(MEASURE) {
            Some(measure) => measured.get(&(measure.to_owned(), agency)).map(of_measure).unwrap_or_default(),
            None => match code.strip_prefix(FIELD) {
                Some(field) => of_field(l, report, material, field).unwrap_or_default(),
                None => of_progress(report, material, code).unwrap_or_default(),
            },
        };
        shown.code.clone_from(code);
        if !label.is_empty() {
            shown.label.clone_from(label);
        }
        if let Some(typed) = typed.get(code).map(|typed| typed.trim()).filter(|typed| !typed.is_empty()) {
            shown.declared = if typed == shown.recorded { String::new() } else { typed.to_owned() };
        }
        found.push(shown);
    }
    Ok(found)
}

/// Whether it is known what is counted by that code.
#[must_use]
pub fn is_known(code: &str, material: &Material) -> bool {
    match code.strip_prefix(FIELD) {
        Some(field) => material.form().is_some_and(|form| form.field(field).is_some()),
        None => PROGRESS.contains(&code) || code.starts_with(MEASURE),
    }
}

fn of_measure(yearly: &Yearly) -> Shown {
    let percent = yearly.value.map(|value| value.shown());
    let (recorded, unit) = match (yearly.denominator, percent) {
        (Some(whole), Some(percent)) => (format!("{}/{} ({percent}%)", yearly.numerator.shown(), whole.shown()), String::new()),
        (None, Some(value)) => (value, yearly.unit.clone()),
        // Without a denominator to divide by there is no figure.
        (_, None) => (String::new(), String::new()),
    };
    let gaps = if recorded.is_empty() { 0 } else { yearly.gaps };
    Shown { recorded, unit, gaps, href: yearly.href.clone(), ..Shown::default() }
}

fn of_progress(report: &Report, material: &Material, code: &str) -> Option<Shown> {
    let duty = material.duty.as_ref()?;
    let count = match code {
        "progress:owed" => material.lines.len(),
        "progress:done" => material.count(|line| line.outcome.is_in()),
        "progress:on-time" => material.count(|line| line.outcome.is_in() && line.on_time == Some(true)),
        "progress:late" => material.count(|line| line.outcome.is_in() && line.on_time == Some(false)),
        "progress:accepted" => material.count(|line| line.outcome == Outcome::Accepted),
        "progress:absent" => material.count(|line| !line.outcome.is_in()),
        "progress:never-signed-in" => material.count(Line::never_came),
        _ => return None,
    };
    let href = match (report.own, report.closing) {
        (true, _) => material.lines.first().map(|line| Slot::desk_path(line.slot)).unwrap_or_default(),
        (false, 0) => Closing::desk_path(duty.id, &report.period),
        (false, version) => format!("{}/{version}", Closing::desk_path(duty.id, &report.period)),
    };
    Some(Shown { recorded: vietnamese::number::format_integer(i64::try_from(count).ok()?), href, ..Shown::default() })
}

/// What of the form is shown by that code; None where nobody asks it.
pub(super) fn of_field(l: Locale, report: &Report, material: &Material, code: &str) -> Option<Shown> {
    let (sheets, duty) = (material.sheets.as_ref()?, material.duty.as_ref()?);
    let (_, field) = sheets.form.field(code)?;
    let mut shown = if report.own { own(l, report, material, (sheets, field)) } else { total(l, sheets, field) };
    if shown.href.is_empty() {
        shown.href = way_down(report, duty, code);
    }
    shown.label.clone_from(&field.label);
    Some(shown)
}

/// The page that opens what each agency gave for a field.
pub(super) fn way_down(report: &Report, duty: &Duty, code: &str) -> String {
    let page = format!("/desk/plans/{}/duties/{}/figures", duty.plan, duty.id);
    let asked = [("period", report.period.as_str()), ("field", code), ("which", "value")];
    format!("{page}{}", crate::web::address::query(&asked))
}

/// What the agency itself says, beside what the system had counted.
fn own(l: Locale, report: &Report, material: &Material, (sheets, field): (&Sheets, &Field)) -> Shown {
    let mine = sheets.slots.iter().find(|slot: &&slot::Model| slot.agency == report.agency);
    let value = mine.and_then(|slot| sheets.value(slot, field)).map(|value| value.shown(l));
    let counted = mine.and_then(|slot| sheets.recorded(slot, field)).or_else(|| material.recorded.get(&field.code).copied());
    let counted = counted.map(|counted| counted.shown());
    let href = mine.map(|slot| Slot::desk_path(slot.id)).unwrap_or_default();
    let (recorded, declared) = match (counted, value) {
        (Some(counted), Some(value)) if counted != value => (counted, value),
        (counted, value) => (value.or(counted).unwrap_or_default(), String::new()),
    };
    Shown { recorded, declared, unit: values::unit(field), href, ..Shown::default() }
}

/// Of all agencies, by the operator of the field.
fn total(l: Locale, sheets: &Sheets, field: &Field) -> Shown {
    Shown { recorded: outcome(l, &sheets.total(field).outcome), unit: values::unit(field), ..Shown::default() }
}

/// What many values became, in words without the unit; empty where nobody gave one.
pub(super) fn outcome(l: Locale, outcome: &Outcomes) -> String {
    match outcome {
        Outcomes::None => String::new(),
        Outcomes::Number(number) => number.shown(),
        Outcomes::Ratio(part, whole) => Value::Ratio(*part, *whole).shown(l),
        Outcomes::Counts(counts) => {
            let word = |choice: &str| match choice {
                "yes" => l.t("form-yes"),
                "no" => l.t("form-no"),
                other => other.to_owned(),
            };
            counts.iter().map(|(choice, count)| format!("{} {count}", word(choice))).collect::<Vec<_>>().join(", ")
        }
        Outcomes::Given(value) => value.shown(l),
    }
}

#[cfg(test)]
mod tests {
    use ::measures::{Amount, Standing};

    use super::*;

    #[test]
    fn a_figure_keeps_how_many_agencies_it_lacks() {
        let yearly = Yearly {
            numerator: Amount::from(3),
            denominator: None,
            value: Some(Amount::from(3)),
            standing: Standing::Value,
            gaps: 2,
            unit: "lớp".into(),
            version: Some(1),
            state: measures::State::Confirmed,
            href: String::new(),
        };
        let shown = of_measure(&yearly);
        assert_eq!((shown.recorded.as_str(), shown.unit.as_str(), shown.gaps), ("3", "lớp", 2));
        let none = of_measure(&Yearly { value: None, standing: Standing::Unanswered, ..yearly });
        assert_eq!((none.recorded.as_str(), none.gaps), ("", 0), "what is no figure lacks nothing");
    }
}
