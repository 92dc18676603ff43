//! An answer that needs the agency's own approver before it leaves (row b20).

use super::answering::{first_slot, press};
use super::reviewing::latest;
use super::*;
use crate::duties::answer;
use crate::duties::clearance::{self, State};
use crate::duties::{Slot, oversight};
use crate::people::Notice;
use crate::story;

async fn waiting(house: &House, slot: &Slot) -> clearance::Model {
    let all = clearance::Model::of(&house.app.db, slot.id).await.expect("clearances");
    all.into_iter().find(|one| one.state == State::Waiting).expect("one waits")
}

async fn answers(house: &House, slot: &Slot) -> Vec<answer::Model> {
    answer::Model::of(&house.app.db, &[slot.id]).await.expect("answers")
}

fn with_draft<'a>(key: &'a str, draft: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = press(key, "0", text);
    fields.retain(|(name, _)| *name != "draft");
    fields.push(("draft", draft));
    fields
}

story!(
    /// Row b20: presented, sent back with a reason, presented again, approved, then accepted by the province.
    an_answer_goes_through_the_agencys_approver_and_then_the_province, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let chief = house.someone(Role::Approver, Some(&builders)).await;
    let path = format!("/desk/duties/{}", slot.id);
    who.get(&path).await.expect(200).says("Trình duyệt").says("Kết quả này qua người duyệt của cơ quan");
    who.post(&format!("{path}/answer"), &press("k0", "0", "Vượt cấp")).await.expect(422).says("phải được người duyệt thông qua");
    who.post(&format!("/desk/duties/{}/clearance", slot.id), &press("k1", "0", "…")).await.expect(422);
    who.post(&format!("{path}/clearance"), &press("k1", "0", "Đã thay 3 km ống")).await.expect(303);
    who.post(&format!("{path}/clearance"), &press("k1", "0", "Đã thay 3 km ống")).await.expect(303);
    assert!(answers(&house, &slot).await.is_empty(), "nothing has left the agency");
    house.react().await;
    let told = Notice::latest(&house.app.db, &[chief.person.expect("a person")], 9).await.expect("notices");
    assert_eq!(told.iter().filter(|notice| notice.key == "notice-answer-presented").count(), 1);
    chief.get("/desk").await.expect(200).says("1 kết quả chờ bạn duyệt").says("Chờ tôi duyệt");
    chief.get("/desk/duties").await.expect(200).says("Chờ tôi duyệt");
    chief.get("/desk/duties/clearances").await.expect(200).says("1 kết quả chờ bạn duyệt");
    who.get("/desk/duties/clearances").await.expect(403);
    let page = who.get(&path).await.expect(200).says("Chờ duyệt trong cơ quan").says("Rút lại để sửa");
    page.says_not("Duyệt và nộp").says_not("name=\"text\"");
    chief.get(&path).await.expect(200).says("Duyệt và nộp").says("Đã thay 3 km ống").says_not("Rút lại để sửa");
    let one = format!("/desk/duties/{}/clearance/{}", slot.id, waiting(&house, &slot).await.id);
    who.post(&one, &[("verdict", "clear")]).await.expect(403);
    let stranger = house.someone(Role::Approver, Some(&agency(&house, "so-tai-chinh").await)).await;
    stranger.post(&one, &[("verdict", "clear")]).await.expect(404);
    chief.post(&one, &[("verdict", "return")]).await.expect(422).says("Hãy nêu lý do trả lại");
    let back = [("verdict", "return"), ("clearance_reason", "Thiếu số km đã nghiệm thu")];
    chief.post(&one, &back).await.expect(303);
    chief.post(&one, &back).await.expect(409).says("vừa duyệt, trả lại hoặc sửa");
    house.react().await;
    let told = Notice::latest(&house.app.db, &[who.person.expect("a person")], 9).await.expect("notices");
    assert!(told.iter().any(|notice| notice.key == "notice-presentation-returned"));
    who.get(&path).await.expect(200).says("Thiếu số km đã nghiệm thu").says("Đã thay 3 km ống");
    who.post(&format!("{path}/clearance"), &with_draft("k2", "1", "Đã thay 3 km ống, nghiệm thu 2 km")).await.expect(303);
    let one = format!("{path}/clearance/{}", waiting(&house, &slot).await.id);
    chief.post(&one, &[("verdict", "clear")]).await.expect(303);
    chief.post(&one, &[("verdict", "clear")]).await.expect(303);
    let handed = answers(&house, &slot).await;
    assert_eq!(handed.len(), 1, "two presses are one answer");
    assert_eq!((Some(handed[0].person), handed[0].agency), (who.person, builders.id), "the answer is the officer's");
    let cleared = clearance::Model::of_answers(&house.app.db, &[handed[0].id]).await.expect("rows");
    assert_eq!(cleared[&handed[0].id].decided_by, chief.person);
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    let answer = latest(&house, &slot).await;
    looker.post(&format!("{path}/review"), &[("answer", &answer), ("verdict", "accept")]).await.expect(303);
    who.get(&path).await.expect(200).says("Duyệt và nộp kết quả, bản 1").says("Đã chấp nhận");
});

story!(the_day_of_approval_decides_and_lateness_is_explained_by_who_approves, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let path = format!("/desk/duties/{}", slot.id);
    at(&house, "2026-06-19T10:00:00");
    let who = officer(&house, &builders).await;
    let person = house.person(Role::Approver, Some(&builders)).await;
    who.post(&format!("{path}/clearance"), &press("k1", "0", "Xong")).await.expect(303);
    at(&house, "2026-06-20T08:00:00");
    let chief = house.someone(Role::Approver, Some(&builders)).await;
    assert_ne!(chief.person, Some(person.id), "another approver than the one who was told");
    let one = format!("{path}/clearance/{}", waiting(&house, &slot).await.id);
    chief.get(&path).await.expect(200).says("name=\"late_reason\"");
    chief.post(&one, &[("verdict", "clear")]).await.expect(422);
    assert!(answers(&house, &slot).await.is_empty(), "a refusal leaves it waiting");
    let late = [("verdict", "clear"), ("late_reason", "Duyệt chậm một ngày"), ("excusable", "no")];
    chief.post(&one, &late).await.expect(303);
    let handed = answers(&house, &slot).await;
    assert_eq!((handed[0].on_day, handed[0].late_reason.as_str()), (day("2026-06-20"), "Duyệt chậm một ngày"));
});

story!(a_change_takes_the_presentation_back_and_two_approvers_make_one_answer, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let path = format!("/desk/duties/{}", slot.id);
    let who = officer(&house, &builders).await;
    let (chief, deputy) =
        (house.someone(Role::Approver, Some(&builders)).await, house.someone(Role::Approver, Some(&builders)).await);
    who.post(&format!("{path}/clearance"), &press("k1", "0", "Bản đầu")).await.expect(303);
    let one = waiting(&house, &slot).await.id;
    // The autosave of an open form with the same words takes nothing back; with other words it does.
    who.post(&format!("{path}/draft"), &with_draft("", "1", "Bản đầu")).await.expect(303);
    assert_eq!(waiting(&house, &slot).await.id, one);
    who.post(&format!("{path}/draft"), &with_draft("", "1", "Bản sửa")).await.expect(303);
    chief.post(&format!("{path}/clearance/{one}"), &[("verdict", "clear")]).await.expect(409);
    who.post(&format!("{path}/clearance"), &with_draft("k2", "2", "Bản sửa")).await.expect(303);
    let two = waiting(&house, &slot).await.id;
    who.post(&format!("{path}/links"), &[("address", "https://example.org/anh")]).await.expect(303);
    chief.post(&format!("{path}/clearance/{two}"), &[("verdict", "clear")]).await.expect(409);
    who.post(&format!("{path}/clearance"), &with_draft("k3", "2", "Bản sửa")).await.expect(303);
    let three = format!("{path}/clearance/{}", waiting(&house, &slot).await.id);
    let clear = [("verdict", "clear")];
    let (left, right) = tokio::join!(chief.post(&three, &clear), deputy.post(&three, &clear));
    let mut both = [left.status.as_u16(), right.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    let handed = answers(&house, &slot).await;
    assert_eq!((handed.len(), handed[0].text.as_str()), (1, "Bản sửa"));
});

story!(who_wrote_it_does_not_approve_it_alone_unless_nobody_else_may, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let path = format!("/desk/duties/{}", slot.id);
    let chief = house.someone(Role::Approver, Some(&builders)).await;
    let deputy = house.someone(Role::Approver, Some(&builders)).await;
    chief.post(&format!("{path}/answer"), &press("k0", "0", "Tự viết")).await.expect(422);
    chief.post(&format!("{path}/clearance"), &press("k1", "0", "Tự viết")).await.expect(303);
    let one = format!("{path}/clearance/{}", waiting(&house, &slot).await.id);
    chief.post(&one, &[("verdict", "clear")]).await.expect(422).says("một người duyệt khác");
    let gone = crate::people::person::ActiveModel {
        id: sea_orm::ActiveValue::Unchanged(deputy.person.expect("a person")),
        disabled_at: sea_orm::ActiveValue::Set(Some(house.app.clock.now())),
        ..Default::default()
    };
    crate::people::person::Entity::update(gone).exec(&house.app.db).await.expect("disabled");
    chief.post(&one, &[("verdict", "clear")]).await.expect(303);
    let facts = crate::base::fact::Model::history(&house.app.db, slot.id, 20).await.expect("facts");
    let cleared = facts.iter().find(|fact| fact.kind == "AnswerCleared").expect("it is noted");
    assert!(cleared.body.contains("\"alone\":true"), "{}", cleared.body);
});

story!(an_agency_sets_whether_it_approves_and_a_duty_may_insist, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let path = format!("/desk/duties/{}", slot.id);
    let who = officer(&house, &builders).await;
    let chief = house.someone(Role::Approver, Some(&builders)).await;
    let keeper = house.someone(Role::AgencyAdministrator, Some(&builders)).await;
    let setting = "/desk/duties/clearance";
    who.get(setting).await.expect(403);
    keeper.get(setting).await.expect(200).says("Tự động").says("Người duyệt của cơ quan");
    keeper.post(setting, &[("mode", "sometimes")]).await.expect(400);
    keeper.post(setting, &[("mode", "never")]).await.expect(303);
    who.get(&path).await.expect(200).says("Nộp kết quả").says_not("Trình duyệt");
    // The coordinator insists for this duty, whatever the agency set.
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let runs = house.someone(Role::Coordinator, Some(&standing)).await;
    let rules = format!("/desk/plans/{}/duties/{}/oversight", plan.id, slot.duty);
    runs.get(&rules).await.expect(200).says("Cơ quan cùng thẩm định").says("Sở Khoa học và Công nghệ");
    who.get(&rules).await.expect(403);
    runs.post(&rules, &[("version", "0"), ("clears", "on")]).await.expect(303);
    runs.post(&rules, &[("version", "0")]).await.expect(409);
    assert!(oversight::clears(&house.app.db, slot.duty).await.expect("a row"));
    who.post(&format!("{path}/answer"), &press("k1", "0", "Xong")).await.expect(422);
    who.post(&format!("{path}/clearance"), &press("k2", "0", "Xong")).await.expect(303);
    who.post(&format!("/desk/duties/{}/clearance/withdrawal", slot.id), &[]).await.expect(303);
    who.get(&path).await.expect(200).says("Xong").says("Trình duyệt");
    let gone = crate::people::person::ActiveModel {
        id: sea_orm::ActiveValue::Unchanged(chief.person.expect("a person")),
        disabled_at: sea_orm::ActiveValue::Set(Some(house.app.clock.now())),
        ..Default::default()
    };
    crate::people::person::Entity::update(gone).exec(&house.app.db).await.expect("disabled");
    who.get(&path).await.expect(200).says("Cơ quan chưa có người duyệt").says("answer-do-obstacles");
    who.post(&format!("{path}/clearance"), &with_draft("k3", "1", "Xong")).await.expect(422).says("chưa có ai giữ vai trò");
});
