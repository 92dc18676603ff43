//! Paragraphs and tables taken out of a file into the text that spans point into, and its blocks.

use crate::error::ReadError;
use crate::flow::{Block, Grid, GridCell, GridRow, Paragraph};
use crate::model::{Emphasis, Span};
use crate::normal::{is_caps, tidy};

/// The text so far and its blocks: one paragraph a line.
pub(crate) struct Laid {
    pub text: String,
    pub blocks: Vec<Block>,
    /// Paragraphs and rows that may still come.
    left: usize,
    limit: usize,
}

/// A row before its words have a place.
#[derive(Default)]
pub(crate) struct LooseRow {
    pub cells: Vec<LooseCell>,
    pub after_page_break: bool,
}

/// A cell before its words have a place.
#[derive(Default)]
pub(crate) struct LooseCell {
    /// Paragraphs in tidy form.
    pub lines: Vec<String>,
    pub width: usize,
    pub merged_above: bool,
}

impl Laid {
    pub fn new(limit: usize) -> Self {
        Self { text: String::new(), blocks: Vec::new(), left: limit, limit }
    }

    fn spend(&mut self) -> Result<(), ReadError> {
        self.left = self.left.checked_sub(1).ok_or(ReadError::TooManyParts { limit: self.limit })?;
        Ok(())
    }

    /// A paragraph on a line of its own; nothing when it has no words.
    pub fn paragraph(&mut self, raw: &str, bold: bool, italic: bool) -> Result<(), ReadError> {
        self.spend()?;
        let text = tidy(raw);
        if text.is_empty() {
            return Ok(());
        }
        let start = self.text.len();
        self.text.push_str(raw.trim());
        let span = Span::new(start, self.text.len());
        self.text.push('\n');
        let emphasis = Emphasis { bold, italic, caps: is_caps(&text) };
        self.blocks.push(Block::Paragraph(Paragraph { text, span, emphasis }));
        Ok(())
    }

    /// A row a line, its cells parted by tabs, the paragraphs in a cell by line feeds.
    pub fn table(&mut self, rows: Vec<LooseRow>, header_rows: usize) -> Result<(), ReadError> {
        let start = self.text.len();
        let mut laid = Vec::with_capacity(rows.len());
        for row in rows {
            self.spend()?;
            let mut cells = Vec::with_capacity(row.cells.len());
            for (place, cell) in row.cells.into_iter().enumerate() {
                self.text.push_str(if place > 0 { "\t" } else { "" });
                cells.push(self.cell(cell)?);
            }
            self.text.push('\n');
            laid.push(GridRow { cells, after_page_break: row.after_page_break });
        }
        let end = start + self.text[start..].trim_end().len();
        self.blocks.push(Block::Table(Grid { rows: laid, span: Span::new(start, end), header_rows }));
        Ok(())
    }

    fn cell(&mut self, cell: LooseCell) -> Result<GridCell, ReadError> {
        let start = self.text.len();
        for (place, line) in cell.lines.iter().enumerate() {
            self.spend()?;
            self.text.push_str(if place > 0 { "\n" } else { "" });
            self.text.push_str(line);
        }
        let span = Span::new(start, self.text.len());
        Ok(GridCell { text: cell.lines.join("\n"), span, width: cell.width.max(1), merged_above: cell.merged_above })
    }
}
