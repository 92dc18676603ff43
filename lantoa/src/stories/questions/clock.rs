//! The clock: in working time, with Vietnamese days off, reminding in office hours alone; it stops with the answer.

use super::*;
use crate::base::sources::{self, Asked, Month, Stretch};
use crate::base::{Grant, Who, new_id};
use crate::questions::reminder::remind;
use crate::story;
use crate::web::{Lang, Locale};

story!(reminders_come_once_in_office_hours_and_stop_with_the_answer, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let code = asked(&house, &cast.citizen, TEXT).await;
    routed(&house, &cast, &code, &cast.builders).await;
    for quiet in ["2026-03-03T09:00:00", "2026-03-04T12:30:00", "2026-03-04T22:00:00"] {
        at(&house, quiet);
        remind(&house.app).await.expect("reminding");
        assert_eq!(heard(&house, &cast.builders, "notice-question-overdue").await, 0, "{quiet}");
    }
    house.on("2026-03-05T14:00:00").await;
    for _ in 0..3 {
        remind(&house.app).await.expect("reminding");
    }
    assert_eq!(heard(&house, &cast.builders, "notice-question-overdue").await, 1, "three working days are over");
    assert_eq!(heard(&house, &cast.standing, "notice-question-overdue").await, 1, "who coordinates is told too");
    cast.builder.get("/desk/questions?view=with&state=overdue").await.expect(200).says("1 câu hỏi quá hạn").says("quá hạn");
    press(&house, &cast.builder, &code, "answer", &[("answer", "Thứ Bảy")]).await.expect(303);
    assert_eq!(of_code(&house, &code).await.in_time, Some(false));
    house.on("2026-03-09T10:00:00").await;
    remind(&house.app).await.expect("reminding");
    assert_eq!(heard(&house, &cast.builders, "notice-question-overdue").await, 1);
});

story!(a_holiday_is_not_worked, |house| {
    at(&house, "2026-04-29T15:00:00");
    let cast = Cast::of(&house).await;
    crate::duties::day_off::settle(&house.app).await.expect("the days off");
    let code = asked(&house, &cast.citizen, TEXT).await;
    routed(&house, &cast, &code, &cast.builders).await;
    let due = of_code(&house, &code).await.due_at.expect("a clock").with_timezone(&crate::base::time::VIETNAM).to_rfc3339();
    assert!(due.as_str() > "2026-05-06", "30/4 and 1/5 are not worked: {due}");
});

story!(what_is_never_supplied_lets_the_body_close_the_question, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let code = asked(&house, &cast.citizen, TEXT).await;
    routed(&house, &cast, &code, &cast.builders).await;
    press(&house, &cast.builder, &code, "more", &[("more", "Xã nào?")]).await.expect(303);
    press(&house, &cast.builder, &code, "lapse", &[("lapse", "Không trả lời")]).await.expect(403);
    house.on("2026-03-17T09:30:00").await;
    press(&house, &cast.builder, &code, "lapse", &[("lapse", "Không trả lời")]).await.expect(303);
    assert_eq!(of_code(&house, &code).await.state, question::State::Lapsed);
    house.visitor().get(&format!("/hoi-dap/theo-doi/{code}")).await.expect(200).says("Không trả lời");
});

story!(a_question_is_counted_as_answered_in_the_month_of_its_first_answer, |house| {
    at(&house, "2026-03-10T09:00:00");
    let cast = Cast::of(&house).await;
    let code = answered(&house, &cast, TEXT).await;
    at(&house, "2026-05-12T09:00:00");
    let builder = house.someone(Role::Officer, Some(&cast.builders)).await;
    house.visitor().post(&format!("/hoi-dap/theo-doi/{code}/danh-gia"), &[("danh-gia", "1")]).await.expect(303);
    press(&house, &builder, &code, "answer", &[("answer", "Lớp mở Chủ nhật"), ("shows", "on")]).await.expect(303);
    let month = |month| Month { year: 2026, month };
    let all = Stretch { first: month(1), last: month(12) };
    let who = Who {
        person: new_id(),
        session: new_id(),
        name: String::new(),
        agency: Some(cast.builders.id),
        agency_name: cast.builders.name.clone(),
        grants: vec![Grant { role: Role::Officer, agency: Some(cast.builders.id) }],
    };
    for source in ["questions-answered", "questions-in-time"] {
        let source = sources::of_code(&house.app, source).expect("a source");
        let tallied = (source.tallies)(&house.app, all).await.expect("tallies");
        let found: Vec<_> = tallied.iter().map(|one| (one.agency, one.month, one.count)).collect();
        assert_eq!(found, [(Some(cast.builders.id), month(3), 1)], "{}", source.code);
        for (of, count) in [(3, 1), (5, 0)] {
            let stretch = Stretch { first: month(of), last: month(of) };
            let asked = Asked { agency: Some(cast.builders.id), stretch };
            let records = (source.records)(&house.app, &who, Locale(Lang::Vi), asked).await.expect("records");
            assert_eq!(records.len(), count, "{}: {of}", source.code);
        }
    }
});
