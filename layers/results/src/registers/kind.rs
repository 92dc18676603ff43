//! Kinds of registers: data that ships (`data/register-kinds.json`). What a kind is called stands in the locales.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::web::Locale;

/// What a kind asks besides title and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The organisation that leads it. No persons.
    Lead,
    /// One of the kind's categories.
    Category,
    /// Whether who it is about agreed to be listed in public.
    Listed,
    /// Since when somebody is trained.
    Trained,
    /// How many of how many.
    Figures,
    /// Its last day is the term until which it has to be done, and there has to be one.
    Term,
}

/// When a record needs evidence to be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proven {
    Always,
    /// Where it says that somebody was trained.
    Trained,
    Never,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub code: String,
    /// Whether records have a code, by which a file that comes again finds them.
    pub coded: bool,
    /// Whether it lasts, and may have a last day.
    pub ends: bool,
    pub fields: Vec<Field>,
    pub categories: Vec<String>,
    pub proven: Proven,
    /// Whether the public sees those that were publicised; such a record may turn out to be secret.
    pub public: bool,
}

/// The register whose records the public sees.
pub const ST_TASK: &str = "st-task";
pub const TRAINING_PROGRAMME: &str = "training-programme";
pub const NETWORK_MEMBER: &str = "network-member";
pub const AWARD_ROUND: &str = "award-round";
pub const OFFICER: &str = "officer";
pub const DISSEMINATION: &str = "dissemination";
pub const REQUIRED_CONTENT: &str = "required-content";

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    // The file is part of the program; a test reads it.
    serde_json::from_str(include_str!("../../data/register-kinds.json")).unwrap_or_default()
});

/// All of them, in their order.
#[must_use]
pub fn all() -> &'static [Kind] {
    &KINDS
}

/// The kind of that code.
#[must_use]
pub fn of(code: &str) -> Option<&'static Kind> {
    all().iter().find(|kind| kind.code == code)
}

/// What a kind is called; the code where it ships no more.
#[must_use]
pub fn name(l: Locale, code: &str) -> String {
    of(code).map_or_else(|| code.to_owned(), |kind| l.t(&kind.key()))
}

/// What a category is called; empty for none.
#[must_use]
pub fn category(l: Locale, code: &str) -> String {
    if code.is_empty() { String::new() } else { l.t(&format!("register-category-{code}")) }
}

impl Kind {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(&self) -> String {
        format!("register-kind-{}", self.code)
    }

    /// The Fluent key of its last day.
    #[must_use]
    pub fn until_key(&self) -> &'static str {
        if self.has(Field::Term) { "register-term" } else { "register-until" }
    }

    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.fields.contains(&field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Lang;

    #[test]
    fn every_kind_that_is_counted_ships_with_its_words() {
        let codes: Vec<&str> = all().iter().map(|kind| kind.code.as_str()).collect();
        assert_eq!(codes, [ST_TASK, TRAINING_PROGRAMME, NETWORK_MEMBER, AWARD_ROUND, OFFICER, DISSEMINATION, REQUIRED_CONTENT]);
        for l in [Locale(Lang::Vi), Locale(Lang::En)] {
            for kind in all() {
                assert!(l.has(&kind.key()) && l.has(&format!("{}-title", kind.key())), "{}", kind.code);
                assert!(kind.categories.iter().all(|one| l.has(&format!("register-category-{one}"))), "{}", kind.code);
                assert_eq!(kind.has(Field::Category), !kind.categories.is_empty(), "{}", kind.code);
            }
        }
    }
}
