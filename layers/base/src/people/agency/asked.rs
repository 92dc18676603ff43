//! Words that somebody looks for, with or without their marks, and how well a text answers them.

use std::collections::HashSet;

const LETTERS_MAX: usize = 100;

/// How well a text answers: the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Every word stands in it as it was typed.
    Exact,
    /// Every word stands in it, with other marks.
    Words,
    /// Every word is a part of it: `xa` in `Xây dựng`.
    Parts,
}

/// What somebody typed into a search.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Between spaces, folded.
    parts: Vec<String>,
    /// Whole words in lower case, and folded.
    typed: Vec<String>,
    folded: Vec<String>,
}

impl Asked {
    /// Takes the words of a query; what is longer than any name is cut.
    #[must_use]
    pub fn of(query: &str) -> Self {
        let query: String = query.trim().chars().take(LETTERS_MAX).collect();
        let folded = vietnamese::fold(&query);
        let owned = |words: HashSet<&str>| words.into_iter().map(str::to_owned).collect();
        Self {
            parts: folded.split_whitespace().map(str::to_owned).collect(),
            typed: owned(words(&vietnamese::normalise(&query).to_lowercase())),
            folded: owned(words(&folded)),
        }
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// How well the text answers; None when it does not.
    #[must_use]
    pub fn fit(&self, text: &str) -> Option<Fit> {
        let folded = vietnamese::fold(text);
        if !self.parts.iter().all(|part| folded.contains(part.as_str())) {
            return None;
        }
        let lower = vietnamese::normalise(text).to_lowercase();
        let has = |there: &HashSet<&str>, asked: &[String]| asked.iter().all(|word| there.contains(word.as_str()));
        Some(match (has(&words(&lower), &self.typed), has(&words(&folded), &self.folded)) {
            (true, _) => Fit::Exact,
            (false, true) => Fit::Words,
            (false, false) => Fit::Parts,
        })
    }
}

fn words(text: &str) -> HashSet<&str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_go_before_parts_and_typed_marks_before_others() {
        let fit = |query: &str, text: &str| Asked::of(query).fit(text);
        assert_eq!(fit("xa", "xã Tân Phước"), Some(Fit::Words));
        assert_eq!(fit("xã", "xã Tân Phước"), Some(Fit::Exact));
        assert_eq!(fit("xa", "Sở Xây dựng"), Some(Fit::Parts));
        assert_eq!(fit("XA tan", "xã Tân Phước"), Some(Fit::Words));
        assert_eq!(fit("tan phuo", "xã Tân Phước"), Some(Fit::Parts));
        assert_eq!(fit("cái bè", "xã Cái Bè"), Some(Fit::Exact));
        assert_eq!(fit("cai be", "Cái Bé"), Some(Fit::Words));
        assert_eq!(fit("h20.12", "H20.12"), Some(Fit::Exact));
        assert_eq!(fit("huyện", "xã Tân Phước"), None);
        assert!(Asked::of("  ").is_empty() && !Asked::of("a").is_empty());
    }
}
