//! What part of a report a paragraph belongs to, by the headings that its writer put. Words are looked at, never changed.
//!
//! A part begins with a heading: a line that says nothing but what the part is about. It lasts until the next one, or until the
//! numbers around it go on: after `II. Khó khăn` the line `III. …` is something else, whatever it is called.

/// A part of the collated text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// What was done, and whatever has no heading.
    Results,
    /// Khó khăn, vướng mắc, tồn tại, hạn chế.
    Difficulties,
    /// Đề xuất, kiến nghị.
    Proposals,
}

impl Section {
    pub const ALL: [Self; 3] = [Self::Results, Self::Difficulties, Self::Proposals];

    /// The Fluent key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Results => "collation-results",
            Self::Difficulties => "collation-difficulties",
            Self::Proposals => "collation-proposals",
        }
    }
}

/// What headings name, folded; the first that is named decides.
const NAMES: [(Section, &[&str]); 3] = [
    (Section::Difficulties, &["kho khan", "vuong mac", "ton tai", "han che", "bat cap"]),
    (Section::Proposals, &["kien nghi", "de xuat", "de nghi"]),
    (
        Section::Results,
        &[
            "ket qua",
            "tinh hinh",
            "danh gia",
            "uu diem",
            "thuan loi",
            "phuong huong",
            "nhiem vu",
            "giai phap",
            "khac phuc",
            "thao go",
            "cong tac chi dao",
        ],
    ),
];
/// What stands between and around those names in headings, folded.
const AROUND: [&str; 44] = [
    "nhung",
    "cac",
    "mot so",
    "phan",
    "muc",
    "ve",
    "va",
    "con",
    "can",
    "voi",
    "doi voi",
    "cua",
    "trong",
    "o",
    "ky",
    "nam",
    "quy",
    "thang",
    "dau",
    "cuoi",
    "thoi gian",
    "toi",
    "qua",
    "sap toi",
    "tiep theo",
    "chung",
    "chinh",
    "chu yeu",
    "trong tam",
    "nguyen nhan",
    "bai hoc kinh nghiem",
    "dat duoc",
    "gap phai",
    "thuc hien",
    "to chuc",
    "trien khai",
    "qua trinh",
    "don vi",
    "dia phuong",
    "co quan",
    "cap tren",
    "tinh",
    "ubnd",
    "phuong xa",
];
/// A longer line is no heading of its own.
const HEADING_LETTERS_MAX: usize = 90;
const BULLETS: [char; 6] = ['-', '–', '•', '+', '*', '#'];
const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

/// What stands before a line, the higher first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// `A.`
    Capital,
    /// `II.`
    Roman,
    /// `2.`
    Dotted,
    /// `2.1.`
    Deep,
    /// `2)`, `2/`
    Closed,
    /// `b)`
    Letter,
    /// `-`, `*`
    Bullet,
    Bare,
}

/// The mark of a line: which one of its kind, from 1; 0 where they are not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    kind: Kind,
    value: usize,
}

/// The part that is being read.
struct Part {
    section: Section,
    heading: Mark,
    /// Kinds of lists that began within it.
    inside: Vec<Kind>,
}

impl Part {
    const fn new(section: Section, heading: Mark) -> Self {
        Self { section, heading, inside: Vec::new() }
    }

    /// The part that a line is in; a heading is in its own.
    fn take(&mut self, line: &str) -> Section {
        let (mark, bare) = marked(line);
        if let Some((section, opens)) = heading(mark, bare) {
            if opens {
                *self = Self::new(section, mark);
            }
            return section;
        }
        let goes_on = mark.kind < Kind::Bullet && mark.kind <= self.heading.kind && !self.inside.contains(&mark.kind);
        match mark.value {
            1 if goes_on => self.inside.push(mark.kind),
            value if goes_on && value > 1 => *self = Self::new(Section::Results, mark),
            _ => {}
        }
        self.section
    }
}

/// The paragraphs of a text, each with its part: lines that say something, as they were written but for the spaces around.
#[must_use]
pub fn split(text: &str) -> Vec<(Section, &str)> {
    let mut part = Part::new(Section::Results, Mark { kind: Kind::Bare, value: 0 });
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| (part.take(line), line)).collect()
}

/// The part that a label names, which is a heading by itself, however it goes on; the results when it names none.
#[must_use]
pub fn of_heading(label: &str) -> Section {
    named(marked(label.trim()).1).0.unwrap_or(Section::Results)
}

/// The part that a heading names, and whether it holds for what follows too; None when the line is no heading. A sentence behind
/// the heading (`Khó khăn: Thiếu kinh phí.`) speaks for itself alone, unless the line is numbered.
fn heading(mark: Mark, line: &str) -> Option<(Section, bool)> {
    let (head, rest) = line.split_once([':', '.']).unwrap_or((line, ""));
    let rest = rest.trim();
    let is_sentence = mark.kind == Kind::Bare && rest.is_empty() && line.ends_with('.');
    if is_sentence || line.ends_with(';') || head.chars().count() > HEADING_LETTERS_MAX {
        return None;
    }
    match named(head) {
        (Some(section), true) => Some((section, rest.is_empty() || mark.kind < Kind::Bullet || !rest.ends_with('.'))),
        _ => None,
    }
}

/// The first part that is named, before any word that stands in no heading, and whether there is no such word.
fn named(head: &str) -> (Option<Section>, bool) {
    let plain: String =
        vietnamese::fold(head).chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let (mut at, mut found) = (0, None);
    while at < words.len() {
        let Some((length, section)) = known(&words[at..]) else { return (found, false) };
        at += length;
        found = found.or(section);
    }
    (found, true)
}

/// The longest known phrase that the words begin with: how many words it has, and the part that it names. Figures (`6 tháng đầu
/// năm 2026`) are known.
fn known(words: &[&str]) -> Option<(usize, Option<Section>)> {
    let begins = |phrase: &str| phrase.split(' ').enumerate().all(|(at, word)| words.get(at) == Some(&word));
    let length = |phrase: &str| phrase.split(' ').count();
    let names = NAMES.iter().flat_map(|(section, phrases)| phrases.iter().map(|phrase| (*phrase, Some(*section))));
    let phrases = names.chain(AROUND.iter().map(|phrase| (*phrase, None)));
    let longest = phrases.filter(|(phrase, _)| begins(phrase)).map(|(phrase, section)| (length(phrase), section));
    let is_figure = words.first().is_some_and(|word| word.chars().all(|letter| letter.is_ascii_digit()));
    longest.max_by_key(|(length, _)| *length).or(is_figure.then_some((1, None)))
}

/// The mark of a line, and the line without it.
fn marked(line: &str) -> (Mark, &str) {
    let bare = line.trim_start_matches(BULLETS).trim_start();
    let kind = if bare.len() < line.len() { Kind::Bullet } else { Kind::Bare };
    numbered(bare).unwrap_or((Mark { kind, value: 0 }, bare))
}

/// The number of a line that has one, and what follows. No day (`20.6.2026`, `30/6`) and no figure (`1.234`) is a number.
fn numbered(line: &str) -> Option<(Mark, &str)> {
    let (number, rest) = line.split_once(['.', ')', '/'])?;
    let dotted = line.get(number.len()..)?.starts_with('.');
    let counts = |text: &str| (1..=2).contains(&text.len()) && text.chars().all(|letter| letter.is_ascii_digit());
    let mark = |kind, value: Option<usize>| value.map(|value| Mark { kind, value });
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
    if rest.starts_with(|letter: char| letter.is_ascii_digit()) {
        let (deeper, words) = rest.split_once(char::is_whitespace)?;
        let levels: Vec<&str> = deeper.trim_end_matches('.').split('.').collect();
        let is_deep = dotted && counts(number) && deeper.ends_with('.') && levels.iter().all(|level| counts(level));
        let value = levels.last().filter(|_| is_deep).and_then(|level| level.parse().ok());
        return Some((mark(Kind::Deep, value)?, words.trim_start()));
    }
    let place = |of: &str| LETTERS.chars().position(|letter| letter.to_string() == of).map(|place| place + 1);
    let mark = if counts(number) {
        mark(if dotted { Kind::Dotted } else { Kind::Closed }, number.parse().ok())
    } else if let Some(place) = ROMAN.iter().position(|roman| *roman == number) {
        mark(Kind::Roman, Some(place + 1))
    } else if spaced && number.chars().count() == 1 {
        let kind = if number.chars().all(char::is_uppercase) { Kind::Capital } else { Kind::Letter };
        mark(kind, place(&number.to_lowercase()))
    } else {
        None
    };
    Some((mark?, rest.trim_start()))
}

#[cfg(test)]
mod tests;
