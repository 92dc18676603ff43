//! Where Typst looks for what it needs: one template, one data file, the pictures, our fonts. There is nothing else: no disk, no
//! network, no clock.

use std::collections::HashMap;

use chrono::Datelike;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::{Book, Error, fonts};

const TEMPLATE: &str = include_str!("book.typ");

/// All that one book needs.
pub struct Shelf {
    library: LazyHash<Library>,
    main: Source,
    files: HashMap<FileId, Bytes>,
}

fn id(path: &str) -> Result<FileId, Error> {
    let path = VirtualPath::new(path).map_err(|error| Error::Typesetting(format!("{path}: {error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl Shelf {
    /// The book on a shelf of its own.
    pub fn of(book: &Book) -> Result<Self, Error> {
        let mut files = HashMap::new();
        files.insert(id("book.json")?, Bytes::new(serde_json::to_vec(&data(book)?)?));
        for (name, picture) in &book.pictures {
            files.insert(id(&format!("pictures/{name}"))?, Bytes::new(picture.bytes.clone()));
        }
        let main = Source::new(id("book.typ")?, TEMPLATE.to_owned());
        Ok(Self { library: LazyHash::new(Library::default()), main, files })
    }
}

/// The book, how large its pictures are, and its day in figures.
fn data(book: &Book) -> Result<serde_json::Value, Error> {
    let mut data = serde_json::to_value(book)?;
    let sizes: serde_json::Map<String, serde_json::Value> = book
        .pictures
        .iter()
        .map(|(name, picture)| (name.clone(), serde_json::json!({ "width": picture.width, "height": picture.height })))
        .collect();
    data["pictures"] = sizes.into();
    data["day"] = serde_json::json!({ "year": book.date.year(), "month": book.date.month(), "day": book.date.day() });
    Ok(data)
}

impl World for Shelf {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        fonts::book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::at(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
