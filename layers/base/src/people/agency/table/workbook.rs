//! Tables in a workbook (XLSX, ECMA-376). Cells are taken one by one, so that one far away makes no room for all between.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::{Cell, Fault, ROWS_MAX, Sheet, head, lines};
use crate::web::Obstacle;

/// Beyond these nothing is looked for.
const COLUMNS_MAX: u32 = 200;
const CELLS_MAX: usize = 200_000;
const SHEETS_MAX: usize = 20;

/// The first sheet with the heads of a table of agencies in it.
///
/// # Errors
/// Why there is none.
pub fn sheet(bytes: &[u8]) -> Result<Sheet, Obstacle> {
    first(bytes, "agency-file-no-head", read)
}

/// The first sheet that `read` makes something of; it says `no_head` of a sheet without its table.
///
/// # Errors
/// Why there is none.
pub fn first<T>(
    bytes: &[u8],
    no_head: &'static str,
    read: impl Fn(Vec<(u32, Vec<Cell>)>) -> Result<T, Obstacle>,
) -> Result<T, Obstacle> {
    let damaged = |_| Obstacle::new("agency-file-damaged");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut first = None;
    for name in book.sheet_names().into_iter().take(SHEETS_MAX) {
        match grid(&mut book, &name).and_then(&read) {
            Ok(sheet) => return Ok(sheet),
            // Of several sheets without a table, the first one's trouble is said.
            Err(obstacle) if obstacle.key == no_head => first = first.or(Some(obstacle)),
            Err(obstacle) => return Err(obstacle),
        }
    }
    Err(first.unwrap_or_else(|| Obstacle::new(no_head)))
}

fn read(grid: Vec<(u32, Vec<Cell>)>) -> Result<Sheet, Obstacle> {
    let texts = grid.iter().flat_map(|(_, cells)| cells).filter_map(|cell| match cell {
        Cell::Text(text) => Some(text.as_str()),
        _ => None,
    });
    lines::refuse_old_fonts(&texts.take(2000).collect::<Vec<_>>().join("\n"))?;
    head::read(grid)
}

fn grid(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<(u32, Vec<Cell>)>, Obstacle> {
    let damaged = || Obstacle::new("agency-file-damaged");
    // A sheet of pictures only is no worksheet, and no mistake.
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(Vec::new()) };
    let mut grid: Vec<(u32, Vec<Cell>)> = Vec::new();
    let mut seen = 0;
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(|_| damaged())? {
        seen += 1;
        if seen > CELLS_MAX {
            return Err(Obstacle::new("agency-file-too-many-rows").with("n", ROWS_MAX));
        }
        let (row, column) = record.pos;
        let value = cell(&record.value, record.formula.is_some());
        if column >= COLUMNS_MAX || matches!(&value, Cell::Text(text) if text.is_empty()) {
            continue;
        }
        let number = row.saturating_add(1);
        if grid.last().is_none_or(|(last, _)| *last != number) {
            grid.push((number, Vec::new()));
        }
        let Some((_, line)) = grid.last_mut() else { continue };
        line.resize((column as usize + 1).max(line.len()), Cell::Text(String::new()));
        line[column as usize] = value;
    }
    Ok(grid)
}

fn cell(value: &DataRef<'_>, is_formula: bool) -> Cell {
    match value {
        DataRef::Empty if is_formula => Cell::Unreadable(Fault::Formula),
        DataRef::Empty => Cell::Text(String::new()),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Bool(yes) => Cell::Text(yes.to_string()),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            Cell::Day(format!("{year:04}-{month:02}-{day:02}"))
        }
        DataRef::DateTime(at) => Cell::Number(at.as_f64()),
        DataRef::DateTimeIso(at) => Cell::Day(at.chars().take(10).collect()),
        DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::Error(_) => Cell::Unreadable(Fault::Error),
    }
}
