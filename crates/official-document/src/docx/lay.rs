//! Pieces of a document as it holds them, into paragraphs and tables as they are read.

use crate::closing;
use crate::error::ReadError;
use crate::header::Sighted;
use crate::lay::{Laid, LooseCell, LooseRow};
use crate::marker::Marker;
use crate::model::Span;
use crate::normal::{folded, is_caps, tidy};
use crate::text::is_finished;

/// A paragraph or a table as the file holds it.
pub(super) enum Piece {
    Paragraph(RawParagraph),
    Table(RawTable),
}

#[derive(Default)]
pub(super) struct RawParagraph {
    /// The automatic number.
    pub label: String,
    /// The words; a line feed is a break inside the paragraph.
    pub words: String,
    pub bold: bool,
    pub italic: bool,
}

#[derive(Default)]
pub(super) struct RawTable {
    pub rows: Vec<RawRow>,
}

#[derive(Default)]
pub(super) struct RawRow {
    pub cells: Vec<RawCell>,
    pub header: bool,
    pub deleted: bool,
}

#[derive(Default)]
pub(super) struct RawCell {
    pub pieces: Vec<Piece>,
    pub width: usize,
    pub merged_above: bool,
    pub deleted: bool,
}

/// Lays a piece of the body.
pub(super) fn lay(laid: &mut Laid, piece: Piece) -> Result<(), ReadError> {
    match piece {
        Piece::Paragraph(paragraph) => lay_paragraph(laid, &paragraph),
        Piece::Table(table) if is_layout(&table) => {
            let cells = table.rows.into_iter().flat_map(|row| row.cells);
            cells.flat_map(|cell| cell.pieces).try_for_each(|piece| lay(laid, piece))
        }
        Piece::Table(table) => {
            let header_rows = table.rows.iter().take_while(|row| row.header).count();
            laid.table(table.rows.into_iter().map(loose).collect(), header_rows)
        }
    }
}

fn lay_paragraph(laid: &mut Laid, paragraph: &RawParagraph) -> Result<(), ReadError> {
    for (place, words) in lines(&paragraph.words).iter().enumerate() {
        let label = if place == 0 { paragraph.label.as_str() } else { "" };
        laid.paragraph(&format!("{label} {words}"), paragraph.bold, paragraph.italic)?;
    }
    Ok(())
}

fn loose(row: RawRow) -> LooseRow {
    let cell = |cell: RawCell| {
        let mut lines = Vec::new();
        cell_lines(cell.pieces, &mut lines);
        LooseCell { lines, width: cell.width, merged_above: cell.merged_above }
    };
    LooseRow { cells: row.cells.into_iter().map(cell).collect(), after_page_break: false }
}

/// The lines in a cell in tidy form; a table in a cell gives the lines of its cells.
fn cell_lines(pieces: Vec<Piece>, lines: &mut Vec<String>) {
    for piece in pieces {
        match piece {
            Piece::Paragraph(paragraph) => {
                let words = tidy(&format!("{} {}", paragraph.label, paragraph.words));
                lines.extend((!words.is_empty()).then_some(words));
            }
            Piece::Table(table) => {
                let cells = table.rows.into_iter().flat_map(|row| row.cells);
                cells.for_each(|cell| cell_lines(cell.pieces, lines));
            }
        }
    }
}

/// A break inside a paragraph parts two paragraphs when a sentence ends, a marker follows or capitals end there;
/// otherwise the sentence goes on.
fn lines(words: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in words.split('\n').filter(|line| !line.trim().is_empty()) {
        match lines.last_mut().filter(|above| !parts(above, &tidy(line))) {
            Some(above) => {
                above.push(' ');
                above.push_str(line.trim());
            }
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

fn parts(above: &str, line: &str) -> bool {
    is_caps(above) != is_caps(line) || Marker::of(line).is_some() || (is_finished(above) && !line.starts_with(char::is_lowercase))
}

/// A table that only sets text side by side: the head, the closing, a frame around one text.
fn is_layout(table: &RawTable) -> bool {
    let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    columns <= 1 || (columns <= 4 && table.rows.len() <= 8 && cells(table).any(|words| names_layout(&words)))
}

/// The first words of each paragraph in the table.
fn cells(table: &RawTable) -> impl Iterator<Item = String> {
    let pieces = table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.pieces);
    pieces.filter_map(|piece| match piece {
        Piece::Paragraph(paragraph) => Some(tidy(&paragraph.words)),
        Piece::Table(_) => None,
    })
}

fn names_layout(words: &str) -> bool {
    let head = folded(words, 24);
    let known = ["cong hoa xa hoi", "dang cong san viet nam", "doc lap", "kinh gui"];
    let number = words.len() < 60 && crate::header::has_number(&Sighted::new(words, Span::new(0, words.len())));
    known.iter().any(|known| head.starts_with(known)) || closing::begins(words) || number
}
