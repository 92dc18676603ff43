//! What a story stands on: a folder and a database of its own. The database is a copy of one that was migrated once for this
//! build: a thousand stories would otherwise spend more time on migrations than on what they tell.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, Statement};

use super::Engine;
use crate::base::{App, Config, database, new_id};
use crate::capabilities::CAPABILITIES;

/// Where a house keeps its things, cleared away after the story.
#[derive(Clone)]
pub struct Ground {
    folder: PathBuf,
    postgres: Option<Postgres>,
}

/// A database of a server.
#[derive(Clone)]
struct Postgres {
    server: String,
    name: String,
}

impl Ground {
    /// A fresh one. Without `LANTOA_TEST_POSTGRES` there is none on PostgreSQL, which is said; under CI that is a failure.
    pub async fn lay(engine: Engine) -> Option<Self> {
        let id = new_id().simple().to_string();
        let folder = std::env::temp_dir().join(format!("lantoa-test-{id}"));
        let postgres = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Postgres { server: server()?, name: format!("t{id}") }),
        };
        std::fs::create_dir_all(&folder).expect("a folder");
        match &postgres {
            Some(postgres) => postgres.copy().await,
            None => copy_sqlite(&folder).await,
        }
        Some(Self { folder, postgres })
    }

    /// The settings of a house that stands here.
    pub fn config(&self) -> Config {
        let database_url = self.postgres.as_ref().map(|one| at(&one.server, &one.name)).unwrap_or_default();
        Config { data: self.folder.clone(), database_url, public_url: "http://localhost".into(), ..Config::default() }
    }

    /// Clears everything away.
    pub async fn close(self, app: &App) {
        let _ = app.db.close_by_ref().await;
        if let Some(Postgres { server, name }) = &self.postgres {
            let admin = one(server).await;
            let _ = admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[expect(clippy::disallowed_methods, reason = "tests are told by the environment where PostgreSQL is")]
fn server() -> Option<String> {
    let server = std::env::var("LANTOA_TEST_POSTGRES").ok();
    if server.is_none() {
        assert!(std::env::var("CI").is_err(), "LANTOA_TEST_POSTGRES must be set under CI: run `make test`");
        println!("skipped: LANTOA_TEST_POSTGRES is not set; `make test` starts a private PostgreSQL");
    }
    server
}

/// A single connection: what it holds ends with it.
async fn one(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.expect("LANTOA_TEST_POSTGRES answers")
}

/// When this program was built.
fn built() -> SystemTime {
    let program = std::env::current_exe().and_then(std::fs::metadata).expect("this program");
    program.modified().expect("a time")
}

impl Postgres {
    async fn copy(&self) {
        let admin = one(&self.server).await;
        let original = format!("lantoa_{}", built().duration_since(UNIX_EPOCH).expect("a time after 1970").as_nanos());
        // Every story runs in a process of its own: the first one migrates, the others wait for it.
        admin.execute_unprepared("SELECT pg_advisory_lock(11866119)").await.expect("a lock");
        let known = format!("SELECT 1 FROM pg_database WHERE datname = '{original}'");
        let known = admin.query_one_raw(Statement::from_string(DatabaseBackend::Postgres, known)).await.expect("an answer");
        if known.is_none() {
            let half = format!("{original}_half");
            let begin = format!("DROP DATABASE IF EXISTS {half} WITH (FORCE)");
            admin.execute_unprepared(&begin).await.expect("nothing half done");
            admin.execute_unprepared(&format!("CREATE DATABASE {half}")).await.expect("a database");
            database::migrate(&at(&self.server, &half), CAPABILITIES).await.expect("migrations");
            admin.execute_unprepared(&format!("ALTER DATABASE {half} RENAME TO {original}")).await.expect("a name");
        }
        admin.execute_unprepared("SELECT pg_advisory_unlock(11866119)").await.expect("no lock");
        let copy = format!("CREATE DATABASE {} TEMPLATE {original} STRATEGY file_copy", self.name);
        admin.execute_unprepared(&copy).await.expect("a copy");
        admin.close().await.expect("closing");
    }
}

/// The original lies beside the program. Two that find none make one each, and the later takes the place of the earlier.
async fn copy_sqlite(folder: &Path) {
    let original = std::env::current_exe().expect("this program").with_extension("sqlite");
    let is_fresh = original.metadata().and_then(|file| file.modified()).is_ok_and(|at| at >= built());
    if !is_fresh {
        let made = original.with_extension(format!("sqlite-{}", new_id().simple()));
        let url = format!("sqlite://{}?mode=rwc", made.display());
        database::migrate(&url, CAPABILITIES).await.expect("migrations");
        std::fs::rename(&made, &original).expect("a place for the original");
    }
    std::fs::copy(&original, folder.join("lantoa.sqlite")).expect("a copy");
}

/// The server's address with another database in its path.
fn at(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').map_or((server, None), |(address, query)| (address, Some(query)));
    let base = match address.find("://").and_then(|start| address[start + 3..].find('/').map(|slash| start + 3 + slash)) {
        Some(slash) => &address[..slash],
        None => address,
    };
    query.map_or_else(|| format!("{base}/{name}"), |query| format!("{base}/{name}?{query}"))
}
