//! What kind of provisions a heading announces.

use std::sync::LazyLock;

use super::gazetteer::{Gazetteer, Section};
use super::model::Kind;
use super::words::{Phrases, Shape, Words, phrases};

/// The words of a heading inside a section that may change its kind.
const SUBHEADING_MAX: usize = 9;
/// Words that may stand before the one that tells.
static FILLERS: LazyLock<Phrases<()>> =
    LazyLock::new(|| Phrases::of("các|một số|những|về|công tác|phần|nội dung|hệ thống|danh mục|tổng hợp|nhóm|,|-|và"));

/// What a heading announces, and the other kinds it names ("MỤC ĐÍCH, MỤC TIÊU").
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Announced {
    /// The first it names.
    pub section: Section,
    /// The kinds it names after the first.
    pub also: Vec<Kind>,
    /// It is the general aim ("Mục tiêu chung").
    pub general: bool,
}

/// What the heading announces. `parent`: the kind of the section it stands in; inside a section only a short heading that
/// starts with the telling words changes the kind.
pub(super) fn announced(gazetteer: &Gazetteer, words: &Words<'_>, parent: Option<Kind>) -> Option<Announced> {
    let start = first_telling(gazetteer, words)?;
    let (len, section) = gazetteer.sections.at(words, start)?;
    if parent.is_some() && !changes(words, start, len, *section) {
        return None;
    }
    let also = (start + len..words.len()).filter_map(|at| match gazetteer.sections.at(words, at) {
        Some((_, Section::Of(kind))) if Section::Of(*kind) != *section => Some(*kind),
        _ => None,
    });
    let general = words.any(start, phrases!("mục tiêu chung|mục tiêu tổng quát")).is_some();
    Some(Announced { section: *section, also: also.take(3).collect(), general })
}

/// The place of the first words that tell: at the start for certain, elsewhere when nothing is there.
fn first_telling(gazetteer: &Gazetteer, words: &Words<'_>) -> Option<usize> {
    let mut at = 0;
    loop {
        if let Some((_, section)) = gazetteer.sections.at(words, at) {
            // "NỘI DUNG MỤC TIÊU": a filler gives way to what it fills.
            let filler = words.any(at, &FILLERS).is_some_and(|len| gazetteer.sections.at(words, at + len).is_some());
            if !filler || *section == Section::Background {
                return Some(at);
            }
        }
        match words.any(at, &FILLERS) {
            Some(len) => at += len,
            None => break,
        }
    }
    // "Hội đồng nhân dân tỉnh yêu cầu | Ủy ban nhân dân tỉnh thực hiện …" asks and is no heading of requirements.
    let asks = |at: usize| {
        words.starts(at, "yêu cầu") && at > 0 && words.shape(at) == Some(Shape::Lower) && words.shape(at + 2) != Some(Shape::Sign)
    };
    (0..words.len().min(12)).find(|index| gazetteer.sections.has(words, *index) && !asks(*index))
}

fn changes(words: &Words<'_>, start: usize, len: usize, section: Section) -> bool {
    let short = words.len() <= SUBHEADING_MAX && start == 0;
    match section {
        Section::Background => start == 0 && words.len() <= len + 2,
        Section::Of(Kind::Funding) => {
            short && words.any(0, phrases!("kinh phí|nguồn kinh phí|nguồn vốn|nhu cầu kinh phí|cơ chế tài chính")).is_some()
        }
        Section::Of(Kind::Viewpoint) => short && words.len() <= len + 4,
        Section::Of(Kind::Responsibility) => {
            short && words.any(0, phrases!("tổ chức thực hiện|phân công|chế độ báo cáo|trách nhiệm")).is_some()
        }
        Section::Of(Kind::Task) => short && words.len() <= len + 4,
        Section::Of(Kind::Target) => short || start == 0 && words.len() <= SUBHEADING_MAX + 6,
    }
}

/// The kind a provision has by its own words, when no heading tells: `led`: somebody is named who does it.
pub(super) fn by_nature(words: &Words<'_>, led: bool) -> Kind {
    if is_target(words) {
        Kind::Target
    } else if words.any(0, phrases!("kinh phí|nguồn kinh phí")).is_some() {
        Kind::Funding
    } else if led {
        Kind::Responsibility
    } else {
        Kind::Task
    }
}

/// A share or an aim stands at the start.
pub(super) fn is_target(words: &Words<'_>) -> bool {
    let share = words.whole(0).is_some() && words.key(1) == "%";
    share
        || words.any(0, phrases!("phấn đấu|tỉ lệ|tỉ trọng|đến năm|đến hết năm")).is_some()
        || words.any(0, phrases!("ít nhất|tối thiểu|trên|không dưới")).is_some_and(|len| words.whole(len).is_some())
}

/// The section that is nothing but coming into force and the like.
pub(super) fn is_formality(words: &Words<'_>) -> bool {
    static ISSUING: LazyLock<Phrases<()>> =
        LazyLock::new(|| Phrases::of("ban hành kèm theo|công bố kèm theo|phê duyệt kèm theo|quyết định có hiệu lực"));
    static DOCUMENTS: LazyLock<Phrases<()>> = LazyLock::new(|| {
        Phrases::of(
            "quyết định này|nghị quyết này|kế hoạch này|chỉ thị này|chương trình này|quy định này|quy chế này|\
         thông tư này|chương trình hành động này|kết luận này|hướng dẫn này|thông báo này",
        )
    });
    let of_itself = words
        .any(0, &DOCUMENTS)
        .is_some_and(|len| words.any(len, phrases!("có hiệu lực|thay thế|đã được|được|bãi bỏ|gồm|phổ biến")).is_some());
    of_itself || words.any(0, &ISSUING).is_some() || is_signature(words) || agrees(words)
}

/// "KT. CHỦ TỊCH" under a document whose recipients are not named.
fn is_signature(words: &Words<'_>) -> bool {
    const SIGNED_MAX: usize = 10;
    static SIGNING: LazyLock<Phrases<()>> = LazyLock::new(|| {
        Phrases::of(
            "tm .|kt .|tl .|tuq .|q .|t / m|k / t|chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|bộ trưởng|thứ trưởng|\
             thủ tướng|phó thủ tướng|cục trưởng|chánh văn phòng|bí thư|phó bí thư|hiệu trưởng|trưởng ban|tổng giám đốc",
        )
    });
    words.all_caps() && words.len() <= SIGNED_MAX && words.any(0, &SIGNING).is_some()
}

/// "Hội đồng nhân dân tỉnh cơ bản thống nhất với kết quả …": who issues it takes note of something.
fn agrees(words: &Words<'_>) -> bool {
    const NAME_MAX: usize = 3;
    let at = words.any(0, phrases!("hội đồng nhân dân|hđnd"));
    let said = phrases!("cơ bản thống nhất|thống nhất|tán thành|cơ bản tán thành|nhất trí|cơ bản nhất trí|ghi nhận|thông qua");
    words.any(0, phrases!("cơ bản tán thành|cơ bản thống nhất|cơ bản nhất trí|tán thành")).is_some()
        || at.is_some_and(|from| (from..from + NAME_MAX).any(|index| words.any(index, said).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str, parent: Option<Kind>) -> Option<Section> {
        announced(Gazetteer::standard(), &Words::new(text), parent).map(|found| found.section)
    }

    #[test]
    fn sections_tell_their_kind_in_many_words() {
        for (text, expected) in [
            ("QUAN ĐIỂM", Kind::Viewpoint),
            ("MỤC ĐÍCH, YÊU CẦU", Kind::Viewpoint),
            ("PHƯƠNG CHÂM, NGUYÊN TẮC", Kind::Viewpoint),
            ("CÁC CHỈ TIÊU CẦN ĐẠT", Kind::Target),
            ("MỤC TIÊU ĐẾN NĂM 2030", Kind::Target),
            ("NHIỆM VỤ VÀ GIẢI PHÁP", Kind::Task),
            ("Nội dung, nhiệm vụ", Kind::Task),
            ("NỘI DUNG, PHÂN CÔNG VÀ TIẾN ĐỘ", Kind::Task),
            ("CÔNG VIỆC PHẢI LÀM", Kind::Task),
            ("NGUỒN LỰC THỰC HIỆN", Kind::Funding),
            ("KINH PHÍ", Kind::Funding),
            ("PHÂN CÔNG NHIỆM VỤ", Kind::Responsibility),
            ("TỔ CHỨC THỰC HIỆN", Kind::Responsibility),
            ("NHIỆM VỤ CỦA CÁC CƠ QUAN, ĐƠN VỊ", Kind::Responsibility),
            ("ĐIỀU KHOẢN THI HÀNH", Kind::Responsibility),
        ] {
            assert_eq!(kind(text, None), Some(Section::Of(expected)), "{text}");
        }
        assert_eq!(kind("ĐẶC ĐIỂM TÌNH HÌNH", None), Some(Section::Background));
        assert_eq!(kind("ĐẨY MẠNH TRUYỀN THÔNG", None), None);
        let asked = "Hội đồng nhân dân tỉnh yêu cầu Ủy ban nhân dân tỉnh tập trung vào:";
        assert_eq!(kind(asked, None), None);
    }

    #[test]
    fn inside_a_section_only_clear_headings_change_the_kind() {
        assert_eq!(kind("Mục tiêu chung", Some(Kind::Viewpoint)), Some(Section::Of(Kind::Target)));
        assert_eq!(kind("Kinh phí thực hiện", Some(Kind::Responsibility)), Some(Section::Of(Kind::Funding)));
        for text in [
            "Tổ chức truyền thông tại các cơ sở nghiên cứu",
            "Tăng cường nguồn lực cho báo chí",
            "Bố trí kinh phí và nhân lực cho hoạt động của các tổ",
        ] {
            assert_eq!(kind(text, Some(Kind::Task)), None, "{text}");
        }
    }

    #[test]
    fn nature_decides_without_headings() {
        assert_eq!(by_nature(&Words::new("100% xã có trạm y tế."), false), Kind::Target);
        assert_eq!(by_nature(&Words::new("Kinh phí từ ngân sách."), true), Kind::Funding);
        assert_eq!(by_nature(&Words::new("Mở lớp."), true), Kind::Responsibility);
        assert_eq!(by_nature(&Words::new("Mở lớp."), false), Kind::Task);
    }
}
