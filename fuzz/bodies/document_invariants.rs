//! What holds for every document the reader gives, whatever it was given.

use official_document::{Document, Part, PartKind, Span, one_line};

/// Panics when an invariant is broken.
pub fn check(document: &Document) {
    let text = &document.text;
    for span in spans(document) {
        assert!(span.start <= span.end && text.get(span.start..span.end).is_some(), "{span:?} cuts the text");
    }
    let mut before = Span::default();
    for (depth, part) in document.walk() {
        assert!(depth < 64, "{depth} levels");
        assert!(before.end <= part.span.start, "{before:?} overlaps {:?}", part.span);
        before = part.span;
        own_words(document, part);
    }
}

/// A part's words are its marker and its text; a part of several lines may be torn by a page number.
fn own_words(document: &Document, part: &Part) {
    let words = document.words(part.span);
    if let Some(table) = &part.table {
        assert_eq!(part.kind, PartKind::Table);
        assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()), "a row of another width");
        return;
    }
    let read = one_line(words);
    assert!(read.starts_with(&part.marker), "{read:?} does not begin with {:?}", part.marker);
    if !words.contains(['\n', '\r']) {
        let own = read[part.marker.len()..].trim_start();
        assert_eq!(own, part.text, "the text of {:?}", part.marker);
    }
}

fn spans(document: &Document) -> Vec<Span> {
    let header = &document.header;
    let fields = [
        &header.superior,
        &header.issuer,
        &header.number,
        &header.symbol,
        &header.type_name,
        &header.type_code,
        &header.place,
        &header.date,
        &header.subject,
    ];
    let passages = [&document.addressees, &document.bases, &document.preamble, &document.recipients, &document.footnotes];
    let rows = document.walk().filter_map(|(_, part)| part.table.as_ref()).flat_map(|table| &table.rows);
    let mut spans: Vec<Span> = fields.into_iter().flatten().map(|field| field.span).collect();
    spans.extend(passages.into_iter().flatten().map(|passage| passage.span));
    spans.extend(document.walk().map(|(_, part)| part.span));
    spans.extend(rows.flat_map(|row| &row.cells).map(|cell| cell.span));
    spans.extend(document.signature.iter().map(|signature| signature.span));
    spans.extend(document.appendices.iter().map(|appendix| appendix.span));
    spans.extend(document.warnings.iter().filter_map(|warning| warning.span));
    spans
}
