//! A table with its cells in their places and the widths of its columns.

use serde::Serialize;
use typesetting::fonts::Face;

use crate::columns::{Column, is_figure_or_gap, widths};
use crate::paper::Run;
use crate::write::form::{self, Type};
use crate::write::measure::{line_count, word_and_line};
use crate::write::model::{Grid, GridRow, HeadCell};
use crate::write::settle::{line, runs, words};

/// More columns are laid into the last one by every reader.
const COLUMNS_MAX: usize = 63;
/// A longer text than so many points takes several lines anyway.
const LINE: f32 = 240.0;

#[derive(Debug, Serialize)]
pub(in crate::write) struct LaidTable {
    pub caption: String,
    /// Of letters, in points.
    pub points: f32,
    /// Of columns, in points.
    pub widths: Vec<f32>,
    /// Rows of the head.
    pub head_rows: usize,
    pub head: Vec<LaidHead>,
    pub rows: Vec<LaidRow>,
}

/// A cell of the head, where it begins and what it covers.
#[derive(Debug, Serialize)]
pub(in crate::write) struct LaidHead {
    pub x: usize,
    pub y: usize,
    pub columns: usize,
    pub rows: usize,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub(in crate::write) struct LaidRow {
    pub cells: Vec<LaidCell>,
    /// It is higher than a page may be left empty for.
    pub breaks: bool,
    /// It names the rows under it.
    pub names: bool,
}

#[derive(Debug, Serialize)]
pub(in crate::write) struct LaidCell {
    pub columns: usize,
    pub align: Align,
    pub runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::write) enum Align {
    Left,
    Center,
    Right,
}

fn column_count(grid: &Grid) -> usize {
    let head = grid.head.iter().map(|row| row.iter().map(|cell| cell.columns.clamp(1, COLUMNS_MAX)).sum()).max().unwrap_or(0);
    head.max(grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)).min(COLUMNS_MAX)
}

fn type_of(columns: usize, face: Face) -> Type {
    Type { face, points: if columns >= form::SMALL_COLUMNS { form::SMALL_CELL } else { form::CELL } }
}

/// It has many columns, or longer words than an upright page holds.
pub(super) fn is_wide(grid: &Grid) -> bool {
    let count = column_count(grid);
    let least = || measured(grid, count).iter().map(|column| column.word).sum::<usize>();
    count > form::UPRIGHT_COLUMNS || (count > 2 && least() > whole(form::UPRIGHT))
}

/// The table; nothing when it has no cell.
pub(super) fn lay(grid: &Grid, is_wide: bool) -> Option<LaidTable> {
    let count = column_count(grid);
    if count == 0 {
        return None;
    }
    let room = if is_wide { form::WIDE } else { form::UPRIGHT };
    let columns = measured(grid, count);
    #[expect(clippy::cast_precision_loss, reason = "widths on a page")]
    let widths: Vec<f32> = widths(whole(room), &columns, false).into_iter().map(|width| width as f32 / 20.0).collect();
    let head = placed(&grid.head, count);
    let aligns: Vec<Align> = columns.iter().enumerate().map(|(at, column)| align(column, at, grid)).collect();
    let type_ = type_of(count, Face::Regular);
    let rows = grid.rows.iter().map(|row| laid_row(row, &aligns, &widths, type_)).collect();
    Some(LaidTable { caption: line(&grid.caption), points: type_.points, widths, head_rows: grid.head.len(), head, rows })
}

fn align(column: &Column, at: usize, grid: &Grid) -> Align {
    let named = grid.head.first().and_then(|row| row.get(at)).map(|cell| line(&cell.text).to_uppercase());
    match named.as_deref() {
        Some("TT" | "STT" | "SỐ TT") => Align::Center,
        _ if column.is_figures => Align::Right,
        _ => Align::Left,
    }
}

/// Twentieths of a point, as widths are shared.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "widths on a page")]
fn whole(points: f32) -> usize {
    (points * 20.0) as usize
}

/// What each column asks for, without cells over several columns.
fn measured(grid: &Grid, count: usize) -> Vec<Column> {
    let (plain, bold) = (type_of(count, Face::Regular), type_of(count, Face::Bold));
    let mut columns = vec![Column { is_figures: true, ..Column::default() }; count];
    let mut has_figure = vec![false; count];
    let take = |column: &mut Column, text: &str, type_: Type| {
        let (word, line) = word_and_line(text, type_);
        column.word = column.word.max(whole(word + form::CELL_EDGES + 1.0));
        column.text = column.text.max(whole(line.min(LINE)));
    };
    for cell in placed(&grid.head, count).iter().filter(|cell| cell.columns == 1) {
        take(&mut columns[cell.x], &cell.text, bold);
    }
    for row in grid.rows.iter().filter(|row| !row.group || row.cells.len() == count) {
        for (at, cell) in row.cells.iter().enumerate().take(count) {
            let text = words(cell);
            take(&mut columns[at], text.trim(), if row.group { bold } else { plain });
            columns[at].is_figures &= is_figure_or_gap(text.trim());
            has_figure[at] |= text.contains(|letter: char| letter.is_ascii_digit());
        }
    }
    columns.iter_mut().zip(has_figure).for_each(|(column, has)| column.is_figures &= has);
    columns
}

/// Gives each cell of the head its place; what is left free is an empty cell.
fn placed(head: &[Vec<HeadCell>], count: usize) -> Vec<LaidHead> {
    let mut taken = vec![vec![false; count]; head.len()];
    let mut cells = Vec::new();
    for (y, row) in head.iter().enumerate() {
        for cell in row {
            let Some(x) = taken[y].iter().position(|taken| !taken) else { break };
            let room = taken[y][x..].iter().take_while(|taken| !**taken).count();
            let (columns, rows) = (cell.columns.clamp(1, room), cell.rows.clamp(1, head.len() - y));
            taken[y..y + rows].iter_mut().for_each(|row| row[x..x + columns].fill(true));
            cells.push(LaidHead { x, y, columns, rows, text: line(&cell.text) });
        }
    }
    for (y, row) in taken.iter().enumerate() {
        let free = row.iter().enumerate().filter(|(_, taken)| !**taken);
        cells.extend(free.map(|(x, _)| LaidHead { x, y, columns: 1, rows: 1, text: String::new() }));
    }
    cells.sort_by_key(|cell| (cell.y, cell.x));
    cells
}

fn laid_row(row: &GridRow, aligns: &[Align], widths: &[f32], type_: Type) -> LaidRow {
    let count = widths.len();
    let titles = row.group && row.cells.len() <= 2;
    let mut cells: Vec<LaidCell> = Vec::with_capacity(count);
    let mut lines = 0.0;
    let given = if titles { row.cells.len().max(1) } else { count };
    for at in 0..given.min(count) {
        let columns = if titles && at + 1 == given { count - at } else { 1 };
        let mut runs = runs(row.cells.get(at).map_or(&[], Vec::as_slice));
        runs.iter_mut().for_each(|run| run.strong |= row.group);
        let room = widths[at..at + columns].iter().sum::<f32>() - form::CELL_EDGES;
        lines = f32::max(lines, line_count(&words(&runs), type_, room));
        let align = if titles && at + 1 == given { Align::Left } else { aligns[at] };
        cells.push(LaidCell { columns, align, runs });
    }
    LaidRow { cells, breaks: lines > form::UNBROKEN_LINES, names: titles }
}
