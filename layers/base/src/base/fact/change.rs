//! A field before and after.

use serde::{Deserialize, Serialize};

/// One field before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: String,
    pub from: String,
    pub to: String,
}

impl Change {
    /// The change of a field, or None when it stays as it was.
    #[must_use]
    pub fn of(field: &str, from: &str, to: &str) -> Option<Self> {
        (from != to).then(|| Self { field: field.into(), from: from.into(), to: to.into() })
    }
}
