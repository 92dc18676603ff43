//! Times whose words stand apart: "hằng năm … trước ngày 30/11", "sơ kết năm 2028, tổng kết năm 2030".

use super::super::gazetteer::Gazetteer;
use super::super::model::{DayMonth, DeadlineKind, Interval, Origin};
use super::super::words::{Phrases, Shape, Words, phrases};
use super::body::{Found, cites_document};
use super::hanging::conditional;
use super::time::{Time, time_at};

/// Quotations, and sentences, of one text that are looked at.
const LOOKED_AT: usize = 64;

/// The tokens between quotation marks: titles, in which times mean nothing.
pub(super) fn quoted(words: &Words<'_>) -> Vec<(usize, usize)> {
    let marks: Vec<usize> = (0..words.len()).filter(|at| words.key(*at) == "\"").take(2 * LOOKED_AT).collect();
    marks.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

/// "cuối năm 2026", "đầu năm học 2026 - 2027", the month of a meeting, where a clause ends.
pub(super) fn year_at_end(words: &Words<'_>, at: usize) -> Option<Found> {
    let part = words.is(at, &["cuối", "đầu", "giữa"]) && words.key(at + 1) == "năm";
    // "báo cáo tại cuộc họp giao ban tháng 9/2026"
    let meeting = || {
        (at.saturating_sub(8)..at).any(|index| {
            words
                .any(index, phrases!("tại hội nghị|tại phiên|tại buổi họp|trình kì họp|trình phiên họp|chương trình kì họp|nội dung kì họp|nội dung phiên họp|tại cuộc họp|tại kì họp|tại phiên họp|trong cuộc họp|trong kì họp|trong phiên họp"))
                .is_some()
        })
    };
    let month = words.is(at, &["tháng", "quí"]) && meeting();
    let compared = words.is(at.wrapping_sub(1), &["với", "từ", "so", "đến", "của", "hết", "tháng", "đứng"]);
    let yearless =
        |time: &Time| time.kind == DeadlineKind::Unknown && (time.point.month.is_some() || time.point.quarter.is_some());
    let of_month = |time: &Time| matches!(time.kind, DeadlineKind::Month | DeadlineKind::Quarter) || yearless(time);
    let fits = |time: &Time| part && time.kind == DeadlineKind::Year || month && of_month(time);
    let time = time_at(words, at).filter(|time| !compared && fits(time))?;
    // "tại kỳ họp cuối năm 2026 của Hội đồng nhân dân tỉnh"
    let of_session = words.key(time.end) == "của" && (part || month) && meeting();
    let sign = words.shape(time.end).is_none_or(|shape| shape == Shape::Sign) && words.key(time.end) != "-";
    let closes = sign || of_session;
    closes.then_some(Found { rank: 3, start: at, time, origin: Origin::Body, approximate: false })
}

/// "trong dự toán ngân sách | hằng năm", "theo kế hoạch | hằng năm": of which money or plan, not how often. What somebody
/// draws up every year ("xây dựng kế hoạch hằng năm") is a cadence.
pub(super) fn is_attribute(words: &Words<'_>, sentence: usize, at: usize) -> bool {
    const NOUN_MAX: usize = 6;
    const NAME_MAX: usize = 14;
    const GOVERNOR_MAX: usize = 4;
    let things = phrases!("ngân sách|dự toán|kế hoạch|nguồn vốn|kế hoạch vốn|chi thường xuyên|kinh phí");
    if !words.is(at, &["hằng", "hàng"]) || words.key(at + 1) != "năm" {
        return false;
    }
    // "đưa … vào chương trình công tác hằng năm", "vào nội dung đánh giá, xếp loại hằng năm": what it is put into.
    let into = phrases!(
        "vào chương trình công tác|vào kế hoạch công tác|vào nội dung đánh giá|về kế hoạch|kế hoạch chi tiết|\
         chương trình công tác"
    );
    if (sentence.max(at.saturating_sub(NAME_MAX))..at).any(|index| words.any(index, into).is_some()) {
        return true;
    }
    let from = (sentence..at).rev().find(|index| words.shape(*index) == Some(Shape::Sign)).map_or(sentence, |sign| sign + 1);
    let nouns = || (from.max(at.saturating_sub(NOUN_MAX))..at).filter(|index| words.any(*index, things).is_some());
    let Some(noun) = nouns().next() else { return false };
    let basis = phrases!("trong|theo|từ|bằng|căn cứ|trên cơ sở|khả năng|khả năng cân đối|cân đối|phù hợp với");
    let makes = phrases!("xây dựng|lập|tổng hợp|trình|ban hành|bố trí|giao|phân bổ|vào|thẩm định|dành|cấp");
    let governor = (from.max(noun.saturating_sub(GOVERNOR_MAX))..noun).rev();
    let mut told = governor.filter_map(|index| {
        let based = words.any(index, basis).is_some();
        (based || words.any(index, makes).is_some()).then_some(based)
    });
    told.next().unwrap_or_else(|| nouns().any(|index| words.any(index, phrases!("ngân sách|dự toán")).is_some()))
}

pub(super) fn is_once(time: &Time) -> bool {
    matches!(time.kind, DeadlineKind::Year | DeadlineKind::Quarter | DeadlineKind::Month | DeadlineKind::Date)
}

/// "đến 30/9/2026 giải ngân 70%, đến 31/01/2027 đạt 100%": the last milestone of a sentence is when all is done.
pub(super) fn last_milestone(words: &Words<'_>, sentences: &[(usize, usize)], found: &mut [Found]) {
    for &(from, to) in sentences.iter().take(LOOKED_AT) {
        let inside = |one: &Found| from <= one.start && one.start < to;
        let marks = |one: &Found| inside(one) && one.rank == 3 && words.key(one.start) == "đến" && is_once(&one.time);
        if found.iter().filter(|one| inside(one) && one.rank <= 3).count() > found.iter().filter(|one| marks(one)).count() {
            continue;
        }
        let order = |one: &Found| (one.time.point.year, one.time.point.month, one.time.point.day);
        let first = found.iter().filter(|one| marks(one)).min_by_key(|one| one.start).map(order);
        if let Some(last) = found.iter_mut().filter(|one| marks(one)).max_by_key(|one| one.start)
            && first < Some(order(last))
        {
            last.rank = 2;
        }
    }
}

/// "trước ngày 25/6 và | ngày 05/12/2026": one year for both days; the last is when all is done.
pub(super) fn shared_year(words: &Words<'_>, found: &mut Vec<Found>) {
    let mut lasts = Vec::new();
    for one in found.iter_mut().filter(|one| one.time.kind == DeadlineKind::Unknown && one.time.point.day.is_some()) {
        let Some(skip) = words.any(one.time.end, phrases!("và|, và")) else { continue };
        let start = one.time.end + skip;
        let Some(time) = time_at(words, start).filter(|time| time.kind == DeadlineKind::Date) else { continue };
        (one.time.kind, one.time.point.year) = (DeadlineKind::Date, time.point.year);
        let time = Time { before: one.time.before, ..time };
        lasts.push(Found { rank: one.rank.min(2), start, time, origin: one.origin, approximate: false });
    }
    found.extend(lasts);
}

/// "sơ kết vào năm 2028, tổng kết vào năm 2030": the last of the two is when it is done. Gives back the first, which whoever
/// coordinates wants to see too.
pub(super) fn last_review(words: &Words<'_>, sentences: &[(usize, usize)], found: &mut Vec<Found>) -> Vec<Found> {
    let mut told = Vec::new();
    for &(from, to) in sentences.iter().take(LOOKED_AT) {
        let interim = words.find_in(from, to, "sơ kết").or_else(|| words.find_in(from, to, "giữa kì"));
        let Some(interim) = interim else { continue };
        let last = words.find_in(interim, to, "tổng kết").or_else(|| words.find_in(interim, to, "cuối kì"));
        let Some(last) = last else { continue };
        // "báo cáo sơ kết 6 tháng trước ngày 10/6/2026": the reports of one year are due one after the other.
        let reported = interim > 1 && words.starts(interim - 2, "báo cáo")
            || words.whole(interim + 2).is_some_and(|months| months < 13) && words.key(interim + 3) == "tháng";
        if reported {
            continue;
        }
        let bare = time_at(words, last + 2).filter(is_once).map(|time| (last + 2, time));
        if let Some((start, time)) = bare.filter(|(start, _)| !found.iter().any(|one| one.start == *start)) {
            found.push(Found { rank: 3, start, time, origin: Origin::Body, approximate: false });
        }
        if found.iter().any(|one| last <= one.start && one.start < to && is_once(&one.time)) {
            told.extend(found.extract_if(.., |one| interim < one.start && one.start < last && is_once(&one.time)));
        }
    }
    told
}

/// "khởi công quý II/2027" where nothing else is said about time.
fn started(words: &Words<'_>, from: usize, to: usize) -> Option<Found> {
    let at = (from..to).find(|at| words.any(*at, phrases!("khởi công|khai trương|khánh thành")).is_some())?;
    let skip = words.any(at + 2, phrases!("xây dựng|vào|trong")).unwrap_or(0);
    let time = time_at(words, at + 2 + skip).filter(is_once)?;
    Some(Found { rank: 3, start: at, time, origin: Origin::Body, approximate: false })
}

/// "tham mưu tổ chức sơ kết | năm 2028."
fn reviewed(words: &Words<'_>, from: usize, to: usize) -> Option<Found> {
    const OBJECT_MAX: usize = 8;
    let review = (from..to).find(|at| words.any(*at, phrases!("sơ kết|tổng kết")).is_some())?;
    let start = (review + 2..to.min(review + 2 + OBJECT_MAX)).find(|at| words.key(*at) == "năm")?;
    let time = time_at(words, start).filter(|time| time.kind == DeadlineKind::Year)?;
    let closes = words.shape(time.end).is_none_or(|shape| shape == Shape::Sign) && words.key(time.end) != "-";
    let cited = cites_document(words, review, start);
    (closes && !cited).then_some(Found { rank: 3, start, time, origin: Origin::Body, approximate: false })
}

/// "tổ chức lễ phát động | ngày 05/6/2026 tại Quảng trường": the day of what is held, where no document is cited.
fn held(words: &Words<'_>, from: usize, to: usize) -> Option<Found> {
    const NAME_MAX: usize = 14;
    let events = phrases!(
        "tổ chức|khai mạc|bế mạc|diễn ra|phát động|ra quân|khai giảng|tiến hành|hội nghị|hội thi|lễ|diễn tập|ngày hội|liên hoan|\
         tập huấn|phiên|kiểm tra|vận hành|xuất quân|khánh thành|khởi công"
    );
    let exact = |time: &Time| time.kind == DeadlineKind::Date || time.kind == DeadlineKind::Month;
    (from + 1..to).find_map(|at| {
        let time = time_at(words, at).filter(exact).filter(|_| words.is(at, &["ngày", "tháng", "chiều", "sáng"]))?;
        let month = time.kind == DeadlineKind::Month;
        let closes = words.shape(time.end).is_none_or(|shape| shape == Shape::Sign) || words.is(time.end, &["tại", "ở"]);
        let named = (from.max(at.saturating_sub(NAME_MAX))..at).any(|index| words.any(index, events).is_some());
        let told = words.is(at - 1, &["với", "từ", "so", "đến", "của", "hết", "kì", "phiên", "họp", "số", "-"]);
        let fits = closes && named && !told && !cites_document(words, from, at) && !(month && words.key(at - 1) == "(");
        fits.then_some(Found { rank: 3, start: at, time, origin: Origin::Body, approximate: false })
    })
}

/// "trong đó năm 2026 là 3 trạm, năm 2027 là 7 trạm": the last of the years that share out what is done.
pub(super) fn year_by_year(words: &Words<'_>, from: usize, to: usize) -> Option<Found> {
    let mut years: Vec<(usize, Time)> = Vec::new();
    for at in (from + 1..to).filter(|at| words.key(*at) == "năm") {
        let opens = words.shape(at - 1) == Some(Shape::Sign) || words.is(at - 1, &["đó", "và", "riêng"]);
        let Some(time) = time_at(words, at).filter(|time| opens && time.kind == DeadlineKind::Year) else { continue };
        let shares = words.is(time.end, &[":", "là", "đạt", "còn", "tăng", "giảm", "thêm", "có", "hoàn", "xây", "trồng", "mở"])
            || words.shape(time.end) == Some(Shape::Number);
        if shares {
            years.push((at, time));
        }
    }
    let rises = years.windows(2).all(|pair| pair[0].1.point.year < pair[1].1.point.year);
    let (start, time) = years.pop().filter(|_| rises && !years.is_empty())?;
    Some(Found { rank: 3, start, time, origin: Origin::Body, approximate: false })
}

/// "Năm 2027, sản lượng đạt 32.000 tấn; năm 2028 đạt 40.000 tấn": the last of the years is when all is reached.
pub(super) fn later_year(words: &Words<'_>, sentences: &[(usize, usize)], found: &mut Vec<Found>) {
    let Some(first) = found.iter().find(|one| one.start == 0 && one.rank == 2 && one.time.kind == DeadlineKind::Year) else {
        return;
    };
    let (year, end) = (first.time.point.year, first.time.end);
    let opens = |at: &usize| {
        let sign = if words.key(at - 1) == "đến" { at - 2 } else { at - 1 };
        words.key(*at) == "năm" && words.is(sign, &[",", ";", "và"])
    };
    let shares = |time: &Time| {
        let told = words.is(time.end, &["đạt", "là", ":", "còn", "tăng", "giảm", "có", "trên", "hoàn", ","]);
        let done = told || Gazetteer::standard().verbs.has(words, time.end) || words.shape(time.end) == Some(Shape::Number);
        done && time.kind == DeadlineKind::Year
    };
    let whole = sentences.iter().map(|(_, to)| *to).max().unwrap_or_default();
    let last =
        (end + 1..whole).filter(opens).filter_map(|at| time_at(words, at).filter(shares).map(|time| (at, time))).next_back();
    if let Some((start, time)) = last.filter(|(_, time)| time.point.year > year) {
        found.iter_mut().filter(|one| one.start == 0).for_each(|one| one.rank = 3);
        found.push(Found { rank: 2, start, time, origin: Origin::Body, approximate: false });
    }
}

/// "Sản lượng … năm 2026 đạt 9,8 triệu lượt", "cả năm 2026 vượt 10%": the year a target is for, where nothing else is said.
pub(super) fn of_target(words: &Words<'_>, from: usize, to: usize) -> Option<Found> {
    const NAME_MAX: usize = 6;
    let names =
        phrases!("chuẩn|sau|trước|kế hoạch|nghị quyết|chương trình|luật|giá|chỉ thị|quyết định|điều tra|tổng điều tra|kết luận");
    let mut years = (from..to).filter_map(|at| {
        let skip = words.any(at, phrases!("trong cả năm|cả năm|trong năm|năm"))?;
        let time = time_at(words, at + skip - 1).filter(|time| time.kind == DeadlineKind::Year)?;
        let before = at.checked_sub(1).unwrap_or(at);
        let told = words.is(before, &["với", "từ", "so", "của", "hết", "theo", "học", "(", "-", "đầu", "cho"]) && at > from;
        let named = (from.max(at.saturating_sub(NAME_MAX))..at).any(|index| words.any(index, names).is_some());
        let goes_on = words.is(time.end, &["-", "/"]);
        let fits = !told && !named && !goes_on;
        fits.then_some(Found { rank: 3, start: at, time, origin: Origin::Body, approximate: false })
    });
    let first = years.next()?;
    let (year, end) = (first.time.point.year, first.time.end);
    // "95% năm 2026 và tiến tới toàn dân năm 2030": the last of the years is when all is reached.
    let joined = |one: &Found| (end..one.start).any(|at| words.is(at, &["và", ",", ";"])) && one.time.point.year > year;
    let last = years.filter(joined).max_by_key(|one| one.start);
    Some(last.unwrap_or(first))
}

/// "định kỳ báo cáo … vào kỳ họp thường lệ cuối năm": every year, without the word.
fn at_session(words: &Words<'_>, from: usize, to: usize) -> Option<Found> {
    const SESSION_WORDS: usize = 6;
    let session = words.find_in(words.find_in(from, to, "định kì")?, to, "kì họp")?;
    let at = (session..session + SESSION_WORDS).find(|at| words.any(*at, phrases!("cuối năm|giữa năm")).is_some())?;
    let time =
        Time { kind: DeadlineKind::Recurring, interval: Some(Interval::Yearly), regular: true, end: at + 2, ..Time::default() };
    let dated = words.shape(at + 2) == Some(Shape::Number);
    (!dated).then_some(Found { rank: 3, start: session, time, origin: Origin::Body, approximate: false })
}

/// What tells a time only where nothing else does.
pub(super) fn at_last(words: &Words<'_>, from: usize, to: usize) -> Option<Found> {
    conditional(words, from, to)
        .or_else(|| started(words, from, to))
        .or_else(|| at_session(words, from, to))
        .or_else(|| reviewed(words, from, to))
        .or_else(|| held(words, from, to))
        .or_else(|| year_by_year(words, from, to))
}

/// "giữ vững vị trí tại Đại hội Thể thao toàn quốc năm 2026": a target is reached at an event, in the year of the event.
pub(super) fn at_event(words: &Words<'_>, from: usize, to: usize) -> Option<Found> {
    const NAME_MAX: usize = 12;
    let end = (from..to).rev().find(|at| !words.is(*at, &[".", ";", "/"]))? + 1;
    let start = end.checked_sub(2).filter(|at| *at > from && words.key(*at) == "năm")?;
    let time = time_at(words, start).filter(|time| time.kind == DeadlineKind::Year && time.end == end)?;
    let place = (from.max(start.saturating_sub(NAME_MAX))..start).rev().find(|at| words.key(*at) == "tại")?;
    words.any(place + 1, phrases!("đại hội|hội thao|giải|kì thi|hội thi|hội diễn|liên hoan"))?;
    Some(Found { rank: 3, start, time, origin: Origin::Body, approximate: false })
}

/// "Hằng tháng họp, | báo cáo … trước ngày 25": the day of a month stands apart from how often.
pub(super) fn day_apart(words: &Words<'_>, sentences: &[(usize, usize)], found: &mut [Found]) {
    for &(from, to) in sentences.iter().take(LOOKED_AT) {
        let monthly = |one: &&mut Found| {
            let time = &one.time;
            from <= one.start && one.start < to && time.interval == Some(Interval::Monthly) && time.point.day.is_none()
        };
        let Some(one) = found.iter_mut().find(monthly) else { continue };
        let cue = |at: usize| words.any(at, phrases!("trước ngày|chậm nhất ngày|chậm nhất là ngày|vào ngày"));
        let day = (one.time.end..to).find_map(|at| {
            let place = at + cue(at)?;
            let ends = words.shape(place + 1).is_none_or(|shape| shape == Shape::Sign) && !words.is(place + 1, &["/", "-"]);
            Some((at, words.whole(place).filter(|day| ends && (1..=31).contains(day))?))
        });
        if let Some((at, day)) = day {
            (one.time.point.day, one.time.before, one.time.regular) = (Some(day), words.key(at) == "trước", true);
            one.rank = one.rank.min(3);
        }
    }
}

/// Days without a year come every year when their sentence says so ("hằng năm … trước ngày 30/11") or reports twice a
/// year ("6 tháng (trước ngày 10/6) và năm (trước ngày 10/12)").
pub(super) fn every_year(words: &Words<'_>, sentences: &[(usize, usize)], found: &mut Vec<Found>) {
    for &(from, to) in sentences.iter().take(LOOKED_AT) {
        let inside = |one: &Found| from <= one.start && one.start < to;
        let yearless = |one: &Found| {
            let point = one.time.point;
            one.time.kind == DeadlineKind::Unknown && point.year.is_none() && point.month.is_some()
        };
        let days: Vec<usize> = (0..found.len()).filter(|at| inside(&found[*at]) && yearless(&found[*at])).collect();
        let yearly = found.iter().any(|one| inside(one) && one.time.interval == Some(Interval::Yearly));
        let halves = (from..to).any(|at| words.any(at, phrases!("6 tháng|06 tháng|sáu tháng")).is_some());
        let dated = days.iter().all(|at| found[*at].time.point.day.is_some());
        let reports = dated && (from..to).any(|at| words.starts(at, "báo cáo"));
        let interval = match days.len() {
            1 if yearly => Interval::Yearly,
            2 if yearly || dated && halves || reports => Interval::HalfYearly,
            4 if yearly || reports => Interval::Quarterly,
            _ => continue,
        };
        let dates = days.iter().filter_map(|at| {
            let point = found[*at].time.point;
            Some(DayMonth { day: point.day?, month: point.month? })
        });
        let dates: Vec<DayMonth> = dates.collect();
        let first = &mut found[days[0]];
        (first.time.kind, first.time.interval, first.time.regular) = (DeadlineKind::Recurring, Some(interval), true);
        if days.len() > 1 {
            (first.time.point.month, first.time.dates) = (None, dates);
        } else {
            first.time.dates = dates;
        }
        // What they make known is not told a second time.
        let kept = days[0];
        let mut at = 0;
        found.retain(|one| {
            at += 1;
            let bare = one.time.interval == Some(Interval::Yearly) && one.time.dates.is_empty() && inside(one);
            at - 1 == kept || !(days.contains(&(at - 1)) || bare)
        });
    }
}
