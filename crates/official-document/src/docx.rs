//! Office Open XML documents (ISO/IEC 29500, transitional and strict), as Word, LibreOffice and their kin write them.
//!
//! Text is read as a reader sees it: insertions kept, deletions dropped, automatic numbers computed; without notes,
//! headers, footers, comments, fields' codes and tables of contents.

mod lay;
mod numbering;
mod package;
mod styles;
mod walk;
mod xml;

use crate::error::ReadError;
use crate::limits::Limits;
use crate::model::{Document, Media, Source};
use crate::{compose, decode};

/// Reads the bytes of a .docx file.
pub(crate) fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Document, ReadError> {
    let parts = package::open(bytes, name, limits)?;
    let styles = styles::Styles::read(parts.styles.as_deref().unwrap_or_default())?;
    let numbering = numbering::Numbering::read(parts.numbering.as_deref().unwrap_or_default())?;
    let laid = walk::walk(&parts.document, &styles, numbering, limits)?;
    if laid.text.len() > limits.text_bytes {
        return Err(ReadError::TooLarge { bytes: laid.text.len(), limit: limits.text_bytes });
    }
    decode::refuse_old_fonts(&laid.text)?;
    let source = Source { media: Media::Docx, pages: None, encoding: None };
    Ok(compose::compose(laid.text, source, laid.blocks, limits))
}

/// What a compound file (the container of Word 97–2003) is: an encrypted .docx, or a .doc.
pub(crate) fn compound_file(bytes: &[u8]) -> ReadError {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") { ReadError::Encrypted } else { ReadError::LegacyDoc }
}
