//! Personal data, held harder than in a question that its own handler reads: in answers that go public word for word, and in what editors
//! read of questions that were not answered. Pure.

use std::ops::Range;

use vietnamese::personal::{self, Kind};

use crate::questions;

/// An address of an agency is longer than a number with a street; shorter pieces are no part of one.
const PIECE_LETTERS_MIN: usize = 6;
/// Words of a person's name.
const NAME_MAX: usize = 5;
/// The same where nothing is written large: where it ends is not seen.
const SMALL_NAME_MAX: usize = 3;
/// A number of a house stands so many words behind "địa chỉ" or "nhà", at most.
const HOUSE_WITHIN: usize = 8;
/// What stands in the place of a name.
const NAME_WORDS: &str = Kind::Name.words();
const MARKS: &[char] = &[',', '.', ';', ':', '!', '?', '(', ')', '"', '“', '”', '\''];
/// What a person is called by, as it is written; the second list where nobody writes marks.
const HONORIFICS: &[&str] = &["ông", "bà", "anh", "chị", "cô", "chú", "bác", "thầy", "cụ", "dì", "cậu", "em", "mợ"];
const PLAIN_HONORIFICS: &[&str] = &["ong", "ba", "anh", "chi", "chu", "bac", "thay", "cu"];
/// Family names by which a small name is known.
const FAMILIES: &[&str] = &[
    "nguyễn", "trần", "lê", "phạm", "huỳnh", "hoàng", "phan", "võ", "vũ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý",
    "nguyen", "tran", "le", "pham", "huynh", "hoang", "phan", "bui", "ngo",
];
/// Whose house it is, behind "nhà".
const OF_HOUSES: &[&str] = &["toi", "so", "ong", "ba", "anh", "chi", "chu", "bac", "co", "em", "minh", "rieng"];
/// Behind these a number is none of a house.
const COUNTED: &[&str] = &["nam", "thang", "ngay", "quy", "hoach", "dieu", "khoan", "khoa", "dinh", "quyet", "luat", "lop"];

/// Whether a text that everybody will read has somebody's data in it. What agencies show of themselves is nobody's.
#[must_use]
pub fn is_personal(text: &str, known: &[String]) -> bool {
    let known: Vec<String> = known.iter().map(|one| bare(one)).collect();
    personal::find(text).into_iter().any(|one| {
        let found = bare(&text[one.range]);
        // Of an address the number and the street are found, not the commune behind them.
        let is_piece = one.kind == Kind::Address && found.chars().count() >= PIECE_LETTERS_MIN;
        !known.iter().any(|known| *known == found || (is_piece && known.contains(&found)))
    })
}

fn bare(text: &str) -> String {
    let text = vietnamese::normalise(text);
    text.chars().filter(|letter| letter.is_alphanumeric() || *letter == '@').flat_map(char::to_lowercase).collect()
}

/// A question as editors may read it: besides what is hidden everywhere, without persons behind what they are called by, and without
/// numbers of houses before names of streets. Hiding twice is hiding once.
#[must_use]
pub fn hidden(text: &str) -> String {
    let text = questions::mask(text).text;
    let words = words(&text);
    let is_plain = text.is_ascii();
    let (mut out, mut from) = (String::new(), 0);
    for at in 0..words.len() {
        if words[at].range.start < from {
            continue;
        }
        let person = named(&words, at, is_plain).map(|range| (range, NAME_WORDS));
        if let Some((range, shown)) = person.or_else(|| house(&words, at).map(|range| (range, Kind::Address.words()))) {
            out.push_str(&text[from..range.start]);
            out.push_str(shown);
            from = range.end;
        }
    }
    out.push_str(&text[from..]);
    out
}

struct Word<'a> {
    range: Range<usize>,
    text: &'a str,
    small: String,
    folded: String,
    /// A mark stands behind it.
    ends: bool,
}

impl Word<'_> {
    fn is_large(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// `12`, `12A`, `12/3B`.
    fn is_house(&self) -> bool {
        self.text.split('/').all(|part| {
            let digits = part.chars().take_while(char::is_ascii_digit).count();
            let rest: Vec<char> = part.chars().skip(digits).collect();
            (1..=4).contains(&digits) && rest.len() <= 1 && rest.iter().all(|letter| letter.is_alphabetic())
        })
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let start = at;
        at += piece.len();
        let core = piece.trim_matches(|letter: char| letter.is_whitespace() || MARKS.contains(&letter));
        if core.is_empty() {
            continue;
        }
        let from = start + piece.find(core).unwrap_or_default();
        let ends = !piece[from - start + core.len()..].trim().is_empty();
        let small = vietnamese::normalise(core).to_lowercase();
        let folded = vietnamese::fold(core).into_owned();
        found.push(Word { range: from..from + core.len(), text: core, small, folded, ends });
    }
    found
}

/// The name behind what a person is called by.
fn named(words: &[Word<'_>], at: usize, is_plain: bool) -> Option<Range<usize>> {
    let honorifics = if is_plain { PLAIN_HONORIFICS } else { HONORIFICS };
    if words[at].ends || !honorifics.contains(&words[at].small.as_str()) {
        return None;
    }
    let first = words.get(at + 1)?;
    let is_small = !first.is_large();
    if is_small && !FAMILIES.contains(&first.small.as_str()) {
        return None;
    }
    let most = if is_small { SMALL_NAME_MAX } else { NAME_MAX };
    let mut end = first.range.end;
    for (word, before) in words[at + 2..].iter().zip(&words[at + 1..]).take(most - 1) {
        if before.ends || (!is_small && !word.is_large()) || word.text.starts_with(|letter: char| letter.is_ascii_digit()) {
            break;
        }
        end = word.range.end;
    }
    Some(first.range.start..end)
}

/// Whether the address of a house begins there: "địa chỉ", "nhà tôi", and not what was put in the place of one.
fn is_announced(words: &[Word<'_>], at: usize) -> bool {
    let is = |place: usize, folded: &[&str]| words.get(place).is_some_and(|word| folded.contains(&word.folded.as_str()));
    let is_ours = at > 0 && words[at - 1].small == "ẩn";
    !is_ours && ((is(at, &["dia"]) && is(at + 1, &["chi"])) || (is(at, &["nha"]) && is(at + 1, OF_HOUSES)))
}

/// A number before the name of a street, or behind words that announce an address.
fn house(words: &[Word<'_>], at: usize) -> Option<Range<usize>> {
    let number = &words[at];
    let before = at.checked_sub(1).map(|before| words[before].folded.as_str()).unwrap_or_default();
    if !number.is_house() || number.ends || COUNTED.contains(&before) {
        return None;
    }
    let behind = &words[at + 1..];
    let large = behind.iter().take_while(|word| word.is_large()).count();
    let announced = (at.saturating_sub(HOUSE_WITHIN)..at).any(|place| is_announced(words, place));
    let is_word = |word: &&Word<'_>| word.text.starts_with(char::is_alphabetic);
    let count = match large {
        0 | 1 if announced => behind.iter().take(SMALL_NAME_MAX).take_while(is_word).count(),
        0 | 1 => 0,
        large => large.min(NAME_MAX),
    };
    let last = behind.get(count.checked_sub(1)?)?;
    Some(number.range.start..last.range.end)
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn names_and_houses_are_hidden_from_editors() {
        for (text, shown) in [
            ("địa chỉ nhà ông Nguyễn Văn A 123 Lê Lợi", "địa chỉ nhà ông [đã ẩn tên người] [đã ẩn địa chỉ nhà]"),
            ("bà Trần Thị B, ấp 3 có được hỗ trợ không?", "bà [đã ẩn tên người], ấp 3 có được hỗ trợ không?"),
            ("dia chi nha ong nguyen van a 123 le loi", "dia chi nha ong [đã ẩn tên người] [đã ẩn địa chỉ nhà]"),
            ("Kế hoạch 118 có bao nhiêu nhiệm vụ?", "Kế hoạch 118 có bao nhiêu nhiệm vụ?"),
            ("Tỉnh có Sở Khoa học và Công nghệ không?", "Tỉnh có Sở Khoa học và Công nghệ không?"),
        ] {
            assert_eq!(hidden(text), shown, "{text}");
            assert_eq!(hidden(&hidden(text)), shown, "twice: {text}");
        }
    }

    #[test]
    fn what_agencies_show_of_themselves_is_nobodys() {
        let known = ["Số 12 đường Lý Thường Kiệt, phường Cao Lãnh".to_owned(), "02773 851 431".to_owned()];
        assert!(!is_personal("Nộp tại số 12 đường Lý Thường Kiệt.", &known));
        assert!(!is_personal("Gọi 0277.385.1431 trong giờ làm việc.", &known));
        assert!(is_personal("Nộp tại số 14 đường Lý Thường Kiệt.", &known));
        assert!(is_personal("Gọi 0912 345 678.", &known));
    }
}
