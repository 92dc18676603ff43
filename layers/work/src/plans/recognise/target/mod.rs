//! What is to be reached: a comparison, a value, a unit, of whom, and what does not count.

mod cell;
mod quantity;

use std::sync::LazyLock;

pub(super) use cell::read_cell;

use quantity::{Quantity, counts_things, quantity_at};

use super::gazetteer::Gazetteer;
use super::model::{Kind, Target, TargetType};
use super::words::{Phrases, Shape, Words, phrases};

/// Bounds of one provision at most.
const BOUNDS_MAX: usize = 8;
/// Words of a unit at most.
const UNIT_MAX: usize = 8;
/// What ends a unit or a subject.
static ENDS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "cho|phù hợp|để|trong|tại|về|được|đều|đạt|của|có|với|trên|mỗi|một|hằng|hàng|nhằm|trước|vào|đến|từ|so|\
         theo|tham gia|thông qua|tới|ở|không|còn|là|do|trở lên|trở xuống|giai đoạn|năm|và|gắn|sinh hoạt|\
         đối với|phục vụ",
    )
});
/// Verbs with which the predicate after a percentage starts.
static PREDICATES: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "xây dựng|ban hành|thực hiện|triển khai|tiếp cận|tham gia|hoàn thành|ký|kí|đạt|thành lập|tổ chức|\
         áp dụng|ứng dụng|kết nối|khai thác|biết|nắm|đưa|cài đặt|phân loại|cung cấp|là|phải|duy trì|đội mũ|\
         đăng ký|đăng kí|đăng tải|thanh toán|hài lòng|công khai|vận hành|cập nhật|bố trí|bảo đảm|đảm bảo|\
         trả kết quả|chuyển đổi|sở hữu|lắp đặt|trang bị|giải quyết|gửi|sử dụng|có",
    )
});
/// What a predicate before the value starts with.
static REACHES: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::of("đạt|tăng|giảm|chiếm|không quá|tối thiểu|ít nhất|trên|dưới|không dưới|lên|còn|từ|vượt"));

/// Reads the target of a provision's text.
pub(super) fn read(words: &Words<'_>, kind: Kind) -> Option<Target> {
    let mut bounds = quantities(words, kind).into_iter();
    let mut first = target(words, &bounds.next()?);
    if kind == Kind::Target {
        first.more = bounds.map(|bound| target(words, &bound)).collect();
    }
    Some(first)
}

/// What sort of target this is; `general`: it stands under "mục tiêu chung".
pub(super) fn sort_of(target: Option<&Target>, general: bool) -> TargetType {
    match target {
        Some(target) if target.value.is_none() => TargetType::Text,
        Some(target) if target.unit.as_deref() == Some("%") => TargetType::Ratio,
        Some(_) => TargetType::Count,
        None if general => TargetType::General,
        None => TargetType::Milestone,
    }
}

fn quantities(words: &Words<'_>, kind: Kind) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() && found.len() < BOUNDS_MAX {
        match quantity_at(words, at).filter(|quantity| counts_things(words, quantity) && states_target(words, quantity, kind)) {
            Some(quantity) => {
                at = quantity.end;
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    found
}

/// Outside the targets only a comparison, a percentage of something or the number of things a verb makes is a target.
fn states_target(words: &Words<'_>, quantity: &Quantity, kind: Kind) -> bool {
    let made = quantity.start > 0
        && words.get(quantity.start - 1).is_some_and(|token| token.shape != Shape::Sign && token.shape != Shape::Number)
        && is_made(words, quantity.start);
    match kind {
        Kind::Target => true,
        Kind::Task | Kind::Responsibility => quantity.compared || quantity.percent || made,
        _ => false,
    }
}

/// A verb stands right before the number, perhaps with "mới", "thêm", "được" between.
fn is_made(words: &Words<'_>, at: usize) -> bool {
    let verbs = &Gazetteer::standard().verbs;
    let ends_verb = |end: usize| {
        let starts = (1..=3).filter_map(|len| Some((end.checked_sub(len)?, len)));
        starts.into_iter().any(|(start, len)| verbs.at(words, start).is_some_and(|(found, ())| found == len))
    };
    ends_verb(at) || words.is(at - 1, &["mới", "thêm", "được", "và"]) && ends_verb(at - 1)
}

fn target(words: &Words<'_>, quantity: &Quantity) -> Target {
    let mut target = Target {
        op: Some(quantity.op.to_owned()),
        value: Some(quantity.value),
        value_to: quantity.value_to,
        ..Target::default()
    };
    if quantity.percent {
        target.unit = Some("%".into());
        target.raw = Some(words.slice(quantity.start, quantity.end).to_owned());
        let (subject, exclude) = shared_by(words, quantity);
        (target.subject, target.exclude) = (subject, exclude);
    } else {
        let end = unit_end(words, quantity.end);
        target.unit = Some(words.name(quantity.end, end)).filter(|unit| !unit.is_empty());
        target.raw = Some(words.slice(quantity.start, end).to_owned());
        target.subject = served(words, end);
        target.exclude = exclusion(words, end, sentence_end(words, end)).map(|(from, to)| words.slice(from, to).to_owned());
    }
    target
}

/// The noun after a number: "chương trình đào tạo, bồi dưỡng".
fn unit_end(words: &Words<'_>, from: usize) -> usize {
    let mut at = from;
    while at < words.len() && at - from < UNIT_MAX {
        let sign = words.get(at).is_none_or(|token| matches!(token.shape, Shape::Sign | Shape::Number));
        if words.key(at) == "," && at > from {
            // ", bồi dưỡng" before what ends the unit goes on with it.
            let close = (at + 2..at + 4).find(|end| ends(words, *end));
            if let Some(end) = close.filter(|end| !ends(words, *end - 1)) {
                return end;
            }
        }
        if sign || at > from && ends(words, at) {
            break;
        }
        at += 1;
    }
    at
}

fn ends(words: &Words<'_>, at: usize) -> bool {
    words.any(at, &ENDS).is_some()
}

/// "phù hợp cho từng đối tượng cụ thể": whom a number of things is for.
fn served(words: &Words<'_>, from: usize) -> Option<String> {
    let at = (from..from + 4).find(|index| words.is(*index, &["cho", "đối"]))?;
    let start = at + if words.starts(at, "đối với") { 2 } else { 1 };
    let stop = |index: usize| {
        words.is(index, &[",", ";", ".", "(", ""]) || words.any(index, phrases!("nhằm|để|về|trong|trước|tại|có|được")).is_some()
    };
    let end = (start..start + 25).find(|index| stop(*index))?;
    Some(words.name(start, end)).filter(|subject| !subject.is_empty())
}

fn sentence_end(words: &Words<'_>, from: usize) -> usize {
    (from..words.len()).find(|index| words.ends_sentence(*index, true)).unwrap_or(words.len())
}

/// Of whom a percentage is, and who is left out.
fn shared_by(words: &Words<'_>, quantity: &Quantity) -> (Option<String>, Option<String>) {
    let stop = sentence_end(words, quantity.end);
    let exclude = exclusion(words, quantity.end, stop);
    let limit = exclude.map_or(stop, |(from, _)| from);
    let end = predicate(words, quantity.end, limit, stop);
    let after = Some(words.name(quantity.end, end)).filter(|text| !text.is_empty());
    let subject = after.or_else(|| before_value(words, quantity.start));
    (subject, exclude.map(|(from, to)| words.slice(from, to).to_owned()))
}

/// "(trừ những nhiệm vụ …)", "trừ trường hợp …".
fn exclusion(words: &Words<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    static EXCEPT: LazyLock<Phrases<()>> =
        LazyLock::new(|| Phrases::of("trừ|ngoại trừ|không bao gồm|không kể|không tính|không gồm"));
    let at = (from..to).find(|index| words.any(*index, &EXCEPT).is_some())?;
    if words.key(at.wrapping_sub(1)) == "(" {
        let close = words.closing(at - 1, 80)?;
        return Some((at - 1, close + 1));
    }
    let end = (at..to).find(|index| words.is(*index, &[",", ")"])).unwrap_or(to);
    Some((at, end))
}

/// Where the predicate of what a percentage is of starts.
fn predicate(words: &Words<'_>, from: usize, limit: usize, stop: usize) -> usize {
    let passive = (from + 1..stop).find(|index| words.is(*index, &["được", "đều"]));
    if let Some(at) = passive {
        return at.min(limit);
    }
    let starts = |index: usize| {
        let having = words.key(index.wrapping_sub(1)) == "có"
            || words.any(index, phrases!("có liên quan|có nhu cầu|có đủ|có điều kiện")).is_some();
        index > from && !having && words.any(index, &PREDICATES).is_some()
            || words.is(index, &[",", "("]) && words.any(index + 1, phrases!("hoàn thành|trong|đến|phấn đấu")).is_some()
            || words
                .any(index, phrases!("trước năm|trước ngày|vào cuối|vào năm|so với|nhằm|để|đến năm|đến hết|trong năm|trở lên"))
                .is_some()
    };
    (from..limit).find(|index| starts(*index)).unwrap_or(limit)
}

/// "Tỷ lệ học sinh … đạt từ 85% trở lên": what stands before the value.
fn before_value(words: &Words<'_>, at: usize) -> Option<String> {
    let start = (0..at).rev().find(|index| words.ends_sentence(*index, true)).map_or(0, |index| index + 1);
    let start = start + words.any(start, phrases!("phấn đấu")).unwrap_or(0);
    let end = (start + 1..at).find(|index| words.any(*index, &REACHES).is_some()).unwrap_or(at);
    Some(words.name(start, end)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
