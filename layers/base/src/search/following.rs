//! The replica follows the ledger. Facts are read by their id, which sorts by time; a stretch of the last seconds is read again
//! each time, since a transaction may commit a fact a little later than another of a younger id. To index a subject again does
//! no harm. The checkpoint is written in the same commit as the documents, so a killed node goes on where it was.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use retrieval::{Change, Index};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;

use super::feed::{Feed, PAGE, Touch};
use super::{Search, Standing};
use crate::base::{App, fact, new_id};

/// Goes up when feeds offer their documents otherwise: replicas of an older number are rebuilt.
const VERSION: u32 = 2;
/// Facts answered in one commit.
const BATCH: u64 = 1_000;
/// Documents of one commit while rebuilding.
const DOCUMENTS: usize = 2_000;
/// How long a transaction may take between making a fact's id and committing it.
const OVERLAP_MS: u128 = 30_000;
const POLL_MS: u64 = 1_000;
/// A file in the replica's folder that asks the running node to rebuild.
const WANTED: &str = "rebuild-wanted";

/// Where the replica is, as it stands in the replica itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Checkpoint {
    version: u32,
    /// The rebuild that its documents belong to.
    generation: String,
    /// Earlier rebuilds whose documents are still in.
    stale: Vec<String>,
    /// Whether the rebuild was finished.
    whole: bool,
    /// The youngest fact that was answered.
    newest: Option<Uuid>,
}

/// What the following remembers between two turns.
#[derive(Default)]
pub struct Follower {
    checkpoint: Option<Checkpoint>,
    /// Facts that were answered and may be read again.
    seen: HashSet<Uuid>,
}

/// Follows for as long as the node runs.
pub async fn keep_up(app: App) {
    loop {
        let rung = app.wake.notified();
        match follow(&app).await {
            Ok(0) => {
                tokio::select! { () = rung => {}, () = tokio::time::sleep(Duration::from_millis(POLL_MS)) => {} }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(error = %format!("{error:#}"), "search can not follow; trying again");
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        }
    }
}

/// Brings the replica up to date, rebuilding it when it is missing, unfinished or of another version. Returns how many facts
/// were read.
///
/// # Errors
/// The database or the disk failed; what was written stays true.
pub async fn follow(app: &App) -> anyhow::Result<usize> {
    let mut follower = app.search.follower.lock().await;
    let index = open(app).await?;
    if follower.checkpoint.is_none() {
        follower.checkpoint = index.checkpoint()?.and_then(|text| serde_json::from_str(&text).ok());
    }
    let wanted = Search::folder(&app.config.data).join(WANTED);
    let usable = follower.checkpoint.as_ref().is_some_and(|checkpoint| checkpoint.whole && checkpoint.version == VERSION);
    if !usable || wanted.exists() {
        let _ = std::fs::remove_file(&wanted);
        rebuild_with(app, &index, &mut follower).await?;
    }
    app.search.stands(Standing::Following);
    answer(app, &index, &mut follower).await
}

/// Makes the replica anew from the database. What is there is found until the new documents are in.
///
/// # Errors
/// The database or the disk failed; the next start begins again.
pub async fn rebuild(app: &App) -> anyhow::Result<u64> {
    let mut follower = app.search.follower.lock().await;
    let index = open(app).await?;
    follower.checkpoint = index.checkpoint()?.and_then(|text| serde_json::from_str(&text).ok());
    rebuild_with(app, &index, &mut follower).await?;
    Ok(index.len())
}

/// Asks the node that has the replica open to rebuild it.
///
/// # Errors
/// The folder can not be written.
pub fn want(app: &App) -> std::io::Result<()> {
    std::fs::write(Search::folder(&app.config.data).join(WANTED), b"")
}

async fn open(app: &App) -> anyhow::Result<Arc<Index>> {
    if let Some(index) = app.search.index() {
        return Ok(index);
    }
    let folder = Search::folder(&app.config.data);
    let index = tokio::task::spawn_blocking(move || Index::open(&folder)).await?.context("opening the search index")?;
    Ok(app.search.index.get_or_init(|| Arc::new(index)).clone())
}

async fn rebuild_with(app: &App, index: &Arc<Index>, follower: &mut Follower) -> anyhow::Result<()> {
    let before = follower.checkpoint.take().unwrap_or_default();
    let mut stale = before.stale;
    stale.extend((!before.generation.is_empty()).then_some(before.generation));
    let newest = fact::Entity::find().select_only().column(fact::Column::Id).order_by_desc(fact::Column::Id);
    let newest: Option<Uuid> = newest.into_tuple().one(&app.db).await?;
    let mut checkpoint = Checkpoint { version: VERSION, generation: new_id().to_string(), stale, whole: false, newest };
    app.search.stands(Standing::Building(0));
    let mut changes = Vec::new();
    let mut writer = Writer::of(index);
    let mut done = 0;
    for feed in feeds(app) {
        let mut after = None;
        loop {
            let subjects = (feed.subjects)(app, after).await?;
            after = subjects.last().copied();
            if after.is_none() {
                break;
            }
            let documents = (feed.public)(app, subjects).await?;
            done += documents.len();
            changes.extend(documents.into_iter().map(|document| Change::Put(document.document(&checkpoint.generation))));
            if changes.len() >= DOCUMENTS {
                writer.begin(std::mem::take(&mut changes), &checkpoint).await?;
                app.search.stands(Standing::Building(done));
            }
        }
    }
    changes.extend(checkpoint.stale.drain(..).map(|generation| Change::RemoveAll("generation".into(), generation)));
    checkpoint.whole = true;
    writer.begin(changes, &checkpoint).await?;
    writer.end().await?;
    tracing::info!(documents = done, "the search index was made anew");
    follower.seen.clear();
    follower.checkpoint = Some(checkpoint);
    Ok(())
}

/// Answers what was recorded since the checkpoint.
async fn answer(app: &App, index: &Arc<Index>, follower: &mut Follower) -> anyhow::Result<usize> {
    let Some(mut checkpoint) = follower.checkpoint.clone() else { return Ok(0) };
    let unseen = unseen(app, &checkpoint, &mut follower.seen).await?;
    if unseen.is_empty() {
        return Ok(0);
    }
    let rows = fact::Entity::find().filter(fact::Column::Id.is_in(unseen.clone())).order_by_asc(fact::Column::Id);
    let facts: Vec<_> = rows.all(&app.db).await?.into_iter().filter_map(|row| row.fact().map(|fact| (row, fact))).collect();
    let mut changes = Vec::new();
    let mut writer = Writer::of(index);
    for feed in feeds(app) {
        let touched: Vec<Touch> = facts.iter().map(|(row, fact)| (feed.touches)(row, fact)).collect();
        for subjects in subjects(app, feed, touched).await?.chunks(usize::try_from(PAGE)?) {
            changes.extend(subjects.iter().map(|subject| Change::RemoveAll("subject".into(), subject.to_string())));
            let documents = (feed.public)(app, subjects.to_vec()).await?;
            changes.extend(documents.into_iter().map(|document| Change::Put(document.document(&checkpoint.generation))));
            if changes.len() >= DOCUMENTS {
                // What an import of a hundred thousand changed is not held in memory; the facts are answered with the last of it.
                writer.begin(std::mem::take(&mut changes), &checkpoint).await?;
            }
        }
    }
    checkpoint.newest = checkpoint.newest.max(unseen.last().copied());
    // Facts that change nothing here are read again after a crash; that is cheaper than a commit for each.
    if !changes.is_empty() {
        writer.begin(changes, &checkpoint).await?;
    }
    writer.end().await?;
    follower.checkpoint = Some(checkpoint);
    let read = unseen.len();
    follower.seen.extend(unseen);
    Ok(read)
}

/// The ids of facts that were not answered yet, the oldest first.
async fn unseen(app: &App, checkpoint: &Checkpoint, seen: &mut HashSet<Uuid>) -> Result<Vec<Uuid>, DbErr> {
    let now = earlier(new_id(), OVERLAP_MS);
    let floor = checkpoint.newest.map_or_else(Uuid::nil, |newest| newest.min(now));
    seen.retain(|id| *id > floor);
    let most = BATCH + u64::try_from(seen.len()).unwrap_or_default();
    let ids = fact::Entity::find().select_only().column(fact::Column::Id).filter(fact::Column::Id.gt(floor));
    let ids: Vec<Uuid> = ids.order_by_asc(fact::Column::Id).limit(most).into_tuple().all(&app.db).await?;
    Ok(ids.into_iter().filter(|id| !seen.contains(id) && Some(*id) != checkpoint.newest).collect())
}

/// The lowest id of so long before another (RFC 9562: the first 48 bits are milliseconds).
fn earlier(id: Uuid, ms: u128) -> Uuid {
    Uuid::from_u128((id.as_u128() >> 80).saturating_sub(ms) << 80)
}

/// The subjects touched, each once.
async fn subjects(app: &App, feed: &Feed, touched: Vec<Touch>) -> anyhow::Result<Vec<Uuid>> {
    let (mut subjects, mut through, mut all) = (BTreeSet::new(), Vec::new(), false);
    for touch in touched {
        match touch {
            Touch::Nothing => {}
            Touch::Subject(subject) => {
                subjects.insert(subject);
            }
            Touch::Subjects(several) => subjects.extend(several),
            Touch::Through(thing) => through.push(thing),
            Touch::All => all = true,
        }
    }
    if let Some(hanging) = feed.through.filter(|_| !all && !through.is_empty()) {
        subjects.extend(hanging(app, through).await?);
    }
    let mut after = None;
    if all {
        loop {
            let page = (feed.subjects)(app, after).await?;
            let Some(last) = page.last() else { break };
            after = Some(*last);
            subjects.extend(page);
        }
    }
    Ok(subjects.into_iter().collect())
}

fn feeds(app: &App) -> impl Iterator<Item = &'static Feed> + use<> {
    app.capabilities.iter().flat_map(|capability| capability.feeds)
}

/// Writes one commit after the other, while the documents of the next are read from the database.
struct Writer<'a> {
    index: &'a Arc<Index>,
    under_way: Option<JoinHandle<Result<(), retrieval::Error>>>,
}

impl<'a> Writer<'a> {
    const fn of(index: &'a Arc<Index>) -> Self {
        Self { index, under_way: None }
    }

    /// Begins a commit once the one before is done.
    async fn begin(&mut self, changes: Vec<Change>, checkpoint: &Checkpoint) -> anyhow::Result<()> {
        self.end().await?;
        let index = self.index.clone();
        let checkpoint = serde_json::to_string(checkpoint)?;
        self.under_way = Some(tokio::task::spawn_blocking(move || index.write(&changes, &checkpoint)));
        Ok(())
    }

    /// Waits for the commit that was begun last.
    async fn end(&mut self) -> anyhow::Result<()> {
        let Some(writing) = self.under_way.take() else { return Ok(()) };
        writing.await?.context("writing the search index")
    }
}
