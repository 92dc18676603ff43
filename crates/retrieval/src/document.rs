//! What is put into the index.

use serde::{Deserialize, Serialize};

/// One thing that can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Names it for ever; putting a document of the same id replaces it.
    pub id: String,
    /// What a reader knows it by.
    pub title: String,
    /// Its text in order, at least as one passage.
    pub passages: Vec<Passage>,
    /// What it can be filtered by, as name and value: `("kind", "plan")`. A name may come more than once.
    pub facets: Vec<(String, String)>,
    /// The day it is of, in days since 1970-01-01.
    pub day: Option<i32>,
    /// What it is worth among equals, for suggestions: higher goes first.
    pub standing: u32,
    /// Whatever the owner wants back with a hit; not searched.
    pub payload: String,
}

/// A stretch of a document with an address of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands within the document's page; may be empty.
    pub anchor: String,
    /// What stands over it; searched with each of its parts, never quoted.
    pub heading: String,
    /// The text that is quoted, byte for byte.
    pub text: String,
}

impl Document {
    /// The first value of a facet.
    #[must_use]
    pub fn facet(&self, name: &str) -> Option<&str> {
        self.facets.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }
}
