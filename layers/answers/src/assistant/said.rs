//! What the assistant says: lines, each with the numbers of its sources, and the sources as they stand in their documents.

use serde::{Deserialize, Serialize};

use super::rejoinder::Rejoinder;
use crate::web::address;

/// Letters of a text fragment: enough to be found once on a page.
const FRAGMENT_WORDS: usize = 8;

/// By what way it was found, or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum How {
    /// From one provision of a plan.
    Exact,
    /// Several provisions say about the same: the reader chooses.
    Several,
    /// A person answered this very question.
    Answered,
    /// Sentences of documents.
    Quoted,
    /// Written by a model from sentences of documents, each held against them.
    Written,
    /// What may have to do with it; no answer.
    Near,
    #[default]
    Refused,
    /// It was no question for documents.
    Rejoined(Rejoinder),
}

impl How {
    /// The word in answers of the API and in runs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Several => "several",
            Self::Answered => "answered",
            Self::Quoted => "quoted",
            Self::Written => "written",
            Self::Near => "near",
            Self::Refused => "refused",
            Self::Rejoined(rejoinder) => rejoinder.code(),
        }
    }

    /// Whether it is an answer.
    #[must_use]
    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Exact | Self::Several | Self::Answered | Self::Quoted | Self::Written)
    }
}

/// A line of the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    /// From 1; none of what is not said about documents.
    pub sources: Vec<usize>,
}

impl Line {
    /// With the numbers behind it.
    #[must_use]
    pub fn numbered(&self) -> String {
        let numbers: String = self.sources.iter().map(|number| format!(" [{number}]")).collect();
        format!("{}{numbers}", self.text)
    }
}

/// A source: a stretch of a document, byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// What it is called in the index: `provision:…`.
    pub id: String,
    pub external_id: Option<String>,
    /// One of `search::feed::KINDS`.
    pub kind: String,
    pub title: String,
    /// From the root, to the very passage.
    pub path: String,
    /// What leads into the quote, where it says nothing without.
    pub lead: String,
    pub quote: String,
}

/// A page that may help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nearby {
    pub kind: String,
    pub title: String,
    pub path: String,
}

/// The whole of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub how: How,
    /// The question as it was searched, with what it went on from.
    pub asked: String,
    /// What is said before the lines, in words of the interface.
    pub intro: String,
    pub lines: Vec<Line>,
    pub sources: Vec<Cited>,
    pub near: Vec<Nearby>,
    /// Numbers of documents that stand nowhere.
    pub unknown_numbers: Vec<String>,
    /// There was personal data in the question.
    pub hidden: bool,
}

impl Said {
    /// Whether it answers.
    #[must_use]
    pub const fn is_answered(&self) -> bool {
        self.how.is_answer()
    }

    /// As one text, with the numbers of sources.
    #[must_use]
    pub fn text(&self) -> String {
        let intro = Some(self.intro.clone()).filter(|intro| !intro.is_empty());
        intro.into_iter().chain(self.lines.iter().map(Line::numbered)).collect::<Vec<_>>().join("\n")
    }

    /// For the officer who gets the question: what was found.
    #[must_use]
    pub fn context(&self) -> String {
        let quotes = self.sources.iter().map(|one| format!("{}: {}\n{}", one.title, one.quote, one.path));
        let near = self.near.iter().map(|one| format!("{}\n{}", one.title, one.path));
        std::iter::once(self.text())
            .chain(quotes)
            .chain(near)
            .filter(|text| !text.trim().is_empty())
            .collect::<Vec<_>>()
            .join("\n\n")
    }
}

/// Where a quote is opened: at the anchor of its passage, else at its first words (text fragment, as browsers have it since 2024).
#[must_use]
pub fn path(url: &str, anchor: &str, quote: &str) -> String {
    if url.contains('#') {
        return url.to_owned();
    }
    if !anchor.is_empty() {
        return format!("{url}#{anchor}");
    }
    let line = quote.lines().next().unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().take(FRAGMENT_WORDS).collect();
    if words.is_empty() {
        return url.to_owned();
    }
    // A hyphen parts the fragment from what stands before and behind it.
    format!("{url}#:~:text={}", address::encode(&words.join(" ")).replace('-', "%2D"))
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_quote_is_opened_where_it_stands() {
        assert_eq!(path("/ke-hoach/a#II-1", "x", "Chữ"), "/ke-hoach/a#II-1");
        assert_eq!(path("/an-pham/a", "muc-2", "Chữ"), "/an-pham/a#muc-2");
        assert_eq!(
            path("/tin-tuc/a", "", "Khoa học - công nghệ"),
            "/tin-tuc/a#:~:text=Khoa%20h%E1%BB%8Dc%20%2D%20c%C3%B4ng%20ngh%E1%BB%87"
        );
    }

    #[test]
    fn lines_carry_the_numbers_of_their_sources() {
        let line = Line { text: "Chủ trì: Sở Xây dựng".into(), sources: vec![1, 2] };
        let said = Said { how: How::Exact, intro: "Theo kế hoạch:".into(), lines: vec![line], ..Said::default() };
        assert_eq!(said.text(), "Theo kế hoạch:\nChủ trì: Sở Xây dựng [1] [2]");
        assert!(said.is_answered() && !Said::default().is_answered());
    }
}
