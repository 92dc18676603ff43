//! Number plates of vehicles: the province in two digits, a series, four or five digits (`66A-123.45`, `66-B1 123.45`).

use super::{Found, Kind, before, nearest};
use crate::cursor::Cursor;

const WORDS: &[&str] = &["bien so", "bien kiem soat", "bks", "bsx", "xe so", "so xe"];

pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (at, letter) in text.char_indices() {
        let follows = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        if !letter.is_ascii_digit() || follows || found.last().is_some_and(|one| at < one.range.end) {
            continue;
        }
        found.extend(plate(text, at));
    }
    found
}

fn plate(text: &str, at: usize) -> Option<Found> {
    let called = nearest(&before(text, at), &[((), WORDS)]).is_some();
    let mut cursor = Cursor::new(text, at);
    let province = cursor.eat_while(|letter| letter.is_ascii_digit());
    if province.len() != 2 || province < "11" {
        return None;
    }
    cursor.eat(|letter| " -.".contains(letter));
    let series = cursor.eat(|letter| letter.is_ascii_alphabetic() || letter == 'Đ')?;
    if series.is_lowercase() && !called {
        return None;
    }
    let digits = |rest: &str| rest.chars().take_while(char::is_ascii_digit).count();
    match digits(cursor.rest()) {
        0 => {
            cursor.eat(|letter| letter.is_ascii_uppercase());
        }
        1 | 6 => {
            cursor.eat(|letter| letter.is_ascii_digit());
        }
        _ => {}
    }
    for _ in 0..3 {
        cursor.eat(|letter| " -.".contains(letter));
    }
    let first = cursor.eat_while(|letter| letter.is_ascii_digit()).len();
    let whole = match first {
        5 => true,
        4 => called,
        3 => cursor.eat(|letter| letter == '.').is_some() && cursor.eat_while(|letter| letter.is_ascii_digit()).len() == 2,
        _ => false,
    };
    let ends = !cursor.peek().is_some_and(char::is_alphanumeric);
    let end = text.len() - cursor.rest().len();
    (whole && ends).then_some(Found { kind: Kind::Plate, range: at..end })
}
