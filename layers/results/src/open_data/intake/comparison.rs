//! What a file would do, row by row: new, changed, the same, or wrong; with every doubt that a person should look at, and what the platform
//! itself has beside it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use sea_orm::entity::prelude::*;

use ::measures::period::{CutOff, Period};
use ::measures::{Amount, Every, Shape};
use vietnamese::number::parse_number;

use super::Import;
use super::reading::{Decimals, Figure, Row, Sheet};
use crate::base::digest::sha256;
use crate::base::{App, time};
use crate::measures::Measure;
use crate::measures::kept::PROVINCE;
use crate::open_data::field::{self, ALL, STATUSES};
use crate::open_data::outside::{self, Key, OutsideValue};
use crate::open_data::period;
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

/// A value that is further from its parts than this (percent points) does not follow from them.
const ROUNDED: f64 = 0.06;

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    New,
    /// The components that differ from what this source said before.
    Changed(Vec<&'static str>),
    Same,
    Wrong(Vec<Obstacle>),
}

/// What a row means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub measure: Uuid,
    /// [`PROVINCE`]: all together.
    pub agency: Uuid,
    /// As [`period::notation`] writes it.
    pub period: String,
    pub value: Option<Amount>,
    pub numerator: Option<Amount>,
    pub denominator: Option<Amount>,
    pub status: String,
    pub unit: String,
}

/// A row against what is there.
#[derive(Clone, Debug)]
pub struct Line {
    pub number: u32,
    /// As the file has them.
    pub area: String,
    pub indicator: String,
    pub period: String,
    /// As it was read; as the file has it while it can not be read.
    pub value: String,
    /// What the platform has in the same place; empty where there is no figure.
    pub ours: String,
    pub outcome: Outcome,
    pub doubts: Vec<Obstacle>,
    pub content: Option<Content>,
}

/// A whole file against what is there.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub lines: Vec<Line>,
    pub unknown: Vec<String>,
}

/// What is there.
struct There {
    known: Arc<Known>,
    measures: Vec<Measure>,
    /// What this source said before, by place.
    before: HashMap<Key, OutsideValue>,
    /// What the platform has, by place.
    ours: HashMap<Key, Amount>,
    decimals: Decimals,
    today: NaiveDate,
}

impl There {
    async fn read(app: &App, on: &impl ConnectionTrait, import: &Import, sheet: &Sheet) -> Result<Self, Error> {
        let (known, measures) = (Known::now(app).await?, Measure::all(on).await?);
        let live = outside::live(on, None).await?;
        let own = live.into_iter().filter(|(_, other)| other.source_key() == import.source_key());
        let before = own.map(|(value, _)| ((value.measure, value.agency, value.period.clone()), value)).collect();
        let asked: HashSet<String> = sheet.rows.iter().map(|row| vietnamese::fold(row.indicator.trim()).into_owned()).collect();
        let is_asked = |name: &str| asked.contains(vietnamese::fold(name).as_ref());
        let named: Vec<&Measure> = measures.iter().filter(|one| is_asked(&one.code) || is_asked(&one.title)).collect();
        let years: BTreeSet<i32> = sheet.rows.iter().filter_map(|row| Some(period::read(&row.period)?.1.year)).collect();
        let years: Vec<i32> = years.into_iter().collect();
        let ours = outside::ours(on, &named, &years).await?;
        let (decimals, today) = (Decimals::of_code(&import.decimals), time::local_date(app.clock.now()));
        Ok(Self { known, measures, before, ours, decimals, today })
    }

    /// The agency that a cell names by its code or name.
    fn area(&self, cell: &str) -> Option<Uuid> {
        let asked = vietnamese::fold(cell.trim()).into_owned();
        if cell.trim() == ALL || ["toan tinh", "tinh", "tong", "total"].contains(&asked.as_str()) {
            return Some(PROVINCE);
        }
        self.known.called(cell)
    }

    fn measure(&self, cell: &str) -> Option<&Measure> {
        let (code, title) = (cell.trim().to_lowercase(), vietnamese::fold(cell.trim()));
        let of_title = || self.measures.iter().find(|one| vietnamese::fold(&one.title) == title);
        self.measures.iter().find(|one| one.code == code).or_else(of_title)
    }
}

impl Comparison {
    /// Compares: a few statements, whatever the number of rows.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, on: &impl ConnectionTrait, import: &Import, sheet: Sheet) -> Result<Self, Error> {
        let there = There::read(app, on, import, &sheet).await?;
        let mut places: HashMap<Key, u32> = HashMap::new();
        let mut lines = Vec::with_capacity(sheet.rows.len());
        for row in &sheet.rows {
            let mut line = line(&there, row);
            if let Some(content) = &line.content {
                let key = (content.measure, content.agency, content.period.clone());
                match places.get(&key) {
                    Some(first) => {
                        line.outcome = Outcome::Wrong(vec![Obstacle::new("register-file-twice").with("n", first)]);
                        line.content = None;
                    }
                    None => drop(places.insert(key, row.number)),
                }
            }
            lines.push(line);
        }
        Ok(Self { lines, unknown: sheet.unknown })
    }

    #[must_use]
    pub fn count(&self, fits: impl Fn(&Outcome) -> bool) -> usize {
        self.lines.iter().filter(|line| fits(&line.outcome)).count()
    }

    /// Rows with a doubt that would be written.
    #[must_use]
    pub fn doubts(&self) -> usize {
        let written = |line: &&Line| matches!(line.outcome, Outcome::New | Outcome::Changed(_));
        self.lines.iter().filter(written).filter(|line| !line.doubts.is_empty()).count()
    }

    /// Differs when anything that is shown would.
    #[must_use]
    pub fn mark(&self) -> String {
        sha256(format!("{:?}", self.lines).as_bytes())
    }
}

fn line(there: &There, row: &Row) -> Line {
    let mut line = Line {
        number: row.number,
        area: row.area.trim().to_owned(),
        indicator: row.indicator.trim().to_owned(),
        period: row.period.trim().to_owned(),
        value: row.value.text.trim().to_owned(),
        ours: String::new(),
        outcome: Outcome::New,
        doubts: Vec::new(),
        content: None,
    };
    let content = match read(there, row, &mut line.doubts) {
        Ok(content) => content,
        Err(wrong) => return Line { outcome: Outcome::Wrong(wrong), doubts: Vec::new(), ..line },
    };
    let key = (content.measure, content.agency, content.period.clone());
    line.value = content.value.map(Amount::shown).unwrap_or_default();
    line.ours = there.ours.get(&key).map(|amount| amount.shown()).unwrap_or_default();
    if let Some(before) = there.before.get(&key) {
        let differing = differing(before, &content);
        line.outcome = if differing.is_empty() { Outcome::Same } else { Outcome::Changed(differing) };
    }
    Line { content: Some(content), ..line }
}

fn differing(before: &OutsideValue, now: &Content) -> Vec<&'static str> {
    let plain = |amount: Option<Amount>| amount.map(Amount::plain);
    let all = [
        ("OBS_VALUE", before.value != plain(now.value)),
        ("NUMERATOR", before.numerator != plain(now.numerator)),
        ("DENOMINATOR", before.denominator != plain(now.denominator)),
        ("OBS_STATUS", before.status != now.status),
        ("UNIT_MEASURE", before.unit != now.unit),
    ];
    all.into_iter().filter(|(_, differs)| *differs).map(|(code, _)| code).collect()
}

/// What a row means; what is doubtful of it is told beside.
fn read(there: &There, row: &Row, doubts: &mut Vec<Obstacle>) -> Result<Content, Vec<Obstacle>> {
    if row.unreadable {
        return Err(vec![Obstacle::new("agency-file-cell-error")]);
    }
    let mut wrong = Vec::new();
    let area = there.area(&row.area);
    if area.is_none() {
        wrong.push(Obstacle::new("open-data-no-area").with("value", &row.area).at("AREA"));
    }
    let measure = there.measure(&row.indicator);
    if measure.is_none() {
        wrong.push(Obstacle::new("open-data-no-indicator").with("value", &row.indicator).at("INDICATOR"));
    }
    let when = measure.map(|measure| at(there, measure.definition().every, &row.period));
    let (Some(agency), Some(measure), Some(Ok(period))) = (area, measure, &when) else {
        wrong.extend(when.and_then(Result::err));
        return Err(wrong);
    };
    let definition = measure.definition();
    let mut amount = |figure: &Figure, code: &'static str, wrong: &mut Vec<Obstacle>| match figure_of(there, figure) {
        Ok((amount, doubt)) => {
            doubts.extend(doubt.map(|one| one.at(code)));
            amount
        }
        Err(one) => {
            wrong.push(one.at(code));
            None
        }
    };
    let value = amount(&row.value, "OBS_VALUE", &mut wrong);
    let numerator = amount(&row.numerator, "NUMERATOR", &mut wrong);
    let denominator = amount(&row.denominator, "DENOMINATOR", &mut wrong);
    let status = status(there, row, *period, &mut wrong);
    bounds(definition.shape, (value, numerator, denominator), &mut wrong);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let unit = if row.unit.trim().is_empty() { definition.unit.clone() } else { row.unit.trim().to_owned() };
    if vietnamese::fold(&unit) != vietnamese::fold(&definition.unit) {
        doubts.push(Obstacle::new("open-data-other-unit").with("one", &unit).with("other", &definition.unit).at("UNIT_MEASURE"));
    }
    doubts.extend(apart(value, numerator, denominator));
    doubts.extend(existed(there, agency, *period));
    Ok(Content { measure: measure.id, agency, period: period::notation(*period), value, numerator, denominator, status, unit })
}

/// The period of a cell, as the measure has periods.
fn at(there: &There, every: Every, cell: &str) -> Result<Period, Obstacle> {
    let wrong = |key| Obstacle::new(key).with("value", cell.trim()).at("TIME_PERIOD");
    let (read, period) = period::read(cell).ok_or_else(|| wrong("open-data-bad-period"))?;
    // What is counted from the beginning is kept by the year.
    let wanted = if every == Every::Ever { Every::Year } else { every };
    if read != wanted {
        let like = period::notation(Period::of(wanted, there.today.year(), there.today.month()));
        return Err(wrong("open-data-other-period").with("like", like));
    }
    if period.begins_on(CutOff::Calendar) > there.today {
        return Err(wrong("open-data-period-ahead"));
    }
    Ok(period)
}

/// A figure with the doubt about how it was read; none where the cell is empty.
fn figure_of(there: &There, figure: &Figure) -> Result<(Option<Amount>, Option<Obstacle>), Obstacle> {
    let text = figure.text.trim();
    if text.is_empty() {
        return Ok((None, None));
    }
    let bad = || Obstacle::new("open-data-bad-number").with("value", text);
    if figure.exact {
        let amount = Amount::read(text).or_else(|| text.parse().ok().and_then(Amount::near));
        return amount.map(|amount| (Some(amount), None)).ok_or_else(bad);
    }
    let reading = parse_number(text.trim_end_matches('%').trim_end()).map_err(|_| bad())?;
    let number = match (there.decimals, reading.other) {
        (Decimals::Point, Some(other)) => other,
        _ => reading.value,
    };
    let amount = Amount::exactly(number).ok_or_else(bad)?;
    Ok((Some(amount), reading.other.map(|_| two_ways(text, amount))))
}

/// Says how a number was read without the signs that can be read in two ways.
fn two_ways(text: &str, amount: Amount) -> Obstacle {
    let plain = amount.plain();
    match plain.split_once('.') {
        Some((whole, part)) => {
            Obstacle::new("open-data-two-ways-part").with("value", text).with("whole", whole).with("part", part)
        }
        None => Obstacle::new("open-data-two-ways").with("value", text).with("name", plain),
    }
}

/// The status, as it is said, or as it follows.
fn status(there: &There, row: &Row, period: Period, wrong: &mut Vec<Obstacle>) -> String {
    let said = row.status.trim().to_uppercase();
    let has_value = !row.value.is_empty();
    if said.is_empty() {
        if !has_value {
            wrong.push(Obstacle::new("open-data-no-value").at("OBS_VALUE"));
        }
        return if period.is_over_on(CutOff::Calendar, there.today) { "A" } else { "P" }.to_owned();
    }
    if !STATUSES.iter().any(|(code, _)| *code == said) {
        wrong.push(Obstacle::new("open-data-bad-status").with("value", &said).at("OBS_STATUS"));
    } else if field::is_missing(&said) == has_value {
        wrong.push(Obstacle::new("open-data-status-value").with("value", &said).at("OBS_STATUS"));
    }
    said
}

/// What no figure can be: below zero, a share above a hundred, a part above its whole, a whole of nothing.
fn bounds(shape: Shape, (value, above, below): (Option<Amount>, Option<Amount>, Option<Amount>), wrong: &mut Vec<Obstacle>) {
    let negative = [("OBS_VALUE", value), ("NUMERATOR", above), ("DENOMINATOR", below)];
    for (code, _) in negative.into_iter().filter(|(_, amount)| amount.is_some_and(|amount| amount < Amount::NONE)) {
        wrong.push(Obstacle::new("open-data-below-zero").at(code));
    }
    if shape == Shape::Ratio && value.is_some_and(|value| value > Amount::from(100)) {
        wrong.push(Obstacle::new("open-data-over-hundred").at("OBS_VALUE"));
    }
    match (above, below) {
        (Some(_), Some(below)) if below == Amount::NONE => {
            wrong.push(Obstacle::new("open-data-no-denominator").at("DENOMINATOR"))
        }
        (Some(above), Some(below)) if above > below => wrong.push(Obstacle::new("open-data-part-above").at("NUMERATOR")),
        _ => {}
    }
}

/// A share that does not follow from its parts.
fn apart(value: Option<Amount>, above: Option<Amount>, below: Option<Amount>) -> Option<Obstacle> {
    let share = above?.percent_of(below?)?;
    let far = (share.as_f64() - value?.as_f64()).abs() > ROUNDED;
    far.then(|| Obstacle::new("open-data-apart").with("value", share.shown()).at("OBS_VALUE"))
}

/// A period in which the agency was not there.
fn existed(there: &There, agency: Uuid, period: Period) -> Option<Obstacle> {
    let body = there.known.get(&agency)?;
    let (first, last) = (period.begins_on(CutOff::Calendar), period.ends_on(CutOff::Calendar));
    let was = body.is_open_on(first) || body.is_open_on(last.min(there.today)) || body.open_from.year() == period.year;
    (!was).then(|| Obstacle::new("open-data-not-there").with("name", &body.name).at("AREA"))
}
