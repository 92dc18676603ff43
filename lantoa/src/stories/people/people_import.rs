//! Many people are invited from a list.

use sea_orm::{EntityTrait, PaginatorTrait};

use crate::base::{Grant, Role};
use crate::people::agency::Kind;
use crate::people::{Person, grant, person};
use crate::story;
use crate::testing::{Answer, Visitor};

async fn look(who: &Visitor<'_>, list: &str) -> Answer {
    who.upload("/desk/people/import", ("file", "danh-sach.csv", list.as_bytes()), &[("text", "")]).await
}

story!(a_list_is_shown_then_invited_all_at_once, |house| {
    let agency = house.agency("Sở Thử nghiệm", Kind::Department).await;
    let who = house.someone(Role::SystemAdministrator, None).await;
    let known = house.person(Role::Officer, Some(&agency)).await;
    who.get("/desk/people/import").await.expect(200).says("Dán từ bảng tính").says("tối đa 500 người");
    let list = format!(
        "\u{feff}Thư điện tử;Họ và tên;Chức vụ;Ghi chú;Đơn vị;Vai trò\r\n\
         a@so.example;\"Người; thứ nhất\";Chuyên viên;;so thu nghiem;chuyên viên, Người duyệt\r\n\
         b@so.example;Người thứ hai;;;Sở Thử nghiệm;Điều phối\r\n;;;;;\r\n{};Đã có;;;;\r\n",
        known.email
    );
    let page = look(&who, &list).await.expect(200);
    let page = page.says("Sẽ mời 2 · đã có 1 · cần sửa 0").says("Người; thứ nhất").says("Mời 2 người").says("Người duyệt");
    page.says("Chưa ai được mời");
    assert!(Person::find_by_email(&house.app.db, "a@so.example").await.expect("a row").is_none());
    let page = who.post("/desk/people/import/confirmation", &[("text", &list)]).await.expect(200);
    page.says("Đã mời 2 người").says("/desk/invitation/").says("data:text/csv").says("tự gửi");
    let first = Person::find_by_email(&house.app.db, "a@so.example").await.expect("a row").expect("a person");
    let grants = grant::Model::of(&house.app.db, first.id).await.expect("grants");
    assert_eq!(grants, [Role::Officer, Role::Approver].map(|role| Grant { role, agency: Some(agency.id) }));
    // Sent again: nobody is new, nothing happens twice.
    who.post("/desk/people/import/confirmation", &[("text", &list)]).await.expect(422).says("Không có ai mới");
});

story!(a_wrong_row_keeps_everyone_out_and_says_why, |house| {
    let (own, other) =
        (house.agency("Sở Thử nghiệm", Kind::Department).await, house.agency("xã Minh Họa 1", Kind::Commune).await);
    let who = house.someone(Role::AgencyAdministrator, Some(&own)).await;
    let before = person::Entity::find().count(&house.app.db).await.expect("counted");
    let list = format!(
        "name\temail\tagency\trole\n\
         Tốt\ttot@so.example\t\tofficer\n\
         \tkhong-ten@so.example\t\t\n\
         Sai thư\tkhông phải thư\t\t\n\
         Xa lạ\tla@so.example\t{}\tofficer\n\
         Cao\tcao@so.example\t\tQuản trị hệ thống\n\
         Vai\tvai@so.example\t\thoàng đế\n\
         Hai\ttot@so.example\t\t\n",
        other.name
    );
    let page = look(&who, &list).await.expect(200);
    let page = page.says("cần sửa 6").says("Chưa có họ tên").says("chưa đúng dạng").says("trong phạm vi của bạn");
    let page = page.says("do quản trị hệ thống giao").says("Không có vai trò nào tên “hoàng đế”").says("có hai lần");
    page.says("aria-disabled");
    who.post("/desk/people/import/confirmation", &[("text", &list)]).await.expect(422).says("Còn 6 dòng cần sửa");
    assert_eq!(person::Entity::find().count(&house.app.db).await.expect("counted"), before);
    let good = "name,email,role\n<b>Tốt</b>,tot@so.example,officer\n";
    look(&who, good).await.expect(200).says("&#60;b&#62;Tốt").says_not("<b>Tốt");
    who.post("/desk/people/import/confirmation", &[("text", good)]).await.expect(200);
    let person = Person::find_by_email(&house.app.db, "tot@so.example").await.expect("a row").expect("a person");
    assert_eq!(person.agency, Some(own.id), "left empty, the agency is the administrator's own");
});

story!(what_is_no_list_is_refused_with_a_way_on, |house| {
    let who = house.someone(Role::SystemAdministrator, None).await;
    look(&who, "").await.expect(422).says("chưa có ai");
    look(&who, "xin chào\nthế giới").await.expect(422).says("Không thấy cột");
    look(&who, "name,email\n").await.expect(422).says("chưa có ai");
    look(&who, "PK\u{3}\u{4}....").await.expect(422).says("Tệp bị hỏng");
    let many: String = (0..501).map(|number| format!("Tên,n{number}@so.example\n")).collect();
    look(&who, &format!("name,email\n{many}")).await.expect(422).says("dài quá 500 người");
    look(&who, &format!("name,email\n{}", "x".repeat(600 * 1024))).await.expect(422).says("dài quá");
    who.post("/desk/people/import/confirmation", &[("text", "linh tinh")]).await.expect(422).says("Không thấy cột");
    // An old encoding of Vietnamese (TCVN3) is read too.
    let old = "Hä vµ tªn;email;Chøc vô\nNguyÔn V¨n §iÖn;dien@so.example;Chuyªn viªn tæng hîp\n";
    let bytes: Vec<u8> = old.chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin-1")).collect();
    let page = who.upload("/desk/people/import", ("file", "cu.csv", &bytes), &[]).await.expect(200);
    page.says("Nguyễn Văn Điện").says("Chuyên viên tổng hợp");
    for role in [Role::Officer, Role::Auditor] {
        let other = house.someone(role, None).await;
        other.get("/desk/people/import").await.expect(403);
        other.post("/desk/people/import/confirmation", &[("text", "x")]).await.expect(403);
    }
});
