//! What comes in: shown with its doubts, written whole, beside ours, and taken back.

use super::*;

const HEAD: &str = "Mã cơ quan;Mã chỉ số;Kỳ;Giá trị;Tử số;Mẫu số;Tình trạng;Đơn vị tính\n";

/// Three values; the first can be read in two ways.
fn file() -> String {
    format!("{HEAD}_T;so-viec;2026-S1;1.234;;;;việc\nso-xay-dung;so-viec;2026-H1;7;;;;việc\n_T;so-co-viec;2026;50 %;5;10;;%\n")
}

/// Brings a file in, looks at its doubts and writes it. Gives its address.
async fn confirmed(who: &Visitor<'_>, file: &str, decimals: &str) -> String {
    let here = bring(who, file, decimals).await.expect(303).location().to_owned();
    let seen = mark(&who.get(&here).await.expect(200).text());
    let confirmation = format!("{here}/confirmation");
    who.post(&confirmation, &[("seen", &seen), ("doubts", "on")]).await.expect(303);
    here
}

story!(values_of_another_system_are_seen_first_and_stand_beside_ours, |house| {
    let house = counting(house);
    measured(&house).await;
    let who = coordinator(&house).await;
    who.get("/desk/open-data").await.expect(200).says("Chưa nạp giá trị nào");
    let builders = agency(&house, "so-xay-dung").await;
    officer(&house, &builders).await.get("/desk/open-data").await.expect(200).says_not("dropzone");
    let file = file();
    officer(&house, &builders).await.upload("/desk/open-data/imports", ("file", "a.csv", file.as_bytes()), &[]).await.expect(403);
    let shown = bring(&who, &file, "comma").await.expect(303);
    let here = shown.location().to_owned();
    let page = who.get(&here).await.expect(200).says("đọc được hai cách; ở đây hiểu là số nguyên 1234").says("Nền tảng đang có");
    let seen = mark(&page.text());
    let id = here.rsplit('/').next().unwrap_or_default();
    let confirmation = format!("/desk/open-data/imports/{id}/confirmation");
    // Doubts are looked at, and what was shown is what is written.
    who.post(&confirmation, &[("seen", &seen)]).await.expect(422).says("còn ngờ");
    who.post(&confirmation, &[("seen", "khac"), ("doubts", "on")]).await.expect(409);
    assert!(kept(&house).await.is_empty());
    let other = coordinator(&house).await;
    other.post(&confirmation, &[("seen", &seen), ("doubts", "on")]).await.expect(404);
    for _ in 0..2 {
        who.post(&confirmation, &[("seen", &seen), ("doubts", "on")]).await.expect(303);
    }
    let values = kept(&house).await;
    assert_eq!(values.len(), 3, "two presses are one import");
    assert!(
        values.iter().any(|one| one.value.as_deref() == Some("1234") && one.period == "2026-S1" && one.of_agency().is_none())
    );
    who.get(&here).await.expect(200).says("1.234 việc").says("Sở Xây dựng").says("Rút lại lần nạp này");
    let page =
        who.get("/desk/measures/so-viec").await.expect(200).says("Số của hệ thống khác").says("1.234 việc").says(">khác</span>");
    page.says("Hệ thống quốc gia").says(&here);
    let own = format!("/desk/measures/so-viec?year=2026&agency={}", builders.id);
    who.get(&own).await.expect(200).says("7 việc").says_not("1.234 việc");
    who.get("/desk/measures/so-viec?year=2025").await.expect(200).says_not("Số của hệ thống khác");
    // Ours is what it was.
    house.visitor().get("/du-lieu-mo/sdmx/data.csv?indicator=so-viec&area=_T").await.expect(200).says_not("1234");
});

story!(of_one_source_the_later_holds_and_what_is_taken_back_gives_way, |house| {
    let house = counting(house);
    measured(&house).await;
    let who = coordinator(&house).await;
    let file = file();
    confirmed(&who, &file, "comma").await;
    // The same again is nothing new; another value of the same source is a change.
    let again = bring(&who, &file, "comma").await.expect(303).location().to_owned();
    who.get(&again).await.expect(200).says("Không có gì mới so với lần nạp trước");
    let other = file.replace(";7;", ";8;");
    let more = bring(&who, &other, "point").await.expect(303).location().to_owned();
    who.get(&more).await.expect(200).says("Cập nhật").says("ở đây hiểu là số thập phân, 1 phẩy 234");
    let more = confirmed(&who, &other, "point").await;
    let live = outside::live(&house.app.db, None).await.expect("values");
    let eight = |list: &[(outside::Model, crate::open_data::intake::Import)]| {
        list.iter().any(|(one, _)| one.value.as_deref() == Some("8"))
    };
    assert!(eight(&live) && live.len() == 3);
    let withdrawal = format!("/desk/open-data/imports/{}/withdrawal", more.rsplit('/').next().unwrap_or_default());
    // Taken back with a reason, the earlier holds again.
    who.post(&withdrawal, &[("why", " ")]).await.expect(422).says("vì sao rút lại");
    who.post(&withdrawal, &[("why", "Nhầm tệp")]).await.expect(303);
    who.post(&withdrawal, &[("why", "Nhầm tệp")]).await.expect(409);
    assert!(!eight(&outside::live(&house.app.db, None).await.expect("values")));
    who.get(&more).await.expect(200).says("Đã rút lại lúc").says("Nhầm tệp");
    who.get("/desk/open-data").await.expect(200).says("Đã rút").says("Đang dùng");
});

story!(what_goes_out_as_adx_comes_in_again_without_a_doubt, |house| {
    let house = counting(house);
    measured(&house).await;
    let who = coordinator(&house).await;
    let message = house.visitor().get("/du-lieu-mo/adx.xml").await.expect(200).text();
    let here = bring(&who, &message, "comma").await.expect(303).location().to_owned();
    let builders = agency(&house, "so-xay-dung").await.code;
    let page = who.get(&here).await.expect(200).says(&builders).says("2026-S1").says_not("đọc được hai cách");
    let seen = mark(&page.text());
    who.post(&format!("{here}/confirmation"), &[("seen", &seen)]).await.expect(303);
    let values = kept(&house).await;
    assert_eq!(
        values.len(),
        message.matches("<dataValue ").count() + message.matches("=L").count() + message.matches("=M").count()
    );
    who.get("/desk/measures/so-co-viec").await.expect(200).says("Số của hệ thống khác").says_not(">khác</span>");
    bring(&who, &message.replace(" unit=", " sex="), "comma").await.expect(422).says("chia nhỏ").says("“sex”");
    bring(&who, "<html></html>", "comma").await.expect(422).says("không phải thông điệp ADX");
});

story!(many_rows_are_one_import, |house| {
    let house = counting(house);
    measured(&house).await;
    let who = coordinator(&house).await;
    let row = |number: u32| format!("co-quan-{number};so-viec;2026-S1;{number};;;;\n");
    let file: String = std::iter::once(HEAD.to_owned()).chain((0..5_000).map(row)).collect();
    let here = bring(&who, &file, "comma").await.expect(303).location().to_owned();
    who.get(&here).await.expect(200).says("dòng cần sửa").says("co-quan-199");
});

story!(what_can_not_be_a_value_is_refused_row_by_row_and_nothing_is_written, |house| {
    let house = counting(house);
    measured(&house).await;
    let who = coordinator(&house).await;
    for (row, words) in [
        ("khong-co;so-viec;2026-S1;1;;;;", "Không thấy cơ quan “khong-co”"),
        ("_T;khong-co;2026-S1;1;;;;", "Không thấy chỉ số “khong-co”"),
        ("_T;so-viec;2026-Q1;1;;;;", "không tính theo kỳ kiểu"),
        ("_T;so-viec;2026-S2;1;;;;", "chưa bắt đầu"),
        ("_T;so-viec;31/6;1;;;;", "Không đọc được kỳ"),
        ("_T;so-viec;2026-S1;NaN;;;;", "không phải là số"),
        ("_T;so-viec;2026-S1;-1;;;;", "không thể âm"),
        ("_T;so-viec;2026-S1;;;;;", "Không có giá trị: hãy ghi mã"),
        ("_T;so-viec;2026-S1;1;;;M;", "trái nhau"),
        ("_T;so-viec;2026-S1;1;;;Z;", "Không có mã tình trạng “Z”"),
        ("_T;so-co-viec;2026;120;;;;", "không thể quá 100 %"),
        ("_T;so-co-viec;2026;50;5;0;;", "Mẫu số bằng 0"),
        ("_T;so-co-viec;2026;50;11;10;;", "Tử số lớn hơn mẫu số"),
    ] {
        let here = bring(&who, &format!("{HEAD}{row}\n"), "comma").await.expect(303).location().to_owned();
        let page = who.get(&here).await.expect(200).says(words).says("Còn 1 dòng cần sửa");
        assert!(!page.text().contains("name=\"seen\""), "{row}: it can not be confirmed");
    }
    // Twice the same place; a share that does not follow from its parts; another unit.
    let twice = format!("{HEAD}_T;so-viec;2026-S1;1;;;;\n_T;so-viec;2026-H1;2;;;;\n");
    let here = bring(&who, &twice, "comma").await.expect(303).location().to_owned();
    who.get(&here).await.expect(200).says("Trùng với dòng 2");
    let odd = format!("{HEAD}_T;so-co-viec;2026;50;1;10;;‰\n");
    let here = bring(&who, &odd, "comma").await.expect(303).location().to_owned();
    who.get(&here).await.expect(200).says("khác giá trị đã ghi").says("Đơn vị tính “‰” khác");
    // A file that is none comes back with the form, and what was typed.
    bring(&who, "không có cột nào\n", "comma").await.expect(422).says("Không tìm thấy dòng tên cột").says("Hệ thống quốc gia");
    let nameless = who.upload("/desk/open-data/imports", ("file", "a.csv", HEAD.as_bytes()), &[("taken_on", "2031-01-01")]).await;
    nameless.expect(422).says("Hãy ghi nguồn").says("không muộn hơn hôm nay");
    assert!(kept(&house).await.is_empty());
    house.visitor().get("/desk/open-data").await.expect(303);
});
