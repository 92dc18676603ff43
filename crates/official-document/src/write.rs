//! Writes official documents in the form of Nghị định 30/2020/NĐ-CP, Appendix I, as DOCX and as PDF (tagged, PDF/A-2a with
//! PDF/UA-1), with the same words in both.
//!
//! ```text
//!   Draft ──compose──► Composed ──┬─ docx   what people go on writing in ("Times New Roman")
//!   words of the office   every word,   ├─ pdf    what is signed and kept (Liberation Serif, as wide letter by letter)
//!                         every width   └─ plain  what a reader takes out of either
//! ```
//!
//! A draft says *what* is written: the writer adds the signs that the form asks for (`Số: 05/…`, `ngày 03 tháng 02`, `V/v`,
//! `;` and `.` after bases and recipients, dashes, `./.`), and capitals where it asks for capitals (bodies, type, titles of
//! parts and appendices, posts). [`PartKind`] and marker of a part are written as they are given.
//!
//! | element (Appendix I) | from |
//! |---|---|
//! | 1, 2, 3, 4 | [`Heading`]: `superior`, `issuer`, `number` and `symbol`, `place` and `date`; without them a gap to be filled by hand |
//! | 5a, 5b | [`Title::Named`] / [`Title::Letter`] |
//! | authority of a decision | [`Draft::enactment`] |
//! | 6 | [`Draft::bases`], [`Draft::blocks`], [`Draft::closing_mark`] |
//! | 7, 8 | [`Signers`], with room for signature and seal |
//! | 9a, 9b, 12 | [`Draft::addressees`], [`Draft::recipients`], [`Draft::archive`] |
//! | 10b | [`Heading::urgency`]; secret documents are not written here (10a) |
//! | 13 | [`Heading::contact`] |
//! | appendices | [`Annex`]: each begins on a page of its own and counts its pages itself |
//!
//! Text is taken as text, whatever letters it has: it leaves in NFC, on one line, without controls; a letter that the fonts do
//! not have is shown as □ in both files ([`Draft::unprintable`] names them before). A table with more columns or longer words
//! than an upright page holds lies on its side.

mod compose;
mod docx;
mod form;
mod measure;
mod model;
mod pdf;
mod picture;
mod plain;
mod settle;

pub use model::{Annex, Block, Draft, Grid, GridRow, HeadCell, Heading, Language, Picture, Signers, Title, Urgency};

pub use crate::model::PartKind;
pub use crate::paper::Run;

/// Why a document was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The drawing at this place among all of the document, counted from 1.
    #[error("picture {place} can not be drawn: {why}")]
    Picture { place: usize, why: String },
    #[error("the document could not be set: {0}")]
    Setting(#[from] typesetting::Error),
    #[error("the document could not be handed over: {0}")]
    Data(#[from] serde_json::Error),
    #[error("the file could not be put together: {0}")]
    File(#[from] std::io::Error),
}

/// The document as Office Open XML.
///
/// # Errors
/// A drawing is none, or the package can not be put together.
pub fn docx(draft: &Draft) -> Result<Vec<u8>, WriteError> {
    let composed = compose::compose(draft);
    docx::write(&composed, &picture::drawn(&composed)?)
}

/// The document as PDF/A-2a and PDF/UA-1; one without a day, which nobody keeps, as PDF/UA-1 alone. It takes up to a second and
/// a hundred megabytes: call it on a thread of its own, one at a time.
///
/// # Errors
/// A drawing is none, or the typesetter refuses.
pub fn pdf(draft: &Draft) -> Result<Vec<u8>, WriteError> {
    let composed = compose::compose(draft);
    pdf::write(&composed, &picture::drawn(&composed)?)
}

/// The words of both files: one paragraph a line in the order in which it is read, the cells of a row parted by tabs.
#[must_use]
pub fn plain(draft: &Draft) -> String {
    plain::plain(&compose::compose(draft))
}
