//! Where the name of one body ends.

use super::super::words::{Phrases, Shape, phrases};
use super::{Manner, Reader};

/// The words of one name at most.
pub(super) const NAME_MAX: usize = 40;
/// The words in small letters that may follow the last capital of a name.
const SMALL_MAX: usize = 4;
/// The words of a bracket that may belong to a name.
const ASIDE_MAX: usize = 12;

/// Words that follow a verb and never a subject.
const AFTER_VERB: [&str; 9] = ["cho", "để", "với", "vào", "bằng", "ra", "lên", "xuống", "nhằm"];

pub(super) enum Step {
    /// A level or a qualifier: no comma belongs to the name after it.
    Close(usize),
    /// A capital or what joins two.
    Capital(usize),
    /// A word in small letters.
    Small(usize),
}

impl Reader<'_, '_> {
    /// The token after a name whose kind ends at `from`.
    pub(super) fn rest_of_name(&self, start: usize, from: usize) -> usize {
        let mut at = from;
        let mut capital_end = from;
        if let Some(to) = self.head_of_class(start, from) {
            return to;
        }
        let mut closed = self.level(from.saturating_sub(1)).is_some() && from > start + 1;
        // After the whole name of a body that is known, small words are what it does.
        let known = self.known(start).is_some_and(|len| start + len == from);
        while at < self.words.len().min(start + NAME_MAX) {
            // "Sở A | được giao chủ trì": of one body this says that it leads.
            if self.words.any(at, phrases!("được giao|được phân công")).is_some() {
                break;
            }
            if let Some(to) = self.in_charge(start, at).or_else(|| self.these(at)) {
                return to;
            }
            if let Some(to) = self.zones(start, at).or_else(|| self.numbered(at)) {
                (at, capital_end) = (to, to);
                continue;
            }
            let Some(step) = self.step_of_name(at, closed) else {
                // "Đài X tạo thuận lợi | cho …": no subject stands before such a word, so the verb was among the small ones.
                if at > capital_end && self.manner == Manner::Subject && self.words.is(at, &AFTER_VERB) {
                    return capital_end + usize::from(self.after_title(capital_end));
                }
                break;
            };
            match step {
                Step::Close(to) => (at, closed, capital_end) = (to, true, to),
                Step::Capital(to) => (at, capital_end) = (to, to),
                Step::Small(_) if closed || self.after_proper(from, at) => break,
                Step::Small(_) if known && at == from && !self.proper_follows(at) => break,
                Step::Small(to) if to - capital_end <= SMALL_MAX => at = to,
                // Too far to be one name: up to the word that the last capital begins.
                Step::Small(_) => return capital_end + usize::from(self.after_title(capital_end)),
            }
        }
        at
    }

    pub(super) fn step_of_name(&self, at: usize, closed: bool) -> Option<Step> {
        let words = self.words;
        if words.key(at) == "(" {
            return self.aside(at).map(Step::Close);
        }
        if let Some(to) = self.next_level(at) {
            return Some(Step::Close(to));
        }
        if let Some(to) = self.tail(at).filter(|_| !closed) {
            return Some(Step::Capital(to));
        }
        if words.is(at, &[",", "và", "-", "/", "&"]) {
            return self.goes_on(at + 1, closed, words.key(at)).then_some(Step::Capital(at + 1));
        }
        let token = words.get(at)?;
        if self.is_standing(at) {
            return Some(Step::Close(at + 2));
        }
        // "Trung tâm Phối hợp tìm kiếm, cứu nạn": with a capital it is a word of the name.
        let role = self.gazetteer.roles.has(words, at) && (token.shape != Shape::Title || words.is(at, &["thường"]));
        if token.shape == Shape::Sign || role {
            return None;
        }
        if let Some(len) = self.known(at).or_else(|| self.head(at)) {
            return Some(Step::Capital(at + len));
        }
        if let Some((len, ())) = self.gazetteer.qualifiers.at(words, at) {
            return Some(Step::Close(at + len));
        }
        if let Some(len) = self.level(at) {
            return Some(Step::Close(at + len));
        }
        if let Some((len, ())) =
            self.gazetteer.name_words.at(words, at).filter(|(len, ())| !closed && (token.shape == Shape::Lower || *len > 1))
        {
            return Some(Step::Capital(at + len));
        }
        let quantifier = self.quantifier(at);
        if quantifier > 0 {
            let Some(len) = self.class_noun(at + quantifier) else { return self.of_things(at + quantifier).map(Step::Close) };
            return Some(Step::Close(self.class(at, at + quantifier, len)));
        }
        match token.shape {
            Shape::Title | Shape::Upper => Some(Step::Capital(at + 1)),
            Shape::Number => match self.level(at + 1).filter(|_| words.is(at - 1, &["ubnd", "dân", "an"])) {
                // "UBND 38 xã"
                Some(len) => Some(Step::Close(at + 1 + len)),
                None => self.belongs(at).then_some(Step::Capital(at + 1)),
            },
            _ if self.is_stop(at) => self.completed(at),
            _ => Some(Step::Small(at + 1)),
        }
    }

    /// "Phó Chủ tịch Ủy ban nhân dân tỉnh | phụ trách lĩnh vực xây dựng | trực tiếp chỉ đạo": which of them, before a verb.
    pub(super) fn in_charge(&self, start: usize, at: usize) -> Option<usize> {
        const FIELD_MAX: usize = 8;
        let field = at + self.words.any(at, phrases!("phụ trách lĩnh vực|phụ trách khối|phụ trách địa bàn|phụ trách"))?;
        let persons = phrases!(
            "chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|lãnh đạo|đồng chí|các đồng chí|ủy viên|trưởng|phó trưởng|thành viên|\
             bí thư|phó bí thư|thứ trưởng|cán bộ|công chức"
        );
        (start..at).find(|index| self.words.any(*index, persons).is_some())?;
        let verb = |index: usize| {
            let adverb = self.words.any(index, phrases!("trực tiếp|chịu trách nhiệm|có trách nhiệm|chủ trì|thường xuyên"));
            adverb.is_some() || self.gazetteer.verbs.has(self.words, index) && !self.is_second(index)
        };
        if verb(field) && self.words.is(field - 1, &["bàn"]) {
            return Some(field);
        }
        let small = |index: &usize| {
            self.words.shape(*index) == Some(Shape::Lower) || self.words.is(*index, &[",", "-"]) && !verb(index + 1)
        };
        let end = (field..field + FIELD_MAX).find(|index| !small(index) || *index > field && verb(*index))?;
        (end > field && (verb(end) || self.words.key(end) == ":")).then_some(end)
    }

    /// "Ủy ban nhân dân | 06 địa phương này": those that were named before.
    fn these(&self, at: usize) -> Option<usize> {
        let number = usize::from(self.words.whole(at).is_some() || self.words.is(at, &["các"]));
        let len = self.words.any(at + number, phrases!("địa phương|xã|phường|đơn vị|tỉnh , thành phố|tỉnh|xã , phường"))?;
        let end = at + number + len;
        let told = self.words.any(end, phrases!("này|nêu trên|nói trên|kể trên|trên"))?;
        (number == 1).then_some(end + told)
    }

    /// "Phó Trưởng Ban | Thường trực": part of the title, no role.
    fn is_standing(&self, at: usize) -> bool {
        let titled = (1..=4).any(|back| at >= back && self.words.is(at - back, &["phó", "viên"]));
        titled && self.words.starts(at, "thường trực") && self.words.shape(at) == Some(Shape::Title)
    }

    /// "Ban Quản lý dự án đầu tư xây dựng | số 2"
    fn numbered(&self, at: usize) -> Option<usize> {
        (self.words.key(at) == "số" && self.words.whole(at + 1).is_some_and(|number| number < 100)).then_some(at + 2)
    }

    /// "Ban Quản lý Khu kinh tế Nghi Sơn | và các Khu công nghiệp": another sort of zone that one body manages.
    fn zones(&self, start: usize, at: usize) -> Option<usize> {
        let zones = phrases!("khu kinh tế|khu công nghiệp|khu chế xuất|khu công nghệ cao|cụm công nghiệp|khu kinh tế cửa khẩu");
        let manages = (start..start + 3).any(|index| self.words.starts(index, "ban quản lí"));
        let skip = self.words.any(at, phrases!(", các|, và các|và các|, và|,|và")).filter(|_| manages)?;
        let len = self.words.any(at + skip, zones)?;
        (start..at).any(|index| self.words.any(index, zones).is_some()).then_some(at + skip + len)
    }

    /// "Ban Quản lý các | di tích tỉnh", "các | cửa khẩu": small words up to a level, a verb or the end.
    fn of_things(&self, at: usize) -> Option<usize> {
        let manages = at > 2 && self.words.any(at - 3, phrases!("quản lí|điều phối")) == Some(2);
        let small = |index: usize| {
            let shape = self.words.shape(index);
            let word = shape == Some(Shape::Lower) || index == at && shape == Some(Shape::Title);
            word && self.level(index).is_none() && !self.is_stop(index)
        };
        let end = (at..at + SMALL_MAX + 1).find(|index| !small(*index)).filter(|end| manages && *end > at)?;
        Some(end + self.level(end).unwrap_or(0))
    }

    /// "Khu vực 15", "Trường Tiểu học Mẫu 1,": the number is part of the name.
    fn belongs(&self, at: usize) -> bool {
        let counted = self.words.is(at.wrapping_sub(1), &["vực", "số", "nhánh", "khu", "vùng", "sở", "đoàn", "đội", "biển"]);
        let last = self.words.shape(at + 1).is_none_or(|shape| shape == Shape::Sign)
            || self.words.key(at + 1) == "và"
            || self.gazetteer.verbs.has(self.words, at + 1);
        counted || last && self.after_title(at) && self.words.whole(at).is_some_and(|number| number < 1000)
    }

    /// "Phòng Phổ biến | , giáo dục pháp luật": small words that are not the next body, up to where a list or name ends.
    fn tail(&self, comma: usize) -> Option<usize> {
        const TAIL_MAX: usize = 5;
        let at = comma + 1;
        if self.words.key(comma) != "," || !self.gazetteer.verbs.has(self.words, at) || self.starts_element(at) {
            return None;
        }
        // "Thường trực Ban Chỉ đạo, | tham mưu thành lập đoàn": what it does, no word of its name.
        let duty = phrases!(
            "tham mưu|tổng hợp|báo cáo|rà soát|đôn đốc|ban hành|thành lập|đề xuất|trình|chỉ đạo|bố trí|phân công|chủ trì|phối hợp|\
             triển khai|thực hiện|tổ chức"
        );
        if self.words.any(at, duty).is_some() {
            return None;
        }
        let ends = |index: usize| {
            let sign = self.words.shape(index).is_none_or(|shape| shape == Shape::Sign);
            // No comma stands between a subject and its verb: what stands between belongs to the name.
            let verb = self.manner == Manner::Subject && index > at + 2 && self.gazetteer.verbs.has(self.words, index);
            sign || verb || self.words.key(index) == "và" || self.gazetteer.roles.has(self.words, index)
        };
        let stopped = |index: usize| {
            let small = self.words.shape(index) == Some(Shape::Lower);
            !small || self.gazetteer.stops.has(self.words, index) || self.gazetteer.not_bodies.has(self.words, index)
        };
        let end = (at..at + TAIL_MAX + 1).find(|index| ends(*index) || stopped(*index))?;
        (end > at + 1 && ends(end)).then_some(end)
    }

    /// "Người đứng đầu | cấp ủy, chính quyền xã": whoever leads a class of bodies.
    fn head_of_class(&self, start: usize, from: usize) -> Option<usize> {
        let leader = self.words.any(start, phrases!("người đứng đầu|thủ trưởng|lãnh đạo|cấp trưởng"))?;
        let len = self.class_noun(from).filter(|_| start + leader == from)?;
        Some(self.class(from, from, len))
    }

    /// "Quỹ Hỗ trợ | phát triển hợp tác xã": a name that such a word does not end, whatever verb follows it.
    fn completed(&self, at: usize) -> Option<Step> {
        let open = phrases!("hỗ trợ|nghiên cứu|xúc tiến|ứng dụng|dạy nghề");
        let before = at.checked_sub(2).filter(|before| self.words.shape(*before) == Some(Shape::Title))?;
        let (len, ()) = self.gazetteer.verbs.at(self.words, at)?;
        // "Trung tâm Quản lý | điều hành giao thông"; "Ban Quản lý | xây dựng phương án" is a body and its verb.
        let managing = || before > 0 && self.words.key(before - 1) != "ban" && self.words.starts(before, "quản lí");
        ((self.words.any(before, open) == Some(2) || managing()) && len == 2).then_some(Step::Capital(at + len))
    }

    /// "Công an xã | , phường, đặc khu": another level of the same body.
    pub(super) fn next_level(&self, at: usize) -> Option<usize> {
        const LEVELS: [&str; 9] = ["xã", "phường", "thị trấn", "đặc khu", "ấp", "khóm", "thôn", "khu phố", "tổ dân phố"];
        let after = at + self.words.any(at, phrases!(", và|,|và"))?;
        let level =
            |from: usize| LEVELS.iter().find(|level| self.words.starts(from, level)).map(|level| level.split(' ').count());
        let end = after + level(after)?;
        let before = (1..=3).any(|back| at >= back && level(at - back) == Some(back));
        if before && self.words.starts(after, "đặc khu") && self.words.shape(end) == Some(Shape::Title) {
            // "các xã, phường và đặc khu Trường Sa"
            return (end..end + SMALL_MAX + 1).find(|index| self.words.shape(*index) != Some(Shape::Title));
        }
        (before && !self.is_capital(end) && self.words.shape(end) != Some(Shape::Number)).then_some(end)
    }

    /// After a sign inside a name the name goes on.
    fn goes_on(&self, at: usize, closed: bool, sign: &str) -> bool {
        // "Ngân hàng Nhà nước - Chi nhánh Khu vực 11"
        if sign == "&" || sign == "-" && self.words.starts(at, "chi nhánh") {
            return true;
        }
        if sign == "-" && self.is_half(at - 1) {
            return true;
        }
        if closed || self.starts_element(at) || self.gazetteer.roles.has(self.words, at) {
            return false;
        }
        let small_after_dash =
            sign == "-" && self.words.get(at).is_some_and(|token| token.shape == Shape::Lower) && !self.is_stop(at);
        let small = sign == "và" && self.small_up_to_level(at);
        let word = matches!(sign, "và" | ",") && self.gazetteer.name_words.has(self.words, at);
        self.is_capital(at) || small_after_dash || small || word
    }

    /// "Hội Bảo trợ người khuyết tật và | trẻ mồ côi tỉnh": some small words that a level closes.
    fn small_up_to_level(&self, at: usize) -> bool {
        let small = |index: usize| {
            let lower = self.words.shape(index) == Some(Shape::Lower);
            lower && (self.gazetteer.name_words.has(self.words, index) || !self.is_stop(index))
        };
        let end = (at..at + SMALL_MAX + 1).find(|index| self.level(*index).is_some() || !small(*index));
        end.is_some_and(|end| end > at && self.level(end).is_some()) && !self.gazetteer.not_bodies.has(self.words, at)
    }

    /// The bracket here belongs to the name: "(IOC)", "(Phòng Ngoại vụ)".
    fn aside(&self, at: usize) -> Option<usize> {
        let close = self.words.closing(at, ASIDE_MAX)?;
        let foreign = (at..close).any(|index| {
            self.gazetteer.roles.has(self.words, index)
                || self.words.shape(index) == Some(Shape::Number)
                || self.words.key(index) == ":"
        });
        (!foreign && (self.is_capital(at + 1) || self.words.is(at + 1, &["qua", "hoặc"]))).then_some(close + 1)
    }

    /// "trường có lớp | bán trú", "doanh nghiệp | bán lẻ": a word that begins like a verb.
    pub(super) fn is_adjective(&self, at: usize) -> bool {
        self.words.any(at, phrases!("bán trú|bán lẻ|bán buôn|bán công|bán chuyên")).is_some()
    }

    /// A word that no name goes over.
    pub(super) fn is_stop(&self, at: usize) -> bool {
        if self.is_adjective(at) {
            return false;
        }
        let verb = match self.gazetteer.verbs.at(self.words, at) {
            // "Khoa học", "Đào tạo", "Đăng ký": the second syllable of a word of the name.
            Some((1, ())) => !self.is_second(at),
            found => found.is_some(),
        };
        verb || self.gazetteer.stops.has(self.words, at) || self.gazetteer.roles.has(self.words, at)
    }

    /// "Ban Quản lý Khu kinh tế | cửa khẩu Đồng Đăng": a few small words and then the name of a place.
    pub(super) fn proper_follows(&self, at: usize) -> bool {
        let small = |index: usize| self.words.shape(index) == Some(Shape::Lower) && !self.is_stop(index);
        let capital = (at..at + SMALL_MAX).find(|index| !small(*index));
        let title = |index: usize| self.words.shape(index) == Some(Shape::Title) && self.head(index).is_none();
        capital.is_some_and(|index| index > at && title(index) && title(index + 1))
    }

    /// "Ban Quản lý Khu kinh tế Dung Quất |": after two capitals in a row, the name of a place or person, small words are
    /// the verb; a word of a name has one capital.
    fn after_proper(&self, from: usize, at: usize) -> bool {
        let two = at >= from + 2 && (at - 2..at).all(|index| self.words.shape(index) == Some(Shape::Title));
        two && !self.gazetteer.heads.has(self.words, at - 2)
    }

    /// The second syllable of a word, and no verb.
    pub(super) fn is_second(&self, at: usize) -> bool {
        self.words.shape(at) != Some(Shape::Lower) || self.gazetteer.compounds.has(self.words, at.saturating_sub(1))
    }

    fn after_title(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.words.get(before)).is_some_and(|token| token.shape == Shape::Title)
    }
}
