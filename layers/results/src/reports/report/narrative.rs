//! What agencies wrote, sentence by sentence, each with its sources and the provision that it is about. Nothing is lost and nothing is
//! reworded: the collation of duties gives the paragraphs, and put together again their sentences are those paragraphs.

use std::collections::HashMap;

use super::placing::{self, Provision};
use crate::base::digest::sha256;
use crate::duties::closing::Outcome;
use crate::duties::collation::sections::Section;
use crate::duties::collation::{Collation, Source, holds_figure};

/// Letters of a sentence's key: enough that no two of a report share one.
const KEY_LETTERS: usize = 16;
/// A line of so few words without a mark at its end is a heading.
const HEADING_WORDS_MAX: usize = 8;

/// A part of what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Results,
    Difficulties,
    Proposals,
    /// Why there is nothing to report.
    Nothing,
}

impl Part {
    pub const ALL: [Self; 4] = [Self::Results, Self::Difficulties, Self::Proposals, Self::Nothing];

    /// The word in keys of sentences, addresses and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Results => "results",
            Self::Difficulties => "difficulties",
            Self::Proposals => "proposals",
            Self::Nothing => "nothing",
        }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Results => Section::Results.key(),
            Self::Difficulties => Section::Difficulties.key(),
            Self::Proposals => Section::Proposals.key(),
            Self::Nothing => "collation-nothing",
        }
    }
}

impl From<Section> for Part {
    fn from(section: Section) -> Self {
        match section {
            Section::Results => Self::Results,
            Section::Difficulties => Self::Difficulties,
            Section::Proposals => Self::Proposals,
        }
    }
}

/// A sentence as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The same for the same words in the same part, whoever wrote them and whenever; of words that say a figure, for each agency its own.
    pub key: String,
    pub part: Part,
    pub text: String,
    /// Places in [`Narrative::sources`], each once.
    pub sources: Vec<usize>,
    /// The provision that it is about, as far as its words say; empty when they do not.
    pub path: String,
}

impl Sentence {
    /// A line that names what follows, and says nothing by itself.
    #[must_use]
    pub fn is_heading(&self) -> bool {
        let words = self.text.split_whitespace().count();
        self.text.ends_with(':')
            || (words <= HEADING_WORDS_MAX && !self.text.ends_with(['.', '!', '?', ';', '…', ',']))
                && !self.text.chars().any(|letter| letter.is_ascii_digit())
    }
}

/// All that was written for a period.
#[derive(Clone, Debug, Default)]
pub struct Narrative {
    pub sources: Vec<Source>,
    pub sentences: Vec<Sentence>,
    /// Handed in by figures or files alone.
    pub wordless: Vec<usize>,
    /// Name, address of the slot, and how it stands.
    pub absent: Vec<(String, String, Outcome)>,
    pub present: usize,
}

impl Narrative {
    /// Sentence by sentence, each at its provision.
    #[must_use]
    pub fn of(collation: Collation, provisions: &[Provision]) -> Self {
        let mut taken =
            Taken { agencies: collation.sources.iter().map(|source| source.agency.clone()).collect(), ..Taken::default() };
        for (section, groups) in &collation.sections {
            for item in groups.iter().flat_map(|group| &group.items) {
                taken.take(Part::from(*section), &item.text, &item.sources);
            }
        }
        for item in &collation.nothing {
            taken.take(Part::Nothing, &item.text, &item.sources);
        }
        let texts: Vec<&str> = taken.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        let places = placing::place(&texts, provisions);
        for (sentence, place) in taken.sentences.iter_mut().zip(places) {
            let found = place.filter(|_| sentence.part != Part::Nothing).and_then(|place| provisions.get(place));
            sentence.path = found.map(|provision| provision.path.clone()).unwrap_or_default();
        }
        Self {
            sources: collation.sources,
            sentences: taken.sentences,
            wordless: collation.wordless,
            absent: collation.absent,
            present: collation.present,
        }
    }

    /// The sentence of that key.
    #[must_use]
    pub fn sentence(&self, key: &str) -> Option<&Sentence> {
        self.sentences.iter().find(|sentence| sentence.key == key)
    }
}

#[derive(Default)]
struct Taken {
    /// What each source is called.
    agencies: Vec<String>,
    sentences: Vec<Sentence>,
    places: HashMap<String, usize>,
}

impl Taken {
    fn take(&mut self, part: Part, paragraph: &str, sources: &[usize]) {
        for text in split(paragraph) {
            if !holds_figure(text) {
                self.put(part, text, "", sources);
                continue;
            }
            for source in sources {
                let agency = self.agencies.get(*source).cloned().unwrap_or_default();
                self.put(part, text, &agency, &[*source]);
            }
        }
    }

    /// `agency`: whose alone it is; empty when it is that of all who wrote the same.
    fn put(&mut self, part: Part, text: &str, agency: &str, sources: &[usize]) {
        let own = if agency.is_empty() { String::new() } else { format!("\n{agency}") };
        let key = sha256(format!("{}\n{text}{own}", part.code()).as_bytes())[..KEY_LETTERS].to_owned();
        let place = *self.places.entry(key.clone()).or_insert_with(|| {
            let sentence = Sentence { key, part, text: text.to_owned(), sources: Vec::new(), path: String::new() };
            self.sentences.push(sentence);
            self.sentences.len() - 1
        });
        for source in sources {
            if !self.sentences[place].sources.contains(source) {
                self.sentences[place].sources.push(*source);
            }
        }
    }
}

/// The sentences of a paragraph in their order. With a space between them they are the paragraph again.
#[must_use]
pub fn split(paragraph: &str) -> Vec<&str> {
    let (mut found, mut from) = (Vec::new(), 0);
    for (at, letter) in paragraph.char_indices() {
        let end = at + letter.len_utf8();
        if matches!(letter, '.' | '!' | '?' | '…') && is_end(&paragraph[from..at], &paragraph[end..]) {
            found.push(paragraph[from..end].trim());
            from = end;
        }
    }
    found.push(paragraph[from..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Whether a sentence ends between these. `1. Kết quả`, `TP. Mỹ Tho` and `20.6.2026` do not.
fn is_end(before: &str, after: &str) -> bool {
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let begins = after.trim_start().chars().next();
    let begins = begins.is_some_and(|letter| letter.is_uppercase() || letter.is_ascii_digit() || "-–“\"(".contains(letter));
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_number = word == before.trim() && word.chars().all(|letter| letter.is_alphanumeric()) && word.chars().count() <= 4;
    let is_short_for = word.chars().count() <= 3 && !word.is_empty() && word.chars().all(char::is_uppercase);
    begins && !is_number && !is_short_for
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duties::collation::collate;

    fn source(agency: &str) -> Source {
        let (on, href) = ("18/6/2026".into(), "/desk/duties/1#v1".into());
        Source { agency: agency.into(), kind: None, version: 1, on, href, returned: false }
    }

    #[test]
    fn sentences_are_told_apart_and_make_the_paragraph_again() {
        for paragraph in [
            "Đã mở 12 lớp. Phát 24 bản tin! Còn thiếu loa.",
            "1. Kết quả ở TP. Mỹ Tho đạt 1.234 lượt. Ngày 20.6.2026 xong.",
            "II. Khó khăn",
            "Không có dấu chấm",
        ] {
            assert_eq!(split(paragraph).join(" "), paragraph);
        }
        assert_eq!(split("Đã mở 12 lớp. Phát 24 bản tin! Còn thiếu loa.").len(), 3);
        assert_eq!(split("1. Kết quả ở TP. Mỹ Tho đạt 1.234 lượt. Ngày 20.6.2026 xong.").len(), 2);
    }

    /// Of 122 texts every sentence is there, with every agency that wrote it.
    #[test]
    fn nothing_is_lost_of_122_texts() {
        let texts = (0..122).map(|number| {
            let own = format!("Cơ quan {number} đã mở {number} lớp. Phát thêm bản tin tuần {number}.\nThiếu kinh phí cho loa.");
            (source(&format!("Cơ quan {number}")), vec![(Section::Results, own)], false)
        });
        let narrative = Narrative::of(collate(texts.collect()), &[]);
        assert_eq!(narrative.sources.len(), 122);
        assert_eq!(narrative.sentences.len(), 122 * 2 + 1);
        let shared = narrative.sentences.iter().find(|sentence| sentence.text.starts_with("Thiếu")).expect("it");
        assert_eq!(shared.sources.len(), 122);
        assert!(narrative.sentences.iter().all(|sentence| !sentence.sources.is_empty()), "each has its source");
    }

    /// Eight agencies that each published eleven articles did not publish eleven together.
    #[test]
    fn what_says_a_figure_stands_for_each_agency() {
        let said = "Đã đăng, phát 11 tin, bài. Đã họp tổ công tác.";
        let texts = (0..8).map(|number| (source(&format!("Cơ quan {number}")), vec![(Section::Results, said.to_owned())], false));
        let narrative = Narrative::of(collate(texts.collect()), &[]);
        let of = |words: &str| narrative.sentences.iter().filter(|one| one.text.contains(words)).collect::<Vec<_>>();
        assert_eq!((of("11 tin").len(), of("Đã họp").len()), (8, 1));
        assert!(of("11 tin").iter().all(|one| one.sources.len() == 1));
        assert_eq!(of("Đã họp")[0].sources.len(), 8);
        let keys: std::collections::BTreeSet<&str> = narrative.sentences.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys.len(), narrative.sentences.len(), "each can be moved by itself");
    }

    #[test]
    fn a_heading_says_nothing_by_itself() {
        let said = |text: &str| Sentence {
            key: String::new(),
            part: Part::Results,
            text: text.into(),
            sources: vec![0],
            path: String::new(),
        };
        assert!(said("Khó khăn, vướng mắc:").is_heading() && said("II. Khó khăn").is_heading());
        assert!(!said("Đã mở 12 lớp").is_heading() && !said("Thiếu loa.").is_heading());
    }
}
