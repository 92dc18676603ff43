//! A pass over a year: what is counted is read (one statement a source), measures are counted in memory, so many at once, and what changed
//! is written in one transaction while the next are counted. It may be done twice and then writes nothing.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

use chrono::Datelike;
use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use tokio::task::JoinHandle;

use ::measures::{Definition, Months};

use super::counting::{Counted, Evidence, Mark, hex, with_counted};
use super::gathering;
use super::kept::{self, PROVINCE, Written};
use super::measure::Measure;
use crate::base::digest::sha256;
use crate::base::{App, By, Fact, time};
use crate::web::{Error, Result};

/// So many measures are counted at a time, and as many written meanwhile: the values of one are a few megabytes in a nation.
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
    let mut writing = Writing::of(app, &evidence).await?;
    let (mut values, mut before) = (0, None);
    for some in wanted.chunks(AT_ONCE) {
        let counting = evaluated(&evidence, with_counted(&codes(some), &all));
        // The database writes some while the next are counted.
        let (counted, written) = tokio::join!(counting, writing.write_those(before.as_ref()));
        let counted = counted?;
        written?;
        values += some.iter().filter_map(|one| counted.get(&one.code)).map(values_of).sum::<usize>();
        before = Some((some, Arc::new(counted)));
    }
    writing.write_those(before.as_ref()).await?;
    let changed = writing.done().await?;
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
        let transaction = app.begin().await?;
        kept::renumber(&transaction, newest.id, newest.version).await?;
        app.commit(transaction).await?;
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

/// Some measures with what they came to.
type Those<'a> = (&'a [Measure], Arc<HashMap<String, Counted>>);

/// What a pass writes, in one transaction that begins with the first measure that came to something else.
struct Writing<'a> {
    app: &'a App,
    evidence: &'a Arc<Evidence>,
    /// The digests of all together, before.
    whole: HashMap<Uuid, String>,
    transaction: Option<DatabaseTransaction>,
    marks: String,
    measures: u32,
    rows: usize,
}

impl<'a> Writing<'a> {
    async fn of(app: &'a App, evidence: &'a Arc<Evidence>) -> Result<Self> {
        let whole = kept::digests(&app.db, evidence.year, None).await?;
        let whole = whole.into_iter().map(|(measure, _, digest)| (measure, digest)).collect();
        Ok(Self { app, evidence, whole, transaction: None, marks: String::new(), measures: 0, rows: 0 })
    }

    async fn write_those(&mut self, some: Option<&Those<'_>>) -> Result<()> {
        let Some((measures, counted)) = some else { return Ok(()) };
        let differs = |one: &&Measure| counted.get(&one.code).is_some_and(|now| self.whole.get(&one.id) != Some(&hex(now.mark)));
        let differing: Vec<&Measure> = measures.iter().filter(differs).collect();
        if differing.is_empty() {
            return Ok(());
        }
        let transaction = match self.transaction.take() {
            Some(begun) => begun,
            None => kept::begin(self.app).await?,
        };
        let on = self.transaction.insert(transaction);
        let ids: Vec<Uuid> = differing.iter().map(|one| one.id).collect();
        let mut kept: HashMap<Uuid, HashMap<Uuid, String>> = HashMap::new();
        for (measure, agency, digest) in kept::digests(on, self.evidence.year, Some(&ids)).await? {
            kept.entry(measure).or_default().insert(agency, digest);
        }
        let mut making = differing.into_iter().map(|one| {
            let kept = kept.remove(&one.id).unwrap_or_default();
            (one, made(Arc::clone(self.evidence), Arc::clone(counted), one.code.clone(), kept))
        });
        let mut ahead = making.next();
        while let Some((one, rows)) = ahead {
            // The rows of the next are made while the database writes these.
            ahead = making.next();
            let rows = rows.await.map_err(|error| Error::Internal(error.into()))?;
            let Some((mark, rows)) = rows else { continue };
            // Another pass may have written them since.
            if rows.is_empty() {
                continue;
            }
            self.marks.push_str(&hex(mark));
            self.measures += 1;
            self.rows += rows.len();
            kept::write(on, (one.id, one.version), self.evidence.year, &rows, self.app.clock.now()).await?;
        }
        Ok(())
    }

    /// Says what was written and commits it; how many rows that are.
    async fn done(self) -> Result<usize> {
        let Some(transaction) = self.transaction.filter(|_| self.rows > 0) else { return Ok(0) };
        let fact = Fact::MeasuresSettled {
            year: self.evidence.year,
            measures: self.measures,
            rows: u32::try_from(self.rows).unwrap_or(u32::MAX),
            sha256: sha256(self.marks.as_bytes()),
        };
        self.app.record(&transaction, Uuid::nil(), fact, &By::system()).await?;
        self.app.commit(transaction).await?;
        Ok(self.rows)
    }
}

/// The rows of a measure, made on another thread.
fn made(
    evidence: Arc<Evidence>,
    counted: Arc<HashMap<String, Counted>>,
    code: String,
    kept: HashMap<Uuid, String>,
) -> JoinHandle<Option<(Mark, Vec<Written>)>> {
    tokio::task::spawn_blocking(move || counted.get(&code).map(|now| (now.mark, rows(&evidence, now, &kept))))
}

/// What differs from what is kept; agencies that are asked in no month have no row, unless they had one.
fn rows(evidence: &Evidence, counted: &Counted, kept: &HashMap<Uuid, String>) -> Vec<Written> {
    let nothing = Months::default().written();
    let written =
        |agency: Uuid, months: &Months, mark, is_new| Written { agency, months: months.written(), digest: hex(mark), is_new };
    let whole = std::iter::once((PROVINCE, &counted.outcome.whole, counted.mark));
    let agencies = evidence.agencies.iter().zip(&counted.outcome.agencies).zip(&counted.marks);
    let mut rows = Vec::new();
    for (agency, months, mark) in whole.chain(agencies.map(|((agency, months), mark)| (agency.id, months, *mark))) {
        let before = kept.get(&agency);
        if before.is_some_and(|before| *before == hex(mark)) {
            continue;
        }
        let row = written(agency, months, mark, before.is_none());
        if agency == PROVINCE || before.is_some() || row.months != nothing {
            rows.push(row);
        }
    }
    rows
}
