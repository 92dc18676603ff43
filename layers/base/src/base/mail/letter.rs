//! A letter as it travels: headers, plain text, and the same text as a plain page (RFC 5322, RFC 2046).

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};

use super::Mail;
use crate::base::App;

/// Why a letter can not be put together.
#[derive(Debug, thiserror::Error)]
pub enum Malformed {
    #[error("the address {0:?} is no address: {1}")]
    Recipient(String, String),
    #[error("the letter can not be put together: {0}")]
    Letter(String),
}

/// Puts a letter together. Texts are made harmless first: no line of theirs becomes a header.
///
/// # Errors
/// [`Malformed`]
pub fn compose(app: &App, from: &Mailbox, mail: &Mail, text: &str) -> Result<Message, Malformed> {
    let address: Address =
        mail.recipient.parse().map_err(|error| Malformed::Recipient(mail.recipient.clone(), format!("{error}")))?;
    let name = Some(one_line(&mail.name)).filter(|name| !name.is_empty());
    let made_by_a_machine = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(name, address))
        .subject(one_line(&mail.subject))
        .date(app.clock.now().into())
        // The same letter has the same name however often it is tried, so that a mailbox can tell.
        .message_id(Some(format!("<{}@{}>", mail.id, from.email.domain())))
        .raw_header(made_by_a_machine)
        .multipart(MultiPart::alternative_plain_html(text.to_owned(), page(text)))
        .map_err(|error| Malformed::Letter(error.to_string()))
}

/// Without what could end a header's line.
fn one_line(text: &str) -> String {
    text.split(|letter: char| letter.is_control()).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text as HTML: paragraphs, and addresses that can be pressed.
fn page(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let lines: Vec<String> = paragraph.lines().map(line).collect();
        format!("<p>{}</p>\n", lines.join("<br>\n"))
    });
    let body: String = paragraphs.collect();
    format!("<!doctype html>\n<html lang=\"vi\"><meta charset=\"utf-8\"><body>\n{body}</body></html>\n")
}

fn line(line: &str) -> String {
    let safe = escape(line);
    if (line.starts_with("https://") || line.starts_with("http://")) && !line.contains(char::is_whitespace) {
        format!("<a href=\"{safe}\">{safe}</a>")
    } else {
        safe
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
