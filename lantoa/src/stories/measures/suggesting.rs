//! Every target of an adopted plan gets a measure, or says what is missing of one.

use super::*;
use crate::measures::suggesting;
use crate::plans::{Plan, Provision};

async fn targets(house: &House, plan: Uuid) -> (usize, Vec<Measure>) {
    let provisions = Provision::of(&house.app.db, plan).await.expect("provisions");
    let targets: Vec<Uuid> = provisions.iter().filter(|one| suggesting::is_target(one)).map(|one| one.id).collect();
    let measures = Measure::all(&house.app.db).await.expect("measures");
    for target in &targets {
        let path = provisions.iter().find(|one| one.id == *target).map(|one| one.path.clone());
        assert!(measures.iter().any(|one| one.provision == Some(*target)), "no measure for {path:?}");
    }
    (targets.len(), measures)
}

story!(the_demo_plans_ten_targets_are_measured, |house| {
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let text = include_str!("../../../data/demo-plan.txt");
    Plan::seed(&house.app, standing.id, "ke-hoach.txt", text).await.expect("the plan");
    house.react().await;
    let plan = Plan::adopted(&house.app.db).await.expect("plans").pop().expect("the plan");
    let (count, measures) = targets(&house, plan.id).await;
    assert_eq!(count, 10);
    assert!(measures.iter().all(|one| one.state == State::Suggested));
    let years: Vec<Option<i32>> = measures.iter().map(|one| one.definition().target.map(|target| target.year)).collect();
    assert!(years.contains(&Some(2026)) && years.contains(&Some(2028)) && years.contains(&Some(2030)), "{years:?}");
    // A second time nothing is made, and a reaction may be answered twice.
    suggesting::settle(&house.app, plan.id).await.expect("settled");
    assert_eq!(Measure::all(&house.app.db).await.expect("measures").len(), measures.len());
    let who = coordinator(&house).await;
    let page = who.get("/desk/measures/targets").await.expect(200);
    page.says("10 trong 10 mục tiêu có chỉ số").says("≥ 85 %").says("Gợi ý, chờ xác nhận");
    // Without its evidence a measure has no figure, and says what is missing.
    let unseen = Measure::of_code(&house.app.db, "noi-dung-cung-cap-kip-thoi").await;
    assert!(unseen.is_err(), "this plan has no such target");
    let network = Measure::of_code(&house.app.db, "mang-luoi-truyen-thong").await.expect("the measure");
    // A suggestion is counted, and nobody outside sees it before it is confirmed.
    house.visitor().get("/chi-so/mang-luoi-truyen-thong").await.expect(404);
    let confirm = "/desk/measures/mang-luoi-truyen-thong/acts/confirm";
    officer(&house, &standing).await.post(confirm, &[("version", "1")]).await.expect(403);
    who.post(confirm, &[("version", "1")]).await.expect(303);
    who.post(confirm, &[("version", "1")]).await.expect(409);
    house.visitor().get("/chi-so/mang-luoi-truyen-thong").await.expect(200).says(&network.title);
});

story!(a_target_that_no_rule_fits_asks_to_be_defined, |house| {
    let house = counting(house);
    house.on("2026-05-11T09:00:00").await;
    let plan = adopted(&house).await;
    let who = coordinator(&house).await;
    let page = who.get("/desk/measures/targets").await.expect(200);
    let page = page.says("0 trong 1 mục tiêu có chỉ số").says("Chưa có chỉ số đo mục tiêu này");
    let text = page.text();
    let from = text.find("/desk/measures/new?provision=").expect("a way to define it");
    let link = text[from..].split('"').next().expect("an address").to_owned();
    who.get(&link).await.expect(200).says("value=\"80\"").says("value=\"ratio\" selected");
    let provision = link.split('=').nth(1).expect("an id").to_owned();
    let measure = define(&house, &who, "ho-dan", &[("provision", &provision)]).await;
    assert_eq!((measure.plan, measure.provision.map(|id| id.to_string())), (Some(plan.id), Some(provision)));
    who.get("/desk/measures/targets").await.expect(200).says("1 trong 1 mục tiêu có chỉ số");
});

story!(
    /// Part II of plan 118 has eleven targets; the plan itself is shared data outside the repository.
    plan_118s_eleven_targets_are_measured, |house| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/plan-118.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared is absent");
        return;
    };
    house.on("2026-05-11T09:00:00").await;
    crate::people::province::settle(&house.app).await.expect("the default province");
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    Plan::seed(&house.app, standing.id, "ke-hoach-118.txt", &text).await.expect("the plan");
    house.react().await;
    let plan = Plan::adopted(&house.app.db).await.expect("plans").pop().expect("the plan");
    let (count, measures) = targets(&house, plan.id).await;
    assert_eq!(count, 11);
    let codes: Vec<&str> = measures.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes.len(), 13, "the first target has two halves, and hamlets stand beside people: {codes:?}");
    let page = coordinator(&house).await.get("/desk/measures/targets").await.expect(200);
    page.says("11 trong 11 mục tiêu có chỉ số").says("Số dân của từng ấp, khóm").says_not("Danh mục nội dung, văn bản phải cung cấp");
});
