//! Prints what the reader finds in a text file: `cargo run --example outline FILE`.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: outline FILE")?;
    let document = official_document::read_text(&std::fs::read_to_string(path)?);
    println!("{:#?}\n{:#?}\n{:#?}", document.header, document.bases, document.preamble);
    for (depth, part) in document.walk() {
        let words: String = part.text.chars().take(60).collect();
        println!("{:indent$}{} {words} [{:?}]", "", part.marker, part.kind, indent = depth * 2);
    }
    println!("{:#?}\n{:#?}\n{:#?}", document.recipients, document.signature, document.warnings);
    Ok(())
}
