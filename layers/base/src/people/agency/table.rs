//! Agencies as a table, in a CSV or XLSX file: one row an agency, one column a field, the code first. The heads are
//! read in Vietnamese, in English or by the field's own name, in any order; what is not in the file stays as it is.

pub mod file;
pub mod head;
pub mod known;
pub mod lines;

pub mod workbook;
pub mod writing;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::draft::Fields;
use crate::web::Obstacle;

/// More rows are several files.
pub const ROWS_MAX: usize = 2000;
/// Between further names in one cell.
pub const BETWEEN: &str = " | ";

/// A column: the field, named as in the form, and the Fluent key of its head.
#[derive(Debug)]
pub struct Column {
    pub field: &'static str,
    pub key: &'static str,
    /// Other heads that people write, without marks.
    also: &'static [&'static str],
}

const fn column(field: &'static str, key: &'static str, also: &'static [&'static str]) -> Column {
    Column { field, key, also }
}

/// Every column, in the order of the file.
pub static COLUMNS: [Column; 17] = [
    column("code", "agency-field-code", &["ma co quan", "ma don vi", "ma so", "ma xa", "ma dvhc"]),
    column("name", "agency-field-name", &["ten", "ten co quan", "ten don vi", "ten chinh thuc"]),
    column("short_name", "agency-field-short-name", &["ten ngan", "ten goi tat", "ten viet tat"]),
    column("kind", "agency-field-kind", &["loai co quan", "loai don vi"]),
    column("parent", "agency-field-parent", &["ma cap tren", "cap tren", "truc thuoc"]),
    column("official_code", "agency-field-official-code", &["ma dinh danh"]),
    column("open_from", "agency-field-open-from", &["tu ngay", "hoat dong tu", "ngay thanh lap"]),
    column("closed_on", "agency-field-closed-on", &["den ngay", "ngay ket thuc"]),
    column("confidence", "agency-field-confidence", &["do tin cay"]),
    column("latitude", "agency-field-latitude", &["lat"]),
    column("longitude", "agency-field-longitude", &["lon", "lng", "long"]),
    column("area_km2", "agency-field-area-km2", &["dien tich km2"]),
    column("email", "agency-field-email", &["email", "e-mail", "thu dien tu cong vu"]),
    column("phone", "agency-field-phone", &["so dien thoai", "dt", "sdt", "dien thoai lien he"]),
    column("address", "agency-field-address", &["dia chi tru so", "tru so"]),
    column("note", "agency-field-note", &[]),
    column("aliases", "agency-field-aliases", &["ten khac"]),
];

/// The Fluent key of a field's name.
#[must_use]
pub fn key_of(field: &str) -> &'static str {
    COLUMNS.iter().find(|column| column.field == field).map_or("agency-field-code", |column| column.key)
}

/// The texts of one row, by field; a column that the file does not have is absent.
pub type Cells = BTreeMap<String, String>;

/// A row as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number in the file, from 1, as the spreadsheet shows it.
    pub number: u32,
    pub cells: Cells,
    /// Cells that hold a formula or a fault instead of a value.
    #[serde(default)]
    pub unreadable: BTreeMap<String, Fault>,
}

/// Why a cell has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A formula that was never computed.
    Formula,
    /// `#REF!`, `#N/A` and the like.
    Error,
}

impl Fault {
    /// What is said of it.
    #[must_use]
    pub fn obstacle(self) -> Obstacle {
        Obstacle::new(match self {
            Self::Formula => "agency-file-cell-formula",
            Self::Error => "agency-file-cell-error",
        })
    }
}

/// A table as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    pub rows: Vec<Row>,
    /// Heads that mean nothing to us; their columns are left out.
    pub unknown: Vec<String>,
}

/// One cell as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    /// `2026-06-20`
    Day(String),
    Unreadable(Fault),
}

impl Cell {
    /// As a text, the way the field is written.
    fn text(&self, field: &str) -> Result<String, Fault> {
        match self {
            Self::Text(text) | Self::Day(text) => Ok(text.clone()),
            Self::Number(number) => Ok(number_as(*number, field)),
            Self::Unreadable(fault) => Err(*fault),
        }
    }

    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

/// A number in a cell: spreadsheets keep days as numbers, and drop the zero before a telephone number.
fn number_as(number: f64, field: &str) -> String {
    let whole = number.fract() == 0.0 && number.abs() < 1e15;
    match field {
        // 1954 to 2099; a smaller one is rather a year.
        "open_from" | "closed_on" if whole && (20_000.0..73_050.0).contains(&number) => serial_day(number),
        "phone" if whole && (1e8..1e10).contains(&number) => format!("0{number}"),
        _ => number.to_string(),
    }
}

/// The day of a spreadsheet's number.
#[must_use]
pub fn serial_day(serial: f64) -> String {
    let (year, month, day, ..) =
        calamine::ExcelDateTime::new(serial, calamine::ExcelDateTimeType::DateTime, false).to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

/// What a row says over what is there already.
#[must_use]
pub fn over(fields: &Fields, cells: &Cells) -> Fields {
    let mut value = serde_json::to_value(fields).unwrap_or_default();
    if let Some(map) = value.as_object_mut() {
        for (field, cell) in cells {
            let cell = if field == "aliases" { cell.replace('|', "\n") } else { cell.clone() };
            map.insert(field.clone(), cell.into());
        }
    }
    serde_json::from_value(value).unwrap_or_else(|_| fields.clone())
}

/// The fields as texts by name.
#[must_use]
pub fn cells(fields: &Fields) -> Cells {
    let value = serde_json::to_value(fields).unwrap_or_default();
    serde_json::from_value(value).unwrap_or_default()
}

#[cfg(test)]
mod tests;
