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
    review.says("aria-disabled=\"true\"").says(&format!("Còn {open} mục chưa rõ"));
    who.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(422).says("mục chưa rõ");
    who.post(&format!("/desk/plans/{id}/confirmation"), &[("why", "")]).await.expect(422).says("Hãy ghi lý do");
    confirm_all(&who, id).await;
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
    officer.get("/desk").await.expect(200).says("Lập danh mục tuyến đường").says("vừa được ban hành");
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
    page.says("<del>Năm 2026</del>").says("<ins>Năm 2027</ins>").says("Chọn giống cây").says("trước là II.1.2");
    confirm_all(&who, id).await;
    who.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(303);
    let old = plan::Entity::find_by_id(first.id).one(&house.app.db).await.expect("a plan").expect("a plan");
    assert_eq!(old.state, State::Replaced);
    let rows = provision::Model::of(&house.app.db, id).await.expect("provisions");
    let carried = rows.iter().filter(|row| row.carried_from.is_some()).count();
    assert_eq!((rows.len(), carried), (7, 6), "all but the new one go on from the first plan");
    house.visitor().get(&old.public_path()).await.expect(200).says("đã được thay bằng");
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
