//! Whose question it is: suggested, decided by people; refused with a reason and the next body named; the third bounce goes to the
//! coordinating one (scenario Q2).

use super::*;
use crate::questions::routing;
use crate::story;

story!(q2_a_refusal_needs_the_competent_body_and_the_third_bounce_goes_to_the_coordinating_one, |house| {
    let cast = Cast::of(&house).await;
    let code = asked(&house, &cast.citizen, TEXT).await;
    let row = of_code(&house, &code).await;
    assert_eq!((row.state, row.holder), (question::State::New, cast.standing.id));
    assert_eq!(heard(&house, &cast.standing, "notice-question-asked").await, 1);
    cast.builder.get(&Question::desk_path(row.id)).await.expect(404);
    press(&house, &cast.coordinator, &code, "routing", &[]).await.expect(422).says("Hãy chọn cơ quan có thẩm quyền");
    routed(&house, &cast, &code, &cast.builders).await;
    assert_eq!(heard(&house, &cast.builders, "notice-question-routed").await, 1);
    let (builders, money) = (cast.builders.id.to_string(), cast.money.id.to_string());
    press(&house, &cast.builder, &code, "transfer", &[("to", &money)]).await.expect(422).says("Hãy viết lý do");
    press(&house, &cast.builder, &code, "transfer", &[("transfer", "Không phải việc của Sở")])
        .await
        .expect(422)
        .says("Hãy chọn cơ quan");
    let itself = [("transfer", "Không phải"), ("to", builders.as_str())];
    press(&house, &cast.builder, &code, "transfer", &itself).await.expect(422).says("đang ở cơ quan này");
    let why = "Lớp học do ngành khác tổ chức";
    press(&house, &cast.builder, &code, "transfer", &[("transfer", why), ("to", &money)]).await.expect(303);
    let follow = format!("/hoi-dap/theo-doi/{code}");
    house.visitor().get(&follow).await.expect(200).says(why).says("Sở Tài chính");
    press(&house, &cast.payer, &code, "transfer", &[("transfer", why), ("to", &builders)]).await.expect(303);
    let row = of_code(&house, &code).await;
    assert_eq!((row.bounces, row.holder), (2, cast.builders.id));
    cast.builder.get(&Question::desk_path(row.id)).await.expect(200).says("Lần này câu hỏi về");
    press(&house, &cast.builder, &code, "transfer", &[("transfer", why), ("to", &money)]).await.expect(303);
    let row = of_code(&house, &code).await;
    assert_eq!((row.bounces, row.holder, row.state), (3, cast.standing.id, question::State::New), "whoever was named");
    assert_eq!(heard(&house, &cast.standing, "notice-question-passed-on").await, 1);
    routed(&house, &cast, &code, &cast.money).await;
    cast.payer.get(&Question::desk_path(row.id)).await.expect(200).says_not("id=\"transfer\"");
    press(&house, &cast.payer, &code, "transfer", &[("transfer", why), ("to", &builders)]).await.expect(403);
});

story!(the_coordinating_body_is_a_setting_and_no_name, |house| {
    let cast = Cast::of(&house).await;
    cast.coordinator.get("/desk/questions").await.expect(200).says("/desk/questions/settings");
    let page = cast.coordinator.get("/desk/questions/settings").await.expect(200).says("Cơ quan điều phối").text();
    let version =
        page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version").to_owned();
    let money = cast.money.id.to_string();
    let form = |hours| {
        vec![
            ("version", version.as_str()),
            ("agency", money.as_str()),
            ("route_hours", hours),
            ("answer_hours", "24"),
            ("telephone", "1022"),
        ]
    };
    cast.coordinator.post("/desk/questions/settings", &form("0")).await.expect(422).says("Số giờ phải từ 1");
    cast.coordinator.post("/desk/questions/settings", &form("4")).await.expect(303);
    cast.coordinator.post("/desk/questions/settings", &form("5")).await.expect(409);
    cast.builder.get("/desk/questions/settings").await.expect(403);
    house.visitor().get("/hoi-dap/gui").await.expect(200).says("1022");
    let code = asked(&house, &cast.citizen, TEXT).await;
    assert_eq!(of_code(&house, &code).await.holder, cast.money.id);
});

story!(bodies_are_suggested_by_what_the_question_names_and_by_their_fields, |house| {
    let cast = Cast::of(&house).await;
    let found = routing::suggest(&house.app, "Xin hỏi Sở Tài chính về kinh phí mở lớp", cast.standing.id).await.expect("bodies");
    assert_eq!(found.first(), Some(&cast.money.id));
    let found = routing::suggest(&house.app, "Giấy phép xây dựng nhà ở làm ở đâu?", cast.standing.id).await.expect("bodies");
    assert!(found.contains(&cast.builders.id), "{found:?}");
    let code = asked(&house, &cast.citizen, "Xin hỏi Sở Tài chính về kinh phí mở lớp kỹ năng số?").await;
    let row = of_code(&house, &code).await;
    cast.coordinator.get(&Question::desk_path(row.id)).await.expect(200).says("★ Sở Tài chính");
});

story!(what_is_no_question_is_dropped_with_a_reason_and_can_be_restored, |house| {
    let cast = Cast::of(&house).await;
    let code = asked(&house, &cast.citizen, TEXT).await;
    press(&house, &cast.coordinator, &code, "drop", &[]).await.expect(422).says("Hãy viết lý do");
    press(&house, &cast.coordinator, &code, "drop", &[("drop", "Thử nghiệm")]).await.expect(303);
    house.visitor().get(&format!("/hoi-dap/theo-doi/{code}")).await.expect(200).says("Thử nghiệm").says("Bỏ qua");
    press(&house, &cast.coordinator, &code, "restoring", &[]).await.expect(303);
    let row = of_code(&house, &code).await;
    assert!(row.state == question::State::New && row.due_at.is_some(), "with a clock of its own");
    cast.coordinator.get("/desk/questions?view=all&state=new").await.expect(200).says("kỹ năng số");
    cast.coordinator.get("/desk/questions?view=all&q=ky%20nang&state=xyz").await.expect(200).says("xyz");
    cast.other.get("/desk/questions").await.expect(200).says("Không có câu hỏi nào chờ");
});

story!(a_note_to_the_next_body_is_the_officers_own, |house| {
    let cast = Cast::of(&house).await;
    let code = asked(&house, &cast.citizen, TEXT).await;
    let desk = Question::desk_path(of_code(&house, &code).await.id);
    cast.coordinator.get(&desk).await.expect(200).says("Nội bộ: chỉ cán bộ đọc được");
    let (to, note) = (cast.builders.id.to_string(), "Người này hay hỏi lại, trả lời kỹ");
    press(&house, &cast.coordinator, &code, "routing", &[("to", &to), ("routing", note)]).await.expect(303);
    cast.builder.get(&desk).await.expect(200).says(note);
    house.visitor().get(&format!("/hoi-dap/theo-doi/{code}")).await.expect(200).says("Sở Xây dựng").says_not(note);
});

story!(a_question_that_went_astray_is_taken_back_and_that_is_no_bounce, |house| {
    let cast = Cast::of(&house).await;
    let approver = house.someone(Role::Approver, Some(&cast.builders)).await;
    let code = asked(&house, &cast.citizen, "Xin hỏi Sở Tài chính về kinh phí mở lớp kỹ năng số?").await;
    let desk = Question::desk_path(of_code(&house, &code).await.id);
    let page = cast.coordinator.get(&desk).await.expect(200).says("★ Sở Tài chính").text();
    let suggested = format!("<option value=\"{}\" selected>", cast.money.id);
    assert!(page.contains("Chọn cơ quan") && !page.contains(&suggested), "people decide");
    routed(&house, &cast, &code, &cast.builders).await;
    press(&house, &cast.builder, &code, "answer", &[("answer", "Chưa rõ"), ("shows", "on")]).await.expect(303);
    press(&house, &cast.builder, &code, "taking-back", &[]).await.expect(403);
    cast.coordinator.get(&desk).await.expect(200).says("Lấy lại để phân công lại");
    press(&house, &cast.coordinator, &code, "taking-back", &[("taking-back", "Chuyển nhầm")]).await.expect(303);
    let row = of_code(&house, &code).await;
    assert_eq!((row.state, row.holder, row.bounces), (question::State::New, cast.standing.id, 0));
    assert_eq!(heard(&house, &cast.builders, "notice-question-taken-back").await, 1);
    approver.get("/desk").await.expect(200).says_not("câu trả lời chờ bạn duyệt");
    press(&house, &approver, &code, "approval", &[]).await.expect(403);
    house.visitor().get(&format!("/hoi-dap/theo-doi/{code}")).await.expect(200).says_not("Chuyển nhầm");
    routed(&house, &cast, &code, &cast.money).await;
    press(&house, &cast.payer, &code, "answer", &[("answer", "Có kinh phí")]).await.expect(303);
    press(&house, &cast.coordinator, &code, "taking-back", &[]).await.expect(409);
});
