//! What agencies declare in a form is counted with four honest answers, and stands beside what is recorded.

use super::*;
use crate::duties::Duty;
use crate::duties::duty::Kind;
use crate::duties::form::Form;
use crate::duties::form::field::{Definition, Field, Missing, RollUp};
use crate::stories::duties::slots;
use ::measures::Standing;

/// The half-yearly report gets a form with one figure, beside which the system counts something.
async fn with_form(house: &House) -> Duty {
    let plan = adopted(house).await;
    let report = Duty::of_plan(&house.app.db, plan.id).await.expect("duties");
    let report = report.into_iter().find(|duty| duty.kind == Kind::Report).expect("the report");
    let field = Field {
        code: "so_viec".into(),
        label: "Số việc".into(),
        unit: "việc".into(),
        missing: Missing::NoData,
        roll_up: RollUp::Sum,
        source: "test-things".into(),
        ..Field::default()
    };
    let asked = Definition { fields: vec![field], rules: Vec::new() };
    Form::change(&house.app, &By::system(), report.id, 0, &asked).await.expect("the form");
    report
}

story!(declared_figures_are_values_zeros_nothing_or_unanswered, |house| {
    let house = counting(house);
    house.on("2026-06-10T09:00:00").await;
    let report = with_form(&house).await;
    let (builders, money, health) =
        (agency(&house, "so-xay-dung").await, agency(&house, "so-tai-chinh").await, agency(&house, "so-y-te").await);
    let answer = async |body: &Agency, pairs: &[(&str, &str)]| {
        let of = slots(&house, body).await;
        let slot = of.into_iter().find(|slot| slot.duty == report.id && slot.period == "2026-H1").expect("a slot");
        let who = officer(&house, body).await;
        who.post(&format!("/desk/duties/{}/answer", slot.id), pairs).await.expect(303);
    };
    let given = |key: &'static str, count: &'static str| {
        [("key", key), ("seen", "0"), ("outcome", "reported"), ("text", "Đã làm"), ("field", "so_viec"), ("f0", count)]
    };
    happens(&house, &builders, "2026-05-05T08:00:00").await;
    answer(&builders, &given("a", "7")).await;
    answer(&money, &given("b", "0")).await;
    answer(&health, &[("key", "c"), ("seen", "0"), ("outcome", "nothing"), ("reason", "Không có việc nào")]).await;
    let who = coordinator(&house).await;
    let of = format!("field:{}:so_viec", report.id);
    let fields = [
        ("shape", "count"),
        ("unit", "việc"),
        ("above_of", of.as_str()),
        ("above_least", ""),
        ("every", "half-year"),
        ("target_value", ""),
    ];
    let measure = define(&house, &who, "viec-da-khai", &fields).await;
    let standing = async |body: &Agency| {
        let row = kept::years(&house.app.db, measure.id, body.id).await.expect("rows").pop().expect("a row");
        row.months().of(6).expect("a value").standing
    };
    assert_eq!(standing(&builders).await, Standing::Value);
    assert_eq!(standing(&money).await, Standing::Zero);
    assert_eq!(standing(&health).await, Standing::Nothing);
    assert_eq!(standing(&agency(&house, "so-tu-phap").await).await, Standing::Unanswered);
    let page = who.get("/desk/measures/viec-da-khai").await.expect(200);
    let page = page.says("không phát sinh").says("chưa trả lời").says("Đã khai và hệ thống ghi nhận");
    page.says("1 cơ quan khai khác số ghi nhận").says("khai 7, ghi nhận 1");
    who.get("/desk/measures/viec-da-khai/records?part=0&year=2026&month=6").await.expect(200).says("/desk/duties/");
});
