//! Planning: once, with every refusal at its field, and a copy of the checklist for each visit.

use super::*;
use crate::inspections::inspection;
use crate::story;
use sea_orm::PaginatorTrait;

story!(an_inspection_is_planned_once_and_each_visit_has_its_own_checklist, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    cast.inspector.get("/desk/inspections").await.expect(200).says("Chưa có cuộc kiểm tra nào");
    cast.inspector.get("/desk/inspections/new").await.expect(200).says("Cơ quan chủ trì: Sở Khoa học và Công nghệ");
    let path = cast.planned().await;
    assert_eq!(cast.planned().await, path, "the button pressed twice plans it once");
    for agency in [&cast.builders, &cast.money] {
        let items = whole(&house, agency).await.items;
        let texts: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(texts, ["Có danh mục tuyến ống", "Có bản vẽ", "Đã thông báo cho dân"]);
    }
    let report = cast.inspector.get(&path).await.expect(200).says("Kiểm tra tuyến ống").says("12/QĐ-SKHCN");
    report.says("Đang kiểm tra").says("Sở Xây dựng").says("Sở Tài chính");
    cast.inspector.get("/desk/inspections").await.expect(200).says("Kiểm tra tuyến ống").says("Đã kết luận 0/2");
    let leader = house.someone(Role::Leader, Some(&cast.money)).await;
    leader.get("/desk/inspections?view=all").await.expect(200).says("Kiểm tra tuyến ống");
});

story!(what_can_not_be_planned_is_said_and_stays_typed, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let changed = async |name: &str, value: &str, says: &str| {
        let mut fields = cast.plan();
        fields.retain(|(field, _)| field != name);
        fields.push(own(name, value));
        let answer = send(&cast.inspector, "/desk/inspections", &fields).await.expect(422).says(says);
        answer.says("name=\"title\"").says("Mục kiểm tra");
    };
    changed("title", "  ", "Hãy ghi tên cuộc kiểm tra").await;
    changed("title", &"ặ".repeat(100_000), "Dài quá 300 ký tự").await;
    changed("until_on", "1/3/2026", "Ngày cuối phải từ ngày đầu").await;
    changed("until_on", "31/2/2026", "value=\"31/2/2026\"").await;
    changed("agencies", "", "Hãy chọn ít nhất một cơ quan").await;
    changed("agencies", &cast.standing.id.to_string(), "không tự kiểm tra mình").await;
    changed("agencies", &Uuid::from_u128(7).to_string(), "đã chấm dứt hoạt động").await;
    changed("checklist", " \n ", "Hãy ghi ít nhất một mục").await;
    changed("checklist", &"mục\u{1}".repeat(1_000), "Nhiều nhất 200 mục").await;
    let many: String = (0..201).map(|n| format!("Mục {n}\n")).collect();
    changed("checklist", &many, "Nhiều nhất 200 mục").await;
    assert_eq!(inspection::Entity::find().count(&house.app.db).await.expect("a count"), 0);
    let auditor = house.someone(Role::Auditor, Some(&cast.money)).await;
    send(&auditor, "/desk/inspections", &cast.plan()).await.expect(403);
    auditor.get("/desk/inspections/new").await.expect(403);
});

story!(what_an_agency_leads_can_be_proposed_as_items, |house| {
    at(&house, "2026-06-10T09:00:00");
    crate::stories::duties::adopted(&house).await;
    let cast = Cast::of(&house).await;
    let mut fields = cast.plan();
    fields.push(own("with_duties", "on"));
    send(&cast.inspector, "/desk/inspections", &fields).await.expect(303);
    let builders = whole(&house, &cast.builders).await.items;
    assert!(builders.iter().any(|item| item.duty.is_some() && item.text.contains("tuyến ống cần thay")), "{builders:?}");
    let money = whole(&house, &cast.money).await.items;
    assert!(money.iter().all(|item| !item.text.contains("tuyến ống cần thay")), "not what another leads");
});

story!(only_who_runs_the_programme_plans_and_never_of_a_body_above, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    for visitor in [&cast.inspected, &cast.other] {
        visitor.get("/desk/inspections/new").await.expect(403);
        visitor.get("/desk/inspections").await.expect(200).says_not("/desk/inspections/new");
        send(visitor, "/desk/inspections", &cast.plan()).await.expect(403);
    }
    let commune = house.agency("Ủy ban nhân dân xã Thử Nghiệm", crate::people::agency::Kind::Commune).await;
    let officer = house.someone(Role::Officer, Some(&commune)).await;
    send(&officer, "/desk/inspections", &cast.plan()).await.expect(403);
    assert_eq!(inspection::Entity::find().count(&house.app.db).await.expect("a count"), 0);
    let committee = agency(&house, "uy-ban-nhan-dan-tinh-dong-thap").await;
    let id = committee.id.to_string();
    cast.inspector.get("/desk/inspections/new").await.expect(200).says_not(&id).says(&cast.money.id.to_string());
    let mut fields = cast.plan();
    fields.push(own("agencies", &id));
    send(&cast.inspector, "/desk/inspections", &fields).await.expect(422).says("là cấp trên").says(&committee.name);
    fields.retain(|(name, value)| name != "agencies" || *value != id);
    fields.retain(|(name, _)| name != "title");
    fields.push(own("title", " . "));
    send(&cast.inspector, "/desk/inspections", &fields).await.expect(422).says("Hãy ghi tên cuộc kiểm tra");
    let theirs = house.someone(Role::Officer, Some(&committee)).await;
    send(&theirs, "/desk/inspections", &cast.plan()).await.expect(303);
});
