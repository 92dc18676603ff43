//! Tables whose cells stand under each other, with spaces between: what is left of a table in the text of a PDF.
//!
//! Read only when a row of known column names begins with "TT"; a row begins where the first column is filled, and lines
//! without a number go on with the cells above them.

use super::super::Line;
use crate::flow::{Grid, GridCell, GridRow};
use crate::marker::{Marker, roman};
use crate::model::Span;
use crate::normal::{folded, tidy};
use crate::table::names_columns;

/// Columns of such a table at least.
const COLUMNS_MIN: usize = 3;
/// Lines of one table at most.
const LINES_MAX: usize = 2_000;
/// Headers without a table that are tried in one text; more is hostile.
const TRIES_MAX: usize = 64;
/// Bytes of one line that are looked at.
const LINE_BYTES_MAX: usize = 1_000;
/// Spaces between two cells at least.
const GAP: usize = 2;

/// Words of a line with nothing wider than one space in them.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// The first column of signs it covers, and the one after its last.
    from: usize,
    to: usize,
    span: Span,
}

/// The table that begins at the first line, and the lines it takes.
pub(super) fn table(text: &str, lines: &[Line], tries: &mut usize) -> Option<(Grid, usize)> {
    let header = pieces(text, lines.first()?);
    let words: Vec<String> = header.iter().map(|piece| tidy(piece.span.of(text))).collect();
    let numbered = words.first().is_some_and(|first| matches!(folded(first, 8).as_str(), "tt" | "stt" | "so tt"));
    if !numbered || header.len() < COLUMNS_MIN || !names_columns(words.iter().map(String::as_str)) {
        return None;
    }
    *tries += 1;
    if *tries > TRIES_MAX {
        return None;
    }
    let found = under(text, lines, &header);
    *tries -= usize::from(found.is_some());
    found
}

/// The table under a header.
fn under(text: &str, lines: &[Line], header: &[Piece]) -> Option<(Grid, usize)> {
    let taken = taken(text, lines, header);
    let cut: Vec<Vec<Piece>> = lines[..taken].iter().map(|line| pieces(text, line)).collect();
    let columns = columns(header, &cut)?;
    let mut rows: Vec<GridRow> = Vec::new();
    let mut length = 0;
    for (line, cut) in lines[..taken].iter().zip(&cut) {
        let Some(row) = row(text, line, cut, &columns) else { break };
        length += 1;
        let opens =
            !row.cells[0].text.is_empty() || rows.len() < 2 && names_columns(row.cells.iter().map(|one| one.text.as_str()));
        match rows.last_mut().filter(|_| !opens) {
            Some(above) => go_on(above, row),
            None => rows.push(row),
        }
    }
    let span = lines[..length].iter().map(|line| line.span).reduce(Span::cover)?;
    (rows.len() >= 2).then_some((Grid { rows, span, header_rows: 1 }, length))
}

/// The pieces of a line, with the places where they stand.
fn pieces(text: &str, line: &Line) -> Vec<Piece> {
    let raw = line.span.of(text);
    let raw = &raw[..raw.floor_char_boundary(LINE_BYTES_MAX)];
    let mut found: Vec<Piece> = Vec::new();
    let (mut place, mut blank) = (line.indent, GAP);
    for (at, sign) in raw.char_indices() {
        // A mark above the letter before it takes no room.
        let width = usize::from(!matches!(sign, '\u{300}'..='\u{36f}'));
        if sign.is_whitespace() {
            blank += 1;
        } else {
            let end = line.span.start + at + sign.len_utf8();
            match found.last_mut().filter(|_| blank < GAP) {
                Some(piece) => (piece.to, piece.span.end) = (place + width, end),
                None => found.push(Piece { from: place, to: place + width, span: Span::new(line.span.start + at, end) }),
            }
            blank = 0;
        }
        place += width;
    }
    found
}

/// How many lines may belong to the table: up to one that stands alone at the left and is no group of rows.
fn taken(text: &str, lines: &[Line], header: &[Piece]) -> usize {
    let second = header[1].from;
    let mut index = 1;
    while index < lines.len().min(LINES_MAX) {
        let cut = pieces(text, &lines[index]);
        let alone = cut.len() == 1 && cut[0].from < second && cut[0].to > second;
        let next_is_row = || lines.get(index + 1).is_some_and(|next| pieces(text, next).len() >= COLUMNS_MIN);
        if alone && !next_is_row() {
            break;
        }
        index += 1;
    }
    index
}

/// Where the columns stand: the places that the header and the full rows cover, one run of them for each name.
fn columns(header: &[Piece], cut: &[Vec<Piece>]) -> Option<Vec<(usize, usize)>> {
    let full = cut.iter().filter(|pieces| pieces.len() >= COLUMNS_MIN);
    let mut covered: Vec<(usize, usize)> = full.flatten().map(|piece| (piece.from, piece.to)).collect();
    covered.sort_unstable();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (from, to) in covered {
        match runs.last_mut().filter(|run| from < run.1 + GAP) {
            Some(run) => run.1 = run.1.max(to),
            None => runs.push((from, to)),
        }
    }
    let names = |run: &(usize, usize)| header.iter().filter(|piece| piece.from < run.1 && run.0 < piece.to).count();
    // A gap inside one column, by chance: no name stands over what follows it.
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for run in runs {
        match columns.last_mut().filter(|_| names(&run) == 0) {
            Some(last) => last.1 = run.1,
            None => columns.push(run),
        }
    }
    (columns.len() == header.len() && columns.iter().all(|run| names(run) == 1)).then_some(columns)
}

/// The cells of a line; none when its words run over several columns, as those of a paragraph do.
fn row(text: &str, line: &Line, cut: &[Piece], columns: &[(usize, usize)]) -> Option<GridRow> {
    let empty = || GridCell { text: String::new(), span: Span::default(), width: 1, merged_above: false };
    let mut cells: Vec<GridCell> = columns.iter().map(|_| empty()).collect();
    let place = |piece: &Piece| columns.iter().rposition(|column| column.0 <= piece.from + 1).unwrap_or(0);
    if cut.len() <= 2 && cut.iter().any(|piece| crosses(piece, columns)) {
        return group(text, line, columns.len());
    }
    for piece in cut {
        if crosses(piece, columns) {
            return None;
        }
        let cell = &mut cells[place(piece)];
        if !cell.text.is_empty() {
            cell.text.push(' ');
        }
        cell.text.push_str(&tidy(piece.span.of(text)));
        cell.span = if cell.span.is_empty() { piece.span } else { cell.span.cover(piece.span) };
    }
    Some(GridRow { cells, after_page_break: line.page_above })
}

fn crosses(piece: &Piece, columns: &[(usize, usize)]) -> bool {
    columns.iter().filter(|column| column.0 < piece.to && piece.from < column.1).count() > 1
}

/// "I. Truyền thông" over the width of the table.
fn group(text: &str, line: &Line, width: usize) -> Option<GridRow> {
    let words = tidy(line.span.of(text));
    let first = words.split(' ').next().unwrap_or_default().trim_end_matches(['.', ')', '/', '-']);
    let lettered = first.len() == 1 && first.starts_with(|c: char| c.is_ascii_uppercase());
    let heads = roman(first).is_some() || lettered || Marker::of(&words).is_none() && crate::normal::is_caps(&words);
    let cell = GridCell { text: words, span: line.span, width, merged_above: false };
    heads.then(|| GridRow { cells: vec![cell], after_page_break: line.page_above })
}

fn go_on(above: &mut GridRow, row: GridRow) {
    if above.cells.len() != row.cells.len() {
        return;
    }
    for (upper, lower) in above.cells.iter_mut().zip(row.cells) {
        if lower.text.is_empty() {
            continue;
        }
        if !upper.text.is_empty() {
            upper.text.push(if lower.text.starts_with(['-', '+', '•']) { '\n' } else { ' ' });
        }
        upper.text.push_str(&lower.text);
        upper.span = if upper.span.is_empty() { lower.span } else { upper.span.cover(lower.span) };
    }
}
