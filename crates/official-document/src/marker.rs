//! The marks that open a part: "III.", "1.2.", "đ)", "-", "Điều 5.", "Chương II".
//!
//! A marker is read from one paragraph alone. Whether a doubtful one ("i)" as a letter or as a Roman number, "2.5" as a
//! number or a quantity) opens a part is decided by what stands before it, in [`crate::outline`].

use vietnamese::list_letter;
use vietnamese::roman::from_roman;

use crate::model::PartKind;
use crate::normal::{folded, is_caps};

/// A mark at the beginning of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    pub kind: PartKind,
    pub style: Style,
    /// The step of a path; empty for bullets.
    pub label: String,
    /// The place in its sequence, from 1; 0 for bullets.
    pub ordinal: u32,
    /// Bytes of the marker at the beginning of the paragraph.
    pub length: usize,
}

/// Markers of one style in one list are siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Style {
    /// "Phần I", "Chương I", "Mục 1", "Tiểu mục 1", "Điều 1".
    Word,
    /// "A.".
    Capital,
    /// "I.".
    Roman,
    /// "1." (depth 1), "1.1." (depth 2); `bare` without the last full stop, which may be a quantity.
    Decimal { depth: u8, bare: bool },
    /// "1)".
    Bracket,
    /// "(1)".
    Brackets,
    /// "a)", "a.", "a/".
    Letter,
    /// "(a)".
    LetterBrackets,
    /// "ii)".
    SmallRoman,
    /// A bullet, by its sign.
    Bullet(char),
}

impl Marker {
    fn new(kind: PartKind, style: Style, label: &str, ordinal: u32, length: usize) -> Self {
        Self { kind, style, label: label.to_owned(), ordinal, length }
    }

    /// The marker of a paragraph in tidy form, if it has one.
    pub fn of(text: &str) -> Option<Self> {
        let first = text.chars().next()?;
        match first {
            '0'..='9' => decimal(text),
            '(' => bracketed(text),
            'P' | 'p' | 'C' | 'c' | 'M' | 'm' | 'T' | 't' | 'Đ' | 'đ' | 'Ð' | 'ð' => {
                worded(text).or_else(|| capital(text)).or_else(|| letter(text))
            }
            'A'..='Z' => capital(text),
            _ if first.is_lowercase() => letter(text),
            _ => bullet(text, first),
        }
    }
}

/// The text after a marker must not run on in the same word.
fn stands_free(rest: &str) -> bool {
    match rest.chars().next() {
        None => true,
        Some(next) => next.is_whitespace() || next.is_uppercase() || matches!(next, '“' | '"' | '[' | '(' | '‘'),
    }
}

const COMPONENTS_MAX: usize = 6;

fn decimal(text: &str) -> Option<Marker> {
    let numeral = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let numeral = &text[..numeral];
    let label = numeral.trim_end_matches('.');
    let closed = numeral.len() == label.len() + 1;
    let components: Vec<&str> = label.split('.').take(COMPONENTS_MAX + 1).collect();
    let longest = if components.len() == 1 { 3 } else { 2 };
    let numbered = components.iter().all(|part| (1..=longest).contains(&part.len()));
    if !numbered || components.len() > COMPONENTS_MAX || numeral.len() > label.len() + 1 {
        return None;
    }
    let ordinal = components.last()?.parse().ok()?;
    let depth = u8::try_from(components.len()).ok()?;
    let rest = &text[numeral.len()..];
    if closed && stands_free(rest) {
        let style = Style::Decimal { depth, bare: false };
        return Some(Marker::new(PartKind::Number, style, label, ordinal, numeral.len()));
    }
    match rest.chars().next()? {
        ')' if !closed && stands_free(&rest[1..]) => {
            Some(Marker::new(PartKind::Number, Style::Bracket, label, ordinal, numeral.len() + 1))
        }
        '/' | '-' if !closed && rest[1..].starts_with(' ') => {
            // "2.1-", as the Party numbers, is no quantity; "1-" may be.
            let style = Style::Decimal { depth, bare: depth == 1 };
            Some(Marker::new(PartKind::Number, style, label, ordinal, numeral.len() + 1))
        }
        ' ' if !closed && depth > 1 => {
            let style = Style::Decimal { depth, bare: true };
            Some(Marker::new(PartKind::Number, style, label, ordinal, numeral.len()))
        }
        _ => None,
    }
}

/// "(1)", "(a)", "(ii)".
fn bracketed(text: &str) -> Option<Marker> {
    let inside = &text[1..];
    let (label, rest) = inside.split_once(')').filter(|(label, _)| (1..=5).contains(&label.len()))?;
    let length = label.len() + 2;
    if !stands_free(rest) {
        return None;
    }
    if label.len() <= 2 && label.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Marker::new(PartKind::Number, Style::Brackets, label, label.parse().ok()?, length));
    }
    if let Some(ordinal) = letter_ordinal(label) {
        return Some(Marker::new(PartKind::Letter, Style::LetterBrackets, label, ordinal, length));
    }
    let ordinal = roman(&label.to_uppercase()).filter(|_| !is_caps(label))?;
    Some(Marker::new(PartKind::Letter, Style::SmallRoman, label, ordinal, length))
}

/// "I.", "A.".
fn capital(text: &str) -> Option<Marker> {
    let label_length = text.bytes().take(8).take_while(u8::is_ascii_uppercase).count();
    let (label, rest) = text.split_at(label_length);
    let closer = closer_length(rest)?;
    let length = label_length + closer;
    if let Some(ordinal) = roman(label) {
        return Some(Marker::new(PartKind::Roman, Style::Roman, label, ordinal, length));
    }
    let ordinal = letter_ordinal(&label.to_lowercase()).filter(|_| label_length == 1)?;
    Some(Marker::new(PartKind::Phan, Style::Capital, label, ordinal, length))
}

/// Bytes of what closes a capital marker: ".", ")", "/", "-" and, before a title in capitals, " -" and ":".
fn closer_length(rest: &str) -> Option<usize> {
    let mut characters = rest.chars();
    match characters.next()? {
        '.' | ')' if stands_free(&rest[1..]) => Some(1),
        '/' | '-' if rest[1..].starts_with(' ') => Some(1),
        ':' if is_caps(rest) => Some(1),
        ' ' => {
            let dash = characters.next().filter(|c| matches!(c, '-' | '–' | '—'))?;
            is_caps(rest).then_some(1 + dash.len_utf8())
        }
        _ => None,
    }
}

/// "a)", "đ)", "a.", "a/", "a1)", "ii)".
fn letter(text: &str) -> Option<Marker> {
    let end = text.char_indices().take(8).find(|(_, c)| matches!(c, ')' | '.' | '/'))?.0;
    let (label, rest) = text.split_at(end);
    let bracket = rest.starts_with(')');
    let free = if bracket { true } else { rest[1..].is_empty() || stands_free(&rest[1..]) };
    if !free || (rest.starts_with('/') && !rest[1..].starts_with(' ')) {
        return None;
    }
    if let Some(ordinal) = letter_ordinal(label) {
        return Some(Marker::new(PartKind::Letter, Style::Letter, label, ordinal, end + 1));
    }
    let ordinal = roman(&label.to_uppercase()).filter(|_| bracket && label.is_ascii())?;
    Some(Marker::new(PartKind::Letter, Style::SmallRoman, label, ordinal, end + 1))
}

/// The place of a letter among those that number points, from 1: the Vietnamese ones (NĐ 30/2020/NĐ-CP, Phụ lục I) with
/// those that are not Vietnamese and yet are met in their places. "a1", inserted, has the place of "a".
fn letter_ordinal(label: &str) -> Option<u32> {
    let mut characters = label.chars();
    let first = characters.next()?;
    let inserted = characters.as_str();
    let plain = first.is_lowercase() && inserted.len() <= 1 && inserted.bytes().all(|byte| byte.is_ascii_digit());
    let bare = vietnamese::fold(first.encode_utf8(&mut [0; 4])).bytes().next().filter(u8::is_ascii_lowercase)?;
    let place = u32::from(bare - b'a') + 1;
    let after_d = bare > b'd' || matches!(first, 'đ' | 'ð');
    plain.then_some(place + u32::from(after_d))
}

/// The Vietnamese letters between two places.
pub(crate) fn letters_skipped(from: u32, to: u32) -> Vec<char> {
    let between = list_letter::LIST_LETTERS.into_iter();
    between.filter(|letter| letter_ordinal(&letter.to_string()).is_some_and(|place| (from + 1..to).contains(&place))).collect()
}

/// The value of a Roman number in capitals, as far as parts are numbered: "C." and "D." are letters.
pub(crate) fn roman(numeral: &str) -> Option<u32> {
    const MOST: u32 = 99;
    from_roman(numeral).filter(|value| *value <= MOST && numeral.starts_with(char::is_uppercase))
}

/// "Phần thứ nhất", "Chương I", "Mục 1", "Tiểu mục 1", "Điều 1".
fn worded(text: &str) -> Option<Marker> {
    const WORDS: [(&str, PartKind); 5] = [
        ("phan ", PartKind::Phan),
        ("chuong ", PartKind::Chuong),
        ("muc ", PartKind::Muc),
        ("tieu muc ", PartKind::TieuMuc),
        ("dieu ", PartKind::Dieu),
    ];
    let head = folded(text, 10);
    let (word, kind) = WORDS.into_iter().find(|(word, _)| head.starts_with(word))?;
    let after_word: usize = text.chars().take(word.chars().count()).map(char::len_utf8).sum();
    let rest = &text[after_word..];
    let (ordinal, numeral) = if kind == PartKind::Phan { nth(rest) } else { None }.or_else(|| numeral(rest))?;
    let label_length = after_word + numeral;
    let (label, rest) = text.split_at(label_length);
    let closer = usize::from(rest.starts_with(['.', ':']));
    let titled = rest.is_empty() || closer == 1 || (kind != PartKind::Dieu && is_caps(rest));
    titled.then(|| Marker::new(kind, Style::Word, label, ordinal, label_length + closer))
}

/// A Roman or Arabic number at the beginning, with an inserted letter ("5a"): its value and its bytes.
fn numeral(text: &str) -> Option<(u32, usize)> {
    let word = text.split(|c: char| !c.is_alphanumeric()).next()?;
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=4).contains(&digits) && word.chars().count() <= digits + 1 {
        return Some((word[..digits].parse().ok()?, word.len()));
    }
    Some((roman(word)?, word.len()))
}

/// "thứ nhất" … "thứ mười": its value and its bytes.
fn nth(text: &str) -> Option<(u32, usize)> {
    const NTH: [&str; 10] = ["nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"];
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    let first = words.next().filter(|word| folded(word, 8) == "thu")?;
    let second = words.next()?;
    let place = NTH.iter().position(|word| *word == folded(second, 8))?;
    Some((u32::try_from(place + 1).ok()?, first.len() + 1 + second.len()))
}

fn bullet(text: &str, sign: char) -> Option<Marker> {
    let rest = &text[sign.len_utf8()..];
    let next = rest.chars().next();
    let free = next.is_none_or(|next| next.is_whitespace() || next.is_alphabetic() || matches!(next, '“' | '"'));
    let (kind, sign) = match sign {
        '-' | '–' | '—' | '‒' | '―' => (PartKind::Dash, '-'),
        '+' => (PartKind::Plus, '+'),
        '•' | '●' | '▪' | '■' | '◦' | '○' | '▫' | '◆' | '❖' | '➢' | '➤' | '✓' | '·' | '*' | '§' => {
            (PartKind::Dash, sign)
        }
        '\u{f000}'..='\u{f0ff}' => (PartKind::Dash, sign),
        _ => return None,
    };
    let length = text.len() - rest.len();
    free.then(|| Marker::new(kind, Style::Bullet(sign), "", 0, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(PartKind, String, String, u32)> {
        let marker = Marker::of(text)?;
        let written = text[..marker.length].to_owned();
        Some((marker.kind, written, marker.label, marker.ordinal))
    }

    #[track_caller]
    fn expect(text: &str, kind: PartKind, written: &str, label: &str, ordinal: u32) {
        assert_eq!(read(text), Some((kind, written.into(), label.into(), ordinal)), "{text}");
    }

    #[test]
    fn what_opens_a_part() {
        expect("III. NHIỆM VỤ", PartKind::Roman, "III.", "III", 3);
        expect("IV- KINH PHÍ", PartKind::Roman, "IV-", "IV", 4);
        expect("I – QUAN ĐIỂM", PartKind::Roman, "I –", "I", 1);
        expect("A. ĐÁNH GIÁ", PartKind::Phan, "A.", "A", 1);
        expect("1. Mục tiêu", PartKind::Number, "1.", "1", 1);
        expect("12.  Sở Tài chính", PartKind::Number, "12.", "12", 12);
        expect("1.2. Chỉ tiêu", PartKind::Number, "1.2.", "1.2", 2);
        expect("2.1- Đảng ủy", PartKind::Number, "2.1-", "2.1", 1);
        expect("1.2.13 Chỉ tiêu", PartKind::Number, "1.2.13", "1.2.13", 13);
        expect("2) Sở", PartKind::Number, "2)", "2", 2);
        expect("(2) Sở", PartKind::Number, "(2)", "2", 2);
        expect("đ)   Xây dựng", PartKind::Letter, "đ)", "đ", 5);
        expect("b.Nội dung", PartKind::Letter, "b.", "b", 2);
        expect("(c) Nội dung", PartKind::Letter, "(c)", "c", 3);
        expect("a1) Nội dung", PartKind::Letter, "a1)", "a1", 1);
        expect("iii) Nội dung", PartKind::Letter, "iii)", "iii", 3);
        expect("- Tổ chức", PartKind::Dash, "-", "", 0);
        expect("– Tổ chức", PartKind::Dash, "–", "", 0);
        expect("-Tổ chức", PartKind::Dash, "-", "", 0);
        expect("+ Tổ chức", PartKind::Plus, "+", "", 0);
        expect("Điều 5. Hiệu lực", PartKind::Dieu, "Điều 5.", "Điều 5", 5);
        expect("ĐIỀU 5a: Hiệu lực", PartKind::Dieu, "ĐIỀU 5a:", "ĐIỀU 5a", 5);
        expect("Chương II", PartKind::Chuong, "Chương II", "Chương II", 2);
        expect("CHƯƠNG I QUY ĐỊNH CHUNG", PartKind::Chuong, "CHƯƠNG I", "CHƯƠNG I", 1);
        expect("Phần thứ hai", PartKind::Phan, "Phần thứ hai", "Phần thứ hai", 2);
        expect("Mục 1. TIẾP NHẬN", PartKind::Muc, "Mục 1.", "Mục 1", 1);
        expect("Tiểu mục 2", PartKind::TieuMuc, "Tiểu mục 2", "Tiểu mục 2", 2);
    }

    #[test]
    fn what_only_looks_like_it() {
        for text in [
            "1.234 tỷ đồng",
            "2026 là năm",
            "18/5 hằng năm",
            "-5 độ",
            "Điều 5 Luật Ngân sách",
            "Chương II của Nghị định",
            "Mục tiêu chung",
            "Phần mềm dùng chung",
            "Mục 1 Chương này",
            "100% cơ quan",
            "IIII. Sai",
            "ABC. Tên",
            "và a)",
            "“Điều 5. Nội dung",
            "(sau đây gọi tắt là Chương trình)",
            "1.2.3.4.5.6.7. Sâu",
            "1.. Sai",
            "",
            "TM. ỦY BAN",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn letters_between() {
        assert!(letters_skipped(4, 5).is_empty());
        assert_eq!(letters_skipped(4, 6), ['đ']);
        assert!(letters_skipped(6, 8).is_empty(), "f is not Vietnamese");
        assert_eq!(letters_skipped(5, 8), ['e']);
    }

    #[test]
    fn roman_numbers_of_parts() {
        assert_eq!(roman("XIV"), Some(14));
        assert_eq!(roman("IIX"), None);
        assert_eq!(roman("C"), None);
        assert_eq!(roman("iv"), None);
    }
}
