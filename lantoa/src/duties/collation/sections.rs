//! What part of a report a paragraph belongs to, by the headings that its writer put. Words are looked at, never changed.

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

const DIFFICULTIES: [&str; 6] = ["kho khan", "vuong mac", "ton tai", "han che", "nhung kho khan", "kho khan, vuong mac"];
const PROPOSALS: [&str; 5] = ["kien nghi", "de xuat", "de nghi", "nhung kien nghi", "kien nghi, de xuat"];
const RESULTS: [&str; 8] =
    ["ket qua", "nhung ket qua", "tinh hinh", "cong tac", "danh gia chung", "phuong huong", "nhiem vu trong tam", "ve ket qua"];
/// A longer line is no heading of its own.
const HEADING_LETTERS_MAX: usize = 90;

/// The paragraphs of a text, each with its part: lines that say something, as they were written but for the spaces around.
#[must_use]
pub fn split(text: &str) -> Vec<(Section, &str)> {
    let mut now = Section::Results;
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (marked, bare) = unmarked(line);
        let folded = vietnamese::fold(bare);
        let begins = |words: &[&str]| words.iter().any(|word| starts(&folded, word));
        let heads = marked || line.ends_with(':') || is_short(line);
        now = if begins(&DIFFICULTIES) {
            Section::Difficulties
        } else if begins(&PROPOSALS) {
            Section::Proposals
        } else if heads && begins(&RESULTS) {
            Section::Results
        } else {
            now
        };
        found.push((now, line));
    }
    found
}

/// The part that a heading names; the results when it names none.
#[must_use]
pub fn of_heading(label: &str) -> Section {
    split(label).first().map_or(Section::Results, |(section, _)| *section)
}

fn is_short(line: &str) -> bool {
    line.chars().count() <= HEADING_LETTERS_MAX && !line.ends_with(['.', ';'])
}

/// Whether the folded line begins with these words, and not with longer ones.
fn starts(folded: &str, word: &str) -> bool {
    folded.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric()))
}

/// The line without what numbers or marks it (`II.`, `3)`, `a)`, `-`, `*`), and whether anything did.
fn unmarked(line: &str) -> (bool, &str) {
    let bare = line.trim_start_matches(['-', '–', '•', '+', '*', '#']).trim_start();
    let marked = bare.len() < line.len();
    if let Some((number, rest)) = bare.split_once(['.', ')', '/', ':']) {
        let short = !number.is_empty() && number.chars().count() <= 5;
        let counts = number.chars().all(|letter| letter.is_ascii_digit() || "IVXivx".contains(letter));
        let letter = number.chars().count() == 1 && number.chars().all(char::is_alphabetic);
        if short && (counts || letter) {
            return (true, unmarked(rest.trim_start()).1);
        }
    }
    (marked, bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_set_difficulties_and_proposals_apart() {
        use Section::{Difficulties as D, Proposals as P, Results as R};
        let text = "Đã mở 12 lớp.\nII. Khó khăn, vướng mắc\n- Thiếu kinh phí.\nThiếu người.\n\n3) Kiến nghị, đề xuất: Bổ sung kinh phí.\nSớm có hướng dẫn.\nIV. Phương hướng\nMở thêm lớp.";
        let parts: Vec<Section> = split(text).into_iter().map(|(section, _)| section).collect();
        assert_eq!(parts, [R, D, D, D, P, P, R, R]);
        let words: Vec<&str> = split(text).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words.join("\n"), text.replace("\n\n", "\n"), "nothing is lost or reworded");
    }

    #[test]
    fn words_that_only_begin_alike_are_no_headings() {
        assert_eq!(split("Kho khănh là tên riêng.")[0].0, Section::Results);
        assert_eq!(split("Hạn chếm.")[0].0, Section::Results);
        assert_eq!(split("Không có khó khăn.")[0].0, Section::Results);
        assert!(split(" \n \n").is_empty());
        assert_eq!(of_heading("Khó khăn, vướng mắc trong kỳ"), Section::Difficulties);
        assert_eq!((of_heading("Kiến nghị"), of_heading("Số lớp đã mở")), (Section::Proposals, Section::Results));
    }
}
