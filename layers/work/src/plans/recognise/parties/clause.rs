//! Which bodies of a class are meant, told by a clause: "có rừng", "được giao chủ trì", "khai thác khoáng sản".

use std::sync::LazyLock;

use super::super::words::{Phrases, Shape, phrases};
use super::Reader;

/// The words of such a clause that are looked at.
const CLAUSE_MAX: usize = 8;
/// The words up to "trở lên".
const BOUND_MAX: usize = 18;
/// What a clause that tells which are meant never begins with.
static NO_MARKS: LazyLock<Phrases<()>> = LazyLock::new(|| {
    Phrases::of(
        "quá trình|năm|tháng|quí|ngày|thời gian|thời hạn|phạm vi|việc|công tác|các|những|trách nhiệm|nhiệm vụ|kế hoạch|thể|\
         ý kiến|văn bản|báo cáo|biện pháp|giải pháp|thẩm quyền|đủ|hiệu quả|chức năng|liên quan|kết quả|phương án|hình thức",
    )
});

impl Reader<'_, '_> {
    /// The token after the clause. `busy`: the class itself ends here, so that its business may follow.
    pub(super) fn told_by_clause(&self, at: usize, busy: bool) -> Option<usize> {
        let bounded = || self.bounded(at).or_else(|| self.charged(at));
        bounded().or_else(|| busy.then(|| self.in_business(at)).flatten()).or_else(|| self.having(at))
    }

    /// "có mức tiêu thụ điện từ 1 triệu kWh/năm | trở lên"
    fn bounded(&self, at: usize) -> Option<usize> {
        self.words.any(at, phrases!("có|đạt|sử dụng|từ|tiêu thụ"))?;
        let inside = (at..at + BOUND_MAX).take_while(|index| !self.words.ends_sentence(*index, true));
        let number = (at..at + BOUND_MAX).find(|index| self.words.shape(*index) == Some(Shape::Number))?;
        let limits = phrases!("trở lên|trở xuống");
        let end = inside.filter(|index| *index > number).find_map(|index| Some(index + self.words.any(index, limits)?))?;
        (!(at..end).any(|index| self.words.key(index) == ",")).then_some(end)
    }

    /// "được giao chủ trì nhiệm vụ | xây dựng kế hoạch": with what they are charged.
    fn charged(&self, at: usize) -> Option<usize> {
        let first = at + self.words.any(at, phrases!("được giao|được phân công|đã được giao|đã được phân công"))?;
        let charges = phrases!(
            "nhiệm vụ|các nhiệm vụ|chủ trì|đầu mối|phụ trách|theo dõi|chỉ tiêu|các chỉ tiêu|địa bàn|lĩnh vực|công việc|dự án|vốn|\
             thực hiện|quản lí|nhiệm vụ tại phụ lục|nhiệm vụ trong phụ lục|tại kế hoạch này|trong kế hoạch này|tại kế hoạch|trong kế hoạch|\
             tại chương trình này|tại chỉ thị này|tại quyết định này|tại công văn này|kèm theo|làm chủ đầu tư"
        );
        let mut ends = vec![first];
        while let Some(len) = ends.last().and_then(|end| self.words.any(*end, charges)) {
            ends.push(ends[ends.len() - 1] + len);
        }
        let closes = |end: usize| {
            let sign =
                self.words.shape(end).is_none_or(|shape| shape == Shape::Sign) || self.words.is(end, &["và", "phải", "cần"]);
            sign || self.is_verb(end) || self.gazetteer.roles.has(self.words, end)
        };
        let referred = ends.last().copied().filter(|end| ends.len() > 2 && self.words.is(*end, &["tại", "trong", "theo", "nêu"]));
        referred.or_else(|| ends.into_iter().rev().find(|end| closes(*end)))
    }

    /// "Các doanh nghiệp | khai thác khoáng sản trên địa bàn | lắp trạm cân": what they do for a living, before what they
    /// are to do.
    fn in_business(&self, at: usize) -> Option<usize> {
        let business = phrases!(
            "khai thác|sản xuất|chế biến|kinh doanh|buôn bán|giết mổ|thi công|nuôi|nuôi trồng|mua bán|hoạt động|xuất khẩu|\
             nhập khẩu|thu mua|hành nghề|hoạt động trong lĩnh vực|cung ứng|sinh hoạt"
        );
        let mut end = at + self.words.any(at, business)?;
        let start = end;
        while end < start + CLAUSE_MAX {
            if let Some((len, ())) = self.gazetteer.qualifiers.at(self.words, end) {
                end += len;
                break;
            }
            let joined = self.words.key(end) == "," && self.words.any(end + 1, business).is_some();
            let small =
                self.words.shape(end) == Some(Shape::Lower) && !self.is_verb(end) && !self.gazetteer.stops.has(self.words, end);
            if !small && !joined {
                break;
            }
            end += if joined { 1 + self.words.any(end + 1, business).unwrap_or(1) } else { 1 };
        }
        let ends =
            self.is_verb(end) || self.words.shape(end).is_none_or(|shape| shape == Shape::Sign && self.words.key(end) != ",");
        (end > start && ends && end < start + CLAUSE_MAX).then_some(end)
    }

    /// A verb, and no second syllable of another word.
    fn is_verb(&self, at: usize) -> bool {
        if self.is_adjective(at) {
            return false;
        }
        match self.gazetteer.verbs.at(self.words, at) {
            Some((1, ())) => !self.is_second(at),
            found => found.is_some(),
        }
    }

    /// "các xã, phường | có điểm du lịch", "| nơi có dự án", "| trong vùng quy hoạch" before a verb or the end: which of
    /// them are meant.
    fn having(&self, at: usize) -> Option<usize> {
        let of_place = phrases!(
            "nơi có|nơi|có|trong vùng|thuộc vùng|thuộc khu vực|thuộc phạm vi|thuộc địa bàn|thuộc diện|thuộc lưu vực|nằm trong vùng|\
             chưa|chậm|vùng"
        );
        let told = self.words.any(at, of_place);
        let passive = self.words.key(at) == "được";
        let skip = told.or_else(|| self.words.any(at, phrases!("được|trong|ngoài|ven|dọc|nằm trong|tại|ở")))?;
        let told = told.is_some();
        let first = at + skip;
        if self.words.any(first, &NO_MARKS).is_some() {
            return None;
        }
        let closes = |index: usize| {
            self.words.shape(index).is_none_or(|shape| shape == Shape::Sign) || self.words.is(index, &["phải", "cần"])
        };
        // "được giám sát | gửi", "chưa hoàn thành | khẩn trương": the verb after the one that tells which.
        let lacks = self.words.is(at, &["chưa", "chậm"]);
        let own = if passive || lacks { self.gazetteer.verbs.at(self.words, first).map_or(1, |(len, ())| len) } else { 1 };
        // "có đất nông, lâm trường | bố trí": the comma joins two words of what they have.
        let inner = |index: usize| {
            self.words.key(index) == "," && told && (index + 2..index + 4).any(|at| self.is_verb(at)) && !self.is_verb(index + 1)
        };
        let end = (first + own..first + CLAUSE_MAX - 1)
            .find(|index| self.is_verb(*index) || told && closes(*index) && !inner(*index))?;
        let far = end > first + CLAUSE_MAX - 3 && !(first..end).any(inner);
        let word = |index: usize| {
            let shape = self.words.shape(index);
            shape == Some(Shape::Lower) || told && shape == Some(Shape::Title) || inner(index)
        };
        let small = !far && (first..end).all(word);
        let named = told && self.words.key(at) != "có" || passive;
        (small && (named || !self.is_verb(first))).then_some(end)
    }
}
