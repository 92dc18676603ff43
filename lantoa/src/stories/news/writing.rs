//! Writing: drafts, revisions, autosave, the lock; what can not be is said at its field and stays typed.

use super::*;
use crate::story;

story!(a_draft_is_the_agencys_own_and_that_others_looked_is_noted, |house| {
    let cast = Cast::of(&house).await;
    cast.author.get("/desk/news").await.expect(200).says("Chưa có bài nào").says("/desk/news/new");
    cast.author.get("/desk/news/new").await.expect(200).says("Chuyển đổi số").says("name=\"text\"");
    let path = cast.draft("Mô hình trồng xoài số ở Cao Lãnh").await;
    assert_eq!(at_path(&house, &path).await.slug, "mo-hinh-trong-xoai-so-o-cao-lanh");
    cast.author.get(&path).await.expect(200).says("<strong>chữ đậm</strong>").says("Gửi duyệt");
    cast.reviewer.get(&path).await.expect(200);
    cast.stranger.get(&path).await.expect(404);
    cast.stranger.get(&format!("/desk/news/{}/revisions", id(&path))).await.expect(404);
    cast.stranger.get("/desk/news?view=all").await.expect(200).says_not("xoài");
    assert_eq!(facts(&house, &path, "AccessRefused").await, 2);
    house.visitor().get("/tin-tuc/mo-hinh-trong-xoai-so-o-cao-lanh").await.expect(404);
    house.visitor().get(&path).await.expect(303);
    let auditor = house.someone(Role::Auditor, Some(&cast.other_agency)).await;
    auditor.get(&path).await.expect(200).says_not("Gửi duyệt");
    auditor.get("/desk/news/new").await.expect(403);
    cast.author.get("/desk/news/khong-co").await.expect(404);
    cast.author.get(&format!("/desk/news/{}", Uuid::nil())).await.expect(404);
});

story!(what_is_wrong_is_said_at_its_field_and_stays_typed, |house| {
    let cast = Cast::of(&house).await;
    let section = cast.section.to_string();
    let mut form = fields("🎉🎉", &section);
    form.push(("schedule_at", "2026-03-01T06:59"));
    form.push(("embargo_until", "hôm qua"));
    form.push(("media_url", "javascript:alert(1)"));
    let answer = cast.author.post("/desk/news", &form).await.expect(422);
    answer.says("Không đọc được thời điểm này").says("hôm qua").says("id=\"embargo_until-error\"");
    form.retain(|(name, _)| *name != "embargo_until");
    let answer = cast.author.post("/desk/news", &form).await.expect(422);
    let answer = answer.says("tiêu đề có chữ hoặc số").says("bây giờ là 2/3/2026 14:00").says("Địa chỉ cần bắt đầu");
    answer.says("🎉🎉").says("Nội dung có **chữ đậm**");
    let long = "ặ".repeat(400);
    let mut form = fields(&long, &section);
    form[2].1 = "Tối mật\nNội dung";
    cast.author.post("/desk/news", &form).await.expect(422).says("Dài quá 200 ký tự").says("TỐI MẬT");
    let mut both = fields("Hai giờ", &section);
    both.push(("schedule_at", "2026-03-03T07:00"));
    both.push(("embargo_until", "2026-03-03T07:00"));
    cast.author.post("/desk/news", &both).await.expect(422).says("Chỉ dùng một trong hai");
    let script = fields("<script>alert(1)</script> A", &section);
    let path = cast.author.post("/desk/news", &script).await.expect(303).location().to_owned();
    cast.author.get(&path).await.expect(200).says_not("<script>alert");
    // A time is Vietnam's, whatever the browser thinks.
    let mut timed = fields("Đúng giờ", &section);
    timed.push(("schedule_at", "2026-03-03T02:30"));
    let path = cast.author.post("/desk/news", &timed).await.expect(303).location().to_owned();
    let due = at_path(&house, &path).await.schedule_at.expect("a time");
    assert_eq!(due.to_rfc3339(), "2026-03-02T19:30:00+00:00");
    // The same title again has another address.
    cast.draft("Đúng giờ").await;
    let slugs = article::Entity::find().filter(article::Column::Title.eq("Đúng giờ")).all(&house.app.db).await.expect("articles");
    assert!(slugs.iter().any(|one| one.slug == "dung-gio-2"), "{slugs:?}");
});

story!(each_save_is_a_revision_that_can_be_compared_and_brought_back, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.draft("Mở 12 lớp").await;
    let section = cast.section.to_string();
    let save = async |text: &str| {
        let article = at_path(&house, &path).await;
        let (version, base) = (article.version.to_string(), article.revision.to_string());
        let mut form = fields("Mở 15 lớp", &section);
        form[2].1 = text;
        form.extend([("version", version.as_str()), ("base", base.as_str()), ("note", "Sửa số lớp")]);
        cast.author.post(&format!("/desk/news/{}/text", id(&path)), &form).await
    };
    save("Đã mở 15 lớp").await.expect(303);
    let article = at_path(&house, &path).await;
    assert_eq!((article.revision, article.slug.as_str()), (2, "mo-15-lop"), "the address follows while nobody has it");
    cast.author
        .get(&format!("/desk/news/{}/revisions", id(&path)))
        .await
        .expect(200)
        .says("Bản 2")
        .says("Bản 1")
        .says("Sửa số lớp");
    cast.author.get(&format!("/desk/news/{}/revisions/2", id(&path))).await.expect(200).says("<del>12</del><ins>15</ins>");
    cast.author.get(&format!("/desk/news/{}/revisions/1", id(&path))).await.expect(200).says("Lấy lại bản này").says_not("<ins>");
    cast.author.get(&format!("/desk/news/{}/revisions/9", id(&path))).await.expect(404);
    let version = at_path(&house, &path).await.version.to_string();
    cast.author.post(&format!("/desk/news/{}/revisions/1", id(&path)), &[("version", &version)]).await.expect(303);
    let article = at_path(&house, &path).await;
    assert_eq!((article.title.as_str(), article.revision), ("Mở 12 lớp", 3));
    // Of two who saved, one is told and loses no word.
    let mut form = fields("Tiêu đề của người sau", &section);
    form.extend([("version", "1"), ("base", "1")]);
    cast.author
        .post(&format!("/desk/news/{}/text", id(&path)), &form)
        .await
        .expect(409)
        .says("Có người vừa lưu")
        .says("Tiêu đề của người sau");
});

story!(what_is_typed_is_kept_and_the_lock_says_who_writes, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.draft("Bài đang viết").await;
    let colleague = house.someone(Role::Officer, Some(&cast.agency)).await;
    cast.author.get(&format!("/desk/news/{}/text", id(&path))).await.expect(200).says("lt-autosave");
    let mut typed = vec![("title", "Bài đang viết"), ("summary", "s"), ("text", "Câu dở dang"), ("base", "1"), ("draft", "0")];
    typed.extend([("media_alt", "Người trồng xoài xem bảng số"), ("schedule_at", "giờ chưa gõ xong")]);
    typed.push(("media_credit", "Lớp học \\u0000\0 số")); // neither what looks like a NUL nor one loses the rest
    cast.author.post(&format!("/desk/news/{}/draft", id(&path)), &typed).await.expect(303);
    cast.author
        .get(&format!("/desk/news/{}/text", id(&path)))
        .await
        .expect(200)
        .says("Câu dở dang")
        .says("Người trồng xoài xem bảng số")
        .says("giờ chưa gõ xong");
    colleague.post(&format!("/desk/news/{}/draft", id(&path)), &typed).await.expect(409);
    colleague.get(&format!("/desk/news/{}/text", id(&path))).await.expect(200).says("đang viết bài này").says("Nhận việc viết");
    let section = cast.section.to_string();
    let mut form = fields("Của đồng nghiệp", &section);
    form.extend([("version", "1"), ("base", "1")]);
    colleague.post(&format!("/desk/news/{}/text", id(&path)), &form).await.expect(409).says("Của đồng nghiệp");
    cast.stranger.post(&format!("/desk/news/{}/lock", id(&path)), &[]).await.expect(404);
    colleague.post(&format!("/desk/news/{}/lock", id(&path)), &[]).await.expect(303);
    assert_eq!(facts(&house, &path, "ArticleLockTaken").await, 1);
    assert_eq!(heard(&house, cast.author.person.expect("a person"), "notice-article-lock-taken").await, 1);
    colleague.get(&format!("/desk/news/{}/text", id(&path))).await.expect(200).says("Câu dở dang").says_not("Nhận việc viết");
    cast.author.post(&format!("/desk/news/{}/draft", id(&path)), &typed).await.expect(409);
    colleague.post(&format!("/desk/news/{}/text", id(&path)), &form).await.expect(303);
    // A lock without a sign of life is free.
    at(&house, "2026-03-02T14:30:00");
    cast.author.get(&format!("/desk/news/{}/text", id(&path))).await.expect(200).says_not("Nhận việc viết");
});

story!(remarks_stand_beside_the_text, |house| {
    let cast = Cast::of(&house).await;
    let section = cast.section.to_string();
    let mut form = fields("Bài có lỗi", &section);
    form[2].1 = "#### Nhảy cấp\n\nXem [tại đây](https://a.example/b)";
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    cast.author.get(&format!("/desk/news/{}/text", id(&path))).await.expect(200).says("nhảy cấp").says("không nói dẫn đến đâu");
});
