//! Times in words: points, ranges, open starts and recurrences, as one expression.

use std::sync::LazyLock;

use super::super::model::{DayMonth, DeadlineKind, Interval, Point};
use super::super::words::{Phrases, Words, phrases};
use super::point::{Found, bare_day, clock, point_at};
use super::recurrence::{kept_up, recurrence_at};

/// A time written in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Time {
    /// Its form; never a report cycle, which depends on the words around.
    pub kind: DeadlineKind,
    /// The point, or the end of a range, or the start of what has no end.
    pub point: Point,
    /// The start of a range.
    pub from: Option<Point>,
    /// How often it recurs.
    pub interval: Option<Interval>,
    /// "trước": the point itself is too late.
    pub before: bool,
    /// Days of the year of a yearly recurrence.
    pub dates: Vec<DayMonth>,
    /// The token after it.
    pub end: usize,
    /// "Định kỳ" or a day is named: a report with it is a cycle.
    pub regular: bool,
}

/// The time that starts at `at`, with the prepositions before it.
pub(super) fn time_at(words: &Words<'_>, at: usize) -> Option<Time> {
    let regular = words.any(at, phrases!("định kì vào|định kì")).unwrap_or(0);
    let start = at + regular;
    let recurrence = recurrence_at(words, start).or_else(|| at_an_hour(words, start));
    let mut time = recurrence.or_else(|| (regular == 0).then(|| once_at(words, at)).flatten())?;
    time.regular |= regular > 0;
    Some(time)
}

/// "trước 16 giờ hằng ngày", "15 giờ 30 phút thứ Sáu hằng tuần".
fn at_an_hour(words: &Words<'_>, at: usize) -> Option<Time> {
    let skip = words.any(at, phrases!("chậm nhất là|chậm nhất|trước|vào lúc|vào|lúc")).unwrap_or(0);
    let hour = clock(words, at + skip)?;
    let time = recurrence_at(words, at + skip + hour)?;
    Some(Time { before: words.key(at) == "trước", regular: true, ..time })
}

fn once_at(words: &Words<'_>, at: usize) -> Option<Time> {
    let skip = words.any(at, phrases!("dự kiến trong|dự kiến|khoảng|trong vòng")).unwrap_or(0);
    let at = at + skip;
    if let Some(skip) = words.any(at, phrases!("bắt đầu từ|kể từ|từ")) {
        return from_at(words, at + skip);
    }
    let stretch = phrases!(
        "trong giai đoạn|trong suốt giai đoạn|giai đoạn|trong nhiệm kì|trong cả nhiệm kì|nhiệm kì|trong thời kì|thời kì"
    );
    if let Some(skip) = words.any(at, stretch) {
        return range_at(words, at + skip);
    }
    let before = words.any(
        at,
        phrases!(
            "xong trước|chậm nhất trước|chậm nhất là trước|trước kì nghỉ lễ|trước dịp lễ|trước dịp|trước lễ|trước thời điểm|trước"
        ),
    );
    let latest = words.any(
        at,
        phrases!(
            "chậm nhất là vào|chậm nhất là|chậm nhất vào|chậm nhất|muộn nhất là|muộn nhất|không muộn hơn|không chậm hơn|không quá|\
             không để kéo dài quá|không kéo dài quá|không để quá|đến|tới"
        ),
    );
    let start = at + before.or(latest).unwrap_or(0);
    if before.is_none()
        && let Some(range) = range_at(words, start)
    {
        return Some(open_end(words, range));
    }
    let mut found = point_at(words, start)?;
    if before.is_some()
        && let Some(first) = found.from.take()
    {
        // "trước năm học 2029 - 2030" is before it begins.
        found.point = first;
    }
    let mut time = of_point(&found);
    time.before = before.is_some();
    Some(open_end(words, time))
}

/// "2025 và những năm tiếp theo", "tháng 11/2013 trở đi".
fn open_end(words: &Words<'_>, mut time: Time) -> Time {
    static ON: LazyLock<Phrases<()>> = LazyLock::new(|| {
        Phrases::of(
            "và những năm tiếp theo|và các năm tiếp theo|và những năm sau|và các năm sau|và tiếp theo|\
         và hằng năm|và bổ sung hằng năm|và bổ sung hàng năm|trở đi|và duy trì|về sau|và hàng năm",
        )
    });
    if matches!(time.kind, DeadlineKind::Unknown) {
        return time;
    }
    if let Some(len) = words.any(time.end, &ON) {
        let yearly = words.is(time.end + len - 1, &["năm"])
            || words.starts(time.end, "và những năm")
            || words.starts(time.end, "và các năm");
        if let Some(from) = time.from.take() {
            time.point = from;
        }
        time.kind = DeadlineKind::RecurringFrom;
        time.interval = yearly.then_some(Interval::Yearly);
        time.end += len;
    }
    time
}

/// What follows "từ": a range, or a start without an end.
fn from_at(words: &Words<'_>, at: usize) -> Option<Time> {
    if let Some(range) = range_at(words, at).filter(|_| !words.starts(at, "năm học")) {
        return Some(open_end(words, range));
    }
    // "các dự án hoàn thành từ năm 2025 trở về trước": what was, not when it begins.
    let found = point_at(words, at).filter(|found| words.any(found.end, phrases!("trở về trước|về trước")).is_none())?;
    let mut time = of_point(&found);
    if let Some(from) = found.from {
        time.point = from;
        time.from = None;
    }
    if time.kind == DeadlineKind::Unknown {
        return Some(time);
    }
    time.kind = DeadlineKind::RecurringFrom;
    let only_year = found.point.month.is_none() && found.point.quarter.is_none();
    time.interval = only_year.then_some(Interval::Yearly);
    let after = time.end;
    time.end += words.any(after, phrases!("trở đi|và những năm tiếp theo|và các năm tiếp theo")).unwrap_or(0);
    Some(kept_up(words, time))
}

/// "2026 - 2030", "ngày 11/9 đến hết năm 2026", "quý I - quý III/2026".
fn range_at(words: &Words<'_>, at: usize) -> Option<Time> {
    let first = point_at(words, at).or_else(|| bare_day(words, at))?;
    let skip = words.any(first.end, phrases!("cho đến|đến hết|đến|tới|-"));
    let dashed = words.key(first.end) == "-";
    let second = skip.and_then(|skip| point_at(words, first.end + skip));
    let second = second.filter(|second| !dashed || !is_short_date(words, second));
    let Some(second) = second else {
        return first.from.map(|_| of_point(&first));
    };
    let mut from = first.from.unwrap_or(first.point);
    from.year = from.year.or(second.point.year);
    if first.point.day.is_some() && from.month.is_none() {
        from.month = Some(second.point.month?);
    }
    let merged = Found { point: second.point, from: Some(from), end: second.end, garbled: first.garbled || second.garbled };
    Some(of_point(&merged))
}

/// "10/10" after a dash without a year is an event, not the end of a range.
fn is_short_date(words: &Words<'_>, found: &Found) -> bool {
    found.point.year.is_none()
        && !found.garbled
        && found.point.month.is_some()
        && found.end == words.len()
        && words.is(found.end.wrapping_sub(2), &["/"])
}

fn of_point(found: &Found) -> Time {
    let Point { year, quarter, month, day } = found.point;
    let kind = match found.from {
        _ if found.garbled || year.is_none() => DeadlineKind::Unknown,
        Some(_) => DeadlineKind::Range,
        None if day.is_some() => DeadlineKind::Date,
        None if month.is_some() => DeadlineKind::Month,
        None if quarter.is_some() => DeadlineKind::Quarter,
        None => DeadlineKind::Year,
    };
    Time { kind, point: found.point, from: found.from, end: found.end, ..Time::default() }
}
