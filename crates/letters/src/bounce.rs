//! What a mail server says later about a letter that a relay took: a delivery status notification (RFC 3464) or a complaint
//! (RFC 5965). That a letter failed for good says little about its address: a full mailbox, a letter that is too large or not wanted
//! fail with 5.x.x as well. Class, subject and detail of the status together say what it was (RFC 3463, 3).

use thiserror::Error;

use crate::mime::Entity;
use crate::reply::{brief, enhanced};

/// How bad it is for the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// This letter did not arrive, and the next one may: a full mailbox, a letter refused for what it is or whom it comes from, a
    /// server that could not be reached for days.
    Soft,
    /// The address is no mailbox, or no longer one: 5.1.x as far as it is about the recipient, and 5.2.1.
    Hard,
    /// The reader told their provider that it is unwanted.
    Complaint,
}

/// A report about one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub severity: Severity,
    /// E.g. `5.1.1`; empty where none was named. Where the report says only that it failed, the one in the server's words.
    pub status: String,
    /// What the server says, in its words.
    pub words: String,
    /// Where the report itself was sent to: the return path of the letter, however the server on the way noted it.
    pub sent_to: Vec<String>,
    /// Whom the letter was for, as the server names them.
    pub recipient: String,
    /// The letter's own id, without brackets, where the report holds the letter or its head.
    pub message_id: String,
}

/// Why something is no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotReport {
    #[error("it is an ordinary letter, or an automatic answer")]
    Ordinary,
    #[error("it says that the letter was delivered, relayed or read")]
    GoodNews,
    #[error("it says that the letter is still being tried")]
    Delayed,
    #[error("it is called a report and names no recipient")]
    Empty,
}

impl Report {
    /// Reads a letter that came back.
    ///
    /// # Errors
    /// [`NotReport`]
    pub fn read(bytes: &[u8]) -> Result<Self, NotReport> {
        let letter = Entity::read(bytes);
        let is_called_so = match letter.media_type().as_str() {
            "multipart/report" => true,
            // OpenSMTPD calls its reports so.
            "multipart/mixed" => false,
            _ => return Err(NotReport::Ordinary),
        };
        let parts = letter.parts();
        let (mut report, mut note, mut message_id) = (None, Vec::new(), String::new());
        for part in &parts {
            match part.media_type().as_str() {
                "text/plain" if note.is_empty() => note = part.decoded(),
                "message/delivery-status" | "message/global-delivery-status" => report = Some(status(&part.decoded(), &note)?),
                "message/feedback-report" => report = Some(complaint(&part.decoded())),
                "message/rfc822" | "message/global" | "text/rfc822-headers" | "message/global-headers" => {
                    let bytes = part.decoded();
                    let original = Entity::read(&bytes);
                    let id = original.get("message-id").unwrap_or_default();
                    message_id = id.trim_matches(['<', '>', ' ']).to_owned();
                }
                _ => {}
            }
        }
        let report = report.ok_or(if is_called_so { NotReport::Empty } else { NotReport::Ordinary })?;
        Ok(Self { sent_to: sent_to(&letter), message_id: brief(&message_id), ..report })
    }
}

fn sent_to(letter: &Entity<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to"] {
        for value in letter.all(name) {
            for address in value.split(',') {
                let address = address.rsplit_once('<').map_or(address, |(_, rest)| rest.split('>').next().unwrap_or_default());
                let address = address.trim().to_owned();
                if !address.is_empty() && !found.contains(&address) && found.len() < 20 {
                    found.push(address);
                }
            }
        }
    }
    found
}

/// The groups of fields about recipients; the first is about the message. Of several, the worst counts. `note` is the part for people.
fn status(bytes: &[u8], note: &[u8]) -> Result<Report, NotReport> {
    let mut worst: Option<Report> = None;
    let mut other = NotReport::Empty;
    let mut rest = bytes;
    while !rest.is_empty() {
        let group = Entity::read(rest);
        rest = group.body;
        let Some(recipient) = group.get("final-recipient").or_else(|| group.get("original-recipient")) else { continue };
        match failure(&group, recipient, note) {
            Ok(report) if worst.as_ref().is_none_or(|worst| worst.severity < report.severity) => worst = Some(report),
            Ok(_) => {}
            Err(cause) => other = cause,
        }
    }
    worst.ok_or(other)
}

fn failure(group: &Entity<'_>, recipient: &str, note: &[u8]) -> Result<Report, NotReport> {
    let status = group.get("status").unwrap_or_default().split_whitespace().next().unwrap_or_default();
    match group.get("action").unwrap_or_default().to_ascii_lowercase().as_str() {
        "delivered" | "relayed" | "expanded" => return Err(NotReport::GoodNews),
        "delayed" => return Err(NotReport::Delayed),
        _ if status.starts_with('2') => return Err(NotReport::GoodNews),
        _ => {}
    }
    let recipient = brief(recipient.split_once(';').map_or(recipient, |(_, address)| address));
    let words = match group.get("diagnostic-code") {
        Some(words) => brief(words.split_once(';').map_or(words, |(_, words)| words)),
        None => noted(note, &recipient),
    };
    let status = telling(status, &words);
    let severity = if is_about_the_address(status) { Severity::Hard } else { Severity::Soft };
    Ok(Report { severity, status: brief(status), words, sent_to: Vec::new(), recipient, message_id: String::new() })
}

/// What the part for people says of a recipient, `address: words`: OpenSMTPD has the words of the server only there.
fn noted(note: &[u8], recipient: &str) -> String {
    let note = String::from_utf8_lossy(note);
    let words = note.lines().find_map(|line| line.trim().strip_prefix(recipient)?.strip_prefix(':'));
    brief(words.filter(|_| !recipient.is_empty()).unwrap_or_default())
}

/// The status, or the one in the words of the server where the report names none or says only that it failed (x.0.0).
fn telling<'a>(status: &'a str, words: &'a str) -> &'a str {
    let says_nothing = status.split('.').nth(1).is_none_or(|subject| subject == "0");
    let class = status.split('.').next().unwrap_or_default();
    let said = enhanced(words).filter(|said| says_nothing && said.starts_with(class));
    said.unwrap_or(status)
}

/// Whether the status says that there is no such mailbox (RFC 3463, 3.2 and 3.3; RFC 7505, 4.2 for 5.1.10). 5.1.7 and 5.1.8 are about
/// the sender's address, 5.1.5 is no failure and 5.1.9 one of a server on the way.
fn is_about_the_address(status: &str) -> bool {
    matches!(status.split('.').collect::<Vec<_>>()[..], ["5", "1", "0" | "1" | "2" | "3" | "4" | "6" | "10"] | ["5", "2", "1"])
}

fn complaint(bytes: &[u8]) -> Report {
    let group = Entity::read(bytes);
    let recipient = group.get("original-rcpt-to").unwrap_or_default();
    Report {
        severity: Severity::Complaint,
        status: String::new(),
        words: brief(group.get("feedback-type").unwrap_or("abuse")),
        sent_to: Vec::new(),
        recipient: brief(recipient.trim_matches(['<', '>'])),
        message_id: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(action: &str, status: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.example.vn\r\nTo: bounces+abc@lantoa.example.vn\r\nContent-Type: multipart/report;\r\n report-type=delivery-status; boundary=\"b1\"\r\n\r\n\
             preamble\r\n--b1\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b1\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example.vn\r\n\r\nFinal-Recipient: rfc822; an@example.vn\r\nAction: {action}\r\nStatus: {status}\r\n\
             Diagnostic-Code: smtp; 550 5.1.1 no such\r\n mailbox\r\n\r\n--b1\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <x.y@lantoa.example.vn>\r\n\r\n--b1--\r\n"
        )
    }

    fn read(action: &str, status: &str) -> Result<Report, NotReport> {
        Report::read(notice(action, status).as_bytes())
    }

    #[test]
    fn a_report_says_how_bad_it_is() {
        let report = read("failed", "5.1.1").unwrap();
        assert_eq!((report.severity, report.status.as_str()), (Severity::Hard, "5.1.1"));
        assert_eq!(report.words, "550 5.1.1 no such mailbox");
        assert_eq!(report.recipient, "an@example.vn");
        assert_eq!(report.message_id, "x.y@lantoa.example.vn");
        assert_eq!(report.sent_to, ["bounces+abc@lantoa.example.vn"]);
        assert_eq!(read("failed", "4.2.2").unwrap().severity, Severity::Soft);
        assert_eq!(read("delayed", "4.4.1"), Err(NotReport::Delayed));
        assert_eq!(read("delivered", "2.0.0"), Err(NotReport::GoodNews));
        // With LF alone, as a file of a mailbox has it.
        let unix = notice("failed", "5.1.1").replace("\r\n", "\n");
        assert_eq!(Report::read(unix.as_bytes()).unwrap().severity, Severity::Hard);
    }

    #[test]
    fn only_what_is_said_of_the_address_is_for_good() {
        for status in ["5.1.1", "5.1.0", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.10", "5.2.1"] {
            assert_eq!(read("failed", status).unwrap().severity, Severity::Hard, "{status}");
        }
        // Full, too large, the way there, content, policy, and our own address.
        for status in [
            "5.2.2", "5.2.0", "5.3.4", "5.4.1", "5.4.4", "5.5.2", "5.6.7", "5.7.1", "5.7.26", "5.1.7", "5.1.8", "5.1.12", "4.1.1",
        ] {
            let report = read("failed", status).unwrap();
            assert_eq!((report.severity, report.status.as_str()), (Severity::Soft, status));
        }
    }

    #[test]
    fn a_status_that_says_nothing_gives_way_to_the_words() {
        for status in ["5.0.0", "5", ""] {
            let report = read("failed", status).unwrap();
            assert_eq!((report.severity, report.status.as_str()), (Severity::Hard, "5.1.1"), "{status:?}");
        }
        // Of another class, it is about something else; without a code it stays as it is.
        assert_eq!(read("failed", "4.0.0").unwrap().status, "4.0.0");
        let silent = notice("failed", "5.0.0").replace("550 5.1.1 no", "550 no");
        assert_eq!(Report::read(silent.as_bytes()).unwrap().severity, Severity::Soft);
    }

    /// As OpenSMTPD 6.8 builds it.
    #[test]
    fn a_report_may_be_called_mixed_and_say_why_to_people_only() {
        let report = "From: Mailer Daemon <MAILER-DAEMON@mx.example.vn>\nTo: bounces+abc@lantoa.example.vn\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed;boundary=\"149/mx\"\n\n--149/mx\nContent-Description: Notification\n\
             Content-Type: text/plain; charset=us-ascii\n\n    Not delivered:\n\nan@example.vn: 550 5.1.1 no such mailbox\n\n--149/mx\n\
             Content-Description: Delivery Report\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n\
             Final-Recipient: rfc822; an@example.vn\nAction: failed\nStatus: 5.0.0\n\n--149/mx\n\
             Content-Type: text/rfc822-headers\n\nMessage-ID: <a.b@c>\n\n--149/mx--\n";
        let report = Report::read(report.as_bytes()).unwrap();
        assert_eq!((report.severity, report.status.as_str()), (Severity::Hard, "5.1.1"));
        assert_eq!((report.words.as_str(), report.message_id.as_str()), ("550 5.1.1 no such mailbox", "a.b@c"));
        let forwarded = b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nHello\n--x--\n";
        assert_eq!(Report::read(forwarded), Err(NotReport::Ordinary));
    }

    #[test]
    fn what_is_no_report_is_told_apart() {
        assert_eq!(Report::read(b"Subject: Re: news\r\n\r\nI am away."), Err(NotReport::Ordinary));
        assert_eq!(Report::read(b"Content-Type: multipart/report; boundary=x\r\n\r\n--x--"), Err(NotReport::Empty));
        let complaint = "Content-Type: multipart/report; report-type=feedback-report; boundary=z\n\n--z\nContent-Type: message/feedback-report\n\n\
             Feedback-Type: abuse\nOriginal-Rcpt-To: <an@example.vn>\n\n--z--\n";
        let report = Report::read(complaint.as_bytes()).unwrap();
        assert_eq!((report.severity, report.recipient.as_str()), (Severity::Complaint, "an@example.vn"));
    }
}
