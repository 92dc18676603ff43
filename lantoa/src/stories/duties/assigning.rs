//! Who of an agency works on what.

use super::answering::first_slot;
use super::*;
use crate::duties::assignment::Assignment;
use crate::people::Notice;
use crate::story;

async fn assignee(house: &House, slot: Uuid) -> Option<Uuid> {
    Assignment::of(&house.app.db, &[slot]).await.expect("assignments").get(&slot).map(|(person, _)| *person)
}

story!(an_agency_hands_its_work_out_among_its_people, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let colleague = house.person(Role::Officer, Some(&builders)).await;
    let who = officer(&house, &builders).await;
    let page = who.get("/desk/duties/assignments?show=none").await.expect(200);
    page.says("Phổ biến cách dùng nước mưa").says("Chưa giao ai");
    let (id, to) = (slot.id.to_string(), colleague.id.to_string());
    let none = [("person", to.as_str())];
    who.post("/desk/duties/assignments", &none).await.expect(422).says("Chưa chọn mục nào");
    let nobody = [("slot", id.as_str()), ("person", "")];
    who.post("/desk/duties/assignments", &nobody).await.expect(422).says("Chưa chọn người thực hiện");
    who.post("/desk/duties/assignments", &[("slot", &id), ("person", &to)]).await.expect(303);
    assert_eq!(assignee(&house, slot.id).await, Some(colleague.id));
    house.react().await;
    let told = Notice::latest(&house.app.db, &[colleague.id], 5).await.expect("notices");
    assert_eq!(told.len(), 1);
    who.get("/desk/duties").await.expect(200).says("Giao: Chuyên viên officer");
    who.get(&format!("/desk/duties/{id}")).await.expect(200).says("Giao cho Chuyên viên officer");
    // The same again changes nothing and tells nobody twice.
    who.post("/desk/duties/assignments", &[("slot", &id), ("person", &to)]).await.expect(303);
    house.react().await;
    assert_eq!(Notice::latest(&house.app.db, &[colleague.id], 5).await.expect("notices").len(), 1);
    // What is one's own is found by itself.
    let own = who.person.expect("a person").to_string();
    who.get("/desk/duties?whose=mine").await.expect(200).says_not("Phổ biến cách dùng nước mưa");
    who.post("/desk/duties/assignments", &[("slot", &id), ("person", &own)]).await.expect(303);
    who.get("/desk/duties?whose=mine").await.expect(200).says("Phổ biến cách dùng nước mưa");
    who.post("/desk/duties/assignments", &[("slot", &id), ("person", "nobody")]).await.expect(303);
    assert_eq!(assignee(&house, slot.id).await, None);
});

story!(work_is_given_to_people_of_the_agency_in_charge_only, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let money = agency(&house, "so-tai-chinh").await;
    let stranger = officer(&house, &money).await;
    let (id, own) = (slot.id.to_string(), stranger.person.expect("a person").to_string());
    stranger.post("/desk/duties/assignments", &[("slot", &id), ("person", &own)]).await.expect(422);
    let who = officer(&house, &builders).await;
    who.post("/desk/duties/assignments", &[("slot", &id), ("person", &own)])
        .await
        .expect(422)
        .says("người của cơ quan phụ trách");
    assert_eq!(assignee(&house, slot.id).await, None);
    // Neither a reviewer nor somebody whose account is closed can be given work.
    let reviewer = house.person(Role::Reviewer, Some(&builders)).await.id.to_string();
    who.post("/desk/duties/assignments", &[("slot", &id), ("person", &reviewer)]).await.expect(422);
    // The coordinator does it for any agency, from the list behind a figure.
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let coordinator = house.someone(Role::Coordinator, Some(&standing)).await;
    let list = format!("/desk/progress/slots?year=2026&agency={}", builders.slug);
    coordinator.get(&list).await.expect(200).says("Giao các việc đã chọn");
    coordinator.get("/desk/progress/slots?year=2026").await.expect(200).says_not("Giao các việc đã chọn");
    let own = who.person.expect("a person").to_string();
    let pressed = [("slot", id.as_str()), ("person", own.as_str()), ("back", list.as_str())];
    coordinator.post("/desk/progress/assignments", &pressed).await.expect(303);
    assert_eq!(assignee(&house, slot.id).await, who.person);
});
