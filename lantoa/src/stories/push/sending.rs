//! Notices go out once, whatever push services do, and stop when their article is wrong.

use super::*;
use crate::story;

async fn corrected(cast: &Cast<'_>, house: &House, path: &str) {
    let article = article_at(house, path).await;
    let version = article.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("title", article.title.as_str()),
        ("summary", "Tóm tắt đúng"),
        ("text", "Nội dung đúng."),
        ("correction", "Sửa số liệu"),
    ];
    cast.approver.post(&format!("/desk/news/{}/correction", article_id(path)), &fields).await.expect(303);
    house.react().await;
}

story!(an_article_of_a_section_goes_to_whoever_asked_and_its_correction_to_whoever_got_it, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    subscribed(&house, &service, 1, &format!("section:{}", cast.section)).await;
    subscribed(&house, &service, 2, &format!("agency:{}", cast.agency.id)).await;
    let path = cast.published(&house, "Tin báo trên màn hình").await;
    after(&house, &service, 1).await;
    for seed in [1, 2] {
        let notices = shown(&service, seed);
        assert_eq!(notices.len(), 1);
        let said: serde_json::Value = serde_json::from_slice(&notices[0].content).expect("JSON");
        assert_eq!((said["title"].as_str(), said["body"].as_str()), (Some("Tin báo trên màn hình"), Some("Tóm tắt của bài")));
        assert_eq!(said["url"], "/tin-tuc/tin-bao-tren-man-hinh");
        assert_eq!(notices[0].ttl, "86400");
    }
    let order = the_order(&house, &path, Kind::News).await;
    assert_eq!((order.state, order.matched), (State::Done, 2));
    let id = article_at(&house, &path).await.id;
    let copy = copies(&house.app, id).await.expect("copies").into_iter().find(|one| one.channel == "push").expect("a copy");
    assert_eq!((copy.stand, copy.recipients), (Stand::Final, Some(2)));
    let count = counts(&house.app, id).await.expect("counts").into_iter().find(|one| one.channel == "push").expect("a count");
    assert_eq!(count.value, Some(2));
    let page = format!("/desk/push/{}", order.id);
    cast.approver.get(&page).await.expect(200).says("Dịch vụ đẩy đã nhận").says_not("Gửi tin đính chính");
    cast.approver.post(&format!("{page}/acts/correction"), &[]).await.expect(422).says("chưa được đính chính");
    cast.stranger.get(&page).await.expect(404);
    house.app.clock.advance(TimeDelta::minutes(1));
    corrected(&cast, &house, &path).await;
    cast.approver.get(&page).await.expect(200).says("Gửi tin đính chính");
    cast.administrator.post(&format!("{page}/acts/correction"), &[]).await.expect(403);
    let first = cast.approver.post(&format!("{page}/acts/correction"), &[]).await.expect(303);
    let again = cast.approver.post(&format!("{page}/acts/correction"), &[]).await.expect(303);
    assert_eq!(first.location(), again.location());
    after(&house, &service, 1).await;
    let notices = shown(&service, 1);
    assert_eq!(notices.len(), 1, "it takes the place of the first");
    assert!(String::from_utf8_lossy(&notices[0].content).contains("Đính chính: Tin báo trên màn hình"));
    let copy = copies(&house.app, id).await.expect("copies").into_iter().find(|one| one.channel == "push").expect("a copy");
    assert_eq!(copy.stand, Stand::Followed);
    cast.approver.get("/desk/push?state=done").await.expect(200).says("2/2 đã nhận").says("Báo đính chính");
    cast.approver.get("/desk/push/csv").await.expect(200).says("Tin báo trên màn hình");
});

story!(an_approver_announces_one_and_others_do_not, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let service = service(&house).await;
    let path = cast.published(&house, "Tin được chọn").await;
    let article = article_id(&path).to_owned();
    let chosen = [("article", article.as_str())];
    cast.approver.post("/desk/push/new", &chosen).await.expect(422).says("chưa bật thông báo đẩy");
    switched(&house, &cast, "chosen").await;
    subscribed(&house, &service, 3, "all:").await;
    cast.approver.get(&path).await.expect(200).says("Gửi thông báo đẩy");
    cast.author.get(&format!("/desk/push/new?article={article}")).await.expect(403);
    cast.approver.get(&format!("/desk/push/new?article={article}")).await.expect(200).says("1 trình duyệt đã xin nhận");
    cast.approver.get("/desk/push/new").await.expect(404);
    let first = cast.approver.post("/desk/push/new", &chosen).await.expect(303);
    assert_eq!(first.location(), cast.approver.post("/desk/push/new", &chosen).await.expect(303).location());
    after(&house, &service, 1).await;
    assert_eq!(shown(&service, 3).len(), 1);
});

story!(push_services_misbehave_and_nobody_is_lost_or_told_for_ever, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    subscribed(&house, &service, 4, "all:").await;
    for (number, trick) in [Trick::DropDone, Trick::BrokenDone, Trick::DropUndone].into_iter().enumerate() {
        service.double().tricks.0.push_back(Some(trick));
        let path = cast.published(&house, &format!("Tin {number}")).await;
        after(&house, &service, 1).await;
        let order = the_order(&house, &path, Kind::News).await;
        assert_eq!(standing(&house, &order, Way::Unknown).await, 1, "{trick:?}");
        assert_eq!(order.state, State::Sending, "it is sent once more");
        after(&house, &service, 601).await;
        assert_eq!(standing(&house, &order, Way::Confirmed).await, 1);
        assert_eq!(the_order(&house, &path, Kind::News).await.state, State::Done);
        assert_eq!(shown(&service, 4).len(), number + 1, "a second of the same topic takes the place of the first");
    }
    house.app.clock.advance(TimeDelta::hours(17)); // over the quiet hours, to another day
    let cast = crate::stories::channels::anew(&house, &cast).await;
    service.double().tricks.0.extend([Some(Trick::BrokenDone), Some(Trick::BrokenDone)]);
    let path = cast.published(&house, "Tin không rõ").await;
    for seconds in [1, 601, 3_600] {
        after(&house, &service, seconds).await;
    }
    let order = the_order(&house, &path, Kind::News).await;
    assert_eq!((standing(&house, &order, Way::Unknown).await, order.state), (1, State::Done), "once more, and no more");
    service.double().tricks.0.push_back(Some(Trick::TooMany { retry_after_s: 120 }));
    let path = cast.published(&house, "Tin bị hoãn").await;
    after(&house, &service, 1).await;
    let order = the_order(&house, &path, Kind::News).await;
    assert_eq!(standing(&house, &order, Way::Queued).await, 1);
    after(&house, &service, 60).await;
    assert_eq!(standing(&house, &order, Way::Queued).await, 1, "the service is left alone as long as it wants");
    after(&house, &service, 61).await;
    assert_eq!(standing(&house, &order, Way::Confirmed).await, 1);
});

story!(a_subscription_that_is_over_is_forgotten, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    subscribed(&house, &service, 5, "all:").await;
    if let Some(browser) = service.double().browsers.get_mut("browser-5") {
        browser.is_gone = true;
    }
    let path = cast.published(&house, "Tin cho người đã đi").await;
    after(&house, &service, 1).await;
    let order = the_order(&house, &path, Kind::News).await;
    assert_eq!(standing(&house, &order, Way::Gone).await, 1);
    let row = subscription::Entity::find().one(&house.app.db).await.expect("rows").expect("a subscription");
    assert_eq!((row.state, row.endpoint.as_str()), (subscription::State::Gone, ""));
});

story!(a_killed_sender_leaves_an_unknown_that_is_sent_once_more, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    subscribed(&house, &service, 6, "all:").await;
    let path = cast.published(&house, "Tin bị cắt").await;
    after(&house, &service, 1).await;
    let order = the_order(&house, &path, Kind::News).await;
    // As a node leaves it that is killed between the call and what it wrote down.
    let now = house.app.clock.now();
    delivery::Entity::update_many()
        .col_expr(delivery::Column::State, Expr::value(Way::Sending))
        .col_expr(delivery::Column::Batch, Expr::value(crate::base::new_id()))
        .col_expr(delivery::Column::LeasedUntil, Expr::value(now + TimeDelta::seconds(sender::LEASE_S)))
        .exec(&house.app.db)
        .await
        .expect("a row");
    order::Entity::update_many()
        .col_expr(order::Column::State, Expr::value(State::Sending))
        .exec(&house.app.db)
        .await
        .expect("an order");
    after(&house, &service, 60).await;
    assert_eq!(standing(&house, &order, Way::Sending).await, 1, "its lease holds");
    after(&house, &service, sender::LEASE_S).await;
    assert_eq!(standing(&house, &order, Way::Unknown).await, 1);
    after(&house, &service, 601).await;
    assert_eq!(standing(&house, &order, Way::Confirmed).await, 1);
    assert_eq!(shown(&service, 6).len(), 1);
});

story!(quiet_hours_and_the_days_limit_hold, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    subscribed(&house, &service, 8, "all:").await;
    for number in 0..4 {
        let path = cast.published(&house, &format!("Tin thứ {number}")).await;
        after(&house, &service, 1).await;
        let order = the_order(&house, &path, Kind::News).await;
        assert_eq!((order.matched, order.over_limit), (1, i32::from(number == 3)), "three a day");
    }
    assert_eq!(shown(&service, 8).len(), 3);
    crate::stories::news::at(&house, "2026-03-02T21:30:00");
    let cast = crate::stories::channels::anew(&house, &cast).await;
    let path = cast.published(&house, "Tin ban đêm").await;
    after(&house, &service, 60).await;
    assert_eq!(the_order(&house, &path, Kind::News).await.state, State::Waiting);
    after(&house, &service, 9 * 3_600).await;
    assert_eq!(shown(&service, 8).len(), 4, "in the morning, of another day");
});

story!(what_is_withdrawn_or_stopped_before_it_goes_does_not_go, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    subscribed(&house, &service, 11, "all:").await;
    crate::stories::news::at(&house, "2026-03-02T21:30:00");
    let cast = crate::stories::channels::anew(&house, &cast).await;
    let (first, second) = (cast.published(&house, "Rút trước giờ").await, cast.published(&house, "Dừng trước giờ").await);
    house.react().await;
    act_on_article(&house, &cast.approver, &first, "withdrawal", &[("withdrawal", "Sai"), ("fate", "stays")]).await.expect(303);
    house.react().await;
    assert_eq!(the_order(&house, &first, Kind::News).await.state, State::Stopped);
    let order = the_order(&house, &second, Kind::News).await;
    let act = format!("/desk/push/{}/acts/stopping", order.id);
    cast.approver.post(&act, &[("why", " ")]).await.expect(422).says("Hãy ghi lý do dừng");
    cast.administrator.post(&act, &[("why", "Nhầm")]).await.expect(403);
    cast.approver.post(&act, &[("why", "Nhầm")]).await.expect(303);
    cast.approver.post(&act, &[("why", "Nhầm")]).await.expect(409);
    after(&house, &service, 10 * 3_600).await;
    assert!(shown(&service, 11).is_empty());
    let id = article_at(&house, &first).await.id;
    let copy = copies(&house.app, id).await.expect("copies").into_iter().find(|one| one.channel == "push").expect("a copy");
    assert_eq!(copy.stand, Stand::Stopped);
});

story!(what_was_put_off_does_not_ring_at_night, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    subscribed(&house, &service, 12, "all:").await;
    crate::stories::news::at(&house, "2026-03-02T20:58:00");
    let cast = crate::stories::channels::anew(&house, &cast).await;
    service.double().tricks.0.push_back(Some(Trick::TooMany { retry_after_s: 180 }));
    let path = cast.published(&house, "Tin buổi tối").await;
    after(&house, &service, 1).await;
    let order = the_order(&house, &path, Kind::News).await;
    assert_eq!(standing(&house, &order, Way::Queued).await, 1);
    // The service would take it at 21:01, and people sleep from nine on.
    after(&house, &service, 600).await;
    assert_eq!((standing(&house, &order, Way::Queued).await, shown(&service, 12).len()), (1, 0));
    after(&house, &service, 9 * 3_600).await;
    assert_eq!((standing(&house, &order, Way::Confirmed).await, shown(&service, 12).len()), (1, 1));
});

story!(what_waited_for_days_rings_nobody, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    subscribed(&house, &service, 14, "all:").await;
    let path = cast.published(&house, "Tin của hôm kia").await;
    house.react().await;
    let order = the_order(&house, &path, Kind::News).await;
    assert!(!order.state.is_over(), "nothing ran since");
    after(&house, &service, 2 * 86_400).await;
    let order = the_order(&house, &path, Kind::News).await;
    assert_eq!((order.state, shown(&service, 14).len()), (State::Stopped, 0));
    assert!(order.why.contains("quá một ngày"), "{}", order.why);
});

story!(the_board_counts_all_orders_at_once, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    subscribed(&house, &service, 13, "all:").await;
    cast.published(&house, "Tin thứ nhất").await;
    after(&house, &service, 1).await;
    cast.approver.get("/desk/push").await.expect(200);
    let before = house.statements();
    cast.approver.get("/desk/push").await.expect(200).says("1/1 đã nhận");
    let with_one = house.statements() - before;
    for number in 2..=3 {
        cast.published(&house, &format!("Tin thứ {number}")).await;
        after(&house, &service, 1).await;
    }
    cast.approver.get("/desk/push").await.expect(200);
    let before = house.statements();
    cast.approver.get("/desk/push").await.expect(200).says("Tin thứ 3");
    assert_eq!(house.statements() - before, with_one);
});

story!(what_a_restore_stopped_goes_on_or_stays_at_once, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    switched(&house, &cast, "every").await;
    let service = service(&house).await;
    subscribed(&house, &service, 12, "all:").await;
    crate::stories::news::at(&house, "2026-03-02T21:30:00");
    let cast = crate::stories::channels::anew(&house, &cast).await;
    let (first, second) = (cast.published(&house, "Chờ đến sáng").await, cast.published(&house, "Gỡ trong đêm").await);
    house.react().await;
    crate::base::restored::declare(&house.app).await.expect("declared");
    house.react().await;
    for path in [&first, &second] {
        assert_eq!(the_order(&house, path, Kind::News).await.state, State::Stopped);
    }
    act_on_article(&house, &cast.approver, &second, "withdrawal", &[("withdrawal", "Sai"), ("fate", "stays")]).await.expect(303);
    house.react().await;
    cast.approver.get("/desk/push").await.expect(200).says("2 thông báo dừng lại");
    cast.approver.get("/desk").await.expect(200).says("2 thông báo dừng lại");
    cast.administrator.get("/desk/push").await.expect(200).says_not("/desk/push/restored/sending");
    cast.administrator.post("/desk/push/restored/sending", &[]).await.expect(403);
    cast.approver.post("/desk/push/restored/later", &[]).await.expect(404);
    // One by itself.
    let one = format!("/desk/push/{}", the_order(&house, &first, Kind::News).await.id);
    cast.approver.get(&one).await.expect(200).says("Gửi tiếp hay không?");
    cast.administrator.post(&format!("{one}/acts/resumption"), &[]).await.expect(403);
    cast.approver.post(&format!("{one}/acts/drop"), &[("why", " ")]).await.expect(422).says("Hãy ghi lý do dừng");
    cast.approver.post(&format!("{one}/acts/resumption"), &[]).await.expect(303);
    cast.approver.post(&format!("{one}/acts/resumption"), &[]).await.expect(409).says_not("Gửi tiếp hay không?");
    cast.approver.post("/desk/push/restored/sending", &[]).await.expect(303);
    assert_eq!(the_order(&house, &first, Kind::News).await.state, State::Waiting);
    assert_eq!(the_order(&house, &second, Kind::News).await.state, State::Stopped, "it is out no more");
    cast.approver.post("/desk/push/restored/drop", &[("why", "")]).await.expect(422).says("1 thông báo dừng lại");
    cast.approver.post("/desk/push/restored/drop", &[("why", "Bài đã gỡ")]).await.expect(303);
    cast.approver.get("/desk/push").await.expect(200).says_not("dừng lại khi khôi phục");
    after(&house, &service, 9 * 3_600).await;
    assert_eq!(shown(&service, 12).len(), 1, "in the morning, as it would have");
});
