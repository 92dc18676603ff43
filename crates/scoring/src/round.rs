//! A round as it is published: sets, inputs and results in one text, from which anybody counts the same again.

use std::collections::BTreeMap;

use measures::Amount;
use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::rank::{Ranked, ranks};
use crate::score::{Given, Inputs, Score};
use crate::set::Set;

/// An agency with everything that its score is counted from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its id.
    pub agency: String,
    /// What it was called then.
    pub name: String,
    /// The edition of the set by which it is scored.
    pub edition: u32,
    pub inputs: Inputs,
    /// It handed nothing in. Rounds from before this was said have none that did not, and stay the bytes that they are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub absent: bool,
}

/// Everything that results are counted from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    pub editions: BTreeMap<u32, Set>,
    pub sheets: Vec<Sheet>,
    /// Codes of groups and criteria by which equal totals are told apart, in this order.
    pub ties: Vec<String>,
}

/// What an agency's sheet comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Result {
    pub place: Ranked,
    pub score: Score,
}

/// A round with its results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    pub round: Round,
    /// The best first.
    pub results: Vec<Result>,
}

/// Where two publications of a round differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub agency: String,
    /// The criterion, bonus or penalty; empty: the total.
    pub code: String,
    pub from: String,
    pub to: String,
}

impl Round {
    /// Counts every sheet and ranks them. A sheet of an edition that is not there is not assessed; who is left out stands at the end.
    #[must_use]
    pub fn results(&self) -> Vec<Result> {
        let score = |sheet: &Sheet| self.editions.get(&sheet.edition).map(|set| set.score(&sheet.inputs)).unwrap_or_default();
        let (absent, there): (Vec<&Sheet>, Vec<&Sheet>) = self.sheets.iter().partition(|sheet| self.leaves_out(sheet));
        let there = there.into_iter().map(|sheet| (sheet.agency.clone(), score(sheet)));
        let absent = absent.into_iter().map(|sheet| (sheet.agency.clone(), Score::default()));
        let scored: Vec<(String, Score)> = there.chain(absent).collect();
        let mut by_agency: BTreeMap<String, Score> = scored.iter().cloned().collect();
        let placed = ranks(&scored, &self.ties).into_iter();
        placed.map(|place| Result { score: by_agency.remove(&place.agency).unwrap_or_default(), place }).collect()
    }

    /// Whether an agency has neither total nor rank because it handed nothing in, and its set does not count that.
    #[must_use]
    pub fn leaves_out(&self, sheet: &Sheet) -> bool {
        sheet.absent && self.editions.get(&sheet.edition).is_none_or(|set| !set.counts_absent)
    }

    /// With its results.
    #[must_use]
    pub fn published(self) -> Published {
        Published { results: self.results(), round: self }
    }

    /// The sheet of an agency.
    #[must_use]
    pub fn sheet(&self, agency: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.agency == agency)
    }
}

impl Published {
    /// The result of an agency.
    #[must_use]
    pub fn result(&self, agency: &str) -> Option<&Result> {
        self.results.iter().find(|result| result.place.agency == agency)
    }

    /// The one text of it, of which the digest is.
    ///
    /// # Errors
    /// It can not be written as JSON.
    pub fn text(&self) -> serde_json::Result<String> {
        canonical::text(self)
    }

    /// Whether a text counts to itself: read, counted again from its inputs alone, written again, the same byte for byte.
    #[must_use]
    pub fn recounts(text: &str) -> bool {
        let again = serde_json::from_str::<Self>(text).and_then(|read| read.round.published().text());
        again.is_ok_and(|again| again == text)
    }

    /// What is another now than it was in an earlier publication, agency by agency.
    #[must_use]
    pub fn differences(&self, earlier: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut agencies: Vec<&str> =
            earlier.round.sheets.iter().chain(&self.round.sheets).map(|one| one.agency.as_str()).collect();
        agencies.sort_unstable();
        agencies.dedup();
        for agency in agencies {
            let (was, is) = (earlier.round.sheet(agency), self.round.sheet(agency));
            let mut say = |code: &str, from: String, to: String| {
                if from != to {
                    found.push(Difference { agency: agency.to_owned(), code: code.to_owned(), from, to });
                }
            };
            let total = |of: &Self| of.result(agency).map(|one| one.score.total.map_or_else(|| "n/a".into(), Amount::plain));
            say("", total(earlier).unwrap_or_default(), total(self).unwrap_or_default());
            let nothing = Inputs::default();
            let (was, is) = (was.map_or(&nothing, |sheet| &sheet.inputs), is.map_or(&nothing, |sheet| &sheet.inputs));
            let mut codes: Vec<&String> = was.given.keys().chain(is.given.keys()).collect();
            codes.sort_unstable();
            codes.dedup();
            for code in codes {
                let given = |inputs: &Inputs| written(inputs.given.get(code).copied().unwrap_or_default());
                say(code, given(was), given(is));
            }
            let mut codes: Vec<&String> = was.times.keys().chain(is.times.keys()).collect();
            codes.sort_unstable();
            codes.dedup();
            for code in codes {
                let times = |inputs: &Inputs| inputs.times.get(code).copied().unwrap_or_default().to_string();
                say(code, times(was), times(is));
            }
        }
        found
    }
}

/// An answer as files write it: `12.5`, `yes`, `no`, `n/a`, or nothing.
#[must_use]
pub fn written(given: Given) -> String {
    match given {
        Given::Value { amount } => amount.plain(),
        Given::Yes => "yes".into(),
        Given::No => "no".into(),
        Given::NotApplicable => "n/a".into(),
        Given::Missing => String::new(),
    }
}
