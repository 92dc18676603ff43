//! A file with records (XLSX or CSV) as texts; what the texts mean is the business of the form's own reader. A row that says of itself
//! that it is secret is not read: of it only its number is kept. Pure and blocking.

use serde::{Deserialize, Serialize};

use crate::duties::proof;
use crate::people::agency::table::{Cell, file, lines, serial_day, workbook};
use crate::plans::secrecy;
use crate::registers::evidence::EVIDENCE_MAX;
use crate::registers::kind::Kind;
use crate::registers::table::{self, Column};
use crate::registers::typed::Typed;
use crate::web::Obstacle;

const NO_HEAD: &str = "register-file-no-head";
const HEAD_LINES: usize = 20;
pub const ROWS_MAX: usize = 2_000;
const UNKNOWN_MAX: usize = 12;

/// One row as the file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number in the file, from 1.
    pub number: u32,
    pub agency: String,
    pub typed: Typed,
    pub evidence: Vec<String>,
    pub evidence_on: String,
    /// It says so of itself; nothing else of it is kept.
    pub secret: bool,
    /// A cell holds a formula or a fault.
    pub unreadable: bool,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    pub rows: Vec<Row>,
    /// Heads that mean nothing to us.
    pub unknown: Vec<String>,
}

/// Reads a file.
///
/// # Errors
/// Why it can not be used, and what to do.
pub fn read(bytes: &[u8], kind: &Kind) -> Result<Sheet, Obstacle> {
    if bytes.len() > file::FILE_BYTES_MAX {
        return Err(Obstacle::new("agency-file-too-large").with("n", file::FILE_BYTES_MAX / 1024 / 1024));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Obstacle::new("agency-file-empty"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        file::bounded(bytes)?;
        return workbook::first(bytes, NO_HEAD, |grid| of_grid(grid, kind));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Obstacle::new("agency-file-old-excel"));
    }
    if proof::media_type(bytes) != "application/octet-stream" {
        return Err(Obstacle::new("register-file-foreign"));
    }
    let own = |one: Obstacle| if one.key == "agency-file-foreign" { Obstacle::new("register-file-foreign") } else { one };
    of_grid(lines::grid(&lines::decode(bytes).map_err(own)?)?, kind)
}

fn of_grid(grid: Vec<(u32, Vec<Cell>)>, kind: &Kind) -> Result<Sheet, Obstacle> {
    let wanted: &[&str] = if kind.coded { &["code", "title", "from_on"] } else { &["title", "from_on"] };
    let at = grid.iter().take(HEAD_LINES).position(|(_, cells)| {
        let fields: Vec<&str> = columns(cells).into_iter().flatten().map(|column| column.field).collect();
        wanted.iter().all(|one| fields.contains(one))
    });
    let at = at.ok_or_else(|| Obstacle::new(NO_HEAD))?;
    let heads = columns(&grid[at].1);
    for (place, column) in heads.iter().enumerate() {
        let Some(column) = column else { continue };
        if heads[..place].iter().flatten().any(|other| other.field == column.field) {
            let head = |place: usize| text(&grid[at].1[place], "").unwrap_or_default();
            return Err(Obstacle::new("agency-file-column-twice").with("one", column.field).with("other", head(place)));
        }
    }
    let unknown = grid[at].1.iter().zip(&heads).filter(|(_, column)| column.is_none());
    let unknown = unknown.filter_map(|(cell, _)| text(cell, "").ok()).map(|head| head.trim().chars().take(60).collect());
    let unknown: Vec<String> = unknown.filter(|head: &String| !head.is_empty()).take(UNKNOWN_MAX).collect();
    let rows: Vec<Row> = grid.iter().skip(at + 1).filter_map(|(number, cells)| row(kind, *number, cells, &heads)).collect();
    match rows.len() {
        0 => Err(Obstacle::new("agency-file-no-rows")),
        many if many > ROWS_MAX => Err(Obstacle::new("agency-file-too-many-rows").with("n", ROWS_MAX)),
        _ => Ok(Sheet { rows, unknown }),
    }
}

fn columns(heads: &[Cell]) -> Vec<Option<&'static Column>> {
    heads.iter().map(|head| table::column_of(&text(head, "").unwrap_or_default())).collect()
}

fn row(kind: &Kind, number: u32, cells: &[Cell], heads: &[Option<&'static Column>]) -> Option<Row> {
    let mut row = Row { number, ..Row::default() };
    let mut filled = false;
    for (column, cell) in heads.iter().zip(cells) {
        let Some(column) = column else { continue };
        let Ok(text) = text(cell, column.field) else {
            row.unreadable = true;
            continue;
        };
        filled |= !text.trim().is_empty();
        let marked = secrecy::of_text(&text).is_some();
        if marked || (column.field == "secrecy" && table::is_secret(&text)) {
            return Some(Row { number, secret: true, ..Row::default() });
        }
        match column.field {
            "agency" => row.agency = text.trim().to_owned(),
            "evidence" => row.evidence = addresses(&text),
            "evidence_on" => row.evidence_on = text,
            field => {
                table::put(kind, &mut row.typed, field, text);
            }
        }
    }
    (filled || row.unreadable).then_some(row)
}

/// The addresses of a cell. A bar or a semicolon may belong to an address, and parts two only where the next begins. One more than a record
/// has is taken, so that too many are refused and none is passed over.
fn addresses(text: &str) -> Vec<String> {
    let mut text = text.to_owned();
    for (mark, parted) in [(";http", " http"), ("|http", " http"), (";www.", " www."), ("|www.", " www.")] {
        text = text.replace(mark, parted);
    }
    let parts = text.split_whitespace().map(|part| part.trim_matches(|letter: char| matches!(letter, '|' | ';')));
    parts.filter(|part| !part.is_empty()).take(EVIDENCE_MAX + 1).map(str::to_owned).collect()
}

/// A cell as a text, the way its field is written. Spreadsheets keep days as numbers.
fn text(cell: &Cell, field: &str) -> Result<String, ()> {
    let is_day = field.ends_with("_on");
    match cell {
        Cell::Text(text) if is_day => Ok(text.trim().parse().ok().and_then(day_of).unwrap_or_else(|| text.clone())),
        Cell::Text(text) | Cell::Day(text) => Ok(text.clone()),
        Cell::Number(number) if is_day => Ok(day_of(*number).unwrap_or_else(|| number.to_string())),
        // As people write it: `12.345` would be read as thousands.
        Cell::Number(number) if matches!(field, "part" | "whole") => Ok(number.to_string().replace('.', ",")),
        Cell::Number(number) => Ok(number.to_string()),
        Cell::Unreadable(_) => Err(()),
    }
}

/// 1954 to 2099; a smaller number is rather a year.
fn day_of(number: f64) -> Option<String> {
    (number.fract() == 0.0 && (20_000.0..73_050.0).contains(&number)).then(|| serial_day(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registers::kind::{self, ST_TASK};

    fn tasks(file: &str) -> Result<Sheet, Obstacle> {
        read(file.as_bytes(), kind::of(ST_TASK).expect("a kind"))
    }

    #[test]
    fn a_file_of_a_spreadsheet_is_read_whatever_it_looks_like() {
        let sheet = tasks(
            "\u{feff}Danh mục nhiệm vụ\nMã nhiệm vụ;Tên nhiệm vụ;Ngày bắt đầu;Đến ngày;Đường dẫn;Cột lạ\nĐT-01;Lúa chịu mặn;46083;31/12/2026;https://a.vn/1 | https://b.vn/2;x\n;;;;;\n",
        );
        let sheet = sheet.expect("a sheet");
        assert_eq!((sheet.rows.len(), sheet.unknown.as_slice()), (1, ["Cột lạ".to_owned()].as_slice()));
        let row = &sheet.rows[0];
        assert_eq!((row.number, row.typed.code.as_str(), row.typed.from_on.as_str()), (3, "ĐT-01", "2026-03-02"));
        assert_eq!((row.typed.until_on.as_str(), row.evidence.len()), ("31/12/2026", 2));
    }

    #[test]
    fn a_semicolon_or_a_bar_may_belong_to_an_address() {
        let read = addresses("https://a.vn/1;phien=A|B https://b.vn/2;https://c.vn/3 | https://d.vn/4;");
        assert_eq!(read, ["https://a.vn/1;phien=A|B", "https://b.vn/2", "https://c.vn/3", "https://d.vn/4"]);
        let many = (0..60).map(|one| format!("https://a.vn/{one}")).collect::<Vec<_>>().join("\n");
        assert_eq!(addresses(&many).len(), EVIDENCE_MAX + 1);
    }

    #[test]
    fn a_number_of_a_spreadsheet_is_not_read_as_thousands() {
        assert_eq!(text(&Cell::Number(12.345), "part"), Ok("12,345".to_owned()));
        assert_eq!(text(&Cell::Number(1234.0), "whole"), Ok("1234".to_owned()));
        assert_eq!(text(&Cell::Number(1.5), "code"), Ok("1.5".to_owned()));
    }

    #[test]
    fn of_a_secret_row_nothing_is_kept() {
        let sheet = tasks("Mã,Tên,Từ ngày,Độ mật\nA1,Công khai,1/1/2026,Không\nA2,Bí mật,1/1/2026,Tối mật\nA3,MẬT,1/1/2026,\n");
        let rows = sheet.expect("a sheet").rows;
        assert!(!rows[0].secret && rows[1].secret && rows[2].secret);
        assert_eq!(rows[1], Row { number: 3, secret: true, ..Row::default() });
        assert!(!serde_json::to_string(&rows).expect("JSON").contains("Bí mật"));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let key = |file: &str| tasks(file).err().map(|one| one.key);
        assert_eq!(key("một,hai\n1,2\n"), Some(NO_HEAD));
        assert_eq!(key("Mã,Tên,Từ ngày\n"), Some("agency-file-no-rows"));
        assert_eq!(key(" \n"), Some("agency-file-empty"));
        assert_eq!(key("%PDF-1.7"), Some("register-file-foreign"));
        assert_eq!(key("Mã,Mã nhiệm vụ,Tên,Từ ngày\n1,2,3,1/1/2026\n"), Some("agency-file-column-twice"));
    }
}
