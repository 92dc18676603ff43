//! What administrators may do to accounts, and what they may not.

use rust_xlsxwriter::Workbook;
use uuid::Uuid;

use super::door::facts;
use crate::base::{Fact, Grant, Role};
use crate::people::agency::Kind;
use crate::people::{Notice, Person, grant, passkey};
use crate::story;
use crate::testing::House;
use sea_orm::{ActiveValue::Set, EntityTrait};

fn path(id: Uuid, rest: &str) -> String {
    format!("/desk/people/{id}{rest}")
}

story!(who_does_not_move_people_is_told_so_and_nothing_is_kept, |house| {
    let (own, other) =
        (house.agency("Sở Thử nghiệm", Kind::Department).await, house.agency("xã Minh Họa 1", Kind::Commune).await);
    let person = house.person(Role::Officer, Some(&own)).await;
    let who = house.someone(Role::AgencyAdministrator, Some(&own)).await;
    let (edit, elsewhere, here) = (path(person.id, "/edit"), other.id.to_string(), own.id.to_string());
    let fields = |agency| [("name", "Tên mới"), ("email", "moi@so.example"), ("agency", agency), ("version", "1")];
    let page = who.post(&edit, &fields(&elsewhere)).await.expect(422);
    page.says("chỉ quản trị hệ thống chuyển được").says("id=\"agency-error\"").says("value=\"Tên mới\"");
    who.post(&edit, &fields("")).await.expect(422);
    assert_eq!(Person::find(&house.app.db, person.id).await.expect("a person"), person, "nothing was kept");
    who.post(&edit, &fields(&here)).await.expect(303);
});

story!(nobody_is_sent_to_look_for_an_account_that_they_may_not_see, |house| {
    let (own, other) =
        (house.agency("Sở Thử nghiệm", Kind::Department).await, house.agency("xã Minh Họa 1", Kind::Commune).await);
    let (near, far) = (house.person(Role::Officer, Some(&own)).await, house.person(Role::Officer, Some(&other)).await);
    let person = house.person(Role::Officer, Some(&own)).await;
    let who = house.someone(Role::AgencyAdministrator, Some(&own)).await;
    let agency = own.id.to_string();
    let invited =
        |email: &str| [("name".to_owned(), "Mới".to_owned()), ("email".into(), email.into()), ("agency".into(), agency.clone())];
    for (email, said, said_not) in [
        (&near.email, "Hãy tìm tài khoản đó", "nhờ quản trị hệ thống."),
        (&far.email, "nhờ quản trị hệ thống.", "Hãy tìm tài khoản đó"),
    ] {
        let fields = invited(email);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        who.post("/desk/people", &fields).await.expect(422).says(said).says_not(said_not).says("id=\"email-error\"");
        let fields = [("name", "Mới"), ("email", email), ("version", "1")];
        who.post(&path(person.id, "/edit"), &fields).await.expect(422).says(said).says_not(said_not);
    }
    let system = house.someone(Role::SystemAdministrator, None).await;
    let fields = [("name", "Mới"), ("email", far.email.as_str()), ("version", "1")];
    system.post(&path(person.id, "/edit"), &fields).await.expect(422).says("Hãy tìm tài khoản đó");
});

story!(nobody_gives_themselves_a_role, |house| {
    let own = house.agency("Sở Thử nghiệm", Kind::Department).await;
    let agency = own.id.to_string();
    let system = house.someone(Role::SystemAdministrator, None).await;
    let keeper = house.someone(Role::AgencyAdministrator, Some(&own)).await;
    for (who, role) in [(&system, "coordinator"), (&system, "approver"), (&keeper, "approver")] {
        let id = who.person.expect("a person");
        who.get(&path(id, "")).await.expect(200).says("Không ai tự giao vai trò cho mình").says("aria-disabled");
        let fields = [("role", role), ("agency", agency.as_str())];
        who.post(&path(id, "/roles"), &fields).await.expect(422).says("Hãy nhờ người quản trị khác giao");
        assert_eq!(grant::Model::of(&house.app.db, id).await.expect("grants").len(), 1);
    }
    // Another administrator gives it.
    let second = house.someone(Role::SystemAdministrator, None).await;
    let id = system.person.expect("a person");
    second.post(&path(id, "/roles"), &[("role", "coordinator")]).await.expect(303);
    let held = grant::Model::of(&house.app.db, id).await.expect("grants");
    assert!(held.contains(&Grant { role: Role::Coordinator, agency: None }));
});

async fn passkey_of(house: &House, person: Uuid) -> Uuid {
    let id = crate::base::new_id();
    let row = passkey::ActiveModel {
        id: Set(id),
        person: Set(person),
        label: Set("Điện thoại đã mất".into()),
        credential_id: Set(id.to_string()),
        credential: Set("{}".into()),
        created_at: Set(house.app.clock.now()),
        used_at: Set(None),
    };
    passkey::Entity::insert(row).exec_without_returning(&house.app.db).await.expect("a passkey");
    id
}

story!(a_system_administrator_removes_a_passkey_and_its_owner_is_told, |house| {
    let own = house.agency("Sở Thử nghiệm", Kind::Department).await;
    let owner = house.someone(Role::Officer, Some(&own)).await;
    let person = owner.person.expect("a person");
    let passkey = passkey_of(&house, person).await;
    let removal = path(person, &format!("/passkeys/{passkey}/removal"));
    let keeper = house.someone(Role::AgencyAdministrator, Some(&own)).await;
    keeper.get(&path(person, "")).await.expect(200).says("Điện thoại đã mất").says_not("Gỡ khóa truy cập");
    keeper.post(&removal, &[("why", "mất máy")]).await.expect(422).says("Chỉ quản trị hệ thống");
    let system = house.someone(Role::SystemAdministrator, None).await;
    system.get(&path(person, "")).await.expect(200).says("Gỡ khóa truy cập “Điện thoại đã mất”");
    system.post(&removal, &[("why", " ")]).await.expect(422).says("Hãy ghi lý do");
    let other = house.person(Role::Officer, Some(&own)).await;
    system.post(&path(other.id, &format!("/passkeys/{passkey}/removal")), &[("why", "x")]).await.expect(404);
    system.post(&removal, &[("why", "mất máy")]).await.expect(303);
    system.post(&removal, &[("why", "mất máy")]).await.expect(404);
    assert!(passkey::Entity::find_by_id(passkey).one(&house.app.db).await.expect("a row").is_none());
    assert!(facts(&house.app, person).await.contains(&Fact::PasskeyRemoved { label: "Điện thoại đã mất".into() }));
    house.react().await;
    owner.get("/desk").await.expect(200).says("Quản trị hệ thống đã gỡ khóa truy cập “Điện thoại đã mất” của bạn");
    // Whoever removes their own is not told of it.
    let second = passkey_of(&house, person).await;
    owner.post(&format!("/desk/account/passkeys/{second}/removal"), &[]).await.expect(303);
    house.react().await;
    assert_eq!(Notice::latest(&house.app.db, &[person], 9).await.expect("notices").len(), 1);
});

story!(a_workbook_of_people_is_read_like_a_list, |house| {
    house.agency("Sở Thử nghiệm", Kind::Department).await;
    let who = house.someone(Role::SystemAdministrator, None).await;
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "Ghi chú chung").expect("a cell");
    let sheet = book.add_worksheet();
    let rows = [
        ["Họ và tên", "Thư điện tử", "Chức vụ", "Cơ quan", "Vai trò"],
        ["Người thứ nhất", "a@so.example", "Chuyên viên,\tchính", "Sở Thử nghiệm", "officer"],
        ["", "", "", "", ""],
        ["Người thứ hai", "không phải thư", "", "", ""],
    ];
    for (at, row) in (0..).zip(&rows) {
        for (column, text) in (0..).zip(row.iter()) {
            sheet.write(at, column, *text).expect("a cell");
        }
    }
    sheet.write(1, 5, 12345.0).expect("a cell");
    sheet.write(0, 5, "Mã định danh").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let page = who.upload("/desk/people/import", ("file", "can-bo.xlsx", &bytes), &[]).await.expect(200);
    let page = page.says("Sẽ mời 1 · đã có 0 · cần sửa 1").says("Người thứ nhất").says("chưa đúng dạng");
    page.says("data-label=\"Dòng\">4</td>").says("12345");
    let mut other = Workbook::new();
    other.add_worksheet().write(0, 0, "không có cột nào").expect("a cell");
    let bytes = other.save_to_buffer().expect("a workbook");
    who.upload("/desk/people/import", ("file", "khac.xlsx", &bytes), &[]).await.expect(422).says("Không thấy cột");
    who.upload("/desk/people/import", ("file", "hong.xlsx", b"PK\x03\x04junk"), &[]).await.expect(422).says("bị hỏng");
    who.upload("/desk/people/import", ("file", "cu.xls", b"\xd0\xcf\x11\xe0old"), &[]).await.expect(422).says("lưu thành .xlsx");
});
