//! A visit: filled in by one at a time, seen by the agency only once it is published, and unchanged from then on.

use super::*;
use crate::inspections::item::Verdict;
use crate::story;

story!(a_visit_is_filled_in_and_published_when_nothing_is_in_the_way, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let path = cast.planned().await;
    let visit = format!("{path}/visits/{}", cast.builders.slug);
    cast.inspector.get(&visit).await.expect(200).says("Chưa ghi ngày kiểm tra").says("Chưa xem mục nào").says("aria-disabled");
    let version = ("version", "1");
    cast.inspector.post(&format!("{visit}/publication"), &[version]).await.expect(422).says("Chưa có kết luận");
    let first = whole(&house, &cast.builders).await;
    let mut fields = filled(&first, &["meets", "fails", "made_up"]);
    fields.extend([own("visited_on", "9/3/2026"), own("conclusion", "Thiếu"), own("more", "Kho gọn gàng")]);
    send(&cast.inspector, &visit, &fields).await.expect(422).says("Ngày kiểm tra chưa đến").says("Kho gọn gàng");
    fields.retain(|(name, _)| name != "visited_on");
    fields.push(own("visited_on", "2/3/2026"));
    fields.push(own(&format!("note-{}", first.items[1].id), "<b>không có</b>"));
    send(&cast.inspector, &visit, &fields).await.expect(303);
    let kept = whole(&house, &cast.builders).await;
    let verdicts: Vec<Verdict> = kept.items.iter().map(|item| item.verdict).collect();
    assert_eq!(verdicts, [Verdict::Meets, Verdict::Fails, Verdict::NotLookedAt, Verdict::NotLookedAt]);
    let page = cast.inspector.get(&visit).await.expect(200).says("1 mục không đạt chưa có kiến nghị").says_not("<b>không");
    page.says("Kho gọn gàng");
    let item = first.items[1].id.to_string();
    found(&house, &cast, &visit, &item, "", "1/3/2026").await.expect(422).says("Hãy viết điều phát hiện").says("từ ngày mai");
    let long = "ặ".repeat(100_000);
    found(&house, &cast, &visit, &item, &long, "20/3/2026").await.expect(422).says("Dài quá 4000 ký tự");
    found(&house, &cast, &visit, &item, "Không có bản vẽ", "20/3/2026").await.expect(303);
    found(&house, &cast, &visit, "", "Thừa", "20/3/2026").await.expect(303);
    let extra = whole(&house, &cast.builders).await.findings[1].finding.id;
    let version = at_visit(&house, &cast.builders).await.version.to_string();
    let (inspection, slug) = (first.visit.inspection, &cast.builders.slug);
    let removal = format!("/desk/inspections/{inspection}/visits/{slug}/findings/{extra}/removal");
    cast.colleague.post(&removal, &[("version", "1")]).await.expect(409);
    cast.colleague.post(&removal, &[("version", &version)]).await.expect(303);
    let version = at_visit(&house, &cast.builders).await.version.to_string();
    cast.inspector.post(&format!("{visit}/publication"), &[("version", &version)]).await.expect(303);
    assert_eq!(heard(&house, &cast.builders, "notice-inspection-published").await, 1);
    assert_eq!(heard(&house, &cast.money, "notice-inspection-published").await, 0);
    let version = at_visit(&house, &cast.builders).await.version.to_string();
    fields.retain(|(name, _)| name != "version" && name != "conclusion");
    fields.extend([own("version", &version), own("conclusion", "Sửa lén sau công bố")]);
    send(&cast.inspector, &visit, &fields).await.expect(409).says("Sửa lén sau công bố");
    cast.inspector.post(&format!("{visit}/publication"), &[("version", &version)]).await.expect(409);
    found(&house, &cast, &visit, "", "Thêm lén", "20/3/2026").await.expect(409).says("Thêm lén");
    assert_eq!(whole(&house, &cast.builders).await.visit.conclusion, "Thiếu");
});

story!(the_inspected_agency_sees_its_own_visit_once_published_and_no_other, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let path = cast.planned().await;
    let (own, other) = (format!("{path}/visits/so-xay-dung"), format!("{path}/visits/so-tai-chinh"));
    cast.inspected.get(&own).await.expect(404);
    cast.inspected.get(&path).await.expect(404);
    cast.inspected.get("/desk/inspections").await.expect(200).says_not("Kiểm tra tuyến ống");
    let refused = crate::base::fact::Entity::find().filter(crate::base::fact::Column::Kind.eq("AccessRefused"));
    assert_eq!(refused.all(&house.app.db).await.expect("facts").len(), 2, "who looked is noted");
    cast.concluded(&house).await;
    cast.inspected.get(&own).await.expect(200).says("Không có bản vẽ").says("Thiếu bản vẽ").says("Gửi báo cáo khắc phục");
    assert_eq!(cast.inspected.get(&path).await.expect(303).location(), own);
    cast.inspected.get("/desk/inspections").await.expect(200).says(&own).says("2 kiến nghị chờ khắc phục");
    cast.inspected.get(&other).await.expect(404);
    cast.inspected.get(&format!("{path}/csv")).await.expect(404);
    cast.second.get(&other).await.expect(404);
    cast.other.get(&own).await.expect(404);
    cast.other.get(&format!("{path}/visits/khong-co")).await.expect(404);
    cast.inspector.get(&format!("{path}/visits/so-y-te")).await.expect(404);
    cast.inspected.post(&own, &[("version", "1"), ("conclusion", "Tự sửa")]).await.expect(403);
    cast.inspected.post(&format!("{own}/publication"), &[("version", "1")]).await.expect(403);
    let auditor = house.someone(Role::Auditor, Some(&cast.money)).await;
    auditor.get(&other).await.expect(200).says_not("Lưu kết quả</button>");
    auditor.post(&other, &[("version", "1")]).await.expect(403);
});

story!(of_two_who_fill_in_one_wins_and_the_other_keeps_the_words, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let visit = format!("{}/visits/{}", cast.planned().await, cast.builders.slug);
    let seen = whole(&house, &cast.builders).await;
    let fields = |words: &str| {
        let mut fields = filled(&seen, &["meets", "meets", "meets"]);
        fields.push(own("conclusion", words));
        fields
    };
    let (first, second) = (fields("Lời thứ nhất"), fields("Lời thứ hai"));
    let (one, two) = tokio::join!(send(&cast.inspector, &visit, &first), send(&cast.colleague, &visit, &second));
    let mut both = [one.status.as_u16(), two.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    let (loser, words) = if one.status.as_u16() == 409 { (one, "Lời thứ nhất") } else { (two, "Lời thứ hai") };
    loser.says("vừa thay đổi").says(words);
    cast.inspector.post(&visit, &[("version", "?")]).await.expect(400);
});
