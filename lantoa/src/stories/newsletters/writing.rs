//! An issue from the first article to its approval, and what its letters look like (scenario C-3: a header in a name, a domain with
//! marks).

use super::*;
use crate::newsletters::composing::MARKS;
use crate::story;

/// Made by who may, after who may not were told.
async fn opened(cast: &Cast<'_>) -> Uuid {
    cast.author.get("/desk/newsletters").await.expect(200).says("Nhờ quản trị cơ quan mở bản tin");
    cast.administrator.get("/desk/newsletters").await.expect(200).says("Cơ quan chưa có bản tin nào");
    cast.administrator.get("/desk/newsletters/new").await.expect(200).says("Mục đích dùng địa chỉ thư");
    cast.author.get("/desk/newsletters/new").await.expect(403);
    cast.administrator
        .post("/desk/newsletters", &[("name", ""), ("hour", "25"), ("weekday", "1")])
        .await
        .expect(422)
        .says("Hãy đặt tên");
    made(cast, "Tin tuần", &[]).await
}

/// Tried, handed in, sent back, handed in again, approved, sent.
async fn approved_after_all(house: &House, cast: &Cast<'_>, path: &str, sink: &Sink) {
    act(house, &cast.author, path, "trial", "").await.expect(303);
    assert_eq!(sink.letters().len(), 1);
    assert_eq!(facts(house, id(path), "IssueTested").await, 1);
    act(house, &cast.author, path, "submission", "").await.expect(303);
    cast.approver.get("/desk").await.expect(200).says("1 số bản tin chờ duyệt");
    act(house, &cast.author, path, "approval", "").await.expect(403);
    act(house, &cast.approver, path, "return", "").await.expect(422).says("Hãy ghi lý do");
    act(house, &cast.approver, path, "return", "Thiếu một tin").await.expect(303);
    cast.author.get(path).await.expect(200).says("Thiếu một tin");
    act(house, &cast.author, path, "submission", "").await.expect(303);
    act(house, &cast.author, path, "recall", "").await.expect(303);
    approved(house, cast, path).await;
    turn(house).await;
    let tally = tally(house, path).await;
    accounted(&tally, 2, sink);
    assert_eq!((tally.sent, at_path(house, path).await.state), (2, State::Sent));
    cast.author.get(&format!("/desk/newsletters/issues/{}", id(path))).await.expect(200).says("Xong 2 trên 2 thư");
    cast.author.get(&format!("/desk/newsletters/issues/{}/progress", id(path))).await.expect(200).says("Đã gửi");
    cast.administrator
        .get(&format!("/desk/newsletters/issues/{}/letters", id(path)))
        .await
        .expect(200)
        .says("an@example.vn,Đã gửi");
    cast.author.get(&format!("{path}/letters")).await.expect(200).says_not("an@example.vn");
    cast.author.get("/desk/newsletters?show=sent").await.expect(200).says("2 đã gửi");
}

async fn refused(house: &House, cast: &Cast<'_>, path: &str) {
    saved(house, &cast.author, path, &[("title", "")]).await.expect(422).says("Hãy viết tiêu đề");
    saved(house, &cast.author, path, &[("title", "Tuần"), ("add", "http://localhost/tin-tuc/khong-co")])
        .await
        .expect(422)
        .says("Không có tin nào ở địa chỉ này");
}

async fn previewed(cast: &Cast<'_>, path: &str) {
    let html = cast
        .author
        .get(&format!("/desk/newsletters/issues/{}/preview", id(path)))
        .await
        .expect(200)
        .says("&#60;b&#62;tin")
        .says_not(MARKS[0])
        .says_not("<img");
    assert!(html.headers["content-security-policy"].to_str().expect("a policy").contains("sandbox"));
    cast.author.get(&format!("{path}/preview?form=text")).await.expect(200).says("* Tin thứ hai").says("Mời đọc <b>tin</b>.");
}

story!(an_issue_is_drawn_written_approved_and_sent, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = opened(&cast).await;
    subscribed(&cast, newsletter, &["an", "binh"]).await;
    house.app.clock.advance(chrono::TimeDelta::minutes(1));
    for title in ["Tin thứ nhất", "Tin thứ hai", "Tin thứ ba"] {
        cast.published(&house, title).await;
        house.app.clock.advance(chrono::TimeDelta::minutes(1));
    }
    let desk = format!("/desk/newsletters/{newsletter}");
    cast.author.get(&desk).await.expect(200).says("Soạn số mới");
    let path = cast.author.post(&format!("{desk}/issues"), &[]).await.expect(303).location().to_owned();
    cast.author.get(&path).await.expect(200).says("Tin thứ nhất").says("Tin thứ ba").says("Gửi thử cho tôi");
    let items = at_path(&house, &path).await.items();
    assert_eq!(items.len(), 3);
    // Two stay, the other way round, one with other words.
    let [a, b] = [items[0].article.to_string(), items[2].article.to_string()];
    let places = [format!("place-{a}"), format!("place-{b}"), format!("words-{a}")];
    let version = at_path(&house, &path).await.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("title", "Tuần này\r\nBcc: x@y.vn"),
        ("words", "Chào bạn.\n\nMời đọc <b>tin</b>."),
        ("items", &a),
        ("items", &b),
        (places[0].as_str(), "2"),
        (places[1].as_str(), "1"),
        (places[2].as_str(), "Lời khác của tin"),
    ];
    cast.author.post(&path, &fields).await.expect(303);
    cast.author.post(&path, &fields).await.expect(409).says("Có người vừa sửa trước bạn");
    let there = at_path(&house, &path).await;
    assert_eq!(there.items().iter().map(|item| item.article.to_string()).collect::<Vec<_>>(), [b, a]);
    assert_eq!(there.title, "Tuần này Bcc: x@y.vn");
    refused(&house, &cast, &path).await;
    saved(
        &house,
        &cast.author,
        &path,
        &[("title", "Tuần này"), ("words", "Chào bạn.\n\nMời đọc <b>tin</b>."), ("add", "http://localhost/tin-tuc/tin-thu-hai")],
    )
    .await
    .expect(303);
    assert_eq!(at_path(&house, &path).await.items().len(), 3);
    previewed(&cast, &path).await;
    approved_after_all(&house, &cast, &path, &sink).await;
});

story!(nobody_approves_what_is_their_own_and_strangers_see_nothing, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin", &[]).await;
    let path = cast.approver.post(&format!("/desk/newsletters/{newsletter}/issues"), &[]).await.expect(303).location().to_owned();
    act(&house, &cast.approver, &path, "submission", "").await.expect(303);
    cast.approver.get(&path).await.expect(200).says("Cần một người khác duyệt");
    act(&house, &cast.approver, &path, "approval", "").await.expect(422).says("Cần một người khác duyệt");
    assert_eq!(facts(&house, id(&path), "OwnApprovalRefused").await, 1);
    let other = house.someone(Role::Approver, Some(&cast.agency)).await;
    other.get(&path).await.expect(200).says("Số này chưa có gì");
    act(&house, &other, &path, "approval", "").await.expect(422).says("Số này chưa có gì");
    let desk = format!("/desk/newsletters/{newsletter}");
    for address in [&path, &desk, &format!("{path}/preview"), &format!("{path}/progress"), &format!("{path}/letters")] {
        cast.stranger.get(address).await.expect(404);
    }
    act(&house, &cast.stranger, &path, "cancellation", "Phá").await.expect(404);
    act(&house, &cast.administrator, &path, "cancellation", "Không cần nữa").await.expect(303);
    assert_eq!(at_path(&house, &path).await.state, State::Cancelled);
    cast.administrator.get(&format!("{desk}/facts")).await.expect(200).says("Tự gửi, không cần duyệt");
    let version = the(&house, newsletter).await.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("name", "Tin mới"),
        ("purpose", "Mục đích khác"),
        ("rhythm", "daily"),
        ("hour", "8"),
        ("weekday", "1"),
        ("open", "on"),
    ];
    cast.administrator.post(&desk, &fields).await.expect(303);
    cast.administrator.post(&desk, &fields).await.expect(409);
    let now = the(&house, newsletter).await;
    assert_eq!((now.name.as_str(), now.text_version), ("Tin mới", 2));
    assert!(now.next_at.is_some());
});

story!(a_letter_is_what_mailboxes_want, |house| {
    let sink = sink().await;
    let house = open(house, &sink);
    let cast = Cast::of(&house).await;
    let newsletter = made(&cast, "Tin tuần", &[]).await;
    brought(&cast, newsletter, "an@example.vn,\"Nguyễn\nBcc: x@y.vn\"\nnguyễn@thư.vn,Bình\n").await.expect(200);
    sent(&house, &cast, newsletter).await;
    let letters = sink.letters();
    assert_eq!(letters.len(), 2);
    let one = letters.iter().find(|letter| letter.recipient == "an@example.vn").expect("the letter");
    let text = String::from_utf8(one.bytes.clone()).expect("ASCII");
    let head = text.split("\r\n\r\n").next().expect("a head");
    for line in [
        "List-Unsubscribe: <http://localhost/ban-tin/huy/",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "List-Id: ",
        "Message-ID: <",
        "Precedence: bulk",
    ] {
        assert!(head.contains(line), "{line} is not in {head}");
    }
    assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    assert!(one.return_path.starts_with("bounces+") && one.return_path.ends_with("@lantoa.test"), "{}", one.return_path);
    assert!(one.return_path.split('@').next().expect("a local part").len() <= 64);
    assert!(
        letters.iter().any(|letter| letter.recipient == "nguyễn@xn--th-jmz.vn" || letter.recipient.starts_with("nguyễn@xn--"))
    );
    // The link of the letter is the link that ends it.
    let link = head.split("/ban-tin/huy/").nth(1).and_then(|rest| rest.split('>').next()).expect("a link");
    house.visitor().post(&format!("/ban-tin/huy/{link}"), &[("List-Unsubscribe", "One-Click")]).await.expect(200);
    assert_eq!(reader(&house, newsletter, "an@example.vn").await.state, subscriber::State::Left);
});
