//! An open line to the relay, over which letters go one after the other. Where the relay takes commands without waiting (PIPELINING,
//! RFC 2920), the next letter is announced in the same breath in which one ends: a letter costs one way there and back.
//!
//! ```text
//!   announce ──► 354 ──► [About] data … the dot ──► 250 ──► [Settled] Taken
//!      │ 5xx, 4xx  │ cut                   │ 5xx, 4xx  │ cut
//!      ▼           ▼                       ▼           ▼
//!   Refused,Later  NotSent            Refused,Later    Unknown
//! ```

mod asking;
mod opening;

use std::io;
use std::time::Duration;

use crate::address::Address;
use crate::reply::{Reply, brief};
use crate::stream::Stream;

/// A letter with its envelope.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// Where bounces go; None for the null return path.
    pub return_path: Option<&'a str>,
    pub recipient: &'a Address,
    /// As it travels, without doubled dots and without the dot that ends it.
    pub bytes: &'a [u8],
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The relay has it.
    Taken(String),
    /// The relay will not take it, in its words: certainly not sent.
    Refused(String),
    /// The relay asks to try it later: certainly not sent.
    Later(String),
    /// The line broke, or was closed, before the data began: certainly not sent. The line is gone.
    NotSent(String),
    /// The data may have been there when the line broke: nobody knows. The line is gone.
    Unknown(String),
}

/// What a journal has to hold to tell, after the sender died, which letters are certainly not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase<'a> {
    /// The next thing is the letter's data: from here to its outcome nobody would know.
    About,
    Settled(&'a Outcome),
}

/// What the relay said to the announcement of the next letter.
enum Announced {
    /// It waits for the data.
    Ready,
    Not(Outcome),
}

/// An open line.
pub struct Line {
    stream: Stream,
    pipelining: bool,
    utf8: bool,
    /// Octets; None: it names no limit.
    size_max: Option<usize>,
    command_timeout: Duration,
    body_timeout: Duration,
    is_open: bool,
    /// A letter was refused half-way: the relay has to forget its envelope.
    is_half_way: bool,
    announced: Option<Announced>,
    /// Letters that were taken over this line.
    pub taken: u32,
}

impl Line {
    /// Whether another letter may go over it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.is_open
    }

    /// Hands one letter over. `next`, which must be the letter of the next call, is announced at once where the relay allows it; a line
    /// on which a letter was announced and is not sent after all has to be dropped.
    ///
    /// `journal` is told of each phase; when it answers false to [`Phase::About`], which it then could not write down, the letter does not
    /// go and the line is closed.
    pub async fn send(
        &mut self,
        letter: &Letter<'_>,
        next: Option<&Letter<'_>>,
        mut journal: impl FnMut(Phase<'_>) -> bool,
    ) -> Outcome {
        let announced = match self.announced.take() {
            Some(announced) => announced,
            None => self.announce(letter).await,
        };
        let outcome = match announced {
            Announced::Not(outcome) => outcome,
            Announced::Ready => {
                if !journal(Phase::About) {
                    self.is_open = false;
                    return Outcome::NotSent("the journal can not be written".into());
                }
                let next = next.filter(|next| self.pipelining && self.obstacle(next).is_none());
                let outcome = self.hand_over(letter, next).await;
                journal(Phase::Settled(&outcome));
                if let Some(next) = next
                    && self.is_open
                {
                    self.announced = Some(self.answers_to_announcement(next).await);
                }
                return outcome;
            }
        };
        journal(Phase::Settled(&outcome));
        outcome
    }

    /// Takes leave.
    pub async fn close(mut self) {
        if self.is_open && self.announced.is_none() && self.say("QUIT\r\n").await.is_ok() {
            let _ = self.stream.reply(self.command_timeout).await;
        }
    }

    /// Why the relay could not take it, known beforehand.
    fn obstacle(&self, letter: &Letter<'_>) -> Option<Outcome> {
        if letter.recipient.needs_utf8() && !self.utf8 {
            return Some(Outcome::Refused("5.6.7 the relay does not take addresses with such letters (SMTPUTF8)".into()));
        }
        let too_large = self.size_max.is_some_and(|max| max > 0 && letter.bytes.len() > max);
        too_large.then(|| Outcome::Refused("5.3.4 the letter is larger than the relay takes (SIZE)".into()))
    }

    fn envelope(&mut self, letter: &Letter<'_>) -> [String; 4] {
        let utf8 = if letter.recipient.needs_utf8() { " SMTPUTF8 BODY=8BITMIME" } else { "" };
        let clean =
            |text: &str| text.chars().filter(|letter| !letter.is_control() && !"<> ".contains(*letter)).collect::<String>();
        let from = clean(letter.return_path.unwrap_or_default());
        let reset = if std::mem::take(&mut self.is_half_way) { "RSET\r\n" } else { "" };
        [
            reset.to_owned(),
            format!("MAIL FROM:<{from}>{utf8}\r\n"),
            format!("RCPT TO:<{}>\r\n", letter.recipient),
            "DATA\r\n".to_owned(),
        ]
    }

    async fn announce(&mut self, letter: &Letter<'_>) -> Announced {
        if !self.is_open {
            return Announced::Not(Outcome::NotSent("the line is closed".into()));
        }
        if let Some(outcome) = self.obstacle(letter) {
            return Announced::Not(outcome);
        }
        let [reset, mail, rcpt, data] = self.envelope(letter);
        if self.pipelining {
            if let Err(error) = self.say(&[reset.as_str(), &mail, &rcpt, &data].concat()).await {
                return self.cut(&error);
            }
            if !reset.is_empty()
                && let Err(error) = self.answer().await
            {
                return self.cut(&error);
            }
            return self.answers_to_announcement(letter).await;
        }
        for command in [reset, mail, rcpt, data].iter().filter(|command| !command.is_empty()) {
            if let Err(error) = self.say(command).await {
                return self.cut(&error);
            }
            match self.answer().await {
                Err(error) => return self.cut(&error),
                Ok(reply) if !reply.is_good() => {
                    self.is_half_way = true;
                    return Announced::Not(self.judged(&reply));
                }
                Ok(_) => {}
            }
        }
        Announced::Ready
    }

    /// The relay's words on MAIL, RCPT and DATA that were said at once. The first that is not good counts.
    async fn answers_to_announcement(&mut self, _: &Letter<'_>) -> Announced {
        let mut bad: Option<Outcome> = None;
        for command in 0..3 {
            let reply = match self.answer().await {
                Ok(reply) => reply,
                Err(error) => return bad.map_or_else(|| self.cut(&error), Announced::Not),
            };
            if !reply.is_good() && bad.is_none() {
                bad = Some(self.judged(&reply));
            }
            if !self.is_open {
                break;
            }
            // It waits for a letter to nobody (RFC 2920, 3.1): it gets an empty one, which it refuses.
            if command == 2 && reply.code == 354 && bad.is_some() {
                if let Err(error) = self.say(".\r\n").await {
                    return bad.map_or_else(|| self.cut(&error), Announced::Not);
                }
                let _ = self.answer().await;
            }
        }
        match bad {
            None => Announced::Ready,
            Some(outcome) => {
                self.is_half_way = true;
                Announced::Not(outcome)
            }
        }
    }

    /// Data, dot, and the relay's word on it.
    async fn hand_over(&mut self, letter: &Letter<'_>, next: Option<&Letter<'_>>) -> Outcome {
        let mut bytes = Vec::with_capacity(letter.bytes.len() + 300);
        stuffed(letter.bytes, &mut bytes);
        if let Some(next) = next {
            let [_, mail, rcpt, data] = self.envelope(next);
            bytes.extend([mail, rcpt, data].concat().into_bytes());
        }
        let written = self.stream.write(&bytes, self.body_timeout).await;
        let reply = match written {
            Ok(()) => self.stream.reply(self.body_timeout).await,
            Err(error) => Err(error),
        };
        match reply {
            Ok(reply) if reply.is_good() => {
                self.taken += 1;
                Outcome::Taken(reply.says())
            }
            // A word of refusal is a word: it was not taken.
            Ok(reply) => self.judged(&reply),
            Err(error) => {
                self.is_open = false;
                Outcome::Unknown(brief(&error.to_string()))
            }
        }
    }

    fn judged(&mut self, reply: &Reply) -> Outcome {
        if reply.is_farewell() {
            self.is_open = false;
            return Outcome::NotSent(reply.says());
        }
        if reply.is_permanent() { Outcome::Refused(reply.says()) } else { Outcome::Later(reply.says()) }
    }

    fn cut(&mut self, error: &io::Error) -> Announced {
        self.is_open = false;
        Announced::Not(Outcome::NotSent(brief(&error.to_string())))
    }

    async fn say(&mut self, command: &str) -> io::Result<()> {
        self.stream.write(command.as_bytes(), self.command_timeout).await
    }

    async fn answer(&mut self) -> io::Result<Reply> {
        self.stream.reply(self.command_timeout).await
    }
}

/// Doubles dots at the beginning of lines and ends the data (RFC 5321, 4.5.2). Lone CR and LF become CRLF: between servers that differ
/// about them a letter could be made to hold a second one.
fn stuffed(bytes: &[u8], out: &mut Vec<u8>) {
    let mut at_start = true;
    let mut rest = bytes;
    while !rest.is_empty() {
        if at_start && rest[0] == b'.' {
            out.push(b'.');
        }
        match rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
            Some(end) => {
                out.extend_from_slice(&rest[..end]);
                out.extend_from_slice(b"\r\n");
                let skip = if rest[end..].starts_with(b"\r\n") { 2 } else { 1 };
                rest = &rest[end + skip..];
                at_start = true;
            }
            None => {
                out.extend_from_slice(rest);
                out.extend_from_slice(b"\r\n");
                rest = &[];
            }
        }
    }
    out.extend_from_slice(b".\r\n");
}

#[cfg(test)]
mod tests {
    use super::stuffed;

    #[test]
    fn dots_are_doubled_and_lines_end_as_they_must() {
        let through = |text: &str| {
            let mut out = Vec::new();
            stuffed(text.as_bytes(), &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(through("a\r\n.b\r\n"), "a\r\n..b\r\n.\r\n");
        assert_eq!(through(".\r\n.."), "..\r\n...\r\n.\r\n");
        // SMTP smuggling: no lone LF or CR is left to be taken for the end.
        assert_eq!(through("a\n.\nMAIL\r.\r"), "a\r\n..\r\nMAIL\r\n..\r\n.\r\n");
        assert_eq!(through(""), ".\r\n");
    }
}
