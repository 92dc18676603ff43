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
    let page = looker.get("/desk/progress").await.expect(200).says("kỳ quá hạn").says("Sở Xây dựng");
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
    looker.get("/desk/progress?year=1&part=%25").await.expect(200);
    let csv = looker.get("/desk/progress/csv?year=2026").await.expect(200).text();
    let mut table = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let place = table.headers().expect("a head").iter().position(|name| name == "Đã nộp").expect("the column");
    let sum: i64 = table.records().map(|line| line.expect("a line")[place].parse::<i64>().expect("a count")).sum();
    assert_eq!(sum, 1, "one was handed in: {csv}");
});

story!(the_board_without_a_plan_says_so, |house| {
    crate::people::province::settle(&house.app).await.expect("the default province");
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    let looker = house.someone(Role::Coordinator, Some(&standing)).await;
    looker.get("/desk/progress").await.expect(422).says("Chưa có kế hoạch nào được ban hành");
    looker.get("/desk/reviews").await.expect(200).says("Không có kết quả nào chờ thẩm định");
    looker.get("/desk/duties").await.expect(200).says("Không có việc nào");
});
