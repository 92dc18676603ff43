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
pub mod wordpress;

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
    /// Counts a batch in.
    pub const fn add(&mut self, batch: &Self) {
        self.created += batch.created;
        self.changed += batch.changed;
        self.same += batch.same;
        self.kept += batch.kept;
        self.wrong += batch.wrong;
    }

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
    /// It goes in, and not as its line may have meant it.
    Noted(u64, &'a Obstacle),
    /// A batch is written.
    Progress(&'a Done),
}

/// Imports the lines that the reader has, batch by batch.
///
/// # Errors
/// The reader or the database failed; batches before that are in.
pub async fn run(app: &App, reader: impl BufRead, tell: impl FnMut(Told<'_>)) -> Result<Done, Error> {
    let now = app.clock.now();
    write(app, Lines { reader, line: Vec::new(), number: 0, now, failed: None }, tell).await
}

/// Imports articles, or what is wrong with them, batch by batch.
///
/// # Errors
/// The source or the database failed; batches before that are in.
pub async fn write(app: &App, mut source: impl Source, mut tell: impl FnMut(Told<'_>)) -> Result<Done, Error> {
    let mut batch = Batch::new(app).await?;
    let mut done = Done::default();
    let mut records: Vec<(u64, Record)> = Vec::with_capacity(BATCH);
    loop {
        let next = source.next();
        let is_over = next.is_none();
        match next {
            Some((number, Ok(record))) => records.push((number, record)),
            Some((number, Err(obstacle))) => {
                done.wrong += 1;
                tell(Told::Wrong(number, &obstacle));
            }
            None => {}
        }
        if records.len() >= BATCH || (is_over && !records.is_empty()) {
            let full = std::mem::take(&mut records);
            batch.write(app, full, &mut done, &mut tell).await?;
            tell(Told::Progress(&done));
        }
        if is_over {
            source.end()?;
            return Ok(done);
        }
    }
}

/// Where articles come from: each with its number in the file.
pub trait Source: Iterator<Item = (u64, Result<Record, Obstacle>)> {
    /// Whether it came to its end.
    ///
    /// # Errors
    /// It could not be read any further.
    fn end(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<R: BufRead> Source for wordpress::Posts<R> {}

/// The lines of a file.
struct Lines<R: BufRead> {
    reader: R,
    line: Vec<u8>,
    number: u64,
    now: chrono::DateTime<chrono::Utc>,
    failed: Option<std::io::Error>,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = (u64, Result<Record, Obstacle>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.line.clear();
            let whole = match next_line(&mut self.reader, &mut self.line) {
                Ok(read) => read?,
                Err(error) => {
                    self.failed = Some(error);
                    return None;
                }
            };
            self.number += 1;
            if !whole {
                let most = LINE_BYTES_MAX / 1024 / 1024;
                return Some((self.number, Err(Obstacle::new("import-line-long").with("n", most))));
            }
            // Taken for what it is not, every letter with a mark would be lost.
            let Ok(text) = std::str::from_utf8(&self.line) else {
                return Some((self.number, Err(Obstacle::new("import-no-utf8"))));
            };
            // A byte order mark, and empty lines, are no mistake.
            let text = text.trim_start_matches('\u{feff}').trim();
            if !text.is_empty() {
                return Some((self.number, Record::read(text, self.now)));
            }
        }
    }
}

impl<R: BufRead> Source for Lines<R> {
    fn end(&mut self) -> std::io::Result<()> {
        self.failed.take().map_or(Ok(()), Err)
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
