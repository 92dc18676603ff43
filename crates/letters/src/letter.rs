//! A letter to many: composed once an issue, with the few lines that are each recipient's own put in (RFC 5322, 2046, 2369, 2919, 8058).

use chrono::{DateTime, FixedOffset};

use crate::address::Address;
use crate::header;
use crate::quoted;

const BOUNDARY: &str = "=_lan-toa-ban-tin_=";

/// Who sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub name: String,
    pub address: Address,
}

/// What is the same for all.
#[derive(Clone, Debug)]
pub struct Issue<'a> {
    pub from: &'a Sender,
    pub reply_to: Option<&'a Address>,
    pub subject: &'a str,
    /// The name of the list, for people.
    pub list: &'a str,
    /// E.g. `tin-so-y-te.lantoa.example.vn` (RFC 2919).
    pub list_id: &'a str,
    /// BCP 47
    pub language: &'a str,
    pub date: DateTime<FixedOffset>,
    pub text: &'a str,
    pub html: &'a str,
    /// Words that stand for something of each recipient's own; the values are given with each, in the same order.
    pub marks: &'a [&'a str],
}

/// What is one recipient's own.
#[derive(Clone, Copy, Debug)]
pub struct Personal<'a> {
    pub name: &'a str,
    pub address: &'a Address,
    /// Without brackets; the same however often the letter is tried.
    pub message_id: &'a str,
    /// An https address that ends the subscription when it is posted to (RFC 8058).
    pub unsubscribe: &'a str,
    /// For each mark of the issue.
    pub values: &'a [&'a str],
}

enum Piece {
    Fixed(Vec<u8>),
    /// Which mark, and whether it stands in HTML.
    Mark(usize, bool),
}

/// An issue, encoded but for what is each recipient's own.
pub struct Template {
    head: Vec<u8>,
    body: Vec<Piece>,
    size: usize,
}

impl Template {
    /// Encodes what is the same for all.
    #[must_use]
    pub fn new(issue: &Issue<'_>) -> Self {
        let mut head = Vec::with_capacity(1024);
        header::mailbox("From", &issue.from.name, &issue.from.address.to_string(), &mut head);
        if let Some(address) = issue.reply_to {
            header::mailbox("Reply-To", "", &address.to_string(), &mut head);
        }
        header::unstructured("Subject", issue.subject, &mut head);
        header::raw("Date", &issue.date.to_rfc2822(), &mut head);
        header::mailbox("List-Id", issue.list, issue.list_id, &mut head);
        header::raw("Precedence", "bulk", &mut head);
        header::raw("Auto-Submitted", "auto-generated", &mut head);
        header::raw("MIME-Version", "1.0", &mut head);
        header::raw("Content-Language", issue.language, &mut head);
        header::raw("Content-Type", &format!("multipart/alternative; boundary=\"{BOUNDARY}\""), &mut head);
        let mut body = Vec::new();
        for (text, media_type, is_html) in [(issue.text, "text/plain", false), (issue.html, "text/html", true)] {
            let part = format!(
                "\r\n--{BOUNDARY}\r\nContent-Type: {media_type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            );
            body.push(Piece::Fixed(part.into_bytes()));
            cut(text, issue.marks, is_html, &mut body);
        }
        body.push(Piece::Fixed(format!("\r\n--{BOUNDARY}--\r\n").into_bytes()));
        let size =
            head.len() + body.iter().map(|piece| if let Piece::Fixed(bytes) = piece { bytes.len() } else { 120 }).sum::<usize>();
        Self { head, body, size }
    }

    /// The letter to one recipient, as it travels: lines end with CRLF, no dot is doubled yet.
    #[must_use]
    pub fn letter(&self, personal: &Personal<'_>) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.size + 700);
        header::mailbox("To", personal.name, &personal.address.to_string(), &mut out);
        header::raw("Message-ID", &format!("<{}>", personal.message_id), &mut out);
        header::raw("List-Unsubscribe", &format!("<{}>", personal.unsubscribe), &mut out);
        header::raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click", &mut out);
        out.extend_from_slice(&self.head);
        for piece in &self.body {
            match piece {
                Piece::Fixed(bytes) => out.extend_from_slice(bytes),
                Piece::Mark(mark, is_html) => {
                    let value = personal.values.get(*mark).copied().unwrap_or_default();
                    if *is_html {
                        quoted::encode(&escaped(value), &mut out);
                    } else {
                        quoted::encode(value, &mut out);
                    }
                }
            }
        }
        out
    }
}

/// Cuts a text at its marks. Between pieces the line of the encoding ends, so that each can be encoded alone.
fn cut(text: &str, marks: &[&str], is_html: bool, body: &mut Vec<Piece>) {
    let mut rest = text;
    loop {
        let places = marks.iter().enumerate().filter(|(_, mark)| !mark.is_empty());
        let first = places.filter_map(|(n, mark)| rest.find(mark).map(|at| (at, n, mark.len()))).min();
        let mut bytes = Vec::new();
        let Some((at, mark, length)) = first else {
            quoted::encode(rest, &mut bytes);
            body.push(Piece::Fixed(bytes));
            return;
        };
        quoted::encode(&rest[..at], &mut bytes);
        quoted::soft_break(&mut bytes);
        body.push(Piece::Fixed(bytes));
        body.push(Piece::Mark(mark, is_html));
        let mut after = Vec::new();
        quoted::soft_break(&mut after);
        body.push(Piece::Fixed(after));
        rest = &rest[at + length..];
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
