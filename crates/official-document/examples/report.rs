//! Writes a report, a letter and a decision of an invented province into a folder: `cargo run --example report -- FOLDER`.

#[path = "report/demo.rs"]
mod demo;

use std::path::PathBuf;

use official_document::write::{Draft, docx, pdf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("a folder is needed")?);
    let drafts: [(&str, Draft); 3] = [("report", demo::report(122)), ("letter", demo::letter()), ("decision", demo::decision())];
    for (name, draft) in drafts {
        std::fs::write(folder.join(format!("{name}.docx")), docx(&draft)?)?;
        std::fs::write(folder.join(format!("{name}.pdf")), pdf(&draft)?)?;
    }
    Ok(())
}
