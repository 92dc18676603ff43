//! Questions in words: how much working time is left, which mark a state has.

use super::question::{Question, State};
use crate::cases::case::moving::Ground;
use crate::cases::reminder::NEAR_HOURS;
use crate::cases::step;
use crate::cases::view::left;
use crate::web::Locale;

/// The minutes left of a question whose clock runs.
#[must_use]
pub fn minutes_left(question: &Question, ground: &Ground) -> Option<i64> {
    question.due_at.filter(|_| question.state.runs()).map(|due| step::left(due, ground.now, ground.clock()))
}

/// The mark of the design system's set of states.
#[must_use]
pub fn mark(question: &Question, ground: &Ground) -> &'static str {
    match question.state {
        State::New | State::Open if question.is_late(ground.now) => "late",
        State::New | State::Open if minutes_left(question, ground).is_some_and(|left| left <= NEAR_HOURS * 60) => "soon",
        State::New | State::Open => "open",
        State::Asked => "returned",
        State::Answered => "on-time",
        State::Joined | State::Lapsed | State::Withdrawn | State::Dropped => "superseded",
    }
}

/// The word beside the mark.
#[must_use]
pub fn word(l: Locale, question: &Question, ground: &Ground) -> String {
    if question.is_late(ground.now) { l.t("question-state-overdue") } else { l.t(&question.state.key()) }
}

/// The same of one whose answer waits for its approver, unless it is late or over.
#[must_use]
pub fn word_of(l: Locale, question: &Question, ground: &Ground, waits: bool) -> String {
    let is_waiting = waits && !question.state.is_over() && !question.is_answered() && !question.is_late(ground.now);
    if is_waiting { l.t("question-state-waiting") } else { word(l, question, ground) }
}

/// How much time is left, or that the clock stands still; empty when nobody waits for a body.
#[must_use]
pub fn clock(l: Locale, question: &Question, ground: &Ground) -> String {
    match (minutes_left(question, ground), question.state) {
        (Some(0), _) if question.is_late(ground.now) => l.t("case-late-now"),
        (Some(minutes), _) => left(l, minutes),
        (None, State::Asked) => l.t("case-clock-stopped"),
        _ => String::new(),
    }
}
