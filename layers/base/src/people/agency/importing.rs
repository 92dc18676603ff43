//! Agencies come in from a table: compared with what is there, row by row, and written all at once or not at all.

pub mod comparison;
mod row;
#[cfg(test)]
mod tests;

use sea_orm::entity::prelude::*;

use super::opening::Failure;
use super::table::Sheet;
use super::table::known::Known;
use super::{Agency, upload};
use crate::base::{App, By, Fact, new_id};
use crate::web::{Error, Obstacle};
use comparison::{Comparison, Line, Outcome};

/// How many agencies came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub created: u32,
    pub changed: u32,
}

/// What came of a confirmation.
#[derive(Debug)]
pub enum Confirmed {
    Done(Done),
    /// It was confirmed before: someone pressed twice.
    Already,
    /// The agencies have changed since the comparison was shown; here is another to look at.
    Differs,
}

/// Writes an upload whose comparison was seen: `seen` is its [`Comparison::mark`]. One transaction.
///
/// # Errors
/// Rows are wrong, someone was quicker, or the database failed: then nothing is written.
pub async fn confirm(app: &App, upload: &upload::Model, seen: &str, by: &By) -> Result<Confirmed, Error> {
    let transaction = app.begin().await?;
    if !upload.finish(app, &transaction).await? {
        return Ok(Confirmed::Already);
    }
    let sheet: Sheet = serde_json::from_str(&upload.body)?;
    let comparison = Comparison::of(&Known::load(&transaction).await?, &sheet);
    if comparison.mark() != seen {
        return Ok(Confirmed::Differs);
    }
    refuse(&comparison)?;
    let done = write(app, &transaction, &comparison, upload.id, by).await?;
    app.commit(transaction).await?;
    Ok(Confirmed::Done(done))
}

/// Compares and writes at once, when no row is wrong: for the command line. None when nothing was written.
///
/// # Errors
/// Someone was quicker, or the database failed: then nothing is written.
pub async fn run(app: &App, sheet: &Sheet, by: &By) -> Result<(Comparison, Option<Done>), Error> {
    let transaction = app.begin().await?;
    let comparison = Comparison::of(&Known::load(&transaction).await?, sheet);
    if refuse(&comparison).is_err() {
        return Ok((comparison, None));
    }
    let done = write(app, &transaction, &comparison, new_id(), by).await?;
    app.commit(transaction).await?;
    Ok((comparison, Some(done)))
}

/// Why a comparison can not be written; the page shows the same beside its button.
///
/// # Errors
/// [`Error::Refused`] with the reasons.
pub fn refuse(comparison: &Comparison) -> Result<(), Error> {
    let obstacles = obstacles(comparison);
    if obstacles.is_empty() { Ok(()) } else { Err(Error::Refused(obstacles)) }
}

/// The reasons.
#[must_use]
pub fn obstacles(comparison: &Comparison) -> Vec<Obstacle> {
    let wrong = comparison.wrong().count();
    if wrong > 0 {
        return vec![Obstacle::new("agency-file-obstacle-wrong").with("n", wrong)];
    }
    let nothing = comparison.count_new() + comparison.count_changed() == 0;
    if nothing { vec![Obstacle::new("agency-file-obstacle-nothing")] } else { Vec::new() }
}

async fn write(app: &App, on: &impl ConnectionTrait, comparison: &Comparison, about: Uuid, by: &By) -> Result<Done, Error> {
    let mut done = Done::default();
    for line in comparison.in_order() {
        match line.outcome {
            Outcome::New => {
                open(app, on, line, by).await?;
                done.created += 1;
            }
            Outcome::Changed(_) => {
                edit(app, on, line, by).await?;
                done.changed += 1;
            }
            Outcome::Same | Outcome::Wrong(_) => {}
        }
    }
    app.record(on, about, Fact::AgenciesImported { created: done.created, changed: done.changed }, by).await?;
    Ok(done)
}

async fn open(app: &App, on: &impl ConnectionTrait, line: &Line, by: &By) -> Result<(), Error> {
    let Some(draft) = &line.draft else { return Ok(()) };
    let agency = Agency::open_in(app, on, draft, by).await.map_err(|failure| in_the_meantime(line, failure))?;
    let agency = agency.ok_or(Error::Stale)?;
    match line.closed_on {
        Some(last_day) => agency.end_in(app, on, last_day, Vec::new(), by).await,
        None => Ok(()),
    }
}

async fn edit(app: &App, on: &impl ConnectionTrait, line: &Line, by: &By) -> Result<(), Error> {
    let (Some(draft), Some((id, version))) = (&line.draft, line.agency) else { return Ok(()) };
    let agency = Agency::find(on, id).await?;
    if agency.version != version {
        return Err(Error::Stale);
    }
    agency.edit_in(app, on, draft, by).await.map_err(|failure| in_the_meantime(line, failure))?;
    Ok(())
}

/// Every row was held against what is there; what a verb still finds has changed since.
fn in_the_meantime(line: &Line, failure: Failure) -> Error {
    match failure {
        Failure::Error(error) => error,
        Failure::Mistakes(mistakes) => {
            tracing::warn!(row = line.number, ?mistakes, "a row that was right is no longer");
            Error::Stale
        }
    }
}
