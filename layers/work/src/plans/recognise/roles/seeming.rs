//! What looks like a subject and says nothing about who leads.

use super::super::gazetteer::Gazetteer;
use super::super::parties::{Manner, list_at};
use super::super::words::{Phrases, Shape, Words, phrases};
use super::Doers;

/// "Yêu cầu chủ đầu tư hạ tầng hoàn thành …" under the name of a body: what it shall see to, of whom it has no command.
pub(super) fn demands(words: &Words<'_>) -> bool {
    let Some(skip) = words.any(0, phrases!("yêu cầu|buộc|đề nghị")) else { return false };
    let private =
        phrases!("chủ đầu tư|nhà đầu tư|chủ cơ sở|chủ dự án|nhà thầu|chủ hộ|hộ kinh doanh|doanh nghiệp|đơn vị thi công");
    let skip = skip + usize::from(words.is(skip, &["các"]));
    words.any(skip, private).is_some()
}

/// "Thường trực Ban Chỉ đạo, tham mưu …" under the name of a body: what it is.
pub(super) fn stands(words: &Words<'_>) -> bool {
    let len = words.any(0, phrases!("thường trực ban chỉ đạo|thường trực tổ công tác|thường trực hội đồng")).unwrap_or(0);
    len > 0 && (len..len + 5).find(|at| words.shape(*at) != Some(Shape::Lower)).is_some_and(|at| words.key(at) == ",")
}

/// "Bảo hiểm xã hội: 41,5% lực lượng lao động …": a field and its value, no body and its duty.
pub(super) fn counts(gazetteer: &Gazetteer, words: &Words<'_>) -> bool {
    let Some(list) = list_at(gazetteer, words, 0, Manner::Subject).filter(|list| words.key(list.end) == ":") else {
        return false;
    };
    let bound = phrases!("tối thiểu|ít nhất|trên|đạt|tỉ lệ|khoảng|dưới|không quá|bao phủ|tăng|giảm|>|≥");
    words.shape(list.end + 1) == Some(Shape::Number) || words.any(list.end + 1, bound).is_some()
}

/// "…; người đứng đầu | chịu trách nhiệm về kết quả": who answers for it, after what others do.
pub(super) fn answers(words: &Words<'_>, doers: &Doers) -> bool {
    let for_it = phrases!(
        "chịu trách nhiệm về|chịu trách nhiệm trước|chịu trách nhiệm nếu|chịu trách nhiệm khi|chịu trách nhiệm toàn diện|\
         chịu trách nhiệm cá nhân|phải chịu trách nhiệm"
    );
    let later = (0..doers.end).any(|at| words.key(at) == ";");
    later && words.any(doers.end, for_it).is_some()
}
