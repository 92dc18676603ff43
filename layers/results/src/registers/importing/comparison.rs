//! What a file would do, row by row: new, changed, the same, or wrong; with every doubt that a person should look at.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::reading::{Row, Sheet};
use crate::base::digest::sha256;
use crate::base::{App, Who, time};
use crate::duties::proof;
use crate::news::view;
use crate::people::agency::brief::Known;
use crate::registers::evidence::{self, Evidence};
use crate::registers::kind::Kind;
use crate::registers::record::{self, Content, Record, State, code_key};
use crate::registers::rights;
use crate::web::{Error, Obstacle};

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    New,
    /// The fields that differ.
    Changed(Vec<String>),
    Same,
    Wrong(Vec<Obstacle>),
}

/// A row against what is there.
#[derive(Clone, Debug)]
pub struct Line {
    pub number: u32,
    pub agency: Uuid,
    pub code: String,
    pub title: String,
    pub outcome: Outcome,
    pub doubts: Vec<Obstacle>,
    /// The record that it is, with its version.
    pub record: Option<(Uuid, i32)>,
    pub content: Option<Content>,
    /// Addresses that the record does not have yet.
    pub evidence: Vec<String>,
    pub evidence_on: NaiveDate,
}

/// A whole file against what is there.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub lines: Vec<Line>,
    pub unknown: Vec<String>,
}

/// What is there.
struct There<'a> {
    app: &'a App,
    records: Vec<Record>,
    evidence: HashMap<Uuid, Vec<Evidence>>,
    /// Codes that the file has.
    codes: HashSet<String>,
}

impl There<'_> {
    fn of_code(&self, key: &str) -> Option<&Record> {
        self.records.iter().find(|record| record.code_key.as_deref() == Some(key))
    }

    /// The one record of that title and first day that no row of the file names by its code.
    fn of_title(&self, agency: Uuid, content: &Content) -> Option<&Record> {
        let title = vietnamese::fold(&content.title);
        let same = |one: &&Record| {
            let latest = one.latest();
            let named = one.code_key.as_ref().is_some_and(|key| self.codes.contains(key));
            !named && one.agency == agency && latest.from_on == content.from_on && vietnamese::fold(&latest.title) == title
        };
        let mut found = self.records.iter().filter(same);
        found.next().filter(|_| found.next().is_none())
    }

    fn has_title(&self, agency: Uuid, title: &str) -> bool {
        let title = vietnamese::fold(title);
        self.records.iter().any(|one| one.agency == agency && vietnamese::fold(&one.title) == title)
    }
}

impl Comparison {
    /// Compares: a few statements, whatever the number of rows.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(
        app: &App,
        on: &impl ConnectionTrait,
        who: &Who,
        (agency, kind): (Uuid, &Kind),
        sheet: Sheet,
    ) -> Result<Self, Error> {
        let (known, today) = (Known::now(app).await?, time::local_date(app.clock.now()));
        let bodies: Vec<Option<Uuid>> = sheet.rows.iter().map(|row| body(&known, agency, &row.agency)).collect();
        let involved: HashSet<Uuid> = bodies.iter().flatten().copied().collect();
        let records = record::Entity::find()
            .filter(record::Column::Register.eq(kind.code.as_str()))
            .filter(record::Column::Agency.is_in(involved))
            .filter(record::Column::State.ne(State::Withdrawn))
            .order_by_asc(record::Column::Id)
            .all(on)
            .await?;
        let ids: Vec<Uuid> = records.iter().map(|record| record.id).collect();
        let key = |(row, body): (&Row, &Option<Uuid>)| code_key((*body)?, &kind.code, &row.typed.code);
        let codes = sheet.rows.iter().zip(&bodies).filter_map(key).collect();
        let there = There { app, evidence: Evidence::of_all(on, &ids).await?, records, codes };
        let mut lines: Vec<Line> = Vec::new();
        for (row, body) in sheet.rows.iter().zip(bodies) {
            let line = line(who, (kind, today), row, body, &there);
            lines.push(once(line, &lines));
        }
        Ok(Self { lines, unknown: sheet.unknown })
    }

    #[must_use]
    pub fn count(&self, fits: impl Fn(&Outcome) -> bool) -> usize {
        self.lines.iter().filter(|line| fits(&line.outcome)).count()
    }

    /// Rows with a doubt that would be written.
    #[must_use]
    pub fn doubts(&self) -> usize {
        let written = |line: &&Line| matches!(line.outcome, Outcome::New | Outcome::Changed(_));
        self.lines.iter().filter(written).filter(|line| !line.doubts.is_empty()).count()
    }

    /// Differs when anything that is shown would.
    #[must_use]
    pub fn mark(&self) -> String {
        sha256(format!("{:?}", self.lines).as_bytes())
    }
}

/// The agency that a cell names by its code or name; the file's own where it names none.
pub(super) fn body(known: &Known, own: Uuid, cell: &str) -> Option<Uuid> {
    if cell.trim().is_empty() { Some(own) } else { known.called(cell) }
}

fn line(who: &Who, (kind, today): (&Kind, NaiveDate), row: &Row, body: Option<Uuid>, there: &There<'_>) -> Line {
    let mut line = Line {
        number: row.number,
        agency: body.unwrap_or_default(),
        code: row.typed.code.trim().to_owned(),
        title: row.typed.title.trim().to_owned(),
        outcome: Outcome::New,
        doubts: Vec::new(),
        record: None,
        content: None,
        evidence: Vec::new(),
        evidence_on: today,
    };
    let content = match read(who, (kind, today), row, body, there.app) {
        Ok((content, day)) => {
            line.evidence_on = day;
            content
        }
        Err(wrong) => return Line { outcome: Outcome::Wrong(wrong), ..line },
    };
    let own = code_key(line.agency, &kind.code, &content.code);
    let found = own.as_deref().and_then(|key| there.of_code(key));
    let renamed = if found.is_none() { there.of_title(line.agency, &content) } else { None };
    if let Some(before) = renamed.filter(|_| kind.coded) {
        line.doubts.push(Obstacle::new("register-file-code-changed").with("code", &before.latest().code));
    }
    let record = found.or(renamed);
    if record.is_none() && there.has_title(line.agency, &content.title) {
        line.doubts.push(Obstacle::new("register-file-same-title"));
    }
    let had = record.and_then(|one| there.evidence.get(&one.id));
    line.evidence = fresh(&row.evidence, had, there.app);
    if row.evidence.len().max(had.map_or(0, Vec::len) + line.evidence.len()) > evidence::EVIDENCE_MAX {
        let many = Obstacle::new("register-evidence-many").with("n", evidence::EVIDENCE_MAX).at(evidence::FIELD);
        return Line { outcome: Outcome::Wrong(vec![many]), ..line };
    }
    if let Some(record) = record {
        let mut fields = record.brought(content.clone()).differing(&record.latest());
        if record.pending().is_some() && !fields.is_empty() {
            line.doubts.push(Obstacle::new("register-file-over-waiting"));
        }
        if !line.evidence.is_empty() {
            fields.push(evidence::FIELD.into());
        }
        line.outcome = if fields.is_empty() { Outcome::Same } else { Outcome::Changed(fields) };
        line.record = Some((record.id, record.version));
    }
    Line { content: Some(content), ..line }
}

/// What a row means, and since when its addresses are there.
fn read(
    who: &Who,
    (kind, today): (&Kind, NaiveDate),
    row: &Row,
    body: Option<Uuid>,
    app: &App,
) -> Result<(Content, NaiveDate), Vec<Obstacle>> {
    let refused = |key: &'static str, field: &'static str| vec![Obstacle::new(key).at(field)];
    if row.secret {
        return Err(refused("register-file-secret", "secrecy"));
    }
    if row.unreadable {
        return Err(refused("agency-file-cell-error", ""));
    }
    let Some(body) = body else { return Err(refused("register-file-no-agency", "agency")) };
    if !rights::writes(who, body) {
        return Err(refused("register-file-other-agency", "agency"));
    }
    let mut wrong = Vec::new();
    wrong.extend(row.evidence.iter().filter_map(|one| proof::taken(app, one).err()).map(|one| one.at(evidence::FIELD)));
    let day = view::day(&row.evidence_on).ok().map(|day| day.unwrap_or(today)).filter(|day| *day <= today);
    if day.is_none() {
        wrong.extend(refused("register-evidence-day", evidence::FIELD));
    }
    match (row.typed.read(kind, today), day) {
        (Ok(content), Some(day)) if wrong.is_empty() => Ok((content, day)),
        (read, _) => Err(read.err().unwrap_or_default().into_iter().chain(wrong).collect()),
    }
}

/// Addresses that are not there yet, each once.
fn fresh(addresses: &[String], there: Option<&Vec<Evidence>>, app: &App) -> Vec<String> {
    let mut seen: HashSet<String> = there.into_iter().flatten().map(|one| one.sha256.clone()).collect();
    let is_new = |address: &&String| proof::taken(app, address).is_ok_and(|(_, hash)| seen.insert(hash));
    addresses.iter().filter(is_new).cloned().collect()
}

/// What stands twice in a file is wrong the second time.
fn once(line: Line, before: &[Line]) -> Line {
    let Some(content) = &line.content else { return line };
    let same = |other: &&Line| {
        let Some(theirs) = &other.content else { return false };
        let code = !content.code.is_empty() && vietnamese::fold(&theirs.code) == vietnamese::fold(&content.code);
        let title = theirs.from_on == content.from_on && vietnamese::fold(&theirs.title) == vietnamese::fold(&content.title);
        // Two codes that are both new may stand with the title and the day of one record.
        let record = line.record.is_some() && other.record == line.record;
        other.agency == line.agency && (record || code || (content.code.is_empty() && title))
    };
    match before.iter().find(same) {
        Some(first) => {
            let wrong = vec![Obstacle::new("register-file-twice").with("n", first.number)];
            Line { outcome: Outcome::Wrong(wrong), content: None, record: None, ..line }
        }
        None => line,
    }
}
