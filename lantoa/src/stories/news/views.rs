//! Topics with their feeds, the latest on other pages, and how often an article is read.

use axum::body::Body;
use axum::http::Request;

use super::*;
use crate::news::views;
use crate::story;

const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0";

async fn read(visitor: &Visitor<'_>, path: &str, headers: &[(&str, &str)]) -> crate::testing::Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    visitor.send(request.body(Body::empty()).expect("a request")).await
}

story!(a_topic_has_its_list_and_its_feeds_and_all_feeds_are_found, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let section = cast.section.to_string();
    let mut form = fields("Bài về kỹ năng", &section);
    form.push(("messages", "skills"));
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    let visitor = house.visitor();
    visitor.get("/chu-de/skills").await.expect(200).says("Kỹ năng số").says("Chưa có tin nào ở đây");
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.administrator, &path, "override", &[("override", "Thử")]).await.expect(303);
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
    cast.published(&house, "Bài không chủ đề").await;
    visitor
        .get("/chu-de/skills")
        .await
        .expect(200)
        .says("Bài về kỹ năng")
        .says_not("Bài không chủ đề")
        .says("/chu-de/skills/rss.xml");
    visitor.get("/chu-de/safety").await.expect(200).says_not("Bài về kỹ năng");
    visitor.get("/chu-de/khong-co").await.expect(404);
    for feed in ["/chu-de/skills/rss.xml", "/chu-de/skills/atom.xml", "/chu-de/skills/feed.json"] {
        visitor.get(feed).await.expect(200).says("Bài về kỹ năng").says_not("Bài không chủ đề");
    }
    visitor.get("/chu-de/skills/feed.txt").await.expect(404);
    visitor.get("/chu-de/khong-co/rss.xml").await.expect(404);
    visitor.get("/tin-tuc/bai-ve-ky-nang").await.expect(200).says("href=\"/chu-de/skills\"");
    visitor.get("/tin-tuc").await.expect(200).says("href=\"/chu-de/skills\"").says("/tin-tuc/nguon-cap-tin");
    visitor.get("/sitemap/pages.xml").await.expect(200).says("/chu-de/skills");
    let feeds = visitor.get("/tin-tuc/nguon-cap-tin").await.expect(200);
    let feeds = feeds.says("/chu-de/skills/atom.xml").says("/chuyen-muc/chuyen-doi-so/rss.xml");
    feeds.says("/co-quan/so-y-te/tin-tuc/feed.json").says("/tin-tuc/rss.xml");
    // No article takes the address of that page.
    cast.published(&house, "Nguồn cấp tin").await;
    visitor.get("/tin-tuc/bai-nguon-cap-tin").await.expect(200).says("<h1>Nguồn cấp tin</h1>");
    // A topic that is taken off is off its list.
    let before = at_path(&house, &path).await;
    assert_eq!(before.messages, "[\"skills\"]");
});

story!(the_latest_stand_on_the_home_and_on_the_agencys_page_at_a_fixed_cost, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let visitor = house.visitor();
    visitor.get("/").await.expect(200).says_not("Tin mới");
    cast.published(&house, "Bài của sở").await;
    visitor.get("/").await.expect(200).says("Tin mới").says("/tin-tuc/bai-cua-so").says("href=\"/tin-tuc\"");
    visitor.get("/co-quan/so-y-te").await.expect(200).says("/tin-tuc/bai-cua-so").says("/co-quan/so-y-te/tin-tuc");
    visitor.get("/co-quan/so-tai-chinh").await.expect(200).says_not("Bài của sở");
    let statements = async |path: &str| {
        visitor.get(path).await.expect(200);
        let before = house.statements();
        visitor.get(path).await.expect(200);
        house.statements() - before
    };
    let few = (statements("/").await, statements("/co-quan/so-y-te").await);
    for number in 1..8 {
        cast.published(&house, &format!("Bài thêm {number}")).await;
    }
    assert_eq!((statements("/").await, statements("/co-quan/so-y-te").await), few);
    visitor.get("/").await.expect(200).says("Bài thêm 7").says("Bài thêm 5").says_not("Bài thêm 4");
});

story!(views_are_counted_without_a_statement_and_without_anyone_in_them, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài được đọc").await;
    let visitor = house.visitor();
    let address = "/tin-tuc/bai-duoc-doc";
    let counted = async || {
        views::write(&house.app).await.expect("written");
        let id = at_path(&house, &path).await.id;
        views::of(&house.app, &[id]).await.expect("views").remove(&id).unwrap_or_default()
    };
    let statements = async |agent: &'static str| {
        let before = house.statements();
        read(&visitor, address, &[("user-agent", agent)]).await.expect(200);
        house.statements() - before
    };
    statements("").await;
    assert_eq!(statements("").await, statements(BROWSER).await, "counting asks the database nothing");
    let tag =
        read(&visitor, address, &[("user-agent", BROWSER)]).await.expect(200).headers["etag"].to_str().expect("a tag").to_owned();
    // Who has the page already reads it again.
    read(&visitor, address, &[("user-agent", BROWSER), ("if-none-match", &tag)]).await.expect(304);
    for machine in ["Googlebot/2.1", "facebookexternalhit/1.1", "curl/8", ""] {
        read(&visitor, address, &[("user-agent", machine)]).await.expect(200);
    }
    read(&visitor, address, &[("user-agent", BROWSER), ("sec-purpose", "prefetch")]).await.expect(200);
    let head = Request::head(address).header("user-agent", BROWSER).body(Body::empty()).expect("a request");
    visitor.send(head).await.expect(200);
    assert_eq!(counted().await, views::Read { today: 3, week: 3, total: 3 });
    // Written again, it adds; the days go by.
    read(&visitor, address, &[("user-agent", BROWSER)]).await.expect(200);
    assert_eq!(counted().await.total, 4);
    at(&house, "2026-03-05T08:00:00");
    read(&visitor, address, &[("user-agent", BROWSER)]).await.expect(200);
    assert_eq!(counted().await, views::Read { today: 1, week: 5, total: 5 });
    at(&house, "2026-03-20T08:00:00");
    assert_eq!(counted().await, views::Read { today: 0, week: 0, total: 5 });
    // An editor sees them; a stranger sees those of what is public.
    let approver = house.someone(Role::Approver, Some(&cast.agency)).await;
    approver.get(&path).await.expect(200).says("Lượt xem");
    approver.get("/desk/news?view=out").await.expect(200).says("5 lượt xem").says("1 bài đã đăng");
    let page = format!("/desk/news/{}/views", id(&path));
    approver.get(&page).await.expect(200).says("5 lượt xem trong 30 ngày").says("<title>2/3/2026: 4</title>");
    approver.get(&format!("/desk/news/{}/views.csv", id(&path))).await.expect(200).says("2026-03-02,4").says("2026-03-20,0");
    visitor.get(&page).await.expect(303);
    // A month on nobody read it: a sentence, no empty picture.
    at(&house, "2026-05-05T08:00:00");
    let approver = house.someone(Role::Approver, Some(&cast.agency)).await;
    approver.get(&page).await.expect(200).says("Chưa có lượt xem nào trong 30 ngày").says_not("class=\"chart\"");
});

story!(an_article_has_a_picture_drawn_of_it_under_an_address_of_its_own, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Ấp nào cũng có loa: “ẮẰẲẴẶ” đủ dấu, đủ nghĩa").await;
    let slug = at_path(&house, &path).await.slug;
    let visitor = house.visitor();
    let page = visitor.get(&format!("/tin-tuc/{slug}")).await.expect(200);
    assert!(crate::news::card::is_there(), "run `make assets` first");
    let page = page.says("og:image:width\" content=\"1200\"").says("og:image:height\" content=\"630\"").text();
    let address =
        page.split("og:image\" content=\"http://localhost").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture");
    let first = visitor.get(address).await.expect(200);
    assert_eq!(first.headers["content-type"], "image/png");
    assert!(first.headers["cache-control"].to_str().expect("a rule").contains("immutable"));
    let picture = image::load_from_memory(&first.bytes).expect("a picture");
    assert_eq!((picture.width(), picture.height()), (1200, 630));
    assert_eq!(visitor.get(address).await.expect(200).bytes, first.bytes);
    for wrong in ["0123456789abcdef.png", "x.jpg"] {
        visitor.get(&format!("/tin-tuc/{slug}/{wrong}")).await.expect(404);
    }
    // What stands on it changes, and so does its address.
    let seen = at_path(&house, &path).await.version.to_string();
    let correction =
        [("version", seen.as_str()), ("correction", "Sửa tên"), ("title", "Tên khác"), ("summary", "Tóm tắt"), ("text", "Mới")];
    cast.approver.post(&format!("/desk/news/{}/correction", id(&path)), &correction).await.expect(303);
    visitor.get(address).await.expect(404);
    visitor.get("/tin-tuc/khong-co/0123456789abcdef.png").await.expect(404);
    act(&house, &cast.administrator, &path, "takedown", &[("takedown", "Theo văn bản")]).await.expect(303);
    visitor.get(address).await.expect(404);
});
