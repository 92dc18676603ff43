//! Writing an estimate: rows, refusals, two people at once, who may see it.

use super::*;
use crate::base::fact;
use crate::story;

story!(an_officer_writes_the_lines_of_a_year, |house| {
    let (plan, builders) = prepared(&house).await;
    let who = officer(&house, &builders).await;
    who.get("/desk/estimates").await.expect(200).says("Cơ quan chưa lập dự toán nào").says("<option value=\"2026\"");
    let here = begun(&who, plan).await;
    assert_eq!(begun(&who, plan).await, here, "a second press comes to the same estimate");
    let text = plan.to_string();
    who.post("/desk/estimates", &[("plan", &text), ("year", "2050")])
        .await
        .expect(422)
        .says("Năm 2050 cơ quan không có nhiệm vụ");
    who.post("/desk/estimates", &[("plan", &text), ("year", "năm sau")]).await.expect(422).says("bốn chữ số");
    let duties = duties(&house, plan, &builders).await;
    let (first, second) = (duties[0].duty.to_string(), duties[1].duty.to_string());
    who.get(&format!("/desk/estimates/{here}"))
        .await
        .expect(200)
        .says("Chưa lưu dòng nào")
        .says("aria-disabled")
        .says("Xã hội hóa");
    let mut fields = form("1", &[(&first, "budget", "In tờ rơi", "1,5 triệu"), ("", "", "", "")]);
    fields.extend([
        ("duty", second.as_str()),
        ("source", "social"),
        ("narrative", "Mở lớp"),
        ("unit", "lớp"),
        ("quantity", "3"),
        ("unit_price", "2.000.000"),
        ("amount", ""),
    ]);
    let more = who.post(&format!("/desk/estimates/{here}/rows"), &fields).await.expect(200).says("In tờ rơi").says("Dòng 4");
    assert!(more.text().contains("1,5 triệu"));
    fields.push(("drop", "0"));
    who.post(&format!("/desk/estimates/{here}/rows"), &fields).await.expect(200).says_not("In tờ rơi").says("Mở lớp");
    assert!(lines(&house).await.is_empty(), "adding a row keeps nothing");
    fields.pop();
    who.post(&format!("/desk/estimates/{here}"), &fields).await.expect(303);
    let kept = lines(&house).await;
    assert_eq!(kept.iter().map(|line| line.asked).collect::<Vec<_>>(), [1_500_000, 6_000_000]);
    let before = house.statements();
    who.get(&format!("/desk/estimates/{here}")).await.expect(200).says("1.500.000").says("7.500.000 đồng");
    assert!(house.statements() - before <= 16, "{} statements", house.statements() - before);
    who.get("/desk/estimates").await.expect(200).says("7.500.000").says("Đang lập");
});

story!(bad_sums_are_refused_at_their_field_and_nothing_is_lost, |house| {
    let (plan, builders) = prepared(&house).await;
    let who = officer(&house, &builders).await;
    let here = begun(&who, plan).await;
    let duty = duties(&house, plan, &builders).await[0].duty.to_string();
    for (sum, words) in [
        ("-5", "là số âm"),
        ("1500,5", "phần lẻ của đồng"),
        ("1000000000000000000", "quá lớn"),
        ("năm triệu", "không phải số tiền"),
        ("1e9", "không phải số tiền"),
        ("", "Hãy nhập thành tiền"),
    ] {
        let answer =
            who.post(&format!("/desk/estimates/{here}"), &form("1", &[(&duty, "budget", "Vẫn còn đây", sum)])).await.expect(422);
        answer.says(words).says("Vẫn còn đây").says("id=\"line-0-amount-error\"");
    }
    let other = Uuid::from_u128(9).to_string();
    who.post(&format!("/desk/estimates/{here}"), &form("1", &[(&other, "vay", "", "5")]))
        .await
        .expect(422)
        .says("Hãy chọn một nhiệm vụ")
        .says("nguồn kinh phí trong danh sách");
    assert!(lines(&house).await.is_empty());
    who.post(&format!("/desk/estimates/{here}/submission"), &[("seen", "1")]).await.expect(422).says("Chưa lưu dòng nào");
});

story!(two_people_at_once_the_second_is_told_and_loses_nothing, |house| {
    let (plan, builders) = prepared(&house).await;
    let (one, other) = (officer(&house, &builders).await, officer(&house, &builders).await);
    let here = begun(&one, plan).await;
    let duty = duties(&house, plan, &builders).await[0].duty.to_string();
    one.post(&format!("/desk/estimates/{here}"), &form("1", &[(&duty, "budget", "Của người thứ nhất", "1")])).await.expect(303);
    let late = other
        .post(&format!("/desk/estimates/{here}"), &form("1", &[(&duty, "budget", "Của người thứ hai", "2")]))
        .await
        .expect(409);
    late.says("Của người thứ hai").says("name=\"seen\" value=\"2\"");
    assert_eq!(lines(&house).await[0].asked, 1);
    one.post(&format!("/desk/estimates/{here}/submission"), &[("seen", "2")]).await.expect(303);
    let lost = other
        .post(&format!("/desk/estimates/{here}"), &form("2", &[(&duty, "budget", "Của người thứ hai", "2")]))
        .await
        .expect(409);
    lost.says("Của người thứ hai").says("Chép lại");
    one.post(&format!("/desk/estimates/{here}/submission"), &[("seen", "2")]).await.expect(422).says("Dự toán đã gửi");
});

story!(what_another_agency_writes_is_not_there_and_that_is_noted, |house| {
    let (plan, builders) = prepared(&house).await;
    let who = officer(&house, &builders).await;
    let here = begun(&who, plan).await;
    let other = officer(&house, &agency(&house, "so-khoa-hoc-va-cong-nghe").await).await;
    for end in ["", "/xlsx", "/template", "/import", "/appraisal", "/approval", "/spending", "/submissions/1"] {
        other.get(&format!("/desk/estimates/{here}{end}")).await.expect(404);
    }
    for end in ["", "/rows", "/submission", "/return"] {
        other.post(&format!("/desk/estimates/{here}{end}"), &[("seen", "1")]).await.expect(404);
    }
    finance(&house).await.get(&format!("/desk/estimates/{here}")).await.expect(404);
    other.get("/desk/estimates/board").await.expect(403);
    let id: Uuid = here.parse().expect("an id");
    let facts = fact::Model::history(&house.app.db, id, 50).await.expect("facts");
    assert_eq!(facts.iter().filter(|fact| fact.kind == "AccessRefused").count(), 13);
    who.get(&format!("/desk/estimates/{here}")).await.expect(200).says_not("Xem thứ không thuộc");
});
