//! Periods as SDMX writes them (SDMX 3.0, Section 6, Technical Notes 3.2: ObservationalTimePeriod): `2026`, `2026-S1`, `2026-Q1`, `2026-03`;
//! and as ADX does, by ISO 8601 intervals: `2026-01-01/P6M`.

use chrono::{Datelike, NaiveDate};

use ::measures::Every;
use ::measures::period::{CutOff, Period};

/// Nobody keeps figures of other years.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// `2026-S1`: a half-year is S for semester there, H with us.
#[must_use]
pub fn notation(period: Period) -> String {
    period.key().replace("-H", "-S")
}

/// `2026-01-01/P6M`
#[must_use]
pub fn interval(period: Period) -> String {
    let months = period.last + 1 - period.first;
    let first = period.begins_on(CutOff::Calendar);
    if months == 12 { format!("{first}/P1Y") } else { format!("{first}/P{months}M") }
}

/// Reads an interval that is a period of a year: `2026-01-01/P6M`.
#[must_use]
pub fn of_interval(text: &str) -> Option<Period> {
    let (first, length) = text.trim().split_once('/')?;
    let first: NaiveDate = first.parse().ok().filter(|day: &NaiveDate| YEARS.contains(&day.year()))?;
    let every = match length {
        "P1Y" | "P12M" => Every::Year,
        "P6M" => Every::HalfYear,
        "P3M" => Every::Quarter,
        "P1M" => Every::Month,
        _ => return None,
    };
    let period = Period::of(every, first.year(), first.month());
    (period.begins_on(CutOff::Calendar) == first).then_some(period)
}

/// First and last day, as SDMX-JSON wants them.
#[must_use]
pub fn ends(period: Period) -> (String, String) {
    (period.begins_on(CutOff::Calendar).to_string(), period.ends_on(CutOff::Calendar).to_string())
}

/// Reads a period as people and programs write it: `2026`, `2026-S1` or `2026-H1`, `2026-Q1`, `2026-03` or `2026-M03`.
#[must_use]
pub fn read(text: &str) -> Option<(Every, Period)> {
    let text = text.trim().to_ascii_uppercase();
    let (year, rest) = text.split_once('-').unwrap_or((text.as_str(), ""));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !digits(year) {
        return None;
    }
    let year: i32 = year.parse().ok().filter(|year| YEARS.contains(year))?;
    let number = |text: &str, most: u32| text.parse::<u32>().ok().filter(|one| digits(text) && (1..=most).contains(one));
    let (every, last) = match rest.chars().next() {
        None if !text.contains('-') => (Every::Year, 12),
        Some('S' | 'H') => (Every::HalfYear, number(&rest[1..], 2)? * 6),
        Some('Q') => (Every::Quarter, number(&rest[1..], 4)? * 3),
        Some('M') => (Every::Month, number(&rest[1..], 12)?),
        Some(first) if first.is_ascii_digit() && rest.len() == 2 => (Every::Month, number(rest, 12)?),
        _ => return None,
    };
    Some((every, Period::of(every, year, last)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn periods_are_written_as_statistics_write_them() {
        let written = |text: &str| read(text).map(|(_, period)| notation(period));
        for (text, expected) in [
            ("2026", "2026"),
            (" 2026-s1 ", "2026-S1"),
            ("2026-H2", "2026-S2"),
            ("2026-Q3", "2026-Q3"),
            ("2026-M03", "2026-03"),
            ("2026-12", "2026-12"),
        ] {
            assert_eq!(written(text).as_deref(), Some(expected), "{text}");
        }
        for wrong in
            ["", "26", "2026-", "2026-S3", "2026-Q0", "2026-13", "2026-3", "1999", "2026-1-1", "2026-Q+1", "20é6", "2026-é"]
        {
            assert_eq!(written(wrong), None, "{wrong}");
        }
        let half = read("2026-S2").expect("a period").1;
        assert_eq!((interval(half).as_str(), ends(half).1.as_str()), ("2026-07-01/P6M", "2026-12-31"));
        assert_eq!(interval(read("2026").expect("a period").1), "2026-01-01/P1Y");
        for text in ["2026", "2026-S2", "2026-Q3", "2026-12"] {
            let period = read(text).expect("a period").1;
            assert_eq!(of_interval(&interval(period)), Some(period), "{text}");
        }
        for wrong in ["2026-02-01/P6M", "2026-01-02/P1M", "2026-01-01/P2M", "2026-01-01", "1999-01-01/P1Y", "/P1Y"] {
            assert_eq!(of_interval(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_written_makes_reading_fall_over(text in ".{0,20}") {
            let _ = (read(&text), of_interval(&text));
        }
    }
}
