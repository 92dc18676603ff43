//! The row of heads: found among the first rows, matched without marks, in any order.

use super::{COLUMNS, Cell, Column, ROWS_MAX, Row, Sheet};
use crate::web::{Lang, Locale, Obstacle};

/// A title and a few lines of explanation may stand above the heads.
const ROWS_ABOVE_MAX: usize = 20;
/// Heads that are shown when they mean nothing to us.
const UNKNOWN_MAX: usize = 12;

/// Rows of cells with their numbers in the file, as the table they are.
///
/// # Errors
/// No heads, a column twice, no rows, or too many.
pub fn read(grid: Vec<(u32, Vec<Cell>)>) -> Result<Sheet, Obstacle> {
    let at = grid.iter().take(ROWS_ABOVE_MAX).position(|(_, cells)| is_head(cells));
    let at = at.ok_or_else(|| Obstacle::new("agency-file-no-head"))?;
    let (columns, unknown) = columns(&grid[at].1)?;
    let rows: Vec<Row> = grid.into_iter().skip(at + 1).filter_map(|(number, cells)| row(number, &cells, &columns)).collect();
    match rows.len() {
        0 => Err(Obstacle::new("agency-file-no-rows")),
        many if many > ROWS_MAX => Err(Obstacle::new("agency-file-too-many-rows").with("n", ROWS_MAX)),
        _ => Ok(Sheet { rows, unknown }),
    }
}

/// The code, and something to say about it.
fn is_head(cells: &[Cell]) -> bool {
    let known: Vec<&str> = cells.iter().filter_map(|cell| column_of(&words(cell))).map(|column| column.field).collect();
    known.contains(&"code") && known.len() > 1
}

fn words(cell: &Cell) -> String {
    cell.text("").unwrap_or_default()
}

/// Which column stands where, and the heads that mean nothing.
fn columns(heads: &[Cell]) -> Result<(Vec<Option<&'static Column>>, Vec<String>), Obstacle> {
    let columns: Vec<Option<&'static Column>> = heads.iter().map(|head| column_of(&words(head))).collect();
    for (at, column) in columns.iter().enumerate() {
        let Some(column) = column else { continue };
        let before = columns[..at].iter().position(|other| other.is_some_and(|other| other.field == column.field));
        if let Some(before) = before {
            let (one, other) = (words(&heads[before]), words(&heads[at]));
            return Err(Obstacle::new("agency-file-column-twice").with("one", one).with("other", other));
        }
    }
    let unknown = heads.iter().zip(&columns).filter(|(head, column)| column.is_none() && !head.is_blank());
    let unknown = unknown.map(|(head, _)| words(head).trim().chars().take(60).collect()).take(UNKNOWN_MAX).collect();
    Ok((columns, unknown))
}

/// The column with that head; what stands in brackets or after an asterisk is an explanation.
fn column_of(head: &str) -> Option<&'static Column> {
    let bounded: String = head.chars().take(100).collect();
    let plain = bounded.split(['(', '*', ':']).next().unwrap_or_default().trim();
    let asked = vietnamese::fold(plain).split_whitespace().collect::<Vec<_>>().join(" ");
    let called = |column: &Column, lang| vietnamese::fold(&Locale(lang).t(column.key)) == asked;
    COLUMNS.iter().find(|column| {
        column.field == asked || column.also.contains(&asked.as_str()) || called(column, Lang::Vi) || called(column, Lang::En)
    })
}

/// A row with something in it.
fn row(number: u32, cells: &[Cell], columns: &[Option<&'static Column>]) -> Option<Row> {
    let mut row = Row { number, ..Row::default() };
    for (at, column) in columns.iter().enumerate() {
        let Some(column) = column else { continue };
        match cells.get(at).map(|cell| cell.text(column.field)) {
            Some(Err(fault)) => {
                row.unreadable.insert(column.field.into(), fault);
            }
            Some(Ok(text)) => {
                row.cells.insert(column.field.into(), text);
            }
            None => {
                row.cells.insert(column.field.into(), String::new());
            }
        }
    }
    let blank = row.unreadable.is_empty() && row.cells.values().all(|text| text.trim().is_empty());
    (!blank).then_some(row)
}
