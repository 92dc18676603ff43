//! The way down: what a part of a measure counts, one by one, each with its page.

use askama::Template;
use axum::extract::{Query, State as Shared};
use chrono::{Datelike, NaiveDate};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use ::measures::{Definition, Every, Of};

use crate::base::sources::{self, Asked, Counting, Month, RECORDS_MAX, Stretch};
use crate::base::{App, time};
use crate::duties::slot::{self, Slot};
use crate::measures::measure::Measure;
use crate::measures::surroundings::There;
use crate::measures::words::{self, Names};
use crate::measures::{gathering, rights};
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    part: usize,
    year: Option<i32>,
    month: Option<u32>,
    agency: Option<Uuid>,
}

/// One of what is counted.
pub struct Line {
    pub title: String,
    /// Empty where the person may not open it.
    pub href: String,
    pub agency: String,
    pub on: String,
}

#[derive(Template)]
#[template(path = "measures/staff/records.html")]
pub struct Records {
    l: Locale,
    shell: Shell,
    measure: Measure,
    heading: String,
    about: String,
    rule: String,
    lines: Vec<Line>,
    /// As many as a list shows: there may be more.
    is_cut: bool,
    /// The measure that is counted instead of records.
    other: String,
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

/// `GET /desk/measures/{code}/records`
pub async fn show(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(code): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Page<Records>> {
    if !rights::sees(&who) {
        return Err(Error::Forbidden);
    }
    let (l, today) = (shell.l, time::local_date(app.clock.now()));
    let measure = Measure::named(&app, &code).await?;
    let definition = measure.definition();
    let part = definition.parts().nth(ask.part).ok_or(Error::NotFound)?.clone();
    let year = ask.year.unwrap_or_else(|| today.year());
    let newest = if year < today.year() { 12 } else { today.month() };
    let last = Month { year, month: ask.month.filter(|month| (1..=12).contains(month)).unwrap_or(newest) };
    let names = Names::of(&There::read(&app).await?);
    let mut page = Records {
        heading: words::part(l, &names, &part),
        about: format!("{} · {}/{}", measure.title, last.month, last.year),
        rule: String::new(),
        lines: Vec::new(),
        is_cut: false,
        other: String::new(),
        measure,
        l,
        shell,
    };
    match &part.of {
        Of::Source { code } => of_source(&app, &who, &mut page, (code, definition.every), last, ask.agency).await?,
        Of::Field { duty, .. } => page.lines = answers(&app, duty, &definition, last, ask.agency).await?,
        Of::Measure { code } => page.other = format!("/desk/measures/{code}?year={year}"),
        Of::Agency => page.lines = agencies(&app, &definition, last, ask.agency).await?,
        Of::Number(_) => {}
    }
    page.is_cut = u64::try_from(page.lines.len()).is_ok_and(|count| count >= RECORDS_MAX);
    Ok(Page(page))
}

async fn of_source(
    app: &App,
    who: &Signed,
    page: &mut Records,
    (code, every): (&str, Every),
    last: Month,
    agency: Option<Uuid>,
) -> Result<()> {
    let l = page.l;
    let Some(source) = sources::of_code(app, code) else {
        page.rule = l.t("measure-standing-unseen");
        return Ok(());
    };
    let rule = format!("source-{code}-rule");
    page.rule = if l.has(&rule) { l.t(&rule) } else { String::new() };
    let known = Known::now(app).await?;
    let asked = Asked { agency, stretch: stretch(every, source.counting, last) };
    let line = |one: sources::Record| Line {
        title: one.title,
        href: if one.href.is_empty() { one.public_href } else { one.href },
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        on: time::day(one.on),
    };
    page.lines = (source.records)(app, who, l, asked).await?.into_iter().map(line).collect();
    Ok(())
}

async fn answers(app: &App, duty: &str, definition: &Definition, last: Month, agency: Option<Uuid>) -> Result<Vec<Line>> {
    let Ok(duty) = duty.parse::<Uuid>() else { return Ok(Vec::new()) };
    let first = Month { year: last.year, month: definition.every.first_month(last.month) };
    let from = if definition.every == Every::Ever { gathering::BEGINNING.first_day() } else { first.first_day() };
    let mut wanted = slot::Entity::find()
        .filter(slot::Column::Duty.eq(duty))
        .filter(slot::Column::VoidedOn.is_null())
        .filter(slot::Column::EndOn.between(from, last.last_day()));
    if let Some(agency) = agency {
        wanted = wanted.filter(slot::Column::Agency.eq(agency));
    }
    let known = Known::now(app).await?;
    let mut slots = wanted.all(&app.db).await?;
    slots.sort_by_key(|slot| (slot.end_on, known.rank(slot.agency)));
    slots.truncate(usize::try_from(RECORDS_MAX).unwrap_or(500));
    let line = |slot: &Slot| {
        let agency = known.get(&slot.agency).map(|body| body.label()).unwrap_or_default();
        Line { title: format!("{agency} · {}", slot.period), href: Slot::desk_path(slot.id), agency, on: time::day(slot.end_on) }
    };
    Ok(slots.iter().map(line).collect())
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
    let line = |body: &&crate::people::agency::brief::Brief| Line {
        title: body.name.clone(),
        href: body.public_path(),
        agency: body.label(),
        on: time::day(body.open_from),
    };
    Ok(bodies.iter().map(line).collect())
}
