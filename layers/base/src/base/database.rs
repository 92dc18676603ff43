//! Opening and migrating the database. The engine is named here and nowhere above.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DbErr, Statement, TransactionTrait,
};
use sea_orm_migration::{MigrationTrait, MigratorTraitSelf};

use super::{App, Capability, Chore};

const CONNECT_TIMEOUT_S: u64 = 10;
const BUSY_TIMEOUT_S: u64 = 10;
const IDLE_TRIED_S: u64 = 15;

const WEIGHED_EVERY_S: i64 = 6 * 3600;
const WEIGHED_FROM_ROWS: u32 = 10_000;

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
                // KiB, of each connection: what is read again comes from the system's own cache.
                .pragma("cache_size", "-8192")
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

/// Lets SQLite count what its tables hold, so that it chooses among indexes by what is there and not by guesses: without that it
/// takes any index for ten rows. PostgreSQL does it by itself. At most so many rows of each index are looked at: milliseconds.
/// Connections know of it when they are opened, and the pool opens each anew every half hour.
#[must_use]
pub fn weighing() -> Chore {
    Chore { name: "weigh-tables", every_s: WEIGHED_EVERY_S, work: |app| Box::pin(weigh(app)) }
}

async fn weigh(app: &App) -> anyhow::Result<()> {
    if app.db.get_database_backend() == DatabaseBackend::Sqlite {
        // On one connection: it knows at once what it counted, and is the one to forget it.
        let transaction = app.db.begin().await?;
        // All tables, not only those that this connection has asked (https://www.sqlite.org/pragma.html#pragma_optimize).
        transaction.execute_unprepared("PRAGMA analysis_limit = 1000; PRAGMA optimize = 0x10002").await?;
        forget_what_misleads(&transaction).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Two kinds of counts do harm. Of a table that is small: it may hold a million rows tomorrow, and until it is counted again each
/// question for several ids walks all of them, "since there are seven". Of a unique index: its definition says one row for each
/// value, and what is counted says less where many rows have none (NULL), as the names that articles had elsewhere.
async fn forget_what_misleads(on: &impl ConnectionTrait) -> Result<(), DbErr> {
    let unique = "SELECT i.name FROM sqlite_schema t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND i.\"unique\"";
    let counted = Statement::from_string(DatabaseBackend::Sqlite, "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'");
    if on.query_one_raw(counted).await?.is_some() {
        let forget = format!("DELETE FROM sqlite_stat1 WHERE CAST(stat AS INTEGER) < {WEIGHED_FROM_ROWS} OR idx IN ({unique})");
        on.execute_unprepared(&format!("{forget}; ANALYZE sqlite_schema")).await?;
    }
    Ok(())
}

/// The ground's migrations, then each capability's in the order of the list.
pub struct Schema(pub &'static [Capability]);

impl MigratorTraitSelf for Schema {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        let above = self.0.iter().flat_map(|capability| (capability.migrations)());
        super::ledger_migrations().into_iter().chain(above).map(|migration| Box::new(migration) as _).collect()
    }
}
