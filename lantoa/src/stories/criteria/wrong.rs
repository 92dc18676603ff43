//! What is refused: figures that are none, presses that come twice, two at once, what is another's.

use super::*;

story!(a_figure_that_is_none_is_refused_beside_its_criterion, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.opened().await;
    for (value, words) in [
        ("120", "vượt 100 %"),
        ("1.234", "vượt 100 %"),
        ("-5", "không nhận số âm"),
        ("NaN", "không phải là số"),
        ("1,234", "quá hai chữ số lẻ"),
        ("vô cùng", "không phải là số"),
    ] {
        let refused = cast.hand_in(id, 0, [value, "yes", "40"]).await.expect(422);
        refused.says(words).says(&format!("value=\"{value}\""));
    }
    cast.hand_in(id, 0, ["50", "yes", "41"]).await.expect(422).says("vượt điểm tối đa 40");
    cast.hand_in(id, 0, ["50", "", "40"]).await.expect(422).says("Có chuyên mục: chưa trả lời");
    assert_eq!(cast.sheet(id, 0).await.submission, 0);
    cast.hand_in(id, 0, ["99,5%", "yes", "40"]).await.expect(303);
});

story!(a_form_that_can_not_be_read_comes_back_with_its_mistakes, |house| {
    let cast = Cast::of(&house).await;
    let id = new_id().to_string();
    let wrong = [("id", id.as_str()), ("title", " "), ("year", "hai nghìn"), ("class", "khong-co")];
    let refused = cast.coordinator.post("/desk/criteria", &wrong).await.expect(422);
    refused.says("Cần tên bộ tiêu chí").says("Năm chưa đúng").says("Chọn một nhóm cơ quan");
    let id = cast.begun().await;
    cast.edit(id, &[("act", "add"), ("name", ""), ("points", "NaN")])
        .await
        .expect(422)
        .says("Cần có tên")
        .says("không phải là số");
    cast.edit(id, &[("act", "add"), ("name", "Nhóm"), ("points", "-1")]).await.expect(422).says("không nhận số âm");
    cast.edit(id, &[("act", "bay")]).await.expect(400);
    let bands = [("act", "add"), ("name", "Bậc"), ("points", "2"), ("rule", "bands"), ("bands", "80 = 2")];
    cast.edit(id, &bands).await.expect(422).says("chưa đúng").says("80 = 2");
    let against = [("act", "add"), ("name", "Bậc"), ("points", "2"), ("rule", "bands"), ("bands", "90: 1\n50: 2")];
    let refused = cast.edit(id, &against).await.expect(422).says("ngược với chiều tốt");
    refused.says("90: 1");
    cast.edit(id, &[against.as_slice(), &[("better", "lower")]].concat()).await.expect(303);
    let extra = [("act", "add-extra"), ("name", ""), ("sign", "penalty"), ("each", "mỗi lần"), ("most", "2"), ("source", "late")];
    let refused = cast.edit(id, &extra).await.expect(422).says("Cần có tên").says("href=\"#extra-name\"");
    let refused = refused.says("value=\"mỗi lần\"").says("value=\"penalty\" selected").says("value=\"late\" selected");
    refused.says("Bằng điểm thì đồng hạng.");
    let rules = [("act", "rules"), ("bonus", "nhiều"), ("penalty", "3"), ("ties", "9.9"), ("counts_absent", "on")];
    let refused = cast.edit(id, &rules).await.expect(422).says("không phải là số").says("Không có nhóm hay tiêu chí số 9.9");
    refused.says("value=\"nhiều\"").says("value=\"3\"").says("value=\"9.9\"").says("name=\"counts_absent\" value=\"on\" checked");
    cast.press(&cast.coordinator, id, "bay", &[]).await.expect(404);
    cast.press(&cast.coordinator, id, "open", &[("until", "hôm nào")]).await.expect(422).says("Ngày chưa đúng");
    cast.press(&cast.coordinator, id, "open", &[("until", "2026-01-01")]).await.expect(422).says("đã qua");
});

story!(two_appraisers_at_once_are_told_and_a_second_press_does_nothing, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.opened().await;
    cast.hand_in(id, 0, ["80", "yes", "40"]).await.expect(303);
    // The same sheet again is the next version, before its day.
    cast.hand_in(id, 0, ["80", "yes", "39"]).await.expect(303);
    let sheet = cast.sheet(id, 0).await;
    assert_eq!(sheet.submission, 2);
    house.on("2026-03-21T09:00:00").await;
    let version = cast.set(id).await.version.to_string();
    let acts = format!("/desk/criteria/{id}/acts/appraisal");
    cast.coordinator.post(&acts, &[("version", version.as_str())]).await.expect(303);
    cast.coordinator.post(&acts, &[("version", version.as_str())]).await.expect(409);
    let lower = [("value", "no"), ("note", "Không thấy"), ("seen", "0")];
    let (one, other) = tokio::join!(
        cast.appraise(&cast.approver, sheet.id, "tc2", &lower),
        cast.appraise(&cast.coordinator, sheet.id, "tc2", &lower)
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert_eq!(Appraisal::history(&house.app.db, sheet.id, "tc2").await.expect("rows").len(), 1);
    for count in [3, 0] {
        let agreed = cast.approver.post(&format!("/desk/criteria/sheets/{}/agreement", sheet.id), &[]).await.expect(303);
        assert!(agreed.headers.contains_key("set-cookie"), "{count}");
    }
});

story!(who_scored_and_who_works_there_does_not_appraise, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.opened().await;
    cast.hand_in(id, 0, ["80", "yes", "40"]).await.expect(303);
    house.on("2026-03-21T09:00:00").await;
    cast.press(&cast.coordinator, id, "appraisal", &[]).await.expect(303);
    let sheet = cast.sheet(id, 0).await;
    let lower = [("value", "no"), ("note", "Không thấy"), ("seen", "0")];
    cast.appraise(&cast.officers[0], sheet.id, "tc2", &lower).await.expect(422).says("không thẩm định phiếu của mình");
    cast.appraise(&cast.officers[1], sheet.id, "tc2", &lower).await.expect(404);
    let inside = house.someone(Role::Reviewer, Some(&cast.communes[0])).await;
    cast.appraise(&inside, sheet.id, "tc2", &lower).await.expect(403);
    let leader = house.someone(Role::Leader, None).await;
    leader.get(&format!("/desk/criteria/sheets/{}", sheet.id)).await.expect(200);
    cast.appraise(&leader, sheet.id, "tc2", &lower).await.expect(403);
    cast.appraise(&cast.approver, sheet.id, "khong-co", &lower).await.expect(404);
});

story!(a_survey_needs_how_many_were_asked_and_until_when, |house| {
    let cast = Cast::of(&house).await;
    let id = cast.written("40").await;
    let survey = [("act", "change"), ("code", "tc1"), ("name", "Hài lòng"), ("points", "40"), ("rule", "linear"), ("unit", "%")];
    let survey = [survey.as_slice(), &[("none_at", "50"), ("all_at", "90"), ("source", "survey")]].concat();
    cast.edit(id, &survey).await.expect(303);
    cast.press(&cast.coordinator, id, "submit", &[]).await.expect(303);
    cast.press(&cast.approver, id, "issue", &[]).await.expect(303);
    cast.press(&cast.coordinator, id, "open", &[("until", "2026-03-20")]).await.expect(303);
    cast.hand_in(id, 0, ["", "yes", "40"]).await.expect(303);
    house.on("2026-03-21T09:00:00").await;
    cast.press(&cast.coordinator, id, "appraisal", &[]).await.expect(303);
    let sheet = cast.sheet(id, 0).await;
    // All that the agency said is agreed with, and yet a line waits.
    cast.approver.post(&format!("/desk/criteria/sheets/{}/agreement", sheet.id), &[]).await.expect(303);
    let early = cast.press(&cast.coordinator, id, "appeals", &[("until", "2026-03-25")]).await.expect(422);
    early.says("Còn 1 tiêu chí chưa thẩm định");
    let bare = [("value", "70"), ("seen", "0")];
    cast.appraise(&cast.approver, sheet.id, "tc1", &bare).await.expect(422).says("Cần số người trả lời");
    let future = [("value", "70"), ("seen", "0"), ("sample", "384"), ("sampled_on", "2026-12-31")];
    cast.appraise(&cast.approver, sheet.id, "tc1", &future).await.expect(422).says("không sau hôm nay").says("value=\"384\"");
    let whole = [("value", "70"), ("seen", "0"), ("sample", "384"), ("sampled_on", "2026-03-10")];
    cast.appraise(&cast.approver, sheet.id, "tc1", &whole).await.expect(303);
    let page = cast.approver.get(&format!("/desk/criteria/sheets/{}/of/tc1", sheet.id)).await.expect(200);
    page.says("Khảo sát 384 người, đến ngày 10/3/2026").says("20 điểm");
    cast.press(&cast.coordinator, id, "appeals", &[("until", "2026-03-25")]).await.expect(303);
    // What others found is no score that the agency gave itself.
    let gathered = cast.set(id).await.gathered(&house.app, Some(&sheet)).await.expect("a round");
    let own = gathered.set_of(&sheet).expect("an edition").score(&gathered.own_inputs(&sheet)).total;
    assert_eq!(own.map(::measures::Amount::plain).as_deref(), Some("60"));
});
