//! Times are UTC in storage and +07:00 on the page.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};

/// Years that somebody may mean. `26` is none of them: which century it is of, nobody said.
pub const YEARS: RangeInclusive<i32> = 1900..=2100;

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

/// Reads a day as browsers send it or as people write it: `2026-06-20`, `20/6/2026`, `20-6-2026`, `20.6.2026`; None when it is none, or of
/// none of [`YEARS`].
#[must_use]
pub fn read_day(typed: &str) -> Option<NaiveDate> {
    let read = |form| NaiveDate::parse_from_str(typed.trim(), form).ok().filter(|day| YEARS.contains(&day.year()));
    ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"].into_iter().find_map(read)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_a_year_of_four_digits() {
        for typed in ["2026-02-01", "1/2/2026", " 01/02/2026 ", "01-02-2026", "1.2.2026"] {
            assert_eq!(read_day(typed), NaiveDate::from_ymd_opt(2026, 2, 1), "{typed}");
        }
        for typed in ["01/02/26", "26-02-01", "01-02-26", "1.2.26", "01/02/0026", "31/2/2026", "2026-02-01T07:00", ""] {
            assert_eq!(read_day(typed), None, "{typed}");
        }
    }
}
