//! The book as PDF that can be read aloud: PDF/UA-1 (ISO 14289-1), with bookmarks, language, title and the structure of the text.

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::world::Shelf;
use crate::{Book, Error};

/// Rounds of books after which what Typst remembers of one is let go.
const REMEMBERED: usize = 4;

/// The PDF. It takes a tenth of a second and up to 100 MB: call it on a thread of its own, one at a time.
///
/// # Errors
/// Typst refuses: a picture can not be read, or a letter is in none of the fonts ([`crate::Part::unprintable`]).
pub fn write(book: &Book) -> Result<Vec<u8>, Error> {
    let shelf = Shelf::of(book)?;
    let set = typst::compile::<PagedDocument>(&shelf);
    let made = set.output.map_err(|errors| told(&errors)).and_then(|document| {
        // A font that is not there is but a warning; the pages would not be ours.
        if !set.warnings.is_empty() {
            return Err(told(&set.warnings));
        }
        let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|why| Error::Typesetting(why.message().to_string()))?;
        let options = PdfOptions { ident: Smart::Custom(book.id.clone()), standards, ..PdfOptions::default() };
        typst_pdf::pdf(&document, &options).map_err(|errors| told(&errors))
    });
    typst::comemo::evict(REMEMBERED);
    made
}

fn told(found: &[SourceDiagnostic]) -> Error {
    let lines: Vec<String> = found.iter().map(|one| one.message.to_string()).collect();
    Error::Typesetting(lines.join("\n"))
}
