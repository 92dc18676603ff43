//! Scenario A-5, bad input: each obstacle is said before anyone presses, with its place, and holds when somebody presses all
//! the same.

use super::*;
use crate::story;

story!(a_5_two_sections_with_one_anchor_are_named, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ.")]).await;
    // Made from its title, an anchor is one that is free.
    cast.add(&house, &path, &[("title", "Một"), ("text", "Chữ.")]).await.expect(303);
    assert_eq!(sections(&house, &path).await[1].anchor, "mot-2");
    cast.add(&house, &path, &[("title", "Hai"), ("anchor", "mot"), ("text", "Chữ.")]).await.expect(303);
    cast.author.get(&path).await.expect(200).says("Hai mục “Một” và “Hai” cùng dùng neo #mot");
    cast.approved(&house, &path).await;
    cast.approver.get(&path).await.expect(200).says("aria-disabled").says("cùng dùng neo #mot");
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(422).says("cùng dùng neo #mot");
    cast.add(&house, &path, &[("title", "Ba"), ("text", "Chữ.")]).await.expect(422).says("chưa sửa được");
});

story!(a_5_broken_links_empty_sections_and_jumping_headings_are_blocked_with_their_place, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let links =
        "[a](#khong-co) [b](/tin-tuc/khong-co) [c](/co-quan/so-y-te) [d](/khong-co-trang) [e](#lien-ket) [f](https://vi.example)";
    let sections = [
        ("Liên kết", links),
        ("Trống", "  "),
        ("Nhảy", "#### Sâu\n\nChữ."),
        ("Chú thích", "Chữ[^1] và [^2].\n\n[^1]: Lời.\n\n[^3]: Thừa."),
        ("In", "Chúc mừng 🎉"),
    ];
    let path = cast.book(&house, "Sổ tay", &sections).await;
    let page = cast.author.get(&path).await.expect(200);
    let page =
        page.says("liên kết #khong-co không dẫn đến đâu").says("liên kết /tin-tuc/khong-co").says("liên kết /khong-co-trang");
    let page = page.says_not("liên kết /co-quan/so-y-te").says_not("liên kết #lien-ket").says_not("liên kết https");
    let page = page.says("Mục “Trống” chưa có nội dung").says("tiểu mục “Sâu” nhảy cấp").says("chú thích [^2] chưa có lời");
    page.says("chú thích 3 không được đặt").says("không có ký tự 🎉").says("#text");
    let only = super::sections(&house, &path).await;
    for (section, text) in only.iter().zip(["Chữ.", "Chữ.", "## Nông\n\nChữ.", "Chữ[^1].\n\n[^1]: Lời.", "Chúc mừng"])
    {
        cast.write(section, text, "").await.expect(303);
    }
    cast.author.get(&path).await.expect(200).says_not("việc cần xong");
    cast.published(&house, &path).await;
});

story!(a_5_a_picture_without_alt_text_is_blocked, |house| {
    use crate::stories::library::{bring, describe, files};
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let bare = bring(&cast.author, "kenh.jpg", &files::jpeg(90, 60, 8)).await;
    let picture = format!("![](/tu-lieu/{}/90.jpg)", id(&bare));
    let path = cast.book(&house, "Sổ tay", &[("Một", &picture)]).await;
    rendering::keep_up(&house.app).await.expect("pictures");
    cast.author
        .get(&path)
        .await
        .expect(200)
        .says("chưa có mô tả cho người không nhìn thấy")
        .says(&format!("/desk/library/{}", id(&bare)));
    cast.approved(&house, &path).await;
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(422);
    describe(&cast.author, &bare, "1", &[("alt", "Con kênh")]).await.expect(303);
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
    // What is used is kept.
    cast.author.post(&format!("/desk/library/{}/deletion", id(&bare)), &[("why", "sai")]).await.expect(422).says("Sổ tay");
    // Somebody else's picture, and one from nowhere.
    let theirs = bring(&cast.stranger, "la.jpg", &files::jpeg(90, 60, 9)).await;
    for none in [id(&theirs), "01a21c00-0000-7000-8000-000000000001"] {
        let text = format!("![a](/tu-lieu/{none}/90.jpg)");
        cast.add(&house, &path, &[("title", "Hai"), ("text", &text)]).await.expect(422).says("Không có hình").says("Hai");
    }
});

story!(a_5_a_changed_section_needs_a_note_and_an_unchanged_one_none, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ một."), ("Hai", "Chữ hai.")]).await;
    cast.published(&house, &path).await;
    let first = sections(&house, &path).await.swap_remove(0);
    cast.write(&first, "Chữ một.", "").await.expect(303);
    cast.author.get(&path).await.expect(200).says("Chưa có gì khác với lần 1");
    let first = sections(&house, &path).await.swap_remove(0);
    cast.write(&first, "Chữ một, mới.", "").await.expect(303);
    cast.author
        .get(&path)
        .await
        .expect(200)
        .says("Mục “Một” khác với lần 1 mà chưa ghi")
        .says("#note")
        .says_not("Mục “Hai” khác");
    cast.approved(&house, &path).await;
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(422).says("chưa ghi đã thay đổi gì");
    act(&house, &cast.author, &path, "recall", &[]).await.expect(303);
    let first = sections(&house, &path).await.swap_remove(0);
    cast.write(&first, "Chữ một, mới.", "Thêm chữ.").await.expect(303);
    cast.published(&house, &path).await;
    assert!(sections(&house, &path).await.iter().all(|one| one.note.is_empty()), "the next edition has notes of its own");
    assert_eq!(facts(&house, &path, "PublicationPublished").await, 2);
});

story!(what_the_forms_refuse_stays_in_them, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let refused = cast
        .author
        .post("/desk/publications", &[("title", "🎉"), ("summary", "Giữ lại"), ("kind", "x"), ("language", "vi")])
        .await;
    refused.expect(422).says("Hãy ghi tên ấn phẩm").says("Hãy chọn loại").says("Giữ lại");
    cast.author.post("/desk/publications", &[("title", "A"), ("kind", "handbook"), ("language", "fr")]).await.expect(422);
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ.")]).await;
    let refused = cast.add(&house, &path, &[("title", " "), ("anchor", "Có Dấu"), ("text", "Giữ **lại**")]).await;
    refused.expect(422).says("Hãy ghi tên mục").says("Có thể dùng: co-dau").says("Giữ **lại**");
    cast.author.get(&format!("/desk/publications/{}/sections/new", id(&path))).await.expect(200).says("lt-editor");
    cast.author.get("/desk/publications/new").await.expect(200).says("Bắt đầu ấn phẩm");
    cast.author.get("/desk/publications?q=so+tay").await.expect(200).says("Sổ tay");
    cast.author.get("/desk/publications?q=khac").await.expect(200).says("Không tìm thấy");
});
