//! By Zalo, Telegram and letter: believed by the secret, each message once, answered where it came from.

use axum::body::Body;
use axum::http::Request;

use super::*;
use crate::base::digest::sha256;
use crate::base::new_id;
use crate::questions::inbound::letters::{self, Taken};
use crate::questions::{message, sending};
use crate::stories::channels::bot::Bot;
use crate::stories::channels::{connected, open};
use crate::story;

async fn call(house: &House, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = Request::post(path).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    house.visitor().send(request.body(Body::from(body.to_owned())).expect("a request")).await
}

fn telegram(message: u32, text: &str) -> String {
    serde_json::json!({ "update_id": message, "message": { "message_id": message, "from": { "id": 7, "is_bot": false, "first_name": "Bạn" },
        "chat": { "id": -1002, "type": "private" }, "date": 1, "text": text } })
    .to_string()
}

async fn questions(house: &House) -> Vec<Question> {
    question::Entity::find().all(&house.app.db).await.expect("rows")
}

story!(a_telegram_message_is_one_question_and_its_answer_goes_back_there, |house| {
    let house = open(house);
    let newsroom = crate::stories::news::Cast::of(&house).await;
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&newsroom, "Kênh thử", &bot, &[("webhook_word", "tu-khoa-bi-mat")]).await;
    let path = format!("/webhooks/questions/telegram/{account}");
    cast.coordinator.get("/desk/questions/settings").await.expect(200).says(&path);
    let word = [("x-telegram-bot-api-secret-token", "tu-khoa-bi-mat")];
    let body = telegram(11, TEXT);
    call(&house, &path, &[], &body).await.expect(403);
    call(&house, &path, &[("x-telegram-bot-api-secret-token", "sai")], &body).await.expect(403);
    for _ in 0..3 {
        call(&house, &path, &word, &body).await.expect(200);
    }
    let all = questions(&house).await;
    assert_eq!((all.len(), all[0].channel), (1, question::Channel::Telegram), "the same message three times");
    sending::turn(&house.app).await.expect("sent");
    let code = all[0].code(&house.app).expect("a code");
    let sent = message::Entity::find().all(&house.app.db).await.expect("messages");
    assert_eq!(sent.iter().map(|one| one.state).collect::<Vec<_>>(), [message::State::Sent]);
    call(&house, &path, &word, &telegram(12, "/start")).await.expect(200);
    call(&house, &path, &word, &telegram(13, "😀")).await.expect(200);
    call(&house, &path, &word, r#"{"update_id":14,"channel_post":{"message_id":1}}"#).await.expect(200);
    assert_eq!(questions(&house).await.len(), 1, "a greeting and a picture ask nothing");
    routed(&house, &cast, &code, &cast.builders).await;
    press(&house, &cast.builder, &code, "more", &[("more", "Xã nào?")]).await.expect(303);
    for _ in 0..2 {
        call(&house, &path, &word, &telegram(15, "Xã Tân Phú, ấp chợ")).await.expect(200);
    }
    assert_eq!(questions(&house).await.len(), 1, "a reply that comes again asks nothing");
    assert_eq!(of_code(&house, &code).await.state, question::State::Open, "what comes next is the reply");
    press(&house, &cast.builder, &code, "answer", &[("answer", "Thứ Bảy"), ("shows", "on")]).await.expect(303);
    sending::turn(&house.app).await.expect("sent");
    let states = message::Entity::find().all(&house.app.db).await.expect("messages");
    assert!(states.iter().all(|one| one.state == message::State::Sent && one.sealed.is_empty()), "{states:?}");
    call(&house, &format!("/webhooks/questions/zalo/{account}"), &word, &body).await.expect(404);
    call(&house, &format!("/webhooks/questions/{}/{}", "telegram", new_id()), &word, &body).await.expect(404);
});

story!(a_zalo_message_is_believed_by_its_signature, |house| {
    let house = open(house);
    let newsroom = crate::stories::news::Cast::of(&house).await;
    Cast::of(&house).await;
    let id = new_id();
    let text = id.to_string();
    let fields = [
        ("id", text.as_str()),
        ("platform", "zalo"),
        ("name", "OA"),
        ("app_id", "77"),
        ("app_secret", "khoa-ung-dung"),
        ("refresh_token", "lam-moi"),
        ("author", "Sở Y tế"),
        ("oa_secret_key", "khoa-oa"),
    ];
    newsroom.administrator.post("/desk/channels/accounts", &fields).await.expect(303);
    let stamp = (house.app.clock.now().timestamp() * 1_000).to_string();
    let body = format!(
        r#"{{"app_id":"77","event_name":"user_send_text","sender":{{"id":"9"}},"recipient":{{"id":"1"}},"message":{{"msg_id":"m1","text":"{TEXT}"}},"timestamp":"{stamp}"}}"#
    );
    let path = format!("/webhooks/questions/zalo/{id}");
    let mac = |key: &str| format!("mac={}", sha256(format!("77{body}{stamp}{key}").as_bytes()));
    call(&house, &path, &[("x-zevent-signature", &mac("khoa-khac"))], &body).await.expect(403);
    assert!(questions(&house).await.is_empty());
    for _ in 0..2 {
        call(&house, &path, &[("x-zevent-signature", &mac("khoa-oa"))], &body).await.expect(200);
    }
    let all = questions(&house).await;
    assert_eq!((all.len(), all[0].channel, all[0].told_by.as_str()), (1, question::Channel::Zalo, "zalo"));
    let kept = crate::channels::inbound::arrival::Entity::find().count(&house.app.db).await.expect("rows");
    assert_eq!(kept, 0, "what people write is kept with the question alone");
});

story!(a_letter_is_one_question_and_machines_ask_nothing, |house| {
    let cast = Cast::of(&house).await;
    let letter = format!(
        "From: Ban doc <hoi@thu.vn>\r\nSubject: Hoi ve lop hoc\r\nMessage-ID: <1@thu.vn>\r\n\r\n{TEXT}\r\n-- \r\n0901234567"
    );
    for _ in 0..2 {
        assert_eq!(letters::take(&house.app, letter.as_bytes()).await.expect("taken"), Taken::Asked);
    }
    let all = questions(&house).await;
    assert_eq!((all.len(), all[0].channel, all[0].told_by.as_str()), (1, question::Channel::Letter, "letter"));
    let machine = b"From: a@b.vn\r\nAuto-Submitted: auto-replied\r\n\r\nToi dang di vang mot tuan le";
    assert_eq!(letters::take(&house.app, machine).await.expect("taken"), Taken::Ignored("automatic".into()));
    let code = all[0].code(&house.app).expect("a code");
    press(&house, &cast.coordinator, &code, "more", &[("more", "Xã nào?")]).await.expect(303);
    let stranger =
        format!("From: khac@thu.vn\r\nSubject: Re: [{code}]\r\nMessage-ID: <2@x>\r\n\r\nXa Tan Phu nhe, cam on. Ma la {code}");
    assert_eq!(letters::take(&house.app, stranger.as_bytes()).await.expect("taken"), Taken::Asked, "another mailbox asks anew");
    assert!(questions(&house).await.iter().all(|one| !one.body.contains(&code)), "a code stands in no question");
    let reply = format!("From: hoi@thu.vn\r\nSubject: Re: [{code}]\r\nMessage-ID: <3@x>\r\n\r\nXa Tan Phu nhe, cam on");
    for _ in 0..2 {
        assert_eq!(letters::take(&house.app, reply.as_bytes()).await.expect("taken"), Taken::Replied);
    }
    assert_eq!(questions(&house).await.len(), 2, "a reply that comes again asks nothing");
    assert_eq!(of_code(&house, &code).await.state, question::State::New);
});
