//! What agencies declared stands beside what the system recorded of the same thing, and neither takes the place of the other.

use std::collections::HashMap;

use ::measures::{Amount, Definition, Every, Missing, Of, Part, Term};

use super::answers::Countable;
use super::recomputing;
use super::words;
use crate::base::{App, sources};
use crate::web::{Locale, Result};

/// Agencies named at most.
const AGENCIES_MAX: usize = 20;

/// A field of a form and what is recorded of it.
#[derive(Clone, Debug)]
pub struct Beside {
    pub field: String,
    pub duty: String,
    pub href: String,
    pub source: String,
    /// What agencies gave, added up; None where nobody gave anything.
    pub declared: Option<Amount>,
    /// Agencies that did not answer.
    pub gaps: u32,
    pub recorded: Option<Amount>,
    /// Agencies of which the two differ: name, declared, recorded.
    pub differing: Vec<(String, String, String)>,
    pub differ: usize,
}

/// The fields that declare what a measure counts, or of which what it counts is recorded.
pub fn pairs<'a>(definition: &'a Definition, fields: &'a [Countable]) -> impl Iterator<Item = &'a Countable> {
    fields.iter().filter(|one| !one.source.is_empty()).filter(move |one| {
        definition.sources().any(|code| code == one.source)
            || definition.fields().any(|(duty, field)| duty == one.duty.to_string() && field == one.field)
    })
}

fn counting(of: Of, like: &Definition) -> Definition {
    let parts = vec![Part { minus: false, of, at_least: None }];
    let (class, excluded) = (like.class.clone(), like.excluded.clone());
    Definition { numerator: Term { parts }, missing: Missing::Gap, every: Every::Year, class, excluded, ..Definition::default() }
}

/// Both figures of a year, for each such field.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, l: Locale, definition: &Definition, fields: &[Countable], year: i32) -> Result<Vec<Beside>> {
    let pairs: Vec<&Countable> = pairs(definition, fields).filter(|one| sources::of_code(app, &one.source).is_some()).collect();
    let mut both: HashMap<String, Definition> = HashMap::new();
    for (at, one) in pairs.iter().enumerate() {
        let field = Of::Field { duty: one.duty.to_string(), field: one.field.clone() };
        both.insert(format!("declared-{at}"), counting(field, definition));
        both.insert(format!("recorded-{at}"), counting(Of::Source { code: one.source.clone() }, definition));
    }
    if both.is_empty() {
        return Ok(Vec::new());
    }
    let (evidence, counted) = recomputing::count(app, both, year).await?;
    let mut found = Vec::new();
    for (at, one) in pairs.iter().enumerate() {
        let (Some(declared), Some(recorded)) = (counted.get(&format!("declared-{at}")), counted.get(&format!("recorded-{at}")))
        else {
            continue;
        };
        let last = |months: &::measures::Months| months.last().map(|(_, value)| value);
        let mut differing = Vec::new();
        for (place, agency) in evidence.agencies.iter().enumerate() {
            let figure = |one: &super::counting::Counted| last(&one.outcome.agencies[place]).and_then(|value| value.figure());
            if let (Some(said), Some(seen)) = (figure(declared), figure(recorded))
                && said != seen
            {
                differing.push((agency.label(), said.shown(), seen.shown()));
            }
        }
        let (whole, seen) = (last(&declared.outcome.whole), last(&recorded.outcome.whole));
        let differ = differing.len();
        differing.truncate(AGENCIES_MAX);
        found.push(Beside {
            field: one.label.clone(),
            duty: one.duty_title.clone(),
            href: format!("/desk/plans/{}/duties/{}/figures", one.plan, one.duty),
            source: words::source(l, &one.source),
            declared: whole.and_then(|value| value.figure()),
            gaps: whole.map(|value| value.gaps).unwrap_or_default(),
            recorded: seen.and_then(|value| value.figure()),
            differing,
            differ,
        });
    }
    Ok(found)
}

/// Whether the pair is worth asking for: nothing is, where no form names a source.
#[must_use]
pub fn is_any(definition: &Definition, fields: &[Countable]) -> bool {
    pairs(definition, fields).next().is_some()
}
