//! What everyone reads of the progress: counts, never words or names; and the switch.

use axum::http::Request;
use axum::http::header::{ETAG, IF_NONE_MATCH};

use super::answering::{first_slot, press};
use super::*;
use crate::duties::progress::{self, Scope};
use crate::story;

async fn in_june(house: &House) -> plan::Model {
    at(house, "2026-06-10T09:00:00");
    let plan = adopted(house).await;
    let (builders, slot) = first_slot(house).await;
    let who = officer(house, &builders).await;
    who.post(&format!("/desk/duties/{}/answer", slot.id), &press("k", "0", "Nội dung kín")).await.expect(303);
    at(house, "2026-06-24T09:00:00");
    plan
}

async fn again(house: &House, address: &str) -> u16 {
    let visitor = house.visitor();
    let tag = visitor.get(address).await.expect(200).headers.get(ETAG).expect("a tag").clone();
    let again = Request::get(address).header(IF_NONE_MATCH, tag).body(axum::body::Body::empty()).expect("a request");
    visitor.send(again).await.status.as_u16()
}

story!(everyone_reads_the_counts_and_takes_the_data_and_nothing_else, |house| {
    let plan = in_june(&house).await;
    let visitor = house.visitor();
    let path = format!("/ke-hoach/{}/tien-do", plan.slug);
    let page = visitor.get(&path).await.expect(200);
    let page = page.says("dưới 1%").says("Số liệu tính đến 24/6/2026 09:00").says("\"@type\":\"Dataset\"").says("Sở Xây dựng");
    let page = page.says("Phần II").says("6 tháng đầu năm 2026").says("Mỗi con số đếm gì");
    page.says_not("Nội dung kín").says_not("Chuyên viên").says_not("/desk/progress");
    house.app.clock.advance(chrono::TimeDelta::seconds(2)); // the kept page is over
    let before = house.statements();
    visitor.get(&path).await.expect(200);
    assert!(house.statements() - before <= 4, "within a minute nothing is counted: {}", house.statements() - before);
    assert_eq!(again(&house, &path).await, 304);
    visitor.get(&format!("{path}?nam=2019")).await.expect(200).says("Không có kết quả nào phải nộp trong năm 2019");
    visitor.get(&format!("{path}?nam=%27%00")).await.expect(200);
    visitor.get("/ke-hoach/khong-co/tien-do").await.expect(404);
    visitor.get(&format!("/ke-hoach/{}", plan.slug)).await.expect(200).says(&path);
});

story!(every_public_figure_opens_what_it_is_made_of, |house| {
    let plan = in_june(&house).await;
    let visitor = house.visitor();
    let path = format!("/ke-hoach/{}/tien-do", plan.slug);
    let page = visitor.get(&path).await.expect(200).text();
    let hrefs: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(href, _)| href).collect();
    let opened: Vec<String> = hrefs
        .iter()
        .filter(|href| href.contains("/chi-tiet?"))
        .map(|href| href.replace("&#38;", "&").replace("&amp;", "&"))
        .collect();
    assert!(
        opened.iter().any(|href| href.contains("dem=overdue")) && opened.iter().any(|href| href.contains("phan=II")),
        "{opened:?}"
    );
    let total = |page: &str| {
        page.split_once("<tfoot>")
            .and_then(|(_, foot)| foot.split_once("</td>"))
            .map(|(total, _)| total.rsplit_once('>').map(|(_, count)| count.to_owned()).unwrap_or_default())
    };
    let first = opened.iter().find(|href| href.contains("dem=expected")).expect("the first figure");
    let counted = visitor.get(first).await.expect(200).says("Sở Xây dựng").text();
    let shown = page.split_once("class=\"value\">").and_then(|(_, rest)| rest.split_once('<')).map(|(count, _)| count.to_owned());
    assert_eq!(total(&counted), shown, "the lines add up to the figure");
    visitor.get(&format!("{path}/chi-tiet?co_quan=khong-co")).await.expect(404);
    visitor.get(&format!("{path}/chi-tiet?dem=%27&nam=2019&phan=-")).await.expect(200).says("Không có dòng nào");
    visitor.get("/co-quan/so-xay-dung/tien-do").await.expect(200).says("co_quan=so-xay-dung");
});

story!(the_open_data_sums_up_to_the_board, |house| {
    let plan = in_june(&house).await;
    let visitor = house.visitor();
    let address = format!("/ke-hoach/{}/tien-do.csv", plan.slug);
    let csv = visitor.get(&address).await.expect(200).text();
    assert!(csv.starts_with('\u{feff}') && csv.contains("agency,agency_code,part,period,due_on,expected,submitted"), "{csv}");
    let sum = |column: usize| -> i64 {
        csv.lines().skip(1).filter_map(|line| line.split(',').rev().nth(10 - column)?.parse::<i64>().ok()).sum()
    };
    let scope = Scope {
        body: None,
        plan: plan.id,
        part: String::new(),
        agency: None,
        duty: None,
        kind: None,
        from: day("2000-01-01"),
        until: day("2100-01-01"),
        today: day("2026-06-24"),
    };
    let total = progress::total(&progress::cells(&house.app.db, &scope).await.expect("cells"));
    assert_eq!((sum(0), sum(1), sum(2), sum(9)), (total.expected, 1, 1, total.overdue));
    let json = visitor.get(&format!("/ke-hoach/{}/tien-do.json", plan.slug)).await.expect(200).text();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["total"]["expected"], total.expected);
    assert_eq!(json["as_of"], "2026-06-24T09:00:00+07:00");
    assert_eq!(json["rows"].as_array().map(Vec::len), Some(csv.lines().count() - 1));
    assert!(json["columns"]["on_time"].as_str().is_some_and(|words| words.contains("ngày hạn")));
    assert_eq!(again(&house, &address).await, 304);
    let one = visitor.get(&format!("{address}?agency=so-xay-dung")).await.expect(200).text();
    assert!(one.lines().count() > 1 && one.lines().skip(1).all(|line| line.contains("Sở Xây dựng")), "{one}");
    visitor.get(&format!("{address}?agency=khong-co")).await.expect(404);
});

story!(an_agency_has_its_own_page, |house| {
    in_june(&house).await;
    let visitor = house.visitor();
    visitor.get("/co-quan/so-xay-dung/tien-do").await.expect(200).says("Sở Xây dựng: tiến độ thực hiện").says("09/KH-UBND");
    visitor.get("/co-quan/khong-co/tien-do").await.expect(404);
    visitor.get("/co-quan/so-xay-dung").await.expect(200).says("/co-quan/so-xay-dung/tien-do");
});

story!(the_coordinator_decides_what_the_public_reads, |house| {
    let plan = in_june(&house).await;
    let visitor = house.visitor();
    let path = format!("/ke-hoach/{}/tien-do", plan.slug);
    let act = format!("/desk/plans/{}/progress-publication", plan.id);
    let standing = agency(&house, "so-khoa-hoc-va-cong-nghe").await;
    officer(&house, &standing).await.post(&act, &[("public", "no")]).await.expect(403);
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    who.get("/desk/progress").await.expect(200).says("Thôi công khai").says(&path);
    who.post(&act, &[("public", "no")]).await.expect(303);
    who.post(&act, &[("public", "no")]).await.expect(409);
    for address in [path.clone(), format!("{path}.csv"), format!("{path}.json")] {
        visitor.get(&address).await.expect(404);
    }
    visitor.get("/co-quan/so-xay-dung/tien-do").await.expect(200).says("Không có kết quả nào phải nộp").says_not(&plan.slug);
    visitor.get(&format!("/ke-hoach/{}", plan.slug)).await.expect(200).says_not(&path);
    who.get("/desk/progress").await.expect(200).says("đang không được công khai");
    who.post(&act, &[("public", "yes")]).await.expect(303);
    visitor.get(&path).await.expect(200);
    let facts = crate::base::fact::Model::history(&house.app.db, plan.id, 20).await.expect("facts");
    let told: Vec<&str> = facts.iter().map(|fact| fact.kind.as_str()).filter(|kind| kind.starts_with("Progress")).collect();
    assert_eq!(told, ["ProgressPublished", "ProgressWithdrawn"]);
});
