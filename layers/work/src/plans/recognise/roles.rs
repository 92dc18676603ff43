//! Who does what: leads in headings, intro lines and sentences; partners; recipients.

mod bracket;
mod others;
mod search;
mod seeming;
mod this;

use std::sync::LazyLock;

pub(super) use others::{partners, recipients};
pub(super) use search::{all_in_body, asked, in_body, in_heading};

use super::deadline::end_of_time;
use super::gazetteer::Gazetteer;
use super::parties::{Manner, list_at, posts};
use super::words::{Phrases, Shape, Words, phrases};

/// Requests and orders before a name.
static OPENERS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "kính đề nghị|trân trọng đề nghị|đề nghị|giao nhiệm vụ cho|giao trách nhiệm cho|giao cho|giao|\
         kính mời|trân trọng mời|mời|yêu cầu|phân công|trách nhiệm của|nhiệm vụ của|nhiệm vụ cụ thể của|\
         đối với|do|khuyến khích|phối hợp mời|chỉ định|ủy quyền cho|ủy nhiệm cho|về phía|đồng thời|trong đó|\
         ngoài ra|riêng đối với|riêng|cử",
    )
});
/// What says that the names before it lead.
static LEADING: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "chủ trì|chủ động chủ trì|trực tiếp chủ trì|là cơ quan chủ trì|là đơn vị chủ trì|\
         là cơ quan thường trực|là cơ quan đầu mối|là đơn vị đầu mối|là đầu mối|làm đầu mối|\
         làm cơ quan đầu mối|làm đơn vị đầu mối|làm cơ quan thường trực|là cơ quan|là đơn vị|có trách nhiệm|\
         chịu trách nhiệm|có nhiệm vụ|được giao|được phân công|với vai trò nòng cốt|giữ vai trò nòng cốt|là nòng cốt|\
         với vai trò là|với vai trò cơ quan thường trực|giữ vai trò chủ trì|đảm nhận|đảm nhiệm|thường trực|\
         là thường trực|nghiêm túc|khẩn trương",
    )
});
/// Words between a name and its verb.
static ADVERBS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "tiếp tục|chủ động|tích cực|đồng thời|cùng nhau|kịp thời|thường xuyên|định kì|phải|cần|sẽ|cùng|đẩy mạnh|tăng cường|\
         căn cứ|tập trung|theo chức năng|trên cơ sở|trong phạm vi|hằng năm|phối hợp|khẩn trương|nghiêm túc|\
         trực tiếp|hằng quý|hằng tháng|hướng dẫn|quan tâm",
    )
});

/// How the evidence that somebody leads looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Evidence {
    /// Nothing but the names.
    Bare,
    /// A verb follows the names.
    Verb,
    /// "Đề nghị …", "Giao …" before the names.
    Asked,
    /// "chủ trì", "có trách nhiệm", or a colon after the names.
    Stated,
}

/// Who leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Doers {
    /// As written.
    pub names: Vec<String>,
    /// The token after the names.
    pub end: usize,
    /// How sure it is.
    pub evidence: Evidence,
    /// What follows the names says that they do something.
    pub acts: bool,
    /// "X phối hợp với Y": X supports or acts together with Y.
    pub supports: bool,
    /// A class without "các": on its own no evidence.
    pub weak: bool,
}

/// The doers named from token `at` on, an order before them included.
pub(super) fn doers_at(gazetteer: &Gazetteer, words: &Words<'_>, at: usize) -> Option<Doers> {
    let (start, asked) = after_openers(words, at);
    let list = list_at(gazetteer, words, start, Manner::Subject)?;
    let end = after_aside(words, list.end);
    let (names, weak) = match named_aside(gazetteer, words, list.end, end) {
        Some(members) => (members, false),
        None => (list.names, list.weak),
    };
    let mut doers = Doers { names, end, evidence: Evidence::Bare, acts: true, supports: false, weak };
    if words.key(end) == ":" {
        return Some(members(gazetteer, words, doers));
    }
    let marker = end + words.any(end, phrases!("phải|cần|sẽ|cùng|, đơn vị|,")).unwrap_or(0);
    let stated = words.any(marker, &LEADING).is_some() || is_told_later(words, end) || does_alone(words, end);
    let closes = end >= words.len() || words.key(end) == "." && end + 1 == words.len();
    doers.supports = words.starts(marker, "phối hợp");
    // "(giao Sở Y tế)": the order is all that is said.
    let ordered = asked && (words.is(end, &[")", "]"]) || closes && words.any(at, phrases!("giao|phân công")).is_some());
    doers.acts = stated || ordered || doers.supports || is_action(gazetteer, words, end);
    doers.evidence = match () {
        () if stated => Evidence::Stated,
        () if asked => Evidence::Asked,
        () if doers.acts => Evidence::Verb,
        () if closes => Evidence::Bare,
        () => return None,
    };
    Some(doers)
}

/// The token after "Đề nghị", "Giao", "Trong đó," … and whether they ask somebody.
fn after_openers(words: &Words<'_>, at: usize) -> (usize, bool) {
    let mut start = at;
    let mut asked = false;
    while let Some(len) = words.any(start, &OPENERS) {
        asked |= words.any(start, phrases!("đồng thời|trong đó|ngoài ra|về phía|do|riêng")).is_none();
        start += len + usize::from(words.key(start + len) == ",");
    }
    // "Giao đồng chí Giám đốc Sở A": the post is named, not the address.
    if asked && words.shape(start) == Some(Shape::Lower) {
        start += words.any(start, phrases!("các đồng chí|đồng chí|ông|bà")).unwrap_or(0);
    }
    (start, asked)
}

/// A bracket after a name that is not part of it: "(cơ quan thường trực)".
fn after_aside(words: &Words<'_>, at: usize) -> usize {
    // "Sở A - Cơ quan thường trực: …"
    const REMARK_MAX: usize = 8;
    if let Some(len) = words.any(at + 1, posts()).filter(|_| words.is(at, &["-", ","])) {
        let close =
            (at + 1 + len..at + 1 + len + REMARK_MAX).find(|index| words.shape(*index).is_none_or(|shape| shape == Shape::Sign));
        let close = close.filter(|close| words.is(*close, &[":", ",", "-"]));
        return close.map_or(at, |close| close + usize::from(words.key(close) != ":"));
    }
    if words.key(at) == "(" { words.closing(at, 24).map_or(at, |close| close + 1) } else { at }
}

/// "Các sở, ngành theo chức năng, nhiệm vụ được giao | có trách nhiệm …".
fn is_told_later(words: &Words<'_>, at: usize) -> bool {
    const REMARK_MAX: usize = 14;
    let remark =
        words.any(at, phrases!("tại|theo|nêu tại|trong phạm vi|căn cứ|trên cơ sở|, theo|, căn cứ|, trên cơ sở")).is_some();
    let told = |index: usize| words.any(index, phrases!("có trách nhiệm|chịu trách nhiệm|có nhiệm vụ")).is_some();
    let end = (at..at + REMARK_MAX).find(|index| told(*index) || words.ends_sentence(*index, true));
    remark && end.is_some_and(told)
}

/// "(Phòng Kinh tế | thực hiện; …": nothing is said but that they do it.
fn does_alone(words: &Words<'_>, at: usize) -> bool {
    let verb = words.any(
        at,
        phrases!("thực hiện|phụ trách|đảm nhiệm|chỉ đạo|chịu trách nhiệm|tham mưu|triển khai|theo dõi|tổng hợp|đôn đốc"),
    );
    verb.is_some_and(|len| words.shape(at + len).is_none_or(|shape| shape == Shape::Sign))
}

/// Who orders is not who does: "Chủ tịch Ủy ban nhân dân tỉnh | yêu cầu:".
pub(super) fn orders(words: &Words<'_>, at: usize) -> bool {
    let said = phrases!("yêu cầu|giao|chỉ đạo|đề nghị|kết luận|có ý kiến|quyết định|ban hành|điện|thống nhất|thông báo");
    let Some(len) = words.any(at, said) else { return false };
    let after =
        at + len + words.any(at + len, phrases!("như sau|nội dung sau|các nội dung sau|một số nội dung sau")).unwrap_or(0);
    words.key(after) == ":" && after + 1 >= words.len()
}

/// "Doanh nghiệp viễn thông (Viettel Mẫu, VNPT Mẫu)": the members named in the bracket `open..end` stand for the class.
fn named_aside(gazetteer: &Gazetteer, words: &Words<'_>, open: usize, end: usize) -> Option<Vec<String>> {
    let list = list_at(gazetteer, words, open + 1, Manner::Subject).filter(|_| open + 1 < end)?;
    (list.end + 1 == end && list.names.len() > 1 && !list.weak).then_some(list.names)
}

/// "Các cơ quan báo chí chủ lực: Báo A; Đài B": the members that are named stand for the class.
fn members(gazetteer: &Gazetteer, words: &Words<'_>, mut doers: Doers) -> Doers {
    doers.evidence = Evidence::Stated;
    if let Some(list) = list_at(gazetteer, words, doers.end + 1, Manner::Subject)
        && (list.end >= words.len() || words.is(list.end, &["."]) && list.end + 1 == words.len())
    {
        doers.names = list.names;
        doers.end = list.end;
    }
    doers
}

/// "Sở A | trong phạm vi chức năng, nhiệm vụ được giao hướng dẫn …": a verb after a remark on what A is there for.
fn acts_after_remark(gazetteer: &Gazetteer, words: &Words<'_>, at: usize) -> bool {
    const REMARK_MAX: usize = 18;
    let at = at + usize::from(words.key(at) == ",");
    if words.any(at, phrases!("trong phạm vi|theo|căn cứ|trên cơ sở|tùy theo|với chức năng|tại|nêu tại")).is_none()
    {
        return false;
    }
    let closers = phrases!(
        "được giao|được phân công|quản lý|của mình|của đơn vị|thẩm quyền|nhiệm vụ|phân cấp|chức năng|này|phụ lục|phụ lục kèm theo|\
         phụ lục i|phụ lục ii|phần i|phần ii|phần iii|mục i|mục ii|mục iii|mục iv"
    );
    let inside = (at + 1..at + REMARK_MAX).take_while(|index| !words.ends_sentence(*index, true));
    inside.filter_map(|index| words.any(index, closers).map(|len| index + len)).any(|next| {
        let verb = next + usize::from(words.key(next) == ",");
        gazetteer.verbs.has(words, verb) && words.any(verb, closers).is_none()
    })
}

/// A verb of doing, after adverbs or a remark between commas.
fn is_action(gazetteer: &Gazetteer, words: &Words<'_>, at: usize) -> bool {
    if words.is(at, &["không", "có"]) {
        return true;
    }
    let start = at;
    let mut at = at + usize::from(words.key(at) == ",");
    while let Some(len) = words.any(at, &ADVERBS) {
        if gazetteer.verbs.has(words, at) {
            return true;
        }
        at += len;
    }
    if acts_after_remark(gazetteer, words, start) {
        return true;
    }
    // "Sở A | đến cuối tháng 6/2026 hoàn thành …": when, before what is done.
    if let Some(end) = end_of_time(words, at) {
        let verb = end + usize::from(words.key(end) == ",");
        return gazetteer.verbs.has(words, verb) || LEADING.has(words, verb);
    }
    // A verb nobody listed: a word in small letters that is no preposition.
    let small = words.get(at).is_some_and(|token| token.shape == Shape::Lower) && !gazetteer.stops.has(words, at);
    gazetteer.verbs.has(words, at) || small && at == start
}
