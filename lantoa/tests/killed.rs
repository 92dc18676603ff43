//! The built server is killed (SIGKILL) again and again while plans are read, adopted and told of. Afterwards nothing
//! that was answered is lost, nothing is there by halves, and every agency was told exactly once.

use std::collections::HashSet;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use lantoa::base::{App, Clock, Config, Fact, fact, reaction, seal};
use lantoa::capabilities::CAPABILITIES;
use lantoa::people::{Notice, notice};
use lantoa::plans::plan::State;
use lantoa::plans::{Plan, plan, provision};
use lantoa::server;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Response};
use sea_orm::{ColumnTrait, ConnectionTrait, Database, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

const PLAN: &str = include_str!("../data/demo-plan.txt");
/// Milliseconds from the first request to the kill: from before the first write to well after the last.
const KILLS_MS: [u64; 12] = [5, 25, 60, 110, 170, 240, 330, 430, 560, 720, 950, 1_300];
const START_TRIES: u32 = 600;
const DRAIN_TRIES: u32 = 300;

/// One or two nodes over one database.
struct Nodes {
    folder: std::path::PathBuf,
    database_url: String,
    children: Vec<Child>,
    address: String,
}

impl Nodes {
    fn new(database_url: String) -> Self {
        let folder = std::env::temp_dir().join(format!("lantoa-killed-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self { folder, database_url, children: Vec::new(), address: String::new() }
    }

    /// Starts as many nodes as the engine can share, and waits for the one that is asked.
    async fn start(&mut self, client: &Client) {
        let nodes = if self.database_url.is_empty() { 1 } else { 2 };
        for _ in 0..nodes {
            let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
            self.address = format!("http://127.0.0.1:{port}");
            let mut command = Command::new(env!("CARGO_BIN_EXE_lantoa"));
            command.args(["serve", "--demo"]).env_clear().env("LANTOA_DATA", &self.folder);
            command.env("LANTOA_LISTEN", format!("127.0.0.1:{port}")).env("LANTOA_LOG", "error");
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
    fn kill(&mut self) {
        for mut child in self.children.drain(..) {
            child.kill().expect("a kill");
            child.wait().expect("an end");
        }
    }

    fn config(&self) -> Config {
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

/// What the server promised by answering.
#[derive(Default)]
struct Promised {
    read: HashSet<Uuid>,
    adopted: HashSet<Uuid>,
}

struct Coordinator {
    client: Client,
    cookie: String,
}

impl Coordinator {
    async fn sign_in(client: Client, address: &str) -> Self {
        let request = client.post(format!("{address}/desk/sign-in/demo")).header("sec-fetch-site", "same-origin");
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body("role=coordinator");
        let answer = request.send().await.expect("an answer");
        let lines = answer.headers().get_all(SET_COOKIE).into_iter().filter_map(|line| line.to_str().ok());
        let pairs: Vec<&str> = lines.filter_map(|line| line.split(';').next()).collect();
        assert!(!pairs.is_empty(), "signing in gave no session: {}", answer.status());
        Self { cookie: pairs.join("; "), client }
    }

    async fn post(&self, url: String, kind: &str, body: String) -> Option<Response> {
        let request = self.client.post(url).header(COOKIE, &self.cookie).header("sec-fetch-site", "same-origin");
        request.header(CONTENT_TYPE, kind).body(body).send().await.ok()
    }

    /// Brings a plan in and adopts it; stops where the server is gone.
    async fn adopt_one(&self, address: &str, number: usize, promised: &mut Promised) -> Option<()> {
        let text = PLAN.replace("Số: 01/KH-UBND", &format!("Số: {:02}/KH-UBND", number + 10));
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"plan.txt\"\r\nContent-Type: text/plain\r\n\r\n{text}\r\n--edge--\r\n"
        );
        let answer = self.post(format!("{address}/desk/plans"), "multipart/form-data; boundary=edge", body).await?;
        let to = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
        assert_eq!(answer.status().as_u16(), 303, "reading: {}", answer.text().await.unwrap_or_default());
        let id: Uuid = to.trim_start_matches("/desk/plans/").trim_end_matches("/review").parse().expect("an id");
        promised.read.insert(id);
        let form = "application/x-www-form-urlencoded";
        let why = "why=Da%20doi%20chieu".to_owned();
        self.post(format!("{address}/desk/plans/{id}/confirmation"), form, why).await?;
        let answer = self.post(format!("{address}/desk/plans/{id}/adoption"), form, String::new()).await?;
        assert_eq!(answer.status().as_u16(), 303, "adopting: {}", answer.text().await.unwrap_or_default());
        promised.adopted.insert(id);
        Some(())
    }
}

async fn kill_again_and_again(database_url: String) {
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(Duration::from_secs(30));
    let client = client.build().expect("a client");
    let mut nodes = Nodes::new(database_url);
    nodes.start(&client).await;
    let who = Coordinator::sign_in(client.clone(), &nodes.address).await;
    let mut promised = Promised::default();
    for (number, after_ms) in KILLS_MS.into_iter().enumerate() {
        let address = nodes.address.clone();
        tokio::select! {
            _ = async { who.adopt_one(&address, number, &mut promised).await; std::future::pending::<()>().await } => {}
            () = tokio::time::sleep(Duration::from_millis(after_ms)) => {}
        }
        nodes.kill();
        nodes.start(&client).await;
    }
    assert!(!promised.read.is_empty() && !promised.adopted.is_empty(), "no kill came late enough to prove anything");
    let app = server::prepare(nodes.config(), CAPABILITIES, Clock::Machine, true).await.expect("the database opens");
    drained(&app).await;
    nodes.kill();
    whole(&app, &promised).await;
    told_once(&app).await;
    seal::seal(&app).await.expect("sealing");
    let verdict = seal::verify(&app).await.expect("a verdict");
    assert!(verdict.broken.is_empty(), "{verdict:?}");
    app.db.close_by_ref().await.expect("closing");
}

/// Waits until the node that runs has answered everything; what a killed node had leased first has to run out.
async fn drained(app: &App) {
    for _ in 0..DRAIN_TRIES {
        if reaction::waiting(&app.db).await.expect("a count") == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    panic!("facts still wait for their answer: a kill lost them");
}

/// What was promised is there, and nothing is there by halves.
async fn whole(app: &App, promised: &Promised) {
    let plans = plan::Entity::find().all(&app.db).await.expect("plans");
    let ids: HashSet<Uuid> = plans.iter().map(|plan| plan.id).collect();
    assert!(promised.read.is_subset(&ids), "a plan that was taken in is lost");
    for plan in &plans {
        let facts = fact::Model::history(&app.db, plan.id, 1_000).await.expect("facts");
        let read: Vec<u32> = facts
            .iter()
            .filter_map(|fact| if let Some(Fact::PlanRead { provisions, .. }) = fact.fact() { Some(provisions) } else { None })
            .collect();
        let kept = provision::Entity::find().filter(provision::Column::Plan.eq(plan.id)).count(&app.db).await.expect("a count");
        if !read.is_empty() {
            assert_eq!(read, [u32::try_from(kept).expect("few")], "{}: as many provisions as were read", plan.title());
        }
        let adoptions = facts.iter().filter(|fact| matches!(fact.fact(), Some(Fact::PlanAdopted { .. }))).count();
        let adopted = matches!(plan.state, State::Adopted | State::Replaced);
        assert_eq!(adoptions, usize::from(adopted), "{}: adopted and recorded, or neither", plan.title());
        assert!(adopted || !promised.adopted.contains(&plan.id), "{}: its adoption was answered and is lost", plan.title());
    }
}

/// Every agency named in an adopted plan has one notice of it.
async fn told_once(app: &App) {
    let adoptions = fact::Entity::find().filter(fact::Column::Kind.eq("PlanAdopted")).all(&app.db).await.expect("facts");
    assert!(!adoptions.is_empty());
    for adoption in adoptions {
        let named: HashSet<Uuid> = Plan::agencies_named(app, adoption.about).await.expect("agencies").into_iter().collect();
        let notices: Vec<Notice> =
            notice::Entity::find().filter(notice::Column::Fact.eq(adoption.id)).all(&app.db).await.expect("notices");
        let told: HashSet<Uuid> = notices.iter().map(|notice| notice.recipient).collect();
        assert_eq!(told.len(), notices.len(), "an agency was told twice");
        assert_eq!(told, named, "an agency was not told");
    }
}

fn run(story: impl Future<Output = ()>) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime").block_on(story);
}

#[test]
fn nothing_is_lost_or_doubled_on_sqlite() {
    run(kill_again_and_again(String::new()));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests are told by the environment where PostgreSQL is")]
fn nothing_is_lost_or_doubled_by_two_nodes_on_postgres() {
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
        kill_again_and_again(format!("{address}/{name}")).await;
        admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("dropping it");
    });
}
