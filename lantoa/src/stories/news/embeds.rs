//! Notes and what other sites show: neutral where it is kept, loaded by nobody before they ask.

use super::*;
use crate::story;

fn policy(answer: &crate::testing::Answer) -> String {
    answer.headers["content-security-policy"].to_str().expect("a policy").to_owned()
}

story!(what_another_site_shows_is_loaded_only_when_it_is_asked_for, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let section = cast.section.to_string();
    let mut form = fields("Bài có phim", &section);
    form[2].1 = "Có 12 lớp[^1].\n\n@[Phim về lớp học](https://www.youtube.com/watch?v=abc-1&t=9)\n\n@[Đài tỉnh](https://video.tinh.example/nhung/5)\n\n[^1]: Báo cáo tháng 3";
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.administrator, &path, "override", &[("override", "Thử")]).await.expect(303);
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
    let visitor = house.visitor();
    let page = visitor.get("/tin-tuc/bai-co-phim").await.expect(200);
    assert!(policy(&page).ends_with("; frame-src https://www.youtube-nocookie.com"), "{}", policy(&page));
    let tag = page.headers["etag"].clone();
    let page = page.says("data-frame=\"https://www.youtube-nocookie.com/embed/abc-1\"").says_not("<iframe");
    let page = page.says("href=\"https://video.tinh.example/nhung/5\" rel=\"noopener noreferrer\"><strong>Đài tỉnh");
    page.says("role=\"doc-noteref\"").says("Báo cáo tháng 3").says("role=\"doc-endnotes\"");
    assert!(!policy(&visitor.get("/tin-tuc").await.expect(200)).contains("frame-src"), "only where something is to be framed");
    // The province's own host is added by the system administrator, and its things open from then on.
    cast.administrator.get("/desk/news/embeds").await.expect(403);
    cast.administrator.post("/desk/news/embeds", &[("host", "video.tinh.example"), ("name", "Đài")]).await.expect(403);
    let system = house.someone(Role::SystemAdministrator, Some(&cast.agency)).await;
    system.get("/desk/news/embeds").await.expect(200).says("YouTube").says("Chưa thêm trang nào");
    for (host, name, words) in [
        ("localhost", "A", "Ghi tên miền"),
        ("http://a.vn", "A", "Ghi tên miền"),
        ("video.tinh.example", " ", "Ghi tên mà người đọc biết"),
    ] {
        system.post("/desk/news/embeds", &[("host", host), ("name", name)]).await.expect(422).says(words).says(host);
    }
    let own = [("host", "https://video.tinh.example/xem"), ("name", "Truyền hình tỉnh")];
    system.post("/desk/news/embeds", &own).await.expect(303);
    system.post("/desk/news/embeds", &own).await.expect(422).says("đã có trong danh sách");
    let again = axum::http::Request::get("/tin-tuc/bai-co-phim").header("if-none-match", tag).body(axum::body::Body::empty());
    let page = visitor.send(again.expect("a request")).await.expect(200).says("Xem từ Truyền hình tỉnh");
    assert!(policy(&page).contains("https://video.tinh.example"), "{}", policy(&page));
    let host = crate::news::embedding::Host::all(&house.app.db).await.expect("hosts").remove(0);
    let removal = format!("/desk/news/embeds/{}/removal", host.id);
    cast.administrator.post(&removal, &[]).await.expect(403);
    system.post(&removal, &[]).await.expect(303);
    system.post(&removal, &[]).await.expect(404);
    assert!(!policy(&visitor.get("/tin-tuc/bai-co-phim").await.expect(200)).contains("tinh.example"));
});

story!(what_is_wrong_with_notes_is_remarked_and_nothing_runs, |house| {
    let cast = Cast::of(&house).await;
    let section = cast.section.to_string();
    let mut form = fields("Chú thích lạc", &section);
    form[2].1 = "Có[^9] chữ <iframe src=\"https://a.example\"></iframe>\n\n@[X](javascript:alert(1))";
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    cast.author.get(&format!("/desk/news/{}/text", id(&path))).await.expect(200).says("[^9] không có nội dung");
    let body = at_path(&house, &path).await.body;
    assert!(!body.contains("iframe") && !body.contains("javascript"), "{body}");
});
