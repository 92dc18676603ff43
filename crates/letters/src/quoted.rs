//! Quoted-printable (RFC 2045, 6.7): lines of 76 at most, nothing that a server on the way would change.

const LINE_MAX: usize = 75;
const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Writes a text; what it holds as `\n`, `\r` or both ends a line. It may be followed by another piece: it then ends with
/// [`soft_break`].
pub fn encode(text: &str, out: &mut Vec<u8>) {
    let mut column = 0;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'\r' || byte == b'\n' {
            if byte == b'\r' && bytes.peek() == Some(&b'\n') {
                bytes.next();
            }
            out.extend_from_slice(b"\r\n");
            column = 0;
            continue;
        }
        let ends_line = bytes.peek().is_none_or(|next| *next == b'\r' || *next == b'\n');
        let plain = match byte {
            b'=' => false,
            b' ' | b'\t' => !ends_line,
            // A dot alone would end the letter; "From " is changed by old mailboxes.
            b'.' | b'F' => column != 0,
            33..=126 => true,
            _ => false,
        };
        let width = if plain { 1 } else { 3 };
        if column + width > LINE_MAX {
            soft_break(out);
            column = 0;
            // What was plain inside a line may not be so at its beginning.
            if plain && matches!(byte, b'.' | b'F') {
                escape(byte, out);
                column = 3;
                continue;
            }
        }
        if plain {
            out.push(byte);
        } else {
            escape(byte, out);
        }
        column += width;
    }
}

fn escape(byte: u8, out: &mut Vec<u8>) {
    out.extend_from_slice(&[b'=', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
}

/// Ends the line of the encoding, not of the text.
pub fn soft_break(out: &mut Vec<u8>) {
    out.extend_from_slice(b"=\r\n");
}

/// What was encoded; what is not well formed stays as it is.
pub fn decode(bytes: &[u8]) -> Vec<u8> {
    let digit =
        |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        if byte == b'=' {
            if rest.starts_with(b"\r\n") {
                at += 3;
                continue;
            }
            if rest.starts_with(b"\n") {
                at += 2;
                continue;
            }
            if let (Some(high), Some(low)) = (digit(rest.first()), digit(rest.get(1))) {
                out.push(high << 4 | low);
                at += 3;
                continue;
            }
        }
        out.push(byte);
        at += 1;
    }
    out
}
