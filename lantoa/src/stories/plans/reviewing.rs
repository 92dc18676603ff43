//! Correcting what was read.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{PLAN, drop_in, province};
use crate::base::{Fact, Role, fact};
use crate::plans::{party, provision};
use crate::story;
use crate::testing::House;

async fn at(house: &House, plan: Uuid, path: &str) -> provision::Model {
    let found = provision::Entity::find().filter(provision::Column::Plan.eq(plan)).filter(provision::Column::Path.eq(path));
    found.one(&house.app.db).await.expect("the database").unwrap_or_else(|| panic!("no provision {path}"))
}

fn form<'a>(version: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("version", version),
        ("kind", "task"),
        ("role", "lead"),
        ("text", "Lập danh mục tuyến đường cần trồng cây."),
        ("leads", "Sở Xây dựng"),
        ("deadline_kind", "year"),
        ("year", "2026"),
    ];
    for (name, value) in changes {
        fields.retain(|(kept, _)| kept != name);
        fields.push((name, value));
    }
    fields
}

story!(every_field_is_corrected_and_the_ledger_says_from_what_to_what, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let plan = drop_in(&who, "ke-hoach.txt", PLAN.as_bytes()).await;
    let row = at(&house, plan, "II.1.1").await;
    let address = format!("/desk/plans/{plan}/provisions/{}", row.id);
    who.get(&address).await.expect(200).says("Sở Xây dựng").says("name=\"deadline_kind\"");
    let changes = [
        ("year", "2027"),
        ("leads", "Sở Xây dựng\nSở Tài chính"),
        ("target_value", "1.234,5"),
        ("target_unit", "km"),
        ("target_op", ">="),
    ];
    who.post(&address, &form("1", &changes)).await.expect(303);
    let after = at(&house, plan, "II.1.1").await;
    assert_eq!((after.deadline().year, after.version, after.edited), (Some(2027), 2, true));
    assert_eq!(after.target().and_then(|target| target.value), Some(1234.5));
    assert_eq!(after.due_on.map(|day| day.to_string()).as_deref(), Some("2027-12-31"));
    let leads = party::Model::of_provision(&house.app.db, row.id).await.expect("parties");
    assert_eq!(leads.iter().filter(|party| party.agency.is_some()).count(), 2, "{leads:?}");
    let last = fact::Model::history(&house.app.db, plan, 1).await.expect("facts").remove(0);
    let Some(Fact::ProvisionCorrected { path, changes }) = last.fact() else { panic!("{last:?}") };
    assert_eq!(path, "II.1.1");
    let deadline = changes.iter().find(|change| change.field == "deadline").expect("the deadline changed");
    assert_eq!((deadline.from.as_str(), deadline.to.as_str()), ("Năm 2026", "Năm 2027"));
});

story!(two_people_at_once_do_not_overwrite_each_other, |house| {
    let standing = province(&house).await;
    let one = house.someone(Role::Coordinator, Some(&standing)).await;
    let other = house.someone(Role::Coordinator, Some(&standing)).await;
    let plan = drop_in(&one, "ke-hoach.txt", PLAN.as_bytes()).await;
    let address = format!("/desk/plans/{plan}/provisions/{}", at(&house, plan, "II.1.1").await.id);
    one.post(&address, &form("1", &[("year", "2027")])).await.expect(303);
    other.post(&address, &form("1", &[("year", "2028")])).await.expect(409).says("Có người vừa sửa nội dung này trước bạn");
    assert_eq!(at(&house, plan, "II.1.1").await.deadline().year, Some(2027));
    // A double click: the second confirmation meets a newer version and changes nothing.
    let second = at(&house, plan, "II.1.2").await;
    let confirmation = format!("/desk/plans/{plan}/provisions/{}/confirmation", second.id);
    one.post(&confirmation, &[("version", "1")]).await.expect(303);
    one.post(&confirmation, &[("version", "1")]).await.expect(409);
});

story!(mistakes_come_back_with_the_form, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let plan = drop_in(&who, "ke-hoach.txt", PLAN.as_bytes()).await;
    let address = format!("/desk/plans/{plan}/provisions/{}", at(&house, plan, "II.1.1").await.id);
    let mistakes = [("year", "20x6"), ("target_value", "nhiều"), ("text", "  ")];
    let page = who.post(&address, &form("1", &mistakes)).await.expect(422);
    page.says("không phải là số").says("Không hiểu số").says("không được để trống").says("20x6");
    let page = who.post(&address, &form("1", &[("deadline_kind", "date"), ("day", "31"), ("month", "6")])).await.expect(422);
    page.says("không có trong lịch");
    let page = who.post(&address, &form("1", &[("leads", "<script>alert(1)</script>")])).await.expect(303);
    drop(page);
    who.get(&format!("/desk/plans/{plan}/review")).await.expect(200).says_not("<script>alert(1)");
});

story!(what_is_not_understood_is_refused_at_its_field_and_nothing_is_kept, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let plan = drop_in(&who, "ke-hoach.txt", PLAN.as_bytes()).await;
    let before = at(&house, plan, "II.1.1").await;
    let address = format!("/desk/plans/{plan}/provisions/{}", before.id);
    for (field, value, said) in [
        ("kind", "bia-dat", "Không có loại quy định “bia-dat”"),
        ("role", "boss", "Không có vai trò “boss”"),
        ("deadline_kind", "someday", "Không có cách tính thời hạn “someday”"),
        ("interval", "hourly", "Không có nhịp “hourly”"),
        ("day", "32", "Không có ngày “32”"),
        ("month", "13", "Không có tháng “13”"),
        ("quarter", "5", "Không có quý “5”"),
        ("year", "4000000000", "Năm “4000000000” có vẻ nhầm"),
        ("year", "-5", "không phải là số"),
        ("year", "", "Hãy ghi năm của thời hạn"),
        ("target_op", "~", "Không có phép so sánh “~”"),
    ] {
        let page = who.post(&address, &form("1", &[(field, value), ("result", "Danh mục đã gõ")])).await.expect(422);
        let page = page.says(&format!("id=\"{field}-{}-error\"", before.id)).says(said).says("Danh mục đã gõ");
        page.says(&format!("value=\"{value}\""));
    }
    let missing = [("deadline_kind", "month", "Hãy ghi tháng"), ("deadline_kind", "quarter", "Hãy ghi quý")];
    for (field, value, said) in missing {
        who.post(&address, &form("1", &[(field, value)])).await.expect(422).says(said);
    }
    let range = [("target_op", "range"), ("target_value", "3")];
    who.post(&address, &form("1", &range)).await.expect(422).says("không nêu cận trên");
    assert_eq!(at(&house, plan, "II.1.1").await, before, "nothing was kept");
});

story!(a_provision_that_can_not_be_added_comes_back_as_it_was_typed, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let plan = drop_in(&who, "ke-hoach.txt", PLAN.as_bytes()).await;
    for (path, kind, after, field, said) in [
        ("II.1.9/..", "task", "", "path", "Mục chỉ gồm chữ và số"),
        ("II..9", "task", "", "path", "Mục chỉ gồm chữ và số"),
        (" ", "task", "", "path", "Hãy ghi mục"),
        ("II.1.1", "task", "", "path", "Mục II.1.1 đã có"),
        ("II.1.9", "bia-dat", "", "kind", "Không có loại quy định “bia-dat”"),
        ("II.1.9", "task", "IX.9", "after", "Văn bản không có mục IX.9"),
    ] {
        let new = [("path", path), ("kind", kind), ("after", after), ("text", "Kiểm kê cây hằng năm.")];
        let page = who.post(&format!("/desk/plans/{plan}/provisions"), &new).await.expect(422);
        let page =
            page.says(&format!("id=\"{field}-error\"")).says(said).says("Kiểm kê cây hằng năm.").says("id=\"adding\" open");
        page.says(&format!("value=\"{path}\""));
    }
    assert_eq!(provision::count(&house.app.db, plan).await.expect("a count"), 6, "nothing was added");
});

story!(what_is_missing_is_added_and_what_is_none_is_taken_out, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let plan = drop_in(&who, "ke-hoach.txt", PLAN.as_bytes()).await;
    let new = [("path", "II.1.3"), ("after", "II.1.2"), ("kind", "task"), ("text", "Kiểm kê cây hằng năm.")];
    let to = who.post(&format!("/desk/plans/{plan}/provisions"), &new).await.expect(303);
    who.get(to.location()).await.expect(200).says("Kiểm kê cây hằng năm.");
    who.post(&format!("/desk/plans/{plan}/provisions"), &new).await.expect(422).says("đã có");
    let paths: Vec<String> =
        provision::Model::of(&house.app.db, plan).await.expect("provisions").into_iter().map(|row| row.path).collect();
    let place = |path: &str| paths.iter().position(|one| one == path).unwrap_or_else(|| panic!("{path} in {paths:?}"));
    assert!(place("II.1.2") < place("II.1.3") && place("II.1.3") < place("II.2.1"));
    let row = at(&house, plan, "II.1.3").await;
    let removal = format!("/desk/plans/{plan}/provisions/{}/removal", row.id);
    who.post(&removal, &[("version", "1"), ("why", " ")]).await.expect(422).says("Hãy ghi lý do");
    who.post(&removal, &[("version", "1"), ("why", "Trùng mục II.1.2")]).await.expect(303);
    let last = fact::Model::history(&house.app.db, plan, 1).await.expect("facts").remove(0);
    assert_eq!((last.kind.as_str(), last.why.as_deref()), ("ProvisionRemoved", Some("Trùng mục II.1.2")));
});

story!(a_name_is_tied_to_an_agency_by_hand, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let text = PLAN.replace("Sở Xây dựng chủ trì", "Ban Cây xanh chủ trì");
    let plan = drop_in(&who, "ke-hoach.txt", text.as_bytes()).await;
    let row = at(&house, plan, "II.1.1").await;
    assert!(row.doubts().iter().any(|doubt| doubt.kind == "party-unknown"), "{:?}", row.doubts());
    let party = party::Model::of_provision(&house.app.db, row.id).await.expect("parties").remove(0);
    let address = format!("/desk/plans/{plan}/parties/{}", party.id);
    who.post(&address, &[("agency", "Không có thật")]).await.expect(422).says("Không có cơ quan nào tên như vậy");
    who.post(&address, &[("agency", "sở xây dựng")]).await.expect(303);
    let chosen = party::find(&house.app.db, plan, party.id).await.expect("the party");
    assert!(chosen.agency.is_some() && chosen.resolution == party::Resolution::Chosen);
});

story!(the_head_is_corrected, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let text = PLAN.replace("Số: 07/KH-UBND", "Số:      /KH-UBND").replace("ngày 05 tháng 3", "ngày    tháng   ");
    let plan = drop_in(&who, "du-thao.txt", text.as_bytes()).await;
    who.get(&format!("/desk/plans/{plan}/review")).await.expect(200).says("Chưa có ngày ban hành");
    let heading = |date| {
        [
            ("version", "1"),
            ("type_name", "Kế hoạch"),
            ("number", "07/KH-UBND"),
            ("issuer", "UBND"),
            ("place", "Mẫu"),
            ("subject", "Trồng cây"),
            ("issued_on", date),
        ]
    };
    let address = format!("/desk/plans/{plan}/heading");
    who.post(&address, &heading("31/6/2026")).await.expect(422).says("Không hiểu ngày");
    who.post(&address, &heading("1/1/0001")).await.expect(422).says("1990 đến 2100");
    let long = "x".repeat(1_001);
    let mut too_long = heading("5/3/2026");
    too_long[5].1 = &long;
    who.post(&address, &too_long).await.expect(422).says("Tối đa");
    who.post(&address, &heading("5/3/2026")).await.expect(303);
    who.post(&address, &heading("6/3/2026")).await.expect(409);
    who.get(&format!("/desk/plans/{plan}/review")).await.expect(200).says_not("Chưa có ngày ban hành").says("07/KH-UBND");
});
