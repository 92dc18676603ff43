//! Reminders: by day, once a point, one digest an agency, stopped by the answer; counted by the progress page.

use super::answering::{first_slot, press};
use super::*;
use crate::duties::progress::{self, Scope};
use crate::duties::reminder::{self, remind};
use crate::people::Notice;
use crate::story;
use sea_orm::PaginatorTrait;

pub async fn reminded(house: &House, of: &Agency) -> usize {
    house.react().await;
    let notices = Notice::latest(&house.app.db, &[of.id], 50).await.expect("notices");
    notices.iter().filter(|notice| notice.key == "notice-reminded").count()
}

story!(
    /// Scenario R13: no reminder is lost or doubled, however often the chore runs.
    r13_reminders_come_by_day_once_and_stop_with_the_answer, |house| {
    at(&house, "2026-05-04T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    remind(&house.app).await.expect("reminding");
    assert_eq!(reminded(&house, &builders).await, 0, "nothing is near");
    at(&house, "2026-06-05T03:00:00");
    remind(&house.app).await.expect("reminding");
    assert_eq!(reminded(&house, &builders).await, 0, "never at night");
    at(&house, "2026-06-05T09:00:00");
    for _ in 0..3 {
        remind(&house.app).await.expect("reminding");
    }
    assert_eq!(reminded(&house, &builders).await, 1, "three turns, two slots, one digest");
    assert_eq!(
        reminder::Entity::find().filter(reminder::Column::Slot.eq(slot.id)).count(&house.app.db).await.expect("a count"),
        1
    );
    at(&house, "2026-06-01T09:00:00");
    remind(&house.app).await.expect("a clock that went back");
    assert_eq!(reminded(&house, &builders).await, 1);
    at(&house, "2026-06-17T09:00:00");
    let who = officer(&house, &builders).await;
    for (place, slot) in slots(&house, &builders).await.iter().filter(|slot| slot.period == "2026-H1").enumerate() {
        who.post(&format!("/desk/duties/{}/answer", slot.id), &press(&format!("k{place}"), "0", "Xong")).await.expect(303);
    }
    remind(&house.app).await.expect("reminding");
    assert_eq!(reminded(&house, &builders).await, 1, "the answer stopped it");
    let money = agency(&house, "so-tai-chinh").await;
    assert_eq!(reminded(&house, &money).await, 2, "others are reminded again three days before");
});

story!(nobody_is_reminded_on_a_day_off, |house| {
    at(&house, "2026-06-06T09:00:00");
    adopted(&house).await;
    let (builders, _) = first_slot(&house).await;
    remind(&house.app).await.expect("a Saturday");
    assert_eq!(reminded(&house, &builders).await, 0);
    at(&house, "2026-06-08T09:00:00");
    remind(&house.app).await.expect("the Monday after");
    assert_eq!(reminded(&house, &builders).await, 1, "what was missed is made up for");
});

story!(rates_are_parts_of_a_whole_at_every_date, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", "Xong")).await.expect(303);
    for today in ["2026-01-06", "2026-06-19", "2026-06-20", "2026-12-31", "2030-01-01"] {
        let scope = Scope {
            body: None,
            plan: plan.id,
            part: String::new(),
            agency: None,
            duty: None,
            kind: None,
            from: day("2026-01-01"),
            until: day("2026-12-31"),
            today: day(today),
        };
        let cells = progress::cells(&house.app.db, &scope).await.expect("cells");
        let all = progress::total(&cells);
        assert_eq!((all.submitted, all.on_time, all.waiting()), (1, 1, 1), "{today}");
        assert_eq!(all.expected, all.submitted + all.overdue + all.open(), "{today}");
        for cell in &cells {
            let tally = cell.tally();
            assert!(tally.on_time <= tally.submitted && tally.submitted + tally.overdue <= tally.expected, "{cell:?}");
        }
        let parts: i64 = progress::by(&cells, |cell| cell.agency).iter().map(|(_, tally)| tally.expected).sum();
        assert_eq!(parts, all.expected, "sums of parts are the whole");
    }
    let part = Scope {
        body: None,
        plan: plan.id,
        part: "II".into(),
        agency: Some(builders.id),
        duty: None,
        kind: None,
        from: day("2026-01-01"),
        until: day("2026-12-31"),
        today: day("2026-06-20"),
    };
    let tally = progress::total(&progress::cells(&house.app.db, &part).await.expect("cells"));
    assert_eq!(tally.expected, 3, "part II asks of the builders: once, and twice a year");
});
