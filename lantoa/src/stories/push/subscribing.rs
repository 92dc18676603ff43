//! Whoever presses the button is subscribed; what is no browser of a known service is not.

use super::*;
use crate::base::Role;
use crate::push::Subscription;
use crate::story;

story!(the_page_asks_nobody_and_says_what_else_there_is, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let visitor = house.visitor();
    visitor.get("/nhan-thong-bao").await.expect(200).says("Hiện chưa có chủ đề nào gửi thông báo");
    visitor.get("/").await.expect(200).says_not("Nhận thông báo khi có tin mới");
    cast.author.get("/desk/push").await.expect(403);
    let own = format!("/desk/push/sections/{}", cast.section);
    cast.approver.post(&own, &[("mode", "every"), ("version", "0")]).await.expect(403);
    cast.administrator.post(&own, &[("mode", "often"), ("version", "0")]).await.expect(400);
    switched(&house, &cast, "chosen").await;
    cast.administrator.post(&own, &[("mode", "every"), ("version", "0")]).await.expect(409);
    cast.administrator.get("/desk/push").await.expect(200).says("Khi người duyệt chọn").says("Chuyển đổi số");
    house.app.clock.advance(TimeDelta::seconds(31));
    let page = visitor.get(&format!("/nhan-thong-bao?section={}", cast.section)).await.expect(200);
    page.says("Chuyển đổi số")
        .says("Trình duyệt này chưa nhận được thông báo")
        .says("nguon-cap-tin")
        .says("data-key=")
        .says("Mỗi ngày nhiều nhất 3");
    visitor.get("/").await.expect(200).says("Nhận thông báo khi có tin mới");
    let worker = visitor.get("/sw.js").await.expect(200);
    assert_eq!(worker.headers["cache-control"], "no-cache");
    worker.says("showNotification");
});

story!(a_browser_is_one_row_changes_its_mind_and_stops, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    let section = format!("section:{}", cast.section);
    let json = subscribed(&house, &service, 7, &section).await;
    let visitor = house.visitor();
    hand_in(&visitor, &json, "all:").await.expect(303);
    assert_eq!(Subscription::active(&house.app.db).await.expect("a count"), 1);
    let row = subscription::Entity::find().one(&house.app.db).await.expect("rows").expect("a subscription");
    let endpoint = serde_json::from_str::<serde_json::Value>(&json).expect("JSON")["endpoint"].as_str().expect("one").to_owned();
    assert!(!row.endpoint.contains("browser-7") && !row.keys.contains("auth"), "encrypted at rest");
    assert!(!row.asked_from.contains("127.0.0.1"));
    let told = visitor.post("/nhan-thong-bao/da-chon", &[("endpoint", &endpoint)]).await.expect(200);
    told.says("all:").says_not("section:");
    visitor.post("/nhan-thong-bao/da-chon", &[("endpoint", "https://fcm.googleapis.com/x")]).await.expect(404);
    visitor.post("/nhan-thong-bao/thoi", &[("endpoint", &endpoint)]).await.expect(303);
    visitor.post("/nhan-thong-bao/thoi", &[("endpoint", &endpoint)]).await.expect(303);
    let row = subscription::Entity::find().one(&house.app.db).await.expect("rows").expect("a subscription");
    assert_eq!((row.state, row.endpoint.as_str(), row.keys.as_str()), (subscription::State::Ended, "", ""));
    hand_in(&visitor, &json, &section).await.expect(303);
    assert_eq!(Subscription::active(&house.app.db).await.expect("a count"), 1, "and asks again");
});

story!(forged_addresses_broken_keys_and_floods_are_refused, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    let key = keys::of(&house.app).await.expect("keys").public();
    let json = service.double().subscribe(&service.base(), 9, &key);
    let visitor = house.visitor();
    hand_in(&visitor, &json, "all:").await.expect(422).says("chưa được hỗ trợ");
    for forged in
        ["https://169.254.169.254/latest", "https://evil.example/x", "https://fcm.googleapis.com:8443/x", "http://localhost/x"]
    {
        let forged = json.replace(&format!("{}/push/browser-9", service.base()), forged);
        hand_in(&visitor, &forged, "all:").await.expect(422).says("chưa được hỗ trợ");
    }
    let real = json.replace(&format!("{}/push/browser-9", service.base()), "https://fcm.googleapis.com/fcm/send/nine");
    hand_in(&visitor, &real, "section:khong-co").await.expect(422).says("Hãy chọn ít nhất một");
    hand_in(&visitor, &real.replace("p256dh\":\"B", "p256dh\":\"A"), "all:").await.expect(422).says("không đọc được");
    hand_in(&visitor, "{}", "all:").await.expect(422).says("không đọc được");
    hand_in(&visitor, &"x".repeat(5_000), "all:").await.expect(422);
    for number in 0..40 {
        let one = real.replace("nine", &format!("nine-{number}"));
        hand_in(&visitor, &one, "all:").await.expect(303);
    }
    hand_in(&visitor, &real.replace("nine", "nine-40"), "all:").await.expect(429);
    hand_in(&visitor, &real.replace("nine", "nine-1"), "all:").await.expect(303);
    let keeper = house.someone(Role::SystemAdministrator, None).await;
    keeper.get("/desk/push").await.expect(200).says("40 trình duyệt đang nhận");
    let made = fact::Entity::find().filter(fact::Column::Kind.eq("PushKeyMade")).count(&house.app.db).await.expect("facts");
    assert_eq!(made, 1, "the keys are made once");
});

story!(limits_are_set_by_whoever_runs_the_platform, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let keeper = house.someone(Role::Coordinator, None).await;
    let rule = |daily: &'static str, from: &'static str, version: &'static str| {
        [("daily", daily), ("from", from), ("until", "06:00"), ("version", version)]
    };
    cast.administrator.post("/desk/push/rule", &rule("5", "22:00", "0")).await.expect(403);
    keeper.post("/desk/push/rule", &rule("0", "22:00", "0")).await.expect(422).says("từ 1 đến 20");
    keeper.post("/desk/push/rule", &rule("5", "tối", "0")).await.expect(422).says("ví dụ 21:00");
    keeper.post("/desk/push/rule", &rule("5", "22:00", "0")).await.expect(303);
    keeper.post("/desk/push/rule", &rule("6", "22:00", "0")).await.expect(409);
    keeper.get("/desk/push").await.expect(200).says("value=\"22:00\"");
});

story!(the_ledger_is_not_filled_by_a_browser_that_changes_its_mind_without_end, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    let section = format!("section:{}", cast.section);
    let json = subscribed(&house, &service, 14, &section).await;
    let changes = async || {
        let of = fact::Entity::find().filter(fact::Column::Kind.eq("PushInterestsChanged"));
        of.count(&house.app.db).await.expect("a count")
    };
    let visitor = house.visitor();
    hand_in(&visitor, &json, &section).await.expect(303);
    assert_eq!(changes().await, 0, "the same again is no change");
    for number in 0..40 {
        let about = if number % 2 == 0 { "all:" } else { section.as_str() };
        hand_in(&visitor, &json, about).await.expect(303);
    }
    hand_in(&visitor, &json, "all:").await.expect(429);
    hand_in(&visitor, &json, &section).await.expect(303);
    assert_eq!(changes().await, 40);
    house.app.clock.advance(TimeDelta::days(2));
    hand_in(&visitor, &json, "all:").await.expect(303);
    assert_eq!(changes().await, 41, "a person does it now and then");
});
