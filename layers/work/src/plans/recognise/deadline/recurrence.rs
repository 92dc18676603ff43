//! Times that come again: "hằng năm", "ngày 20 hằng tháng", "02 lần/tháng", "6 tháng một lần", "thường xuyên".

use super::super::model::{DayMonth, DeadlineKind, Interval, Point};
use super::super::words::{Phrases, Shape, Words, phrases};
use super::point::{point_at, year_number};
use super::time::Time;

/// The recurrence written at `at`.
pub(super) fn recurrence_at(words: &Words<'_>, at: usize) -> Option<Time> {
    continuous(words, at)
        .or_else(|| days_of_year(words, at))
        .or_else(|| day_of_period(words, at))
        .or_else(|| week_of_month(words, at))
        .or_else(|| rate(words, at))
        .or_else(|| times_in(words, at))
        .or_else(|| every(words, at))
        .or_else(|| periods(words, at))
        .or_else(|| each_time(words, at))
        .or_else(|| report_of(words, at))
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
            "thường xuyên , liên tục|thường xuyên và liên tục|thường xuyên trong năm|thường xuyên cả năm|\
             thường xuyên hằng năm|thường xuyên|liên tục|\
             trong suốt quá trình thực hiện|suốt quá trình thực hiện|trong cả quá trình|\
             trong suốt thời gian thực hiện|suốt thời gian thực hiện"
        ),
    )?;
    Some(recurring(Interval::Continuous, at + skip + len))
}

/// How something with a start goes on: "từ năm 2026 | và thực hiện thường xuyên", "| và duy trì hằng năm".
pub(super) fn kept_up(words: &Words<'_>, mut time: Time) -> Time {
    let Some(skip) = words.any(time.end, phrases!("và|,")) else { return time };
    let at = time.end + skip;
    let verb = words.any(at, phrases!("thực hiện|duy trì|triển khai|tổ chức")).unwrap_or(0);
    let yearly = || unit_every(words, at + verb).map(|(interval, end)| recurring(interval, end));
    if let Some(again) = continuous(words, at).or_else(yearly) {
        (time.interval, time.end) = (again.interval, again.end);
    }
    time
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
        if let Some(halves) = dated_halves(words, end) {
            return Some(halves);
        }
        let named = words.any(end, phrases!(", hằng năm|và hằng năm|, hàng năm|và hàng năm|, năm|và năm|, cả năm|và cả năm"));
        // "6 tháng đầu năm" alone is a part of a year.
        let half = words.starts(start + 2, "đầu năm");
        let regular = words.key(at.wrapping_sub(1)) == "kì" || end > start + 2 && !half;
        return (named.is_some() || regular)
            .then(|| Time { regular: true, ..recurring(Interval::HalfYearly, end + named.unwrap_or(0)) });
    }
    let weekday = words.key(start) == "thứ" || words.starts(start, "chủ nhật");
    if weekday && let Some((Interval::Weekly, end)) = unit_every(words, start + 2) {
        return Some(Time { regular: true, ..recurring(Interval::Weekly, end) });
    }
    month_every_year(words, start)
}

/// "6 tháng | (trước ngày 15/6) và hằng năm (trước ngày 15/12)": the days of both reports.
fn dated_halves(words: &Words<'_>, at: usize) -> Option<Time> {
    let (first, before, end) = day_in_brackets(words, at)?;
    let whole_year =
        phrases!(", hằng năm|và hằng năm|, hàng năm|và hàng năm|, năm|và năm|, cả năm|và cả năm|, một năm|và một năm");
    let (second, _, end) = day_in_brackets(words, end + words.any(end, whole_year)?)?;
    let day = (first.day == second.day).then_some(first.day);
    let point = Point { day, ..Point::default() };
    Some(Time { point, before, dates: vec![first, second], regular: true, ..recurring(Interval::HalfYearly, end) })
}

/// "(trước ngày 15/6)": the day, whether it is too late, and the token after the bracket.
fn day_in_brackets(words: &Words<'_>, at: usize) -> Option<(DayMonth, bool, usize)> {
    let close = (words.key(at) == "(").then(|| words.closing(at, 14)).flatten()?;
    let skip = words.any(at + 1, phrases!("chậm nhất là|chậm nhất|xong trước|trước|vào")).unwrap_or(0);
    let found = point_at(words, at + 1 + skip)?;
    let Point { year: None, month: Some(month), day: Some(day), .. } = found.point else { return None };
    (found.end == close).then_some((DayMonth { day, month }, words.key(at + skip) == "trước", close + 1))
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
    // "định kỳ 02 tuần"; six months may go on to name their days.
    let bare = words.key(at.wrapping_sub(1)) == "kì" && (number, unit) != (6, Interval::Monthly);
    let skip = words.any(at + 2, phrases!("/ lần|/ 1 lần|/ 01 lần|một lần|1 lần|01 lần")).or(bare.then_some(0))?;
    let end = at + 2 + skip;
    let interval = match (number, unit) {
        (2, Interval::Weekly) => Interval::Biweekly,
        (3, Interval::Monthly) => Interval::Quarterly,
        (6, Interval::Monthly) => Interval::HalfYearly,
        (12, Interval::Monthly) => Interval::Yearly,
        (1, unit) => unit,
        // "10 ngày một lần": it recurs, at an interval that has no name here.
        _ => return Some(Time { kind: DeadlineKind::Recurring, regular: true, end, ..Time::default() }),
    };
    Some(Time { regular: true, ..recurring(interval, end) })
}

/// The token after what is counted: "lần", or up to three words before "/năm" that measure nothing.
fn counted(words: &Words<'_>, at: usize) -> Option<usize> {
    if let Some(len) = words.any(at, phrases!("lần|buổi|kì|cuộc|lượt|phiên|đợt|số")) {
        return Some(at + len);
    }
    // "02 ngày/tháng"
    if words.key(at) == "ngày" && words.key(at + 1) == "/" {
        return Some(at + 1);
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
    let regular = dates.len() > 1 && words.key(at.wrapping_sub(1)) == "kì" || dates.len() > 2;
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

/// "chiều thứ Sáu tuần cuối của tháng", "tuần đầu hằng tháng", "ngày làm việc cuối cùng của tháng".
fn week_of_month(words: &Words<'_>, at: usize) -> Option<Time> {
    let start = at + words.any(at, phrases!("vào|trước")).unwrap_or(0);
    let start = start + words.any(start, phrases!("buổi sáng|buổi chiều|sáng|chiều")).unwrap_or(0);
    let weekday = words.key(start) == "thứ" || words.starts(start, "chủ nhật");
    let start = start + if weekday { 2 } else { 0 };
    let week = words.any(
        start,
        phrases!(
            "tuần cuối cùng|tuần cuối|tuần đầu tiên|tuần đầu|tuần thứ nhất|tuần thứ hai|tuần thứ ba|tuần thứ tư|ngày cuối cùng|\
             ngày cuối|ngày làm việc cuối cùng|ngày làm việc đầu tiên"
        ),
    )?;
    let of = words.any(start + week, phrases!("của mỗi|của hằng|của|mỗi|hằng|hàng|các"))?;
    let place = start + week + of;
    let interval = unit(words, place).filter(|interval| matches!(interval, Interval::Monthly | Interval::Quarterly))?;
    let dated = words.shape(place + 1) == Some(Shape::Number);
    (!dated).then(|| Time { regular: true, ..recurring(interval, place + 1) })
}

/// "cứ 6 tháng | tổ chức đối thoại một lần"
fn each_time(words: &Words<'_>, at: usize) -> Option<Time> {
    let number = words.whole(at + 1).filter(|_| words.key(at) == "cứ")?;
    let interval = match (number, unit(words, at + 2)?) {
        (1, unit) => unit,
        (2, Interval::Weekly) => Interval::Biweekly,
        (3, Interval::Monthly) => Interval::Quarterly,
        (6, Interval::Monthly) => Interval::HalfYearly,
        _ => return None,
    };
    Some(Time { regular: true, ..recurring(interval, at + 3) })
}

/// "báo cáo tuần | trước 15 giờ thứ Năm", "báo cáo tháng | trước ngày 25": what is reported every week or month.
fn report_of(words: &Words<'_>, at: usize) -> Option<Time> {
    let skip = words.any(at, phrases!("báo cáo kết quả|báo cáo tiến độ|báo cáo"))?;
    let interval = unit(words, at + skip).filter(|_| words.is(at + skip, &["tuần", "tháng", "quí"]))?;
    let end = at + skip + 1;
    let dated = words.any(end, phrases!("trước|chậm nhất|vào|gửi trước"))?;
    let time = Time { regular: true, ..recurring(interval, end) };
    let place = end + dated + words.any(end + dated, phrases!("là ngày|vào ngày|ngày")).unwrap_or(0);
    let day = words.whole(place).filter(|day| (1..=31).contains(day) && words.key(place - 1) == "ngày");
    // "báo cáo quý trước ngày 15/6/2026": a day of its own.
    if words.is(place + 1, &["/", "-"]) || words.starts(place + 1, "tháng") || day.is_none() && words.whole(place).is_none() {
        return None;
    }
    let point = Point { day, ..Point::default() };
    Some(Time { point, before: words.key(end) == "trước" && day.is_some(), end: place + usize::from(day.is_some()), ..time })
}

/// How long a "kỳ" of reports is: the shortest that is named around.
fn reported(words: &Words<'_>, at: usize) -> Interval {
    const AROUND: usize = 60;
    let named = |phrase: &str| words.find_in(at.saturating_sub(AROUND), words.len().min(at + AROUND), phrase).is_some();
    if named("6 tháng") && !named("quí") { Interval::HalfYearly } else { Interval::Quarterly }
}

/// "báo cáo | (quý, 6 tháng, 9 tháng, năm)": the shortest of the periods that a bracket lists.
fn periods(words: &Words<'_>, at: usize) -> Option<Time> {
    const LIST_MAX: usize = 16;
    let close = (words.key(at) == "(").then(|| words.closing(at, LIST_MAX)).flatten()?;
    Some(Time { end: close + 1, ..listed_periods(words, at + 1, close)? })
}

/// "Quý, 6 tháng, năm": the tokens `from..to` are nothing but periods, of which the shortest tells.
pub(super) fn listed_periods(words: &Words<'_>, from: usize, to: usize) -> Option<Time> {
    let (mut next, mut periods) = (from, Vec::new());
    while next < to {
        let every = words.any(next, phrases!("định kì|hằng|hàng|báo cáo")).unwrap_or(0);
        let months = words.whole(next + every).filter(|_| words.key(next + every + 1) == "tháng");
        let (interval, len) = match months {
            Some(6) => (Interval::HalfYearly, 2),
            Some(3) => (Interval::Quarterly, 2),
            Some(_) => (Interval::Yearly, 2),
            None => (unit(words, next + every)?, 1),
        };
        periods.push(interval);
        next += every + len;
        next += words.any(next, phrases!(", và|,|và|;|/")).unwrap_or(0);
    }
    let order =
        [Interval::Daily, Interval::Weekly, Interval::Monthly, Interval::Quarterly, Interval::HalfYearly, Interval::Yearly];
    let shortest = order.into_iter().find(|one| periods.contains(one)).filter(|_| periods.len() > 1)?;
    Some(Time { regular: true, ..recurring(shortest, to) })
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
    } else if let Some(len) = words.any(after, phrases!("tháng cuối kì báo cáo|tháng cuối kì|tháng cuối của kì"))
    {
        (reported(words, at), after + len)
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
