//! Kinds of publications: data that ships (`data/publications.json`), so that a new kind is a line there.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::web::{Lang, Locale};

/// What sort of publication.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub code: String,
    vi: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    kinds: Vec<Kind>,
}

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/publications.json")).expect("data/publications.json is well-formed")
});

impl Kind {
    /// In the order in which they are offered.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &SHIPPED.kinds
    }

    /// The kind of that code; None when no such kind ships any more.
    #[must_use]
    pub fn of(code: &str) -> Option<&'static Self> {
        SHIPPED.kinds.iter().find(|kind| kind.code == code)
    }

    /// What readers call it.
    #[must_use]
    pub fn name(&self, l: Locale) -> &str {
        if l.0 == Lang::En { &self.en } else { &self.vi }
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn what_ships_is_read() {
        assert!(Kind::of("handbook").is_some() && Kind::of("nothing").is_none());
    }
}
