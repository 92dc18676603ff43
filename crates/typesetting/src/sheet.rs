//! A template and its data, set as PDF. What the data say is text, never markup: a template reads them with `json`.

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::Error;
use crate::world::Shelf;

/// Rounds of works after which what Typst remembers of one is let go.
const REMEMBERED: usize = 4;

/// Which standards a PDF holds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// PDF/UA-1 (ISO 14289-1): read aloud.
    Accessible,
    /// PDF/UA-1 and PDF/A-2a (ISO 19005-2): read aloud, and kept for ever. The template must set the day of the document.
    Archival,
}

/// What is set.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// In the language of Typst, with all its words from files.
    pub template: &'a str,
    /// What the template reads, by paths.
    pub files: Vec<(String, Vec<u8>)>,
    pub standard: Standard,
    /// The same for ever; without it title and author tell works apart.
    pub id: Option<String>,
}

impl Sheet<'_> {
    /// The PDF. It takes a tenth of a second and up to 100 MB: call it on a thread of its own, one at a time.
    ///
    /// # Errors
    /// Typst refuses: a picture can not be read, a letter is in none of the fonts that the template names, a standard is broken.
    pub fn pdf(self) -> Result<Vec<u8>, Error> {
        let shelf = Shelf::of(self.template, self.files)?;
        let set = typst::compile::<PagedDocument>(&shelf);
        let made = set.output.map_err(|errors| told(&errors)).and_then(|document| {
            // A font that is not there is but a warning; the pages would not be ours.
            if !set.warnings.is_empty() {
                return Err(told(&set.warnings));
            }
            let list: &[PdfStandard] = match self.standard {
                Standard::Accessible => &[PdfStandard::Ua_1],
                Standard::Archival => &[PdfStandard::A_2a, PdfStandard::Ua_1],
            };
            let standards = PdfStandards::new(list).map_err(|why| Error::Typesetting(why.message().to_string()))?;
            let ident = self.id.map_or(Smart::Auto, Smart::Custom);
            let options = PdfOptions { ident, standards, ..PdfOptions::default() };
            typst_pdf::pdf(&document, &options).map_err(|errors| told(&errors))
        });
        typst::comemo::evict(REMEMBERED);
        made
    }
}

fn told(found: &[SourceDiagnostic]) -> Error {
    let lines: Vec<String> = found.iter().map(|one| one.message.to_string()).collect();
    Error::Typesetting(lines.join("\n"))
}
