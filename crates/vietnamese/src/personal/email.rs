//! E-mail addresses, also with a space on either side of the `@`.

use super::{Found, Kind};

/// Longer ones are none (RFC 5321).
const BYTES_MAX: usize = 254;

pub(super) fn find(text: &str) -> Vec<Found> {
    text.match_indices('@').filter_map(|(at, _)| address(text, at)).collect()
}

fn address(text: &str, at: usize) -> Option<Found> {
    let is_local = |letter: char| letter.is_alphanumeric() || "._%+-".contains(letter);
    let is_host = |letter: char| letter.is_alphanumeric() || ".-".contains(letter);
    let head = text[..at].strip_suffix(' ').unwrap_or(&text[..at]);
    let local = head.len() - head.trim_end_matches(is_local).len();
    let tail_from = at + 1 + usize::from(text[at + 1..].starts_with(' '));
    let tail = &text[tail_from..];
    let host = &tail[..tail.len() - tail.trim_start_matches(is_host).len()];
    let host = host.trim_end_matches(['.', '-']);
    let (_, last) = host.rsplit_once('.')?;
    let is_one = local > 0 && last.chars().count() >= 2 && last.chars().all(char::is_alphabetic) && !host.starts_with('.');
    let range = head.len() - local..tail_from + host.len();
    (is_one && range.len() <= BYTES_MAX).then_some(Found { kind: Kind::Email, range })
}
