//! What a mail server says later about a letter that a relay took: a delivery status notification (RFC 3464) or a complaint
//! (RFC 5965). The class of the status decides (RFC 3463): 5 is for good, 4 is for now.

use thiserror::Error;

use crate::mime::Entity;
use crate::reply::brief;

/// How bad it is for the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It is still being tried, or it failed for a cause that passes: 4.x.x.
    Soft,
    /// It failed for good: 5.x.x.
    Hard,
    /// The reader told their provider that it is unwanted.
    Complaint,
}

/// A report about one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub severity: Severity,
    /// E.g. `5.1.1`; empty where none was named.
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
        if letter.media_type() != "multipart/report" {
            return Err(NotReport::Ordinary);
        }
        let parts = letter.parts();
        let mut report = None;
        let mut message_id = String::new();
        for part in &parts {
            match part.media_type().as_str() {
                "message/delivery-status" | "message/global-delivery-status" => report = Some(status(&part.decoded())?),
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
        let report = report.ok_or(NotReport::Empty)?;
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

/// The groups of fields about recipients; the first is about the message.
fn status(bytes: &[u8]) -> Result<Report, NotReport> {
    let mut worst: Option<Report> = None;
    let mut good = false;
    let mut rest = bytes;
    while !rest.is_empty() {
        let group = Entity::read(rest);
        let recipient = group.get("final-recipient").or_else(|| group.get("original-recipient"));
        if let Some(recipient) = recipient {
            let action = group.get("action").unwrap_or_default().to_ascii_lowercase();
            let status = group.get("status").unwrap_or_default().split_whitespace().next().unwrap_or_default().to_owned();
            let severity = match (action.as_str(), status.as_bytes().first()) {
                ("delivered" | "relayed" | "expanded", _) | (_, Some(b'2')) => {
                    good = true;
                    rest = group.body;
                    continue;
                }
                ("delayed", _) | (_, Some(b'4')) => Severity::Soft,
                ("failed", _) | (_, Some(b'5')) => Severity::Hard,
                _ => Severity::Soft,
            };
            let words = group.get("diagnostic-code").unwrap_or_default();
            let report = Report {
                severity,
                status: brief(&status),
                words: brief(words.split_once(';').map_or(words, |(_, words)| words)),
                sent_to: Vec::new(),
                recipient: brief(recipient.split_once(';').map_or(recipient, |(_, address)| address)),
                message_id: String::new(),
            };
            if worst.as_ref().is_none_or(|worst| worst.severity < severity) {
                worst = Some(report);
            }
        }
        rest = group.body;
    }
    worst.ok_or(if good { NotReport::GoodNews } else { NotReport::Empty })
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

    #[test]
    fn a_report_says_how_bad_it_is() {
        let report = Report::read(notice("failed", "5.1.1").as_bytes()).unwrap();
        assert_eq!((report.severity, report.status.as_str()), (Severity::Hard, "5.1.1"));
        assert_eq!(report.words, "550 5.1.1 no such mailbox");
        assert_eq!(report.recipient, "an@example.vn");
        assert_eq!(report.message_id, "x.y@lantoa.example.vn");
        assert_eq!(report.sent_to, ["bounces+abc@lantoa.example.vn"]);
        assert_eq!(Report::read(notice("delayed", "4.4.1").as_bytes()).unwrap().severity, Severity::Soft);
        assert_eq!(Report::read(notice("failed", "4.2.2").as_bytes()).unwrap().severity, Severity::Soft);
        assert_eq!(Report::read(notice("delivered", "2.0.0").as_bytes()), Err(NotReport::GoodNews));
        // With LF alone, as a file of a mailbox has it.
        let unix = notice("failed", "5.4.1").replace("\r\n", "\n");
        assert_eq!(Report::read(unix.as_bytes()).unwrap().severity, Severity::Hard);
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
