//! Names of bodies in running text, and lists of them: where a name ends, and which commas belong to it.
//!
//! "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh và các sở, ban, ngành, địa phương có liên quan" are three: a name in
//! capitals goes on over a comma while capitals go on and no new kind of body starts; a class ("các sở, ban, ngành")
//! goes on while bare kinds of bodies follow one another.

use super::gazetteer::Gazetteer;
use super::words::{Phrases, Shape, Words, phrases};

/// The names of one list at most.
const LIST_MAX: usize = 60;
/// The words of one name at most.
const NAME_MAX: usize = 40;
/// The words in small letters that may follow the last capital of a name.
const SMALL_MAX: usize = 4;
/// The words of a bracket that may belong to a name.
const ASIDE_MAX: usize = 12;

/// What a list may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Only what certainly is a body: the text may as well not be a list at all.
    Subject,
    /// Whatever stands after "phối hợp với".
    Partner,
}

/// A list of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parties {
    /// The names as written, with single spaces.
    pub names: Vec<String>,
    /// The token after the last name.
    pub end: usize,
    /// The first name is a class without "các" ("Doanh nghiệp viễn thông"): weak evidence of a subject.
    pub weak: bool,
}

/// The list of names that starts at token `start`.
pub(super) fn list_at(gazetteer: &Gazetteer, words: &Words<'_>, start: usize, manner: Manner) -> Option<Parties> {
    let reader = Reader { gazetteer, words, manner };
    let first = reader.element(start, true)?;
    let weak = !reader.is_name(start) && !gazetteer.quantifiers.has(words, start);
    let mut names = vec![words.name(start, first)];
    let mut end = first;
    while names.len() < LIST_MAX {
        let Some(next) = reader.separator(end) else { break };
        let Some(to) = reader.element(next, false).or_else(|| reader.unknown(next)) else { break };
        names.push(words.name(next, to));
        end = to;
    }
    Some(Parties { names, end, weak })
}

/// A text that is a list and nothing else, such as a cell or a label's value: every part between separators is a name,
/// known or not.
pub(super) fn whole_list(gazetteer: &Gazetteer, text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for piece in text.split(['\n', ';']) {
        let piece = piece.trim().trim_start_matches(['-', '–', '+', '•', '*']).trim().trim_end_matches(['.', ',']).trim();
        let words = Words::new(piece);
        let mut at = 0;
        while at < words.len() && names.len() < LIST_MAX {
            let end = list_at(gazetteer, &words, at, Manner::Partner).map_or(at, |list| {
                names.extend(list.names);
                list.end
            });
            let rest = next_comma(&words, end.max(at));
            if end == at {
                names.push(words.name(at, rest));
            } else if end < rest
                && words.key(end) != "("
                && let Some(last) = names.last_mut()
            {
                *last = format!("{last} {}", words.name(end, rest));
            }
            at = rest + 1;
        }
    }
    names.retain(|name| name.chars().any(char::is_alphabetic));
    names
}

fn next_comma(words: &Words<'_>, from: usize) -> usize {
    (from..words.len()).find(|index| words.is(*index, &[",", ";"])).unwrap_or(words.len())
}

struct Reader<'a, 't> {
    gazetteer: &'a Gazetteer,
    words: &'a Words<'t>,
    manner: Manner,
}

impl Reader<'_, '_> {
    /// The token after the separator at `at`.
    fn separator(&self, at: usize) -> Option<usize> {
        let after = self.words.any(at, phrases!(", và|; và|, cùng với|, cùng|cùng với|,|;|và|cùng|hoặc|-|/"))?;
        let joins = !self.words.is(at, &["-", "/"]) || self.is_name(at + after);
        joins.then_some(at + after)
    }

    /// A name of one body starts here: a known one or one with a kind in capitals.
    fn is_name(&self, at: usize) -> bool {
        self.known(at).is_some() || self.head(at).is_some()
    }

    fn starts_element(&self, at: usize) -> bool {
        self.is_name(at) || self.class_noun(at + self.quantifier(at)).is_some()
    }

    fn quantifier(&self, at: usize) -> usize {
        self.gazetteer.quantifiers.at(self.words, at).map_or(0, |(len, ())| len)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|token| matches!(token.shape, Shape::Title | Shape::Upper))
    }

    fn known(&self, at: usize) -> Option<usize> {
        let (len, ()) = self.gazetteer.bodies.at(self.words, at)?;
        // "các đơn vị thuộc Sở xây dựng kế hoạch": in small letters the rest is a verb.
        let verb = self.words.shape(at + 1) == Some(Shape::Lower)
            && self.gazetteer.verbs.at(self.words, at + 1).is_some_and(|(verb, ())| verb + 1 == len);
        (self.is_capital(at) && !verb).then_some(len)
    }

    /// The kind of body that starts a name: "Trung tâm", "Sở" before a capital.
    fn head(&self, at: usize) -> Option<usize> {
        if !self.is_capital(at) {
            return None;
        }
        let (len, ()) = self.gazetteer.heads.at(self.words, at)?;
        if self.gazetteer.not_heads.at(self.words, at).is_some_and(|(other, ())| other >= len) {
            return None;
        }
        let bare = self.gazetteer.bare_heads.at(self.words, at).is_some_and(|(known, ())| known == len);
        (!bare || self.may_follow_bare(at + len)).then_some(len)
    }

    fn may_follow_bare(&self, at: usize) -> bool {
        if self.words.all_caps() {
            return self.words.get(at).is_some_and(|token| token.shape == Shape::Upper);
        }
        // "về Sở (qua Phòng …)", "gửi Sở trước ngày": in a sentence the capital alone names the body.
        let alone = at > 1
            && self.words.is(at - 1, &["sở", "bộ"])
            && (self.words.is(at, &["(", "."]) || at >= self.words.len() || self.is_stop(at));
        alone || self.is_capital(at) || self.level(at).is_some() || self.quantifier(at) > 0 && self.class_noun(at + 1).is_some()
    }

    fn level(&self, at: usize) -> Option<usize> {
        let (len, ()) = self.gazetteer.levels.at(self.words, at)?;
        (!self.words.starts(at, "xã hội")).then_some(len)
    }

    /// The token after the name that starts here.
    fn element(&self, at: usize, first: bool) -> Option<usize> {
        if self.gazetteer.not_bodies.has(self.words, at) {
            return None;
        }
        if let Some(len) = self.known(at).or_else(|| self.head(at)) {
            return Some(self.rest_of_name(at, at + len));
        }
        let quantifier = self.quantifier(at);
        if let Some(len) = self.class_noun(at + quantifier)
            && self.fits_manner(at + quantifier, len, quantifier > 0)
        {
            return Some(self.class(at, at + quantifier, len));
        }
        let generic = self.manner == Manner::Partner && (first || !self.is_capital(at));
        generic.then(|| self.noun_phrase(at)).flatten()
    }

    /// In a list that started with a body: a name in capitals of a kind nobody knows, when the list goes on or a verb
    /// follows.
    fn unknown(&self, at: usize) -> Option<usize> {
        if !self.is_capital(at) || self.words.all_caps() || self.is_stop(at) {
            return None;
        }
        let end = self.rest_of_name(at, at + 1);
        let goes_on =
            end >= self.words.len() || self.separator(end).is_some() || self.is_stop(end) || self.words.is(end, &[".", ":"]);
        (goes_on && end - at <= 12).then_some(end)
    }

    fn fits_manner(&self, noun: usize, len: usize, quantified: bool) -> bool {
        self.manner == Manner::Partner
            || self.gazetteer.subject_heads.has(self.words, noun)
                && (quantified || len > 1 && !self.words.starts(noun, "tổ chức"))
    }

    /// The kind of bodies a class names, as its number of tokens.
    fn class_noun(&self, at: usize) -> Option<usize> {
        let class = self.gazetteer.class_heads.at(self.words, at).map_or(0, |(len, ())| len);
        let member = self.gazetteer.members.at(self.words, at).map_or(0, |(len, ())| len);
        let len = class.max(member);
        let other = self.gazetteer.not_heads.at(self.words, at).map_or(0, |(len, ())| len);
        let verb = self.words.starts(at, "tổ chức") && len == 2 && !self.is_organisation(at);
        (len > 0 && other <= len && !verb).then_some(len)
    }

    /// "tổ chức" is the noun here, not the verb.
    fn is_organisation(&self, at: usize) -> bool {
        let after = at + 2;
        after >= self.words.len()
            || self.words.is(after, &[",", "và", ";", ".", ")", "-"])
            || self.gazetteer.org_nouns_after.at(self.words, after).is_some_and(|(len, ())| {
                self.gazetteer.not_heads.at(self.words, after).is_none_or(|(other, ())| other <= len)
            })
    }

    /// The token after a name whose kind ends at `from`.
    fn rest_of_name(&self, start: usize, from: usize) -> usize {
        let mut at = from;
        let mut capital_end = from;
        let mut closed = self.level(from.saturating_sub(1)).is_some() && from > start + 1;
        while at < self.words.len().min(start + NAME_MAX) {
            let Some(step) = self.step_of_name(at, closed) else { break };
            match step {
                Step::Close(to) => (at, closed, capital_end) = (to, true, to),
                Step::Capital(to) => (at, capital_end) = (to, to),
                Step::Small(_) if closed => break,
                Step::Small(to) if to - capital_end <= SMALL_MAX => at = to,
                Step::Small(_) => return capital_end,
            }
        }
        at
    }

    fn step_of_name(&self, at: usize, closed: bool) -> Option<Step> {
        let words = self.words;
        if words.key(at) == "(" {
            return self.aside(at).map(Step::Close);
        }
        if words.is(at, &[",", "và", "-", "/", "&"]) {
            return self.goes_on(at + 1, closed, words.key(at)).then_some(Step::Capital(at + 1));
        }
        let token = words.get(at)?;
        if token.shape == Shape::Sign || self.gazetteer.roles.has(words, at) {
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
        let quantifier = self.quantifier(at);
        if quantifier > 0 {
            let len = self.class_noun(at + quantifier)?;
            return Some(Step::Close(self.class(at, at + quantifier, len)));
        }
        match token.shape {
            Shape::Title | Shape::Upper => Some(Step::Capital(at + 1)),
            Shape::Number => self.belongs(at).then_some(Step::Capital(at + 1)),
            _ if self.is_stop(at) => None,
            _ => Some(Step::Small(at + 1)),
        }
    }

    /// "Khu vực 15", "Trường Tiểu học Mẫu 1,": the number is part of the name.
    fn belongs(&self, at: usize) -> bool {
        let counted = self.words.is(at.wrapping_sub(1), &["vực", "số", "nhánh", "khu", "vùng"]);
        let last = self.words.shape(at + 1).is_none_or(|shape| shape == Shape::Sign) || self.words.key(at + 1) == "và";
        counted || last && self.after_title(at) && self.words.whole(at).is_some_and(|number| number < 1000)
    }

    /// After a sign inside a name the name goes on.
    fn goes_on(&self, at: usize, closed: bool, sign: &str) -> bool {
        if sign == "&" {
            return true;
        }
        if closed || self.starts_element(at) || self.gazetteer.roles.has(self.words, at) {
            return false;
        }
        let small_after_dash = sign == "-" && self.words.get(at).is_some_and(|token| token.shape == Shape::Lower) && !self.is_stop(at);
        self.is_capital(at) || small_after_dash
    }

    /// The bracket here belongs to the name: "(IOC)", "(Phòng Ngoại vụ)".
    fn aside(&self, at: usize) -> Option<usize> {
        let close = self.words.closing(at, ASIDE_MAX)?;
        let foreign = (at..close).any(|index| {
            self.gazetteer.roles.has(self.words, index)
                || self.words.shape(index) == Some(Shape::Number)
                || self.words.key(index) == ":"
        });
        (!foreign && (self.is_capital(at + 1) || self.words.key(at + 1) == "qua")).then_some(close + 1)
    }

    /// A word that no name goes over.
    fn is_stop(&self, at: usize) -> bool {
        let verb = match self.gazetteer.verbs.at(self.words, at) {
            // "Khoa học", "Đào tạo": the second syllable of a word of the name.
            Some((1, ())) => !self.after_title(at) || self.gazetteer.sure_verbs.has(self.words, at),
            found => found.is_some(),
        };
        verb || self.gazetteer.stops.has(self.words, at) || self.gazetteer.roles.has(self.words, at)
    }

    fn after_title(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.words.get(before)).is_some_and(|token| token.shape == Shape::Title)
    }

    /// The token after the class whose first noun is at `noun`.
    fn class(&self, start: usize, noun: usize, len: usize) -> usize {
        let bare = self.gazetteer.members.at(self.words, noun).is_some_and(|(known, ())| known == len);
        let mut at = noun + len;
        if bare && (noun > start || !self.words.is(noun, &["doanh", "hợp", "hộ"])) {
            while at < start + NAME_MAX && let Some(next) = self.next_member(at) {
                at = next;
            }
        }
        self.rest_of_class(start, noun, at)
    }

    /// The token after the next bare member of a chain such as ", ban".
    fn next_member(&self, at: usize) -> Option<usize> {
        let after = at + self.words.any(at, phrases!(", và|,|và|-|/"))?;
        let (len, ()) = self.gazetteer.members.at(self.words, after)?;
        let end = after + len;
        let level_follows = self.level(end).is_some() || self.gazetteer.qualifiers.has(self.words, end);
        let longer = self.class_noun(after)? > len && !level_follows;
        let closes = end >= self.words.len()
            || self.words.get(end).is_some_and(|token| token.shape == Shape::Sign)
            || self.words.key(end) == "và"
            || self.gazetteer.qualifiers.has(self.words, end)
            || self.level(end).is_some()
            || self.is_stop(end);
        (!longer && closes).then_some(end)
    }

    fn rest_of_class(&self, start: usize, noun: usize, from: usize) -> usize {
        let kin_at = |at: usize| self.gazetteer.kin.at(self.words, at).map(|(len, group)| (len, *group));
        let mut kin = (noun..from).find_map(kin_at).map(|(_, group)| group);
        let mut at = from;
        let mut told = false;
        while at < self.words.len().min(start + NAME_MAX) {
            if let Some((len, group)) = kin_at(at) {
                (at, kin, told) = (at + len, Some(group), true);
                continue;
            }
            if let Some(after) = self.words.any(at, phrases!(", và|,|và")) {
                match kin_at(at + after) {
                    Some((len, group)) if kin == Some(group) && !self.is_name(at + after) => {
                        at += after + len;
                        continue;
                    }
                    _ => break,
                }
            }
            at = match self.step_of_name(at, true) {
                Some(Step::Close(to) | Step::Capital(to)) => to,
                // "các doanh nghiệp viễn thông" is told; another small word is the verb.
                Some(Step::Small(to)) if !told => to,
                _ => break,
            };
        }
        at
    }

    /// Anything else that stands in a list of partners: some words up to a separator or a verb.
    fn noun_phrase(&self, at: usize) -> Option<usize> {
        let mut end = at;
        while end < self.words.len() && end - at < 8 {
            let sign = self.words.get(end).is_none_or(|token| matches!(token.shape, Shape::Sign | Shape::Number));
            if sign || self.is_stop(end) || self.words.key(end) == "và" {
                break;
            }
            end += 1;
        }
        (end > at && end - at < 8).then_some(end)
    }
}

enum Step {
    /// A level or a qualifier: no comma belongs to the name after it.
    Close(usize),
    /// A capital or what joins two.
    Capital(usize),
    /// A word in small letters.
    Small(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partners(text: &str) -> Vec<String> {
        list_at(Gazetteer::standard(), &Words::new(text), 0, Manner::Partner).map(|list| list.names).unwrap_or_default()
    }

    fn subjects(text: &str) -> Vec<String> {
        list_at(Gazetteer::standard(), &Words::new(text), 0, Manner::Subject).map(|list| list.names).unwrap_or_default()
    }

    #[test]
    fn names_with_commas_stay_whole() {
        for (text, expected) in [
            (
                "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh và các sở, ban, ngành, địa phương có liên quan để triển khai",
                vec!["Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh", "các sở, ban, ngành, địa phương có liên quan"],
            ),
            ("Sở Giáo dục, Khoa học và Công nghệ tổ chức", vec!["Sở Giáo dục, Khoa học và Công nghệ"]),
            ("Vụ Pháp chế, Vụ Kế hoạch, Tài chính", vec!["Vụ Pháp chế", "Vụ Kế hoạch, Tài chính"]),
            ("Ủy ban nhân dân các xã, phường, Tỉnh đoàn mở lớp", vec!["Ủy ban nhân dân các xã, phường", "Tỉnh đoàn"]),
            (
                "Trung tâm Giám sát, điều hành thông minh (IOC) và Cổng Thông tin điện tử tỉnh",
                vec!["Trung tâm Giám sát, điều hành thông minh (IOC)", "Cổng Thông tin điện tử tỉnh"],
            ),
            ("Văn phòng Ủy ban nhân dân tỉnh  (Phòng Ngoại vụ)", vec!["Văn phòng Ủy ban nhân dân tỉnh (Phòng Ngoại vụ)"]),
            ("Cục Xuất bản, In và Phát hành", vec!["Cục Xuất bản, In và Phát hành"]),
            ("Sở KH&CN, Sở VH,TT&DL", vec!["Sở KH&CN", "Sở VH,TT&DL"]),
        ] {
            assert_eq!(partners(text), expected, "{text}");
        }
    }

    #[test]
    fn classes_hold_their_commas() {
        for (text, expected) in [
            ("các sở, ban ngành và địa phương và các cơ quan thông tấn, báo chí tổ chức triển khai", vec!["các sở, ban ngành và địa phương", "các cơ quan thông tấn, báo chí"]),
            ("các sở, ban ngành, địa phương, các cơ quan, đơn vị xây dựng kế hoạch", vec!["các sở, ban ngành, địa phương", "các cơ quan, đơn vị"]),
            ("các trường Đại học, Cao đẳng trên địa bàn", vec!["các trường Đại học, Cao đẳng trên địa bàn"]),
            ("các cơ quan quản lý nhà nước, cơ sở nghiên cứu khoa học, doanh nghiệp và tổ chức xã hội trong việc", vec!["các cơ quan quản lý nhà nước", "cơ sở nghiên cứu khoa học", "doanh nghiệp", "tổ chức xã hội"]),
            ("các cơ quan thông tấn, báo chí, truyền thông trong và ngoài tỉnh, hệ thống thông tin cơ sở tuyên truyền", vec!["các cơ quan thông tấn, báo chí, truyền thông trong và ngoài tỉnh", "hệ thống thông tin cơ sở"]),
            ("tổ chức chính trị - xã hội, hiệp hội ngành nghề, viện nghiên cứu, các trường đại học, nhà máy, cơ sở sản xuất công nghiệp tổ chức truyền thông", vec!["tổ chức chính trị - xã hội", "hiệp hội ngành nghề", "viện nghiên cứu", "các trường đại học", "nhà máy", "cơ sở sản xuất công nghiệp"]),
            ("các cơ quan báo chí, truyền thông, hệ thống thông tin cơ sở và báo chí đối ngoại để", vec!["các cơ quan báo chí, truyền thông", "hệ thống thông tin cơ sở", "báo chí đối ngoại"]),
            ("các quốc gia, tổ chức quốc tế, tổ chức phi Chính phủ, các doanh nghiệp công nghệ, các cơ quan báo chí nước ngoài để", vec!["các quốc gia", "tổ chức quốc tế", "tổ chức phi Chính phủ", "các doanh nghiệp công nghệ", "các cơ quan báo chí nước ngoài"]),
        ] {
            assert_eq!(partners(text), expected, "{text}");
        }
    }

    #[test]
    fn a_subject_is_a_body_for_certain() {
        assert_eq!(subjects("Công an tỉnh chủ trì"), ["Công an tỉnh"]);
        assert_eq!(subjects("Các doanh nghiệp viễn thông, công nghệ số: Đầu tư"), ["Các doanh nghiệp viễn thông, công nghệ số"]);
        for text in ["Ban hành kế hoạch", "Hội nghị triển khai", "Tổ chức hội thi", "Cấp tài khoản", "Phòng, chống dịch", "Báo cáo Ủy ban", "Thống kê số liệu", "Cơ sở dữ liệu quốc gia", "Các nội dung khác"] {
            assert!(subjects(text).is_empty(), "{text}: {:?}", subjects(text));
        }
    }

    #[test]
    fn capitals_only_are_read_by_kinds_of_bodies() {
        assert_eq!(subjects("TỈNH ĐOÀN, HỘI LIÊN HIỆP PHỤ NỮ TỈNH"), ["TỈNH ĐOÀN", "HỘI LIÊN HIỆP PHỤ NỮ TỈNH"]);
        assert_eq!(subjects("SỞ GIÁO DỤC VÀ ĐÀO TẠO CHỦ TRÌ"), ["SỞ GIÁO DỤC VÀ ĐÀO TẠO"]);
        assert_eq!(subjects("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"), ["SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"]);
        assert!(subjects("BAN HÀNH VĂN BẢN").is_empty());
    }

    #[test]
    fn a_cell_is_split_whole() {
        let gazetteer = Gazetteer::standard();
        assert_eq!(whole_list(gazetteer, "Các sở, ban, ngành; UBND các xã, phường"), ["Các sở, ban, ngành", "UBND các xã, phường"]);
        assert_eq!(whole_list(gazetteer, "Ủy ban MTTQ Việt Nam tỉnh, Bưu điện tỉnh."), ["Ủy ban MTTQ Việt Nam tỉnh", "Bưu điện tỉnh"]);
        assert_eq!(whole_list(gazetteer, "Nghệ nhân\n- Sở Y tế"), ["Nghệ nhân", "Sở Y tế"]);
        assert!(whole_list(gazetteer, " - ").is_empty());
    }
}
