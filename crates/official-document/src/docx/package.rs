//! The ZIP archive of a document and the parts in it that are read.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::attribute;
use crate::error::ReadError;
use crate::limits::Limits;

/// The parts of a document that are read, as XML.
pub(super) struct Parts {
    pub document: String,
    pub styles: Option<String>,
    pub numbering: Option<String>,
}

struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Unpacked bytes that may still be taken.
    left: usize,
    limit: usize,
}

/// Opens the archive and unpacks what is needed, within the limits.
pub(super) fn open(bytes: &[u8], name: &str, limits: &Limits) -> Result<Parts, ReadError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(named)?;
    if archive.len() > limits.entries {
        return Err(ReadError::ZipBomb { limit: limits.unpacked_bytes });
    }
    let mut package = Package { archive, left: limits.unpacked_bytes, limit: limits.unpacked_bytes };
    let unknown = || ReadError::UnknownFormat { name: name.to_owned() };
    let roots = package.part("_rels/.rels")?.ok_or_else(unknown)?;
    let main = target(&roots, "/officeDocument", "")?.ok_or_else(unknown)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let file = main.rsplit('/').next().unwrap_or_default();
    let document = package.part(&main)?.ok_or_else(|| ReadError::corrupt("thiếu phần nội dung"))?;
    if !document.contains("wordprocessingml") {
        return Err(unknown());
    }
    let relations = package.part(&format!("{folder}/_rels/{file}.rels"))?.unwrap_or_default();
    let mut related = |kind: &str| match target(&relations, kind, &folder)? {
        Some(path) => package.part(&path),
        None => Ok(None),
    };
    Ok(Parts { document, styles: related("/styles")?, numbering: related("/numbering")? })
}

impl Package<'_> {
    /// A part as text; nothing when the archive does not have it.
    fn part(&mut self, path: &str) -> Result<Option<String>, ReadError> {
        let entry = match self.archive.by_name(path) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(named(error)),
        };
        let mut bytes = Vec::new();
        let most = u64::try_from(self.left).unwrap_or(u64::MAX).saturating_add(1);
        entry.take(most).read_to_end(&mut bytes).map_err(ReadError::corrupt)?;
        self.left = self.left.checked_sub(bytes.len()).ok_or(ReadError::ZipBomb { limit: self.limit })?;
        let text = crate::decode::decode(&bytes, path).map_err(|_| ReadError::corrupt(format!("{path} không phải UTF-8")))?;
        Ok(Some(text.text))
    }
}

/// The path that a relation of this kind points to.
fn target(relations: &str, kind: &str, folder: &str) -> Result<Option<String>, ReadError> {
    let mut reader = Reader::from_str(relations);
    loop {
        match reader.read_event().map_err(ReadError::corrupt)? {
            Event::Empty(start) | Event::Start(start) if start.local_name().as_ref() == "Relationship" => {
                let of_kind = attribute(&start, "Type").is_some_and(|found| found.ends_with(kind));
                if let Some(target) = attribute(&start, "Target").filter(|_| of_kind) {
                    return Ok(Some(resolved(&target, folder)));
                }
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

fn resolved(target: &str, folder: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    }
}

fn named(error: ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => ReadError::Encrypted,
        other => ReadError::corrupt(other),
    }
}
