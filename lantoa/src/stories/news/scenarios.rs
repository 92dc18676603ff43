//! Whole scenarios: from the draft in one agency to the portals of two, not approved in time, a correction with everyone told,
//! two languages.

use sea_orm::ActiveValue::Set;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::news::article::Translated;
use crate::news::clockwork;
use crate::news::step::Act;
use crate::stories::library::{bring, describe, draw, files};
use crate::story;

story!(
    #[expect(clippy::too_many_lines, reason = "one way from end to end")]
    a_1_from_draft_to_portal_in_two_agencies,
    |house| {
        let house = lawful(house);
        province::settle(&house.app).await.expect("the default province");
        let commune = house.agency("Xã Mẫu", crate::people::agency::Kind::Commune).await;
        let department = Agency::find_by_slug(&house.app.db, "so-khoa-hoc-va-cong-nghe").await.expect("the department");
        let from_above = vec![
            Step { act: Act::Edit, role: Role::Reviewer, agency: None, hours: 16 },
            Step { act: Act::Approve, role: Role::Approver, agency: Some(department.id), hours: 8 },
        ];
        let wanted = WantedSection { name: "Từ cơ sở".into(), steps: from_above, ..WantedSection::default() };
        let transaction = house.app.begin().await.expect("a transaction");
        let section = Section::put(&house.app, &transaction, &wanted, false, &By::system()).await.expect("a section");
        house.app.commit(transaction).await.expect("committed");
        let author = house.someone(Role::Officer, Some(&commune)).await;
        let reviewer = house.someone(Role::Reviewer, Some(&commune)).await;
        let publisher = house.someone(Role::Approver, Some(&commune)).await;
        let above = house.someone(Role::Approver, Some(&department)).await;
        let mut photos = Vec::new();
        for seed in 20..23 {
            let path = bring(&author, "xoai.jpg", &files::jpeg(700, 500, seed)).await;
            describe(&author, &path, "1", &[("alt", "Vườn xoài"), ("credit", "UBND xã")]).await.expect(303);
            photos.push(id(&path).to_owned());
        }
        draw(&house).await;
        let (section, other) = (section.to_string(), department.id.to_string());
        let lead = format!("/desk/library/{}", photos[0]);
        let text = format!("Nhà vườn ghi nhật ký.\n\n![](/desk/library/{})\n\n![](/desk/library/{})", photos[1], photos[2]);
        // Typed as some keyboards do, every mark by itself.
        let title: String = "Mô hình trồng xoài số ở Cao Lãnh".nfd().collect();
        let mut form = fields(&title, &section);
        form[2].1 = &text;
        form.extend([("media_url", lead.as_str()), ("places", other.as_str())]);
        let path = author.post("/desk/news", &form).await.expect(303).location().to_owned();
        act(&house, &author, &path, "submission", &[]).await.expect(303);
        act(&house, &author, &path, "passing", &[]).await.expect(403);
        act(&house, &reviewer, &path, "return", &[("reason", "  ")]).await.expect(422);
        act(&house, &reviewer, &path, "return", &[("reason", "Thêm số hộ")]).await.expect(303);
        act(&house, &author, &path, "submission", &[]).await.expect(303);
        act(&house, &reviewer, &path, "passing", &[]).await.expect(303);
        // Who approves from above sees the commune's own photos, though they are not shared.
        let photo = format!("/desk/news/{}/pictures/{}/320.jpg", id(&path), photos[1]);
        above.get(&path).await.expect(200).says(&photo);
        above.get(&photo).await.expect(200);
        above.get(&format!("/desk/library/{}", photos[1])).await.expect(404);
        act(&house, &above, &path, "passing", &[]).await.expect(303);
        act(&house, &publisher, &path, "schedule", &[("at", "2026-03-01T06:59")])
            .await
            .expect(422)
            .says("bây giờ là 2/3/2026 14:00");
        act(&house, &publisher, &path, "schedule", &[("at", "2026-03-03T07:00")]).await.expect(303);
        let visitor = house.visitor();
        let address = "/tin-tuc/mo-hinh-trong-xoai-so-o-cao-lanh";
        visitor.get(address).await.expect(404);
        visitor.get(&format!("/tu-lieu/{}/320.jpg", photos[1])).await.expect(404);
        at(&house, "2026-03-03T07:00:00");
        clockwork::tick(&house.app).await.expect("a tick");
        visitor.get(address).await.expect(200).says(&format!("rel=\"canonical\" href=\"http://localhost{address}\""));
        for photo in &photos {
            visitor.get(&format!("/tu-lieu/{photo}/320.jpg")).await.expect(200);
        }
        for list in [
            "/co-quan/xa-mau/tin-tuc",
            "/co-quan/so-khoa-hoc-va-cong-nghe/tin-tuc",
            "/co-quan/xa-mau",
            "/co-quan/so-khoa-hoc-va-cong-nghe",
        ] {
            visitor.get(list).await.expect(200).says(address);
        }
    }
);

story!(
    #[expect(clippy::too_many_lines, reason = "one way from end to end")]
    a_3_a_correction_is_told_and_a_takedown_leaves_nothing,
    |house| {
        let house = lawful(house);
        let cast = Cast::of(&house).await;
        let section = cast.section.to_string();
        let other = cast.other_agency.id.to_string();
        let mut form = fields("Đã mở 12 lớp học", &section);
        form.extend([("places", other.as_str()), ("messages", "skills")]);
        let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
        act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
        act(&house, &cast.reviewer, &path, "passing", &[]).await.expect(303);
        act(&house, &cast.approver, &path, "passing", &[]).await.expect(303);
        act(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
        let seen = at_path(&house, &path).await.version.to_string();
        let correct = async |what: &str| {
            let fields = [
                ("version", seen.as_str()),
                ("correction", what),
                ("title", "Đã mở 15 lớp học"),
                ("summary", "Tóm tắt"),
                ("text", "Mới"),
            ];
            cast.approver.post(&format!("/desk/news/{}/correction", id(&path)), &fields).await
        };
        correct("  ").await.expect(422);
        correct("Số lớp là 15").await.expect(303);
        // The same request again is told that somebody was quicker, and nobody hears of it twice.
        correct("Số lớp là 15").await.expect(409);
        assert_eq!(facts(&house, &path, "ArticleCorrected").await, 1);
        let visitor = house.visitor();
        let address = "/tin-tuc/da-mo-12-lop-hoc";
        visitor.get(address).await.expect(200).says("Số lớp là 15").says("Đã mở 15 lớp học").says_not("12 lớp học</h1>");
        let old = format!("/desk/news/{}/revisions/1", id(&path));
        visitor.get(&old).await.expect(303);
        let auditor = house.someone(Role::Auditor, Some(&cast.other_agency)).await;
        auditor.get(&old).await.expect(200).says("12");
        act(&house, &cast.reviewer, &path, "takedown", &[("takedown", "Theo yêu cầu")]).await.expect(403);
        act(&house, &cast.administrator, &path, "takedown", &[("takedown", "Theo yêu cầu")]).await.expect(303);
        visitor.get(address).await.expect(410);
        let clean = [
            "/",
            "/tin-tuc",
            "/chu-de/skills",
            "/chu-de/skills/rss.xml",
            "/tin-tuc/feed.json",
            "/sitemap-tin-tuc.xml",
            "/co-quan/so-y-te",
            "/co-quan/so-xay-dung",
            "/co-quan/so-xay-dung/tin-tuc",
        ];
        for page in clean {
            visitor.get(page).await.expect(200).says_not("Đã mở 15");
        }
    }
);

story!(
    #[expect(clippy::too_many_lines, reason = "one way from end to end")]
    a_2_what_is_not_approved_in_time_waits_for_a_person,
    |house| {
        let house = lawful(house);
        let cast = Cast::of(&house).await;
        let section = cast.section.to_string();
        let mut form = fields("Lịch cấp nước", &section);
        form.extend([("schedule_at", "2026-03-03T07:00"), ("expires_on", "2026-03-02")]);
        let refused = cast.author.post("/desk/news", &form).await.expect(422);
        refused.says("id=\"expires_on-error\"").says("phải không trước ngày đăng").says("Lịch cấp nước");
        form.retain(|(name, _)| *name != "expires_on");
        form.push(("expires_on", "2026-03-09"));
        let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
        act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
        act(&house, &cast.reviewer, &path, "passing", &[]).await.expect(303);
        // Another, approved: scheduled by the same press twice, then once more by who saw the first time.
        let other = cast.approved(&house, "Bài đúng giờ").await;
        let seen = at_path(&house, &other).await.version.to_string();
        let press = [("version", seen.as_str()), ("at", "2026-03-03T08:00")];
        let address = format!("/desk/news/{}/acts/schedule", id(&other));
        cast.approver.post(&address, &press).await.expect(303);
        cast.approver.post(&address, &press).await.expect(409).says("Bài vừa thay đổi");
        assert_eq!(facts(&house, &other, "ArticleScheduled").await, 1);
        act(&house, &cast.approver, &other, "schedule", &[("at", "2026-03-03T10:00")]).await.expect(303);
        let told = [&cast.author, &cast.approver].map(|one| one.person.expect("a person"));
        let agency = cast.agency.clone();
        drop(cast);
        // The server stands still over the minute; what starts again hours later is another process over the same database.
        let house = house.configured(|_| {});
        at(&house, "2026-03-03T09:00:00");
        let (one, two) = tokio::join!(clockwork::tick(&house.app), clockwork::tick(&house.app));
        one.expect("a tick");
        two.expect("a tick");
        let article = at_path(&house, &path).await;
        is_in(State::InReview, &article);
        assert!(article.missed_at.is_some() && article.schedule_at.is_none());
        assert_eq!(facts(&house, &path, "ArticleMissed").await, 1);
        for person in told {
            assert_eq!(heard(&house, person, "notice-article-missed").await, 1, "its owner, and the next approver");
        }
        is_in(State::Scheduled, &at_path(&house, &other).await);
        let (visitor, address) = (house.visitor(), "/tin-tuc/lich-cap-nuoc");
        visitor.get(address).await.expect(404);
        // Sessions do not last over night. Each is shown what is theirs to choose.
        let officer = house.someone(Role::Officer, Some(&agency)).await;
        let approver = house.someone(Role::Approver, Some(&agency)).await;
        officer.get("/desk/news").await.expect(200).says("lỡ giờ đăng").says_not("Không hiểu");
        officer.get("/desk/news?state=x").await.expect(200).says("Không hiểu điều kiện “x”").says("lỡ giờ đăng");
        let page = officer.get(&path).await.expect(200).says("Bài không đăng được lúc 3/3/2026 07:00");
        page.says("href=\"#others\"").says_not("href=\"#step\"").says_not("href=\"#publish\"");
        approver.get(&path).await.expect(200).says("href=\"#step\"").says_not("href=\"#publish\"");
        act(&house, &approver, &path, "passing", &[]).await.expect(303);
        clockwork::tick(&house.app).await.expect("a tick");
        is_in(State::Approved, &at_path(&house, &path).await);
        visitor.get(address).await.expect(404);
        approver.get(&path).await.expect(200).says("href=\"#publish\"").says("lỡ giờ đăng");
        // At its minute, the clock an hour back, and that hour once more: out once.
        for moment in ["2026-03-03T10:00:00", "2026-03-03T09:00:00", "2026-03-03T10:00:00"] {
            at(&house, moment);
            clockwork::tick(&house.app).await.expect("a tick");
            is_in(State::Published, &at_path(&house, &other).await);
            assert_eq!(facts(&house, &other, "ArticlePublished").await, 1);
            is_in(State::Approved, &at_path(&house, &path).await);
        }
        visitor.get("/tin-tuc/bai-dung-gio").await.expect(200);
        // A person decides: another time, which holds by the server's clock also when that goes back.
        act(&house, &approver, &path, "schedule", &[("at", "2026-03-03T11:00")]).await.expect(303);
        for moment in ["2026-03-03T10:59:59", "2026-03-03T09:59:59"] {
            at(&house, moment);
            clockwork::tick(&house.app).await.expect("a tick");
            visitor.get(address).await.expect(404);
        }
        at(&house, "2026-03-03T11:00:00");
        clockwork::tick(&house.app).await.expect("a tick");
        visitor.get(address).await.expect(200);
        approver.get(&path).await.expect(200).says_not("lỡ giờ đăng");
    }
);

/// A translation as its form sends it.
fn translation<'a>(title: &'a str, section: &'a str, of: &'a str, how: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut form = fields(title, section);
    form[5].1 = "en";
    form.extend([("of", of), ("translated", how)]);
    form
}

/// Approved, by somebody who wrote none of it.
async fn approve(house: &House, cast: &Cast<'_>, path: &str) {
    act(house, &cast.author, path, "submission", &[]).await.expect(303);
    act(house, &cast.administrator, path, "override", &[("override", "Thử")]).await.expect(303);
}

story!(
    #[expect(clippy::too_many_lines, reason = "one way from end to end")]
    a_4_two_languages_and_a_machine_text_only_with_its_label,
    |house| {
        let house = lawful(house);
        let cast = Cast::of(&house).await;
        let path = cast.published(&house, "Giới thiệu tỉnh").await;
        let (original, section) = (id(&path).to_owned(), cast.section.to_string());
        let mut form = translation("About the province", &section, &original, "");
        for tag in ["en_US", "vn", "EN", ""] {
            form[5].1 = tag;
            cast.author.post("/desk/news", &form).await.expect(422).says("Ngôn ngữ là tiếng Việt (vi) hoặc tiếng Anh (en)");
        }
        form[5].1 = "en";
        let english = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
        // Once more: refused, with the way to the one there is.
        let again = cast.author.post("/desk/news", &form).await.expect(422).says("đã có bản bằng ngôn ngữ này");
        again.says(&format!("href=\"{english}\""));
        let way = cast.author.get(&format!("/desk/news/{original}/translation")).await.expect(303);
        assert_eq!(way.location(), english);
        // How it was translated is asked, and nothing is chosen beforehand.
        let asked = cast.author.get(&format!("/desk/news/{}/text", id(&english))).await.expect(200);
        asked.says("name=\"translated\" value=\"machine\">").says("name=\"translated\" value=\"person\">");
        act(&house, &cast.author, &english, "submission", &[]).await.expect(422).says("do người hay máy làm");
        let save = async |how: &str, checker: &str| {
            let article = at_path(&house, &english).await;
            let (version, base) = (article.version.to_string(), article.revision.to_string());
            let mut form = fields("About the province", &section);
            form[5].1 = "en";
            form.extend([("version", version.as_str()), ("base", base.as_str()), ("translated", how), ("checked_by", checker)]);
            cast.author.post(&format!("/desk/news/{}/text", id(&english)), &form).await
        };
        save("machine", " … ").await.expect(303);
        act(&house, &cast.author, &english, "submission", &[]).await.expect(422).says("Ghi ai đã kiểm tra");
        save("machine", "Phòng Biên tập").await.expect(303);
        approve(&house, &cast, &english).await;
        // One that was approved before it was asked does not go out without an answer either.
        let answer = async |translated: Option<Translated>| {
            let row = article::ActiveModel { translated: Set(translated), ..Default::default() };
            let this = at_path(&house, &english).await.id;
            let rows = article::Entity::update_many().set(row).filter(article::Column::Id.eq(this));
            rows.exec(&house.app.db).await.expect("an answer");
        };
        answer(None).await;
        act(&house, &cast.approver, &english, "publication", &[]).await.expect(422).says("do người hay máy làm");
        is_in(State::Approved, &at_path(&house, &english).await);
        answer(Some(Translated::Machine)).await;
        // English goes out by itself, with its label.
        act(&house, &cast.approver, &english, "publication", &[]).await.expect(303);
        let visitor = house.visitor();
        let page = visitor.get("/tin-tuc/about-the-province").await.expect(200);
        page.says("Machine translation, checked by Phòng Biên tập").says("href=\"http://localhost/tin-tuc/gioi-thieu-tinh\"");
        for feed in ["/tin-tuc/rss.xml?lang=en", "/tin-tuc/atom.xml?lang=en", "/tin-tuc/feed.json?lang=en"] {
            visitor.get(feed).await.expect(200).says("Tóm tắt của bài (Machine translation, checked by Phòng Biên tập)");
        }
        visitor.get("/tin-tuc/gioi-thieu-tinh").await.expect(200).says_not("Machine translation");
        // The Vietnamese text is corrected: the other one is stale since then.
        at(&house, "2026-03-02T16:00:00");
        let seen = at_path(&house, &path).await.version.to_string();
        let correction = [
            ("version", seen.as_str()),
            ("correction", "Sửa số"),
            ("title", "Giới thiệu tỉnh"),
            ("summary", "Tóm tắt"),
            ("text", "Mới"),
        ];
        cast.approver.post(&format!("/desk/news/{original}/correction"), &correction).await.expect(303);
        cast.author.get("/desk/news/translations").await.expect(200).says("Bản gốc đính chính lúc 2/3/2026 16:00");
        // What must be there in English, with its age.
        let coordinator = house.someone(Role::Coordinator, Some(&cast.agency)).await;
        let named = [("address", "/tin-tuc/gioi-thieu-tinh")];
        coordinator.post("/desk/news/english/introduction", &named).await.expect(303);
        let agency = cast.agency.clone();
        drop(cast);
        at(&house, "2026-03-05T09:00:00");
        let coordinator = house.someone(Role::Coordinator, Some(&agency)).await;
        let minimum = coordinator.get("/desk/news/english").await.expect(200).says("Bản tiếng Anh đăng 3 ngày trước");
        minimum.says("Bản gốc đính chính lúc 2/3/2026 16:00").says("Chưa có");
    }
);

story!(a_4_a_source_that_goes_says_what_becomes_of_its_translation, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let section = cast.section.to_string();
    let pair = async |title: &str, english: &str| {
        let path = cast.published(&house, title).await;
        let form = translation(english, &section, id(&path), "person");
        let other = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
        approve(&house, &cast, &other).await;
        (path, other)
    };
    let (path, english) = pair("Giới thiệu tỉnh", "About the province").await;
    act(&house, &cast.approver, &english, "publication", &[]).await.expect(303);
    cast.approver.get(&path).await.expect(200).says("Bản dịch “About the province” đang đăng").says("name=\"fate\"");
    cast.approver.get(&english).await.expect(200).says_not("name=\"fate\"");
    let why = ("withdrawal", "Sai số liệu");
    for fate in ["", "nonsense"] {
        let refused = act(&house, &cast.approver, &path, "withdrawal", &[why, ("fate", fate)]).await.expect(422);
        refused.says("id=\"fate-error\"").says("About the province").says("Sai số liệu");
    }
    is_in(State::Published, &at_path(&house, &path).await);
    act(&house, &cast.approver, &path, "withdrawal", &[why, ("fate", "stays")]).await.expect(303);
    let visitor = house.visitor();
    visitor.get("/tin-tuc/gioi-thieu-tinh").await.expect(200).says("Sai số liệu").says_not("hreflang=\"en\"");
    visitor.get("/tin-tuc/about-the-province").await.expect(200).says_not("hreflang=\"vi\"").says_not("gioi-thieu-tinh");
    // Now it is to be taken down, and both go, in one.
    act(&house, &cast.administrator, &path, "takedown", &[("takedown", "Theo yêu cầu")]).await.expect(422);
    visitor.get("/tin-tuc/gioi-thieu-tinh").await.expect(200);
    let order = [("takedown", "Theo yêu cầu"), ("fate", "goes")];
    act(&house, &cast.administrator, &path, "takedown", &order).await.expect(303);
    for address in ["/tin-tuc/gioi-thieu-tinh", "/tin-tuc/about-the-province"] {
        visitor.get(address).await.expect(410);
    }
    visitor.get("/tin-tuc/rss.xml?lang=en").await.expect(200).says_not("About the province");
    assert_eq!(facts(&house, &english, "ArticleTakenDown").await, 1);
    // A translation on its way, whose source went meanwhile, waits for a person.
    let (path, english) = pair("Lịch họp dân", "Meetings").await;
    act(&house, &cast.approver, &english, "schedule", &[("at", "2026-03-02T15:00")]).await.expect(303);
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Đã hoãn")]).await.expect(303);
    at(&house, "2026-03-02T15:00:00");
    clockwork::tick(&house.app).await.expect("a tick");
    let article = at_path(&house, &english).await;
    is_in(State::Approved, &article);
    assert!(article.missed_at.is_some());
    visitor.get("/tin-tuc/meetings").await.expect(404);
    act(&house, &cast.approver, &english, "publication", &[]).await.expect(303);
    visitor.get("/tin-tuc/meetings").await.expect(200).says_not("hreflang=\"vi\"");
});
