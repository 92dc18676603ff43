//! The board and the roll-up: who made none, sums to the đồng, and every sum opens its lines.

use super::*;
use crate::story;

story!(finance_sees_who_made_none_and_sums_that_add_up, |house| {
    let (plan, builders) = prepared(&house).await;
    let treasury = agency(&house, "so-tai-chinh").await;
    submitted(&house, plan, &builders, &["1.000.001", "2.000.002"]).await;
    submitted(&house, plan, &treasury, &["9.999.999.999.997"]).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let drafting = officer(&house, &standing).await;
    let draft = begun(&drafting, plan).await;
    let duty = duties(&house, plan, &standing).await[0].duty.to_string();
    drafting.post(&format!("/desk/estimates/{draft}"), &form("1", &[(&duty, "social", "Chưa gửi", "77.777")])).await.expect(303);
    let money = finance(&house).await;
    money.get("/desk/estimates").await.expect(303);
    let before = house.statements();
    let board = money.get("/desk/estimates/board?year=2026").await.expect(200);
    assert!(house.statements() - before <= 14, "{} statements", house.statements() - before);
    board.says("10.000.003.000.000").says("Chưa lập").says("Đang lập").says_not("77.777");
    money
        .get("/desk/estimates/board?year=2026&state=submitted")
        .await
        .expect(200)
        .says("Sở Xây dựng")
        .says_not("Trường ĐH Đồng Tháp");
    money.get("/desk/estimates/board?year=2026&state=none").await.expect(200).says_not("3.000.003");
    money.get("/desk/estimates/board?year=2026&unit=million").await.expect(200).says("10.000.003");
    let sums = money.get("/desk/estimates/summary?year=2026").await.expect(200);
    let total = sums.text().matches("year=2026\">10.000.003.000.000</a>").count();
    assert_eq!(total, 5, "the year, and the foot of the four other tables");
    sums.says("Đề nghị 10.000.003.000.000 đồng").says("Theo nguồn kinh phí").says("Xã hội hóa").says_not("77.777");
    money.get("/desk/estimates/summary?year=2030").await.expect(200).says("Chưa có gì để tổng hợp");
    money.get("/desk/estimates/lines?year=2026&source=budget").await.expect(200).says("3 dòng").says("1.000.001");
    money.get("/desk/estimates/lines?year=2026&source=social").await.expect(200).says_not("Không hiểu");
    let odd = money.get("/desk/estimates/lines?year=2026&source=x&agency=so-xay-dung").await.expect(200);
    odd.says("Không hiểu điều kiện “x”").says("2 dòng").says("3.000.003");
    money.get("/desk/estimates/lines?year=2026&agency=so-xay-dung").await.expect(200).says("2 dòng").says("3.000.003");
    money.get("/desk/estimates/lines?year=2026&part=II").await.expect(200).says("Phần II");
    money.get("/desk/estimates/lines?year=2026&duty=x").await.expect(200).says("Không hiểu điều kiện “x”").says("3 dòng");
    let book = money.get("/desk/estimates/summary/xlsx?year=2026").await.expect(200);
    assert!(book.bytes.starts_with(b"PK"));
});

story!(the_names_of_sources_are_mended_and_sums_stay, |house| {
    let (plan, builders) = prepared(&house).await;
    submitted(&house, plan, &builders, &["5.000"]).await;
    let money = finance(&house).await;
    money.get("/desk/estimates/sources").await.expect(200).says("Xã hội hóa");
    let all = crate::estimates::source::Source::all(&house.app.db).await.expect("sources");
    assert_eq!(all.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["budget", "integrated", "social", "other"]);
    let path = format!("/desk/estimates/sources/{}", all[0].id);
    money.post(&path, &[("seen", "1"), ("name", " ")]).await.expect(422).says("không được để trống");
    money.post(&path, &[("seen", "1"), ("name", "xã hội hóa")]).await.expect(422).says("Đã có nguồn mang tên này");
    money.post(&path, &[("seen", "1"), ("name", "Ngân sách tỉnh")]).await.expect(303);
    money.post(&path, &[("seen", "1"), ("name", "Tên của người thứ hai")]).await.expect(409).says("Tên của người thứ hai");
    money.get("/desk/estimates/summary?year=2026").await.expect(200).says("Ngân sách tỉnh").says("5.000");
    officer(&house, &builders).await.get("/desk/estimates/sources").await.expect(403);
});

story!(the_board_is_narrowed_by_name_and_by_state, |house| {
    let (plan, builders) = prepared(&house).await;
    submitted(&house, plan, &builders, &["1.000.001"]).await;
    let money = finance(&house).await;
    let whole = money.get("/desk/estimates/board?year=2026").await.expect(200);
    whole.says("Sở Xây dựng").says("Sở Y tế").says("id=\"filter-q\"").says("id=\"filter-state\"");
    let named = money.get("/desk/estimates/board?year=2026&q=x%C3%A2y+DUNG&unit=million").await.expect(200);
    named.says("Sở Xây dựng").says_not("Sở Y tế").says("value=\"xây DUNG\"").says("unit=million#agencies");
    money.get("/desk/estimates/board?year=2026&state=zzz").await.expect(200).says("Không hiểu điều kiện “zzz”");
    for page in ["/desk/estimates/board", "/desk/estimates/summary"] {
        money.get(&format!("{page}?year=abc")).await.expect(200).says("Không hiểu điều kiện “abc”");
        money.get(&format!("{page}?year=2026")).await.expect(200).says_not("Không hiểu điều kiện");
    }
    let both = money.get("/desk/estimates/board?year=2026&q=xay+dung&state=submitted").await.expect(200);
    both.says("Sở Xây dựng").says("<option value=\"submitted\" selected>").says("1.000.001");
    money
        .get("/desk/estimates/board?year=2026&q=xay+dung&state=none")
        .await
        .expect(200)
        .says("Không có cơ quan nào")
        .says("Bấm “Bỏ lọc”")
        .says_not("1.000.001");
});
