//! Times that tell which things are meant and not by when: "đã đưa vào sử dụng trước năm 2025", "khai hoang trước năm 1993".

use super::super::words::{Phrases, Shape, Words, phrases};
use super::body::Found;
use super::loose::is_once;

/// The words before such a time that are looked at.
const TOLD_MAX: usize = 5;

/// Drops times that lie before the document and those that say what already is so. `issued`: the year of the document.
pub(super) fn drop_past(words: &Words<'_>, found: &mut Vec<Found>, issued: Option<i32>) {
    let gone = |one: &Found| {
        let earlier = issued.zip(one.time.point.year).is_some_and(|(issued, year)| year < issued);
        one.rank > 2 && is_once(&one.time) && earlier
    };
    found.retain(|one| !gone(one) && !is_state(words, one));
    let others = found.iter().filter(|one| one.rank < 4).count();
    found.retain(|one| others < 2 || !is_done(words, one));
}

fn dated(words: &Words<'_>, one: &Found) -> bool {
    one.rank > 2 && is_once(&one.time) && words.is(one.start, &["trước", "đến", "tới"])
}

/// The words `from..to` right before the time, up to a sign.
fn before(words: &Words<'_>, at: usize) -> usize {
    let least = at.saturating_sub(TOLD_MAX);
    (least..at).rev().find(|index| words.shape(*index) == Some(Shape::Sign)).map_or(least, |sign| sign + 1)
}

/// "hộ kinh doanh đang hoạt động | đến ngày 31/12/2025": what is or arose until then.
fn is_state(words: &Words<'_>, one: &Found) -> bool {
    let state = phrases!(
        "khai hoang|phát sinh|tính|đang hoạt động|đang sử dụng|đang có|đang quản lí|đang công tác|đang sinh sống|đang cư trú|\
         đang thi công|đang vận hành|đang còn|hiện có|hiện còn|hết hạn|hết hiệu lực|sinh|lấn chiếm|nhập ngũ|ghi nhận"
    );
    // "hoàn thành tính | trước ngày …" is no state; "tính đến ngày" is.
    let told = |index: usize| words.any(index, state).is_some_and(|len| words.key(index) != "tính" || index + len == one.start);
    let second = |index: usize| words.is(index, &["sinh"]) && index + 1 != one.start;
    dated(words, one) && (before(words, one.start)..one.start).any(|index| told(index) && !second(index))
}

/// "12 dự án | đã đưa vào sử dụng trước năm 2025 | trong quý III năm 2026": what was done, where another time stands.
fn is_done(words: &Words<'_>, one: &Found) -> bool {
    let done = phrases!("đã|tồn đọng|được cấp|được giao|được phê duyệt|kí kết|tuyển dụng|hình thành|tồn tại");
    // "chốt số liệu | đến ngày 31/5": up to which day the figures go.
    let figures = phrases!("số liệu|kết quả|tình hình|lũy kế|tiến độ");
    let counted =
        |index: usize| words.key(one.start) == "đến" && words.any(index, figures).is_some_and(|len| index + len == one.start);
    dated(words, one) && (before(words, one.start)..one.start).any(|index| words.any(index, done).is_some() || counted(index))
}
