//! Going out: refused without the law's facts, at its minute, never without approval; corrected, withdrawn, taken down.

use super::*;
use crate::news::clockwork;
use crate::story;

story!(nothing_goes_out_while_the_site_lacks_what_the_law_wants, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.approved(&house, "Bài đầu tiên").await;
    cast.approver.get(&path).await.expect(200).says("Cổng còn thiếu 5 thông tin bắt buộc");
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(422).says("thông tin bắt buộc");
    is_in(State::Approved, &at_path(&house, &path).await);
    cast.approver.get("/desk/news/site").await.expect(403);
    let system = house.someone(Role::SystemAdministrator, Some(&cast.agency)).await;
    system.get("/desk/news/site").await.expect(200).says("Người chịu trách nhiệm nội dung");
    let mut facts = vec![
        ("version", "0"),
        ("name", ""),
        ("owner", "Ủy ban nhân dân tỉnh"),
        ("address", "Số 1"),
        ("phone", "0277"),
        ("email", "không phải"),
        ("responsible", "Chánh Văn phòng"),
    ];
    system.post("/desk/news/site", &facts).await.expect(422).says("Hãy viết địa chỉ thư").says("không phải");
    facts[5].1 = "a@b.vn";
    system.post("/desk/news/site", &facts).await.expect(303);
    system.post("/desk/news/site", &facts).await.expect(303); // nothing changes, nothing is lost
    facts[2].1 = "Khác";
    system.post("/desk/news/site", &facts).await.expect(409).says("Có người vừa lưu");
    house.visitor().get("/tin-tuc").await.expect(200).says("Ủy ban nhân dân tỉnh").says("Chánh Văn phòng");
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
    house.visitor().get("/tin-tuc/bai-dau-tien").await.expect(200).says("<h1>Bài đầu tiên</h1>");
    assert_eq!(heard(&house, cast.author.person.expect("a person"), "notice-article-published").await, 1);
});

story!(a_scheduled_article_goes_out_at_its_minute_once, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.approved(&house, "Bài hẹn giờ").await;
    act(&house, &cast.approver, &path, "schedule", &[("at", "2026-03-01T06:59")]).await.expect(422).says("bây giờ là");
    act(&house, &cast.approver, &path, "schedule", &[("at", "bảy giờ")]).await.expect(422).says("Không đọc được");
    act(&house, &cast.author, &path, "schedule", &[("at", "2026-03-03T07:00")]).await.expect(403);
    act(&house, &cast.approver, &path, "schedule", &[("at", "2026-03-03T07:00")]).await.expect(303);
    act(&house, &cast.approver, &path, "unscheduling", &[]).await.expect(303);
    act(&house, &cast.approver, &path, "schedule", &[("at", "2026-03-03T07:00")]).await.expect(303);
    is_in(State::Scheduled, &at_path(&house, &path).await);
    at(&house, "2026-03-03T06:59:59");
    clockwork::tick(&house.app).await.expect("a tick");
    is_in(State::Scheduled, &at_path(&house, &path).await);
    at(&house, "2026-03-03T07:00:00");
    let (one, two) = tokio::join!(clockwork::tick(&house.app), clockwork::tick(&house.app));
    one.expect("a tick");
    two.expect("a tick");
    is_in(State::Published, &at_path(&house, &path).await);
    assert_eq!(facts(&house, &path, "ArticlePublished").await, 1);
    house.visitor().get("/tin-tuc/bai-hen-gio").await.expect(200).says("3/3/2026 07:00");
});

story!(what_is_not_approved_at_its_time_does_not_go_out_and_they_are_told, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let section = cast.section.to_string();
    let mut form = fields("Chưa kịp duyệt", &section);
    form.push(("schedule_at", "2026-03-03T07:00"));
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    // The server stood still over the minute.
    at(&house, "2026-03-03T09:00:00");
    clockwork::tick(&house.app).await.expect("a tick");
    let article = at_path(&house, &path).await;
    is_in(State::InReview, &article);
    assert!(article.missed_at.is_some() && article.schedule_at.is_none());
    for person in [&cast.author, &cast.reviewer, &cast.approver] {
        assert_eq!(heard(&house, person.person.expect("a person"), "notice-article-missed").await, 1);
    }
    // Sessions do not last over night.
    let colleague = house.someone(Role::Officer, Some(&cast.agency)).await;
    let reviewer = house.someone(Role::Reviewer, Some(&cast.agency)).await;
    let approver = house.someone(Role::Approver, Some(&cast.agency)).await;
    colleague.get(&path).await.expect(200).says("Bài không đăng được lúc 3/3/2026 07:00").says("hẹn giờ khác");
    clockwork::tick(&house.app).await.expect("a tick");
    assert_eq!(facts(&house, &path, "ArticleMissed").await, 1);
    // Approved afterwards, it still waits for a person.
    act(&house, &reviewer, &path, "passing", &[]).await.expect(303);
    act(&house, &approver, &path, "passing", &[]).await.expect(303);
    clockwork::tick(&house.app).await.expect("a tick");
    is_in(State::Approved, &at_path(&house, &path).await);
});

story!(an_embargo_holds_for_everyone_and_an_expiry_takes_it_off_the_lists, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let section = cast.section.to_string();
    let mut form = fields("Cấm công bố", &section);
    form.push(("embargo_until", "2026-03-03T07:00"));
    form.push(("expires_on", "2026-03-04"));
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.reviewer, &path, "passing", &[]).await.expect(303);
    act(&house, &cast.approver, &path, "passing", &[]).await.expect(303);
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(422).says("Không công bố trước 3/3/2026 07:00");
    act(&house, &cast.approver, &path, "schedule", &[("at", "2026-03-03T08:00")]).await.expect(422).says("Chỉ dùng một");
    at(&house, "2026-03-03T07:00:00");
    let approver = house.someone(Role::Approver, Some(&cast.agency)).await; // sessions do not last over night
    act(&house, &approver, &path, "publication", &[]).await.expect(303);
    is_in(State::Published, &at_path(&house, &path).await);
    house.visitor().get("/tin-tuc").await.expect(200).says("Cấm công bố");
    at(&house, "2026-03-05T00:00:00");
    house.visitor().get("/tin-tuc").await.expect(200).says_not("Cấm công bố");
    house.visitor().get("/tin-tuc/cam-cong-bo").await.expect(200).says("có hiệu lực đến 4/3/2026").says("noindex");
});

story!(a_correction_is_said_on_the_page_and_needs_its_words, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Đã mở 12 lớp").await;
    let seen = at_path(&house, &path).await.version.to_string();
    let form = |what: &'static str, title: &'static str| {
        vec![("correction", what), ("title", title), ("summary", "Tóm tắt của bài"), ("text", "Nội dung mới")]
    };
    let send = async |what: &'static str, title: &'static str, version: &str| {
        let mut fields = form(what, title);
        fields.push(("version", version));
        cast.approver.post(&format!("/desk/news/{}/correction", id(&path)), &fields).await
    };
    cast.author.get(&format!("/desk/news/{}/correction", id(&path))).await.expect(403);
    let form = cast.approver.get(&format!("/desk/news/{}/correction", id(&path))).await.expect(200);
    form.says("Đã mở 12 lớp").says_not("class=\"optional\"");
    send(" ", "Đã mở 15 lớp", &seen).await.expect(422).says("đã đính chính điều gì").says("Đã mở 15 lớp");
    send("Số lớp đúng là 15", "Đã mở 15 lớp", &seen).await.expect(303);
    // The same press again: no second correction.
    send("Số lớp đúng là 15", "Đã mở 15 lớp", &seen).await.expect(409);
    assert_eq!(facts(&house, &path, "ArticleCorrected").await, 1);
    let page = house.visitor().get("/tin-tuc/da-mo-12-lop").await.expect(200);
    page.says("Số lớp đúng là 15").says("<h1>Đã mở 15 lớp</h1>").says("CorrectionComment");
    cast.author.get(&format!("/desk/news/{}/revisions/2", id(&path))).await.expect(200).says("<del>12</del>");
    cast.stranger.get(&format!("/desk/news/{}/revisions", id(&path))).await.expect(403);
});

story!(a_withdrawn_article_says_why_and_one_taken_down_is_gone_everywhere, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài sẽ rút").await;
    act(&house, &cast.author, &path, "withdrawal", &[("withdrawal", "Sai")]).await.expect(403);
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "")]).await.expect(422).says("Hãy viết lý do rút bài");
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Sự kiện đã hoãn")]).await.expect(303);
    let visitor = house.visitor();
    visitor.get("/tin-tuc/bai-se-rut").await.expect(200).says("Sự kiện đã hoãn").says("noindex").says("chữ đậm");
    visitor.get("/tin-tuc").await.expect(200).says_not("Bài sẽ rút");
    visitor.get("/tin-tuc/rss.xml").await.expect(200).says_not("Bài sẽ rút");
    act(&house, &cast.approver, &path, "takedown", &[("takedown", "Yêu cầu gỡ")]).await.expect(403);
    let path = cast.published(&house, "Bài sẽ gỡ").await;
    let feed = visitor.get("/tin-tuc/rss.xml").await.expect(200).says("Bài sẽ gỡ");
    let tag = feed.headers["etag"].to_str().expect("a tag").to_owned();
    let coordinator = house.someone(Role::Coordinator, Some(&cast.other_agency)).await;
    act(&house, &coordinator, &path, "takedown", &[("takedown", " ")]).await.expect(422).says("căn cứ");
    act(&house, &coordinator, &path, "takedown", &[("takedown", "Công văn yêu cầu gỡ bỏ")]).await.expect(303);
    visitor.get("/tin-tuc/bai-se-go").await.expect(410).says("đã được gỡ").says_not("Nội dung có");
    for address in ["/tin-tuc", "/tin-tuc/atom.xml", "/tin-tuc/feed.json", "/sitemap-tin-tuc.xml", "/chuyen-muc/chuyen-doi-so"] {
        visitor.get(address).await.expect(200).says_not("Bài sẽ gỡ").says_not("bai-se-go");
    }
    let again = axum::http::Request::get("/tin-tuc/rss.xml").header("if-none-match", tag).body(axum::body::Body::empty());
    visitor.send(again.expect("a request")).await.expect(200).says_not("Bài sẽ gỡ");
    cast.administrator.get(&path).await.expect(200).says("Công văn yêu cầu gỡ bỏ");
    cast.stranger.get(&path).await.expect(404);
    act(&house, &coordinator, &path, "takedown", &[("takedown", "Lần nữa")]).await.expect(409);
});
