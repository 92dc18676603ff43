//! Drafts that lie there before anybody asks (scenario D-5).

use super::*;
use crate::people::Notice;
use crate::reports::ahead::draft;

async fn places(house: &House, duty: &Duty) -> usize {
    reports(house).await.iter().filter(|one| one.duty == Some(duty.id) && one.own).count()
}

story!(
    /// D-5: the press's of the 20th on the 19th, the half-year's the day before its last day; twice does nothing.
    d5_drafts_lie_there_the_day_before, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let report = half_yearly(&house, &plan).await;
    let paper = agency(&house, "so-y-te").await;
    let (monthly, slot) = monthly(&house, &plan, &paper).await;
    let owed = slot::Entity::find().filter(slot::Column::Duty.eq(report.id)).filter(slot::Column::Period.eq("2026-H1"));
    let owed = owed.count(&house.app.db).await.expect("a count");
    draft(&house.app).await.expect("nothing to draft");
    assert!(reports(&house).await.is_empty(), "it is the 10th");
    house.on("2026-06-18T09:00:00").await;
    draft(&house.app).await.expect("drafts");
    draft(&house.app).await.expect("and again");
    assert_eq!(places(&house, &report).await as u64, owed, "one for each agency, once");
    assert_eq!(places(&house, &monthly).await, 0, "the press has its own day");
    house.on("2026-06-19T08:00:00").await;
    draft(&house.app).await.expect("drafts");
    let mine = reports(&house).await.into_iter().find(|one| one.duty == Some(monthly.id)).expect("a draft");
    assert_eq!((mine.agency, mine.period.as_str(), mine.state), (slot.agency, "2026-06", State::Draft));
    assert!(mine.subject.contains("tháng 6/2026"), "{}", mine.subject);
    house.react().await;
    let told = Notice::latest(&house.app.db, &[paper.id], 20).await.expect("notices");
    assert!(told.iter().any(|notice| notice.key == "notice-report-drafted"), "{told:?}");
    let who = officer(&house, &paper).await;
    who.get("/desk").await.expect(200).says("Có sẵn dự thảo");
    // It has no answer yet, and says so.
    who.get(&format!("/desk/reports/{}", mine.id)).await.expect(200).says("Cơ quan chưa nộp kết quả của kỳ này");
});

story!(
    /// D-5: late at 00:00:01 on the 21st; what is handed in makes the report.
    d5_the_first_second_of_the_21st_is_late, |house| {
    house.on("2026-06-10T09:00:00").await;
    let plan = adopted(&house).await;
    seeding::settle(&house.app).await.expect("templates");
    let paper = agency(&house, "so-y-te").await;
    let (monthly, slot) = monthly(&house, &plan, &paper).await;
    house.on("2026-06-19T08:00:00").await;
    draft(&house.app).await.expect("drafts");
    house.on("2026-06-21T00:00:01").await;
    let who = officer(&house, &paper).await;
    let answer = format!("/desk/duties/{}/answer", slot.id);
    let mut fields = vec![("key", "k"), ("seen", "0"), ("draft", "0"), ("outcome", "reported"), ("text", "Đã phát 24 bản tin.")];
    who.post(&answer, &fields).await.expect(422).says("hãy nêu lý do nộp muộn");
    fields.extend([("late_reason", "Thiếu người"), ("excusable", "no")]);
    who.post(&answer, &fields).await.expect(303);
    let mine = reports(&house).await.into_iter().find(|one| one.duty == Some(monthly.id)).expect("the draft");
    who.get(&format!("/desk/reports/{}", mine.id)).await.expect(200).says("Đã phát 24 bản tin.");
    let coordinator = someone(&house, Role::Coordinator).await;
    let board = coordinator.get(&format!("/desk/reports/regimes/{}?period=2026-06&show=in", monthly.id)).await.expect(200);
    board.says("Nộp trễ.").says("Sở Y tế");
});
