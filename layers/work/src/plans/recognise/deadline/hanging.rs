//! Times that hang on something else, which nobody can compute from the text alone: "trước khai giảng", "trong vòng 30
//! ngày kể từ ngày ký", "sau khi được phê duyệt".

use std::sync::LazyLock;

use super::super::gazetteer::Gazetteer;
use super::super::model::{DeadlineKind, Origin};
use super::super::parties::{Manner, list_at};
use super::super::words::{Phrases, Shape, Words, phrases};
use super::body::Found;
use super::content_end;
use super::time::Time;

/// The words behind "kể từ" that are looked at.
const SINCE_WORDS: usize = 12;
/// Events with a season or a name and no day.
static EVENTS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "trước khai giảng|trước ngày khai giảng|trước năm học mới|trước mùa mưa|trước mùa khô|trước mùa lũ|trước mùa bão|\
         trước mùa nước nổi|trước tết|trước kì thi|trước thời điểm|trước khi bước vào năm học|trước khi vào năm học|\
         trước khi bước vào mùa|trước khi vào mùa|trước khi khai giảng|trước khi nghỉ hè|trước kì nghỉ|trước kì họp|\
         trong suốt mùa|trước đại hội|trước bầu cử|trước ngày bầu cử|tại kì họp gần nhất|tại kì họp thứ|tại phiên họp gần nhất|vào kì họp gần nhất|trong cả mùa|trong tuần này|trong tuần tới|trong tháng này|trong quý này|trong tháng tới|trong thời gian sớm nhất|trong thời gian ngắn nhất|trong cả nhiệm kì|trong suốt nhiệm kì",
    )
});
/// What is waited for, at the start of a sentence.
static AWAITED: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "phê duyệt|ban hành|thông qua|có hướng dẫn|có văn bản hướng dẫn|có hiệu lực|có quyết định|có chủ trương|có ý kiến|\
         có kết quả|nhận được|được giao|được cấp|được phân bổ|thẩm định|nghiệm thu|kết thúc",
    )
});

/// A time that depends on something else.
pub(super) fn conditional(words: &Words<'_>, from: usize, to: usize) -> Option<Found> {
    (from..to).find_map(|at| {
        let event = words.any(at, &EVENTS).map(|len| at + len).or_else(|| counted_from(words, at));
        let end = event.or_else(|| after_event(words, from, at, to))?.min(to);
        let time = Time { kind: DeadlineKind::Unknown, end, before: words.key(at) == "trước", ..Time::default() };
        // "hằng tuần trong suốt mùa mưa": how often is the deadline.
        let rank = if words.any(at, phrases!("trong suốt mùa")).is_some() { 4 } else { 3 };
        Some(Found { rank, start: at, time, origin: Origin::Body, approximate: false })
    })
}

/// "… | sau khi đề án được phê duyệt", "| sau khi có hướng dẫn của Sở A" at one end of a sentence: what the act waits for.
fn after_event(words: &Words<'_>, from: usize, at: usize, to: usize) -> Option<usize> {
    let skip = words.any(at, phrases!("ngay sau khi|sau khi|ngay khi|khi có|khi xảy ra"))?;
    let end = (at..to).find(|index| words.is(*index, &[",", ";"])).unwrap_or(to);
    // "sau khi có hướng dẫn của Bộ Văn hóa, Thể thao và Du lịch.": the comma belongs to a name.
    let named = words.find_in(at, end, "của").and_then(|of| list_at(Gazetteer::standard(), words, of + 1, Manner::Subject));
    let end = named
        .filter(|list| list.end > end)
        .map_or(end, |list| if list.end >= content_end(words) { to } else { list.end.min(to) });
    let last = end == to || words.key(end) == ";";
    let awaited = |index: usize| words.any(index, &AWAITED).is_some();
    let waits = match words.key(at) {
        // "khi có thiên tai xảy ra"; "khi có yêu cầu" goes with a cadence.
        "khi" => last && (at + skip..end).any(|index| words.starts(index, "xảy ra") || words.starts(index, "phát sinh")),
        "ngay" => last || at == from,
        _ => end == to || (at == from || last) && (at + skip..end).any(awaited),
    };
    waits.then_some(end)
}

/// "trong vòng 30 ngày kể từ ngày ký ban hành", "chậm nhất 15 ngày trước mỗi đợt": the token after it.
fn counted_from(words: &Words<'_>, at: usize) -> Option<usize> {
    let within = words
        .any(at, phrases!("trong vòng|trong thời hạn|trong thời gian|chậm nhất là|chậm nhất sau|chậm nhất|không quá|tối đa"));
    let skip = within.or_else(|| words.any(at, phrases!("trong|sau|trước")))?;
    let skip = skip + words.any(at + skip, phrases!("không quá|tối đa")).unwrap_or(0);
    words.whole(at + skip)?;
    let number = at + skip + 1;
    let unit = words.any(number, phrases!("ngày làm việc|ngày|tuần|tháng|giờ làm việc|giờ"))?;
    let since = number + unit;
    let counted = phrases!(
        ", kể từ|kể từ|tính từ|từ khi|từ ngày|từ thời điểm|từ lúc|sau khi|sau ngày|sau|trước khi|trước ngày|trước mỗi|trước|so với"
    );
    // "trong vòng 48 giờ" alone is how fast something is done, every time.
    let len = words.any(since, counted)?;
    // "từ 01 đến 05 ngày"; "trước 10 ngày so với ngày khai mạc"
    let placed = within.is_some() || words.key(at) != "trước" || words.starts(since, "so với");
    let end = (since + len..since + len + SINCE_WORDS).find(|index| words.shape(*index).is_none_or(|shape| shape == Shape::Sign));
    let end = end.unwrap_or(since + len + SINCE_WORDS).min(words.len());
    placed.then_some(end)
}
