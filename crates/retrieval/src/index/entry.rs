//! A document as it is stored: its layout and itself in one value, read where it lies.
//!
//! tantivy decodes stored values byte by byte, which took a third of a search. The value is therefore read from the end of the
//! stored bytes, where the only stored field lies as it was written; a mark says that it is so.

use tantivy::directory::OwnedBytes;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, Searcher};

use crate::document::Document;
use crate::error::Error;
use crate::layout::Layout;

const MARK: u32 = 0x7265_7431;
/// Length of the layout, length of the document, mark.
const TAIL: usize = 12;
/// Blocks of documents that one search keeps unpacked.
const BLOCKS: usize = 8;

/// What is stored of a document.
pub fn packed(document: &Document, layout: &Layout) -> Vec<u8> {
    let mut bytes = layout.to_bytes();
    let layout = bytes.len();
    bytes.extend(serde_json::to_vec(document).unwrap_or_default());
    let document = bytes.len() - layout;
    for number in [layout, document] {
        bytes.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
    }
    bytes.extend(MARK.to_le_bytes());
    bytes
}

/// A stored document that was not read yet.
pub struct Entry {
    bytes: OwnedBytes,
    layout: std::ops::Range<usize>,
    document: std::ops::Range<usize>,
}

impl Entry {
    fn of(bytes: OwnedBytes) -> Option<Self> {
        let tail = bytes.len().checked_sub(TAIL)?;
        let number = |at: usize| Some(u32::from_le_bytes(bytes.get(tail + at..tail + at + 4)?.try_into().ok()?));
        let document = tail.checked_sub(number(4)? as usize)?;
        let layout = document.checked_sub(number(0)? as usize)?;
        (number(8)? == MARK).then_some(Self { layout: layout..document, document: document..tail, bytes })
    }

    /// The document as ranking reads it.
    pub fn layout(&self) -> Result<Layout, Error> {
        self.bytes.get(self.layout.clone()).and_then(Layout::from_bytes).ok_or(Error::Stored)
    }

    /// The document itself.
    pub fn document(&self) -> Result<Document, Error> {
        let bytes = self.bytes.get(self.document.clone()).ok_or(Error::Stored)?;
        serde_json::from_slice(bytes).map_err(|_| Error::Stored)
    }
}

/// The stored documents of a searcher.
pub struct Entries(Vec<StoreReader>);

impl Entries {
    pub fn of(searcher: &Searcher) -> Result<Self, Error> {
        let stores = searcher.segment_readers().iter().map(|segment| segment.get_store_reader(BLOCKS));
        Ok(Self(stores.collect::<Result<_, _>>()?))
    }

    pub fn get(&self, address: DocAddress) -> Result<Entry, Error> {
        let store = self.0.get(address.segment_ord as usize).ok_or(Error::Stored)?;
        Entry::of(store.get_document_bytes(address.doc_id)?).ok_or(Error::Stored)
    }
}
