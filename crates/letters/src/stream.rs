//! The bytes under a line: plain or TLS, replies read line by line.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::reply::{self, Reply};

/// A reply's line is 512 octets at most (RFC 5321, 4.5.3.1.5); servers write more.
const LINE_MAX: usize = 4096;
const LINES_MAX: usize = 100;

pub trait Bytes: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Bytes for T {}

pub struct Stream {
    bytes: Box<dyn Bytes>,
    inbox: Vec<u8>,
}

impl Stream {
    pub fn new(bytes: Box<dyn Bytes>) -> Self {
        Self { bytes, inbox: Vec::with_capacity(1024) }
    }

    /// The bytes, to be wrapped; None where something was said already that nobody asked for (RFC 3207, 6: it would be believed as if
    /// it had come over TLS).
    pub fn into_bytes(self) -> Option<Box<dyn Bytes>> {
        self.inbox.is_empty().then_some(self.bytes)
    }

    pub async fn write(&mut self, bytes: &[u8], time: Duration) -> io::Result<()> {
        within(time, async {
            self.bytes.write_all(bytes).await?;
            self.bytes.flush().await
        })
        .await
    }

    pub async fn reply(&mut self, time: Duration) -> io::Result<Reply> {
        within(time, self.read_reply()).await
    }

    async fn read_reply(&mut self) -> io::Result<Reply> {
        let mut lines = Vec::new();
        loop {
            let (code, more, words) = self.read_line().await?;
            lines.push(words);
            if !more {
                return Ok(Reply { code, words: reply::brief(&lines.join(" ")), lines });
            }
            if lines.len() >= LINES_MAX {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "the answer has no end"));
            }
        }
    }

    async fn read_line(&mut self) -> io::Result<(u16, bool, String)> {
        loop {
            if let Some(end) = self.inbox.iter().position(|byte| *byte == b'\n') {
                let read = reply::line(&self.inbox[..end]);
                self.inbox.drain(..=end);
                return read.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the answer is not one of SMTP"));
            }
            if self.inbox.len() > LINE_MAX {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "the answer has no end"));
            }
            let mut some = [0; 1024];
            match self.bytes.read(&mut some).await? {
                0 => return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the line was closed")),
                read => self.inbox.extend_from_slice(&some[..read]),
            }
        }
    }
}

async fn within<T>(time: Duration, work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    match tokio::time::timeout(time, work).await {
        Ok(outcome) => outcome,
        Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, format!("no answer within {} s", time.as_secs_f32()))),
    }
}
