//! What a definition that is being typed would come to now, on the real evidence: for the province and three agencies; or why it can not.

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use chrono::Datelike;

use ::measures::{Value, checking};

use super::form::Given;
use super::show::parts;
use crate::base::{App, time};
use crate::measures::counting::with_counted;
use crate::measures::defining::obstacles;
use crate::measures::measure::Measure;
use crate::measures::recomputing;
use crate::measures::rights::Definer;
use crate::measures::surroundings::There;
use crate::measures::words;
use crate::web::{Locale, Page, Result, Shell};

/// Agencies shown: the most, the middle, the least.
const SHOWN: usize = 3;
/// Stands for the code of a measure that has none yet.
const UNNAMED: &str = "new";

/// A line of the preview.
#[derive(Clone, Debug)]
pub struct Line {
    pub name: String,
    pub value: String,
    pub parts: String,
}

#[derive(Clone)]
pub struct Preview {
    pub year: i32,
    pub lines: Vec<Line>,
    pub obstacles: Vec<String>,
    /// The numerator may be more than the denominator.
    pub may_exceed: bool,
}

#[derive(Template)]
#[template(path = "measures/staff/preview.html")]
pub struct Part {
    l: Locale,
    shell: Shell,
    preview: Preview,
}

/// What was typed, tried.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, l: Locale, there: &There, measure: Option<&Measure>, given: &Given) -> Result<Preview> {
    let year = time::local_date(app.clock.now()).year();
    let (mut typed, mut found) = given.read();
    if typed.code.is_empty() {
        UNNAMED.clone_into(&mut typed.code);
    }
    found.extend(obstacles(l, &typed, there, measure));
    // What only names the thing does not keep it from being tried.
    let named = ["title", "meaning", "code", "provision"];
    let definition = typed.definition;
    let is_broken = found.iter().any(|one| !named.contains(&one.field));
    let mut preview = Preview {
        year,
        lines: Vec::new(),
        obstacles: found.iter().map(|one| one.text(l)).collect(),
        may_exceed: !checking::is_subset(&definition, &there.known),
    };
    if is_broken || definition.numerator.parts.is_empty() {
        return Ok(preview);
    }
    let all = there.definitions_with(&typed.code, &definition);
    let wanted = with_counted(std::slice::from_ref(&typed.code), &all);
    let (evidence, counted) = recomputing::count(app, wanted, year).await?;
    let Some(counted) = counted.get(&typed.code) else { return Ok(preview) };
    let line = |name: String, value: Option<Value>| Line {
        name,
        value: words::value(l, value.as_ref(), &definition.unit),
        parts: value.as_ref().map(parts).unwrap_or_default(),
    };
    preview.lines.push(line(l.t("measure-all"), counted.outcome.whole.year(&definition)));
    let years = counted.outcome.agencies.iter().map(|months| months.year(&definition));
    let mut agencies: Vec<(String, Value)> =
        evidence.agencies.iter().zip(years).filter_map(|(agency, value)| Some((agency.label(), value?))).collect();
    agencies.sort_by_key(|(_, value)| std::cmp::Reverse(value.figure()));
    let last = agencies.len().saturating_sub(1);
    let mut places = [0, last / 2, last].to_vec();
    places.dedup();
    let chosen = places.into_iter().take(SHOWN).filter_map(|place| agencies.get(place));
    preview.lines.extend(chosen.map(|(name, value)| line(name.clone(), Some(*value))));
    Ok(preview)
}

/// `POST /desk/measures/preview`
pub async fn show(
    _who: Definer,
    shell: Shell,
    Shared(app): Shared<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Page<Part>> {
    let given = Given::of(&fields);
    let there = There::read(&app).await?;
    let measure = there
        .measures
        .iter()
        .find(|one| one.code == given.code && fields.iter().any(|(name, value)| name == "version" && value != "0"));
    let preview = of(&app, shell.l, &there, measure, &given).await?;
    Ok(Page(Part { l: shell.l, shell, preview }))
}
