//! The contract with servers like Mastodon, against the double, which signs and verifies by code of its own (scenario C-5).

use std::sync::LazyLock;

use crate::loopback::Loopback;
use doubles::Trick;
use doubles::mastodon::Mastodon;
use doubles::service::Serving;
use http::Method;
use platforms::activitypub::{
    Actor, Call, Collection, Follower, Heard, Key, Kind, PUBLIC, Post, Tag, Unbelieved, accept, believe, classify, create,
    delete, deliver, hear, inboxes, key_id, page, post, summary, update, webfinger,
};
use platforms::{Line, Outcome, Why};
use serde_json::{Value, json};

const NOW_S: i64 = 1_795_000_000;
const READER: &str = "https://mastodon.example/users/doc-gia";

static KEY: LazyLock<Key> = LazyLock::new(|| Key::generate().expect("a key"));

fn actor() -> Actor {
    let at = |path: &str| format!("https://tinh-mau.example/ap/tin{path}");
    Actor {
        id: at(""),
        username: "tin".to_owned(),
        name: "Tin tỉnh mẫu".to_owned(),
        summary: "<p>Tin chính thức</p>".to_owned(),
        url: "https://tinh-mau.example/".to_owned(),
        inbox: at("/inbox"),
        outbox: at("/outbox"),
        followers: at("/followers"),
        shared_inbox: "https://tinh-mau.example/ap/inbox".to_owned(),
        icon: None,
        fields: vec![("Trang".to_owned(), "<a href=\"https://tinh-mau.example/\">tinh-mau.example</a>".to_owned())],
        since_s: NOW_S,
        public_pem: KEY.public_pem().to_owned(),
    }
}

fn article() -> Post {
    Post {
        kind: Kind::Note,
        id: "https://tinh-mau.example/ap/bai/1".to_owned(),
        url: "https://tinh-mau.example/tin/1".to_owned(),
        title: "Mở lớp kỹ năng số".to_owned(),
        content: "<p>Lớp học mở ngày 5.</p>".to_owned(),
        language: "vi".to_owned(),
        translations: vec![("en".to_owned(), "<p>The class begins on the 5th.</p>".to_owned())],
        published_s: NOW_S,
        updated_s: None,
        pictures: vec![("https://tinh-mau.example/a.jpg".to_owned(), "image/jpeg".to_owned(), "Lớp học".to_owned())],
        tags: vec![Tag { name: "kynangso".to_owned(), href: "https://tinh-mau.example/the/ky-nang-so".to_owned() }],
    }
}

async fn server() -> Serving<Mastodon> {
    let mut double = Mastodon::new(NOW_S).expect("a key");
    double.known.insert(actor().key_id(), KEY.public_pem().to_owned());
    Serving::start(double, 0).await.expect("a port")
}

async fn delivered(to: &Serving<Mastodon>, activity: &Value, now_s: i64) -> Outcome {
    let inbox = format!("{}/inbox", to.base());
    classify(&Loopback.exchange(deliver(&KEY, &actor(), &inbox, activity, now_s).expect("a request")).await)
}

#[tokio::test]
async fn a_signed_delivery_is_believed_and_shown_once() {
    let server = server().await;
    let activity = create(&actor(), &article());
    server.double().tricks.0 = [Some(Trick::DropDone)].into();
    // The answer did not come, so it is brought again: the receiver knows it by its id.
    let first = delivered(&server, &activity, NOW_S).await;
    assert!(matches!(&first, Outcome::Refused(refusal) if refusal.why == Why::Unavailable), "{first:?}");
    assert!(matches!(delivered(&server, &activity, NOW_S).await, Outcome::Published(_)));
    assert_eq!(server.double().shown.len(), 1);
    let changed = Post { updated_s: Some(NOW_S + 60), ..article() };
    assert!(matches!(delivered(&server, &update(&actor(), &changed), NOW_S).await, Outcome::Published(_)));
    assert!(matches!(delivered(&server, &delete(&actor(), &article().id, NOW_S), NOW_S).await, Outcome::Published(_)));
    assert_eq!(server.double().shown.len(), 3);
}

#[tokio::test]
async fn answers_say_whether_to_come_again() {
    let server = server().await;
    let activity = create(&actor(), &article());
    let why = |outcome: Outcome| if let Outcome::Refused(refusal) = outcome { refusal.why } else { panic!("{outcome:?}") };
    assert_eq!(why(delivered(&server, &activity, NOW_S - 13 * 3_600).await), Why::Permission, "signed too long ago");
    for (trick, wanted) in [
        (Trick::TooMany { retry_after_s: 60 }, Why::Rate),
        (Trick::BrokenUndone, Why::Unavailable),
        (Trick::Expired, Why::Gone),
        (Trick::ErrorInside, Why::Protocol),
    ] {
        server.double().tricks.0 = [Some(trick)].into();
        assert_eq!(why(delivered(&server, &activity, NOW_S).await), wanted, "{trick:?}");
    }
    server.double().known.clear();
    assert_eq!(why(delivered(&server, &activity, NOW_S).await), Why::Permission, "signed by nobody they know");
    assert!(server.double().shown.is_empty());
}

/// What is wrong with a call, and how that is said.
struct Forged {
    name: &'static str,
    change: fn(&mut http::Request<bytes::Bytes>),
    said: fn(&Unbelieved) -> bool,
}

const FORGED: [Forged; 5] = [
    Forged { name: "another body", change: |call| *call.body_mut() = "{}".into(), said: |said| *said == Unbelieved::Digest },
    Forged {
        name: "another path",
        change: |call| *call.uri_mut() = "/ap/khac/inbox".parse().expect("a path"),
        said: |said| *said == Unbelieved::Signature,
    },
    Forged {
        name: "no signature",
        change: |call| {
            call.headers_mut().remove("signature");
            call.headers_mut().remove("signature-input");
        },
        said: |said| *said == Unbelieved::Unsigned,
    },
    Forged {
        name: "a torn signature",
        change: |call| {
            let whole = call.headers()["signature"].to_str().expect("text").replace("==", "").replace('A', "B");
            call.headers_mut().insert("signature", whole.parse().expect("a value"));
        },
        said: |said| matches!(said, Unbelieved::Signature | Unbelieved::Form(_)),
    },
    Forged {
        name: "a signature that covers nothing",
        change: |call| {
            for name in ["signature", "signature-input"] {
                let Some(whole) = call.headers().get(name) else { continue };
                let less = whole.to_str().expect("text").replace(" digest", "").replace(" \"content-digest\"", "");
                call.headers_mut().insert(name, less.parse().expect("a value"));
            }
        },
        said: |said| matches!(said, Unbelieved::Uncovered(_)),
    },
];

#[test]
fn calls_of_others_are_believed_by_their_signature_alone() {
    let mastodon = Mastodon::new(NOW_S).expect("a key");
    let follow = json!({"id": "https://mastodon.example/1", "type": "Follow", "actor": READER, "object": actor().id});
    let heard = |call: &http::Request<bytes::Bytes>, pem: &str, now_s: i64| {
        let path = call.uri().path();
        let call = Call { method: &Method::POST, host: "tinh-mau.example", path, headers: call.headers(), body: call.body() };
        believe(&call, pem, now_s)
    };
    let pem = mastodon.public_pem();
    let (old, new) = (Mastodon::call, Mastodon::call_newly);
    for make in [old as fn(&Mastodon, &str, &str, &Value) -> http::Request<bytes::Bytes>, new] {
        let call = || make(&mastodon, "tinh-mau.example", "/ap/tin/inbox", &follow);
        assert_eq!(key_id(call().headers()), Ok(format!("{READER}#main-key")));
        assert_eq!(heard(&call(), &pem, NOW_S), Ok(()));
        assert_eq!(heard(&call(), &pem, NOW_S + 3_600), Ok(()));
        assert_eq!(heard(&call(), &pem, NOW_S + 3_601), Err(Unbelieved::Time), "a replay");
        assert_eq!(heard(&call(), &pem, NOW_S - 3_601), Err(Unbelieved::Time));
        assert_eq!(heard(&call(), KEY.public_pem(), NOW_S), Err(Unbelieved::Signature), "another's key");
        assert!(matches!(heard(&call(), "no key", NOW_S), Err(Unbelieved::Key(_))));
        let foreign = make(&mastodon, "khac.example", "/ap/tin/inbox", &follow);
        assert_eq!(heard(&foreign, &pem, NOW_S), Err(Unbelieved::Signature), "meant for another host");
        for forged in &FORGED {
            let mut call = call();
            (forged.change)(&mut call);
            let said = heard(&call, &pem, NOW_S).expect_err(forged.name);
            assert!((forged.said)(&said), "{}: {said:?}", forged.name);
        }
    }
}

#[test]
fn nobody_speaks_for_another() {
    let follow = json!({"id": "https://mastodon.example/1", "type": "Follow", "actor": READER, "object": actor().id});
    let Heard::Follow { actor: follower, object, activity } = hear(&follow, READER) else { panic!("not a follow") };
    assert_eq!((follower.as_str(), object), (READER, actor().id));
    assert_eq!(accept(&actor(), "https://tinh-mau.example/ap/2", &activity)["object"]["id"], "https://mastodon.example/1");
    let undo = json!({"id": "https://mastodon.example/3", "type": "Undo", "actor": READER, "object": follow});
    assert_eq!(hear(&undo, READER), Heard::Unfollow { actor: READER.to_owned(), object: actor().id });
    let other = "https://mastodon.example/users/khac";
    assert_eq!(hear(&follow, other), Heard::Nonsense);
    let mut foreign = undo.clone();
    foreign["actor"] = json!(other);
    assert_eq!(hear(&foreign, other), Heard::Nonsense, "another's follow is not theirs to undo");
    let leave = json!({"type": "Delete", "actor": READER, "object": READER});
    assert_eq!(hear(&leave, READER), Heard::Leave { actor: READER.to_owned() });
    assert!(matches!(hear(&json!({"type": "Like", "actor": READER, "object": "x"}), READER), Heard::Other { .. }));
    assert_eq!(hear(&json!([]), READER), Heard::Nonsense);
}

#[test]
fn an_actor_is_found_by_its_name_and_shows_its_key() {
    let actor = actor();
    let jrd = webfinger(&actor, "tinh-mau.example", "acct:tin@tinh-mau.example").expect("found");
    assert_eq!(jrd["links"][1]["href"], actor.id.as_str());
    assert!(webfinger(&actor, "tinh-mau.example", "acct:khac@tinh-mau.example").is_none());
    let document = actor.document();
    assert_eq!(document["publicKey"]["id"], actor.key_id());
    assert!(document["publicKey"]["publicKeyPem"].as_str().is_some_and(|pem| pem.starts_with("-----BEGIN PUBLIC KEY-----")));
    let again = Key::kept(&KEY.private()).expect("a key");
    assert_eq!(again.public_pem(), KEY.public_pem());
}

#[test]
fn documents_say_what_readers_need() {
    let actor = actor();
    let document = post(&actor, &article());
    assert_eq!((&document["type"], &document["to"][0]), (&json!("Note"), &json!(PUBLIC)));
    assert_eq!(document["published"], "2026-11-18T11:06:40Z");
    assert_eq!(document["attachment"][0]["name"], "Lớp học");
    assert_eq!(document["tag"][0]["name"], "#kynangso");
    let long = post(&actor, &Post { kind: Kind::Article, ..article() });
    assert_eq!(long["name"], "Mở lớp kỹ năng số");
    let activity = create(&actor, &article());
    assert!(activity["object"]["@context"].is_null() && activity["@context"].is_array());
    assert_eq!(activity, create(&actor, &article()), "the same article is the same activity");
    let (first, second) = (Post { updated_s: Some(1), ..article() }, Post { updated_s: Some(2), ..article() });
    assert_ne!(update(&actor, &first)["id"], update(&actor, &second)["id"]);
    assert_eq!(delete(&actor, &article().id, NOW_S)["object"]["type"], "Tombstone");
    let last = Collection { id: &actor.outbox, total: 21, page: 2, is_last: true };
    let turned = page(&last, &[activity]);
    assert!(turned["next"].is_null());
    assert_eq!(turned["prev"], format!("{}?page=1", actor.outbox));
    assert!(summary(&actor.followers, 3, false)["first"].is_null(), "followers are counted, not named");
}

#[test]
fn a_server_gets_a_public_activity_once() {
    let follower = |name: &str, shared: Option<&str>| Follower {
        id: format!("https://a.example/{name}"),
        inbox: format!("https://a.example/{name}/inbox"),
        shared_inbox: shared.map(str::to_owned),
    };
    let shared = Some("https://a.example/inbox");
    let all = [follower("1", shared), follower("2", shared), follower("3", None)];
    assert_eq!(inboxes(&all).into_iter().collect::<Vec<_>>(), ["https://a.example/3/inbox", "https://a.example/inbox"]);
}
