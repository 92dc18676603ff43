//! Who takes part, and to whom something is sent.

use std::sync::LazyLock;

use super::super::gazetteer::Gazetteer;
use super::super::parties::{Manner, list_at};
use super::super::words::{Phrases, Words, phrases};

/// Mentions of one text that are read.
const MENTIONS_MAX: usize = 12;
/// Words between "gửi" and "về".
const OBJECT_MAX: usize = 24;

/// The bodies that take part: "phối hợp với …", "hợp tác, liên kết với …", "…; X, Y phối hợp".
pub(in super::super) fn partners(gazetteer: &Gazetteer, words: &Words<'_>) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = 0;
    for _ in 0..MENTIONS_MAX {
        let Some(place) = (at..words.len()).find(|index| is_mention(words, *index)) else { break };
        at = place + 2;
        if is_noun(words, place) {
            continue;
        }
        let (found, end) = mention(gazetteer, words, place);
        found.into_iter().for_each(|name| push_new(&mut names, name));
        at = at.max(end);
    }
    names
}

/// "phối hợp", "hợp tác", or "cùng" after "chủ trì": "Sở A chủ trì, cùng Sở B".
fn is_mention(words: &Words<'_>, at: usize) -> bool {
    let leads = || words.starts(at.saturating_sub(2), "chủ trì") || words.starts(at.saturating_sub(3), "chủ trì ,");
    words.any(at, phrases!("phối hợp|hợp tác|liên kết")).is_some() || at >= 2 && words.key(at) == "cùng" && leads()
}

/// "cơ chế phối hợp", "sự hợp tác", "Cơ quan phối hợp:" are nouns.
fn is_noun(words: &Words<'_>, at: usize) -> bool {
    let noun = at > 0
        && words.is(at - 1, &["chế", "sự", "tác", "việc", "kết", "trình", "quan", "vị", "trách", "nhóm"])
        && words.key(at - 1) != "kết";
    noun || words.starts(at, "hợp tác quốc tế") || words.starts(at, "hợp tác xã") || words.starts(at, "hợp tác công")
}

fn mention(gazetteer: &Gazetteer, words: &Words<'_>, place: usize) -> (Vec<String>, usize) {
    if words.key(place) == "cùng" {
        return listed(gazetteer, words, place + 1 + usize::from(words.key(place + 1) == "với"), Manner::Partner);
    }
    let after = place + 2;
    let adverb = words.any(after, phrases!("chặt chẽ|chặt|tốt|thường xuyên|hiệu quả|đồng bộ|trực tiếp")).unwrap_or(0);
    if let Some(skip) = words.any(after + adverb, phrases!("cùng với|với|cùng")) {
        return listed(gazetteer, words, after + adverb + skip, Manner::Partner);
    }
    let before = named_before(gazetteer, words, place);
    if !before.is_empty() {
        return (before, after);
    }
    let (start, manner) = other_verbs(gazetteer, words, after).unwrap_or((after, Manner::Subject));
    listed(gazetteer, words, start, manner)
}

fn listed(gazetteer: &Gazetteer, words: &Words<'_>, at: usize, manner: Manner) -> (Vec<String>, usize) {
    list_at(gazetteer, words, at, manner).map_or((Vec::new(), at), |list| (list.names, list.end))
}

/// ", hướng dẫn, đôn đốc" between "Phối hợp" and its object.
fn other_verbs(gazetteer: &Gazetteer, words: &Words<'_>, at: usize) -> Option<(usize, Manner)> {
    let mut at = at;
    for _ in 0..5 {
        let skip = words.any(at, phrases!(",|và"))?;
        let (len, ()) = gazetteer.verbs.at(words, at + skip)?;
        at += skip + len;
        if let Some(with) = words.any(at, phrases!("với|cùng")) {
            return Some((at + with, Manner::Partner));
        }
        if !words.is(at, &[",", "và"]) {
            return Some((at, Manner::Subject));
        }
    }
    None
}

/// "Sở A chủ trì; Sở B, Sở C phối hợp": the names between the last sign and "phối hợp".
fn named_before(gazetteer: &Gazetteer, words: &Words<'_>, place: usize) -> Vec<String> {
    let window = place.saturating_sub(40)..place;
    let starts = window.filter(|index| *index > 0 && words.is(*index - 1, &[";", ",", ".", "("]));
    for start in starts {
        if let Some(list) = list_at(gazetteer, words, start, Manner::Subject).filter(|list| list.end == place && !list.weak) {
            return list.names;
        }
    }
    Vec::new()
}

/// To whom something is sent, reported or submitted; `doers` are not their own recipients.
pub(in super::super) fn recipients(gazetteer: &Gazetteer, words: &Words<'_>, doers: &[String]) -> Vec<String> {
    let mut names = Vec::new();
    let mut supplies = false;
    let mut mentions = 0;
    for at in 0..words.len() {
        supplies |= words.starts(at, "cung cấp");
        let Some(start) = receiver(words, at, supplies) else { continue };
        mentions += 1;
        if mentions > MENTIONS_MAX {
            break;
        }
        let found = list_at(gazetteer, words, start, Manner::Subject).filter(|list| !list.weak);
        let Some(list) = found.filter(|list| words.key(at) != "để" || gazetteer.verbs.has(words, list.end)) else { continue };
        for name in list.names.into_iter().filter(|name| !doers.contains(name)) {
            push_new(&mut names, name);
        }
    }
    names
}

/// Where the receiver of the verb at `at` stands.
fn receiver(words: &Words<'_>, at: usize, supplies: bool) -> Option<usize> {
    static TO: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of("về|cho|đến|tới|lên|với|qua|gửi về|gửi"));
    if words.key(at) == "để" {
        return (supplies && words.is(at + 1, &["các"])).then_some(at + 1);
    }
    if words.key(at) == "trình"
        && !words.is(at.wrapping_sub(1), &["chương", "quá", "quy", "công", "lộ", "tiến", "tờ", "giáo", "hành"])
    {
        return Some(at + 1);
    }
    let verb = words.any(at, phrases!("gửi|báo cáo|phản ánh|phản hồi|kiến nghị|thông tin về|tham mưu trình|đăng ký với|nộp"))?;
    let direct = at + verb + words.any(at + verb, &TO).unwrap_or(0);
    if starts_name(words, direct) {
        return Some(direct);
    }
    let stop = (at + verb..words.len()).find(|index| words.ends_sentence(*index, true)).unwrap_or(words.len());
    (at + verb..stop.min(at + verb + OBJECT_MAX))
        .find(|index| words.is(*index, &["về", "đến", "tới", "lên", "cho"]) && starts_name(words, *index + 1))
        .map(|index| index + 1)
}

/// A capital or "các": what may be a body and is no object such as "kết quả".
fn starts_name(words: &Words<'_>, at: usize) -> bool {
    use super::super::words::Shape;
    let capital = words.get(at).is_some_and(|token| matches!(token.shape, Shape::Title | Shape::Upper));
    capital || words.is(at, &["các"])
}

fn push_new(names: &mut Vec<String>, name: String) {
    if !names.contains(&name) {
        names.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str) -> Vec<String> {
        partners(Gazetteer::standard(), &Words::new(text))
    }

    fn to(text: &str) -> Vec<String> {
        recipients(Gazetteer::standard(), &Words::new(text), &[])
    }

    #[test]
    fn partners_are_named_in_many_ways() {
        for (text, expected) in [
            (
                "Chủ trì, phối hợp chặt chẽ với Sở Y tế, các sở, ban ngành tổ chức thực hiện.",
                vec!["Sở Y tế", "các sở, ban ngành"],
            ),
            (
                "Phối hợp, hướng dẫn, đôn đốc các sở, ban ngành, địa phương xây dựng kế hoạch.",
                vec!["các sở, ban ngành, địa phương"],
            ),
            ("Tích cực hợp tác, liên kết với các cơ quan báo chí để giới thiệu.", vec!["các cơ quan báo chí"]),
            ("Sở A chủ trì; Sở Tài chính, Sở Nội vụ phối hợp.", vec!["Sở Tài chính", "Sở Nội vụ"]),
            ("Trong đó, Sở Y tế với vai trò nòng cốt, Sở Nội vụ phối hợp, hỗ trợ các sở.", vec!["Sở Nội vụ"]),
            (
                "Tăng cường hợp tác, phối hợp với doanh nghiệp và tổ chức xã hội trong việc đào tạo.",
                vec!["doanh nghiệp", "tổ chức xã hội"],
            ),
            ("Chủ trì hợp tác với các quốc gia, tổ chức quốc tế để mở rộng.", vec!["các quốc gia", "tổ chức quốc tế"]),
        ] {
            assert_eq!(with(text), expected, "{text}");
        }
        for text in [
            "Ban hành quy chế phối hợp giữa các cơ quan.",
            "Phản ánh về Sở Y tế để phối hợp giải quyết.",
            "Phát triển hợp tác xã.",
        ] {
            assert!(with(text).is_empty(), "{text}: {:?}", with(text));
        }
    }

    #[test]
    fn recipients_follow_verbs_of_sending() {
        for (text, expected) in [
            (
                "Định kỳ gửi báo cáo kết quả về Sở Y tế tổng hợp, báo cáo Ủy ban nhân dân tỉnh.",
                vec!["Sở Y tế", "Ủy ban nhân dân tỉnh"],
            ),
            (
                "Lập dự toán; gửi Sở Tài chính và các cơ quan có liên quan để tổng hợp trình cấp có thẩm quyền.",
                vec!["Sở Tài chính", "các cơ quan có liên quan"],
            ),
            ("Tổng hợp, trình Ủy ban nhân dân Tỉnh xem xét.", vec!["Ủy ban nhân dân Tỉnh"]),
            ("Cung cấp tài liệu để các sở, ngành thực hiện truyền thông.", vec!["các sở, ngành"]),
            ("Tổng hợp trình cấp có thẩm quyền bố trí dự toán cho các cơ quan.", vec![]),
            ("Cung cấp thông tin cho các cơ quan báo chí.", vec![]),
        ] {
            assert_eq!(to(text), expected, "{text}");
        }
    }
}
