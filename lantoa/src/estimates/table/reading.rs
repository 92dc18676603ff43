//! A file with the lines of an estimate (XLSX or CSV), read as text; what the texts mean is the business of the form's own
//! reader, so that a file and a form are refused for the same reasons. Pure and blocking.

use serde::{Deserialize, Serialize};

use super::{COLUMNS, duty_at};
use crate::duties::held::Held;
use crate::estimates::estimate::line::LINES_MAX;
use crate::estimates::estimate::typed::Typed;
use crate::estimates::source::{self, Source};
use crate::people::agency::table::{Cell, file, lines, workbook};
use crate::web::{Lang, Locale, Obstacle};

const NO_HEAD: &str = "estimate-file-no-head";
/// The head stands within the first lines.
const HEAD_LINES: usize = 15;
/// Rows that a template has for duties without lines are not counted against the lines.
const ROWS_MAX: usize = 2 * LINES_MAX;

/// One row as the file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raw {
    /// Its number in the file, from 1.
    pub number: u32,
    pub path: String,
    pub title: String,
    pub source: String,
    pub narrative: String,
    pub unit: String,
    pub quantity: String,
    pub unit_price: String,
    pub amount: String,
}

impl Raw {
    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "path" => &mut self.path,
            "title" => &mut self.title,
            "source" => &mut self.source,
            "narrative" => &mut self.narrative,
            "unit" => &mut self.unit,
            "quantity" => &mut self.quantity,
            "unit_price" => &mut self.unit_price,
            "amount" => &mut self.amount,
            _ => return None,
        })
    }

    /// As the form would bring it. What names no duty or source stays as it is, and is refused there.
    #[must_use]
    pub fn typed(&self, held: &[Held], sources: &[Source]) -> Typed {
        Typed {
            duty: duty_at(held, &self.path).map_or_else(|| self.path.clone(), |duty| duty.to_string()),
            source: source::called(sources, &self.source).map_or_else(|| self.source.clone(), |source| source.code.clone()),
            narrative: self.narrative.clone(),
            unit: self.unit.clone(),
            quantity: self.quantity.clone(),
            unit_price: self.unit_price.clone(),
            amount: self.amount.clone(),
        }
    }

    /// A row of sums under the table.
    fn is_total(&self) -> bool {
        let totals = [Locale(Lang::Vi), Locale(Lang::En)].map(|l| vietnamese::fold(&l.t("estimate-total")).into_owned());
        let folded = vietnamese::fold(&self.title);
        self.path.is_empty() && (totals.iter().any(|total| *total == folded) || folded.starts_with("tong"))
    }
}

/// Reads a file.
///
/// # Errors
/// Why it can not be used, and what to do.
pub fn read(bytes: &[u8]) -> Result<Vec<Raw>, Obstacle> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Obstacle::new("estimate-file-empty"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        file::bounded(bytes)?;
        return workbook::first(bytes, NO_HEAD, of_grid);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Obstacle::new("agency-file-old-excel"));
    }
    of_grid(lines::grid(&lines::decode(bytes)?)?)
}

fn of_grid(grid: Vec<(u32, Vec<Cell>)>) -> Result<Vec<Raw>, Obstacle> {
    let head = grid.iter().take(HEAD_LINES).position(|(_, cells)| {
        let fields: Vec<&str> = columns(cells).into_iter().flatten().collect();
        ["path", "source", "amount"].iter().all(|needed| fields.contains(needed))
    });
    let head = head.ok_or_else(|| Obstacle::new(NO_HEAD))?;
    let columns = columns(&grid[head].1);
    let mut rows = Vec::new();
    for (number, cells) in grid.into_iter().skip(head + 1) {
        let mut raw = Raw { number, ..Raw::default() };
        for (field, cell) in columns.iter().zip(&cells) {
            let Some(place) = field.and_then(|field| raw.field(field)) else { continue };
            *place = text(cell, number)?;
        }
        let blank = [&raw.source, &raw.narrative, &raw.unit, &raw.quantity, &raw.unit_price, &raw.amount];
        if !raw.is_total() && blank.iter().any(|text| !text.is_empty()) {
            rows.push(raw);
        }
        if rows.len() > ROWS_MAX {
            return Err(Obstacle::new("estimate-too-many-lines").with("n", LINES_MAX));
        }
    }
    if rows.is_empty() { Err(Obstacle::new("estimate-file-without-lines")) } else { Ok(rows) }
}

/// Which field each head names; a head that means nothing is left out.
fn columns(cells: &[Cell]) -> Vec<Option<&'static str>> {
    let named = |cell: &Cell| {
        let Cell::Text(text) = cell else { return None };
        let folded = vietnamese::fold(&vietnamese::normalise(text)).trim().to_owned();
        let is = |column: &&super::Column| {
            let heads = [Locale(Lang::Vi), Locale(Lang::En)].map(|l| vietnamese::fold(&l.t(column.key)).into_owned());
            heads.contains(&folded) || column.also.contains(&folded.as_str())
        };
        COLUMNS.iter().find(is).map(|column| column.field)
    };
    cells.iter().map(named).collect()
}

fn text(cell: &Cell, number: u32) -> Result<String, Obstacle> {
    match cell {
        Cell::Text(text) | Cell::Day(text) => Ok(vietnamese::normalise(text).trim().to_owned()),
        // A whole number as digits; another as Vietnamese writes it, so that it is read, and refused, as such.
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => Ok(format!("{number:.0}")),
        Cell::Number(number) => Ok(number.to_string().replace('.', ",")),
        Cell::Unreadable(_) => Err(Obstacle::new("estimate-file-cell").with("n", number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_text_is_read_whatever_stands_above_it() {
        let csv = "Dự toán năm 2027;;;\n;;;\nMục;Nguồn kinh phí;Thuyết minh;Thành tiền (đồng)\nII.1.a;Xã hội hóa;In tờ rơi;1.500.000\nII.1.b;;;\n;;;\n";
        let rows = read(csv.as_bytes()).expect("rows");
        assert_eq!(rows.len(), 1, "a duty without anything is no line");
        assert_eq!((rows[0].number, rows[0].path.as_str(), rows[0].amount.as_str()), (4, "II.1.a", "1.500.000"));
    }

    #[test]
    fn what_is_no_such_table_is_refused() {
        let key = |bytes: &[u8]| read(bytes).err().map(|obstacle| obstacle.key);
        assert_eq!(key(b" \n"), Some("estimate-file-empty"));
        assert_eq!(key("Tên;Tuổi\nA;5".as_bytes()), Some(NO_HEAD));
        assert_eq!(key("Mục;Nguồn kinh phí;Thành tiền\nII.1;;".as_bytes()), Some("estimate-file-without-lines"));
        assert_eq!(key(b"\xd0\xcf\x11\xe0 old"), Some("agency-file-old-excel"));
        assert!(key(b"PK\x03\x04 no workbook").is_some());
    }

    #[test]
    fn numbers_of_a_workbook_stay_exact() {
        assert_eq!(text(&Cell::Number(10_000_000_000_000.0), 1), Ok("10000000000000".into()));
        assert_eq!(text(&Cell::Number(1500.5), 1), Ok("1500,5".into()));
        assert_eq!(text(&Cell::Number(-3.0), 1), Ok("-3".into()));
    }
}
