//! Deadlines in the running text of a provision.

use std::sync::LazyLock;

use super::super::gazetteer::Gazetteer;
use super::super::model::{Deadline, DeadlineKind, Interval, Kind, Origin};
use super::super::words::{Phrases, Shape, Words, phrases};
use super::loose::{
    at_event, at_last, day_apart, every_year, is_attribute, last_milestone, last_review, later_year, of_target, quoted,
    shared_year, year_at_end, year_by_year,
};
use super::occasion::{before_feast, in_first_bracket, season, stretch, this_year};
use super::past::drop_past;
use super::point::year_number;
use super::several;
use super::time::{Time, time_at};
use super::{LEAD_INS, PROMISES, content_end, mark, tail};

/// Documents that carry a period in their names.
static DOCUMENTS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "nghị quyết|chương trình|đề án|kế hoạch|chiến lược|quyết định|quy hoạch|chỉ thị|thông tư|nghị định|\
         dự án|văn kiện",
    )
});
/// A completion is announced.
static STRONG: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of("hoàn thành|hoàn tất|kết thúc|xong"));
/// What says that a time is the latest.
static LATEST: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "chậm nhất|muộn nhất|không muộn hơn|không chậm hơn|không quá ngày|không để kéo dài quá|không kéo dài quá|không để quá",
    )
});

/// What the running text says about time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in super::super) struct Reading {
    /// The deadline that counts.
    pub deadline: Option<Deadline>,
    /// The words of further deadlines.
    pub others: Vec<String>,
    /// The deadline is only near what the words say ("trước mùa mưa năm 2026").
    pub approximate: bool,
}

pub(super) struct Found {
    /// 1 a mark of its own, 2 the first words, 3 a date in the body, 4 a bare recurrence in the body.
    pub rank: u8,
    pub start: usize,
    pub time: Time,
    pub origin: Origin,
    pub approximate: bool,
}

/// Reads the deadlines of a provision's text. `led`: somebody is known to do it, so that a bare "hằng năm" is a cadence
/// and not the attribute of a source of money. `issued`: the year of the document.
pub(in super::super) fn read(words: &Words<'_>, kind: Kind, led: bool, issued: Option<i32>) -> Reading {
    if kind == Kind::Viewpoint {
        return Reading::default();
    }
    let sentences = words.sentences(false);
    let mut found = marks(words, &sentences);
    found.extend(bracket(words));
    found.extend(inner_brackets(words));
    found.extend(leading(words, kind));
    for &(from, to) in &sentences {
        found.extend(in_sentence(words, from, to));
    }
    let again: Vec<Found> = found.extract_if(.., |one| kind == Kind::Target && is_rate(words, one)).collect();
    found.retain(|one| allowed(one, kind, led));
    drop_past(words, &mut found, issued);
    if found.iter().all(|one| one.rank == 4) && matches!(kind, Kind::Task | Kind::Responsibility) {
        found.extend(sentences.iter().filter_map(|&(from, to)| at_last(words, from, to)));
    }
    if found.is_empty() && kind == Kind::Target {
        let last = |(from, to): &(usize, usize)| {
            at_event(words, *from, *to).or_else(|| year_by_year(words, *from, *to)).or_else(|| of_target(words, *from, *to))
        };
        found.extend(sentences.iter().filter_map(last));
    }
    if found.is_empty() {
        found.extend(again);
    }
    let quoted = quoted(words);
    found.retain(|one| !quoted.iter().any(|&(open, close)| open < one.start && one.start < close));
    every_year(words, &sentences, &mut found);
    shared_year(words, &mut found);
    day_apart(words, &sentences, &mut found);
    later_year(words, &sentences, &mut found);
    let interim = last_review(words, &sentences, &mut found);
    last_milestone(words, &sentences, &mut found);
    several::settle(words, &sentences, &mut found, kind == Kind::Target);
    let mut reading = choose(words, &sentences, found);
    reading.others.extend(interim.iter().map(|one| raw(words, one)));
    reading
}

fn allowed(found: &Found, kind: Kind, led: bool) -> bool {
    match kind {
        Kind::Funding => led || found.rank <= 2,
        Kind::Target => found.rank < 4,
        _ => true,
    }
}

/// "kiểm tra ít nhất 01 lần/năm", "giảm 5% số vụ hằng năm": how often a target is to be reached; a mean over years is none.
fn is_rate(words: &Words<'_>, found: &Found) -> bool {
    const TOLD_MAX: usize = 40;
    let mean = phrases!("bình quân|trung bình|tốc độ|mức tăng|tăng trưởng|tỉ lệ tăng");
    let told = (found.start.saturating_sub(TOLD_MAX)..found.start).any(|at| words.any(at, mean).is_some());
    let yearly = found.time.interval == Some(Interval::Yearly);
    // "có 30 câu lạc bộ sinh hoạt hằng tháng" tells of what there is.
    let counted = found.time.interval.is_some() && !words.is(found.start, &["hằng", "hàng", "mỗi"]);
    found.rank == 4 && (yearly || counted) && !told && found.time.interval != Some(Interval::Continuous)
}

fn choose(words: &Words<'_>, sentences: &[(usize, usize)], mut found: Vec<Found>) -> Reading {
    found.sort_by_key(|one| (one.rank, one.start));
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        let overlaps = kept.iter().any(|other| one.start < other.time.end && other.start < one.time.end);
        if !overlaps && kept.len() < 8 {
            kept.push(one);
        }
    }
    let mut rest = kept.into_iter();
    let Some(first) = rest.next() else { return Reading::default() };
    let others = rest.filter(|one| one.rank < 4).map(|one| raw(words, &one)).collect();
    let approximate = first.approximate;
    Reading { deadline: Some(deadline(words, sentences, first)), others, approximate }
}

fn raw(words: &Words<'_>, found: &Found) -> String {
    words.slice(found.start, found.time.end).to_owned()
}

fn deadline(words: &Words<'_>, sentences: &[(usize, usize)], mut found: Found) -> Deadline {
    found.time.end += tail(words, found.time.end);
    let sentence = sentences.iter().copied().find(|&(from, to)| from <= found.start && found.start < to);
    let report = sentence.is_some_and(|(from, to)| is_report(words, from, to, &found));
    let text = raw(words, &found);
    let origin = found.origin;
    let mut deadline = found.time.into_deadline(&text, origin);
    if report {
        deadline.kind = DeadlineKind::ReportCycle;
    }
    deadline
}

/// The recurrence is that of a report.
fn is_report(words: &Words<'_>, from: usize, to: usize, found: &Found) -> bool {
    if found.time.kind != DeadlineKind::Recurring || found.time.interval.is_none() {
        return false;
    }
    let says = |from: usize, to: usize, sends: bool| (from..to).any(|at| reports(words, at) || sends && words.is(at, &["gửi"]));
    let to = (found.time.end..to).find(|at| words.key(*at) == ";").unwrap_or(to);
    let near = (found.time.end + 5).min(to);
    reports(words, found.start)
        || says(from, found.start, found.time.regular && !found.time.dates.is_empty())
        || says(found.time.end, if found.time.regular { to } else { near }, false)
}

/// "báo cáo" is the verb, or what is handed in, and no part of "chế độ báo cáo" or "Hệ thống thông tin báo cáo".
fn reports(words: &Words<'_>, at: usize) -> bool {
    let noun = at > 1 && (words.starts(at - 2, "thông tin") || words.starts(at - 2, "chế độ") || words.key(at - 1) == "nghe");
    words.starts(at, "báo cáo") && !noun
}

/// Sentences that are nothing but a time: "Nhiệm vụ thường xuyên.", "Hoàn thành trong năm 2026."
fn marks(words: &Words<'_>, sentences: &[(usize, usize)]) -> Vec<Found> {
    let mut found = Vec::new();
    for &(from, to) in sentences.iter().rev().take(6) {
        let whole_text = from == 0 && to >= content_end(words);
        let time = mark(words, from, to).or_else(|| promise(words, from, to)).filter(|_| !whole_text);
        if let Some(mut time) = time {
            time.end = time.end.max(to.min(content_end(words)));
            found.push(Found { rank: 1, start: from, time, origin: Origin::Trailing, approximate: false });
        }
    }
    found
}

/// A short sentence that announces a time which can not be understood: "Hoàn thành trong năm."
fn promise(words: &Words<'_>, from: usize, to: usize) -> Option<Time> {
    words.any(from, &PROMISES)?;
    let names_time = (from..to).any(|at| words.is(at, &["năm", "tháng", "quí", "ngày", "khi", "sau", "tiến"]));
    let directly = (from..to.min(from + 6)).any(|at| words.is(at, &["trong", "trước", "vào", "khi", "sau", "theo", ":"]));
    (to - from <= 12 && names_time && directly).then(|| Time { kind: DeadlineKind::Unknown, end: to, ..Time::default() })
}

/// The bracket that ends the text: "(hoàn thành trong quý III/2026)".
fn bracket(words: &Words<'_>) -> Option<Found> {
    let close = content_end(words).checked_sub(1).filter(|index| words.key(*index) == ")")?;
    let open = (close.saturating_sub(24)..close).rev().find(|index| words.key(*index) == "(")?;
    let clause = words.any(open + 1, phrases!("trừ|nếu|gồm")).is_none();
    let last = (open + 1..close).rev().find(|at| words.is(*at, &[";", ","])).map_or(open + 1, |sign| sign + 1);
    let marked = mark(words, open + 1, close).map(|time| (open + 1, time));
    let marked = marked.or_else(|| mark(words, last, close).map(|time| (last, time)));
    // "(tháng 5 và tháng 10).": the year is that of the document.
    let told = |time: &Time| time.kind != DeadlineKind::Unknown || time.point.month.is_some() && time.point.day.is_none();
    let (start, time) = marked.filter(|(_, time)| clause && told(time))?;
    Some(Found { rank: 1, start, time, origin: Origin::Trailing, approximate: false })
}

/// "Kiểm tra 10 xã (tháng 5 và tháng 10/2026); Tổ giúp việc thực hiện.": a bracket before the end of a clause that is
/// nothing but a time.
fn inner_brackets(words: &Words<'_>) -> Vec<Found> {
    const BRACKET_MAX: usize = 14;
    const BRACKETS_MAX: usize = 8;
    let opens = (0..words.len()).filter(|at| words.key(*at) == "(").take(BRACKETS_MAX);
    let timed = opens.filter_map(|open| {
        let close = words.closing(open, BRACKET_MAX).filter(|close| words.key(close + 1) == ";")?;
        let time = mark(words, open + 1, close).filter(|time| time.kind != DeadlineKind::Unknown)?;
        Some(Found { rank: 3, start: open + 1, time, origin: Origin::Body, approximate: false })
    });
    timed.collect()
}

/// "Đến năm 2030, …", "Phấn đấu đến năm 2028, …", "Hằng năm, …", "Định kỳ ngày 20 hằng tháng …"
fn leading(words: &Words<'_>, kind: Kind) -> Option<Found> {
    let start = words.any(0, phrases!("phấn đấu|riêng trong|riêng|trước mắt ,|trước mắt|cụ thể|ngay")).unwrap_or(0);
    let Some(time) = time_at(words, start) else { return in_first_bracket(words) };
    let continuous = words.starts(start, "thường xuyên") || words.starts(start, "liên tục") || words.starts(start, "duy trì");
    let bare_number = words.get(start).is_some_and(|token| token.shape == Shape::Number) && words.key(time.end) != ",";
    // "Năm 2026 mở 10 lớp"; "Năm 2025 toàn tỉnh có …" tells what was.
    let acts = kind == Kind::Target || Gazetteer::standard().verbs.has(words, time.end) || words.key(time.end) == "phấn";
    let bare_year = start == 0 && words.key(start) == "năm" && !words.is(time.end, &[",", ":"]) && !acts;
    let fits = !continuous && !bare_number && !bare_year && time.kind != DeadlineKind::Unknown;
    let rank = if words.is(start, &["hằng", "hàng", "mỗi"]) && !time.regular { 3 } else { 2 };
    let rank = if words.key(time.end) == "," || time.regular { 2 } else { rank };
    fits.then_some(Found { rank, start, time, origin: Origin::Leading, approximate: false })
}

fn in_sentence(words: &Words<'_>, from: usize, to: usize) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = from;
    while at < to && found.len() < 16 {
        match at_cue(words, from, at, to) {
            Some(one) => {
                at = one.time.end.max(at + 1);
                found.push(one);
            }
            None => at += 1,
        }
    }
    found
}

fn at_cue(words: &Words<'_>, sentence: usize, at: usize, to: usize) -> Option<Found> {
    strong(words, at)
        .or_else(|| this_year(words, at, to))
        .or_else(|| dated(words, sentence, at, to))
        .or_else(|| before_feast(words, at, to))
        .or_else(|| season(words, at, to))
        .or_else(|| year_at_end(words, at))
        .or_else(|| clause(words, at, to))
        .or_else(|| stretch(words, sentence, at))
        .or_else(|| kept_on(words, at, to))
        .or_else(|| repeated(words, sentence, at))
}

/// "hoàn thành năm 2025", "xong trước 31/3/2026", "chậm nhất ngày 15 tháng 6 năm 2026".
fn strong(words: &Words<'_>, at: usize) -> Option<Found> {
    let latest = words.any(at, &LATEST).map(|_| 0);
    let start = at + latest.or_else(|| words.any(at, &STRONG))?;
    if let Some(time) = time_at(words, start) {
        return Some(Found { rank: 3, start: at, time, origin: Origin::Body, approximate: false });
    }
    let skip = words.any(start, phrases!("trước|trong|vào"))?;
    let place = (start + skip..start + skip + 5).find(|index| words.key(*index) == "năm")?;
    let (year, end) = year_number(words, place + 1)?;
    let kind = if year.is_some() { DeadlineKind::Year } else { DeadlineKind::Unknown };
    let mut time = Time { kind, end, before: words.key(start) == "trước", ..Time::default() };
    time.point.year = year;
    Some(Found { rank: 3, start: at, time, origin: Origin::Body, approximate: true })
}

/// "trước ngày 30/6/2026", "trong quý II năm 2026", "vào cuối năm 2026", "đến hết năm 2027".
fn dated(words: &Words<'_>, sentence: usize, at: usize, to: usize) -> Option<Found> {
    let before = words.key(at) == "trước";
    let medium = words.is(at, &["trong", "vào", "hết", "cả"]) || words.starts(at, "đến hết") || words.starts(at, "đến cuối");
    let weak = words.is(at, &["đến", "tới", "từ"]);
    if !(before || medium || weak) {
        return None;
    }
    let time = time_at(words, at).filter(|time| time.end <= to)?;
    let last = time.end >= to.min(content_end(words));
    let open = time.kind == DeadlineKind::RecurringFrom && words.key(at) == "từ" && !last;
    let named_period = words.any(at, phrases!("trong giai đoạn|từ năm học")).is_some();
    // "từ năm học 2026 - 2027." at the end of a clause is when it begins; elsewhere it tells of which years something is.
    let closes = last || words.is(time.end, &[";", ","]);
    let period = named_period && !closes;
    let open = open && !(named_period && closes);
    // Documents carry years in their names, hardly ever days or months.
    let yearly = time.point.month.is_none() && time.point.quarter.is_none();
    // "… vào Chương trình B từ năm 2026.": when it begins; the name of a program says until when.
    let begins = words.key(at) == "từ" && last && time.kind == DeadlineKind::RecurringFrom;
    let cited = weak && !begins && !medium && !named_period && yearly && cites_document(words, sentence, at);
    // "tổ chức hội thi trong quý III.": a time without its year, which nobody guesses.
    let clause = last || words.is(time.end, &[";", ","]);
    let stretch = words.key(at) == "từ" && time.from.is_some();
    let yearless = (medium || stretch) && clause && (time.point.quarter.is_some() || time.point.month.is_some());
    let certain = time.kind != DeadlineKind::Unknown || before && time.point.day.is_some() || yearless;
    let continuous = time.interval == Some(Interval::Continuous);
    let fits = certain && !cited && !open && !period && !continuous;
    let rank = if time.kind == DeadlineKind::Recurring && !time.regular { 4 } else { 3 };
    fits.then_some(Found { rank, start: at, time, origin: Origin::Body, approximate: false })
}

pub(super) fn cites_document(words: &Words<'_>, sentence: usize, at: usize) -> bool {
    // "theo lộ trình đến năm 2027": a way to go, whatever document was named before.
    if at > 1 && words.starts(at - 2, "lộ trình") {
        return false;
    }
    // "…; đến năm 2028 hình thành", ", đến năm 2028 có 30 chuỗi": a clause of its own.
    let acts = |end: usize| {
        words.is(end, &["đạt", "có", "toàn", "tối", "ít", "trên"])
            || words.shape(end) == Some(Shape::Number)
            || Gazetteer::standard().verbs.has(words, end)
    };
    let own = |sign: &str| {
        sign == ";" || sign == "," && words.key(at) == "đến" && time_at(words, at).is_some_and(|time| acts(time.end))
    };
    if at > sentence && own(words.key(at - 1)) {
        return false;
    }
    (sentence.max(at.saturating_sub(25))..at).any(|index| words.any(index, &DOCUMENTS).is_some())
}

/// The last clause is a mark: "; thực hiện hằng năm", ", từ quý II/2026".
fn clause(words: &Words<'_>, at: usize, to: usize) -> Option<Found> {
    if words.key(at) == ";"
        && words.starts(at + 1, "giai đoạn")
        && let Some(time) = time_at(words, at + 1).filter(|time| time.kind == DeadlineKind::Range)
    {
        return Some(Found { rank: 3, start: at + 1, time, origin: Origin::Body, approximate: false });
    }
    if !words.is(at, &[",", ";", ":"]) || to - at > 16 {
        return None;
    }
    let bare = words.key(at) == ":" && words.starts(at + 1, "thường xuyên");
    let led = bare || words.any(at + 1, &LEAD_INS).is_some() || words.is(at + 1, &["từ", "bắt", "kể", "trong", "trước", "giai"]);
    let end = to.min(content_end(words));
    let always = |time: &Time| words.key(at) == "," && time.interval == Some(Interval::Continuous);
    let time = mark(words, at + 1, end).filter(|time| led || always(time)).or_else(|| condition(words, at + 1, end))?;
    let certain = time.kind != DeadlineKind::Unknown || time.end == end;
    certain.then_some(Found { rank: 3, start: at + 1, time, origin: Origin::Body, approximate: false })
}

/// "… và thực hiện thường xuyên", "; cập nhật thường xuyên" where a sentence or a clause ends.
fn kept_on(words: &Words<'_>, at: usize, to: usize) -> Option<Found> {
    const REMARK_MAX: usize = 6;
    let clause = at > 0 && words.is(at - 1, &[",", ";"]);
    let alone = phrases!("cập nhật|kiểm tra|rà soát|theo dõi|tiến hành|tổ chức");
    let done =
        words.any(at, phrases!("thực hiện|tiến hành|nhiệm vụ|duy trì")).or_else(|| words.any(at, alone).filter(|_| clause));
    let mut time = time_at(words, at + done?).filter(|time| time.interval == Some(Interval::Continuous))?;
    let end = to.min(content_end(words));
    let remark = clause && words.key(time.end) == "," && end <= time.end + REMARK_MAX;
    let closes = time.end >= end || words.key(time.end) == ";" || remark;
    time.end = time.end.min(end);
    closes.then_some(Found { rank: 3, start: at, time, origin: Origin::Body, approximate: false })
}

/// "thực hiện ngay sau khi có hướng dẫn": a time that depends on something else.
fn condition(words: &Words<'_>, from: usize, to: usize) -> Option<Time> {
    let skip = words.any(from, phrases!("thực hiện|hoàn thành|triển khai"))?;
    words.any(from + skip, phrases!("ngay sau khi|sau khi|ngay khi|khi có"))?;
    Some(Time { kind: DeadlineKind::Unknown, end: to, ..Time::default() })
}

/// "định kỳ hằng tháng", "hằng năm", "02 lần/tháng", "6 tháng, hằng năm".
fn repeated(words: &Words<'_>, sentence: usize, at: usize) -> Option<Found> {
    let starts = phrases!(
        "(|cứ|báo|định kì|hằng|hàng|mỗi|từng|ngày|tuần|tháng|quí|thứ|chủ nhật|sáu tháng|một|hai|ba|bốn|theo|vào|trước|chậm nhất|sáng|chiều"
    );
    if words.shape(at) != Some(Shape::Number) && !starts.has(words, at) {
        return None;
    }
    let again = |time: &Time| {
        let spelt = time.kind == DeadlineKind::Unknown && words.key(time.end.wrapping_sub(1)) == "lần";
        spelt || matches!(time.kind, DeadlineKind::Recurring | DeadlineKind::RecurringFrom)
    };
    let time = time_at(words, at).filter(again).filter(|time| time.regular || !is_attribute(words, sentence, at))?;
    let continuous = time.interval == Some(Interval::Continuous);
    let open = words.is(at, &["từ", "kể", "bắt"]);
    let rank = if time.regular || time.kind == DeadlineKind::RecurringFrom { 3 } else { 4 };
    (!continuous && !open).then_some(Found { rank, start: at, time, origin: Origin::Body, approximate: false })
}
