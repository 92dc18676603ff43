//! The clock: in working time, with a word when little is left and one when none is; never at night or on a day off.

use super::*;
use crate::cases::reminder::remind;
use crate::story;

story!(r11_reminders_come_once_in_working_time_and_stop_with_the_answer, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let path = cast.raised("k1").await; // due on Thursday at 9:00
    let answered = cast.raised("k2").await;
    press(&house, &cast.first, &answered, "answer", "Xong").await.expect(303);
    for quiet in ["2026-03-02T16:00:00", "2026-03-04T11:00:00", "2026-03-04T12:30:00", "2026-03-04T22:00:00"] {
        at(&house, quiet);
        remind(&house.app).await.expect("reminding");
        assert_eq!(heard(&house, &cast.standing, "notice-case-soon").await, 0, "{quiet}");
    }
    at(&house, "2026-03-04T15:30:00");
    let cast = Cast::of(&house).await;
    for _ in 0..3 {
        remind(&house.app).await.expect("reminding");
    }
    assert_eq!(heard(&house, &cast.standing, "notice-case-soon").await, 1, "four working hours before, once");
    cast.first.get(&path).await.expect(200).says("còn 3 giờ làm việc");
    at(&house, "2026-03-05T09:30:00");
    let cast = Cast::of(&house).await;
    for _ in 0..3 {
        remind(&house.app).await.expect("reminding");
    }
    assert_eq!(heard(&house, &cast.standing, "notice-case-overdue").await, 1);
    assert_eq!(heard(&house, &cast.committee, "notice-case-overdue").await, 1, "the next above is told");
    assert_eq!(heard(&house, &cast.builders, "notice-case-overdue").await, 0, "who waits is not reminded");
    cast.first.get(&path).await.expect(200).says("quá hạn 30 phút làm việc");
    cast.first.get("/desk/cases?view=all&state=overdue").await.expect(200).says("1 vướng mắc quá hạn").says("Đường ống cũ");
});

story!(r11_a_clock_that_runs_out_over_a_holiday_waits_for_the_first_working_hour, |house| {
    at(&house, "2026-04-24T09:00:00");
    let cast = Cast::of(&house).await;
    let path = cast.raised("k1").await;
    let due = at_path(&house, &path).await.due_at.expect("a clock").with_timezone(&crate::base::time::VIETNAM).to_rfc3339();
    let calendar = crate::duties::day_off::calendar(&house.app.db).await.expect("a calendar");
    assert!(calendar.is_worked("2026-04-24".parse().expect("a day")));
    assert_eq!(due, "2026-04-29T09:00:00+07:00", "three working days, a week-end among them");
    crate::duties::day_off::settle(&house.app).await.expect("the days off");
    cast.raised("k2").await;
    at(&house, "2026-04-29T16:00:00");
    let cast = Cast::of(&house).await;
    let third = cast.raised("k3").await;
    let due = |case: case::Model| case.due_at.expect("a clock").with_timezone(&crate::base::time::VIETNAM).to_rfc3339();
    let late = due(at_path(&house, &third).await);
    assert!(late.as_str() > "2026-05-05", "30/4 and 1/5 are not worked: {late}");
    for night in ["2026-04-29T19:00:00", "2026-04-30T09:00:00", "2026-05-01T09:00:00", "2026-05-02T09:00:00"] {
        at(&house, night);
        remind(&house.app).await.expect("reminding");
        assert_eq!(heard(&house, &cast.standing, "notice-case-overdue").await, 0, "{night}");
    }
    at(&house, "2026-05-04T07:00:00");
    let cast = Cast::of(&house).await;
    remind(&house.app).await.expect("reminding");
    assert_eq!(heard(&house, &cast.standing, "notice-case-overdue").await, 1, "in the first working hour");
    assert_eq!(heard(&house, &cast.standing, "notice-case-soon").await, 1, "what was raised with the holidays known");
});

story!(who_does_not_reply_is_reminded_after_two_and_five_working_days, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let path = cast.raised("k1").await;
    at(&house, "2026-03-02T10:00:00");
    press(&house, &cast.first, &path, "question", "Ống dài bao nhiêu?").await.expect(303);
    cast.first.get(&path).await.expect(200).says("Chờ bổ sung từ");
    let wanted = "notice-case-reply-wanted";
    for quiet in ["2026-03-04T09:30:00", "2026-03-04T12:00:00", "2026-03-04T19:00:00"] {
        at(&house, quiet);
        remind(&house.app).await.expect("reminding");
        assert_eq!(heard(&house, &cast.builders, wanted).await, 0, "{quiet}: too early, at noon, at night");
    }
    at(&house, "2026-03-05T07:30:00");
    for _ in 0..3 {
        remind(&house.app).await.expect("reminding");
    }
    assert_eq!(heard(&house, &cast.builders, wanted).await, 1, "after two working days, once");
    assert_eq!(heard(&house, &cast.standing, wanted).await, 0, "who waits is not reminded");
    at(&house, "2026-03-06T16:00:00");
    remind(&house.app).await.expect("reminding");
    assert_eq!(heard(&house, &cast.builders, wanted).await, 1);
    at(&house, "2026-03-09T10:30:00");
    for _ in 0..3 {
        remind(&house.app).await.expect("reminding");
    }
    assert_eq!(heard(&house, &cast.builders, wanted).await, 2, "after five, with a week-end between, once more");
    let cast = Cast::of(&house).await;
    press(&house, &cast.raiser, &path, "reply", "12 km").await.expect(303);
    cast.first.get(&path).await.expect(200).says_not("Chờ bổ sung từ");
    press(&house, &cast.first, &path, "question", "Loại ống nào?").await.expect(303);
    at(&house, "2026-03-11T11:00:00");
    remind(&house.app).await.expect("reminding");
    assert_eq!(heard(&house, &cast.builders, wanted).await, 3, "another question is called to mind anew");
});

story!(a_question_that_is_never_answered_lets_the_body_close_the_case, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let path = cast.raised("k1").await;
    press(&house, &cast.first, &path, "lapse", "Chưa hỏi gì").await.expect(409);
    at(&house, "2026-03-02T10:00:00");
    press(&house, &cast.first, &path, "question", "Ống dài bao nhiêu?").await.expect(303);
    let from = "từ 16/3/2026";
    cast.first.get(&path).await.expect(200).says(from).says_not("Kết thúc vì không bổ sung</");
    cast.raiser.get(&path).await.expect(200).says(from);
    at(&house, "2026-03-16T09:30:00");
    let cast = Cast::of(&house).await;
    let early = press(&house, &cast.first, &path, "lapse", "Đã nhắc hai lần").await.expect(422);
    early.says("Bên nêu còn thời gian bổ sung").says("16/3/2026").says("Đã nhắc hai lần");
    at(&house, "2026-03-16T10:05:00");
    let cast = Cast::of(&house).await;
    cast.first.get(&path).await.expect(200).says("Kết thúc vì không bổ sung</");
    press(&house, &cast.raiser, &path, "lapse", "Tự kết thúc").await.expect(403);
    for nothing in ["", " . "] {
        press(&house, &cast.first, &path, "lapse", nothing).await.expect(422).says("Hãy viết lý do").says("id=\"lapse-error\"");
    }
    assert_eq!(at_path(&house, &path).await.state, case::State::Asked);
    press(&house, &cast.first, &path, "lapse", "Hỏi từ 2/3, nhắc hai lần, không có hồi âm").await.expect(303);
    let closed = at_path(&house, &path).await;
    assert_eq!((closed.state, closed.closed_at.is_some()), (case::State::Lapsed, true));
    assert_eq!(heard(&house, &cast.builders, "notice-case-lapsed").await, 1, "who raised it is told");
    let page = cast.raiser.get(&path).await.expect(200).says("Không bổ sung thông tin").says("không có hồi âm");
    page.says("hãy nêu vướng mắc mới");
    press(&house, &cast.raiser, &path, "reply", "12 km").await.expect(409).says("12 km");
    cast.raiser.get("/desk/cases?view=raised&state=lapsed").await.expect(200).says("Đường ống cũ");
});
