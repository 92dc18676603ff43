use doubles::telegram::Telegram;
use doubles::zalo::Zalo;
use doubles::{Platform, now_s};
use platforms::{telegram, zalo};

const OURS: &str = "http://127.0.0.1:1/webhook";

fn header<'a>(request: &'a platforms::Request, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

#[test]
fn zalo_is_believed_and_who_forges_it_is_not() {
    let double = Zalo::new(crate::zalo::app(), "access-of-the-test", "refresh-of-the-test");
    let webhook = zalo::Webhook { app_id: "app-of-the-test".to_owned(), secret_key: "key-of-the-test".into() };
    let genuine = double.event(OURS, false).expect("an event");
    let event = zalo::event(&webhook, header(&genuine, zalo::WEBHOOK_HEADER), genuine.body(), now_s());
    assert_eq!(event.map(|event| event["event_name"].clone()), Ok("follow".into()));
    let late = zalo::event(&webhook, header(&genuine, zalo::WEBHOOK_HEADER), genuine.body(), now_s() + 302);
    assert_eq!(late, Err(zalo::Distrust::Old));
    let forged = double.event(OURS, true).expect("an event");
    let event = zalo::event(&webhook, header(&forged, zalo::WEBHOOK_HEADER), forged.body(), now_s());
    assert_eq!(event, Err(zalo::Distrust::Forged));
}

#[test]
fn telegram_is_believed_and_who_forges_it_is_not() {
    let double = Telegram::new("token-of-the-test", &[]);
    assert!(double.set("webhook-word", "word-of-the-test"));
    let is_ours = |is_forged| {
        let request = double.event(OURS, is_forged).expect("an event");
        telegram::is_from_telegram(header(&request, telegram::WEBHOOK_HEADER), &"word-of-the-test".into())
    };
    assert!(is_ours(false));
    assert!(!is_ours(true));
    assert!(!telegram::is_from_telegram(None, &"word-of-the-test".into()));
    assert!(!telegram::is_from_telegram(Some(""), &"".into()), "no word set: nobody is believed");
}
