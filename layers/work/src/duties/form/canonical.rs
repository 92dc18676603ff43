//! The data of one version of an answer, written so that equal data is equal bytes: what a signed paper certifies.

use serde::Serialize;
use uuid::Uuid;

use super::values::{Filled, Values};
use crate::base::digest;
use crate::duties::answer::{Answer, Outcome};
use crate::duties::proof::Proof;
use crate::duties::slot::Slot;

/// As many letters of the hash as people compare on paper.
pub const CODE_LETTERS: usize = 8;

/// Keys in their order, figures as texts, no spaces: the canonical form of RFC 8785.
#[derive(Serialize)]
struct Data<'a> {
    agency: Uuid,
    duty: Uuid,
    figures: Vec<Figure>,
    /// Version of the form; 0 without one.
    form: i32,
    outcome: &'static str,
    period: &'a str,
    proofs: Vec<&'a str>,
    reason: &'a str,
    slot: Uuid,
    text: &'a str,
    values: Option<&'a Values>,
    version: i32,
}

#[derive(Serialize)]
struct Figure {
    name: String,
    unit: String,
    value: String,
}

/// The canonical JSON of an answer.
#[must_use]
pub fn json(slot: &Slot, answer: &Answer, filled: Option<&Filled>, proofs: &[Proof]) -> String {
    let mut own: Vec<&str> =
        proofs.iter().filter(|proof| proof.answer == Some(answer.id)).map(|proof| proof.sha256.as_str()).collect();
    own.sort_unstable();
    let figures = answer.figures().into_iter();
    let data = Data {
        agency: slot.agency,
        duty: slot.duty,
        figures: figures.map(|one| Figure { value: one.shown(), name: one.name, unit: one.unit }).collect(),
        form: filled.map_or(0, |filled| filled.version),
        outcome: if answer.outcome == Outcome::Nothing { "nothing" } else { "reported" },
        period: &slot.period,
        proofs: own,
        reason: &answer.reason,
        slot: slot.id,
        text: &answer.text,
        values: filled.map(|filled| &filled.values),
        version: answer.version,
    };
    serde_json::to_string(&data).unwrap_or_default()
}

/// SHA-256 of the canonical JSON.
#[must_use]
pub fn sha256(slot: &Slot, answer: &Answer, filled: Option<&Filled>, proofs: &[Proof]) -> String {
    digest::sha256(json(slot, answer, filled, proofs).as_bytes())
}
