//! Agencies in and out as tables.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::door::facts;
use crate::base::{Fact, Role, fact};
use crate::people::agency::name::{self, NameKind};
use crate::people::agency::{self, Agency, upload};
use crate::people::province;
use crate::story;
use crate::testing::{Answer, House, Visitor};

const IMPORT: &str = "/desk/agencies/import";

/// Brings a file in and goes to its preview.
pub async fn bring(who: &Visitor<'_>, name: &str, bytes: &[u8]) -> (String, Answer) {
    let answer = who.upload(IMPORT, ("file", name, bytes), &[]).await.expect(303);
    let preview = answer.location().to_owned();
    let page = who.get(&preview).await.expect(200);
    (preview, page)
}

/// The mark that the page sends back.
pub fn seen(page: &Answer) -> String {
    let text = page.text();
    text.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

/// Confirms what the preview shows.
pub async fn confirm(who: &Visitor<'_>, preview: &str, page: &Answer) -> Answer {
    who.post(&format!("{preview}/confirmation"), &[("seen", &seen(page)), ("why", "Danh bạ tháng 3")]).await
}

async fn all(house: &House) -> Vec<Agency> {
    let mut agencies = agency::Entity::find().all(&house.app.db).await.expect("agencies");
    agencies.sort_by(|a, b| a.code.cmp(&b.code));
    agencies
}

async fn by_code(house: &House, code: &str) -> Agency {
    Agency::find_by_code(&house.app.db, code).await.expect("the database").unwrap_or_else(|| panic!("no {code}"))
}

async fn count_facts(house: &House, kind: &str) -> u64 {
    fact::Entity::find().filter(fact::Column::Kind.eq(kind)).count(&house.app.db).await.expect("facts")
}

story!(what_is_exported_and_imported_again_changes_nothing, |house| {
    province::settle(&house.app).await.expect("the default province");
    let keeper = house.someone(Role::SystemAdministrator, None).await;
    let row = "Mã,Tên đầy đủ,Tên gọi,Loại,Hoạt động từ ngày,Ngày cuối cùng,Điện thoại,Ghi chú,Tên gọi khác,Thư điện tử,Vĩ độ,Kinh độ\n\
               =\"00017\",Ủy ban nhân dân xã Thử Nghiệm,xã Thử Nghiệm,UBND xã,1/7/2025,31/12/2025,'+84 277 3851,\"'=1+1\nhai dòng, ba; bốn \"\"năm\"\"\",Thử | Tên thử nghiệm,a@b.vn,\"10,5\",105.25\n";
    let (preview, page) = bring(&keeper, "moi.csv", row.as_bytes()).await;
    confirm(&keeper, &preview, &page).await.expect(303);
    let before = all(&house).await;
    let tested = by_code(&house, "00017").await;
    assert_eq!((tested.phone.as_deref(), tested.latitude), (Some("+84 277 3851"), Some(10.5)));
    assert_eq!(tested.note, "=1+1\nhai dòng, ba; bốn \"năm\"");
    assert_eq!(tested.closed_on.map(|day| day.to_string()).as_deref(), Some("2025-12-31"));
    for (name, address) in [("a.csv", "/desk/agencies/export/csv?state=all"), ("a.xlsx", "/desk/agencies/export/xlsx?state=all")]
    {
        for language in ["vi", "en"] {
            keeper.post("/preferences", &[("language", language), ("back", "/desk")]).await;
            let file = keeper.get(address).await.expect(200);
            let (preview, page) = bring(&keeper, name, &file.bytes).await;
            assert!(seen(&page).is_empty(), "{name} {language} offers something to write: {}", page.text());
            let page = if language == "vi" { page.says("Tệp giống danh mục hiện nay") } else { page };
            drop(page);
            keeper.post(&format!("{preview}/confirmation"), &[]).await.expect(409);
        }
    }
    assert_eq!(all(&house).await, before, "not even a version");
});

story!(a_table_is_shown_before_it_is_written, |house| {
    province::settle(&house.app).await.expect("the default province");
    let keeper = house.someone(Role::Coordinator, None).await;
    let file = "Mã;Tên đầy đủ;Tên gọi;Loại;Hoạt động từ ngày;Cơ quan cấp trên;Điện thoại;Fax\r\n\
        TTM;Trung tâm Mẫu <b>&</b>;Trung tâm Mẫu;Đơn vị sự nghiệp;1/1/2026;PHM;;\r\n\
        PHM;Phòng Mẫu;Phòng Mẫu;Loại khác;1/1/2026;SKHCN;;\r\n\
        SKHCN;Sở Khoa học và Công nghệ;Sở KH&CN;Sở;1/7/2025;UBND;0277 3851 234;12\r\n\
        STC;Sở Tài chính;Sở Tài chính;Sở;1/7/2025;UBND;;\r\n";
    let versions = by_code(&house, "STC").await.version;
    let upload = keeper.upload(IMPORT, ("file", "danh bạ.csv", file.as_bytes()), &[]).await.expect(303);
    let preview = upload.location().to_owned();
    let before = house.statements();
    let page = keeper.get(&preview).await.expect(200);
    assert!(house.statements() - before <= 8, "session 4, upload, agencies, names: {}", house.statements() - before);
    let page = page
        .says("danh bạ.csv")
        .says("0277 3851 234")
        .says("Trung tâm Mẫu &#60;b&#62;&#38;")
        .says("Fax")
        .says("Loại: Đơn vị sự nghiệp")
        .says_not("Dòng cần sửa (")
        .says_not("<b>&");
    assert_eq!(count_facts(&house, "AgenciesImported").await, 0);
    let done = confirm(&keeper, &preview, &page).await.expect(303);
    assert_eq!(done.location(), "/desk/agencies");
    let parent = by_code(&house, "PHM").await;
    assert_eq!(by_code(&house, "TTM").await.parent, Some(parent.id), "the one above stood below in the file");
    assert_eq!(by_code(&house, "SKHCN").await.phone.as_deref(), Some("0277 3851 234"));
    assert_eq!(by_code(&house, "STC").await.version, versions, "what is the same is not written");
    assert_eq!(facts(&house.app, parent.id).await, [Fact::AgencyOpened { name: "Phòng Mẫu".into() }]);
    let id: Uuid = preview.trim_start_matches("/desk/agencies/import/").parse().expect("an id");
    assert_eq!(facts(&house.app, id).await, [Fact::AgenciesImported { created: 2, changed: 1 }]);
    // Pressed twice, and gone back to.
    confirm(&keeper, &preview, &page).await.expect(303);
    assert_eq!(keeper.get(&preview).await.expect(303).location(), "/desk/agencies");
    assert_eq!(count_facts(&house, "AgenciesImported").await, 1);
    house.visitor().get("/co-quan/phong-mau").await.expect(200).says("Phòng Mẫu");
});

story!(a_file_with_a_wrong_row_writes_nothing, |house| {
    province::settle(&house.app).await.expect("the default province");
    let keeper = house.someone(Role::Coordinator, None).await;
    let file = "Mã,Điện thoại,Thư điện tử\nSKHCN,0277 3851 234,\nSTC,gọi sau,\nKHONG,,\nSNV,,=A1\n";
    let (preview, page) = bring(&keeper, "sai.csv", file.as_bytes()).await;
    let page = page
        .says("Dòng cần sửa (3)")
        .says("data-label=\"Dòng\">3</td>")
        .says("Cần sửa</th>")
        .says("Số điện thoại chỉ gồm chữ số")
        .says("Ô này là công thức")
        .says("Chỗ này chưa có");
    assert!(seen(&page).is_empty(), "the button is refused before it is pressed");
    let page = page.says("Còn 3 dòng cần sửa");
    drop(page);
    let before = all(&house).await;
    keeper.post(&format!("{preview}/confirmation"), &[("seen", "0000")]).await.expect(409).says("Danh mục vừa thay đổi");
    assert_eq!(all(&house).await, before);
});

story!(of_two_who_import_at_once_the_second_sees_what_the_first_did, |house| {
    province::settle(&house.app).await.expect("the default province");
    let (one, other) = (house.someone(Role::Coordinator, None).await, house.someone(Role::SystemAdministrator, None).await);
    let (first, first_page) = bring(&one, "a.csv", "Mã,Điện thoại\nSKHCN,0277 3851 111\n".as_bytes()).await;
    let (second, second_page) = bring(&other, "b.csv", "Mã,Điện thoại\nSKHCN,0277 3851 222\n".as_bytes()).await;
    one.get(&second).await.expect(404);
    one.post(&format!("{second}/confirmation"), &[("seen", &seen(&second_page))]).await.expect(404);
    confirm(&one, &first, &first_page).await.expect(303);
    let page = confirm(&other, &second, &second_page).await.expect(409).says("Danh mục vừa thay đổi").says("0277 3851 111");
    assert_eq!(by_code(&house, "SKHCN").await.phone.as_deref(), Some("0277 3851 111"), "nothing is written over unseen");
    confirm(&other, &second, &page).await.expect(303);
    assert_eq!(by_code(&house, "SKHCN").await.phone.as_deref(), Some("0277 3851 222"));
    // Both at the same moment: one is told.
    let (first, first_page) = bring(&one, "a.csv", "Mã,Điện thoại\nSTC,0277 3851 111\n".as_bytes()).await;
    let (second, second_page) = bring(&other, "b.csv", "Mã,Điện thoại\nSTC,0277 3851 222\n".as_bytes()).await;
    let (a, b) = tokio::join!(confirm(&one, &first, &first_page), confirm(&other, &second, &second_page));
    let mut answers = [a.status.as_u16(), b.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
});

story!(only_who_keeps_the_agencies_imports_and_everyone_signed_in_exports, |house| {
    province::settle(&house.app).await.expect("the default province");
    let department = by_code(&house, "STC").await;
    for role in Role::ALL {
        let who = house.someone(role, Some(&department)).await;
        let may = matches!(role, Role::Coordinator | Role::SystemAdministrator);
        who.get(IMPORT).await.expect(if may { 200 } else { 403 });
        who.get("/desk/agencies/export/csv").await.expect(200);
        let file = who.upload(IMPORT, ("file", "a.csv", "Mã,Điện thoại\nSTC,113\n".as_bytes()), &[]).await;
        assert_eq!(file.status.as_u16(), if may { 303 } else { 403 }, "{role:?}");
    }
    let visitor = house.visitor();
    for address in [IMPORT, "/desk/agencies/export/xlsx"] {
        visitor.get(address).await.expect(303);
    }
    let who = house.someone(Role::Auditor, None).await;
    who.get("/desk/agencies/export/exe").await.expect(404);
    let id = crate::base::new_id();
    let keeper = house.someone(Role::Coordinator, None).await;
    keeper.get(&format!("/desk/agencies/import/{id}")).await.expect(404);
    keeper.post(&format!("/desk/agencies/import/{id}/confirmation"), &[]).await.expect(404);
});

story!(the_file_is_filtered_as_the_list_is, |house| {
    province::settle(&house.app).await.expect("the default province");
    let who = house.someone(Role::Officer, Some(&by_code(&house, "STC").await)).await;
    let csv = who.get("/desk/agencies/export/csv?q=so%20tai%20chinh").await.expect(200);
    assert!(csv.headers["content-disposition"].to_str().expect("a name").contains("co-quan-2026-03-02.csv"));
    let text = csv.text();
    assert!(text.starts_with("\u{feff}Mã,Tên đầy đủ,") && text.lines().count() == 2, "{text}");
    assert!(text.contains("Sở Tài chính") && text.contains("1/7/2025") && text.contains(",UBND,"), "{text}");
    assert_eq!(who.get("/desk/agencies/export/csv?kind=ward").await.expect(200).text().matches("UBND phường").count(), 20);
    let none = who.get("/desk/agencies/export/csv?q=zzzz").await.expect(200).text();
    assert_eq!(none.lines().count(), 1, "the heads alone: {none}");
    let geojson = who.get("/desk/agencies/export/geojson?kind=local").await.expect(200);
    let value: serde_json::Value = serde_json::from_slice(&geojson.bytes).expect("JSON");
    assert_eq!(value["features"].as_array().map(Vec::len), Some(102));
    assert_eq!(value["features"][0]["geometry"]["type"], "Point", "a place while there is no boundary");
});

story!(files_that_can_not_be_used_come_back_with_the_reason, |house| {
    let keeper = house.someone(Role::Coordinator, None).await;
    keeper.get(IMPORT).await.expect(200).says("Đọc và xem trước").says("/desk/agencies/export/xlsx");
    for (name, bytes, words) in [
        ("rong.csv", b"".as_slice(), "Tệp rỗng"),
        ("cu.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), "Excel đời cũ"),
        ("gia.xls", b"<html><table><tr><td>1</td></tr></table></html>".as_slice(), "trang web mang tên bảng tính"),
        ("tcvn3.csv", b"Ma,Ten\nA,\xf1y ban nh\xa9n d\xa9n t\xd8nh M\xc9u ban h\xb5nh K\xd5 ho\xb9ch\n".as_slice(), "TCVN3"),
        ("khac.csv", b"a,b\n1,2\n".as_slice(), "Không thấy dòng tiêu đề"),
        ("hong.xlsx", b"PK\x03\x04".as_slice(), "bị hỏng"),
        ("hong.geojson", b"{\"type\":".as_slice(), "bị cắt giữa chừng"),
    ] {
        let answer = keeper.upload(IMPORT, ("file", name, bytes), &[]).await.expect(422);
        answer.says(words).says("role=\"alert\"");
    }
    let large = vec![b'a'; 17 * 1024 * 1024];
    keeper.upload(IMPORT, ("file", "lon.csv", &large), &[]).await.expect(413);
    keeper.post(IMPORT, &[("file", "x")]).await.expect(400);
});

story!(names_follow_a_corrected_name_and_short_forms_stay, |house| {
    province::settle(&house.app).await.expect("the default province");
    let keeper = house.someone(Role::Coordinator, None).await;
    let commune = all(&house).await.into_iter().find(|agency| agency.short_name == "xã Mỹ Thiện").expect("a commune");
    let file = format!(
        "Mã,Tên đầy đủ,Tên gọi,Tên gọi khác\n{},Ủy ban nhân dân xã Mỹ Thiện Mới,xã Mỹ Thiện Mới,Tên thử | UBND Mỹ Thiện\n",
        commune.code
    );
    let (preview, page) = bring(&keeper, "ten.csv", file.as_bytes()).await;
    let page = page.says("Tên được sửa như viết sai");
    confirm(&keeper, &preview, &page).await.expect(303);
    let names = name::Model::of(&house.app.db, commune.id).await.expect("names");
    let of = |kind: NameKind| names.iter().filter(|name| name.kind == kind).map(|name| name.name.as_str()).collect::<Vec<_>>();
    assert_eq!(of(NameKind::Official), ["Ủy ban nhân dân xã Mỹ Thiện Mới"]);
    let mut aliases = of(NameKind::Alias);
    aliases.sort_unstable();
    assert_eq!(aliases, ["Mỹ Thiện Mới", "Tên thử", "UBND Mỹ Thiện", "UBND xã Mỹ Thiện Mới", "xã Mỹ Thiện Mới"]);
});

story!(an_upload_is_forgotten_after_a_day, |house| {
    province::settle(&house.app).await.expect("the default province");
    let keeper = house.someone(Role::Coordinator, None).await;
    bring(&keeper, "a.csv", "Mã,Điện thoại\nSTC,113\n".as_bytes()).await;
    upload::clear(&house.app).await.expect("clearing");
    assert_eq!(upload::Entity::find().count(&house.app.db).await.expect("uploads"), 1);
    house.app.clock.advance(chrono::TimeDelta::hours(25));
    upload::clear(&house.app).await.expect("clearing");
    assert_eq!(upload::Entity::find().count(&house.app.db).await.expect("uploads"), 0);
});
