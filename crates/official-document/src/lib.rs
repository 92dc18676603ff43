//! Reads Vietnamese official documents (Nghị định 30/2020/NĐ-CP) into one structure.

mod appendix;
mod closing;
mod compose;
mod flow;
mod header;
mod marker;
pub mod model;
mod normal;
mod outline;
mod table;
mod text;
mod warn;

pub use model::{
    Appendix, Cell, Document, Emphasis, Field, Header, Media, Part, PartKind, Passage, Row, Signature, Source, Span,
    Table, Warning,
};
pub use normal::one_line;

/// Reads a text that has been decoded.
pub fn read_text(text: &str) -> Document {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source { media: Media::Text, pages: None, encoding: None };
    compose::compose(text.to_owned(), source, text::blocks(text))
}
