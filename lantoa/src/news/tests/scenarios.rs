//! Whole scenarios: from the draft in one agency to the portals of two, not approved in time, a correction with everyone told.

use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::library::tests::{bring, describe, draw, files};
use crate::news::clockwork;
use crate::news::step::Act;
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
