//! Scenario D-5: what a closing closed stays, and what becomes of the evidence afterwards is a restatement beside it.

use super::*;
use crate::duties::Duty;
use crate::duties::duty::Kind;
use crate::plans::Provision;

/// Something that happened in May, counted by `viec` with some fields otherwise, as it stands on the day on which the half-year was closed.
async fn closed(house: &House, more: &[(&'static str, &'static str)]) -> (Measure, Agency, String) {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(house).await;
    let builders = agency(house, "so-xay-dung").await;
    happens(house, &builders, "2026-05-05T08:00:00").await;
    let provisions = Provision::of(&house.app.db, plan.id).await.expect("provisions");
    let target = provisions.iter().find(|one| crate::measures::suggesting::is_target(one)).expect("a target").id.to_string();
    let who = coordinator(house).await;
    let measure = define(house, &who, "viec", &[fields(&target).as_slice(), more].concat()).await;
    let report = Duty::of_plan(&house.app.db, plan.id).await.expect("duties");
    let report = report.into_iter().find(|duty| duty.kind == Kind::Report).expect("the report");
    house.on("2026-06-22T09:00:00").await;
    let who = coordinator(house).await;
    let closing = format!("/desk/closings/{}/2026-H1", report.id);
    who.post(&closing, &[("seen", "0"), ("note", "")]).await.expect(303);
    house.react().await;
    (measure, builders, target)
}

/// What happens, as a count for that target.
fn fields(target: &str) -> [(&'static str, &str); 5] {
    [("provision", target), ("shape", "count"), ("unit", "việc"), ("above_least", ""), ("target_value", "")]
}

async fn row(house: &House, measure: &Measure) -> kept::Row {
    kept::years(&house.app.db, measure.id, PROVINCE).await.expect("rows").pop().expect("a row")
}

story!(d5_a_closed_figure_stays_and_the_new_one_stands_beside_it, |house| {
    let house = counting(house);
    let (measure, builders, target) = closed(&house, &[]).await;
    let row = async || row(&house, &measure).await;
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
    define(&house, &who, "viec-nua-nam", &[fields(&target).as_slice(), &[("every", "half-year")]].concat()).await;
    who.get("/desk/measures/viec-nua-nam").await.expect(200).says("2026-H1").says("2026-H2, đến tháng 7");
    // The closing may be answered twice.
    let recorded = fact::Entity::find().filter(fact::Column::Kind.eq("PeriodClosed")).one(&house.app.db).await;
    let recorded = recorded.expect("facts").expect("the closing");
    crate::measures::freezing::freeze(&house.app, &recorded).await.expect("frozen");
    assert_eq!(row().await.frozen, after.frozen, "what was frozen is not frozen anew");
});

story!(a_closed_month_keeps_the_version_by_which_it_was_counted, |house| {
    let house = counting(house);
    let (measure, _, target) = closed(&house, &[("every", "half-year"), ("roll_up", "sum")]).await;
    house.on("2026-07-10T09:00:00").await;
    let who = coordinator(&house).await;
    let halves = [("every", "half-year"), ("roll_up", "sum"), ("above_least", "2")];
    let next = [("version", "1"), ("why", "Một việc là quá ít")];
    let harder = [fields(&target).as_slice(), halves.as_slice(), next.as_slice()].concat();
    who.post("/desk/measures/viec", &form("viec", &harder)).await.expect(303);
    agreed(&house, "viec").await;
    let after = row(&house, &measure).await;
    assert_eq!((after.version, after.version_of(6), after.version_of(7)), (2, Some(1), Some(2)));
    assert_eq!(after.version_of_year(&measure.definition()), None, "the two halves are counted by two");
    // On pages, in files and in the feed.
    who.get("/desk/measures/viec").await.expect(200).says("Đếm theo bản định nghĩa 1");
    let visitor = house.visitor();
    visitor.get("/chi-so/viec").await.expect(200).says("Không rõ bản định nghĩa, hoặc theo nhiều bản");
    let csv = visitor.get("/chi-so/viec.csv?nam=2026").await.expect(200);
    csv.says("viec,2026,6,,Toàn tỉnh,1,việc,1,,value,0,1,0,1,").says("viec,2026,7,,Toàn tỉnh,0,việc,0,,zero,0,0,,2,");
    let feed = visitor.get("/du-lieu-mo/sdmx/data.csv?indicator=viec&area=_T").await.expect(200);
    feed.says(",true,1,").says(",false,2,");
    // What was closed before versions were kept: the one that was in force then, else nobody knows.
    let forget = "UPDATE measure_value SET frozen_versions = ''";
    house.app.db.execute_unprepared(forget).await.expect("forgotten");
    assert_eq!(row(&house, &measure).await.version_of(6), None);
    visitor.get("/du-lieu-mo/sdmx/data.csv?indicator=viec&area=_T").await.expect(200).says(",true,,").says(",false,2,");
    visitor.get("/du-lieu-mo/sdmx/data.json?indicator=viec&area=_T").await.expect(200);
    house.app.db.execute_unprepared(crate::measures::schema::VERSIONS_OF_CLOSED).await.expect("filled");
    assert_eq!(row(&house, &measure).await.frozen_versions, "6:1");
});
