//! Scenario D-5: what a closing closed stays, and what becomes of the evidence afterwards is a restatement beside it.

use super::*;
use crate::duties::Duty;
use crate::duties::duty::Kind;
use crate::plans::Provision;

story!(d5_a_closed_figure_stays_and_the_new_one_stands_beside_it, |house| {
    let house = counting(house);
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    let builders = agency(&house, "so-xay-dung").await;
    happens(&house, &builders, "2026-05-05T08:00:00").await;
    let provisions = Provision::of(&house.app.db, plan.id).await.expect("provisions");
    let target = provisions.iter().find(|one| crate::measures::suggesting::is_target(one)).expect("a target").id.to_string();
    let who = coordinator(&house).await;
    let fields =
        [("provision", target.as_str()), ("shape", "count"), ("unit", "việc"), ("above_least", ""), ("target_value", "")];
    let measure = define(&house, &who, "viec", &fields).await;
    let report = Duty::of_plan(&house.app.db, plan.id).await.expect("duties");
    let report = report.into_iter().find(|duty| duty.kind == Kind::Report).expect("the report");
    house.on("2026-06-22T09:00:00").await;
    let who = coordinator(&house).await;
    let closing = format!("/desk/closings/{}/2026-H1", report.id);
    who.post(&closing, &[("seen", "0"), ("note", "")]).await.expect(303);
    house.react().await;
    let row = async || kept::years(&house.app.db, measure.id, PROVINCE).await.expect("rows").pop().expect("a row");
    assert_eq!((row().await.frozen_through, row().await.restated(5)), (6, None));
    // Somebody brings in afterwards what happened before.
    happens(&house, &builders, "2026-05-06T08:00:00").await;
    happens(&house, &builders, "2026-07-01T08:00:00").await;
    house.on("2026-07-10T09:00:00").await;
    let who = coordinator(&house).await;
    settle(&house).await;
    let after = row().await;
    let figure = |month| after.months().of(month).and_then(|value| value.figure()).map(|figure| figure.plain());
    assert_eq!((figure(5).as_deref(), figure(6).as_deref()), (Some("1"), Some("1")), "as they were when it was closed");
    assert_eq!(after.restated(6).and_then(|now| now.figure()).map(|now| now.plain()).as_deref(), Some("2"));
    assert_eq!(figure(7).as_deref(), Some("3"), "what is open goes on");
    let own = format!("/desk/measures/viec?agency={}", builders.id);
    who.get(&own).await.expect(200).says("Sở Xây dựng");
    let csv = who.get("/desk/measures/viec/csv?year=2026").await.expect(200);
    csv.says("viec,2026,6,,Toàn tỉnh,1,việc,1,,value,0,1,2,1,");
    // A half-yearly measure shows both on its page.
    define(&house, &who, "viec-nua-nam", &[fields.as_slice(), &[("every", "half-year")]].concat()).await;
    who.get("/desk/measures/viec-nua-nam").await.expect(200).says("2026-H1").says("2026-H2, đến tháng 7");
    // The closing may be answered twice.
    let recorded = fact::Entity::find().filter(fact::Column::Kind.eq("PeriodClosed")).one(&house.app.db).await;
    let recorded = recorded.expect("facts").expect("the closing");
    crate::measures::freezing::freeze(&house.app, &recorded).await.expect("frozen");
    assert_eq!(row().await.frozen, after.frozen, "what was frozen is not frozen anew");
});
