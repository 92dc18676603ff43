//! Articles from elsewhere: one JSON object a line (`lantoa import articles`). A line is known again by its `external_id`:
//! importing the same file twice changes nothing. What is wrong with a line is said with its number; the others go in.
//!
//! | field | |
//! |---|---|
//! | `external_id`, `title` | required |
//! | `body_html`, `body_markdown` or `body_text` | one of them is required |
//! | `agency` | required; a code (`SKHCN`) or a name |
//! | `summary` | may be empty |
//! | `section` | a name; made when there is none; "Tin tức" where it is missing |
//! | `language` | `vi` (where it is missing) or `en` |
//! | `published_at` | RFC 3339, or a day; now where it is missing |

pub mod batch;
pub mod record;

use std::io::BufRead;

use crate::base::App;
use crate::web::{Error, Obstacle};
use batch::Batch;
use record::Record;

/// Articles written in one transaction.
const BATCH: usize = 1_000;
/// A longer line is none: a file without line ends is not read into memory.
const LINE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub created: u32,
    pub changed: u32,
    /// They were there, and say the same.
    pub same: u32,
    /// They were worked on here since, withdrawn or taken down: they stay as they are.
    pub kept: u32,
    pub wrong: u32,
}

impl Done {
    /// The lines looked at.
    #[must_use]
    pub const fn lines(&self) -> u32 {
        self.created + self.changed + self.same + self.kept + self.wrong
    }
}

/// What is told while it goes on.
pub enum Told<'a> {
    /// What is wrong with a line, by its number from 1.
    Wrong(u64, &'a Obstacle),
    /// A batch is written.
    Progress(&'a Done),
}

/// Imports what the reader has, batch by batch.
///
/// # Errors
/// The reader or the database failed; batches before that are in.
pub async fn run(app: &App, mut reader: impl BufRead, mut tell: impl FnMut(Told<'_>)) -> Result<Done, Error> {
    let mut batch = Batch::new(app).await?;
    let (mut done, mut number, mut line) = (Done::default(), 0_u64, Vec::new());
    let mut records: Vec<(u64, Record)> = Vec::with_capacity(BATCH);
    loop {
        line.clear();
        let read = next_line(&mut reader, &mut line)?;
        if let Some(whole) = read {
            number += 1;
            let text = String::from_utf8_lossy(&line);
            // A byte order mark, and empty lines, are no mistake.
            let text = text.trim_start_matches('\u{feff}').trim();
            let parsed = if whole { Record::read(text, app.clock.now()) } else { Err(Obstacle::new("import-line-long").with("n", LINE_BYTES_MAX / 1024 / 1024)) };
            match parsed {
                _ if text.is_empty() => {}
                Ok(record) => records.push((number, record)),
                Err(obstacle) => {
                    done.wrong += 1;
                    tell(Told::Wrong(number, &obstacle));
                }
            }
        }
        if records.len() >= BATCH || (read.is_none() && !records.is_empty()) {
            batch.write(app, std::mem::take(&mut records), &mut done, |number, obstacle| tell(Told::Wrong(number, obstacle))).await?;
            tell(Told::Progress(&done));
        }
        if read.is_none() {
            return Ok(done);
        }
    }
}

/// The next line without its end; None at the end. False: it is longer than is read, and was passed over.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<Option<bool>> {
    let (mut any, mut whole) = (false, true);
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(any.then_some(whole));
        }
        any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let taken = end.unwrap_or(buffer.len());
        if line.len() + taken > LINE_BYTES_MAX {
            whole = false;
        } else {
            line.extend_from_slice(&buffer[..taken]);
        }
        let used = end.map_or(taken, |end| end + 1);
        reader.consume(used);
        if end.is_some() {
            return Ok(Some(whole));
        }
    }
}
