//! The code tables, over text that holds one character per byte (U+0000 to U+00FF).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

use super::LegacyEncoding;
use crate::letter::{self, Tone};

/// What Windows-1252 has at 0x80 to 0x9F; the five holes are control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’', '“', '”',
    '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// TCVN 5712:1993 VN3 from 0xA1 to 0xFE; `_` where it has nothing.
#[rustfmt::skip]
const TCVN3: [char; 94] = [
    'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', '_', '_',
    '_', '_', '_', '_', 'à', 'ả', 'ã', 'á', 'ạ', '_', 'ằ', 'ẳ', 'ẵ', 'ắ', '_', '_',
    '_', '_', '_', '_', '_', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', '_', 'ẻ', 'ẽ', 'é',
    'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', '_', '_', '_', 'ĩ', 'í', 'ị', 'ò', '_',
    'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', '_',
    'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ',
];

/// One character per byte.
pub(super) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|b| char::from(*b)).collect()
}

/// Undoes a reading as Windows-1252: its characters go back to one character per byte, others stay.
pub(super) fn back_to_bytes(text: &str) -> String {
    text.chars().map(to_byte).collect()
}

fn to_byte(c: char) -> char {
    match WINDOWS_1252.iter().position(|known| *known == c) {
        Some(at) => char::from(0x80 + at as u8),
        None => c,
    }
}

/// A character that no table knows means what it means in Windows-1252.
fn from_windows_1252(byte: char) -> char {
    match byte {
        '\u{80}'..='\u{9F}' => WINDOWS_1252[byte as usize - 0x80],
        _ => byte,
    }
}

pub(super) fn decode(bytes: &str, encoding: LegacyEncoding) -> String {
    match encoding {
        LegacyEncoding::Tcvn3 => bytes.chars().map(tcvn3).collect(),
        LegacyEncoding::Windows1258 => bytes.chars().map(windows_1258).nfc().collect(),
        LegacyEncoding::Vni => vni(bytes),
        LegacyEncoding::Mojibake => mojibake(bytes),
        LegacyEncoding::Viqr => bytes.to_owned(),
    }
}

fn tcvn3(byte: char) -> char {
    let at = (byte as usize).checked_sub(0xA1);
    match at.and_then(|at| TCVN3.get(at)) {
        Some('_') | None => from_windows_1252(byte),
        Some(letter) => *letter,
    }
}

fn windows_1258(byte: char) -> char {
    match byte as u32 {
        0xC3 => 'Ă',
        0xCC => '\u{300}',
        0xD0 => 'Đ',
        0xD2 => '\u{309}',
        0xD5 => 'Ơ',
        0xDD => 'Ư',
        0xDE => '\u{303}',
        0xE3 => 'ă',
        0xEC => '\u{301}',
        0xF0 => 'đ',
        0xF2 => '\u{323}',
        0xF5 => 'ơ',
        0xFD => 'ư',
        0xFE => '₫',
        _ => from_windows_1252(byte),
    }
}

/// VNI writes a letter and behind it one byte for all of its marks; some letters have a byte of their own.
fn vni(bytes: &str) -> String {
    let mut decoded = String::with_capacity(bytes.len() * 2);
    let mut rest = bytes.chars().peekable();
    while let Some(byte) = rest.next() {
        let letter = vni_letter(byte);
        match rest.peek().and_then(|mark| vni_marked(letter, *mark)) {
            Some(marked) => {
                decoded.push(marked);
                rest.next();
            }
            None => decoded.push(from_windows_1252(letter)),
        }
    }
    decoded
}

fn vni_letter(byte: char) -> char {
    match byte as u32 {
        0xC6 => 'Ỉ',
        0xCE => 'Ỵ',
        0xD1 => 'Đ',
        0xD2 => 'Ị',
        0xD3 => 'Ĩ',
        0xD4 => 'Ơ',
        0xD6 => 'Ư',
        0xE6 => 'ỉ',
        0xEE => 'ỵ',
        0xF1 => 'đ',
        0xF2 => 'ị',
        0xF3 => 'ĩ',
        0xF4 => 'ơ',
        0xF6 => 'ư',
        _ => byte,
    }
}

fn vni_marked(letter: char, mark: char) -> Option<char> {
    // Marks behind capitals are capitals themselves, 0x20 below.
    let mark = match mark as u32 {
        code @ 0xC0..=0xDF => code + 0x20,
        code => code,
    };
    let tone = |marks: [u32; 6]| marks.iter().position(|m| *m == mark).map(|at| Tone::ALL[at]);
    let plain = tone([0, 0xF8, 0xF9, 0xFB, 0xF5, 0xEF]).map(|tone| ('\0', tone));
    let circumflex = tone([0xE2, 0xE0, 0xE1, 0xE5, 0xE3, 0xE4]).map(|tone| ('\u{302}', tone));
    let breve = tone([0xEA, 0xE8, 0xE9, 0xFA, 0xFC, 0xEB]).map(|tone| ('\u{306}', tone));
    let takes = |letters: &str| letters.contains(letter);
    match plain.or(circumflex).or(breve)? {
        ('\0', tone) if takes("aeouyơưAEOUYƠƯ") => letter::join(letter, tone),
        ('\u{302}', tone) if takes("aeoAEO") => letter::join(compose(letter, '\u{302}')?, tone),
        ('\u{306}', tone) if takes("aA") => letter::join(compose(letter, '\u{306}')?, tone),
        _ => None,
    }
}

/// Reads runs of high bytes as UTF-8, again while that still helps (text can be misread more than once).
fn mojibake(bytes: &str) -> String {
    let mut text = bytes.to_owned();
    for _ in 0..3 {
        let once = mojibake_once(&text);
        let helped = once.chars().count() < text.chars().count();
        if !helped {
            break;
        }
        text = back_to_bytes(&once);
    }
    text.chars().map(from_windows_1252).collect()
}

fn mojibake_once(bytes: &str) -> String {
    let mut decoded = String::with_capacity(bytes.len());
    let mut run: Vec<u8> = Vec::new();
    for c in bytes.chars() {
        match u8::try_from(c as u32) {
            Ok(byte) => run.push(byte),
            Err(_) => {
                push_run(&mut run, &mut decoded);
                decoded.push(c);
            }
        }
    }
    push_run(&mut run, &mut decoded);
    decoded
}

fn push_run(run: &mut Vec<u8>, decoded: &mut String) {
    for chunk in run.utf8_chunks() {
        decoded.push_str(chunk.valid());
        decoded.push_str(&latin1(chunk.invalid()));
    }
    run.clear();
}
