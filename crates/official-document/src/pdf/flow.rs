//! Lines and tables of pages into paragraphs and tables of a document.

use super::columns;
use super::furniture;
use super::lines::TextLine;
use super::page::Page;
use super::ruled::{RuledCell, RuledTable};
use crate::error::ReadError;
use crate::lay::{Laid, LooseCell, LooseRow};
use crate::marker::Marker;
use crate::model::{Passage, Span};
use crate::normal::tidy;
use crate::text::is_finished;
use crate::text::wrap::{Fit, Flow};

/// Columns of a table that goes on over a page stand within so many points.
const SAME_COLUMN: f32 = 4.0;
/// Fewer lines than this do not show how wide the text is.
const FEW_LINES: usize = 40;
/// A line indented by more than this share of its size begins a paragraph.
const INDENT: f32 = 0.8;
/// A line stands apart when the space above it is this many times the usual one.
const APART: f32 = 1.3;

/// A document's text with its blocks, and the notes taken off the feet of its pages.
pub(crate) struct Flowed {
    pub laid: Laid,
    pub footnotes: Vec<Passage>,
}

/// Makes paragraphs and tables of all pages.
pub(crate) fn flow(mut pages: Vec<Page>, limit: usize) -> Result<Flowed, ReadError> {
    furniture::remove(&mut pages);
    let body_size = furniture::body_size(&pages);
    let measure = Measure::of(&pages);
    let mut builder = Builder { laid: Laid::new(limit), flow: Flow::default(), measure, open: None, table: None };
    let mut notes: Vec<String> = Vec::new();
    for (number, mut page) in pages.into_iter().enumerate() {
        note_lines(furniture::take_footnotes(&mut page, body_size), &mut notes);
        builder.page(page, number)?;
    }
    builder.close()?;
    let mut laid = builder.laid;
    let footnotes = notes.into_iter().map(|note| footnote(&mut laid.text, note)).collect();
    Ok(Flowed { laid, footnotes })
}

/// Notes begin with a figure; other lines go on.
fn note_lines(lines: Vec<TextLine>, notes: &mut Vec<String>) {
    for (place, line) in lines.into_iter().enumerate() {
        let text = tidy(line.text.trim_start_matches(|c: char| c.is_numeric()));
        let begins = place == 0 || line.text.starts_with(|c: char| c.is_numeric());
        match notes.last_mut().filter(|_| !begins) {
            Some(note) => {
                note.push(' ');
                note.push_str(&text);
            }
            None => notes.push(text),
        }
    }
}

/// Notes stand after the body in the text.
fn footnote(text: &mut String, note: String) -> Passage {
    let start = text.len();
    text.push_str(&note);
    let span = Span::new(start, text.len());
    text.push('\n');
    Passage { text: note, span }
}

/// The text area of a document.
#[derive(Clone, Copy)]
struct Measure {
    right: f32,
    /// From one line to the next.
    leading: f32,
}

impl Measure {
    fn of(pages: &[Page]) -> Self {
        let lines = || pages.iter().flat_map(|page| &page.lines);
        let few = lines().count() < FEW_LINES;
        let right = most(lines().map(|line| line.right).collect(), 19, 20).unwrap_or(500.0);
        let left = lines().map(|line| line.left).fold(f32::INFINITY, f32::min);
        // A few lines may all be short: then the margins are taken to be alike.
        let mirrored = pages.first().map_or(0.0, |page| page.width - left);
        let right = if few { lines().map(|line| line.right).fold(mirrored, f32::max) } else { right };
        let steps = pages.iter().flat_map(|page| page.lines.windows(2)).map(|pair| pair[1].y - pair[0].y);
        let leading = most(steps.filter(|step| *step > 4.0).collect(), 1, 2).unwrap_or(18.0);
        Self { right, leading }
    }
}

/// The value that so large a share of the values stays within.
fn most(mut values: Vec<f32>, share: usize, of: usize) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len().saturating_sub(1) * share / of).copied()
}

struct Builder {
    laid: Laid,
    flow: Flow,
    measure: Measure,
    /// The paragraph that may go on, its last line, the page it is on.
    open: Option<(String, TextLine, usize)>,
    /// The table that may go on over the page.
    table: Option<OpenTable>,
}

struct OpenTable {
    columns: Vec<f32>,
    rows: Vec<LooseRow>,
    page: usize,
}

impl Builder {
    fn page(&mut self, page: Page, number: usize) -> Result<(), ReadError> {
        let mut lines = if number == 0 { columns::part_heading(page.lines) } else { page.lines };
        for table in page.tables {
            let below = lines.split_off(lines.partition_point(|line| line.y < table.top));
            self.lines(std::mem::replace(&mut lines, below), number)?;
            self.table(table, number)?;
        }
        self.lines(lines, number)
    }

    fn lines(&mut self, lines: Vec<TextLine>, page: usize) -> Result<(), ReadError> {
        columns::in_reading_order(lines).into_iter().try_for_each(|line| self.line(line, page))
    }

    fn line(&mut self, line: TextLine, page: usize) -> Result<(), ReadError> {
        self.close_table()?;
        let text = tidy(&line.text);
        let goes_on = self.open.as_ref().is_some_and(|(above, last, above_page)| {
            let fit = self.fit(last, &line, *above_page == page);
            self.flow.goes_on(above, &text, fit)
        });
        match self.open.as_mut().filter(|_| goes_on) {
            Some((above, last, above_page)) => {
                above.push(' ');
                above.push_str(&text);
                (*last, *above_page) = (line, page);
            }
            None => {
                self.close_paragraph()?;
                self.flow.begins(&text);
                self.open = Some((text, line, page));
            }
        }
        Ok(())
    }

    fn fit(&self, above: &TextLine, line: &TextLine, same_page: bool) -> Fit {
        let size = above.size.max(line.size);
        let full = above.right + line.first_word() + size * 0.25 > self.measure.right - size * 0.5;
        let step = line.y - above.y;
        let apart = same_page && step > self.measure.leading * APART && step > size * 1.6;
        Fit { full, parted: apart || line.left > above.left + size * INDENT }
    }

    fn table(&mut self, table: RuledTable, page: usize) -> Result<(), ReadError> {
        let goes_on = self.open.is_none()
            && self.table.as_ref().is_some_and(|open| open.page + 1 == page && same_columns(&open.columns, &table.columns));
        if !goes_on {
            self.close()?;
        }
        let rows = table.rows.into_iter().enumerate().map(|(place, row)| LooseRow {
            cells: row.into_iter().map(loose_cell).collect(),
            after_page_break: goes_on && place == 0,
        });
        match &mut self.table {
            Some(open) => {
                open.rows.extend(rows);
                open.page = page;
            }
            None => self.table = Some(OpenTable { columns: table.columns, rows: rows.collect(), page }),
        }
        Ok(())
    }

    fn close_paragraph(&mut self) -> Result<(), ReadError> {
        self.open.take().map_or(Ok(()), |(text, ..)| self.laid.paragraph(&text, false, false))
    }

    fn close_table(&mut self) -> Result<(), ReadError> {
        self.table.take().map_or(Ok(()), |table| self.laid.table(table.rows, 0))
    }

    fn close(&mut self) -> Result<(), ReadError> {
        self.close_paragraph()?;
        self.close_table()
    }
}

fn same_columns(above: &[f32], below: &[f32]) -> bool {
    above.len() == below.len() && above.iter().zip(below).all(|(above, below)| (above - below).abs() <= SAME_COLUMN)
}

/// The lines of a cell as paragraphs.
fn loose_cell(cell: RuledCell) -> LooseCell {
    let mut lines: Vec<String> = Vec::new();
    let mut above: Option<TextLine> = None;
    for line in cell.lines {
        let text = tidy(&line.text);
        let full =
            above.as_ref().is_none_or(|above| above.right + line.first_word() + line.size * 0.5 > cell.right - line.size * 0.5);
        match lines.last_mut().filter(|above| goes_on_in_cell(above, &text, full)) {
            Some(last) => {
                last.push(' ');
                last.push_str(&text);
            }
            None => lines.push(text),
        }
        above = Some(line);
    }
    lines.retain(|line| !line.is_empty());
    LooseCell { lines, width: cell.width, merged_above: cell.merged_above }
}

fn goes_on_in_cell(above: &str, line: &str, full: bool) -> bool {
    let listed = Marker::of(line).is_some() && (is_finished(above) || !full);
    let small = line.starts_with(char::is_lowercase);
    !listed && (small || full || !is_finished(above))
}
