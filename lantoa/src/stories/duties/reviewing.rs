//! Reviewing: by another body, once a version, with a way back.

use super::answering::{first_slot, press};
use super::*;
use crate::duties::{Slot, answer};
use crate::people::Notice;
use crate::story;

pub async fn latest(house: &House, slot: &Slot) -> String {
    let answers = answer::Model::of(&house.app.db, &[slot.id]).await.expect("answers");
    answers.last().expect("an answer").id.to_string()
}

story!(
    /// Scenario R9, first half: changing what was accepted is refused, and it is said why.
    r9_returned_is_not_done_and_accepted_is_locked, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    let path = format!("/desk/duties/{}", slot.id);
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k1", "0", "Bản đầu")).await.expect(303);
    looker.get("/desk/reviews").await.expect(200).says("1 kết quả chờ thẩm định");
    looker.get(&path).await.expect(200).says("Thẩm định");
    let answer = latest(&house, &slot).await;
    let review = format!("/desk/duties/{}/review", slot.id);
    looker.post(&review, &[("answer", &answer), ("verdict", "return")]).await.expect(422).says("phải nói rõ");
    let returned = [("answer", answer.as_str()), ("verdict", "return"), ("remark_figures", "Thiếu số km")];
    looker.post(&review, &returned).await.expect(303);
    looker.post(&review, &returned).await.expect(409);
    house.react().await;
    who.get("/desk/duties").await.expect(200).says("1 việc quá hạn hoặc bị trả lại");
    who.get(&path).await.expect(200).says("Về số liệu").says("Thiếu số km").says("Bị trả lại");
    let told = Notice::latest(&house.app.db, &[builders.id], 9).await.expect("notices");
    assert!(told.iter().any(|notice| notice.key == "notice-answer-returned"));
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k2", "1", "Bản hai, 3 km")).await.expect(303);
    let answer = latest(&house, &slot).await;
    looker.post(&review, &[("answer", &answer), ("verdict", "accept")]).await.expect(303);
    looker.get("/desk/reviews").await.expect(200).says("Không có kết quả nào chờ");
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k3", "2", "Sửa lén")).await.expect(422).says("đã duyệt");
    who.get(&path).await.expect(200).says("Kết quả đã duyệt").says("Bản đầu").says("Bản hai, 3 km");
});

story!(nobody_reviews_what_their_own_body_answered, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let slot = slots(&house, &standing).await.into_iter().next().expect("the coordinating body reports too");
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let path = format!("/desk/duties/{}", slot.id);
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k1", "0", "Đã tổng hợp")).await.expect(303);
    let answer = latest(&house, &slot).await;
    who.get(&path).await.expect(200).says_not("id=\"review\"");
    who.get("/desk/reviews").await.expect(200).says("Không có kết quả nào chờ");
    who.post(&format!("/desk/duties/{}/review", slot.id), &[("answer", &answer), ("verdict", "accept")]).await.expect(403);
    let committee = agency(&house, "uy-ban-nhan-dan-tinh-dong-thap").await;
    let leader = house.someone(Role::Leader, Some(&committee)).await;
    leader.post(&format!("/desk/duties/{}/review", slot.id), &[("answer", &answer), ("verdict", "accept")]).await.expect(303);
});

story!(
    /// Scenario R9, second half: an unlock says by whom, why and until when, and lets one version in.
    r9_an_unlock_lets_one_version_in_and_says_why, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    at(&house, "2026-08-01T09:00:00");
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    let path = format!("/desk/duties/{}", slot.id);
    who.get(&path).await.expect(200).says("quá hạn hơn 30 ngày");
    let mut late = press("k1", "0", "Nộp sau");
    late.extend([("late_reason", "Thiếu người"), ("excusable", "no")]);
    who.post(&format!("/desk/duties/{}/answer", slot.id), &late).await.expect(422).says("quá hạn hơn 30 ngày");
    who.post(&format!("/desk/duties/{}/unlock", slot.id), &[("why", "Tự mở"), ("until", "10/8/2026")]).await.expect(403);
    looker
        .post(&format!("/desk/duties/{}/unlock", slot.id), &[("why", " "), ("until", "10/8/2026")])
        .await
        .expect(422)
        .says("lý do mở khóa");
    for until in ["31/7/2026", "1/12/2026", "31/6/2026", ""] {
        looker.post(&format!("/desk/duties/{}/unlock", slot.id), &[("why", "Bổ sung"), ("until", until)]).await.expect(422);
    }
    looker
        .post(&format!("/desk/duties/{}/unlock", slot.id), &[("why", "Bổ sung theo đề nghị"), ("until", "10/8/2026")])
        .await
        .expect(303);
    house.react().await;
    who.get(&path).await.expect(200).says("Được mở khóa đến hết ngày 10/8/2026").says("Bổ sung theo đề nghị");
    who.post(&format!("/desk/duties/{}/answer", slot.id), &late).await.expect(303);
    let mut more = press("k2", "1", "Thêm nữa");
    more.extend([("late_reason", "Thiếu người"), ("excusable", "no")]);
    who.post(&format!("/desk/duties/{}/answer", slot.id), &more).await.expect(422).says("quá hạn hơn 30 ngày");
});

story!(nobody_accepts_what_they_handed_in_themselves_even_from_another_body, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = house.someone(Role::Coordinator, Some(&builders)).await;
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", "Của tôi")).await.expect(303);
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let person = crate::people::person::Entity::find_by_id(who.person.expect("a person")).one(&house.app.db).await.expect("rows");
    let moved = crate::people::person::ActiveModel {
        agency: sea_orm::ActiveValue::Set(Some(standing.id)),
        ..person.expect("a person").into()
    };
    crate::people::person::Entity::update(moved).exec(&house.app.db).await.expect("a move");
    let answer = latest(&house, &slot).await;
    who.get(&format!("/desk/duties/{}", slot.id)).await.expect(200).says_not("id=\"review\"");
    who.post(&format!("/desk/duties/{}/review", slot.id), &[("answer", &answer), ("verdict", "accept")]).await.expect(403);
});

story!(an_answer_and_its_predecessors_acceptance_do_not_pass_each_other, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k1", "0", "Bản đầu")).await.expect(303);
    let answer = latest(&house, &slot).await;
    let (send, review) = (format!("/desk/duties/{}/answer", slot.id), format!("/desk/duties/{}/review", slot.id));
    let (fields, verdict) = (press("k2", "1", "Bản hai"), [("answer", answer.as_str()), ("verdict", "accept")]);
    let (sent, accepted) = tokio::join!(who.post(&send, &fields), looker.post(&review, &verdict));
    let both = (sent.status.as_u16(), accepted.status.as_u16());
    assert!(both == (303, 409) || both == (422, 303), "{both:?}");
});

story!(what_takes_answers_is_not_unlocked_and_one_unlock_is_one_version, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (_, slot) = first_slot(&house).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    let unlock = format!("/desk/duties/{}/unlock", slot.id);
    let exception = [("why", "Bổ sung"), ("until", "20/6/2026")];
    looker.post(&unlock, &exception).await.expect(422).says("không cần mở khóa");
    at(&house, "2026-08-01T09:00:00");
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    let exception = [("why", "Bổ sung"), ("until", "5/8/2026")];
    let presses = (0..3).map(|_| looker.post(&unlock, &exception));
    let mut answers: Vec<u16> =
        futures_util::future::join_all(presses).await.iter().map(|answer| answer.status.as_u16()).collect();
    answers.sort_unstable();
    assert_eq!(answers, [303, 422, 422]);
});

story!(many_are_accepted_at_once_and_a_newer_version_waits_on, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let builders = agency(&house, "so-xay-dung").await;
    let who = officer(&house, &builders).await;
    let owed = slots(&house, &builders).await;
    for (place, slot) in owed.iter().take(2).enumerate() {
        let key = format!("k{place}");
        who.post(&format!("/desk/duties/{}/answer", slot.id), &press(&key, "0", "Đã mở 12 lớp")).await.expect(303);
    }
    let (first, second) = (latest(&house, &owed[0]).await, latest(&house, &owed[1]).await);
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    looker.get("/desk/reviews").await.expect(200).says("Đã mở 12 lớp").says(&first);
    looker.post("/desk/reviews/acceptance", &[]).await.expect(422).says("Chưa chọn mục nào");
    who.post("/desk/reviews/acceptance", &[("answer", &first)]).await.expect(403);
    // A newer version comes while the list is open.
    who.post(&format!("/desk/duties/{}/answer", owed[1].id), &press("k9", "1", "Đã mở 15 lớp")).await.expect(303);
    let picked = [("answer", first.as_str()), ("answer", second.as_str()), ("answer", "không phải mã")];
    let answer = looker.post("/desk/reviews/acceptance", &picked).await.expect(303);
    looker.get(answer.location()).await.expect(200).says("Đã chấp nhận 1 kết quả. 1 kết quả chưa chấp nhận được");
    who.get(&format!("/desk/duties/{}", owed[0].id)).await.expect(200).says("Đã chấp nhận");
    let page = who.get(&format!("/desk/duties/{}", owed[1].id)).await.expect(200).says("Chờ thẩm định");
    page.says("Khác bản 1 ở chỗ nào").says("Đã mở <del>12</del><ins>15</ins> lớp");
});

story!(many_are_reminded_and_unlocked_at_once, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    at(&house, "2026-06-10T20:00:00");
    let id = slot.id.to_string();
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    looker.post("/desk/progress/reminders", &[("slot", &id)]).await.expect(422).says("trong giờ làm việc");
    at(&house, "2026-06-11T09:00:00");
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    officer(&house, &builders).await.post("/desk/progress/reminders", &[("slot", &id)]).await.expect(403);
    let back = "/desk/progress/slots?which=open";
    let fields = [("slot", id.as_str()), ("back", back)];
    let answer = looker.post("/desk/progress/reminders", &fields).await.expect(303);
    assert_eq!(answer.location(), back);
    looker.get(answer.location()).await.expect(200).says("Đã nhắc 1 cơ quan");
    let answer = looker.post("/desk/progress/reminders", &fields).await.expect(303);
    looker.get(answer.location()).await.expect(200).says("Không cơ quan nào được nhắc thêm");
    at(&house, "2026-08-03T09:00:00");
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    let ids: Vec<String> = slots(&house, &builders).await.iter().take(3).map(|slot| slot.id.to_string()).collect();
    let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("slot", id.as_str())).collect();
    // Nobody is told to do what would be refused: two of the three are locked.
    let answer = looker.post("/desk/progress/reminders", &fields).await.expect(303);
    looker.get(answer.location()).await.expect(200).says("Đã nhắc 1 cơ quan. Không nhắc 2 kỳ đang khóa");
    let answer = looker.post("/desk/progress/reminders", &fields[..2]).await.expect(303);
    looker.get(answer.location()).await.expect(200).says("Không cơ quan nào được nhắc thêm. 2 kỳ đang khóa");
    fields.push(("until", "10/8/2026"));
    // Without a reason the list comes back with what was picked and typed, and the mistake at its field.
    let unexplained = [fields.as_slice(), &[("back", "/desk/progress/slots?which=overdue&agency=so-xay-dung")]].concat();
    let refused = looker.post("/desk/progress/unlocks", &unexplained).await.expect(422).says("Hãy nêu lý do mở khóa");
    let refused = refused.says("href=\"#why\"").says("value=\"10/8/2026\"").says(" checked").says("which=overdue");
    // Enter in the reason presses the first button: it unlocks, and reminds nobody.
    refused.says("action=\"/desk/progress/unlocks\"").says("<button hidden></button>");
    fields.extend([("why", "Bổ sung sau sáp nhập"), ("back", "https://example.org/desk/progress/slots")]);
    let answer = looker.post("/desk/progress/unlocks", &fields).await.expect(303);
    assert_eq!(answer.location(), "/desk/progress", "never to another site");
    looker.get(answer.location()).await.expect(200).says("Đã mở khóa 2 kỳ; 1 kỳ không bị khóa");
});
