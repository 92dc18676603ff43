//! Lists of agencies narrowed by a part of a name: what the boards of plans and of estimates share.

use crate::people::agency::brief::Brief;

/// More words than this name no agency.
const WORDS_MAX: usize = 10;

/// The words that were typed, as they are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named(Vec<String>);

impl Named {
    /// Reads what was typed; accents, case and spaces do not matter.
    #[must_use]
    pub fn of(typed: &str) -> Self {
        Self(vietnamese::fold(typed).split_whitespace().take(WORDS_MAX).map(str::to_owned).collect())
    }

    /// Whether nothing is asked for: every agency fits.
    #[must_use]
    pub fn is_anybody(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the name, the short name or the code has every word.
    #[must_use]
    pub fn fits(&self, agency: Option<&Brief>) -> bool {
        let Some(agency) = agency else { return self.is_anybody() };
        let names = format!("{} {} {}", agency.name, agency.short_name, agency.code);
        let names = vietnamese::fold(&names);
        self.0.iter().all(|word| names.contains(word.as_str()))
    }
}
