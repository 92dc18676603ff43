//! What the public reads: lists, the article's page, feeds, sitemaps; kept until they change (scenario C-5: 304 to who has a feed
//! already, `&` and `]]>` in titles); with a fixed number of statements.

use axum::body::Body;
use axum::http::Request;

use super::*;
use crate::story;

story!(an_article_stands_in_its_section_in_its_agencys_portal_and_where_it_is_shown_too, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let visitor = house.visitor();
    visitor.get("/tin-tuc").await.expect(200).says("Chưa có tin nào ở đây");
    let section = cast.section.to_string();
    let other = cast.other_agency.id.to_string();
    let mut form = fields("Chung một bài & \"hai\" nơi", &section);
    form.push(("places", &other));
    form.push(("audiences", "farmers"));
    form.push(("audiences", "nobody"));
    let path = cast.author.post("/desk/news", &form).await.expect(303).location().to_owned();
    assert_eq!(at_path(&house, &path).await.audiences, "[\"farmers\"]");
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.administrator, &path, "override", &[("override", "Thử")]).await.expect(303);
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
    let slug = at_path(&house, &path).await.slug;
    let address = format!("/tin-tuc/{slug}");
    let shown = ["/tin-tuc", "/chuyen-muc/chuyen-doi-so", "/co-quan/so-y-te/tin-tuc", "/co-quan/so-xay-dung/tin-tuc"];
    for list in shown {
        visitor.get(list).await.expect(200).says(&address);
    }
    visitor.get("/co-quan/so-tai-chinh/tin-tuc").await.expect(200).says("Chưa có tin nào ở đây");
    visitor.get("/co-quan/khong-co/tin-tuc").await.expect(404);
    visitor.get("/chuyen-muc/khong-co").await.expect(404);
    visitor.get("/co-quan/so-y-te").await.expect(200).says("/co-quan/so-y-te/tin-tuc");
    let page = visitor.get(&address).await.expect(200);
    let page = page.says(&format!("rel=\"canonical\" href=\"http://localhost{address}\"")).says("NewsArticle").says("og:title");
    page.says("<strong>chữ đậm</strong>").says_not("farmers");
    visitor.get("/tin-tuc/khong-co").await.expect(404);
});

story!(feeds_are_well_formed_and_kept_until_they_change, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    cast.published(&house, "Bài một & \"hai\" ]]>").await;
    let visitor = house.visitor();
    let addresses = [
        "/tin-tuc/rss.xml",
        "/tin-tuc/atom.xml",
        "/tin-tuc/feed.json",
        "/chuyen-muc/chuyen-doi-so/rss.xml",
        "/chuyen-muc/chuyen-doi-so/atom.xml",
        "/chuyen-muc/chuyen-doi-so/feed.json",
        "/co-quan/so-y-te/tin-tuc/rss.xml",
        "/sitemap.xml",
        "/sitemap/1.xml",
        "/sitemap/pages.xml",
        "/sitemap-tin-tuc.xml",
        "/robots.txt",
    ];
    for address in addresses {
        let first = visitor.get(address).await.expect(200);
        let tag = first.headers["etag"].to_str().expect("a tag").to_owned();
        if address.ends_with("feed.json") {
            let feed: serde_json::Value = serde_json::from_slice(&first.bytes).expect("JSON");
            assert_eq!(feed["items"][0]["title"], "Bài một & \"hai\" ]]>");
        } else if address.ends_with(".xml") {
            let text = first.text();
            assert!(text.starts_with("<?xml") && !text.contains("& \""), "{text}");
            assert_eq!(text.matches('<').count(), text.matches('>').count(), "{text}");
        }
        let asked = Request::get(address).header("if-none-match", &tag).body(Body::empty()).expect("a request");
        let again = visitor.send(asked).await.expect(304);
        assert!(again.bytes.is_empty());
    }
    let english = visitor.get("/tin-tuc/rss.xml?lang=en").await.expect(200).says("<language>en</language>").says_not("Bài một");
    english.says("/tin-tuc/rss.xml?lang=en\" rel=\"self\"");
    visitor.get("/chuyen-muc/chuyen-doi-so/feed.txt").await.expect(404);
    visitor.get("/sitemap/9.xml").await.expect(404);
    visitor.get("/sitemap/abc").await.expect(404);
    visitor.get("/robots.txt").await.expect(200).says("Disallow: /desk").says("Sitemap: http://localhost/sitemap.xml");
});

story!(an_article_that_did_not_change_costs_few_statements_and_no_bytes, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Bài được giữ").await;
    let visitor = house.visitor();
    let first = visitor.get("/tin-tuc/bai-duoc-giu").await.expect(200);
    let tag = first.headers["etag"].to_str().expect("a tag").to_owned();
    let modified = first.headers["last-modified"].to_str().expect("a date").to_owned();
    let ask = |name: &'static str, value: String| {
        let request = Request::get("/tin-tuc/bai-duoc-giu").header(name, value).body(Body::empty()).expect("a request");
        visitor.send(request)
    };
    house.app.clock.advance(chrono::TimeDelta::seconds(2)); // the kept page is over
    let before = house.statements();
    ask("if-none-match", tag.clone()).await.expect(304);
    assert_eq!(house.statements() - before, 3, "article, translations, whether the agencies changed");
    ask("if-modified-since", modified).await.expect(304);
    house.app.clock.advance(chrono::TimeDelta::seconds(5));
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Sai số liệu")]).await.expect(303);
    ask("if-none-match", tag).await.expect(200).says("Sai số liệu");
});

story!(a_list_asks_no_more_when_it_is_longer, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    cast.published(&house, "Bài 0").await;
    let visitor = house.visitor();
    let statements = async |address: &str| {
        house.app.clock.advance(chrono::TimeDelta::seconds(2)); // the kept page is over
        let before = house.statements();
        visitor.get(address).await.expect(200);
        house.statements() - before
    };
    let desk = async || {
        let before = house.statements();
        cast.approver.get("/desk/news?view=out").await.expect(200);
        house.statements() - before
    };
    desk().await; // who has just acted sees everything anew
    statements("/tin-tuc").await; // agencies are remembered from now on
    let few = (statements("/tin-tuc").await, statements("/tin-tuc/rss.xml").await, desk().await);
    assert!(few.0 <= 4 && few.1 <= 2, "{few:?}");
    let transaction = house.app.begin().await.expect("a transaction");
    let first = article::Entity::find().one(&transaction).await.expect("the database").expect("an article");
    let copies = (1..60).map(|n| {
        let id = crate::base::new_id();
        let title = format!("Bài {n}");
        article::ActiveModel::from(Article { id, work: id, slug: format!("bai-{n}"), title, ..first.clone() })
    });
    article::Entity::insert_many(copies).exec_without_returning(&transaction).await.expect("copies");
    house.app.commit(transaction).await.expect("committed");
    statements("/tin-tuc").await; // agencies are read again after what was written
    assert_eq!((statements("/tin-tuc").await, statements("/tin-tuc/rss.xml").await, desk().await), few);
    visitor.get("/tin-tuc").await.expect(200).says("rel=\"next\"");
    visitor.get("/tin-tuc?page=2").await.expect(200).says("rel=\"prev\"");
    visitor.get("/tin-tuc?page=99").await.expect(200);
});
