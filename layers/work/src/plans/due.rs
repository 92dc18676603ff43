//! A deadline in a person's words, and as the last day that is still in time.

use chrono::{Datelike, Months, NaiveDate};

use super::recognise::{Deadline, DeadlineKind, Interval, Point};
use crate::web::Locale;

/// The last day that is in time; None for what recurs, or when the day can not be known.
#[must_use]
pub fn last_day(deadline: &Deadline) -> Option<NaiveDate> {
    match deadline.kind {
        DeadlineKind::Year | DeadlineKind::Month | DeadlineKind::Quarter | DeadlineKind::Date | DeadlineKind::Range => {
            let (year, quarter, month, day) = (deadline.year?, deadline.quarter, deadline.month, deadline.day);
            // "Trước năm 2027" ends with 2026, as "trước ngày 20/6" ends with the 19th.
            if deadline.before { start_of(year, quarter, month, day)?.pred_opt() } else { end_of(year, quarter, month, day) }
        }
        _ => None,
    }
}

fn start_of(year: i32, quarter: Option<u32>, month: Option<u32>, day: Option<u32>) -> Option<NaiveDate> {
    let month = month.or(quarter.map(|quarter| quarter * 3 - 2)).unwrap_or(1);
    NaiveDate::from_ymd_opt(year, month, day.unwrap_or(1))
}

fn end_of(year: i32, quarter: Option<u32>, month: Option<u32>, day: Option<u32>) -> Option<NaiveDate> {
    let month = month.or(quarter.map(|quarter| quarter * 3));
    match (month, day) {
        (Some(month), Some(day)) => NaiveDate::from_ymd_opt(year, month, day),
        (Some(month), None) => NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt(),
        _ => NaiveDate::from_ymd_opt(year, 12, 31),
    }
}

/// The year in which something is due or begins; for grouping.
#[must_use]
pub fn year(deadline: &Deadline) -> Option<i32> {
    match deadline.kind {
        DeadlineKind::RecurringFrom => deadline.year,
        _ => last_day(deadline).map(|day| day.year()),
    }
}

/// `Năm 2026`, `Trước 20/6/2026`, `Từ năm 2026 đến năm 2028`, `Thường xuyên, từ năm 2026`, …
#[must_use]
pub fn words(l: Locale, deadline: &Deadline) -> String {
    vietnamese::capitalised(&phrase(l, deadline))
}

fn phrase(l: Locale, deadline: &Deadline) -> String {
    let point = Point { year: deadline.year, quarter: deadline.quarter, month: deadline.month, day: deadline.day };
    match deadline.kind {
        DeadlineKind::None => l.t("due-none"),
        DeadlineKind::Unknown => match &deadline.raw {
            Some(raw) => l.t1("due-unknown-raw", "raw", raw),
            None => l.t("due-unknown"),
        },
        DeadlineKind::Year | DeadlineKind::Month | DeadlineKind::Quarter | DeadlineKind::Date => {
            l.t1(if deadline.before { "due-before" } else { "due-by" }, "point", when(l, point))
        }
        DeadlineKind::Range => match deadline.from {
            Some(from) => l.t2("due-range", "from", when(l, from), "to", when(l, point)),
            None => l.t1("due-by", "point", when(l, point)),
        },
        DeadlineKind::Recurring => interval(l, deadline.interval),
        DeadlineKind::RecurringFrom => l.t2("due-from", "interval", interval(l, deadline.interval), "point", when(l, point)),
        DeadlineKind::ReportCycle => cycle(l, deadline),
    }
}

fn interval(l: Locale, interval: Option<Interval>) -> String {
    l.t(match interval {
        Some(Interval::Continuous) | None => "due-continuous",
        Some(Interval::Daily) => "due-daily",
        Some(Interval::Weekly) => "due-weekly",
        Some(Interval::Biweekly) => "due-biweekly",
        Some(Interval::Monthly) => "due-monthly",
        Some(Interval::Quarterly) => "due-quarterly",
        Some(Interval::HalfYearly) => "due-half-yearly",
        Some(Interval::Yearly) => "due-yearly",
    })
}

fn cycle(l: Locale, deadline: &Deadline) -> String {
    let days: Vec<String> = if deadline.dates.is_empty() {
        deadline.day.map(|day| l.t1("due-day-of-month", "day", day)).into_iter().collect()
    } else {
        deadline.dates.iter().map(|date| format!("{}/{}", date.day, date.month)).collect()
    };
    let often = interval(l, deadline.interval);
    if days.is_empty() {
        return l.t1("due-report", "interval", often);
    }
    let days = days.join(", ");
    l.with(if deadline.before { "due-report-before" } else { "due-report-on" }, &[("days", days), ("interval", often)])
}

fn when(l: Locale, point: Point) -> String {
    let year = point.year.map(|year| year.to_string()).unwrap_or_default();
    match (point.day, point.month, point.quarter) {
        (Some(day), Some(month), _) => format!("{day}/{month}/{year}"),
        (_, Some(month), _) => l.t2("due-month", "month", month, "year", year),
        (_, _, Some(quarter)) => {
            l.t2("due-quarter", "quarter", vietnamese::roman::to_roman(quarter).unwrap_or_default(), "year", year)
        }
        _ => l.t1("due-year", "year", year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(deadline: Deadline) -> Option<String> {
        last_day(&deadline).map(|day| day.to_string())
    }

    #[test]
    fn before_a_stretch_ends_with_the_day_before_it() {
        let year = Deadline { kind: DeadlineKind::Year, year: Some(2027), ..Deadline::default() };
        assert_eq!(last(year.clone()).as_deref(), Some("2027-12-31"));
        assert_eq!(last(Deadline { before: true, ..year.clone() }).as_deref(), Some("2026-12-31"));
        let quarter = Deadline { kind: DeadlineKind::Quarter, quarter: Some(2), ..year.clone() };
        assert_eq!(last(quarter.clone()).as_deref(), Some("2027-06-30"));
        assert_eq!(last(Deadline { before: true, ..quarter }).as_deref(), Some("2027-03-31"));
        let day = Deadline { kind: DeadlineKind::Date, month: Some(6), day: Some(20), before: true, ..year };
        assert_eq!(last(day).as_deref(), Some("2027-06-19"));
    }
}
