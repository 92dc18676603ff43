//! What is done with a case: answered, asked back, passed up and on, solved, raised again, withdrawn; by whose turn it is.

use super::*;
use crate::cases::entry;
use crate::people::agency;
use crate::story;

async fn close(house: &House, of: &Agency, last: &str) {
    let day: chrono::NaiveDate = last.parse().expect("a day");
    let closed = agency::ActiveModel {
        closed_on: sea_orm::ActiveValue::Set(Some(day)),
        version: sea_orm::ActiveValue::Set(of.version + 1),
        ..of.clone().into()
    };
    agency::Entity::update(closed).exec(&house.app.db).await.expect("a closing");
}

story!(r11_a_difficulty_goes_up_the_ladder_and_an_answer_stops_the_clock, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let path = cast.raised("k1").await;
    press(&house, &cast.first, &path, "taking", "").await.expect(303);
    cast.raiser.get(&path).await.expect(200).says("Tiếp nhận");
    press(&house, &cast.first, &path, "escalation", "  ")
        .await
        .expect(422)
        .says("phải kèm ý kiến")
        .says("<details class=\"disclosure\" open");
    press(&house, &cast.first, &path, "escalation", "Sở đề nghị UBND cho khảo sát").await.expect(303);
    let case = at_path(&house, &path).await;
    assert_eq!(case.holder, cast.committee.id);
    assert_eq!(heard(&house, &cast.committee, "notice-case-passed-up").await, 1);
    assert_eq!(heard(&house, &cast.standing, "notice-case-passed-up").await, 1);
    assert_eq!(heard(&house, &cast.builders, "notice-case-passed-up").await, 1);
    cast.second.get(&path).await.expect(200).says("Sở đề nghị UBND cho khảo sát").says_not("Chuyển lên</");
    press(&house, &cast.second, &path, "escalation", "Lên nữa").await.expect(409);
    cast.first.get(&path).await.expect(200).says_not("Gửi trả lời");
    press(&house, &cast.first, &path, "answer", "Chen vào").await.expect(403);
    press(&house, &cast.second, &path, "answer", "Đồng ý khảo sát trong quý II").await.expect(303);
    let answered = at_path(&house, &path).await;
    assert!(answered.due_at.is_none(), "an answer stops the clock");
    cast.raiser.get(&path).await.expect(200).says("Đồng ý khảo sát trong quý II").says("Đã giải quyết");
    press(&house, &cast.second, &path, "answer", "Trả lời lần nữa").await.expect(409).says("Trả lời lần nữa");
    press(&house, &cast.second, &path, "solution", "").await.expect(403);
    press(&house, &cast.raiser, &path, "solution", "").await.expect(303);
    cast.raiser.get(&path).await.expect(200).says("đã được giải quyết").says_not("Rút vướng mắc</button>");
    press(&house, &cast.raiser, &path, "withdrawal", "Thôi").await.expect(409);
    assert_eq!(heard(&house, &cast.committee, "notice-case-solved").await, 1);
    let lines = entry::Model::of(&house.app.db, answered.id).await.expect("the story");
    let kinds: Vec<entry::Kind> = lines.iter().map(|line| line.kind).collect();
    let expected = [entry::Kind::Raised, entry::Kind::Taken, entry::Kind::PassedUp, entry::Kind::Answer, entry::Kind::Solved];
    assert_eq!(kinds, expected);
});

story!(asking_back_stops_the_clock_until_the_reply, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let path = cast.raised("k1").await;
    at(&house, "2026-03-02T11:00:00");
    let cast = Cast::of(&house).await;
    press(&house, &cast.first, &path, "question", "Ống dài bao nhiêu?").await.expect(303);
    press(&house, &cast.raiser, &path, "solution", "").await.expect(409);
    at(&house, "2026-03-20T11:00:00");
    let cast = Cast::of(&house).await;
    cast.first.get(&path).await.expect(200).says("Tạm dừng tính thời hạn");
    press(&house, &cast.first, &path, "question", "Hỏi thêm").await.expect(409);
    press(&house, &cast.first, &path, "reply", "Tự trả lời").await.expect(403);
    press(&house, &cast.raiser, &path, "reply", "").await.expect(422).says("Hãy viết nội dung bổ sung");
    press(&house, &cast.raiser, &path, "reply", "12 km").await.expect(303);
    cast.first.get(&path).await.expect(200).says("còn 22 giờ làm việc").says("12 km");
    assert_eq!(heard(&house, &cast.standing, "notice-case-replied").await, 1);
    press(&house, &cast.first, &path, "question", "Loại ống nào?").await.expect(303);
    press(&house, &cast.first, &path, "answer", "Đã tìm được bản vẽ").await.expect(303);
    assert_eq!(at_path(&house, &path).await.state, case::State::Answered, "an answer needs no reply to come first");
});

story!(raised_again_it_goes_back_with_a_new_clock, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let path = cast.raised("k1").await;
    press(&house, &cast.first, &path, "answer", "Tự khảo sát").await.expect(303);
    press(&house, &cast.raiser, &path, "reopening", "").await.expect(422).says("Hãy viết lý do");
    at(&house, "2026-03-05T07:00:00");
    let cast = Cast::of(&house).await;
    press(&house, &cast.raiser, &path, "reopening", "Không có kinh phí").await.expect(303);
    cast.first.get(&path).await.expect(200).says("còn 24 giờ làm việc").says("Không có kinh phí");
    press(&house, &cast.raiser, &path, "withdrawal", " ").await.expect(422);
    press(&house, &cast.raiser, &path, "withdrawal", "Đã có bản vẽ").await.expect(303);
    press(&house, &cast.first, &path, "answer", "Muộn rồi").await.expect(409).says("Muộn rồi");
    cast.raiser.get("/desk/cases?view=raised&state=withdrawn").await.expect(200).says("Đường ống cũ");
});

story!(the_third_time_sideways_comes_back_to_the_coordinating_body, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.raised("k1").await;
    pass(&house, &cast.first, &path, &cast.standing).await.expect(422).says("đang ở chính cơ quan này").says("Thuộc lĩnh vực");
    pass(&house, &cast.first, &path, &cast.builders).await.expect(422).says("Không chuyển về cơ quan đã nêu");
    press(&house, &cast.first, &path, "transfer", "Không nói cho ai").await.expect(422).says("Hãy chọn cơ quan nhận");
    pass(&house, &cast.first, &path, &cast.money).await.expect(303);
    cast.other.get(&path).await.expect(200).says("Gửi trả lời");
    let health = agency(&house, "so-y-te").await;
    pass(&house, &cast.other, &path, &health).await.expect(303);
    cast.other.get(&path).await.expect(200).says_not("Gửi trả lời");
    let doctors = house.someone(Role::Officer, Some(&health)).await;
    doctors.get(&path).await.expect(200).says("đã được chuyển ngang hai lần");
    pass(&house, &doctors, &path, &cast.money).await.expect(303);
    let case = at_path(&house, &path).await;
    assert_eq!((case.holder, case.bounces), (cast.standing.id, 3), "not where the third one sent it");
    pass(&house, &cast.first, &path, &cast.money).await.expect(303);
    assert_eq!(at_path(&house, &path).await.holder, cast.money.id, "the coordinating body settles who is competent");
    pass(&house, &cast.other, &path, &health).await.expect(303);
    assert_eq!(at_path(&house, &path).await.holder, cast.standing.id);
});

story!(nothing_goes_to_a_closed_body_and_the_coordinator_stands_in_for_one, |house| {
    at(&house, "2026-03-02T09:00:00");
    let cast = Cast::of(&house).await;
    let path = cast.raised("k1").await;
    let health = agency(&house, "so-y-te").await;
    close(&house, &health, "2026-03-01").await;
    pass(&house, &cast.first, &path, &health).await.expect(422).says("đã chấm dứt hoạt động");
    pass(&house, &cast.first, &path, &cast.money).await.expect(303);
    close(&house, &cast.money, "2026-03-01").await;
    press(&house, &cast.other, &path, "answer", "Chúng tôi không còn").await.expect(403);
    cast.first.get(&path).await.expect(200).says("cơ quan điều phối làm thay").says("Gửi trả lời");
    press(&house, &cast.first, &path, "answer", "Làm thay").await.expect(303);
    close(&house, &cast.builders, "2026-03-01").await;
    press(&house, &cast.raiser, &path, "solution", "").await.expect(403);
    cast.raiser.post("/desk/cases", &form("k2")).await.expect(422).says("đã chấm dứt hoạt động");
    press(&house, &cast.first, &path, "reopening", "Bên nêu không còn, việc vẫn vướng").await.expect(303);
    let case = at_path(&house, &path).await;
    assert_ne!(case.holder, cast.money.id, "a closed body gets nothing back");
});

story!(of_two_at_one_step_one_wins_and_the_other_loses_no_word, |house| {
    let cast = Cast::of(&house).await;
    let path = cast.raised("k1").await;
    let version = at_path(&house, &path).await.version.to_string();
    let colleague = house.someone(Role::Officer, Some(&cast.standing)).await;
    let (answer, up) = (format!("{path}/answer"), format!("{path}/escalation"));
    let one = [("version", version.as_str()), ("answer", "Lời của người thứ nhất")];
    let two = [("version", version.as_str()), ("escalation", "Lời của người thứ hai")];
    let (one, two) = tokio::join!(cast.first.post(&answer, &one), colleague.post(&up, &two));
    let mut both = [one.status.as_u16(), two.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 409]);
    let (loser, words) = if one.status.as_u16() == 409 { (one, "thứ nhất") } else { (two, "thứ hai") };
    loser.says("vừa thay đổi").says(words);
    let long = "dài ".repeat(25_000);
    press(&house, &cast.raiser, &path, "withdrawal", &long).await;
    cast.first.post(&answer, &[("version", "x"), ("answer", "?")]).await.expect(400);
    let second = cast.raised("k2").await;
    press(&house, &cast.first, &second, "answer", &long).await.expect(422).says("Dài quá 10000 ký tự");
});
