//! Documents built by hand for the tests of this folder.

use official_document::{Cell, Emphasis, Part, PartKind, Row, Span, Table};

/// A part without children; its path segment is its marker without signs.
pub(super) fn part(kind: PartKind, marker: &str, text: &str) -> Part {
    let label = match kind {
        PartKind::Dash | PartKind::Plus | PartKind::Paragraph | PartKind::Table => String::new(),
        _ => marker.trim_end_matches(['.', ')', '-', '/']).to_owned(),
    };
    Part {
        kind,
        marker: marker.to_owned(),
        label,
        text: text.to_owned(),
        span: Span::default(),
        children: Vec::new(),
        table: None,
        emphasis: Emphasis::default(),
    }
}

/// A table whose rows have one word group each when all but two cells are empty.
pub(super) fn table(columns: &[&str], rows: &[&[&str]]) -> Part {
    let cell = |text: &&str| Cell { text: (*text).to_owned(), span: Span::default() };
    let row = |cells: &&[&str]| {
        let roman = !cells[0].is_empty() && cells[0].chars().all(|c| "IVX".contains(c));
        Row { cells: cells.iter().map(cell).collect(), group: roman }
    };
    let table = Table { columns: columns.iter().map(ToString::to_string).collect(), rows: rows.iter().map(row).collect() };
    Part { table: Some(table), ..part(PartKind::Table, "", "") }
}
