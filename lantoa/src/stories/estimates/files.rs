//! Spreadsheets out and in: the same lines come back; mistakes are shown by row and column; nothing is half kept.

use super::*;
use crate::story;

/// What the preview sends back.
fn sent(page: &str) -> String {
    let text = page.split("<textarea name=\"text\" hidden>\n").nth(1).and_then(|rest| rest.split("</textarea>").next());
    text.expect("the rows")
        .replace("&#34;", "\"")
        .replace("&#38;", "&")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
}

story!(what_goes_out_comes_in_again_without_a_difference, |house| {
    let (plan, builders) = prepared(&house).await;
    let who = officer(&house, &builders).await;
    let here = begun(&who, plan).await;
    let held = duties(&house, plan, &builders).await;
    let (first, second) = (held[0].duty.to_string(), held[1].duty.to_string());
    let mut fields = form("1", &[(&first, "budget", "In \"tờ rơi\" & áp phích", "10.000.000.000.000")]);
    fields.extend([
        ("duty", second.as_str()),
        ("source", "social"),
        ("narrative", "=Mở lớp\ncho xã"),
        ("unit", "lớp"),
        ("quantity", "3"),
        ("unit_price", "1.234.567"),
        ("amount", ""),
    ]);
    who.post(&format!("/desk/estimates/{here}"), &fields).await.expect(303);
    let before = lines(&house).await;
    for end in ["template", "xlsx"] {
        let file = who.get(&format!("/desk/estimates/{here}/{end}")).await.expect(200);
        let page =
            who.upload(&format!("/desk/estimates/{here}/import"), ("file", "du-toan.xlsx", &file.bytes), &[]).await.expect(200);
        let page = page.says("Lưu 2 dòng này").says("10.000.003.703.701").text();
        let seen = estimate::Entity::find().one(&house.app.db).await.expect("one").expect("one").version.to_string();
        who.post(&format!("/desk/estimates/{here}/import/confirmation"), &[("seen", &seen), ("text", &sent(&page))])
            .await
            .expect(303);
        let plain = |lines: Vec<Line>| lines.into_iter().map(|line| Line { id: Uuid::nil(), ..line }).collect::<Vec<_>>();
        assert_eq!(plain(lines(&house).await), plain(before.clone()), "{end}");
    }
});

story!(mistakes_of_a_file_are_shown_by_row_and_column_and_nothing_is_kept, |house| {
    let (plan, builders) = prepared(&house).await;
    let who = officer(&house, &builders).await;
    let here = begun(&who, plan).await;
    let path = duties(&house, plan, &builders).await[0].path.clone();
    let csv = format!(
        "Mục;Nhiệm vụ;Nguồn kinh phí;Thuyết minh;Thành tiền (đồng)\n{path};;Xa hoi hoa;Tốt;1.000\n{path};;Vay;In;-5\nIX.9;;3;Sai mục;2.000\n;Tổng cộng;;;3.000\n"
    );
    who.get(&format!("/desk/estimates/{here}/import")).await.expect(200);
    let page = who.upload(&format!("/desk/estimates/{here}/import"), ("file", "a.csv", csv.as_bytes()), &[]).await.expect(200);
    let text = page
        .says("Còn 3 chỗ phải sửa")
        .says("là số âm")
        .says("Hãy chọn một nhiệm vụ")
        .says("nguồn kinh phí trong danh sách")
        .says("Bỏ qua dòng 5: dòng cộng")
        .text();
    let rows = sent(&text);
    who.post(&format!("/desk/estimates/{here}/import/confirmation"), &[("seen", "1"), ("text", &rows)])
        .await
        .expect(422)
        .says("là số âm");
    who.post(&format!("/desk/estimates/{here}/import/confirmation"), &[("seen", "1"), ("text", "{")]).await.expect(400);
    assert!(lines(&house).await.is_empty(), "nothing is half kept");
    for (bytes, words) in [
        (b"".as_slice(), "Tệp trống"),
        ("Tên;Tuổi\nA;5".as_bytes(), "Không thấy hàng tiêu đề"),
        (b"%PDF-1.7".as_slice(), "Hãy dùng Excel (.xlsx) hoặc CSV"),
        (b"PK\x03\x04 hong".as_slice(), "estimate"),
    ] {
        let answer = who.upload(&format!("/desk/estimates/{here}/import"), ("file", "b.xlsx", bytes), &[]).await.expect(422);
        if words != "estimate" {
            answer.says(words);
        }
    }
    let good = format!("Mục,Nguồn,Thuyết minh,Số tiền\n{path},budget,Tốt,1500\n");
    let text =
        who.upload(&format!("/desk/estimates/{here}/import"), ("file", "a.csv", good.as_bytes()), &[]).await.expect(200).text();
    who.post(&format!("/desk/estimates/{here}/import/confirmation"), &[("seen", "9"), ("text", &sent(&text))])
        .await
        .expect(409)
        .says("Chưa có gì được lưu");
    who.post(&format!("/desk/estimates/{here}/import/confirmation"), &[("seen", "1"), ("text", &sent(&text))]).await.expect(303);
    assert_eq!(lines(&house).await[0].asked, 1500);
    let treasury = finance(&house).await;
    who.post(&format!("/desk/estimates/{here}/submission"), &[("seen", "2")]).await.expect(303);
    treasury.get(&format!("/desk/estimates/{here}/xlsx")).await.expect(200);
    treasury.get(&format!("/desk/estimates/{here}/template")).await.expect(403);
    who.get(&format!("/desk/estimates/{here}/import")).await.expect(422).says("Dự toán đã gửi");
});

story!(a_line_whose_title_begins_like_a_sum_is_kept_and_what_is_left_out_is_named, |house| {
    let (plan, builders) = prepared(&house).await;
    let who = officer(&house, &builders).await;
    let here = begun(&who, plan).await;
    let held = duties(&house, plan, &builders).await;
    let (path, other) = (held[0].path.clone(), held[1].path.clone());
    let csv = format!(
        "Mục;Nhiệm vụ;Nguồn kinh phí;Thuyết minh;Thành tiền (đồng)\n{path};;Xã hội hóa;In tờ rơi;1.000\n;Tổng kết phong trào;Xã hội hóa;Hội nghị;2.000\n{other};Chưa điền;;;\n;Tổng cộng;;;3.000\n"
    );
    let send = async |csv: &str| {
        who.upload(&format!("/desk/estimates/{here}/import"), ("file", "a.csv", csv.as_bytes()), &[]).await.expect(200)
    };
    // Without a place in the plan it is a mistake to be mended, and no sum that goes away.
    let page = send(&csv).await.says("Còn 1 chỗ phải sửa").says("Bỏ qua dòng 5: dòng cộng").says("Bỏ qua dòng 4: không điền gì");
    page.says("Hãy chọn một nhiệm vụ");
    let mended = csv.replace("\n;Tổng kết", &format!("\n{path};Tổng kết"));
    let text = send(&mended).await.says("Lưu 2 dòng này").text();
    let confirmation = format!("/desk/estimates/{here}/import/confirmation");
    who.post(&confirmation, &[("seen", "9"), ("text", &sent(&text))]).await.expect(409).says("Bỏ qua dòng 5: dòng cộng");
    who.post(&confirmation, &[("seen", "1"), ("text", &sent(&text))]).await.expect(303);
    let kept = lines(&house).await;
    assert!(kept.iter().any(|line| line.narrative == "Hội nghị" && line.asked == 2_000), "{kept:?}");
});
