//! The board: figures that open their lists, and the same counts as a table.

use super::answering::{first_slot, press};
use super::*;
use crate::story;

story!(every_figure_of_the_board_opens_the_list_it_counts, |house| {
    at(&house, "2026-06-10T09:00:00");
    let plan = adopted(&house).await;
    let (builders, slot) = first_slot(&house).await;
    let who = officer(&house, &builders).await;
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", "Xong")).await.expect(303);
    who.get("/desk/progress").await.expect(403);
    at(&house, "2026-06-24T09:00:00");
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    let before = house.statements();
    let page = looker.get("/desk/progress").await.expect(200).says("kỳ quá hạn").says("Sở Xây dựng").says("class=\"in-card\"");
    assert!(house.statements() - before <= 14, "{} statements", house.statements() - before);
    let text = page.text();
    // Each figure's list has as many slots as the figure says.
    let mut opened = 0;
    for piece in text.split("class=\"figure-stat\" href=\"").skip(1) {
        let href = piece.split('"').next().expect("an address").replace("&amp;", "&").replace("&#38;", "&");
        let value = piece.split("class=\"value\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a value").to_owned();
        let count = value.replace('.', "");
        looker.get(&href).await.expect(200).says(&format!(": {count} kỳ"));
        opened += 1;
    }
    assert_eq!(opened, 6);
    looker
        .get(&format!("/desk/progress/slots?plan={}&which=waiting&year=2026&page=9", plan.slug))
        .await
        .expect(200)
        .says(": 1 kỳ");
    looker.get(&format!("/desk/progress/slots?plan={}&agency=khong-co", plan.slug)).await.expect(404);
    looker.get("/desk/progress?plan=khong-co").await.expect(404);
    looker.get("/desk/progress?year=1&part=%25").await.expect(200).says("Không hiểu điều kiện “1”");
    looker.get("/desk/progress?kind=zzz").await.expect(200).says("Không hiểu điều kiện “zzz”");
    let odd = format!("/desk/progress/slots?plan={}&which=abc&by=hom-nay&kind=work", plan.slug);
    looker.get(&odd).await.expect(200).says("Không hiểu điều kiện “abc, hom-nay”");
    let csv = looker.get("/desk/progress/csv?year=2026").await.expect(200).text();
    let mut table = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let place = table.headers().expect("a head").iter().position(|name| name == "Đã nộp").expect("the column");
    let sum: i64 = table.records().map(|line| line.expect("a line")[place].parse::<i64>().expect("a count")).sum();
    assert_eq!(sum, 1, "one was handed in: {csv}");
});

/// Opens every "done of expected" of an agency on a board: each list has as many rows as the figure says. Tells how many
/// figures there were.
async fn opened(looker: &Visitor<'_>, board: &str, slug: &str) -> usize {
    let page = looker.get(board).await.expect(200).text();
    let mut opened = 0;
    for piece in page.split("<a ").skip(1) {
        let Some((attributes, text)) = piece.split("</a>").next().and_then(|link| link.split_once('>')) else { continue };
        let Some((Ok(_), Ok(expected))) = text.split_once('/').map(|(done, all)| (done.parse::<usize>(), all.parse::<usize>()))
        else {
            continue;
        };
        let Some(href) = attributes.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()) else { continue };
        let href = href.replace("&amp;", "&").replace("&#38;", "&");
        if href.contains(&format!("agency={slug}")) {
            let list = looker.get(&href).await.expect(200).text();
            assert_eq!(list.matches("<tr data-href=").count(), expected, "{href}");
            opened += 1;
        }
    }
    opened
}

story!(a_cell_of_the_board_opens_exactly_what_it_counts, |house| {
    at(&house, "2026-06-24T09:00:00");
    adopted(&house).await;
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    assert!(opened(&looker, "/desk/progress?year=2026", "so-xay-dung").await >= 4, "the whole, each half-year, what is due once");
    assert!(opened(&looker, "/desk/progress?year=2026&part=II", "so-xay-dung").await >= 3, "of one part");
    assert!(opened(&looker, "/desk/progress?year=2026&kind=report", "so-xay-dung").await >= 2, "of one kind");
});

story!(the_board_without_a_plan_says_so, |house| {
    crate::people::province::settle(&house.app).await.expect("the default province");
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    looker.get("/desk/progress").await.expect(422).says("Chưa có kế hoạch nào được ban hành");
    looker.get("/desk/reviews").await.expect(200).says("Không có kết quả nào chờ thẩm định");
    looker.get("/desk/duties").await.expect(200).says("Không có việc nào");
});
