//! Whether the database is an older one than the one that was worked with last: restored from a backup, or set back by a power cut.
//! What went out since then is not known in it, so nothing that was planned in it goes out before a person says.
//!
//! The installation has a pulse: a number that counts up every [`BEAT_S`] seconds, in the database and, after it, in the file
//! `pulse` of the data folder, which no backup of the database takes along. A file that is ahead of its database tells.
//!
//! ```text
//!   beat: file ≤ database ──► both one further
//!         file > database, or of a line that the database does not know ──► a new line, Fact::DatabaseRestored ──► reactions.rs
//! ```
//!
//! A capability that sends asks [`pulse`] before it does, and sends nothing while [`Pulse::is_held`]: from the restore on until
//! `reactions.rs` has answered the fact, where each such capability holds what is planned. The same row tells when nothing ran
//! ([`Pulse::quiet`]).

mod marker;

use std::cmp::max;
use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{DatabaseBackend, QueryOrder};

use self::marker::Mark;
use super::{App, By, Fact, new_id, reaction, time};

/// How often the pulse beats: so young a backup is not told from the database itself after a node was killed. (When a node stops
/// as told, its last beat is ahead of every backup.)
pub const BEAT_S: u64 = 10;
/// Without a beat for so long, nothing ran.
const QUIET_S: i64 = 120;
/// Nodes beat at the same time now and then.
const ROUNDS: u8 = 8;

/// A line of beats: it begins with the installation, and anew with each restore that was noticed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pulse")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: Uuid,
    /// From 1; the highest is the one that beats.
    #[sea_orm(unique)]
    pub number: i32,
    pub beat: i64,
    /// When it last beat.
    pub at: DateTimeUtc,
    /// The last time that nothing ran.
    pub quiet_from: Option<DateTimeUtc>,
    pub quiet_to: Option<DateTimeUtc>,
    /// The fact that told of the restore it began with.
    pub fact: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What the marker of this node says of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    /// Nothing ever ran on it.
    New,
    /// The line goes on.
    Goes(Model),
    /// The next line has to begin: its number and first beat, and how old the database is.
    Restored { number: i32, beat: i64, as_of: Option<DateTimeUtc> },
}

/// A stretch in which nothing ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    pub from: DateTimeUtc,
    pub to: DateTimeUtc,
}

/// What those who send ask before they do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pulse {
    /// The database was restored, and not everything that is planned in it is held yet: send nothing.
    pub is_held: bool,
    /// The last stretch in which nothing ran.
    pub quiet: Option<Quiet>,
}

/// Where a restore stands, for `lantoa doctor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// None was ever noticed.
    None,
    /// The marker is ahead of the database: the next start will notice.
    Unnoticed,
    /// Noticed; what is planned is not held yet, and nothing is sent.
    Held,
    /// Noticed at that time, and answered.
    Answered(DateTimeUtc),
}

/// Beats for as long as the node runs.
pub async fn keep_up(app: App) {
    loop {
        tokio::time::sleep(Duration::from_secs(BEAT_S)).await;
        if let Err(error) = beat(&app).await {
            tracing::error!(error = %format!("{error:#}"), "the pulse could not be written; trying again");
        }
    }
}

/// One beat. A node beats before it does anything else, and when it has stopped.
///
/// # Errors
/// The database failed, or the marker in the data folder can not be read or written.
pub async fn beat(app: &App) -> anyhow::Result<()> {
    for _ in 0..ROUNDS {
        let mark = marker::read(&app.config.data)?;
        let lines = lines(&app.db).await?;
        let done = match judge(mark, &lines, is_alone(app)) {
            Verdict::New => begin(app, (1, 1), None).await?,
            Verdict::Goes(line) => go_on(app, &line).await?,
            Verdict::Restored { number, beat, as_of } => {
                tracing::warn!(?as_of, "the database is older than the last run: it was restored; what waits in it is held");
                begin(app, (number, beat), Some(as_of)).await?
            }
        };
        if let Some(mark) = done {
            return marker::write(&app.config.data, mark);
        }
    }
    anyhow::bail!("the pulse changed under our hands again and again")
}

/// Says that the database was restored, where nothing could notice it: an image of the whole machine was put back, marker and all.
///
/// # Errors
/// The database failed, or the marker can not be written.
pub async fn declare(app: &App) -> anyhow::Result<()> {
    let lines = lines(&app.db).await?;
    let newest = lines.last();
    let ahead = marker::read(&app.config.data)?.map_or(0, |mark| mark.beat);
    let beat = max(newest.map_or(0, |line| line.beat), ahead) + 1;
    let number = newest.map_or(0, |line| line.number) + 1;
    let Some(mark) = begin(app, (number, beat), Some(newest.map(|line| line.at))).await? else {
        anyhow::bail!("another node was quicker; run the command again")
    };
    marker::write(&app.config.data, mark)
}

/// What those who send have to know first.
///
/// # Errors
/// The database failed.
pub async fn pulse(app: &App) -> Result<Pulse, DbErr> {
    let Some(line) = Entity::find().order_by_desc(Column::Number).one(&app.db).await? else { return Ok(Pulse::default()) };
    let quiet = line.quiet_from.zip(line.quiet_to).map(|(from, to)| Quiet { from, to });
    let is_held = match line.fact {
        Some(fact) => !reaction::is_answered(&app.db, fact).await?,
        None => false,
    };
    Ok(Pulse { is_held, quiet })
}

/// Where a restore stands; changes nothing.
///
/// # Errors
/// The database failed, or the marker can not be read.
pub async fn standing(app: &App) -> anyhow::Result<Standing> {
    let lines = lines(&app.db).await?;
    if matches!(judge(marker::read(&app.config.data)?, &lines, is_alone(app)), Verdict::Restored { .. }) {
        return Ok(Standing::Unnoticed);
    }
    let Some(fact) = lines.last().and_then(|line| line.fact) else { return Ok(Standing::None) };
    if !reaction::is_answered(&app.db, fact).await? {
        return Ok(Standing::Held);
    }
    let told = super::fact::Entity::find_by_id(fact).one(&app.db).await?;
    Ok(told.map_or(Standing::None, |fact| Standing::Answered(fact.at)))
}

async fn lines(on: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::Number).all(on).await
}

/// With SQLite the node is alone with its database: where the database is, its marker is.
fn is_alone(app: &App) -> bool {
    app.db.get_database_backend() == DatabaseBackend::Sqlite
}

/// Decides; `lines` from the first to the newest. A node without a marker is a new one, unless it is alone with its database.
fn judge(mark: Option<Mark>, lines: &[Model], is_alone: bool) -> Verdict {
    let newest = lines.last();
    let restored = |beat: i64| Verdict::Restored {
        number: newest.map_or(0, |line| line.number) + 1,
        beat: max(beat, newest.map_or(0, |line| line.beat)) + 1,
        as_of: newest.map(|line| line.at),
    };
    match (mark, newest) {
        (None, None) => Verdict::New,
        (None, Some(_)) if is_alone => restored(0),
        (None, Some(line)) => Verdict::Goes(line.clone()),
        (Some(mark), Some(line)) if mark.line == line.line && mark.beat <= line.beat => Verdict::Goes(line.clone()),
        // Another node noticed it while this one was away.
        (Some(mark), Some(line)) if line.line != mark.line && lines.iter().any(|one| one.line == mark.line) => {
            Verdict::Goes(line.clone())
        }
        (Some(mark), _) => restored(mark.beat),
    }
}

/// One further; None when another node was quicker.
async fn go_on(app: &App, line: &Model) -> Result<Option<Mark>, DbErr> {
    let now = app.clock.now();
    let mut update = Entity::update_many()
        .col_expr(Column::Beat, Expr::col(Column::Beat).add(1))
        .col_expr(Column::At, Expr::value(max(now, line.at)))
        .filter(Column::Line.eq(line.line))
        .filter(Column::Beat.eq(line.beat));
    if now - line.at > TimeDelta::seconds(QUIET_S) {
        update = update.col_expr(Column::QuietFrom, Expr::value(line.at)).col_expr(Column::QuietTo, Expr::value(now));
    }
    let done = update.exec(&app.db).await?.rows_affected > 0;
    Ok(done.then_some(Mark { line: line.line, beat: line.beat + 1 }))
}

/// Begins a line, with its fact where the database was restored; None when another node was quicker.
async fn begin(app: &App, (number, beat): (i32, i64), restored: Option<Option<DateTimeUtc>>) -> Result<Option<Mark>, DbErr> {
    let (line, now) = (new_id(), app.clock.now());
    let transaction = app.begin().await?;
    let fact = match restored {
        None => None,
        Some(as_of) => {
            let as_of = as_of.map(time::machine).unwrap_or_default();
            Some(app.record(&transaction, Uuid::nil(), Fact::DatabaseRestored { as_of }, &By::system()).await?)
        }
    };
    let row = ActiveModel {
        line: Set(line),
        number: Set(number),
        beat: Set(beat),
        at: Set(now),
        quiet_from: Set(None),
        quiet_to: Set(None),
        fact: Set(fact),
    };
    let once = OnConflict::column(Column::Number).do_nothing().to_owned();
    if Entity::insert(row).on_conflict(once).exec_without_returning(&transaction).await? == 0 {
        return Ok(None);
    }
    app.commit(transaction).await?;
    Ok(Some(Mark { line, beat }))
}

#[cfg(test)]
mod tests;
