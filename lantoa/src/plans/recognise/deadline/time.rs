//! Times in words: points, ranges, open starts and recurrences, as one expression.

use std::sync::LazyLock;

use super::super::model::{DayMonth, DeadlineKind, Interval, Point};
use super::super::words::{Phrases, Shape, Words, phrases};
use super::point::{Found, bare_day, clock, point_at, year_number};

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
    if words.starts(at, "giai đoạn") || words.starts(at, "trong giai đoạn") {
        let start = at + if words.key(at) == "trong" { 3 } else { 2 };
        return range_at(words, start);
    }
    let before = words.any(at, phrases!("xong trước|chậm nhất trước|chậm nhất là trước|trước"));
    let latest =
        words.any(at, phrases!("chậm nhất là vào|chậm nhất là|chậm nhất vào|chậm nhất|muộn nhất|không muộn hơn|không quá|đến"));
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
    let found = point_at(words, at)?;
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
    Some(time)
}

/// "2026 - 2030", "ngày 11/9 đến hết năm 2026", "quý I - quý III/2026".
fn range_at(words: &Words<'_>, at: usize) -> Option<Time> {
    let first = point_at(words, at).or_else(|| bare_day(words, at))?;
    let skip = words.any(first.end, phrases!("cho đến|đến hết|đến|tới|-"));
    let second = skip.and_then(|skip| point_at(words, first.end + skip)).filter(|second| !is_short_date(words, second));
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

fn recurrence_at(words: &Words<'_>, at: usize) -> Option<Time> {
    continuous(words, at)
        .or_else(|| days_of_year(words, at))
        .or_else(|| day_of_period(words, at))
        .or_else(|| rate(words, at))
        .or_else(|| times_in(words, at))
        .or_else(|| every(words, at))
        .map(|time| since(words, time))
}

fn recurring(interval: Interval, end: usize) -> Time {
    Time { kind: DeadlineKind::Recurring, interval: Some(interval), end, ..Time::default() }
}

/// "Nhiệm vụ thường xuyên", "Thường xuyên, liên tục".
fn continuous(words: &Words<'_>, at: usize) -> Option<Time> {
    let skip = words.any(at, phrases!("nhiệm vụ|việc làm|công việc|thực hiện|duy trì")).unwrap_or(0);
    let len = words.any(
        at + skip,
        phrases!(
            "thường xuyên , liên tục|thường xuyên và liên tục|thường xuyên|liên tục|\
             trong suốt quá trình thực hiện|suốt quá trình thực hiện|trong cả quá trình|\
             trong suốt thời gian thực hiện|suốt thời gian thực hiện"
        ),
    )?;
    Some(recurring(Interval::Continuous, at + skip + len))
}

/// "(bắt đầu từ năm 2026)", "từ năm 2026" after a recurrence.
fn since(words: &Words<'_>, mut time: Time) -> Time {
    let open = usize::from(words.key(time.end) == "(");
    let at = time.end + open;
    let Some(skip) = words.any(at, phrases!("bắt đầu từ|thực hiện từ|kể từ|, bắt đầu từ|, từ|từ"))
    else {
        return time;
    };
    let Some(found) = point_at(words, at + skip).filter(|found| found.point.year.is_some()) else { return time };
    time.kind = DeadlineKind::RecurringFrom;
    time.point = found.from.unwrap_or(found.point);
    time.end = found.end + usize::from(open == 1 && words.key(found.end) == ")");
    time
}

/// "hằng năm", "mỗi quý", "hàng tuần".
fn unit_every(words: &Words<'_>, at: usize) -> Option<(Interval, usize)> {
    let by = words.key(at) == "theo" && words.shape(at + 2) != Some(Shape::Number) && words.key(at + 2) != "học";
    let every = by || words.is(at, &["hằng", "hàng", "mỗi", "từng"]);
    every.then(|| unit(words, at + 1)).flatten().map(|interval| (interval, at + 2))
}

fn unit(words: &Words<'_>, at: usize) -> Option<Interval> {
    Some(match words.key(at) {
        "năm" => Interval::Yearly,
        "quí" => Interval::Quarterly,
        "tháng" => Interval::Monthly,
        "tuần" => Interval::Weekly,
        "ngày" => Interval::Daily,
        _ => return None,
    })
}

/// "hằng quý", "6 tháng, hằng năm", "tháng 10 hằng năm", "thứ sáu hằng tuần".
fn every(words: &Words<'_>, at: usize) -> Option<Time> {
    let start = at + words.any(at, phrases!("vào|trong")).unwrap_or(0);
    if let Some((interval, end)) = unit_every(words, start) {
        return Some(with_day(words, with_more(words, recurring(interval, end))));
    }
    if words.any(start, phrases!("6 tháng|06 tháng|sáu tháng")).is_some() && year_number(words, start + 4).is_none() {
        let end = start + 2 + words.any(start + 2, phrases!("đầu năm|một lần|/ lần")).unwrap_or(0);
        let named = words.any(end, phrases!(", hằng năm|và hằng năm|, hàng năm|và hàng năm|, năm|và năm|, cả năm|và cả năm"));
        let regular = words.key(at.wrapping_sub(1)) == "kì" || end > start + 2;
        return (named.is_some() || regular)
            .then(|| Time { regular: true, ..recurring(Interval::HalfYearly, end + named.unwrap_or(0)) });
    }
    let weekday = words.key(start) == "thứ" || words.starts(start, "chủ nhật");
    if weekday && let Some((Interval::Weekly, end)) = unit_every(words, start + 2) {
        return Some(Time { regular: true, ..recurring(Interval::Weekly, end) });
    }
    month_every_year(words, start)
}

/// "tháng 10 hằng năm", "quý IV hằng năm".
fn month_every_year(words: &Words<'_>, at: usize) -> Option<Time> {
    let found = point_at(words, at).filter(|found| found.point.year.is_none() && found.point.day.is_none() && !found.garbled)?;
    let (interval, end) = unit_every(words, found.end)?;
    (interval == Interval::Yearly).then(|| Time { point: found.point, regular: true, ..recurring(interval, end) })
}

/// "(trước ngày 10 tháng 12)" after "hằng năm".
fn with_day(words: &Words<'_>, mut time: Time) -> Time {
    let Some(close) = (words.key(time.end) == "(").then(|| words.closing(time.end, 14)).flatten() else { return time };
    let at = time.end + 1;
    let skip = words.any(at, phrases!("chậm nhất là|chậm nhất|trước|vào|xong trước")).unwrap_or(0);
    let day = words.key(at + skip) == "ngày" && words.whole(at + skip + 1).is_some();
    if let (true, Some(found)) = (day, point_at(words, at + skip)) {
        time.point = found.point;
        time.before = words.key(at) == "trước";
    }
    if day {
        time.point.day = words.whole(at + skip + 1).filter(|day| (1..=31).contains(day));
        (time.regular, time.end) = (true, close + 1);
    }
    time
}

/// ", hằng quý" after "hằng tháng": the shortest stays.
fn with_more(words: &Words<'_>, mut time: Time) -> Time {
    while let Some(skip) = words.any(time.end, phrases!(", và|,|và|hoặc"))
        && let Some((_, end)) = unit_every(words, time.end + skip)
    {
        time.end = end;
        time.regular = true;
    }
    time
}

/// "02 lần/tháng", "6 tháng một lần", "2 tuần/lần", "02 lớp/năm".
fn rate(words: &Words<'_>, at: usize) -> Option<Time> {
    const SPELT: [&str; 7] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu"];
    let spelt = || SPELT.iter().skip(1).position(|word| words.key(at) == *word);
    let number = words.whole(at).or_else(|| spelt().and_then(|place| u32::try_from(place + 1).ok()))?;
    if let Some(counted) = counted(words, at + 1) {
        let skip = words.any(counted, phrases!("/|mỗi|một|trong một|trong|trên"))?;
        let dated = year_number(words, counted + skip + 1).is_some();
        return unit(words, counted + skip).filter(|_| !dated).map(|interval| recurring(interval, counted + skip + 1));
    }
    let unit = unit(words, at + 1)?;
    let skip = words.any(at + 2, phrases!("/ lần|/ 1 lần|/ 01 lần|một lần|1 lần|01 lần"))?;
    let end = at + 2 + skip;
    let interval = match (number, unit) {
        (2, Interval::Weekly) => Interval::Biweekly,
        (3, Interval::Monthly) => Interval::Quarterly,
        (6, Interval::Monthly) => Interval::HalfYearly,
        (12, Interval::Monthly) => Interval::Yearly,
        (1, unit) => unit,
        // "hai tháng một lần": it recurs, at an interval that has no name here.
        _ => return Some(Time { kind: DeadlineKind::Unknown, end, ..Time::default() }),
    };
    Some(Time { regular: true, ..recurring(interval, end) })
}

/// The token after what is counted: "lần", or up to three words before "/năm" that measure nothing.
fn counted(words: &Words<'_>, at: usize) -> Option<usize> {
    if let Some(len) = words.any(at, phrases!("lần|buổi|kì|cuộc|lượt|phiên|đợt|số")) {
        return Some(at + len);
    }
    let measures = phrases!("đồng|triệu|tỉ|nghìn|tấn|ha|kg|km|m|giờ|phút|tuần|tháng|ngày|năm|quí|lít|người");
    let end = (at + 1..at + 5).find(|index| words.key(*index) == "/")?;
    let word = |index: usize| words.shape(index) == Some(Shape::Lower) && words.any(index, measures).is_none();
    let plain = (at..end).all(|index| word(index) || index > at && words.key(index) == ",");
    plain.then_some(end)
}

/// "tuần 3 buổi", "tháng ít nhất 02 lần".
fn times_in(words: &Words<'_>, at: usize) -> Option<Time> {
    let interval = unit(words, at)?;
    let number = at + 1 + words.any(at + 1, phrases!("ít nhất|tối thiểu|từ")).unwrap_or(0);
    words.whole(number)?;
    words.any(number + 1, phrases!("lần|buổi|phiên|kì"))?;
    Some(Time { regular: true, ..recurring(interval, number + 2) })
}

/// "trước ngày 20 tháng 6 và trước ngày 20 tháng 12 hằng năm".
fn days_of_year(words: &Words<'_>, at: usize) -> Option<Time> {
    let mut before = false;
    let mut dates = Vec::new();
    let mut next = at;
    while dates.len() < 12 {
        let skip = words.any(next, phrases!("chậm nhất là|chậm nhất|trước|vào")).unwrap_or(0);
        before |= words.key(next) == "trước";
        let Some(found) = point_at(words, next + skip) else { break };
        let Point { year: None, month: Some(month), day: Some(day), .. } = found.point else { break };
        dates.push(DayMonth { day, month });
        next = found.end;
        match words.any(next, phrases!(", và|và|,")) {
            Some(skip) => next += skip,
            None => break,
        }
    }
    let last = dates.last()?;
    // "Định kỳ trước ngày 15/6 và 15/12, …": without "hằng năm" as clear.
    let regular = dates.len() > 1 && words.key(at.wrapping_sub(1)) == "kì";
    let (interval, end) = unit_every(words, next).or(regular.then_some((Interval::Yearly, next)))?;
    let interval = match (interval, dates.len()) {
        (Interval::Yearly, 1) => Interval::Yearly,
        (Interval::Yearly, 2) => Interval::HalfYearly,
        (Interval::Yearly, 4) => Interval::Quarterly,
        (Interval::Yearly, _) => Interval::Yearly,
        _ => return None,
    };
    let same_day = dates.iter().all(|date| date.day == last.day);
    let month = (dates.len() == 1).then_some(last.month);
    let point = Point { day: same_day.then_some(last.day), month, ..Point::default() };
    Some(Time { point, before, dates, regular: true, ..recurring(interval, end) })
}

/// "ngày 20 hằng tháng", "trước ngày 10 của tháng cuối quý".
fn day_of_period(words: &Words<'_>, at: usize) -> Option<Time> {
    let before = words.key(at) == "trước";
    let start = at + words.any(at, phrases!("chậm nhất là|chậm nhất|trước|vào")).unwrap_or(0);
    if words.key(start) != "ngày" {
        return None;
    }
    let day = words.whole(start + 1).filter(|day| (1..=31).contains(day))?;
    let after = start + 2 + words.any(start + 2, phrases!("của|các")).unwrap_or(0);
    let (interval, end) = if let Some(len) = words.any(
        after,
        phrases!(
            "tháng cuối quí|tháng cuối của quí|tháng cuối mỗi quí|tháng cuối cùng của quí|tháng đầu quí sau|\
             tháng đầu quí"
        ),
    ) {
        (Interval::Quarterly, after + len)
    } else {
        unit_every(words, after)?
    };
    (interval != Interval::Daily).then(|| Time {
        point: Point { day: Some(day), ..Point::default() },
        before,
        regular: true,
        ..recurring(interval, end)
    })
}
