//! What a node that starts makes of batches that were under way when it, or another, was killed.

use std::collections::HashMap;

use sea_orm::prelude::Uuid;

use crate::base::{App, By};
use crate::newsletters::delivery::batch::{self, Batch};
use crate::newsletters::delivery::settling::{End, settle};
use crate::newsletters::issue::steering;
use crate::newsletters::journal::{Entry, Node};
use crate::web::Error;

/// How many of the batches closed last are looked for in the database.
const LOOKED_FOR: usize = 50;
const INTERRUPTED: &str = "interrupted";

/// Puts right what this node's killed process left: precisely, by its journals. Called before any batch is taken.
///
/// # Errors
/// The database failed, or the folder can not be read.
pub async fn own(app: &App, node: &Node) -> Result<(), Error> {
    is_it_the_same_database(app, node).await?;
    for one in batch::open(app, node.id, false).await? {
        let letters = batch::under_way(&app.db, &one).await?;
        let ends = judged(node, &one, &letters)?;
        settle(app, &one, &ends).await?;
        node.close(one.id).map_err(anyhow::Error::from)?;
    }
    node.tidy(true).map_err(anyhow::Error::from)?;
    Ok(())
}

/// Batches of other data folders whose lease ran out: what was in them nobody can tell.
///
/// # Errors
/// The database failed.
pub async fn others(app: &App, node: &Node) -> Result<(), Error> {
    for one in batch::open(app, node.id, true).await? {
        let letters = batch::under_way(&app.db, &one).await?;
        let ends: Vec<(Uuid, End)> = letters.into_iter().map(|id| (id, End::Unknown(INTERRUPTED.into()))).collect();
        settle(app, &one, &ends).await?;
    }
    Ok(())
}

/// What became of each letter that is called under way.
fn judged(node: &Node, batch: &Batch, letters: &[Uuid]) -> anyhow::Result<Vec<(Uuid, End)>> {
    let unknown = || letters.iter().map(|id| (*id, End::Unknown(INTERRUPTED.into()))).collect();
    // The machine was started since: what was written may be lost. Closed, and open in the database: that is an older one.
    if batch.boot != node.boot || node.has_closed(batch.id)? {
        return Ok(unknown());
    }
    let entries: HashMap<Uuid, Entry> = node.read(batch.id)?.unwrap_or_default();
    let end = |id: &Uuid| match entries.get(id) {
        Some(Entry::Sent) => End::Sent,
        Some(Entry::About) => End::Unknown(INTERRUPTED.into()),
        Some(Entry::NotSent) | None => End::Back,
    };
    Ok(letters.iter().map(|id| (*id, end(id))).collect())
}

/// A database that does not know what this folder's node did last was brought back from a backup: what it calls queued may be out.
async fn is_it_the_same_database(app: &App, node: &Node) -> Result<(), Error> {
    let closed = node.closed().map_err(anyhow::Error::from)?;
    let last: Vec<Uuid> = closed.iter().rev().take(LOOKED_FOR).copied().collect();
    if batch::are_known(app, &last).await? {
        return Ok(());
    }
    tracing::warn!("the database does not know the last letters of this node: was it restored? Newsletters are held");
    steering::hold_all(app, &By::system().because("restored")).await?;
    // Said once: from here on the folder goes with this database.
    node.tidy(false).map_err(anyhow::Error::from)?;
    Ok(())
}
