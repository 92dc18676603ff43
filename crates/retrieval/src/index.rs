//! The index on disk: tantivy keeps the postings and the documents, merges and crash safety; what a term is and how documents
//! are ranked is ours. Each write is one commit, which carries a checkpoint: after a crash the index is as of that checkpoint.

mod entry;
mod lines;
mod schema;
mod words;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tantivy::directory::MmapDirectory;
use tantivy::directory::error::LockError;
use tantivy::{IndexBuilder, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError};

pub(crate) use entry::{Entries, Entry};
pub(crate) use lines::prefix;
pub(crate) use schema::Fields;
pub(crate) use words::Words;

use crate::document::Document;
use crate::error::Error;
use crate::layout::Layout;

/// Bytes of postings that are gathered before they are written out.
const WRITER_MEMORY: usize = 48_000_000;
/// Bytes of stored documents that are packed, and unpacked, as one: about one document, since candidates lie apart.
const STORE_BLOCK: usize = 4_096;
/// Goes up when what is stored changes; an index of another number is begun anew.
const VERSION: &str = "2";

/// An index that is open for reading and writing. One process at a time.
pub struct Index {
    pub(crate) fields: Fields,
    reader: IndexReader,
    index: tantivy::Index,
    writer: Mutex<IndexWriter>,
}

/// Something to be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Puts a document in place of the one of the same id.
    Put(Document),
    /// Takes the document of this id out; none of that id is well, too.
    Remove(String),
    /// Takes all out whose facet has this value.
    RemoveAll(String, String),
    /// Takes everything out.
    Clear,
}

impl Index {
    /// Opens the index in a folder. What is missing, damaged or of another version is begun anew: its
    /// [checkpoint](Self::checkpoint) is `None` then.
    ///
    /// # Errors
    /// The folder can not be used, or another process has the index open.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let home = folder.join(VERSION);
        std::fs::create_dir_all(&home)?;
        Self::remove_others(folder)?;
        match Self::open_in(&home) {
            Err(Error::Index(_)) => {
                std::fs::remove_dir_all(&home)?;
                std::fs::create_dir_all(&home)?;
                Self::open_in(&home)
            }
            outcome => outcome,
        }
    }

    /// Indexes of other versions only take room.
    fn remove_others(folder: &Path) -> Result<(), Error> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let is_version = name.to_str().is_some_and(|name| name != VERSION && name.bytes().all(|byte| byte.is_ascii_digit()));
            if is_version && entry.file_type()?.is_dir() {
                std::fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }

    fn open_in(home: &Path) -> Result<Self, Error> {
        let directory = MmapDirectory::open(home).map_err(TantivyError::from)?;
        Self::over(Self::builder().open_or_create(directory)?)
    }

    /// An index that is gone with the process.
    ///
    /// # Errors
    /// The writer's thread can not be started.
    pub fn in_memory() -> Result<Self, Error> {
        Self::over(Self::builder().create_in_ram()?)
    }

    fn builder() -> IndexBuilder {
        let settings = IndexSettings { docstore_blocksize: STORE_BLOCK, ..IndexSettings::default() };
        tantivy::Index::builder().schema(Fields::schema()).settings(settings)
    }

    fn over(index: tantivy::Index) -> Result<Self, Error> {
        index.tokenizers().register(lines::NAME, lines::Lines::default());
        let writer = index.writer_with_num_threads(1, WRITER_MEMORY).map_err(|error| match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Error::Busy,
            other => Error::Index(other),
        })?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let fields = Fields::of(&index.schema())?;
        Ok(Self { fields, reader, index, writer: Mutex::new(writer) })
    }

    /// What the last write that is on disk was told to remember.
    ///
    /// # Errors
    /// The index can not be read.
    pub fn checkpoint(&self) -> Result<Option<String>, Error> {
        Ok(self.index.load_metas()?.payload)
    }

    /// Writes changes in their order, all or none; they can be found when this returns.
    ///
    /// # Errors
    /// The disk is full or fails: nothing of it is written.
    pub fn write(&self, changes: &[Change], checkpoint: &str) -> Result<(), Error> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let written = self.write_with(&mut writer, changes, checkpoint);
        if written.is_err() {
            writer.rollback()?;
        }
        self.reader.reload()?;
        written
    }

    fn write_with(&self, writer: &mut IndexWriter, changes: &[Change], checkpoint: &str) -> Result<(), Error> {
        for change in changes {
            match change {
                Change::Put(document) => {
                    writer.delete_term(self.fields.id(&document.id));
                    writer.add_document(self.entry(document))?;
                }
                Change::Remove(id) => {
                    writer.delete_term(self.fields.id(id));
                }
                Change::RemoveAll(name, value) => {
                    writer.delete_term(self.fields.facet(name, value));
                }
                Change::Clear => {
                    writer.delete_all_documents()?;
                }
            }
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(checkpoint);
        commit.commit()?;
        Ok(())
    }

    fn entry(&self, document: &Document) -> TantivyDocument {
        let mut postings = lines::Postings::default();
        let layout = Layout::of(document, |terms| postings.add(terms));
        let fields = &self.fields;
        let mut stored = TantivyDocument::new();
        stored.add_text(fields.id, &document.id);
        stored.add_text(fields.exact, &postings.exact);
        stored.add_text(fields.folded, &postings.folded);
        stored.add_text(fields.pairs, &postings.pairs);
        stored.add_text(fields.typing, lines::prefixes(&document.title));
        postings.numbers.iter().for_each(|number| stored.add_text(fields.number, number));
        document.facets.iter().for_each(|(name, value)| stored.add_text(fields.facet, schema::facet(name, value)));
        if let Some(day) = document.day {
            stored.add_i64(fields.day, i64::from(day));
        }
        stored.add_u64(fields.standing, u64::from(document.standing));
        stored.add_bytes(fields.entry, &entry::packed(document, &layout));
        stored
    }

    /// How many documents can be found.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether nothing can be found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }
}
