//! Boundaries come in: matched, shown, and written in one transaction.

use sea_orm::entity::prelude::*;

use super::Collection;
use super::matching::{Communes, Fate, Match, Matches};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, new_id, time};
use crate::people::agency::{Agency, upload};
use crate::web::{Error, Obstacle};

/// What came of a confirmation.
#[derive(Debug)]
pub enum Confirmed {
    /// So many boundaries were written.
    Done(u32),
    /// It was confirmed before: someone pressed twice.
    Already,
    /// The agencies have changed since the matches were shown.
    Differs,
}

/// Writes the boundaries of an upload whose matches were seen: `seen` is their [`Matches::mark`]. What belongs to
/// nobody, or can not be used, is left out, as the preview said.
///
/// # Errors
/// There is nothing to write, someone was quicker, or the database failed: then nothing is written.
pub async fn confirm(app: &App, upload: &upload::Model, seen: &str, by: &By) -> Result<Confirmed, Error> {
    let transaction = app.begin().await?;
    if !upload.finish(app, &transaction).await? {
        return Ok(Confirmed::Already);
    }
    let collection: Collection = serde_json::from_str(&upload.body)?;
    let communes = Communes::load(&transaction, time::local_date(app.clock.now())).await?;
    let matches = Matches::of(&communes, &collection);
    if matches.mark() != seen {
        return Ok(Confirmed::Differs);
    }
    if let Some(obstacle) = obstacle(&matches) {
        return Err(Error::Refused(vec![obstacle]));
    }
    let written = write(app, &transaction, &matches, upload.id, by).await?;
    app.commit(transaction).await?;
    Ok(Confirmed::Done(written))
}

/// Matches and writes at once when no shape is wrong: for the command line. None when nothing was written.
///
/// # Errors
/// Someone was quicker, or the database failed: then nothing is written.
pub async fn run(app: &App, collection: &Collection, by: &By) -> Result<(Matches, Option<u32>), Error> {
    let transaction = app.begin().await?;
    let communes = Communes::load(&transaction, time::local_date(app.clock.now())).await?;
    let matches = Matches::of(&communes, collection);
    if matches.wrong().next().is_some() || obstacle(&matches).is_some() {
        return Ok((matches, None));
    }
    let written = write(app, &transaction, &matches, new_id(), by).await?;
    app.commit(transaction).await?;
    Ok((matches, Some(written)))
}

/// Why nothing can be written.
#[must_use]
pub fn obstacle(matches: &Matches) -> Option<Obstacle> {
    matches.to_write().next().is_none().then(|| Obstacle::new("agency-boundary-obstacle-nothing"))
}

async fn write(app: &App, on: &impl ConnectionTrait, matches: &Matches, about: Uuid, by: &By) -> Result<u32, Error> {
    let mut written = 0;
    for one in matches.to_write() {
        give(app, on, one, by).await?;
        written += 1;
    }
    let unmatched = u32::try_from(matches.count(&Fate::Unmatched) + matches.wrong().count()).unwrap_or(u32::MAX);
    app.record(on, about, Fact::BoundariesImported { matched: written, unmatched }, by).await?;
    Ok(written)
}

async fn give(app: &App, on: &impl ConnectionTrait, one: &Match, by: &By) -> Result<(), Error> {
    let (Some((id, version, _)), Some(area)) = (&one.agency, &one.area) else { return Ok(()) };
    let agency = Agency::find(on, *id).await?;
    if agency.version != *version {
        return Err(Error::Stale);
    }
    let before = super::mark(agency.boundary.as_deref().unwrap_or_default());
    agency.replace(on, Agency { boundary: Some(area.geometry.clone()), ..agency.clone() }).await?;
    let changes = Change::of("boundary", &before, &super::mark(&area.geometry)).into_iter().collect();
    app.record(on, *id, Fact::AgencyEdited { changes }, by).await?;
    Ok(())
}
