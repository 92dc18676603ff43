//! Names of people: what somebody calls themselves ("tôi tên là Nguyễn Văn A"), and what stands behind an honorific ("bà Trần Thị B").
//!
//! Capitals alone are no name: agencies, positions and places begin with them, too. So an honorific needs at least two syllables behind it,
//! what names an office or a place stays, and so does an honorific that is part of a street's or a market's name.

mod small;

use std::ops::Range;

use super::{Found, Kind};

/// Who says these tells their name next. Folded.
const INTRODUCTIONS: &[&[&str]] = &[
    &["toi", "la"],
    &["em", "la"],
    &["chau", "la"],
    &["minh", "la"],
    &["ten", "la"],
    &["ten", "toi", "la"],
    &["ten", "em", "la"],
    &["ten", "chau", "la"],
    &["toi", "ten"],
    &["em", "ten"],
    &["chau", "ten"],
    &["ho", "ten"],
    &["ho", "va", "ten"],
];
/// With their accents, since "ba", "chi", "anh" without them are other words.
const HONORIFICS: &[&str] = &["ông", "bà", "anh", "chị"];
/// Believed only before a family name: they are other words, too.
const UNSURE: &[&str] = &["cô", "chú", "bác", "thầy", "ong", "ba", "chi"];
/// An honorific behind one of these is part of the name of a place.
const PLACES: &[&str] = &[
    "đường",
    "phố",
    "hẻm",
    "ngõ",
    "cầu",
    "chợ",
    "chùa",
    "kênh",
    "rạch",
    "sông",
    "ấp",
    "khóm",
    "xã",
    "phường",
    "trường",
    "bến",
    "núi",
    "đình",
    "miếu",
    "lăng",
    "đền",
    "cống",
    "đảo",
    "tượng",
];
/// What begins with these is an office, a body or a place.
const OFFICES: &[&str] = &[
    "chủ",
    "phó",
    "giám",
    "trưởng",
    "bí",
    "bộ",
    "sở",
    "ủy",
    "uỷ",
    "ban",
    "phòng",
    "tổ",
    "hội",
    "đảng",
    "nhà",
    "khu",
    "ấp",
    "khóm",
    "xã",
    "phường",
    "huyện",
    "quận",
    "tỉnh",
    "đội",
    "người",
    "chúa",
    "rịa",
    "nà",
    "ubnd",
    "mttq",
    "hđnd",
];
/// Two syllables of the same: each alone may be a name's.
const OFFICES_OF_TWO: &[&str] = &[
    "công an",
    "công dân",
    "công ty",
    "công chức",
    "công nhân",
    "viên chức",
    "đoàn viên",
    "đoàn thanh",
    "cựu chiến",
    "việt kiều",
    "sinh viên",
    "học sinh",
    "đại biểu",
    "đại diện",
    "thứ trưởng",
    "thủ tướng",
    "thủ trưởng",
    "cán bộ",
    "chi bộ",
    "chi đoàn",
    "chi hội",
    "trung tâm",
    "trung ương",
    "thành phố",
    "thành viên",
    "thị trấn",
    "thị xã",
    "nhân viên",
    "nhân dân",
    "nông dân",
    "hợp tác",
    "doanh nghiệp",
    "doanh nhân",
    "hộ kinh",
    "kỹ sư",
    "kế toán",
    "bác sĩ",
    "bác sỹ",
    "giáo viên",
    "luật sư",
    "chuyên viên",
    "hiệu trưởng",
    "trường tiểu",
    "trường mầm",
    "trường trung",
    "trường đại",
];
/// Where a name ends though capitals go on.
const ENDS: &[&str] = &["chủ", "phó", "giám", "trưởng", "bí", "sở", "ủy", "uỷ", "ấp", "khóm", "xã", "phường", "huyện", "tỉnh"];
/// Family names, folded.
const FAMILIES: &[&str] = &[
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong", "ly",
    "truong", "dinh", "doan", "lam", "mai", "trinh", "dao", "cao", "ha", "luong", "luu", "thai", "ta", "chau", "chu", "ton",
    "tang", "quach", "tong", "kieu", "la", "mac", "vuong", "phung", "bach", "nghiem", "thach", "son", "danh", "kim", "trieu",
    "khuu", "lu", "to", "au", "kha", "tieu", "quan", "ngu", "dam", "giang", "hua",
];
/// They are everybody's.
const KNOWN: &[&str] = &["hồ chí minh", "tôn đức thắng"];
/// Syllables of a name.
const NAME_MAX: usize = 5;
/// The same where nothing is written large: where it ends is not seen.
const SMALL_NAME_MAX: usize = 3;
/// Held harder: whatever people are called by, as it is written; the second list where nobody writes marks.
const CALLED: &[&str] = &["ông", "bà", "anh", "chị", "cô", "chú", "bác", "thầy", "cụ", "dì", "cậu", "em", "mợ"];
const CALLED_PLAIN: &[&str] = &["ong", "ba", "anh", "chi", "chu", "bac", "thay", "cu"];
/// Family names by which a name that is written small is known; others are words, too.
const SMALL_FAMILIES: &[&str] = &[
    "nguyễn", "trần", "lê", "phạm", "huỳnh", "hoàng", "phan", "võ", "vũ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý",
    "nguyen", "tran", "le", "pham", "huynh", "hoang", "bui", "ngo",
];

struct Word<'a> {
    range: Range<usize>,
    text: &'a str,
    folded: String,
    lower: String,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (letter.is_alphanumeric(), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                let word = &text[start..at];
                words.push(Word {
                    range: start..at,
                    text: word,
                    folded: crate::fold(word).into_owned(),
                    lower: word.to_lowercase(),
                });
                from = None;
            }
            _ => {}
        }
    }
    words
}

impl Word<'_> {
    fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase) && self.text.chars().all(char::is_alphabetic)
    }

    fn is_honorific(&self) -> bool {
        HONORIFICS.contains(&self.lower.as_str()) || self.is_unsure()
    }

    fn is_unsure(&self) -> bool {
        UNSURE.contains(&self.lower.as_str())
    }
}

/// A text in its words, with what stands between them.
struct Reading<'a> {
    text: &'a str,
    words: Vec<Word<'a>>,
}

impl Reading<'_> {
    fn word(&self, at: usize) -> Option<&Word<'_>> {
        self.words.get(at)
    }

    /// What stands before that word.
    fn gap(&self, at: usize) -> &str {
        let from = at.checked_sub(1).map_or(0, |before| self.words[before].range.end);
        &self.text[from..self.words[at].range.start]
    }

    /// Whether it follows the word before with nothing but a space.
    fn follows(&self, at: usize) -> bool {
        at < self.words.len() && at > 0 && !self.gap(at).is_empty() && self.gap(at).chars().all(|letter| letter == ' ')
    }

    /// Whether a sentence or a line begins with it.
    fn begins(&self, at: usize) -> bool {
        at == 0 || self.gap(at).contains(['.', '!', '?', ':', ';', '\n', '-', '"', '“'])
    }

    /// Whether the word before calls a place: then an honorific is part of that name.
    fn is_of_place(&self, at: usize) -> bool {
        self.follows(at) && PLACES.contains(&self.words[at - 1].lower.as_str())
    }

    fn is_office(&self, at: usize) -> bool {
        let word = &self.words[at];
        let is_abbreviation =
            word.text.chars().count() > 1 && word.text.chars().all(char::is_uppercase) && !has_vowel(&word.folded);
        is_abbreviation || OFFICES.contains(&word.lower.as_str()) || OFFICES_OF_TWO.contains(&self.two(at).as_str())
    }

    /// The name that begins at that word: where it ends, and how many syllables it has.
    fn name(&self, at: usize) -> Option<(usize, usize)> {
        if !self.word(at)?.is_capital() || self.is_office(at) {
            return None;
        }
        let more = |place: &usize| {
            let is_end = ENDS.contains(&self.words[*place].lower.as_str()) || OFFICES_OF_TWO.contains(&self.two(*place).as_str());
            self.follows(*place) && self.words[*place].is_capital() && !is_end
        };
        let last = (at + 1..self.words.len().min(at + NAME_MAX)).take_while(more).last().unwrap_or(at);
        let spoken: Vec<&str> = self.words[at..=last].iter().map(|word| word.lower.as_str()).collect();
        (!KNOWN.contains(&spoken.join(" ").as_str())).then(|| (self.words[last].range.end, last + 1 - at))
    }

    fn two(&self, at: usize) -> String {
        let next = self.word(at + 1).map(|next| next.lower.as_str()).unwrap_or_default();
        format!("{} {next}", self.words[at].lower)
    }

    /// Where the name begins that somebody tells of themselves with these words.
    fn introduced(&self, at: usize) -> Option<usize> {
        let is_it = |said: &&&[&str]| {
            said.iter()
                .enumerate()
                .all(|(n, part)| self.word(at + n).is_some_and(|word| word.folded == *part) && (n == 0 || self.follows(at + n)))
        };
        let longest = INTRODUCTIONS.iter().filter(is_it).map(|said| said.len()).max()?;
        let mut next = at + longest;
        // "Tôi tên là …", "họ tên của tôi là: …"
        if self.follows(next) && self.words[next].folded == "la" {
            next += 1;
        }
        if self.follows(next) && self.words[next].is_honorific() && !self.words[next].is_capital() {
            next += 1;
        }
        let colon = next < self.words.len() && self.gap(next).trim() == ":";
        (self.follows(next) || colon).then_some(next)
    }

    /// Where the name begins that stands behind an honorific, when it is one.
    fn honoured(&self, at: usize) -> Option<usize> {
        let word = self.word(at).filter(|word| word.is_honorific())?;
        if !self.follows(at + 1) || self.is_of_place(at) {
            return None;
        }
        // A capital in the middle of a sentence may belong to a place, "Ông Ba Mươi"; a family name says that it does not.
        let sure = !word.is_unsure() && (!word.is_capital() || self.begins(at));
        (sure || FAMILIES.contains(&self.words[at + 1].folded.as_str())).then_some(at + 1)
    }
}

impl Reading<'_> {
    /// The names that are found from each word on: the word with which one begins, and where it ends.
    fn all(&self, name: impl Fn(usize) -> Option<(usize, usize)>) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for at in 0..self.words.len() {
            if found.last().is_some_and(|one| self.words[at].range.start < one.range.end) {
                continue;
            }
            let range = name(at).map(|(from, end)| self.words[from].range.start..end);
            found.extend(range.map(|range| Found { kind: Kind::Name, range }));
        }
        found
    }

    /// Held harder: where a name begins and ends behind whatever somebody is called by, also one syllable, and also written small.
    fn called(&self, at: usize) -> Option<(usize, usize)> {
        let list = if self.text.is_ascii() { CALLED_PLAIN } else { CALLED };
        self.word(at).filter(|word| list.contains(&word.lower.as_str()))?;
        if !self.follows(at + 1) {
            return None;
        }
        let first = &self.words[at + 1];
        if first.is_capital() {
            return self.name(at + 1).map(|(end, _)| (at + 1, end));
        }
        let more =
            |place: &usize| self.follows(*place) && !self.words[*place].text.starts_with(|letter: char| letter.is_ascii_digit());
        let last = (at + 2..self.words.len().min(at + 1 + SMALL_NAME_MAX)).take_while(more).last().unwrap_or(at + 1);
        SMALL_FAMILIES.contains(&first.lower.as_str()).then(|| (at + 1, self.words[last].range.end))
    }
}

fn has_vowel(folded: &str) -> bool {
    folded.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

pub(super) fn find(text: &str) -> Vec<Found> {
    let reading = Reading { text, words: words(text) };
    reading.all(|at| {
        let introduced = reading.introduced(at).and_then(|from| Some((from, reading.name(from)?.0)));
        let honoured = || {
            let from = reading.honoured(at)?;
            let (end, syllables) = reading.name(from)?;
            (syllables > 1).then_some((from, end))
        };
        let small = || {
            let from = reading.introduced(at).or_else(|| reading.titled(at))?;
            Some((from, reading.small_name(from)?))
        };
        // The longest: "Lê văn c" goes on where its capitals end.
        [introduced, honoured(), small()].into_iter().flatten().max_by_key(|(_, end)| *end)
    })
}

/// Held harder, those behind whatever somebody is called by.
pub(super) fn find_called(text: &str) -> Vec<Found> {
    let reading = Reading { text, words: words(text) };
    reading.all(|at| reading.called(at))
}
