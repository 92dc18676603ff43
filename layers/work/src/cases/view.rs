//! Cases in words: how much working time is left, which mark a state has.

use super::case::moving::Ground;
use super::case::{Case, State};
use super::reminder::NEAR_HOURS;
use super::step;
use crate::web::Locale;

/// `còn 6 giờ làm việc`, `còn 40 phút làm việc`, `quá hạn 3 giờ làm việc`; minutes of working time, negative when overdue.
#[must_use]
pub fn left(l: Locale, minutes: i64) -> String {
    let (hours, late) = (minutes.abs() / 60, minutes < 0);
    match (hours, late) {
        (0, false) => l.t1("case-left-minutes", "count", minutes),
        (0, true) => l.t1("case-late-minutes", "count", -minutes),
        (hours, false) => l.t1("case-left-hours", "count", hours),
        (hours, true) => l.t1("case-late-hours", "count", hours),
    }
}

/// The minutes left of a case whose clock runs.
#[must_use]
pub fn minutes_left(case: &Case, ground: &Ground) -> Option<i64> {
    case.due_at.filter(|_| case.state == State::Open).map(|due| step::left(due, ground.now, ground.clock()))
}

/// Whether the clock has run out; a night after the last working minute is late already.
#[must_use]
pub fn is_late(case: &Case, ground: &Ground) -> bool {
    case.state == State::Open && case.due_at.is_some_and(|due| due < ground.now)
}

/// The mark of the design system's set of states.
#[must_use]
pub fn mark(case: &Case, ground: &Ground) -> &'static str {
    match case.state {
        State::Open if is_late(case, ground) => "late",
        State::Open if minutes_left(case, ground).is_some_and(|left| left <= NEAR_HOURS * 60) => "soon",
        State::Open => "open",
        State::Asked => "returned",
        State::Answered => "waiting",
        State::Solved => "on-time",
        State::Withdrawn | State::Lapsed => "superseded",
    }
}

/// The word beside the mark.
#[must_use]
pub fn word(l: Locale, case: &Case, ground: &Ground) -> String {
    if is_late(case, ground) { l.t("case-state-overdue") } else { l.t(&case.state.key()) }
}

/// How much time is left, or that the clock stands still; empty when nobody waits for the body.
#[must_use]
pub fn clock(l: Locale, case: &Case, ground: &Ground) -> String {
    match (minutes_left(case, ground), case.state) {
        // Past the last working minute, before the next one.
        (Some(0), _) if is_late(case, ground) => l.t("case-late-now"),
        (Some(minutes), _) => left(l, minutes),
        (None, State::Asked) => l.t("case-clock-stopped"),
        _ => String::new(),
    }
}
