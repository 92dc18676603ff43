//! The database: answering, of a version we know, with the schema of this very version.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseBackend, QueryOrder, Statement};
use sea_orm_migration::MigratorTraitSelf;

use super::finding::{Area, Finding, State};
use crate::base::database::{self, Schema};
use crate::base::{App, Clock, Config, fact};
use crate::capabilities::CAPABILITIES;

/// PostgreSQL before this is no longer mended by its makers (November 2026).
const POSTGRES_MIN: u32 = 14;
const CLOCKS_APART_S: i64 = 60;

fn new(state: State, key: &'static str) -> Finding {
    Finding::new(Area::Database, state, key)
}

/// What is to be said of the database; and the house on it, when its tables may be read.
pub async fn examine(config: &Config, clock: &Clock) -> (Vec<Finding>, Option<App>) {
    let url = config.database();
    if url.starts_with("sqlite:") && !config.data.join("lantoa.sqlite").exists() && config.database_url.is_empty() {
        return (vec![new(State::Warning, "doctor-database-none")], None);
    }
    let (db, statements) = match database::open(&url).await {
        Ok(open) => open,
        Err(error) => return (vec![new(State::Broken, "doctor-database-silent").with("cause", error)], None),
    };
    let app = App::new(config.clone(), (db, statements), clock.clone(), CAPABILITIES, false);
    let (schema, readable) = schema(&app.db).await;
    let mut findings = vec![version(&app.db).await, schema];
    findings.extend(engine(&app.db).await);
    if readable {
        findings.push(clocks(&app).await);
    }
    (findings, readable.then_some(app))
}

/// The first column of the first row as text.
async fn text(db: &DatabaseConnection, sql: &str) -> Result<String, DbErr> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    row.map_or_else(|| Ok(String::new()), |row| row.try_get_by_index(0))
}

async fn version(db: &DatabaseConnection) -> Finding {
    let postgres = db.get_database_backend() == DatabaseBackend::Postgres;
    let sql = if postgres { "SHOW server_version" } else { "SELECT sqlite_version()" };
    let engine = if postgres { "PostgreSQL" } else { "SQLite" };
    match text(db, sql).await {
        Ok(version) => {
            let major: u32 = version.split('.').next().and_then(|major| major.parse().ok()).unwrap_or_default();
            let old = postgres && major < POSTGRES_MIN;
            let (state, key) =
                if old { (State::Warning, "doctor-database-old") } else { (State::Good, "doctor-database-answers") };
            new(state, key).with("engine", engine).with("version", version)
        }
        Err(error) => new(State::Broken, "doctor-database-silent").with("cause", error),
    }
}

/// Compares the migrations done with those of this version; says whether the tables may be read.
async fn schema(db: &DatabaseConnection) -> (Finding, bool) {
    let ours: BTreeSet<String> = Schema(CAPABILITIES).migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let done = match done(db).await {
        Ok(done) => done,
        Err(error) => return (new(State::Broken, "doctor-schema-unreadable").with("cause", error), false),
    };
    let list = |names: Vec<&String>| names.into_iter().cloned().collect::<Vec<_>>().join(", ");
    let pending: Vec<&String> = ours.difference(&done).collect();
    let strange: Vec<&String> = done.difference(&ours).collect();
    if !strange.is_empty() {
        return (new(State::Broken, "doctor-schema-newer").with("names", list(strange)), false);
    }
    if !pending.is_empty() {
        return (new(State::Warning, "doctor-schema-older").with("names", list(pending)), false);
    }
    (new(State::Good, "doctor-schema-current").with("count", ours.len()), true)
}

/// The names in SeaORM's table of migrations; none when it is not there yet.
async fn done(db: &DatabaseConnection) -> Result<BTreeSet<String>, DbErr> {
    let backend = db.get_database_backend();
    let there = match backend {
        DatabaseBackend::Postgres => "SELECT CAST(to_regclass('seaql_migrations') AS text)",
        _ => "SELECT name FROM sqlite_master WHERE name = 'seaql_migrations'",
    };
    let row = db.query_one_raw(Statement::from_string(backend, there)).await?;
    let name: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
    if name.is_none() {
        return Ok(BTreeSet::new());
    }
    let rows = db.query_all_raw(Statement::from_string(backend, "SELECT version FROM seaql_migrations")).await?;
    rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect()
}

/// What only one of the engines has: SQLite's write-ahead log, PostgreSQL's encoding.
async fn engine(db: &DatabaseConnection) -> Option<Finding> {
    let (sql, wanted, good, bad) = match db.get_database_backend() {
        DatabaseBackend::Postgres => ("SHOW server_encoding", "UTF8", "doctor-encoding-utf8", "doctor-encoding-other"),
        _ => ("PRAGMA journal_mode", "wal", "doctor-wal-on", "doctor-wal-off"),
    };
    let found = text(db, sql).await.ok()?;
    let (state, key) = if found == wanted { (State::Good, good) } else { (State::Broken, bad) };
    Some(new(state, key).with("found", found))
}

/// The machine's clock against the database server's; with SQLite, which has none, against the newest fact.
async fn clocks(app: &App) -> Finding {
    let now = app.clock.now();
    let other = match server_time(&app.db).await {
        Ok(Some(time)) => Ok((now - time).abs()),
        Ok(None) => newest(&app.db).await.map(|at| at.map_or(TimeDelta::zero(), |at| at - now)),
        Err(error) => Err(error),
    };
    match other {
        Ok(apart) if apart.num_seconds() > CLOCKS_APART_S => {
            new(State::Broken, "doctor-clocks-apart").with("seconds", apart.num_seconds())
        }
        Ok(_) => new(State::Good, "doctor-clocks-agree"),
        Err(error) => new(State::Broken, "doctor-database-silent").with("cause", error),
    }
}

async fn server_time(db: &DatabaseConnection) -> Result<Option<DateTime<Utc>>, DbErr> {
    if db.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(None);
    }
    let row = db.query_one_raw(Statement::from_string(DatabaseBackend::Postgres, "SELECT now()")).await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}

async fn newest(db: &DatabaseConnection) -> Result<Option<DateTime<Utc>>, DbErr> {
    let fact = fact::Entity::find().order_by_desc(fact::Column::Id).one(db).await?;
    Ok(fact.map(|fact| fact.at))
}
