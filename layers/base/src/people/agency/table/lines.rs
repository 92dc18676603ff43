//! Tables as text (RFC 4180 and its relatives): commas, semicolons or tabs; UTF-8 or UTF-16. Older encodings are named
//! and refused, for a spreadsheet that saves in them has already lost letters.

use vietnamese::legacy;

use super::{Cell, Fault, ROWS_MAX};
use crate::web::{Obstacle, download};

const COLUMNS_MAX: usize = 200;

/// The text of a file.
///
/// # Errors
/// No Unicode, by the name of the encoding when it is known.
pub fn decode(bytes: &[u8]) -> Result<String, Obstacle> {
    let text = if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        utf_16(rest, u16::from_le_bytes)?
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        utf_16(rest, u16::from_be_bytes)?
    } else {
        let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        String::from_utf8(rest.to_vec()).map_err(|_| old_encoding(rest))?
    };
    if text.contains('\0') {
        return Err(Obstacle::new("agency-file-foreign"));
    }
    refuse_old_fonts(&text)?;
    Ok(text)
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Obstacle> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<_, _>>().map_err(|_| Obstacle::new("agency-file-damaged"))
}

fn old_encoding(bytes: &[u8]) -> Obstacle {
    match legacy::detect(bytes) {
        Some(encoding) => Obstacle::new("agency-file-encoding").with("name", encoding),
        None => Obstacle::new("agency-file-encoding-unknown"),
    }
}

/// Refuses a text set in the fonts of an older encoding (`.VnTime`, `VNI-Times`).
///
/// # Errors
/// The encoding by its name.
pub fn refuse_old_fonts(text: &str) -> Result<(), Obstacle> {
    let end = text.char_indices().nth(20_000).map_or(text.len(), |(end, _)| end);
    match legacy::detect_in_text(&text[..end]) {
        // A table without marks may look like VIQR by its punctuation.
        None | Some(legacy::LegacyEncoding::Viqr) => Ok(()),
        Some(encoding) => Err(Obstacle::new("agency-file-encoding").with("name", encoding)),
    }
}

/// Rows of cells with the number of the line each begins at.
///
/// # Errors
/// Far more rows or columns than a table of agencies has.
pub fn grid(text: &str) -> Result<Vec<(u32, Vec<Cell>)>, Obstacle> {
    grid_of(text, ROWS_MAX)
}

/// The same of a table that may have so many rows.
///
/// # Errors
/// Far more rows or columns than that.
pub fn grid_of(text: &str, rows_max: usize) -> Result<Vec<(u32, Vec<Cell>)>, Obstacle> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n"); // the reader counts lines by their line feeds
    let (text, above, between) = delimited(&text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(between).from_reader(text.as_bytes());
    let mut grid = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| Obstacle::new("agency-file-damaged"))?;
        if record.len() > COLUMNS_MAX {
            return Err(Obstacle::new("agency-file-too-wide").with("n", COLUMNS_MAX));
        }
        if grid.len() > rows_max * 2 {
            return Err(Obstacle::new("agency-file-too-many-rows").with("n", rows_max));
        }
        let line = record.position().map_or(0, csv::Position::line);
        grid.push((u32::try_from(line).unwrap_or_default() + above, record.iter().map(cell).collect()));
    }
    Ok(grid)
}

/// The table without a `sep=;` line above it, how many lines that is, and what stands between cells.
fn delimited(text: &str) -> (&str, u32, u8) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(&[between]) = first.trim().to_lowercase().strip_prefix("sep=").map(str::as_bytes)
        && between.is_ascii()
    {
        return (rest, 1, between);
    }
    // The mark that cuts the first lines into most cells.
    let head: String = text.lines().take(20).collect::<Vec<_>>().join("\n");
    let count = |mark: u8| head.bytes().filter(|byte| *byte == mark).count();
    let between = [b',', b';', b'\t'].into_iter().max_by_key(|mark| (most_in_a_line(&head, *mark), count(*mark)));
    (text, 0, between.unwrap_or(b','))
}

/// Most often in one line, outside quotation marks.
fn most_in_a_line(head: &str, mark: u8) -> usize {
    let in_line = |line: &str| {
        let mut quoted = false;
        line.bytes()
            .filter(|byte| {
                quoted ^= *byte == b'"';
                *byte == mark && !quoted
            })
            .count()
    };
    head.lines().map(in_line).max().unwrap_or_default()
}

fn cell(text: &str) -> Cell {
    // ="28249": how people keep a spreadsheet from taking a code for a number.
    if let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return Cell::Text(inner.to_owned());
    }
    match text {
        "#REF!" | "#N/A" | "#VALUE!" | "#NAME?" | "#DIV/0!" | "#NULL!" | "#NUM!" => Cell::Unreadable(Fault::Error),
        _ if text.starts_with('=') => Cell::Unreadable(Fault::Formula),
        _ => Cell::Text(download::as_meant(text).to_owned()),
    }
}
