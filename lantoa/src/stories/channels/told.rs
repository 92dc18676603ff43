//! What platforms tell: believed by signature, kept once, and never more than a reason to ask (scenario C-2: the same call five times,
//! out of order, forged).

use axum::body::Body;
use axum::http::Request;
use doubles::facebook::Facebook;
use doubles::{Double, Platform};
use sea_orm::PaginatorTrait;

use super::bot::Mood;
use super::*;
use crate::base::digest::sha256;
use crate::channels::inbound::{arrival, clearing, distrust};
use crate::story;

async fn call(house: &House, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = Request::post(path).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    house.visitor().send(request.body(Body::from(body.to_owned())).expect("a request")).await
}

async fn arrived(house: &House) -> Vec<arrival::Arrival> {
    arrival::Entity::find().order_by_asc(arrival::Column::Id).all(&house.app.db).await.expect("arrivals")
}

async fn refused(house: &House, reason: &str) -> i32 {
    let of = distrust::Entity::find().filter(distrust::Column::Reason.eq(reason));
    of.all(&house.app.db).await.expect("refusals").iter().map(|one| one.times).sum()
}

async fn zalo(cast: &Cast<'_>) -> Uuid {
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
    cast.administrator.post("/desk/channels/accounts", &fields).await.expect(303);
    id
}

/// An event of Zalo's at that second, and its signature: the plain digest of app id, body, stamp and key.
fn signed(event: &str, at_s: i64, key: &str) -> (String, String) {
    let stamp = (at_s * 1_000).to_string();
    let body = format!(r#"{{"app_id":"77","event_name":"{event}","follower":{{"id":"1"}},"timestamp":"{stamp}"}}"#);
    let mac = sha256(format!("77{body}{stamp}{key}").as_bytes());
    (body, format!("mac={mac}"))
}

story!(a_forged_call_is_refused_counted_and_changes_nothing, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let account = zalo(&cast).await;
    let path = format!("/webhooks/zalo/{account}");
    let before = the_account(&house, account).await;
    let now = house.app.clock.now().timestamp();
    let (body, forged) = signed("follow", now, "khoa-cua-ke-khac");
    for _ in 0..5 {
        call(&house, &path, &[("x-zevent-signature", &forged)], &body).await.expect(403);
    }
    call(&house, &path, &[], &body).await.expect(403);
    call(&house, &path, &[("x-zevent-signature", &forged)], "[]").await.expect(403);
    let (old, signature) = signed("follow", now - 301, "khoa-oa");
    call(&house, &path, &[("x-zevent-signature", &signature)], &old).await.expect(403);
    // The signature of one event is none for another.
    let (_, other) = signed("unfollow", now, "khoa-oa");
    call(&house, &path, &[("x-zevent-signature", &other)], &body).await.expect(403);
    call(&house, &path, &[("x-zevent-signature", &other)], &"a".repeat(300 * 1024)).await.expect(413);
    call(&house, &format!("/webhooks/zalo/{}", new_id()), &[], &body).await.expect(404);
    call(&house, &format!("/webhooks/facebook/{account}"), &[], &body).await.expect(404);
    house.visitor().get(&path).await.expect(404);
    assert_eq!(arrived(&house).await.len(), 0);
    assert_eq!(the_account(&house, account).await, before);
    assert_eq!((refused(&house, "forged").await, refused(&house, "unsigned").await, refused(&house, "old").await), (6, 1, 1));
    assert!(distrust::Entity::find().count(&house.app.db).await.expect("rows") <= 4, "knocking fills no table");
    let page = cast.administrator.get("/desk/channels/arrivals").await.expect(200);
    page.says("Chữ ký sai").says("6 lần").says("Quá 5 phút").says("Chưa có gì báo về");
    cast.stranger.get("/desk/channels/arrivals").await.expect(200).says_not("Chữ ký sai");
});

story!(the_same_call_five_times_is_one_row_and_order_does_not_matter, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let account = zalo(&cast).await;
    let path = format!("/webhooks/zalo/{account}");
    let now = house.app.clock.now().timestamp();
    let (late, late_mac) = signed("unfollow", now, "khoa-oa");
    let (early, early_mac) = signed("follow", now - 60, "khoa-oa");
    // The later one first; then the earlier one five times, some of them at once.
    call(&house, &path, &[("x-zevent-signature", &late_mac)], &late).await.expect(200);
    for _ in 0..3 {
        call(&house, &path, &[("x-zevent-signature", &early_mac)], &early).await.expect(200);
    }
    let early_headers = [("x-zevent-signature", early_mac.as_str())];
    let again = || call(&house, &path, &early_headers, &early);
    let (one, two) = futures_util::join!(again(), again());
    one.expect(200);
    two.expect(200);
    let rows = arrived(&house).await;
    assert_eq!(rows.iter().map(|row| (row.event.as_str(), row.times)).collect::<Vec<_>>(), [("unfollow", 1), ("follow", 5)]);
    assert_eq!(rows[1].body, early, "as it came");
    let page = cast.administrator.get("/desk/channels/arrivals").await.expect(200);
    page.says("unfollow").says("5 lần").says("Nguyên văn");
    cast.administrator.get(&Account::path(account)).await.expect(200).says(&format!("http://localhost{path}"));
    cast.stranger.get("/desk/channels/arrivals").await.expect(200).says_not("unfollow");
    house.app.clock.advance(TimeDelta::days(clearing::KEPT_D + 1));
    clearing::clear(&house.app).await.expect("cleared");
    assert_eq!(arrived(&house).await.len(), 0);
});

story!(what_is_told_wakes_a_question_and_sets_no_state, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let bot = Bot::open().await;
    let account = connected(&cast, "Kênh", &bot, &[("webhook_word", "tu-bi-mat")]).await;
    bot.next(&[Mood::TakesAndDrops]);
    let tin = piece(&house, &cast.author, "Tin", &[account], &[]).await;
    approved(&house, &cast, &tin).await;
    after(&house, 1).await;
    is_in(&house, account, State::Unknown).await;
    let (path, row) = (format!("/webhooks/telegram/{account}"), of(&house, account).await);
    let word = [("x-telegram-bot-api-secret-token", "tu-bi-mat")];
    // What somebody writes to the bot, and a word that is not ours, wake nothing.
    call(&house, &path, &word, r#"{"update_id":1,"message":{"text":"đã lên rồi"}}"#).await.expect(200);
    call(&house, &path, &[("x-telegram-bot-api-secret-token", "khac")], r#"{"update_id":2,"channel_post":{}}"#).await.expect(403);
    assert_eq!(of(&house, account).await, row);
    for _ in 0..5 {
        call(&house, &path, &word, r#"{"update_id":3,"channel_post":{"message_id":9}}"#).await.expect(200);
    }
    let told = of(&house, account).await;
    assert_eq!((told.state, told.address.as_str()), (State::Unknown, ""), "what is told is not believed of a delivery");
    assert!(told.run_at < row.run_at, "it is asked for sooner");
    after(&house, 0).await;
    // The question is asked; without a copy that is known, Telegram has nothing to begin behind, and the state stays.
    let asked = of(&house, account).await;
    assert_eq!((asked.state, row.asked, asked.asked), (State::Unknown, 0, 1));
    assert_eq!(arrived(&house).await.iter().map(|one| one.woke).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(bot.written(), 1);
});

story!(facebook_asks_for_our_word_and_signs_its_calls, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let double = Double::start(Facebook::new("1001", "ma-trang")).await.expect("a port");
    double.platform().set("app-secret", "khoa-ung-dung");
    let (id, api) = (new_id(), double.base());
    let text = id.to_string();
    let fields = [
        ("id", text.as_str()),
        ("platform", "facebook"),
        ("name", "Trang"),
        ("page", "1001"),
        ("token", "ma-trang"),
        ("app_secret", "khoa-ung-dung"),
        ("verify_token", "tu-xac-minh"),
        ("api", &api),
    ];
    cast.administrator.post("/desk/channels/accounts", &fields).await.expect(303);
    let path = format!("/webhooks/facebook/{id}");
    let ask = |word: &str| format!("{path}?hub.mode=subscribe&hub.verify_token={word}&hub.challenge=1158201444");
    let answer = house.visitor().get(&ask("tu-xac-minh")).await.expect(200);
    assert_eq!(answer.bytes, b"1158201444");
    house.visitor().get(&ask("tu-khac")).await.expect(403);
    for (is_forged, status) in [(false, 200), (true, 403), (false, 200)] {
        let event = double.platform().event(&format!("http://localhost{path}"), is_forged).expect("an event");
        let signature = event.headers()["x-hub-signature-256"].to_str().expect("text").to_owned();
        let body = String::from_utf8(event.body().to_vec()).expect("text");
        call(&house, &path, &[("x-hub-signature-256", &signature)], &body).await.expect(status);
    }
    assert_eq!((refused(&house, "word").await, refused(&house, "forged").await), (1, 1));
    assert!(arrived(&house).await.iter().all(|one| one.event == "feed add"));
    cast.administrator.post(&format!("/desk/channels/accounts/{id}/check"), &[]).await.expect(200).says("Trang của tỉnh");
});
