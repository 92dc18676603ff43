//! PDF with a text layer (ISO 32000), as Word, LibreOffice and their kin export it.
//!
//! The font machinery of `pdf-extract` turns codes into characters with places; lines, paragraphs and tables are made
//! from the places here. A file may be broken or hostile in ways the library answers with a panic or without an end, so
//! it is read on a thread of its own, within a time, and a panic is an error like any other.

mod cmap;
mod columns;
mod content;
pub(crate) mod flow;
mod fonts;
mod furniture;
mod glyphs;
mod lines;
mod load;
mod page;
mod quiet;
mod ruled;

use std::sync::mpsc;
use std::time::Instant;

use crate::error::ReadError;
use crate::limits::Limits;
use crate::model::{Document, Media, Source, Warning};
use crate::{compose, decode};
pub(crate) use glyphs::Glyph;
pub(crate) use page::Page;
use page::Reader;

/// A page of a document has more letters than this; a scanned one has those of a stamp at most.
const LETTERS_PER_PAGE_MIN: usize = 30;
/// Nested arrays, dictionaries and forms of a file take this much at most.
const STACK_BYTES: usize = 16 << 20;

/// Reads the bytes of a .pdf file.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let (owned, within) = (bytes.to_vec(), *limits);
    let work = move || {
        // The receiver is gone once the time is over; then nobody wants the answer.
        let _ = sender.send(quiet::unwinding(|| pages(&owned, &within)).unwrap_or_else(Err));
    };
    let worker = std::thread::Builder::new().name("pdf".into()).stack_size(STACK_BYTES);
    worker.spawn(work).map_err(|error| ReadError::corrupt(format!("không mở được luồng đọc: {error}")))?;
    let pages = receiver.recv_timeout(limits.time).map_err(|_| ReadError::TimedOut { limit: limits.time })??;
    document(pages, limits)
}

/// The text and the ruled lines of every page.
fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<Page>, ReadError> {
    let deadline = Instant::now() + limits.time;
    let mut reader = Reader::new(load::load(bytes, limits)?);
    let ids: Vec<_> =
        reader.file.page_iter().take(usize::try_from(limits.pages).unwrap_or(usize::MAX).saturating_add(1)).collect();
    let count = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    if count == 0 {
        return Err(ReadError::corrupt("không có trang nào"));
    }
    if count > limits.pages {
        return Err(ReadError::TooManyPages { pages: count, limit: limits.pages });
    }
    let mut pages = Vec::with_capacity(ids.len());
    for (number, id) in (1..).zip(ids) {
        if Instant::now() > deadline {
            return Err(ReadError::TimedOut { limit: limits.time });
        }
        pages.push(reader.read(number, id));
    }
    Ok(pages)
}

fn document(pages: Vec<Page>, limits: &Limits) -> Result<Document, ReadError> {
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let letters: usize = pages.iter().map(Page::letters).sum();
    if letters < LETTERS_PER_PAGE_MIN * pages.len() {
        return Err(ReadError::NoTextLayer { pages: count });
    }
    let warnings = warnings(&pages);
    let flowed = flow::flow(pages, limits.paragraphs)?;
    decode::refuse_old_fonts(&flowed.laid.text)?;
    let source = Source { media: Media::Pdf, pages: Some(count), encoding: None };
    let mut document = compose::compose(flowed.laid.text, source, flowed.laid.blocks, limits);
    document.footnotes = flowed.footnotes;
    document.warnings.extend(warnings);
    Ok(document)
}

fn warnings(pages: &[Page]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let numbers = |which: fn(&Page) -> bool| {
        let numbers = pages.iter().zip(1u32..).filter(|(page, _)| which(page)).map(|(_, number)| number.to_string());
        numbers.take(20).collect::<Vec<_>>().join(", ")
    };
    let mut warn = |code: &str, numbers: String, message: &str| {
        if !numbers.is_empty() {
            warnings.push(Warning::new(code, message.replace("{}", &numbers), None));
        }
    };
    warn("page-unread", numbers(|page| page.unread), "Không đọc được trang {}. Hãy đối chiếu với bản gốc hoặc dùng tệp .docx.");
    warn("page-without-text", numbers(|page| page.letters() == 0 && !page.unread), "Trang {} không có lớp văn bản.");
    warn(
        "font-broken",
        numbers(Page::has_broken_font),
        "Phông chữ ở trang {} không ghi mã Unicode, chữ có thể sai. Hãy đối chiếu với bản gốc hoặc dùng tệp .docx.",
    );
    warn(
        "hidden-text",
        numbers(|page| page.hidden),
        "Trang {} là ảnh chụp kèm lớp chữ do máy nhận dạng, có thể sai. Hãy đối chiếu với bản gốc.",
    );
    warnings
}
