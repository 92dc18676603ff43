//! What every kind of file is brought to before its structure is read: paragraphs and grids in the order of the text.

use crate::model::{Emphasis, Span};

/// A piece of the text in order.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    Paragraph(Paragraph),
    Table(Grid),
}

impl Block {
    pub fn span(&self) -> Span {
        match self {
            Self::Paragraph(paragraph) => paragraph.span,
            Self::Table(grid) => grid.span,
        }
    }

    /// The words of a paragraph; nothing for a table.
    pub fn text(&self) -> &str {
        match self {
            Self::Paragraph(paragraph) => &paragraph.text,
            Self::Table(_) => "",
        }
    }
}

/// A paragraph in tidy form ([`crate::one_line`]), never empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paragraph {
    pub text: String,
    pub span: Span,
    pub emphasis: Emphasis,
}

/// A table before its header and its torn rows are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    pub rows: Vec<GridRow>,
    pub span: Span,
    /// Rows at the top that the file itself marks as header.
    pub header_rows: usize,
}

/// A row as the file gives it.
#[derive(Clone, Debug, Default)]
pub(crate) struct GridRow {
    pub cells: Vec<GridCell>,
    /// The row stands first on a page that the table did not begin on.
    pub after_page_break: bool,
}

/// A cell and the columns it covers.
#[derive(Clone, Debug, Default)]
pub(crate) struct GridCell {
    pub text: String,
    pub span: Span,
    /// Columns covered, at least 1.
    pub width: usize,
    /// It is the lower piece of a cell merged downwards, whose text stands in the upper piece.
    pub merged_above: bool,
}
