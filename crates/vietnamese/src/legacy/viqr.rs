//! VIQR (RFC 1456): `Vie^.t Nam dda^'t nu*o*'c`.

use std::collections::HashSet;
use std::iter::Peekable;
use std::str::Chars;

use unicode_normalization::char::compose;

use crate::letter::{self, Tone};
use crate::syllable::Syllable;

/// Whether ASCII text is VIQR: a good part of its words carry the marks that English and program code put nowhere near a
/// vowel, and turn into syllables.
pub(super) fn is_likely(text: &str) -> bool {
    let (mut words, mut good, mut bad) = (0usize, 0usize, 0usize);
    let mut distinct = HashSet::new();
    for word in text.split_ascii_whitespace().map(trim) {
        words += 1;
        if !is_telling(word) {
            continue;
        }
        match Syllable::parse(&decode(word)) {
            Some(syllable) if syllable.is_regular() => {
                good += 1;
                distinct.insert(word);
            }
            _ => bad += 1,
        }
    }
    distinct.len() >= 3 && good >= 4 * bad && good * 5 >= words
}

fn trim(word: &str) -> &str {
    let word = word.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    word.trim_end_matches([',', ';', ':', '!', ')', '"', '-'])
}

/// A vowel with `^`, `(`, `+`, `*`, `~` or a grave accent behind it. Full stop, question mark and apostrophe follow vowels
/// in any language.
fn is_telling(word: &str) -> bool {
    word.as_bytes().windows(2).any(|pair| match pair[1] {
        b'^' => b"aeoAEO".contains(&pair[0]),
        b'(' => b"aA".contains(&pair[0]),
        b'+' | b'*' => b"ouOU".contains(&pair[0]),
        b'~' | b'`' => b"aeiouyAEIOUY".contains(&pair[0]),
        _ => false,
    })
}

/// Text with the marks put on their letters. A full stop or question mark with white space or nothing behind it ends a
/// sentence unless its letter already shows that the word is VIQR.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('\\', Some(_)) => decoded.extend(rest.next()),
            ('d' | 'D', Some('d' | 'D')) => {
                rest.next();
                decoded.push(if c == 'd' { 'đ' } else { 'Đ' });
            }
            _ if letter::is_vowel(c) => decoded.push(decode_vowel(c, &mut rest)),
            _ => decoded.push(c),
        }
    }
    decoded
}

/// The vowel with the marks that follow it.
fn decode_vowel(vowel: char, rest: &mut Peekable<Chars>) -> char {
    let shaped = rest.peek().and_then(|mark| shape(vowel, *mark));
    if shaped.is_some() {
        rest.next();
    }
    let letter = shaped.unwrap_or(vowel);
    let mut behind = rest.clone();
    let Some(toned) = behind.next().and_then(|mark| tone(letter, mark)) else {
        return letter;
    };
    let may_end = shaped.is_none() && matches!(rest.peek(), Some('.' | '?'));
    if may_end && behind.peek().is_none_or(|c| c.is_whitespace()) {
        return letter;
    }
    rest.next();
    toned
}

fn shape(vowel: char, mark: char) -> Option<char> {
    let combining = match mark {
        '^' => '\u{302}',
        '(' => '\u{306}',
        '+' | '*' => '\u{31B}',
        _ => return None,
    };
    compose(vowel, combining).filter(|shaped| letter::is_vowel(*shaped))
}

fn tone(vowel: char, mark: char) -> Option<char> {
    let tone = match mark {
        '`' => Tone::Grave,
        '\'' => Tone::Acute,
        '?' => Tone::Hook,
        '~' => Tone::Tilde,
        '.' => Tone::Dot,
        _ => return None,
    };
    letter::join(vowel, tone)
}
