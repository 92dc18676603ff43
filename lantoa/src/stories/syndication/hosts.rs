//! A host that does not answer holds nobody, and is given up after two weeks.

use std::time::Duration;

use sea_orm::ActiveValue::Set;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::*;
use crate::base::{chore, new_id};
use crate::story;
use crate::syndication::delivery::State;
use crate::syndication::{Actor, follower, host, message, tending};

/// Nobody listens there.
const DEAD: &str = "127.0.0.1:9";

async fn many_at_a_dead_host(house: &House, actor: Uuid, count: usize) {
    let rows = (0..count).map(|number| follower::ActiveModel {
        id: Set(new_id()),
        actor: Set(actor),
        remote: Set(format!("http://{DEAD}/users/{number}")),
        host: Set(DEAD.into()),
        inbox: Set(format!("http://{DEAD}/users/{number}/inbox")),
        shared_inbox: Set(String::new()),
        since: Set(house.app.clock.now()),
    });
    follower::Entity::insert_many(rows).exec_without_returning(&house.app.db).await.expect("followers");
}

async fn tend(house: &House) {
    let tending = tending::chore();
    chore::enlist(&house.app, &[tending]).await.expect("enlisted");
    house.app.clock.advance(TimeDelta::hours(1));
    assert!(chore::turn(&house.app, &tending).await.expect("a turn"));
    let row = chore::Entity::find_by_id("tend-syndication").one(&house.app.db).await.expect("rows").expect("a chore");
    assert_eq!(row.error, None);
}

story!(a_dead_host_holds_no_other_and_is_given_up, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let server = server(&house).await;
    introduced(&house, &server, &[NAME]).await;
    follow(&house, &server, 1, NAME).await.expect(202);
    after(&house, 1).await;
    let actor = follower::Entity::find().one(&house.app.db).await.expect("rows").expect("a follower").actor;
    many_at_a_dead_host(&house, actor, 400).await;
    cast.published(&house, "Bài cho mọi người").await;
    house.react().await;
    after(&house, 1).await;
    assert_eq!(shown(&server), ["Accept", "Create"], "in the first turn");
    let tried = |rows: &[Delivery]| rows.iter().map(|one| one.attempts).sum::<i32>();
    let before = tried(&deliveries(&house).await);
    assert!(before <= 10, "{before} attempts");
    after(&house, 1).await;
    assert_eq!(tried(&deliveries(&house).await), before, "it rests");
    after(&house, 7 * 3_600).await;
    assert_eq!(tried(&deliveries(&house).await), before + 1, "and is tried with one message");
    let administrator = house.someone(Role::AgencyAdministrator, Some(&cast.agency)).await;
    let page = administrator.get(&format!("/desk/syndication/{}", cast.agency.id)).await.expect(200);
    page.says(DEAD).says("Không trả lời");
    let sheet = administrator.get(&format!("/desk/syndication/{}/hosts.csv", cast.agency.id)).await.expect(200);
    sheet.says(DEAD);
    // Given up after three days, one by one; the host after two weeks, with who is there.
    house.app.clock.advance(TimeDelta::days(4));
    tend(&house).await;
    let failed = deliveries(&house).await.iter().filter(|one| one.state == State::Failed).count();
    assert_eq!(failed, 400);
    house.app.clock.advance(TimeDelta::days(11));
    tend(&house).await;
    assert_eq!(follower::Entity::find().count(&house.app.db).await.expect("rows"), 1);
    assert_eq!((facts(&house, "HostReleased").await, host::Entity::find().count(&house.app.db).await.expect("rows")), (1, 0));
    let administrator = house.someone(Role::AgencyAdministrator, Some(&cast.agency)).await;
    administrator.get(&format!("/desk/syndication/{}", cast.agency.id)).await.expect(200).says("1 người theo dõi trên 1 máy chủ");
});

story!(a_node_that_died_leaves_its_message_to_another, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let server = server(&house).await;
    introduced(&house, &server, &[NAME]).await;
    follow(&house, &server, 1, NAME).await.expect(202);
    let row = deliveries(&house).await.remove(0);
    let leased = delivery::ActiveModel {
        id: Set(row.id),
        leased_until: Set(Some(house.app.clock.now() + TimeDelta::seconds(60))),
        attempts: Set(1),
        ..Default::default()
    };
    delivery::Entity::update(leased).exec(&house.app.db).await.expect("leased");
    after(&house, 1).await;
    assert!(shown(&server).is_empty(), "it is another's");
    after(&house, 60).await;
    assert_eq!(shown(&server), ["Accept"]);
});

story!(of_the_words_of_a_feed_the_newest_are_kept, |house| {
    let house = open(house);
    let now = house.app.clock.now();
    let said = |number: i64| {
        let iri = format!("http://localhost/tin-tuc/rss.xml#{number}");
        message::Model {
            id: message::id_of(&iri),
            iri,
            kind: message::Kind::Content,
            actor: None,
            article: None,
            topic: "http://localhost/tin-tuc/rss.xml".into(),
            media_type: "application/rss+xml".into(),
            body: format!("<rss>{number}</rss>"),
            at: now - TimeDelta::days(30) + TimeDelta::hours(number),
        }
    };
    for number in 1..=3 {
        said(number).keep(&house.app.db).await.expect("kept");
    }
    tend(&house).await;
    let kept = message::Entity::find().all(&house.app.db).await.expect("rows");
    assert_eq!(kept.iter().map(|one| one.body.as_str()).collect::<Vec<_>>(), ["<rss>3</rss>"]);
});

story!(a_node_that_stops_lets_arrive_what_is_on_the_line, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched_on(&cast).await;
    let actor = Actor::all(&house.app.db).await.expect("rows").remove(0).id;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let host = listener.local_addr().expect("an address").to_string();
    let slow = follower::ActiveModel {
        id: Set(new_id()),
        actor: Set(actor),
        remote: Set(format!("http://{host}/users/1")),
        host: Set(host.clone()),
        inbox: Set(format!("http://{host}/users/1/inbox")),
        shared_inbox: Set(String::new()),
        since: Set(house.app.clock.now()),
    };
    follower::Entity::insert(slow).exec_without_returning(&house.app.db).await.expect("a follower");
    cast.published(&house, "Bài đang trên đường").await;
    house.react().await;
    house.app.clock.advance(TimeDelta::seconds(1));
    let (stop, stopped) = watch::channel(false);
    let answering = async {
        let (mut line, _) = listener.accept().await.expect("a call");
        let mut heard = vec![0; 64 * 1024];
        assert!(line.read(&mut heard).await.expect("a request") > 0);
        // The node is told to stop while the other side thinks.
        stop.send(true).expect("somebody listens");
        tokio::time::sleep(Duration::from_millis(700)).await;
        // What is left of the request: closing over unread bytes would take the answer back.
        let _ = tokio::time::timeout(Duration::from_millis(100), line.read(&mut heard)).await;
        line.write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await.expect("an answer");
    };
    let both = async { futures_util::join!(sending::keep_up(house.app.clone(), stopped), answering) };
    tokio::time::timeout(Duration::from_secs(15), both).await.expect("an end");
    let states: Vec<State> = deliveries(&house).await.iter().map(|one| one.state).collect();
    assert_eq!(states, [State::Told]);
});
