//! Pieces of a document into the text that spans point into, and its blocks.

use crate::closing;
use crate::error::ReadError;
use crate::flow::{Block, Grid, GridCell, GridRow, Paragraph};
use crate::header::Sighted;
use crate::marker::Marker;
use crate::model::{Emphasis, Span};
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

/// The text so far and its blocks.
pub(super) struct Laid {
    pub text: String,
    pub blocks: Vec<Block>,
    /// Paragraphs and rows that may still come.
    left: usize,
    limit: usize,
}

impl Laid {
    pub fn new(limit: usize) -> Self {
        Self { text: String::new(), blocks: Vec::new(), left: limit, limit }
    }

    /// Lays a piece of the body.
    pub fn lay(&mut self, piece: Piece) -> Result<(), ReadError> {
        match piece {
            Piece::Paragraph(paragraph) => self.paragraph(&paragraph),
            Piece::Table(table) if is_layout(&table) => {
                let cells = table.rows.into_iter().flat_map(|row| row.cells);
                cells.flat_map(|cell| cell.pieces).try_for_each(|piece| self.lay(piece))
            }
            Piece::Table(table) => self.table(table),
        }
    }

    fn spend(&mut self) -> Result<(), ReadError> {
        self.left = self.left.checked_sub(1).ok_or(ReadError::TooManyParts { limit: self.limit })?;
        Ok(())
    }

    fn paragraph(&mut self, paragraph: &RawParagraph) -> Result<(), ReadError> {
        let lines = lines(&paragraph.words);
        for (place, words) in lines.iter().enumerate() {
            self.spend()?;
            let start = self.text.len();
            if place == 0 && !paragraph.label.is_empty() {
                self.text.push_str(&paragraph.label);
                self.text.push(' ');
            }
            self.text.push_str(words);
            let raw = &self.text[start..];
            let span = Span::new(start + raw.len() - raw.trim_start().len(), start + raw.trim_end().len());
            let text = tidy(raw);
            let emphasis = Emphasis { bold: paragraph.bold, italic: paragraph.italic, caps: is_caps(words) };
            self.text.push('\n');
            if !text.is_empty() {
                self.blocks.push(Block::Paragraph(Paragraph { text, span, emphasis }));
            }
        }
        Ok(())
    }

    /// A row a line, its cells parted by tabs, the paragraphs in a cell by line feeds.
    fn table(&mut self, table: RawTable) -> Result<(), ReadError> {
        let start = self.text.len();
        let header_rows = table.rows.iter().take_while(|row| row.header).count();
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in table.rows {
            self.spend()?;
            let mut cells = Vec::with_capacity(row.cells.len());
            for (place, cell) in row.cells.into_iter().enumerate() {
                if place > 0 {
                    self.text.push('\t');
                }
                cells.push(self.cell(cell)?);
            }
            self.text.push('\n');
            rows.push(GridRow { cells, after_page_break: false });
        }
        let end = start + self.text[start..].trim_end().len();
        self.blocks.push(Block::Table(Grid { rows, span: Span::new(start, end), header_rows }));
        Ok(())
    }

    fn cell(&mut self, cell: RawCell) -> Result<GridCell, ReadError> {
        let start = self.text.len();
        let mut lines = Vec::new();
        cell_lines(cell.pieces, &mut lines);
        for (place, line) in lines.iter().enumerate() {
            self.spend()?;
            if place > 0 {
                self.text.push('\n');
            }
            self.text.push_str(line);
        }
        let span = Span::new(start, self.text.len());
        Ok(GridCell { text: lines.join("\n"), span, width: cell.width.max(1), merged_above: cell.merged_above })
    }
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
