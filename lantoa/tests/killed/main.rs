//! The built server is killed (SIGKILL) again and again while plans are read, adopted and told of. Afterwards nothing
//! that was answered is lost, nothing is there by halves, and every agency was told exactly once.

mod answers;
mod letters;
mod nodes;

use std::collections::HashSet;
use std::time::Duration;

use lantoa::base::{App, Clock, Fact, fact, seal};
use lantoa::capabilities::CAPABILITIES;
use lantoa::people::{Notice, notice};
use lantoa::plans::plan::State;
use lantoa::plans::{Plan, plan, provision};
use lantoa::server;
use reqwest::header::LOCATION;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use self::nodes::{Nodes, Person, client, drained, on_postgres, run};

const PLAN: &str = include_str!("../../data/demo-plan.txt");
/// Milliseconds from the first request to the kill: from before the first write to well after the last.
const KILLS_MS: [u64; 12] = [5, 25, 60, 110, 170, 240, 330, 430, 560, 720, 950, 1_300];

/// A server that is left alone answers within it, on the slowest of machines.
const ANSWERED_WITHIN: Duration = Duration::from_secs(60);

/// What the server promised by answering.
#[derive(Default)]
struct Promised {
    read: HashSet<Uuid>,
    adopted: HashSet<Uuid>,
}

impl Person {
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
    let client = client();
    let mut nodes = Nodes::new(database_url);
    nodes.start(&client).await;
    let who = Person::sign_in(client.clone(), &nodes.address, "coordinator").await;
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
    // However slow the machine is, one kill comes right after an adoption was answered.
    let address = nodes.address.clone();
    let adopting = who.adopt_one(&address, KILLS_MS.len(), &mut promised);
    tokio::time::timeout(ANSWERED_WITHIN, adopting).await.expect("an adoption is answered in time");
    nodes.kill();
    nodes.start(&client).await;
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

#[test]
fn nothing_is_lost_or_doubled_on_sqlite() {
    run(kill_again_and_again(String::new()));
}

#[test]
fn nothing_is_lost_or_doubled_by_two_nodes_on_postgres() {
    on_postgres(kill_again_and_again);
}
