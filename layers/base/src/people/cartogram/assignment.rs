//! The cheapest way to give each row a column of its own (Kuhn 1955, with the shortest augmenting paths of
//! Jonker and Volgenant 1987). Rows × rows × columns steps.

const NONE: usize = usize::MAX;

/// The column of each row, so that the sum of `costs[row][column]` is the least. There must be at least as
/// many columns as rows, and all rows be of one length.
pub fn cheapest(costs: &[Vec<i64>]) -> Vec<usize> {
    let columns = costs.first().map_or(0, Vec::len);
    let mut state = State { row_of: vec![NONE; columns], row_price: vec![0; costs.len()], column_price: vec![0; columns] };
    for row in 0..costs.len() {
        state.add(row, costs);
    }
    let mut column_of = vec![0; costs.len()];
    for (column, row) in state.row_of.into_iter().enumerate().filter(|(_, row)| *row != NONE) {
        column_of[row] = column;
    }
    column_of
}

struct State {
    row_of: Vec<usize>,
    row_price: Vec<i64>,
    column_price: Vec<i64>,
}

impl State {
    /// Gives a further row its column, moving the others along the cheapest path.
    fn add(&mut self, row: usize, costs: &[Vec<i64>]) {
        let columns = self.row_of.len();
        let mut least = vec![i64::MAX; columns];
        let mut from = vec![NONE; columns];
        let mut done = vec![false; columns];
        let (mut at, mut end) = (row, NONE);
        loop {
            let (mut delta, mut next) = (i64::MAX, NONE);
            for column in (0..columns).filter(|column| !done[*column]) {
                let slack = costs[at][column] - self.row_price[at] - self.column_price[column];
                if slack < least[column] {
                    (least[column], from[column]) = (slack, end);
                }
                if least[column] < delta {
                    (delta, next) = (least[column], column);
                }
            }
            self.reprice(row, delta, &mut least, &done);
            done[next] = true;
            end = next;
            if self.row_of[end] == NONE {
                break;
            }
            at = self.row_of[end];
        }
        self.shift(row, end, &from);
    }

    fn reprice(&mut self, row: usize, delta: i64, least: &mut [i64], done: &[bool]) {
        self.row_price[row] += delta;
        for column in 0..done.len() {
            if done[column] {
                self.row_price[self.row_of[column]] += delta;
                self.column_price[column] -= delta;
            } else if least[column] != i64::MAX {
                least[column] -= delta;
            }
        }
    }

    fn shift(&mut self, row: usize, mut end: usize, from: &[usize]) {
        while from[end] != NONE {
            self.row_of[end] = self.row_of[from[end]];
            end = from[end];
        }
        self.row_of[end] = row;
    }
}
