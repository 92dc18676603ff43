//! Vietnamese and English are siblings, published by themselves; a translation that is older is called so.

use super::*;
use crate::story;

story!(a_translation_is_made_once_published_by_itself_and_called_stale, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài tiếng Việt").await;
    let original = id(&path).to_owned();
    cast.author.get("/desk/news/translations").await.expect(200).says("Bài tiếng Việt").says("Chưa có").says_not("Không hiểu");
    let odd = cast.author.get("/desk/news/translations?state=x&agency=y").await.expect(200);
    odd.says("Không hiểu điều kiện “x, y”").says("Bài tiếng Việt");
    cast.author.get(&format!("/desk/news/{}/translation", id(&path))).await.expect(200).says("Bản dịch của bài này");
    cast.stranger.get(&format!("/desk/news/{}/translation", id(&path))).await.expect(403);
    let section = cast.section.to_string();
    let mut form = fields("English text", &section);
    form[5].1 = "en_US";
    form.extend([("of", original.as_str()), ("translated", "person")]);
    cast.author.post("/desk/news", &form).await.expect(422).says("Ngôn ngữ là tiếng Việt (vi) hoặc tiếng Anh (en)");
    form[5].1 = "en";
    let english = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    cast.author.post("/desk/news", &form).await.expect(422).says("đã có bản bằng ngôn ngữ này");
    assert_eq!(cast.author.get(&format!("/desk/news/{}/translation", id(&path))).await.expect(303).location(), english);
    let visitor = house.visitor();
    visitor.get("/tin-tuc/bai-tieng-viet").await.expect(200).says_not("hreflang=\"en\"");
    act(&house, &cast.author, &english, "submission", &[]).await.expect(303);
    act(&house, &cast.administrator, &english, "override", &[("override", "Thử")]).await.expect(303);
    act(&house, &cast.approver, &english, "publication", &[]).await.expect(303);
    visitor
        .get("/tin-tuc/bai-tieng-viet")
        .await
        .expect(200)
        .says("hreflang=\"en\" href=\"http://localhost/tin-tuc/english-text\"");
    visitor.get("/tin-tuc").await.expect(200).says_not("English text");
    visitor.get("/tin-tuc/rss.xml?lang=en").await.expect(200).says("English text").says_not("Bài tiếng Việt");
    cast.author.get("/desk/news/translations").await.expect(200).says("1 trong 1 bài").says_not("Bản gốc đính chính lúc");
    let report = cast.author.get("/desk/news/translations").await.expect(200).says_not("Bỏ lọc");
    report.says_not("data-label=\"Cũ hơn bản gốc\"");
    at(&house, "2026-03-02T16:00:00");
    let seen = at_path(&house, &path).await.version.to_string();
    let correction = [
        ("version", seen.as_str()),
        ("correction", "Sửa số"),
        ("title", "Bài tiếng Việt, đã sửa"),
        ("summary", "Tóm tắt"),
        ("text", "Mới"),
    ];
    cast.approver.post(&format!("/desk/news/{}/correction", id(&path)), &correction).await.expect(303);
    cast.author.get("/desk/news/translations").await.expect(200).says("Bản gốc đính chính lúc 2/3/2026 16:00");
    cast.author.get("/desk/news/translations").await.expect(200).says("data-label=\"Cũ hơn bản gốc\"");
});

story!(
    #[expect(clippy::too_many_lines, reason = "one way from end to end")]
    the_report_is_filtered_and_taken_along_and_the_english_minimum_is_watched,
    |house| {
        let house = lawful(house);
        let cast = Cast::of(&house).await;
        let path = cast.published(&house, "Giới thiệu tỉnh").await;
        cast.published(&house, "Bài chỉ có tiếng Việt").await;
        let (original, section) = (id(&path).to_owned(), cast.section.to_string());
        let mut form = fields("About the province", &section);
        form[5].1 = "en";
        form.extend([("of", original.as_str()), ("translated", "person")]);
        let english = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
        let report = async |state: &str| cast.author.get(&format!("/desk/news/translations?state={state}")).await.expect(200);
        report("missing").await.says("Bài chỉ có tiếng Việt").says_not("Giới thiệu tỉnh").says("Bỏ lọc");
        report("waiting").await.says("Giới thiệu tỉnh").says_not("Bài chỉ có tiếng Việt");
        report("out").await.says("Không có bài nào như vậy");
        // What must be there in English: nothing was named yet.
        cast.author.get("/desk/news/english").await.expect(403);
        let coordinator = house.someone(Role::Coordinator, Some(&cast.agency)).await;
        coordinator.get("/desk/news/english").await.expect(200).says("1 trong 6 mục").says("Chưa có").says("/co-quan");
        coordinator.get("/desk/news/english").await.expect(200).says("<label class=\"small\"").says("Chọn bài này");
        let name = async |who: &Visitor<'_>, code: &str, address: &str| {
            who.post(&format!("/desk/news/english/{code}"), &[("address", address)]).await
        };
        name(&cast.author, "introduction", "/tin-tuc/gioi-thieu-tinh").await.expect(403);
        name(&coordinator, "introduction", "/tin-tuc/khong-co")
            .await
            .expect(422)
            .says("Không có bài ở địa chỉ này")
            .says("/tin-tuc/khong-co");
        name(&coordinator, "khong-co", "/tin-tuc/gioi-thieu-tinh").await.expect(404);
        name(&coordinator, "structure", "/tin-tuc/gioi-thieu-tinh").await.expect(404);
        name(&coordinator, "introduction", "http://localhost/tin-tuc/gioi-thieu-tinh?a=1").await.expect(303);
        coordinator.get("/desk/news/english").await.expect(200).says("Bản tiếng Anh chưa đăng");
        act(&house, &cast.author, &english, "submission", &[]).await.expect(303);
        act(&house, &cast.administrator, &english, "override", &[("override", "Thử")]).await.expect(303);
        act(&house, &cast.approver, &english, "publication", &[]).await.expect(303);
        coordinator.get("/desk/news/english").await.expect(200).says("2 trong 6 mục").says("Bản tiếng Anh đăng hôm nay");
        report("out").await.says("Giới thiệu tỉnh");
        report("stale").await.says("Không có bài nào như vậy");
        at(&house, "2026-03-02T16:00:00");
        let seen = at_path(&house, &path).await.version.to_string();
        let correction = [
            ("version", seen.as_str()),
            ("correction", "Sửa số"),
            ("title", "Giới thiệu tỉnh"),
            ("summary", "Tóm tắt"),
            ("text", "Mới"),
        ];
        cast.approver.post(&format!("/desk/news/{}/correction", id(&path)), &correction).await.expect(303);
        report("stale").await.says("Giới thiệu tỉnh").says("Bản gốc đính chính lúc").says_not("Bài chỉ có tiếng Việt");
        coordinator
            .get("/desk/news/english")
            .await
            .expect(200)
            .says("1 trong 6 mục")
            .says("Bản gốc đính chính lúc 2/3/2026 16:00");
        let file = cast.author.get("/desk/news/translations.csv?state=stale").await.expect(200);
        file.says("About the province").says("2/3/2026 16:00").says_not("Bài chỉ có");
        coordinator.get("/desk/news/translations?agency=so-xay-dung").await.expect(200).says("Không có bài nào như vậy");
        cast.author.get("/desk/news/translations.csv").await.expect(200).says("Bài chỉ có tiếng Việt");
    }
);
