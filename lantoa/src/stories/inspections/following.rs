//! After the conclusion: remedies and re-checks in turn, reminders, the report that counts.

use super::*;
use crate::inspections::reminder::remind;
use crate::story;

async fn say(house: &House, who: &Visitor<'_>, visit: &str, place: usize, kind: &str, (text, due_on): (&str, &str)) -> Answer {
    let agency = visit.rsplit('/').next().expect("a slug");
    let whole = whole(house, &agency_at(house, agency).await).await;
    let finding = &whole.findings[place];
    let (id, seen) = (finding.finding.id, finding.seen().to_string());
    let (words, until) = (format!("text-{id}"), format!("due_on-{id}"));
    let fields = [("kind", kind), ("seen", seen.as_str()), (words.as_str(), text), (until.as_str(), due_on)];
    let inspection = whole.visit.inspection;
    who.post(&format!("/desk/inspections/{inspection}/visits/{agency}/findings/{id}"), &fields).await
}

async fn agency_at(house: &House, slug: &str) -> Agency {
    agency(house, slug).await
}

story!(a_finding_is_remedied_looked_at_again_and_closed, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let visit = cast.concluded(&house).await;
    say(&house, &cast.inspector, &visit, 0, "remedied", ("Chưa ai làm gì", "")).await.expect(409).says("Chưa ai làm gì");
    say(&house, &cast.inspector, &visit, 0, "remedy", ("Tự báo cáo hộ", "")).await.expect(403);
    say(&house, &cast.inspected, &visit, 0, "remedy", (" ", "")).await.expect(422).says("Hãy viết đã khắc phục như thế nào");
    let long = "ặ".repeat(100_000);
    say(&house, &cast.inspected, &visit, 0, "remedy", (&long, "")).await.expect(422).says("Dài quá 4000 ký tự");
    say(&house, &cast.inspected, &visit, 0, "remedy", ("Đã vẽ lại", "")).await.expect(303);
    assert_eq!(heard(&house, &cast.standing, "notice-finding-answered").await, 1);
    say(&house, &cast.inspected, &visit, 0, "remedy", ("Thêm nữa", "")).await.expect(409).says("Thêm nữa");
    say(&house, &cast.inspected, &visit, 0, "remedied", ("Tự duyệt", "")).await.expect(403);
    say(&house, &cast.inspector, &visit, 0, "not_yet", ("", "1/3/2026"))
        .await
        .expect(422)
        .says("còn thiếu điều gì")
        .says("ngày mai");
    say(&house, &cast.inspector, &visit, 0, "not_yet", ("Thiếu tỷ lệ", "27/3/2026")).await.expect(303);
    assert_eq!(heard(&house, &cast.builders, "notice-finding-not-remedied").await, 1);
    cast.inspected.get(&visit).await.expect(200).says("Thiếu tỷ lệ").says("hạn mới 27/3/2026");
    say(&house, &cast.inspected, &visit, 0, "remedy", ("Đã bổ sung tỷ lệ", "")).await.expect(303);
    say(&house, &cast.colleague, &visit, 0, "remedied", ("", "")).await.expect(303);
    say(&house, &cast.inspected, &visit, 0, "remedy", ("Nữa", "")).await.expect(409);
    cast.inspected.get(&visit).await.expect(200).says("Đã khắc phục");
    let nobody = Uuid::from_u128(7);
    let fields = [("kind", "remedy"), ("seen", "0"), ("text-00000000-0000-0000-0000-000000000007", "Có")];
    cast.inspected.post(&format!("{visit}/findings/{nobody}"), &fields).await.expect(404);
    cast.inspected.post(&format!("{visit}/findings/{nobody}"), &[("kind", "?"), ("seen", "0")]).await.expect(400);
});

story!(of_two_remedies_at_once_one_is_kept, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let visit = cast.concluded(&house).await;
    let id = whole(&house, &cast.builders).await.findings[0].finding.id;
    let (path, words) = (format!("{visit}/findings/{id}"), format!("text-{id}"));
    let fields = [("kind", "remedy"), ("seen", "0"), (words.as_str(), "Đã vẽ lại")];
    let (one, two) = tokio::join!(cast.inspected.post(&path, &fields), cast.inspected.post(&path, &fields));
    let mut both = [one.status.as_u16(), two.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    assert_eq!(whole(&house, &cast.builders).await.findings[0].replies.len(), 1);
});

story!(findings_are_reminded_once_for_each_day_set_and_never_by_night, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let visit = cast.concluded(&house).await; // due on 20 March and 30 April
    for quiet in ["2026-03-12T09:00:00", "2026-03-13T03:00:00", "2026-03-13T12:00:00", "2026-03-14T09:00:00"] {
        at(&house, quiet);
        remind(&house.app).await.expect("reminding");
        assert_eq!(heard(&house, &cast.builders, "notice-findings-soon").await, 0, "{quiet}");
    }
    at(&house, "2026-03-16T09:00:00");
    for _ in 0..3 {
        remind(&house.app).await.expect("reminding");
    }
    assert_eq!(heard(&house, &cast.builders, "notice-findings-soon").await, 1);
    at(&house, "2026-03-23T09:00:00");
    for _ in 0..3 {
        remind(&house.app).await.expect("reminding");
    }
    assert_eq!(heard(&house, &cast.builders, "notice-findings-overdue").await, 1);
    assert_eq!(heard(&house, &cast.standing, "notice-findings-overdue").await, 1, "who inspects is told of what is late");
    let cast = Cast::of(&house).await;
    cast.inspected.get(&visit).await.expect(200).says("Quá hạn");
    say(&house, &cast.inspected, &visit, 0, "remedy", ("Đã vẽ lại", "")).await.expect(303);
    say(&house, &cast.inspector, &visit, 0, "not_yet", ("Thiếu tỷ lệ", "27/3/2026")).await.expect(303);
    remind(&house.app).await.expect("reminding");
    assert_eq!(heard(&house, &cast.builders, "notice-findings-soon").await, 2, "the new day is called to mind anew");
    say(&house, &cast.inspected, &visit, 0, "remedy", ("Xong", "")).await.expect(303);
    at(&house, "2026-04-01T09:00:00");
    remind(&house.app).await.expect("reminding");
    assert_eq!(heard(&house, &cast.builders, "notice-findings-overdue").await, 1, "a remedy stops it");
});

story!(the_report_counts_and_can_be_taken_away, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let visit = cast.concluded(&house).await;
    let path = visit.split("/visits").next().expect("an address").to_owned();
    let report = cast.inspector.get(&path).await.expect(200).says("Không có bản vẽ").says("Kho để lộn xộn");
    report.says("Đã công bố kết luận").says("Chưa kiểm tra").says("print-head").says("Thiếu bản vẽ");
    let csv = cast.inspector.get(&format!("{path}/csv")).await.expect(200).says("Không có bản vẽ").says("Không đạt");
    assert_eq!(
        csv.text().lines().count(),
        1 + 3 + 1 + 3,
        "head, three items with a finding in place, one finding by itself, three items"
    );
    let before = house.statements();
    cast.inspector.get(&path).await.expect(200);
    let few = house.statements() - before;
    say(&house, &cast.inspected, &visit, 0, "remedy", ("Đã vẽ lại", "")).await.expect(303);
    found_more(&house, &cast).await;
    cast.inspector.get(&path).await.expect(200); // agencies are read again after what was written
    let before = house.statements();
    cast.inspector.get(&path).await.expect(200);
    assert_eq!(house.statements() - before, few, "a report asks no more when it is longer");
    let coordinator = house.someone(Role::Coordinator, Some(&cast.standing)).await;
    coordinator.get("/desk/inspections").await.expect(200).says("Đã kết luận 1/2").says_not("Không hiểu");
    coordinator.get("/desk/inspections?view=x").await.expect(200).says("Không hiểu điều kiện “x”").says("Đã kết luận 1/2");
});

/// More is written about the other agency.
async fn found_more(house: &House, cast: &Cast<'_>) {
    let visit = at_visit(house, &cast.money).await;
    let path = format!("/desk/inspections/{}/visits/{}", visit.inspection, cast.money.slug);
    for n in 0..5 {
        let version = at_visit(house, &cast.money).await.version.to_string();
        let text = format!("Điều thứ {n}");
        let fields = [("version", version.as_str()), ("text", &text), ("remedy", "Sửa"), ("due_on", "30/4/2026")];
        cast.inspector.post(&format!("{path}/findings"), &fields).await.expect(303);
    }
}
