//! Feeds are pushed to who subscribed and said so.
//!
//! Scenario C-5: what is pushed is signed; a callback into our own network is refused; ten thousand that never answer hold nobody.

use doubles::subscriber::{Manner, Subscriber};
use sea_orm::ActiveValue::Set;

use super::*;
use crate::base::new_id;
use crate::stories::news::act;
use crate::story;
use crate::syndication::subscription::{self, Subscription, pair_hash};

const FEED: &str = "http://localhost/tin-tuc/rss.xml";
const SECRET: &str = "bi-mat-cua-nguoi-nghe";
/// Subscriptions of one host that takes a call and says nothing.
const SILENT: usize = 10_000;

async fn subscriber(topic: &str) -> Serving<Subscriber> {
    let double = Subscriber { secret: SECRET.into(), topic: topic.into(), ..Subscriber::default() };
    Serving::start(double, 0).await.expect("a port")
}

async fn ask(house: &House, mode: &str, callback: &str, topic: &str) -> Answer {
    let fields = [("hub.mode", mode), ("hub.callback", callback), ("hub.topic", topic), ("hub.secret", SECRET)];
    house.visitor().post("/websub", &fields).await
}

async fn subscriptions(house: &House) -> Vec<Subscription> {
    subscription::Entity::find().all(&house.app.db).await.expect("rows")
}

story!(who_wants_a_feed_is_asked_back_and_then_told_of_changes, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let feed = house.visitor().get("/tin-tuc/rss.xml").await.expect(200);
    assert_eq!(feed.headers["link"], format!("<{FEED}>; rel=\"self\", <http://localhost/websub>; rel=\"hub\""));
    feed.says("rel=\"hub\"");
    house.visitor().get("/tin-tuc/atom.xml").await.expect(200).says("<link rel=\"hub\" href=\"http://localhost/websub\"/>");
    house.visitor().get("/tin-tuc/feed.json").await.expect(200).says("\"WebSub\"");
    let reader = subscriber(FEED).await;
    let callback = format!("{}/nghe?a=1", reader.base());
    ask(&house, "subscribe", &callback, FEED).await.expect(202);
    assert!(subscriptions(&house).await.is_empty(), "not before it said so");
    after(&house, 1).await;
    let kept = subscriptions(&house).await.remove(0);
    assert!(kept.callback == callback && !kept.secret.contains(SECRET), "{kept:?}");
    cast.published(&house, "Bài & được đẩy").await;
    house.react().await;
    after(&house, 1).await;
    after(&house, 5).await;
    // One lock at a time: a second one in the same statement waits for the first for ever.
    let (received, forged) = {
        let double = reader.double();
        (double.received.clone(), double.forged)
    };
    assert_eq!((received.len(), forged), (1, 0));
    let told = String::from_utf8_lossy(&received[0]).into_owned();
    assert!(told.contains("Bài &amp; được đẩy") && told.starts_with("<?xml"), "{told}");
    // A change of something else is none of this feed.
    let path = cast.approved(&house, "Bài chưa đăng").await;
    house.react().await;
    after(&house, 5).await;
    assert_eq!(reader.double().received.len(), 1);
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Sai"), ("fate", "stays")]).await.expect(303);
    house.react().await;
    after(&house, 5).await;
    let last = reader.double().received.last().map(|body| String::from_utf8_lossy(body).into_owned()).unwrap_or_default();
    assert!(!last.contains("Bài chưa đăng"), "the newest words go out: {last}");
    ask(&house, "unsubscribe", &callback, FEED).await.expect(202);
    after(&house, 5).await;
    assert!(subscriptions(&house).await.is_empty());
});

story!(what_nobody_wants_or_nobody_may_reach_is_refused, |house| {
    let house = open(house);
    Cast::of(&house).await;
    let reader = subscriber(FEED).await;
    let callback = format!("{}/nghe", reader.base());
    for (manner, asked) in [(Manner::Surprised, 1), (Manner::Careless, 2)] {
        reader.double().manner = manner;
        ask(&house, "subscribe", &callback, FEED).await.expect(202);
        after(&house, 5).await;
        assert!(subscriptions(&house).await.is_empty(), "{manner:?} {asked}");
    }
    ask(&house, "subscribe", &callback, "https://khac.example/rss.xml").await.expect(400).says("no feed of this hub");
    ask(&house, "subscribe", &callback, "http://localhost/co-quan/khong-co/tin-tuc/rss.xml").await.expect(400);
    ask(&house, "subscribe", "khong phai", FEED).await.expect(400).says("hub.callback");
    ask(&house, "dance", &callback, FEED).await.expect(400).says("hub.mode");
    house.visitor().post("/websub", &[]).await.expect(400);
    let house = house.configured(|config| config.syndication_private = false);
    for inside in [
        "http://127.0.0.1:1/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/x",
        "https://localhost/x",
        "https://10.1.2.3/x",
    ] {
        ask(&house, "subscribe", inside, FEED).await.expect(400).says("private network");
    }
    // One that was written while it was allowed, by a name that leads inside.
    let by_name = callback.replace("127.0.0.1", "localhost");
    let allowing = house.configured(|config| config.syndication_private = true);
    reader.double().manner = Manner::Good;
    let asked = reader.double().asked;
    ask(&allowing, "subscribe", &by_name, FEED).await.expect(202);
    let house = allowing.configured(|config| config.syndication_private = false);
    after(&house, 1).await;
    assert_eq!((subscriptions(&house).await.len(), reader.double().asked), (0, asked));
    assert!(deliveries(&house).await.iter().any(|one| one.error.as_deref() == Some("private")));
});

story!(ten_thousand_that_never_answer_hold_nobody, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let (reader, mute) = (subscriber(FEED).await, subscriber(FEED).await);
    ask(&house, "subscribe", &format!("{}/nghe", reader.base()), FEED).await.expect(202);
    after(&house, 1).await;
    let now = house.app.clock.now();
    let host = mute.address.to_string();
    for some in (0..SILENT).collect::<Vec<usize>>().chunks(500) {
        let rows = some.iter().map(|number| {
            let callback = format!("http://{host}/{number}");
            subscription::ActiveModel {
                id: Set(new_id()),
                topic: Set(FEED.into()),
                pair_hash: Set(pair_hash(FEED, &callback)),
                callback: Set(callback),
                host: Set(host.clone()),
                secret: Set(String::new()),
                since: Set(now),
                expires_at: Set(now + TimeDelta::days(10)),
            }
        });
        subscription::Entity::insert_many(rows).exec_without_returning(&house.app.db).await.expect("rows");
    }
    mute.double().manner = Manner::Silent;
    cast.published(&house, "Bài cho mười nghìn người").await;
    house.react().await;
    after(&house, 1).await;
    assert_eq!(reader.double().received.len(), 1);
    let tried: i32 = deliveries(&house).await.iter().filter(|one| one.host == host).map(|one| one.attempts).sum();
    assert!((1..=8).contains(&tried), "{tried} attempts for {SILENT} that wait");
    // Who is gone is asked no more.
    reader.double().manner = Manner::Gone;
    cast.published(&house, "Bài thứ hai").await;
    house.react().await;
    after(&house, 1).await;
    assert_eq!(subscriptions(&house).await.len(), SILENT);
});
