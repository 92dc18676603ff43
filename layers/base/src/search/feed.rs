//! What a capability tells search about itself.

use chrono::NaiveDate;
use futures_util::future::BoxFuture;
use retrieval::{Document, Passage};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::base::{App, Fact, fact};

/// Subjects of one page of a rebuild.
pub const PAGE: u64 = 500;

/// One source of what can be found. A subject is what facts are about: a plan, an article; it yields one document or many.
pub struct Feed {
    /// What a fact changes of what can be found.
    pub touches: fn(&fact::Model, &Fact) -> Touch,
    /// What the public may read of these subjects now: none for what is a draft, restricted, taken down or gone.
    pub public: for<'a> fn(&'a App, Vec<Uuid>) -> BoxFuture<'a, anyhow::Result<Vec<Public>>>,
    /// The next [`PAGE`] subjects behind that one, by id; those that are not public may be among them.
    pub subjects: for<'a> fn(&'a App, Option<Uuid>) -> BoxFuture<'a, anyhow::Result<Vec<Uuid>>>,
    /// The subjects that hang on these things of others ([`Touch::Through`]); None where none does.
    pub through: Option<Through>,
}

/// Asked once for all things of a batch of facts.
pub type Through = for<'a> fn(&'a App, Vec<Uuid>) -> BoxFuture<'a, anyhow::Result<Vec<Uuid>>>;

/// Whose documents are asked for again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    Nothing,
    Subject(Uuid),
    Subjects(Vec<Uuid>),
    /// Those that hang on this thing, which is none of the feed itself: an article that shows them.
    Through(Uuid),
    /// Every subject of the feed.
    All,
}

/// What a document may be; `search-kind-…` is the name of each in words.
pub const KINDS: [&str; 11] =
    ["plan", "provision", "agency", "article", "publication", "st-task", "measure", "criteria", "report", "question", "curated"];

/// A document that everyone may read.
#[derive(Clone, Debug, Default)]
pub struct Public {
    pub subject: Uuid,
    /// The same for ever: `plan:…`.
    pub id: String,
    /// One of [`KINDS`].
    pub kind: &'static str,
    /// The address of its page, from the root.
    pub url: String,
    pub title: String,
    pub passages: Vec<Passage>,
    /// The agency whose document it is.
    pub agency: Option<Uuid>,
    /// Slug and name of its section.
    pub section: Option<(String, String)>,
    /// `vi`, `en` …
    pub language: String,
    /// The day it is of.
    pub day: Option<NaiveDate>,
    /// What it is called in the system it was imported from.
    pub external_id: Option<String>,
    /// What it is worth among equals, for suggestions.
    pub standing: u32,
}

/// What of a document is shown with a hit and not searched.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Shown {
    pub url: String,
    pub external_id: Option<String>,
    pub section: Option<String>,
}

impl Public {
    /// As the index keeps it.
    #[must_use]
    pub fn document(self, generation: &str) -> Document {
        let day = self.day.map(days);
        let shown =
            Shown { url: self.url, external_id: self.external_id, section: self.section.as_ref().map(|(_, name)| name.clone()) };
        let mut facets = vec![
            ("subject".to_owned(), self.subject.to_string()),
            ("generation".to_owned(), generation.to_owned()),
            ("kind".to_owned(), self.kind.to_owned()),
            ("language".to_owned(), self.language),
        ];
        facets.extend(self.agency.map(|agency| ("agency".to_owned(), agency.to_string())));
        facets.extend(self.section.map(|(slug, _)| ("section".to_owned(), slug)));
        Document {
            id: self.id,
            title: self.title,
            passages: self.passages,
            facets,
            day,
            standing: self.standing,
            payload: serde_json::to_string(&shown).unwrap_or_default(),
        }
    }
}

/// Days since 1970-01-01.
#[must_use]
pub fn days(day: NaiveDate) -> i32 {
    i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).unwrap_or_default()
}

/// The day of so many days since 1970-01-01.
#[must_use]
pub fn day(days: i32) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(i64::from(days)))
}

/// Text as one passage without a heading.
#[must_use]
pub fn passage(text: impl Into<String>) -> Passage {
    Passage { text: text.into(), ..Passage::default() }
}
