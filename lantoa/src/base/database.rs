//! Opening and migrating the database. The engine is named here and nowhere above.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DbErr};
use sea_orm_migration::{MigrationTrait, MigratorTraitSelf};

use super::Capability;

const CONNECT_TIMEOUT_S: u64 = 10;
const BUSY_TIMEOUT_S: u64 = 10;
const IDLE_TRIED_S: u64 = 15;

/// Opens the pool the server works with, and the count of the statements that go through it.
///
/// # Errors
/// The address is wrong or nothing answers there.
pub async fn open(url: &str) -> Result<(DatabaseConnection, Arc<AtomicU64>), DbErr> {
    let connections = if url.starts_with("sqlite") { 6 } else { 16 };
    let mut db = Database::connect(options(url, connections)).await?;
    let statements = Arc::new(AtomicU64::new(0));
    let count = statements.clone();
    db.set_metric_callback(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
    });
    Ok((db, statements))
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(connections)
        .min_connections(1)
        .connect_timeout(Duration::from_secs(CONNECT_TIMEOUT_S))
        .acquire_timeout(Duration::from_secs(CONNECT_TIMEOUT_S))
        .sqlx_logging(false)
        // A round trip before each statement would be half of what a page waits for; a line that has lain idle is still tried.
        .test_before_acquire_if_idle_for(Duration::from_secs(IDLE_TRIED_S))
        // Counting a plan is planned as dear and answered in milliseconds: compiling it first takes longer than answering.
        .map_sqlx_postgres_opts(|postgres| postgres.options([("jit", "off")]))
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(Duration::from_secs(BUSY_TIMEOUT_S))
                .foreign_keys(true)
                .pragma("cache_size", "-16384")
        });
    options
}

/// Brings the schema up to date. SQLite must do so over a single connection: other pooled ones
/// would keep the old schema in their cache. On PostgreSQL an advisory lock keeps nodes apart.
///
/// # Errors
/// A step failed; migrations before it stay done and are not repeated.
pub async fn migrate(url: &str, capabilities: &'static [Capability]) -> Result<(), DbErr> {
    let one = Database::connect(options(url, 1)).await?;
    if one.get_database_backend() == DatabaseBackend::Postgres {
        one.execute_unprepared("SELECT pg_advisory_lock(11866118)").await?;
    }
    let outcome = Schema(capabilities).up(&one, None).await;
    one.close().await?;
    outcome
}

/// The ground's migrations, then each capability's in the order of the list.
pub struct Schema(pub &'static [Capability]);

impl MigratorTraitSelf for Schema {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        let above = self.0.iter().flat_map(|capability| (capability.migrations)());
        super::ledger_migrations().into_iter().chain(above).map(|migration| Box::new(migration) as _).collect()
    }
}
