//! Stocktakes (row b33): a plan and a year on one page and as one document.

use crate::base::Role;
use crate::stories::duties::{adopted, agency, at, officer};
use crate::stories::estimates::{begun, duties, form, prepared, submitted};
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

/// The cells with a figure in a section: where each leads, and what it says.
fn figures(page: &str, section: &str) -> Vec<(String, String)> {
    let section = page.split(&format!("id=\"{section}\"")).nth(1).expect("the section");
    let body = section.split("</section>").next().expect("its end");
    let cells = body.split("<td class=\"number\"").skip(1).filter_map(|cell| cell.split("</td>").next());
    let cell = |cell: &str| {
        let inner = cell.split_once('>').map(|(_, inner)| inner).unwrap_or_default();
        match inner.split_once("href=\"").and_then(|(_, rest)| rest.split_once('"')) {
            Some((href, rest)) => {
                let words = rest.trim_start_matches('>').split('<').next().unwrap_or_default();
                (href.replace("&#38;", "&"), words.to_owned())
            }
            None => (String::new(), inner.to_owned()),
        }
    };
    cells.map(cell).collect()
}

story!(
    /// No figure without its way down: each opens a list that counts the same, of a year and of all years together.
    every_figure_of_a_stocktake_opens_what_it_counts, |house| {
    let (plan, builders) = prepared(&house).await;
    let treasury = agency(&house, "so-tai-chinh").await;
    submitted(&house, plan, &builders, &["1.000.001", "2.000.002"]).await;
    // A draft is nobody's but the agency's.
    let drafting = officer(&house, &treasury).await;
    let draft = begun(&drafting, plan).await;
    let duty = duties(&house, plan, &treasury).await[0].duty.to_string();
    drafting.post(&format!("/desk/estimates/{draft}"), &form("1", &[(&duty, "social", "Chưa gửi", "77.777")])).await.expect(303);
    at(&house, "2026-12-28T09:00:00");
    let who = house.someone(Role::Coordinator, Some(&agency(&house, "so-khoa-hoc-va-cong-nghe").await)).await;
    for year in ["2026", "all"] {
        let page = who.get(&format!("/desk/stocktakes?year={year}")).await.expect(200).says_not("77.777").text();
        let mut opened = 0;
        for section in ["progress", "parts", "kinds", "red-agencies", "red-duties"] {
            for (href, count) in figures(&page, section).into_iter().filter(|(_, text)| text.parse::<u64>().is_ok_and(|n| n > 0)) {
                who.get(&href).await.expect(200).says(&format!(": {count} kỳ")).says_not("Không hiểu điều kiện");
                opened += 1;
            }
        }
        assert!(opened > 30, "{opened} figures");
        let sums = figures(&page, "money");
        assert!(sums.iter().any(|(_, sum)| sum == "3.000.003"), "{sums:?}");
        for (href, sum) in sums.into_iter().filter(|(_, sum)| sum != "–") {
            who.get(&href).await.expect(200).says(&sum).says("2 dòng dự toán").says_not("Không hiểu điều kiện");
        }
    }
    let several = "/desk/progress/slots?year=all&which=expected";
    who.get(several).await.expect(200).says("Mọi năm của kế hoạch").says("page=2").says("year=all");
    who.get("/desk/progress/slots?which=expected&year=2027").await.expect(200).says("Đến hạn trong năm 2027");
});
