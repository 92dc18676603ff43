//! Sentences that close every document and charge nobody with anything of their own.

use std::sync::LazyLock;

use super::gazetteer::Gazetteer;
use super::parties::{Manner, list_at};
use super::words::{Phrases, Words, phrases};

/// The words of such a sentence at most; a longer one may say more.
const FORMULA_MAX: usize = 70;
/// To carry out what the document says, and no more.
static CARRIED_OUT: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "nghiêm túc|tổ chức|triển khai|thực hiện|khẩn trương|chủ động|quan tâm|kịp thời|nghiêm|ngay|tốt|có hiệu quả|đạt hiệu quả|đạt kết quả|\
         hiệu quả|tích cực|căn cứ|chấp hành|phối hợp|kế hoạch này|chương trình này|chỉ thị này|quyết định này|\
         nghị quyết này|công văn này|công điện này|thông báo này|hướng dẫn này|nội dung trên|các nội dung trên|\
         những nội dung trên|các nội dung nêu trên|nội dung nêu trên|đúng|đầy đủ|các|,|và|việc|để|biết|theo quy định",
    )
});

/// "Yêu cầu các sở, ban, ngành nghiêm túc triển khai thực hiện.", "Văn phòng … thông báo để các cơ quan biết, thực hiện.":
/// a formula. One that says to whom difficulties are reported is none.
pub(super) fn is_formula(gazetteer: &Gazetteer, words: &Words<'_>) -> bool {
    let end = (0..words.len()).rev().find(|at| !words.is(*at, &[".", "/", ";", "!"])).map_or(0, |last| last + 1);
    let stops = || (0..end).filter(|at| words.key(*at) == "." && words.ends_sentence(*at, false));
    // "Trên đây là Kế hoạch … của xã. Đề nghị các đơn vị triển khai thực hiện.": the first sentence says nothing.
    let named = stops().next().filter(|_| words.starts(0, "trên đây là") && stops().count() == 1);
    if end > FORMULA_MAX || named.is_none() && stops().next().is_some() {
        return false;
    }
    let from = named.map_or_else(|| preamble(words, end), |stop| stop + 1);
    is_thanks(words) || notifies(gazetteer, words, end) || carries_out(gazetteer, words, from, end)
}

/// "Trân trọng cảm ơn sự phối hợp của quý cơ quan.", "Rất mong nhận được sự quan tâm của …"
fn is_thanks(words: &Words<'_>) -> bool {
    let thanks = phrases!("trân trọng cảm ơn|xin trân trọng cảm ơn|xin chân thành cảm ơn|trân trọng|rất mong nhận được|rất mong");
    let asks =
        words.any(0, phrases!("trân trọng đề nghị|trân trọng mời|trân trọng giao|trân trọng thông báo|trân trọng báo cáo"));
    words.any(0, thanks).is_some() && asks.is_none()
}

/// "Thông báo để các cơ quan, đơn vị biết, thực hiện."
fn notifies(gazetteer: &Gazetteer, words: &Words<'_>, end: usize) -> bool {
    let from = list_at(gazetteer, words, 0, Manner::Subject).map_or(0, |list| list.end);
    let by_order = words.any(0, phrases!("thừa lệnh|thừa ủy quyền|theo chỉ đạo")).is_some();
    let makes_known = |at: usize| words.any(at, phrases!("thông báo|xin thông báo|trân trọng thông báo")).is_some();
    let told = makes_known(from) || by_order && (from..end).any(makes_known);
    told && (from..end).any(|at| words.key(at) == "biết")
}

/// The token after "Trên đây là …," "Nhận được Chỉ thị này," "Căn cứ Kế hoạch này,".
fn preamble(words: &Words<'_>, end: usize) -> usize {
    let opens = words.any(0, phrases!("trên đây là|nhận được|căn cứ|trên cơ sở")).is_some();
    let asked = (1..end).find(|at| words.any(*at, phrases!("yêu cầu|đề nghị")).is_some());
    let comma = (1..end).find(|at| words.is(*at, &[",", ";"])).map(|sign| sign + 1);
    if opens { asked.or(comma).unwrap_or(0) } else { 0 }
}

/// Somebody is asked to carry it out, and nothing else stands there.
fn carries_out(gazetteer: &Gazetteer, words: &Words<'_>, from: usize, end: usize) -> bool {
    let asked = words.any(from, phrases!("yêu cầu|đề nghị|kính đề nghị|trân trọng đề nghị|mong")).unwrap_or(0);
    let Some(mut list) = list_at(gazetteer, words, from + asked, Manner::Subject) else { return false };
    // "Ủy ban nhân dân tỉnh | yêu cầu các đơn vị triển khai thực hiện."
    if let Some(skip) = words.any(list.end, phrases!("yêu cầu|đề nghị")).filter(|_| asked == 0) {
        let Some(told) = list_at(gazetteer, words, list.end + skip, Manner::Subject) else { return false };
        list = told;
    }
    let mut at = list.end;
    while at < end {
        match words.any(at, &CARRIED_OUT) {
            Some(len) => at += len,
            None => return false,
        }
    }
    at > list.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_charge_nobody() {
        for text in [
            "Yêu cầu các sở, ban, ngành, địa phương nghiêm túc triển khai thực hiện./.",
            "Nhận được Chỉ thị này, yêu cầu Thủ trưởng các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.",
            "Trên đây là Kế hoạch phòng, chống thiên tai; yêu cầu các đơn vị nghiêm túc triển khai thực hiện./.",
            "Căn cứ Kế hoạch này, các đơn vị chủ động triển khai thực hiện./.",
            "Trên đây là Kế hoạch của UBND tỉnh, đề nghị các cơ quan, đơn vị triển khai thực hiện đạt hiệu quả./.",
            "Trên đây là Kế hoạch hòa giải năm 2026 của xã Mẫu. Đề nghị các phòng, đơn vị, các thôn triển khai thực hiện./.",
            "Văn phòng Ủy ban nhân dân tỉnh thông báo để các cơ quan, đơn vị biết, thực hiện./.",
            "Thông báo để các cơ quan, đơn vị biết, thực hiện./.",
            "Thừa lệnh đồng chí Bí thư, Văn phòng Tỉnh ủy thông báo để các cơ quan biết, thực hiện.",
            "Trân trọng cảm ơn sự phối hợp của quý cơ quan./.",
            "Ủy ban nhân dân thành phố yêu cầu các đơn vị có liên quan tổ chức triển khai thực hiện Kế hoạch này./.",
        ] {
            assert!(is_formula(Gazetteer::standard(), &Words::new(text)), "{text}");
        }
        for text in [
            "Trong quá trình thực hiện nếu có vướng mắc, các đơn vị phản ánh về Sở Y tế để tổng hợp./.",
            "Trên đây là Kế hoạch hòa giải. Các đơn vị triển khai thực hiện, báo cáo Sở Tư pháp./.",
            "Yêu cầu các sở, ban, ngành triển khai thực hiện, báo cáo kết quả trước ngày 15/12/2026./.",
            "Chánh Văn phòng, Giám đốc Sở Y tế chịu trách nhiệm thi hành Quyết định này./.",
            "Giao Sở Y tế theo dõi, đôn đốc việc thực hiện Kế hoạch này./.",
        ] {
            assert!(!is_formula(Gazetteer::standard(), &Words::new(text)), "{text}");
        }
    }
}
