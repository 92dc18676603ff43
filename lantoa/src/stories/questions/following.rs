//! Whoever has the code: supplies what is asked for, says that it is not solved, marks, takes it back.

use super::*;
use crate::questions::searched;
use crate::story;

async fn wish(who: &Visitor<'_>, code: &str, word: &str, text: &str) -> Answer {
    who.post(&format!("/hoi-dap/theo-doi/{code}/{word}"), &[(word, text)]).await
}

story!(a_code_opens_its_question_and_nothing_else, |house| {
    let cast = Cast::of(&house).await;
    let code = asked(&house, &cast.citizen, TEXT).await;
    let visitor = house.visitor();
    visitor.get("/hoi-dap/theo-doi").await.expect(200).says("Mã theo dõi");
    let typed = code.to_uppercase().replace('-', "%20");
    let led = visitor.get(&format!("/hoi-dap/theo-doi?ma={typed}")).await.expect(303).location().to_owned();
    visitor.get(&led).await.expect(200).says("Chờ phân công").says("kỹ năng số");
    visitor.get("/hoi-dap/theo-doi/aaaa-aaaa-aaaa").await.expect(404).says("Không có câu hỏi nào mang mã này");
    let mut tried = 0;
    for n in 0..60 {
        tried += u32::from(visitor.get(&format!("/hoi-dap/theo-doi/zzzz-zzzz-{n:04}")).await.status.as_u16() == 429);
    }
    assert!(tried > 20, "nobody finds a code by trying: {tried}");
});

story!(what_is_asked_for_stops_the_clock_until_it_is_supplied, |house| {
    let cast = Cast::of(&house).await;
    let code = asked(&house, &cast.citizen, TEXT).await;
    routed(&house, &cast, &code, &cast.builders).await;
    let left = of_code(&house, &code).await.due_at.expect("a clock");
    press(&house, &cast.builder, &code, "more", &[("more", ".")]).await.expect(422).says("Hãy viết rõ cần bổ sung");
    press(&house, &cast.builder, &code, "more", &[("more", "Xã nào?")]).await.expect(303);
    assert_eq!(of_code(&house, &code).await.due_at, None);
    let visitor = house.visitor();
    let follow = format!("/hoi-dap/theo-doi/{code}");
    visitor.get(&follow).await.expect(200).says("Xã nào?").says("Bổ sung thông tin");
    wish(&visitor, &code, "bo-sung", " . ").await.expect(422).says("Hãy viết nội dung");
    wish(&visitor, &code, "bo-sung", "Xã Tân Phú, gọi tôi 0901234567").await.expect(303);
    visitor.get(&follow).await.expect(200).says("Đã gửi bổ sung").says("[đã ẩn số điện thoại]").says_not("0901234567");
    let row = of_code(&house, &code).await;
    assert!(
        row.state == question::State::Open && row.due_at.is_some_and(|due| due >= left - TimeDelta::minutes(2)),
        "what was left is left"
    );
    assert_eq!(heard(&house, &cast.builders, "notice-question-replied").await, 1);
    cast.builder.get(&format!("/desk/questions/{}/original", row.id)).await.expect(200).says("0901234567");
    wish(&visitor, &code, "bo-sung", "Thêm nữa").await.expect(409);
    press(&house, &cast.builder, &code, "lapse", &[("lapse", "x")]).await.expect(409);
});

story!(not_solved_goes_back_to_the_body_and_at_last_to_the_coordinating_one, |house| {
    let cast = Cast::of(&house).await;
    let code = answered(&house, &cast, TEXT).await;
    let visitor = house.visitor();
    wish(&visitor, &code, "chua-giai-quyet", "").await.expect(422).says("Hãy viết nội dung");
    wish(&visitor, &code, "chua-giai-quyet", "Tôi đến mà không có lớp").await.expect(303);
    let row = of_code(&house, &code).await;
    assert_eq!((row.state, row.holder, row.reopened), (question::State::Open, cast.builders.id, 1));
    assert_eq!(heard(&house, &cast.builders, "notice-question-reopened").await, 1);
    visitor.get(&row.public_path()).await.expect(200).says("cơ quan đang xem lại");
    cast.builder.get("/desk/questions").await.expect(200).says("Chưa được giải quyết");
    for n in 2..=4 {
        press(&house, &cast.builder, &code, "answer", &[("answer", "Đã mở lại lớp"), ("shows", "on")]).await.expect(303);
        wish(&visitor, &code, "chua-giai-quyet", "Vẫn không có lớp").await.expect(303);
        assert_eq!(of_code(&house, &code).await.reopened, n);
    }
    assert_eq!(of_code(&house, &code).await.holder, cast.standing.id, "three times did not help");
});

story!(a_low_mark_is_work_and_a_high_one_is_counted, |house| {
    let cast = Cast::of(&house).await;
    let (low, high) = (answered(&house, &cast, TEXT).await, answered(&house, &cast, "Loa của ấp bao giờ được sửa vậy?").await);
    let visitor = house.visitor();
    wish(&visitor, &high, "danh-gia", "9").await.expect(422).says("từ 1 đến 5");
    wish(&visitor, &high, "danh-gia", "5").await.expect(303);
    wish(&visitor, &high, "danh-gia", "1").await.expect(409);
    wish(&visitor, &low, "danh-gia", "1").await.expect(303);
    assert_eq!(of_code(&house, &high).await.state, question::State::Answered);
    let row = of_code(&house, &low).await;
    assert_eq!((row.state, row.mark, row.reopened), (question::State::Open, Some(1), 1));
    cast.builder.get("/desk").await.expect(200).says("1 câu hỏi chờ cơ quan bạn trả lời");
    visitor.get("/hoi-dap/cau-hoi").await.expect(200).says("3,0");
});

story!(a_follower_of_a_joined_question_reopens_it_for_all, |house| {
    let cast = Cast::of(&house).await;
    let main = answered(&house, &cast, TEXT).await;
    let slug = of_code(&house, &main).await.slug.expect("a slug");
    let other = code_on(
        &send(&house, &cast.citizen, &[("question", "Lớp cho người lớn tuổi mở khi nào?"), ("same", &slug)]).await.expect(200),
    );
    wish(&house.visitor(), &other, "chua-giai-quyet", "Nhà văn hóa đóng cửa").await.expect(303);
    assert_eq!(of_code(&house, &main).await.state, question::State::Open);
    // Their words are theirs and the bodies': not those of who asked first, who reads that it is looked at again.
    let follow = async |code: &str| house.visitor().get(&format!("/hoi-dap/theo-doi/{code}")).await.expect(200);
    follow(&other).await.says("Nhà văn hóa đóng cửa");
    follow(&main).await.says_not("Nhà văn hóa đóng cửa").says("cơ quan đang xem lại");
    cast.builder.get(&Question::desk_path(of_code(&house, &main).await.id)).await.expect(200).says("Nhà văn hóa đóng cửa");
    let mine = asked(&house, &cast.citizen, "Một câu hỏi khác hẳn của tôi thôi?").await;
    wish(&house.visitor(), &mine, "rut", "").await.expect(303);
    assert_eq!(of_code(&house, &mine).await.state, question::State::Withdrawn);
    wish(&house.visitor(), &mine, "khong-co", "").await.expect(404);
});

story!(who_asked_the_same_still_waits_when_the_first_one_takes_theirs_back, |house| {
    let cast = Cast::of(&house).await;
    let main = asked(&house, &cast.citizen, TEXT).await;
    let other = asked(&house, &cast.citizen, "Lớp cho người lớn tuổi mở khi nào?").await;
    let to = of_code(&house, &main).await.id.to_string();
    press(&house, &cast.coordinator, &other, "joining", &[("to", &to)]).await.expect(303);
    wish(&house.visitor(), &main, "rut", "").await.expect(303);
    let row = of_code(&house, &other).await;
    assert!(row.state == question::State::New && row.joined_to.is_none() && row.due_at.is_some(), "{row:?}");
    assert_eq!(heard(&house, &cast.standing, "notice-question-back").await, 1);
    house.visitor().get(&format!("/hoi-dap/theo-doi/{other}")).await.expect(200).says("Chờ phân công").says_not("đã rút");
    cast.coordinator.get(&Question::desk_path(row.id)).await.expect(200).says("Tách ra</strong><div class=\"meta\">Hệ thống");
    let withdrawn = of_code(&house, &main).await.id.to_string();
    press(&house, &cast.coordinator, &other, "joining", &[("to", &withdrawn)]).await.expect(422);
});

story!(an_answer_that_is_looked_at_again_answers_nobody, |house| {
    let cast = Cast::of(&house).await;
    let code = answered(&house, &cast, TEXT).await;
    let row = of_code(&house, &code).await;
    let (visitor, public) = (house.visitor(), row.public_path());
    let slug = row.slug.clone().expect("a slug");
    wish(&visitor, &code, "danh-gia", "1").await.expect(303);
    visitor.get(&public).await.expect(200).says("cơ quan đang xem lại").says_not("Lớp mở sáng thứ Bảy");
    visitor.get("/hoi-dap/cau-hoi").await.expect(200).says(&public).says("cơ quan đang xem lại").says_not("Lớp mở sáng thứ Bảy");
    visitor.get(&format!("/hoi-dap/theo-doi/{code}")).await.expect(200).says("cơ quan đang xem lại");
    visitor.get(&format!("/api/v1/questions/{slug}")).await.expect(200).says("\"answer\":\"\"");
    assert!((searched::FEED.public)(&house.app, vec![row.id]).await.expect("documents").is_empty());
    let like = "Xã mở lớp kỹ năng số cho người lớn tuổi khi nào ạ?";
    let near = crate::questions::alike::published(&house.app, like).await.expect("near ones");
    assert!(near.is_empty(), "nobody is sent to it");
    wish(&visitor, &code, "rut", "").await.expect(409);
    press(&house, &cast.builder, &code, "answer", &[("answer", "Lớp mở Chủ nhật"), ("shows", "on")]).await.expect(303);
    visitor.get(&public).await.expect(200).says("Lớp mở Chủ nhật").says_not("đang xem lại");
    assert_eq!((searched::FEED.public)(&house.app, vec![row.id]).await.expect("documents").len(), 1);
});

story!(the_page_of_a_code_says_whose_turn_it_is_and_promises_nothing_that_is_not_there, |house| {
    let cast = Cast::of(&house).await;
    let approver = house.someone(Role::Approver, Some(&cast.builders)).await;
    let code = asked(&house, &cast.citizen, TEXT).await;
    let second = asked(&house, &cast.citizen, "Lớp cho người lớn tuổi mở khi nào?").await;
    let desk = Question::desk_path(of_code(&house, &code).await.id);
    let follow = async |code: &str| house.visitor().get(&format!("/hoi-dap/theo-doi/{code}")).await.expect(200);
    follow(&code).await.says("Hạn phân công").says("Cơ quan điều phối").says_not("Hạn trả lời").says_not("Cơ quan trả lời");
    cast.coordinator.get(&desk).await.expect(200).says("Hạn phân công").says_not("Hạn trả lời");
    let to = of_code(&house, &code).await.id.to_string();
    press(&house, &cast.coordinator, &second, "joining", &[("to", &to)]).await.expect(303);
    follow(&second).await.says("khi có câu trả lời").says_not("câu trả lời dưới đây");
    routed(&house, &cast, &code, &cast.builders).await;
    follow(&code).await.says("Hạn trả lời").says("Cơ quan trả lời").says("Sở Xây dựng");
    press(&house, &cast.builder, &code, "answer", &[("answer", "Thứ Bảy"), ("shows", "on")]).await.expect(303);
    follow(&code).await.says("Chờ duyệt câu trả lời");
    cast.builder.get(&desk).await.expect(200).says("Chờ duyệt câu trả lời");
    cast.builder.get("/desk/questions?view=with").await.expect(200).says("Chờ duyệt câu trả lời");
    press(&house, &approver, &code, "approval", &[]).await.expect(303);
    follow(&second).await.says("câu trả lời dưới đây").says_not("Chờ duyệt");
});
