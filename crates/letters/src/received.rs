//! A letter that somebody wrote to us, as far as what they say in it goes: who, about what, which words. What stands below it of an
//! earlier letter is theirs to keep; files that came along are not read, and that there were some is said.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::mime::Entity;
use crate::quoted;

/// How deep parts lie in parts.
const DEPTH_MAX: usize = 6;

/// A letter, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Address of the sender, as it stands in `From`; empty where there is none.
    pub from: String,
    /// What they call themselves.
    pub name: String,
    pub subject: String,
    /// What they wrote, without what they quoted and without the signature.
    pub text: String,
    /// Without brackets; empty where the letter has none.
    pub message_id: String,
    /// A machine wrote it, or a list sent it: nobody is to answer that.
    pub is_automatic: bool,
    /// How many files came along.
    pub files: usize,
}

impl Received {
    /// Reads a letter. Any bytes may come; none make it fail.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let letter = Entity::read(bytes);
        let (name, from) = mailbox(&decoded_words(letter.get("from").unwrap_or_default()));
        let mut found = Parts::default();
        found.gather(&letter, DEPTH_MAX);
        let text = if found.plain.trim().is_empty() { without_tags(&found.html) } else { found.plain };
        let text = text.replace("\r\n", "\n");
        Self {
            is_automatic: is_automatic(&letter, &from),
            subject: decoded_words(letter.get("subject").unwrap_or_default()),
            message_id: letter.get("message-id").unwrap_or_default().trim_matches(['<', '>', ' ']).to_owned(),
            text: own_words(&text),
            files: found.files,
            from,
            name,
        }
    }
}

#[derive(Default)]
struct Parts {
    plain: String,
    html: String,
    files: usize,
}

impl Parts {
    fn gather(&mut self, part: &Entity<'_>, depth: usize) {
        let kind = part.media_type();
        if kind.starts_with("multipart/") && depth > 0 {
            for inner in part.parts() {
                self.gather(&inner, depth - 1);
            }
            return;
        }
        let is_file =
            part.get("content-disposition").is_some_and(|how| how.trim_start().to_lowercase().starts_with("attachment"));
        match kind.as_str() {
            "text/plain" if !is_file => self.plain.push_str(&letters_of(part)),
            "text/html" if !is_file => self.html.push_str(&letters_of(part)),
            _ => self.files += 1,
        }
    }
}

/// The text of a part. What is neither UTF-8 nor Latin is read as far as it goes.
fn letters_of(part: &Entity<'_>) -> String {
    said(&part.decoded(), &part.parameter("charset").unwrap_or_default())
}

fn said(bytes: &[u8], charset: &str) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if charset.to_lowercase().contains("8859") => bytes.iter().map(|byte| char::from(*byte)).collect(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// `An <an@thu.vn>`: name and address.
fn mailbox(field: &str) -> (String, String) {
    match field.rsplit_once('<') {
        Some((name, rest)) => {
            let address = rest.split('>').next().unwrap_or_default();
            (name.trim().trim_matches('"').trim().to_owned(), address.trim().to_owned())
        }
        None => (String::new(), field.trim().to_owned()),
    }
}

/// Encoded words of a head (RFC 2047).
fn decoded_words(field: &str) -> String {
    let (mut out, mut rest, mut after_word) = (String::new(), field, false);
    while let Some(start) = rest.find("=?") {
        let head = &rest[..start];
        // Space between two encoded words is none.
        if !(after_word && head.trim().is_empty()) {
            out.push_str(head);
        }
        let Some((word, length)) = word(&rest[start..]) else {
            out.push_str("=?");
            rest = &rest[start + 2..];
            after_word = false;
            continue;
        };
        out.push_str(&word);
        rest = &rest[start + length..];
        after_word = true;
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// `=?utf-8?B?…?=` at the beginning: its text and its length.
fn word(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix("=?")?;
    let (charset, rest) = inside.split_once('?')?;
    let (how, rest) = rest.split_once('?')?;
    let end = rest.find("?=")?;
    let bytes = match how {
        "B" | "b" => STANDARD.decode(&rest[..end]).ok()?,
        "Q" | "q" => quoted::decode(rest[..end].replace('_', " ").as_bytes()),
        _ => return None,
    };
    let length = 2 + charset.len() + 1 + how.len() + 1 + end + 2;
    Some((said(&bytes, charset), length))
}

/// RFC 3834, 5: what no person wrote.
fn is_automatic(letter: &Entity<'_>, from: &str) -> bool {
    let is_said = |name: &str| letter.get(name).is_some();
    let has = |name: &str, words: &[&str]| {
        letter.get(name).is_some_and(|value| words.iter().any(|word| value.to_lowercase().contains(word)))
    };
    let local = from.split('@').next().unwrap_or_default().to_lowercase();
    letter.get("auto-submitted").is_some_and(|how| !how.trim().eq_ignore_ascii_case("no"))
        || has("precedence", &["bulk", "junk", "list", "auto"])
        || is_said("list-id")
        || is_said("list-unsubscribe")
        || is_said("x-autoreply")
        || is_said("x-auto-response-suppress")
        || letter.get("return-path").is_some_and(|path| path.trim() == "<>")
        || letter.media_type() == "multipart/report"
        || from.is_empty()
        || local.contains("mailer-daemon")
        || local.starts_with("postmaster")
        || local.replace(['-', '.', '_'], "").starts_with("noreply")
}

/// A page's words: paragraphs and lines as lines, everything in tags left out.
fn without_tags(html: &str) -> String {
    let small = html.to_ascii_lowercase(); // as long as the page, byte for byte
    let (mut out, mut at) = (String::new(), 0);
    while let Some(start) = small[at..].find('<').map(|found| at + found) {
        out.push_str(&html[at..start]);
        let tag = &small[start + 1..];
        if ["br", "/p", "/div", "/li"].iter().any(|name| tag.starts_with(name)) {
            out.push('\n');
        }
        let unread = ["script", "style"].into_iter().find(|name| tag.starts_with(name));
        let from = match unread {
            Some(name) => small[start..].find(&format!("</{name}")).map_or(small.len(), |found| start + found),
            None => start,
        };
        at = small[from..].find('>').map_or(small.len(), |found| from + found + 1);
    }
    out.push_str(&html[at..]);
    let named = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    named.iter().fold(out, |text, (name, letter)| text.replace(name, letter))
}

/// Without what was quoted below, and without the signature.
fn own_words(text: &str) -> String {
    let mut own: Vec<&str> = Vec::new();
    for line in text.lines() {
        let plain = line.trim();
        let begins_quotation = (plain.ends_with("wrote:") || plain.ends_with("đã viết:") || plain.ends_with("viết:"))
            && plain.contains(|letter: char| letter.is_ascii_digit());
        let begins_copy = plain.starts_with("-----") && (plain.contains("Original") || plain.contains("gốc"));
        if line == "-- " || begins_quotation || begins_copy {
            break;
        }
        if !plain.starts_with('>') {
            own.push(line.trim_end());
        }
    }
    own.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_says_who_and_what() {
        let letter = "From: =?UTF-8?B?TmfGsOG7nWkgZMOibg==?= <dan@thu.vn>\r\nSubject: =?utf-8?Q?H=E1=BB=8Fi_v=E1=BB=81?= =?utf-8?Q?_loa?=\r\n\
            Message-ID: <1@thu.vn>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nLoa ấp tôi hỏng.\r\n> cũ\r\nVào 2/3/2026, Sở đã viết:\r\n> xa\r\n";
        let read = Received::read(letter.as_bytes());
        assert_eq!((read.from.as_str(), read.name.as_str(), read.subject.as_str()), ("dan@thu.vn", "Người dân", "Hỏi về loa"));
        assert_eq!((read.text.as_str(), read.message_id.as_str(), read.is_automatic), ("Loa ấp tôi hỏng.", "1@thu.vn", false));
    }

    #[test]
    fn parts_are_chosen_and_files_counted() {
        let letter = "From: a@b.vn\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n\
            --y\nContent-Type: text/plain\n\nChữ\n--y\nContent-Type: text/html\n\n<b>Chữ</b>\n--y--\n--x\nContent-Type: image/png\n\
            Content-Disposition: attachment\n\nxx\n--x--\n";
        let read = Received::read(letter.as_bytes());
        assert_eq!((read.text.as_str(), read.files), ("Chữ", 1));
        let html =
            "From: a@b.vn\nContent-Type: text/html\n\n<style>p{}</style><p>Một &amp; hai<br>ba</p><script>alert(1)</script>";
        assert_eq!(Received::read(html.as_bytes()).text, "Một & hai\nba");
    }

    #[test]
    fn machines_are_told() {
        for head in
            ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: x", "Return-Path: <>", "From: MAILER-DAEMON@x.vn"]
        {
            let letter = format!("{head}\nFrom: a@b.vn\n\nx");
            assert!(Received::read(letter.as_bytes()).is_automatic, "{head}");
        }
        assert!(!Received::read(b"From: a@b.vn\nAuto-Submitted: no\n\nx").is_automatic);
        assert!(Received::read(b"\xff\xfe").is_automatic, "nobody sent it");
    }
}
