use super::{coded, count, day, keeper, last, means, press};
use crate::base::Fact;
use crate::people::agency::address::{self, At};
use crate::people::agency::name::{self, NameKind};
use crate::people::agency::renaming;
use crate::people::resolve::Resolution;
use crate::story;

const NEW: [(&str, &str); 4] = [
    ("name", "Ủy ban nhân dân phường Đạo Thạnh Mới"),
    ("short_name", "phường Đạo Thạnh Mới"),
    ("from", "1/3/2026"),
    ("why", "Nghị quyết 05/NQ-HĐND"),
];

fn versioned<'a>(version: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<_> = NEW.iter().filter(|(name, _)| changes.iter().all(|(other, _)| other != name)).copied().collect();
    fields.push(("version", version));
    fields.extend(changes);
    fields
}

story!(a_new_name_is_read_through_then_given_and_the_old_one_stays, |house| {
    let who = keeper(&house).await;
    let ward = coded(&house, "28249").await;
    let path = format!("/desk/agencies/{}/renaming", ward.id);
    who.get(&path).await.expect(200).says("Ủy ban nhân dân phường Đạo Thạnh").says("name=\"version\" value=\"1\"");
    let preview = who.post(&path, &versioned("1", &[])).await.expect(200).says("Chưa có gì thay đổi").says("Việc sẽ xảy ra");
    let preview = preview.says("Từ 1/3/2026, tên là “Ủy ban nhân dân phường Đạo Thạnh Mới”.").says("dùng đến hết 28/2/2026");
    let preview = preview.says("/co-quan/phuong-dao-thanh-moi").says("value=\"Nghị quyết 05/NQ-HĐND\"").text();
    assert_eq!(coded(&house, "28249").await, ward, "a preview changes nothing");
    // Back to the form: what was typed is there.
    let form = press(&who, &path, &preview, "form").await.expect(200);
    form.says("value=\"1/3/2026\"").says("Đạo Thạnh Mới").says("value=\"Nghị quyết 05/NQ-HĐND\"").says_not("error-summary");
    press(&who, &path, &preview, "do").await.expect(303);
    // Pressed again: nothing is done twice.
    press(&who, &path, &preview, "do").await.expect(409).says("trước bạn");
    let after = coded(&house, "28249").await;
    assert_eq!((after.name.as_str(), after.slug.as_str()), ("Ủy ban nhân dân phường Đạo Thạnh Mới", "phuong-dao-thanh-moi"));
    assert_eq!(count(&house, ward.id, |fact| matches!(fact, Fact::AgencyRenamed { .. })).await, 1);
    assert_eq!(last(&house, ward.id).await.why.as_deref(), Some("Nghị quyết 05/NQ-HĐND"));
    let page = who.get(&format!("/desk/agencies/{}", ward.id)).await.expect(200).says("Đã đổi tên thành");
    let page = page.says("<dt>Tên chính thức</dt><dd>Ủy ban nhân dân phường Đạo Thạnh Mới<");
    let page = page
        .says("<dt>Tên trước đây</dt><dd>Ủy ban nhân dân phường Đạo Thạnh<")
        .says("từ 1/7/2025 đến 28/2/2026")
        .says("từ 1/3/2026")
        .says("Nghị quyết 05/NQ-HĐND");
    page.says("Tên gọi khác trước đây").says("UBND phường Đạo Thạnh Mới");
    // Documents with either name still mean it, each in its time and after.
    for (name, on) in [("UBND phường Đạo Thạnh", "2026-01-05"), ("phường Đạo Thạnh", "2026-03-02"), (NEW[0].1, "2026-03-02")]
    {
        assert_eq!(means(&house, name, on).await, Resolution::Agency(ward.id), "{name} on {on}");
    }
    let moved = address::at(&house.app.db, "phuong-dao-thanh").await.expect("the old address");
    assert!(matches!(moved, At::Moved(agency) if agency.id == ward.id));
});

story!(a_name_can_not_change_in_the_past_of_the_present_one, |house| {
    let who = keeper(&house).await;
    let ward = coded(&house, "28249").await;
    let path = format!("/desk/agencies/{}/renaming", ward.id);
    let early = who.post(&path, &versioned("1", &[("from", "1/7/2025")])).await.expect(422);
    early.says("Chưa làm được").says("phải sau 1/7/2025").says_not("value=\"do\"").says("value=\"form\"");
    // Even when the button is pressed by hand.
    who.post(&path, &versioned("1", &[("from", "1/1/2020"), ("step", "do")])).await.expect(422).says("phải sau 1/7/2025");
    let same = [("name", ward.name.as_str()), ("short_name", ward.short_name.as_str())];
    who.post(&path, &versioned("1", &same)).await.expect(422).says("Tên mới giống tên hiện nay");
    let page = who.post(&path, &versioned("1", &[("name", " "), ("from", "mai")])).await.expect(422).says("Còn 2 chỗ cần sửa");
    page.says("“mai” không phải là ngày").says("value=\"mai\"");
    let long = "ư".repeat(10_000);
    who.post(&path, &versioned("1", &[("name", &long)])).await.expect(422).says("Tối đa 200 chữ");
    who.post(&path, &versioned("0", &[])).await.expect(409);
    assert_eq!(coded(&house, "28249").await, ward);
    who.post(&format!("/desk/agencies/{}/closing", ward.id), &[("last_day", "31/1/2026"), ("version", "1"), ("step", "do")])
        .await
        .expect(303);
    who.post(&path, &versioned("2", &[])).await.expect(422).says("Cơ quan đã kết thúc ngày 31/1/2026.");
});

story!(a_name_to_come_is_taken_up_on_its_day, |house| {
    let who = keeper(&house).await;
    let ward = coded(&house, "28249").await;
    let path = format!("/desk/agencies/{}/renaming", ward.id);
    let preview = who.post(&path, &versioned("1", &[("from", "10/3/2026")])).await.expect(200);
    let preview = preview.says("tên hiện nay còn dùng cho đến 10/3/2026").text();
    press(&who, &path, &preview, "do").await.expect(303);
    let work = renaming::chore().work;
    work(&house.app).await.expect("the chore");
    assert_eq!(coded(&house, "28249").await.name, ward.name, "the day has not come");
    house.app.clock.advance(chrono::TimeDelta::days(8));
    work(&house.app).await.expect("the chore");
    work(&house.app).await.expect("the chore, again");
    let after = coded(&house, "28249").await;
    assert_eq!((after.name.as_str(), after.slug.as_str()), (NEW[0].1, "phuong-dao-thanh-moi"));
    assert_eq!(count(&house, ward.id, |fact| matches!(fact, Fact::AgencyEdited { .. })).await, 1, "taken up once");
    let names = name::Model::of(&house.app.db, ward.id).await.expect("names");
    let official: Vec<_> = names.iter().filter(|name| name.kind == NameKind::Official).map(|name| name.until).collect();
    assert_eq!(official, [Some(day("2026-03-09")), None]);
});

story!(an_agency_that_came_without_dated_names_keeps_its_old_one, |house| {
    let who = keeper(&house).await;
    let plain = house.agency("Ủy ban nhân dân xã Không Ngày", crate::people::agency::Kind::Commune).await;
    let path = format!("/desk/agencies/{}/renaming", plain.id);
    who.post(&path, &versioned("1", &[("step", "do")])).await.expect(303);
    let page = who.get(&format!("/desk/agencies/{}", plain.id)).await.expect(200);
    page.says("<dt>Tên trước đây</dt><dd>Ủy ban nhân dân xã Không Ngày<").says("từ 1/7/2025 đến 28/2/2026");
});
