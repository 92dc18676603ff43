//! Lines of a letter's head (RFC 5322), made so that no text of somebody's becomes a line of its own.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const LINE_MAX: usize = 76;
/// Bytes in an encoded word (RFC 2047: 75 with its frame of 12), before base64.
const WORD_BYTES_MAX: usize = 42;

/// A text as one line: what could end a line, or is not to be seen, becomes a space.
#[must_use]
pub fn one_line(text: &str) -> String {
    let is_space = |letter: char| letter.is_whitespace() || letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    text.split(is_space).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Writes `name: text`, folded, other letters as encoded words.
pub fn unstructured(name: &str, text: &str, out: &mut Vec<u8>) {
    let text = one_line(text);
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    if is_plain(&text) && name.len() + 2 + text.len() <= LINE_MAX {
        out.extend_from_slice(text.as_bytes());
    } else {
        words(&text, out);
    }
    out.extend_from_slice(b"\r\n");
}

/// Writes `name: text` where the text is well formed already: ids, addresses of pages in angle brackets. What could end the line is
/// taken out all the same.
pub fn raw(name: &str, text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend(text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n' | 0)));
    out.extend_from_slice(b"\r\n");
}

/// Writes `name: "display name" <address>`.
pub fn mailbox(name: &str, display: &str, address: &str, out: &mut Vec<u8>) {
    let display = one_line(display);
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    if display.is_empty() {
        out.extend(address.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n' | 0)));
        out.extend_from_slice(b"\r\n");
        return;
    }
    if is_plain(&display) && display.len() <= LINE_MAX / 2 {
        out.push(b'"');
        for byte in display.bytes() {
            if matches!(byte, b'"' | b'\\') {
                out.push(b'\\');
            }
            out.push(byte);
        }
        out.push(b'"');
    } else {
        words(&display, out);
    }
    out.extend_from_slice(b"\r\n <");
    out.extend(address.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n' | 0)));
    out.extend_from_slice(b">\r\n");
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (32..=126).contains(&byte)) && !text.contains("=?")
}

/// Encoded words, one a line, cut between letters.
fn words(text: &str, out: &mut Vec<u8>) {
    let mut word = String::new();
    let mut first = true;
    let mut end = |word: &mut String, out: &mut Vec<u8>| {
        if !std::mem::take(&mut first) {
            out.extend_from_slice(b"\r\n ");
        }
        out.extend_from_slice(b"=?UTF-8?B?");
        out.extend_from_slice(STANDARD.encode(word.as_bytes()).as_bytes());
        out.extend_from_slice(b"?=");
        word.clear();
    };
    for letter in text.chars() {
        if word.len() + letter.len_utf8() > WORD_BYTES_MAX {
            end(&mut word, out);
        }
        word.push(letter);
    }
    end(&mut word, out);
}
