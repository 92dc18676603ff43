//! Files: looked at with every doubt, then written; brought in again they change what changed.

use super::*;

async fn brought(who: &Visitor<'_>, name: &str, bytes: &[u8]) -> String {
    let answer = who.upload("/desk/registers/import", ("file", name, bytes), &[("register", "st-task")]).await.expect(303);
    answer.location().to_owned()
}

/// The mark of the comparison that a preview shows.
fn seen(page: &str) -> String {
    let rest = page.split("name=\"seen\" value=\"").nth(1).expect("a mark");
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn pressed(who: &Visitor<'_>, preview: &str, more: &[(&str, &str)]) -> Answer {
    let id = preview.rsplit('/').next().unwrap_or_default();
    let mark = seen(&who.get(&format!("/desk/registers/import/{id}")).await.expect(200).text());
    let mut fields = vec![("seen", mark.as_str())];
    fields.extend(more);
    who.post(&format!("/desk/registers/import/{id}/confirmation"), &fields).await
}

story!(a_file_is_shown_with_its_doubts_before_it_is_written, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    cast.author.get("/desk/registers/import").await.expect(200).says("Chọn tệp CSV hoặc XLSX");
    let file = "\u{feff}Mã số;Tên;Từ ngày;Minh chứng;Ngày đăng\nKC-01;Lúa chịu mặn;46037;https://bao.example.vn/1;01/02/2026\nKC-02;Truy xuất xoài;15/01/2026;;\n";
    let preview = brought(&cast.author, "nhiem-vu.csv", file.as_bytes()).await;
    cast.author.get(&preview).await.expect(200).says("2 mới").says("Lúa chịu mặn");
    cast.approver.get(&preview).await.expect(404);
    assert_eq!(record::Entity::find().count(&house.app.db).await.expect("a count"), 0, "nothing before the press");
    pressed(&cast.author, &preview, &[]).await.expect(303);
    cast.author.post(&format!("{preview}/confirmation"), &[("seen", "x")]).await.expect(303);
    let rows = record::Entity::find().all(&house.app.db).await.expect("rows");
    assert!(rows.len() == 2 && rows.iter().all(|row| row.state == State::Drafted && row.from_on.to_string() == "2026-01-15"));
    // The same again changes nothing.
    let again = brought(&cast.author, "nhiem-vu.csv", file.as_bytes()).await;
    cast.author.get(&again).await.expect(200).says("2 không đổi").says("Tệp không thay đổi gì");
    for row in &rows {
        act(&house, &cast.approver, row.id, "confirm", &[]).await.expect(303);
    }
    // A code that changed is recognised, and asked about; what is confirmed keeps standing until somebody confirms the change.
    let renamed = file
        .replace("KC-02", "ĐT.02/2026")
        .replace("Truy xuất xoài;15/01/2026;;", "Truy xuất xoài;15/01/2026;https://bao.example.vn/2;");
    let preview = brought(&cast.author, "nhiem-vu.csv", renamed.as_bytes()).await;
    cast.author.get(&preview).await.expect(200).says("1 cập nhật").says("có vẻ mã đã đổi").says("KC-02");
    pressed(&cast.author, &preview, &[]).await.expect(422).says("dòng còn ngờ");
    pressed(&cast.author, &preview, &[("doubts", "on")]).await.expect(303);
    let xoai = rows.iter().find(|row| row.code == "KC-02").expect("the row").id;
    assert_eq!((the(&house, xoai).await.code.as_str(), the(&house, xoai).await.latest().code.as_str()), ("KC-02", "ĐT.02/2026"));
    act(&house, &cast.approver, xoai, "confirm", &[]).await.expect(303);
    // What went out is read back without a difference, in both formats.
    for format in ["csv", "xlsx"] {
        let out = cast.author.get(&format!("/desk/registers/export/{format}?register=st-task")).await.expect(200);
        let preview = brought(&cast.author, &format!("so.{format}"), &out.bytes).await;
        cast.author.get(&preview).await.expect(200).says("2 không đổi");
    }
    cast.author.get("/desk/registers/export/csv").await.expect(400);
});

story!(two_rows_that_mean_one_record_are_told_before_anything_is_written, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    drafted(&cast.author, "st-task", &[("code", "KC-01")]).await;
    let file = "Mã số,Tên,Từ ngày\nKC-08,Lúa chịu mặn,15/1/2026\nKC-09,Lúa chịu mặn,15/1/2026\n";
    let preview = brought(&cast.author, "nhiem-vu.csv", file.as_bytes()).await;
    cast.author.get(&preview).await.expect(200).says("1 sai").says("Trùng với dòng 2").says("1 cập nhật");
});

story!(a_secret_task_leaves_the_files_that_wait_and_nothing_else_does, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let secret =
        confirmed(&house, &cast, "st-task", &[("code", "KC-01"), ("title", "Chuyện sẽ kín")], "https://bao.example.vn/1").await;
    let file = "Mã số,Tên,Từ ngày\nKC-01,Tên khác,1/1/2026\nKC-02,Chuyện sẽ kín,1/1/2026\nKC-03,Lúa chịu mặn,1/1/2026\n";
    let waits = brought(&cast.author, "nhiem-vu.csv", file.as_bytes()).await;
    let other = "Mã số,Tên,Từ ngày\nKC-04,Truy xuất xoài,1/1/2026\n";
    let untouched = brought(&cast.author, "khac.csv", other.as_bytes()).await;
    act(&house, &cast.approver, secret, "secret", &[("sure", "on")]).await.expect(303);
    let page = cast.author.get(&waits).await.expect(200);
    page.says("2 sai").says("đã được đánh dấu mật").says("Lúa chịu mặn").says_not("Chuyện sẽ kín").says_not("Tên khác");
    cast.author.get(&untouched).await.expect(200).says("1 mới").says("Truy xuất xoài");
    let uploads = crate::registers::importing::Entity::find().all(&house.app.db).await.expect("uploads");
    assert!(uploads.len() == 2 && uploads.iter().all(|one| !one.body.contains("kín") && !one.body.contains("Tên khác")));
    let facts = crate::base::fact::Entity::find().all(&house.app.db).await.expect("facts");
    assert!(facts.iter().any(|fact| fact.kind == "RegisterMadeSecret" && fact.body.contains("\"files\":1")), "it is told");
});

story!(a_file_that_can_not_be_is_refused_and_of_a_secret_row_nothing_stays, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let refused = async |bytes: &[u8]| {
        let file = ("file", "so.csv", bytes);
        cast.author.upload("/desk/registers/import", file, &[("register", "st-task")]).await.expect(422)
    };
    refused("một;hai\n1;2\n".as_bytes()).await.says("Không tìm thấy dòng tên cột");
    refused(b"%PDF-1.7 x").await.says("không phải bảng CSV hay XLSX");
    refused(b" ").await;
    let file = "Mã số,Tên,Từ ngày,Độ mật,Cơ quan\nA1,Một,1/1/2026,Không,\nA1,Hai,1/1/2026,,\nA3,Chuyện kín,1/1/2026,Mật,\nA4,Bốn,31/2/2026,,\nA5,Năm,1/1/2026,,Sở Xây dựng\nA6,Sáu,1/1/2026,,Sở Không Có\n";
    let preview = brought(&cast.author, "so.csv", file.as_bytes()).await;
    let page = cast.author.get(&preview).await.expect(200).says("5 sai").says("Trùng với dòng 2").says("ghi là mật");
    page.says("31/2/2026").says("không ghi sổ cho cơ quan này").says("Không có cơ quan mang tên").says_not("Chuyện kín");
    let kept = crate::registers::importing::Entity::find().one(&house.app.db).await.expect("rows").expect("an upload");
    assert!(!kept.body.contains("Chuyện kín") && kept.body.contains("Một"));
    cast.author.post(&format!("{preview}/confirmation"), &[("seen", "x")]).await.expect(409);
    assert_eq!(record::Entity::find().count(&house.app.db).await.expect("a count"), 0);
});

story!(a_file_that_says_what_stands_leaves_the_change_that_waits, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let id = confirmed(&house, &cast, "st-task", &[("code", "KC-01")], "").await;
    let (text, version) = (id.to_string(), the(&house, id).await.version.to_string());
    let change = form(&text, "st-task", &[("code", "KC-01"), ("note", "Thêm ba xã"), ("version", &version)]);
    cast.author.post(&format!("/desk/registers/{id}"), &change).await.expect(303);
    // What went out says what stands, and comes back with an address more.
    let out = cast.author.get("/desk/registers/export/csv?register=st-task").await.expect(200);
    let preview = brought(&cast.author, "so.csv", &out.bytes).await;
    cast.author.get(&preview).await.expect(200).says("1 không đổi");
    let proven = "Mã số,Tên,Từ ngày,Minh chứng\nKC-01,Lúa chịu mặn,15/1/2026,https://bao.example.vn/1\n";
    let preview = brought(&cast.author, "so.csv", proven.as_bytes()).await;
    cast.author.get(&preview).await.expect(200).says("1 cập nhật").says_not("Ngờ:");
    pressed(&cast.author, &preview, &[]).await.expect(303);
    assert_eq!(the(&house, id).await.latest().note, "Thêm ba xã");
    // A file that says something else takes its place, and says so before.
    let other = "Mã số,Tên,Từ ngày\nKC-01,Lúa chịu mặn và hạn,15/1/2026\n";
    let preview = brought(&cast.author, "so.csv", other.as_bytes()).await;
    cast.author.get(&preview).await.expect(200).says("1 cập nhật").says("có thay đổi chờ xác nhận");
    pressed(&cast.author, &preview, &[]).await.expect(422).says("dòng còn ngờ");
    pressed(&cast.author, &preview, &[("doubts", "on")]).await.expect(303);
    assert_eq!(the(&house, id).await.latest().title, "Lúa chịu mặn và hạn");
});

story!(without_a_code_the_record_whose_new_title_waits_is_found_by_the_one_that_stands, |house| {
    house.on("2026-03-10T09:00:00").await;
    let cast = Cast::of(&house).await;
    let proof = "https://bao.example.vn/giai";
    let id = confirmed(&house, &cast, "award-round", &[("title", "Giải báo chí đợt 1")], proof).await;
    let (text, version) = (id.to_string(), the(&house, id).await.version.to_string());
    let change = form(&text, "award-round", &[("title", "Giải báo chí, đợt một"), ("version", &version)]);
    cast.author.post(&format!("/desk/registers/{id}"), &change).await.expect(303);
    let out = cast.author.get("/desk/registers/export/csv?register=award-round").await.expect(200);
    let file = ("file", "giai.csv", out.bytes.as_slice());
    let preview = cast.author.upload("/desk/registers/import", file, &[("register", "award-round")]).await.expect(303);
    cast.author.get(preview.location()).await.expect(200).says("1 không đổi");
    assert_eq!(the(&house, id).await.latest().title, "Giải báo chí, đợt một");
});
