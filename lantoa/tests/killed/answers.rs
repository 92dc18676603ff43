//! The built server is killed while officers hand in answers with a link as proof. What was answered "handed in" is there,
//! once, whole, with its proof and its fact; what was cut is not there at all, and pressing the same button again hands it in.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use lantoa::base::{App, Clock, fact};
use lantoa::capabilities::CAPABILITIES;
use lantoa::duties::{answer, proof};
use lantoa::server;
use reqwest::header::COOKIE;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::nodes::{Nodes, Person, client, on_postgres, run};

/// Milliseconds from the first press to the kill.
const KILLS_MS: [u64; 10] = [3, 8, 15, 25, 40, 60, 100, 250, 700, 1_800];
const SLOTS_OF_A_ROUND: usize = 3;
const FORM: &str = "application/x-www-form-urlencoded";

/// What came of the presses.
#[derive(Default)]
struct Pressed {
    /// Answered with "handed in".
    promised: HashSet<Uuid>,
    /// The line broke.
    cut: HashSet<Uuid>,
}

impl Person {
    /// The slots that are first on the officer's list: late or soon due, so that their periods have begun.
    async fn owed(&self, address: &str) -> Vec<Uuid> {
        let page = self.client.get(format!("{address}/desk/duties")).header(COOKIE, &self.cookie);
        let page = page.send().await.expect("the list").text().await.expect("a page");
        let mut found: Vec<Uuid> = page.split("href=\"/desk/duties/").filter_map(|rest| rest.get(..36)?.parse().ok()).collect();
        found.dedup();
        found
    }

    /// Gives a link as proof and presses the button; None where the server is gone.
    async fn hand_in(&self, address: &str, slot: Uuid) -> Option<u16> {
        let here = format!("{address}/desk/duties/{slot}");
        self.post(format!("{here}/links"), FORM, format!("address=https%3A%2F%2Fbaomau.vn%2F{slot}")).await?;
        let page = self.client.get(&here).header(COOKIE, &self.cookie).send().await.ok()?.text().await.ok()?;
        let form = "&field=so_tin_bai&field=so_lop&field=so_nguoi&field=ty_le_can_bo&field=co_chuyen_muc\
            &f0=1&f1=1&f2=1&f3=1&f3-whole=1&f4=no";
        let fields = if page.contains("name=\"field\"") { form } else { "" };
        let body = format!("key=cut-{slot}&seen=0&draft=0&outcome=reported&text=Xong&late_reason=Cho&excusable=yes{fields}");
        Some(self.post(format!("{here}/answer"), FORM, body).await?.status().as_u16())
    }

    async fn hand_in_all(&self, address: &str, slots: &[Uuid], pressed: &mut Pressed) {
        pressed.cut.extend(slots);
        for &slot in slots {
            let Some(status) = self.hand_in(address, slot).await else { return };
            assert_eq!(status, 303, "{slot}");
            pressed.cut.remove(&slot);
            pressed.promised.insert(slot);
        }
    }
}

async fn kill_while_handing_in(database_url: String) {
    let client = client();
    let mut nodes = Nodes::new(database_url);
    nodes.start(&client).await;
    let who = Person::sign_in(client.clone(), &nodes.address, "officer").await;
    let owed = who.owed(&nodes.address).await;
    assert!(owed.len() >= KILLS_MS.len(), "only {} slots", owed.len());
    let mut pressed = Pressed::default();
    let rounds = owed.chunks(owed.len().div_ceil(KILLS_MS.len()).min(SLOTS_OF_A_ROUND));
    for (slots, after_ms) in rounds.zip(KILLS_MS) {
        let address = nodes.address.clone();
        tokio::select! {
            () = async { who.hand_in_all(&address, slots, &mut pressed).await; std::future::pending::<()>().await } => {}
            () = tokio::time::sleep(Duration::from_millis(after_ms)) => {}
        }
        nodes.kill();
        nodes.start(&client).await;
    }
    let cut: Vec<Uuid> = pressed.cut.iter().copied().collect();
    assert!(!cut.is_empty() && !pressed.promised.is_empty(), "the kills came all too late or all too early");
    let app = server::prepare(nodes.config(), CAPABILITIES, Clock::Machine, true).await.expect("the database opens");
    whole(&app, &pressed).await;
    // The browser still shows the form: the same button is pressed again, twice.
    for slot in cut {
        for _ in 0..2 {
            assert_eq!(who.hand_in(&nodes.address, slot).await, Some(303), "{slot}");
        }
        pressed.promised.insert(slot);
    }
    nodes.kill();
    whole(&app, &pressed).await;
    app.db.close_by_ref().await.expect("closing");
}

/// Each answer is there once with its fact and its proof, and none that was promised is missing.
async fn whole(app: &App, pressed: &Pressed) {
    let made = answer::Entity::find().filter(answer::Column::Key.starts_with("cut-")).all(&app.db).await.expect("answers");
    let mut versions: HashMap<Uuid, u32> = HashMap::new();
    for answer in &made {
        *versions.entry(answer.slot).or_default() += 1;
        let proofs = proof::Entity::find().filter(proof::Column::Answer.eq(answer.id)).all(&app.db).await.expect("proofs");
        assert_eq!(proofs.len(), 1, "{}: an answer without its proof", answer.slot);
        let said = fact::Entity::find().filter(fact::Column::About.eq(answer.slot));
        let said = said.filter(fact::Column::Kind.eq("AnswerSubmitted")).all(&app.db).await.expect("facts");
        assert_eq!(said.len(), 1, "{}: handed in and recorded, once", answer.slot);
    }
    assert!(versions.values().all(|count| *count == 1), "an answer was doubled");
    for slot in &pressed.promised {
        assert!(versions.contains_key(slot), "{slot}: was answered \"handed in\" and is lost");
    }
}

#[test]
fn no_answer_is_lost_or_doubled_on_sqlite() {
    run(kill_while_handing_in(String::new()));
}

#[test]
fn no_answer_is_lost_or_doubled_by_two_nodes_on_postgres() {
    on_postgres(kill_while_handing_in);
}
