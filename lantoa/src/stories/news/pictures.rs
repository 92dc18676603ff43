//! Pictures of the library in articles: who may use which, what they need before they are public, that they are noted as used.

use super::*;
use crate::stories::library::{bring, describe, draw, files};
use crate::story;

/// A picture of that visitor's agency, described unless it is to lack something; its id.
async fn picture(house: &House, who: &Visitor<'_>, seed: u8, described: bool) -> String {
    let path = bring(who, "cau.jpg", &files::jpeg(900, 600, seed)).await;
    if described {
        describe(who, &path, "1", &[]).await.expect(303);
    }
    draw(house).await;
    id(&path).to_owned()
}

story!(
    #[expect(clippy::too_many_lines, reason = "one way from end to end")]
    a_picture_is_the_librarys_and_public_with_its_article,
    |house| {
        let house = lawful(house);
        let cast = Cast::of(&house).await;
        let asset = picture(&house, &cast.author, 1, true).await;
        let second = picture(&house, &cast.author, 2, true).await;
        let section = cast.section.to_string();
        // The page without script gives addresses to paste; with it, the same list stands in a dialog.
        let list = cast.author.get("/desk/news/pictures?q=cau").await.expect(200);
        list.says("Cầu mới").says(&format!("data-select>/desk/library/{asset}</textarea>")).says("data-pick");
        cast.author.get("/desk/news/pictures?q=khongco").await.expect(200).says("Không có ảnh nào");
        let auditor = house.someone(Role::Auditor, Some(&cast.agency)).await;
        auditor.get("/desk/news/pictures").await.expect(403);
        let lead = format!("http://localhost/desk/library/{asset}");
        let text =
            format!("Đoạn một.\n\n![](/desk/library/{second} \"Ngày khởi công\")\n\nĐoạn hai. ![Ngoài](https://a.example/b.png)");
        let mut form = fields("Bài có ảnh", &section);
        form[2].1 = &text;
        form.push(("media_url", &lead));
        let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
        let article = at_path(&house, &path).await;
        assert_eq!(article.media_url, format!("/tu-lieu/{asset}/anh.jpg"));
        assert_eq!((article.media_alt.as_str(), article.media_credit.as_str()), ("Cây cầu bắc qua sông", "Sở Xây dựng"));
        assert!(
            article.body.contains(&format!("<img src=\"/tu-lieu/{second}/anh.jpg\" alt=\"Cây cầu bắc qua sông\">")),
            "{}",
            article.body
        );
        assert!(
            article.body.contains("<a href=\"https://a.example/b.png\"") && !article.body.contains("src=\"https"),
            "{}",
            article.body
        );
        // Before it is out, its readers on the desk see its pictures, nobody else does.
        let own = format!("/desk/news/{}/pictures/{second}/640.jpg", id(&path));
        cast.reviewer.get(&path).await.expect(200).says(&own);
        cast.author.get(&own).await.expect(200);
        cast.author.get(&format!("/desk/news/{}/pictures/{}/640.jpg", id(&path), Uuid::nil())).await.expect(404);
        cast.stranger.get(&own).await.expect(404);
        let visitor = house.visitor();
        visitor.get(&format!("/tu-lieu/{second}/640.jpg")).await.expect(404);
        // What is used is not deleted, and the library says where it stands.
        let deletion = format!("/desk/library/{second}/deletion");
        cast.author.post(&deletion, &[("why", "sai")]).await.expect(422).says("Đang được dùng ở: Bài có ảnh");
        act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
        act(&house, &cast.administrator, &path, "override", &[("override", "Thử")]).await.expect(303);
        act(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
        let page = visitor.get("/tin-tuc/bai-co-anh").await.expect(200);
        let page = page.says(&format!("srcset=\"/tu-lieu/{second}/320.jpg 320w, /tu-lieu/{second}/640.jpg 640w"));
        let page = page.says("width=\"900\" height=\"600\" loading=\"lazy\"").says("Ngày khởi công <span class=\"credit\">");
        page.says(&format!("property=\"og:image\" content=\"http://localhost/tu-lieu/{asset}/900.jpg\""))
            .says("Nguồn: Sở Xây dựng");
        for address in [format!("/tu-lieu/{second}/640.jpg"), format!("/tu-lieu/{asset}/anh.jpg")] {
            visitor.get(&address).await.expect(200);
        }
        for list in ["/tin-tuc", "/chuyen-muc/chuyen-doi-so", "/co-quan/so-y-te", "/"] {
            visitor.get(list).await.expect(200).says(&format!("/tu-lieu/{asset}/320.jpg 320w"));
        }
        // Taken down, its pictures are gone with it.
        act(&house, &cast.administrator, &path, "takedown", &[("takedown", "Theo văn bản")]).await.expect(303);
        visitor.get(&format!("/tu-lieu/{second}/640.jpg")).await.expect(404);
    }
);

story!(what_a_picture_lacks_keeps_the_article_back_and_says_where, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let bare = picture(&house, &cast.author, 3, false).await;
    let theirs = picture(&house, &cast.stranger, 4, true).await;
    let section = cast.section.to_string();
    let text = format!("Chữ.\n\n![](/desk/library/{bare})");
    let mut form = fields("Ảnh chưa mô tả", &section);
    form[2].1 = &text;
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    cast.author.get(&path).await.expect(200).says("Hình 1 (cau.jpg) thiếu mô tả").says("Hình 1 (cau.jpg) thiếu nguồn");
    act(&house, &cast.author, &path, "submission", &[]).await.expect(422).says("Hình 1 (cau.jpg) thiếu mô tả");
    is_in(State::Draft, &at_path(&house, &path).await);
    describe(&cast.author, &format!("/desk/library/{bare}"), "1", &[]).await.expect(303);
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    // From now on it keeps what its use needs.
    describe(&cast.author, &format!("/desk/library/{bare}"), "2", &[("alt", "")]).await.expect(422);
    // Another agency's own picture is as good as none; what was typed stays.
    let text = format!("Chữ của tôi.\n\n![](/desk/library/{theirs})");
    let mut form = fields("Ảnh của nơi khác", &section);
    form[2].1 = &text;
    cast.author.post("/desk/news", &form).await.expect(422).says("Hình 1 không có trong kho").says("Chữ của tôi.");
    let lead = format!("/tu-lieu/{theirs}/640.jpg");
    let mut form = fields("Ảnh của nơi khác", &section);
    form.push(("media_url", &lead));
    cast.author.post("/desk/news", &form).await.expect(422).says("Ảnh đầu bài không có trong kho").says("media_url-error");
    let none = format!("![](/desk/library/{})", Uuid::nil());
    form.pop();
    form[2].1 = &none;
    cast.author.post("/desk/news", &form).await.expect(422).says("Hình 1 không có trong kho");
    describe(&cast.stranger, &format!("/desk/library/{theirs}"), "2", &[("sharing", "province")]).await.expect(303);
    form[2].1 = &text;
    cast.author.post("/desk/news", &form).await.expect(303);
});

story!(who_decides_from_elsewhere_sees_the_pictures_too, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let asset = picture(&house, &cast.author, 5, true).await;
    let section = cast.section.to_string();
    let text = format!("Chữ.\n\n![](/desk/library/{asset})");
    let mut form = fields("Duyệt bằng liên kết", &section);
    form[2].1 = &text;
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.reviewer, &path, "passing", &[]).await.expect(303);
    let version = at_path(&house, &path).await.version.to_string();
    let form = [("version", version.as_str()), ("recipient", "Phó Giám đốc Sở")];
    let made = cast.approver.post(&format!("/desk/news/{}/link", id(&path)), &form).await.expect(200).text();
    let from = made.find("/duyet-tin/").expect("a link");
    let link: String = made[from..].chars().take_while(|letter| !matches!(letter, '"' | '<' | ' ')).collect();
    let visitor = house.visitor();
    let picture = format!("{link}/pictures/{asset}/640.jpg");
    visitor.get(&link).await.expect(200).says(&picture);
    visitor.get(&picture).await.expect(200);
    visitor.get(&format!("/duyet-tin/khong/pictures/{asset}/640.jpg")).await.expect(404);
});
