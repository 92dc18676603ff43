//! `document.xml`, event by event.

mod paragraph;

use std::time::Instant;

use quick_xml::events::{BytesStart, Event};

use super::lay::{Piece, RawCell, RawParagraph, RawRow, RawTable, lay};
use super::numbering::Numbering;
use super::styles::Styles;
use super::xml::{Part, character, val};
use crate::error::ReadError;
use crate::lay::Laid;
use crate::limits::Limits;
use paragraph::OpenParagraph;

/// Tables and text boxes nested deeper than this lie in the cell around them.
const NESTING_MAX: usize = 16;
/// So many events pass between two looks at the clock.
const EVENTS_PER_LOOK: u32 = 4_096;

/// Reads the body of a document.
pub(super) fn walk(xml: &str, styles: &Styles, numbering: Numbering, limits: &Limits) -> Result<Laid, ReadError> {
    let mut walker = Walker {
        styles,
        numbering,
        laid: Laid::new(limits.paragraphs),
        around: Vec::new(),
        paragraphs: Vec::new(),
        carried: RawParagraph::default(),
        pieces_left: limits.paragraphs,
        limit: limits.paragraphs,
    };
    let mut part = Part::new(xml);
    let begun = Instant::now();
    for event in 0u32.. {
        if event % EVENTS_PER_LOOK == 0 && begun.elapsed() > limits.time {
            return Err(ReadError::TimedOut { limit: limits.time });
        }
        match part.next()? {
            Event::Start(start) => walker.begin(&mut part, &start)?,
            Event::End(end) => {
                if let Some(name) = part.name(end.name().as_ref()) {
                    walker.end(name)?;
                }
            }
            Event::Text(text) => walker.words(&text.xml10_content()),
            Event::CData(text) => walker.words(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let mut sign = [0; 4];
                walker.words(character(&reference).map_or("", |character| character.encode_utf8(&mut sign)));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    walker.finish()
}

/// What stands around the paragraph that is read.
enum Around {
    Table(RawTable),
    /// A row; true inside its properties.
    Row(RawRow, bool),
    Cell(RawCell),
    TextBox(Vec<Piece>),
    /// A table or a box beyond [`NESTING_MAX`].
    Ignored,
}

struct Walker<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    laid: Laid,
    around: Vec<Around>,
    /// The open paragraph; more than one when a text box hangs in one.
    paragraphs: Vec<OpenParagraph>,
    /// A paragraph whose end was deleted: the next one goes on from it.
    carried: RawParagraph,
    pieces_left: usize,
    limit: usize,
}

impl Walker<'_> {
    fn begin(&mut self, part: &mut Part, start: &BytesStart) -> Result<(), ReadError> {
        let qualified = start.name();
        let Some(name) = part.name(qualified.as_ref()) else {
            // The same content again for programs that do not know the choice before it.
            let fallback = start.local_name().as_ref() == "Fallback";
            return if fallback { part.skip(start) } else { Ok(()) };
        };
        if self.is_left_out(name) {
            return part.skip(start);
        }
        match name {
            "p" => self.paragraphs.push(OpenParagraph::default()),
            "tbl" => self.enter(Around::Table(RawTable::default())),
            "tr" => self.enter(Around::Row(RawRow::default(), false)),
            "tc" => self.enter(Around::Cell(RawCell { width: 1, ..RawCell::default() })),
            "txbxContent" => self.enter(Around::TextBox(Vec::new())),
            _ => self.property(name, start),
        }
        Ok(())
    }

    /// Elements whose content a reader does not see.
    fn is_left_out(&self, name: &str) -> bool {
        match name {
            "del" => !self.in_properties(),
            "moveFrom" | "delText" | "instrText" | "delInstrText" | "sdtPr" | "sdtEndPr" | "sectPr" | "tblPr" | "tblGrid"
            | "rt" | "tabs" => true,
            _ => name.ends_with("PrChange") || name == "numberingChange",
        }
    }

    /// Inside the properties of a paragraph or a row, where "del" says that its end or the row is deleted.
    fn in_properties(&self) -> bool {
        self.paragraphs.last().is_some_and(|paragraph| paragraph.in_properties)
            || matches!(self.around.last(), Some(Around::Row(_, true)))
    }

    fn enter(&mut self, around: Around) {
        self.around.push(if self.around.len() < NESTING_MAX * 3 { around } else { Around::Ignored });
    }

    fn property(&mut self, name: &str, start: &BytesStart) {
        match (self.around.last_mut(), name) {
            (Some(Around::Row(_, inside)), "trPr") => *inside = true,
            (Some(Around::Row(row, true)), "tblHeader") => row.header = super::xml::is_on(start),
            (Some(Around::Row(row, true)), "del") => row.deleted = true,
            (Some(Around::Row(row, true)), "gridBefore") => {
                let width = val(start).and_then(|width| width.parse().ok()).unwrap_or(1).min(64);
                row.cells.push(RawCell { width, ..RawCell::default() });
            }
            (Some(Around::Cell(cell)), "gridSpan") => {
                cell.width = val(start).and_then(|width| width.parse().ok()).unwrap_or(1).clamp(1, 64);
            }
            (Some(Around::Cell(cell)), "vMerge") => cell.merged_above = val(start).as_deref() != Some("restart"),
            (Some(Around::Cell(cell)), "cellDel") => cell.deleted = true,
            _ => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.property(name, start, self.styles);
                }
            }
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.words(words);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "p" => self.end_paragraph()?,
            "tbl" | "tr" | "tc" | "txbxContent" => self.leave()?,
            "trPr" => {
                if let Some(Around::Row(_, inside)) = self.around.last_mut() {
                    *inside = false;
                }
            }
            _ => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.end(name);
                }
            }
        }
        Ok(())
    }

    fn end_paragraph(&mut self) -> Result<(), ReadError> {
        let Some(mut open) = self.paragraphs.pop() else { return Ok(()) };
        let boxes = std::mem::take(&mut open.boxes);
        let goes_on = open.end_deleted;
        let mut paragraph = open.close(self.styles, &mut self.numbering);
        if !self.carried.words.is_empty() {
            let carried = std::mem::take(&mut self.carried);
            paragraph = RawParagraph { words: carried.words + &paragraph.words, label: carried.label, ..paragraph };
        }
        if goes_on {
            self.carried = paragraph;
        } else if !paragraph.words.trim().is_empty() || (self.in_cell() && !paragraph.label.is_empty()) {
            self.put(Piece::Paragraph(paragraph))?;
        }
        boxes.into_iter().try_for_each(|piece| self.put(piece))
    }

    fn in_cell(&self) -> bool {
        self.around.iter().any(|around| matches!(around, Around::Cell(_)))
    }

    /// Gives a piece to what stands around it.
    fn put(&mut self, piece: Piece) -> Result<(), ReadError> {
        self.pieces_left = self.pieces_left.checked_sub(1).ok_or(ReadError::TooManyParts { limit: self.limit })?;
        let holder = self.around.iter_mut().rev().find_map(|around| match around {
            Around::Cell(cell) => Some(&mut cell.pieces),
            Around::TextBox(pieces) => Some(pieces),
            _ => None,
        });
        match holder {
            Some(pieces) => pieces.push(piece),
            None => lay(&mut self.laid, piece)?,
        }
        Ok(())
    }

    fn leave(&mut self) -> Result<(), ReadError> {
        let Some(left) = self.around.pop() else { return Ok(()) };
        match (left, self.around.last_mut()) {
            (Around::Cell(cell), Some(Around::Row(row, _))) if !cell.deleted => row.cells.push(cell),
            (Around::Row(row, _), Some(Around::Table(table))) if !row.deleted => table.rows.push(row),
            (Around::Table(table), _) => self.put(Piece::Table(table))?,
            (Around::TextBox(pieces), _) => match self.paragraphs.last_mut() {
                Some(paragraph) => paragraph.boxes.extend(pieces),
                None => pieces.into_iter().try_for_each(|piece| self.put(piece))?,
            },
            _ => {}
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Laid, ReadError> {
        if !self.carried.words.trim().is_empty() {
            let carried = std::mem::take(&mut self.carried);
            lay(&mut self.laid, Piece::Paragraph(carried))?;
        }
        Ok(self.laid)
    }
}
