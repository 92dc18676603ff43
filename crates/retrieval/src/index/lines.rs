//! How terms reach tantivy: joined by line ends, which its tokenizer takes apart again.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::code::Pair;
use crate::text::{Term, terms};

/// What the tokenizer is registered as.
pub const NAME: &str = "lines";

/// Letters of a word that suggestions tell apart.
pub const PREFIX_MAX: usize = 8;

/// The terms of a document, a line each.
#[derive(Default)]
pub struct Postings {
    pub exact: String,
    pub folded: String,
    pub pairs: String,
    pub numbers: Vec<String>,
}

impl Postings {
    /// Adds the terms of one part; neighbours are pairs within it.
    pub fn add(&mut self, terms: &[Term]) {
        for term in terms {
            push(&mut self.exact, &term.key);
            push(&mut self.folded, &term.folded);
            self.numbers.extend(term.number.clone());
        }
        for two in terms.windows(2) {
            Pair(two[0].code, two[1].code).write(&mut self.pairs);
            self.pairs.push('\n');
        }
    }
}

fn push(lines: &mut String, line: &str) {
    lines.push_str(line);
    lines.push('\n');
}

/// The beginnings of each word of a title, a line each.
pub fn prefixes(title: &str) -> String {
    let mut lines = String::new();
    for term in terms(title) {
        let ends = term.folded.char_indices().map(|(at, c)| at + c.len_utf8()).take(PREFIX_MAX);
        ends.for_each(|end| push(&mut lines, &term.folded[..end]));
    }
    lines
}

/// A word as [`prefixes`] wrote it at its longest.
pub fn prefix(folded: &str) -> &str {
    folded.char_indices().nth(PREFIX_MAX).map_or(folded, |(at, _)| &folded[..at])
}

/// One token a line.
#[derive(Clone, Default)]
pub struct Lines {
    token: Token,
}

/// The lines of a text.
pub struct LineStream<'a> {
    lines: std::str::Lines<'a>,
    token: &'a mut Token,
}

impl Tokenizer for Lines {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        self.token.reset();
        LineStream { lines: text.lines(), token: &mut self.token }
    }
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(line) = self.lines.next() else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(line);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
