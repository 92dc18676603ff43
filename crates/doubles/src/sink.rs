//! A mail server that takes letters, counts them and throws them away: what a relay looks like from outside, fast enough for a bench,
//! and able to misbehave. How it treats a recipient is said by how the recipient's address begins:
//!
//! | begins with | what happens |
//! |---|---|
//! | `gone` | 550 at RCPT |
//! | `grey` | 451 at the first RCPT, taken the next time |
//! | `full` | 452 at every RCPT |
//! | `leave` | 421 at RCPT, and the line is closed |
//! | `spam` | 554 after the data |
//! | `cut` | taken, and the line is closed without a word |
//! | `lost` | not taken, and the line is closed without a word |
//! | `bounce` | 250, and a report comes back that it failed for good ([`Sink::reports`]) |
//! | `slow` | 250 after a second |

mod session;

use std::collections::{HashMap, HashSet};
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

/// What it does whoever the letter is for.
#[derive(Clone, Debug)]
pub struct Habits {
    /// Closes a line after so many letters, with 421.
    pub close_after: Option<u32>,
    /// Offers to take commands without waiting (RFC 2920).
    pub pipelining: bool,
    /// Offers SMTPUTF8 (RFC 6531).
    pub utf8: bool,
    /// Keeps letters whole, to be looked at.
    pub keeps: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self { close_after: None, pipelining: true, utf8: true, keeps: true }
    }
}

/// A letter that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub return_path: String,
    pub recipient: String,
    /// As it came, dots undone.
    pub bytes: Vec<u8>,
}

#[derive(Default)]
pub(crate) struct Ledger {
    /// How often each recipient got a letter: by recipient and `Message-ID`.
    counts: Mutex<HashMap<(String, String), u32>>,
    letters: Mutex<Vec<Taken>>,
    reports: Mutex<Vec<Vec<u8>>>,
    greylisted: Mutex<HashSet<String>>,
    taken: AtomicU64,
    lines: AtomicU32,
    is_down: AtomicBool,
}

/// The server, until it is dropped.
pub struct Sink {
    pub address: SocketAddr,
    ledger: Arc<Ledger>,
    serving: JoinHandle<()>,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sink {
    /// Listens on a loopback port; 0 for any.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start(habits: Habits, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let address = listener.local_addr()?;
        let ledger = Arc::new(Ledger::default());
        let of_server = Arc::clone(&ledger);
        let serving = tokio::spawn(async move {
            let mut sessions = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                while sessions.try_join_next().is_some() {}
                if of_server.is_down.load(Ordering::Relaxed) {
                    continue;
                }
                of_server.lines.fetch_add(1, Ordering::Relaxed);
                sessions.spawn(session::serve(stream, habits.clone(), Arc::clone(&of_server)));
            }
        });
        Ok(Self { address, ledger, serving })
    }

    /// As a setting names it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Letters taken, the same letter counted each time.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.ledger.taken.load(Ordering::Relaxed)
    }

    /// Lines that were opened.
    #[must_use]
    pub fn lines(&self) -> u32 {
        self.ledger.lines.load(Ordering::Relaxed)
    }

    /// Different letters to different recipients that were taken.
    #[must_use]
    pub fn distinct(&self) -> usize {
        held(&self.ledger.counts).len()
    }

    /// Recipients who got the same letter more than once.
    #[must_use]
    pub fn twice(&self) -> Vec<String> {
        let counts = held(&self.ledger.counts);
        counts.iter().filter(|(_, times)| **times > 1).map(|((recipient, _), _)| recipient.clone()).collect()
    }

    /// How many letters that recipient got.
    #[must_use]
    pub fn to(&self, recipient: &str) -> u32 {
        held(&self.ledger.counts).iter().filter(|((to, _), _)| to == recipient).map(|(_, times)| times).sum()
    }

    /// The letters, where it keeps them.
    #[must_use]
    pub fn letters(&self) -> Vec<Taken> {
        held(&self.ledger.letters).clone()
    }

    /// The reports that would come back: letters to their return paths.
    #[must_use]
    pub fn reports(&self) -> Vec<Vec<u8>> {
        held(&self.ledger.reports).clone()
    }

    /// From now on it closes every new line at once, or answers again.
    pub fn be_down(&self, down: bool) {
        self.ledger.is_down.store(down, Ordering::Relaxed);
    }

    /// Forgets what it counted.
    pub fn forget(&self) {
        held(&self.ledger.counts).clear();
        held(&self.ledger.letters).clear();
        self.ledger.taken.store(0, Ordering::Relaxed);
    }
}

impl Ledger {
    fn note(&self, habits: &Habits, return_path: &str, recipient: &str, bytes: &[u8]) {
        let id = message_id(bytes);
        *held(&self.counts).entry((recipient.to_owned(), id.clone())).or_default() += 1;
        self.taken.fetch_add(1, Ordering::Relaxed);
        if habits.keeps {
            let letter = Taken { return_path: return_path.to_owned(), recipient: recipient.to_owned(), bytes: bytes.to_vec() };
            held(&self.letters).push(letter);
        }
        if recipient.starts_with("bounce") {
            held(&self.reports).push(report(return_path, recipient, &id));
        }
    }

    /// Whether this one was turned away before.
    fn is_known(&self, recipient: &str) -> bool {
        !held(&self.greylisted).insert(recipient.to_owned())
    }
}

fn message_id(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(4096)];
    let text = String::from_utf8_lossy(head);
    let line = text.lines().find_map(|line| line.strip_prefix("Message-ID:"));
    line.unwrap_or_default().trim().to_owned()
}

/// As Postfix writes it (RFC 3464).
#[must_use]
pub fn report(return_path: &str, recipient: &str, message_id: &str) -> Vec<u8> {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.double.test (Mail Delivery System)\r\nTo: {return_path}\r\nSubject: Undelivered Mail\r\n\
         Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"of.double\"\r\n\r\n\
         --of.double\r\nContent-Type: text/plain\r\n\r\nI am sorry.\r\n--of.double\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.double.test\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: Recipient address rejected\r\n\r\n--of.double\r\nContent-Type: message/rfc822\r\n\r\n\
         Message-ID: {message_id}\r\n\r\n--of.double--\r\n"
    )
    .into_bytes()
}
