//! How it developed: the board's trend and breakdown, the leader's one page.

use super::answering::{first_slot, press};
use super::*;
use crate::duties::backlog::{self, By};
use crate::duties::progress::{self, Scope, Tally};
use crate::duties::trend::{Step, points, shares};
use crate::people::agency::closing::Closing;
use crate::story;

/// The addresses in the `href`s of a page that begin with this, as a browser follows them.
fn links(text: &str, begin: &str) -> Vec<String> {
    let hrefs = text.split("href=\"").skip(1).filter_map(|piece| piece.split('"').next());
    hrefs.filter(|href| href.starts_with(begin)).map(|href| href.replace("&amp;", "&").replace("&#38;", "&")).collect()
}

fn scope(plan: Uuid, today: &str) -> Scope {
    Scope {
        body: None,
        plan,
        part: String::new(),
        agency: None,
        duty: None,
        kind: None,
        from: day("2026-01-01"),
        until: day("2026-12-31"),
        today: day(today),
    }
}

/// A house on 24/6/2026 in which the builders handed in one in time, and everybody else owes.
async fn in_june(house: &House) -> plan::Model {
    at(house, "2026-06-10T09:00:00");
    let plan = adopted(house).await;
    let (builders, slot) = first_slot(house).await;
    let who = officer(house, &builders).await;
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", "Xong")).await.expect(303);
    at(house, "2026-06-24T09:00:00");
    plan
}

story!(the_trend_says_what_the_board_says_and_each_figure_opens_its_list, |house| {
    let plan = in_june(&house).await;
    let scope = scope(plan.id, "2026-06-24");
    let days = Step::Month.days(&scope);
    let points = points(&shares(&house.app.db, &scope).await.expect("shares"), &days);
    let total = progress::total(&progress::cells(&house.app.db, &scope).await.expect("cells"));
    let last = points.last().expect("a point");
    assert_eq!((last.submitted, last.on_time, last.overdue), (total.submitted, total.on_time, total.overdue));
    assert!(total.overdue > 0 && last.due == total.overdue + total.submitted, "{last:?} {total:?}");
    assert!(points[..points.len() - 1].iter().all(|point| point.overdue == 0 && point.submitted == 0), "{points:?}");
    let looker = house.someone(Role::Auditor, None).await;
    let before = house.statements();
    let page = looker.get("/desk/progress?step=week").await.expect(200).says("Diễn biến").says("Theo phần của kế hoạch");
    assert!(house.statements() - before <= 14, "{} statements", house.statements() - before);
    let evenings = links(&page.text(), "/desk/progress/slots?");
    let evenings: Vec<_> = evenings.into_iter().filter(|href| href.contains("by=2026-06-24")).collect();
    assert_eq!(evenings.len(), 4);
    for (href, count) in evenings.iter().zip([last.due, last.submitted, last.overdue, last.on_time]) {
        let before = house.statements();
        looker.get(href).await.expect(200).says(&format!(": {count} kỳ")).says("tính đến hết ngày 24/6/2026");
        assert!(house.statements() - before <= 11, "a list counts no board: {}", house.statements() - before);
    }
    let csv = looker.get("/desk/progress/trend?step=month").await.expect(200).text();
    assert!(csv.starts_with('\u{feff}') && csv.contains(&format!("2026-06-24,{},1,1,{}", last.due, last.overdue)), "{csv}");
    officer(&house, &agency(&house, "so-xay-dung").await).await.get("/desk/progress/trend").await.expect(403);
    // The picture itself, as it was asked for and not as the page was drawn a moment ago.
    let svg = looker.get("/desk/progress?step=week&drawing=trend.svg").await.expect(200);
    assert_eq!(svg.headers["content-type"], "image/svg+xml");
    svg.says("kỳ đang quá hạn").says_not("class=");
    // Nor is what was drawn for one who took it kept for the next, who takes it too.
    looker.get("/desk/progress?step=week&drawing=trend.svg").await.expect(200).says("<svg xmlns");
    looker.get("/desk/progress?step=week").await.expect(200).says("Diễn biến");
});

story!(parts_and_kinds_sum_up_to_the_whole_and_open_their_lists, |house| {
    let plan = in_june(&house).await;
    let scope = scope(plan.id, "2026-06-24");
    let total = progress::total(&progress::cells(&house.app.db, &scope).await.expect("cells"));
    let nowhere = Scope { part: "_".into(), ..scope.clone() };
    let nothing = progress::total(&progress::cells(&house.app.db, &nowhere).await.expect("cells"));
    assert_eq!((nothing, total.expected > 0), (Tally::default(), true), "what is typed stands for itself");
    let by_duty = backlog::of(&house.app.db, &scope, By::Duty, day("2026-05-24")).await.expect("by duty");
    let mut sum = Tally::default();
    by_duty.iter().for_each(|one| sum += one.tally);
    assert_eq!(sum, total);
    assert!(by_duty.iter().all(|one| one.overdue_then == 0 && one.submitted_then == 0));
    assert!(by_duty.iter().any(|one| one.since == Some(day("2026-06-19")) && one.next == Some(day("2026-12-19"))));
    let looker = house.someone(Role::Leader, None).await;
    let reports = looker.get("/desk/progress?kind=report").await.expect(200);
    reports.says("kind=report");
    let mut opened = 0;
    for kind in ["work", "report"] {
        let list = looker.get(&format!("/desk/progress/slots?which=expected&kind={kind}")).await.expect(200).text();
        let count = list.split("Phải nộp: ").nth(1).and_then(|rest| rest.split(' ').next()?.parse::<i64>().ok());
        opened += count.expect("a count");
    }
    assert_eq!(opened, total.expected);
    let duty = by_duty.iter().max_by_key(|one| one.tally.overdue).expect("a duty");
    let list = format!("/desk/progress/slots?which=overdue&duty={}", duty.id);
    looker.get(&list).await.expect(200).says(&format!(": {} kỳ", duty.tally.overdue));
    looker.get("/desk/progress/slots?duty=khong-co").await.expect(404);
});

story!(the_leaders_page_says_who_is_red_since_when_and_why, |house| {
    in_june(&house).await;
    let leader = house.someone(Role::Leader, None).await;
    let before = house.statements();
    let page = leader.get("/desk/leader").await.expect(200);
    assert!(house.statements() - before <= 15, "{} statements", house.statements() - before);
    let page = page.says("kỳ quá hạn").says("tăng").says("19/6/2026").says("5 ngày").says("Chưa có ai đăng nhập lần nào");
    let text = page.says("Sở").text();
    let lists = links(&text, "/desk/progress/slots?");
    let of_agency: Vec<_> = lists.iter().filter(|href| href.contains("agency=")).collect();
    // Six in the table, and ten beside the picture with what is overdue and what was sent back.
    assert_eq!(of_agency.len(), 6 + 2 * 10);
    let page = leader.get("/desk/leader").await.expect(200).says("data-chart=\"line\"").says("100\u{a0}% số đã nộp là đúng hạn");
    let page = page.says("id=\"worst\"").says("/huong-dan/viec-phai-lam#tien-do").says_not("NaN");
    assert!(page.text().contains("data-value=\"\""), "before anything was handed in there is no share: a gap, no zero");
    let csv = leader.get("/desk/leader?drawing=worst.csv").await.expect(200).text();
    assert_eq!(csv.lines().count(), 1 + 10, "{csv}");
    leader.get("/desk/leader?drawing=in-time.svg").await.expect(200).says("<svg xmlns");
    leader.get(of_agency[0]).await.expect(200).says("Quá hạn, chưa nộp: ");
    officer(&house, &agency(&house, "so-xay-dung").await).await.get("/desk/leader").await.expect(403);
    house.visitor().get("/desk/leader").await.expect(303);
});

story!(without_anything_late_the_leader_reads_that, |house| {
    at(&house, "2026-03-01T09:00:00");
    adopted(&house).await;
    let leader = house.someone(Role::Leader, None).await;
    leader.get("/desk/leader").await.expect(200).says("Không cơ quan nào nợ kỳ quá hạn").says("Không có gì quá hạn");
});

story!(an_agency_that_closes_keeps_its_past_in_the_rates_and_owes_no_more, |house| {
    let plan = in_june(&house).await;
    let builders = agency(&house, "so-xay-dung").await;
    let scope = scope(plan.id, "2026-07-24");
    let mine = |cells: &[progress::Cell]| {
        progress::by(cells, |cell| cell.agency).into_iter().find(|(id, _)| *id == builders.id).map(|(_, tally)| tally)
    };
    let before = progress::cells(&house.app.db, &scope).await.expect("cells");
    let owed = mine(&before).expect("the builders");
    Agency::close(&house.app, builders.id, Closing { last_day: day("2026-06-30") }, builders.version, &crate::base::By::system())
        .await
        .expect("closing");
    crate::duties::opening::keep_up(&house.app).await.expect("the chore");
    let after = progress::cells(&house.app.db, &scope).await.expect("cells");
    let left = mine(&after).expect("their past");
    assert_eq!((left.submitted, left.on_time, left.overdue), (1, 1, owed.overdue));
    assert!(left.expected < owed.expected && left.expected == left.submitted + left.overdue + left.open(), "{left:?}");
    let (old, new) = (progress::total(&before), progress::total(&after));
    assert_eq!(old.expected - owed.expected, new.expected - left.expected, "nobody else is touched");
});
