//! The steps: each by whose it is, nobody's own, sent back with a reason, overridden with one, decided by a link.

use super::*;
use crate::news::link;
use crate::story;

story!(an_article_goes_through_its_steps, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.draft("Bài qua hai bước").await;
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    is_in(State::InReview, &at_path(&house, &path).await);
    assert_eq!(heard(&house, cast.reviewer.person.expect("a person"), "notice-article-waits").await, 1);
    cast.reviewer.get("/desk/news").await.expect(200).says("1 bài chờ bạn").says("Bài qua hai bước");
    cast.author.get(&format!("/desk/news/{}/text", id(&path))).await.expect(303);
    act(&house, &cast.approver, &path, "passing", &[]).await.expect(403);
    act(&house, &cast.author, &path, "passing", &[]).await.expect(403);
    cast.reviewer.get(&path).await.expect(200).says("Chuyển bước tiếp theo").says("16 giờ làm việc");
    act(&house, &cast.reviewer, &path, "passing", &[]).await.expect(303);
    cast.reviewer.get(&path).await.expect(200).says("Đã chuyển bước tiếp theo.");
    assert_eq!(heard(&house, cast.approver.person.expect("a person"), "notice-article-waits").await, 1);
    act(&house, &cast.approver, &path, "passing", &[]).await.expect(303);
    cast.approver.get(&path).await.expect(200).says("Đã duyệt bài.");
    cast.author.get("/desk/news?view=ours").await.expect(200).says("1 bài đang làm");
    is_in(State::Approved, &at_path(&house, &path).await);
    assert_eq!(heard(&house, cast.author.person.expect("a person"), "notice-article-approved").await, 1);
    // Pressed twice: the second is told.
    cast.approver.post(&format!("/desk/news/{}/acts/passing", id(&path)), &[("version", "3")]).await.expect(409);
    act(&house, &cast.stranger, &path, "publication", &[]).await.expect(404);
    act(&house, &cast.reviewer, &path, "publication", &[]).await.expect(403);
    act(&house, &cast.author, &path, "nonsense", &[]).await.expect(404);
    assert_eq!(facts(&house, &path, "ArticleApproved").await, 1);
});

story!(sending_back_needs_a_reason_that_reaches_the_author, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.draft("Bài bị trả lại").await;
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.reviewer, &path, "return", &[("reason", " \u{a0} … ")]).await.expect(422).says("Hãy viết lý do trả lại");
    act(&house, &cast.reviewer, &path, "return", &[("reason", "Thiếu nguồn số liệu")]).await.expect(303);
    is_in(State::Returned, &at_path(&house, &path).await);
    assert_eq!(heard(&house, cast.author.person.expect("a person"), "notice-article-returned").await, 1);
    cast.author.get(&path).await.expect(200).says("Thiếu nguồn số liệu").says("Gửi duyệt");
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.author, &path, "recall", &[]).await.expect(303);
    is_in(State::Draft, &at_path(&house, &path).await);
});

story!(nobody_approves_what_is_their_own, |house| {
    let cast = Cast::of(&house).await;
    let section = cast.section.to_string();
    // Begun by the approver.
    let path = cast.approver.post("/desk/news", &fields("Của người duyệt", &section)).await.expect(303).location().to_owned();
    act(&house, &cast.approver, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.reviewer, &path, "passing", &[]).await.expect(303);
    cast.approver.get(&path).await.expect(200).says("nên người khác duyệt");
    act(&house, &cast.approver, &path, "passing", &[]).await.expect(422).says("Bài do bạn viết");
    assert_eq!(facts(&house, &path, "OwnApprovalRefused").await, 1);
    is_in(State::InReview, &at_path(&house, &path).await);
    // Edited last by who also holds the step of approval: the editor passes the edit on, but does not approve.
    let path = cast.draft("Sửa ở bước biên tập").await;
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    let both = house.someone(Role::Reviewer, Some(&cast.agency)).await;
    let held = crate::base::Grant { role: Role::Approver, agency: Some(cast.agency.id) };
    let person = both.person.expect("a person");
    crate::people::grant::Model::give(&house.app, &house.app.db, person, held, &By::system()).await.expect("a grant");
    let article = at_path(&house, &path).await;
    let (version, base) = (article.version.to_string(), article.revision.to_string());
    let mut form = fields("Sửa ở bước biên tập, gọn hơn", &section);
    form.extend([("version", version.as_str()), ("base", base.as_str())]);
    both.post(&format!("/desk/news/{}/text", id(&path)), &form).await.expect(303);
    act(&house, &both, &path, "passing", &[]).await.expect(303);
    act(&house, &both, &path, "passing", &[]).await.expect(422).says("Bạn vừa sửa bản này");
    act(&house, &cast.approver, &path, "passing", &[]).await.expect(303);
    is_in(State::Approved, &at_path(&house, &path).await);
});

story!(an_administrator_stands_in_with_a_reason_and_never_for_their_own, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.draft("Bài gấp").await;
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.approver, &path, "override", &[("override", "Gấp")]).await.expect(403);
    act(&house, &cast.administrator, &path, "override", &[("override", " ")]).await.expect(422).says("Hãy viết lý do duyệt thay");
    act(&house, &cast.administrator, &path, "override", &[("override", "Người duyệt đi công tác")]).await.expect(303);
    is_in(State::Approved, &at_path(&house, &path).await);
    assert_eq!(facts(&house, &path, "ApprovalOverridden").await, 1);
    assert_eq!(heard(&house, cast.author.person.expect("a person"), "notice-article-overridden").await, 1);
    assert_eq!(heard(&house, cast.approver.person.expect("a person"), "notice-article-overridden").await, 1);
    cast.author.get(&path).await.expect(200).says("Người duyệt đi công tác");
});

story!(somebody_without_an_account_decides_by_a_link_once, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.draft("Bài chờ lãnh đạo").await;
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.reviewer, &path, "passing", &[]).await.expect(303);
    cast.author.post(&format!("/desk/news/{}/link", id(&path)), &[("recipient", "Tôi")]).await.expect(403);
    cast.approver.post(&format!("/desk/news/{}/link", id(&path)), &[("recipient", " ")]).await.expect(422).says("dành cho ai");
    let made = cast.approver.post(&format!("/desk/news/{}/link", id(&path)), &[("recipient", "Phó Giám đốc")]).await.expect(200);
    let text = made.says("data-copy").says("gửi ngay cho người duyệt").text();
    let token = text.split("/duyet-tin/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    let kept = link::Entity::find().all(&house.app.db).await.expect("links");
    assert!(kept.len() == 1 && !kept[0].token_hash.contains(&token), "only a hash is kept");
    cast.approver.get(&path).await.expect(200).says_not(&token).says("Phó Giám đốc");
    let visitor = house.visitor();
    let address = format!("/duyet-tin/{token}");
    visitor.get(&address).await.expect(200).says("Bài chờ lãnh đạo").says("noindex").says("novalidate");
    visitor.post(&address, &[("verdict", "return"), ("reason", " ")]).await.expect(422).says("Hãy viết lý do");
    visitor.post(&address, &[("verdict", "maybe")]).await.expect(400);
    visitor.post(&address, &[("verdict", "pass")]).await.expect(200).says("Đã ghi nhận: đồng ý");
    is_in(State::Approved, &at_path(&house, &path).await);
    visitor.post(&address, &[("verdict", "pass")]).await.expect(410);
    visitor.get(&address).await.expect(410).says("Liên kết đã dùng");
    visitor.get("/duyet-tin/khong-co").await.expect(410);
    cast.author.get(&path).await.expect(200).says("qua liên kết một lần").says("Phó Giám đốc");
    // One for an article that changed, or that is three days old, holds no more.
    let path = cast.draft("Bài khác").await;
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    let made =
        cast.approver.post(&format!("/desk/news/{}/link", id(&path)), &[("recipient", "Phó Giám đốc")]).await.expect(200).text();
    let token = made.split("/duyet-tin/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    house.app.clock.advance(chrono::TimeDelta::hours(73));
    house.visitor().get(&format!("/duyet-tin/{token}")).await.expect(410);
});

story!(of_two_at_one_step_one_wins, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.draft("Hai người duyệt").await;
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    let colleague = house.someone(Role::Reviewer, Some(&cast.agency)).await;
    let version = at_path(&house, &path).await.version.to_string();
    let (pass, back) = (format!("/desk/news/{}/acts/passing", id(&path)), format!("/desk/news/{}/acts/return", id(&path)));
    let (one, two) = ([("version", version.as_str())], [("version", version.as_str()), ("reason", "Chưa đủ")]);
    let (one, two) = tokio::join!(cast.reviewer.post(&pass, &one), colleague.post(&back, &two));
    let mut both = [one.status.as_u16(), two.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
});
