//! One row of a table, read and held against the agency with its code.

use std::collections::HashMap;

use vietnamese::name_key;

use super::comparison::{Line, Outcome};
use crate::base::fact::Change;
use crate::people::agency::Agency;
use crate::people::agency::draft::{Draft, Fields, Mistakes, value};
use crate::people::agency::name::short_forms;
use crate::people::agency::table::known::Known;
use crate::people::agency::table::{BETWEEN, COLUMNS, Cells, Row, Sheet, cells, over};
use crate::web::Obstacle;

/// The digits of a commune's code (QĐ 19/2025/QĐ-TTg).
const COMMUNE_DIGITS: usize = 5;

/// What the rows of a file are held against: the agencies that are there, and the other rows.
pub(super) struct Rows<'a> {
    known: &'a Known,
    there: HashMap<&'a str, &'a Agency>,
    /// The row in which a code first stands.
    first: HashMap<String, u32>,
    /// Codes by what people call their agencies; empty when several are called so.
    called: HashMap<String, String>,
}

impl<'a> Rows<'a> {
    pub fn of(known: &'a Known, sheet: &Sheet) -> Self {
        let there = known.agencies.iter().map(|agency| (agency.code.as_str(), agency)).collect();
        let mut rows = Self { known, there, first: HashMap::new(), called: HashMap::new() };
        for row in &sheet.rows {
            rows.first.entry(rows.code(row)).or_insert(row.number);
        }
        let open = known.agencies.iter().filter(|agency| agency.closed_on.is_none());
        let mut calls: Vec<(String, String)> = open
            .flat_map(|agency| [&agency.name, &agency.short_name].map(|name| (name_key(name), agency.code.clone())))
            .collect();
        for row in &sheet.rows {
            calls.extend(["name", "short_name"].iter().map(|field| (name_key(cell(row, field)), rows.code(row))));
        }
        for (name, code) in calls {
            let known = rows.called.entry(name).or_insert_with(|| code.clone());
            if *known != code {
                known.clear();
            }
        }
        rows
    }

    pub fn line(&self, row: &Row) -> Line {
        let code = self.code(row);
        let there = self.there.get(code.as_str()).copied();
        let name = if cell(row, "name").trim().is_empty() { there.map_or("", |agency| &agency.name) } else { cell(row, "name") };
        let name = name.trim().chars().take(200).collect();
        let agency = there.map(|agency| (agency.id, agency.version));
        let mut line = Line {
            number: row.number,
            code,
            name,
            outcome: Outcome::Same,
            notes: Vec::new(),
            draft: None,
            agency,
            closed_on: None,
        };
        let mut wrong = self.wrong_cells(row, &line.code);
        match self.read(row, &line.code, there, &mut wrong) {
            Some(draft) if wrong.is_empty() => self.compare(row, &mut line, draft, there),
            _ => line.outcome = Outcome::Wrong(wrong.0),
        }
        line
    }

    /// The code as it is kept. A spreadsheet drops the zeros before a commune's number.
    fn code(&self, row: &Row) -> String {
        let given = cell(row, "code");
        let code = value::code(given).unwrap_or_else(|_| given.trim().chars().take(40).collect());
        let short = (1..COMMUNE_DIGITS).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
        let whole = format!("{code:0>COMMUNE_DIGITS$}");
        let local = || value::kind(cell(row, "kind")).is_ok_and(|kind| kind.is_local());
        let meant = short && !self.there.contains_key(code.as_str()) && (self.there.contains_key(whole.as_str()) || local());
        if meant { whole } else { code }
    }

    /// What is wrong before the fields are read.
    fn wrong_cells(&self, row: &Row, code: &str) -> Mistakes {
        let mut wrong = Mistakes::default();
        for column in &COLUMNS {
            if let Some(fault) = row.unreadable.get(column.field) {
                wrong.add(column.field, fault.obstacle());
            } else if ["name", "short_name"].contains(&column.field) && has_lost_marks(cell(row, column.field)) {
                wrong.add(column.field, Obstacle::new("agency-file-wrong-lost-marks"));
            }
        }
        if let Some(first) = self.first.get(code).filter(|first| **first != row.number) {
            wrong.add("code", Obstacle::new("agency-file-wrong-twice").with("n", first));
        }
        wrong
    }

    /// The agency as the row says it shall be.
    fn read(&self, row: &Row, code: &str, there: Option<&Agency>, wrong: &mut Mistakes) -> Option<Draft> {
        let before = there.map_or_else(Fields::default, |agency| self.known.fields(agency));
        let mut fields = over(&before, &row.cells);
        if !code.is_empty() {
            fields.code = code.to_owned();
        }
        fields.parent = self.parent(&fields, wrong);
        let mut draft = fields.read().map_err(|mistakes| wrong.0.extend(mistakes.0)).ok()?;
        match there {
            Some(agency) => draft.aliases = self.aliases(agency, draft.aliases),
            None => self.refuse_twin(&draft, wrong),
        }
        Some(draft)
    }

    /// The code of the agency above, by its code or by its name.
    fn parent(&self, fields: &Fields, wrong: &mut Mistakes) -> String {
        let given = vietnamese::normalise(fields.parent.trim()).into_owned();
        let code = given.to_uppercase();
        let is_there = |code: &str| self.there.contains_key(code) || self.first.contains_key(code);
        let called = self.called.get(&name_key(&given)).filter(|code| !code.is_empty());
        let found = if given.is_empty() || is_there(&code) { Some(code) } else { called.cloned() };
        match found.filter(|code| code.is_empty() || *code != fields.code) {
            Some(code) => code,
            None => {
                let value: String = given.chars().take(40).collect();
                wrong.add("parent", Obstacle::new("agency-file-wrong-parent").with("value", value));
                String::new()
            }
        }
    }

    /// A new code under the name of an agency that is there would make the same agency twice.
    fn refuse_twin(&self, draft: &Draft, wrong: &mut Mistakes) {
        let key = name_key(&draft.name);
        let mut open = self.known.agencies.iter().filter(|agency| agency.closed_on.is_none() && agency.kind == draft.kind);
        if let Some(twin) = open.find(|agency| name_key(&agency.name) == key) {
            wrong.add("code", Obstacle::new("agency-file-wrong-twin").with("name", &twin.name).with("code", &twin.code));
        }
    }

    /// All further names as the row says, those that are there already in the order they have. Forms that follow
    /// from the name by themselves are not in the file, and stay.
    fn aliases(&self, agency: &Agency, said: Vec<String>) -> Vec<String> {
        let forms = short_forms(agency.kind, &agency.name);
        let there = self.known.aliases(agency);
        let kept = there.iter().filter(|alias| forms.contains(alias) || said.contains(alias));
        let new = said.iter().filter(|alias| !there.contains(alias));
        kept.chain(new).cloned().collect()
    }

    fn compare(&self, row: &Row, line: &mut Line, draft: Draft, there: Option<&Agency>) {
        line.outcome = match (there, closing(row, &draft, there)) {
            (_, Err(obstacle)) => Outcome::Wrong(vec![("closed_on", obstacle)]),
            (None, Ok(last_day)) => {
                line.closed_on = last_day;
                Outcome::New
            }
            (Some(agency), Ok(_)) => match self.changes(agency, &draft) {
                changes if changes.is_empty() => Outcome::Same,
                changes => {
                    if changes.iter().any(|change| change.field == "name") {
                        line.notes.push(Obstacle::new("agency-file-note-name"));
                    }
                    Outcome::Changed(changes)
                }
            },
        };
        line.draft = Some(draft);
    }

    fn changes(&self, agency: &Agency, draft: &Draft) -> Vec<Change> {
        let before = self.known.row(agency);
        let after = row_of(agency, draft);
        let text = |row: &Cells, field: &str| row.get(field).cloned().unwrap_or_default();
        COLUMNS
            .iter()
            .filter_map(|column| Change::of(column.field, &text(&before, column.field), &text(&after, column.field)))
            .collect()
    }
}

fn cell<'a>(row: &'a Row, field: &str) -> &'a str {
    row.cells.get(field).map_or("", String::as_str)
}

/// The row that the agency would have after the change.
fn row_of(agency: &Agency, draft: &Draft) -> Cells {
    let forms = short_forms(agency.kind, &agency.name);
    let own: Vec<String> = draft.aliases.iter().filter(|alias| !forms.contains(alias)).cloned().collect();
    let after = draft.clone().into_agency(agency.id, agency.slug.clone(), None);
    let mut row = cells(&Fields::of(&after, draft.parent.as_deref().unwrap_or_default(), &own));
    row.insert("aliases".into(), own.join(BETWEEN));
    row.insert("closed_on".into(), agency.closed_on.map(|day| day.to_string()).unwrap_or_default());
    row
}

/// The last day of a new agency. One that is there ends on its own page, where its people and successors are asked for.
fn closing(row: &Row, draft: &Draft, there: Option<&Agency>) -> value::Read<Option<chrono::NaiveDate>> {
    let Some(given) = row.cells.get("closed_on") else { return Ok(None) };
    let last_day = value::day_if_any(given)?;
    match there {
        Some(agency) if agency.closed_on != last_day => Err(Obstacle::new("agency-file-wrong-closing")),
        None if last_day.is_some_and(|last| last < draft.open_from) => Err(Obstacle::new("agency-wrong-opens-after-closing")),
        _ => Ok(last_day),
    }
}

/// `S? Khoa h?c`: saved in an encoding without the letters.
fn has_lost_marks(text: &str) -> bool {
    let letters: Vec<char> = text.chars().take(300).collect();
    letters.windows(2).any(|pair| pair[0].is_alphabetic() && pair[1] == '?' || pair[0] == '?' && pair[1].is_alphabetic())
        || text.contains('\u{fffd}')
}
