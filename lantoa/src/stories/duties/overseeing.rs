//! Reviewers outside the hierarchy (row b23): a body that was named reviews the answers of those it was named for.

use super::answering::{first_slot, press};
use super::reviewing::latest;
use super::*;
use crate::people::Notice;
use crate::story;

story!(
    /// Row b23: by the page, in the list, on the slot, and no longer once the name is gone.
    a_body_that_was_named_reviews_those_it_was_named_for_and_no_others, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let (money, health) = (agency(&house, "so-tai-chinh").await, agency(&house, "so-y-te").await);
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let runs = house.someone(Role::Coordinator, Some(&standing)).await;
    let (reviewer, other) = (house.someone(Role::Reviewer, Some(&money)).await, house.someone(Role::Reviewer, Some(&health)).await);
    let who = officer(&house, &builders).await;
    let path = format!("/desk/duties/{}", slot.id);
    who.post(&format!("{path}/answer"), &press("k1", "0", "Đã thay 3 km ống")).await.expect(303);
    // Remembered lists must not outlive the change of who may see what.
    reviewer.get("/desk/reviews").await.expect(200).says_not("Đã thay 3 km ống");
    reviewer.get(&path).await.expect(404);
    let rules = format!("/desk/plans/{}/duties/{}/oversight", plan.id, slot.duty);
    let unknown = [("version", "0"), ("reviewer", "Sở Không Có")];
    runs.post(&rules, &unknown).await.expect(422).says("Sở Không Có");
    runs.post(&rules, &[("version", "0"), ("reviewer", "Sở Khoa học và Công nghệ")]).await.expect(422).says("đã thẩm định mọi kết quả");
    let named = [("version", "0"), ("reviewer", "Sở Tài chính"), ("over", "Sở Xây dựng")];
    runs.post(&rules, &named).await.expect(303);
    runs.get(&rules).await.expect(200).says("Sở Tài chính").says("Sở Xây dựng");
    house.react().await;
    let told = Notice::latest(&house.app.db, &[money.id], 9).await.expect("notices");
    assert!(told.iter().any(|notice| notice.key == "notice-reviewer-named"));
    other.get("/desk/reviews").await.expect(200).says_not("Đã thay 3 km ống");
    other.get(&path).await.expect(404);
    reviewer.get("/desk/reviews").await.expect(200).says("Đã thay 3 km ống");
    reviewer.get(&path).await.expect(200).says("id=\"review\"");
    let answer = latest(&house, &slot).await;
    let review = format!("{path}/review");
    other.post(&review, &[("answer", &answer), ("verdict", "accept")]).await.expect(404);
    let back = [("answer", answer.as_str()), ("verdict", "return"), ("whole", "Thiếu nguồn tiền")];
    reviewer.post(&review, &back).await.expect(303);
    who.get(&path).await.expect(200).says("Thiếu nguồn tiền");
    who.post(&format!("{path}/answer"), &press("k2", "1", "Đã thay 3 km ống, vốn sự nghiệp")).await.expect(303);
    let answer = latest(&house, &slot).await;
    reviewer.post("/desk/reviews/acceptance", &[("answer", &answer)]).await.expect(303);
    who.get(&path).await.expect(200).says("Đã chấp nhận");
    let drop = format!("{}|agency:{}", money.id, builders.id);
    runs.post(&rules, &[("version", "1"), ("held", &drop), ("drop", &drop)]).await.expect(303);
    reviewer.get(&path).await.expect(404);
});

story!(a_class_is_reviewed_by_a_body_but_never_its_own_answers, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let money = agency(&house, "so-tai-chinh").await;
    let builders = agency(&house, "so-xay-dung").await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let runs = house.someone(Role::Coordinator, Some(&standing)).await;
    let duties = crate::duties::Duty::of_plan(&house.app.db, plan.id).await.expect("duties");
    let report = duties.iter().find(|duty| duty.kind == crate::duties::duty::Kind::Report).expect("the report");
    let rules = format!("/desk/plans/{}/duties/{}/oversight", plan.id, report.id);
    let named = [("version", "0"), ("reviewer", "Sở Tài chính"), ("over", "các sở"), ("whole_part", "on")];
    runs.post(&rules, &named).await.expect(303);
    let of = |agency: Uuid| slot::Entity::find().filter(slot::Column::Duty.eq(report.id)).filter(slot::Column::Agency.eq(agency));
    let own = of(money.id).one(&house.app.db).await.expect("rows").expect("a slot");
    let theirs = of(builders.id).one(&house.app.db).await.expect("rows").expect("a slot");
    officer(&house, &money)
        .await
        .post(&format!("/desk/duties/{}/answer", own.id), &press("a", "0", "Của mình"))
        .await
        .expect(303);
    officer(&house, &builders)
        .await
        .post(&format!("/desk/duties/{}/answer", theirs.id), &press("b", "0", "Của bạn"))
        .await
        .expect(303);
    let reviewer = house.someone(Role::Reviewer, Some(&money)).await;
    reviewer.get("/desk/reviews").await.expect(200).says("Của bạn").says_not("Của mình");
    let answer = latest(&house, &own).await;
    let review = format!("/desk/duties/{}/review", own.id);
    reviewer.post(&review, &[("answer", &answer), ("verdict", "accept")]).await.expect(403);
    let commune = slot::Entity::find().filter(slot::Column::Duty.eq(report.id)).all(&house.app.db).await.expect("slots");
    let known = crate::people::agency::brief::Known::now(&house.app).await.expect("agencies");
    let local = commune.iter().find(|slot| known[&slot.agency].kind.is_local()).expect("a commune");
    reviewer.get(&format!("/desk/duties/{}", local.id)).await.expect(404);
});
