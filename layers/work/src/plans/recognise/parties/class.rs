//! Classes of bodies: "các sở, ban, ngành có liên quan", and which commas belong to them.

use super::super::words::{Phrases, Shape, phrases};
use super::name::{NAME_MAX, Step};
use super::{Manner, Reader};

/// The small words before a verb that tell which bodies of a class are meant.
const HAVING_MAX: usize = 4;

impl Reader<'_, '_> {
    /// The token after the class whose first noun is at `noun`.
    pub(super) fn class(&self, start: usize, noun: usize, len: usize) -> usize {
        let bare = self.gazetteer.members.at(self.words, noun).is_some_and(|(known, ())| known == len);
        let mut at = noun + len;
        if bare && (noun > start || !self.words.is(noun, &["doanh", "hợp", "hộ"])) {
            while at < start + NAME_MAX
                && let Some(next) = self.next_member(at)
            {
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
        let noun = self.class_noun(after)?;
        // "các sở, ban, ngành, | đơn vị sự nghiệp thuộc Ủy ban nhân dân tỉnh": whose they are is said of all.
        let public = after + noun + self.words.any(after + noun, phrases!("công lập")).unwrap_or(0);
        if self.words.starts(after, "đơn vị sự nghiệp") && (public > after + noun || self.is_owned(public)) {
            return Some(public);
        }
        let longer = noun > len && !level_follows;
        let closes = end >= self.words.len()
            || self.words.get(end).is_some_and(|token| token.shape == Shape::Sign)
            || self.words.is(end, &["và", "nơi"])
            || self.gazetteer.qualifiers.has(self.words, end)
            || self.level(end).is_some()
            || self.is_stop(end)
            || [after, end].iter().all(|index| self.words.shape(*index) == Some(Shape::Lower))
                && (end + 1..end + 3).any(|index| self.gazetteer.verbs.has(self.words, index));
        (!longer && closes).then_some(end)
    }

    fn rest_of_class(&self, start: usize, noun: usize, from: usize) -> usize {
        let kin_at = |at: usize| self.gazetteer.kin.at(self.words, at).map(|(len, group)| (len, *group));
        let mut kin = (noun..from).find_map(kin_at).map(|(_, group)| group);
        let mut at = from;
        let mut told = false;
        while at < self.words.len().min(start + NAME_MAX) {
            let told_at = || self.told_by_clause(at, at == from && noun > start);
            if let Some(to) = self.in_charge(start, at).or_else(|| self.owner(at)).or_else(told_at) {
                return to;
            }
            if let Some(to) = self.next_level(at).or_else(|| self.of_government(at)) {
                (at, told) = (to, true);
                continue;
            }
            // "Các Viện Sốt rét | - Ký sinh trùng - Côn trùng"
            if self.words.key(at) == "-" && self.is_capital(from) && self.is_capital(at + 1) && !self.is_name(at + 1) {
                at += 1;
                continue;
            }
            if let Some((len, group)) = kin_at(at) {
                (at, kin, told) = (at + len, Some(group), true);
                continue;
            }
            if let Some(after) = self.words.any(at, phrases!(", và|,|và")) {
                let Some(to) = self.told_on(noun, at, at + after).or_else(|| self.same_kin(kin?, at + after)) else { break };
                at = to;
                continue;
            }
            if let Some((len, ())) = self.gazetteer.name_words.at(self.words, at).filter(|_| told && self.level(at).is_none()) {
                at += len;
                continue;
            }
            if let Some(to) = self.up_to_verb(at).filter(|_| told && self.kin_ends(at)) {
                return to;
            }
            at = match self.step_of_name(at, true) {
                Some(Step::Close(to)) => {
                    told = true;
                    to
                }
                Some(Step::Capital(to)) => to,
                // "các doanh nghiệp viễn thông" is told; another small word is the verb.
                Some(Step::Small(to)) if !told => to,
                _ => break,
            };
        }
        // "Các hợp tác xã nông nghiệp phơi sấy | theo …": a verb nobody listed was among the small words.
        let small = (from..at).all(|index| self.words.shape(index) == Some(Shape::Lower));
        let after_verb = ["theo", "cho", "tại", "trong", "với", "vào", "lên", "xuống", "bằng", "để", "nhằm"];
        let swallowed = self.manner == Manner::Subject && !told && small && self.words.is(at, &after_verb);
        if swallowed { from } else { at }
    }

    /// "các bộ, cơ quan ngang bộ, | cơ quan thuộc Chính phủ" are one class.
    fn of_government(&self, at: usize) -> Option<usize> {
        self.words.any(at, phrases!(", cơ quan thuộc chính phủ|và cơ quan thuộc chính phủ")).map(|len| at + len)
    }

    /// "các cơ quan thuế, | hải quan": the token after another of one kin. "các đảng ủy xã, phường, | đảng ủy trực thuộc …"
    /// is a class of its own, not "đảng, nhà nước".
    fn same_kin(&self, kin: usize, at: usize) -> Option<usize> {
        let (len, _) = self.gazetteer.kin.at(self.words, at).filter(|(_, group)| **group == kin)?;
        let own = self.is_name(at) || self.class_noun(at).is_some_and(|noun| noun > len);
        (!own).then_some(at + len)
    }

    /// "các doanh nghiệp kinh doanh | bến bãi lắp …": some small words before a verb.
    fn up_to_verb(&self, at: usize) -> Option<usize> {
        let end = (at..at + HAVING_MAX).find(|index| self.is_stop(*index))?;
        let small = (at..end).all(|index| self.words.shape(index) == Some(Shape::Lower) && self.level(index).is_none());
        (small && end > at + 1 && self.gazetteer.verbs.has(self.words, end)).then_some(end)
    }

    fn kin_ends(&self, at: usize) -> bool {
        (1..=4).any(|back| at >= back && self.gazetteer.kin.at(self.words, at - back).is_some_and(|(len, _)| len == back))
    }

    /// "các Ban | của Hội đồng nhân dân tỉnh", "các đơn vị | thuộc Sở Y tế": whose they are.
    fn owner(&self, at: usize) -> Option<usize> {
        let skip = self.words.any(at, phrases!("của|thuộc|trực thuộc"))?;
        let len = self.known(at + skip).or_else(|| self.head(at + skip))?;
        Some(self.rest_of_name(at + skip, at + skip + len))
    }

    fn is_owned(&self, at: usize) -> bool {
        let qualified = self.words.key(at) == "thuộc" && self.gazetteer.qualifiers.has(self.words, at);
        qualified || self.owner(at).is_some()
    }

    /// "các bệnh viện công lập và | ngoài công lập", "các chủ đập, hồ thủy điện A, | B": the second of two that tell which
    /// of the class are meant, after the sign.
    fn told_on(&self, noun: usize, sign: usize, at: usize) -> Option<usize> {
        let ownership = phrases!("ngoài công lập|công lập|tư thục|tư nhân|dân lập|ngoài nhà nước");
        if let Some(len) = self.words.any(at, ownership).filter(|_| self.words.is(sign - 1, &["lập", "thục", "nhân", "nước"]))
        {
            return Some(at + len);
        }
        let named = self.is_capital(sign - 1) || self.words.shape(sign - 1) == Some(Shape::Number);
        let works = self.words.key(noun) == "chủ" && named && self.is_capital(at) && !self.is_name(at);
        works.then_some(at)
    }

    /// Anything else that stands in a list of partners: some words up to a separator or a verb.
    pub(super) fn noun_phrase(&self, at: usize) -> Option<usize> {
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
