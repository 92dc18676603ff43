//! Text → terms: what two spellings of the same syllable have in common, and where they stand.
//!
//! A term has two forms. The *folded* form is what a hurried writer types: lower case, no marks. The *key* tells accents apart
//! and nothing else: composition, case, tone placement (hoà, hòa) and `y`/`i` after a single consonant (kỳ, kì) are gone. A key
//! begins with its folded form, so that all accents of one folded form stand together in a sorted dictionary.

use std::ops::Range;

use vietnamese::letter::{self, Tone};
use vietnamese::{DocumentNumber, TokenKind, document_numbers, normalise, tokens};

use crate::code::Code;

/// Stands between the folded form and what tells the accents, within a key.
pub const MARK: char = '\u{1}';

/// Letters of a word that count: what is longer is no word.
const LETTERS_MAX: usize = 48;

/// One syllable, number or foreign word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// Without case and marks: `duong`.
    pub folded: String,
    /// The folded form, [`MARK`], and the letters with their tone when they differ from it: `duong␁đương1`.
    pub key: String,
    /// The key as a number.
    pub code: Code,
    /// What it is written as is a word of letters, no number.
    pub is_word: bool,
    /// The key of the document number that begins here: `57-nq/tw`.
    pub number: Option<String>,
}

impl Term {
    /// Whether it is written without a single mark.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.key.len() == self.folded.len() + MARK.len_utf8()
    }
}

/// The terms of a text, in order. A document number yields its parts, the first of which carries the whole number.
///
/// ```
/// let folded: Vec<_> = retrieval::terms("Nghị quyết 57-NQ/TW").into_iter().map(|t| t.folded).collect();
/// assert_eq!(folded, ["nghi", "quyet", "57", "nq", "tw"]);
/// ```
#[must_use]
pub fn terms(text: &str) -> Vec<Term> {
    let mut found = Vec::with_capacity(text.len() / 5);
    for token in tokens(text) {
        match token.kind {
            TokenKind::DocumentNumber => push_number(text, token.span, &mut found),
            TokenKind::Word => push_word(text, token.span, &mut found),
            TokenKind::Number => found.push(plain(token.span, figures(token.text), false)),
        }
    }
    found
}

fn push_word(text: &str, span: Range<usize>, found: &mut Vec<Term>) {
    let (folded, key) = forms(&text[span.clone()]);
    if !folded.is_empty() {
        let code = Code::of(&key);
        found.push(Term { span, folded, key, code, is_word: true, number: None });
    }
}

fn push_number(text: &str, span: Range<usize>, found: &mut Vec<Term>) {
    let written = &text[span.clone()];
    let first = found.len();
    for part in vietnamese::syllables(written) {
        let within = span.start + part.span.start..span.start + part.span.end;
        match part.kind {
            TokenKind::Number => found.push(plain(within, figures(part.text), false)),
            _ => push_word(text, within, found),
        }
    }
    if let Some(start) = found.get_mut(first) {
        start.number = document_numbers(written).first().map(DocumentNumber::key);
    }
}

fn plain(span: Range<usize>, folded: String, is_word: bool) -> Term {
    let key = format!("{folded}{MARK}");
    let code = Code::of(&key);
    Term { span, folded, key, code, is_word, number: None }
}

/// `1.234` and `1234` are one number, so are `05` and `5`; a decimal comma stays.
fn figures(written: &str) -> String {
    let narrow = vietnamese::fold(written);
    let (whole, fraction) = narrow.split_once(',').map_or((narrow.as_ref(), None), |(whole, rest)| (whole, Some(rest)));
    let grouped = whole.split('.').skip(1).all(|group| group.len() == 3);
    let mut figures: String = match grouped {
        true => whole.chars().filter(|c| *c != '.').collect(),
        false => whole.to_owned(),
    };
    let zeros = figures.bytes().take_while(|b| *b == b'0').count().min(figures.len().saturating_sub(1));
    figures.drain(..zeros);
    if let Some(fraction) = fraction {
        figures.push(',');
        figures.push_str(fraction);
    }
    figures
}

/// The folded form and the key of one word in any composition; both empty when nothing of it is a letter or digit.
#[must_use]
pub fn forms(word: &str) -> (String, String) {
    forms_of_plain(word).unwrap_or_else(|| forms_of_any(word))
}

fn forms_of_any(word: &str) -> (String, String) {
    let word = normalise(word);
    let mut letters = String::with_capacity(word.len());
    let mut folded = String::with_capacity(word.len());
    let mut tones = String::new();
    let mut foreign = false;
    for c in word.chars().filter(|c| c.is_alphanumeric()).take(LETTERS_MAX) {
        let (base, tone) = letter::split(c);
        let lower = base.to_ascii_lowercase();
        match bare(lower) {
            Some(bare) if lower.is_ascii() => {
                letters.push(lower);
                folded.push(bare);
            }
            Some(bare) => {
                letters.extend(base.to_lowercase());
                folded.push(bare);
            }
            None => {
                letters.extend(base.to_lowercase());
                foreign = true;
            }
        }
        if tone != Tone::Level {
            tones.push(tone_digit(tone));
        }
    }
    if foreign {
        folded = vietnamese::fold(&letters).chars().filter(|c| c.is_alphanumeric()).collect();
    }
    if letters.strip_suffix('y').is_some_and(takes_i) {
        letters.pop();
        folded.pop();
        letters.push('i');
        folded.push('i');
    }
    let key = joined(&folded, &letters, &tones);
    (folded, key)
}

/// The same for a word of nothing but plain letters and composed Vietnamese ones, which nearly all are: by tables alone, since
/// every word of every document passes here. `None` for other words.
fn forms_of_plain(word: &str) -> Option<(String, String)> {
    if word.len() > LETTERS_MAX {
        return None;
    }
    let mut folded = String::with_capacity(word.len());
    let (mut letters, mut tones) = (Letters::default(), Letters::default());
    for c in word.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                letters.push(c.to_ascii_lowercase());
                folded.push(c.to_ascii_lowercase());
            }
            continue;
        }
        if !letter::is_accented(c) {
            return None;
        }
        let (base, tone) = letter::split(c);
        let lower = lower_of(base);
        letters.push(lower);
        folded.push(bare(lower)?);
        if tone != Tone::Level {
            tones.push(tone_digit(tone));
        }
    }
    if letters.as_str()?.strip_suffix('y').is_some_and(takes_i) {
        letters.pop();
        folded.pop();
        letters.push('i');
        folded.push('i');
    }
    let key = joined(&folded, letters.as_str()?, tones.as_str()?);
    Some((folded, key))
}

fn joined(folded: &str, letters: &str, tones: &str) -> String {
    let mut key = String::with_capacity(folded.len() + letters.len() + tones.len() + 1);
    key.push_str(folded);
    key.push(MARK);
    if folded != letters || !tones.is_empty() {
        key.push_str(letters);
        key.push_str(tones);
    }
    key
}

/// The letters of one word, on the stack. A base letter takes no more bytes than the letter it is of.
struct Letters {
    bytes: [u8; LETTERS_MAX],
    length: usize,
}

impl Default for Letters {
    fn default() -> Self {
        Self { bytes: [0; LETTERS_MAX], length: 0 }
    }
}

impl Letters {
    fn push(&mut self, letter: char) {
        let end = self.length + letter.len_utf8();
        if let Some(free) = self.bytes.get_mut(self.length..end) {
            letter.encode_utf8(free);
            self.length = end;
        }
    }

    /// Takes a plain letter off.
    fn pop(&mut self) {
        self.length = self.length.saturating_sub(1);
    }

    fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes.get(..self.length)?).ok()
    }
}

/// A Vietnamese letter without its tone, or a plain one, in lower case.
fn lower_of(base: char) -> char {
    match base {
        'Ă' => 'ă',
        'Â' => 'â',
        'Đ' => 'đ',
        'Ê' => 'ê',
        'Ô' => 'ô',
        'Ơ' => 'ơ',
        'Ư' => 'ư',
        other => other.to_ascii_lowercase(),
    }
}

/// The letter under the marks of a Vietnamese letter or a plain one; `None` for the letters of others.
fn bare(letter: char) -> Option<char> {
    Some(match letter {
        'ă' | 'â' | 'Ă' | 'Â' => 'a',
        'ê' | 'Ê' => 'e',
        'ô' | 'ơ' | 'Ô' | 'Ơ' => 'o',
        'ư' | 'Ư' => 'u',
        'đ' | 'Đ' => 'd',
        plain if plain.is_ascii() => plain,
        _ => return None,
    })
}

/// After these a lone `y` and a lone `i` are two spellings of one sound.
fn takes_i(stem: &str) -> bool {
    matches!(stem, "qu" | "h" | "k" | "l" | "m" | "s" | "t" | "v")
}

fn tone_digit(tone: Tone) -> char {
    match tone {
        Tone::Level => '0',
        Tone::Grave => '1',
        Tone::Acute => '2',
        Tone::Hook => '3',
        Tone::Tilde => '4',
        Tone::Dot => '5',
    }
}

/// The key with hỏi and ngã exchanged, as many speakers confuse them.
#[must_use]
pub fn other_dipping_tone(key: &str) -> Option<String> {
    let (stem, last) = (key.get(..key.len().checked_sub(1)?)?, key.chars().last()?);
    match last {
        _ if !key.contains(MARK) || key.ends_with(MARK) => None,
        '3' => Some(format!("{stem}4")),
        '4' => Some(format!("{stem}3")),
        _ => None,
    }
}

/// The folded form within a key.
#[must_use]
pub fn folded_of(key: &str) -> &str {
    key.split(MARK).next().unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(word: &str) -> String {
        forms(word).1
    }

    #[test]
    fn spellings_of_one_syllable_meet() {
        for (a, b) in [("hoà", "hòa"), ("Kỳ", "kì"), ("QUÝ", "quí"), ("thuỷ", "thủy"), ("vie\u{323}\u{302}t", "Việt")]
        {
            assert_eq!(key(a), key(b));
        }
        for (a, b) in [("hoa", "hòa"), ("đông", "dông"), ("Huy", "Hui"), ("của", "cũa")] {
            assert_ne!(key(a), key(b));
        }
    }

    #[test]
    fn a_key_begins_with_its_folded_form() {
        assert_eq!(forms("Đường"), ("duong".into(), "duong\u{1}đương1".into()));
        assert_eq!(forms("KH&CN"), forms("KHCN"));
        assert_eq!(forms("hoa"), ("hoa".into(), "hoa\u{1}".into()));
        assert_eq!(other_dipping_tone(&key("cũng")), Some(key("củng")));
        assert_eq!(other_dipping_tone(&key("cung")), None);
    }

    #[test]
    fn numbers_meet() {
        let folded = |text: &str| terms(text).into_iter().map(|t| t.folded).collect::<Vec<_>>();
        assert_eq!(folded("1.234 1234 05 0 1,5 2.50"), ["1234", "1234", "5", "0", "1,5", "2.50"]);
        let number = &terms("số 05/KH-UBND")[1];
        assert_eq!((number.folded.as_str(), number.number.as_deref()), ("5", Some("5/kh-ubnd")));
    }

    proptest! {
        #[test]
        fn the_short_way_is_the_long_way(word in "[a-zA-Z0-9àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđÀẢẠĂẬĐÊỒƠỰỸ&.yY]{0,12}|(qu|[hklmstvHKLMSTV])[yYýỲ]") {
            prop_assert_eq!(forms_of_plain(&word), Some(forms_of_any(&word)));
        }

        #[test]
        fn the_short_way_knows_what_is_not_for_it(word in "\\PC{0,20}") {
            if let Some(forms) = forms_of_plain(&word) {
                prop_assert_eq!(forms, forms_of_any(&word));
            }
        }

        #[test]
        fn spans_are_ordered_and_true(text in "\\PC{0,80}") {
            let mut end = 0;
            for term in terms(&text) {
                prop_assert!(term.span.start >= end && text.get(term.span.clone()).is_some());
                prop_assert!(term.key.starts_with(&term.folded) && !term.folded.is_empty());
                end = term.span.end;
            }
        }
    }
}
