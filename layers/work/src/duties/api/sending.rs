//! Reading what a program hands in or presents, as the press of the button on the page would bring it.

use axum::http::HeaderMap;

use super::answers::{Figure, NewAnswer, Said, asked_with, refused};
use super::form_values;
use crate::base::App;
use crate::duties::Slot;
use crate::duties::answer::draft::Content;
use crate::duties::answer::submitting::Submission;
use crate::duties::answer::{Outcome, figures};
use crate::web::api::problem::{Problem, Wrong};
use crate::web::{Error, Locale, Obstacle, Result, Shell};

const KEY_LETTERS_MAX: usize = 64;

/// What was sent as the press of a button on the page would bring it; or what of it can not be read, each at its place.
pub(super) async fn submission(
    app: &App,
    shell: &Shell,
    slot: &Slot,
    key: String,
    sent: NewAnswer,
) -> Result<Result<Submission, Problem>> {
    let mut wrong = wrong_figures(shell.l, &sent);
    wrong.extend(unknown_fields(app, shell.l, slot, &sent).await?);
    if !wrong.is_empty() {
        return Ok(Err(refused(shell).because(wrong)));
    }
    let (seen, keeps_proofs, content) = (sent.seen_version, sent.keeps_proofs, content(sent));
    // A number in JSON has one reading only.
    let sure = content.rows.iter().map(|row| row.1.clone()).chain(form_values::sure(&content.typed)).collect();
    Ok(Ok(Submission { key, seen, draft: None, keeps_proofs, content, sure }))
}

/// Values and reasons of fields that the duty's form does not have, or that come where there is no form.
async fn unknown_fields(app: &App, l: Locale, slot: &Slot, sent: &NewAnswer) -> Result<Vec<Wrong>> {
    if matches!(sent.outcome, Said::Nothing) || (sent.values.is_empty() && sent.reasons.is_empty()) {
        return Ok(Vec::new());
    }
    let form = asked_with(app, slot).await?;
    let codes = sent.values.keys().map(|code| ("values", code)).chain(sent.reasons.keys().map(|code| ("reasons", code)));
    let unknown = codes.filter(|(_, code)| form.field(code).is_none()).map(|(place, code)| {
        let shown: String = code.chars().take(KEY_LETTERS_MAX).collect();
        // RFC 6901: what steers a pointer is escaped.
        let pointer = format!("/{place}/{}", shown.replace('~', "~0").replace('/', "~1"));
        Wrong::at_pointer(l, &Obstacle::new("api-value-unknown").with("code", shown), &pointer)
    });
    Ok(unknown.collect())
}

/// The key of a request. Keys of one slot know nothing of those of another: nobody can take somebody else's.
pub(super) fn key(slot: &Slot, headers: &HeaderMap) -> Result<String> {
    let given = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).map(str::trim).unwrap_or_default();
    match given.len() {
        1..=KEY_LETTERS_MAX => Ok(format!("{}{given}", keys_of(slot))),
        _ => Err(Error::Bad(Obstacle::new("api-key-missing").at("Idempotency-Key").with("n", KEY_LETTERS_MAX))),
    }
}

/// What all keys of requests for a slot begin with; those that pages make do not.
pub(super) fn keys_of(slot: &Slot) -> String {
    format!("{}:", slot.id.simple())
}

/// What is wrong with single figures, each at its place.
fn wrong_figures(l: Locale, sent: &NewAnswer) -> Vec<Wrong> {
    if matches!(sent.outcome, Said::Nothing) {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    for (place, figure) in sent.figures.iter().enumerate() {
        let row = row(figure);
        if let Err(obstacles) = figures::read(std::slice::from_ref(&row), std::slice::from_ref(&row.1)) {
            wrong.extend(obstacles.iter().map(|obstacle| Wrong::at_pointer(l, obstacle, &format!("/figures/{place}"))));
        }
    }
    wrong
}

/// A figure as the form has it: the number as Vietnamese writes it.
fn row(figure: &Figure) -> (String, String, String) {
    (plain(&figure.name), figure.value.to_string().replace('.', ","), plain(&figure.unit))
}

fn content(sent: NewAnswer) -> Content {
    Content {
        outcome: match sent.outcome {
            Said::Reported => Outcome::Reported,
            Said::Nothing => Outcome::Nothing,
        },
        rows: sent.figures.iter().map(row).collect(),
        text: plain(&sent.text),
        reason: plain(&sent.reason),
        late_reason: plain(&sent.late_reason),
        excusable: sent.excusable,
        typed: form_values::typed(&sent.values, &sent.reasons, &sent.explanations),
    }
}

/// Composed (NFC), without NUL, which PostgreSQL keeps in no text.
fn plain(text: &str) -> String {
    vietnamese::normalise(text).replace("\r\n", "\n").replace('\0', "")
}
