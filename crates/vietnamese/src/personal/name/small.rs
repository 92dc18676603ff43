//! Names that are written small, or go on small behind a capital: "bà trần thị b". Nothing but their shape tells them from other words, so
//! that all of it is asked for: what somebody is called by, or words with which one tells one's name; a family name with its marks; a name
//! that stands between; and one more syllable. A longer name shows its last syllables, a shorter one all of it.

use super::{ENDS, KNOWN, OFFICES_OF_TWO, Reading, SMALL_FAMILIES};

/// What people are called by.
const TITLES: &[&str] = &["ông", "bà", "anh", "chị", "cô", "chú", "bác", "thầy", "cụ", "em", "cháu", "con"];
/// Stand between family name and name, and are seldom another word behind a family name.
const MIDDLES: &[&str] = &["văn", "thị", "hữu", "đức", "bá", "duy", "ngọc", "xuân", "tấn", "hoàng", "phước", "minh", "kim"];
/// With these two syllables something else begins: "chị lê văn phòng ấp".
const OTHERS: &[&str] =
    &["văn phòng", "văn bản", "văn hóa", "văn hoá", "văn thư", "thị trường", "thị thực", "minh bạch", "kim loại"];

impl Reading<'_> {
    /// Where a name may begin that stands behind what somebody is called by.
    pub(super) fn titled(&self, at: usize) -> Option<usize> {
        let is_title = self.word(at).is_some_and(|word| TITLES.contains(&word.lower.as_str()));
        (is_title && self.follows(at + 1) && !self.is_of_place(at)).then_some(at + 1)
    }

    /// Where the name ends that begins with that word, however it is written.
    pub(super) fn small_name(&self, at: usize) -> Option<usize> {
        let [family, middle, given] = self.words.get(at..at + 3)? else { return None };
        let is_one = self.follows(at + 1)
            && self.follows(at + 2)
            && SMALL_FAMILIES.contains(&family.lower.as_str())
            && MIDDLES.contains(&middle.lower.as_str())
            && given.text.chars().all(char::is_alphabetic)
            && !ENDS.contains(&given.lower.as_str());
        let (two, next) = (self.two(at + 1), self.two(at + 2));
        let is_other = [OFFICES_OF_TWO, OTHERS].iter().any(|list| list.contains(&two.as_str()) || list.contains(&next.as_str()));
        let is_known = KNOWN.contains(&format!("{} {two}", family.lower).as_str());
        (is_one && !is_other && !is_known).then_some(given.range.end)
    }
}
