//! "ToUnicode": which characters the codes of a font mean (ISO 32000-1, 9.10.3; Adobe Technical Note 5014).
//!
//! The library's own reader follows nesting without a bound and ranges without an end; so maps are read here, and given
//! to it in their plainest form.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Codes of a font.
const CODES_MAX: usize = 65_536;
/// Sections of a plain map hold at most so many lines.
const SECTION: usize = 100;

/// Characters by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CharacterMap(BTreeMap<u32, String>);

impl CharacterMap {
    /// Reads a map; what is no map gives no characters.
    pub fn read(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut section = Section::None;
        let mut waiting: Vec<Vec<u8>> = Vec::new();
        let mut list: Option<Vec<Vec<u8>>> = None;
        for token in Tokens(bytes) {
            match (token, &mut list) {
                (Token::Word(word), _) => {
                    section = Section::named(word).unwrap_or(section);
                    waiting.clear();
                    list = None;
                }
                (Token::Hex(hex), Some(list)) => list.push(hex),
                (Token::Hex(hex), None) => waiting.push(hex),
                (Token::Open, _) => list = Some(Vec::new()),
                (Token::Close, _) => {
                    if let (Section::Ranges, [from, _], Some(list)) = (section, waiting.as_slice(), list.take()) {
                        (code(from)..).zip(list).for_each(|(code, text)| map.insert(code, &text));
                    }
                    waiting.clear();
                }
            }
            match (section, waiting.as_slice()) {
                (Section::Characters, [from, text]) => map.insert(code(from), text),
                (Section::Ranges, [from, to, text]) => map.range(code(from), code(to), text),
                _ => continue,
            }
            waiting.clear();
        }
        map
    }

    /// Codes that are the characters themselves, moved by `offset`.
    pub fn direct(codes: std::ops::RangeInclusive<u32>, offset: u32) -> Self {
        let character = |code: u32| Some((code, char::from_u32(code + offset)?.to_string()));
        Self(codes.take(CODES_MAX).filter_map(character).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn insert(&mut self, code: u32, text: &[u8]) {
        if self.0.len() < CODES_MAX {
            let units: Vec<u16> = text.chunks(2).map(|pair| u16::from_be_bytes([pair[0], *pair.get(1).unwrap_or(&0)])).collect();
            let units = if text.len() == 1 { vec![u16::from(text[0])] } else { units };
            self.0.insert(code, String::from_utf16_lossy(&units));
        }
    }

    /// Codes that follow one another; the last unit of the text counts with them.
    fn range(&mut self, from: u32, to: u32, text: &[u8]) {
        for (step, code) in (0u32..).zip(from..=to).take(CODES_MAX) {
            let mut text = text.to_vec();
            let mut carry = step;
            for byte in text.iter_mut().rev().take(2) {
                let sum = u32::from(*byte) + (carry & 0xff);
                *byte = u8::try_from(sum & 0xff).unwrap_or(0);
                carry = (carry >> 8) + (sum >> 8);
            }
            self.insert(code, &text);
        }
    }

    /// The map in its plainest form; codes are written with so many bytes.
    pub fn plain(&self, bytes: usize) -> Vec<u8> {
        let mut written = String::from("/CIDInit /ProcSet findresource begin begincmap\n");
        let entries: Vec<(&u32, &String)> = self.0.iter().collect();
        for section in entries.chunks(SECTION) {
            // Writing to a string can not fail.
            let _ = writeln!(written, "{} beginbfchar", section.len());
            for (code, text) in section {
                let units: String = text.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
                let _ = writeln!(written, "<{code:0width$x}> <{units}>", width = bytes * 2);
            }
            written.push_str("endbfchar\n");
        }
        written.push_str("endcmap end\n");
        written.into_bytes()
    }
}

#[derive(Clone, Copy)]
enum Section {
    None,
    Characters,
    Ranges,
}

impl Section {
    fn named(word: &[u8]) -> Option<Self> {
        match word {
            b"beginbfchar" => Some(Self::Characters),
            b"beginbfrange" => Some(Self::Ranges),
            b"endbfchar" | b"endbfrange" => Some(Self::None),
            _ => None,
        }
    }
}

/// A code of up to four bytes.
fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

enum Token<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

struct Tokens<'a>(&'a [u8]);

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let start = self.0.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != 0)?;
        let rest = &self.0[start..];
        let (token, length) = match rest {
            [b'<', b'<', ..] | [b'>', b'>', ..] => (Token::Word(&rest[..2]), 2),
            [b'<', ..] => {
                let end = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
                (Token::Hex(hex(&rest[1..end])), (end + 1).min(rest.len()))
            }
            [b'[', ..] => (Token::Open, 1),
            [b']', ..] => (Token::Close, 1),
            _ => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>' | b'[' | b']');
                let end = rest.iter().skip(1).position(ends).map_or(rest.len(), |end| end + 1);
                (Token::Word(&rest[..end]), end)
            }
        };
        self.0 = &rest[length..];
        Some(token)
    }
}

/// Bytes of hexadecimal digits; an odd last digit counts as its tens.
fn hex(digits: &[u8]) -> Vec<u8> {
    let values = digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)).filter_map(|value| u8::try_from(value).ok());
    let values: Vec<u8> = values.collect();
    values.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn characters(map: &CharacterMap) -> Vec<(u32, &str)> {
        map.0.iter().map(|(code, text)| (*code, text.as_str())).collect()
    }

    const MAP: &[u8] = b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <00> <FF> endcodespacerange
        2 beginbfchar <03> <1EA5> <04><00660069> endbfchar
        2 beginbfrange <0010> <0012> <0041> <20> <21> [<0110> <0111>] endbfrange endcmap";

    #[test]
    fn characters_and_ranges() {
        let expected = [(3, "ấ"), (4, "fi"), (0x10, "A"), (0x11, "B"), (0x12, "C"), (0x20, "Đ"), (0x21, "đ")];
        assert_eq!(characters(&CharacterMap::read(MAP)), expected);
    }

    #[test]
    fn the_plain_form_says_the_same() {
        let map = CharacterMap::read(MAP);
        assert_eq!(CharacterMap::read(&map.plain(2)), map);
    }

    #[test]
    fn hostile_maps_end() {
        assert!(CharacterMap::read("[".repeat(100_000).as_bytes()).is_empty());
        assert!(CharacterMap::read("(".repeat(100_000).as_bytes()).is_empty());
        let endless = CharacterMap::read(b"beginbfrange <00000000> <ffffffff> <0000>");
        assert_eq!(endless.0.len(), CODES_MAX);
        assert!(CharacterMap::read(b"beginbfrange <05> <01> <0041> <").is_empty());
    }
}
