//! Stocktakes (row b33): a plan and a year on one page and as one document.

use crate::base::Role;
use crate::stories::duties::{adopted, agency, at};
use crate::story;

story!(
    /// Row b33: the year, all the years, the document, and who reads them.
    a_year_is_taken_stock_of_on_one_page_and_as_a_document, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let builders = agency(&house, "so-xay-dung").await;
    at(&house, "2026-12-28T09:00:00");
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let before = house.statements();
    let page = who.get("/desk/stocktakes?year=2026").await.expect(200);
    assert!(house.statements() - before <= 34, "{} statements", house.statements() - before);
    let page = page.says("Sơ kết năm 2026").says("Theo phần của kế hoạch").says("Theo loại cơ quan").says("Sở Xây dựng");
    let page = page.says("Chưa nêu lý do").says("Chốt kỳ báo cáo").says("Chưa chốt").says("Khó khăn, vướng mắc").says("Kiểm tra");
    // Each figure leads to its list, and the list counts the same.
    let text = page.text();
    let kinds = text.split("id=\"kinds\"").nth(1).and_then(|rest| rest.split("</tr>").nth(1)).expect("a row");
    assert_eq!(kinds.matches("data-card=\"fact\"").count(), 3, "a card has three figures: {kinds}");
    let start = text.find("/desk/progress/slots?").expect("a figure that leads somewhere");
    let link = text[start..].split('"').next().expect("an address").replace("&#38;", "&").replace("&amp;", "&");
    who.get(&link).await.expect(200);
    for section in ["progress", "parts", "kinds", "red-agencies", "red-duties", "closings", "requests", "cases", "money"] {
        assert!(text.contains(&format!("id=\"{section}\"")), "{section}");
    }
    who.get("/desk/stocktakes?year=x").await.expect(200).says("Không hiểu điều kiện “x”");
    let whole = format!("/desk/stocktakes?plan={}&year=all", plan.slug);
    who.get(&whole).await.expect(200).says("Tổng kết giai đoạn");
    let file = who.get(&format!("/desk/stocktakes/docx?plan={}&year=2026", plan.slug)).await.expect(200);
    let limits = official_document::Limits::default();
    let read = format!("{:?}", official_document::read(&file.bytes, "so-ket.docx", &limits).expect("a document"));
    assert!(read.contains("Sở Xây dựng") && read.contains("Chốt kỳ báo cáo"), "{read}");
    house.someone(Role::Officer, Some(&builders)).await.get("/desk/stocktakes").await.expect(403);
    house.someone(Role::Leader, None).await.get("/desk/stocktakes/docx").await.expect(200);
    who.get("/desk/stocktakes?plan=khong-co").await.expect(404);
});
