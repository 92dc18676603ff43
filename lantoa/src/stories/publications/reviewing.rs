//! Who may do what, nobody approves their own, and of two who were at it one is told.

use super::*;
use crate::story;

story!(a_handbook_is_approved_by_somebody_who_wrote_none_of_it, |house| {
    let house = lawful(house);
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ.")]).await;
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    assert_eq!(heard(&house, &cast.reviewer, "notice-publication-waits").await, 1);
    act(&house, &cast.author, &path, "approval", &[]).await.expect(403);
    act(&house, &cast.stranger, &path, "approval", &[]).await.expect(404);
    cast.stranger.get(&path).await.expect(404);
    assert_eq!(facts(&house, &path, "AccessRefused").await, 2);
    act(&house, &cast.reviewer, &path, "return", &[("reason", " … ")]).await.expect(422).says("Hãy viết lý do trả lại");
    act(&house, &cast.reviewer, &path, "return", &[("reason", "Thiếu ví dụ")]).await.expect(303);
    assert_eq!(heard(&house, &cast.author, "notice-publication-returned").await, 1);
    cast.author.get(&path).await.expect(200).says("Thiếu ví dụ").says("Gửi duyệt");
    // The approver writes a word of it, and is no longer the one to approve.
    let section = sections(&house, &path).await.swap_remove(0);
    let fields = [("title", "Một"), ("anchor", "mot"), ("text", "Chữ và ví dụ."), ("version", "1")];
    cast.approver.post(&format!("/desk/publications/{}/sections/{}", section.publication, section.id), &fields).await.expect(303);
    act(&house, &cast.author, &path, "submission", &[]).await.expect(303);
    cast.approver.get(&path).await.expect(200).says("nên người khác duyệt");
    act(&house, &cast.approver, &path, "approval", &[]).await.expect(422).says("nên người khác duyệt");
    assert_eq!(facts(&house, &path, "OwnApprovalRefused").await, 1);
    act(&house, &cast.reviewer, &path, "approval", &[]).await.expect(303);
    assert_eq!(heard(&house, &cast.author, "notice-publication-approved").await, 1);
    act(&house, &cast.reviewer, &path, "publication", &[]).await.expect(403);
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(303);
    assert_eq!(heard(&house, &cast.author, "notice-publication-published").await, 1);
    act(&house, &cast.approver, &path, "publication", &[]).await.expect(409).says("Có người vừa thay đổi");
    act(&house, &cast.approver, &path, "nonsense", &[]).await.expect(404);
});

story!(of_two_who_write_one_section_the_second_is_told_and_loses_nothing, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ."), ("Hai", "Chữ.")]).await;
    let both = sections(&house, &path).await;
    cast.write(&both[0], "Của người thứ nhất.", "").await.expect(303);
    let late = cast.write(&both[0], "Của người thứ hai.", "").await.expect(409);
    late.says("Có người vừa lưu mục này").says("Của người thứ hai.");
    // Another section does not matter.
    cast.write(&both[1], "Mục khác.", "").await.expect(303);
    let version = at_path(&house, &path).await.version;
    let stale = (version - 1).to_string();
    let fields = [("title", "Khác"), ("summary", "Giữ"), ("kind", "handbook"), ("language", "vi"), ("version", stale.as_str())];
    cast.author.post(&format!("/desk/publications/{}/facts", id(&path)), &fields).await.expect(409).says("Khác").says("Giữ");
    cast.author.get(&format!("/desk/publications/{}/facts", id(&path))).await.expect(200).says("Thông tin ấn phẩm");
});

story!(sections_are_moved_and_removed, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.book(&house, "Sổ tay", &[("Một", "Chữ."), ("Hai", "Chữ."), ("Ba", "Chữ.")]).await;
    let titles = async || sections(&house, &path).await.into_iter().map(|one| one.title).collect::<Vec<_>>();
    let all = sections(&house, &path).await;
    let press = async |section: &Section, act: &str, way: &str| {
        let version = at_path(&house, &path).await.version.to_string();
        let address = format!("/desk/publications/{}/sections/{}/{act}", section.publication, section.id);
        cast.author.post(&address, &[("way", way), ("version", &version)]).await
    };
    press(&all[2], "move", "up").await.expect(303);
    assert_eq!(titles().await, ["Một", "Ba", "Hai"]);
    press(&all[0], "move", "up").await.expect(303);
    press(&all[0], "move", "down").await.expect(303);
    assert_eq!(titles().await, ["Ba", "Một", "Hai"]);
    press(&all[0], "move", "sideways").await.expect(400);
    press(&all[0], "removal", "").await.expect(303);
    press(&all[1], "move", "up").await.expect(303);
    assert_eq!(titles().await, ["Hai", "Ba"]);
    press(&all[0], "removal", "").await.expect(404);
    cast.author.get(&format!("/desk/publications/{}/sections/{}", id(&path), all[1].id)).await.expect(200).says("lt-editor");
    cast.reviewer.get("/desk/publications").await.expect(200).says(&path);
    cast.stranger.get("/desk/publications").await.expect(200).says_not(&path);
});
