//! Where a label ends, when more words than the known ones stand before its colon.

use super::super::gazetteer::{Gazetteer, Label};
use super::super::parties::{Manner, list_at};
use super::super::words::{Phrases, Shape, Words, phrases};
use super::is_sure;

/// The label at `at` and its words; "Thời hạn trình | UBND tỉnh:" goes on to the colon.
pub(super) fn label_at(gazetteer: &Gazetteer, words: &Words<'_>, at: usize) -> Option<(usize, Label)> {
    const MORE_MAX: usize = 4;
    let Some((len, label)) = gazetteer.labels.at(words, at) else { return agency_label(gazetteer, words, at) };
    let of_kind = phrases!("cơ quan|đơn vị|thời gian|thời hạn|bộ phận|thời điểm");
    let next = at + len;
    let more = phrases!(
        "trình|ban hành|báo cáo|gửi|giai đoạn|thực hiện|hoàn thành|ubnd|chủ trì|tham mưu|tổ chức|phối hợp|xây dựng|soạn thảo|dự kiến|\
         chính|nhiệm vụ|cụ thể|khởi công|đưa vào|nghiệm thu|tối đa|theo|và|,"
    );
    let open = words.any(next, more).is_some() && is_sure(*label) && words.any(at, of_kind).is_some();
    let colon =
        (next..next + MORE_MAX + 1).take_while(|index| words.key(*index) == ":" || words.shape(*index) != Some(Shape::Sign));
    let colon = colon.into_iter().find(|index| words.key(*index) == ":").filter(|colon| open && colon + 1 < words.len());
    Some((colon.map_or(len, |colon| colon - at), *label))
}

/// "Cơ quan lập chủ trương đầu tư: Ban Quản lý …": what an agency is to do, and which it is.
fn agency_label(gazetteer: &Gazetteer, words: &Words<'_>, at: usize) -> Option<(usize, Label)> {
    const TITLE_MAX: usize = 9;
    let kind = words.any(at, phrases!("cơ quan|đơn vị"))?;
    let colon = (at + kind..at + TITLE_MAX).find(|index| words.shape(*index).is_none_or(|shape| shape == Shape::Sign))?;
    let list = (words.key(colon) == ":").then(|| list_at(gazetteer, words, colon + 1, Manner::Subject)).flatten()?;
    let whole = words.shape(list.end).is_none_or(|shape| shape == Shape::Sign);
    let beside = phrases!("phối hợp|giám sát|kiểm tra|thẩm định|phê duyệt|thụ hưởng|tư vấn|đôn đốc|hỗ trợ|tham gia");
    let other = (at..colon).any(|index| words.any(index, beside).is_some());
    whole.then_some((colon - at, if other { Label::Other } else { Label::Lead }))
}
