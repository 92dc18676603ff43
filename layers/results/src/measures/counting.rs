//! Definitions over what was gathered become values: no database, no clock.

use std::collections::HashMap;

use sea_orm::entity::prelude::Uuid;
use sha2::{Digest, Sha256};

use ::measures::{Counts, Definition, Every, Input, Of, Outcome, Part, Year, checking, evaluate};

use crate::people::agency::brief::Brief;
use crate::people::class;

/// Changes whenever the same evidence would be counted otherwise.
const COUNTED_BY: &str = "measures 3";

/// 128 bits of SHA-256.
pub type Mark = [u8; 16];

/// What there was of something, with a mark of it for each agency.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    pub counts: Counts,
    /// Agencies declared it; what they did not say is a gap.
    pub declared: bool,
    /// In the order of the agencies.
    pub marks: Vec<Mark>,
    /// Of what several may claim.
    pub mark: Mark,
}

/// What measures of a year are counted from.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    pub year: i32,
    /// Months of it that have begun.
    pub begun: usize,
    /// All agencies there ever were.
    pub agencies: Vec<Brief>,
    /// Of each: a bit for each month in which it exists.
    pub exists: Vec<u16>,
    /// By what is counted, and whether from the beginning.
    pub gathered: HashMap<(Of, bool), Gathered>,
}

/// A definition with its values, and from which evidence each was made.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    pub outcome: Outcome,
    /// In the order of the agencies.
    pub marks: Vec<Mark>,
    /// Of the whole.
    pub mark: Mark,
}

/// The mark of some bytes.
#[must_use]
pub fn mark(pieces: &[&[u8]]) -> Mark {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update(u64::try_from(piece.len()).unwrap_or_default().to_le_bytes());
        hash.update(piece);
    }
    let whole: [u8; 32] = hash.finalize().into();
    let mut short = Mark::default();
    short.copy_from_slice(&whole[..16]);
    short
}

/// As it is kept: 32 letters and digits.
#[must_use]
pub fn hex(mark: Mark) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(32);
    for byte in mark {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

impl Evidence {
    /// Of which agencies a measure is asked.
    #[must_use]
    pub fn asked(&self, definition: &Definition) -> Vec<bool> {
        let classes = definition.class.as_deref().map(class::parts);
        let is_asked = |agency: &Brief| {
            let within = classes.as_ref().is_none_or(|parts| parts.iter().any(|one| one.admits(agency.kind, &agency.code)));
            within && !definition.excluded.contains(&agency.code)
        };
        self.agencies.iter().map(is_asked).collect()
    }

    /// What a part counts. A source that nothing keeps is not seen.
    fn input<'a>(&'a self, part: &Part, every: Every, done: &'a HashMap<String, Counted>) -> Input<'a> {
        match &part.of {
            Of::Agency => Input::Agency,
            Of::Number(amount) => Input::Fixed(*amount),
            Of::Measure { code } => done.get(code).map_or(Input::Unseen, |counted| Input::Measure(&counted.outcome)),
            of => match self.gathered.get(&(of.clone(), every == Every::Ever)) {
                Some(gathered) if gathered.declared => Input::Answers(&gathered.counts),
                Some(gathered) => Input::Counts(&gathered.counts),
                None => Input::Unseen,
            },
        }
    }

    fn count(&self, definition: &Definition, done: &HashMap<String, Counted>) -> Counted {
        let year = Year { begun: self.begun, exists: self.exists.clone(), asked: self.asked(definition) };
        let parts: Vec<&Part> =
            definition.numerator.parts.iter().chain(definition.below().into_iter().flat_map(|term| &term.parts)).collect();
        let inputs: Vec<Input<'_>> = parts.iter().map(|part| self.input(part, definition.every, done)).collect();
        let outcome = evaluate(definition, &year, &inputs);
        let body = serde_json::to_vec(definition).unwrap_or_default();
        let head = mark(&[COUNTED_BY.as_bytes(), &body, &self.year.to_le_bytes(), &self.begun.to_le_bytes()]);
        let mut marks = Vec::with_capacity(self.agencies.len());
        for agency in 0..self.agencies.len() {
            let mut pieces: Vec<u8> = head.to_vec();
            pieces.extend(year.exists[agency].to_le_bytes());
            pieces.push(u8::from(year.asked[agency]));
            for part in &parts {
                pieces.extend(self.mark_of(part, definition.every, done, Some(agency)));
            }
            marks.push(mark(&[&pieces]));
        }
        let mut whole: Vec<u8> = marks.iter().flatten().copied().collect();
        for part in &parts {
            whole.extend(self.mark_of(part, definition.every, done, None));
        }
        Counted { outcome, mark: mark(&[&head, &whole]), marks }
    }

    /// The mark of what a part counts of an agency; None: of what is there once.
    fn mark_of(&self, part: &Part, every: Every, done: &HashMap<String, Counted>, agency: Option<usize>) -> Mark {
        let of_agency = |marks: &[Mark], whole: Mark| agency.map_or(whole, |at| marks.get(at).copied().unwrap_or_default());
        match &part.of {
            Of::Agency | Of::Number(_) => Mark::default(),
            Of::Measure { code } => done.get(code).map(|one| of_agency(&one.marks, one.mark)).unwrap_or_default(),
            of => {
                let gathered = self.gathered.get(&(of.clone(), every == Every::Ever));
                gathered.map(|one| of_agency(&one.marks, one.mark)).unwrap_or_default()
            }
        }
    }

    /// Counts all of them, each after those that it counts. What counts itself is not there.
    #[must_use]
    pub fn count_all(&self, definitions: &HashMap<String, Definition>) -> HashMap<String, Counted> {
        let mut done = HashMap::with_capacity(definitions.len());
        for code in checking::in_order(definitions) {
            let Some(definition) = definitions.get(&code) else { continue };
            let counted = self.count(definition, &done);
            done.insert(code, counted);
        }
        done
    }

    /// The place of an agency.
    #[must_use]
    pub fn place(&self, agency: Uuid) -> Option<usize> {
        self.agencies.iter().position(|one| one.id == agency)
    }
}

/// These definitions, and those that they count by way of others.
#[must_use]
pub fn with_counted(wanted: &[String], all: &HashMap<String, Definition>) -> HashMap<String, Definition> {
    let mut found: HashMap<String, Definition> = HashMap::new();
    let mut next: Vec<String> = wanted.to_vec();
    while let Some(code) = next.pop() {
        let Some(definition) = all.get(&code).filter(|_| !found.contains_key(&code)) else { continue };
        next.extend(definition.measures().map(str::to_owned));
        found.insert(code, definition.clone());
    }
    found
}
