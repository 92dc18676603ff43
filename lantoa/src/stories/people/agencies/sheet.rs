use super::{coded, count, day, keeper, last, means};
use crate::base::{Fact, Role};
use crate::people::agency::Kind;
use crate::people::resolve::Resolution;
use crate::story;

const NEW: [(&str, &str); 6] = [
    ("name", "Trung tâm Truyền thông Thử Nghiệm"),
    ("short_name", "TT Truyền thông"),
    ("code", "TTTTTN"),
    ("kind", "public_service_unit"),
    ("parent", "SKHCN"),
    ("open_from", "1/1/2026"),
];

/// The form with some fields changed.
fn with<'a>(base: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<_> = base.iter().filter(|(name, _)| changes.iter().all(|(other, _)| other != name)).copied().collect();
    fields.extend(changes);
    fields
}

story!(an_agency_is_opened_once_however_often_it_is_sent, |house| {
    let who = keeper(&house).await;
    who.get("/desk/agencies/new").await.expect(200).says("Tên đầy đủ").says("Sở Khoa học và Công nghệ").says("Chắc chắn");
    let form = with(&NEW, &[("aliases", "Trung tâm TT\n\nTrung tâm TT\nTTTT"), ("why", "Quyết định 01/QĐ-UBND")]);
    let to = who.post("/desk/agencies", &form).await.expect(303).location().to_owned();
    who.get(&to).await.expect(200).says("Đã thêm Trung tâm Truyền thông Thử Nghiệm.").says("Quyết định 01/QĐ-UBND");
    let agency = coded(&house, "TTTTTN").await;
    let parent = coded(&house, "SKHCN").await;
    assert_eq!((agency.parent, agency.open_from, agency.kind), (Some(parent.id), day("2026-01-01"), Kind::PublicServiceUnit));
    let again = who.post("/desk/agencies", &form).await.expect(303);
    assert_eq!(again.location(), to);
    who.get(&to).await.expect(200).says("đã có sẵn, không thêm lần nữa");
    assert_eq!(count(&house, agency.id, |fact| matches!(fact, Fact::AgencyOpened { .. })).await, 1);
    assert_eq!(means(&house, "Trung tâm TT", "2026-03-02").await, Resolution::Agency(agency.id));
    who.get(&format!("/desk/agencies/{}", parent.id)).await.expect(200).says("Trung tâm Truyền thông Thử Nghiệm");
});

story!(every_mistake_of_a_new_agency_comes_back_with_what_was_typed, |house| {
    let who = keeper(&house).await;
    let page = who.post("/desk/agencies", &[]).await.expect(422).says("Còn 5 chỗ cần sửa").says("href=\"#open_from\"");
    page.says("Tên đầy đủ: Chỗ này chưa có. Hãy điền vào.").says("aria-invalid=\"true\"");
    let wrong = [
        ("open_from", "31/2/2026"),
        ("code", "Sở Mới"),
        ("kind", "bộ"),
        ("parent", "KHONGCO"),
        ("latitude", "10,3"),
        ("area_km2", "rộng"),
        ("official_code", "20"),
    ];
    let page = who.post("/desk/agencies", &with(&NEW, &wrong)).await.expect(422).says("“31/2/2026” không phải là ngày");
    let page = page.says("value=\"31/2/2026\"").says("value=\"Sở Mới\"").says("Mã chỉ gồm chữ không dấu");
    let page = page.says("Không có loại cơ quan “bộ”").says("cần cả vĩ độ và kinh độ").says("“rộng” không phải là số");
    page.says("H20.12").says("Trung tâm Truyền thông Thử Nghiệm");
    let page = who.post("/desk/agencies", &with(&NEW, &[("parent", "KHONGCO")])).await.expect(422);
    page.says("Không có cơ quan nào khác mang mã “KHONGCO”");
    let taken = who.post("/desk/agencies", &with(&NEW, &[("code", "skhcn")])).await.expect(422);
    taken.says("Mã này đã là của “Sở Khoa học và Công nghệ”. Hãy chọn mã khác.").says("value=\"skhcn\"");
    let long = "a".repeat(10_000);
    let page = who.post("/desk/agencies", &with(&NEW, &[("name", &long), ("note", &long), ("why", &long)])).await.expect(422);
    page.says("Tối đa 200 chữ").says("Tối đa 2000 chữ").says("Còn 3 chỗ cần sửa");
    let marks = who.post("/desk/agencies", &with(&NEW, &[("name", "Sở | {Mới}")])).await.expect(422);
    marks.says("Có ký tự không dùng được");
    who.get("/desk/agencies?q=truyen%20thong%20thu%20nghiem").await.expect(200).says("Không có cơ quan nào như vậy");
});

story!(names_are_kept_composed_and_shown_as_text, |house| {
    let who = keeper(&house).await;
    // The same name in the other normal form, as some keyboards and files have it.
    let decomposed = "Trung ta\u{302}m  Truye\u{302}\u{300}n tho\u{302}ng Thử Nghiệm";
    who.post("/desk/agencies", &with(&NEW, &[("name", decomposed)])).await.expect(303);
    assert_eq!(coded(&house, "TTTTTN").await.name, "Trung tâm Truyền thông Thử Nghiệm");
    let hostile = with(&NEW, &[("name", "<script>alert(1)</script> & \"Sở\""), ("code", "HACK"), ("aliases", "'><b>x</b>")]);
    let to = who.post("/desk/agencies", &hostile).await.expect(303).location().to_owned();
    for path in [to.clone(), format!("{to}/edit"), format!("{to}/renaming"), "/desk/agencies?q=script".into()] {
        let page = who.get(&path).await.expect(200);
        page.says_not("<script>alert").says_not("<b>x</b>").says("&#60;script&#62;alert(1)&#60;/script&#62; &#38; ");
    }
});

story!(a_correction_says_from_what_to_what_unless_someone_was_quicker, |house| {
    let who = keeper(&house).await;
    let coordinator = house.someone(Role::Coordinator, None).await;
    let agency = coded(&house, "IOC").await;
    let path = format!("/desk/agencies/{}/edit", agency.id);
    let page = who.get(&path).await.expect(200).says("value=\"1/7/2025\"").says("Chỉ sửa khi viết sai");
    let page = page.says("<option value=\"UBND\" selected>").says("<option value=\"medium\" selected>");
    page.says("Trung tâm Giám sát, điều hành thông minh tỉnh Đồng Tháp");
    let form = [
        ("name", "Trung tâm Giám sát, điều hành thông minh tỉnh Đồng Tháp"),
        ("short_name", "Trung tâm IOC"),
        ("code", "IOC"),
        ("kind", "public_service_unit"),
        ("parent", "SKHCN"),
        ("open_from", "1/7/2025"),
        ("confidence", "high"),
        ("official_code", "H20.99"),
        ("latitude", "10,36"),
        ("longitude", "106.36"),
        ("version", "1"),
        ("why", "Theo công văn"),
    ];
    coordinator.post(&path, &form).await.expect(303);
    who.post(&path, &with(&form, &[("short_name", "IOC tỉnh")]))
        .await
        .expect(409)
        .says("Có người vừa sửa nội dung này trước bạn");
    let after = coded(&house, "IOC").await;
    assert_eq!((after.short_name.as_str(), after.latitude, after.version), ("Trung tâm IOC", Some(10.36), 2));
    let fact = last(&house, agency.id).await;
    let Some(Fact::AgencyEdited { changes }) = fact.fact() else { panic!("{fact:?}") };
    let change = changes.iter().find(|change| change.field == "confidence").expect("the certainty");
    assert_eq!((change.from.as_str(), change.to.as_str()), ("medium", "high"));
    let page = who.get(&format!("/desk/agencies/{}", agency.id)).await.expect(200).says("Sửa thông tin").says("Theo công văn");
    page.says("Khá chắc").says("H20.99").says("10,36; 106,36").says_not(&coded(&house, "UBND").await.id.to_string()[..30]);
    // The same again changes nothing, and says so.
    coordinator.post(&path, &with(&form, &[("version", "2")])).await.expect(303);
    coordinator.get(&format!("/desk/agencies/{}", agency.id)).await.expect(200).says("Không có gì thay đổi.");
    assert_eq!(coded(&house, "IOC").await.version, 2);
});

story!(a_correction_that_can_not_be_is_refused_beside_its_field, |house| {
    let who = keeper(&house).await;
    let committee = coded(&house, "UBND").await;
    let path = format!("/desk/agencies/{}/edit", committee.id);
    let form = [
        ("name", committee.name.as_str()),
        ("short_name", committee.short_name.as_str()),
        ("code", "UBND"),
        ("kind", "provincial_committee"),
        ("open_from", "1/7/2025"),
        ("version", "1"),
    ];
    who.post(&path, &with(&form, &[("code", "SKHCN")])).await.expect(422).says("Mã này đã là của “Sở Khoa học và Công nghệ”");
    // Its own department, and a body below that department, can not stand above it.
    for below in ["UBND", "SKHCN", "TTPVHCC"] {
        let page = who.post(&path, &with(&form, &[("parent", below)])).await.expect(422);
        page.says("href=\"#parent\"");
    }
    who.post(&path, &with(&form, &[("version", "")])).await.expect(400);
    who.post(&path, &with(&form, &[("open_from", "")])).await.expect(422).says("Hoạt động từ ngày: Chưa ghi ngày");
    assert_eq!(coded(&house, "UBND").await, committee);
});
