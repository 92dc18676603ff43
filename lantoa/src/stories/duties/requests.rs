//! Requests on demand: only the chosen owe them, the regular rates do not move (scenario R10).

use super::answering::press;
use super::*;
use crate::duties::duty::{self, Kind};
use crate::duties::opening::{Settled, settle};
use crate::duties::progress::{self, Scope, Tally};
use crate::duties::reminder::remind;
use crate::duties::slot::Void;
use crate::people::agency as agencies;
use crate::people::agency::closing::Closing;
use crate::people::{Agency, Notice};
use crate::story;
use sea_orm::QuerySelect;

async fn communes(house: &House, count: u64) -> Vec<Agency> {
    let of = agencies::Entity::find().filter(agencies::Column::Kind.eq(agencies::Kind::Commune));
    of.order_by_asc(agencies::Column::Code).limit(count).all(&house.app.db).await.expect("communes")
}

async fn regular(house: &House, plan: &plan::Model) -> Tally {
    let (from, until) = (day("2026-01-01"), day("2026-12-31"));
    let scope = Scope {
        plan: plan.id,
        part: String::new(),
        agency: None,
        body: None,
        duty: None,
        kind: None,
        from,
        until,
        today: day("2026-06-10"),
    };
    progress::total(&progress::cells(&house.app.db, &scope).await.expect("counts"))
}

/// The slots of requests.
async fn asked(house: &House) -> Vec<slot::Model> {
    let requests: Vec<Uuid> = duty::Entity::find()
        .select_only()
        .column(duty::Column::Id)
        .filter(duty::Column::Kind.eq(Kind::Request))
        .into_tuple()
        .all(&house.app.db)
        .await
        .expect("requests");
    slot::Entity::find().filter(slot::Column::Duty.is_in(requests)).all(&house.app.db).await.expect("slots")
}

async fn coordinator(house: &House) -> Visitor<'_> {
    let standing = agency(house, "so-khoa-hoc-va-cong-nghe").await;
    house.someone(Role::Coordinator, Some(&standing)).await
}

story!(r10_seven_communes_are_asked_and_nobody_else, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let before = regular(&house, &plan).await;
    let chosen = communes(&house, 7).await;
    let who = coordinator(&house).await;
    who.get("/desk/requests").await.expect(200).says("Chưa có yêu cầu đột xuất nào");
    who.get("/desk/requests/new").await.expect(200).says("value=\"17/6/2026\"");
    let names: String = (1..).zip(&chosen).map(|(number, one)| format!("{number}. {}\n", one.name)).collect();
    let fields = [
        ("key", "k1"),
        ("plan", plan.slug.as_str()),
        ("title", "Số giếng bị nhiễm mặn"),
        ("what", "Tính đến hết ngày 9/6/2026"),
        ("stands_on", ""),
        ("due", "13/6/2026"),
        ("names", &names),
        ("act", "send"),
    ];
    let preview = fields.map(|(name, value)| (name, if name == "act" { "preview" } else { value }));
    who.post("/desk/requests/new", &preview).await.expect(200).says("Sẽ gửi tới 7 cơ quan");
    assert!(asked(&house).await.is_empty(), "a preview asks nobody");
    let made = who.post("/desk/requests/new", &fields).await.expect(303).location().to_owned();
    assert_eq!(who.post("/desk/requests/new", &fields).await.expect(303).location(), made, "two presses are one request");
    let slots = asked(&house).await;
    assert_eq!(slots.len(), 7);
    assert!(slots.iter().all(|slot| chosen.iter().any(|one| one.id == slot.agency) && slot.due_on == day("2026-06-13")));
    assert_eq!(regular(&house, &plan).await, before, "the regular rate is unaffected");
    house.react().await;
    let told = Notice::latest(&house.app.db, &[chosen[0].id], 9).await.expect("notices");
    assert!(told.iter().any(|notice| notice.key == "notice-request-made"));
    remind(&house.app).await.expect("reminding");
    house.react().await;
    let told = Notice::latest(&house.app.db, &[chosen[0].id], 9).await.expect("notices");
    assert!(told.iter().any(|notice| notice.key == "notice-reminded"), "three days left");
    assert_eq!(settle(&house.app, plan.id).await.expect("settling"), Settled::default(), "settling leaves requests alone");
    // Answered and reviewed by the pages of all others.
    let mine = slots.iter().find(|slot| slot.agency == chosen[0].id).expect("a slot");
    let local = officer(&house, &chosen[0]).await;
    local.get("/desk/duties").await.expect(200).says("Số giếng bị nhiễm mặn");
    local.get(&format!("/desk/duties/{}", mine.id)).await.expect(200).says("Tính đến hết ngày 9/6/2026");
    local.post(&format!("/desk/duties/{}/answer", mine.id), &press("a1", "0", "12 giếng")).await.expect(303);
    local.get(&made).await.expect(403);
    who.get("/desk/reviews").await.expect(200).says("Số giếng bị nhiễm mặn");
    who.get(&made).await.expect(200).says("1/7 cơ quan đã nộp (14%)");
    let count = house.statements();
    who.get("/desk/requests").await.expect(200).says("1 yêu cầu đang mở").says("1/7 cơ quan đã nộp (14%)");
    assert!(house.statements() - count <= 14, "{} statements", house.statements() - count);
    assert_eq!(regular(&house, &plan).await, before, "the regular rate is unaffected");
    not_of_others(&house, mine).await;
});

/// An eighth commune, which was not asked, does not see it.
async fn not_of_others(house: &House, asked: &slot::Model) {
    let other = communes(house, 8).await.pop().expect("an eighth");
    officer(house, &other).await.get(&format!("/desk/duties/{}", asked.id)).await.expect(404);
}

story!(what_was_typed_wrong_asks_nobody_and_stays_in_the_form, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let who = coordinator(&house).await;
    let chosen = communes(&house, 2).await;
    let (one, closed) = (chosen[0].id.to_string(), &chosen[1]);
    Agency::close(&house.app, closed.id, Closing { last_day: day("2026-06-11") }, closed.version, &crate::base::By::system())
        .await
        .expect("closing");
    let gone = closed.id.to_string();
    let cases: [(&str, &str, &str, &str, &str); 9] = [
        ("Việc gấp", "13/6/2026", "", "", "Chưa chọn cơ quan nào"),
        ("Việc gấp", "9/6/2026", &one, "", "Hạn đã qua"),
        ("Việc gấp", "31/6/2026", &one, "", "31/6/2026"),
        ("Việc gấp", "1/1/2035", &one, "", "không quá 24 tháng"),
        (" ", "13/6/2026", &one, "", "nội dung ngắn"),
        ("Việc gấp", "13/6/2026", &gone, "", "không còn hoạt động đến ngày hạn"),
        ("Việc gấp", "13/6/2026", "", "Xã Không Có Thật", "Không có cơ quan nào tên “Xã Không Có Thật”"),
        ("Việc gấp", "13/6/2026", &one, "các đơn vị liên quan", "“các đơn vị liên quan”"),
        ("Việc gấp", "13/6/2026", "00000000-0000-0000-0000-000000000000", "", "không còn hoạt động"),
    ];
    for (title, due, agency, names, why) in cases {
        let fields = [
            ("key", "k1"),
            ("plan", plan.slug.as_str()),
            ("title", title),
            ("due", due),
            ("agency", agency),
            ("names", names),
            ("what", "Phần đã gõ"),
        ];
        who.post("/desk/requests/new", &fields).await.expect(422).says(why).says("Phần đã gõ");
    }
    assert!(asked(&house).await.is_empty());
    who.post("/desk/requests/new", &[("plan", plan.slug.as_str()), ("title", "Không khóa")]).await.expect(400);
    who.post("/desk/requests/new", &[("key", "k"), ("plan", "khong-co")]).await.expect(403);
    let builders = agency(&house, "so-xay-dung").await;
    officer(&house, &builders).await.get("/desk/requests/new").await.expect(403);
    let elsewhere = house.someone(Role::Reviewer, Some(&builders)).await;
    elsewhere.get("/desk/requests/new").await.expect(422);
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let within = house.someone(Role::Reviewer, Some(&standing)).await;
    within.get("/desk/requests/new").await.expect(200);
});

story!(a_duty_that_is_none_is_refused_at_its_field, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let who = coordinator(&house).await;
    let one = communes(&house, 1).await[0].id.to_string();
    for odd in ["abc", "00000000-0000-0000-0000-000000000000"] {
        let fields = [
            ("key", "k1"),
            ("plan", plan.slug.as_str()),
            ("title", "Việc gấp"),
            ("due", "13/6/2026"),
            ("agency", one.as_str()),
            ("stands_on", odd),
            ("what", "Phần đã gõ"),
        ];
        who.post("/desk/requests/new", &fields).await.expect(422).says("Không có việc này trong kế hoạch").says("Phần đã gõ");
    }
    who.get("/desk/requests/new?duty=abc").await.expect(404);
    who.get("/desk/requests/new?plan=khong-co").await.expect(404);
    who.get(&format!("/desk/requests/new?plan={}", plan.slug)).await.expect(200);
    assert!(asked(&house).await.is_empty());
});

story!(a_class_is_asked_and_a_request_is_taken_back, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let who = coordinator(&house).await;
    let fields = [
        ("key", "k1"),
        ("plan", plan.slug.as_str()),
        ("title", "Báo cáo nhanh"),
        ("due", ""),
        ("class", "departments"),
        ("names", "Sở Xây dựng"),
    ];
    let made = who.post("/desk/requests/new", &fields).await.expect(303).location().to_owned();
    let slots = asked(&house).await;
    let departments = agencies::Entity::find().filter(agencies::Column::Kind.eq(agencies::Kind::Department));
    let departments = departments.all(&house.app.db).await.expect("departments").len();
    assert_eq!(slots.len(), departments, "who is named twice is asked once");
    assert!(slots.iter().all(|slot| slot.due_on == day("2026-06-17")), "five working days");
    house.react().await;
    let builders = agency(&house, "so-xay-dung").await;
    let mine = slots.iter().find(|slot| slot.agency == builders.id).expect("a slot");
    let officer = officer(&house, &builders).await;
    officer.post(&format!("/desk/duties/{}/answer", mine.id), &press("a1", "0", "Đã làm")).await.expect(303);
    who.post(&format!("{made}/withdrawal"), &[("why", " . ")]).await.expect(422).says("Hãy ghi lý do thu hồi");
    who.post(&format!("{made}/withdrawal"), &[("why", " ")]).await.expect(422).says("Hãy ghi lý do thu hồi");
    let elsewhere = house.someone(Role::Reviewer, Some(&builders)).await;
    elsewhere.get(&made).await.expect(404);
    let leader = house.someone(Role::Leader, None).await;
    leader.get(&made).await.expect(200).says_not("id=\"withdrawal\"");
    leader.post(&format!("{made}/withdrawal"), &[("why", "Không cần")]).await.expect(403);
    let withdrawal = [("why", "Đã có số liệu từ nguồn khác")];
    who.post(&format!("{made}/withdrawal"), &withdrawal).await.expect(303);
    who.post(&format!("{made}/withdrawal"), &withdrawal).await.expect(409).says("trước bạn");
    house.react().await;
    for slot in asked(&house).await {
        let expected = (slot.id != mine.id).then_some(Void::RequestWithdrawn);
        assert_eq!(slot.void_reason, expected, "what was answered is kept");
    }
    let money = agency(&house, "so-tai-chinh").await;
    let told = Notice::latest(&house.app.db, &[money.id], 9).await.expect("notices");
    assert!(told.iter().any(|notice| notice.key == "notice-request-withdrawn"));
    let theirs = slots.iter().find(|slot| slot.agency == money.id).expect("a slot");
    let page = house.someone(Role::Officer, Some(&money)).await;
    page.get(&format!("/desk/duties/{}", theirs.id)).await.expect(200).says("Đã có số liệu từ nguồn khác");
    who.get("/desk/requests").await.expect(200).says("Đã thu hồi");
    assert_eq!(settle(&house.app, plan.id).await.expect("settling"), Settled::default());
});

story!(a_request_rises_and_falls_with_its_agency, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let who = coordinator(&house).await;
    let commune = communes(&house, 1).await.remove(0);
    let id = commune.id.to_string();
    let fields = [("key", "k1"), ("plan", plan.slug.as_str()), ("title", "Việc gấp"), ("due", "30/6/2026"), ("agency", &id)];
    who.post("/desk/requests/new", &fields).await.expect(303);
    let by = crate::base::By::system();
    Agency::close(&house.app, commune.id, Closing { last_day: day("2026-06-20") }, commune.version, &by).await.expect("closing");
    settle(&house.app, plan.id).await.expect("settling");
    assert_eq!(asked(&house).await[0].void_reason, Some(Void::AgencyClosed));
    Agency::reopen(&house.app, commune.id, commune.version + 1, &by).await.expect("reopening");
    settle(&house.app, plan.id).await.expect("settling");
    assert_eq!(asked(&house).await[0].void_reason, None);
});
