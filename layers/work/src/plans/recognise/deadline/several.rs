//! Several times for one thing, of which the last is when all is done: the values of a target, rounds, reports of a year.

use super::super::model::{DeadlineKind, Origin};
use super::super::words::{Phrases, Shape, Words, phrases};
use super::body::Found;
use super::loose::is_once;
use super::time::{Time, time_at};

/// Sentences of one text that are looked at.
const LOOKED_AT: usize = 64;
/// The words of a clause that are looked at.
const CLAUSE_WORDS: usize = 40;

/// A time in the order of the calendar: a year alone lasts until its end.
fn order(time: &Time) -> (Option<i32>, u32, u32) {
    let point = time.point;
    let month = point.month.or(point.quarter.map(|quarter| 3 * quarter)).unwrap_or(12);
    (point.year, month, point.day.unwrap_or(31))
}

/// Makes the time at `last` count before the others of its sentence.
fn prefer(found: &mut [Found], from: usize, to: usize, last: usize) {
    for (at, one) in found.iter_mut().enumerate().filter(|(_, one)| from <= one.start && one.start < to) {
        match at == last {
            true => one.rank = one.rank.min(2),
            false => one.rank = one.rank.max(3),
        }
    }
}

/// Lets the last of several times count where they are of one thing. `aims`: the text is a target.
pub(super) fn settle(words: &Words<'_>, sentences: &[(usize, usize)], found: &mut Vec<Found>, aims: bool) {
    last_round(words, sentences, found);
    last_report(words, sentences, found);
    completed(words, sentences, found);
    last_level(words, sentences, found);
    if aims || words.starts(0, "phấn đấu") {
        last_value(words, sentences, found);
    }
    last_stage(words, found);
    day_of_report(words, found);
}

/// "đạt 25% trong năm 2026 và 40% vào năm 2030", "đến hết quý II/2026 đạt 45%, đến ngày 31/12/2026 đạt 100%": of the
/// values of a target the last.
fn last_value(words: &Words<'_>, sentences: &[(usize, usize)], found: &mut [Found]) {
    for &(from, to) in sentences.iter().take(LOOKED_AT) {
        let inside = |one: &Found| from <= one.start && one.start < to && one.rank <= 3;
        // "85% trong quý II, 95% trong quý IV/2026": the year is written once.
        let yearless = |time: &Time| time.kind == DeadlineKind::Unknown && (time.point.month.or(time.point.quarter)).is_some();
        if found.iter().any(|one| inside(one) && !is_once(&one.time) && !yearless(&one.time)) {
            continue;
        }
        let places = || (0..found.len()).filter(|at| inside(&found[*at]));
        let (Some(first), Some(last)) = (places().min_by_key(|at| found[*at].start), places().max_by_key(|at| found[*at].start))
        else {
            continue;
        };
        let start = found[last].start;
        let outlook = (start.saturating_sub(3)..start).any(|at| words.any(at, phrases!("tầm nhìn|định hướng")).is_some());
        let valued = (found[first].time.end..start).any(|at| words.shape(at) == Some(Shape::Number));
        let after = found[last].time.end;
        let valued = valued || (after..after + 4).any(|at| words.shape(at) == Some(Shape::Number) || words.key(at) == "đạt");
        let known = is_once(&found[last].time);
        if known && order(&found[first].time) < order(&found[last].time) && valued && !outlook {
            prefer(found, from, to, last);
        }
    }
}

/// "lần thứ nhất năm 2027, lần thứ hai năm 2029", "đợt 1 trong tháng 4/2026; đợt 2 trong tháng 10/2026": the last round.
fn last_round(words: &Words<'_>, sentences: &[(usize, usize)], found: &mut Vec<Found>) {
    for &(from, to) in sentences.iter().take(LOOKED_AT) {
        let rounds = (from..to).filter_map(|at| round(words, at)).filter(|(_, time)| time.end <= to);
        let rounds: Vec<(usize, Time)> = rounds.take(LOOKED_AT).collect();
        let rises = rounds.windows(2).all(|pair| order(&pair[0].1) < order(&pair[1].1));
        let dated = rounds.last().is_some_and(|(_, time)| is_once(time));
        if rounds.len() < 2 || !rises || !dated {
            continue;
        }
        found.retain(|one| one.rank < 2 || !(from <= one.start && one.start < to));
        let count = rounds.len();
        for (place, (start, time)) in rounds.into_iter().enumerate() {
            let rank = if place + 1 == count { 2 } else { 3 };
            found.push(Found { rank, start, time, origin: Origin::Body, approximate: false });
        }
    }
}

/// "lần thứ hai | năm 2029", "đợt 1 | (tháng 4/2026)": the place and the time of a round.
fn round(words: &Words<'_>, at: usize) -> Option<(usize, Time)> {
    let named = words.any(at, phrases!("lần thứ|lần|đợt thứ|đợt|kì|vòng|phiên thứ|phiên|lớp thứ|lớp|giai đoạn|cuộc thứ"))?;
    let ordinal = at + named;
    let numbered = words.whole(ordinal).is_some_and(|number| number < 20)
        || words.is(ordinal, &["nhất", "hai", "ba", "tư", "bốn", "i", "ii", "iii", "iv", "đầu", "cuối", "một"]);
    let after = ordinal + 1;
    let skip = words.any(after, phrases!("hoàn thành|vào|trong|:|(|là|tổ chức|xong")).unwrap_or(0);
    let skip = skip + words.any(after + skip, phrases!("vào|trong")).unwrap_or(0);
    let time = time_at(words, after + skip)
        .filter(|time| numbered && (is_once(time) || time.point.month.is_some()) && time.from.is_none())?;
    Some((after + skip, time))
}

/// "báo cáo … trước ngày 20/5/2026, báo cáo năm trước ngày 10/12/2026": the report of the year is the last.
fn last_report(words: &Words<'_>, sentences: &[(usize, usize)], found: &mut [Found]) {
    let yearly = phrases!("báo cáo năm|báo cáo cả năm|báo cáo kết quả năm|báo cáo cuối năm|báo cáo tổng kết năm");
    for &(from, to) in sentences.iter().take(LOOKED_AT) {
        let days = || {
            let inside = |at: &usize| from <= found[*at].start && found[*at].start < to;
            (0..found.len()).filter(inside).filter(|at| found[*at].time.kind == DeadlineKind::Date)
        };
        let (Some(first), Some(last)) = (days().min_by_key(|at| found[*at].start), days().max_by_key(|at| found[*at].start))
        else {
            continue;
        };
        let told = (found[first].time.end..found[last].start).any(|at| words.any(at, yearly).is_some());
        if told && order(&found[first].time) < order(&found[last].time) {
            prefer(found, from, to, last);
        }
    }
}

/// "khởi công quý II/2026, hoàn thành quý IV/2027": when it is done counts, not when it is begun.
fn completed(words: &Words<'_>, sentences: &[(usize, usize)], found: &mut [Found]) {
    const BEGUN_MAX: usize = 6;
    let begins = phrases!("khởi công|khởi động|bắt đầu|động thổ");
    let done = phrases!("hoàn thành|hoàn tất|kết thúc|khánh thành|bàn giao|đưa vào sử dụng|đưa vào vận hành|đưa vào khai thác");
    for &(from, to) in sentences.iter().take(LOOKED_AT) {
        let told = |one: &Found, verbs: &Phrases<()>| {
            let near = from.max(one.start.saturating_sub(BEGUN_MAX))..one.start + 1;
            from <= one.start && one.start < to && is_once(&one.time) && near.into_iter().any(|at| words.any(at, verbs).is_some())
        };
        let Some(first) = found.iter().find(|one| told(one, begins)).map(|one| order(&one.time)) else { continue };
        let last = (0..found.len()).filter(|at| told(&found[*at], done)).max_by_key(|at| found[*at].start);
        if let Some(last) = last.filter(|last| first < order(&found[*last].time)) {
            prefer(found, from, to, last);
        }
    }
}

/// "trong tháng 3/2026 đối với cấp tỉnh, tháng 4/2026 đối với cấp xã", "cấp tỉnh xong trước 30/4/2026, cấp xã xong trước
/// 30/5/2026": the last of the levels is when all is done.
fn last_level(words: &Words<'_>, sentences: &[(usize, usize)], found: &mut Vec<Found>) {
    let level = phrases!("cấp tỉnh|cấp xã|cấp huyện|cấp cơ sở|cấp trung ương|cấp bộ|cấp thành phố|chi bộ|đảng bộ|cấp trường");
    let whose = |at: usize| {
        let near = at.saturating_sub(CLAUSE_WORDS);
        let sign = (near..at).rev().find(|index| words.is(*index, &[",", ";", ".", ":"])).map_or(near, |sign| sign + 1);
        let skip = words.any(sign, phrases!("đối với|ở|tại|riêng")).unwrap_or(0);
        words.any(sign + skip, level).is_some()
    };
    for &(from, to) in sentences.iter().take(LOOKED_AT) {
        let told = |(at, time): &(usize, Time)| words.any(time.end, phrases!("đối với|với cấp")).is_some() || whose(*at);
        let dated = |at: usize| time_at(words, at).filter(|time| is_once(time) && time.end <= to).map(|time| (at, time));
        let mut times: Vec<(usize, Time)> = Vec::new();
        for one in (from..to).filter_map(dated).filter(told) {
            if times.last().is_none_or(|(_, last)| one.0 >= last.end) && times.len() < LOOKED_AT {
                times.push(one);
            }
        }
        let rises = times.windows(2).all(|pair| order(&pair[0].1) < order(&pair[1].1));
        if times.len() < 2 || !rises || found.iter().any(|one| one.rank < 2 && from <= one.start && one.start < to) {
            continue;
        }
        let Some((start, time)) = times.pop() else { continue };
        found.retain(|one| one.start != start);
        found.push(Found { rank: 2, start, time, origin: Origin::Body, approximate: false });
    }
}

/// "Giai đoạn 2026 - 2028, hỗ trợ 50 mô hình; giai đoạn 2029 - 2030, hỗ trợ 80 mô hình": the last of the stages.
fn last_stage(words: &Words<'_>, found: &mut [Found]) {
    let stage = |one: &Found| one.time.kind == DeadlineKind::Range && words.starts(one.start, "giai đoạn") && one.rank > 1;
    let places = || (0..found.len()).filter(|at| stage(&found[*at]));
    let first = places().min_by_key(|at| found[*at].start).map(|at| found[at].time.point.year);
    let last = places().max_by_key(|at| found[*at].start);
    if let Some(last) = last.filter(|last| first < Some(found[*last].time.point.year)) {
        prefer(found, 0, words.len(), last);
    }
}

/// "(quý, 6 tháng, năm) … trước ngày 15 của tháng cuối kỳ": the day tells more than the periods before it.
fn day_of_report(words: &Words<'_>, found: &mut [Found]) {
    let of_term = |one: &&mut Found| {
        let end = one.time.end;
        one.time.point.day.is_some()
            && (end.saturating_sub(5)..end).any(|at| words.any(at, phrases!("cuối kì|cuối của kì")).is_some())
    };
    found.iter_mut().filter(of_term).for_each(|one| one.rank = one.rank.min(2));
}
