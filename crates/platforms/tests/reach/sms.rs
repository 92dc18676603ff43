//! The contract with an SMS gateway that is data, against the double.

use crate::loopback::{Kept, Loopback, message, video};
use doubles::Trick;
use doubles::page::Shown;
use doubles::service::Serving;
use doubles::sms::SmsGateway;
use platforms::sms::{Account, BadGateway, BodyKind, Gateway, Success, publish};
use platforms::{Message, Obstacle, Outcome, Why};

const KEY: &str = "key-of-the-test";

fn gateway(base: &str) -> Gateway {
    let json = serde_json::json!({
        "method": "POST",
        "address": format!("{base}/send"),
        "headers": [["X-Brand", "{sender}"]],
        "body_kind": "json",
        "body": r#"{"key": "{secret}", "to": "{to}", "text": "{text}", "from": "{sender}", "coding": "{alphabet}"}"#,
        "success": {"status_from": 200, "status_to": 299, "at": "/code", "is": ["100"]},
        "id_at": "/data/id",
        "error_at": "/error/code",
        "refused": [{"code": "101", "why": "token"}, {"code": "103", "why": "quota"}, {"code": "99", "why": "content"}],
    });
    serde_json::from_value(json).expect("a gateway")
}

async fn started() -> (Serving<SmsGateway>, Account) {
    let serving = Serving::start(SmsGateway::new(KEY), 0).await.expect("a port");
    let account = Account {
        gateway: gateway(&serving.base()),
        user: String::new(),
        secret: KEY.into(),
        sender: "TINHMAU".to_owned(),
        to: "84900000000".to_owned(),
        parts_max: 3,
    };
    (serving, account)
}

fn text(words: &str) -> Message {
    Message { text: words.to_owned(), link: None, ..message("", vec![]) }
}

#[tokio::test]
async fn words_arrive_as_they_are_whatever_is_in_them() {
    let (serving, account) = started().await;
    let words = "Mưa lớn\"}, {\"to\": \"{secret}\"\\ & 100%\nNgày mai";
    let mut kept = Kept::default();
    let outcome = publish(&Loopback, &account, &text(words), &mut kept).await;
    assert!(matches!(&outcome, Outcome::Published(copy) if copy.id == "sms-1"), "{outcome:?}");
    assert_eq!(kept.published, 1);
    let sent = serving.double().sent.clone();
    assert_eq!((sent[0].text.as_str(), sent[0].to.as_str(), sent[0].alphabet.as_str()), (words, "84900000000", "8"));
    assert!(matches!(publish(&Loopback, &account, &text("Mua lon"), &mut kept).await, Outcome::Published(_)));
    assert_eq!(serving.double().sent[1].alphabet, "0");
}

#[tokio::test]
async fn an_error_inside_of_a_success_is_a_refusal_with_its_reason() {
    let (serving, account) = started().await;
    let wrong = Account { secret: "another".into(), ..account.clone() };
    let outcome = publish(&Loopback, &wrong, &text("a"), &mut Kept::default()).await;
    let Outcome::Refused(refusal) = outcome else { panic!("{outcome:?}") };
    assert_eq!(refusal.why, Why::Token);
    assert!(refusal.says.contains("wrong key") && !refusal.says.contains("another"), "{}", refusal.says);
    // As the page does it.
    assert!(serving.set("credit", "0") && !serving.set("credit", "many") && !serving.set("colour", "0"));
    let outcome = publish(&Loopback, &account, &text("a"), &mut Kept::default()).await;
    assert!(matches!(&outcome, Outcome::Refused(refusal) if refusal.why == Why::Quota), "{outcome:?}");
    serving.double().tricks.0 = [Some(Trick::TooMany { retry_after_s: 60 })].into();
    let outcome = publish(&Loopback, &account, &text("a"), &mut Kept::default()).await;
    let Outcome::Refused(refusal) = outcome else { panic!("{outcome:?}") };
    assert_eq!((refusal.why, refusal.again_after.map(|wait| wait.as_secs())), (Why::Rate, Some(60)));
    assert!(serving.double().sent.is_empty());
}

#[tokio::test]
async fn what_got_no_answer_is_unknown_and_never_sent_again_by_itself() {
    let (serving, account) = started().await;
    for trick in [Trick::DropDone, Trick::BrokenDone, Trick::DropUndone] {
        serving.double().tricks.0 = [Some(trick)].into();
        let outcome = publish(&Loopback, &account, &text("a"), &mut Kept::default()).await;
        assert!(matches!(outcome, Outcome::Unknown { .. }), "{trick:?}: {outcome:?}");
    }
    assert_eq!(serving.double().sent.len(), 2);
    let nowhere = Account { gateway: gateway("http://127.0.0.1:1"), ..account };
    let outcome = publish(&Loopback, &nowhere, &text("a"), &mut Kept::default()).await;
    assert!(matches!(&outcome, Outcome::Refused(refusal) if refusal.why == Why::Unavailable), "{outcome:?}");
}

#[tokio::test]
async fn parts_are_counted_in_the_alphabet_of_the_text() {
    let (_serving, account) = started().await;
    let check = |words: &str| platforms::sms::check(&account, &text(words));
    assert_eq!(check(&"ệ".repeat(201)), []);
    assert_eq!(check(&"ệ".repeat(202)), [Obstacle::TextLong { count: 202, max: 201 }]);
    assert_eq!(check(&"e".repeat(459)), []);
    assert_eq!(check(&"e".repeat(460)), [Obstacle::TextLong { count: 460, max: 459 }]);
    assert_eq!(check(""), [Obstacle::Empty]);
    let film = Message { media: vec![video(10)], ..text("a") };
    assert_eq!(platforms::sms::check(&account, &film), [Obstacle::MediaKindNotTaken { at: 0 }]);
}

#[test]
fn a_gateway_that_can_not_work_is_refused_when_it_is_set() {
    let good = gateway("https://sms.example");
    assert_eq!(good.check(), Ok(()));
    let bad = |change: &dyn Fn(&mut Gateway)| {
        let mut changed = good.clone();
        change(&mut changed);
        changed.check().expect_err("refused")
    };
    assert_eq!(bad(&|it| it.method = "PUT".to_owned()), BadGateway::Method);
    assert_eq!(bad(&|it| it.address = "sms.example".to_owned()), BadGateway::Address);
    assert_eq!(bad(&|it| it.address = "https://{user}.example/{to}".to_owned()), BadGateway::Address);
    assert_eq!(bad(&|it| it.body = it.body.replace("{to}", "1")), BadGateway::Place("to"));
    assert_eq!(bad(&|it| it.body.push('}')), BadGateway::Body);
    assert_eq!(bad(&|it| it.id_at = "data.id".to_owned()), BadGateway::Pointer("data.id".to_owned()));
    assert_eq!(bad(&|it| it.success = Success { status_from: 300, ..it.success.clone() }), BadGateway::Success);
    assert_eq!(bad(&|it| it.refused[0].why = "tired".to_owned()), BadGateway::Why("tired".to_owned()));
    let by_address = Gateway {
        method: "GET".to_owned(),
        address: "https://sms.example/send?to={to}&text={text}&key={secret}".to_owned(),
        body_kind: BodyKind::None,
        body: String::new(),
        ..good.clone()
    };
    assert_eq!(by_address.check(), Ok(()));
}
