//! Tables in a text: cells parted by "|", by tabs or by columns of spaces.

mod aligned;

use super::Line;
use crate::flow::{Grid, GridCell, GridRow};
use crate::marker::Marker;
use crate::model::{PartKind, Span};
use crate::normal::tidy;
use crate::table::names_columns;

/// A table by tabs has at least so many columns: two are a head, a signature or a marker and its words.
const TAB_COLUMNS_MIN: usize = 3;

/// Bytes of a line that names a group of rows.
const GROUP_BYTES_MAX: usize = 200;

/// The table that begins at the first line, and the lines it takes. `tries` counts headers that no table followed.
pub(super) fn at(text: &str, lines: &[Line], tries: &mut usize) -> Option<(Grid, usize)> {
    let first = lines.first()?;
    let raw = first.span.of(text);
    if raw.contains(['|', '│']) {
        return piped(text, lines);
    }
    if raw.contains('\t') { tabbed(text, lines) } else { aligned::table(text, lines, tries) }
}

fn piped(text: &str, lines: &[Line]) -> Option<(Grid, usize)> {
    let whole = |at: usize| lines.get(at).is_some_and(|line| is_piped(line.span.of(text)));
    if !whole(0) {
        return None;
    }
    // "A | Cải cách thể chế" and "A. Cải cách thể chế" name a group of the rows below.
    let group = |at: usize| {
        let short = lines[at].span.of(text).len() <= GROUP_BYTES_MAX;
        let barred = lines[at].span.of(text).contains(['|', '│']);
        let goes_on = || {
            whole(at + 1)
                && !names_columns(
                    row(text, inside(text, lines[at + 1].span), &['|', '│']).cells.iter().map(|cell| cell.text.as_str()),
                )
        };
        barred || at > 1 && short && goes_on() && is_group(lines[at].span.of(text))
    };
    let length = (0..lines.len()).take_while(|at| whole(*at) || group(*at)).count();
    let rows: Vec<&Line> = lines[..length].iter().filter(|line| !is_ruling(line.span.of(text))).collect();
    let ruled_after_first = length > 1 && is_ruling(lines[1].span.of(text)) && !is_ruling(lines[0].span.of(text));
    let header_rows = usize::from(ruled_after_first && length - rows.len() <= 2);
    let mut rows: Vec<GridRow> = rows.into_iter().map(|line| row(text, inside(text, line.span), &['|', '│'])).collect();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(1);
    rows.iter_mut().filter(|row| row.cells.len() == 1).for_each(|row| row.cells[0].width = width);
    (rows.len() >= 2).then(|| (grid(rows, header_rows, &lines[..length]), length))
}

/// "A. Cải cách thể chế", "II. Nhóm nhiệm vụ": a letter or a Roman number and a title.
fn is_group(raw: &str) -> bool {
    Marker::of(raw).is_some_and(|marker| marker.kind == PartKind::Roman)
        || raw.chars().next().is_some_and(|c| c.is_ascii_uppercase()) && raw[1..].starts_with(['.', ')'])
}

/// Without the bars at both ends.
fn inside(text: &str, span: Span) -> Span {
    let raw = span.of(text);
    let start = raw.strip_prefix(['|', '│']).unwrap_or(raw);
    let inner = start.strip_suffix(['|', '│']).unwrap_or(start);
    let first = span.start + raw.len() - start.len();
    Span::new(first, first + inner.len())
}

/// Two bars or more, or a ruling between rows.
fn is_piped(raw: &str) -> bool {
    raw.chars().filter(|c| matches!(c, '|' | '│')).take(2).count() == 2 || is_ruling(raw)
}

/// "|---|---|", "+-----+".
fn is_ruling(raw: &str) -> bool {
    let bars = raw.contains(['|', '+', '│', '┼', '├', '┌', '└']);
    let ruled = |c: char| {
        matches!(c, '|' | '+' | '-' | '=' | ':' | ' ' | '─' | '│' | '┼' | '├' | '┤' | '┌' | '┬' | '┐' | '└' | '┴' | '┘')
    };
    bars && raw.contains(['-', '=', '─']) && raw.chars().all(ruled)
}

fn tabbed(text: &str, lines: &[Line]) -> Option<(Grid, usize)> {
    let cells = |line: &Line| whole(line).of(text).split('\t');
    let first = lines.first()?;
    let width = cells(first).count();
    if cells(first).filter(|cell| !cell.trim().is_empty()).count() < TAB_COLUMNS_MIN {
        return None;
    }
    // A row that is short at the end is still a row.
    let is_row = |line: &&Line| (2..=width).contains(&cells(line).count());
    let length = lines.iter().take_while(is_row).count();
    let rows: Vec<GridRow> = lines[..length].iter().map(|line| row(text, whole(line), &['\t'])).collect();
    is_table(&rows).then(|| (grid(rows, 0, &lines[..length]), length))
}

/// The first row names the columns, or all rows have the same cells and none begins like a point of a list.
fn is_table(rows: &[GridRow]) -> bool {
    let Some(first) = rows.first().filter(|_| rows.len() >= 2) else { return false };
    let listed = |row: &GridRow| Marker::of(&row.cells[0].text).is_some_and(|marker| marker.kind != PartKind::Number);
    let alike = rows.len() >= 3 && rows.iter().all(|row| row.cells.len() == first.cells.len() && !listed(row));
    alike || names_columns(first.cells.iter().map(|cell| cell.text.as_str()))
}

/// The line with the tabs before it, which stand for empty cells.
fn whole(line: &Line) -> Span {
    Span::new(line.span.start - line.indent, line.span.end)
}

fn grid(rows: Vec<GridRow>, header_rows: usize, lines: &[Line]) -> Grid {
    let span = lines.iter().map(|line| line.span).reduce(Span::cover).unwrap_or_default();
    Grid { rows, span, header_rows }
}

fn row(text: &str, span: Span, signs: &[char]) -> GridRow {
    let mut cells = Vec::new();
    let mut start = span.start;
    for piece in span.of(text).split_inclusive(signs) {
        let words = piece.trim_end_matches(signs);
        let lead = words.len() - words.trim_start().len();
        let span = Span::new(start + lead, start + lead + words.trim().len());
        cells.push(GridCell { text: tidy(words), span, width: 1, merged_above: false });
        start += piece.len();
    }
    GridRow { cells, after_page_break: false }
}
