//! Programmes as files.

use calamine::{Reader, Xlsx};

use super::{PLAN, adopted, province};
use crate::base::Role;
use crate::story;

story!(the_board_is_filtered_by_its_address_and_so_are_its_files, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    let plan = adopted(&house, &who).await;
    let id = plan.id;
    let before = house.statements();
    let board = who.get(&format!("/desk/plans/{id}")).await.expect(200).says("6 trong 6 quy định");
    assert!(
        house.statements() - before <= 9,
        "session 4, plan 1, provisions, parties, agencies: {}",
        house.statements() - before
    );
    board.says("Chăm sóc cây đã trồng");
    who.get(&format!("/desk/plans/{id}?due=2026")).await.expect(200).says("2 trong 6").says_not("Chăm sóc cây");
    who.get(&format!("/desk/plans/{id}?agency=so-xay-dung")).await.expect(200).says("Chăm sóc cây").says("Vận động người dân");
    who.get(&format!("/desk/plans/{id}?q=cham%20soc%20cay")).await.expect(200).says("1 trong 6").says("Chăm sóc cây");
    who.get(&format!("/desk/plans/{id}?q=%27%3B%20drop&kind=%00")).await.expect(200).says("Không có quy định nào khớp");
    let csv = who.get(&format!("/desk/plans/{id}/export/csv?kind=target")).await.expect(200).text();
    assert!(csv.starts_with('\u{feff}') && csv.lines().count() == 2, "{csv}");
    let sheet = who.get(&format!("/desk/plans/{id}/export/xlsx")).await.expect(200);
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(sheet.bytes)).expect("a workbook");
    let rows = book.worksheet_range_at(0).expect("a sheet").expect("its cells");
    assert_eq!(rows.height(), 7);
    let calendar = who.get(&format!("/desk/plans/{id}/export/ics")).await.expect(200).text();
    assert!(calendar.contains("BEGIN:VEVENT") && calendar.contains("20261231"), "{calendar}");
    who.get(&format!("/desk/plans/{id}/export/exe")).await.expect(404);
    let source = who.get(&format!("/desk/plans/{id}/source")).await.expect(200);
    assert_eq!(source.bytes, PLAN.as_bytes(), "byte for byte");
});

story!(search_and_go_finds_pages_agencies_and_provisions_without_accents, |house| {
    let standing = province(&house).await;
    let who = house.someone(Role::Coordinator, Some(&standing)).await;
    adopted(&house, &who).await;
    who.get("/desk/go?q=trong%20cay").await.expect(200).says("Vận động người dân cùng trồng cây");
    who.get("/desk/go?q=so%20xay%20dung").await.expect(200).says("/desk/agencies/");
    let page = who.get("/desk/go?q=xa").await.expect(200).text();
    let at = |name: &str| page.find(name).unwrap_or(usize::MAX);
    assert!(at("Ủy ban nhân dân xã") < at("Sở Xây dựng"), "a whole word goes before a part of one");
    // A long provision is cut, and says so.
    who.get("/desk/go?q=dinh%20ky%20bao%20cao").await.expect(200).says("…");
    who.get("/desk/go?q=zzzzzz").await.expect(200).says("Không thấy gì");
});
