//! Addresses of houses: a number and what it is counted along. Communes and wards stay, since a question is often about one.

use std::ops::Range;

use super::{Found, HIDDEN, Kind};

/// What a number of a house is counted along.
const STREETS: [&str; 14] =
    ["duong", "pho", "hem", "ngo", "ngach", "kiet", "ap", "khom", "to", "quoc", "tinh", "khu", "dai", "lo"];
/// Words of a name that belongs to another one: "quốc lộ", "tỉnh lộ", "khu phố", "đại lộ".
const SECOND: [&str; 2] = ["lo", "pho"];
/// Words that may stand before a street.
const AT: [&str; 3] = ["o", "tai", "thuoc"];
/// Words of a street's name.
const NAME_MAX: usize = 6;
/// The same where nothing is written large: where it ends is not seen.
const SMALL_NAME_MAX: usize = 3;
/// A number of a house stands so many words behind "địa chỉ" or "nhà", at most.
const HOUSE_WITHIN: usize = 8;
/// Whose house it is, behind "nhà".
const OF_HOUSES: [&str; 12] = ["toi", "so", "ong", "ba", "anh", "chi", "chu", "bac", "co", "em", "minh", "rieng"];
/// Behind these a number is none of a house.
const COUNTED: [&str; 12] = ["nam", "thang", "ngay", "quy", "hoach", "dieu", "khoan", "khoa", "dinh", "quyet", "luat", "lop"];

/// A word with its place and what follows it.
struct Word<'a> {
    range: Range<usize>,
    text: &'a str,
    folded: String,
    /// A comma or a mark that ends something stands behind it.
    comma: bool,
    stop: bool,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let start = at;
        at += piece.len();
        let core = piece.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != HIDDEN);
        if core.is_empty() {
            continue;
        }
        let from = start + (core.as_ptr() as usize - piece.as_ptr() as usize);
        let behind = &piece[from - start + core.len()..];
        words.push(Word {
            range: from..from + core.len(),
            text: core,
            folded: crate::fold(core).into_owned(),
            comma: behind.contains(','),
            stop: behind.contains(['.', ';', '!', '?', '\n', ')', ':']),
        });
    }
    words
}

impl Word<'_> {
    /// `12`, `12A`, `12/3B`: a number of a house, and of no document.
    fn is_house(&self) -> bool {
        let of = |part: &str| {
            let digits = part.chars().take_while(char::is_ascii_digit).count();
            (1..=4).contains(&digits) && part[digits..].chars().count() <= 1 && part[digits..].chars().all(char::is_alphabetic)
        };
        self.text.split('/').count() <= 4 && self.text.split('/').all(of)
    }

    /// Something was hidden there before.
    fn is_hidden(&self) -> bool {
        self.text.contains(HIDDEN)
    }

    fn is_large(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    fn is_street(&self) -> bool {
        STREETS.contains(&self.folded.as_str())
    }

    /// Begins as names and numbers do.
    fn is_name(&self) -> bool {
        self.text.chars().next().is_some_and(|letter| letter.is_uppercase() || letter.is_ascii_digit())
    }
}

pub(super) fn find(text: &str) -> Vec<Found> {
    let words = words(text);
    let mut found: Vec<Found> = Vec::new();
    for at in 0..words.len() {
        if found.last().is_some_and(|one| words[at].range.start < one.range.end) {
            continue;
        }
        if let Some((number, needs)) = house(&words, at)
            && let Some(end) = tail(&words, number, needs)
        {
            // The words that call it belong to it, but not "địa chỉ".
            let from = if words[at].folded == "dia" { number } else { at };
            found.push(Found { kind: Kind::Address, range: words[from].range.start..end });
        }
    }
    found
}

/// Where the number stands when an address begins at that word, and whether a street has to follow.
fn house(words: &[Word<'_>], at: usize) -> Option<(usize, bool)> {
    let folded = |place: usize| words.get(place).map(|word| word.folded.as_str()).unwrap_or_default();
    let is_house = |place: usize| words.get(place).is_some_and(Word::is_house);
    match (folded(at), folded(at + 1)) {
        ("so", "nha") | ("nha", "so") if is_house(at + 2) => Some((at + 2, false)),
        ("so", _) if is_house(at + 1) => Some((at + 1, true)),
        ("dia", "chi") => {
            let is_hidden = |place: usize| words.get(place).is_some_and(Word::is_hidden);
            (at + 2..at + 5).take_while(|place| !is_hidden(*place)).find(|place| is_house(*place)).map(|place| (place, false))
        }
        _ if is_house(at) => Some((at, true)),
        _ => None,
    }
}

/// Where the address ends whose number stands there. With `needs`: only when a street with a name follows.
fn tail(words: &[Word<'_>], number: usize, needs: bool) -> Option<usize> {
    let (mut end, mut at, mut named, mut kept) = (words[number].range.end, number + 1, 0, false);
    let mut ended = words[number].stop;
    let mut comma = words[number].comma;
    while let Some(word) = words.get(at).filter(|_| !ended && named < NAME_MAX) {
        // "Kiệt" of "Lý Thường Kiệt" is no lane.
        let is_named = named > 0 && !comma && word.is_name();
        if !is_named && (word.is_street() || (AT.contains(&word.folded.as_str()) && !comma)) {
            // A street without its name is none: what follows decides.
            let second = words.get(at + 1).filter(|next| SECOND.contains(&next.folded.as_str()) && !next.is_name());
            let name = at + 1 + usize::from(second.is_some());
            let street = word.is_street() || words.get(at + 1).is_some_and(|next| next.is_street() || next.is_name());
            if word.stop || !street || !words.get(name).is_some_and(|next| next.is_name() || next.is_street()) {
                break;
            }
            kept |= word.is_street();
            named = 0;
        } else if word.is_name() && !comma && (kept || !needs) {
            named += 1;
            end = word.range.end;
        } else {
            break;
        }
        (ended, comma) = (word.stop, word.comma);
        at += 1;
    }
    let has_street = kept && end > words[number].range.end;
    (!needs || has_street).then_some(end)
}

/// Numbers before words that may be a street, though none calls it one: two that are written large, or any behind words that announce an
/// address.
pub(super) fn find_unmarked(text: &str) -> Vec<Found> {
    let words = words(text);
    let mut found: Vec<Found> = Vec::new();
    for at in 0..words.len() {
        if found.last().is_some_and(|one| words[at].range.start < one.range.end) {
            continue;
        }
        found.extend(unmarked(&words, at).map(|range| Found { kind: Kind::Address, range }));
    }
    found
}

fn unmarked(words: &[Word<'_>], at: usize) -> Option<Range<usize>> {
    let number = &words[at];
    let before = at.checked_sub(1).map(|before| words[before].folded.as_str()).unwrap_or_default();
    if !number.is_house() || number.comma || number.stop || COUNTED.contains(&before) {
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

/// Whether the address of a house begins there: "địa chỉ", "nhà tôi".
fn is_announced(words: &[Word<'_>], at: usize) -> bool {
    let is = |place: usize, folded: &[&str]| words.get(place).is_some_and(|word| folded.contains(&word.folded.as_str()));
    (is(at, &["dia"]) && is(at + 1, &["chi"])) || (is(at, &["nha"]) && is(at + 1, &OF_HOUSES))
}
