//! When a provision is due: the mark at its end, its first words, its body, a label, a column or a heading.
//!
//! Dates of cited documents and of events are no deadlines; a year that is missing or garbled is never guessed.

mod body;
mod hanging;
mod loose;
mod occasion;
mod past;
mod point;
mod recurrence;
mod several;
mod time;

use std::sync::LazyLock;

use recurrence::listed_periods;
use time::{Time, time_at};

use super::model::{Deadline, DeadlineKind, Origin, Point};
use super::words::{Phrases, Words, phrases};

pub(super) use body::read;

/// Words that lead in a time: "Hoàn thành", "Thời gian thực hiện".
static LEAD_INS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "thời gian thực hiện|thời gian hoàn thành|thời gian triển khai|thời gian|thời hạn hoàn thành|\
         thời hạn|tiến độ thực hiện|tiến độ|hoàn thành|hoàn tất|thực hiện|triển khai|xong|kết thúc|nhiệm vụ|\
         việc làm|công việc|dự kiến|phải|yêu cầu|tổ chức|và|:|,|định kì|vào",
    )
});
/// Lead-ins after which a time must follow, understood or not.
static PROMISES: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::of("thời gian|thời hạn|tiến độ|hoàn thành|hoàn tất|xong|kết thúc|chậm nhất"));
/// What may follow a time and belongs to it.
static TAILS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "hoặc đột xuất khi có yêu cầu|và đột xuất khi có yêu cầu|hoặc khi có yêu cầu|và khi có yêu cầu|\
         và đột xuất theo yêu cầu|hoặc đột xuất theo yêu cầu|và đột xuất|hoặc đột xuất|khi có yêu cầu",
    )
});
/// Words of a heading that say nothing about time.
static HEADING_WORDS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp|cụ thể|phấn đấu|trọng tâm|chủ yếu|nội dung|các|và|,|thực hiện|\
         triển khai|hoàn thành|hoạt động|công việc|phải|đạt|cần|một số|kết quả|những|tổng quát|chung|\
         lộ trình|định hướng|tầm nhìn",
    )
});

impl Time {
    fn into_deadline(self, raw: &str, source: Origin) -> Deadline {
        Deadline {
            kind: self.kind,
            year: self.point.year,
            month: self.point.month,
            day: self.point.day,
            quarter: self.point.quarter,
            interval: self.interval,
            before: self.before,
            from: self.from,
            dates: self.dates,
            raw: Some(raw.to_owned()),
            source: Some(source),
        }
    }
}

/// The deadline a label or a cell states. A text that is no time is unknown; an empty one is none.
pub(super) fn whole(text: &str, source: Origin) -> Deadline {
    let words = Words::new(text);
    let says_nothing = (0..words.len()).all(|index| words.is(index, &["-", ".", "…", "/", "+"]));
    if says_nothing {
        return Deadline::default();
    }
    let raw = text.trim().trim_end_matches(['.', ';', ',']).trim_end();
    let time = listed_periods(&words, 0, content_end(&words))
        .or_else(|| mark(&words, 0, content_end(&words)))
        .or_else(|| completion(&words));
    let time = time.or_else(|| in_last_bracket(&words)).or_else(|| several(&words));
    let time = time.or_else(|| first_time(&words));
    match time {
        Some(time) => time.into_deadline(raw, source),
        None => Deadline { kind: DeadlineKind::Unknown, raw: Some(raw.to_owned()), source: Some(source), ..Deadline::default() },
    }
}

/// The deadline two cells "bắt đầu" and "kết thúc" state.
pub(super) fn between(start: &str, end: &str) -> Deadline {
    let last = whole(end, Origin::Column);
    let first = whole(start, Origin::Column);
    if !first.is_known() || !last.is_known() || last.kind == DeadlineKind::Recurring {
        return if last.kind == DeadlineKind::None { first } else { last };
    }
    let from = Point { year: first.year, quarter: first.quarter, month: first.month, day: first.day };
    let raw = [first.raw, last.raw.clone()].into_iter().flatten().collect::<Vec<_>>().join(" - ");
    Deadline { kind: DeadlineKind::Range, from: Some(from), raw: Some(raw), ..last }
}

/// The deadline of everything under a heading that names nothing but a time ("a) Năm 2025", "II. MỤC TIÊU ĐẾN NĂM 2030").
pub(super) fn in_heading(words: &Words<'_>) -> Option<Deadline> {
    let mut at = 0;
    while let Some(len) = words.any(at, &HEADING_WORDS) {
        at += len;
    }
    let start =
        if words.starts(at.saturating_sub(2), "nhiệm vụ") && words.starts(at, "thường xuyên") { at - 2 } else { at };
    let time = time_at(words, start).filter(|time| time.kind != DeadlineKind::Unknown)?;
    let rest = words
        .any(
            time.end,
            phrases!("tầm nhìn đến năm|, tầm nhìn đến năm|, định hướng đến năm|và định hướng đến năm|và tầm nhìn đến năm"),
        )
        .map_or(0, |len| len + 1);
    let closed = (time.end + rest..words.len()).all(|index| words.is(index, &[":", ".", ";", ")"]));
    let raw = words.slice(start, time.end).to_owned();
    closed.then(|| time.into_deadline(&raw, Origin::Heading))
}

/// The token after the time that is written at `at`.
pub(super) fn end_of_time(words: &Words<'_>, at: usize) -> Option<usize> {
    time_at(words, at).map(|time| time.end)
}

/// The token after the last one that is not a closing sign.
fn content_end(words: &Words<'_>) -> usize {
    let mut end = words.len();
    while end > 0 && words.is(end - 1, &[".", ";", ",", "/", "…"]) {
        end -= 1;
    }
    end
}

/// The time that the tokens `from..to` are nothing but.
fn mark(words: &Words<'_>, from: usize, to: usize) -> Option<Time> {
    let mut at = from;
    loop {
        if let Some(mut time) = time_at(words, at).filter(|time| time.end <= to) {
            time.end += tail(words, time.end);
            if time.end >= to || aside_until(words, time.end, to) {
                return Some(time);
            }
        }
        at += words.any(at, &LEAD_INS)?;
        if at >= to {
            return None;
        }
    }
}

fn tail(words: &Words<'_>, at: usize) -> usize {
    words.any(at, &TAILS).unwrap_or(0)
}

/// From `at` to `to` there is one bracket and nothing else.
fn aside_until(words: &Words<'_>, at: usize, to: usize) -> bool {
    words.key(at) == "(" && words.closing(at, 20).is_some_and(|close| close + 1 >= to)
}

/// "Khởi công quý IV/2026, hoàn thành quý II/2028": the time that the work shall be done by.
fn completion(words: &Words<'_>) -> Option<Time> {
    let done = |at: &usize| words.any(*at, phrases!("hoàn thành|hoàn tất|kết thúc|xong")).is_some();
    let place = (0..words.len()).find(done)?;
    (place + 1..words.len().min(place + 4)).find_map(|at| time_at(words, at).filter(|time| time.kind != DeadlineKind::Unknown))
}

/// "Kỳ họp thường lệ giữa năm 2026 (tháng 7/2026)": the bracket that ends the text says it more exactly.
fn in_last_bracket(words: &Words<'_>) -> Option<Time> {
    const BRACKET_MAX: usize = 14;
    let close = content_end(words).checked_sub(1).filter(|at| words.key(*at) == ")")?;
    let open = (close.saturating_sub(BRACKET_MAX)..close).rev().find(|at| words.key(*at) == "(")?;
    let exact = |time: &Time| matches!(time.kind, DeadlineKind::Month | DeadlineKind::Date | DeadlineKind::Quarter);
    let once = (0..open).filter(|at| words.whole(*at).is_some_and(|number| number > 1900)).count() < 2;
    mark(words, open + 1, close).filter(|time| once && exact(time))
}

/// "Quý III/2026, quý III/2028": from the first to the last of the times that are listed.
fn several(words: &Words<'_>) -> Option<Time> {
    let mut times: Vec<Time> = Vec::new();
    let mut at = 0;
    while at < words.len() && times.len() < 12 {
        let once = |time: &Time| {
            matches!(time.kind, DeadlineKind::Year | DeadlineKind::Quarter | DeadlineKind::Month | DeadlineKind::Date)
        };
        match time_at(words, at).filter(once) {
            Some(time) => {
                at = time.end;
                times.push(time);
            }
            None => at += 1,
        }
    }
    let last = times.pop()?;
    let first = times.first()?;
    let order = (first.point.year, first.point.month, first.point.day) <= (last.point.year, last.point.month, last.point.day);
    order.then_some(Time { kind: DeadlineKind::Range, from: Some(first.point), ..last })
}

/// The first time that certainly is one, anywhere in a label's value.
fn first_time(words: &Words<'_>) -> Option<Time> {
    (0..words.len()).find_map(|at| time_at(words, at).filter(|time| time.kind != DeadlineKind::Unknown))
}

#[cfg(test)]
mod tests;
