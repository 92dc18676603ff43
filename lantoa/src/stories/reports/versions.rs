//! A closed period makes the province's report; what comes afterwards makes its next version, and the one before stays (R5, D-5).

use super::*;
use crate::base::digest::sha256;

/// What somebody hands in after the day.
const LATE: [(&str, &str); 7] = [
    ("key", "late"),
    ("seen", "0"),
    ("draft", "0"),
    ("outcome", "reported"),
    ("text", "Đã cấp đủ vốn."),
    ("late_reason", "Thiếu người"),
    ("excusable", "no"),
];

story!(
    /// R5: three are absent by name; one comes late: version 2 lists it, version 1 stays byte for byte.
    r5_a_late_report_makes_version_2_and_version_1_stays, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let (builders, money, health) =
        (agency(&house, "so-xay-dung").await, agency(&house, "so-tai-chinh").await, agency(&house, "so-y-te").await);
    let report = half_yearly(&house, &plan).await;
    let all = answered_but(&house, &report, &[&builders, &money, &health]).await;
    house.on("2026-06-25T09:00:00").await;
    let id = drafted(&house, &report).await;
    let writer = someone(&house, Role::Officer).await;
    let page = writer.get(&format!("/desk/reports/{id}")).await.expect(200);
    let page = page.says("Chưa điền: Đánh giá chung").says(&format!("Tổng hợp từ {}/{} văn bản", all.len() - 3, all.len()));
    page.says("Sở Tài chính").says("aria-disabled");
    press(&house, &writer, id, "submit", &[]).await.expect(422).says("Chưa điền");
    save(&house, &writer, id, &FILLED).await.expect(303);
    writer.get(&format!("/desk/reports/{id}")).await.expect(200).says("Các cơ quan thực hiện đúng kế hoạch.");
    issued(&house, id).await;
    let first = the(&house, id).await;
    assert_eq!((first.state, first.number, first.year), (State::Issued, Some(1), Some(2026)));
    assert_eq!(first.frozen_sha256, sha256(first.frozen.as_bytes()), "the digest is that of what is kept");
    let frozen = first.frozen().expect("JSON").expect("frozen");
    assert_eq!((frozen.absent.len(), frozen.counted.texts, frozen.counted.owed), (3, all.len() - 3, all.len()));
    let before = writer.get(&format!("/desk/reports/{id}/files/json")).await.expect(200).bytes;
    assert_eq!(before, first.frozen.as_bytes());
    // One comes late, and the period is closed again.
    let slot = all.iter().find(|slot| slot.agency == money.id).expect("a slot");
    let late = officer(&house, &money).await;
    let page = format!("/desk/duties/{}", slot.id);
    late.get(&page).await.expect(200).says("Kỳ này đã chốt ngày 25/6/2026").says("bản chốt tiếp theo");
    late.post(&format!("{page}/answer"), &LATE).await.expect(303);
    late.get(&page).await.expect(200).says("Bản 1 nộp sau khi chốt ngày 25/6/2026, sẽ vào bản chốt tiếp theo");
    let coordinator = someone(&house, Role::Coordinator).await;
    coordinator.post(&format!("/desk/closings/{}/2026-H1", report.id), &[("seen", "1")]).await.expect(303);
    house.react().await;
    assert_eq!(reports(&house).await.iter().filter(|one| !one.own).count(), 1, "nothing is replaced silently");
    writer.get(&format!("/desk/reports/{id}")).await.expect(200).says("Kỳ đã có bản chốt 2");
    // Two presses are one version.
    let path = press(&house, &writer, id, "replace", &[]).await.expect(303).location().to_owned();
    assert_eq!(press(&house, &writer, id, "replace", &[]).await.expect(303).location(), path);
    let next: Uuid = path.rsplit('/').next().expect("an id").parse().expect("an id");
    assert_eq!((the(&house, next).await.edition, the(&house, next).await.closing), (2, 2));
    writer.get(&path).await.expect(200).says("Sở Tài chính: đã báo cáo, bản trước chưa có").says("Thêm câu: Đã cấp đủ vốn.");
    issued(&house, next).await;
    let (old, new) = (the(&house, id).await, the(&house, next).await);
    assert_eq!((old.state, old.frozen, new.number), (State::Replaced, first.frozen.clone(), Some(2)));
    let after = writer.get(&format!("/desk/reports/{id}/files/json")).await.expect(200).bytes;
    assert_eq!(after, before, "byte for byte");
    assert!(new.differences().iter().any(|one| one.text(crate::web::Locale::default()).contains("Sở Tài chính")));
    // There is no third version of what is replaced.
    press(&house, &writer, id, "replace", &[]).await.expect(422).says("đã có bản thay thế");
});

story!(
    /// D-5: data of a closed period that is corrected is a restatement, not an overwrite.
    d5_a_correction_in_a_closed_period_is_a_restatement, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(&house, &plan).await;
    let all = answered_but(&house, &report, &[]).await;
    let health = agency(&house, "so-y-te").await;
    house.on("2026-06-25T09:00:00").await;
    let id = drafted(&house, &report).await;
    let writer = someone(&house, Role::Officer).await;
    save(&house, &writer, id, &FILLED).await.expect(303);
    issued(&house, id).await;
    let slot = all.iter().find(|slot| slot.agency == health.id).expect("a slot");
    let fields = [("key", "again"), ("seen", "1"), ("draft", "0"), ("outcome", "reported"), ("text", "Đã lập danh mục 999 tuyến.")];
    officer(&house, &health).await.post(&format!("/desk/duties/{}/answer", slot.id), &fields).await.expect(303);
    // What stands on closing 1 still says what was closed.
    let frozen = the(&house, id).await.frozen().expect("JSON").expect("frozen");
    assert!(!frozen.sentences.iter().any(|(_, text)| text.contains("999")));
    let coordinator = someone(&house, Role::Coordinator).await;
    coordinator.post(&format!("/desk/closings/{}/2026-H1", report.id), &[("seen", "1")]).await.expect(303);
    let path = press(&house, &writer, id, "replace", &[]).await.expect(303).location().to_owned();
    writer.get(&path).await.expect(200).says("Sở Y tế: kết quả bản 1 thay bằng bản 2");
});

story!(a_second_report_of_a_period_is_refused_and_an_open_period_is_not_reported, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(&house, &plan).await;
    answered_but(&house, &report, &[]).await;
    let who = someone(&house, Role::Coordinator).await;
    let of = format!("{}/2026-H1/false", report.id);
    who.get("/desk/reports/new").await.expect(200).says(&of).says("Báo cáo tổng hợp");
    let begin = async |id: &str| who.post("/desk/reports", &[("id", id), ("template", "bao-cao-tong-hop"), ("of", &of)]).await;
    let first = new_id().to_string();
    begin(&first).await.expect(303);
    begin(&first).await.expect(303);
    let refused = begin(&new_id().to_string()).await.expect(422).says("Kỳ này đã có báo cáo").says("id=\"of\"");
    refused.says(&format!("/desk/reports/{first}")).says(&format!("value=\"{of}\" selected"));
    // Without a period there is nobody who could have reported.
    let other = new_id().to_string();
    let without = [("id", other.as_str()), ("template", "bao-cao-tong-hop"), ("of", "")];
    who.post("/desk/reports", &without).await.expect(422).says("Hãy chọn kỳ báo cáo");
    assert_eq!(reports(&house).await.len(), 1);
    // The period is open: it may be written, not handed in.
    let id: Uuid = first.parse().expect("an id");
    save(&house, &who, id, &FILLED).await.expect(303);
    press(&house, &who, id, "submit", &[]).await.expect(422).says("Kỳ chưa chốt");
    // Closed, it takes the closing.
    who.post(&format!("/desk/closings/{}/2026-H1", report.id), &[("seen", "0")]).await.expect(303);
    house.react().await;
    press(&house, &who, id, "catch-up", &[]).await.expect(303);
    press(&house, &who, id, "submit", &[]).await.expect(303);
    // A report of all is for the body that runs the plan; nobody begins it for another.
    let health = agency(&house, "so-y-te").await;
    let other = new_id().to_string();
    let fields = [("id", other.as_str()), ("template", "bao-cao-tong-hop"), ("of", of.as_str())];
    officer(&house, &health).await.post("/desk/reports", &fields).await.expect(403);
});
