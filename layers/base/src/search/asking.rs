//! A question of the public → what is shown of the answer. The index is read on a thread that may block.

use std::sync::Arc;

use retrieval::{Answer, Hit, Index, Question};

use super::feed::{Shown, days};
use crate::base::App;
use chrono::NaiveDate;

/// What is asked, with what narrows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub q: String,
    pub kind: String,
    pub agency: String,
    pub section: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub skip: usize,
    pub limit: usize,
}

/// Letters of a question that are read.
pub const LETTERS_MAX: usize = 1_000;

impl Wanted {
    /// The question as the index takes it.
    fn question(&self) -> Question<'_> {
        let facets = [("kind", &self.kind), ("agency", &self.agency), ("section", &self.section)];
        let facets = facets.into_iter().filter(|(_, value)| !value.is_empty());
        Question {
            text: &self.q,
            facets: facets.map(|(name, value)| (name, vec![value.as_str()])).collect(),
            from: self.from.map(days),
            to: self.to.map(days),
            skip: self.skip,
            limit: self.limit,
        }
    }

    /// Whether anything narrows it.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        [&self.kind, &self.agency, &self.section].iter().any(|value| !value.is_empty())
            || self.from.is_some()
            || self.to.is_some()
    }
}

/// Answers the question; None while the replica is not open.
///
/// # Errors
/// The index is damaged.
pub async fn ask(app: &App, wanted: Wanted) -> anyhow::Result<Option<Answer>> {
    reading(app, move |index| index.search(&wanted.question())).await
}

/// Reads the replica on a thread that may block; None while it is not open.
///
/// # Errors
/// The index is damaged.
pub async fn reading<T: Send + 'static>(
    app: &App,
    read: impl FnOnce(&Arc<Index>) -> Result<T, retrieval::Error> + Send + 'static,
) -> anyhow::Result<Option<T>> {
    let Some(index) = app.search.index() else { return Ok(None) };
    Ok(Some(tokio::task::spawn_blocking(move || read(&index)).await??))
}

/// What its owner wanted back with a hit.
#[must_use]
pub fn shown(document: &retrieval::Document) -> Shown {
    serde_json::from_str(&document.payload).unwrap_or_default()
}

/// Where the hit leads: to the very place in its page, where the part quoted has one.
#[must_use]
pub fn href(hit: &Hit) -> String {
    let url = shown(&hit.document).url;
    match hit.document.passages.get(hit.quotation.passage).map(|passage| passage.anchor.as_str()) {
        Some(anchor) if !anchor.is_empty() && !url.contains('#') => format!("{url}#{anchor}"),
        _ => url,
    }
}
