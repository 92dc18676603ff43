//! Names of bodies in running text, and lists of them: where a name ends, and which commas belong to it.
//!
//! "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh và các sở, ban, ngành, địa phương có liên quan" are three: a name in
//! capitals goes on over a comma while capitals go on and no new kind of body starts; a class ("các sở, ban, ngành")
//! goes on while bare kinds of bodies follow one another.

mod class;
mod clause;
mod kinds;
mod name;
#[cfg(test)]
mod tests;

use super::gazetteer::Gazetteer;
use super::words::{Phrases, Shape, Words, phrases};

/// The names of one list at most.
const LIST_MAX: usize = 60;
/// Organs after the first that share whose they are.
const ORGANS_MAX: usize = 4;

/// What a body is said to be in a remark after its name: "Sở A - Cơ quan thường trực".
pub(super) fn posts() -> &'static Phrases<()> {
    phrases!(
        "cơ quan thường trực|đơn vị thường trực|cơ quan chủ trì|đơn vị chủ trì|cơ quan đầu mối|đơn vị đầu mối|chủ đầu tư|\
         thường trực ban chỉ đạo"
    )
}

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
    let general = phrases!(
        "cơ quan , đơn vị|cơ quan , tổ chức|sở , ngành|sở , ban , ngành|phòng , ban|ban , ngành|cấp ủy các cấp|cấp ủy , tổ chức đảng|cấp ủy , tổ chức|thành viên ban chỉ đạo|thành viên tổ công tác|thành viên hội đồng|cấp ủy đảng|cấp ủy , chính quyền|nhà trường|\
         nhà thầu|nhà đầu tư|đơn vị tư vấn|đơn vị thi công|đơn vị quản lí|chủ đầu tư|cán bộ , công chức|cán bộ , đảng viên|dân quân|\
         lực lượng công an|lực lượng chức năng|thủ trưởng|người đứng đầu|giám đốc|chủ tịch|bí thư|hiệu trưởng|trưởng thôn"
    );
    let told = gazetteer.quantifiers.has(words, start) || words.any(start, general).is_some();
    let weak = !reader.is_name(start) && !told;
    let (mut names, mut end) = reader.names(start, first);
    while names.len() < LIST_MAX {
        let Some(next) = reader.separator(end) else { break };
        let Some(to) = reader.element(next, false).or_else(|| reader.unknown(next)) else { break };
        let (more, to) = reader.names(next, to);
        names.extend(more);
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
        // "Đề nghị Tỉnh đoàn"
        let mut at = words.any(0, phrases!("đề nghị|kính đề nghị|trân trọng đề nghị|giao|giao cho|mời")).unwrap_or(0);
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
    /// The names that an element states, mostly one, and the token after it.
    fn names(&self, start: usize, end: usize) -> (Vec<String>, usize) {
        self.of_one_kind(start, end).unwrap_or_else(|| (vec![self.words.name(start, end)], end))
    }

    /// The token after the separator at `at`.
    fn separator(&self, at: usize) -> Option<usize> {
        let after = self.words.any(at, phrases!(", và|; và|, cùng với|, cùng|cùng với|,|;|và|cùng|hoặc|-|/"))?;
        // "Sở A, cơ quan thường trực Ban Chỉ đạo, …": a remark on A.
        let remark = self.words.is(at, &[",", "-"]) && self.words.any(at + after, posts()).is_some();
        let remark = remark && (self.words.key(at) == "-" || self.words.shape(at + after) == Some(Shape::Lower));
        let joins = !remark && !self.is_half(at) && (!self.words.is(at, &["-", "/"]) || self.is_name(at + after));
        joins.then_some(at + after)
    }

    /// "Cù Lao Chàm | - Hội An": after the dash the second half of a name, not a society.
    fn is_half(&self, dash: usize) -> bool {
        let title = |index: usize| self.words.shape(index) == Some(Shape::Title);
        let place = title(dash.wrapping_sub(1)) && title(dash + 1) && title(dash + 2) && !title(dash + 3);
        self.words.key(dash) == "-" && place && self.head(dash + 1) == Some(1) && self.known(dash + 1).is_none()
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
        // "Sở xây dựng kế hoạch": the department alone, and a verb.
        let apart = self.words.shape(at + 1) == Some(Shape::Lower) && self.gazetteer.verbs.has(self.words, at + 1);
        let apart = apart && self.words.is(at, &["sở", "bộ", "cục", "vụ"]);
        (self.is_capital(at) && !apart).then_some(len)
    }

    /// The kind of body that starts a name: "Trung tâm", "Sở" before a capital.
    fn head(&self, at: usize) -> Option<usize> {
        if !self.is_capital(at) {
            return None;
        }
        let (len, ()) = self.gazetteer.heads.at(self.words, at)?;
        // "Xã Hội Cư" is a commune, "Xã hội" is not.
        let named = self.words.shape(at + 1) == Some(Shape::Title) && !self.words.all_caps();
        if !named && self.gazetteer.not_heads.at(self.words, at).is_some_and(|(other, ())| other >= len) {
            return None;
        }
        let bare = self.gazetteer.bare_heads.at(self.words, at).is_some_and(|(known, ())| known == len);
        let proper = || len > 1 && !self.words.all_caps() && self.proper_follows(at + len);
        (!bare || self.may_follow_bare(at, at + len) || proper()).then_some(len)
    }

    fn may_follow_bare(&self, start: usize, at: usize) -> bool {
        if self.words.all_caps() {
            return self.words.get(at).is_some_and(|token| token.shape == Shape::Upper);
        }
        // "về Sở (qua Phòng …)", "gửi Sở trước ngày": in a sentence the capital alone names the body.
        let of_it = start > 0 && self.words.is(start - 1, &["thuộc", "của"]);
        let alone = at > 1
            && (of_it || self.words.is(at - 1, &["sở", "bộ"]))
            && (self.words.is(at, &["(", "."]) || at >= self.words.len() || self.is_stop(at));
        alone || self.is_capital(at) || self.level(at).is_some() || self.quantifier(at) > 0 && self.class_noun(at + 1).is_some()
    }

    fn level(&self, at: usize) -> Option<usize> {
        let (len, ()) = self.gazetteer.levels.at(self.words, at)?;
        let society = self.words.starts(at, "xã hội") && self.words.shape(at + 1) != Some(Shape::Title);
        (!society).then_some(len)
    }

    /// The token after the name that starts here.
    fn element(&self, at: usize, first: bool) -> Option<usize> {
        if self.gazetteer.not_bodies.has(self.words, at) {
            return None;
        }
        if let Some(end) = self.of_each(at) {
            return Some(end);
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

    /// "Hội đồng nhân dân, Ủy ban nhân dân | các xã, phường": organs of which it is written once whose they are.
    fn of_each(&self, at: usize) -> Option<usize> {
        let organs = phrases!(
            "hội đồng nhân dân|hđnd|ủy ban nhân dân|ubnd|đảng ủy|thường trực hội đồng nhân dân|thường trực hđnd|\
             ủy ban mặt trận tổ quốc việt nam|ủy ban mttq việt nam"
        );
        let first = at + self.words.any(at, organs).filter(|_| self.is_capital(at))?;
        let mut end = first;
        for _ in 0..ORGANS_MAX {
            let Some(skip) = self.words.any(end, phrases!(", và|,|và")) else { break };
            let Some(len) = self.words.any(end + skip, organs) else { break };
            end += skip + len;
        }
        let shared = end > first && self.words.any(end, phrases!("các xã|các phường|các huyện|các cấp")).is_some();
        shared.then(|| self.rest_of_name(at, end))
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
        // "các Vụ, Cục" of a ministry; "các vụ phá rừng" are no bodies.
        let common = len == 1 && self.words.is(at, &["vụ", "cục"]) && !self.is_capital(at);
        (len > 0 && other <= len && !verb && !common).then_some(len)
    }

    /// "tổ chức" is the noun here, not the verb.
    fn is_organisation(&self, at: usize) -> bool {
        let after = at + 2;
        after >= self.words.len()
            || self.words.is(after, &[",", "và", ";", ".", ")", "-"])
            || self
                .gazetteer
                .org_nouns_after
                .at(self.words, after)
                .is_some_and(|(len, ())| self.gazetteer.not_heads.at(self.words, after).is_none_or(|(other, ())| other <= len))
    }
}
