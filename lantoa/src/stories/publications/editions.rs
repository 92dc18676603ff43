//! Editions: what is public, what is gone, translations, how many statements a page takes.

use super::*;
use crate::story;

story!(a_withdrawn_handbook_says_why_and_shows_no_text, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ bí mật.")]).await;
    cast.published(&house, &path).await;
    let visitor = house.visitor();
    visitor.get("/an-pham/so-tay/lan-1").await.expect(200).says("Chữ bí mật");
    act(&house, &cast.author, &path, "withdrawal", &[("withdrawal", "Sai số liệu")]).await.expect(403);
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", " ")]).await.expect(422);
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Sai số liệu")]).await.expect(303);
    for address in ["/an-pham/so-tay", "/an-pham/so-tay/lan-1"] {
        visitor.get(address).await.expect(200).says("Sai số liệu").says_not("Chữ bí mật");
    }
    for address in ["/an-pham/so-tay/lan-1.pdf", "/an-pham/so-tay/lan-1.epub"] {
        visitor.get(address).await.expect(410).says("Sai số liệu").says_not("Chữ bí mật");
    }
    visitor.get("/an-pham").await.expect(200).says("Chưa có ấn phẩm nào");
    assert_eq!(heard(&house, &cast.author, "notice-publication-withdrawn").await, 1);
});

story!(removed_and_added_sections_are_said, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ."), ("Hai", "Chữ hai.")]).await;
    cast.published(&house, &path).await;
    let second = sections(&house, &path).await.swap_remove(1);
    let version = at_path(&house, &path).await.version.to_string();
    let address = format!("/desk/publications/{}/sections/{}/removal", id(&path), second.id);
    cast.author.post(&address, &[("version", &version)]).await.expect(303);
    cast.add(&house, &path, &[("title", "Ba"), ("text", "Chữ ba.")]).await.expect(303);
    cast.published(&house, &path).await;
    let visitor = house.visitor();
    visitor.get("/an-pham/so-tay").await.expect(200).says("Bỏ mục “Hai”").says("Mục mới.");
    visitor.get("/an-pham/so-tay/lan-1").await.expect(200).says("Chữ hai.").says("không còn trong lần 2");
    visitor.get("/an-pham/so-tay/lan-2").await.expect(200).says_not("Chữ hai.").says("Chữ ba.");
});

story!(a_translation_is_a_book_of_its_own_and_both_name_each_other, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ.")]).await;
    cast.published(&house, &path).await;
    cast.author.get(&format!("/desk/publications/new?of={}", id(&path))).await.expect(200).says("Sổ tay");
    let fields =
        [("title", "Handbook"), ("summary", "For beginners"), ("kind", "handbook"), ("language", "en"), ("of", id(&path))];
    let english = cast.author.post("/desk/publications", &fields).await.expect(303).location().to_owned();
    cast.author.post("/desk/publications", &fields).await.expect(422).says("Đã có bản ngôn ngữ này");
    cast.add(&house, &english, &[("title", "One"), ("text", "Words.")]).await.expect(303);
    let visitor = house.visitor();
    visitor.get("/an-pham/so-tay").await.expect(200).says_not("hreflang");
    cast.published(&house, &english).await;
    visitor.get("/an-pham/so-tay").await.expect(200).says("hreflang=\"en\"");
    visitor.get("/an-pham/handbook/lan-1").await.expect(200).says("lang=\"en\"").says("Words.");
});

story!(a_page_that_did_not_change_costs_few_statements_and_a_list_no_more_when_it_is_longer, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ."), ("Hai", "Chữ.")]).await;
    cast.published(&house, &path).await;
    let visitor = house.visitor();
    let tag = visitor.get("/an-pham/so-tay/lan-1").await.expect(200).headers["etag"].to_str().expect("a tag").to_owned();
    house.app.clock.advance(chrono::TimeDelta::seconds(2)); // the kept page is over
    let before = house.statements();
    let asked = axum::http::Request::get("/an-pham/so-tay/lan-1").header("if-none-match", &tag);
    visitor.send(asked.body(axum::body::Body::empty()).expect("a request")).await.expect(304);
    assert_eq!(house.statements() - before, 2, "publication, edition");
    let statements = async |address: &str| {
        house.app.clock.advance(chrono::TimeDelta::seconds(2)); // the kept page is over
        let before = house.statements();
        visitor.get(address).await.expect(200);
        house.statements() - before
    };
    statements("/an-pham").await;
    let few = statements("/an-pham").await;
    let other = cast.book(&house, "Cẩm nang", &[("Một", "Chữ.")]).await;
    cast.published(&house, &other).await;
    statements("/an-pham").await;
    assert_eq!(statements("/an-pham").await, few);
});
