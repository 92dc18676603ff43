//! What a node has to know after it was killed: which letters of a batch may be out. A file of the data folder for each batch under way,
//! added to before a letter's data goes and when its outcome is known.
//!
//! What a process has written to a file is there after the process was killed, whatever the disk does: the operating system has it. It
//! is not after the machine lost its power. So a journal is believed only while the machine runs on since the batch was taken (the
//! `boot_id` of Linux); after that all letters of the batch are unknown.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use letters::Outcome;
use rustix::fs::{FlockOperation, flock};
use uuid::Uuid;

use crate::base::new_id;

const FOLDER: &str = "letters";
const BOOT: &str = "/proc/sys/kernel/random/boot_id";
/// Of the batches that were closed, so many are remembered.
const CLOSED_MAX: usize = 100_000;

/// This data folder's node, held by one process at a time.
pub struct Node {
    pub id: Uuid,
    pub boot: String,
    folder: PathBuf,
    _held: File,
}

/// What a journal says of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Its data was about to go, and nothing more is known.
    About,
    Sent,
    /// It ended, and was certainly not sent.
    NotSent,
}

impl Node {
    /// Opens the folder. None: another process of this machine has it, and is the one that sends.
    ///
    /// # Errors
    /// The folder can not be written.
    pub fn open(data: &Path) -> io::Result<Option<Self>> {
        let folder = data.join(FOLDER);
        fs::create_dir_all(&folder)?;
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(folder.join("node"))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(error) if error == rustix::io::Errno::WOULDBLOCK => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        let path = folder.join("node");
        let id = match fs::read_to_string(&path)?.trim().parse() {
            Ok(id) => id,
            Err(_) => {
                let id = new_id();
                fs::write(&path, id.to_string())?;
                id
            }
        };
        // Where there is no such file, every start counts as one of the machine: what is under way is unknown then.
        let boot = fs::read_to_string(BOOT).map_or_else(|_| new_id().to_string(), |text| text.trim().to_owned());
        Ok(Some(Self { id, boot, folder, _held: file }))
    }

    fn path(&self, batch: Uuid) -> PathBuf {
        self.folder.join(format!("{batch}.journal"))
    }

    /// Begins the journal of a batch: before the first of its letters.
    ///
    /// # Errors
    /// The file can not be made.
    pub fn begin(&self, batch: Uuid) -> io::Result<Journal> {
        Ok(Journal { file: OpenOptions::new().create_new(true).append(true).open(self.path(batch))? })
    }

    /// What the journal of a batch says; None when there is none: its first letter was not begun.
    ///
    /// # Errors
    /// The file can not be read.
    pub fn read(&self, batch: Uuid) -> io::Result<Option<HashMap<Uuid, Entry>>> {
        match fs::read_to_string(self.path(batch)) {
            Ok(text) => Ok(Some(entries(&text))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether this node closed that batch: a database that says otherwise was brought back from before.
    ///
    /// # Errors
    /// The file can not be read.
    pub fn has_closed(&self, batch: Uuid) -> io::Result<bool> {
        Ok(self.closed()?.contains(&batch))
    }

    /// The batches that this node closed, the latest last.
    ///
    /// # Errors
    /// The file can not be read.
    pub fn closed(&self) -> io::Result<Vec<Uuid>> {
        match fs::read_to_string(self.folder.join("closed")) {
            Ok(text) => Ok(text.lines().filter_map(|line| line.parse().ok()).collect()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Ends the journal of a batch whose outcomes the database has.
    ///
    /// # Errors
    /// The folder can not be written.
    pub fn close(&self, batch: Uuid) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(self.folder.join("closed"))?;
        file.write_all(format!("{batch}\n").as_bytes())?;
        match fs::remove_file(self.path(batch)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Forgets the oldest of the closed batches, and what was closed with a database that is no more.
    ///
    /// # Errors
    /// The folder can not be written.
    pub fn tidy(&self, keep: bool) -> io::Result<()> {
        let closed = self.closed()?;
        if keep && closed.len() <= CLOSED_MAX {
            return Ok(());
        }
        let kept = if keep { &closed[closed.len() - CLOSED_MAX / 2..] } else { &[] };
        let text: String = kept.iter().map(|id| format!("{id}\n")).collect();
        let draft = self.folder.join("closed.draft");
        fs::write(&draft, text)?;
        fs::rename(draft, self.folder.join("closed"))
    }
}

/// The journal of a batch under way.
pub struct Journal {
    file: File,
}

impl Journal {
    /// Says that a letter's data is about to go. False: it can not be written, and so the letter must not go.
    pub fn about(&mut self, subscriber: Uuid) -> bool {
        self.write('A', subscriber)
    }

    /// Says how it ended; what can not be written is unknown after a crash, as it was.
    pub fn settled(&mut self, subscriber: Uuid, outcome: &Outcome) -> bool {
        match outcome {
            Outcome::Taken(_) => self.write('T', subscriber),
            Outcome::Unknown(_) => true,
            _ => self.write('N', subscriber),
        }
    }

    fn write(&mut self, word: char, subscriber: Uuid) -> bool {
        self.file.write_all(format!("{word}{}\n", subscriber.simple()).as_bytes()).is_ok()
    }
}

/// Whole lines only: the call that wrote half of one did not return, so what it announces did not happen.
fn entries(text: &str) -> HashMap<Uuid, Entry> {
    let mut found = HashMap::new();
    for line in text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
        let Some((word, Ok(subscriber))) = line.split_at_checked(1).map(|(word, id)| (word, id.parse())) else { continue };
        match word {
            "A" => found.insert(subscriber, Entry::About),
            "T" => found.insert(subscriber, Entry::Sent),
            "N" => found.insert(subscriber, Entry::NotSent),
            _ => None,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_is_there_after_its_writer() {
        let data = std::env::temp_dir().join(format!("lantoa-journal-{}", new_id().simple()));
        let node = Node::open(&data).expect("a folder").expect("free");
        assert!(Node::open(&data).expect("a folder").is_none(), "one process at a time");
        let (batch, [a, b, c, d]) = (new_id(), [new_id(), new_id(), new_id(), new_id()]);
        assert_eq!(node.read(batch).expect("readable"), None);
        let mut journal = node.begin(batch).expect("a file");
        assert!(journal.about(a) && journal.settled(a, &Outcome::Taken(String::new())));
        assert!(journal.about(b) && journal.settled(b, &Outcome::Refused(String::new())));
        assert!(journal.about(c));
        drop(journal);
        let mut file = OpenOptions::new().append(true).open(node.path(batch)).expect("the file");
        file.write_all(format!("A{}", d.simple()).as_bytes()).expect("half a line");
        let read = node.read(batch).expect("readable").expect("there");
        assert_eq!(read.get(&a), Some(&Entry::Sent));
        assert_eq!(read.get(&b), Some(&Entry::NotSent));
        assert_eq!(read.get(&c), Some(&Entry::About));
        assert_eq!(read.get(&d), None);
        assert!(!node.has_closed(batch).expect("readable"));
        node.close(batch).expect("closed");
        assert!(node.has_closed(batch).expect("readable"));
        assert_eq!(node.read(batch).expect("readable"), None);
        let id = node.id;
        drop(node);
        assert_eq!(Node::open(&data).expect("a folder").expect("free").id, id, "the folder's, not the process's");
        std::fs::remove_dir_all(data).expect("cleared");
    }
}
