//! From draft to programme, and from one programme to the next.

use super::{PLAN, adopted, confirm_all, drop_in, province};
use crate::base::{Role, fact};
use crate::people::{Agency, Notice};
use crate::plans::plan::{self, State};
use crate::plans::provision;
use crate::story;
use sea_orm::EntityTrait;

story!(doubts_stand_in_the_way_of_adoption_and_are_shown_before_the_press, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let text = PLAN.replace("Hoàn thành trong năm 2026.", "Hoàn thành trong năm 2O26.");
    let id = drop_in(&who, "ke-hoach.txt", text.as_bytes()).await;
    let open = provision::count_doubtful(&house.app.db, id).await.expect("a count");
    assert!(open > 0, "2O26 is no year");
    let review = who.get(&format!("/desk/plans/{id}/review")).await.expect(200);
    review.says("aria-disabled=\"true\"").says(&format!("{open} mục còn ngờ"));
    who.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(422).says("mục còn ngờ");
    who.post(&format!("/desk/plans/{id}/confirmation"), &[("why", "")]).await.expect(422).says("Hãy ghi lý do");
    let doubtful: Vec<String> = provision::Model::of(&house.app.db, id)
        .await
        .expect("provisions")
        .into_iter()
        .filter(provision::Model::is_doubtful)
        .map(|row| row.path)
        .collect();
    confirm_all(&who, id).await;
    let last = fact::Model::history(&house.app.db, id, 1).await.expect("facts").remove(0);
    assert_eq!(last.fact(), Some(crate::base::Fact::ProvisionsConfirmed { paths: doubtful }), "the ledger names them");
    who.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(303);
    // A second press finds nothing left to adopt.
    who.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(422).says("không còn là bản nháp");
});

story!(adopting_tells_every_agency_named_once, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let plan = adopted(&house, &who).await;
    house.react().await;
    let builders = Agency::find_by_slug(&house.app.db, "so-xay-dung").await.expect("Sở Xây dựng");
    assert_eq!(Notice::latest(&house.app.db, &[builders.id], 9).await.expect("notices").len(), 1);
    // Answering the same facts again does no harm.
    let facts = fact::Model::history(&house.app.db, plan.id, 50).await.expect("facts");
    for recorded in &facts {
        crate::reactions::react(&house.app, recorded, recorded.fact().expect("a fact")).await.expect("reacting again");
    }
    assert_eq!(Notice::latest(&house.app.db, &[builders.id], 9).await.expect("notices").len(), 1);
    let officer = house.someone(Role::Officer, Some(&builders)).await;
    officer.get("/desk").await.expect(200).says("Chăm sóc cây đã trồng").says("Kế hoạch 07/KH-UBND vừa được ban hành");
});

story!(an_amended_plan_is_compared_and_takes_the_place_of_the_first, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let first = adopted(&house, &who).await;
    let text = PLAN.replace("Hoàn thành trong năm 2026.", "Hoàn thành trong năm 2027.").replace(
        "- Chăm sóc cây đã trồng.",
        "- Chọn giống cây hợp đất phèn, có bóng mát. Hoàn thành trong năm 2026.\n- Chăm sóc cây đã trồng.",
    );
    let amends = first.id.to_string();
    let answer = who.upload("/desk/plans", ("file", "sua-doi.txt", text.as_bytes()), &[("amends", &amends)]).await.expect(303);
    let id: uuid::Uuid = answer.location().trim_start_matches("/desk/plans/").trim_end_matches("/review").parse().expect("an id");
    let page = who.get(&format!("/desk/plans/{id}/comparison")).await.expect(200);
    let page = page.says_not("có vẻ không sửa đổi");
    page.says("Năm <del>2026</del><ins>2027</ins>").says("Chọn giống cây").says("trước là II.1.2");
    confirm_all(&who, id).await;
    who.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(303);
    let old = plan::Entity::find_by_id(first.id).one(&house.app.db).await.expect("a plan").expect("a plan");
    assert_eq!(old.state, State::Replaced);
    let rows = provision::Model::of(&house.app.db, id).await.expect("provisions");
    let carried = rows.iter().filter(|row| row.carried_from.is_some()).count();
    assert_eq!((rows.len(), carried), (7, 6), "all but the new one go on from the first plan");
    house.visitor().get(&old.public_path()).await.expect(200).says("đã được thay bằng");
});

/// A plan of another body about something else, on the paper of this one's story.
fn unrelated() -> String {
    let head = PLAN.replace("ỦY BAN NHÂN DÂN\nTỈNH MẪU", "HỘI ĐỒNG NHÂN DÂN\nTỈNH KHÁC").replace("07/KH-UBND", "99/KH-HĐND");
    let head = head.replace("Trồng cây bên đường năm 2026 (văn bản thử)", "Phòng chống bệnh dại ở vật nuôi");
    let body = "II. NHIỆM VỤ\n1. Sở Y tế\n- Tiêm vắc xin cho chó, mèo. Hoàn thành trong năm 2027.\n- Lập sổ theo dõi vật nuôi từng hộ.\n";
    format!("{}{body}", head.split("I. MỤC TIÊU").next().unwrap_or_default())
}

story!(a_file_that_amends_nothing_of_the_plan_is_a_doubt_to_settle, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let first = adopted(&house, &who).await;
    let amends = first.id.to_string();
    let file = unrelated();
    let answer = who.upload("/desk/plans", ("file", "khac.txt", file.as_bytes()), &[("amends", &amends)]).await.expect(303);
    let id: uuid::Uuid = answer.location().trim_start_matches("/desk/plans/").trim_end_matches("/review").parse().expect("an id");
    let (review, comparison) = (format!("/desk/plans/{id}/review"), format!("/desk/plans/{id}/comparison"));
    confirm_all(&who, id).await;
    let page = who.get(&review).await.expect(200).says("có vẻ không sửa đổi");
    page.says("id=\"open-doubts\">1</span>").says("hãy xem trang so sánh");
    let page = who.get(&comparison).await.expect(200).says("Chỉ 0 trong 6 quy định").says("Cơ quan ban hành khác");
    page.says("Trích yếu khác hẳn").says("Xác nhận đúng là bản sửa đổi");
    who.get("/desk").await.expect(200).says("1 mục còn ngờ");
    who.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(422).says("Có vẻ không sửa đổi");
    let amendment = format!("/desk/plans/{id}/amendment");
    who.post(&amendment, &[("why", " ")]).await.expect(422).says("Hãy ghi lý do");
    who.post(&amendment, &[("why", "Thay hẳn bằng chương trình khác")]).await.expect(303);
    who.post(&amendment, &[("why", "lần hai")]).await.expect(409);
    let last = fact::Model::history(&house.app.db, id, 1).await.expect("facts").remove(0);
    assert_eq!(last.fact(), Some(crate::base::Fact::AmendmentConfirmed { amends: first.id }));
    who.get(&comparison).await.expect(200).says_not("Xác nhận đúng là bản sửa đổi");
    who.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(303);
});

story!(a_draft_is_discarded_for_a_reason, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let id = drop_in(&who, "ke-hoach.txt", PLAN.as_bytes()).await;
    who.post(&format!("/desk/plans/{id}/discarding"), &[("why", "")]).await.expect(422);
    who.post(&format!("/desk/plans/{id}/discarding"), &[("why", "Nhầm tệp")]).await.expect(303);
    who.get(&format!("/desk/plans/{id}/review")).await.expect(422);
    // The same file may come in again.
    drop_in(&who, "ke-hoach.txt", PLAN.as_bytes()).await;
});
