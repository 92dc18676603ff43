//! Reads Vietnamese official documents (Nghị định 30/2020/NĐ-CP) into one structure, and writes them.

mod appendix;
mod closing;
mod columns;
mod compose;
mod decode;
mod docx;
mod error;
mod file;
mod flow;
mod header;
mod lay;
mod limits;
mod marker;
pub mod model;
mod normal;
pub mod ocr;
#[cfg_attr(not(feature = "write"), expect(dead_code, reason = "parts beside the document are written documents'"))]
mod ooxml;
mod outline;
pub mod paper;
mod pdf;
mod picture;
mod table;
mod text;
mod warn;
#[cfg(feature = "write")]
pub mod write;

pub use error::ReadError;
pub use file::{read, read_text};
pub use limits::Limits;
pub use model::{
    Appendix, Cell, Document, Emphasis, Field, Header, Media, Part, PartKind, Passage, Row, Signature, Source, Span, Table,
    Warning,
};
pub use normal::one_line;
pub use vietnamese::legacy::LegacyEncoding;
