//! Collation: what the agencies wrote for one period, put together into one text for the province's report. Every paragraph
//! keeps its source; what several wrote word for word stands once with all of them, unless it says a figure; difficulties and
//! proposals stand apart; nothing is left out and nothing is reworded.

pub mod paper;
pub mod sections;

use std::collections::{BTreeMap, HashMap};

use sea_orm::entity::prelude::*;

use self::sections::Section;
use super::answer::{self, Answer, Outcome as Said};
use super::closing::{Line, Outcome, line};
use super::form::field::Field;
use super::form::values::{self, Filled, Value};
use super::slot::Slot;
use crate::base::{App, time};
use crate::people::agency::Kind;
use crate::people::agency::brief::Known;
use crate::web::Error;

/// A mark of a list (`12.`, `III.1)`) is no longer than this.
const MARK_BYTES_MAX: usize = 8;

/// Where a paragraph comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub agency: String,
    pub kind: Option<Kind>,
    pub version: i32,
    /// `18/6/2026`
    pub on: String,
    pub href: String,
    /// Sent back and not done again: the words stand, with that said.
    pub returned: bool,
}

/// A paragraph with the places of its sources in [`Collation::sources`], each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub text: String,
    pub sources: Vec<usize>,
}

/// Paragraphs under one heading: of one kind of agency, or (None) of several agencies word for word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub kind: Option<Kind>,
    pub items: Vec<Item>,
}

/// What agencies wrote for a period.
#[derive(Debug, Default)]
pub struct Collation {
    pub sources: Vec<Source>,
    /// In the order of [`Section::ALL`]; those without words are left out.
    pub sections: Vec<(Section, Vec<Group>)>,
    /// Why there is nothing to report.
    pub nothing: Vec<Item>,
    /// Handed in by figures or files alone.
    pub wordless: Vec<usize>,
    /// Who is not in: name, address of the slot, how it stands.
    pub absent: Vec<(String, String, Outcome)>,
    /// How many are in.
    pub present: usize,
}

/// Reads a period as it stands now, or as closing number `version` wrote it down.
///
/// # Errors
/// Not found when there is no such closing or nothing was owed; or the database failed.
pub async fn read(app: &App, duty: Uuid, period: &str, version: Option<i32>) -> Result<Collation, Error> {
    let lines = line::read(app, duty, period, version).await?;
    if lines.is_empty() {
        return Err(Error::NotFound);
    }
    of_lines(app, &lines).await
}

/// What these wrote, each by the answer that its line names.
///
/// # Errors
/// The database failed.
pub async fn of_lines(app: &App, lines: &[Line]) -> Result<Collation, Error> {
    let ids: Vec<Uuid> = lines.iter().filter_map(|line| line.answer).collect();
    let answers = answer::Entity::find().filter(answer::Column::Id.is_in(ids)).all(&app.db).await?;
    let answers: HashMap<Uuid, Answer> = answers.into_iter().map(|answer| (answer.id, answer)).collect();
    let slots: Vec<Uuid> = answers.values().map(|answer| answer.slot).collect();
    let filled = values::of(&app.db, &slots).await?;
    let known = Known::now(app).await?;
    let answered = |line: &Line| line.answer.and_then(|id| answers.get(&id));
    let texts = lines.iter().filter_map(|line| {
        let answer = answered(line)?;
        let source = Source {
            agency: line.name.clone(),
            kind: known.get(&line.agency).map(|agency| agency.kind),
            version: answer.version,
            on: time::day(answer.on_day),
            href: format!("{}#v{}", Slot::desk_path(line.slot), answer.version),
            returned: line.outcome == Outcome::Returned,
        };
        let nothing = answer.outcome == Said::Nothing;
        let words = if nothing { answer.reason.clone() } else { answer.text.clone() };
        let fields = filled.get(&answer.id).map(words_of).unwrap_or_default();
        Some((source, [vec![(Section::Results, words)], fields].concat(), nothing))
    });
    let mut collation = collate(texts.collect());
    let out = lines.iter().filter(|line| !line.outcome.is_in());
    collation.absent = out.map(|line| (line.name.clone(), Slot::desk_path(line.slot), line.outcome)).collect();
    collation.present = lines.len() - collation.absent.len();
    Ok(collation)
}

/// What was written into the long fields of a form, each in the part that its label names.
fn words_of(filled: &Filled) -> Vec<(Section, String)> {
    let words = |field: &Field| match filled.values.value(&field.code) {
        Some(Value::Text(text)) => Some((sections::of_heading(&field.label), text.clone())),
        _ => None,
    };
    filled.definition.fields.iter().filter_map(words).collect()
}

/// Puts texts together, in their order. Each source comes with its texts, the part that each is in unless its own headings say
/// otherwise, and whether it says that there is nothing to report.
#[must_use]
pub fn collate(texts: Vec<(Source, Vec<(Section, String)>, bool)>) -> Collation {
    let mut whole = Collation::default();
    let mut folded: BTreeMap<Section, Folded> = BTreeMap::new();
    let mut nothing = Folded::default();
    for (place, (source, texts, is_nothing)) in texts.into_iter().enumerate() {
        let mut is_wordless = true;
        for (within, text) in &texts {
            for (section, paragraph) in sections::split(text) {
                is_wordless = false;
                let section = if section == Section::Results { *within } else { section };
                let into = if is_nothing { &mut nothing } else { folded.entry(section).or_default() };
                into.take(paragraph, place, holds_figure(paragraph).then_some(place));
            }
        }
        if is_wordless {
            whole.wordless.push(place);
        }
        whole.sources.push(source);
    }
    let sources = &whole.sources;
    whole.sections = folded.into_iter().map(|(section, folded)| (section, grouped(folded.items, sources))).collect();
    whole.nothing = nothing.items;
    whole
}

/// Whether a text says a number, apart from the mark of a list at its beginning. What says one is never put together over agencies: the same
/// words of another agency are about other things.
#[must_use]
pub fn holds_figure(text: &str) -> bool {
    let text = text.trim_start();
    let is_mark = |word: &str| {
        word.len() <= MARK_BYTES_MAX
            && word.ends_with(['.', ')'])
            && word.chars().all(|one| one.is_ascii_alphanumeric() || ".)".contains(one))
    };
    let marked = text.split_once(char::is_whitespace).filter(|(mark, _)| is_mark(mark));
    marked.map_or(text, |(_, words)| words).contains(char::is_numeric)
}

/// Paragraphs in the order in which they first came, each once.
#[derive(Default)]
struct Folded {
    items: Vec<Item>,
    places: HashMap<(String, Option<usize>), usize>,
}

impl Folded {
    /// `only`: whose alone it is, because it says a figure.
    fn take(&mut self, paragraph: &str, source: usize, only: Option<usize>) {
        let key = (paragraph.to_owned(), only);
        if let Some(item) = self.places.get(&key).and_then(|place| self.items.get_mut(*place)) {
            if !item.sources.contains(&source) {
                item.sources.push(source);
            }
            return;
        }
        self.places.insert(key, self.items.len());
        self.items.push(Item { text: paragraph.to_owned(), sources: vec![source] });
    }
}

/// What several agencies wrote first, then by kind in the order in which the kinds stand in the directory.
fn grouped(items: Vec<Item>, sources: &[Source]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for item in items {
        let kind = match item.sources.as_slice() {
            [only] => sources.get(*only).and_then(|source| source.kind),
            _ => None,
        };
        match groups.iter_mut().find(|group| group.kind == kind) {
            Some(group) => group.items.push(item),
            None => groups.push(Group { kind, items: vec![item] }),
        }
    }
    let order: Vec<Kind> = <Kind as sea_orm::Iterable>::iter().collect();
    groups.sort_by_key(|group| group.kind.and_then(|kind| order.iter().position(|one| *one == kind)));
    groups
}

#[cfg(test)]
mod tests;
