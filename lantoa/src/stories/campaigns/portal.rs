//! What the public reads of a campaign (scenario D-1): nothing before somebody says so, and then what is out alone.

use super::*;

story!(
    #[expect(clippy::too_many_lines, reason = "one campaign from draft to closing, as the public sees it")]
    the_public_reads_a_campaign_once_it_is_shown_and_only_what_is_out,
    |house| {
        let house = open(house);
        at(&house, "2026-10-02T09:00:00");
        let cast = Cast::of(&house).await;
        let standing = crate::stories::duties::agency(&house, "so-khoa-hoc-va-cong-nghe").await;
        let coordinator = house.someone(Role::Coordinator, Some(&standing)).await;
        let visitor = house.visitor();
        visitor.get("/chien-dich").await.expect(200).says("Chưa có chiến dịch nào để xem");
        let id = new_id();
        let text = id.to_string();
        let names = format!("{}\n{}", cast.agency.name, cast.other_agency.name);
        coordinator.post("/desk/campaigns", &form(&text, &names, &[])).await.expect(303);
        press(&house, &coordinator, id, "show").await.expect(422).says("chưa công khai được");
        press(&house, &coordinator, id, "start").await.expect(303);
        let public = "/chien-dich/ngay-chuyen-doi-so-10-10";
        visitor.get(public).await.expect(404);
        press(&house, &cast.author, id, "show").await.expect(403);
        let out = tagged(&cast, "Nộp hồ sơ trên mạng").await;
        published(&house, &cast, &out).await;
        let draft = tagged(&cast, "Bài còn đang viết").await;
        for path in [&out, &draft] {
            claim(&cast.author, id, news_id(path), &[]).await.expect(303);
        }
        coordinator.get(&format!("/desk/campaigns/{id}")).await.expect(200).says("Công khai chiến dịch");
        press(&house, &coordinator, id, "show").await.expect(303);
        coordinator.post(&format!("/desk/campaigns/{id}/acts/hide"), &[("version", "1")]).await.expect(409);
        assert_eq!(the(&house, id).await.slug.as_deref(), Some("ngay-chuyen-doi-so-10-10"));
        let page = visitor.get(public).await.expect(200);
        let tag = page.headers["etag"].clone();
        let page = page.says(TITLE).says("1/10/2026 – 31/10/2026").says("Người dân biết dùng dịch vụ công trực tuyến");
        let page = page.says(&cast.agency.name).says("Nộp hồ sơ trên mạng").says("Tin đã ra").says("Chưa đạt");
        page.says_not("Bài còn đang viết").says_not("150.000.000");
        let again = axum::http::Request::get(public).header("if-none-match", tag).body(axum::body::Body::empty());
        visitor.send(again.expect("a request")).await.expect(304);
        visitor.get("/chien-dich").await.expect(200).says(public).says(TITLE);
        for path in ["/", "/co-quan/so-khoa-hoc-va-cong-nghe", "/sitemap-chien-dich.xml"] {
            visitor.get(path).await.expect(200).says(public);
        }
        visitor.get("/co-quan/so-y-te").await.expect(200).says_not(public);
        visitor.get("/sitemap.xml").await.expect(200).says("/sitemap-chien-dich.xml");
        // What went is in no list, whatever was frozen.
        press(&house, &coordinator, id, "close").await.expect(303);
        visitor.get("/").await.expect(200).says_not(public);
        visitor.get(public).await.expect(200).says("Nộp hồ sơ trên mạng").says("Đã chốt");
        act_on_article(&house, &cast.approver, &out, "withdrawal", &[("withdrawal", "Sai"), ("fate", "stays")]).await.expect(303);
        visitor.get(public).await.expect(200).says_not("Nộp hồ sơ trên mạng").says("<strong>1</strong>");
        press(&house, &coordinator, id, "hide").await.expect(303);
        visitor.get(public).await.expect(404);
        visitor.get("/chien-dich").await.expect(200).says("Chưa có chiến dịch nào để xem");
        visitor.get("/sitemap-chien-dich.xml").await.expect(200).says_not(public);
        // Shown again it stands where it stood.
        press(&house, &coordinator, id, "show").await.expect(303);
        visitor.get(public).await.expect(200);
    }
);
