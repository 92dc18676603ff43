//! A place in a text that moves forward as pieces are recognised.

use crate::normalise::is_invisible;

#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a> {
    pub text: &'a str,
    pub at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str, at: usize) -> Self {
        Cursor { text, at }
    }

    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether what begins here does not continue something: neither a word nor a figure with a separator.
    pub fn is_free_standing(&self) -> bool {
        let mut before = self.text[..self.at].chars().rev().filter(|c| !is_invisible(*c));
        match before.next() {
            Some('/' | '-' | '.' | ',' | '&') => !before.next().is_some_and(char::is_alphanumeric),
            Some(c) => !c.is_alphanumeric(),
            None => true,
        }
    }

    /// Moves over one character that fits.
    pub fn eat(&mut self, fits: impl Fn(char) -> bool) -> Option<char> {
        let c = self.peek().filter(|c| fits(*c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Moves over all characters that fit and gives them.
    pub fn eat_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Moves over at most `max` white-space characters and gives how many there were.
    pub fn eat_spaces(&mut self, max: usize) -> usize {
        (0..max).take_while(|_| self.eat(char::is_whitespace).is_some()).count()
    }

    /// Moves over an ASCII number of at most `digits_max` digits; stays where it is when there are none or more.
    pub fn eat_number(&mut self, digits_max: usize) -> Option<(&'a str, u32)> {
        let mut ahead = *self;
        let digits = ahead.eat_while(|c| c.is_ascii_digit());
        if digits.is_empty() || digits.len() > digits_max {
            return None;
        }
        let value = digits.parse().ok()?;
        *self = ahead;
        Some((digits, value))
    }
}
