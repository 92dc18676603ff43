//! Personal data in what people write: telephone numbers, numbers of identity papers, e-mail addresses, bank accounts, addresses of
//! houses, number plates, names of people. Found by their shape and the words before them; a page for everybody shows what stood there and not what it was.
//!
//! A shape that may be somebody's is taken for it: what is hidden too much can be read by the handler, what was published can not be
//! taken back. Sums of money, years, and numbers of documents are none.

mod address;
mod digits;
mod email;
mod name;
mod plate;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

/// An address of an agency is longer than a number with a street; shorter pieces are no part of one.
const PIECE_LETTERS_MIN: usize = 6;
/// Stands for what was hidden before while a text is looked through: one byte, and nothing that anybody writes.
const HIDDEN: char = '\u{1}';

/// What sort of personal data it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Of a telephone, of a mobile or of a house.
    Telephone,
    /// Of an identity card (CCCD, CMND) or a passport.
    Identity,
    /// An e-mail address.
    Email,
    /// Of an account at a bank.
    BankAccount,
    /// Of a house, with its street.
    Address,
    /// Of a vehicle.
    Plate,
    /// A long number of which nobody says what it is.
    Number,
    /// Of a person, as they tell it or are called with an honorific.
    Name,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Telephone, Self::Identity, Self::Email, Self::BankAccount, Self::Address, Self::Plate, Self::Number, Self::Name];

    /// Its name in data.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Telephone => "telephone",
            Self::Identity => "identity",
            Self::Email => "email",
            Self::BankAccount => "bank-account",
            Self::Address => "address",
            Self::Plate => "plate",
            Self::Number => "number",
            Self::Name => "name",
        }
    }

    /// What stands in its place.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Telephone => "[đã ẩn số điện thoại]",
            Self::Identity => "[đã ẩn số giấy tờ]",
            Self::Email => "[đã ẩn thư điện tử]",
            Self::BankAccount => "[đã ẩn số tài khoản]",
            Self::Address => "[đã ẩn địa chỉ nhà]",
            Self::Plate => "[đã ẩn biển số xe]",
            Self::Number => "[đã ẩn dãy số]",
            Self::Name => "[đã ẩn tên người]",
        }
    }
}

/// Personal data at its place, in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub range: Range<usize>,
}

/// A text without personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Masked {
    /// With [`Kind::words`] in the place of each.
    pub text: String,
    /// What was hidden, each kind once.
    pub kinds: Vec<Kind>,
}

/// The personal data of a text, in its order.
///
/// ```
/// use vietnamese::personal::{find, Kind};
/// let found = find("Gọi tôi số 0901 234 567 nhé");
/// assert_eq!((found[0].kind, &"Gọi tôi số 0901 234 567 nhé"[found[0].range.clone()]), (Kind::Telephone, "0901 234 567"));
/// ```
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    found(text, false)
}

/// The same, but what is known to everybody stays: numbers and addresses at which agencies are reached. They are compared without
/// spaces, dots and hyphens; of an address the number with its street is enough.
#[must_use]
pub fn find_except(text: &str, known: &[impl AsRef<str>]) -> Vec<Found> {
    let known: Vec<String> = known.iter().map(|one| bare(one.as_ref())).filter(|one| !one.is_empty()).collect();
    let mut found = find(text);
    found.retain(|one| {
        let bare = bare(&text[one.range.clone()]);
        !known.iter().any(|known| is_known(known, one.kind, &bare))
    });
    found
}

/// The text without its personal data, composed (NFC).
///
/// ```
/// let masked = vietnamese::personal::mask("CCCD 082203012345, thư a.b@thu.vn");
/// assert_eq!(masked.text, "CCCD [đã ẩn số giấy tờ], thư [đã ẩn thư điện tử]");
/// ```
#[must_use]
pub fn mask(text: &str) -> Masked {
    let text = crate::normalise(text);
    replaced(&text, find(&text))
}

/// The same, but what is known to everybody stays, as in [`find_except`].
#[must_use]
pub fn mask_except(text: &str, known: &[impl AsRef<str>]) -> Masked {
    let text = crate::normalise(text);
    replaced(&text, find_except(&text, known))
}

/// Held harder, for texts that no handler reads: also a name behind whatever people are called by, written small or without marks, and a
/// number before words that may be a street. More is hidden than has to be.
///
/// ```
/// let masked = vietnamese::personal::mask_harder("nha ong nguyen van a 123 le loi bi ngap");
/// assert_eq!(masked.text, "nha ong [đã ẩn tên người] [đã ẩn địa chỉ nhà] ngap");
/// ```
#[must_use]
pub fn mask_harder(text: &str) -> Masked {
    let text = crate::normalise(text);
    replaced(&text, found(&text, true))
}

fn found(text: &str, harder: bool) -> Vec<Found> {
    let shown = without_hidden(text);
    let text = &*shown;
    let mut parts = vec![email::find(text), address::find(text), plate::find(text), digits::find(text), name::find(text)];
    if harder {
        parts.extend([address::find_unmarked(text), name::find_called(text)]);
    }
    let mut found: Vec<Found> = Vec::new();
    for one in parts.into_iter().flatten() {
        let free = |other: &Found| other.range.end <= one.range.start || one.range.end <= other.range.start;
        if found.iter().all(free) {
            found.push(one);
        }
    }
    found.sort_by_key(|one| one.range.start);
    found
}

/// The text with [`HIDDEN`] where something was hidden before, as long as it was: words that stand in the place of an address announce
/// none, and hiding twice is hiding once.
fn without_hidden(text: &str) -> Cow<'_, str> {
    let is_there = |kind: &&Kind| text.contains(kind.words());
    Kind::ALL.iter().filter(is_there).fold(Cow::Borrowed(text), |text, kind| {
        let words = kind.words();
        Cow::Owned(text.replace(words, &HIDDEN.to_string().repeat(words.len())))
    })
}

fn replaced(text: &str, found: Vec<Found>) -> Masked {
    let mut masked = Masked::default();
    let mut from = 0;
    for one in found {
        masked.text.push_str(&text[from..one.range.start]);
        masked.text.push_str(one.kind.words());
        from = one.range.end;
        if !masked.kinds.contains(&one.kind) {
            masked.kinds.push(one.kind);
        }
    }
    masked.text.push_str(&text[from..]);
    masked.kinds.sort_unstable();
    masked
}

/// Whether what was found is what everybody knows, both bare; of a known address the number and the street are found, not the commune
/// behind them.
fn is_known(known: &str, kind: Kind, found: &str) -> bool {
    let is_digit = |letter: char| letter.is_ascii_digit();
    // House 12 is no part of house 112.
    let is_whole = |at: usize| !known[..at].ends_with(is_digit) && !known[at + found.len()..].starts_with(is_digit);
    let is_piece = kind == Kind::Address && found.chars().count() >= PIECE_LETTERS_MIN;
    known == found || (is_piece && known.match_indices(found).any(|(at, _)| is_whole(at)))
}

fn bare(text: &str) -> String {
    let text = crate::normalise(text);
    text.chars().filter(|letter| letter.is_alphanumeric() || *letter == '@').flat_map(char::to_lowercase).collect()
}

/// The value of a digit, also of the wide ones that some keyboards write.
fn digit(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        '０'..='９' => char::from_digit(u32::from(letter) - u32::from('０'), 10),
        _ => None,
    }
}

/// The words just before a place, folded: as far back as a sentence goes, at most so many letters.
fn before(text: &str, at: usize) -> String {
    const LETTERS: usize = 40;
    let head = text[..at].trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let start = head.char_indices().rev().nth(LETTERS).map_or(0, |(place, _)| place);
    let folded = crate::fold(&head[start..]);
    let cut = folded.rfind(['.', ';', '\n', '!', '?']).map_or(0, |place| place + 1);
    format!(" {}", folded[cut..].trim_start())
}

/// Which of these word lists has the word that stands nearest before the place.
fn nearest<T: Copy>(context: &str, lists: &[(T, &[&str])]) -> Option<T> {
    let last = |words: &[&str]| words.iter().filter_map(|word| context.rfind(&format!(" {word}"))).max();
    lists.iter().filter_map(|(of, words)| Some((last(words)?, *of))).max_by_key(|(place, _)| *place).map(|(_, of)| of)
}
