use super::{coded, count, day, keeper, last, press};
use crate::base::{Fact, Role};
use crate::story;

story!(an_agency_is_closed_after_its_effects_were_read_and_goes_on_when_that_was_a_mistake, |house| {
    let who = keeper(&house).await;
    let agency = coded(&house, "VPUB").await;
    house.person(Role::Officer, Some(&agency)).await;
    let here = format!("/desk/agencies/{}", agency.id);
    let path = format!("/desk/agencies/{}/closing", agency.id);
    who.get(&path).await.expect(200).says("Dùng khi không có cơ quan nào tiếp nhận");
    let preview = who.post(&path, &[("last_day", "31/3/2026"), ("why", "Giải thể"), ("version", "1")]).await.expect(200);
    let preview = preview.says("hoạt động đến hết 31/3/2026").says("Không có gì bị xóa").says("1 tài khoản đang thuộc");
    let preview = preview.says("2 cơ quan trực thuộc vẫn ghi dưới").text();
    press(&who, &path, &preview, "form").await.expect(200).says("value=\"31/3/2026\"").says("value=\"Giải thể\"");
    assert_eq!(coded(&house, "VPUB").await.closed_on, None);
    press(&who, &path, &preview, "do").await.expect(303);
    press(&who, &path, &preview, "do").await.expect(409);
    assert_eq!(coded(&house, "VPUB").await.closed_on, Some(day("2026-03-31")));
    assert_eq!(count(&house, agency.id, |fact| matches!(fact, Fact::AgencyClosed { .. })).await, 1);
    who.get(&here).await.expect(200).says("Kết thúc sau ngày 31/3/2026").says("Giải thể").says("Đang hoạt động");
    who.post(&path, &[("last_day", "1/4/2026"), ("version", "2")]).await.expect(422).says("đã kết thúc ngày 31/3/2026");
    let reopening = format!("/desk/agencies/{}/reopening", agency.id);
    who.post(&reopening, &[("version", "1")]).await.expect(409);
    who.post(&reopening, &[("version", "2"), ("why", "Ghi nhầm")]).await.expect(303);
    who.post(&reopening, &[("version", "2")]).await.expect(303);
    let after = coded(&house, "VPUB").await;
    assert_eq!((after.closed_on, after.version), (None, 3));
    assert_eq!(last(&house, agency.id).await.why.as_deref(), Some("Ghi nhầm"));
    who.get(&here).await.expect(200).says("Ghi nhầm").says_not("Cho hoạt động lại");
});

story!(a_last_day_that_can_not_be_is_refused, |house| {
    let who = keeper(&house).await;
    let agency = coded(&house, "SYT").await;
    let path = format!("/desk/agencies/{}/closing", agency.id);
    who.post(&path, &[("last_day", ""), ("version", "1")]).await.expect(422).says("Ngày cuối cùng: Chưa ghi ngày");
    who.post(&path, &[("last_day", "30/2/2026"), ("version", "1")]).await.expect(422).says("“30/2/2026” không phải là ngày");
    let early = who.post(&path, &[("last_day", "1/6/2025"), ("version", "1"), ("step", "do")]).await.expect(422);
    early.says("Ngày cuối cùng không thể trước ngày bắt đầu (1/7/2025)").says_not("value=\"do\"");
    let never = who.post(&path, &[("last_day", "30/6/2025"), ("version", "1")]).await.expect(200);
    never.says("được ghi là chưa từng hoạt động");
    let long = "a".repeat(10_000);
    who.post(&path, &[("last_day", "31/3/2026"), ("why", &long), ("version", "1")]).await.expect(422).says("Tối đa 2000 chữ");
    assert_eq!(coded(&house, "SYT").await, agency);
});
