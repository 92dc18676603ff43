//! Where every sentence stands: in the text under a provision, in a shorter sentence that stands for several, or in the annex. None
//! vanishes: whatever is not in the text is in the annex, and the count at the foot says so. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};

use super::narrative::{Narrative, Part, Sentence};
use super::placing::Provision;

/// In [`Arrangement::moved`]: a sentence that the text leaves out.
pub const ANNEX: &str = "annex";
/// In [`Arrangement::moved`]: under no provision.
pub const GENERAL: &str = "general";

/// What people did to the order in which the machine put it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    /// Key of a sentence → the path of a provision, [`GENERAL`] or [`ANNEX`].
    pub moved: BTreeMap<String, String>,
    pub merged: Vec<Merged>,
    /// Code of a figure → what was typed over it.
    pub typed: BTreeMap<String, String>,
    /// What was filled in, by code.
    pub fields: BTreeMap<String, String>,
}

/// One sentence for several; theirs stand in the annex.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Merged {
    pub id: String,
    pub keys: Vec<String>,
    pub text: String,
    /// A model wrote it.
    pub machine: bool,
    /// Who took the words over; until then they stand in no document.
    pub confirmed_by: Option<Uuid>,
}

impl Merged {
    /// Whether it stands in the document.
    #[must_use]
    pub const fn holds(&self) -> bool {
        !self.machine || self.confirmed_by.is_some()
    }
}

/// What stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Key of the sentence, or id of what was merged.
    pub id: String,
    pub text: String,
    pub sources: Vec<usize>,
    pub merged: bool,
    pub machine: bool,
}

/// Sentences under a provision; under none, the path is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub path: String,
    pub title: String,
    pub items: Vec<Item>,
}

/// Why a sentence is in the annex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody left it out.
    Left,
    /// Others stand for it.
    Merged,
    /// A heading says nothing by itself.
    Heading,
    /// No part of the document takes it.
    Homeless,
}

impl Why {
    /// The Fluent key of what is said.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Left => "report-annex-left",
            Self::Merged => "report-annex-merged",
            Self::Heading => "report-annex-heading",
            Self::Homeless => "report-annex-homeless",
        }
    }
}

/// How many there are, and where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counted {
    /// Texts that were handed in, of so many that are owed.
    pub texts: usize,
    pub owed: usize,
    pub sentences: usize,
    pub in_text: usize,
    pub in_annex: usize,
    /// Sentences that stand for others.
    pub merged: usize,
}

/// Everything in its place.
#[derive(Clone, Debug, Default)]
pub struct Arranged {
    pub parts: Vec<(Part, Vec<Group>)>,
    pub annex: Vec<(Why, Sentence)>,
    pub counted: Counted,
}

impl Arranged {
    /// The groups of a part.
    #[must_use]
    pub fn groups(&self, part: Part) -> &[Group] {
        self.parts.iter().find(|(one, _)| *one == part).map(|(_, groups)| groups.as_slice()).unwrap_or_default()
    }
}

/// Puts everything in its place. `taken`: the parts that the document has room for.
#[must_use]
pub fn arrange(narrative: &Narrative, arrangement: &Arrangement, provisions: &[Provision], taken: &BTreeSet<Part>) -> Arranged {
    let known: BTreeSet<&str> = narrative.sentences.iter().map(|sentence| sentence.key.as_str()).collect();
    let mut by_key: HashMap<&str, &Merged> = HashMap::new();
    for merged in arrangement.merged.iter().filter(|merged| merged.holds()) {
        for key in merged.keys.iter().filter(|key| known.contains(key.as_str())) {
            by_key.entry(key.as_str()).or_insert(merged);
        }
    }
    let (mut arranged, mut done) = (Arranged::default(), BTreeSet::new());
    for sentence in &narrative.sentences {
        let merged = by_key.get(sentence.key.as_str()).copied();
        let to = arrangement.moved.get(&sentence.key).map(String::as_str);
        let why = match (merged, to) {
            _ if !taken.contains(&sentence.part) => Some(Why::Homeless),
            (Some(_), _) => Some(Why::Merged),
            (None, Some(ANNEX)) => Some(Why::Left),
            (None, None) if sentence.is_heading() => Some(Why::Heading),
            _ => None,
        };
        let path = match to {
            Some(GENERAL) => String::new(),
            Some(path) if path != ANNEX => path.to_owned(),
            _ => sentence.path.clone(),
        };
        match (why, merged) {
            (Some(Why::Merged), Some(merged)) => {
                // It stands where the first of those stood that it stands for.
                if done.insert(merged.id.as_str()) {
                    put(&mut arranged.parts, sentence.part, &path, stands_for(merged, narrative));
                    arranged.counted.merged += 1;
                }
                arranged.annex.push((Why::Merged, sentence.clone()));
            }
            (Some(why), _) => arranged.annex.push((why, sentence.clone())),
            (None, _) => {
                let (id, text, sources) = (sentence.key.clone(), sentence.text.clone(), sentence.sources.clone());
                put(&mut arranged.parts, sentence.part, &path, Item { id, text, sources, merged: false, machine: false });
                arranged.counted.in_text += 1;
            }
        }
    }
    sort(&mut arranged.parts, provisions);
    arranged.counted.texts = narrative.present;
    arranged.counted.owed = narrative.present + narrative.absent.len();
    arranged.counted.sentences = narrative.sentences.len();
    arranged.counted.in_annex = arranged.annex.len();
    arranged
}

fn stands_for(merged: &Merged, narrative: &Narrative) -> Item {
    let mut sources: Vec<usize> = Vec::new();
    for source in merged.keys.iter().filter_map(|key| narrative.sentence(key)).flat_map(|sentence| &sentence.sources) {
        if !sources.contains(source) {
            sources.push(*source);
        }
    }
    Item { id: merged.id.clone(), text: merged.text.clone(), sources, merged: true, machine: merged.machine }
}

fn put(parts: &mut Vec<(Part, Vec<Group>)>, part: Part, path: &str, item: Item) {
    let at = parts.iter().position(|(one, _)| *one == part).unwrap_or_else(|| {
        parts.push((part, Vec::new()));
        parts.len() - 1
    });
    let groups = &mut parts[at].1;
    match groups.iter_mut().find(|group| group.path == path) {
        Some(group) => group.items.push(item),
        None => groups.push(Group { path: path.to_owned(), title: String::new(), items: vec![item] }),
    }
}

/// In the order of the document; what is under none stands last.
fn sort(parts: &mut [(Part, Vec<Group>)], provisions: &[Provision]) {
    let place: HashMap<&str, usize> = provisions.iter().enumerate().map(|(at, one)| (one.path.as_str(), at)).collect();
    for (_, groups) in parts.iter_mut() {
        for group in groups.iter_mut() {
            group.title = place.get(group.path.as_str()).map(|at| provisions[*at].title.clone()).unwrap_or_default();
        }
        groups.sort_by_key(|group| place.get(group.path.as_str()).copied().unwrap_or(usize::MAX));
    }
    parts.sort_by_key(|(part, _)| *part);
}

#[cfg(test)]
mod tests;
