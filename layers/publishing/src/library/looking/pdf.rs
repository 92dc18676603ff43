//! PDF: it begins and ends as one (ISO 32000-2, 7.5).

use std::io::{Read, Seek};

use super::{Kind, Looked, hidden, tail};
use crate::web::Obstacle;

pub fn look(file: &mut (impl Read + Seek), length: u64) -> Result<Looked, Obstacle> {
    let end = tail(file, length, 4096)?;
    let has = |word: &[u8]| end.windows(word.len()).any(|part| part == word);
    if !has(b"%%EOF") || !has(b"startxref") {
        return Err(Obstacle::new("library-refused-truncated"));
    }
    hidden::refuse_archive(file, length)?;
    Ok(Looked::plain(Kind::Document, "application/pdf", "pdf"))
}
