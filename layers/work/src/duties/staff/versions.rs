//! What was handed in, version by version, each with what it says otherwise and what was said to it.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::form_fields::{self, Given};
use super::link_state::LinkState;
use crate::base::time;
use crate::duties::Slot;
use crate::duties::answer::{Answer, Figure, Outcome};
use crate::duties::form::values::Filled;
use crate::duties::proof::Proof;
use crate::duties::review::{Remarks, Verdict};
use crate::duties::standing::Story;
use crate::web::{Locale, Markup, difference};

/// A version as it is shown.
pub struct Version {
    pub number: i32,
    pub who: String,
    pub at: String,
    pub late: bool,
    pub nothing: bool,
    pub text: String,
    pub figures: Vec<Figure>,
    /// Version of the form; 0 without one.
    pub form: i32,
    /// What its fields were given.
    pub given: Vec<Given>,
    pub reason: String,
    pub late_reason: String,
    pub excusable: Option<bool>,
    pub proofs: Vec<Proof>,
    /// Whether their addresses still open, by hash.
    pub links: HashMap<String, LinkState>,
    pub review: Option<Reviewed>,
    /// Who of the agency let it out; empty when nobody was asked.
    pub cleared: String,
    /// What differs from the version before: the part's name, and its words with the changes marked.
    pub changes: Vec<(String, Markup)>,
}

/// What was said to a version.
pub struct Reviewed {
    pub accepted: bool,
    pub who: String,
    pub at: String,
    pub remarks: Vec<(String, String)>,
}

/// The versions of an answer, the newest first.
#[must_use]
pub fn of(
    l: Locale,
    (slot, story): (&Slot, &Story),
    (proofs, filled): (&[Proof], &HashMap<Uuid, Filled>),
    names: &HashMap<Uuid, String>,
) -> Vec<Version> {
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_else(|| l.t("ledger-somebody"));
    let before = |answer: &Answer| story.answers.iter().find(|other| other.version + 1 == answer.version);
    let version = |answer: &Answer| Version {
        changes: before(answer)
            .map(|before| [changes(l, before, answer, proofs), form_fields::changes(l, filled, before.id, answer.id)].concat())
            .unwrap_or_default(),
        form: filled.get(&answer.id).map_or(0, |filled| filled.version),
        given: filled.get(&answer.id).map(|filled| form_fields::given(l, filled)).unwrap_or_default(),
        number: answer.version,
        cleared: String::new(),
        who: name(answer.person),
        at: time::minute(answer.at),
        late: is_late(slot, story, answer.on_day),
        nothing: answer.outcome == Outcome::Nothing,
        text: answer.text.clone(),
        figures: answer.figures(),
        reason: answer.reason.clone(),
        late_reason: answer.late_reason.clone(),
        excusable: answer.excusable,
        proofs: proofs.iter().filter(|proof| proof.answer == Some(answer.id)).cloned().collect(),
        links: HashMap::new(),
        review: story.review_of(answer.id).map(|review| Reviewed {
            accepted: review.verdict == Verdict::Accept,
            who: name(review.person),
            at: time::minute(review.at),
            remarks: remarks(l, &review.remarks()),
        }),
    };
    story.answers.iter().rev().map(version).collect()
}

/// What was said, with what it is about.
fn remarks(l: Locale, remarks: &Remarks) -> Vec<(String, String)> {
    let said = remarks.said().into_iter().map(|(key, words)| (l.t(key), words.to_owned()));
    said.chain(remarks.fields.clone()).collect()
}

/// What one version says otherwise than the one before.
fn changes(l: Locale, before: &Answer, after: &Answer, proofs: &[Proof]) -> Vec<(String, Markup)> {
    let figures = |answer: &Answer| {
        let line = |figure: &Figure| format!("{}: {} {}", figure.name, figure.shown(), figure.unit).trim().to_owned();
        answer.figures().iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let named = |answer: &Answer| {
        let of = proofs.iter().filter(|proof| proof.answer == Some(answer.id)).map(|proof| proof.name.as_str());
        of.collect::<Vec<_>>().join("\n")
    };
    [
        ("answer-outcome", l.t(&before.outcome.key()), l.t(&after.outcome.key())),
        ("answer-text", before.text.clone(), after.text.clone()),
        ("answer-figures", figures(before), figures(after)),
        ("answer-reason", before.reason.clone(), after.reason.clone()),
        ("answer-proofs", named(before), named(after)),
    ]
    .into_iter()
    .filter(|(_, from, to)| from != to)
    .map(|(key, from, to)| (l.t(key), difference::marked(&from, &to)))
    .collect()
}

/// Lateness is that of the first answer that counts; a correction of a timely answer is not late.
fn is_late(slot: &Slot, story: &Story, on_day: NaiveDate) -> bool {
    on_day > slot.in_time_until && story.is_on_time(slot) != Some(true)
}
