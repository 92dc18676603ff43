//! Cutting a text into syllables, numbers and document numbers, with byte spans.
//!
//! There is no word segmenter here on purpose: Vietnamese writes a space between syllables, and search over syllables and
//! pairs of syllables does better than over guessed words.

use std::ops::Range;

use crate::document_number::{DocumentNumber, document_numbers};
use crate::letter::is_accented;
use crate::normalise::is_invisible;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The piece as written.
    pub text: &'a str,
    /// Its bytes in the whole text.
    pub span: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A run of letters and digits with at least one letter: a syllable, a foreign word, an abbreviation (`KH&CN`).
    Word,
    /// Digits, with separators between digits: `2026`, `1.234,5`.
    Number,
    /// A document number: `57-NQ/TW`.
    DocumentNumber,
}

/// Runs of letters and digits, which for Vietnamese are the syllables, with their byte spans. Marks of decomposed text
/// and invisible characters inside a run belong to it.
///
/// ```
/// let spans: Vec<_> = vietnamese::syllables("Xã Mỹ Tho 1").map(|t| (t.text, t.span)).collect();
/// assert_eq!(spans, [("Xã", 0..3), ("Mỹ", 4..8), ("Tho", 9..12), ("1", 13..14)]);
/// ```
pub fn syllables(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let span = next_run(text, at)?;
        at = span.end;
        Some(token(text, span))
    })
}

/// The tokens of a text: like [`syllables`], but a document number, a number with separators and an abbreviation with `&`
/// are one token each.
///
/// ```
/// let tokens: Vec<_> = vietnamese::tokens("Nghị quyết 57-NQ/TW, 1.234,5 tỷ, Sở KH&CN").into_iter().map(|t| t.text).collect();
/// assert_eq!(tokens, ["Nghị", "quyết", "57-NQ/TW", "1.234,5", "tỷ", "Sở", "KH&CN"]);
/// ```
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut numbers = document_numbers(text).into_iter().map(|n: DocumentNumber| n.span).peekable();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(run) = next_run(text, at) {
        while numbers.next_if(|span| span.start < run.start).is_some() {}
        let whole = match numbers.next_if(|span| span.start == run.start) {
            Some(span) => Token { text: &text[span.clone()], span, kind: TokenKind::DocumentNumber },
            None => token(text, run),
        };
        at = whole.span.end;
        match tokens.last_mut() {
            Some(last) if belong_together(text, last, &whole) => {
                last.span.end = at;
                last.text = &text[last.span.clone()];
            }
            _ => tokens.push(whole),
        }
    }
    tokens
}

fn token(text: &str, span: Range<usize>) -> Token<'_> {
    let run = &text[span.clone()];
    let kind = match run.contains(is_letter) {
        true => TokenKind::Word,
        false => TokenKind::Number,
    };
    Token { text: run, span, kind }
}

fn belong_together(text: &str, left: &Token, right: &Token) -> bool {
    let between = &text[left.span.end..right.span.start];
    left.kind == right.kind
        && match left.kind {
            TokenKind::Word => between == "&",
            TokenKind::Number => matches!(between, "." | ","),
            TokenKind::DocumentNumber => false,
        }
}

/// The next run of word characters at or after byte `from`.
fn next_run(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].find(is_word_start)?;
    let mut end = start;
    for (at, c) in text[start..].char_indices() {
        if is_word_start(c) || is_mark(c) {
            end = start + at + c.len_utf8();
        } else if !is_invisible(c) {
            break;
        }
    }
    Some(start..end)
}

/// Runs of letters alone, as byte spans.
pub(crate) fn letter_runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphabetic)?;
        let length = text[start..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - start);
        at = start + length;
        Some(start..at)
    })
}

/// Letters and decimal digits; superscripts and fractions (a footnote mark behind a word) are neither.
pub(crate) fn is_word_start(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (is_letter(c) || matches!(c, '０'..='９')))
}

/// As `char::is_alphabetic`, which is slow for the letters that Vietnamese has most of.
fn is_letter(c: char) -> bool {
    is_accented(c) || c.is_alphabetic()
}

/// The combining marks of decomposed Vietnamese, and their neighbours.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<&str> {
        syllables(text).map(|t| t.text).collect()
    }

    #[test]
    fn cuts_syllables() {
        assert_eq!(texts("  Đồng Tháp, 2026: văn-hóa¹ (số)."), ["Đồng", "Tháp", "2026", "văn", "hóa", "số"]);
        assert_eq!(texts("Vie\u{323}\u{302}t Nam"), ["Vie\u{323}\u{302}t", "Nam"]);
        assert_eq!(texts("vi\u{200B}ệt\u{200B} nam"), ["vi\u{200B}ệt", "nam"]);
        assert_eq!(texts("… — !"), Vec::<&str>::new());
        assert_eq!(tokens("V\u{FEFF}57-NQ/TW").len(), 3);
    }

    #[test]
    fn keeps_what_belongs_together() {
        let kinds: Vec<_> =
            tokens("Theo 57- NQ/TW ngày 22/12/2024: 1.234,5; Q&A. A1").into_iter().map(|t| (t.text, t.kind)).collect();
        use TokenKind::{DocumentNumber, Number, Word};
        assert_eq!(
            kinds,
            [
                ("Theo", Word),
                ("57- NQ/TW", DocumentNumber),
                ("ngày", Word),
                ("22", Number),
                ("12", Number),
                ("2024", Number),
                ("1.234,5", Number),
                ("Q&A", Word),
                ("A1", Word)
            ]
        );
    }

    proptest! {
        #[test]
        fn spans_are_ordered_and_true(text in "[\\PC]{0,60}") {
            for tokens in [syllables(&text).collect::<Vec<_>>(), tokens(&text)] {
                let mut end = 0;
                for token in tokens {
                    prop_assert!(token.span.start >= end && !token.text.is_empty());
                    prop_assert_eq!(&text[token.span.clone()], token.text);
                    end = token.span.end;
                }
            }
        }
    }
}
