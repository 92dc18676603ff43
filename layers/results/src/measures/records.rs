//! The way down: what a part of a measure counts, one by one, each with its page. The desk shows what the person may see, the portal
//! what everybody may.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use ::measures::evaluation::Cell;
use ::measures::{Amount, Definition, Every, Of, RollUp, Standing};
use vietnamese::number::format_integer;

use super::answers::given;
use super::gathering;
use super::kept::{self, PROVINCE};
use super::measure::Measure;
use super::words::{self, Names};
use crate::base::sources::{self, Asked, Counting, Month, RECORDS_MAX, Stretch};
use crate::base::{App, Who, time};
use crate::duties::slot::{self, Slot};
use crate::people::agency::brief::{Brief, Known};
use crate::web::{Error, Locale, Result};

/// What the address asks.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// Numerator's parts first, then the denominator's.
    part: usize,
    year: Option<i32>,
    month: Option<u32>,
    agency: Option<Uuid>,
}

/// One of what is counted.
pub struct Line {
    pub title: String,
    /// Empty where the reader may not open it.
    pub href: String,
    pub agency: String,
    pub on: String,
    /// What it gives to the figure, or that there is no answer; empty where each is one.
    pub count: String,
}

/// What one agency gives to a figure.
pub struct Share {
    pub agency: String,
    /// Its records alone.
    pub href: String,
    pub count: String,
}

/// What a part counts.
pub struct Records {
    /// The part in words.
    pub heading: String,
    pub about: String,
    /// What exactly counts.
    pub rule: String,
    pub lines: Vec<Line>,
    /// How much each agency has of it, also in records that the reader may not open one by one.
    pub shares: Vec<Share>,
    /// All of it, what several agencies claim once.
    pub total: String,
    /// As many as a list shows: there may be more.
    pub is_cut: bool,
    /// The code of the measure that is counted instead of records.
    pub other: String,
    pub year: i32,
}

impl Records {
    /// Whether each of them says a figure of its own.
    #[must_use]
    pub fn is_valued(&self) -> bool {
        self.lines.iter().any(|line| !line.count.is_empty())
    }
}

/// Who reads: a person at the desk, or anybody.
#[derive(Clone, Copy)]
pub enum Reader<'a> {
    Desk(&'a Who),
    Public,
}

/// Somebody who may do nothing.
fn nobody() -> Who {
    Who {
        person: Uuid::nil(),
        session: Uuid::nil(),
        name: String::new(),
        agency: None,
        agency_name: String::new(),
        grants: Vec::new(),
    }
}

/// Which part of a measure is opened, of when and of whom.
struct Wanted<'a> {
    measure: &'a Measure,
    definition: &'a Definition,
    every: Every,
    last: Month,
    /// The month of it that is named, or stands for the year; None where the year is all of its months.
    month: Option<u32>,
    ask: Ask,
    /// The agencies that it is asked of: what others have is in no figure of it.
    asked: HashSet<Uuid>,
}

/// How long the period is that is opened: a year whose periods are added up is all of it, unless a month is named.
fn period(definition: &Definition, month: Option<u32>) -> Every {
    let is_sum = month.is_none() && definition.roll_up == RollUp::Sum && definition.every != Every::Ever;
    if is_sum { Every::Year } else { definition.every }
}

/// The month that is opened: the one that is named, or that of which the value stands for the year, where one of several periods does.
async fn month(app: &App, measure: &Measure, definition: &Definition, year: i32, ask: Ask) -> Result<Option<u32>> {
    let named = ask.month.filter(|month| (1..=12).contains(month));
    let is_one = matches!(definition.roll_up, RollUp::Min | RollUp::Max | RollUp::Last);
    if named.is_some() || !is_one || matches!(definition.every, Every::Year | Every::Ever) {
        return Ok(named);
    }
    let rows = kept::of(&app.db, &[measure.id], &[year], Some(ask.agency.unwrap_or(PROVINCE))).await?;
    Ok(rows.first().and_then(|row| row.months().month_of_year(definition)))
}

/// The agencies that it is asked of.
async fn asked(app: &App, definition: &Definition, year: i32) -> Result<HashSet<Uuid>> {
    let evidence = gathering::gather(app, std::iter::empty(), year).await?;
    let asked = evidence.agencies.iter().zip(evidence.asked(definition));
    Ok(asked.filter(|(_, is_asked)| *is_asked).map(|(body, _)| body.id).collect())
}

/// From when until when what is counted up to a month counts.
fn stretch(every: Every, counting: Counting, last: Month) -> Stretch {
    let first = match (counting, every) {
        (Counting::Stands, _) => last,
        (Counting::Happened, Every::Ever) => gathering::BEGINNING,
        (Counting::Happened, every) => Month { year: last.year, month: every.first_month(last.month) },
    };
    Stretch { first, last }
}

/// What a part of a measure counts.
///
/// # Errors
/// There is no such part, or the database failed.
pub async fn of(app: &App, reader: Reader<'_>, l: Locale, measure: &Measure, ask: Ask) -> Result<Records> {
    let today = time::local_date(app.clock.now());
    let definition = measure.definition();
    let part = definition.parts().nth(ask.part).ok_or(Error::NotFound)?.clone();
    // Months from the beginning until the year of some address would be billions.
    let year = ask.year.filter(|year| (2000..=2100).contains(year)).unwrap_or_else(|| today.year());
    let newest = if year < today.year() { 12 } else { today.month() };
    let month = month(app, measure, &definition, year, ask).await?;
    let last = Month { year, month: month.unwrap_or(newest) };
    let names = Names::of_definition(app, &definition).await?;
    let mut found = Records {
        heading: words::part(l, &names, &part),
        about: format!("{} · {}/{}", measure.title, last.month, last.year),
        rule: String::new(),
        lines: Vec::new(),
        shares: Vec::new(),
        total: String::new(),
        is_cut: false,
        other: String::new(),
        year,
    };
    let asked = asked(app, &definition, year).await?;
    let wanted = Wanted { measure, definition: &definition, every: period(&definition, month), last, month, ask, asked };
    match &part.of {
        Of::Source { code } => {
            of_source(app, (reader, l), &mut found, code, &wanted).await?;
            shared_out(app, reader, &mut found, code, &wanted).await?;
        }
        Of::Field { duty, field } => {
            // What stands for who was silent is in the figure and in none of these lines.
            let missing = l.t(&format!("measure-missing-{}", definition.missing.code()));
            found.rule = format!("{}: {missing}", l.t("measure-field-missing"));
            answers(app, (reader, l), &mut found, (duty, field), &wanted).await?;
        }
        Of::Measure { code } => {
            if opens(app, reader, code).await? {
                found.other.clone_from(code);
            }
        }
        Of::Agency => found.lines = agencies(app, &definition, last, ask.agency).await?,
        Of::Number(_) => {}
    }
    found.is_cut |= is_full(found.lines.len());
    Ok(found)
}

/// Whether there may be more than these.
fn is_full(count: usize) -> bool {
    u64::try_from(count).is_ok_and(|count| count >= RECORDS_MAX)
}

/// Whether the reader may look at that measure.
async fn opens(app: &App, reader: Reader<'_>, code: &str) -> Result<bool> {
    match reader {
        Reader::Desk(_) => Ok(true),
        Reader::Public => Ok(Measure::of_codes(&app.db, &[code]).await?.iter().any(Measure::is_public)),
    }
}

async fn of_source(
    app: &App,
    (reader, l): (Reader<'_>, Locale),
    found: &mut Records,
    code: &str,
    wanted: &Wanted<'_>,
) -> Result<()> {
    let Some(source) = sources::of_code(app, code) else {
        found.rule = l.t("measure-standing-unseen");
        return Ok(());
    };
    let rule = format!("source-{code}-rule");
    found.rule = if l.has(&rule) { l.t(&rule) } else { String::new() };
    let known = Known::now(app).await?;
    let asked = Asked { agency: wanted.ask.agency, stretch: stretch(wanted.every, source.counting, wanted.last) };
    let nobody = nobody();
    let who = match reader {
        Reader::Desk(who) => who,
        Reader::Public => &nobody,
    };
    let mut records = (source.records)(app, who, l, asked).await?;
    found.is_cut = is_full(records.len());
    if wanted.definition.is_narrowed() {
        records.retain(|one| wanted.asked.contains(&one.agency));
    }
    if matches!(reader, Reader::Public) {
        records.retain(|one| !one.public_href.is_empty());
        records.iter_mut().for_each(|one| one.href.clear());
    }
    let line = |one: sources::Record| Line {
        title: one.title,
        href: if one.href.is_empty() { one.public_href } else { one.href },
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        on: time::day(one.on),
        count: String::new(),
    };
    found.lines = records.into_iter().map(line).collect();
    Ok(())
}

/// How much each agency has of what is counted: the sum is the figure, whoever reads.
async fn shared_out(app: &App, reader: Reader<'_>, found: &mut Records, code: &str, wanted: &Wanted<'_>) -> Result<()> {
    let Some(source) = sources::of_code(app, code) else { return Ok(()) };
    let Wanted { measure, last, month, ask, .. } = wanted;
    let mut counts: HashMap<Option<Uuid>, u64> = HashMap::new();
    for tallied in (source.tallies)(app, stretch(wanted.every, source.counting, *last)).await? {
        if tallied.agency.is_none_or(|id| wanted.asked.contains(&id) && ask.agency.is_none_or(|one| one == id)) {
            *counts.entry(tallied.agency).or_default() += tallied.count;
        }
    }
    let once = counts.remove(&None).filter(|_| source.is_shared && ask.agency.is_none());
    let number = |count: u64| format_integer(i64::try_from(count).unwrap_or(i64::MAX));
    // As the figure is counted: of some agencies alone it is not known how much of what is shared is theirs, and the lesser holds.
    let sum: u64 = counts.values().sum();
    found.total = number(once.map_or(sum, |once| if wanted.definition.is_narrowed() { once.min(sum) } else { once }));
    let known = Known::now(app).await?;
    let mut counts: Vec<(Uuid, u64)> = counts.into_iter().filter_map(|(id, count)| Some((id?, count))).collect();
    counts.retain(|(_, count)| *count > 0);
    counts.sort_by_key(|(id, _)| known.rank(*id));
    let here = match reader {
        Reader::Desk(_) => format!("{}/records", measure.desk_path()),
        Reader::Public => format!("{}/ho-so", measure.public_path()),
    };
    let month = month.map(|month| format!("&month={month}")).unwrap_or_default();
    let share = |(id, count): (Uuid, u64)| Share {
        agency: known.get(&id).map(|body| body.label()).unwrap_or_default(),
        href: format!("{here}?part={}&year={}{month}&agency={id}", ask.part, last.year),
        count: number(count),
    };
    found.shares = counts.into_iter().map(share).collect();
    Ok(())
}

/// Every slot of the duty with what was said in the field: figures first, who said nothing last.
async fn answers(
    app: &App,
    (reader, l): (Reader<'_>, Locale),
    found: &mut Records,
    (duty, field): (&str, &str),
    wanted: &Wanted<'_>,
) -> Result<()> {
    let (every, last) = (wanted.every, wanted.last);
    let Ok(duty) = duty.parse::<Uuid>() else { return Ok(()) };
    let first = Month { year: last.year, month: every.first_month(last.month) };
    let from = if every == Every::Ever { gathering::BEGINNING.first_day() } else { first.first_day() };
    let mut owed = slot::Entity::find()
        .filter(slot::Column::Duty.eq(duty))
        .filter(slot::Column::VoidedOn.is_null())
        .filter(slot::Column::EndOn.between(from, last.last_day()));
    if let Some(agency) = wanted.ask.agency {
        owed = owed.filter(slot::Column::Agency.eq(agency));
    }
    let known = Known::now(app).await?;
    let mut slots = owed.all(&app.db).await?;
    slots.retain(|slot| wanted.asked.contains(&slot.agency));
    let cells = given(app, &slots, field).await?;
    let cell = |slot: &Slot| cells.get(&slot.id).copied().unwrap_or(Cell::Unanswered);
    slots.sort_by_key(|slot| (!matches!(cell(slot), Cell::Given(_)), slot.end_on, known.rank(slot.agency)));
    let figure = |slot: &Slot| if let Cell::Given(amount) = cell(slot) { Some(amount) } else { None };
    // Where nobody gave a figure there is none, and no zero.
    let total = slots.iter().filter_map(figure).reduce(|sum, one| sum + one);
    found.total = total.map_or_else(|| "–".to_owned(), Amount::shown);
    slots.truncate(usize::try_from(RECORDS_MAX).unwrap_or(500));
    let line = |slot: &Slot| {
        let body = known.get(&slot.agency);
        let agency = body.map(|body| body.label()).unwrap_or_default();
        let href = match reader {
            Reader::Desk(_) => Slot::desk_path(slot.id),
            // Answers are not public word for word; that there is one is said on the agency's page.
            Reader::Public => body.map(|body| body.public_path()).unwrap_or_default(),
        };
        let count = match cell(slot) {
            Cell::Given(amount) | Cell::Part { given: amount, .. } => amount.shown(),
            Cell::Nothing => words::standing(l, Standing::Nothing),
            Cell::Unanswered | Cell::NotAsked => words::standing(l, Standing::Unanswered),
        };
        Line { title: format!("{agency} · {}", slot.period), href, agency, on: time::day(slot.end_on), count }
    };
    found.lines = slots.iter().map(line).collect();
    Ok(())
}

/// The agencies that it is asked of and that exist then.
async fn agencies(app: &App, definition: &Definition, last: Month, agency: Option<Uuid>) -> Result<Vec<Line>> {
    let known = Known::now(app).await?;
    let today: NaiveDate = time::local_date(app.clock.now());
    let day = last.last_day().min(today.max(last.first_day()));
    let evidence = gathering::gather(app, std::iter::empty(), last.year).await?;
    let asked = evidence.asked(definition);
    let mut bodies: Vec<_> = evidence
        .agencies
        .iter()
        .zip(&asked)
        .filter(|(body, asked)| **asked && body.is_open_on(day) && agency.is_none_or(|one| one == body.id))
        .map(|(body, _)| body)
        .collect();
    bodies.sort_by_key(|body| known.rank(body.id));
    let line = |body: &&Brief| Line {
        title: body.name.clone(),
        href: body.public_path(),
        agency: body.label(),
        on: time::day(body.open_from),
        count: String::new(),
    };
    Ok(bodies.iter().map(line).collect())
}
