//! One measure: its value with the parts, the way down to what is counted, period by period and agency by agency, and where it is heading.

use std::ops::Deref;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State as Shared};
use chrono::Datelike;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use ::measures::{Definition, Value};

use super::list::SEEN_AGAIN_S;
use super::targets::lacks;
use crate::base::{self, App, Drawing, fact, time};
use crate::measures::answers::{Countable, countable};
use crate::measures::beside::{self, Beside};
use crate::measures::heading::Heading;
use crate::measures::kept::{self, PROVINCE, Row};
use crate::measures::measure::{Measure, State};
use crate::measures::picture::{self, Place};
use crate::measures::words::{self, Names};
use crate::measures::{rights, table};
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::web::chart::saving;
use crate::web::download::Download;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Markup, Page, Path, Result, Shell, address};

const HISTORY_MAX: u64 = 30;
const ROWS: u64 = 60;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    year: Option<i32>,
    agency: Option<Uuid>,
    page: Option<u64>,
}

/// A part of the numerator or the denominator, with the way down to what it counts.
pub struct PartLine {
    pub name: String,
    pub is_below: bool,
    pub href: String,
}

/// A value as a line of a table.
pub struct Line {
    pub name: String,
    pub href: String,
    pub value: String,
    pub is_figure: bool,
    pub parts: String,
    pub gaps: u32,
    /// The period was closed; and what it would be now, where that is something else.
    pub is_frozen: bool,
    pub restated: String,
    /// By which version of the definition, where it is not the newest.
    pub counted_by: String,
}

/// Year, what would lie on the straight line, what is.
pub struct Step {
    pub year: i32,
    /// The year itself, with what is counted in it.
    pub href: String,
    pub way: String,
    pub value: String,
}

/// What there is of a measure, the same for everybody who may see it.
pub struct Body {
    measure: Measure,
    year: i32,
    years: Vec<(i32, String, bool)>,
    /// Whose value it is; empty: of all together.
    agency: String,
    all_href: String,
    value: String,
    is_figure: bool,
    parts_words: String,
    /// Agencies of which there is no figure.
    gaps: u32,
    /// By which version of the definition, where it is not the newest.
    counted_by: String,
    lacks: String,
    mark: &'static str,
    word: String,
    parts: Vec<PartLine>,
    settings: Vec<(String, String)>,
    periods: Vec<Line>,
    agencies: Vec<Line>,
    paging: Paging,
    query: String,
    /// None while there is no figure.
    chart: Option<Markup>,
    steps: Vec<Step>,
    forecast: String,
    besides: Vec<Beside>,
    /// What later capabilities say of it.
    panels: Vec<Drawing>,
    digest: String,
    counted_at: String,
    events: Events,
}

#[derive(Template)]
#[template(path = "measures/staff/show.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    body: Arc<Body>,
    may_define: bool,
    may_agree: bool,
    printed: String,
}

impl Deref for Shown {
    type Target = Body;
    fn deref(&self) -> &Body {
        &self.body
    }
}

impl Body {
    fn here(&self) -> String {
        self.measure.desk_path()
    }

    /// The first part's records.
    fn records(&self) -> String {
        format!("{}/records?{}part=0", self.here(), self.query)
    }

    fn turn(&self, by: i64) -> String {
        self.paging.turn(by).map(|to| format!("{}?{}page={to}", self.here(), self.query)).unwrap_or_default()
    }

    fn file(&self, ending: &str) -> String {
        format!("{}/{ending}?year={}", self.here(), self.year)
    }

    fn is_suggested(&self) -> bool {
        self.measure.state == State::Suggested
    }

    fn is_retired(&self) -> bool {
        self.measure.state == State::Retired
    }
}

/// `34/122`, or only the count.
#[must_use]
pub fn parts(value: &Value) -> String {
    match value.denominator {
        Some(below) => format!("{}/{}", value.numerator.shown(), below.shown()),
        None if value.standing.is_figure() => value.numerator.shown(),
        None => String::new(),
    }
}

fn line(l: Locale, definition: &Definition, (name, href): (String, String), value: Option<Value>, row: &Row, month: u32) -> Line {
    let restated = row.restated(month).map(|now| words::value(l, Some(&now), &definition.unit));
    Line {
        name,
        href,
        value: words::value(l, value.as_ref(), &definition.unit),
        is_figure: value.is_some_and(|value| value.figure().is_some()),
        parts: value.as_ref().map(parts).unwrap_or_default(),
        gaps: value.map(|value| value.gaps).unwrap_or_default(),
        is_frozen: month <= row.through(),
        restated: restated.unwrap_or_default(),
        counted_by: String::new(),
    }
}

/// The part of an address that asks for an agency.
fn of(agency: Option<Uuid>) -> String {
    agency.map(|agency| format!("&agency={agency}")).unwrap_or_default()
}

/// What each period of a year came to.
fn periods(l: Locale, measure: &Measure, definition: &Definition, row: Option<&Row>, agency: Option<Uuid>) -> Vec<Line> {
    let Some(row) = row else { return Vec::new() };
    let of = of(agency);
    let one = |(month, value): (u32, Value)| {
        let key = ::measures::period::Period::of(definition.every, row.year, month).key();
        let ended = month == definition.every.last_month(month);
        let name = if ended { key } else { l.t2("measure-period-so-far", "period", key, "month", month) };
        let href = format!("{}/records?part=0&year={}&month={month}{of}", measure.desk_path(), row.year);
        let counted_by = words::counted_by(l, row.version_of(month), measure.version);
        Line { counted_by, ..line(l, definition, (name, href), Some(value), row, month) }
    };
    row.months().periods(definition).into_iter().map(one).collect()
}

fn forecast(l: Locale, definition: &Definition, heading: &Heading) -> String {
    let number = |value: f64| vietnamese::number::format_f64(value, 1).unwrap_or_default();
    let Some(seen) = heading.forecast else { return l.t1("measure-forecast-not-enough", "n", heading.points) };
    let words = [
        ("middle", format!("{} {}", number(seen.middle), definition.unit)),
        ("low", number(seen.low)),
        ("high", format!("{} {}", number(seen.high), definition.unit)),
        ("n", seen.points.to_string()),
        ("year", definition.target.map(|target| target.year.to_string()).unwrap_or_default()),
    ];
    l.with(if definition.target.is_some() { "measure-forecast" } else { "measure-forecast-year-end" }, &words)
}

fn steps(heading: &Heading, unit: &str, measure: &Measure, agency: Option<Uuid>) -> Vec<Step> {
    let number = |value: f64| format!("{} {unit}", vietnamese::number::format_f64(value, 1).unwrap_or_default());
    let is = |year: i32| heading.years.iter().find(|(one, _)| *one == year).map(|(_, value)| number(*value)).unwrap_or_default();
    let href = |year: i32| format!("{}?{}", measure.desk_path(), query(year, agency).trim_end_matches('&'));
    heading.way.iter().map(|(year, way)| Step { year: *year, href: href(*year), way: number(*way), value: is(*year) }).collect()
}

fn part_lines(l: Locale, measure: &Measure, names: &Names, query: &str) -> Vec<PartLine> {
    let definition = measure.definition();
    let above = definition.numerator.parts.len();
    let one = |(at, part): (usize, &::measures::Part)| PartLine {
        name: words::part(l, names, part),
        is_below: at >= above,
        href: format!("{}/records?{query}part={at}", measure.desk_path()),
    };
    definition
        .numerator
        .parts
        .iter()
        .chain(definition.below().into_iter().flat_map(|term| &term.parts))
        .enumerate()
        .map(one)
        .collect()
}

struct Agencies {
    lines: Vec<Line>,
    paging: Paging,
}

async fn agencies(app: &App, l: Locale, measure: &Measure, definition: &Definition, ask: &Ask, year: i32) -> Result<Agencies> {
    let known = Known::now(app).await?;
    // The months of a row are read once: they are kept as text.
    let mut rows: Vec<(Row, u32, Option<Value>)> = kept::of(&app.db, &[measure.id], &[year], None)
        .await?
        .into_iter()
        .filter(|row| row.of_agency().is_some())
        .filter_map(|row| {
            let months = row.months();
            let (month, _) = months.last()?;
            Some((row, month, months.year(definition)))
        })
        .collect();
    // What says nothing comes last.
    rows.sort_by_key(|(row, _, value)| (value.is_none_or(|value| value.figure().is_none()), known.rank(row.agency)));
    let paging = Paging::new(ask.page, ROWS, u64::try_from(rows.len()).unwrap_or_default());
    let from = usize::try_from(paging.offset()).unwrap_or_default();
    let one = |(row, month, value): &(Row, u32, Option<Value>)| {
        let name = known.get(&row.agency).map(|agency| agency.label()).unwrap_or_default();
        let href = format!("{}?year={year}&agency={}", measure.desk_path(), row.agency);
        let counted_by = words::counted_by(l, row.version_of_year(definition), measure.version);
        Line { counted_by, ..line(l, definition, (name, href), *value, row, *month) }
    };
    let lines = rows.iter().skip(from).take(usize::try_from(ROWS).unwrap_or(60)).map(one).collect();
    Ok(Agencies { lines, paging })
}

/// The fields of forms that may stand beside what is counted; none where nothing of the kind is.
async fn declared(app: &App, definition: &Definition) -> Result<Vec<Countable>> {
    let may = definition.sources().next().is_some() || definition.fields().next().is_some();
    if may { countable(app).await } else { Ok(Vec::new()) }
}

async fn besides(app: &App, l: Locale, definition: &Definition, fields: &[Countable], year: i32) -> Result<Vec<Beside>> {
    if beside::is_any(definition, fields) { beside::of(app, l, definition, fields, year).await } else { Ok(Vec::new()) }
}

/// `GET /desk/measures/{code}`
pub async fn show(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(code): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Page<Shown>> {
    if !rights::sees(&who) {
        return Err(Error::Forbidden);
    }
    let key = format!("measures.one.{code}.{ask:?}.{}", shell.lang);
    let body = saving::lately(&app, &key, SEEN_AGAIN_S, body(&app, shell.l, &code, &ask)).await?;
    Ok(Page(Shown {
        may_define: rights::defines(&who),
        may_agree: rights::agrees(&who, &body.measure),
        printed: time::minute(app.clock.now()),
        body,
        l: shell.l,
        shell,
    }))
}

async fn body(app: &App, l: Locale, code: &str, ask: &Ask) -> Result<Body> {
    let measure = Measure::named(app, code).await?;
    let now = time::local_date(app.clock.now());
    let definition = measure.definition();
    let year = ask.year.filter(|year| (2000..=2100).contains(year)).unwrap_or_else(|| now.year());
    let rows = kept::years(&app.db, measure.id, ask.agency.unwrap_or(PROVINCE)).await?;
    let row = rows.iter().find(|row| row.year == year);
    let heading = Heading::of(&definition, &rows, (now.year(), now.month()));
    let stand = heading.stand_in(year, &definition, now.year());
    let fields = declared(app, &definition).await?;
    let names = Names::within(app, &definition, &fields).await?;
    let known = Known::now(app).await?;
    let value = row.and_then(|row| row.year_of(&definition));
    let query = query(year, ask.agency);
    let agencies = agencies(app, l, &measure, &definition, ask, year).await?;
    let settings = words::settings(l, &names, &definition);
    Ok(Body {
        years: (year - 2..=now.year().max(year)).map(|one| (one, in_year(&measure, one), one == year)).collect(),
        agency: ask.agency.and_then(|id| known.get(&id)).map(|body| body.name.clone()).unwrap_or_default(),
        all_href: in_year(&measure, year),
        is_figure: value.is_some_and(|value| value.figure().is_some()),
        value: words::value(l, value.as_ref(), &definition.unit),
        parts_words: value.as_ref().map(parts).unwrap_or_default(),
        gaps: value.map(|value| value.gaps).unwrap_or_default(),
        counted_by: row.map(|row| words::counted_by(l, row.version_of_year(&definition), measure.version)).unwrap_or_default(),
        lacks: lacks(app, l, &measure),
        mark: stand.mark(),
        word: l.t(stand.key()),
        parts: part_lines(l, &measure, &names, &query),
        settings: settings.into_iter().map(|(name, value)| (l.t(&format!("measure-field-{name}")), value)).collect(),
        periods: periods(l, &measure, &definition, row, ask.agency),
        agencies: agencies.lines,
        paging: agencies.paging,
        chart: picture::drawn(l, &measure, &rows, &heading, place(&measure, year, ask.agency, &query))?,
        steps: steps(&heading, &definition.unit, &measure, ask.agency),
        forecast: forecast(l, &definition, &heading),
        besides: besides(app, l, &definition, &fields, year).await?,
        panels: base::capability::panels(app, l, asked(&measure, year, ask)).await?,
        digest: row.map(|row| row.source_digest.clone()).unwrap_or_default(),
        counted_at: row.map(|row| time::minute(row.counted_at)).unwrap_or_default(),
        events: Events::of(&app.db, l, &fact::Model::history(&app.db, measure.id, HISTORY_MAX).await?, &known).await?,
        query,
        year,
        measure,
    })
}

fn in_year(measure: &Measure, year: i32) -> String {
    format!("{}{}", measure.desk_path(), address::query(&[("year", &year.to_string())]))
}

/// What later capabilities are asked of.
const fn asked(measure: &Measure, year: i32, ask: &Ask) -> base::Place {
    base::Place::Measure { measure: measure.id, year, agency: ask.agency }
}

/// Where its picture stands, and its figures.
fn place(measure: &Measure, year: i32, agency: Option<Uuid>, query: &str) -> Place {
    Place {
        here: format!("{}?{}", measure.desk_path(), query.trim_end_matches('&')),
        data_href: format!("{}/csv?year={year}", measure.desk_path()),
        records: format!("{}/records?part=0{}", measure.desk_path(), of(agency)),
        is_lively: true,
    }
}

fn query(year: i32, agency: Option<Uuid>) -> String {
    let of = agency.map(|agency| format!("agency={agency}&")).unwrap_or_default();
    format!("year={year}&{of}")
}

/// `GET /desk/measures/{code}/{file}`: the values of a year as `csv` or `xlsx`.
pub async fn file(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path((code, file)): Path<(String, String)>,
    Query(ask): Query<Ask>,
) -> Result<Download> {
    if !rights::sees(&who) {
        return Err(Error::Forbidden);
    }
    let year = ask.year.unwrap_or_else(|| time::local_date(app.clock.now()).year());
    let measure = Measure::named(&app, &code).await?;
    match file.as_str() {
        "csv" => table::csv(&app, shell.l, &measure, &[year]).await,
        "xlsx" => table::xlsx(&app, shell.l, &measure, &[year]).await,
        _ => Err(Error::NotFound),
    }
}
