//! The contract with WebSub subscribers, against the double (scenario C-5: signed; one who never answers).

use std::time::Duration;

use crate::loopback::Loopback;
use doubles::service::Serving;
use doubles::subscriber::{Manner, Subscriber};
use platforms::websub::{Asked, BadAsk, Content, Mode, asked, distribute, signature, verify};
use platforms::{Outcome, Why};

const TOPIC: &str = "https://tinh-mau.example/tin.rss";

async fn subscriber(manner: Manner) -> (Serving<Subscriber>, Asked) {
    let double = Subscriber { manner, secret: "secret-of-the-test".to_owned(), topic: TOPIC.to_owned(), ..Subscriber::default() };
    let serving = Serving::start(double, 0).await.expect("a port");
    let asked = Asked {
        mode: Mode::Subscribe,
        topic: TOPIC.to_owned(),
        callback: format!("{}/callback?id=1", serving.base()),
        lease_s: 86_400,
        secret: Some("secret-of-the-test".into()),
    };
    (serving, asked)
}

fn content(body: &str) -> Content<'_> {
    Content { hub: "https://tinh-mau.example/hub", topic: TOPIC, mime: "application/rss+xml", body: body.as_bytes() }
}

#[tokio::test]
async fn only_who_says_the_challenge_back_is_believed() {
    for (manner, wants) in [(Manner::Good, true), (Manner::Surprised, false), (Manner::Careless, false), (Manner::Gone, false)] {
        let (_serving, asked) = subscriber(manner).await;
        assert_eq!(verify(&Loopback, &asked, "challenge-1").await, Ok(wants), "{manner:?}");
    }
    let (_serving, asked) = subscriber(Manner::Broken).await;
    assert_eq!(verify(&Loopback, &asked, "challenge-1").await.map_err(|refusal| refusal.why), Err(Why::Unavailable));
    let (serving, mut asked) = subscriber(Manner::Good).await;
    asked.topic = "https://tinh-mau.example/khac.rss".to_owned();
    assert_eq!(verify(&Loopback, &asked, "challenge-1").await, Ok(false), "it wanted another topic");
    assert_eq!(serving.double().asked, 1);
}

#[tokio::test]
async fn what_changed_arrives_signed() {
    let (serving, asked) = subscriber(Manner::Good).await;
    let outcome = distribute(&Loopback, &content("<rss/>"), &asked.callback, asked.secret.as_ref()).await;
    assert!(matches!(outcome, Outcome::Published(_)), "{outcome:?}");
    assert_eq!(serving.double().received, ["<rss/>"]);
    // Success of HTTP says nothing of the signature: a subscriber passes a wrong one over in silence.
    let outcome = distribute(&Loopback, &content("<rss/>"), &asked.callback, Some(&"another".into())).await;
    assert!(matches!(outcome, Outcome::Published(_)), "{outcome:?}");
    let double = serving.double();
    assert_eq!((double.received.len(), double.forged), (1, 1));
}

#[tokio::test]
async fn who_wants_nothing_more_is_gone_and_who_is_broken_is_asked_again() {
    for (manner, why) in [(Manner::Gone, Why::Gone), (Manner::Broken, Why::Unavailable), (Manner::Surprised, Why::Unavailable)] {
        let (_serving, asked) = subscriber(manner).await;
        let outcome = distribute(&Loopback, &content("<rss/>"), &asked.callback, None).await;
        assert!(matches!(&outcome, Outcome::Refused(refusal) if refusal.why == why), "{manner:?}: {outcome:?}");
    }
}

#[tokio::test]
async fn one_who_never_answers_holds_only_his_own_line() {
    let (_silent, never) = subscriber(Manner::Silent).await;
    let (good, asked) = subscriber(Manner::Good).await;
    let waiting = content("<rss/>");
    let hangs = distribute(&Loopback, &waiting, &never.callback, None);
    let arrives = distribute(&Loopback, &waiting, &asked.callback, asked.secret.as_ref());
    tokio::select! {
        outcome = hangs => panic!("{outcome:?}"),
        outcome = arrives => assert!(matches!(outcome, Outcome::Published(_)), "{outcome:?}"),
    }
    assert_eq!(good.double().received.len(), 1);
    let nowhere = distribute(&Loopback, &waiting, "http://127.0.0.1:1/callback", None).await;
    assert!(matches!(&nowhere, Outcome::Refused(refusal) if refusal.why == Why::Unavailable), "{nowhere:?}");
    // Whoever opens the line bounds the wait.
    let bounded = tokio::time::timeout(Duration::from_millis(50), distribute(&Loopback, &waiting, &never.callback, None));
    assert!(bounded.await.is_err());
}

#[test]
fn a_request_is_read_with_its_limits() {
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let whole = [("hub.mode", "subscribe"), ("hub.topic", TOPIC), ("hub.callback", "https://doc.example/cb")];
    let read = asked(&pairs(&whole)).expect("a request");
    assert_eq!((read.lease_s, read.secret), (10 * 86_400, None));
    let with = |name: &'static str, value: &str| {
        let mut changed: Vec<(&str, &str)> = whole.iter().filter(|(is, _)| *is != name).copied().collect();
        changed.push((name, value));
        asked(&pairs(&changed))
    };
    assert_eq!(with("hub.lease_seconds", "1").expect("a request").lease_s, 86_400);
    assert_eq!(with("hub.lease_seconds", "99999999").expect("a request").lease_s, 30 * 86_400);
    assert_eq!(with("hub.lease_seconds", "soon"), Err(BadAsk::Lease));
    assert_eq!(with("hub.mode", "publish"), Err(BadAsk::Mode));
    assert_eq!(with("hub.topic", ""), Err(BadAsk::Topic));
    assert_eq!(with("hub.callback", "file:///etc/passwd"), Err(BadAsk::Callback));
    assert_eq!(with("hub.secret", &"a".repeat(200)), Err(BadAsk::Secret));
    assert!(with("hub.secret", &"a".repeat(199)).is_ok());
}

/// Test case 2 of RFC 4231.
#[test]
fn a_signature_is_the_hmac_of_the_body() {
    assert_eq!(
        signature(&"Jefe".into(), b"what do ya want for nothing?"),
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
}
