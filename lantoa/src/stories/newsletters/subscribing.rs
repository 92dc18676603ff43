//! In two steps, out in one; the same answer whoever asks; erased on request. Scenario C-3: addresses that are none, a list with 30 %
//! duplicates by case and dots.

use super::*;
use crate::newsletters::{consent, suppression};
use crate::story;
use sea_orm::QueryOrder;

const FORM: [(&str, &str); 3] = [("address", "An.Binh@Example.vn"), ("name", "An"), ("agreed", "on")];

async fn consents(house: &House, subscriber: Uuid) -> Vec<String> {
    let of = consent::Entity::find().filter(consent::Column::Subscriber.eq(subscriber)).order_by_asc(consent::Column::Id);
    of.all(&house.app.db).await.expect("consents").into_iter().map(|one| one.what).collect()
}

story!(a_subscription_takes_two_steps, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin tuần", &[]).await;
    let visitor = house.visitor();
    visitor.get("/ban-tin").await.expect(200).says("Tin tuần");
    visitor.get("/ban-tin?agency=so-y-te").await.expect(200).says("Tin tuần");
    visitor.get("/ban-tin?agency=so-xay-dung").await.expect(200).says_not("Tin tuần");
    visitor.get("/co-quan/so-y-te").await.expect(200).says("/ban-tin/tin-tuan");
    let page = visitor.get("/ban-tin/tin-tuan").await.expect(200).says("Chỉ để gửi bản tin này");
    assert!(page.headers.get("set-cookie").is_none(), "no cookie");
    for (fields, words) in [
        ([("address", "không phải"), ("agreed", "on")], "đúng một dấu @"),
        ([("address", "a@b"), ("agreed", "on")], "không phải tên máy chủ"),
        ([("address", "a\r\nBcc: x@y.vn"), ("agreed", "on")], "ký tự không dùng được"),
        ([("address", "an@example.vn"), ("none", "")], "Hãy đánh dấu đồng ý"),
    ] {
        visitor.post("/ban-tin/tin-tuan", &fields).await.expect(422).says(words);
    }
    let asked = visitor.post("/ban-tin/tin-tuan", &FORM).await.expect(200).says("một thư xác nhận đã lên đường").text();
    let one = reader(&house, newsletter, "An.Binh@example.vn").await;
    assert_eq!(one.state, subscriber::State::Pending);
    posted(&house).await;
    assert_eq!(sink.to("An.Binh@example.vn"), 1);
    // Pressed again at once: the same answer, no second letter. Written otherwise: the same mailbox.
    let again =
        visitor.post("/ban-tin/tin-tuan", &[("address", "an.binh@EXAMPLE.vn"), FORM[1], FORM[2]]).await.expect(200).text();
    assert_eq!(asked.contains("Xin mở hộp thư"), again.contains("Xin mở hộp thư"));
    posted(&house).await;
    assert_eq!(sink.taken(), 1);
    let here = format!("/ban-tin/xac-nhan/{}", link(&house, Purpose::Confirm, one.id));
    // Looked at by a program: nothing happens.
    visitor.get(&here).await.expect(200).says("Tôi xác nhận").says("A…@example.vn");
    assert_eq!(reader(&house, newsletter, &one.address).await.state, subscriber::State::Pending);
    let wrong = link(&house, Purpose::Leave, one.id);
    visitor.post(&format!("/ban-tin/xac-nhan/{wrong}"), &[]).await.expect(404).says("không còn dùng được");
    for _ in 0..2 {
        visitor.post(&here, &[]).await.expect(200).says("Đã đăng ký");
    }
    assert_eq!(reader(&house, newsletter, &one.address).await.state, subscriber::State::Active);
    assert_eq!(consents(&house, one.id).await, ["asked", "confirmed"]);
    assert_eq!(facts(&house, newsletter, "SubscriberJoined").await, 1);
    // A known one asks again: the same answer, and no letter that tells them apart.
    visitor.post("/ban-tin/tin-tuan", &FORM).await.expect(200).says("Xin mở hộp thư");
    posted(&house).await;
    assert_eq!(sink.taken(), 1);
    let all = fact::Entity::find().all(&house.app.db).await.expect("facts");
    assert!(all.iter().all(|fact| !fact.body.to_lowercase().contains("binh@")), "no fact names an address");
});

story!(a_link_ends_and_what_was_not_confirmed_is_forgotten, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin tuần", &[]).await;
    house.visitor().post("/ban-tin/tin-tuan", &FORM).await.expect(200);
    let one = reader(&house, newsletter, "An.Binh@example.vn").await;
    house.app.clock.advance(chrono::TimeDelta::days(8));
    let here = format!("/ban-tin/xac-nhan/{}", link(&house, Purpose::Confirm, one.id));
    house.visitor().post(&here, &[]).await.expect(422).says("quá hạn");
    house.app.clock.advance(chrono::TimeDelta::days(8));
    for chore in crate::newsletters::clockwork::chores() {
        (chore.work)(&house.app).await.expect("a chore");
    }
    assert_eq!(subscriber::Entity::find().count(&house.app.db).await.expect("a count"), 0);
    house.visitor().get(&here).await.expect(404);
});

story!(leaving_takes_one_click_and_choosing_one_page, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let (one, two) = (made(&cast, "Một", &[]).await, made(&cast, "Hai", &[]).await);
    subscribed(&cast, one, &["an", "binh"]).await;
    let an = reader(&house, one, "an@example.vn").await;
    let here = format!("/ban-tin/huy/{}", link(&house, Purpose::Leave, an.id));
    let visitor = house.visitor();
    visitor.get(&here).await.expect(200).says("Thôi nhận");
    assert_eq!(reader(&house, one, "an@example.vn").await.state, subscriber::State::Active);
    // As a mail provider posts it: no cookie, no origin (RFC 8058).
    for _ in 0..2 {
        house.visitor().post(&here, &[("List-Unsubscribe", "One-Click")]).await.expect(200).says("Đã thôi nhận");
    }
    let left = reader(&house, one, "an@example.vn").await;
    assert_eq!((left.state, left.left_how.as_str()), (subscriber::State::Left, "one-click"));
    assert_eq!(facts(&house, one, "SubscriberLeft").await, 1);
    assert_eq!(consents(&house, an.id).await, ["imported", "withdrawn"]);
    // The page of the same mailbox: back to one, and the other besides.
    let choose = format!("/ban-tin/tuy-chon/{}", link(&house, Purpose::Manage, an.id));
    visitor.get(&choose).await.expect(200).says("Một").says("Hai").says("a…@example.vn").says_not("an@example.vn");
    let ids = [one.to_string(), two.to_string()];
    visitor.post(&choose, &[("newsletters", &ids[0]), ("newsletters", &ids[1])]).await.expect(200).says("Đã lưu lựa chọn");
    for newsletter in [one, two] {
        assert_eq!(reader(&house, newsletter, "an@example.vn").await.state, subscriber::State::Active);
    }
    visitor.post(&choose, &[("newsletters", &ids[1])]).await.expect(200);
    assert_eq!(reader(&house, one, "an@example.vn").await.state, subscriber::State::Left);
    visitor.post("/ban-tin/huy/khong-co", &[]).await.expect(404);
});

story!(erased_is_gone_and_is_not_brought_back, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    house.visitor().post("/ban-tin/tin", &FORM).await.expect(200);
    let one = reader(&house, newsletter, "An.Binh@example.vn").await;
    posted(&house).await;
    let visitor = house.visitor();
    visitor.post(&format!("/ban-tin/xac-nhan/{}", link(&house, Purpose::Confirm, one.id)), &[]).await.expect(200);
    let path = drafted(&house, &cast, newsletter, "Lời").await;
    approved(&house, &cast, &path).await;
    let choose = format!("/ban-tin/tuy-chon/{}", link(&house, Purpose::Manage, one.id));
    visitor.post(&format!("{choose}/xoa"), &[]).await.expect(422).says("đánh dấu vào ô chắc chắn");
    visitor.post(&format!("{choose}/xoa"), &[("sure", "on")]).await.expect(200).says("Đã xóa");
    visitor.get(&choose).await.expect(404);
    let row = subscriber::Entity::find_by_id(one.id).one(&house.app.db).await.expect("rows").expect("the row stands");
    assert_eq!((row.state, row.address.as_str(), row.name.as_str()), (subscriber::State::Erased, "", ""));
    let mails = mail::Entity::find().filter(mail::Column::About.eq(one.id)).count(&house.app.db).await.expect("a count");
    assert_eq!(mails, 0, "nor in the letters to confirm");
    brought(&cast, newsletter, "an.binh@example.vn\n").await.expect(200).says("Bỏ qua 1 người");
    turn(&house).await;
    assert_eq!(sink.to("An.Binh@example.vn"), 1, "the letter to confirm, and no other");
    // They themselves come back.
    visitor.post("/ban-tin/tin", &FORM).await.expect(200);
    let back = reader(&house, newsletter, "An.Binh@example.vn").await;
    visitor.post(&format!("/ban-tin/xac-nhan/{}", link(&house, Purpose::Confirm, back.id)), &[]).await.expect(200);
    assert_eq!(suppression::Entity::find().count(&house.app.db).await.expect("a count"), 0);
});

story!(a_list_is_brought_in_with_what_people_agreed_to, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    let path = format!("/desk/newsletters/{newsletter}/subscribers/import");
    cast.administrator.get(&path).await.expect(200).says("Họ đã đồng ý ở đâu");
    cast.administrator.upload(&path, ("file", "a.csv", b"an@example.vn\n"), &[]).await.expect(422).says("Hãy ghi rõ họ đồng ý");
    cast.administrator.upload(&path, ("file", "a.csv", b""), &[("statement", STATEMENT)]).await.expect(422).says("không có dòng");
    cast.author.get(&path).await.expect(403);
    // A third stands twice: by case, and by dots where they do not count.
    let mut csv = String::from("Email,Tên\n");
    for n in 0..100 {
        csv.push_str(&format!("nguoi.{n}@gmail.com,Người {n}\n"));
    }
    for n in 0..30 {
        csv.push_str(&format!("NGUOI{n}+tin@googlemail.com,Người {n}\n"));
    }
    csv.push_str("không phải thư,Ai\nthủy@thư.vn,\"Tên\r\nBcc: x@y.vn\"\na..b@example.vn,Ai\n");
    let page =
        brought(&cast, newsletter, &csv).await.expect(200).says("Thêm 101 người").says("Bỏ qua 30").says("Không nhận 2 dòng");
    page.says("Dòng 132: Địa chỉ cần đúng một dấu @");
    let list = format!("/desk/newsletters/{newsletter}/subscribers");
    cast.administrator.get(&list).await.expect(200).says("nguoi.99@gmail.com");
    cast.administrator
        .get(&format!("{list}?q=nguoi5%40gmail.com"))
        .await
        .expect(200)
        .says("nguoi.5@gmail.com")
        .says_not("nguoi.6@");
    cast.administrator.get(&format!("{list}?show=left")).await.expect(200).says("Không có ai ở đây");
    cast.author.get(&list).await.expect(200).says("n…@gmail.com").says_not("nguoi.5@gmail.com");
    cast.stranger.get(&list).await.expect(404);
    let csv = cast.administrator.get(&format!("{list}/export")).await.expect(200).says("nguoi.5@gmail.com");
    assert_eq!(csv.text().lines().count(), 102);
    assert_eq!(facts(&house, newsletter, "SubscribersExported").await, 1);
    cast.author.get(&format!("{list}/export")).await.expect(403);
    brought(&cast, newsletter, "nguoi1@gmail.com\n").await.expect(200).says("Thêm 0 người");
});

story!(nobody_fills_a_strangers_mailbox, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    for number in 1..=12 {
        made(&cast, &format!("Tin {number}"), &[]).await;
    }
    let asked = async || {
        let of = consent::Entity::find().filter(consent::Column::What.eq("asked"));
        of.count(&house.app.db).await.expect("a count")
    };
    let visitor = house.visitor();
    for number in 1..=12 {
        visitor.post(&format!("/ban-tin/tin-{number}"), &FORM).await.expect(200).says("một thư xác nhận đã lên đường");
    }
    assert_eq!(asked().await, 10, "each newsletter a letter, and no end of them");
    house.app.clock.advance(chrono::TimeDelta::hours(25));
    visitor.post("/ban-tin/tin-12", &FORM).await.expect(200);
    assert_eq!(asked().await, 11);
});
