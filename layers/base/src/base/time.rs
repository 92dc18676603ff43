//! Times are UTC in storage and +07:00 on the page.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// Vietnam keeps UTC+7 all year (no daylight saving).
pub const VIETNAM: FixedOffset = match FixedOffset::east_opt(7 * 3600) {
    Some(offset) => offset,
    None => unreachable!(),
};

/// The calendar day in Vietnam at that moment.
#[must_use]
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&VIETNAM).date_naive()
}

/// The first moment of a calendar day in Vietnam.
#[must_use]
pub fn begins(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_local_timezone(VIETNAM).single().map(|at| at.to_utc()).unwrap_or_default()
}

/// `20/6/2026`.
#[must_use]
pub fn day(date: NaiveDate) -> String {
    date.format("%-d/%-m/%Y").to_string()
}

/// `20/6/2026 14:05`, Vietnam time.
#[must_use]
pub fn minute(at: DateTime<Utc>) -> String {
    at.with_timezone(&VIETNAM).format("%-d/%-m/%Y %H:%M").to_string()
}

/// For `<time datetime>`: RFC 3339 with +07:00.
#[must_use]
pub fn machine(at: DateTime<Utc>) -> String {
    at.with_timezone(&VIETNAM).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}
