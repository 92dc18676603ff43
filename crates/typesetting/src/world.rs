//! Where Typst looks for what it needs: one template, its data, the pictures, our fonts. There is nothing else: no disk, no
//! network, no clock.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::{Error, fonts};

/// All that one work needs.
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
    /// A template and the files that it reads, by their paths.
    pub fn of(template: &str, files: Vec<(String, Vec<u8>)>) -> Result<Self, Error> {
        let named = |(path, bytes): (String, Vec<u8>)| Ok((id(&path)?, Bytes::new(bytes)));
        let files = files.into_iter().map(named).collect::<Result<_, Error>>()?;
        let main = Source::new(id("main.typ")?, template.to_owned());
        Ok(Self { library: LazyHash::new(Library::default()), main, files })
    }
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
