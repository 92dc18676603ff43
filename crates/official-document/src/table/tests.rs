use super::*;
use crate::model::Span;

fn cell(text: &str, width: usize) -> GridCell {
    GridCell { text: text.into(), span: Span::new(text.len(), text.len() + width), width, merged_above: false }
}

fn row(cells: &[&str]) -> GridRow {
    GridRow { cells: cells.iter().map(|text| cell(text, 1)).collect(), after_page_break: false }
}

fn texts(row: &Row) -> Vec<&str> {
    row.cells.iter().map(|cell| cell.text.as_str()).collect()
}

#[test]
fn header_groups_and_torn_rows() {
    let mut torn = row(&["", "tác nghề nghiệp", "", "Quý II"]);
    torn.after_page_break = true;
    let rows = vec![
        row(&["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"]),
        row(&["(1)", "(2)", "(3)", "(4)"]),
        row(&["I", "Truyền thông", "", ""]),
        row(&["1", "Xây dựng chuyên mục hợp", "Sở Mẫu", ""]),
        row(&["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"]),
        torn,
        GridRow { cells: vec![cell("Nhóm hai", 4)], after_page_break: false },
        row(&["", "", "", ""]),
        row(&["2", "Tập huấn.", "Sở Mẫu", "2026"]),
    ];
    let table = settle(Grid { rows, ..Grid::default() });
    assert_eq!(table.columns, ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"]);
    let groups: Vec<bool> = table.rows.iter().map(|row| row.group).collect();
    assert_eq!(groups, [true, false, true, false]);
    assert_eq!(texts(&table.rows[1]), ["1", "Xây dựng chuyên mục hợp tác nghề nghiệp", "Sở Mẫu", "Quý II"]);
    assert_eq!(texts(&table.rows[2]), ["Nhóm hai", "", "", ""]);
}

#[test]
fn header_of_two_rows_is_joined() {
    let mut lower = row(&["", "", "Chủ trì", "Phối hợp"]);
    lower.cells[0].merged_above = true;
    lower.cells[1].merged_above = true;
    let upper = GridRow { cells: vec![cell("TT", 1), cell("Nhiệm vụ", 1), cell("Cơ quan", 2)], after_page_break: false };
    let table = settle(Grid { rows: vec![upper, lower, row(&["1", "Việc", "A", "B"])], ..Grid::default() });
    assert_eq!(table.columns, ["TT", "Nhiệm vụ", "Cơ quan / Chủ trì", "Cơ quan / Phối hợp"]);
    assert_eq!(table.rows.len(), 1);
}

#[test]
fn a_cell_merged_downwards_repeats_its_text() {
    let mut second = row(&["2", "Việc hai", "", "2027"]);
    second.cells[2].merged_above = true;
    let rows = vec![row(&["TT", "Nội dung", "Đơn vị", "Thời hạn"]), row(&["1", "Việc", "Sở Mẫu", "2026"]), second];
    let table = settle(Grid { rows, ..Grid::default() });
    assert_eq!(texts(&table.rows[1]), ["2", "Việc hai", "Sở Mẫu", "2027"]);
}

#[test]
fn without_a_header_the_columns_have_no_names() {
    let table = settle(Grid { rows: vec![row(&["a", "b"]), row(&["c", "d"])], ..Grid::default() });
    assert_eq!(table.columns, ["", ""]);
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn an_empty_grid_is_an_empty_table() {
    assert_eq!(settle(Grid::default()), Table::default());
}
