//! A person gives a duty its rule: seen before it is saved, guarded, and nothing that was answered or is past is touched.

use super::answering::press;
use super::*;
use crate::duties::duty::{self, Duty};
use crate::duties::opening::{Settled, settle};
use crate::duties::slot::Void;
use crate::story;

/// The duty whose text has these words.
pub async fn duty_about(house: &House, plan: &plan::Model, words: &str) -> Duty {
    let duties = Duty::of_plan(&house.app.db, plan.id).await.expect("duties");
    duties.into_iter().find(|duty| duty.title.contains(words)).expect("a duty")
}

pub async fn coordinator(house: &House) -> Visitor<'_> {
    let standing = agency(house, "so-khoa-hoc-va-cong-nghe").await;
    house.someone(Role::Coordinator, Some(&standing)).await
}

/// The fields of the form as a page shows them, with some changed.
pub fn form<'a>(page: &'a str, changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let attribute = |tag: &'a str, name: &str| tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    let mut fields: Vec<(&str, &str)> = Vec::new();
    let body = page.split("rule-form").nth(1).expect("the form");
    for tag in body.split('<').filter(|tag| tag.starts_with("input ")) {
        let (Some(name), Some(value)) = (attribute(tag, "name"), attribute(tag, "value")) else { continue };
        if !tag.contains("type=\"radio\"") || tag.contains(" checked") {
            fields.push((name, value));
        }
        if name == "holder" {
            let select = body.split(value).nth(1).unwrap_or_default();
            let part = select.split(" selected").next().and_then(|head| head.rsplit("value=\"").next()).unwrap_or_default();
            fields.push(("part", part.split('"').next().unwrap_or_default()));
        }
    }
    fields.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    fields.extend(changed);
    fields
}

async fn of_duty(house: &House, duty: &Duty) -> Vec<slot::Model> {
    let slots = slot::Entity::find().filter(slot::Column::Duty.eq(duty.id)).order_by_asc(slot::Column::DueOn);
    slots.all(&house.app.db).await.expect("slots")
}

story!(a_new_rule_moves_what_is_to_come_and_touches_no_answer, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let duty = duty_about(&house, &plan, "nước mưa").await;
    let builders = agency(&house, "so-xay-dung").await;
    let mine = of_duty(&house, &duty).await.into_iter().find(|slot| slot.agency == builders.id && slot.period == "2026-H1");
    let mine = mine.expect("the first half-year");
    let who = officer(&house, &builders).await;
    who.post(&format!("/desk/duties/{}/answer", mine.id), &press("k", "0", "Đã phổ biến")).await.expect(303);
    let looker = coordinator(&house).await;
    let here = format!("/desk/plans/{}/duties/{}", plan.id, duty.id);
    looker.get(&format!("/desk/plans/{}/duties", plan.id)).await.expect(200).says("nước mưa").says("Thường xuyên, rà soát trước");
    let page = looker.get(&here).await.expect(200).text();
    let wanted =
        form(&page, &[("often", "yearly"), ("days", "30/6 và 31/12"), ("before", "on"), ("shift", "next"), ("act", "preview")]);
    let preview = looker.post(&here, &wanted).await.expect(200).says("Đổi hạn của 3 kỳ").says("Mở thêm 0 kỳ").says("31/12/2026");
    assert_eq!(Duty::find(&house.app.db, duty.id).await.expect("the duty"), duty, "a preview changes nothing");
    let text = preview.text();
    let save = form(&text, &[("act", "save")]);
    looker.post(&here, &save).await.expect(303);
    looker.post(&here, &save).await.expect(303);
    let after = Duty::find(&house.app.db, duty.id).await.expect("the duty");
    assert_eq!(after.version, 2, "two presses are one change");
    for slot in of_duty(&house, &duty).await {
        let due = match (slot.id == mine.id, slot.period.as_str()) {
            (true, _) => "2026-06-19",
            (false, "2026-H1") => "2026-06-30",
            _ => "2026-12-31",
        };
        assert_eq!((slot.due_on, slot.in_time_until, slot.voided_on), (day(due), day(due), None), "{}", slot.period);
    }
    assert_eq!(settle(&house.app, plan.id).await.expect("settling again"), Settled::default());
    looker.get(&here).await.expect(200).says("Ngày 30/6, 31/12 hằng năm").says("Đổi hạn hoặc người làm");
    let other = form(&text, &[("often", "monthly"), ("day", "5"), ("act", "save")]);
    looker.post(&here, &other).await.expect(409).says("Có người vừa đổi việc này").says("value=\"5\"");
});

story!(a_duty_without_a_rule_gets_one_and_is_asked_for, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let found = duty_about(&house, &plan, "danh mục").await;
    slot::Entity::delete_many().filter(slot::Column::Duty.eq(found.id)).exec(&house.app.db).await.expect("no slots");
    let none = duty::ActiveModel { rule: sea_orm::ActiveValue::Set(None), ..found.clone().into() };
    duty::Entity::update(none).exec(&house.app.db).await.expect("no rule");
    let looker = coordinator(&house).await;
    let list = format!("/desk/plans/{}/duties", plan.id);
    let before = house.statements();
    looker.get(&list).await.expect(200).says("1 việc chưa rõ hạn").says("Chưa rõ hạn");
    assert!(house.statements() - before <= 12, "{} statements", house.statements() - before);
    let here = format!("{list}/{}", found.id);
    let page = looker.get(&here).await.expect(200).says("Chưa rõ: chưa hỏi ai").text();
    for (by, why) in [("9/6/2026", "Ngày này đã qua"), ("31/6/2026", "31/6/2026"), ("", "")] {
        let wrong = form(&page, &[("often", "once"), ("by", by), ("act", "save")]);
        looker.post(&here, &wrong).await.expect(422).says(why);
    }
    looker.post(&here, &form(&page, &[("often", "once"), ("by", "30/9/2026"), ("act", "save")])).await.expect(303);
    let opened = of_duty(&house, &found).await;
    assert_eq!(opened.len(), 2, "who leads and who supports");
    assert!(opened.iter().all(|slot| slot.due_on == day("2026-09-30")));
    looker.get(&list).await.expect(200).says("Một lần, chậm nhất ngày 30/9/2026").says_not("Chưa rõ hạn");
    // Nobody owes it after all.
    let page = looker.get(&here).await.expect(200).text();
    looker.post(&here, &form(&page, &[("often", "never"), ("act", "save")])).await.expect(303);
    let gone = of_duty(&house, &found).await;
    assert!(gone.iter().all(|slot| slot.void_reason == Some(Void::DutyChanged)), "{gone:?}");
});

story!(a_rule_that_makes_no_sense_is_refused_at_its_field, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let duty = duty_about(&house, &plan, "nước mưa").await;
    let looker = coordinator(&house).await;
    let here = format!("/desk/plans/{}/duties/{}", plan.id, duty.id);
    let page = looker.get(&here).await.expect(200).text();
    let cases = [
        (vec![("often", "monthly"), ("day", "40")], "phải từ 1 đến 31"),
        (vec![("often", "yearly"), ("days", "31/6")], "không phải là ngày trong năm"),
        (vec![("often", "yearly"), ("days", "")], "ít nhất một ngày"),
        (vec![("often", "on_request"), ("working_days", "0")], "Số ngày làm việc"),
        (vec![("often", "")], "Hãy chọn bao lâu một lần"),
        (vec![("from", "1/12/2026"), ("until", "1/7/2026")], "Ngày cuối phải từ ngày đầu"),
        (vec![("until", "1/7/2099")], "không quá 15 năm"),
        (vec![("leads", "Sở Không Có Thật")], "Không có cơ quan nào tên “Sở Không Có Thật”"),
        (vec![("supports", "các sở, ban, ngành có liên quan")], "“các sở, ban, ngành có liên quan”"),
    ];
    for act in ["preview", "save"] {
        for (changed, why) in &cases {
            let mut fields = form(&page, changed);
            fields.push(("act", act));
            looker.post(&here, &fields).await.expect(422).says(why);
        }
    }
    assert_eq!(Duty::find(&house.app.db, duty.id).await.expect("the duty").version, 1);
    let builders = agency(&house, "so-xay-dung").await;
    officer(&house, &builders).await.get(&here).await.expect(403);
    officer(&house, &builders).await.post(&here, &form(&page, &[("act", "save")])).await.expect(403);
    looker.get(&format!("/desk/plans/{}/duties/{}", duty.id, duty.id)).await.expect(404);
});

story!(agencies_come_and_go_without_their_past, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    at(&house, "2026-07-10T09:00:00");
    let duty = duty_about(&house, &plan, "nước mưa").await;
    let looker = coordinator(&house).await;
    let here = format!("/desk/plans/{}/duties/{}", plan.id, duty.id);
    let page = looker.get(&here).await.expect(200).text();
    let with = form(&page, &[("leads", "Sở Y tế; Sở Tài chính"), ("act", "preview")]);
    let text = looker.post(&here, &with).await.expect(200).says("Mở thêm 1 kỳ").says("Sở Y tế").text();
    looker.post(&here, &form(&text, &[("act", "save")])).await.expect(303);
    let health = agency(&house, "so-y-te").await;
    let theirs: Vec<_> = of_duty(&house, &duty).await.into_iter().filter(|slot| slot.agency == health.id).collect();
    assert_eq!(theirs.iter().map(|slot| slot.period.as_str()).collect::<Vec<_>>(), ["2026-H2"], "not what was due before");
    let page = looker.get(&here).await.expect(200).text();
    let without: Vec<(&str, &str)> = form(&page, &[("act", "save")])
        .into_iter()
        .map(|field| if field.0 == "part" { ("part", "none") } else { field })
        .collect();
    looker.post(&here, &without).await.expect(303);
    let left: Vec<_> = of_duty(&house, &duty).await.into_iter().filter(|slot| slot.voided_on.is_none()).collect();
    assert!(!left.is_empty() && left.iter().all(|slot| slot.due_on < day("2026-07-10")), "what is past stays");
    looker.get(&format!("/desk/plans/{}/duties", plan.id)).await.expect(200).says("Chưa rõ ai làm");
});
