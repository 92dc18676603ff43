//! The contract with push services and the browsers behind them, against the double.

use crate::loopback::Loopback;
use doubles::Trick;
use doubles::push::PushService;
use doubles::service::Serving;
use platforms::webpush::{BadSubscription, Keys, Notice, Subscription, Urgency, send};
use platforms::{Outcome, Why};

const NOW_S: i64 = 1_795_000_000;

async fn service(keys: &Keys) -> (Serving<PushService>, Subscription) {
    let serving = Serving::start(PushService { now_s: NOW_S, ..PushService::default() }, 0).await.expect("a port");
    let base = serving.base();
    let json = serving.double().subscribe(&base, 7, &keys.public());
    let subscription = Subscription::from_json(&json).expect("a subscription");
    (serving, subscription)
}

fn keys() -> Keys {
    Keys::generate("mailto:quan-tri@tinh-mau.example").expect("keys")
}

fn notice(words: &str) -> Notice {
    Notice { content: words.as_bytes().to_vec(), ttl_s: 3_600, urgency: Urgency::High, topic: None }
}

#[tokio::test]
async fn a_browser_reads_what_the_service_can_not() {
    let keys = keys();
    let (serving, to) = service(&keys).await;
    let outcome = send(&Loopback, &keys, &to, &notice("Cảnh báo triều cường"), NOW_S).await;
    let Outcome::Published(copy) = outcome else { panic!("{outcome:?}") };
    assert!(copy.id.contains("/notice/"), "{}", copy.id);
    let shown = serving.double().browsers["browser-7"].shown.clone();
    assert_eq!(shown[0].content, "Cảnh báo triều cường".as_bytes());
    assert_eq!((shown[0].ttl.as_str(), shown[0].urgency.as_str()), ("3600", "high"));
}

#[tokio::test]
async fn a_notice_of_the_same_topic_takes_the_place_of_the_one_before() {
    let keys = keys();
    let (serving, to) = service(&keys).await;
    for words in ["Nước lên 1,5 m", "Nước lên 1,7 m"] {
        let notice = Notice { topic: Some("trieu-cuong".to_owned()), ..notice(words) };
        assert!(matches!(send(&Loopback, &keys, &to, &notice, NOW_S).await, Outcome::Published(_)));
    }
    let shown = serving.double().browsers["browser-7"].shown.clone();
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].content, "Nước lên 1,7 m".as_bytes());
    let spoilt = Notice { topic: Some("triều cường".to_owned()), ..notice("") };
    let outcome = send(&Loopback, &keys, &to, &spoilt, NOW_S).await;
    assert!(matches!(&outcome, Outcome::Refused(refusal) if refusal.why == Why::Content), "{outcome:?}");
}

#[tokio::test]
async fn a_subscription_that_is_over_is_gone_and_one_of_another_server_is_not_ours() {
    let keys = keys();
    let (serving, to) = service(&keys).await;
    let why = |outcome: Outcome| if let Outcome::Refused(refusal) = outcome { refusal.why } else { panic!("{outcome:?}") };
    let foreign = self::keys();
    assert_eq!(why(send(&Loopback, &foreign, &to, &notice("a"), NOW_S).await), Why::Permission);
    // The clock of a server that is two days slow signs tokens that are over.
    assert_eq!(why(send(&Loopback, &keys, &to, &notice("a"), NOW_S - 2 * 86_400).await), Why::Permission);
    let long = Notice { content: vec![b'a'; platforms::webpush::PLAINTEXT_BYTES_MAX + 1], ..notice("") };
    assert_eq!(why(send(&Loopback, &keys, &to, &long, NOW_S).await), Why::Content);
    serving.double().browsers.get_mut("browser-7").expect("it").is_gone = true;
    assert_eq!(why(send(&Loopback, &keys, &to, &notice("a"), NOW_S).await), Why::Gone);
    assert!(serving.double().browsers["browser-7"].shown.is_empty());
}

#[tokio::test]
async fn what_is_certain_and_what_is_not() {
    let keys = keys();
    let (serving, to) = service(&keys).await;
    for trick in [Trick::DropDone, Trick::BrokenDone] {
        serving.double().tricks.0 = [Some(trick)].into();
        let outcome = send(&Loopback, &keys, &to, &notice("a"), NOW_S).await;
        assert!(matches!(outcome, Outcome::Unknown { .. }), "{trick:?}: {outcome:?}");
    }
    for (trick, why, wait_s) in [(Trick::TooMany { retry_after_s: 60 }, Why::Rate, 60)] {
        serving.double().tricks.0 = [Some(trick)].into();
        let outcome = send(&Loopback, &keys, &to, &notice("a"), NOW_S).await;
        let Outcome::Refused(refusal) = outcome else { panic!("{trick:?}: {outcome:?}") };
        assert_eq!((refusal.why, refusal.again_after.map(|wait| wait.as_secs())), (why, Some(wait_s)));
    }
}

#[test]
fn what_a_page_hands_in_is_looked_at() {
    let key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    let auth = "BTBZMqHH6r4Tts7J_aSIgg";
    let new = Subscription::new;
    assert!(new("https://push.example.net/x", key, auth).is_ok());
    assert!(new("https://push.example.net/x", &format!("{key}="), &format!("{auth}==")).is_ok());
    assert_eq!(new("http://push.example.net/x", key, auth), Err(BadSubscription::Endpoint));
    assert_eq!(new("https://", key, auth), Err(BadSubscription::Endpoint));
    assert_eq!(new("https://push.example.net/x", &key.replace('B', "C"), auth), Err(BadSubscription::Key));
    assert_eq!(new("https://push.example.net/x", key, "BTBZMqHH6r4"), Err(BadSubscription::Auth));
    assert!(matches!(Subscription::from_json("{\"endpoint\": 1}"), Err(BadSubscription::Form(_))));
}
