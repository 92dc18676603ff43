//! Numbers of documents: *kế hoạch số một trăm mười tám của Ủy ban nhân dân*.

use vietnamese::abbreviation::meanings;
use vietnamese::document_number::DocumentNumber;
use vietnamese::number::integer_in_words;
use vietnamese::spelling::spelled;

use super::Why;
use super::reading::{Heard, Reading};
use super::words::without_dashes;

pub(super) fn document(reading: &Reading, at: usize) -> Option<Heard> {
    let number = reading.documents.iter().find(|number| number.span.start == at)?;
    let before = reading.words_before(at, 5);
    let mut said = String::new();
    if let Some(kind) = number.document_type().filter(|kind| !says_kind(&before, kind)) {
        said.push_str(kind);
        said.push(' ');
    }
    if !before.ends_with("số") && !before.ends_with("số:") {
        said.push_str("số ");
    }
    said.push_str(&integer_in_words(number.number.parse().ok()?));
    if let Some(year) = number.year {
        said.push_str(&format!(" năm {}", integer_in_words(year.into())));
    }
    let (bodies, is_known) = bodies(number);
    if !bodies.is_empty() && !names_body(reading.rest(number.span.end)) {
        said.push_str(" của ");
        said.push_str(&bodies.join(", "));
    }
    Some(Heard { said, end: number.span.end, doubt: (!is_known).then_some(Why::DocumentNumber) })
}

/// Whether the text goes on with whose document it is: *ngày 13/8/2025 của UBND tỉnh*.
fn names_body(rest: &str) -> bool {
    let clause = rest.split([',', ';', '(', ')', '\n']).next().unwrap_or_default();
    let clause = clause.split(". ").next().unwrap_or_default().trim_start();
    clause.starts_with("của ") || clause.starts_with("ngày ") && clause.contains(" của ")
}

/// Whether the words before end with the kind, a *số* between or not.
fn says_kind(before: &str, kind: &str) -> bool {
    let before = before.trim_end_matches(':').trim_end_matches("số").trim_end();
    before.ends_with(&kind.to_lowercase())
}

/// The bodies of the number in words, and whether all are known. The official letter's `UBND-KGVX` is the body's and its desk's.
fn bodies(number: &DocumentNumber) -> (Vec<String>, bool) {
    let skipped = usize::from(number.type_abbreviation().is_some());
    let mut is_known = true;
    let mut said = Vec::new();
    for segment in number.segments().skip(skipped) {
        let letters = segment.trim_end_matches(|c: char| c.is_ascii_digit());
        let session: Option<u32> = segment[letters.len()..].parse().ok();
        let body = match meanings(letters) {
            [only] => without_dashes(only.long),
            [first, ..] if skipped == 1 || letters == "QH" => without_dashes(first.long),
            _ => {
                is_known = false;
                spelled(&letters.replace('&', "")).unwrap_or_default()
            }
        };
        said.push(match session {
            Some(session) => format!("{body} khóa {}", integer_in_words(session)),
            None => body,
        });
    }
    (said, is_known)
}
