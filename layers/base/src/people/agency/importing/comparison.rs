//! A table held against the agencies that are there: which rows are new, changed, the same, or wrong and why.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sha2::{Digest, Sha256};

use super::row::Rows;
use crate::base::fact::Change;
use crate::people::agency::draft::{Draft, Fields};
use crate::people::agency::table::known::Known;
use crate::people::agency::table::{BETWEEN, COLUMNS, Cells, Sheet, cells};
use crate::web::Obstacle;

/// Steps upwards that no tree of agencies needs.
const LEVELS_MAX: usize = 50;

/// What a row does.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    New,
    Changed(Vec<Change>),
    Same,
    /// Field by field, what is wrong.
    Wrong(Vec<(&'static str, Obstacle)>),
}

/// A row of the table, held against what is there.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in the file.
    pub number: u32,
    pub code: String,
    pub name: String,
    pub outcome: Outcome,
    /// What whoever confirms should know.
    pub notes: Vec<Obstacle>,
    pub(super) draft: Option<Draft>,
    /// The agency that is there, and the version that was compared.
    pub(super) agency: Option<(Uuid, i32)>,
    /// Of a new one: its last day.
    pub(super) closed_on: Option<NaiveDate>,
}

impl Line {
    /// What is said of a new agency, besides its code and name: field and value as it is kept.
    #[must_use]
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let Some(draft) = &self.draft else { return Vec::new() };
        let row = row_of_draft(draft, self.closed_on);
        let further = COLUMNS.iter().filter(|column| !["code", "name"].contains(&column.field));
        let value = |field: &str| row.get(field).cloned().unwrap_or_default();
        further.map(|column| (column.field, value(column.field))).filter(|(_, value)| !value.is_empty()).collect()
    }
}

fn row_of_draft(draft: &Draft, closed_on: Option<NaiveDate>) -> Cells {
    let agency = draft.clone().into_agency(Uuid::nil(), String::new(), None);
    let mut row = cells(&Fields::of(&agency, draft.parent.as_deref().unwrap_or_default(), &draft.aliases));
    row.insert("aliases".into(), draft.aliases.join(BETWEEN));
    row.insert("closed_on".into(), closed_on.map(|day| day.to_string()).unwrap_or_default());
    row
}

/// All rows, in the order of the file.
#[derive(Debug)]
pub struct Comparison {
    pub lines: Vec<Line>,
}

impl Comparison {
    /// Compares; pure.
    #[must_use]
    pub fn of(known: &Known, sheet: &Sheet) -> Self {
        let rows = Rows::of(known, sheet);
        let mut lines: Vec<Line> = sheet.rows.iter().map(|row| rows.line(row)).collect();
        refuse_circles(known, &mut lines);
        Self { lines }
    }

    /// The wrong rows.
    pub fn wrong(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| matches!(line.outcome, Outcome::Wrong(_)))
    }

    #[must_use]
    pub fn count_new(&self) -> usize {
        self.lines.iter().filter(|line| line.outcome == Outcome::New).count()
    }

    #[must_use]
    pub fn count_changed(&self) -> usize {
        self.lines.iter().filter(|line| matches!(line.outcome, Outcome::Changed(_))).count()
    }

    #[must_use]
    pub fn count_same(&self) -> usize {
        self.lines.iter().filter(|line| line.outcome == Outcome::Same).count()
    }

    /// Equal marks, equal comparisons: what was shown is what is confirmed.
    #[must_use]
    pub fn mark(&self) -> String {
        let mut hash = Sha256::new();
        for line in &self.lines {
            hash.update(format!("{} {} {:?} {:?} {:?}\n", line.number, line.code, line.outcome, line.agency, line.draft));
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The rows in an order in which every agency comes after the one above it.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Line> {
        let new: HashMap<&str, Option<&str>> = self
            .lines
            .iter()
            .filter(|line| line.outcome == Outcome::New)
            .map(|line| (line.code.as_str(), parent(line)))
            .collect();
        let depth =
            |line: &Line| std::iter::successors(parent(line), |code| new.get(code).copied().flatten()).take(LEVELS_MAX).count();
        let mut lines: Vec<&Line> = self.lines.iter().collect();
        lines.sort_by_key(|line| if line.outcome == Outcome::New { depth(line) } else { LEVELS_MAX + 1 });
        lines
    }
}

fn parent(line: &Line) -> Option<&str> {
    line.draft.as_ref().and_then(|draft| draft.parent.as_deref())
}

/// An agency that would stand above itself.
fn refuse_circles(known: &Known, lines: &mut [Line]) {
    let mut above: HashMap<String, String> = HashMap::new();
    for agency in &known.agencies {
        above.insert(agency.code.clone(), known.code(agency.parent).to_owned());
    }
    for line in lines.iter().filter(|line| line.draft.is_some()) {
        above.insert(line.code.clone(), parent(line).unwrap_or_default().to_owned());
    }
    for line in lines.iter_mut().filter(|line| matches!(line.outcome, Outcome::New | Outcome::Changed(_))) {
        let up = std::iter::successors(above.get(&line.code), |code| above.get(*code));
        if up.take(LEVELS_MAX).any(|code| *code == line.code) {
            line.outcome = Outcome::Wrong(vec![("parent", Obstacle::new("agency-file-wrong-circle"))]);
        }
    }
}
