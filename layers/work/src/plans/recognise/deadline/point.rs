//! Points of time in words: "30/6/2026", "ngày 30 tháng 6 năm 2026", "tháng 8/2026", "quý II/2026", "cuối năm 2026".

use super::super::model::Point;
use super::super::words::{Phrases, Shape, Words, phrases};

/// Years a plan may name.
const YEARS: std::ops::RangeInclusive<i32> = 1945..=2150;

/// A point, or two of a list or range of the same kind ("tháng 5, 6/2026", "quý I - quý III/2026").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// The point; the end of a list.
    pub point: Point,
    /// The start of a list.
    pub from: Option<Point>,
    /// The token after it.
    pub end: usize,
    /// Digits and letters are mixed ("2O26"): nothing is certain.
    pub garbled: bool,
}

impl Found {
    fn at(point: Point, end: usize) -> Self {
        Self { point, end, ..Self::default() }
    }
}

/// The point of time written at `at`.
pub(super) fn point_at(words: &Words<'_>, at: usize) -> Option<Found> {
    let start = at + words.any(at, phrases!("đến hết|cho đến|vào|hết|cuối|đầu|giữa|cả|trong")).unwrap_or(0);
    let start = start
        + words.any(start, phrases!("hết|cuối|đầu|mùa mưa|mùa khô|tuần cuối của|tuần cuối|tuần đầu của|tuần đầu|tuần thứ nhất của|tuần thứ hai của|tuần thứ ba của|tuần thứ tư của|tuần 1|tuần 2|tuần 3|tuần 4|tuần thứ 1|tuần thứ 2|tuần thứ 3|tuần thứ 4|tuần thứ hai|nửa đầu|nửa cuối|trung tuần")).unwrap_or(0);
    let start = start + clock(words, start).unwrap_or(0);
    half(words, start)
        .or_else(|| semester(words, start))
        .or_else(|| days(words, start))
        .or_else(|| day(words, start))
        .or_else(|| month(words, start))
        .or_else(|| quarter(words, start))
        .or_else(|| year(words, start))
}

/// The words of an hour, "7 giờ 30 phút," or "16h30", when something follows it.
pub(super) fn clock(words: &Words<'_>, at: usize) -> Option<usize> {
    let (hours, minutes) = words.key(at).split_once('h').unwrap_or(("", ""));
    let digits = |text: &str| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let end = if !hours.is_empty() && digits(hours) && digits(minutes) {
        at + 1
    } else {
        words.whole(at).filter(|hour| *hour <= 24 && words.key(at + 1) == "giờ")?;
        let minutes = words.whole(at + 2).is_some_and(|minutes| minutes < 60);
        // "12 giờ 00 ngày 20", "15 giờ 00 hằng ngày"
        let bare = minutes && words.is(at + 3, &["ngày", "hằng", "hàng", "thứ", ","]);
        at + match (minutes && words.key(at + 3) == "phút", bare) {
            (true, _) => 4,
            (_, true) => 3,
            _ => 2,
        }
    };
    Some(end - at + usize::from(words.key(end) == ","))
}

/// "ngày 10" before "đến ngày 12 tháng 6": a day whose month follows.
pub(super) fn bare_day(words: &Words<'_>, at: usize) -> Option<Found> {
    let day = in_range(words, at + 1, 31).filter(|_| words.key(at) == "ngày")?;
    words.any(at + 2, phrases!("đến|tới|-"))?;
    Some(Found::at(Point { day: Some(day), ..Point::default() }, at + 2))
}

/// "học kỳ I năm học 2026 - 2027" ends in the first of the two years, "học kỳ II" in the second.
fn semester(words: &Words<'_>, at: usize) -> Option<Found> {
    let (number, end) = words.starts(at, "học kì").then(|| roman_quarter(words, at + 2)).flatten()?;
    let years = year(words, end).filter(|_| words.starts(end, "năm học"))?;
    let point = if number == 1 { years.from.unwrap_or(years.point) } else { years.point };
    Some(Found { point, from: None, ..years })
}

/// The year written at `at` without any word before it, and whether it is garbled.
pub(super) fn year_number(words: &Words<'_>, at: usize) -> Option<(Option<i32>, usize)> {
    if words.shape(at)? == Shape::Number && words.key(at).len() == 4 {
        let year = i32::try_from(words.whole(at)?).ok()?;
        return YEARS.contains(&year).then_some((Some(year), at + 1));
    }
    is_garbled_year(words.key(at)).then_some((None, at + 1))
}

/// "2o26", "20l6": four signs of which some look like digits.
fn is_garbled_year(key: &str) -> bool {
    let like_digit = |c: char| c.is_ascii_digit() || matches!(c, 'o' | 'l' | 'i' | 's' | 'b');
    let digits = key.chars().filter(char::is_ascii_digit).count();
    key.chars().count() == 4 && key.starts_with(['1', '2', 'l']) && key.chars().all(like_digit) && (2..4).contains(&digits)
}

/// "/2026", "năm 2026", "-2026" after a day, month or quarter.
fn year_after(words: &Words<'_>, at: usize) -> (Option<i32>, usize, bool) {
    let skip = words.any(at, phrases!("/ năm|năm|/|-|.")).unwrap_or(0);
    if skip == 0 && words.key(at).len() != 4 {
        return (None, at, false);
    }
    match year_number(words, at + skip) {
        Some((year, end)) => (year, end, year.is_none()),
        None => (None, at, false),
    }
}

fn in_range(words: &Words<'_>, at: usize, max: u32) -> Option<u32> {
    words.whole(at).filter(|number| (1..=max).contains(number))
}

fn half(words: &Words<'_>, at: usize) -> Option<Found> {
    let (months, skip) = if words.starts(at, "6 tháng đầu năm") || words.starts(at, "06 tháng đầu năm") {
        (6, 4)
    } else if words.starts(at, "6 tháng cuối năm") || words.starts(at, "06 tháng cuối năm") {
        (12, 4)
    } else if words.starts(at, "9 tháng đầu năm") || words.starts(at, "09 tháng đầu năm") {
        (9, 4)
    } else {
        return None;
    };
    let Some((year, end)) = year_number(words, at + skip) else {
        // "trong 6 tháng cuối năm"
        let ahead = at == 0 || months == 12 && words.key(at - 1) == "trong";
        return ahead.then(|| Found::at(Point { month: Some(months), ..Point::default() }, at + skip));
    };
    Some(Found { garbled: year.is_none(), ..Found::at(Point { year, month: Some(months), ..Point::default() }, end) })
}

/// "hai ngày 15 và 16/5/2026", "các ngày 25, 26 và 27 tháng 6": the first and the last of some days.
fn days(words: &Words<'_>, at: usize) -> Option<Found> {
    let many = words.any(at, phrases!("các ngày|những ngày|hai ngày|ba ngày|02 ngày|2 ngày|03 ngày|3 ngày|ngày"))?;
    let first = in_range(words, at + many, 31)?;
    let mut next = at + many + 1;
    for _ in 0..6 {
        let skip = words.any(next, phrases!(", và|và ngày|và|,|-"))?;
        let place = next + skip;
        let whole = day(words, place).filter(|found| found.point.month.is_some());
        if let Some(found) = whole {
            let from = Point { day: Some(first), ..found.point };
            return (Some(first) < found.point.day).then_some(Found { from: Some(from), ..found });
        }
        in_range(words, place, 31)?;
        next = place + 1;
    }
    None
}

fn day(words: &Words<'_>, at: usize) -> Option<Found> {
    let named = words.key(at) == "ngày";
    let start = at + usize::from(named);
    if let Some(found) = dotted(words, start) {
        return Some(found);
    }
    let day = in_range(words, start, 31).filter(|_| named || !words.is(at.wrapping_sub(1), &["tuần", "đợt", "lần", "thứ"]))?;
    let slash = words.is(start + 1, &["/", "-", "."]);
    let spelt = words.key(start + 1) == "tháng";
    let month = in_range(words, start + 2, 12).filter(|_| slash || spelt)?;
    let (year, end, garbled) = year_after(words, start + 3);
    if !named && !spelt && year.is_none() && !garbled && words.key(start + 1) != "/" {
        return None;
    }
    let point = Point { year, month: Some(month), day: Some(day), quarter: None };
    Some(Found { garbled, ..Found::at(point, end) })
}

/// "30.6.2026", which is one token.
fn dotted(words: &Words<'_>, at: usize) -> Option<Found> {
    let mut parts = words.key(at).split('.').map(|part| part.parse::<u32>().ok());
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    let valid = parts.next().is_none() && (1..=31).contains(&day) && (1..=12).contains(&month);
    valid.then(|| Found::at(Point { year: Some(year), month: Some(month), day: Some(day), quarter: None }, at + 1))
}

fn month(words: &Words<'_>, at: usize) -> Option<Found> {
    if words.key(at) != "tháng" {
        // "10/2026", "T10/2026"
        let first = in_range(words, at, 12).or_else(|| abbreviated(words, at, 't', 12))?;
        let (year, end) = (words.key(at + 1) == "/").then(|| year_number(words, at + 2)).flatten()?;
        return Some(Found { garbled: year.is_none(), ..Found::at(Point { year, month: Some(first), ..Point::default() }, end) });
    }
    let first = in_range(words, at + 1, 12)?;
    let (last, after) = more(words, at + 2, month_number);
    let (year, end, garbled) = year_after(words, after);
    Some(listed(first, last, end, garbled, |value| Point { year, month: Some(value), ..Point::default() }))
}

fn month_number(words: &Words<'_>, at: usize) -> Option<(u32, usize)> {
    let start = at + usize::from(words.key(at) == "tháng");
    in_range(words, start, 12).map(|value| (value, start + 1))
}

/// "T6", "Q2".
fn abbreviated(words: &Words<'_>, at: usize, letter: char, max: u32) -> Option<u32> {
    let number = words.key(at).strip_prefix(letter)?.parse().ok()?;
    (1..=max).contains(&number).then_some(number)
}

fn quarter(words: &Words<'_>, at: usize) -> Option<Found> {
    let (first, end) = quarter_number(words, at).or_else(|| Some((abbreviated(words, at, 'q', 4)?, at + 1)))?;
    let (last, after) = more(words, end, |words, at| quarter_number(words, at).or_else(|| roman_quarter(words, at)));
    let (year, end, garbled) = year_after(words, after);
    Some(listed(first, last, end, garbled, |value| Point { year, quarter: Some(value), ..Point::default() }))
}

fn quarter_number(words: &Words<'_>, at: usize) -> Option<(u32, usize)> {
    (words.key(at) == "quí").then(|| roman_quarter(words, at + 1)).flatten()
}

fn roman_quarter(words: &Words<'_>, at: usize) -> Option<(u32, usize)> {
    let value = match words.key(at) {
        "i" | "1" | "01" | "một" => 1,
        "ii" | "2" | "02" | "hai" => 2,
        "iii" | "3" | "03" | "ba" => 3,
        "iv" | "4" | "04" | "bốn" | "tư" => 4,
        _ => return None,
    };
    Some((value, at + 1))
}

/// The last of a list "5, 6", "I - quý III", "3 đến tháng 5".
fn more(words: &Words<'_>, at: usize, next: impl Fn(&Words<'_>, usize) -> Option<(u32, usize)>) -> (Option<u32>, usize) {
    more_of(words, at, next, phrases!(", và|đến|và|,|-"))
}

fn more_of(
    words: &Words<'_>,
    at: usize,
    next: impl Fn(&Words<'_>, usize) -> Option<(u32, usize)>,
    joins: &Phrases<()>,
) -> (Option<u32>, usize) {
    let mut last = None;
    let mut end = at;
    for _ in 0..12 {
        let Some(skip) = words.any(end, joins) else { break };
        let Some((value, after)) = next(words, end + skip) else { break };
        (last, end) = (Some(value), after);
    }
    (last, end)
}

fn listed(first: u32, last: Option<u32>, end: usize, garbled: bool, point: impl Fn(u32) -> Point) -> Found {
    Found { point: point(last.unwrap_or(first)), from: last.map(|_| point(first)), end, garbled }
}

fn year(words: &Words<'_>, at: usize) -> Option<Found> {
    let named = words.any(at, phrases!("năm học|các năm|hai năm|02 năm|2 năm|ba năm|03 năm|3 năm|năm")).unwrap_or(0);
    let (year, end) = year_number(words, at + named)?;
    let found = Found { garbled: year.is_none(), ..Found::at(Point { year, ..Point::default() }, end) };
    if words.starts(at, "năm học")
        && let Some((Some(last), end)) = year_number(words, end + 1).filter(|_| words.is(end, &["-", "/"]))
    {
        let point = Point { year: Some(last), ..Point::default() };
        if words.key(at.wrapping_sub(1)) == "đầu" {
            return Some(Found { end, ..found });
        }
        return Some(Found { point, from: Some(found.point), end, garbled: found.garbled });
    }
    let another = |words: &Words<'_>, at: usize| {
        let (year, end) = year_number(words, at + usize::from(words.key(at) == "năm"))?;
        Some((u32::try_from(year?).ok()?, end))
    };
    if let (Some(last), end) = more_of(words, end, another, phrases!(", và|và|,")) {
        let last = Point { year: i32::try_from(last).ok(), ..Point::default() };
        return Some(Found { point: last, from: Some(found.point), end, garbled: found.garbled });
    }
    Some(found)
}
