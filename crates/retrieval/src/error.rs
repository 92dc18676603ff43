//! What can go wrong.

/// Why the index could not be opened, written or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its folder can not be made or listed.
    #[error("the folder of the index: {0}")]
    Folder(#[from] std::io::Error),
    /// Another process has it open for writing.
    #[error("the index is open for writing in another process")]
    Busy,
    /// It is damaged, or the disk is full.
    #[error("the index: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// What was stored is not what this version writes.
    #[error("a document of the index can not be read")]
    Stored,
}
