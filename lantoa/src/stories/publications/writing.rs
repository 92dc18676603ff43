//! Writing a section: what is typed is kept, a lock says who writes, some anchors are the page's own; and writing on after a
//! withdrawal.

use sea_orm::ActiveValue::Set;

use super::*;
use crate::publications::section;
use crate::story;

story!(what_is_typed_in_a_section_is_kept_and_the_lock_says_who_writes, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ.")]).await;
    let section = sections(&house, &path).await.swap_remove(0);
    let (book, this) = (section.publication, section.id);
    let form = format!("/desk/publications/{book}/sections/{this}");
    let page = cast.author.get(&form).await.expect(200).says("lt-autosave").says("lt-pictures data-from");
    page.says("Phần cuối địa chỉ của mục").says("<div class=\"how-to-write\">");
    let typed = [("title", "Một"), ("anchor", "neo-moi"), ("text", "Câu dở dang"), ("version", "1"), ("draft", "0")];
    cast.author.post(&format!("/desk/publications/{book}/sections/{this}/draft"), &typed).await.expect(303);
    cast.author.get(&form).await.expect(200).says("Câu dở dang").says("neo-moi").says("name=\"draft\" value=\"1\"");
    let draft = format!("/desk/publications/{book}/sections/{this}/draft");
    cast.reviewer.post(&draft, &typed).await.expect(409);
    cast.reviewer.get(&form).await.expect(200).says("đang viết mục này").says("Nhận việc viết");
    let theirs = [("title", "Một"), ("anchor", "mot"), ("text", "Của đồng nghiệp"), ("version", "1")];
    cast.reviewer.post(&form, &theirs).await.expect(409).says("Của đồng nghiệp").says("đang viết mục này");
    let version = at_path(&house, &path).await.version.to_string();
    let removal = format!("/desk/publications/{book}/sections/{this}/removal");
    cast.reviewer.post(&removal, &[("version", &version)]).await.expect(422).says("Đồng nghiệp đang viết mục này");
    let lock = format!("/desk/publications/{book}/sections/{this}/lock");
    cast.stranger.post(&lock, &[]).await.expect(404);
    cast.reviewer.post(&lock, &[]).await.expect(303);
    assert_eq!(facts(&house, &path, "PublicationLockTaken").await, 1);
    assert_eq!(heard(&house, &cast.author, "notice-publication-lock-taken").await, 1);
    cast.author.post(&draft, &typed).await.expect(409);
    cast.reviewer.get(&form).await.expect(200).says("Câu dở dang").says_not("Nhận việc viết");
    cast.reviewer.post(&form, &theirs).await.expect(303);
    // Saved, it is free, and what was being written is done with.
    cast.author.get(&form).await.expect(200).says("Của đồng nghiệp").says_not("Câu dở dang").says_not("Nhận việc viết");
    // A draft on the text of before is not taken.
    cast.author.post(&draft, &typed).await.expect(409);
});

story!(a_lock_without_a_sign_of_life_is_free, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ.")]).await;
    let section = sections(&house, &path).await.swap_remove(0);
    cast.author.get(&section.desk_path()).await.expect(200);
    cast.reviewer.get(&section.desk_path()).await.expect(200).says("Nhận việc viết");
    house.app.clock.advance(chrono::TimeDelta::minutes(11));
    cast.reviewer.get(&section.desk_path()).await.expect(200).says_not("Nhận việc viết");
});

story!(an_anchor_that_the_page_has_itself_is_no_sections, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Nội dung", "Chữ."), ("Mục lục", "Chữ.")]).await;
    let anchors: Vec<String> = sections(&house, &path).await.into_iter().map(|one| one.anchor).collect();
    assert_eq!(anchors, ["noi-dung-2", "muc-luc-2"]);
    let refused = cast.add(&house, &path, &[("title", "Ba"), ("anchor", "main"), ("text", "Giữ lại")]).await.expect(422);
    refused.says("Trang đã dùng neo này").says("Có thể dùng: muc-main").says("Giữ lại");
    // One from before that was so: it is said, with its place.
    let old = section::ActiveModel { anchor: Set("noi-dung".into()), ..Default::default() };
    let this = sections(&house, &path).await.swap_remove(0).id;
    let rows = section::Entity::update_many().set(old).filter(section::Column::Id.eq(this));
    rows.exec(&house.app.db).await.expect("a section as it was");
    cast.author.get(&path).await.expect(200).says("dùng neo #noi-dung mà trang đã dành cho phần khác");
    cast.approved(&house, &path).await;
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(422).says("dùng neo #noi-dung");
});

story!(a_withdrawn_handbook_is_written_on_and_its_old_edition_goes_on_saying_why, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ sai."), ("Hai", "Chữ hai.")]).await;
    cast.published(&house, &path).await;
    let page = cast.approver.get(&path).await.expect(200).says("Rút ấn phẩm khỏi cổng").text();
    assert!(page.find("id=\"sections\"") < page.find("Rút ấn phẩm khỏi cổng"), "what is rarely done stands last");
    act(&house, &cast.approver, &path, "withdrawal", &[("withdrawal", "Sai số liệu")]).await.expect(303);
    cast.author.get(&path).await.expect(200).says("Sai số liệu").says("xuất bản thành lần 2");
    let first = sections(&house, &path).await.swap_remove(0);
    cast.write(&first, "Chữ đúng.", "Viết lại số liệu.").await.expect(303);
    // Until the next edition is out readers find why the last one went, and nothing of what is said at the desk.
    let visitor = house.visitor();
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    act(&house, &cast.reviewer, &path, "return", &[("reason", "Chưa đủ")]).await.expect(303);
    cast.author.get(&path).await.expect(200).says("Chưa đủ").says("Sai số liệu");
    for address in ["/an-pham/so-tay", "/an-pham/so-tay/lan-1"] {
        visitor.get(address).await.expect(200).says("Sai số liệu").says_not("Chưa đủ").says_not("Chữ đúng.");
    }
    cast.published(&house, &path).await;
    let page = visitor.get("/an-pham/so-tay").await.expect(200).says_not("Sai số liệu");
    page.says("Lần 1, ngày 2/3/2026, đã rút").says("Viết lại số liệu.");
    visitor.get("/an-pham/so-tay/lan-2").await.expect(200).says("Chữ đúng.").says_not("Sai số liệu");
    for (address, status) in [("/an-pham/so-tay/lan-1", 200), ("/an-pham/so-tay/lan-1.pdf", 410)] {
        let old = visitor.get(address).await.expect(status).says("Lần xuất bản này đã được rút").says("Sai số liệu");
        old.says("href=\"/an-pham/so-tay/lan-2\"").says_not("Chữ sai.");
    }
    assert_eq!(facts(&house, &path, "PublicationPublished").await, 2);
});
