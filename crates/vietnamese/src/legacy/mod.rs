//! Recognising text in the encodings that Vietnamese had before Unicode, or that went wrong on the way to it.
//!
//! A reader that meets such bytes should refuse them by name rather than show *Céng hoµ x· héi*. [`detect`] tries each
//! encoding and asks whether what comes out is Vietnamese: the share of marked words that are well-formed syllables. Real
//! Vietnamese, other languages and binary data give `None`.

mod codes;
mod evidence;
mod viqr;

use std::borrow::Cow;
use std::fmt;

use evidence::Evidence;

/// An encoding, or a damage, that [`detect`] can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LegacyEncoding {
    /// TCVN 5712:1993 (VN3), the fonts `.VnTime`, also called ABC: *Céng hoµ x· héi*.
    Tcvn3,
    /// VNI for Windows, the fonts `VNI-Times`: *Coäng hoøa xaõ hoäi*.
    Vni,
    /// VIQR, marks as ASCII punctuation: *Co^.ng ho`a xa~ ho^.i* (RFC 1456).
    Viqr,
    /// Windows-1258, letters followed by combining marks in one byte each.
    Windows1258,
    /// UTF-8 that was once read as Windows-1252: *Cá»™ng hÃ²a*.
    Mojibake,
}

impl LegacyEncoding {
    /// The name to show.
    pub const fn name(self) -> &'static str {
        match self {
            LegacyEncoding::Tcvn3 => "TCVN3 (ABC)",
            LegacyEncoding::Vni => "VNI-Windows",
            LegacyEncoding::Viqr => "VIQR",
            LegacyEncoding::Windows1258 => "Windows-1258",
            LegacyEncoding::Mojibake => "UTF-8 đọc nhầm thành Windows-1252",
        }
    }
}

impl fmt::Display for LegacyEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// As much as is looked at, in bytes: enough for a verdict, little enough for hostile input.
const SAMPLE_BYTES: usize = 32 * 1024;

const EIGHT_BIT: [LegacyEncoding; 4] =
    [LegacyEncoding::Windows1258, LegacyEncoding::Tcvn3, LegacyEncoding::Vni, LegacyEncoding::Mojibake];

/// Names the legacy encoding of some bytes: the raw bytes of a file, or UTF-8 text in which such bytes were taken for
/// Windows-1252 (text with TCVN3 or VNI fonts pasted or saved as Unicode).
///
/// `None` for Vietnamese in UTF-8, for other languages, for binary data, and where fewer than a handful of marked words
/// speak.
///
/// ```
/// use vietnamese::legacy::{LegacyEncoding, detect};
/// assert_eq!(detect("Céng hoµ x· héi chñ nghÜa ViÖt Nam".as_bytes()), Some(LegacyEncoding::Tcvn3));
/// assert_eq!(detect("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam".as_bytes()), Some(LegacyEncoding::Vni));
/// assert_eq!(detect("Cộng hòa xã hội chủ nghĩa Việt Nam".as_bytes()), None);
/// ```
pub fn detect(bytes: &[u8]) -> Option<LegacyEncoding> {
    let sample = sample(bytes);
    if looks_binary(sample) {
        return None;
    }
    match as_utf8(sample) {
        Some(text) => detect_in_text(text),
        None => best_of(&codes::latin1(sample), &Evidence::default(), &EIGHT_BIT[..3], 2),
    }
}

/// [`detect`] for text that is already decoded.
pub fn detect_in_text(text: &str) -> Option<LegacyEncoding> {
    if text.is_ascii() {
        return viqr::is_likely(text).then_some(LegacyEncoding::Viqr);
    }
    let as_it_is = Evidence::of(text);
    if as_it_is.is_vietnamese(3) {
        return None;
    }
    best_of(&codes::back_to_bytes(text), &as_it_is, &EIGHT_BIT, 3)
}

/// Turns text in a legacy encoding into Unicode, composed; what the encoding does not know stays.
///
/// Capitals of TCVN3 come out as small letters, for that encoding leaves capitals to the font.
///
/// ```
/// use vietnamese::legacy::{LegacyEncoding, convert};
/// assert_eq!(convert("Céng hoµ x· héi", LegacyEncoding::Tcvn3), "Cộng hoà xã hội");
/// ```
pub fn convert(text: &str, from: LegacyEncoding) -> String {
    match from {
        LegacyEncoding::Viqr => viqr::decode(text),
        _ => codes::decode(&codes::back_to_bytes(text), from),
    }
}

/// [`convert`] for raw bytes.
pub fn decode(bytes: &[u8], from: LegacyEncoding) -> String {
    let text = match from {
        LegacyEncoding::Viqr | LegacyEncoding::Mojibake => String::from_utf8_lossy(bytes),
        _ => Cow::Owned(codes::latin1(bytes)),
    };
    convert(&text, from)
}

/// The encoding under which the text, given as one character per byte, reads as Vietnamese, and far better than it does
/// as it is.
fn best_of(bytes: &str, as_it_is: &Evidence, encodings: &[LegacyEncoding], words_min: usize) -> Option<LegacyEncoding> {
    let read_as = |encoding| (Evidence::of(&codes::decode(bytes, encoding)), encoding);
    encodings
        .iter()
        .map(|encoding| read_as(*encoding))
        .filter(|(evidence, _)| evidence.is_vietnamese(words_min) && evidence.beats(as_it_is))
        .max_by_key(|(evidence, _)| evidence.balance())
        .map(|(_, encoding)| encoding)
}

/// A stretch that begins at the word with the first byte beyond ASCII, where the evidence begins.
fn sample(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let start = bytes[..first].iter().rposition(u8::is_ascii_whitespace).unwrap_or(0);
    &bytes[start..bytes.len().min(start + SAMPLE_BYTES)]
}

fn looks_binary(sample: &[u8]) -> bool {
    let controls = sample.iter().filter(|b| matches!(b, 0..=8 | 14..=31 | 127)).count();
    sample.contains(&0) || controls * 100 > sample.len()
}

/// The text, when the bytes are UTF-8 but for a character cut at the end.
fn as_utf8(sample: &[u8]) -> Option<&str> {
    match std::str::from_utf8(sample) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&sample[..error.valid_up_to()]).ok(),
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests;
