//! Asking: without an account, once, masked (scenario Q1), and whatever else comes in by the form (scenario Q4).

use super::*;
use crate::questions::original::Model as Original;
use crate::questions::{Handover, Sender};
use crate::story;

story!(q1_telephone_and_identity_numbers_are_masked_and_the_original_is_the_handlers_alone, |house| {
    let cast = Cast::of(&house).await;
    let text = "Tôi số điện thoại 0901 234 567, CCCD 082203012345, nhà số 12 Nguyễn Huệ. Khi nào mở lớp kỹ năng số?";
    let done = send(&house, &cast.citizen, &[("question", text), ("email", "nguoi.hoi@thu.vn"), ("name", "Người hỏi")])
        .await
        .expect(200);
    done.says("Đã nhận câu hỏi").says("Thông tin cá nhân đã được che");
    let code = {
        let questions = question::Entity::find().all(&house.app.db).await.expect("rows");
        assert_eq!(questions.len(), 1);
        questions[0].code(&house.app).expect("a code")
    };
    let row = of_code(&house, &code).await;
    assert_eq!(row.hidden, "telephone,identity,address");
    for kept in [&row.title, &row.body, &row.words] {
        assert!(!kept.contains("0901") && !kept.contains("082203012345") && !kept.contains("Nguyễn Huệ"), "{kept}");
    }
    routed(&house, &cast, &code, &cast.builders).await;
    let (page, original) = (Question::desk_path(row.id), format!("/desk/questions/{}/original", row.id));
    cast.builder.get(&page).await.expect(200).says("[đã ẩn số điện thoại]").says_not("0901 234 567").says(&original);
    cast.builder.get(&original).await.expect(200).says("0901 234 567").says("082203012345").says("nguoi.hoi@thu.vn");
    cast.coordinator.get(&page).await.expect(200).says_not("0901 234 567").says("Báo trả lời").says("qua thư điện tử");
    cast.coordinator.get(&original).await.expect(403);
    cast.other.get(&original).await.expect(404);
    house.visitor().get(&original).await.expect(303);
    let read = crate::base::fact::Entity::find().filter(crate::base::fact::Column::Kind.eq("QuestionOriginalRead"));
    assert_eq!(read.all(&house.app.db).await.expect("facts").len(), 1, "that it was opened is noted");
    let answer = "Mời đến. Liên hệ lại số 0901 234 567 khi cần.";
    press(&house, &cast.builder, &code, "answer", &[("answer", answer), ("shows", "on")]).await.expect(303);
    let public = of_code(&house, &code).await.public_path();
    assert!(public.starts_with("/hoi-dap/cau-hoi/"), "{public}");
    let shown = house.visitor().get(&public).await.expect(200);
    shown.says("[đã ẩn số giấy tờ]").says("Mời đến.").says_not("0901 234 567").says_not("082203012345").says_not("nguoi.hoi");
    cast.coordinator.get("/desk/questions/csv?view=all").await.expect(200).says("[đã ẩn số điện thoại]").says_not("0901 234 567");
    let sealed = Original::contact(&house.app, &house.app.db, row.id).await.expect("opened");
    assert_eq!((sealed.text.as_str(), sealed.email.as_str()), (text, "nguoi.hoi@thu.vn"));
});

story!(what_agencies_show_themselves_stays_in_an_answer, |house| {
    let cast = Cast::of(&house).await;
    crate::people::agency::Entity::update_many()
        .col_expr(crate::people::agency::Column::Phone, Expr::value("0277 3851431"))
        .filter(crate::people::agency::Column::Id.eq(cast.builders.id))
        .exec(&house.app.db)
        .await
        .expect("a number");
    let code = asked(&house, &cast.citizen, TEXT).await;
    routed(&house, &cast, &code, &cast.builders).await;
    let page = Question::desk_path(of_code(&house, &code).await.id);
    cast.builder.get(&page).await.expect(200).says("chỉ ở trang theo dõi, bằng mã");
    let answer = "Gọi 02773.851.431, đừng gọi 0907654321.";
    press(&house, &cast.builder, &code, "answer", &[("answer", answer), ("shows", "on")]).await.expect(303);
    let public = of_code(&house, &code).await.public_path();
    house.visitor().get(&public).await.expect(200).says("02773.851.431").says_not("0907654321");
});

story!(q4_each_bad_input_is_answered_politely_and_what_was_typed_stays, |house| {
    let cast = Cast::of(&house).await;
    let say = async |text: &str, words: &str| {
        send(&house, &cast.citizen, &[("question", text)]).await.expect(422).says(words);
    };
    say("", "Hãy viết nội dung").await;
    say("\u{202e}\u{200f}", "Hãy viết nội dung").await;
    say("😀😀🎉", "Hãy viết bằng chữ").await;
    say("Alo", "Hãy viết rõ hơn").await;
    say(&"ặ ".repeat(10_000), "Dài quá 5000 ký tự").await;
    say("Đồ óc chó sao không trả lời tôi", "bằng lời lẽ khác").await;
    say("Mua http://a.vn http://b.vn http://c.vn http://d.vn ngay", "quá nhiều đường dẫn").await;
    let kept = send(&house, &cast.citizen, &[("question", TEXT), ("email", "khong-phai-thu")]).await.expect(422);
    kept.says("Địa chỉ thư điện tử chưa đúng").says(TEXT).says("id=\"email-error\"");
    let called = send(&house, &cast.citizen, &[("question", TEXT), ("phone", "abcxyz")]).await.expect(422);
    called.says("Số điện thoại chưa đúng").says(TEXT).says("id=\"phone-error\"");
    assert_eq!(question::Entity::find().count(&house.app.db).await.expect("rows"), 0, "nothing was taken");
    cast.citizen.post("/hoi-dap/gui", &[("question", &"a".repeat(5 * 1024 * 1024))]).await.expect(413);
    let code = asked(&house, &cast.citizen, "<script>alert(1)</script> Làm \u{202e}thẻ\u{202c} ở đâu vậy?").await;
    let row = of_code(&house, &code).await;
    assert_eq!(row.body, "<script>alert(1)</script> Làm thẻ ở đâu vậy?");
    cast.coordinator.get(&Question::desk_path(row.id)).await.expect(200).says_not("<script>alert");
    house.visitor().get(&format!("/hoi-dap/theo-doi/{code}")).await.expect(200).says_not("<script>alert");
    asked(&house, &cast.citizen, "Where can older people learn digital skills?").await;
});

story!(q4_a_flood_is_limited_and_told_when_to_come_again, |house| {
    let cast = Cast::of(&house).await;
    let mut refused = 0;
    for _ in 0..60 {
        let answer = cast.citizen.post("/hoi-dap/gui", &[("question", TEXT), ("stamp", "1.2.x")]).await;
        match answer.status.as_u16() {
            422 => answer.says("Hãy bấm gửi lần nữa"),
            429 => {
                refused += 1;
                assert!(answer.headers.contains_key("retry-after"));
                answer.says("quá nhiều câu hỏi gửi từ nơi này").says(TEXT)
            }
            other => panic!("{other}: {}", answer.text()),
        };
    }
    assert!(refused >= 35, "{refused} of 60 in the same second");
    assert_eq!(question::Entity::find().count(&house.app.db).await.expect("rows"), 0);
    house.app.clock.advance(TimeDelta::minutes(2));
    asked(&house, &cast.citizen, TEXT).await;
});

story!(programs_fall_into_traps_and_people_are_helped_out_of_them, |house| {
    let cast = Cast::of(&house).await;
    let page = cast.citizen.get("/hoi-dap/gui").await.expect(200).text();
    let stamp = page.split("name=\"stamp\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a stamp").to_owned();
    let fast = [("question", TEXT), ("stamp", stamp.as_str())];
    cast.citizen.post("/hoi-dap/gui", &fast).await.expect(422).says("Bạn gửi nhanh quá").says(TEXT);
    house.app.clock.advance(TimeDelta::seconds(30));
    let honey = [("question", TEXT), ("stamp", stamp.as_str()), ("website", "http://x.vn")];
    cast.citizen.post("/hoi-dap/gui", &honey).await.expect(422).says("Có một ô phải để trống").says("http://x.vn");
    let sent = cast.citizen.post("/hoi-dap/gui", &fast).await.expect(200);
    let again = cast.citizen.post("/hoi-dap/gui", &fast).await.expect(200);
    assert_eq!(code_on(&sent), code_on(&again), "the button pressed twice asks once");
    house.app.clock.advance(TimeDelta::days(2));
    let old = [("question", "Một câu hỏi khác hẳn của tôi?"), ("stamp", stamp.as_str())];
    cast.citizen.post("/hoi-dap/gui", &old).await.expect(422).says("Trang đã mở quá lâu");
});

story!(who_asks_the_same_is_offered_the_answer_and_may_follow_it, |house| {
    let cast = Cast::of(&house).await;
    let first = answered(&house, &cast, TEXT).await;
    let slug = of_code(&house, &first).await.slug.expect("a slug");
    let page = cast.citizen.get("/hoi-dap/gui?q=Lop%20ky%20nang%20so").await.expect(200).says("Lop ky nang so").text();
    let stamp = page.split("name=\"stamp\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a stamp").to_owned();
    house.app.clock.advance(TimeDelta::seconds(10));
    let like = "Xã mở lớp kỹ năng số cho người lớn tuổi khi nào ạ?";
    let offered = cast.citizen.post("/hoi-dap/gui", &[("question", like), ("stamp", &stamp)]).await.expect(200);
    offered.says("Có phải bạn muốn hỏi điều này").says(&slug).says(like);
    let joined = send(&house, &cast.citizen, &[("question", like), ("same", &slug)]).await.expect(200);
    let code = code_on(&joined);
    assert_eq!(of_code(&house, &code).await.state, question::State::Joined);
    house
        .visitor()
        .get(&format!("/hoi-dap/theo-doi/{code}"))
        .await
        .expect(200)
        .says("Lớp mở sáng thứ Bảy")
        .says("Có người đã hỏi điều này");
});

story!(staff_key_in_what_they_hear_and_say_the_code, |house| {
    let cast = Cast::of(&house).await;
    cast.builder.get("/desk/questions/new").await.expect(200).says("Nhập câu hỏi qua điện thoại");
    let to = cast.money.id.to_string();
    let fields = [("key", "k1"), ("question", TEXT), ("phone", "0901234567"), ("agency", to.as_str())];
    let done = cast.builder.post("/desk/questions", &fields).await.expect(200).says("Đọc mã này cho người hỏi");
    let row = of_code(&house, &code_on(&done)).await;
    assert_eq!((row.channel, row.holder, row.state), (question::Channel::Phone, cast.money.id, question::State::Open));
    assert_eq!(code_on(&cast.builder.post("/desk/questions", &fields).await.expect(200)), code_on(&done));
    cast.builder.post("/desk/questions", &[("key", "k2"), ("question", "")]).await.expect(422).says("Hãy viết nội dung");
    assert_eq!(heard(&house, &cast.money, "notice-question-asked").await, 1);
    house.visitor().get("/desk/questions/new").await.expect(303);
    let auditor = house.someone(Role::Auditor, Some(&cast.money)).await;
    auditor.get("/desk/questions/new").await.expect(403);
});

story!(what_the_assistant_hands_over_is_checked_like_everything_else, |house| {
    let cast = Cast::of(&house).await;
    let handover = |question: &str| Handover {
        question: question.into(),
        context: "Tìm thấy kế hoạch mở lớp; người hỏi để lại số 0901234567".into(),
        by_agency: Some(cast.builders.id),
        from: Sender { email: "hoi@thu.vn".into(), address: "10.0.0.1".into(), ..Sender::default() },
    };
    let asked = Question::ask(&house.app, handover(TEXT)).await.expect("taken");
    let row = of_code(&house, &asked.code).await;
    assert_eq!((row.channel, row.holder, asked.protected), (question::Channel::Assistant, cast.builders.id, false));
    let page = cast.builder.get(&Question::desk_path(row.id)).await.expect(200);
    page.says("Tìm thấy kế hoạch mở lớp").says("[đã ẩn số điện thoại]").says_not("0901234567");
    house.visitor().get(&format!("/hoi-dap/theo-doi/{}", asked.code)).await.expect(200).says_not("Tìm thấy kế hoạch");
    let accused = Question::ask(&house.app, handover("Tôi tố cáo cán bộ xã nhận hối lộ của dân")).await.expect("taken");
    assert!(accused.protected);
    assert!(matches!(Question::ask(&house.app, handover("😀")).await, Err(crate::web::Error::Refused(_))));
});

story!(names_are_masked_and_what_the_machine_misses_is_taken_out_by_hand, |house| {
    let cast = Cast::of(&house).await;
    let text = "Tôi là Nguyễn Văn A, nhà Ba Khía gần chợ. Bao giờ Sở Xây dựng mở lớp kỹ năng số?";
    let code = asked(&house, &cast.citizen, text).await;
    routed(&house, &cast, &code, &cast.builders).await;
    let row = of_code(&house, &code).await;
    assert!(row.body.contains("Tôi là [đã ẩn tên người]") && row.body.contains("Sở Xây dựng"), "{}", row.body);
    let desk = Question::desk_path(row.id);
    cast.builder.get(&desk).await.expect(200).says("Bản công bố của câu hỏi").says("Ba Khía");
    let long = "a".repeat(500);
    let edited = [("answer", "Thứ Bảy"), ("shows", "on"), ("public_title", "Bao giờ mở lớp kỹ năng số?")];
    let refused = [&edited[..2], &[("public_title", long.as_str())]].concat();
    press(&house, &cast.builder, &code, "answer", &refused).await.expect(422).says("id=\"public_title-error\"").says("Thứ Bảy");
    let by_hand = "Tôi ở gần chợ, gọi 0901234567. Bao giờ mở lớp kỹ năng số?";
    let edited = [&edited[..], &[("public_question", by_hand)]].concat();
    press(&house, &cast.builder, &code, "answer", &edited).await.expect(303);
    let public = of_code(&house, &code).await.public_path();
    assert!(public.starts_with("/hoi-dap/cau-hoi/bao-gio-mo-lop-ky-nang-so-"), "{public}");
    let shown = house.visitor().get(&public).await.expect(200);
    shown.says("gần chợ").says("[đã ẩn số điện thoại]").says_not("Ba Khía").says_not("0901234567").says_not("Nguyễn Văn A");
    cast.builder.get(&format!("{desk}/original")).await.expect(200).says("Nguyễn Văn A").says("Ba Khía");
    press(&house, &cast.builder, &code, "hiding", &[("hiding", "Còn lộ")]).await.expect(303);
    press(&house, &cast.builder, &code, "publication", &[("public_title", "Lớp kỹ năng số mở khi nào?")]).await.expect(303);
    let anew = of_code(&house, &code).await.public_path();
    assert!(anew.starts_with("/hoi-dap/cau-hoi/lop-ky-nang-so-mo-khi-nao-"), "{anew}");
    house.visitor().get(&anew).await.expect(200).says("gần chợ");
    house.visitor().get(&public).await.expect(404);
});

story!(who_comes_with_a_question_or_goes_on_to_the_second_page_is_not_too_fast, |house| {
    let cast = Cast::of(&house).await;
    let stamp_on = |page: &str| -> String {
        page.split("name=\"stamp\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a stamp").to_owned()
    };
    let filled = cast.citizen.get("/hoi-dap/gui?q=Loa%20%E1%BA%A5p%20t%C3%B4i%20h%E1%BB%8Fng").await.expect(200).text();
    let stamp = stamp_on(&filled);
    cast.citizen
        .post("/hoi-dap/gui", &[("question", "Loa ấp tôi hỏng"), ("stamp", &stamp)])
        .await
        .expect(200)
        .says("Mã theo dõi");
    let first = answered(&house, &cast, TEXT).await;
    let slug = of_code(&house, &first).await.slug.expect("a slug");
    let like = "Xã mở lớp kỹ năng số cho người lớn tuổi khi nào ạ?";
    let stamp = stamp_on(&cast.citizen.get("/hoi-dap/gui").await.expect(200).text());
    house.app.clock.advance(TimeDelta::seconds(10));
    let second = cast.citizen.post("/hoi-dap/gui", &[("question", like), ("stamp", &stamp)]).await.expect(200);
    let stamp = stamp_on(&second.says("Có phải bạn muốn hỏi điều này").text());
    let chosen = [("question", like), ("stamp", stamp.as_str()), ("sure", "on"), ("same", slug.as_str())];
    let wrong = [&chosen[..], &[("email", "khong-phai-thu")]].concat();
    let again = cast.citizen.post("/hoi-dap/gui", &wrong).await.expect(422).says("Có phải bạn muốn hỏi điều này");
    let again = again.says(&format!("value=\"{slug}\" checked")).text();
    assert_eq!(stamp_on(&again), stamp, "the time since the first page counts");
    cast.citizen.post("/hoi-dap/gui", &chosen).await.expect(200).says("Mã theo dõi");
});
