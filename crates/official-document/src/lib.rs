//! Reads Vietnamese official documents (Nghị định 30/2020/NĐ-CP) into one structure.

pub mod model;

pub use model::{
    Appendix, Cell, Document, Emphasis, Field, Header, Media, Part, PartKind, Passage, Row, Signature, Source, Span,
    Table, Warning,
};
