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

/// A title as it is compared.
fn folded(title: &str) -> String {
    vietnamese::fold(title).into_owned()
}

/// What is there, by what rows look it up by: each record is folded once, whatever the number of rows.
struct There<'a> {
    app: &'a App,
    records: Vec<Record>,
    evidence: HashMap<Uuid, Vec<Evidence>>,
    /// The record with a code.
    codes: HashMap<String, usize>,
    /// Records by agency, first day and title, as they stand and as they were written last, of those that no row of the file names by its code.
    unnamed: HashMap<(Uuid, NaiveDate, String), Vec<usize>>,
    /// Agencies with the titles that stand.
    titles: HashSet<(Uuid, String)>,
}

impl<'a> There<'a> {
    /// `named` are the codes that the file has.
    fn of(app: &'a App, records: Vec<Record>, evidence: HashMap<Uuid, Vec<Evidence>>, named: &HashSet<String>) -> Self {
        let (mut codes, mut unnamed, mut titles) = (HashMap::new(), HashMap::new(), HashSet::new());
        for (at, one) in records.iter().enumerate() {
            titles.insert((one.agency, folded(&one.title)));
            if !one.code_key.as_ref().is_some_and(|key| named.contains(key)) {
                // A file says what was written last, or what stands while that waits.
                for said in std::iter::once(one.latest()).chain(one.pending().map(|_| one.content())) {
                    let same: &mut Vec<usize> = unnamed.entry((one.agency, said.from_on, folded(&said.title))).or_default();
                    if same.last() != Some(&at) {
                        same.push(at);
                    }
                }
            }
            if let Some(key) = &one.code_key {
                codes.insert(key.clone(), at);
            }
        }
        Self { app, records, evidence, codes, unnamed, titles }
    }

    fn of_code(&self, key: &str) -> Option<&Record> {
        self.codes.get(key).and_then(|at| self.records.get(*at))
    }

    /// The one record of that title and first day that no row of the file names by its code.
    fn of_title(&self, agency: Uuid, content: &Content) -> Option<&Record> {
        match self.unnamed.get(&(agency, content.from_on, folded(&content.title)))?.as_slice() {
            [only] => self.records.get(*only),
            _ => None,
        }
    }

    fn has_title(&self, agency: Uuid, title: &str) -> bool {
        self.titles.contains(&(agency, folded(title)))
    }
}

/// What rows so far say, with the number of the first that says it.
#[derive(Default)]
struct Before {
    records: HashMap<Uuid, u32>,
    codes: HashMap<(Uuid, String), u32>,
    titles: HashMap<(Uuid, NaiveDate, String), u32>,
}

impl Before {
    /// What stands twice in a file is wrong the second time.
    fn once(&mut self, line: Line) -> Line {
        let Some(content) = &line.content else { return line };
        let record = line.record.map(|(id, _)| id);
        let code = (line.agency, folded(&content.code));
        let title = (line.agency, content.from_on, folded(&content.title));
        let has_code = !code.1.is_empty();
        // Two codes that are both new may stand with the title and the day of one record.
        let same = [
            record.and_then(|id| self.records.get(&id)),
            self.codes.get(&code).filter(|_| has_code),
            self.titles.get(&title).filter(|_| !has_code),
        ];
        if let Some(first) = same.into_iter().flatten().min() {
            let wrong = vec![Obstacle::new("register-file-twice").with("n", first)];
            return Line { outcome: Outcome::Wrong(wrong), content: None, record: None, ..line };
        }
        if let Some(id) = record {
            self.records.insert(id, line.number);
        }
        if has_code {
            self.codes.insert(code, line.number);
        }
        self.titles.entry(title).or_insert(line.number);
        line
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
        let named = sheet.rows.iter().zip(&bodies).filter_map(key).collect();
        let there = There::of(app, records, Evidence::of_all(on, &ids).await?, &named);
        let mut before = Before::default();
        let rows = sheet.rows.iter().zip(bodies);
        let lines = rows.map(|(row, body)| before.once(line(who, (kind, today), row, body, &there))).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u32, (code, title): (&str, &str), record: Option<Uuid>) -> Line {
        let day = NaiveDate::from_ymd_opt(2026, 1, 15).expect("a day");
        let content = Content {
            title: title.into(),
            code: code.into(),
            from_on: day,
            until_on: None,
            lead: String::new(),
            category: String::new(),
            listed: false,
            trained_on: None,
            part: None,
            whole: None,
            note: String::new(),
        };
        Line {
            number,
            agency: Uuid::nil(),
            code: code.into(),
            title: title.into(),
            outcome: Outcome::New,
            doubts: Vec::new(),
            record: record.map(|id| (id, 1)),
            content: Some(content),
            evidence: Vec::new(),
            evidence_on: day,
        }
    }

    #[test]
    fn what_stands_twice_is_told_with_the_first_row_that_says_it() {
        let (mut before, record) = (Before::default(), Uuid::from_u128(7));
        let mut first = |one: Line| match before.once(one).outcome {
            Outcome::Wrong(wrong) => wrong[0].arguments[0].1.parse::<u32>().ok(),
            _ => None,
        };
        assert_eq!(first(line(2, ("KC-01", "Lúa"), None)), None);
        assert_eq!(first(line(3, ("kc-01", "Xoài"), None)), Some(2), "by its code");
        assert_eq!(first(line(4, ("KC-02", "Lúa"), Some(record))), None, "another code, the same title");
        assert_eq!(first(line(5, ("KC-03", "Sen"), Some(record))), Some(4), "one record by two codes");
        assert_eq!(first(line(6, ("", "LÚA"), None)), Some(2), "without a code, by title and day");
        assert_eq!(first(line(7, ("", "Sen"), None)), None, "what was wrong says nothing");
        assert_eq!(first(line(8, ("", "sen"), None)), Some(7));
    }
}
