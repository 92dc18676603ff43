//! How much a text looks like Vietnamese.

use std::collections::HashSet;

use crate::letter::is_vowel;
use crate::normalise::normalise;
use crate::syllable::Syllable;
use crate::tokens::letter_runs;

/// Counts of the words that carry a character beyond ASCII.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Words that are regular Vietnamese syllables.
    good: usize,
    /// Other words, and symbols that no one writes.
    bad: usize,
    /// Different good words.
    distinct: usize,
}

impl Evidence {
    pub fn of(text: &str) -> Evidence {
        let text = normalise(text);
        let mut evidence = Evidence::default();
        let mut seen = HashSet::new();
        for word in letter_runs(&text).map(|span| &text[span]) {
            // A lone letter is as likely a bullet or a variable, and HĐND is no syllable in any encoding.
            let is_silent = word.chars().nth(1).is_none() || !word.contains(is_vowel);
            if word.is_ascii() || is_silent {
                continue;
            }
            match Syllable::parse(word) {
                Some(syllable) if syllable.is_regular() => {
                    evidence.good += 1;
                    seen.insert(word);
                }
                _ => evidence.bad += 1,
            }
        }
        evidence.bad += odd_symbols(&text);
        evidence.distinct = seen.len();
        evidence
    }

    /// Whether at least `words_min` different words are Vietnamese, and four in five of all that count.
    pub fn is_vietnamese(&self, words_min: usize) -> bool {
        self.distinct >= words_min && self.good >= 4 * self.bad
    }

    pub fn beats(&self, other: &Evidence) -> bool {
        self.balance() > 2 * other.balance().max(0)
    }

    pub fn balance(&self) -> i64 {
        self.good as i64 - 3 * self.bad as i64
    }
}

/// Symbols that ordinary text hardly has and misread bytes abound in, and other symbols within a word.
fn odd_symbols(text: &str) -> usize {
    let mut odd = 0;
    let mut previous = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_within_word = previous.is_alphabetic() && rest.peek().is_some_and(|next| !next.is_whitespace());
        if is_odd(c) || (is_within_word && is_symbol(c)) {
            odd += 1;
        }
        previous = c;
    }
    odd
}

/// Not ASCII, and nothing that joins or ends words.
fn is_symbol(c: char) -> bool {
    !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace() && !matches!(c, '‐'..='―' | '’' | '”' | '…' | '·')
}

fn is_odd(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9F}' | '¡'..='¦' | '¨' | 'ª' | '¬' | '¯' | '´' | '¶' | '¸'..='º' | '¼'..='¿' | '×' | '÷' | 'ƒ' | 'ˆ' | '˜' | '†' | '‡' | '‰' | '\u{FFFD}')
}
