//! Kinds of publications: data that ships (`data/publications.json`), so that a new kind is a line there.

use std::sync::LazyLock;

use serde::Deserialize;

/// What sort of publication: a word with its code, as the lists of news have them.
pub use crate::news::kind::Tag as Kind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    kinds: Vec<Kind>,
}

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/publications.json")).expect("data/publications.json is well-formed")
});

/// In the order in which they are offered.
#[must_use]
pub fn all() -> &'static [Kind] {
    &SHIPPED.kinds
}

/// The kind of that code; None when no such kind ships any more.
#[must_use]
pub fn of(code: &str) -> Option<&'static Kind> {
    SHIPPED.kinds.iter().find(|kind| kind.code == code)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn what_ships_is_read() {
        assert!(of("handbook").is_some() && of("nothing").is_none());
    }
}
