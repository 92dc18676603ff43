//! Who publishes a conclusion, and taking an inspection back: with a reason, once, and nothing is owed from then on.

use super::*;
use crate::inspections::inspection;
use crate::inspections::reminder::remind;
use crate::inspections::visit::followed;
use crate::inspections::{finding, listing};
use crate::story;

/// The address of the inspection that a visit belongs to.
fn whole_of(visit: &str) -> String {
    visit.split("/visits").next().expect("an address").to_owned()
}

story!(a_plain_officer_fills_in_and_does_not_publish, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let visit = format!("{}/visits/{}", cast.planned().await, cast.builders.slug);
    let mut fields = filled(&whole(&house, &cast.builders).await, &["meets", "meets", "meets"]);
    fields.extend([own("visited_on", "2/3/2026"), own("conclusion", ".")]);
    send(&cast.colleague, &visit, &fields).await.expect(303);
    cast.colleague.get(&visit).await.expect(200).says("công bố kết luận. Hãy báo họ").says_not("/publication\"");
    cast.inspector.get(&visit).await.expect(200).says("Chưa có kết luận"); // a dot is none
    let version = at_visit(&house, &cast.builders).await.version.to_string();
    fields = filled(&whole(&house, &cast.builders).await, &[]);
    fields.extend([own("visited_on", "2/3/2026"), own("conclusion", "Đủ hồ sơ")]);
    send(&cast.colleague, &visit, &fields).await.expect(303);
    cast.colleague.post(&format!("{visit}/publication"), &[("version", &version)]).await.expect(403);
    assert!(at_visit(&house, &cast.builders).await.published_at.is_none());
    let version = at_visit(&house, &cast.builders).await.version.to_string();
    cast.inspector.post(&format!("{visit}/publication"), &[("version", &version)]).await.expect(303);
    assert!(at_visit(&house, &cast.builders).await.published_at.is_some());
});

story!(a_dot_is_no_finding_and_no_remedy, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let visit = format!("{}/visits/{}", cast.planned().await, cast.builders.slug);
    found(&house, &cast, &visit, "", " . ", "20/3/2026").await.expect(422).says("Hãy viết điều phát hiện");
    let version = at_visit(&house, &cast.builders).await.version.to_string();
    let fields = [("version", version.as_str()), ("text", "Thiếu"), ("remedy", "…"), ("due_on", "20/3/2026")];
    cast.inspector.post(&format!("{visit}/findings"), &fields).await.expect(422).says("Hãy viết yêu cầu khắc phục");
    let visit = cast.concluded(&house).await;
    let id = whole(&house, &cast.builders).await.findings[0].finding.id;
    let words = format!("text-{id}");
    let fields = [("kind", "remedy"), ("seen", "0"), (words.as_str(), ".")];
    cast.inspected.post(&format!("{visit}/findings/{id}"), &fields).await.expect(422).says("đã khắc phục như thế nào");
});

story!(a_withdrawn_inspection_stays_to_be_read_and_asks_for_nothing, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let visit = cast.concluded(&house).await; // due on 20 March and 30 April
    let path = whole_of(&visit);
    let withdrawal = format!("{path}/withdrawal");
    let reason = [("reason", "Trùng với cuộc thanh tra của tỉnh")];
    cast.inspected.post(&withdrawal, &reason).await.expect(404);
    cast.colleague.get(&path).await.expect(200).says_not("/withdrawal");
    cast.colleague.post(&withdrawal, &reason).await.expect(403);
    cast.inspector.get(&path).await.expect(200).says("Rút cuộc kiểm tra</button>");
    cast.inspector.post(&withdrawal, &[("reason", ".")]).await.expect(422).says("Hãy viết lý do rút");
    for _ in 0..2 {
        cast.inspector.post(&withdrawal, &reason).await.expect(303); // the second press finds it done
    }
    let second = house.someone(Role::Approver, Some(&cast.standing)).await;
    second.post(&withdrawal, &[("reason", "Lý do khác")]).await.expect(409).says("Lý do khác").says("Trùng với cuộc thanh tra");
    cast.inspector.get(&path).await.expect(200).says("Đã rút").says("Trùng với cuộc thanh tra").says("Không còn phải khắc phục");
    let theirs = cast.inspected.get(&visit).await.expect(200).says("Trùng với cuộc thanh tra");
    theirs.says_not("Gửi báo cáo khắc phục").says_not("Chờ khắc phục");
    cast.inspected.get("/desk/inspections").await.expect(200).says_not("chờ khắc phục");
    assert_eq!(heard(&house, &cast.builders, "notice-inspection-withdrawn").await, 1);
    assert_eq!(heard(&house, &cast.money, "notice-inspection-withdrawn").await, 0, "who saw nothing of it is not told");
    at(&house, "2026-03-23T09:00:00");
    remind(&house.app).await.expect("reminding");
    assert_eq!(heard(&house, &cast.builders, "notice-findings-overdue").await, 0);
    let cast = Cast::of(&house).await;
    let id = whole(&house, &cast.builders).await.findings[0].finding.id;
    let words = format!("text-{id}");
    let fields = [("kind", "remedy"), ("seen", "0"), (words.as_str(), "Đã vẽ lại")];
    cast.inspected.post(&format!("{visit}/findings/{id}"), &fields).await.expect(409).says("Đã vẽ lại");
    let other = format!("{path}/visits/{}", cast.money.slug);
    let version = at_visit(&house, &cast.money).await.version.to_string();
    cast.inspector.post(&other, &[("version", &version), ("conclusion", "Ghi sau khi rút")]).await.expect(409);
    let all = inspection::Entity::find().all(&house.app.db).await.expect("inspections");
    let visits = listing::visits(&house.app.db, &all, None).await.expect("visits");
    assert!(visits.values().flatten().flat_map(|(_, own)| own).all(|one| one.dropped), "nothing of it is owed");
    let kept = finding::Entity::find().all(&house.app.db).await.expect("findings");
    assert_eq!(followed(&house.app.db, kept).await.expect("findings").len(), 2, "and nothing is lost");
});

story!(a_withdrawn_inspection_does_not_count_in_stocktakes, |house| {
    at(&house, "2026-06-10T09:00:00");
    crate::stories::duties::adopted(&house).await;
    at(&house, "2026-06-11T09:00:00");
    let cast = Cast::of(&house).await;
    let path = cast.planned().await;
    let coordinator = house.someone(Role::Coordinator, Some(&cast.standing)).await;
    coordinator.get("/desk/stocktakes?year=2026").await.expect(200).says("Kiểm tra tuyến ống");
    coordinator.post(&format!("{path}/withdrawal"), &[("reason", "Lập nhầm")]).await.expect(303);
    coordinator.get("/desk/stocktakes?year=2026").await.expect(200).says_not("Kiểm tra tuyến ống");
});
