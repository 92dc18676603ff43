//! A pass over a year: what is counted is read (one statement a source), all measures are counted in memory, and what changed is written in
//! one go. It may be done twice and then writes nothing.

use std::collections::HashMap;
use std::time::Instant;

use sea_orm::entity::prelude::*;

use ::measures::{Definition, Months};

use super::counting::{Counted, Evidence, hex, with_counted};
use super::gathering;
use super::kept::{self, PROVINCE, Written};
use super::measure::Measure;
use crate::base::digest::sha256;
use crate::base::{App, By, Fact};
use crate::web::{Error, Result};

/// What a pass did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pass {
    pub year: i32,
    pub measures: usize,
    /// Months of agencies and of the province of which there is a value.
    pub values: usize,
    /// Rows that were written.
    pub changed: usize,
    pub took_ms: u64,
}

/// Counts a year anew: all measures, or those.
///
/// # Errors
/// The database failed.
pub async fn recompute(app: &App, year: i32, only: Option<&[Uuid]>) -> Result<Pass> {
    let began = Instant::now();
    let measures = Measure::all(&app.db).await?;
    let all: HashMap<String, Definition> = measures.iter().map(|one| (one.code.clone(), one.definition())).collect();
    let wanted: Vec<Measure> = measures.into_iter().filter(|one| only.is_none_or(|ids| ids.contains(&one.id))).collect();
    let codes: Vec<String> = wanted.iter().map(|one| one.code.clone()).collect();
    let (evidence, counted) = count(app, with_counted(&codes, &all), year).await?;
    let values = codes.iter().filter_map(|code| counted.get(code)).map(values_of).sum();
    let changed = write(app, year, &wanted, &evidence, &counted).await?;
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    metrics::histogram!("lantoa_measures_recompute_seconds").record(began.elapsed().as_secs_f64());
    Ok(Pass { year, measures: wanted.len(), values, changed, took_ms })
}

/// What these definitions come to in a year, from what there is now; nothing is written.
///
/// # Errors
/// The database failed.
pub async fn count(
    app: &App,
    definitions: HashMap<String, Definition>,
    year: i32,
) -> Result<(Evidence, HashMap<String, Counted>)> {
    let evidence = gathering::gather(app, definitions.values(), year).await?;
    let work = tokio::task::spawn_blocking(move || {
        let counted = evidence.count_all(&definitions);
        (evidence, counted)
    });
    work.await.map_err(|error| Error::Internal(error.into()))
}

fn values_of(counted: &Counted) -> usize {
    let months = counted.outcome.agencies.iter().chain([&counted.outcome.whole]);
    months.map(|months| months.0.iter().flatten().count()).sum()
}

async fn write(
    app: &App,
    year: i32,
    measures: &[Measure],
    evidence: &Evidence,
    counted: &HashMap<String, Counted>,
) -> Result<usize> {
    let whole: HashMap<Uuid, String> =
        kept::digests(&app.db, year, None).await?.into_iter().map(|(measure, _, digest)| (measure, digest)).collect();
    let moved: Vec<(&Measure, &Counted)> = measures
        .iter()
        .filter_map(|one| Some((one, counted.get(&one.code)?)))
        .filter(|(one, counted)| whole.get(&one.id) != Some(&hex(counted.mark)))
        .collect();
    if moved.is_empty() {
        return Ok(0);
    }
    let ids: Vec<Uuid> = moved.iter().map(|(one, _)| one.id).collect();
    let mut kept: HashMap<Uuid, HashMap<Uuid, String>> = HashMap::new();
    for (measure, agency, digest) in kept::digests(&app.db, year, Some(&ids)).await? {
        kept.entry(measure).or_default().insert(agency, digest);
    }
    let (mut changed, mut marks, now) = (0, String::new(), app.clock.now());
    let transaction = app.begin().await?;
    for (one, counted) in &moved {
        let rows = rows(evidence, counted, kept.get(&one.id));
        changed += rows.len();
        marks.push_str(&hex(counted.mark));
        kept::write(&transaction, (one.id, one.version), year, &rows, now).await?;
    }
    let fact = Fact::MeasuresSettled {
        year,
        measures: u32::try_from(moved.len()).unwrap_or(u32::MAX),
        rows: u32::try_from(changed).unwrap_or(u32::MAX),
        sha256: sha256(marks.as_bytes()),
    };
    app.record(&transaction, Uuid::nil(), fact, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(changed)
}

/// What differs from what is kept; agencies that are asked in no month have no row, unless they had one.
fn rows(evidence: &Evidence, counted: &Counted, kept: Option<&HashMap<Uuid, String>>) -> Vec<Written> {
    let nothing = Months::default().written();
    let written = |agency: Uuid, months: &Months, mark| Written { agency, months: months.written(), digest: hex(mark) };
    let mut rows = vec![written(PROVINCE, &counted.outcome.whole, counted.mark)];
    for (at, agency) in evidence.agencies.iter().enumerate() {
        let before = kept.and_then(|kept| kept.get(&agency.id));
        let (Some(months), Some(mark)) = (counted.outcome.agencies.get(at), counted.marks.get(at)) else { continue };
        if before.is_some_and(|before| *before == hex(*mark)) {
            continue;
        }
        let row = written(agency.id, months, *mark);
        if before.is_some() || row.months != nothing {
            rows.push(row);
        }
    }
    rows
}
