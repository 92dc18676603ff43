//! A stocktake as a document that people go on writing in.

use official_document::paper::{Paper, Run};

use super::pack::{Cell, Section};

/// DOCX bytes; addresses get the site's in front.
///
/// # Errors
/// The file can not be put together.
pub fn write(title: &str, about: &str, origin: &str, sections: &[Section]) -> anyhow::Result<Vec<u8>> {
    let mut paper = Paper::new(title);
    paper.heading(1, title);
    paper.paragraph(vec![Run::text(about)]);
    let run = |cell: &Cell| match cell.href.as_str() {
        "" => Run::text(&cell.text),
        href => Run::link(&cell.text, &format!("{origin}{href}")),
    };
    for section in sections {
        paper.heading(2, &section.title);
        if !section.note.is_empty() {
            paper.paragraph(vec![Run::text(&section.note)]);
        }
        if section.rows.is_empty() {
            paper.paragraph(vec![Run::text(&section.empty)]);
        } else {
            paper.table(&section.head, section.rows.iter().map(|row| row.iter().map(run).collect()).collect());
        }
    }
    Ok(paper.bytes()?)
}
