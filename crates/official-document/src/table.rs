//! From the grid a file holds to a table: header rows, groups, rows torn by a page.

use crate::flow::{Grid, GridCell, GridRow};
use crate::marker::roman;
use crate::model::{Cell, Row, Table};
use crate::normal::folded;

/// More columns than this are laid into the last one.
const COLUMNS_MAX: usize = 64;
/// Header rows looked for when the file does not mark them.
const HEADER_ROWS_MAX: usize = 3;

/// Settles which rows are header, which go on from the row above, which name groups.
pub(crate) fn settle(grid: Grid) -> Table {
    let width = grid.rows.iter().map(|row| row.cells.iter().map(|cell| cell.width).sum()).max().unwrap_or(0);
    let width = usize::min(width, COLUMNS_MAX);
    let marked = grid.header_rows;
    let rows: Vec<Laid> = lay(grid.rows, width).into_iter().filter(|row| !row.is_empty()).collect();
    let header = if marked > 0 { marked.min(rows.len()) } else { header_rows(&rows) };
    let columns = columns(&rows[..header], width);
    let mut settled: Vec<Row> = Vec::new();
    for row in rows.into_iter().skip(header) {
        if row.repeats(&columns) || row.numbers_columns() {
            continue;
        }
        match settled.last_mut().filter(|above| row.goes_on(above)) {
            Some(above) => join(above, row),
            None => settled.push(Row { group: row.is_group(), cells: row.cells }),
        }
    }
    Table { columns, rows: settled }
}

/// A row with one cell for every column.
struct Laid {
    cells: Vec<Cell>,
    /// Columns covered by the widest cell.
    widest: usize,
    after_page_break: bool,
}

/// Gives every row one cell a column; a cell merged downwards repeats its text.
fn lay(rows: Vec<GridRow>, width: usize) -> Vec<Laid> {
    let mut laid: Vec<Laid> = Vec::with_capacity(rows.len());
    for row in rows {
        let widest = row.cells.iter().map(|cell| cell.width).max().unwrap_or(1);
        let mut cells: Vec<Cell> = Vec::with_capacity(width);
        for cell in row.cells {
            let above = laid.last().and_then(|above: &Laid| above.cells.get(cells.len()));
            let first = if cell.merged_above { above.cloned().unwrap_or_default() } else { settled_cell(&cell) };
            let span = first.span;
            cells.push(first);
            cells.extend((1..cell.width).map(|_| Cell { text: String::new(), span }));
        }
        cells.resize_with(width, Cell::default);
        laid.push(Laid { cells, widest, after_page_break: row.after_page_break });
    }
    laid
}

fn settled_cell(cell: &GridCell) -> Cell {
    Cell { text: cell.text.clone(), span: cell.span }
}

impl Laid {
    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.is_empty())
    }

    fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| !cell.text.is_empty())
    }

    /// The header again, on the next page.
    fn repeats(&self, columns: &[String]) -> bool {
        let named = |cell: &Cell, column: &String| column.split(" / ").any(|piece| piece == cell.text.replace('\n', " "));
        let mut pairs = self.cells.iter().zip(columns).filter(|(cell, _)| !cell.text.is_empty());
        self.filled().count() > 1 && pairs.all(|(cell, column)| named(cell, column))
    }

    /// "(1) (2) (3)" or "1 2 3" under the header.
    fn numbers_columns(&self) -> bool {
        let bare = |cell: &Cell| cell.text.trim_matches(['(', ')', '[', ']']).parse::<usize>().ok();
        let ascending = self.cells.iter().enumerate().all(|(place, cell)| bare(cell) == Some(place + 1));
        self.cells.len() > 2 && ascending
    }

    /// One cell over the whole width, or a Roman number and a title.
    fn is_group(&self) -> bool {
        let mut filled = self.cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty());
        let (first, second, more) = (filled.next(), filled.next(), filled.next());
        match (first, second, more) {
            (Some(_), None, None) => self.cells.len() > 1 && self.widest * 2 > self.cells.len(),
            (Some((0, number)), Some((1, _)), None) => names_group(&number.text),
            _ => false,
        }
    }

    /// The row goes on from `above`: no number of its own, and a sentence in mid-flow or a new page.
    fn goes_on(&self, above: &Row) -> bool {
        let unnumbered = self.cells.len() > 1 && self.cells[0].text.is_empty() && !above.group;
        let flows = |(cell, above): (&Cell, &Cell)| {
            cell.text.starts_with(char::is_lowercase) && !above.text.ends_with(['.', ';']) && !above.text.is_empty()
        };
        let mid_sentence = self.cells.iter().zip(&above.cells).any(flows);
        unnumbered && (mid_sentence || self.after_page_break) && !self.is_group()
    }
}

fn names_group(number: &str) -> bool {
    let number = number.trim_end_matches(['.', ')', '/']);
    let capital = number.len() == 1 && number.starts_with(|c: char| c.is_ascii_uppercase());
    capital || roman(number).is_some()
}

fn join(above: &mut Row, below: Laid) {
    for (upper, lower) in above.cells.iter_mut().zip(below.cells) {
        if lower.text.is_empty() {
            continue;
        }
        if upper.text.is_empty() {
            *upper = lower;
            continue;
        }
        upper.text.push(if lower.text.starts_with(['-', '+', '•']) { '\n' } else { ' ' });
        upper.text.push_str(&lower.text);
        upper.span = upper.span.cover(lower.span);
    }
}

/// How many rows at the top name the columns.
fn header_rows(rows: &[Laid]) -> usize {
    if !rows.first().is_some_and(|row| names_columns(row.cells.iter().map(|cell| cell.text.as_str()))) {
        return 0;
    }
    let partial = |row: &Laid| row.widest > 1 && row.widest < row.cells.len();
    let more = rows.iter().take(HEADER_ROWS_MAX - 1).take_while(|row| partial(row)).count();
    (1 + more).min(rows.len())
}

/// Words that name the columns of a plan's tables.
const COLUMN_WORDS: [&str; 24] = [
    "tt",
    "stt",
    "so tt",
    "nhiem vu",
    "noi dung",
    "ten",
    "co quan",
    "don vi",
    "thoi gian",
    "thoi han",
    "tien do",
    "ket qua",
    "san pham",
    "chi tieu",
    "muc tieu",
    "ghi chu",
    "kinh phi",
    "du toan",
    "phoi hop",
    "chu tri",
    "han",
    "nguoi",
    "dia diem",
    "hoat dong",
];

/// At least two cells begin with a word that names a column, and none is a sentence.
pub(crate) fn names_columns<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let mut named = 0;
    for cell in cells {
        let head = folded(cell, 40);
        let names = |word: &&str| head.strip_prefix(*word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        named += usize::from(COLUMN_WORDS.iter().any(names));
        if cell.len() > 160 || cell.ends_with(['.', ';']) {
            return false;
        }
    }
    named >= 2
}

/// Joins the header rows over each column; a cell over several columns names each of them.
fn columns(header: &[Laid], width: usize) -> Vec<String> {
    let mut columns = vec![String::new(); width];
    for row in header {
        let mut over = "";
        for (place, (column, cell)) in columns.iter_mut().zip(&row.cells).enumerate() {
            let carried = cell.text.is_empty() && place > 0 && cell.span == row.cells[place - 1].span;
            over = if carried { over } else { &cell.text };
            append(column, over);
        }
    }
    columns
}

fn append(column: &mut String, name: &str) {
    let name = name.replace('\n', " ");
    if name.is_empty() || column.split(" / ").any(|piece| piece == name) {
        return;
    }
    if !column.is_empty() {
        column.push_str(" / ");
    }
    column.push_str(&name);
}

#[cfg(test)]
mod tests;
