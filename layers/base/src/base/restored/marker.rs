//! The marker of a node: which beat of which line it saw last. A small file, replaced as a whole and on disk before it counts.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::Context;
use uuid::Uuid;

use crate::base::new_id;

/// In the data folder.
pub const FILE: &str = "pulse";

/// What a node saw last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub line: Uuid,
    pub beat: i64,
}

/// The marker; None when there is none, or none that can be read: it is written anew then.
///
/// # Errors
/// The file is there and can not be opened.
pub fn read(folder: &Path) -> anyhow::Result<Option<Mark>> {
    let path = folder.join(FILE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("{} can not be read", path.display())),
    };
    let parsed =
        text.trim().split_once(' ').and_then(|(line, beat)| Some(Mark { line: line.parse().ok()?, beat: beat.parse().ok()? }));
    Ok(parsed)
}

/// Writes it.
///
/// # Errors
/// The data folder can not be written.
pub fn write(folder: &Path, mark: Mark) -> anyhow::Result<()> {
    let path = folder.join(FILE);
    // Nodes on one machine may share the folder.
    let draft = folder.join(format!("{FILE}.{}.draft", new_id().simple()));
    let written = || -> std::io::Result<()> {
        let mut file = fs::File::create(&draft)?;
        writeln!(file, "{} {}", mark.line, mark.beat)?;
        file.sync_all()?;
        fs::rename(&draft, &path)
    };
    written().with_context(|| format!("{} can not be written", path.display()))
}
