//! A question → quoted sentences that answer it, or the honest word that nothing does. There is no model: what is quoted stands in a
//! document byte for byte, and how sure it may be is a few features weighed by numbers that an index can be asked for anew.
//!
//! ```text
//!   question ──search──► the best documents ──stretches──► sentences and clauses ──score──► quotes
//!                                   └────────────features────────────► confidence ──► answered · near · refused
//! ```
//!
//! The work is bounded: of each of ten documents only its best stretches are read, however long it is.

mod calibration;
mod choosing;
mod kind;
mod scoring;
mod units;

use std::ops::Range;

use crate::document::Document;
use crate::error::Error;
use crate::index::{Index, Words};
use crate::query::Query;
use crate::rank::Ranking;
use crate::searching::{Hit, Question};

pub use calibration::{Calibration, Sample};

/// Documents whose sentences are looked at.
const DOCUMENTS: usize = 10;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked<'a> {
    /// As typed.
    pub question: &'a str,
    /// Facets that a document must have: for each name one of the values.
    pub facets: Vec<(&'a str, Vec<&'a str>)>,
    /// Quotes wanted, at most.
    pub quotes: usize,
}

/// How sure the reply is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing answers it.
    #[default]
    Refused,
    /// The quotes may have to do with it.
    Near,
    /// The quotes answer it.
    Answered,
}

/// A sentence of a document, byte for byte.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quote {
    /// Its document, as it was put.
    pub document: Document,
    /// Which passage.
    pub passage: usize,
    /// Its bytes within the passage's text.
    pub span: Range<usize>,
    /// What leads into it, in the same passage: an item of a list says nothing without.
    pub lead: Option<Range<usize>>,
    /// What was asked for, as bytes within the passage's text, in order and apart.
    pub marks: Vec<Range<usize>>,
    /// How well it answers, next to the other quotes.
    pub score: f32,
}

impl Quote {
    /// The sentence as it stands in the document.
    #[must_use]
    pub fn text(&self) -> &str {
        self.within(&self.span)
    }

    /// What leads into it, as it stands there.
    #[must_use]
    pub fn lead_text(&self) -> Option<&str> {
        self.lead.as_ref().map(|lead| self.within(lead))
    }

    fn within(&self, span: &Range<usize>) -> &str {
        self.document.passages.get(self.passage).and_then(|passage| passage.text.get(span.clone())).unwrap_or_default()
    }
}

/// What an index says to a question.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// What it is worth.
    pub standing: Standing,
    /// From 0 to 1.
    pub confidence: f32,
    /// The best first; there may be some when it is refused, for whoever looks into why.
    pub quotes: Vec<Quote>,
    /// The nearest documents.
    pub near: Vec<Hit>,
    /// Document numbers that were asked for and stand nowhere, as typed. Then it is refused.
    pub unknown_numbers: Vec<String>,
    /// What went into the confidence.
    pub sample: Sample,
}

impl Index {
    /// Answers by quoting, or says that nothing answers.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn reply(&self, asked: &Asked, calibration: &Calibration) -> Result<Reply, Error> {
        self.reply_without(asked, calibration, &[])
    }

    /// The same as if the documents of these ids were not there.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn reply_without(&self, asked: &Asked, calibration: &Calibration, without: &[&str]) -> Result<Reply, Error> {
        let limit = DOCUMENTS + without.len();
        let question = Question { text: asked.question, facets: asked.facets.clone(), limit, ..Question::default() };
        let mut stretches = Vec::new();
        let answer = self.searched(&question, false, |layout, ranking| stretches.push(scoring::stretches(layout, ranking)))?;
        let mut found: Vec<_> = answer.hits.into_iter().zip(stretches).collect();
        found.retain(|(hit, _)| !without.contains(&hit.document.id.as_str()));
        found.truncate(DOCUMENTS);
        let searcher = self.searcher();
        let words = Words::of(&searcher, self.fields);
        let query = Query::read(asked.question, &words);
        let ranking = Ranking::new(&query, &words, words.average());
        let scored = scoring::scored(asked.question, query.asking(), &found, &ranking);
        let near: Vec<Hit> = found.into_iter().map(|(hit, _)| hit).collect();
        let sample = Sample::of(&near, &scored, &ranking);
        let confidence = if near.is_empty() { 0.0 } else { calibration.confidence(&sample) };
        let standing = if answer.unknown_numbers.is_empty() { calibration.standing(confidence) } else { Standing::Refused };
        let quotes = choosing::chosen(asked.quotes, &near, scored, &ranking);
        Ok(Reply { standing, confidence, quotes, near, unknown_numbers: answer.unknown_numbers, sample })
    }
}

/// Two rankings of the same things made one by rank (reciprocal rank fusion, Cormack and others, SIGIR 2009; k = 60).
#[must_use]
pub fn fuse(lexical: &[String], dense: &[String]) -> Vec<String> {
    const K: f64 = 60.0;
    let mut all: Vec<(&String, f64)> = Vec::new();
    for list in [lexical, dense] {
        for (at, id) in list.iter().enumerate() {
            let worth = 1.0 / (K + at as f64 + 1.0);
            match all.iter_mut().find(|(other, _)| *other == id) {
                Some((_, sum)) => *sum += worth,
                None => all.push((id, worth)),
            }
        }
    }
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    all.into_iter().map(|(id, _)| id.clone()).collect()
}

#[cfg(test)]
mod tests;
