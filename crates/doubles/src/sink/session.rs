//! One line: commands are answered as they come, many in one breath.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Habits, Ledger};

const READ_BYTES: usize = 64 * 1024;
const SLOW: Duration = Duration::from_secs(1);

struct Session {
    habits: Habits,
    ledger: Arc<Ledger>,
    inbox: Vec<u8>,
    outbox: Vec<u8>,
    from: Option<String>,
    to: Option<String>,
    in_data: bool,
    taken: u32,
    /// The line ends: after what was said, or at once.
    ends: Option<End>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Said,
    Silent,
}

pub async fn serve(stream: TcpStream, habits: Habits, ledger: Arc<Ledger>) {
    let session = Session {
        habits,
        ledger,
        inbox: Vec::with_capacity(READ_BYTES),
        outbox: Vec::new(),
        from: None,
        to: None,
        in_data: false,
        taken: 0,
        ends: None,
    };
    let _ = session.run(stream).await;
}

impl Session {
    async fn run(mut self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        self.say("220 sink.double.test ESMTP");
        loop {
            stream.write_all(&self.outbox).await?;
            self.outbox.clear();
            let mut some = vec![0; READ_BYTES];
            let read = stream.read(&mut some).await?;
            if read == 0 {
                return Ok(());
            }
            self.inbox.extend_from_slice(&some[..read]);
            let mut at = 0;
            while self.ends.is_none() {
                let Some(used) = self.step(at).await else { break };
                at += used;
            }
            self.inbox.drain(..at);
            match self.ends {
                Some(End::Said) => return stream.write_all(&self.outbox).await,
                Some(End::Silent) => {
                    // What was answered before this letter is known; of this one nothing is.
                    stream.write_all(&self.outbox).await?;
                    return Ok(());
                }
                None => {}
            }
        }
    }

    fn say(&mut self, line: &str) {
        self.outbox.extend_from_slice(line.as_bytes());
        self.outbox.extend_from_slice(b"\r\n");
    }

    /// Uses one command, or one letter, from there on; None when it is not whole yet.
    async fn step(&mut self, at: usize) -> Option<usize> {
        let rest = &self.inbox[at..];
        if self.in_data {
            let end = if rest.starts_with(b".\r\n") { 0 } else { rest.windows(5).position(|five| five == b"\r\n.\r\n")? + 2 };
            let bytes = undotted(&rest[..end]);
            self.in_data = false;
            self.take(&bytes).await;
            return Some(end + 3);
        }
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let line = String::from_utf8_lossy(&rest[..end]).trim_end().to_owned();
        self.command(&line);
        Some(end + 1)
    }

    fn command(&mut self, line: &str) {
        let upper = line.to_ascii_uppercase();
        if upper.starts_with("EHLO") {
            self.say("250-sink.double.test");
            for (offered, name) in [(self.habits.pipelining, "PIPELINING"), (self.habits.utf8, "SMTPUTF8")] {
                if offered {
                    self.say(&format!("250-{name}"));
                }
            }
            self.say("250 8BITMIME");
        } else if upper.starts_with("HELO") || upper == "NOOP" {
            self.say("250 sink.double.test");
        } else if upper == "RSET" {
            (self.from, self.to) = (None, None);
            self.say("250 2.0.0 forgotten");
        } else if upper.starts_with("MAIL FROM:") {
            if self.from.is_some() {
                return self.say("503 5.5.1 nested MAIL command");
            }
            self.from = Some(within_brackets(line));
            self.say("250 2.1.0 Ok");
        } else if upper.starts_with("RCPT TO:") {
            self.recipient(within_brackets(line));
        } else if upper == "DATA" {
            if self.to.is_none() {
                return self.say("503 5.5.1 no valid recipients");
            }
            self.in_data = true;
            self.say("354 End data with <CR><LF>.<CR><LF>");
        } else if upper == "QUIT" {
            self.say("221 2.0.0 Bye");
            self.ends = Some(End::Said);
        } else {
            self.say("500 5.5.2 what");
        }
    }

    fn recipient(&mut self, to: String) {
        if self.from.is_none() {
            return self.say("503 5.5.1 need MAIL command");
        }
        if to.starts_with("gone") {
            return self.say("550 5.1.1 no such mailbox");
        }
        if to.starts_with("full") || (to.starts_with("grey") && !self.ledger.is_known(&to)) {
            let words = if to.starts_with("full") { "452 4.2.2 mailbox full" } else { "451 4.7.1 come again" };
            return self.say(words);
        }
        if to.starts_with("leave") {
            self.ends = Some(End::Said);
            return self.say("421 4.3.2 shutting down");
        }
        self.to = Some(to);
        self.say("250 2.1.5 Ok");
    }

    async fn take(&mut self, bytes: &[u8]) {
        let (Some(from), Some(to)) = (self.from.take(), self.to.take()) else { return self.say("503 5.5.1 no letter") };
        if to.starts_with("spam") {
            return self.say("554 5.7.1 not this");
        }
        if to.starts_with("lost") {
            self.ends = Some(End::Silent);
            return;
        }
        if to.starts_with("slow") {
            tokio::time::sleep(SLOW).await;
        }
        self.ledger.note(&self.habits, &from, &to, bytes);
        if to.starts_with("cut") {
            self.ends = Some(End::Silent);
            return;
        }
        self.taken += 1;
        self.say("250 2.0.0 Ok: queued");
        if self.habits.close_after.is_some_and(|most| self.taken >= most) {
            self.say("421 4.7.0 enough over this line");
            self.ends = Some(End::Said);
        }
    }
}

fn within_brackets(line: &str) -> String {
    let inside = line.split_once('<').map_or("", |(_, rest)| rest.split('>').next().unwrap_or_default());
    inside.to_owned()
}

fn undotted(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        out.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
    }
    out
}
