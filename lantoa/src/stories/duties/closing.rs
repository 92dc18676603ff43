//! Closing a period with the absent by name, again when somebody comes late, and what was written stays (scenario R5).

use super::answering::press;
use super::*;
use crate::base::new_id;
use crate::duties::answer::{self, Outcome};
use crate::duties::closing::{self, Line};
use crate::duties::duty::{Duty, Kind};
use crate::story;
use sea_orm::PaginatorTrait;

/// The report of the first half-year: every agency answered in time but these.
pub async fn answered_but(house: &House, plan: &plan::Model, absent: &[&Agency]) -> (Duty, Vec<slot::Model>) {
    let duties = Duty::of_plan(&house.app.db, plan.id).await.expect("duties");
    let report = duties.into_iter().find(|duty| duty.kind == Kind::Report).expect("the report");
    let of = slot::Entity::find().filter(slot::Column::Duty.eq(report.id)).filter(slot::Column::Period.eq("2026-H1"));
    let slots = of.all(&house.app.db).await.expect("slots");
    let answers = slots.iter().filter(|slot| absent.iter().all(|one| one.id != slot.agency)).map(|slot| answer::Model {
        id: new_id(),
        slot: slot.id,
        version: 1,
        key: slot.id.to_string(),
        outcome: Outcome::Reported,
        text: "Xong".into(),
        figures: "[]".into(),
        reason: String::new(),
        late_reason: String::new(),
        excusable: None,
        agency: slot.agency,
        person: new_id(),
        at: house.app.clock.now(),
        on_day: day("2026-06-18"),
    });
    answer::Entity::insert_many(answers.map(answer::ActiveModel::from))
        .exec_without_returning(&house.app.db)
        .await
        .expect("answers");
    (report, slots)
}

async fn coordinator(house: &House) -> Visitor<'_> {
    let standing = agency(house, "so-khoa-hoc-va-cong-nghe").await;
    house.someone(Role::Coordinator, Some(&standing)).await
}

async fn lines(house: &House, duty: &Duty, version: usize) -> Vec<Line> {
    let made = closing::Model::of(&house.app.db, duty.id, "2026-H1").await.expect("closings");
    Line::of(&house.app.db, made[version - 1].id).await.expect("lines")
}

story!(r5_a_period_is_closed_with_names_and_a_late_answer_makes_the_next_version, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (builders, money, health) =
        (agency(&house, "so-xay-dung").await, agency(&house, "so-tai-chinh").await, agency(&house, "so-y-te").await);
    officer(&house, &builders).await; // one of the three has been here
    let (report, slots) = answered_but(&house, &plan, &[&builders, &money, &health]).await;
    let all = slots.len();
    let who = coordinator(&house).await;
    let here = format!("/desk/closings/{}/2026-H1", report.id);
    let early = who.get(&here).await.expect(200).says("Còn 3 cơ quan chưa nộp và còn được nhận").text();
    assert_eq!(early.matches("data-state=\"late\"").count(), 0, "nobody is late before the day");
    who.post(&here, &[("seen", "0")]).await.expect(422).says("còn được nhận đến hết");
    at(&house, "2026-06-25T09:00:00");
    let who = coordinator(&house).await;
    who.get("/desk/closings").await.expect(200).says("1 kỳ hết hạn nhận, chờ chốt").says(&format!("Đã nộp {}/{all}", all - 3));
    let before = house.statements();
    let page = who.get(&here).await.expect(200).says(&format!("3/{all} cơ quan chưa nộp")).text();
    assert!(house.statements() - before <= 18, "{} statements", house.statements() - before);
    assert_eq!(page.matches("Chưa từng đăng nhập").count(), 2);
    assert_eq!(page.matches("data-state=\"late\"").count(), 3);
    // Two coordinators at once: one wins, the other is told.
    let second = coordinator(&house).await;
    let mine = [("seen", "0"), ("note", "Đã đôn đốc hai lần")];
    let (one, other) = tokio::join!(who.post(&here, &mine), second.post(&here, &[("seen", "0"), ("note", "Bản thứ hai")]));
    let mut both = [one.status.as_u16(), other.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    (if one.status.as_u16() == 409 { one } else { other }).says("Có người vừa chốt kỳ này");
    assert_eq!(closing::Entity::find().count(&house.app.db).await.expect("a count"), 1);
    let first = lines(&house, &report, 1).await;
    assert_eq!((first.len(), closing::count(&first, false)), (all, 3));
    who.post(&here, &[("seen", "1")]).await.expect(422).says("Chưa có gì khác");
    // One comes late.
    let late = officer(&house, &money).await;
    let slot = slots.iter().find(|slot| slot.agency == money.id).expect("a slot");
    let mut fields = press("late", "0", "Nộp sau");
    fields.extend([("late_reason", "Thiếu người"), ("excusable", "no")]);
    late.post(&format!("/desk/duties/{}/answer", slot.id), &fields).await.expect(303);
    who.get(&here).await.expect(200).says("Khác so với bản 1").says("đã nộp, trước đây chưa có");
    who.post(&here, &[("seen", "1")]).await.expect(303);
    who.post(&here, &[("seen", "1")]).await.expect(303);
    assert_eq!(closing::Entity::find().count(&house.app.db).await.expect("a count"), 2, "two presses are one version");
    let newer = who.get(&format!("/desk/closings/{}/2026-H1/2", report.id)).await.expect(200).says("Khác với bản 1");
    newer.says(&format!("2/{all} cơ quan chưa nộp")).says("Sở Tài chính</strong>: đã nộp, trước đây chưa có");
    assert_eq!(lines(&house, &report, 1).await, first, "the first version stays as it was");
    let older = who.get(&format!("/desk/closings/{}/2026-H1/1", report.id)).await.expect(200);
    older.says(&format!("3/{all} cơ quan chưa nộp")).says("Đây là bản cũ").says("Sở Tài chính");
    let csv = who.get(&format!("/desk/closings/{}/2026-H1/1/csv", report.id)).await.expect(200).text();
    assert_eq!(csv.lines().filter(|line| line.contains("Chưa nộp")).count(), 3, "{csv}");
    assert_eq!(csv.lines().count(), all + 1);
});

story!(a_closing_is_not_for_everybody_nor_for_everything, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (report, _) = answered_but(&house, &plan, &[]).await;
    let here = format!("/desk/closings/{}/2026-H1", report.id);
    let builders = agency(&house, "so-xay-dung").await;
    officer(&house, &builders).await.get(&here).await.expect(403);
    officer(&house, &builders).await.get("/desk/closings").await.expect(403);
    house.someone(Role::Reviewer, Some(&builders)).await.get(&here).await.expect(404);
    let leader = house.someone(Role::Leader, None).await;
    leader.get(&here).await.expect(200).says_not("id=\"close\"");
    leader.post(&here, &[("seen", "0")]).await.expect(403);
    let who = coordinator(&house).await;
    who.get(&format!("/desk/closings/{}/2031-H1", report.id)).await.expect(404);
    who.post(&format!("/desk/closings/{}/2031-H1", report.id), &[("seen", "0")]).await.expect(404);
    let duties = Duty::of_plan(&house.app.db, plan.id).await.expect("duties");
    let work = duties.iter().find(|duty| duty.kind == Kind::Work).expect("work");
    who.get(&format!("/desk/closings/{}/2026-H1", work.id)).await.expect(404);
    let long = "dài ".repeat(1_000);
    who.post(&here, &[("seen", "0"), ("note", &long)]).await.expect(422).says("nhiều nhất 2000 chữ").says("dài dài");
    // Everybody is in, though the day has not come.
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let within = house.someone(Role::Reviewer, Some(&standing)).await;
    within.post(&here, &[("seen", "0")]).await.expect(303);
    within.get(&format!("{here}/1")).await.expect(200).says("Đủ cả");
    within.get(&format!("{here}/2")).await.expect(404);
});

story!(a_request_is_closed_like_a_report, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let who = coordinator(&house).await;
    let fields = [
        ("key", "k1"),
        ("plan", plan.slug.as_str()),
        ("title", "Việc gấp"),
        ("due", "12/6/2026"),
        ("names", "Sở Y tế\nSở Xây dựng"),
    ];
    let made = who.post("/desk/requests/new", &fields).await.expect(303).location().to_owned();
    at(&house, "2026-06-15T09:00:00");
    let who = coordinator(&house).await;
    let id = made.rsplit('/').next().expect("an id");
    who.get(&made).await.expect(200).says(&format!("/desk/closings/{id}/2026-06-12")).says("0/2 cơ quan đã nộp");
    who.post(&format!("/desk/closings/{id}/2026-06-12"), &[("seen", "0")]).await.expect(303);
    who.get(&format!("/desk/closings/{id}/2026-06-12/1")).await.expect(200).says("2/2 cơ quan chưa nộp").says("Sở Y tế");
});
