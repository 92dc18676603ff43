//! Bytes of a text file into characters.

use vietnamese::legacy::{LegacyEncoding, detect, detect_in_text};

use crate::error::ReadError;

/// So much of a text shows which fonts it is set in.
const SAMPLE_CHARACTERS: usize = 20_000;

/// A text and the encoding it came in.
pub(crate) struct Decoded {
    pub text: String,
    pub encoding: &'static str,
}

/// Decodes UTF-8 and UTF-16, with or without a byte order mark; names an older encoding.
pub(crate) fn decode(bytes: &[u8], name: &str) -> Result<Decoded, ReadError> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return utf_8(rest, name);
    }
    // UTF-32, whose mark begins like that of UTF-16: no program that offices use saves a text so.
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(ReadError::UnknownEncoding);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf_16(rest, u16::from_le_bytes, "utf-16le");
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf_16(rest, u16::from_be_bytes, "utf-16be");
    }
    match zeros(bytes) {
        (0, 0) => utf_8(bytes, name),
        (even, odd) if odd > 8 * even.max(1) => utf_16(bytes, u16::from_le_bytes, "utf-16le"),
        (even, odd) if even > 8 * odd.max(1) => utf_16(bytes, u16::from_be_bytes, "utf-16be"),
        _ => Err(ReadError::UnknownFormat { name: name.to_owned() }),
    }
}

/// Zero bytes at even and at odd places of the beginning: UTF-16 has them on one side, UTF-8 text nowhere.
fn zeros(bytes: &[u8]) -> (usize, usize) {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    (zeros(0), zeros(1))
}

fn utf_8(bytes: &[u8], name: &str) -> Result<Decoded, ReadError> {
    match std::str::from_utf8(bytes) {
        Ok(text) if looks_binary(text) => Err(ReadError::UnknownFormat { name: name.to_owned() }),
        Ok(text) => match detect(bytes) {
            Some(encoding) => Err(ReadError::LegacyEncoding { encoding }),
            None => Ok(Decoded { text: text.to_owned(), encoding: "utf-8" }),
        },
        Err(_) => Err(single_byte(bytes, name)),
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16, encoding: &'static str) -> Result<Decoded, ReadError> {
    let pairs = bytes.chunks_exact(2);
    let whole = pairs.remainder().is_empty();
    let text: Result<String, _> = char::decode_utf16(pairs.map(|pair| unit([pair[0], pair[1]]))).collect();
    let text = text.ok().filter(|_| whole).ok_or_else(|| ReadError::corrupt("UTF-16 không trọn"))?;
    Ok(Decoded { text, encoding })
}

/// Many control characters: not a text.
fn looks_binary(text: &str) -> bool {
    let head = || text.chars().take(4096);
    let controls = head().filter(|c| c.is_control() && !c.is_whitespace()).count();
    controls * 50 > head().count()
}

/// Bytes that are not Unicode: text in an older encoding, or no text at all.
fn single_byte(bytes: &[u8], name: &str) -> ReadError {
    let head = &bytes[..bytes.len().min(65_536)];
    let controls = head.iter().filter(|byte| **byte < 32 && !byte.is_ascii_whitespace()).count();
    if controls * 20 > head.len() {
        return ReadError::UnknownFormat { name: name.to_owned() };
    }
    detect(bytes).map_or(ReadError::UnknownEncoding, |encoding| ReadError::LegacyEncoding { encoding })
}

/// Refuses a text set in the fonts of an older encoding, which Unicode programs keep as if it were Latin letters.
pub(crate) fn refuse_old_fonts(text: &str) -> Result<(), ReadError> {
    let end = text.char_indices().nth(SAMPLE_CHARACTERS).map_or(text.len(), |(end, _)| end);
    match detect_in_text(&text[..end]) {
        // Text without marks may look like VIQR; a document of this kind of file is not in it.
        None | Some(LegacyEncoding::Viqr) => Ok(()),
        Some(encoding) => Err(ReadError::LegacyEncoding { encoding }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<(String, &'static str), ReadError> {
        decode(bytes, "a.txt").map(|decoded| (decoded.text, decoded.encoding))
    }

    #[test]
    fn unicode_in_every_form() {
        assert_eq!(text("Kế hoạch".as_bytes()), Ok(("Kế hoạch".into(), "utf-8")));
        assert_eq!(text("\u{feff}Kế hoạch".as_bytes()), Ok(("Kế hoạch".into(), "utf-8")));
        let little: Vec<u8> = "I. Kế hoạch 2026 - tỉnh".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "I. Kế hoạch 2026 - tỉnh".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&[b"\xff\xfe", little.as_slice()].concat()).map(|t| t.1), Ok("utf-16le"));
        assert_eq!(text(&[b"\xfe\xff", big.as_slice()].concat()).map(|t| t.1), Ok("utf-16be"));
        assert_eq!(text(&little), Ok(("I. Kế hoạch 2026 - tỉnh".into(), "utf-16le")));
        assert_eq!(text(&big).map(|t| t.1), Ok("utf-16be"));
    }

    #[test]
    fn older_encodings_are_named() {
        let tcvn3 = "ñy ban nh©n d©n tØnh MÉu ban hµnh KÕ ho¹ch thùc hiÖn n¨m 2026";
        let bytes: Vec<u8> = tcvn3.chars().map(|c| u8::try_from(u32::from(c)).expect("one byte")).collect();
        let named = |bytes: &[u8]| text(bytes).map_err(|error| error.to_string());
        assert!(named(&bytes).is_err_and(|words| words.contains("TCVN3")));
        assert!(named(tcvn3.as_bytes()).is_err_and(|words| words.contains("TCVN3")));
        assert!(refuse_old_fonts(tcvn3).is_err());
        assert!(refuse_old_fonts("Ủy ban nhân dân tỉnh Mẫu ban hành Kế hoạch").is_ok());
        let vni = "UÛy ban nhaân daân tænh Maãu ban haønh Keá hoaïch thöïc hieän naêm 2026";
        assert!(named(vni.as_bytes()).is_err_and(|words| words.contains("VNI")));
        let windows_1258 = b"K\xea\xec hoa\xf2ch thu\xf2c hi\xea\xf2n nhi\xea\xf2m vu\xf2 n\xe3m 2026 cu\xd2a ti\xd2nh";
        assert!(named(windows_1258).is_err_and(|words| words.contains("1258")), "{:?}", named(windows_1258));
    }

    #[test]
    fn what_is_no_unicode_text() {
        for wide in [b"\xff\xfe\0\0K\0\0\0".as_slice(), b"\0\0\xfe\xff\0\0\0K"] {
            assert_eq!(text(wide).map_err(|e| e.code()), Err("unknown-encoding"));
        }
        assert_eq!(text(b"\xff\xfe\xff").map_err(|e| e.code()), Err("corrupt"));
        assert_eq!(text(b"na\xefve caf\xe9").map_err(|e| e.code()), Err("unknown-encoding"));
        assert_eq!(text(b"\x7fELF\x02\x01\x01\x00\x00\x02\x00\x00").map_err(|e| e.code()), Err("unknown-format"));
        assert_eq!(text(b"\xff\xfe\x00\xd8\x41\x00").map_err(|e| e.code()), Err("corrupt"));
        let noise: Vec<u8> = (1..=255).collect();
        assert_eq!(text(&noise).map_err(|e| e.code()), Err("unknown-format"));
    }
}
