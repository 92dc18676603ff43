//! What people decide: a copy is left with a reason that holds for where it stands; who answers; the end, and what comes after.

use super::*;
use crate::story;

async fn withdrawn<'a>(house: &'a House, stand: Stand) -> (Cast<'a>, String) {
    let cast = Cast::of(house).await;
    let path = cast.published(house, "Bài đã rút").await;
    says(&path, &[copy(house, cast.agency.id, ("facebook", "Trang A"), stand)]);
    gone(house, &cast.approver, &path, "withdrawal").await;
    (cast, path)
}

story!(a_reason_holds_until_the_copy_stands_elsewhere_and_a_late_one_opens_the_case_again, |house| {
    let house = open(house);
    let (cast, path) = withdrawn(&house, Stand::Unknown).await;
    let case = the_case(&house, &path).await;
    let page = format!("/desk/retractions/{}", case.id);
    cast.approver.get(&page).await.expect(200).says("chưa rõ đã ra hay chưa").says("Để lại bản này");
    decide(&house, &cast.author, &path, ("Trang A", "leaving"), "Không thấy").await.expect(403);
    decide(&house, &cast.approver, &path, ("Trang A", "leaving"), "  ").await.expect(422).says("Hãy ghi lý do để lại");
    let stale = found(&house, &path, "Trang A").await;
    decide(&house, &cast.approver, &path, ("Trang A", "leaving"), "Đã xem trang, không thấy bài").await.expect(303);
    let version = stale.version.to_string();
    let again = [("version", version.as_str()), ("why", "Người thứ hai")];
    let to = format!("{page}/copies/{}/leaving", stale.id);
    cast.administrator.post(&to, &again).await.expect(409).says("Người thứ hai");
    cast.approver.get(&page).await.expect(200).says("Đã xem trang, không thấy bài").says("được giữ, có lý do");
    decide(&house, &cast.approver, &path, ("Trang A", "taking-up"), "").await.expect(303);
    assert_eq!(the_case(&house, &path).await.unsettled, 1);
    decide(&house, &cast.approver, &path, ("Trang A", "leaving"), "Vẫn không thấy").await.expect(303);
    act(&house, &cast.approver, &path, "closing", &[]).await.expect(303);
    let heard_before = heard(&house, cast.agency.id, "notice-retraction-reopened").await;
    moves(&house, &path, "Trang A", Stand::Wanted, "post 123");
    looked(&house, 300).await;
    assert!(!the_case(&house, &path).await.is_open(), "closed cases are looked at every ten minutes");
    looked(&house, 600).await;
    let open = the_case(&house, &path).await;
    assert!(open.is_open() && open.closed_at.is_none() && open.due_at > house.app.clock.now(), "{open:?}");
    assert_eq!(facts(&house, case.id, "RetractionReopened").await, 1);
    assert_eq!(heard(&house, cast.agency.id, "notice-retraction-reopened").await, heard_before + 1);
    let cast = crate::stories::channels::anew(&house, &cast).await;
    cast.approver.get(&page).await.expect(200).says("Mở lại vụ").says("post 123").says_not("Vụ này đã đóng");
});

story!(a_case_that_ended_long_ago_is_looked_at_no_more, |house| {
    let house = open(house);
    let (cast, path) = withdrawn(&house, Stand::Unknown).await;
    decide(&house, &cast.approver, &path, ("Trang A", "leaving"), "Không thấy").await.expect(303);
    act(&house, &cast.approver, &path, "closing", &[]).await.expect(303);
    moves(&house, &path, "Trang A", Stand::Wanted, "");
    looked(&house, 31 * 86_400).await;
    assert!(!the_case(&house, &path).await.is_open());
});

story!(a_copy_that_its_channel_has_no_more_is_settled_and_comes_back, |house| {
    let house = open(house);
    let (cast, path) = withdrawn(&house, Stand::Out).await;
    let all = SAID.lock().expect("what is said").get(&id(&path)).cloned().unwrap_or_default();
    says(&path, &[]);
    looked(&house, 60).await;
    let case = the_case(&house, &path).await;
    assert_eq!((case.copies, case.unsettled), (2, 0));
    let page = format!("/desk/retractions/{}", case.id);
    cast.approver.get(&page).await.expect(200).says("kênh không còn bản này");
    says(&path, &all);
    looked(&house, 60).await;
    assert_eq!(the_case(&house, &path).await.unsettled, 1);
});

story!(somebody_answers_for_it_and_the_deadline_moves_with_a_reason, |house| {
    let house = open(house);
    let (cast, path) = withdrawn(&house, Stand::Out).await;
    let page = format!("/desk/retractions/{}", the_case(&house, &path).await.id);
    let (author, stranger) = (cast.author.person.expect("a person"), house.someone(crate::base::Role::Officer, None).await);
    let text = author.to_string();
    act(&house, &cast.author, &path, "assignment", &[("person", &text)]).await.expect(403);
    act(&house, &cast.approver, &path, "assignment", &[("person", "không-phải-mã")]).await.expect(422).says("Hãy chọn lại");
    let nobody = stranger.person.expect("a person").to_string();
    act(&house, &cast.approver, &path, "assignment", &[("person", &nobody)]).await.expect(422);
    act(&house, &cast.approver, &path, "assignment", &[("person", &text)]).await.expect(303);
    assert_eq!(heard(&house, author, "notice-retraction-assigned").await, 1);
    cast.author.get("/desk/retractions?whose=mine").await.expect(200).says("Bài đã rút");
    cast.reviewer.get("/desk/retractions?whose=mine").await.expect(200).says("Không tìm thấy vụ nào");
    let past = [("due", "2026-03-01T07:00"), ("why", "Chờ nền tảng")];
    act(&house, &cast.approver, &path, "deadline", &past).await.expect(422).says("Hạn mới phải là").says("Chờ nền tảng");
    act(&house, &cast.approver, &path, "deadline", &[("due", "2026-03-05T07:00")])
        .await
        .expect(422)
        .says("Hãy ghi lý do dời hạn");
    let later = [("due", "2026-03-05T07:00"), ("why", "Chờ nền tảng trả lời")];
    act(&house, &cast.approver, &path, "deadline", &later).await.expect(303);
    cast.approver.get(&page).await.expect(200).says("5/3/2026 07:00").says("Chờ nền tảng trả lời");
    act(&house, &cast.approver, &path, "nothing", &[]).await.expect(404);
    act(&house, &cast.approver, &path, "assignment", &[("person", "")]).await.expect(303);
    assert_eq!(the_case(&house, &path).await.responsible, None);
});

story!(two_who_leave_two_copies_at_once_are_both_counted, |house| {
    let house = open(house);
    let cast = Cast::of(&house).await;
    let path = cast.published(&house, "Hai bản").await;
    let page = |place| copy(&house, cast.agency.id, ("facebook", place), Stand::Out);
    says(&path, &[page("Trang A"), page("Trang B")]);
    gone(&house, &cast.approver, &path, "withdrawal").await;
    let both = tokio::join!(
        decide(&house, &cast.approver, &path, ("Trang A", "leaving"), "Lý do một"),
        decide(&house, &cast.administrator, &path, ("Trang B", "leaving"), "Lý do hai"),
    );
    assert_eq!((both.0.status.as_u16(), both.1.status.as_u16()), (303, 303));
    assert_eq!(the_case(&house, &path).await.unsettled, 0);
});
