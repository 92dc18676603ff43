//! A pass over a year: what is counted is read (one statement a source), measures are counted in memory, so many at once, and what changed
//! is written in one transaction. It may be done twice and then writes nothing.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

use chrono::Datelike;
use sea_orm::entity::prelude::*;

use ::measures::{Definition, Months};

use super::counting::{Counted, Evidence, Mark, hex, with_counted};
use super::gathering;
use super::kept::{self, PROVINCE, Written};
use super::measure::Measure;
use crate::base::digest::sha256;
use crate::base::{App, By, Fact, time};
use crate::web::{Error, Result};

/// So many measures are in memory at a time: the values of one are a few megabytes in a nation.
const AT_ONCE: usize = 12;

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

/// What is to be written of a measure.
struct Moved {
    measure: Uuid,
    version: i32,
    mark: Mark,
    rows: Vec<Written>,
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
    let counting = with_counted(&codes(&wanted), &all);
    let evidence = Arc::new(gathering::gather(app, counting.values(), year).await?);
    let whole = kept::digests(&app.db, year, None).await?;
    let whole: HashMap<Uuid, String> = whole.into_iter().map(|(measure, _, digest)| (measure, digest)).collect();
    let (mut values, mut moved) = (0, Vec::new());
    for some in wanted.chunks(AT_ONCE) {
        let counted = evaluated(&evidence, with_counted(&codes(some), &all)).await?;
        values += some.iter().filter_map(|one| counted.get(&one.code)).map(values_of).sum::<usize>();
        let differs = |one: &&Measure| counted.get(&one.code).is_some_and(|now| whole.get(&one.id) != Some(&hex(now.mark)));
        let differing: Vec<&Measure> = some.iter().filter(differs).collect();
        moved.extend(differences(app, &evidence, &differing, &counted).await?);
    }
    let changed = write(app, year, &moved).await?;
    let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    metrics::histogram!("lantoa_measures_recompute_seconds").record(began.elapsed().as_secs_f64());
    Ok(Pass { year, measures: wanted.len(), values, changed, took_ms })
}

/// Counts a measure that was redefined anew, with those that count it, in every year that is kept: months of two definitions are not put
/// together by one of them. What was closed stays, and stands beside what it would be now.
///
/// # Errors
/// The database failed.
pub async fn redefined(app: &App, measure: &Measure) -> Result<()> {
    let measures = Measure::all(&app.db).await?;
    let all: HashMap<String, Definition> = measures.iter().map(|one| (one.code.clone(), one.definition())).collect();
    let counts_it = |one: &&Measure| with_counted(std::slice::from_ref(&one.code), &all).contains_key(&measure.code);
    let touched: Vec<Uuid> = measures.iter().filter(counts_it).map(|one| one.id).collect();
    let mut years: BTreeSet<i32> = kept::years_of(&app.db, &touched).await?.into_iter().collect();
    years.insert(time::local_date(app.clock.now()).year());
    for year in years {
        recompute(app, year, Some(&touched)).await?;
    }
    // Of a new title the values are what they were, and by the newest version all the same.
    if let Some(newest) = measures.iter().find(|one| one.id == measure.id) {
        kept::renumber(&app.db, newest.id, newest.version).await?;
    }
    Ok(())
}

/// What these definitions come to in a year, from what there is now; nothing is written.
///
/// # Errors
/// The database failed.
pub async fn count(
    app: &App,
    definitions: HashMap<String, Definition>,
    year: i32,
) -> Result<(Arc<Evidence>, HashMap<String, Counted>)> {
    let evidence = Arc::new(gathering::gather(app, definitions.values(), year).await?);
    let counted = evaluated(&evidence, definitions).await?;
    Ok((evidence, counted))
}

fn codes(measures: &[Measure]) -> Vec<String> {
    measures.iter().map(|one| one.code.clone()).collect()
}

async fn evaluated(evidence: &Arc<Evidence>, definitions: HashMap<String, Definition>) -> Result<HashMap<String, Counted>> {
    let evidence = Arc::clone(evidence);
    let work = tokio::task::spawn_blocking(move || evidence.count_all(&definitions));
    work.await.map_err(|error| Error::Internal(error.into()))
}

fn values_of(counted: &Counted) -> usize {
    let months = counted.outcome.agencies.iter().chain([&counted.outcome.whole]);
    months.map(|months| months.0.iter().flatten().count()).sum()
}

async fn differences(
    app: &App,
    evidence: &Evidence,
    measures: &[&Measure],
    counted: &HashMap<String, Counted>,
) -> Result<Vec<Moved>> {
    if measures.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = measures.iter().map(|one| one.id).collect();
    let mut kept: HashMap<Uuid, HashMap<Uuid, String>> = HashMap::new();
    for (measure, agency, digest) in kept::digests(&app.db, evidence.year, Some(&ids)).await? {
        kept.entry(measure).or_default().insert(agency, digest);
    }
    let moved = |one: &&Measure| {
        let counted = counted.get(&one.code)?;
        let rows = rows(evidence, counted, kept.get(&one.id));
        Some(Moved { measure: one.id, version: one.version, mark: counted.mark, rows })
    };
    Ok(measures.iter().filter_map(moved).collect())
}

async fn write(app: &App, year: i32, moved: &[Moved]) -> Result<usize> {
    if moved.is_empty() {
        return Ok(0);
    }
    let (mut changed, mut marks, now) = (0, String::new(), app.clock.now());
    let transaction = app.begin().await?;
    for one in moved {
        changed += one.rows.len();
        marks.push_str(&hex(one.mark));
        kept::write(&transaction, (one.measure, one.version), year, &one.rows, now).await?;
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
