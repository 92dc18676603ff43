//! From an adopted plan to slots, and what becomes of them when the world changes.

use super::*;
use crate::base::By;
use crate::duties::opening::{Settled, keep_up, settle};
use crate::duties::slot::Void;
use crate::duties::{Duty, Slot};
use crate::people::agency::closing::Closing;
use crate::story;
use sea_orm::PaginatorTrait;

story!(
    /// Scenario R1, first half: a class becomes a slot for each of its members, once.
    r1_adopting_opens_a_slot_for_each_body_and_period_once, |house| {
    let plan = adopted(&house).await;
    let duties = Duty::of_plan(&house.app.db, plan.id).await.expect("duties");
    assert_eq!(duties.len(), 4, "tasks and responsibilities, not targets");
    let builders = agency(&house, "so-xay-dung").await;
    let owed: Vec<String> =
        slots(&house, &builders).await.iter().map(|slot| format!("{} {}", slot.period, slot.due_on)).collect();
    // Looked at with the reports (H1, H2), reports themselves (H1, H2), and once by the end of the year.
    assert_eq!(owed, ["2026-H1 2026-06-19", "2026-H1 2026-06-19", "2026-H2 2026-12-19", "2026-H2 2026-12-19", "2026 2026-12-31"]);
    let before = slot::Entity::find().count(&house.app.db).await.expect("a count");
    assert_eq!(settle(&house.app, plan.id).await.expect("settling again"), Settled::default());
    assert_eq!(slot::Entity::find().count(&house.app.db).await.expect("a count"), before);
});

story!(
    /// Scenario R1, second half: a commune that closed keeps what was, owes no more, and its successor begins.
    r1_a_closed_commune_keeps_its_past_and_its_successor_begins, |house| {
    at(&house, "2026-01-10T08:00:00");
    let plan = adopted(&house).await;
    let communes = crate::people::agency::Entity::find()
        .filter(crate::people::agency::Column::Kind.eq(crate::people::agency::Kind::Commune))
        .order_by_asc(crate::people::agency::Column::Code)
        .all(&house.app.db)
        .await
        .expect("communes");
    let (old, new) = (&communes[0], house.agency("Ủy ban nhân dân xã Mới Mở", crate::people::agency::Kind::Commune).await);
    let opened = crate::people::agency::ActiveModel {
        id: sea_orm::ActiveValue::Unchanged(new.id),
        open_from: sea_orm::ActiveValue::Set(day("2026-07-01")),
        ..Default::default()
    };
    crate::people::agency::Entity::update(opened).exec(&house.app.db).await.expect("opens later");
    Agency::close(&house.app, old.id, Closing { last_day: day("2026-06-30") }, old.version, &By::system())
        .await
        .expect("closing");
    keep_up(&house.app).await.expect("the chore");
    let periods = |slots: Vec<Slot>| slots.into_iter().map(|slot| slot.period).collect::<Vec<_>>();
    let theirs = periods(slots(&house, old).await);
    assert!(!theirs.is_empty() && theirs.iter().all(|period| period == "2026-H1"), "{theirs:?}");
    let successor = periods(slots(&house, &new).await);
    assert!(!successor.is_empty() && successor.iter().all(|period| period == "2026-H2"), "{successor:?}");
    let voided = slot::Entity::find().filter(slot::Column::Agency.eq(old.id)).filter(slot::Column::VoidedOn.is_not_null());
    let voided = voided.all(&house.app.db).await.expect("void slots");
    assert!(!voided.is_empty() && voided.iter().all(|slot| slot.void_reason == Some(Void::AgencyClosed)));
    assert_eq!(settle(&house.app, plan.id).await.expect("settling again"), Settled::default());
    // Closed by mistake: it goes on, and so does what it owes.
    Agency::reopen(&house.app, old.id, old.version + 1, &By::system()).await.expect("reopening");
    keep_up(&house.app).await.expect("the chore");
    assert!(periods(slots(&house, old).await).contains(&"2026-H2".to_owned()));
});

story!(a_replaced_plan_asks_nothing_more, |house| {
    at(&house, "2026-03-01T08:00:00");
    let first = adopted(&house).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    // What is being written when the plan is amended goes on with the amended one.
    let builders = agency(&house, "so-xay-dung").await;
    let writes = officer(&house, &builders).await;
    let first_half = slots(&house, &builders).await.into_iter().next().expect("a slot");
    let draft = [("key", "k"), ("seen", "0"), ("draft", "0"), ("outcome", "reported"), ("text", "Đang viết dở")];
    writes.post(&format!("/desk/duties/{}/draft", first_half.id), &draft).await.expect(303);
    writes.post(&format!("/desk/duties/{}/links", first_half.id), &[("address", "https://example.vn/bai")]).await.expect(303);
    let text =
        PLAN.replace("Hoàn thành trong năm 2026.", "Hoàn thành trong năm 2027.").replace("ngày 05 tháng 01", "ngày 25 tháng 02");
    let amends = first.id.to_string();
    let answer = who.upload("/desk/plans", ("file", "sua-doi.txt", text.as_bytes()), &[("amends", &amends)]).await.expect(303);
    let id = answer.location().trim_start_matches("/desk/plans/").trim_end_matches("/review").to_owned();
    who.post(&format!("/desk/plans/{id}/confirmation"), &[("why", "Đã đối chiếu văn bản")]).await.expect(303);
    who.post(&format!("/desk/plans/{id}/adoption"), &[]).await.expect(303);
    house.react().await;
    let slots = slots(&house, &builders).await;
    assert!(slots.iter().all(|slot| slot.plan != first.id), "the replaced plan still asks");
    let mut found = 0;
    for slot in slots.iter().filter(|slot| slot.period == first_half.period) {
        let page = writes.get(&format!("/desk/duties/{}", slot.id)).await.expect(200).text();
        found += usize::from(page.contains("Đang viết dở") && page.contains("https://example.vn/bai"));
    }
    assert_eq!(found, 1, "the draft and its link are at one slot of the amended plan");
    assert!(slots.iter().any(|slot| slot.period == "2027"), "the new one asks by 2027");
});

story!(what_was_due_before_the_plan_came_in_may_still_be_handed_in, |house| {
    at(&house, "2026-11-10T08:00:00");
    adopted(&house).await;
    let builders = agency(&house, "so-xay-dung").await;
    let first = slots(&house, &builders).await.into_iter().next().expect("a slot");
    assert_eq!((first.due_on, first.in_time_until), (day("2026-06-19"), day("2026-12-10")));
    let who = officer(&house, &builders).await;
    who.get(&format!("/desk/duties/{}", first.id)).await.expect(200).says("Còn 30 ngày").says_not("Lý do nộp muộn");
});

story!(a_plan_that_was_adopted_before_there_were_duties_gets_them, |house| {
    let plan = adopted(&house).await;
    crate::duties::opening::settlement::Entity::delete_by_id(plan.id).exec(&house.app.db).await.expect("forgotten");
    slot::Entity::delete_many().exec(&house.app.db).await.expect("no slots");
    keep_up(&house.app).await.expect("the chore");
    assert!(slot::Entity::find().count(&house.app.db).await.expect("a count") > 0);
});
