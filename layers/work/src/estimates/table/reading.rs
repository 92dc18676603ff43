//! A file with the lines of an estimate (XLSX or CSV), read as text; what the texts mean is the business of the form's own
//! reader, so that a file and a form are refused for the same reasons. Pure and blocking.

use serde::{Deserialize, Serialize};

use super::{COLUMNS, duty_at};
use crate::duties::held::Held;
use crate::duties::proof;
use crate::estimates::estimate::line::LINES_MAX;
use crate::estimates::estimate::typed::Typed;
use crate::estimates::source::{self, Source};
use crate::people::agency::table::{Cell, file, lines, workbook};
use crate::web::{Lang, Locale, Obstacle};

const NO_HEAD: &str = "estimate-file-no-head";
const FOREIGN: &str = "estimate-file-foreign";
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

    /// A row of sums under the table: the word for a sum and figures, and nothing that a line has.
    fn is_total(&self) -> bool {
        if !(self.path.is_empty() && self.source.is_empty() && self.narrative.is_empty()) {
            return false;
        }
        let own = [Locale(Lang::Vi), Locale(Lang::En)].map(|l| vietnamese::fold(&l.t("estimate-total")).into_owned());
        let folded = vietnamese::fold(&self.title);
        let mut words = own.iter().map(String::as_str).chain(["tong cong", "tong", "cong"]);
        let bare = |rest: &str| !rest.chars().any(char::is_alphabetic);
        words.any(|word| folded.trim().strip_prefix(word).is_some_and(bare))
    }

    /// Nothing of a line is filled in.
    fn is_blank(&self) -> bool {
        let filled = [&self.source, &self.narrative, &self.unit, &self.quantity, &self.unit_price, &self.amount];
        filled.into_iter().all(String::is_empty)
    }

    /// Why it is no line; None for a line, and for a row in which nothing stands at all.
    fn left_out(&self) -> Option<Why> {
        let why = if self.is_total() { Why::Total } else { Why::Blank };
        let named = !(self.path.is_empty() && self.title.is_empty());
        (self.is_blank() && named || why == Why::Total).then_some(why)
    }
}

/// Why a row of the file is no line of the estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It adds others up.
    Total,
    /// Nothing of it is filled in.
    Blank,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub rows: Vec<Raw>,
    /// The numbers of the rows that are no lines.
    pub left_out: Vec<(u32, Why)>,
}

/// Reads a file.
///
/// # Errors
/// Why it can not be used, and what to do.
pub fn read(bytes: &[u8]) -> Result<Content, Obstacle> {
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
    // A picture, a paper, a program. UTF-16 has noughts too, and a mark before them.
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if proof::media_type(bytes) != "application/octet-stream" || (!wide && bytes.contains(&0)) {
        return Err(Obstacle::new(FOREIGN));
    }
    // The ground's word for it speaks of files that are none of an estimate's.
    let own = |one: Obstacle| if one.key == "agency-file-foreign" { Obstacle::new(FOREIGN) } else { one };
    of_grid(lines::grid(&lines::decode(bytes).map_err(own)?)?)
}

fn of_grid(grid: Vec<(u32, Vec<Cell>)>) -> Result<Content, Obstacle> {
    let head = grid.iter().take(HEAD_LINES).position(|(_, cells)| {
        let fields: Vec<&str> = columns(cells).into_iter().flatten().collect();
        ["path", "source", "amount"].iter().all(|needed| fields.contains(needed))
    });
    let head = head.ok_or_else(|| Obstacle::new(NO_HEAD))?;
    let columns = columns(&grid[head].1);
    let mut content = Content::default();
    for (number, cells) in grid.into_iter().skip(head + 1) {
        let mut raw = Raw { number, ..Raw::default() };
        for (field, cell) in columns.iter().zip(&cells) {
            let Some(place) = field.and_then(|field| raw.field(field)) else { continue };
            *place = text(cell, number)?;
        }
        if let Some(why) = raw.left_out() {
            content.left_out.push((number, why));
        } else if !raw.is_blank() {
            content.rows.push(raw);
        }
        if content.rows.len() > ROWS_MAX {
            return Err(Obstacle::new("estimate-too-many-lines").with("n", LINES_MAX));
        }
    }
    if content.rows.is_empty() { Err(Obstacle::new("estimate-file-without-lines")) } else { Ok(content) }
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
        let Content { rows, left_out } = read(csv.as_bytes()).expect("rows");
        assert_eq!(rows.len(), 1, "a duty without anything is no line");
        assert_eq!(left_out, [(5, Why::Blank)], "and is named; a row in which nothing stands is not");
        assert_eq!((rows[0].number, rows[0].path.as_str(), rows[0].amount.as_str()), (4, "II.1.a", "1.500.000"));
    }

    #[test]
    fn a_row_that_adds_up_is_left_out_and_no_other() {
        let csv = "Mục;Nhiệm vụ;Nguồn kinh phí;Thuyết minh;Thành tiền\n\
            ;Tổng kết phong trào;Xã hội hóa;Hội nghị tổng kết;1.000\n\
            ;Tổng cộng;;;3.000\n;TỔNG: 3.000 đồng;;;3.000\n;Cộng (1+2);;;3.000\n;Tổng kết;;;5.000\n;Total;;;3.000\n";
        let Content { rows, left_out } = read(csv.as_bytes()).expect("rows");
        let titles: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
        assert_eq!(titles, ["Tổng kết phong trào", "TỔNG: 3.000 đồng", "Tổng kết"]);
        assert_eq!(left_out, [(3, Why::Total), (5, Why::Total), (7, Why::Total)]);
    }

    #[test]
    fn what_is_no_such_table_is_refused() {
        let key = |bytes: &[u8]| read(bytes).err().map(|obstacle| obstacle.key);
        assert_eq!(key(b" \n"), Some("estimate-file-empty"));
        assert_eq!(key("Tên;Tuổi\nA;5".as_bytes()), Some(NO_HEAD));
        assert_eq!(key("Mục;Nguồn kinh phí;Thành tiền\nII.1;;".as_bytes()), Some("estimate-file-without-lines"));
        assert_eq!(key(b"\xd0\xcf\x11\xe0 old"), Some("agency-file-old-excel"));
        assert!(key(b"PK\x03\x04 no workbook").is_some());
        for foreign in [b"%PDF-1.7".as_slice(), b"\xff\xd8\xff\xe0", b"MZ\x90\0\x03", b"a;b\0"] {
            assert_eq!(key(foreign), Some(FOREIGN));
        }
    }

    #[test]
    fn numbers_of_a_workbook_stay_exact() {
        assert_eq!(text(&Cell::Number(10_000_000_000_000.0), 1), Ok("10000000000000".into()));
        assert_eq!(text(&Cell::Number(1500.5), 1), Ok("1500,5".into()));
        assert_eq!(text(&Cell::Number(-3.0), 1), Ok("-3".into()));
    }
}
