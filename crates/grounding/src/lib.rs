//! Whether a sentence says only what the texts it cites say. A model wrote it; what fails here is not shown. A sentence that was right
//! and is dropped costs less than one that was wrong and is read, so that doubt is against the sentence.
//!
//! Looked at are figures with what they count and what bounds them, dates, document numbers, names and who does what, denials, words that
//! turn a meaning around, and how many of the other words stand in the sources. There is no model here either: who says the same in quite
//! other words is not believed.
//!
//! ```
//! let source = "Sở Xây dựng chủ trì lập danh mục 12 tuyến đường, hoàn thành trước ngày 20/6/2026.";
//! assert!(grounding::supported("Sở Xây dựng chủ trì lập danh mục 12 tuyến đường.", &[source]).is_whole());
//! assert!(!grounding::supported("Sở Xây dựng chủ trì lập danh mục 13 tuyến đường.", &[source]).is_whole());
//! ```
#![warn(missing_docs)]

mod denial;
mod figure;
mod instruction;
mod name;
mod reading;
mod wording;

pub use instruction::is_instruction;
use reading::Reading;

/// Something that a sentence says and its sources do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Nothing is said, or nothing is cited that can be believed.
    Ground,
    /// A figure, with what it counts or what bounds it.
    Figure(String),
    /// A date.
    Date(String),
    /// A document number.
    DocumentNumber(String),
    /// A name.
    Name(String),
    /// A name beside what somebody else does.
    Role(String),
    /// A denial that is not there, or one that was left out.
    Denial(String),
    /// A word that turns the meaning around.
    Word(String),
    /// A link, an address or markup.
    Link,
    /// Too many of its words.
    Words,
}

/// What became of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// What its sources do not say; empty when they say all of it.
    pub lacks: Vec<Lack>,
}

impl Support {
    /// Whether its sources say all of it.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.lacks.is_empty()
    }
}

/// Holds a sentence against the texts that it cites. A source that gives orders to a machine is none.
#[must_use]
pub fn supported(sentence: &str, sources: &[&str]) -> Support {
    let said = Reading::of(sentence);
    let sources: Vec<Reading> =
        sources.iter().filter(|source| !is_instruction(source)).map(|source| Reading::of(source)).collect();
    if said.words.is_empty() || sources.is_empty() || is_instruction(sentence) {
        return Support { lacks: vec![Lack::Ground] };
    }
    let mut lacks = figure::lacks(&said, &sources);
    lacks.extend(name::lacks(&said, &sources));
    lacks.extend(denial::lacks(&said, &sources));
    lacks.extend(wording::lacks(sentence, &said, &sources));
    Support { lacks }
}
