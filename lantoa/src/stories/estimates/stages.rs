//! From submission to settlement: who may, what is refused, what is kept, who is told.

use super::*;
use crate::people::Notice;
use crate::story;

fn with<'a>(lines: &[Line], figures: &[(&'a str, &'a str)]) -> Vec<(String, &'a str, &'a str)> {
    lines.iter().zip(figures).map(|(line, (amount, words))| (line.id.to_string(), *amount, *words)).collect()
}

story!(an_estimate_goes_its_way_and_everybody_is_told, |house| {
    let (plan, builders) = prepared(&house).await;
    let here = submitted(&house, plan, &builders, &["1.000.000", "2.000.000"]).await;
    house.react().await;
    let (who, money, leads) = (officer(&house, &builders).await, finance(&house).await, leader(&house).await);
    who.get(&format!("/desk/estimates/{here}"))
        .await
        .expect(200)
        .says("Chờ thẩm định")
        .says("3.000.000")
        .says_not("name=\"narrative\"");
    let kept = lines(&house).await;
    money.get("/desk").await.expect(200).says("1 dự toán năm 2026 chờ thẩm định").says("/desk/estimates/board?plan=");
    who.get("/desk").await.expect(200).says_not("năm 2026 chờ thẩm định");
    leads.get("/desk").await.expect(200).says_not("năm 2026 chờ phê duyệt");
    money.get(&format!("/desk/estimates/{here}/appraisal")).await.expect(200).says("value=\"1.000.000\"").says("In tờ rơi");
    let cut = with(&kept, &[("1.000.000", ""), ("1.500.000", "")]);
    let refused = money.post(&format!("/desk/estimates/{here}/appraisal"), &stage("3", &cut, &[])).await.expect(422);
    refused.says("Khác số đề nghị: hãy nêu lý do").says("value=\"1.500.000\"");
    let cut = with(&kept, &[("1.000.000", ""), ("1.500.000", "Định mức thấp hơn")]);
    money.post(&format!("/desk/estimates/{here}/appraisal"), &stage("3", &cut, &[])).await.expect(303);
    money.get(&format!("/desk/estimates/{here}")).await.expect(200).says("Sửa thẩm định").says_not("data-kind=\"primary\"");
    let decision = [("decision_number", "125/QĐ-UBND"), ("decision_on", "10/03/2026")];
    let granted = with(&kept, &[("1.000.000", ""), ("1.500.000", "")]);
    money.post(&format!("/desk/estimates/{here}/approval"), &stage("4", &granted, &decision)).await.expect(403);
    leads.get("/desk").await.expect(200).says("1 dự toán năm 2026 chờ phê duyệt");
    leads.get(&format!("/desk/estimates/{here}/approval")).await.expect(200).says("value=\"1.500.000\"");
    let bare = leads
        .post(&format!("/desk/estimates/{here}/approval"), &stage("4", &granted, &[("decision_on", "31/02/2026")]))
        .await
        .expect(422);
    bare.says("Hãy nhập số quyết định").says("31/02/2026");
    leads.post(&format!("/desk/estimates/{here}/approval"), &stage("4", &granted, &decision)).await.expect(303);
    who.get(&format!("/desk/estimates/{here}"))
        .await
        .expect(200)
        .says("Đã phê duyệt")
        .says("125/QĐ-UBND")
        .says("Định mức thấp hơn")
        .says("2.500.000");
    house.react().await;
    let told = Notice::latest(&house.app.db, &[builders.id], 9).await.expect("notices");
    let keys: Vec<&str> = told.iter().map(|notice| notice.key.as_str()).collect();
    assert!(keys.contains(&"notice-estimate-appraised") && keys.contains(&"notice-estimate-approved"), "{keys:?}");
    let mut ours = told.iter().filter(|notice| notice.key.starts_with("notice-estimate"));
    assert!(ours.all(|notice| notice.name.as_deref().is_some_and(|name| name.contains("2026"))));
    let asked = Notice::latest(&house.app.db, &[money.person.expect("somebody")], 9).await.expect("notices");
    assert!(asked.iter().any(|notice| notice.key == "notice-estimate-approved"), "the finance body hears of the decision");
});

story!(spending_more_than_granted_needs_a_reason_and_empty_is_no_zero, |house| {
    let (plan, builders) = prepared(&house).await;
    let here = submitted(&house, plan, &builders, &["1.000", "2.000"]).await;
    let (who, money, leads) = (officer(&house, &builders).await, finance(&house).await, leader(&house).await);
    let kept = lines(&house).await;
    let spend = format!("/desk/estimates/{here}/spending");
    who.get(&spend).await.expect(422).says("sau khi dự toán được phê duyệt");
    who.post(&spend, &stage("3", &with(&kept, &[("1", ""), ("1", "")]), &[])).await.expect(422);
    let same = with(&kept, &[("1.000", ""), ("2.000", "")]);
    money.post(&format!("/desk/estimates/{here}/appraisal"), &stage("3", &same, &[])).await.expect(303);
    leads.get(&spend).await.expect(403);
    let decision = [("decision_number", "1/QĐ"), ("decision_on", "10/3/2026")];
    leads.post(&format!("/desk/estimates/{here}/approval"), &stage("4", &same, &decision)).await.expect(303);
    let over = with(&kept, &[("1.001", ""), ("", "")]);
    who.post(&spend, &stage("5", &over, &[])).await.expect(422).says("Vượt mức được duyệt").says("value=\"1.001\"");
    let over = with(&kept, &[("1.001", "Giá giấy tăng"), ("", "")]);
    who.post(&spend, &stage("5", &over, &[])).await.expect(303);
    assert_eq!(lines(&house).await[1].spent, None, "an empty field is no zero");
    who.get(&format!("/desk/estimates/{here}"))
        .await
        .expect(200)
        .says("Đã phê duyệt")
        .says("Vượt mức duyệt")
        .says("Giá giấy tăng");
    who.post(&spend, &stage("5", &over, &[])).await.expect(409).says("Có người vừa thay đổi");
    let whole = with(&kept, &[("1.001", "Giá giấy tăng"), ("0", "")]);
    who.post(&spend, &stage("6", &whole, &[])).await.expect(303);
    who.get(&format!("/desk/estimates/{here}")).await.expect(200).says("Đã quyết toán");
    assert_eq!(lines(&house).await[1].spent, Some(0));
});

story!(what_was_sent_back_keeps_what_was_submitted, |house| {
    let (plan, builders) = prepared(&house).await;
    let here = submitted(&house, plan, &builders, &["1.000"]).await;
    let (who, money) = (officer(&house, &builders).await, finance(&house).await);
    let kept = lines(&house).await;
    let words = with(&kept, &[("1.000", "Đơn giá nào?")]);
    let back = format!("/desk/estimates/{here}/return");
    money.post(&back, &stage("3", &words, &[("remarks", " ")])).await.expect(422).says("Hãy nói rõ").says("Đơn giá nào?");
    who.post(&back, &stage("3", &words, &[("remarks", "x")])).await.expect(403);
    money.post(&back, &stage("3", &words, &[("remarks", "Thiếu báo giá")])).await.expect(303);
    money.post(&back, &stage("3", &words, &[("remarks", "Thiếu báo giá")])).await.expect(422);
    who.get(&format!("/desk/estimates/{here}"))
        .await
        .expect(200)
        .says("Bị trả lại")
        .says("Thiếu báo giá")
        .says("name=\"narrative\"");
    let duty = duties(&house, plan, &builders).await[0].duty.to_string();
    who.post(&format!("/desk/estimates/{here}"), &form("4", &[(&duty, "other", "Bản mới", "700")])).await.expect(303);
    money.get(&format!("/desk/estimates/{here}")).await.expect(200).says("In tờ rơi").says_not("Bản mới");
    who.post(&format!("/desk/estimates/{here}/submission"), &[("seen", "5")]).await.expect(303);
    who.get(&format!("/desk/estimates/{here}/submissions/1"))
        .await
        .expect(200)
        .says("In tờ rơi")
        .says("1.000")
        .says("Thiếu báo giá")
        .says("Đơn giá nào?");
    who.get(&format!("/desk/estimates/{here}/submissions/2"))
        .await
        .expect(200)
        .says("Bản mới")
        .says("700")
        .says_not("Thiếu báo giá");
    who.get(&format!("/desk/estimates/{here}/submissions/3")).await.expect(404);
    money.get(&format!("/desk/estimates/{here}")).await.expect(200).says("Bản mới").says("Bản gửi lần 2");
});

story!(nobody_appraises_or_approves_what_is_their_own, |house| {
    let (plan, _) = prepared(&house).await;
    let treasury = agency(&house, "so-tai-chinh").await;
    let here = submitted(&house, plan, &treasury, &["1.000"]).await;
    let money = finance(&house).await;
    money.get(&format!("/desk/estimates/{here}/appraisal")).await.expect(403);
    let words = with(&lines(&house).await, &[("1.000", "")]);
    money.post(&format!("/desk/estimates/{here}/appraisal"), &stage("3", &words, &[])).await.expect(403);
    money.post(&format!("/desk/estimates/{here}/return"), &stage("3", &words, &[("remarks", "x")])).await.expect(403);
    leader(&house).await.get(&format!("/desk/estimates/{here}/approval")).await.expect(422).says("chưa thẩm định xong");
});

story!(
    /// A decision lies between the submission and today, and more than was asked for is explained where it is shown.
    a_decision_has_its_day_and_more_than_asked_its_reason, |house| {
    let (plan, builders) = prepared(&house).await;
    let here = submitted(&house, plan, &builders, &["1.000.000"]).await;
    let (who, money, leads) = (officer(&house, &builders).await, finance(&house).await, leader(&house).await);
    let kept = lines(&house).await;
    let more = with(&kept, &[("1.200.000", "Thêm một xã")]);
    money.post(&format!("/desk/estimates/{here}/appraisal"), &stage("3", &more, &[])).await.expect(303);
    who.get(&format!("/desk/estimates/{here}")).await.expect(200).says("Thêm một xã");
    let approval = format!("/desk/estimates/{here}/approval");
    let granted = with(&kept, &[("1.200.000", "Duyệt theo thẩm định")]);
    for (day, words) in [("1/1/1900", "không thể trước ngày trình"), ("9/3/2026", "(10/3/2026)"), ("11/3/2026", "sau hôm nay")] {
        let decision = [("decision_number", "1/QĐ"), ("decision_on", day)];
        leads.post(&approval, &stage("4", &granted, &decision)).await.expect(422).says(words).says(day);
    }
    let decision = [("decision_number", "1/QĐ"), ("decision_on", "10/3/2026")];
    let silent = with(&kept, &[("1.200.000", "")]);
    leads.post(&approval, &stage("4", &silent, &decision)).await.expect(422).says("Duyệt cao hơn số đề nghị");
    leads.post(&approval, &stage("4", &granted, &decision)).await.expect(303);
    who.get(&format!("/desk/estimates/{here}")).await.expect(200).says("Lý do duyệt khác đề nghị").says("Duyệt theo thẩm định");
});
