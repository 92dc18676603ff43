//! Articles in the words and marks of the interface.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDateTime, TimeZone};
use sea_orm::entity::prelude::*;

use super::article::{Article, State};
use super::step::Step;
use crate::base::time::{self, VIETNAM};
use crate::people::agency::brief::Known;
use crate::web::Locale;

/// The mark of a state, one of the interface's set.
#[must_use]
pub const fn mark(state: State, is_late: bool) -> &'static str {
    match state {
        State::Draft => "draft",
        State::Returned => "returned",
        State::InReview if is_late => "late",
        State::InReview => "waiting",
        State::Approved => "on-time",
        State::Scheduled => "soon",
        State::Published | State::Corrected => "issued",
        State::Withdrawn | State::TakenDown => "superseded",
    }
}

/// Where it stands, in words: of one in review also at which step.
#[must_use]
pub fn word(l: Locale, article: &Article) -> String {
    match article.state {
        State::InReview => {
            let steps = article.steps().len();
            let at = l.t2("article-in-review-at", "n", article.step + 1, "count", steps);
            if is_missed(article) { format!("{at} · {}", l.t("article-missed")) } else { at }
        }
        state if is_missed(article) => format!("{} · {}", l.t(&state.key()), l.t("article-missed")),
        state => l.t(&state.key()),
    }
}

/// Whether it was to go out and could not, and nobody has decided since.
#[must_use]
pub fn is_missed(article: &Article) -> bool {
    article.missed_at.is_some() && !article.state.is_readable() && article.state != State::TakenDown
}

/// A step in words: what, who, where.
#[must_use]
pub fn step(l: Locale, step: &Step, own: Uuid, agencies: &Known) -> String {
    // a section of the province names no agency: the article brings it
    let body = agencies.get(&step.body(own)).map_or_else(|| l.t("article-step-own"), |body| body.label());
    let words = [("role", l.t(&step.role.key())), ("agency", body)];
    l.with(&format!("article-step-{}", step.act.code()), &words)
}

/// `2026-03-03T07:00`, Vietnam time: what a field for a minute holds.
#[must_use]
pub fn typed_minute(at: Option<DateTimeUtc>) -> String {
    at.map(|at| at.with_timezone(&VIETNAM).format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
}

/// Reads a minute of Vietnam, as browsers send it or as people type it where they have no field for it; Err when it is none.
#[expect(clippy::result_unit_err, reason = "the caller knows the field and says what is wrong")]
pub fn minute(typed: &str) -> Result<Option<DateTimeUtc>, ()> {
    const FORMS: [&str; 5] = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%Y-%m-%d %H:%M"];
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let read = FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(typed, form).ok());
    read.filter(|at| time::YEARS.contains(&at.year()))
        .and_then(|at| VIETNAM.from_local_datetime(&at).single())
        .map(|at| Some(at.to_utc()))
        .ok_or(())
}

/// Reads a day ([`time::read_day`]); None where nothing was typed, Err when it is none.
#[expect(clippy::result_unit_err, reason = "the caller knows the field and says what is wrong")]
pub fn day(typed: &str) -> Result<Option<chrono::NaiveDate>, ()> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    time::read_day(typed).map(Some).ok_or(())
}

/// How long ago or until when, as a list says it: the minute.
#[must_use]
pub fn when(l: Locale, article: &Article) -> String {
    match (article.state, article.step_due_at, article.schedule_at) {
        (State::InReview, Some(due), _) => l.t1("article-due-by", "at", time::minute(due)),
        (State::Scheduled, _, Some(at)) => l.t1("article-goes-out-at", "at", time::minute(at)),
        _ => time::minute(article.changed_at),
    }
}

/// The name of a person, or what stands in for it.
#[must_use]
pub fn person(l: Locale, names: &HashMap<Uuid, String>, id: Option<Uuid>) -> String {
    id.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| l.t("ledger-somebody"))
}
