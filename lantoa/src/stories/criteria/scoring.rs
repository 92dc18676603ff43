//! Scoring oneself, being appraised, objecting (scenario C2 and rule 7).

use axum::body::Body;
use axum::http::Request;

use super::*;
use crate::duties::link_check;
use crate::duties::link_check::State as LinkState;

story!(c2_a_score_without_evidence_or_explanation_is_refused, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.opened().await;
    let sheet = cast.sheet(id, 0).await;
    let here = Sheet::path(sheet.id);
    let page = cast.officers[0].get(&here).await.expect(200).says("Đã trả lời 0/3 tiêu chí").says("lt-autosave");
    page.says("Tự chấm điểm đến hết ngày 20/3/2026");
    let bare = [("draft", "0"), ("v-tc1", "80"), ("v-tc2", "yes"), ("v-tc3", "30"), ("n-tc3", "Báo cáo số 5")];
    let refused = cast.officers[0].post(&here, &bare).await.expect(422);
    let refused = refused.says("Tin có nguồn: cần minh chứng hoặc giải trình").says("Có chuyên mục: cần minh chứng");
    refused.says_not("Chất lượng báo cáo: cần").says("value=\"80\"");
    // A link for the one, a word for the other.
    let of = |code: &str| format!("/desk/criteria/sheets/{}/of/{code}", sheet.id);
    let link = [("what", "https://vi-du.example/bai-1")];
    cast.officers[0].post(&format!("{}/evidence", of("tc1")), &link).await.expect(303);
    cast.officers[0].post(&format!("{}/evidence", of("tc1")), &link).await.expect(303);
    cast.officers[0].get(&of("tc1")).await.expect(200).says("vi-du.example/bai-1").says("Đường dẫn");
    cast.officers[0]
        .post(&format!("{}/evidence", of("tc1")), &[("what", "khong phai")])
        .await
        .expect(422)
        .says("Không tìm thấy")
        .says("value=\"khong phai\"");
    for inside in
        ["http://169.254.169.254/latest", "http://127.0.0.1", "http://localhost:81/a", "http://192.168.1.1/", "http://may-chu/"]
    {
        let refused = cast.officers[0].post(&format!("{}/evidence", of("tc1")), &[("what", inside)]).await.expect(422);
        refused.says("địa chỉ trong mạng nội bộ").says(inside);
    }
    cast.officers[0].post(&format!("{}/evidence", of("khong-co")), &link).await.expect(404);
    let draft = cast.sheet(id, 0).await.draft_version.to_string();
    let told = [
        ("draft", draft.as_str()),
        ("v-tc1", "80"),
        ("v-tc2", "yes"),
        ("n-tc2", "Mở từ tháng 1"),
        ("v-tc3", "30"),
        ("n-tc3", "Số 5"),
    ];
    cast.officers[0].post(&here, &told).await.expect(303);
    let sheet = cast.sheet(id, 0).await;
    assert_eq!(sheet.submission, 1);
    cast.officers[0].get(&here).await.expect(200).says("Đã nộp lần 1").says("Tổng tự chấm").says("82");
});

story!(c2_a_link_that_died_is_flagged_at_appraisal_and_the_score_stays, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.opened().await;
    let sheet = cast.sheet(id, 0).await;
    let of = format!("/desk/criteria/sheets/{}/of/tc1", sheet.id);
    cast.officers[0].post(&format!("{of}/evidence"), &[("what", "https://vi-du.example/mat")]).await.expect(303);
    cast.hand_in(id, 0, ["100", "yes", "40"]).await.expect(303);
    let before = cast.coordinator.get(&Sheet::path(sheet.id)).await.expect(200).says_not("không mở được nữa").text();
    link_check::Entity::update_many()
        .col_expr(link_check::Column::State, Expr::value(LinkState::Lost))
        .col_expr(link_check::Column::AskedAt, Expr::value(house.app.clock.now()))
        .exec(&house.app.db)
        .await
        .expect("a check");
    house.on("2026-03-21T09:00:00").await;
    cast.press(&cast.coordinator, id, "appraisal", &[]).await.expect(303);
    let page = cast.coordinator.get(&Sheet::path(sheet.id)).await.expect(200).says("1 đường dẫn không mở được nữa");
    page.says("Tổng tự chấm").says("100").says("Chưa thẩm định");
    assert!(before.contains("100"), "{before}");
    cast.coordinator.get(&of).await.expect(200).says("không mở được nữa");
    assert!(Appraisal::history(&house.app.db, sheet.id, "tc1").await.expect("rows").is_empty(), "nothing changed by itself");
});

story!(what_is_typed_is_kept_and_a_colleague_is_not_overwritten, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.opened().await;
    let sheet = cast.sheet(id, 0).await;
    let to = format!("/desk/criteria/sheets/{}/draft", sheet.id);
    let scripted = |body: &'static str| {
        let request = Request::post(&to).header("content-type", "application/x-www-form-urlencoded").header("x-autosave", "1");
        request.body(Body::from(body)).expect("a request")
    };
    let kept = cast.officers[0].send(scripted("draft=0&v-tc1=55")).await.expect(204);
    assert_eq!(kept.headers["x-draft"], "1");
    cast.officers[0].send(scripted("draft=0&v-tc1=60")).await.expect(409);
    let colleague = house.someone(Role::Officer, Some(&cast.communes[0])).await;
    colleague.get(&Sheet::path(sheet.id)).await.expect(200).says("value=\"55\"").says("Đã trả lời 1/3");
    colleague.post(&to, &[("draft", "1"), ("v-tc1", "56")]).await.expect(303);
    let late = cast.officers[0].post(&to, &[("draft", "1"), ("v-tc1", "57")]).await.expect(409);
    late.says("Đồng nghiệp vừa sửa").says("value=\"57\"");
    // Nobody else sees what is not handed in.
    cast.coordinator.get(&Sheet::path(sheet.id)).await.expect(404);
    cast.officers[1].get(&Sheet::path(sheet.id)).await.expect(404);
    cast.officers[1].post(&to, &[("draft", "2"), ("v-tc1", "1")]).await.expect(404);
});

story!(another_body_appraises_beside_the_score_and_the_agency_objects, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.opened().await;
    cast.hand_in(id, 0, ["80", "yes", "40"]).await.expect(303);
    let sheet = cast.sheet(id, 0).await;
    let of = |what: &str| format!("/desk/criteria/sheets/{}/of/tc2{what}", sheet.id);
    cast.appraise(&cast.approver, sheet.id, "tc2", &[("value", "no"), ("note", "x"), ("seen", "0")]).await.expect(422);
    house.on("2026-03-21T09:00:00").await;
    cast.press(&cast.coordinator, id, "appraisal", &[]).await.expect(303);
    cast.press(&cast.coordinator, id, "appeals", &[("until", "2026-03-25")]).await.expect(422).says("Còn 4 tiêu chí");
    let bare = [("value", "no"), ("seen", "0")];
    cast.appraise(&cast.approver, sheet.id, "tc2", &bare).await.expect(422).says("cần nêu lý do");
    let unread = [("value", ""), ("note", "Chuyên mục không mở được"), ("seen", "0")];
    cast.appraise(&cast.approver, sheet.id, "tc2", &unread).await.expect(422).says(">Chuyên mục không mở được</textarea>");
    let lower = [("value", "no"), ("note", "Chuyên mục không mở được"), ("seen", "0")];
    cast.appraise(&cast.approver, sheet.id, "tc2", &lower).await.expect(303);
    cast.approver.post(&format!("/desk/criteria/sheets/{}/agreement", sheet.id), &[]).await.expect(303);
    let page = cast.officers[0].get(&Sheet::path(sheet.id)).await.expect(200).says("Khác tự chấm").says("<strong>72</strong>");
    page.says("92");
    cast.officers[0].post(&of("/appeal"), &[("reason", "Đã mở lại")]).await.expect(422).says("không trong thời gian kiến nghị");
    cast.press(&cast.coordinator, id, "appeals", &[("until", "2026-03-25")]).await.expect(303);
    cast.officers[0].post(&of("/appeal"), &[("reason", " ")]).await.expect(422).says("Cần nêu lý do");
    cast.officers[0].post(&of("/appeal"), &[("reason", "Đã mở lại")]).await.expect(303);
    cast.officers[0].post(&of("/appeal"), &[("reason", "Lần nữa")]).await.expect(422).says("đã được kiến nghị");
    let appeal = format!("/desk/criteria/sheets/{}/of/tc2/appeal", sheet.id);
    cast.officers[1].post(&appeal, &[("reason", "Của xã khác")]).await.expect(404);
    house.react().await;
    cast.approver.get("/desk").await.expect(200).says("1 kiến nghị chờ trả lời");
    house.on("2026-03-26T09:00:00").await;
    cast.publish(id, "").await.expect(422).says("Còn 1 kiến nghị");
    let answer = format!("/desk/criteria/sheets/{}/of/tc2/answer", sheet.id);
    cast.officers[0].post(&answer, &[("fate", "kept"), ("answer", "x")]).await.expect(403);
    let again = [("value", "yes"), ("note", "Chuyên mục đã mở"), ("seen", "1")];
    cast.appraise(&cast.approver, sheet.id, "tc2", &again).await.expect(303);
    cast.approver.post(&of("/answer"), &[("fate", "granted"), ("answer", "Đã xem lại")]).await.expect(303);
    cast.approver.post(&of("/answer"), &[("fate", "kept"), ("answer", "Hai lần")]).await.expect(409);
    cast.officers[0].get(&of("")).await.expect(200).says("Đã xem lại").says("Chấm lại").says("Chuyên mục không mở được");
    cast.officers[0].get(&format!("/desk/criteria/{}", sheet.id)).await.expect(303);
    cast.officers[0].get(&format!("/desk/criteria/sheets/{}/xlsx", sheet.id)).await.expect(200);
    cast.coordinator.get(&format!("/desk/criteria/{id}/xlsx")).await.expect(200);
    cast.officers[0].get(&format!("/desk/criteria/{id}/xlsx")).await.expect(403);
});

story!(evidence_is_taken_back_while_there_is_time, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.opened().await;
    let sheet = cast.sheet(id, 0).await;
    let adding = format!("/desk/criteria/sheets/{}/of/tc1/evidence", sheet.id);
    cast.officers[0].post(&adding, &[("what", "https://vi-du.example/a")]).await.expect(303);
    let one = crate::criteria::evidence::Evidence::of(&house.app.db, &[sheet.id]).await.expect("rows").remove(0);
    let removal = format!("/desk/criteria/sheets/{}/of/tc1/evidence/{}/removal", sheet.id, one.id);
    cast.officers[1].post(&removal, &[]).await.expect(404);
    cast.officers[0].post(&removal, &[]).await.expect(303);
    cast.officers[0].post(&removal, &[]).await.expect(404);
    house.on("2026-03-21T09:00:00").await;
    let late = cast.officers[0].post(&adding, &[("what", "https://vi-du.example/b")]).await.expect(422);
    late.says("không trong thời gian tự chấm").says("value=\"https://vi-du.example/b\"");
    let gone = cast.officers[0].post(&removal, &[]).await.expect(422).says("không trong thời gian tự chấm");
    gone.says("Chưa có minh chứng");
});

story!(agencies_are_reminded_until_they_hand_in_and_the_time_can_be_extended, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.opened().await;
    house.react().await;
    cast.officers[0].get("/desk").await.expect(200).says("Chưa nộp phiếu tự chấm").says("Mời cơ quan tự chấm điểm");
    cast.hand_in(id, 0, ["80", "yes", "40"]).await.expect(303);
    house.on("2026-03-17T09:00:00").await;
    for _ in 0..2 {
        crate::criteria::reminding::remind(&house.app).await.expect("reminders");
    }
    house.react().await;
    let told = crate::base::fact::Entity::find().filter(crate::base::fact::Column::Kind.eq("CriteriaReminded"));
    assert_eq!(told.all(&house.app.db).await.expect("facts").len(), 2, "each once, and not who handed in");
    cast.press(&cast.coordinator, id, "appraisal", &[]).await.expect(422).says("Còn 2 cơ quan chưa nộp");
    cast.press(&cast.coordinator, id, "extend", &[("until", "2026-03-31")]).await.expect(422).says("Cần nêu lý do");
    cast.press(&cast.coordinator, id, "extend", &[("until", "2026-03-31"), ("why", "Mưa lũ")]).await.expect(303);
    house.on("2026-03-30T09:00:00").await;
    cast.hand_in(id, 1, ["80", "no", "20"]).await.expect(303);
    house.app.clock.advance(TimeDelta::days(2));
    house.stay().await;
    // Too late, and still nothing of what was typed is lost.
    let late = cast.hand_in(id, 2, ["80", "no", "20"]).await.expect(422).says("không trong thời gian tự chấm");
    late.says("value=\"80\"").says(">Có sổ theo dõi</textarea>");
    let draft = format!("/desk/criteria/sheets/{}/draft", cast.sheet(id, 2).await.id);
    let kept = cast.officers[2].post(&draft, &[("draft", "0"), ("v-tc1", "77")]).await.expect(422);
    kept.says("không trong thời gian tự chấm").says("value=\"77\"");
});
