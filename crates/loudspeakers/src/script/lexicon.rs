//! How what is written is said: data, which a caller lays his own entries over.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

static BUILT_IN: LazyLock<Vec<Entry>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../data/lexicon.json")).unwrap_or_default());

/// What one piece of writing sounds like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// As it stands in a text: `KH&CN`, `TP.`, `57-NQ/TW`.
    pub written: String,
    /// In words; empty when nothing is said in its place.
    pub said: String,
    /// Whether capitals make no difference.
    #[serde(default)]
    pub any_case: bool,
    /// Read so behind a number or a slash only: `5 m`, `tấn/ha`.
    #[serde(default)]
    pub unit: bool,
}

/// Entries by what is written, the longest that fits first.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// By lower-case writing and whether it is a unit.
    entries: HashMap<(String, bool), Vec<Entry>>,
    /// The longest writing, in characters.
    longest: usize,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Lexicon {
    /// Nothing but what is laid over it.
    #[must_use]
    pub fn empty() -> Self {
        Self { entries: HashMap::new(), longest: 0 }
    }

    /// The entries of `data/lexicon.json`.
    #[must_use]
    pub fn built_in() -> Self {
        Self::empty().with(BUILT_IN.iter().cloned())
    }

    /// Lays entries over those that are there: one with the same writing replaces it. Entries without writing are left out.
    #[must_use]
    pub fn with(mut self, entries: impl IntoIterator<Item = Entry>) -> Self {
        for mut entry in entries {
            entry.written = vietnamese::normalise(entry.written.trim()).into_owned();
            if entry.written.is_empty() {
                continue;
            }
            self.longest = self.longest.max(entry.written.chars().count());
            let key = (entry.written.to_lowercase(), entry.unit);
            let same = self.entries.entry(key).or_default();
            same.retain(|known| known.written != entry.written && !(known.any_case && entry.any_case));
            same.push(entry);
        }
        self
    }

    /// The longest entry that the text reads at this byte, and where it ends.
    pub(super) fn at<'a>(&'a self, text: &str, at: usize, unit: bool) -> Option<(&'a Entry, usize)> {
        let rest = &text[at..];
        let ends = rest.char_indices().map(|(i, c)| i + c.len_utf8()).take(self.longest);
        let ends: Vec<usize> = ends.collect();
        ends.into_iter().rev().filter(|end| stands_alone(text, at..at + end)).find_map(|end| {
            let written = &rest[..end];
            let same = self.entries.get(&(written.to_lowercase(), unit))?;
            let exact = same.iter().find(|entry| entry.written == written);
            let entry = exact.or_else(|| same.iter().find(|entry| entry.any_case))?;
            Some((entry, at + end))
        })
    }
}

/// Whether the piece ends where a word ends.
fn stands_alone(text: &str, span: Range<usize>) -> bool {
    let last = text[span.clone()].chars().next_back();
    let mut after = text[span.end..].chars();
    match (last, after.next()) {
        (Some(last), Some(next)) if last.is_alphanumeric() => {
            !next.is_alphanumeric() && !(next == '&' && after.next().is_some_and(char::is_alphanumeric))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(written: &str, said: &str) -> Entry {
        Entry { written: written.into(), said: said.into(), any_case: false, unit: false }
    }

    #[test]
    fn the_data_can_be_read_and_said() {
        let entries: Vec<Entry> = serde_json::from_str(include_str!("../../data/lexicon.json")).unwrap();
        assert!(entries.len() > 80);
        for (at, entry) in entries.iter().enumerate() {
            assert_eq!(entry.written, vietnamese::normalise(&entry.written), "{}", entry.written);
            let twice = entries[..at].iter().any(|other| other.written == entry.written && other.unit == entry.unit);
            assert!(!twice, "{} twice", entry.written);
            let said = entry.said.replace(',', "");
            assert!(said.split_whitespace().all(|word| vietnamese::Syllable::parse(word).is_some()), "{said}");
        }
    }

    #[test]
    fn the_longest_goes_first_and_words_are_whole() {
        let lexicon = Lexicon::built_in();
        let said = |text: &str| lexicon.at(text, 0, false).map(|(entry, end)| (entry.said.clone(), end));
        assert_eq!(said("KHCN, ĐMST & CĐS.").map(|s| s.1), Some("KHCN, ĐMST & CĐS".len()));
        assert_eq!(said("UBNDX"), None);
        assert_eq!(said("Zalo").map(|s| s.0).as_deref(), Some("gia lô"));
        assert_eq!(said("ai"), None);
        assert_eq!(lexicon.at("m2", 0, false), None);
        assert_eq!(lexicon.at("m2", 0, true).map(|(entry, _)| entry.said.as_str()), Some("mét vuông"));
    }

    #[test]
    fn a_caller_s_entry_replaces_ours() {
        let lexicon = Lexicon::built_in().with([entry("UBND", "u bê nờ dê"), entry("Tân Hồng", "Tân Hồng"), entry(" ", "x")]);
        assert_eq!(lexicon.at("UBND", 0, false).map(|(entry, _)| entry.said.as_str()), Some("u bê nờ dê"));
        assert_eq!(lexicon.at("Tân Hồng 1", 0, false).map(|(_, end)| end), Some("Tân Hồng".len()));
    }
}
