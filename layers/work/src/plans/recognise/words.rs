//! A text as syllables and signs, so that rules compare words instead of bytes.
//!
//! Every token has a key in which capital letters, old and new tone placement (hoà, hòa) and final i and y (kỳ, kì)
//! are the same, and in which every dash and every quotation mark is one sign.

mod tokens;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use tokens::tokenise;

/// The bytes of one text that rules look at; what lies behind is kept in the provision but not analysed.
const ANALYSED_BYTES_MAX: usize = 16 * 1024;
/// The bytes of a line that tell whether it is a label or a heading.
const HEAD_BYTES_MAX: usize = 200;

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// "sở"
    Lower,
    /// "Sở"
    Title,
    /// "SỞ", "UBND"
    Upper,
    /// "12", "1.234,5"
    Number,
    /// One sign: ",", "(", "%".
    Sign,
}

/// A syllable, a number or a sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// How it is written.
    pub shape: Shape,
    /// Where its key ends in the buffer of keys; it starts where the one before ends.
    key_end: usize,
    /// What it is compared by.
    hash: u64,
}

/// A text and its tokens.
#[derive(Clone, Debug)]
pub(super) struct Words<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    keys: String,
    caps: bool,
}

impl<'t> Words<'t> {
    /// The tokens of `text`.
    pub fn new(text: &'t str) -> Self {
        let (tokens, keys) = tokenise(clip(text, ANALYSED_BYTES_MAX));
        let mut letters = tokens.iter().filter(|token| !matches!(token.shape, Shape::Number | Shape::Sign));
        let caps = letters.clone().count() > 1 && letters.all(|token| token.shape == Shape::Upper);
        Self { text, tokens, keys, caps }
    }

    /// The tokens of the first words of `text`: enough to see whether it is a label.
    pub fn head(text: &'t str) -> Self {
        Self::new(clip(text, HEAD_BYTES_MAX))
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// There is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Every word is written in capitals, so that capitals say nothing.
    pub fn all_caps(&self) -> bool {
        self.caps
    }

    /// The token at `index`.
    pub fn get(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    /// How the token at `index` is written.
    pub fn shape(&self, index: usize) -> Option<Shape> {
        self.tokens.get(index).map(|token| token.shape)
    }

    /// The key at `index`; empty past the end.
    pub fn key(&self, index: usize) -> &str {
        let Some(token) = self.tokens.get(index) else { return "" };
        let start = index.checked_sub(1).map_or(0, |before| self.tokens[before].key_end);
        &self.keys[start..token.key_end]
    }

    /// What the token at `index` is compared by; 0 past the end.
    pub fn hash(&self, index: usize) -> u64 {
        self.tokens.get(index).map_or(0, |token| token.hash)
    }

    /// The key at `index` is one of `keys`.
    pub fn is(&self, index: usize, keys: &[&str]) -> bool {
        keys.contains(&self.key(index))
    }

    /// The tokens from `index` on are the words of `phrase` (written as keys, with single spaces).
    pub fn starts(&self, index: usize, phrase: &str) -> bool {
        phrase.split(' ').enumerate().all(|(offset, key)| self.key(index + offset) == key)
    }

    /// The longest of `phrases` that starts at `index`, as its number of tokens.
    pub fn any(&self, index: usize, phrases: &Phrases<()>) -> Option<usize> {
        phrases.at(self, index).map(|(len, ())| len)
    }

    /// The first index from `from` on where `phrase` starts.
    pub fn find(&self, from: usize, phrase: &str) -> Option<usize> {
        (from..self.len()).find(|index| self.starts(*index, phrase))
    }

    /// The first index in `from..to` where `phrase` starts.
    pub fn find_in(&self, from: usize, to: usize, phrase: &str) -> Option<usize> {
        (from..to).find(|index| self.starts(*index, phrase))
    }

    /// The number written at `index`, when it is a whole number of at most nine digits.
    pub fn whole(&self, index: usize) -> Option<u32> {
        let key = self.key(index);
        let plain = self.shape(index)? == Shape::Number && key.len() <= 9;
        plain.then(|| key.parse().ok()).flatten()
    }

    /// The text of the tokens `from..to` as written.
    pub fn slice(&self, from: usize, to: usize) -> &'t str {
        let (Some(first), Some(last)) = (self.tokens.get(from), to.checked_sub(1).and_then(|end| self.tokens.get(end))) else {
            return "";
        };
        self.text.get(first.start..last.end).unwrap_or_default()
    }

    /// The text of the tokens `from..to` with single spaces.
    pub fn name(&self, from: usize, to: usize) -> String {
        squeeze(self.slice(from, to))
    }

    /// A sentence ends at this sign: ".", "!", "?" before a space or the end, and ";" when `clauses` are wanted too.
    pub fn ends_sentence(&self, index: usize, clauses: bool) -> bool {
        if self.shape(index) != Some(Shape::Sign) {
            return false;
        }
        match self.key(index) {
            "." | "!" | "?" | "…" => {
                let apart = |next: &Token| self.tokens[index].end < next.start;
                self.get(index + 1).is_none_or(apart) || self.key(index + 1) == "/"
            }
            ";" => clauses,
            _ => false,
        }
    }

    /// The token ranges between the ends of sentences; with `clauses`, between semicolons too.
    pub fn sentences(&self, clauses: bool) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut start = 0;
        for index in 0..self.len() {
            if self.ends_sentence(index, clauses) {
                if start < index {
                    found.push((start, index));
                }
                start = index + 1;
            }
        }
        if start < self.len() {
            found.push((start, self.len()));
        }
        found
    }

    /// The index of the bracket that closes the one at `open`, when it follows within `within` tokens.
    pub fn closing(&self, open: usize, within: usize) -> Option<usize> {
        let mut depth = 0usize;
        for index in open..self.len().min(open + within) {
            match self.key(index) {
                "(" => depth += 1,
                ")" => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(index);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// Hashes that are keys already.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// A map by hashes of words.
pub(super) type ByHash<T> = HashMap<u64, T, BuildHasherDefault<AsIs>>;

/// Phrases with what they mean; at one place the longest wins.
#[derive(Clone, Debug)]
pub(super) struct Phrases<T> {
    by_first: ByHash<Vec<(Vec<u64>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: ByHash::default() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase; an empty one is ignored.
    pub fn add(&mut self, phrase: &str, meaning: T) {
        let (tokens, _) = tokenise(phrase);
        let mut hashes = tokens.into_iter().map(|token| token.hash);
        let Some(first) = hashes.next() else { return };
        let rest: Vec<u64> = hashes.collect();
        let list = self.by_first.entry(first).or_default();
        let place = list.partition_point(|(known, _)| known.len() >= rest.len());
        list.insert(place, (rest, meaning));
    }

    /// The longest phrase that starts at `index`: its number of tokens and its meaning.
    pub fn at(&self, words: &Words<'_>, index: usize) -> Option<(usize, &T)> {
        let list = self.by_first.get(&words.hash(index))?;
        list.iter()
            .find(|(rest, _)| rest.iter().enumerate().all(|(offset, hash)| words.hash(index + 1 + offset) == *hash))
            .map(|(rest, meaning)| (rest.len() + 1, meaning))
    }

    /// A phrase starts at `index`.
    pub fn has(&self, words: &Words<'_>, index: usize) -> bool {
        self.at(words, index).is_some()
    }
}

impl Phrases<()> {
    /// The phrases of a list whose items are separated by "|".
    pub fn of(list: &str) -> Self {
        list.split('|').collect()
    }
}

impl<S: AsRef<str>> FromIterator<S> for Phrases<()> {
    fn from_iter<I: IntoIterator<Item = S>>(phrases: I) -> Self {
        let mut all = Self::default();
        for phrase in phrases {
            all.add(phrase.as_ref(), ());
        }
        all
    }
}

/// A list of phrases made once where it is written: `words.any(at, phrases!("chủ trì|đầu mối"))`. Needs [`Phrases`] in
/// scope.
macro_rules! phrases {
    ($list:literal) => {{
        static LIST: std::sync::LazyLock<Phrases<()>> = std::sync::LazyLock::new(|| Phrases::of($list));
        &*LIST
    }};
}
pub(super) use phrases;

/// The keys of a text joined by single spaces: equal for texts that differ only in capitals, tones' places and spaces.
pub(super) fn canonical(text: &str) -> String {
    let (tokens, keys) = tokenise(text);
    let mut out = String::with_capacity(keys.len() + tokens.len());
    let mut start = 0;
    for token in tokens {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&keys[start..token.key_end]);
        start = token.key_end;
    }
    out
}

/// A key that is equal for equal texts; of a very long text its start and its length tell.
pub(super) fn text_key(text: &str) -> String {
    let start = clip(text, ANALYSED_BYTES_MAX);
    let mut key = canonical(start);
    if start.len() < text.len() {
        key.push_str(&format!(" {}", text.len()));
    }
    key
}

/// Single spaces for every run of white space, none at the ends.
pub(super) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn clip(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_have_one_key() {
        assert_eq!(canonical("Sở Văn hoá, Thể thao"), canonical("SỞ VĂN HÓA ,  THỂ THAO"));
        assert_eq!(canonical("Uỷ ban"), canonical("Ủy ban"));
        assert_eq!(canonical("định kì, tỉ lệ, quí"), canonical("định kỳ, tỷ lệ, quý"));
        assert_ne!(canonical("quy"), canonical("qua"));
        assert_eq!(canonical("Kinh tế – Hạ tầng"), canonical("Kinh tế - Hạ tầng"));
    }

    #[test]
    fn numbers_and_signs_are_tokens() {
        let words = Words::new("đạt 1.234,5 tỷ (≥ 80%), ngày 18/5.");
        let keys: Vec<_> = (0..words.len()).map(|index| words.key(index)).collect();
        assert_eq!(keys, ["đạt", "1.234,5", "tỉ", "(", "≥", "80", "%", ")", ",", "ngày", "18", "/", "5", "."]);
        assert_eq!(words.whole(5), Some(80));
    }

    #[test]
    fn sentences_end_at_points_and_clauses_at_semicolons() {
        let words = Words::new("Mở 3 lớp; cấp thẻ. Hoàn thành trong năm 2026./.");
        assert_eq!(words.sentences(false).len(), 3);
        assert_eq!(words.sentences(true).len(), 4);
        let (from, to) = words.sentences(false)[1];
        assert_eq!(words.name(from, to), "Hoàn thành trong năm 2026");
    }

    #[test]
    fn the_longest_phrase_wins() {
        let phrases: Phrases<()> = ["Sở Văn hóa", "Sở Văn hóa, Thể thao và Du lịch"].into_iter().collect();
        let words = Words::new("Sở Văn hoá, Thể thao và Du lịch tỉnh");
        assert_eq!(phrases.at(&words, 0).map(|(len, ())| len), Some(9));
    }

    #[test]
    fn capitals_are_seen() {
        assert!(Words::new("1. SỞ TÀI CHÍNH").all_caps());
        assert!(!Words::new("SỞ Tài chính").all_caps());
        assert!(!Words::new("12").all_caps());
    }
}
