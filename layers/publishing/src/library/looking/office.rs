//! DOCX, XLSX, PPTX (ECMA-376): an archive that is unpacked once, into nothing, to see that it is whole and no larger than it may be.

use std::fs::File;
use std::io::{self, Read};

use zip::ZipArchive;

use super::{Kind, Looked};
use crate::web::Obstacle;

const ENTRIES_MAX: usize = 20_000;
const UNPACKED_BYTES_MAX: u64 = 600 * 1024 * 1024;
/// Above so many bytes, an entry that shrank more than so is a bomb.
const SUSPECT_BYTES: u64 = 20 * 1024 * 1024;
const RATIO_MAX: u64 = 150;

pub fn look(file: File) -> Result<Looked, Obstacle> {
    let mut archive = ZipArchive::new(io::BufReader::new(file)).map_err(|_| Obstacle::new("library-refused-truncated"))?;
    // Something stands before it: it is two things.
    if archive.offset() != 0 {
        return Err(Obstacle::new("library-refused-two"));
    }
    let names: Vec<String> = archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
    let has = |name: &str| names.iter().any(|one| one == name);
    let looked = match () {
        () if !has("[Content_Types].xml") => return Err(Obstacle::new("library-refused-zip")),
        () if names.iter().any(|name| name.to_ascii_lowercase().contains("vbaproject")) => {
            return Err(Obstacle::new("library-refused-macros"));
        }
        () if has("word/document.xml") => ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        () if has("xl/workbook.xml") => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        () if has("ppt/presentation.xml") => {
            ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx")
        }
        () => return Err(Obstacle::new("library-refused-zip")),
    };
    unpack(&mut archive)?;
    Ok(Looked::plain(Kind::Document, looked.0, looked.1))
}

fn unpack(archive: &mut ZipArchive<io::BufReader<File>>) -> Result<(), Obstacle> {
    let bomb = || Obstacle::new("library-refused-bomb");
    if archive.len() > ENTRIES_MAX {
        return Err(bomb());
    }
    let mut left = UNPACKED_BYTES_MAX;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|_| Obstacle::new("library-refused-locked"))?;
        let packed = entry.compressed_size();
        // What is announced first; what comes out counts all the same.
        let most = if entry.size() > SUSPECT_BYTES { packed.saturating_mul(RATIO_MAX) } else { SUSPECT_BYTES };
        if entry.size() > most.min(left) {
            return Err(bomb());
        }
        let most = most.min(left);
        let came = io::copy(&mut entry.take(most + 1), &mut io::sink()).map_err(|_| Obstacle::new("library-refused-broken"))?;
        if came > most {
            return Err(bomb());
        }
        left -= came;
    }
    Ok(())
}
