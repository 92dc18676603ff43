use super::{coded, count, day, keeper, last, means, press};
use crate::base::{Fact, Role};
use crate::people::resolve::Resolution;
use crate::people::succession;
use crate::story;

const PATH: &str = "/desk/agencies/merging";

/// The form of a merger into a new ward, for these agencies.
fn form<'a>(from: &[&'a str], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let new = [
        ("heir", "new"),
        ("name", "Ủy ban nhân dân phường Thử Nghiệm"),
        ("short_name", "phường Thử Nghiệm"),
        ("code", "99001"),
        ("kind", "ward"),
        ("on", "1/4/2026"),
        ("why", "Nghị quyết thử"),
    ];
    let mut fields: Vec<_> = from.iter().map(|id| ("from", *id)).collect();
    fields.extend(new.into_iter().filter(|(name, _)| changes.iter().all(|(other, _)| other != name)));
    fields.extend(changes);
    fields
}

story!(two_wards_become_a_new_one_and_their_past_stays, |house| {
    let who = keeper(&house).await;
    let (one, other) = (coded(&house, "28249").await, coded(&house, "28261").await);
    house.person(Role::Officer, Some(&one)).await;
    let ids = [one.id.to_string(), other.id.to_string()];
    let from = [ids[0].as_str(), ids[1].as_str()];
    let page = who.get(&format!("/desk/agencies/merging?from={}&from={}&from={}", from[0], from[1], from[0])).await.expect(200);
    assert_eq!(page.text().matches("name=\"from\" value=\"0").count(), 2, "each is ticked once");
    let page = page.says("Ủy ban nhân dân phường Đạo Thạnh").says("Thêm một cơ quan vào danh sách");
    page.says("<option value=\"\">Chọn cơ quan</option>");
    let preview = who.post("/desk/agencies/merging", &form(&from, &[])).await.expect(200);
    let preview =
        preview.says("“Ủy ban nhân dân phường Đạo Thạnh” kết thúc sau 31/3/2026.").says("được lập, hoạt động từ 1/4/2026");
    let preview = preview.says("1 tài khoản đang thuộc").says("Làm xong không hoàn tác được").text();
    press(&who, PATH, &preview, "form").await.expect(200).says("value=\"99001\"").says("value=\"Nghị quyết thử\"");
    let to = press(&who, PATH, &preview, "do").await.expect(303).location().to_owned();
    press(&who, PATH, &preview, "do").await.expect(409).says("trước bạn");
    who.get(&to)
        .await
        .expect(200)
        .says("Đã gộp 2 cơ quan.")
        .says("Tiếp nhận từ")
        .says("phường Đạo Thạnh")
        .says("Tiếp nhận 2 cơ quan");
    let heir = coded(&house, "99001").await;
    assert_eq!(heir.open_from, day("2026-04-01"));
    let gone = coded(&house, "28249").await;
    assert_eq!((gone.closed_on, gone.name.as_str()), (Some(day("2026-03-31")), one.name.as_str()));
    let page = who.get(&format!("/desk/agencies/{}", one.id)).await.expect(200).says("Chuyển cho").says("Lập từ");
    page.says("Thêm cơ quan").says("Kết thúc sau ngày 31/3/2026").says("phường Thử Nghiệm").says("Nghị quyết thử");
    // What a document means depends on its day.
    assert_eq!(means(&house, "UBND phường Đạo Thạnh", "2026-03-31").await, Resolution::Agency(one.id));
    assert_eq!(means(&house, "UBND phường Đạo Thạnh", "2026-04-01").await, Resolution::Agency(heir.id));
    assert_eq!(count(&house, heir.id, |fact| matches!(fact, Fact::AgencySucceeded { .. })).await, 1);
    // The one that others took over from does not go on.
    let reopening = format!("/desk/agencies/{}/reopening", one.id);
    who.post(&reopening, &[("version", "2")]).await.expect(422).says("Đã có cơ quan khác tiếp nhận");
});

story!(an_agency_goes_into_one_that_is_there, |house| {
    let who = house_keeper(&house).await;
    let (ends, heir) = (coded(&house, "SDTTG").await, coded(&house, "SNV").await);
    let (from, into) = (ends.id.to_string(), heir.id.to_string());
    let existing = [("heir", "existing"), ("into", into.as_str()), ("name", ""), ("code", "")];
    let preview = who.post(PATH, &form(&[&from], &existing)).await.expect(200);
    let preview = preview.says("“Sở Nội vụ” tiếp nhận từ 1/4/2026 và giữ tên của mình.").text();
    let answer = press(&who, PATH, &preview, "do").await.expect(303);
    assert_eq!(answer.location(), format!("/desk/agencies/{into}"));
    assert_eq!(coded(&house, "SNV").await, heir, "who takes over stays as it was");
    let links = succession::Model::of(&house.app.db, ends.id).await.expect("successions");
    assert_eq!(links.iter().map(|one| (one.successor, one.whole)).collect::<Vec<_>>(), [(heir.id, true)]);
    assert!(matches!(last(&house, heir.id).await.fact(), Some(Fact::AgencySucceeded { .. })));
});

async fn house_keeper(house: &crate::testing::House) -> crate::testing::Visitor<'_> {
    keeper(house).await;
    house.someone(Role::Coordinator, None).await
}

story!(a_merger_that_can_not_be_says_why_and_keeps_what_was_typed, |house| {
    let who = keeper(&house).await;
    let (one, other) = (coded(&house, "28249").await, coded(&house, "28261").await);
    let ids = [one.id.to_string(), other.id.to_string()];
    let from = [ids[0].as_str(), ids[1].as_str()];
    who.get("/desk/agencies/merging").await.expect(200).says("Chưa chọn cơ quan nào");
    who.get("/desk/agencies/merging?from=rac&from=00000000-0000-7000-8000-000000000000").await.expect(200).says("Chưa chọn");
    let empty = who.post(PATH, &[]).await.expect(422).says("Các cơ quan kết thúc: Hãy chọn một cơ quan.");
    empty.says("href=\"#predecessors\"").says("href=\"#on\"").says("href=\"#code\"");
    who.post(PATH, &form(&from[..1], &[])).await.expect(422).says("Cần ít nhất 2 cơ quan để gộp.").says_not("value=\"do\"");
    who.post(PATH, &form(&from, &[("code", "SKHCN")])).await.expect(422).says("Mã này đã là của");
    who.post(PATH, &form(&from, &[("on", "1/7/2025")])).await.expect(422).says("không hoạt động vào 30/6/2025");
    who.post(PATH, &form(&from, &[("on", "32/1/2026")])).await.expect(422).says("“32/1/2026” không phải là ngày");
    let none = form(&from, &[("heir", "existing"), ("into", "")]);
    who.post(PATH, &none).await.expect(422).says("Cơ quan tiếp nhận: Hãy chọn một cơ quan.");
    let itself = form(&from, &[("heir", "existing"), ("into", from[0])]);
    who.post(PATH, &itself).await.expect(422).says("không thể vừa kết thúc vừa tiếp nhận");
    let long = "a".repeat(10_000);
    who.post(PATH, &form(&from, &[("name", &long)])).await.expect(422).says("Tối đa 200 chữ").says(&long);
    let hostile = who.post(PATH, &form(&from, &[("name", "<b>Sở</b>")])).await.expect(200);
    hostile.says_not("<b>Sở</b>").says("&#60;b&#62;Sở");
    // One more is put on the list, one is taken off by its tick.
    let (third, third_id) = (coded(&house, "28270").await, coded(&house, "28270").await.id.to_string());
    let more = who.post(PATH, &form(&[from[0], &third_id], &[("step", "form")])).await.expect(200);
    more.says(&third.name).says("value=\"99001\"").says_not(&format!("value=\"{}\" checked", from[1]));
    assert_eq!((coded(&house, "28249").await, coded(&house, "28261").await), (one, other));
});

story!(what_was_merged_meanwhile_is_not_merged_again, |house| {
    let who = keeper(&house).await;
    let (one, other) = (coded(&house, "28249").await, coded(&house, "28261").await);
    let ids = [one.id.to_string(), other.id.to_string()];
    let from = [ids[0].as_str(), ids[1].as_str()];
    let preview = who.post(PATH, &form(&from, &[])).await.expect(200).text();
    // Someone else corrects one of them between the preview and the press.
    let contacts = format!("/desk/agencies/{}/contacts", one.id);
    who.post(&contacts, &[("phone", "1022"), ("version", "1")]).await.expect(303);
    press(&who, PATH, &preview, "do").await.expect(409);
    // Without a preview nothing is done: it is shown first.
    who.post(PATH, &form(&from, &[("step", "do")])).await.expect(200).says("Việc sẽ xảy ra");
    assert_eq!(coded(&house, "28261").await.closed_on, None);
    let preview = who.post(PATH, &form(&from, &[])).await.expect(200).text();
    press(&who, PATH, &preview, "do").await.expect(303);
    let again = who.post(PATH, &form(&from, &[("code", "99002")])).await.expect(422);
    again.says("“Ủy ban nhân dân phường Đạo Thạnh” không hoạt động vào 31/3/2026");
});
