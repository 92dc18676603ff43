//! Which kind of file the bytes are, by their first bytes; a name may lie.

use crate::decode::decode;
use crate::error::ReadError;
use crate::limits::Limits;
use crate::model::{Document, Media, Source};
use crate::picture::Picture;
use crate::{compose, docx, pdf, text};

/// Reads a file: text (UTF-8, UTF-16), DOCX or PDF. A scan is refused with [`ReadError::NoTextLayer`]; see [`crate::ocr`].
///
/// # Errors
/// [`ReadError`] names what is wrong with the file and what to do about it.
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Document, ReadError> {
    if bytes.len() > limits.bytes {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    let document = match Kind::of(bytes) {
        Kind::Text => text_file(bytes, name, limits)?,
        Kind::Zip => docx::read(bytes, name, limits)?,
        Kind::Pdf => pdf::read(bytes, limits)?,
        Kind::Picture => return Err(ReadError::NoTextLayer { pages: 1 }),
        Kind::CompoundFile => return Err(docx::compound_file(bytes)),
        Kind::Unknown => return Err(ReadError::UnknownFormat { name: name.to_owned() }),
    };
    if document.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(document)
}

/// Reads a text that has been decoded, within the default [`Limits`]; what lies beyond them is left out with a warning.
///
/// ```
/// let document = official_document::read_text("Số: 12/KH-UBND\nKẾ HOẠCH\nThí điểm\nI. MỤC TIÊU\n1. Một\n2. Hai");
/// assert_eq!(document.parts[0].children[1].text, "Hai");
/// ```
pub fn read_text(text: &str) -> Document {
    let limits = Limits::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (text, cut) = within(text, limits.paragraphs);
    let mut document = compose::compose(text.to_owned(), Source::default(), text::blocks(text), &limits);
    if cut {
        let message = format!("Tệp có hơn {} đoạn; phần sau đã bị bỏ. Hãy tách tệp.", limits.paragraphs);
        document.warnings.push(crate::Warning::new("too-many-parts", message, None));
    }
    document
}

fn text_file(bytes: &[u8], name: &str, limits: &Limits) -> Result<Document, ReadError> {
    let decoded = decode(bytes, name)?;
    if within(&decoded.text, limits.paragraphs).1 {
        return Err(ReadError::TooManyParts { limit: limits.paragraphs });
    }
    let blocks = text::blocks(&decoded.text);
    let source = Source { media: Media::Text, pages: None, encoding: Some(decoded.encoding.to_owned()) };
    Ok(compose::compose(decoded.text, source, blocks, limits))
}

/// As much of `text` as has no more than `lines` line ends, and whether something was cut.
fn within(text: &str, lines: usize) -> (&str, bool) {
    match text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'\n' | b'\r')).nth(lines) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

enum Kind {
    Text,
    Zip,
    Pdf,
    Picture,
    CompoundFile,
    Unknown,
}

impl Kind {
    fn of(bytes: &[u8]) -> Self {
        const SIGNS: [(&[u8], Kind); 5] = [
            (b"PK\x03\x04", Kind::Zip),
            (b"PK\x05\x06", Kind::Zip),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::CompoundFile),
            (b"GIF8", Kind::Unknown),
            (b"{\\rtf", Kind::Unknown),
        ];
        // Readers accept the sign of a PDF within its first kilobyte (ISO 32000-1, Annex H).
        let head = &bytes[..bytes.len().min(1024)];
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Self::Pdf;
        }
        // A web page that is called a document: its marks are no text of an office.
        let start = head.trim_ascii_start();
        if [&b"<!doctype html"[..], b"<html", b"<?xml"]
            .iter()
            .any(|sign| start.len() >= sign.len() && start[..sign.len()].eq_ignore_ascii_case(sign))
        {
            return Self::Unknown;
        }
        if Picture::of(bytes).is_some() {
            return Self::Picture;
        }
        SIGNS.into_iter().find(|(sign, _)| bytes.starts_with(sign)).map_or(Self::Text, |(_, kind)| kind)
    }
}
