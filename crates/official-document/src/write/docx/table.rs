//! Tables, and the tables without lines that set things side by side.

use std::fmt::Write as _;

use super::Writer;
use super::look::{Line, emphasis, twips};
use crate::paper::Run;
use crate::write::compose::{Align, LaidCell, LaidHead, LaidTable};
use crate::write::form;

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &LaidTable) {
        if !table.caption.is_empty() {
            let line = Line {
                bold: true,
                keep: true,
                align: "center",
                before: form::GAP,
                after: form::GAP,
                points: 13.0,
                ..Line::default()
            };
            self.line(&line, &table.caption);
        }
        let all: f32 = table.widths.iter().sum();
        let body = &mut self.package.body;
        let _ = write!(
            body,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>",
            twips(all)
        );
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ = write!(body, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
        }
        let edge = twips(form::CELL_EDGES / 2.0);
        let _ = write!(
            body,
            "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{edge}\" w:type=\"dxa\"/><w:right w:w=\"{edge}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
        );
        self.grid(&table.widths);
        for y in 0..table.head_rows {
            self.head_row(table, y);
        }
        for row in &table.rows {
            self.package.body.push_str(if row.breaks { "<w:tr>" } else { "<w:tr><w:trPr><w:cantSplit/></w:trPr>" });
            let mut at = 0;
            for cell in &row.cells {
                self.cell(table, at, cell, row.names);
                at += cell.columns;
            }
            self.package.body.push_str("</w:tr>");
        }
        self.package.body.push_str("</w:tbl>");
        self.after_table(form::GAP);
    }

    fn grid(&mut self, widths: &[f32]) {
        self.package.body.push_str("<w:tblGrid>");
        for width in widths {
            let _ = write!(self.package.body, "<w:gridCol w:w=\"{}\"/>", twips(*width));
        }
        self.package.body.push_str("</w:tblGrid>");
    }

    /// A row of the head: cells that begin here, and the lower pieces of those from above.
    fn head_row(&mut self, table: &LaidTable, y: usize) {
        self.package.body.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        let here = |cell: &&LaidHead| (cell.y..cell.y + cell.rows).contains(&y);
        let mut cells: Vec<&LaidHead> = table.head.iter().filter(here).collect();
        cells.sort_by_key(|cell| cell.x);
        for cell in cells {
            let merged = match (cell.rows > 1, cell.y == y) {
                (false, _) => "",
                (true, true) => "<w:vMerge w:val=\"restart\"/>",
                (true, false) => "<w:vMerge/>",
            };
            let runs = if cell.y == y { vec![Run::strong(&cell.text)] } else { Vec::new() };
            self.open_cell(table, cell.x, cell.columns, &format!("{merged}<w:vAlign w:val=\"center\"/>"));
            self.cell_words(table, "center", &runs, true);
        }
        self.package.body.push_str("</w:tr>");
    }

    fn cell(&mut self, table: &LaidTable, at: usize, cell: &LaidCell, keep: bool) {
        self.open_cell(table, at, cell.columns, "");
        let align = match cell.align {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        };
        self.cell_words(table, align, &cell.runs, keep);
    }

    fn open_cell(&mut self, table: &LaidTable, at: usize, columns: usize, more: &str) {
        let width = twips(table.widths[at..at + columns].iter().sum());
        let span = if columns > 1 { format!("<w:gridSpan w:val=\"{columns}\"/>") } else { String::new() };
        let _ = write!(self.package.body, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{more}</w:tcPr>");
    }

    /// `keep`: the row stays on the page of the next.
    fn cell_words(&mut self, table: &LaidTable, align: &str, runs: &[Run], keep: bool) {
        let style = if table.points < form::CELL { "SmallCell" } else { "Cell" };
        let keep = if keep { "<w:keepNext/>" } else { "" };
        let properties = format!("<w:pPr><w:pStyle w:val=\"{style}\"/>{keep}<w:jc w:val=\"{align}\"/></w:pPr>");
        let made = self.package.made(runs, &properties, |run| emphasis(run, false));
        let _ = write!(self.package.body, "{made}</w:tc>");
    }

    /// Two tables that touch would be one.
    fn after_table(&mut self, points: f32) {
        let _ = write!(
            self.package.body,
            "<w:p><w:pPr><w:spacing w:line=\"{}\" w:lineRule=\"exact\"/><w:rPr><w:sz w:val=\"2\"/></w:rPr></w:pPr></w:p>",
            twips(points)
        );
    }

    /// A table without lines.
    pub(super) fn begin_layout(&mut self, widths: &[f32]) {
        let all = twips(widths.iter().sum());
        let _ = write!(
            self.package.body,
            "<w:tbl><w:tblPr><w:tblW w:w=\"{all}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
        );
        self.grid(widths);
        self.begin_layout_row();
    }

    pub(super) fn begin_layout_row(&mut self) {
        self.package.body.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    }

    pub(super) fn begin_cell(&mut self, width: f32) {
        let _ = write!(self.package.body, "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>", twips(width));
    }

    pub(super) fn end_cell(&mut self) {
        self.package.body.push_str("</w:tc>");
    }

    pub(super) fn end_layout_row(&mut self) {
        self.package.body.push_str("</w:tr>");
    }

    pub(super) fn end_layout(&mut self) {
        self.end_layout_row();
        self.package.body.push_str("</w:tbl>");
        self.after_table(2.0);
    }
}
