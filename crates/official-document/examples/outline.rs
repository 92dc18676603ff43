//! Prints what the reader finds in a file: `cargo run --example outline FILE`.

use std::error::Error;
use std::io::Write;

use official_document::{Limits, read};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: outline FILE")?;
    let document = read(&std::fs::read(&path)?, &path, &Limits::default())?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:#?}\n{:#?}\n{:#?}", document.header, document.bases, document.preamble)?;
    for (depth, part) in document.walk() {
        let words: String = part.text.chars().take(60).collect();
        writeln!(out, "{:indent$}{} {words} [{:?}]", "", part.marker, part.kind, indent = depth * 2)?;
        for row in part.table.iter().flat_map(|table| &table.rows) {
            let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
            writeln!(out, "{:indent$}| {}", "", cells.join(" | "), indent = depth * 2)?;
        }
    }
    writeln!(out, "{:#?}\n{:#?}\n{:#?}", document.recipients, document.signature, document.warnings)?;
    Ok(())
}
