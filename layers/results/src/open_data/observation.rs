//! Public measures as observations: one for each agency (and all together), measure and period of that measure. What was closed is as it was
//! closed; what is no figure says so and is no zero.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Utc};
use sea_orm::entity::prelude::*;

use ::measures::period::{CutOff, Period};
use ::measures::{Amount, Standing};

use super::field::{self, ALL};
use super::period;
use crate::base::{App, time};
use crate::measures::Measure;
use crate::measures::kept::{self, Row};
use crate::people::agency::brief::Known;
use crate::web::api::Asked;
use crate::web::{Error, Obstacle, Result};

/// Years of one answer.
const YEARS_MAX: i32 = 10;
/// What a feed can be asked.
pub const PARAMETERS: [&str; 5] = ["indicator", "area", "startPeriod", "endPeriod", "updatedAfter"];

/// Which observations are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    indicator: Option<String>,
    area: Option<String>,
    first: Period,
    last: Period,
    /// Only what was counted or closed after that moment.
    pub after: Option<DateTime<Utc>>,
}

impl Wanted {
    /// All of a year.
    #[must_use]
    pub fn of_year(year: i32) -> Self {
        let whole = Period { year, first: 1, last: 12 };
        Self { indicator: None, area: None, first: whole, last: whole, after: None }
    }

    /// Reads the parameters of an address, named as in the SDMX REST API 2.0 (`startPeriod`, `endPeriod`, `updatedAfter`); the present year
    /// where no period is said.
    ///
    /// # Errors
    /// A parameter that is unknown or can not be read.
    pub fn read(app: &App, asked: &Asked) -> Result<Self> {
        asked.only(&PARAMETERS)?;
        let of = |name: &'static str| {
            let wrong = |text: &str| Error::Bad(Obstacle::new("open-data-bad-period").at(name).with("value", short(text)));
            asked.text(name).map(|text| period::read(text).map(|(_, period)| period).ok_or_else(|| wrong(text))).transpose()
        };
        let (first, last) = (of("startPeriod")?, of("endPeriod")?);
        let year = time::local_date(app.clock.now()).year();
        let whole = |year: i32| Period { year, first: 1, last: 12 };
        let first = first.unwrap_or_else(|| whole(last.map_or(year, |last| last.year)));
        let last = last.unwrap_or_else(|| whole(first.year.max(year)));
        if (last.year, last.last) < (first.year, first.first) || last.year - first.year >= YEARS_MAX {
            return Err(Error::Bad(Obstacle::new("open-data-bad-stretch").at("endPeriod").with("n", YEARS_MAX)));
        }
        let moment = |text: &str| {
            let read = DateTime::parse_from_rfc3339(text).map(|at| at.to_utc());
            read.map_err(|_| Error::Bad(Obstacle::new("open-data-bad-moment").at("updatedAfter").with("value", short(text))))
        };
        Ok(Self {
            indicator: asked.text("indicator").map(str::to_owned),
            area: asked.text("area").map(str::to_owned),
            first,
            last,
            after: asked.text("updatedAfter").map(moment).transpose()?,
        })
    }

    fn has(&self, period: Period) -> bool {
        (self.first.year, self.first.first) <= (period.year, period.first)
            && (period.year, period.last) <= (self.last.year, self.last.last)
    }

    fn years(&self) -> Vec<i32> {
        (self.first.year..=self.last.year).collect()
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// What was observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// Code of the agency; [`ALL`]: all together.
    pub area: String,
    pub indicator: String,
    pub period: Period,
    /// None where there is no figure: `answered` says why.
    pub value: Option<Amount>,
    pub numerator: Option<Amount>,
    pub denominator: Option<Amount>,
    /// Of CL_OBS_STATUS.
    pub status: &'static str,
    pub answered: Standing,
    pub unit: String,
    /// How many of a group did not answer.
    pub gaps: u32,
    pub closed: bool,
    /// Of the definition; None where it was closed before that was kept.
    pub version: Option<i32>,
    pub updated_at: DateTime<Utc>,
}

/// Observations with what their codes mean.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    pub list: Vec<Observation>,
    /// Names by code.
    pub areas: BTreeMap<String, String>,
    /// Title and meaning by code.
    pub indicators: BTreeMap<String, (String, String)>,
    /// Whether it is what changed since a moment only.
    pub is_delta: bool,
}

impl Observed {
    /// When the newest of it was counted.
    #[must_use]
    pub fn newest(&self) -> Option<DateTime<Utc>> {
        self.list.iter().map(|one| one.updated_at).max()
    }
}

/// When a row changed last.
fn updated(row: &Row) -> DateTime<Utc> {
    row.frozen_at.map_or(row.counted_at, |frozen| frozen.max(row.counted_at))
}

/// The observations that are wanted: three statements, whatever their number.
///
/// # Errors
/// Not found where there is no such public measure or agency; or the database failed.
pub async fn observed(app: &App, wanted: &Wanted) -> Result<Observed> {
    let known = Known::now(app).await?;
    let mut measures = Measure::public(&app.db).await?;
    if let Some(code) = &wanted.indicator {
        measures.retain(|one| one.code == *code);
        if measures.is_empty() {
            return Err(Error::NotFound);
        }
    }
    let agency = match wanted.area.as_deref() {
        None => None,
        Some(ALL) => Some(kept::PROVINCE),
        Some(code) => Some(known.values().find(|one| one.code == code).ok_or(Error::NotFound)?.id),
    };
    let ids: Vec<Uuid> = measures.iter().map(|one| one.id).collect();
    let mut rows = kept::of(&app.db, &ids, &wanted.years(), agency).await?;
    rows.retain(|row| wanted.after.is_none_or(|after| updated(row) > after));
    rows.sort_by_key(|row| (row.of_agency().map(|agency| known.rank(agency)), row.agency, row.year));
    let mut found = Observed { is_delta: wanted.after.is_some(), ..Observed::default() };
    for measure in &measures {
        found.indicators.insert(measure.code.clone(), (measure.title.clone(), measure.meaning.clone()));
        for row in rows.iter().filter(|row| row.measure == measure.id) {
            add(app, &known, wanted, (measure, row), &mut found);
        }
    }
    Ok(found)
}

fn add(app: &App, known: &Arc<Known>, wanted: &Wanted, (measure, row): (&Measure, &Row), found: &mut Observed) {
    let (definition, today) = (measure.definition(), time::local_date(app.clock.now()));
    let area = match row.of_agency() {
        None => (ALL.to_owned(), app.site().name),
        Some(agency) => match known.get(&agency) {
            Some(body) => (body.code.clone(), body.name.clone()),
            None => return,
        },
    };
    for (month, value) in row.months().periods(&definition) {
        let period = Period::of(definition.every, row.year, month);
        if !wanted.has(period) {
            continue;
        }
        let part = |amount: Amount| Some(amount).filter(|_| value.standing.is_figure());
        found.areas.entry(area.0.clone()).or_insert_with(|| area.1.clone());
        found.list.push(Observation {
            area: area.0.clone(),
            indicator: measure.code.clone(),
            period,
            value: value.figure(),
            numerator: definition.below().and_then(|_| part(value.numerator)),
            denominator: value.denominator.and_then(part),
            status: field::status(value.standing, period.is_over_on(CutOff::Calendar, today)),
            answered: value.standing,
            unit: definition.unit.clone(),
            gaps: value.gaps,
            closed: period.last <= row.through(),
            version: row.version_of(month),
            updated_at: updated(row),
        });
    }
}
