use super::{coded, keeper, last};
use crate::base::{Fact, Role};
use crate::people::person;
use crate::story;

story!(an_agencys_administrator_keeps_its_contacts_and_no_others, |house| {
    keeper(&house).await;
    let (own, other) = (coded(&house, "28249").await, coded(&house, "28261").await);
    let who = house.someone(Role::AgencyAdministrator, Some(&own)).await;
    who.get(&format!("/desk/agencies/{}", own.id)).await.expect(200).says("/contacts");
    who.get(&format!("/desk/agencies/{}", other.id)).await.expect(200).says_not("/contacts");
    let path = format!("/desk/agencies/{}/contacts", own.id);
    who.get(&path).await.expect(200).says("name=\"phone\"").says("trang công khai");
    let fields = [
        ("phone", "0273 3851 234"),
        ("email", "Daothanh@DongThap.gov.vn"),
        ("address", "12 đường Ấp Bắc"),
        ("why", "Công văn 12/UBND-VP"),
        ("version", "1"),
    ];
    who.post(&path, &fields).await.expect(303);
    let after = coded(&house, "28249").await;
    assert_eq!((after.phone.as_deref(), after.email.as_deref()), (Some("0273 3851 234"), Some("daothanh@dongthap.gov.vn")));
    let fact = last(&house, own.id).await;
    assert_eq!(fact.why.as_deref(), Some("Công văn 12/UBND-VP"));
    assert!(matches!(fact.fact(), Some(Fact::AgencyEdited { changes }) if changes.len() == 3), "{fact:?}");
    let page = who.get(&format!("/desk/agencies/{}", own.id)).await.expect(200).says("Đã lưu.");
    page.says("href=\"tel:02733851234\"").says("mailto:daothanh@dongthap.gov.vn").says("Công văn 12/UBND-VP");
    // Another agency's: not found, and noted for the auditor.
    let path = format!("/desk/agencies/{}/contacts", other.id);
    who.get(&path).await.expect(404);
    who.post(&path, &fields).await.expect(404);
    assert_eq!(coded(&house, "28261").await, other);
    assert_eq!(last(&house, other.id).await.fact(), Some(Fact::AccessRefused { path: path.clone() }));
    who.get(&format!("/desk/agencies/{}", other.id)).await.expect(200).says_not("AccessRefused").says_not(&path);
});

story!(wrong_contacts_come_back_with_what_is_wrong, |house| {
    let who = keeper(&house).await;
    let agency = coded(&house, "SYT").await;
    let path = format!("/desk/agencies/{}/contacts", agency.id);
    let long = "a".repeat(10_000);
    let wrong = [("phone", "gọi 113"), ("email", "khong phai thu"), ("address", long.as_str()), ("version", "1")];
    let page = who.post(&path, &wrong).await.expect(422).says("Còn 3 chỗ cần sửa").says("gọi 113").says("khong phai thu");
    page.says("ten@donvi.gov.vn").says("Tối đa 300 chữ").says("href=\"#phone\"").says(&long);
    who.post(&path, &[("phone", "1022"), ("version", "7")]).await.expect(409).says("trước bạn");
    who.post(&path, &[("phone", "1022")]).await.expect(400);
    who.post(&path, &[("version", "1")]).await.expect(303);
    who.get(&format!("/desk/agencies/{}", agency.id)).await.expect(200).says("Không có gì thay đổi.");
    let hostile = [("address", "<img src=x onerror=alert(1)>"), ("version", "1")];
    who.post(&path, &hostile).await.expect(303);
    let page = who.get(&format!("/desk/agencies/{}", agency.id)).await.expect(200);
    page.says_not("<img src=x").says("&#60;img src=x");
    assert_eq!(coded(&house, "SYT").await.version, 2);
});

story!(roles_without_a_say_are_told_so, |house| {
    keeper(&house).await;
    let agency = coded(&house, "SYT").await;
    let path = format!("/desk/agencies/{}/contacts", agency.id);
    for role in [Role::Officer, Role::Reviewer, Role::Approver, Role::Finance, Role::Leader, Role::Auditor] {
        let who = house.someone(role, Some(&agency)).await;
        who.get(&path).await.expect(403);
        who.post(&path, &[("phone", "1022"), ("version", "1")]).await.expect(403);
    }
    let coordinator = house.someone(Role::Coordinator, None).await;
    coordinator.post(&path, &[("phone", "1022"), ("version", "1")]).await.expect(303);
    let fact = last(&house, agency.id).await;
    assert_eq!(fact.person, coordinator.person);
    let name = person::Model::find(&house.app.db, coordinator.person.expect("signed in")).await.expect("a person").name;
    coordinator.get(&format!("/desk/agencies/{}", agency.id)).await.expect(200).says(&name).says("1022");
});
