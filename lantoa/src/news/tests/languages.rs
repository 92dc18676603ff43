//! Vietnamese and English are siblings, published by themselves; a translation that is older is called so.

use super::*;
use crate::story;

story!(a_translation_is_made_once_published_by_itself_and_called_stale, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài tiếng Việt").await;
    let original = id(&path).to_owned();
    cast.author.get("/desk/news/translations").await.expect(200).says("Bài tiếng Việt").says("Chưa có");
    cast.author.get(&format!("/desk/news/{}/translation", id(&path))).await.expect(200).says("Bản dịch của bài này");
    cast.stranger.get(&format!("/desk/news/{}/translation", id(&path))).await.expect(403);
    let section = cast.section.to_string();
    let mut form = fields("English text", &section);
    form[5].1 = "en_US";
    form.push(("of", &original));
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
});
