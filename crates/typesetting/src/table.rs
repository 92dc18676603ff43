//! Tables made whole: every row has cells for all columns, no cell reaches below its part.

use crate::model::{Cell, Inline, Table};

/// A table of these rows. Rows that are too short get empty cells, so that no cell slips into the row above.
pub fn whole(caption: Vec<Inline>, head: Vec<Vec<Cell>>, body: Vec<Vec<Cell>>) -> Table {
    let columns = width(&head).max(width(&body));
    Table { caption, columns, head: filled(head, columns), body: filled(body, columns) }
}

/// How many rows more each column is taken by a cell from above.
struct Taken(Vec<usize>);

impl Taken {
    /// The first free column from there on.
    fn free(&self, from: usize) -> usize {
        (from..).find(|column| self.0.get(*column).is_none_or(|rows| *rows == 0)).unwrap_or(from)
    }

    fn take(&mut self, from: usize, columns: usize, rows: usize) {
        if self.0.len() < from + columns {
            self.0.resize(from + columns, 0);
        }
        self.0[from..from + columns].fill(rows);
    }

    fn next_row(&mut self) {
        self.0.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
}

fn width(rows: &[Vec<Cell>]) -> usize {
    let mut taken = Taken(Vec::new());
    for row in rows {
        let mut at = 0;
        for cell in row {
            at = taken.free(at);
            taken.take(at, cell.columns, cell.rows);
            at += cell.columns;
        }
        taken.next_row();
    }
    taken.0.len()
}

fn filled(rows: Vec<Vec<Cell>>, columns: usize) -> Vec<Vec<Cell>> {
    let count = rows.len();
    let mut taken = Taken(vec![0; columns]);
    let mut out = Vec::with_capacity(count);
    for (number, row) in rows.into_iter().enumerate() {
        let mut line = Vec::with_capacity(row.len());
        let mut at = 0;
        for cell in row {
            at = taken.free(at);
            if at >= columns {
                break;
            }
            // As wide as there is room before the next cell from above, as high as there are rows.
            let room = (at..columns).take_while(|column| taken.0[*column] == 0).count();
            let cell = Cell { columns: cell.columns.min(room), rows: cell.rows.min(count - number), ..cell };
            taken.take(at, cell.columns, cell.rows);
            at += cell.columns;
            line.push(cell);
        }
        for column in 0..columns {
            if taken.0[column] == 0 {
                taken.take(column, 1, 1);
                line.push(Cell { head: false, columns: 1, rows: 1, content: Vec::new() });
            }
        }
        taken.next_row();
        out.push(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(columns: usize, rows: usize) -> Cell {
        Cell { head: false, columns, rows, content: Vec::new() }
    }

    #[test]
    fn rows_that_are_too_short_are_filled_and_no_cell_reaches_too_far() {
        let table = whole(Vec::new(), Vec::new(), vec![vec![cell(1, 9), cell(2, 1)], vec![cell(1, 1)], Vec::new()]);
        assert_eq!(table.columns, 3);
        assert_eq!(table.body[0][0].rows, 3);
        let counts: Vec<usize> = table.body.iter().map(Vec::len).collect();
        assert_eq!(counts, [2, 2, 2]);
    }
}
