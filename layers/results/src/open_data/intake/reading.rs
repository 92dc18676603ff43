//! A file with values of another system (CSV, XLSX, JSON as a list of objects, or ADX) as texts, each row with its number. What the texts
//! mean is found out when they are held against what there is. Pure and blocking.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::adx;
use crate::duties::proof;
use crate::open_data::field::Field;
use crate::people::agency::table::{Cell, file, lines, workbook};
use crate::web::Obstacle;

const NO_HEAD: &str = "open-data-file-no-head";
const HEAD_LINES: usize = 20;
pub const ROWS_MAX: usize = 20_000;
const UNKNOWN_MAX: usize = 12;
const CELL_LETTERS_MAX: usize = 200;
/// What a row can not do without.
const NEEDED: [&str; 3] = ["AREA", "INDICATOR", "TIME_PERIOD"];

/// How decimals are written in a file, where a text can be read in two ways (`1.234`, `1,234`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decimals {
    /// As Vietnamese writes: `1.234,5`.
    #[default]
    Comma,
    /// As programs write: `1,234.5`.
    Point,
}

impl Decimals {
    pub const ALL: [Self; 2] = [Self::Comma, Self::Point];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Point => "point",
        }
    }

    #[must_use]
    pub fn of_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.code() == code).unwrap_or_default()
    }

    /// The Fluent key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Comma => "open-data-decimals-comma",
            Self::Point => "open-data-decimals-point",
        }
    }
}

/// A figure as the file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    pub text: String,
    /// It was a number there (of a spreadsheet, of JSON or of ADX), and is written with a point before its decimals: nothing to doubt.
    pub exact: bool,
}

impl Figure {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// One row as the file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number in the file, from 1.
    pub number: u32,
    pub area: String,
    pub indicator: String,
    pub period: String,
    pub value: Figure,
    pub numerator: Figure,
    pub denominator: Figure,
    pub status: String,
    pub unit: String,
    /// A cell holds a formula or a fault.
    pub unreadable: bool,
}

impl Row {
    fn put(&mut self, code: &str, figure: Figure) {
        match code {
            "AREA" => self.area = figure.text,
            "INDICATOR" => self.indicator = figure.text,
            "TIME_PERIOD" => self.period = figure.text,
            "OBS_VALUE" => self.value = figure,
            "NUMERATOR" => self.numerator = figure,
            "DENOMINATOR" => self.denominator = figure,
            "OBS_STATUS" => self.status = figure.text,
            "UNIT_MEASURE" => self.unit = figure.text,
            _ => {}
        }
    }
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
pub fn read(bytes: &[u8]) -> Result<Sheet, Obstacle> {
    if bytes.len() > file::FILE_BYTES_MAX {
        return Err(Obstacle::new("agency-file-too-large").with("n", file::FILE_BYTES_MAX / 1024 / 1024));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Obstacle::new("agency-file-empty"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        file::bounded(bytes)?;
        return workbook::first(bytes, NO_HEAD, of_grid);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Obstacle::new("agency-file-old-excel"));
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"[") || start.starts_with(b"{") {
        return of_json(start);
    }
    let own = |one: Obstacle| if one.key == "agency-file-foreign" { Obstacle::new("open-data-file-foreign") } else { one };
    if start.starts_with(b"<") {
        return adx::read(&lines::decode(bytes).map_err(own)?);
    }
    if proof::media_type(bytes) != "application/octet-stream" {
        return Err(Obstacle::new("open-data-file-foreign"));
    }
    of_grid(lines::grid_of(&lines::decode(bytes).map_err(own)?, ROWS_MAX)?)
}

fn of_grid(grid: Vec<(u32, Vec<Cell>)>) -> Result<Sheet, Obstacle> {
    let at = grid.iter().take(HEAD_LINES).position(|(_, cells)| has_needed(&columns(cells)));
    let at = at.ok_or_else(|| Obstacle::new(NO_HEAD))?;
    let heads = columns(&grid[at].1);
    for (place, column) in heads.iter().enumerate() {
        let Some(column) = column else { continue };
        if heads[..place].iter().flatten().any(|other| other.code == column.code) {
            return Err(Obstacle::new("agency-file-column-twice")
                .with("one", column.code)
                .with("other", head(&grid[at].1[place])));
        }
    }
    let unknown = grid[at].1.iter().zip(&heads).filter(|(_, column)| column.is_none()).map(|(cell, _)| head(cell));
    let unknown = unknown.filter(|head| !head.is_empty()).take(UNKNOWN_MAX).collect();
    whole(grid.iter().skip(at + 1).filter_map(|(number, cells)| row(*number, cells, &heads)).collect(), unknown)
}

fn has_needed(columns: &[Option<&'static Field>]) -> bool {
    NEEDED.iter().all(|code| columns.iter().flatten().any(|column| column.code == *code))
}

/// The sheet of so many rows.
pub(super) fn whole(rows: Vec<Row>, unknown: Vec<String>) -> Result<Sheet, Obstacle> {
    match rows.len() {
        0 => Err(Obstacle::new("agency-file-no-rows")),
        many if many > ROWS_MAX => Err(Obstacle::new("agency-file-too-many-rows").with("n", ROWS_MAX)),
        _ => Ok(Sheet { rows, unknown }),
    }
}

fn head(cell: &Cell) -> String {
    figure(cell).map(|one| one.text.trim().chars().take(60).collect()).unwrap_or_default()
}

fn columns(heads: &[Cell]) -> Vec<Option<&'static Field>> {
    heads.iter().map(|cell| Field::of_head(&head(cell))).collect()
}

fn row(number: u32, cells: &[Cell], heads: &[Option<&'static Field>]) -> Option<Row> {
    let mut row = Row { number, ..Row::default() };
    let mut filled = false;
    for (column, cell) in heads.iter().zip(cells) {
        let Some(column) = column else { continue };
        match figure(cell) {
            Some(figure) => {
                filled |= !figure.is_empty();
                row.put(column.code, figure);
            }
            None => row.unreadable = true,
        }
    }
    (filled || row.unreadable).then_some(row)
}

/// What is kept of a cell.
pub(super) fn short(text: &str) -> String {
    text.trim().chars().filter(|letter| !letter.is_control()).take(CELL_LETTERS_MAX).collect()
}

/// None: a formula or a fault.
fn figure(cell: &Cell) -> Option<Figure> {
    match cell {
        Cell::Text(text) | Cell::Day(text) => Some(Figure { text: short(text), exact: false }),
        Cell::Number(number) => Some(Figure { text: number.to_string(), exact: true }),
        Cell::Unreadable(_) => None,
    }
}

/// A list of objects by the codes of the feed; `{"data": […]}` is one, too.
fn of_json(bytes: &[u8]) -> Result<Sheet, Obstacle> {
    let read: Value = serde_json::from_slice(bytes).map_err(|_| Obstacle::new("open-data-file-json"))?;
    let list = match read {
        Value::Array(list) => list,
        Value::Object(mut whole) => match whole.remove("data") {
            Some(Value::Array(list)) => list,
            _ => return Err(Obstacle::new("open-data-file-json")),
        },
        _ => return Err(Obstacle::new("open-data-file-json")),
    };
    let mut unknown: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for (at, one) in list.iter().enumerate() {
        let Value::Object(one) = one else { return Err(Obstacle::new("open-data-file-json")) };
        no_name_twice(one)?;
        for name in one.keys().filter(|name| Field::of_head(name).is_none()) {
            let name: String = name.chars().take(60).collect();
            if unknown.len() < UNKNOWN_MAX && !unknown.contains(&name) {
                unknown.push(name);
            }
        }
        rows.push(of_object(u32::try_from(at + 1).unwrap_or(u32::MAX), one));
    }
    let named = |code: &str| list.iter().filter_map(Value::as_object).flat_map(Map::keys).any(|name| is_named(name, code));
    if !rows.is_empty() && !NEEDED.iter().all(|code| named(code)) {
        return Err(Obstacle::new(NO_HEAD));
    }
    whole(rows, unknown)
}

/// Refuses two names of one component, of which only the last would be read.
fn no_name_twice(one: &Map<String, Value>) -> Result<(), Obstacle> {
    let mut seen: Vec<&str> = Vec::new();
    for name in one.keys() {
        let Some(field) = Field::of_head(name) else { continue };
        if seen.contains(&field.code) {
            return Err(Obstacle::new("agency-file-column-twice").with("one", field.code).with("other", short(name)));
        }
        seen.push(field.code);
    }
    Ok(())
}

fn is_named(name: &str, code: &str) -> bool {
    Field::of_head(name).is_some_and(|field| field.code == code)
}

fn of_object(number: u32, one: &Map<String, Value>) -> Row {
    let mut row = Row { number, ..Row::default() };
    for (name, value) in one {
        let Some(column) = Field::of_head(name) else { continue };
        match value {
            Value::Null => {}
            Value::String(text) => row.put(column.code, Figure { text: short(text), exact: false }),
            Value::Number(number) => row.put(column.code, Figure { text: number.to_string(), exact: true }),
            _ => row.unreadable = true,
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Row {
        read(text.as_bytes()).expect("a sheet").rows.remove(0)
    }

    #[test]
    fn the_same_row_is_read_from_csv_and_from_json() {
        let csv = first("Mã cơ quan;Mã chỉ số;Kỳ;Giá trị;Đơn vị tính;Ghi chú\nso-y-te;tin-bai;2026-H1;1.234,5;bài;x\n");
        let json = first(
            r#"[{"AREA":"so-y-te","INDICATOR":"tin-bai","TIME_PERIOD":"2026-H1","OBS_VALUE":"1.234,5","UNIT_MEASURE":"bài"}]"#,
        );
        assert_eq!(Row { number: 1, ..csv }, json);
        let exact = first(r#"{"data":[{"area":"_T","indicator":"tin-bai","time_period":"2026","obs_value":1234.5}]}"#);
        assert_eq!(exact.value, Figure { text: "1234.5".into(), exact: true });
    }

    #[test]
    fn what_is_no_table_of_values_is_refused_with_its_reason() {
        let key = |bytes: &[u8]| read(bytes).expect_err("refused").key;
        assert_eq!(key(b"  \n"), "agency-file-empty");
        assert_eq!(key(b"a;b\n1;2\n"), NO_HEAD);
        assert_eq!(key(b"[1,2]"), "open-data-file-json");
        assert_eq!(key(b"{\"data\":"), "open-data-file-json");
        assert_eq!(key(br#"[{"AREA":"x"}]"#), NO_HEAD);
        let twice = br#"[{"AREA":"x","INDICATOR":"y","TIME_PERIOD":"2026","OBS_VALUE":5,"value":7}]"#;
        assert_eq!(key(twice), "agency-file-column-twice");
        assert_eq!(key(b"%PDF-1.7\n"), "open-data-file-foreign");
        assert_eq!(key("AREA;INDICATOR;TIME_PERIOD\n".as_bytes()), "agency-file-no-rows");
        assert_eq!(key("AREA;Mã cơ quan;INDICATOR;TIME_PERIOD\na;b;c;d\n".as_bytes()), "agency-file-column-twice");
        let sheet = read("AREA;INDICATOR;TIME_PERIOD;Lạ\na;b;2026;c\n".as_bytes()).expect("a sheet");
        assert_eq!(sheet.unknown, ["Lạ"]);
    }
}
