//! Scenarios R1, R2, R3 and R13 in what no story beside these says: 122 slots and rates at every date, the very last second, the rule that
//! is printed on a slot, a restart at night with a clock that went back.

use super::answering::{first_slot, press};
use super::changing::{coordinator, duty_about, form};
use super::closing::answered_but;
use super::reminding::reminded;
use super::*;
use crate::base::{By, new_id};
use crate::duties::duty::{self, Kind};
use crate::duties::opening::keep_up;
use crate::duties::progress::{self, Scope, Tally};
use crate::duties::reminder::remind;
use crate::duties::rule::{Often, Rule};
use crate::duties::{Duty, Slot, holder};
use crate::people::agency::closing::Closing;
use crate::people::{agency as agencies, class};
use crate::story;

/// Agencies that the plan of the scenarios asks.
const ASKED: usize = 122;

/// How a duty stands as of a day.
async fn tally(house: &House, duty: &Duty, agency: Option<Uuid>, today: &str) -> Tally {
    let scope = Scope {
        body: None,
        plan: duty.plan,
        part: String::new(),
        agency,
        duty: Some(duty.id),
        kind: None,
        from: day("2026-01-01"),
        until: day("2026-12-31"),
        today: day(today),
    };
    progress::total(&progress::cells(&house.app.db, &scope).await.expect("cells"))
}

async fn holding(house: &House, duty: &Duty, period: &str) -> Vec<Slot> {
    let of = slot::Entity::find().filter(slot::Column::Duty.eq(duty.id)).filter(slot::Column::Period.eq(period));
    of.filter(slot::Column::VoidedOn.is_null()).all(&house.app.db).await.expect("slots")
}

story!(r1_a_class_of_122_makes_122_slots_and_no_rate_passes_a_hundred, |house| {
    at(&house, "2026-01-10T08:00:00");
    province::settle(&house.app).await.expect("the default province");
    let there = class::members(&house.app.db, "sectors+localities", day("2026-01-10")).await.expect("members").len();
    for number in there..ASKED {
        house.agency(&format!("Sở Minh Họa {number}"), agencies::Kind::Department).await;
    }
    let plan = adopted(&house).await;
    let (report, slots) = answered_but(&house, &plan, &[]).await;
    let bodies: std::collections::BTreeSet<Uuid> = slots.iter().map(|slot| slot.agency).collect();
    assert_eq!((slots.len(), bodies.len()), (ASKED, ASKED), "one for each of the class");
    let communes = agencies::Entity::find().filter(agencies::Column::Kind.eq(agencies::Kind::Commune));
    let old = communes.order_by_asc(agencies::Column::Code).one(&house.app.db).await.expect("rows").expect("a commune");
    let last_day = Closing { last_day: day("2026-06-30") };
    Agency::close(&house.app, old.id, last_day, old.version, &By::system()).await.expect("closing");
    keep_up(&house.app).await.expect("the chore");
    assert_eq!(
        (holding(&house, &report, "2026-H1").await.len(), holding(&house, &report, "2026-H2").await.len()),
        (ASKED, ASKED - 1)
    );
    for today in ["2026-01-10", "2026-06-19", "2026-06-20", "2026-06-30", "2026-07-01", "2026-12-20", "2027-01-01"] {
        let all = tally(&house, &report, None, today).await;
        assert_eq!(all.expected, 2 * 122 - 1, "{today}");
        assert!(all.on_time <= all.submitted && all.submitted + all.overdue <= all.expected, "{today}: {all:?}");
    }
});

/// What the press owes on the 20th of June, by two bodies.
async fn twentieth(house: &House, plan: &plan::Model) -> (Duty, Vec<(Agency, Slot)>) {
    let duty = Duty {
        id: new_id(),
        plan: plan.id,
        provision: None,
        path: "III.9".into(),
        position: 900,
        title: "Định kỳ ngày 20 hằng tháng gửi báo cáo tin bài đã đăng, phát".into(),
        kind: Kind::Report,
        rule: Some(serde_json::to_string(&Rule::plain(Often::Monthly { day: 20 })).expect("a rule")),
        starts_on: day("2026-01-05"),
        ends_on: day("2026-12-31"),
        created_at: house.app.clock.now(),
        ended_on: None,
        version: 1,
    };
    duty::Entity::insert(duty::ActiveModel::from(duty.clone())).exec_without_returning(&house.app.db).await.expect("a duty");
    let press = agencies::Entity::find().filter(agencies::Column::Code.is_in(["BAOPTTH", "CONGTTDT"]));
    let mut owing = Vec::new();
    for body in press.order_by_asc(agencies::Column::Code).all(&house.app.db).await.expect("the press") {
        let slot = slot::Model {
            id: new_id(),
            duty: duty.id,
            plan: plan.id,
            agency: body.id,
            part: holder::Part::Lead,
            period: "2026-06".into(),
            start_on: day("2026-06-01"),
            end_on: day("2026-06-30"),
            due_on: day("2026-06-20"),
            in_time_until: day("2026-06-20"),
            voided_on: None,
            void_reason: None,
        };
        let row = slot::ActiveModel::from(slot.clone());
        slot::Entity::insert(row).exec_without_returning(&house.app.db).await.expect("a slot");
        owing.push((body, slot));
    }
    (duty, owing)
}

story!(r2_the_last_second_of_the_20th_is_in_time_and_the_first_of_the_21st_is_late, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (duty, owing) = twentieth(&house, &plan).await;
    let [(paper, first), (portal, second)] = owing.as_slice() else { panic!("two bodies of the press: {owing:?}") };
    at(&house, "2026-06-20T23:59:59");
    let who = officer(&house, paper).await;
    who.post(&format!("/desk/duties/{}/answer", first.id), &press("k", "0", "Đã đăng 24 tin")).await.expect(303);
    at(&house, "2026-06-21T00:00:00");
    let who = officer(&house, portal).await;
    let send = format!("/desk/duties/{}/answer", second.id);
    who.post(&send, &press("k2", "0", "Đã đăng 31 tin")).await.expect(422).says("hãy nêu lý do nộp muộn");
    let late = [press("k2", "0", "Đã đăng 31 tin"), vec![("late_reason", "Chờ duyệt số liệu"), ("excusable", "no")]].concat();
    who.post(&send, &late).await.expect(303);
    let (one, other) =
        (tally(&house, &duty, Some(paper.id), "2026-06-22").await, tally(&house, &duty, Some(portal.id), "2026-06-22").await);
    assert_eq!((one.submitted, one.on_time, other.submitted, other.on_time), (1, 1, 1, 0));
});

story!(r3_a_day_that_is_no_working_day_goes_by_the_rule_that_the_slot_prints, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let duty = duty_about(&house, &plan, "nước mưa").await;
    let builders = agency(&house, "so-xay-dung").await;
    let slot = slots(&house, &builders).await.into_iter().find(|slot| slot.duty == duty.id && slot.period == "2026-H1");
    let slot = slot.expect("the first half-year");
    let looker = coordinator(&house).await;
    let who = officer(&house, &builders).await;
    let rule = format!("/desk/plans/{}/duties/{}", plan.id, duty.id);
    // 20/6/2026 is a Saturday.
    for (shift, due, printed) in [
        ("next", "2026-06-22", "trùng ngày nghỉ thì nộp ngày làm việc liền sau"),
        ("none", "2026-06-20", "không dời khi trùng ngày nghỉ"),
    ] {
        let page = looker.get(&rule).await.expect(200).text();
        let typed = [("often", "yearly"), ("days", "20/6 và 20/12"), ("before", "on"), ("shift", shift), ("act", "preview")];
        let preview = looker.post(&rule, &form(&page, &typed)).await.expect(200).text();
        looker.post(&rule, &form(&preview, &[("act", "save")])).await.expect(303);
        let now = Slot::find(&house.app.db, slot.id).await.expect("the slot");
        assert_eq!((now.due_on, now.voided_on), (day(due), None), "{shift}");
        who.get(&Slot::desk_path(slot.id)).await.expect(200).says(printed);
    }
});

story!(r13_a_restart_at_night_and_a_clock_that_went_back_lose_and_double_nothing, |house| {
    at(&house, "2026-06-18T09:00:00");
    adopted(&house).await;
    let (builders, _) = first_slot(&house).await;
    remind(&house.app).await.expect("reminding");
    assert_eq!(reminded(&house, &builders).await, 1, "the day before the last");
    at(&house, "2026-06-19T10:00:00");
    remind(&house.app).await.expect("reminding");
    assert_eq!(reminded(&house, &builders).await, 2, "the last day");
    at(&house, "2026-06-20T23:59:00");
    let house = house.configured(|_| {});
    for _ in 0..2 {
        remind(&house.app).await.expect("started anew");
    }
    assert_eq!(reminded(&house, &builders).await, 2, "nobody is reminded at night");
    at(&house, "2026-06-22T09:00:00");
    for _ in 0..3 {
        remind(&house.app).await.expect("reminding");
    }
    assert_eq!(reminded(&house, &builders).await, 3, "the Monday after says that it is late, once");
    at(&house, "2026-06-19T10:30:00");
    remind(&house.app).await.expect("a clock that went back");
    at(&house, "2026-06-22T10:00:00");
    remind(&house.app).await.expect("and forward again");
    assert_eq!(reminded(&house, &builders).await, 3);
});
