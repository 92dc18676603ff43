//! Walks through a block and asks, at each place, who can say what begins there.

use vietnamese::abbreviation::{Expansion, expand};
use vietnamese::document_number::{DocumentNumber, document_numbers};
use vietnamese::normalise::normalise_with_map;

use super::{Doubt, Lexicon, Manner, Why, addresses, dates, documents, numbers, words};

/// A piece of what is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Words(String),
    Pause(Pause),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pause {
    Clause,
    /// With the mark that ends it.
    Sentence(char),
}

/// What one recogniser made of the text from where it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heard {
    /// Empty when nothing is said.
    pub said: String,
    /// Byte behind what was read.
    pub end: usize,
    pub doubt: Option<Why>,
}

impl Heard {
    pub fn sure(said: impl Into<String>, end: usize) -> Option<Self> {
        Some(Self { said: said.into(), end, doubt: None })
    }

    pub fn doubted(said: impl Into<String>, end: usize, why: Why) -> Option<Self> {
        Some(Self { said: said.into(), end, doubt: Some(why) })
    }
}

/// A block while it is read.
pub(super) struct Reading<'a> {
    pub text: &'a str,
    pub lexicon: &'a Lexicon,
    pub manner: &'a Manner,
    pub documents: Vec<DocumentNumber<'a>>,
    pub expansions: Vec<Expansion<'a>>,
    /// Whether the block is in capitals, so that they mean nothing.
    pub shouted: bool,
}

impl<'a> Reading<'a> {
    pub fn rest(&self, at: usize) -> &'a str {
        &self.text[at..]
    }

    /// The word before this byte, in lower case; empty when something else than a space is between.
    pub fn word_before(&self, at: usize) -> String {
        let before = self.text[..at].trim_end();
        let start =
            before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
        before[start..].to_lowercase()
    }

    /// The words before this byte within the sentence, at most so many, in lower case.
    pub fn words_before(&self, at: usize, count_max: usize) -> String {
        let before = &self.text[..at];
        let sentence = before.rfind(['.', ';', '!', '?']).map_or(before, |i| &before[i + 1..]);
        let words: Vec<&str> = sentence.split_whitespace().collect();
        words[words.len().saturating_sub(count_max)..].join(" ").to_lowercase()
    }

    /// What stands right before this byte.
    pub fn character_before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }
}

/// What a block sounds like. Spans of doubts are bytes of `source`; their block is 0.
pub(super) struct Told {
    pub pieces: Vec<Piece>,
    pub doubts: Vec<Doubt>,
}

pub(super) fn read(source: &str, lexicon: &Lexicon, manner: &Manner) -> Told {
    let mapped = normalise_with_map(source);
    let text = mapped.text();
    let reading = Reading {
        text,
        lexicon,
        manner,
        documents: document_numbers(text),
        expansions: expand(text),
        shouted: words::is_shouted(text),
    };
    let mut told = Told { pieces: Vec::new(), doubts: Vec::new() };
    let mut at = words::behind_bullet(text);
    while at < text.len() {
        let Some(heard) = heard_at(&reading, at) else {
            at = punctuated(&reading, at, &mut told.pieces);
            continue;
        };
        if let Some(why) = heard.doubt {
            let span = mapped.source_range(at..heard.end);
            let written = source.get(span.clone()).unwrap_or_default().to_owned();
            told.doubts.push(Doubt { block: 0, span, written, said: heard.said.clone(), why });
        }
        if !heard.said.is_empty() {
            told.pieces.push(Piece::Words(heard.said));
        }
        at = heard.end;
    }
    told
}

type Recogniser = fn(&Reading, usize) -> Option<Heard>;

/// The more special goes first.
const RECOGNISERS: [Recogniser; 10] = [
    words::from_lexicon,
    addresses::address,
    documents::document,
    dates::date,
    dates::time,
    numbers::telephone,
    numbers::number,
    words::unit_behind_slash,
    words::roman,
    words::word,
];

fn heard_at(reading: &Reading, at: usize) -> Option<Heard> {
    let found = RECOGNISERS.iter().find_map(|recogniser| recogniser(reading, at));
    found.filter(|heard| heard.end > at).or_else(|| words::sign(reading, at))
}

/// Moves over a space or a mark, and pauses as the mark asks.
fn punctuated(reading: &Reading, at: usize, pieces: &mut Vec<Piece>) -> usize {
    let Some(c) = reading.rest(at).chars().next() else {
        return reading.text.len();
    };
    let end = at + c.len_utf8();
    let pause = match c {
        ',' | ';' | ':' | '(' | ')' | '[' | ']' | '/' => Some(Pause::Clause),
        '.' if words::is_list_number(reading, at) => Some(Pause::Clause),
        '.' | '!' | '?' => Some(Pause::Sentence(c)),
        '…' => Some(Pause::Sentence('.')),
        '\n' => Some(Pause::Sentence('.')),
        '-' | '–' | '—' if stands_between_spaces(reading, at, end) => Some(Pause::Clause),
        _ => None,
    };
    if let Some(pause) = pause {
        pieces.push(Piece::Pause(pause));
    }
    end
}

fn stands_between_spaces(reading: &Reading, at: usize, end: usize) -> bool {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    is_space(reading.character_before(at)) || is_space(reading.rest(end).chars().next())
}
