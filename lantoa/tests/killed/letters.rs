//! Scenario C-3: the built server is killed while it sends a newsletter. Nobody gets a letter twice, and none is unaccounted for: sent, failed and
//! unknown add up to the list, and only a letter a connection and kill may be unknown.

use std::time::Duration;

use doubles::sink::{Habits, Sink};
use lantoa::base::{App, Clock};
use lantoa::capabilities::CAPABILITIES;
use lantoa::newsletters::delivery::counting;
use lantoa::newsletters::issue::{self, Issue, State};
use lantoa::newsletters::newsletter::{self, Newsletter, Rhythm, Scope};
use lantoa::newsletters::subscriber::{self, Subscriber};
use lantoa::people::agency;
use lantoa::server;
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::nodes::{Nodes, client, on_postgres, run};

const READERS: usize = 12_000;
const KILLS_MS: [u64; 8] = [60, 120, 200, 300, 150, 90, 250, 400];
const CONNECTIONS: usize = 3;
const TRIES: u32 = 600;

fn newsletter(agency: Uuid) -> Newsletter {
    let now = Clock::Machine.now();
    Newsletter {
        id: Uuid::now_v7(),
        agency,
        slug: "thu-gui".into(),
        name: "Thử gửi".into(),
        about: String::new(),
        language: lantoa::news::article::Language::Vi,
        scope: Scope::Agency,
        sections: "[]".into(),
        kinds: "[]".into(),
        rhythm: Rhythm::ByHand,
        hour: 7,
        weekday: 1,
        by_itself: false,
        sender_name: String::new(),
        purpose: "thử".into(),
        text_version: 1,
        state: newsletter::State::Open,
        drawn_until: now,
        next_at: None,
        made_by: Uuid::now_v7(),
        made_at: now,
        version: 1,
    }
}

/// A newsletter with its readers, and an issue that is approved and due.
async fn seeded(app: &App) -> Uuid {
    let now = Clock::Machine.now();
    let agency = agency::Entity::find().one(&app.db).await.expect("rows").expect("an agency").id;
    let newsletter = newsletter(agency);
    let of = newsletter.id;
    newsletter::Entity::insert(newsletter::ActiveModel::from(newsletter)).exec_without_returning(&app.db).await.expect("kept");
    let reader = |n: usize| Subscriber {
        id: Uuid::now_v7(),
        newsletter: of,
        address_key: format!("key-{n}"),
        address: format!("n{n}@example.vn"),
        name: "Người nhận".into(),
        state: subscriber::State::Active,
        origin: "import".into(),
        asked_at: now,
        confirmed_at: Some(now),
        left_at: None,
        left_how: String::new(),
        soft_bounces: 0,
        soft_at: None,
        text_version: 1,
    };
    let rows: Vec<subscriber::ActiveModel> = (0..READERS).map(|n| reader(n).into()).collect();
    for some in rows.chunks(500) {
        subscriber::Entity::insert_many(some.to_vec()).exec_without_returning(&app.db).await.expect("readers");
    }
    let issue = Issue {
        title: "Số thử".into(),
        frozen_text: "Chào %%lan-toa:leave%%".into(),
        frozen_html: "<p>Chào</p>".into(),
        state: State::Approved,
        approved_at: Some(now),
        ..Issue::blank(of, agency, None, now)
    };
    let id = issue.id;
    issue::Entity::insert(issue::ActiveModel::from(issue)).exec_without_returning(&app.db).await.expect("an issue");
    id
}

async fn kill_while_sending(database_url: String) {
    let sink = Sink::start(Habits { close_after: Some(250), keeps: false, ..Habits::default() }, 0).await.expect("a sink");
    let client = client();
    let mut nodes = Nodes::new(database_url);
    let relay = format!("{{url=\"{}\", per_second=0, connections={CONNECTIONS}, letters_per_connection=100000}}", sink.url());
    nodes.settings = vec![
        ("LANTOA_NEWSLETTERS__RELAYS".into(), format!("[{relay}]")),
        ("LANTOA_NEWSLETTERS__FROM".into(), "tin@lantoa.test".into()),
    ];
    let app = server::prepare(nodes.config(), CAPABILITIES, Clock::Machine, true).await.expect("the database opens");
    lantoa::people::province::settle(&app).await.expect("agencies");
    let issue = seeded(&app).await;
    let mut kills = 0;
    for after_ms in KILLS_MS {
        nodes.start(&client).await;
        tokio::time::sleep(Duration::from_millis(after_ms)).await;
        if sink.distinct() < READERS {
            kills += 1;
        }
        nodes.kill();
    }
    assert!(kills > 2 && sink.distinct() > 0, "no kill came in the midst of it: {kills}, {}", sink.distinct());
    nodes.start(&client).await;
    let mut left = TRIES;
    while Issue::find(&app.db, issue).await.expect("the issue").state != State::Sent {
        left -= 1;
        assert!(left > 0, "not sent in time: {:?}", counting::one(&app.db, issue).await);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    nodes.kill();
    let tally = counting::one(&app.db, issue).await.expect("a tally");
    assert!(sink.twice().is_empty(), "twice: {:?}", sink.twice());
    assert_eq!((tally.all(), tally.failed), (READERS as u64, 0), "{tally:?}");
    assert_eq!(tally.sent + tally.unknown, READERS as u64, "{tally:?}");
    assert!(tally.unknown <= (kills * CONNECTIONS) as u64, "{kills} kills: {tally:?}");
    let there = sink.distinct() as u64;
    assert!((tally.sent..=tally.sent + tally.unknown).contains(&there), "{there} at the sink: {tally:?}");
    app.db.close_by_ref().await.expect("closing");
}

#[test]
fn no_letter_is_lost_or_doubled_on_sqlite() {
    run(kill_while_sending(String::new()));
}

#[test]
fn no_letter_is_lost_or_doubled_on_postgres() {
    on_postgres(kill_while_sending);
}
