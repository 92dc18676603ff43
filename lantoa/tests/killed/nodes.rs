//! The built server as a child, somebody who is signed in to it, and the database it works on.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use lantoa::base::{App, Config, reaction};
use reqwest::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use reqwest::{Client, Response};
use sea_orm::{ConnectionTrait, Database};
use uuid::Uuid;

const START_TRIES: u32 = 600;
const DRAIN_TRIES: u32 = 300;

/// One or two nodes over one database.
pub struct Nodes {
    folder: std::path::PathBuf,
    database_url: String,
    children: Vec<Child>,
    pub address: String,
    /// Settings of theirs besides.
    pub settings: Vec<(String, String)>,
}

impl Nodes {
    pub fn new(database_url: String) -> Self {
        let folder = std::env::temp_dir().join(format!("lantoa-killed-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self { folder, database_url, children: Vec::new(), address: String::new(), settings: Vec::new() }
    }

    /// Starts as many nodes as the engine can share, and waits for the one that is asked.
    pub async fn start(&mut self, client: &Client) {
        let nodes = if self.database_url.is_empty() { 1 } else { 2 };
        for _ in 0..nodes {
            let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
            self.address = format!("http://127.0.0.1:{port}");
            let mut command = Command::new(env!("CARGO_BIN_EXE_lantoa"));
            command.args(["serve", "--demo"]).env_clear().env("LANTOA_DATA", &self.folder);
            command.env("LANTOA_LISTEN", format!("127.0.0.1:{port}")).env("LANTOA_LOG", "error");
            command.envs(self.settings.iter().cloned());
            if !self.database_url.is_empty() {
                command.env("DATABASE_URL", &self.database_url);
            }
            self.children.push(command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().expect("lantoa starts"));
            self.ready(client).await;
        }
    }

    async fn ready(&self, client: &Client) {
        for _ in 0..START_TRIES {
            if client.get(format!("{}/readyz", self.address)).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("lantoa was not ready in time");
    }

    /// SIGKILL: no chance to tidy up.
    pub fn kill(&mut self) {
        for mut child in self.children.drain(..) {
            child.kill().expect("a kill");
            child.wait().expect("an end");
        }
    }

    pub fn config(&self) -> Config {
        Config { data: self.folder.clone(), database_url: self.database_url.clone(), ..Config::default() }
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Somebody of the demo, signed in.
pub struct Person {
    pub client: Client,
    pub cookie: String,
}

impl Person {
    pub async fn sign_in(client: Client, address: &str, role: &str) -> Self {
        let request = client.post(format!("{address}/desk/sign-in/demo")).header("sec-fetch-site", "same-origin");
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(format!("role={role}"));
        let answer = request.send().await.expect("an answer");
        let lines = answer.headers().get_all(SET_COOKIE).into_iter().filter_map(|line| line.to_str().ok());
        let pairs: Vec<&str> = lines.filter_map(|line| line.split(';').next()).collect();
        assert!(!pairs.is_empty(), "signing in gave no session: {}", answer.status());
        Self { cookie: pairs.join("; "), client }
    }

    /// None where the server is gone.
    pub async fn post(&self, url: String, kind: &str, body: String) -> Option<Response> {
        let request = self.client.post(url).header(COOKIE, &self.cookie).header("sec-fetch-site", "same-origin");
        request.header(CONTENT_TYPE, kind).body(body).send().await.ok()
    }
}

/// Waits until the node that runs has answered everything; what a killed node had leased first has to run out.
pub async fn drained(app: &App) {
    for _ in 0..DRAIN_TRIES {
        if reaction::waiting(&app.db).await.expect("a count") == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    panic!("facts still wait for their answer: a kill lost them");
}

/// Tells one story.
pub fn run(story: impl Future<Output = ()>) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime").block_on(story);
}

/// Tells it over a database of its own on the tests' PostgreSQL.
#[expect(clippy::disallowed_methods, clippy::print_stdout, reason = "tests are told by the environment where PostgreSQL is")]
pub fn on_postgres<F: Future<Output = ()>>(story: impl FnOnce(String) -> F) {
    let Ok(server) = std::env::var("LANTOA_TEST_POSTGRES") else {
        assert!(std::env::var("CI").is_err(), "LANTOA_TEST_POSTGRES must be set under CI: run `make test`");
        println!("skipped: LANTOA_TEST_POSTGRES is not set; `make test` starts a private PostgreSQL");
        return;
    };
    run(async {
        let admin = Database::connect(&server).await.expect("LANTOA_TEST_POSTGRES answers");
        let name = format!("killed_{}", Uuid::now_v7().simple());
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
        let address = server.rsplit_once('/').map_or(server.as_str(), |(address, _)| address);
        story(format!("{address}/{name}")).await;
        admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("dropping it");
    });
}

/// A client that follows nothing and waits for a slow machine.
pub fn client() -> Client {
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(Duration::from_secs(30));
    client.build().expect("a client")
}
