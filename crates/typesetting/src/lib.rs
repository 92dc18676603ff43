//! A book as data, and what is made of it: tagged PDF (PDF/UA-1), EPUB 3.3, web pages in one archive. It knows nothing of where
//! the book comes from. The same book makes the same bytes: no clock, no random number, no font of the machine.
//!
//! ```text
//!   clean HTML ──html::read──► blocks, notes ──► Book ──┬─ pdf::write      print, screen readers
//!                                                       ├─ epub::write     e-readers
//!                                                       └─ offline::write  a folder of web pages
//!   one part ──xhtml::Dress──► markup for a page of one's own
//!   a template, its data ──Sheet──► PDF of another kind, e.g. an official document
//! ```

pub mod drawing;
pub mod epub;
pub mod fonts;
pub mod html;
pub mod model;
pub mod offline;
pub mod pdf;
pub mod sheet;
mod table;
mod world;
pub mod xhtml;

pub use drawing::Drawing;
pub use model::{Block, Book, Cell, Figure, Inline, Media, Part, Picture, Table, Words};
pub use sheet::{Sheet, Standard};

/// Changes whenever the same book makes other bytes: whoever keeps what was made sets it again.
pub const VERSION: u32 = 1;

/// Why a book was not made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What the typesetter says, one line each.
    #[error("the book could not be set: {0}")]
    Typesetting(String),
    #[error("the drawing could not be read: {0}")]
    Drawing(String),
    #[error("the archive could not be written: {0}")]
    Archive(#[from] zip::result::ZipError),
    #[error("the archive could not be written: {0}")]
    Writing(#[from] std::io::Error),
    #[error("the book could not be handed over: {0}")]
    Data(#[from] serde_json::Error),
}
