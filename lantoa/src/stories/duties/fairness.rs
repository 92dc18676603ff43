//! What counts as in time, who answers for whom, and what is not taken.

use super::answering::{first_slot, press};
use super::reviewing::latest;
use super::*;
use crate::base::{By, fact};
use crate::duties::progress::{self, Scope, Tally};
use crate::duties::reminder::{self, remind};
use crate::people::agency::closing::Closing;
use crate::people::succession;
use crate::story;
use sea_orm::PaginatorTrait;

async fn tally(house: &House, plan: Uuid, today: &str) -> Tally {
    let (from, until) = (day("2026-01-01"), day("2026-12-31"));
    let scope =
        Scope { body: None, plan, part: String::new(), agency: None, duty: None, kind: None, from, until, today: day(today) };
    progress::total(&progress::cells(&house.app.db, &scope).await.expect("cells"))
}

/// The slot of the same duty half a year on.
async fn second_slot(house: &House, agency: &Agency) -> (Uuid, slot::Model) {
    let all = slots(house, agency).await;
    let first = all.first().expect("a slot").clone();
    let next = all.into_iter().find(|slot| slot.duty == first.duty && slot.id != first.id).expect("the second half");
    (first.id, next)
}

async fn coordinator(house: &House) -> Visitor<'_> {
    let standing = agency(house, "so-khoa-hoc-va-cong-nghe").await;
    house.someone(Role::Coordinator, Some(&standing)).await
}

story!(what_was_sent_back_is_not_in_time_until_it_is_there_again, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let send = format!("/desk/duties/{}/answer", slot.id);
    who.post(&send, &press("k1", "0", "x")).await.expect(303);
    let counts = tally(&house, plan.id, "2026-06-10").await;
    assert_eq!((counts.on_time, counts.late(), counts.done()), (1, 0, 1), "in time as long as nobody objects");
    at(&house, "2026-06-24T09:00:00");
    let looker = coordinator(&house).await;
    let answer = latest(&house, &slot).await;
    let verdict = [("answer", answer.as_str()), ("verdict", "return"), ("whole", "Chưa có nội dung")];
    looker.post(&format!("/desk/duties/{}/review", slot.id), &verdict).await.expect(303);
    let counts = tally(&house, plan.id, "2026-06-24").await;
    assert_eq!((counts.on_time, counts.late(), counts.done(), counts.returned), (0, 0, 0, 1));
    let who = officer(&house, &builders).await;
    who.post(&send, &press("k2", "1", "Đã thay 3 km ống")).await.expect(422).says("hãy nêu lý do nộp muộn");
    let mut again = press("k2", "1", "Đã thay 3 km ống");
    again.push(("late_reason", "Chờ số liệu của nhà thầu"));
    who.post(&send, &again).await.expect(422).says("Hãy chọn nguyên nhân nộp muộn");
    again.push(("excusable", "yes"));
    who.post(&send, &again).await.expect(303);
    let counts = tally(&house, plan.id, "2026-06-24").await;
    assert_eq!((counts.on_time, counts.late(), counts.excused, counts.done()), (0, 1, 1, 1));
    looker.get("/desk/progress/slots?which=excused&year=2026").await.expect(200).says(": 1 kỳ");
    looker.get("/desk/progress/slots?which=late&year=2026").await.expect(200).says(": 1 kỳ");
    looker.get("/desk/progress/slots?which=on-time&year=2026").await.expect(200).says(": 0 kỳ");
});

story!(a_letter_in_time_saves_nothing_that_came_late_after_it, |house| {
    at(&house, "2026-06-18T09:00:00");
    let plan = adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let send = format!("/desk/duties/{}/answer", slot.id);
    officer(&house, &builders).await.post(&send, &press("k1", "0", "a")).await.expect(303);
    at(&house, "2026-06-25T09:00:00");
    let who = officer(&house, &builders).await;
    who.post(&send, &press("k2", "1", "Đã thay 2 km ống")).await.expect(303);
    let looker = coordinator(&house).await;
    let review = format!("/desk/duties/{}/review", slot.id);
    let answer = latest(&house, &slot).await;
    let verdict = [("answer", answer.as_str()), ("verdict", "return"), ("whole", "Chưa đúng số km")];
    looker.post(&review, &verdict).await.expect(303);
    who.post(&send, &press("k3", "2", "Đã thay 3 km ống")).await.expect(422).says("hãy nêu lý do nộp muộn");
    let mut late = press("k3", "2", "Đã thay 3 km ống");
    late.extend([("late_reason", "Chờ số liệu của nhà thầu"), ("excusable", "no")]);
    who.post(&send, &late).await.expect(303);
    let answer = latest(&house, &slot).await;
    looker.post(&review, &[("answer", answer.as_str()), ("verdict", "accept")]).await.expect(303);
    let counts = tally(&house, plan.id, "2026-06-25").await;
    assert_eq!((counts.on_time, counts.late(), counts.done()), (0, 1, 1));
    looker.get(&format!("/desk/duties/{}", slot.id)).await.expect(200).says("Nộp muộn");
    // What was accepted in time stays in time, whatever becomes of a correction.
    let (_, other) = second_slot(&house, &builders).await;
    let send = format!("/desk/duties/{}/answer", other.id);
    at(&house, "2026-12-18T09:00:00");
    officer(&house, &builders).await.post(&send, &press("o1", "0", "Đã thay 5 km ống")).await.expect(303);
    let looker = coordinator(&house).await;
    let review = format!("/desk/duties/{}/review", other.id);
    let answer = latest(&house, &other).await;
    looker.post(&review, &[("answer", answer.as_str()), ("verdict", "accept")]).await.expect(303);
    let unlock = [("why", "Số liệu đã được hiệu chỉnh"), ("until", "30/12/2026")];
    looker.post(&format!("/desk/duties/{}/unlock", other.id), &unlock).await.expect(303);
    at(&house, "2026-12-22T09:00:00");
    officer(&house, &builders).await.post(&send, &press("o2", "1", "Đã thay 6 km ống")).await.expect(303);
    let answer = latest(&house, &other).await;
    let verdict = [("answer", answer.as_str()), ("verdict", "return"), ("whole", "Thiếu biên bản")];
    coordinator(&house).await.post(&review, &verdict).await.expect(303);
    officer(&house, &builders).await.post(&send, &press("o3", "2", "Đã thay 6 km ống, kèm biên bản")).await.expect(303);
    let counts = tally(&house, plan.id, "2026-12-22").await;
    assert_eq!((counts.on_time, counts.late(), counts.done()), (1, 1, 2));
});

story!(a_period_that_has_not_begun_takes_nothing, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, _) = first_slot(&house).await;
    let later = slots(&house, &builders).await.into_iter().find(|slot| slot.period == "2026-H2").expect("the second half");
    let who = officer(&house, &builders).await;
    let path = format!("/desk/duties/{}", later.id);
    who.get(&path).await.expect(200).says("Kỳ này chưa bắt đầu").says_not("name=\"outcome\"");
    let nothing = [("key", "n"), ("seen", "0"), ("draft", "0"), ("outcome", "nothing"), ("reason", "Không có việc")];
    who.post(&format!("/desk/duties/{}/answer", later.id), &nothing).await.expect(422).says("Kỳ này chưa bắt đầu");
    at(&house, "2026-07-01T09:00:00");
    let who = officer(&house, &builders).await;
    who.post(&format!("/desk/duties/{}/answer", later.id), &press("k", "0", "Đã phát động")).await.expect(303);
});

story!(an_excuse_that_was_taken_back_excuses_nothing, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    at(&house, "2026-06-24T09:00:00");
    let send = format!("/desk/duties/{}/answer", slot.id);
    for (key, seen, excusable, excused) in [("k1", "0", "yes", 1), ("k2", "1", "no", 0)] {
        let who = officer(&house, &builders).await;
        let mut late = press(key, seen, "Đã thay 3 km ống");
        late.extend([("late_reason", "Chờ số liệu"), ("excusable", excusable)]);
        who.post(&send, &late).await.expect(303);
        let counts = tally(&house, plan.id, "2026-06-24").await;
        assert_eq!((counts.late(), counts.excused), (1, excused), "{key}");
        let looker = coordinator(&house).await;
        let answer = latest(&house, &slot).await;
        let verdict = [("answer", answer.as_str()), ("verdict", "return"), ("whole", "Chưa rõ lý do")];
        looker.post(&format!("/desk/duties/{}/review", slot.id), &verdict).await.expect(303);
    }
});

story!(what_was_sent_back_is_chased_however_long_ago_its_day_was, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k1", "0", "Xong")).await.expect(303);
    at(&house, "2026-09-07T09:00:00");
    let looker = coordinator(&house).await;
    let answer = latest(&house, &slot).await;
    let verdict = [("answer", answer.as_str()), ("verdict", "return"), ("whole", "Thiếu minh chứng")];
    looker.post(&format!("/desk/duties/{}/review", slot.id), &verdict).await.expect(303);
    let points = || async {
        let of_slot = reminder::Entity::find().filter(reminder::Column::Slot.eq(slot.id));
        of_slot.count(&house.app.db).await.expect("a count")
    };
    for moment in ["2026-09-07T10:00:00", "2026-09-07T11:00:00"] {
        at(&house, moment);
        remind(&house.app).await.expect("reminding");
    }
    assert_eq!(points().await, 1, "seven days are left: once");
    at(&house, "2026-09-15T10:00:00");
    remind(&house.app).await.expect("reminding");
    assert_eq!(points().await, 2, "a week later it is overdue again");
});

story!(whoever_took_over_answers_for_what_has_ended, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let heir = agency(&house, "so-tai-chinh").await;
    let other = agency(&house, "so-y-te").await;
    let successions = vec![succession::Model::new(builders.id, heir.id, day("2026-07-01"), true)];
    succession::Model::add(&house.app.db, successions).await.expect("a succession");
    Agency::close(&house.app, builders.id, Closing { last_day: day("2026-06-30") }, builders.version, &By::system())
        .await
        .expect("closing");
    let path = format!("/desk/duties/{}", slot.id);
    officer(&house, &heir).await.get(&path).await.expect(404);
    at(&house, "2026-07-02T09:00:00");
    let who = officer(&house, &heir).await;
    who.get("/desk/duties").await.expect(200).says("Thay cho Sở Xây dựng đã chấm dứt hoạt động");
    who.get(&path).await.expect(200).says("Nộp kết quả");
    let mut late = press("k", "0", "Làm thay");
    late.extend([("late_reason", "Bàn giao cơ quan"), ("excusable", "yes")]);
    let old = officer(&house, &builders).await;
    old.get(&path).await.expect(200).says_not("name=\"outcome\"");
    old.post(&format!("/desk/duties/{}/answer", slot.id), &late).await.expect(404);
    officer(&house, &other).await.post(&format!("/desk/duties/{}/answer", slot.id), &late).await.expect(404);
    who.post(&format!("/desk/duties/{}/answer", slot.id), &late).await.expect(303);
    let answer = crate::duties::answer::Entity::find().one(&house.app.db).await.expect("rows").expect("an answer");
    assert_eq!(answer.agency, heir.id, "who answered is kept");
    // Nobody of either body accepts it.
    for own in [&heir, &builders] {
        let own = house.someone(Role::Coordinator, Some(own)).await;
        let verdict = [("answer", answer.id.to_string()), ("verdict", "accept".into())];
        let verdict = verdict.each_ref().map(|(name, value)| (*name, value.as_str()));
        own.post(&format!("/desk/duties/{}/review", slot.id), &verdict).await.expect(403);
    }
});

story!(a_number_with_two_readings_is_read_back_and_taken_when_meant, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let send = format!("/desk/duties/{}/answer", slot.id);
    let figure = [("figure_name", "Diện tích"), ("figure_value", "1,234"), ("figure_unit", "ha")];
    let fields = [press("k", "0", "Đã đo").as_slice(), &figure].concat();
    let page = who.post(&send, &fields).await.expect(422).says("có hai cách đọc").says("Nếu là 1.234, hãy viết 1.234");
    page.says("name=\"sure\" value=\"1,234\"").says("href=\"#figures\"");
    let meant = [fields.as_slice(), &[("sure", "1,234")]].concat();
    who.post(&send, &meant).await.expect(303);
    who.get(&format!("/desk/duties/{}", slot.id)).await.expect(200).says("<td class=\"number\">1,234</td>");
});

story!(nothing_marked_secret_is_taken_as_an_answer, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    let text = "TỐI MẬT\nSố liệu về công trình";
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", text)).await.expect(422).says("độ mật “TỐI MẬT”");
    let paper = PLAN.replace("KẾ HOẠCH\n", "MẬT\n\nKẾ HOẠCH\n");
    let files = format!("/desk/duties/{}/files", slot.id);
    who.upload(&files, ("file", "cong-van.txt", paper.as_bytes()), &[]).await.expect(422).says("dấu độ mật “MẬT”");
    let kept = crate::duties::proof::Entity::find().count(&house.app.db).await.expect("a count");
    assert_eq!(kept, 0, "no trace of it is kept");
    who.upload(&files, ("file", "cong-van.txt", PLAN.as_bytes()), &[]).await.expect(303);
});

story!(
    /// Scenario R8: what two agencies claim counts once for the province and once for each of them.
    r8_what_two_agencies_hand_in_alike_counts_once_for_the_province, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let money = agency(&house, "so-tai-chinh").await;
    let other = slots(&house, &money).await.into_iter().next().expect("a slot");
    for (body, slot) in [(&builders, &slot), (&money, &other)] {
        let who = officer(&house, body).await;
        let path = format!("/desk/duties/{}", slot.id);
        // The same event, written with capitals in the host by one of them.
        let address = if body.id == money.id { "https://EXAMPLE.vn/ngay-hoi" } else { "https://example.vn/ngay-hoi" };
        who.post(&format!("{path}/links"), &[("address", address)]).await.expect(303);
        who.upload(&format!("{path}/files"), ("file", "anh.txt", body.code.as_bytes()), &[]).await.expect(303);
        who.post(&format!("{path}/answer"), &press(&body.code, "0", "Đã tổ chức ngày hội")).await.expect(303);
    }
    let looker = coordinator(&house).await;
    let before = house.statements();
    let page = looker.get("/desk/progress/proofs?year=2026").await.expect(200).says("3 minh chứng, 1 dùng chung");
    assert!(house.statements() - before <= 7, "{} statements", house.statements() - before);
    page.says("Dùng chung, 2 cơ quan").says("https://example.vn/ngay-hoi");
    looker.get("/desk/progress/proofs?year=2026&agency=so-xay-dung").await.expect(200).says("2 minh chứng, 0 dùng chung");
    looker.get("/desk/progress/proofs?agency=khong-co").await.expect(404);
    looker.get("/desk/progress/proofs?year=2020").await.expect(200).says("Chưa có minh chứng nào");
    officer(&house, &builders).await.get("/desk/progress/proofs").await.expect(403);
});

story!(a_locked_agency_asks_for_an_unlock_and_the_coordinator_is_told, |house| {
    at(&house, "2026-06-10T09:00:00");
    adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let path = format!("/desk/duties/{}", slot.id);
    let ask = format!("{path}/unlock-request");
    let who = officer(&house, &builders).await;
    who.post(&ask, &[("why", "Chờ số liệu")]).await.expect(422);
    at(&house, "2026-08-20T09:00:00");
    let who = officer(&house, &builders).await;
    who.get(&path).await.expect(200).says("Đề nghị mở khóa");
    who.post(&ask, &[("why", " ")]).await.expect(422).says("Hãy nêu lý do mở khóa");
    who.post(&ask, &[("why", "Nhà thầu gửi số liệu muộn")]).await.expect(303);
    who.post(&ask, &[("why", "Nhà thầu gửi số liệu muộn")]).await.expect(303);
    who.get(&path).await.expect(200).says("Đã đề nghị mở khóa lúc");
    house.react().await;
    let keeper = coordinator(&house).await;
    house.react().await;
    let told = fact::Model::history(&house.app.db, slot.id, 20).await.expect("facts");
    assert_eq!(told.iter().filter(|fact| fact.kind == "UnlockRequested").count(), 1, "twice in an hour is one");
    keeper.get(&path).await.expect(200).says("Mở khóa dưới đây").says("Nhà thầu gửi số liệu muộn");
    let other = agency(&house, "so-tai-chinh").await;
    officer(&house, &other).await.post(&ask, &[("why", "x")]).await.expect(404);
});
