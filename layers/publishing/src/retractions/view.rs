//! Cases and copies in words and marks.

use chrono::{DateTime, Utc};

use super::case::Retraction;
use super::found::Found;
use super::reminder::NEAR_H;
use crate::base::copies::Stand;
use crate::web::Locale;

/// The mark of a case.
#[must_use]
pub fn mark(case: &Retraction, now: DateTime<Utc>) -> &'static str {
    match () {
        () if !case.is_open() => "on-time",
        () if case.is_late(now) => "late",
        () if case.due_at - now <= chrono::TimeDelta::hours(NEAR_H) => "soon",
        () => "open",
    }
}

/// The word beside the mark.
#[must_use]
pub fn word(l: Locale, case: &Retraction, now: DateTime<Utc>) -> String {
    if case.is_late(now) { l.t("retraction-state-overdue") } else { l.t(&case.state.key()) }
}

/// `còn 6 giờ`, `quá hạn 3 giờ`, `quá hạn 2 ngày`; empty when nothing runs.
#[must_use]
pub fn left(l: Locale, case: &Retraction, now: DateTime<Utc>) -> String {
    if !case.is_open() {
        return String::new();
    }
    let (minutes, late) = ((case.due_at - now).num_minutes().abs(), case.is_late(now));
    let (key, count) = match minutes {
        ..60 => ("minutes", minutes),
        60..2880 => ("hours", minutes / 60),
        _ => ("days", minutes / 1440),
    };
    l.t1(&format!("retraction-{}-{key}", if late { "late" } else { "left" }), "count", count)
}

/// How a channel is called; its code where its capability has no word for it.
#[must_use]
pub fn channel(l: Locale, code: &str) -> String {
    let key = format!("copy-channel-{code}");
    if l.has(&key) { l.t(&key) } else { code.to_owned() }
}

/// The mark of a copy.
#[must_use]
pub fn copy_mark(found: &Found) -> &'static str {
    match found.stand() {
        _ if found.is_settled => "on-time",
        Stand::Unknown => "unknown",
        Stand::Waiting => "waiting",
        _ => "returned",
    }
}

/// Where a copy stands, in words.
#[must_use]
pub fn stand(l: Locale, found: &Found) -> String {
    match () {
        () if found.is_gone => l.t("retraction-copy-gone"),
        () if found.is_left() => l.t(Stand::Stays.key()),
        () if found.is_fresh => l.t("retraction-copy-fresh"),
        () => l.t(found.stand().key()),
    }
}
