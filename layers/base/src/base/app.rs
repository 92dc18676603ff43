//! What every handler, reaction and chore holds.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::sync::Notify;

use super::site::AtHand;
use super::{Capability, Clock, Config, Memory, Tally};
use crate::search::Search;

/// One running node; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Ground>);

/// The parts of an [`App`].
pub struct Ground {
    pub config: Config,
    pub db: DatabaseConnection,
    pub clock: Clock,
    pub capabilities: &'static [Capability],
    /// Runs the demo province: signing in by role is offered.
    pub demo: bool,
    /// How many statements went to the database; tests hold pages to their number.
    pub statements: Arc<AtomicU64>,
    /// What this node remembers of what it read.
    pub memory: Memory,
    /// The facts of the site as they were last written on the desk.
    pub site: AtHand,
    /// Views that this node counted and did not write yet.
    pub views: Tally,
    /// This node's replica of what the public can find.
    pub search: Search,
    /// Rung when there is something for reactions or chores to do at once.
    pub wake: Notify,
}

impl App {
    #[must_use]
    pub fn new(
        config: Config,
        (db, statements): (DatabaseConnection, Arc<AtomicU64>),
        clock: Clock,
        capabilities: &'static [Capability],
        demo: bool,
    ) -> Self {
        Self(Arc::new(Ground {
            config,
            db,
            statements,
            clock,
            capabilities,
            demo,
            memory: Memory::default(),
            site: AtHand::default(),
            views: Tally::default(),
            search: Search::default(),
            wake: Notify::new(),
        }))
    }

    /// Begins a transaction that will write. SQLite takes its one write lock at once, so that
    /// a reader never has to become a writer half-way (which SQLite refuses when someone was quicker).
    ///
    /// # Errors
    /// The database can not be reached, or its lock was not to be had within the busy time-out.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        self.db.begin_with_options(options).await
    }

    /// What was worked out from the database, remembered until this node commits something, and for so long at most: other
    /// nodes commit too. Whoever comes while it is worked out waits for that.
    ///
    /// # Errors
    /// The work failed; nothing is remembered then.
    pub async fn lately<T, E>(&self, key: &str, for_s: i64, work: impl Future<Output = Result<T, E>>) -> Result<Arc<T>, E>
    where
        T: Send + Sync + 'static,
    {
        self.memory.lately(key, self.clock.now().timestamp().div_euclid(for_s), work).await
    }

    /// Commits, then wakes whoever answers the facts in it.
    ///
    /// # Errors
    /// The commit failed: nothing of the transaction remains.
    pub async fn commit(&self, transaction: DatabaseTransaction) -> Result<(), DbErr> {
        transaction.commit().await?;
        self.memory.changed();
        self.wake.notify_waiters();
        Ok(())
    }
}

impl Deref for App {
    type Target = Ground;
    fn deref(&self) -> &Ground {
        &self.0
    }
}
