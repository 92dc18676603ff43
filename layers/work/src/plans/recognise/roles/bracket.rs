//! Who does it, in a bracket: "(Sở A; năm 2027)", "(Sở A tham mưu; Ban B thực hiện)".

use super::super::deadline::end_of_time;
use super::super::gazetteer::Gazetteer;
use super::super::parties::{Manner, list_at, whole_list};
use super::super::words::{Phrases, Shape, Words, phrases};
use super::{Doers, Evidence, doers_at};

/// The words of the names before their verb in a bracket.
const NAMES_MAX: usize = 24;
/// Clauses of one text that are looked at.
const CLAUSES_MAX: usize = 24;
/// The words of a clause that are looked at.
const CLAUSE_WORDS: usize = 40;

fn doers(names: Vec<String>, end: usize) -> Doers {
    Doers { names, end, evidence: Evidence::Stated, acts: true, supports: false, weak: false }
}

/// The bracket that ends a text, but for a time after it: its two signs.
fn last_bracket(words: &Words<'_>) -> Option<(usize, usize)> {
    let end = (0..words.len()).rev().find(|at| !words.is(*at, &[".", ";", "/"]))?;
    let close = (0..=end).rev().find(|at| words.key(*at) == ")")?;
    let dated = || words.key(close + 1) == "," && end_of_time(words, close + 2).is_some_and(|time| time > end);
    let open = (0..close).rev().find(|at| words.key(*at) == "(")?;
    (close == end || dated()).then_some((open, close))
}

/// "Đưa kỹ năng bơi vào trường học (Sở Giáo dục và Đào tạo; năm 2027).": the bracket that ends a task begins with who does it.
pub(super) fn bracketed(gazetteer: &Gazetteer, words: &Words<'_>) -> Option<Doers> {
    let (open, close) = last_bracket(words)?;
    alone(gazetteer, words, open, close).or_else(|| before_verb(gazetteer, words, open, close)).or_else(|| {
        let found = doers_at(gazetteer, words, open + 1).filter(|one| one.end < close && !one.weak && !one.supports)?;
        charged(words, found.end).then(|| doers(found.names, found.end))
    })
}

/// Nothing but names, and a time or partners after them.
fn alone(gazetteer: &Gazetteer, words: &Words<'_>, open: usize, close: usize) -> Option<Doers> {
    let list = list_at(gazetteer, words, open + 1, Manner::Subject)?;
    let dated = words.key(list.end) == "," && end_of_time(words, list.end + 1).is_some_and(|end| end == close);
    let alone = !list.weak && (words.is(list.end, &[";", ")"]) || words.starts(list.end, "phối hợp") || dated);
    alone.then(|| doers(list.names, list.end))
}

/// "(Học viện Chiến lược và Đào tạo nghề thực hiện)": what stands before the verb that ends the bracket are names.
fn before_verb(gazetteer: &Gazetteer, words: &Words<'_>, open: usize, close: usize) -> Option<Doers> {
    let done = phrases!(
        "chủ trì thực hiện|tổ chức thực hiện|triển khai thực hiện|thực hiện|chủ trì tham mưu|chủ trì|phụ trách|đảm nhiệm|\
         chịu trách nhiệm"
    );
    let capital = words.shape(open + 1) == Some(Shape::Title) && gazetteer.heads.has(words, open + 1);
    let ends = |at: usize| {
        words.any(at, done).map(|len| at + len).filter(|end| {
            let dated = end_of_time(words, *end).is_some_and(|time| time == close);
            *end == close || dated || words.is(*end, &[";", ","])
        })
    };
    let verb = (open + 2..close.min(open + NAMES_MAX)).find(|at| ends(*at).is_some()).filter(|_| capital)?;
    let plain = (open + 1..verb).all(|at| words.shape(at) != Some(Shape::Sign) || words.is(at, &[",", "-"]));
    let list = list_at(gazetteer, words, open + 1, Manner::Subject).filter(|list| list.end == verb);
    let names = list.map_or_else(|| whole_list(gazetteer, words.slice(open + 1, verb)), |list| list.names);
    (plain && !names.is_empty()).then(|| doers(names, verb))
}

/// "(Đảng ủy Ủy ban nhân dân tỉnh | lãnh đạo xây dựng, trình …)": a verb that charges, none that describes.
fn charged(words: &Words<'_>, at: usize) -> bool {
    let verbs = phrases!(
        "lãnh đạo|tham mưu|chỉ đạo|xây dựng|chủ trì|thực hiện|triển khai|hoàn thành|trình|báo cáo|phụ trách|đảm nhiệm|rà soát|\
         lập|hướng dẫn|đôn đốc|theo dõi|tổ chức|tổng hợp|đề xuất|bố trí|có trách nhiệm|chịu trách nhiệm"
    );
    words.any(at, verbs).is_some()
}

/// "(Sở Tài chính tham mưu bố trí vốn; Ban Quản lý dự án thực hiện)": each clause of one bracket charges a body.
pub(super) fn shared(gazetteer: &Gazetteer, words: &Words<'_>) -> Option<Doers> {
    let (open, close) = last_bracket(words)?;
    let starts = std::iter::once(open).chain((open + 1..close).filter(|at| words.key(*at) == ";").take(CLAUSES_MAX));
    let mut names = Vec::new();
    let mut clauses = 0;
    for sign in starts {
        // A time, or who helps, is no further lead.
        let Some(found) = doers_at(gazetteer, words, sign + 1).filter(|one| !one.supports) else { continue };
        if found.weak || found.end >= close || !charged(words, found.end) {
            return None;
        }
        clauses += 1;
        found
            .names
            .into_iter()
            .filter(|name| !names.contains(name))
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|name| names.push(name));
    }
    (clauses > 1).then(|| doers(names, close))
}

/// "Rà soát quy hoạch, | Sở Xây dựng chủ trì, hoàn thành …": between commas a body and that it leads.
pub(super) fn after_comma(gazetteer: &Gazetteer, words: &Words<'_>) -> Option<Doers> {
    let leads = phrases!("chủ trì thực hiện|chủ trì tham mưu|chủ trì|làm đầu mối|là đầu mối");
    let mut commas = (1..words.len()).filter(|at| words.key(*at) == ",").take(CLAUSES_MAX);
    let helped =
        |at: usize| (at.saturating_sub(CLAUSE_WORDS)..at).any(|index| words.any(index, phrases!("phối hợp|cùng với")).is_some());
    commas.find_map(|at| {
        let list = list_at(gazetteer, words, at + 1, Manner::Subject).filter(|list| !list.weak && !helped(at))?;
        let end = list.end + words.any(list.end, leads)?;
        words.shape(end).is_none_or(|shape| shape == Shape::Sign).then(|| doers(list.names, list.end))
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Kind;
    use super::super::in_body;
    use super::*;

    fn body(text: &str) -> Vec<String> {
        in_body(Gazetteer::standard(), &Words::new(text), Kind::Task, false).map(|doers| doers.names).unwrap_or_default()
    }

    #[test]
    fn brackets_say_who_does_it() {
        for (text, expected) in [
            (
                "Sửa trạm cấp nước (Trung tâm Nước sạch và Vệ sinh môi trường nông thôn thực hiện từ tháng 12/2025 đến tháng 02/2026).",
                vec!["Trung tâm Nước sạch và Vệ sinh môi trường nông thôn"],
            ),
            ("Ban hành chính sách (Đảng ủy UBND tỉnh lãnh đạo xây dựng, trình trong quý II/2026).", vec!["Đảng ủy UBND tỉnh"]),
            (
                "Xây dựng chợ (Sở Công Thương tham mưu chủ trương; Ban Quản lý dự án tỉnh thực hiện), giai đoạn 2026 - 2028.",
                vec!["Sở Công Thương", "Ban Quản lý dự án tỉnh"],
            ),
            ("Nạo vét kênh (Sở Nông nghiệp và Môi trường chủ trì; UBND các xã phối hợp).", vec!["Sở Nông nghiệp và Môi trường"]),
            ("Rà soát quy hoạch, Sở Xây dựng chủ trì, hoàn thành trong quý III/2026.", vec!["Sở Xây dựng"]),
            ("Nâng cấp 15 công trình nước sạch (UBND xã quản lý).", vec![]),
        ] {
            assert_eq!(body(text), expected, "{text}");
        }
    }

    #[test]
    fn a_body_told_again_and_one_that_answers() {
        for (text, expected) in [
            ("Đồng ý đề xuất của Sở Xây dựng về hướng tuyến; giao Sở này hoàn tất hồ sơ.", vec!["Sở Xây dựng"]),
            (
                "Cấp ủy, tổ chức đảng đưa chỉ tiêu vào nghị quyết; người đứng đầu chịu trách nhiệm về kết quả.",
                vec!["Cấp ủy, tổ chức đảng"],
            ),
            (
                "Ban Thường vụ Tỉnh ủy cơ bản thống nhất báo cáo. Yêu cầu Đảng ủy UBND tỉnh lãnh đạo hoàn thiện hồ sơ.",
                vec!["Đảng ủy UBND tỉnh"],
            ),
            (
                "Chủ tịch UBND tỉnh tiếp công dân 01 ngày/tháng; Chủ tịch UBND cấp xã tiếp công dân 02 ngày/tháng.",
                vec!["Chủ tịch UBND tỉnh", "Chủ tịch UBND cấp xã"],
            ),
            ("Đắp 85 đập; UBND các xã chịu trách nhiệm tổ chức thi công.", vec!["UBND các xã"]),
            ("Thành viên Ban Chỉ đạo tỉnh kiểm tra địa bàn.", vec!["Thành viên Ban Chỉ đạo tỉnh"]),
            (
                "Đồng chí Phó Chủ tịch UBND tỉnh phụ trách lĩnh vực xây dựng trực tiếp chỉ đạo.",
                vec!["Đồng chí Phó Chủ tịch UBND tỉnh phụ trách lĩnh vực xây dựng"],
            ),
            ("Ủy ban nhân dân 06 địa phương này cử đầu mối.", vec!["Ủy ban nhân dân 06 địa phương này"]),
        ] {
            assert_eq!(body(text), expected, "{text}");
        }
        let heads = |text: &str| in_body(Gazetteer::standard(), &Words::new(text), Kind::Task, true).is_some();
        assert!(!heads("Thường trực Ban Chỉ đạo, tham mưu thành lập đoàn kiểm tra."));
        assert!(!heads("Yêu cầu chủ đầu tư hạ tầng các khu công nghiệp hoàn thành đấu nối."));
        assert!(heads("Đề nghị Sở Tài chính bố trí vốn."));
        let target = |text: &str| in_body(Gazetteer::standard(), &Words::new(text), Kind::Target, false).is_some();
        assert!(!target("Bảo hiểm xã hội: tối thiểu 60% lực lượng lao động tham gia."));
    }
}
