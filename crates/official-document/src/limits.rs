//! How much a file may ask for.

use std::time::Duration;

/// Bounds on what one file may take. The defaults suit a province's documents with room to spare: a plan of 100 pages
/// has some 300 kB of text and 2,000 paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Bytes of one unpacked entry of a DOCX, and of all entries that are read.
    pub unpacked_bytes: usize,
    /// Entries of a DOCX, which is a ZIP archive.
    pub entries: usize,
    /// Bytes of the text that a DOCX unpacks to.
    pub text_bytes: usize,
    /// Paragraphs, and rows of tables.
    pub paragraphs: usize,
    /// Pages of a PDF.
    pub pages: u32,
    /// Levels of parts; deeper ones are laid side by side.
    pub depth: usize,
    /// Time for reading one file that is not plain text.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            unpacked_bytes: 48 << 20,
            text_bytes: 8 << 20,
            entries: 4_000,
            paragraphs: 100_000,
            pages: 1_500,
            depth: 24,
            time: Duration::from_secs(30),
        }
    }
}
