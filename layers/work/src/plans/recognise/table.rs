//! Plans in tables: "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Kết quả | Thời gian", tables of targets.
//!
//! The path of a row is that of the table, its group ("I") and its number ("4"), or its place when it has no number.

mod columns;
mod rows;

use official_document::{Part, Row, Table};

use super::gazetteer::Gazetteer;
use super::model::Heading;
use super::outline::{Found, PROVISIONS_MAX};
use super::scope::{Scope, join};
use super::sections::announced;
use super::words::Words;

use columns::{Columns, Use};

/// The scope of an appendix whose title tells a kind or a time.
pub(super) fn titled(gazetteer: &Gazetteer, scope: Scope, title: &str) -> Scope {
    let words = Words::new(title);
    let mut scope = scope;
    if let Some(found) = announced(gazetteer, &words, None)
        && let super::gazetteer::Section::Of(kind) = found.section
    {
        scope.kind = Some(kind);
    }
    scope
}

/// The cells that name bodies and nothing else.
pub(super) fn parties(gazetteer: &Gazetteer, table: &Table) -> Vec<String> {
    let Some(columns) = Columns::of(gazetteer, table, None) else { return Vec::new() };
    let named = |at: &usize| matches!(columns.uses[*at], Use::Lead { .. } | Use::Cooperate);
    let places: Vec<usize> = (0..columns.uses.len()).filter(named).collect();
    let cells = table.rows.iter().filter(|row| !row.group).flat_map(|row| places.iter().filter_map(|at| row.cells.get(*at)));
    cells.map(|cell| cell.text.clone()).collect()
}

/// Reads the rows of a table part as provisions.
pub(super) fn read(gazetteer: &Gazetteer, part: &Part, scope: &Scope, found: &mut Found) {
    let Some(table) = &part.table else { return };
    let named = columns::under_one_header(table);
    let table = named.as_ref().unwrap_or(table);
    let Some(columns) = Columns::of(gazetteer, table, scope.kind) else {
        found.headings.extend(table.rows.iter().map(|row| heading(row, &scope.path)));
        return;
    };
    let mut reader = Reader { gazetteer, columns, scope: scope.clone(), group: scope.clone(), rows_read: 0, above: Vec::new() };
    for (index, row) in table.rows.iter().enumerate() {
        if found.provisions.len() >= PROVISIONS_MAX {
            break;
        }
        if reader.is_numbering(row) {
            continue;
        }
        if row.group || reader.names_group(table, index) {
            reader.open_group(row);
            found.headings.push(heading(row, &reader.group.path));
        } else if let Some(provision) = reader.row(row) {
            found.provisions.push(provision);
        }
    }
}

fn heading(row: &Row, path: &str) -> Heading {
    let text = row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    Heading { path: path.to_owned(), marker: String::new(), text, span: rows::span(row) }
}

struct Reader<'a> {
    gazetteer: &'a Gazetteer,
    columns: Columns,
    scope: Scope,
    group: Scope,
    rows_read: usize,
    /// The cells of the row above, for "nt".
    above: Vec<String>,
}

impl Reader<'_> {
    /// "(1) (2) (3)" under the header.
    fn is_numbering(&self, row: &Row) -> bool {
        self.rows_read == 0
            && row.cells.len() > 2
            && row
                .cells
                .iter()
                .enumerate()
                .all(|(index, cell)| cell.text.trim().trim_matches(['(', ')', '[', ']']) == (index + 1).to_string())
    }

    /// A row that only numbers and names what the rows under it are about: "6 | Nhân lực số | | |" above 6.1.
    fn names_group(&self, table: &Table, index: usize) -> bool {
        let row = &table.rows[index];
        let number = self.cell(row, Use::Number);
        let filled = row.cells.iter().filter(|cell| !cell.text.trim().is_empty()).count();
        let only_name = filled <= 1 + usize::from(!number.is_empty()) && !self.name(row).is_empty();
        if !only_name {
            return false;
        }
        let next = table.rows.get(index + 1).map(|next| self.cell(next, Use::Number)).unwrap_or_default();
        let parent = !number.is_empty() && next.starts_with(&format!("{}.", number.trim_end_matches('.')));
        let lettered = !number.is_empty() && number.chars().all(char::is_alphabetic) && !number.chars().all(char::is_lowercase);
        parent || lettered || number.is_empty() && filled == 1 && row.cells.len() > 2
    }

    fn open_group(&mut self, row: &Row) {
        let number = self.cell(row, Use::Number).trim_end_matches(['.', ')']).to_owned();
        let text =
            row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty() && *text != number).collect::<Vec<_>>();
        let title = text.first().copied().unwrap_or_default();
        let (number, title) = if number.is_empty() || number == title { split_number(title) } else { (number, title) };
        let roman = !number.is_empty() && !number.starts_with(|c: char| c.is_ascii_digit());
        let path = if roman { join(&self.scope.path, &number) } else { self.scope.path.clone() };
        let part = rows::title_part(title, row);
        self.group = self.scope.under(self.gazetteer, &part, path);
        if self.scope.kind.is_some() {
            self.group.kind = self.scope.kind;
        }
        self.group.background = self.scope.background;
    }
}

/// "I. Cải cách thể chế" in one cell.
fn split_number(title: &str) -> (String, &str) {
    let (first, rest) = title.split_once(char::is_whitespace).unwrap_or((title, ""));
    let number = first.trim_end_matches(['.', ')', '-', ':']);
    let is_number = !number.is_empty()
        && number.len() < first.len()
        && number.chars().all(|c| "IVXLC".contains(c) || c.is_ascii_uppercase() && number.len() == 1);
    if is_number { (number.to_owned(), rest.trim()) } else { (String::new(), title) }
}

#[cfg(test)]
mod tests;
