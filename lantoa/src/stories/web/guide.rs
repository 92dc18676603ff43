//! The guide is read by anybody.

use crate::story;
use crate::web::guide::{chapters, pictures};

story!(anybody_reads_the_guide_chapter_by_chapter, |house| {
    let visitor = house.visitor();
    let contents = visitor.get("/huong-dan").await.expect(200);
    for path in chapters() {
        assert!(contents.text().contains(&path), "the contents do not list {path}");
        let page = visitor.get(&path).await.expect(200);
        assert!(page.text().contains("rel=\"next\"") || page.text().contains("rel=\"prev\""));
    }
    let before = house.statements();
    visitor.get("/huong-dan/bat-dau").await.expect(200).says("aria-current=\"page\"");
    assert_eq!(house.statements(), before, "a chapter asks the database for nothing");
    visitor.get("/huong-dan/khong-co-chuong-nay").await.expect(404);
});

story!(the_chapter_in_english_stands_first_for_who_reads_english, |house| {
    let first = |page: &str| page.split("guide-chapters").nth(1).and_then(|rest| rest.split("href=\"").nth(1)).map(str::to_owned);
    let visitor = house.visitor();
    let contents = visitor.get("/huong-dan").await.expect(200).says("<a href=\"/huong-dan\" aria-current=\"page\">Hướng dẫn</a>");
    assert!(first(&contents.text()).is_some_and(|rest| rest.starts_with("/huong-dan/bat-dau")));
    visitor.post("/preferences", &[("language", "en"), ("back", "/huong-dan")]).await.expect(303);
    let contents = visitor.get("/huong-dan").await.expect(200);
    assert!(first(&contents.text()).is_some_and(|rest| rest.starts_with("/huong-dan/english")));
    visitor.get("/huong-dan/english").await.expect(200).says("rel=\"next\" href=\"/huong-dan/bat-dau\"").says_not("rel=\"prev\"");
});

story!(pictures_of_the_guide_are_served_and_nothing_beside_them, |house| {
    let visitor = house.visitor();
    for name in pictures().take(3) {
        let picture = visitor.get(&format!("/huong-dan/hinh/{name}")).await.expect(200);
        assert!(picture.bytes.starts_with(b"\x89PNG"));
    }
    visitor.get("/huong-dan/hinh/..%2F..%2FCargo.toml").await.expect(404);
    visitor.get("/huong-dan/hinh/khong-co.png").await.expect(404);
});
